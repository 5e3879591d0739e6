"""Ledgers of “四个一”, counted by hand against the invented city (test_four_ones.py says what is in it).

279 of 324 are held; pairings of numbers 4, 31, 58 have ended, which leaves three of 81 without a mentor; of 27 problems
found at every third 实地指导, nine each are closed, still in time and overdue.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop.models.ledgers.ledger import Paper
from desktop.models.registers.activity import HELD
from desktop.models.registers.person_file import DOCUMENT, PHOTO
from desktop.models.services.activity_forms import ActivityForm, ProblemEntry
from desktop.models.services.attendees import Attendee
from desktop.models.services.ledgers import LedgerRequest, VanishedSubjectError
from desktop.models.services.new_files import make_ready
from desktop.office import Office
from tests.models.services.pictures import scene
from tests.models.services.printed import cells, made, pages_of, pictures_of, sheets, total
from tests.offices import TODAY, TOWNSHIP, VILLAGE, member

NAMES = ("four-ones", "managed-secretaries", "mentoring", "field-problems")
LONG = "逐项核对了阵地、制度和台账，现场指出宣传栏内容更新不及时等问题，明确了责任人和完成期限。"


@pytest.fixture
def secretary(office: Office) -> str:
    """张华, secretary of a village under raised management; the person's id."""
    person_id, _ = office.roster.add(VILLAGE, member(name="张华"), TODAY)
    office.managed_secretaries.add(
        {"kind": "正面", "since": "2026.01", "grounds": "治村有方", "goals": "示范"},
        TODAY,
        owner_id=person_id,
        division_code=VILLAGE,
    )
    return person_id


def draft(office: Office, person_id: str, kind: str, **texts: str) -> ActivityForm:
    """A form as somebody fills it in."""
    form = office.activity_forms.draft(kind, TODAY, person_id, VILLAGE)
    typed = {"theme": "乡村振兴", "place": "村部", "host": "李强", "content": LONG} | texts
    return replace(form, values={**form.values, **typed})


def test_the_matrix_has_completion_by_township_and_total(city: Office) -> None:
    ledger = made(city, "four-ones")

    assert total(ledger) == [
        *("合计", "81 人，其中各项齐全 36 人", "81/81\n100%", "72/81\n88.9%", "72/81\n88.9%", "54/81\n66.7%"),
        *("279/324", "86.1%"),
    ]
    rows = cells(ledger)
    sums = [row for row in rows if row["村（社区）"] == "小计"]
    assert (len(rows) - len(sums), len(sums)) == (81, 15)
    # 绣林街道 has numbers 0 to 5: three plans of 参观学习
    assert sums[0] == {
        "乡镇": "绣林街道",
        "村（社区）": "小计",
        "姓名": "6 人",
        "结对导师": "齐全 3 人",
        "活动工作交流": "6/6/100%",
        "活动实地指导": "6/6/100%",
        "活动集中学习": "6/6/100%",
        "活动参观学习": "3/6/50%",
        "已开展/应开展": "21/24",
        "完成率": "87.5%",
    }
    assert rows[8]["活动集中学习"] == "未开展"  # number 7, below a sum
    assert rows[0]["活动参观学习"] == "计划 2026.12.01"
    assert [row["序号"] for row in rows if "序号" in row] == [str(n) for n in range(1, 82)]
    assert ledger.head[1] == "期次：2026年（截至2026年11月24日）"
    assert ledger.notes[0].startswith("1. 完成率 = 已开展次数 ÷ 应开展次数。")
    assert "建议方案" in ledger.notes[1]


def test_what_is_late_is_said_in_words(city: Office) -> None:
    request = LedgerRequest("four-ones", date(2027, 1, 5), TOWNSHIP, period="2026")

    (text,) = pages_of(city.ledgers.preview(request).pdf)

    assert "未开展，已逾期" in text
    assert "小计" not in text  # one township has one sum, the total


def test_another_period_is_counted_by_itself(city: Office) -> None:
    assert city.ledgers.periods("four-ones", TODAY)[:2] == ["2026", "2025"]
    ledger = made(city, "four-ones", period="2025")

    assert ledger.rows == ()  # all came under management in January 2026
    assert total(ledger)[-2:] == ["0/0", ""]


