"""Ledgers of the new sector and “8+N”, counted by hand against the invented city.

13 party organisations cover 38 units: six single ones, 3 + 2 + 4 + 3 + 6 joint, 8 of an industry, 6 of an area. Of 302
others every 34th (8) has four full members, so 46 should have one; the first 311 of 340 units have an instructor.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.database.layout import ATTACHMENTS_NAME
from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.registers.checklist import ASSESSMENT_ITEM, MET
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.person_file import PHOTO
from desktop.models.services.disclosures import ReasonNeededError
from desktop.models.services.ledgers import LedgerRequest, VanishedSubjectError
from desktop.models.services.new_files import make_each_ready
from desktop.models.services.paper_photos import TooManyPhotosError, refuse_more_photos_than_fit
from desktop.office import Office
from tests.models.services.checklists import NOW, all_cells, two_branches
from tests.models.services.pictures import scene
from tests.models.services.printed import cells, made, pages_of, pictures_of, sheets, total
from tests.offices import TODAY

NAMES = ("organizations", "survey", "coverage", "checklist-overview", "class-moves", "rectification")


@pytest.fixture
def phones(office: Office) -> Office:
    """Two units of one joint party organisation: three people with telephones, one of them on two lines."""
    shared = {
        "branch": "禾汀联合党支部",
        "form": "联合",
        "secretary": "李芳",
        "secretary_phone": "19900000003",
        "instructor": "王明",
        "instructor_unit": "市税务局",
        "instructor_phone": "19900000004",
    }
    for name, head, phone in (("禾汀纺织", "赵敏", "19900000001"), ("岚湄商行", "周小兰", "19900000002")):
        typed = {"name": name, "head": head, "head_phone": phone, "head_political_status": "群众"}
        office.registers["organization"].add(typed | shared, TODAY)
    return office


def test_the_ledger_of_units_has_every_recommended_column(city: Office) -> None:
    ledger = made(city, "organizations")

    assert [(c.parent + c.label).replace("\n", "") for c in ledger.columns] == [
        *("序号", "乡镇", "所在社区或乡镇", "组织名称", "统一社会信用代码", "类型", "行业（片区）"),
        *("所属行业党委", "地址", "负责人电话政治面貌", "从业人数", "党员数正式", "党员数预备", "流动党员"),
        *("党组织名称", "组建方式", "成立时间", "批准文号", "书记电话", "党建指导员（派出单位）"),
        *("8+N 等级及日期", "品牌", "未建原因", "备注"),
    ]
    assert len(ledger.rows) == 340
    assert len(made(city, "organizations", Paper.A4).columns) < len(ledger.columns)


def test_the_total_of_units_is_as_counted_by_hand(city: Office) -> None:
    words = total(made(city, "organizations"))[1]

    assert words.startswith("340 个单位（非公企业 ")
    assert "已由 13 个党组织覆盖 38 个；8+N 等级：A 类 5 个，B 类 4 个，C 类 4 个；党建指导员 311 人" in words
    # of the covered 38 + 20 + 14; of ten others five, 30 times; one less and eight times four more
    assert "正式党员 253 人" in words


def test_a_unit_with_a_party_organisation_tells_it_and_its_class(phones: Office) -> None:
    (branch,) = phones.registers["party_branch"].records()
    phones.gradings.decide(branch.id, NOW, "B", "2026.11.04", TODAY)

    first, second = cells(made(phones, "organizations"))

    assert first == {
        "序号": "1",
        "所在社区或乡镇": "东升镇",
        "组织名称": "岚湄商行",
        "负责人电话政治面貌": "周小兰/199****0002/群众",
        "党组织名称": "禾汀联合党支部",
        "组建方式": "联合组建",
        "书记电话": "李\u3000芳/199****0003",
        "党建指导员（派出单位）": "王\u3000明/（市税务局）",
        "8+N 等级及日期": "B 类/2026.11.04",
    }
    assert second["负责人电话政治面貌"] == "赵\u3000敏/199****0001/群众"


def test_a_survey_has_what_its_forms_ask_of_a_unit(office: Office) -> None:
    office.registers["organization"].add(
        {
            "name": "书法协会",
            "social_kind": "社团",
            "registration": "石社证字第 12 号",
            "main_business": "书法培训",
            "output": "12.5",
            "full_members": "5",
            "full_time_members": "2",
            "part_time_members": "3",
            "development_targets": "1",
            "activists": "2",
            "applicants": "4",
            "head": "张三",
            "head_political_status": "党员",
            "head_identity": "市政协委员",
            "branch": "书法协会党支部",
            "approval": "石民批 1 号",
            "superior": "社会组织党委",
        },
        TODAY,
    )
    office.registers["organization"].add({"name": "岚湄商行"}, TODAY)

    club, alone = cells(made(office, "survey"))

    assert club | {"序号": ""} == {
        "序号": "",
        "所在社区或乡镇": "东升镇",
        "组织名称": "书法协会",
        "信用代码或登记证号": "石社证字第 12 号",
        "主营业务": "书法培训",
        "年产值万元": "12.5",
        "类型及种类": "社会组织/社会团体",
        "党员人数正式": "5",
        "党员人数专职/兼职": "2/3",
        "发展党员发展对象": "1",
        "发展党员积极分子": "2",
        "发展党员申请人": "4",
        "负责人姓名电话": "张\u3000三",
        "负责人身份": "中共党员/市政协委员",
        "党组织覆盖名称": "书法协会党支部",
        "党组织覆盖批准文号及隶属": "石民批 1 号/社会组织党委",
    }
    assert alone | {"序号": ""} == {
        "序号": "",
        "所在社区或乡镇": "东升镇",
        "组织名称": "岚湄商行",
        "未覆盖": "√",
    }
    assert total(made(office, "survey"))[1] == (
        "2 个单位（社会组织 1 个），已由 1 个党组织覆盖 1 个；没有覆盖 1 个；年产值 12.5 万元；"
        "发展对象 1 人，积极分子 2 人，申请人 4 人"
    )


def test_what_was_dissolved_or_left_covers_nobody_on_paper(phones: Office) -> None:
    (branch,) = phones.registers["party_branch"].records()
    (instructor,) = phones.registers["instructor"].records()
    phones.registers["party_branch"].set_cell(branch.id, "dissolved", "2026.10", TODAY)
    phones.registers["instructor"].set_cell(instructor.id, "end", "2026.10", TODAY)

    now = made(phones, "organizations")
    earlier = LedgerRequest("organizations", date(2026, 9, 30))

    assert {"党组织名称", "党建指导员（派出单位）", "书记电话"}.isdisjoint(cells(now)[0])
    assert "已由 0 个党组织覆盖 0 个" in total(now)[1]
    assert "禾汀联合党支部" in pages_of(phones.ledgers.preview(earlier).pdf)[0]


def test_telephones_are_whole_for_a_reason_only_which_is_on_record(phones: Office, tmp_path: Path) -> None:
    path = tmp_path / "两新.pdf"
    with pytest.raises(ReasonNeededError):
        phones.ledgers.write(LedgerRequest("organizations", TODAY, full_ids=True), path)
    masked = phones.ledgers.write(LedgerRequest("organizations", TODAY), path)
    nothing_yet = phones.history.disclosures()

    whole = LedgerRequest("organizations", TODAY, full_ids=True, reason="换届走访")
    phones.ledgers.write(whole, path)

    record = phones.history.disclosures()[0]
    (text,) = pages_of(path.read_bytes())
    assert "1990000" not in "".join(pages_of(masked.pdf))
    assert nothing_yet == []
    assert all(number in text for number in ("19900000001", "19900000002", "19900000003"))
    assert (record.what, record.reason, record.people) == (
        *("石首市东升镇两新组织台账（两新.pdf）", "换届走访", 3),
    )


def test_a_ledger_without_numbers_leaves_no_record_whatever_was_asked(phones: Office, tmp_path: Path) -> None:
    asked = LedgerRequest("coverage", TODAY, full_ids=True, reason="换届走访")

    phones.ledgers.write(asked, tmp_path / "覆盖.pdf")

    assert phones.history.disclosures() == []


def test_titles_are_written_with_what_the_office_calls_the_new_sector(office: Office) -> None:
    office.settings.sector_word = "三新"

    assert office.ledgers.title(LedgerRequest("organizations", TODAY)) == "石首市东升镇三新组织台账"
    for name in NAMES:
        text = pages_of(office.ledgers.preview(LedgerRequest(name, TODAY)).pdf)[0]
        assert "石首市东升镇三新" in text
        assert "两新" not in text


def test_who_is_in_charge_of_the_field_stands_below_units_and_rates(office: Office) -> None:
    office.settings.sector_department = "市委两新工委"

    for name in ("organizations", "survey", "coverage"):
        assert made(office, name).notes[-1] == "主管部门：市委两新工委"


def test_coverage_has_its_denominators_and_definitions(city: Office) -> None:
    ledger = made(city, "coverage")

    assert total(ledger) == [
        *("合计", "340", "46", "38", "8", "82.6%", "273", "311", "29", "91.5%", "311", "311"),
    ]
    kinds = dict.fromkeys(row.cells[0] for row in ledger.rows)
    assert list(kinds) == ["按乡镇", "按类型", "按所属行业党委", "按片区"]
    by_area = [row.cells for row in ledger.rows if row.cells[0] == "按片区"]
    assert len(by_area) == 8
    for mark in kinds:
        columns = zip(*(row.cells[2:6] for row in ledger.rows if row.cells[0] == mark), strict=True)
        assert [sum(map(int, column)) for column in columns] == [340, 46, 38, 8]
    assert ledger.notes[0] == "1. 统计范围：全部法人户 340 个；已注销或停业的不计。"
    assert "本表 38 ÷ 46 = 82.6%。" in ledger.notes[1]
    assert "本表 311 ÷ 340 = 91.5%。" in ledger.notes[2]
    assert {row.cells[0] for row in made(city, "coverage", by="area").rows} == {"按片区"}


def test_instructors_who_left_and_units_that_closed_are_on_no_line(phones: Office) -> None:
    units, instructors = phones.registers["organization"], phones.registers["instructor"]
    instructors.add({"name": "何平", "unit": "镇党建办", "phone": "19900000008"}, TODAY)
    instructors.add({"name": "周敏", "end": "2026.10"}, TODAY)
    (shop,) = units.records(name="岚湄商行")
    units.set_cell(shop.id, "closed", "2026.09", TODAY)

    ledger = made(phones, "instructors")

    assert [row.get("指导单位") for row in cells(ledger)] == [None, "禾汀纺织"]
    assert [row["姓名"].replace("\u3000", "") for row in cells(ledger)] == ["何平", "王明"]
    assert total(ledger)[1] == (
        "在任 2 人（专职 0 人，兼职 0 人），指导单位 1 个，没有指导单位的 1 人；本年走访 0 次，走访过的 0 人"
    )
    earlier = phones.ledgers.made(LedgerRequest("instructors", date(2026, 8, 31))).work
    assert isinstance(earlier, Ledger)
    assert [row["指导单位"] for row in cells(earlier) if "指导单位" in row] == ["岚湄商行、禾汀纺织"]


def test_telephones_of_instructors_are_whole_for_a_reason_and_counted(phones: Office, tmp_path: Path) -> None:
    path = tmp_path / "指导员.pdf"
    masked = phones.ledgers.preview(LedgerRequest("instructors", TODAY))

    phones.ledgers.write(
        LedgerRequest("survey", TODAY, full_ids=True, reason="通知走访"), tmp_path / "摸底.pdf"
    )
    with_heads_and_secretary = phones.history.disclosures()[0].people
    phones.ledgers.write(LedgerRequest("instructors", TODAY, full_ids=True, reason="通知走访"), path)

    assert "199****0004" in pages_of(masked.pdf)[0]
    assert "19900000004" in pages_of(path.read_bytes())[0]
    assert phones.history.disclosures()[0].people == 1
    assert with_heads_and_secretary == 4


def test_visits_are_those_of_the_year_or_part_of_it_up_to_the_day(phones: Office) -> None:
    visits = phones.registers["visit"]
    for day in ("2025.12.31", "2026.03.04", "2026.08.09", "2026.11.24"):
        visits.add({"day": day, "instructor": "王明", "organization": "禾汀纺织", "matter": "看望"}, TODAY)

    def days(period: str | None = None) -> list[str]:
        return [row["走访日期"] for row in cells(made(phones, "visits", period=period))]

    assert days() == ["2026.11.24", "2026.08.09", "2026.03.04"]
    assert days("2026H2") == ["2026.11.24", "2026.08.09"]
    assert days("2025") == ["2025.12.31"]
    assert days("2027") == []
    assert made(phones, "visits", period="2026Q1").head[1] == "统计时间：2026年1月1日至2026年3月31日"
    assert phones.ledgers.periods("visits", TODAY) == ["2026", "2025", "2024", "2023"]


def test_the_overview_has_classes_suggestions_and_what_is_missing(city: Office) -> None:
    ledger = made(city, "checklist-overview")

    assert total(ledger) == [
        *("合计", "13 个党组织", "缺 2\n未填 2", "未填 2", "未填 1", "缺 3\n未填 1", "缺 2\n未填 1"),
        *("缺 1\n未填 1", "缺 2\n未填 1", "未填 1", "齐", "齐"),
        "A 5，B 4，C 4\n（其中 C 类 2 个为上期定级）",
    ]
    by_name = {row["党组织"]: row for row in cells(ledger)}
    area = by_name["商贸物流片区党支部"]  # two items not filled, no decision in the period
    assert (area["达标项数"], area["等级现等级"], area["等级审批日期"]) == ("4/7", "C", "2026.06.20（上期）")
    assert "等级建议" not in area
    assert by_name["禾汀医药化工党支部"]["八项标准①活动阵地"] == "未达标/逾期 9 天"
    assert by_name["岚汀机械制造党支部"]["自选动作（N）N1"] == "红色车间/达标"
    assert by_name["农产品加工行业党支部"]["达标项数"] == "未评定"
    assert ledger.notes[0] == (
        "1. 方案：两新党组织标准化建设“8+N”评定方案。建议方案（本软件提供，非上级正式方案，可按本地文件修改）。"
    )
    assert ledger.head[1] == "期次：2026年下半年（截至2026年11月24日）"


def test_the_overview_of_the_period_before_is_of_that_period(city: Office) -> None:
    ledger = made(city, "checklist-overview", period="2026H1")

    assert ledger.head[1].startswith("期次：2026年上半年")
    # A 5, B 4 and C 4 then too: shapes A, B, B, A, B, A, A, C, B, A, C, C, C
    assert total(ledger)[-1] == "A 5，B 4，C 4"


def test_moves_are_those_of_the_days_asked_for(city: Office) -> None:
    year, autumn = made(city, "class-moves"), made(city, "class-moves", since=date(2026, 7, 1))

    assert total(year)[1] == "17 条：首次定级 13，降级 2，升级 2"
    assert [(row["原等级"], row["现等级"], row["变动类型"]) for row in cells(autumn)] == [
        ("B 类规范提升", "C 类达标升级", "降级"),
        ("B 类规范提升", "A 类示范引领", "升级"),
        ("C 类达标升级", "B 类规范提升", "升级"),
        ("A 类示范引领", "B 类规范提升", "降级"),
    ]
    assert cells(autumn)[0]["原因"] == "搬迁后活动阵地没有落实"
    assert cells(autumn)[0]["审批"] == "两新工委会议"
    assert autumn.head[1] == "统计时间：2026年7月1日至2026年11月24日"


def test_the_list_of_rectifications_counts_days_up_to_the_day(city: Office) -> None:
    ledger = made(city, "rectification")

    assert total(ledger)[1] == "22 项：整改中 6 项，逾期 4 项（最长 23 天），已达标待销号 0 项，已销号 12 项"
    assert [row["整改进展"] for row in cells(ledger)[:5]] == [
        *("逾期 23 天", "逾期 9 天", "逾期 4 天", "逾期 4 天", "整改中"),
    ]
    closed = cells(ledger)[-1]
    assert (closed["整改情况"], closed["销号日期"]) == ("已整改，现场复查通过", "2026.06.22")


@pytest.mark.parametrize("name", [*NAMES, "instructors", "visits"])
@pytest.mark.parametrize("paper", list(Paper))
def test_each_is_drawn_with_marking_and_without_whole_telephones(
    city: Office, name: str, paper: Paper
) -> None:
    prepared = city.ledgers.preview(LedgerRequest(name, TODAY, paper=paper))

    texts = pages_of(prepared.pdf)
    assert len(texts) == prepared.pages
    assert all("内部资料注意保管" in text for text in texts)
    assert city.ledgers.title(LedgerRequest(name, TODAY)).replace(" ", "") in texts[0]
    assert prepared.missing == ()
    assert "199000" not in "".join(texts)


def test_a_checklist_is_a_sheet_an_organisation(city: Office) -> None:
    texts = pages_of(city.ledgers.preview(LedgerRequest("checklist", TODAY)).pdf)

    first = [text for text in texts if "第1页" in text]
    assert len(first) == 13
    (late,) = [text for text in first if "禾汀医药化工党支部" in text]
    for words in (
        *("石首市两新党组织“8+N”标准化清单", "期次：2026年下半年", "绣林街道槐树堤社区", "①活动阵地"),
        *("未达标逾期9天", "活动场所被占用，没有固定地方", "2026.11.15", "C类达标升级（2026.11.04审批）"),
        *("5/8，折合70分", "检查人（签字）：", "被检查单位（签字、盖章）：", "建议方案（本软件提供"),
    ):
        assert words in late.replace("\u3000", "")


@pytest.fixture
def with_photos(office: Office, tmp_path: Path) -> tuple[str, str]:
    """Two organisations; the first has three photos at the first item, one at the third, two at the eighth."""
    ids = two_branches(office)
    keys = all_cells(ids[0])
    office.checklists.set_status(keys, MET, TODAY)
    for number, (key, count) in enumerate(((keys[0], 3), (keys[2], 1), (keys[7], 2))):
        paths = [tmp_path / f"{number}-{each}.jpg" for each in range(count)]
        for each, path in enumerate(paths):
            scene(10 * number + each, 1600, 1200).save(path, quality=92)
        office.checklists.add_photos(key, make_each_ready(paths, PHOTO), office.attachments, TODAY)
    return ids


def test_photos_stand_four_on_a_page_by_item_and_small_enough(
    office: Office, with_photos: tuple[str, str]
) -> None:
    (photo, *_) = office.attachments.of(ASSESSMENT_ITEM.name, _item(office, with_photos[0], "1"), PHOTO)
    office.attachments.describe(photo.id, TODAY, caption="党员活动室", taken="2026.11.02")

    prepared = office.ledgers.preview(LedgerRequest("checklist", TODAY, of=(with_photos[0],)))

    texts = pages_of(prepared.pdf)
    assert [len(found) for found in pictures_of(prepared.pdf)] == [0, 4, 2]
    assert {size for page in pictures_of(prepared.pdf) for size in page} == {(800, 600)}
    assert "①活动阵地2026.11.02党员活动室" in texts[1]
    assert (texts[1].count("①活动阵地"), texts[1].count("③组织制度")) == (3, 1)
    assert texts[2].count("⑧支部牌匾") == 2
    assert all("证据照片" in text for text in texts[1:])
    assert len(prepared.pdf) < 6 * 200_000


def test_one_organisation_can_be_picked_and_is_named(office: Office, with_photos: tuple[str, str]) -> None:
    there = office.ledgers.subjects(LedgerRequest("checklist", TODAY))

    assert [each.label for each in there] == ["商圈联合党支部", "鑫源公司党支部"]
    assert [s.subject for s in sheets(office, "checklist", of=(there[0].id,)).sheets] == ["商圈联合党支部"]
    with pytest.raises(VanishedSubjectError, match="重新选择"):
        sheets(office, "checklist", of=("gone",))
    assert office.ledgers.periods("checklist", TODAY) == [NOW]
    assert office.ledgers.subjects(LedgerRequest("organizations", TODAY)) == []


def test_a_photo_whose_file_is_lost_is_told_and_the_rest_is_printed(
    office: Office, with_photos: tuple[str, str]
) -> None:
    (lost,) = office.attachments.of(ASSESSMENT_ITEM.name, _item(office, with_photos[0], "3"), PHOTO)
    for path in (office.folder / ATTACHMENTS_NAME).rglob(f"*{lost.sha256}*"):
        path.unlink()

    prepared = office.ledgers.preview(LedgerRequest("checklist", TODAY, of=(with_photos[0],)))

    assert sum(map(len, pictures_of(prepared.pdf))) == 5
    assert f"有1张照片的文件丢失或损坏，没有印出：{lost.name}。" in pages_of(prepared.pdf)[-1]


def test_more_photos_than_a_file_holds_are_refused_with_what_to_do() -> None:
    refuse_more_photos_than_fit(1_200)
    with pytest.raises(TooManyPhotosError, match="1201 张照片"):
        refuse_more_photos_than_fit(1_201)


def _item(office: Office, branch_id: str, code: str) -> str:
    record = office.checklists.card(CellKey(branch_id, NOW, code), TODAY).cell.record
    assert record is not None
    return record.id


def test_a_character_without_a_shape_is_told_with_place_and_unit(office: Office) -> None:
    typed = {"name": "禾汀纺织", "head": "赵\U000323af", "village": "焦山河社区"}
    office.registers["organization"].add(typed, TODAY)

    (missing,) = office.ledgers.preview(LedgerRequest("organizations", TODAY)).missing

    assert (missing.village, missing.name, missing.characters) == ("焦山河社区", "禾汀纺织", ("\U000323af",))