def test_the_lists_are_as_counted_by_hand(city: Office) -> None:
    managed, pairs, problems = (made(city, name) for name in NAMES[1:])

    assert total(managed)[1] == (
        "在管 81 人，其中正面清单 54 人、负面清单 27 人；有导师的 78 人；已解除 0 人次"
    )
    assert total(pairs)[1].startswith("结对中 87 对：书记 78 人，")
    assert total(pairs)[1].endswith("已结束 3 对")
    assert total(problems)[1].startswith("27 个问题：已销号 9 个，整改中 9 个，逾期 9 个（最长 ")
    assert (len(managed.rows), len(pairs.rows), len(problems.rows)) == (81, 90, 27)


def test_a_problem_stands_with_its_days_and_how_it_was_closed(city: Office) -> None:
    closed, open_, late = cells(made(city, "field-problems"))[:3]

    assert (closed["整改进展"], closed["销号日期"], closed["整改情况"]) == (
        *("已销号", "2026.06.28", "已补齐，镇里复查通过"),
    )
    assert (open_["整改进展"], open_["整改期限"]) == ("整改中", "2026.12.14")
    # 2026-07-19 to 2026-11-24: 12 + 31 + 30 + 31 + 24 days
    assert (late["整改进展"], late["整改期限"]) == ("逾期 128 天", "2026.07.19")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("paper", list(Paper))
def test_each_is_drawn_with_marking_and_without_whole_numbers(city: Office, name: str, paper: Paper) -> None:
    prepared = city.ledgers.preview(LedgerRequest(name, TODAY, paper=paper))

    texts = pages_of(prepared.pdf)
    assert len(texts) == prepared.pages
    assert all("内部资料注意保管" in text for text in texts)
    assert city.ledgers.title(LedgerRequest(name, TODAY)) in texts[0]
    assert "199000" not in "".join(texts)


def test_telephones_of_secretaries_and_mentors_are_whole_on_record_only(
    office: Office, secretary: str, tmp_path: Path
) -> None:
    typed = {"mentor": "王强", "mentor_unit": "市委组织部", "start": "2026.02", "mentor_phone": "19900000009"}
    office.mentoring.add(typed, TODAY, owner_id=secretary, division_code=VILLAGE)

    for name, number in (("managed-secretaries", "19900000001"), ("mentoring", "19900000009")):
        masked = office.ledgers.preview(LedgerRequest(name, TODAY))
        whole = LedgerRequest(name, TODAY, full_ids=True, reason="上门走访")
        office.ledgers.write(whole, tmp_path / f"{name}.pdf")

        assert number not in pages_of(masked.pdf)[0]
        assert number in pages_of((tmp_path / f"{name}.pdf").read_bytes())[0]
        assert office.history.disclosures()[0].people == 1
    assert cells(made(office, "mentoring"))[0] | {"序号": ""} == {
        "序号": "",
        "村（社区）": "毕家塘村",
        "书记姓名": "张\u3000华",
        "书记现任职务": "党支部书记、村委会主任",
        "导师姓名": "王\u3000强",
        "导师单位": "市委组织部",
        "导师电话": "199****0009",
        "结对时间": "2026.02",
    }


def test_each_held_activity_of_the_city_is_one_page(city: Office) -> None:
    work = sheets(city, "activity")

    assert len(work.sheets) == 279
    prepared = city.ledgers.preview(LedgerRequest("activity", TODAY, TOWNSHIP))
    lines = city.four_ones.between(date(2026, 1, 1), TODAY, TOWNSHIP)
    assert prepared.pages == sum(line.record.state == HELD for line in lines)
    assert all("第1页共1页" in text for text in pages_of(prepared.pdf))
    assert len(city.ledgers.subjects(LedgerRequest("activity", TODAY))) == 324


def test_the_record_of_a_guidance_has_everything_on_one_page(
    office: Office, secretary: str, tmp_path: Path
) -> None:
    files = []
    for number in range(4):
        path = tmp_path / f"{number}.jpg"
        scene(number, 1600, 1200).save(path)
        files.append(make_ready(path, PHOTO))
    scan = tmp_path / "签到表.jpg"
    scene(9).save(scan)
    files.append(make_ready(scan, DOCUMENT))
    form = draft(
        office, secretary, "2", speaker="王强", start="2026.11.20 14:30", end="16:00", effect="找准了问题"
    )
    away = Attendee(name="赵敏", post="镇组织委员", present=False)
    problem = ProblemEntry(values={"problem": "公开栏更新不及时", "responsible": "张华", "due": "2026.12.10"})
    form = replace(form, attendees=(*form.attendees, away), problems=(problem,), files=tuple(files))
    key = office.activity_forms.save(form, TODAY)

    prepared = office.ledgers.preview(LedgerRequest("activity", TODAY, of=(key,)))

    (text,) = pages_of(prepared.pdf)
    for words in (
        *("石首市东升镇“四个一”实地指导纪实表", "乡村振兴", "2026.11.2014:30至16:00", "村部", "王强"),
        *("应到2人，实到1人", "东升镇毕家塘村", "张华（党支部书记、村委会主任）", "赵敏（镇组织委员，未到）"),
        *("找准了问题", "公开栏更新不及时", "2026.12.10", "签到", "导师签字：", "乡镇党委审核（盖章）："),
    ):
        assert words in text
    assert LONG in text
    (pictures,) = pictures_of(prepared.pdf)  # the scanned list is a document, not one of the photos
    assert pictures == [(800, 600)] * 4


def test_each_paragraph_of_a_record_begins_a_line(office: Office, secretary: str) -> None:
    content = "一、座谈\n二、入户走访\n\n三、交办问题"
    key = office.activity_forms.save(draft(office, secretary, "2", content=content), TODAY)

    (page,) = pypdfium2.PdfDocument(office.ledgers.preview(LedgerRequest("activity", TODAY, of=(key,))).pdf)
    lines = page.get_textpage().get_text_bounded().splitlines()

    assert {"二、入户走访", "三、交办问题"} <= {line.strip() for line in lines}


def test_a_visit_says_where_and_who_led_and_a_plan_is_a_form_to_fill_in(
    office: Office, secretary: str
) -> None:
    form = draft(
        office, secretary, "4", visited="调关镇示范村", led_by="王强", start="2026.12.01", state="计划"
    )
    key = office.activity_forms.save(form, TODAY)

    assert len(sheets(office, "activity").sheets) == 0  # a plan is printed only when it is asked for
    (text,) = pages_of(office.ledgers.preview(LedgerRequest("activity", TODAY, of=(key,))).pdf)

    assert "“四个一”参观学习纪实表（计划）" in text
    assert "参观地调关镇示范村带队王强" in text
    assert text.count("照片") == 2
    assert "发现问题" not in text


def test_a_long_record_goes_on_over_the_page_with_nothing_lost(office: Office, secretary: str) -> None:
    key = office.activity_forms.save(draft(office, secretary, "1", content=LONG * 40), TODAY)

    texts = pages_of(office.ledgers.preview(LedgerRequest("activity", TODAY, of=(key,))).pdf)

    assert len(texts) == 2
    assert sum(text.count("逐项核对") for text in texts) == 40
    assert "乡镇党委审核（盖章）" in texts[1]


def test_a_character_without_a_shape_is_told_with_the_activity(office: Office, secretary: str) -> None:
    form = draft(office, secretary, "1", content=f"{LONG}来了\U000323af同志。{LONG}")
    office.activity_forms.save(form, TODAY)

    (missing,) = office.ledgers.preview(LedgerRequest("activity", TODAY)).missing

    assert (missing.village, missing.characters) == ("毕家塘村 2026.11.24 工作交流", ("\U000323af",))
    assert "来了\U000323af同志" in missing.name
    assert len(missing.name) < 30


def test_an_activity_of_another_unit_is_not_printed(office: Office, secretary: str) -> None:
    key = office.activity_forms.save(draft(office, secretary, "1"), TODAY)

    with pytest.raises(VanishedSubjectError, match="重新选择"):
        sheets(office, "activity", of=(key,), period="2025")
    (there,) = office.ledgers.subjects(LedgerRequest("activity", TODAY))
    assert (there.id, there.label) == (key, "2026.11.24 工作交流 毕家塘村 张华")
