"""The ledgers of reserve (T3), studies (T6) and changes of posts (T5), from the records to paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.services.ledgers import Frame, LedgerRequest
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, TOWNSHIP, VILLAGE, identity_number, member


def made(office: Office, name: str, paper: Paper = Paper.A3, **others: object) -> Ledger:
    """A ledger of today as a value."""
    builders = office.reserve.ledgers() | office.study.ledgers() | office.term_changes.ledgers()
    request = LedgerRequest(name, TODAY, **others)  # type: ignore[arg-type]
    ledger = builders[name](request, Frame("石首市东升镇", "东升镇党委", paper))
    assert isinstance(ledger, Ledger)
    return ledger


def cells(ledger: Ledger) -> list[dict[str, str]]:
    """The rows by heading, without line breaks; empty cells left out."""
    headings = [(column.parent + column.label).replace("\n", "") for column in ledger.columns]
    return [
        {head: text.replace("\n", "/") for head, text in zip(headings, row.cells, strict=True) if text}
        for row in ledger.rows
    ]


@pytest.fixture
def reserves(office: Office) -> list[str]:
    """Three entries: a serving deputy, a woman of another village, one who left."""
    typed = {
        "aim": "书记",
        "entered": "2024.05",
        "mentor": "王建军",
        "mentor_post": "组织委员",
        "measures": "跟班",
    }
    deputy, _ = office.roster.add(VILLAGE, member(posts="村委会副主任"), TODAY)
    woman = {"village": "焦山河社区", "name": "李红", "sex": "女", "birth": "1995.03", "education": "本科"}
    gone = {
        "village": "毕家塘村",
        "name": "高明",
        "birth": "1990.01",
        "occupation": "养鱼",
        "entered": "2023.01",
    }
    keys = [
        office.reserve.add(typed, TODAY, owner_id=deputy, division_code=VILLAGE),
        office.reserve.add(woman | {"aim": "委员", "entered": "2025.01"}, TODAY),
        office.reserve.add(gone, TODAY),
    ]
    office.reserve.appraise(keys[0], "2025", "良好", None, TODAY)
    office.reserve.leave([keys[2]], "2026.03", "调整", "外出", TODAY)
    return keys


def test_the_ledger_of_the_reserve_has_every_column_of_the_form(office: Office, reserves: list[str]) -> None:
    ledger = made(office, "reserve")

    assert ledger.title == "石首市东升镇村级后备干部台账"
    assert [(c.parent + c.label).replace("\n", "") for c in ledger.columns] == [
        *(
            "序号",
            "村（社区）",
            "姓名",
            "性别",
            "出生年月（岁）",
            "政治面貌",
            "学历",
            "现从事工作/现任职务",
            "身份类别",
        ),
        *(
            "后备方向",
            "入库时间",
            "推荐方式",
            "培养联系人及职务",
            "培养措施",
            "年度评价",
            "在库状态",
            "出库时间及原因",
            "备注",
        ),
    ]
    community, deputy, gone = cells(ledger)
    assert community == {
        "序号": "1",
        "村（社区）": "焦山河社区",
        "姓名": "李\u3000红",
        "性别": "女",
        "出生年月（岁）": "1995.03/（31岁）",
        "学历": "本科",
        "后备方向": "村“两委”委员",
        "入库时间": "2025.01",
        "在库状态": "在库",
    }
    assert deputy["现从事工作/现任职务"] == "村委会副主任"
    assert (deputy["培养联系人及职务"], deputy["年度评价"]) == ("王建军/组织委员", "2025年：良好")
    assert (gone["在库状态"], gone["出库时间及原因"]) == ("已出库", "2026.03 调整 外出")
    assert ledger.totals[0][1].text == (
        "在库 2 个村（社区）2 人，其中女 1 人，35 岁以下 1 人，大专以上 2 人；已出库 1 人次"
    )
    assert ledger.notes == ("每村（社区）不少于 2 名：20 个村（社区）不足，共缺 38 名。",)


def test_a_ledger_of_an_earlier_day_knows_nothing_of_later(office: Office, reserves: list[str]) -> None:
    service = office.reserve
    request = LedgerRequest("reserve", date(2024, 6, 30), VILLAGE)
    ledger = service.ledgers()["reserve"](request, Frame("", "", Paper.A4))

    assert isinstance(ledger, Ledger)
    assert [(row["姓名"], row["在库状态"], "出库时间及原因" in row) for row in cells(ledger)] == [
        ("张建国", "在库", False),
        ("高\u3000明", "在库", False),
    ]


def test_the_ledger_of_studies_sums_the_money(office: Office) -> None:
    for name in ("张建国", "李秀英"):
        person, _ = office.roster.add(VILLAGE, member(name=name, id_number=""), TODAY)
        typed = {
            "school": "湖北开放大学",
            "level": "本科",
            "start": "2025.09",
            "fee": "7500",
            "status": "在读",
        }
        office.study.add(typed, TODAY, owner_id=person, division_code=VILLAGE)

    ledger = made(office, "study", Paper.A4)

    assert cells(ledger)[0] == {
        "序号": "1",
        "姓名": "李秀英",  # as many strokes as 张, and 李 comes first
        "村（社区）": "毕家塘村",
        "职务": "党支部书记、村委会主任",
        "原学历": "大专",
        "报读院校": "湖北开放大学",
        "层次": "本科",
        "入学": "2025.09",
        "学费（元）": "7500",
        "分担（元）乡镇": "2250",
        "分担（元）村": "2250",
        "分担（元）个人": "3000",
        "状态": "在读",
    }
    assert [span.text for span in ledger.totals[0]] == [
        *("合计", "2 人，其中在读 2 人，已毕业 0 人", "15000", "4500", "4500", "6000", ""),
    ]


def test_the_ledger_of_changes_is_of_its_days(office: Office) -> None:
    office.roster.add(VILLAGE, member(post_since="2026.03"), TODAY)
    person, _ = office.roster.add(COMMUNITY, member(name="李红", posts="居委会委员", id_number=""), TODAY)
    term = office.people.card(person, TODAY).terms[0].term.id
    office.roster.end_terms([term], date(2026, 6, 30), "辞职")

    year, summer = made(office, "changes"), made(office, "changes", since=date(2026, 6, 1))

    assert year.head[1] == "统计时间：2026年1月1日至2026年11月24日"
    assert [row["姓名"] for row in cells(year)] == ["张建国", "李\u3000红"]
    assert year.totals[0][1].text == "2 条：新任 1，离任 1"
    assert cells(summer) == [
        {
            "序号": "1",
            "时间": "2026.06.30",
            "村（社区）": "焦山河社区",
            "姓名": "李\u3000红",
            "原任": "居委会委员",
            "变动类型": "离任",
            "原因": "辞职",
        }
    ]


@pytest.mark.parametrize("name", ["reserve", "study", "changes"])
@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_each_of_them_prints_without_numbers_of_people(
    office: Office, reserves: list[str], tmp_path: Path, name: str, paper: str
) -> None:
    office.people.set_field(
        office.reserve.records(id=reserves[1])[0].person_id,
        "id_number",
        identity_number("19950301", woman=True),
        TODAY,
    )

    prepared = office.ledgers.write(LedgerRequest(name, TODAY, TOWNSHIP, paper), tmp_path / "台账.pdf")

    document = pypdfium2.PdfDocument(tmp_path / "台账.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert prepared.pages == 1
    assert office.ledgers.title(LedgerRequest(name, TODAY)) in text
    assert "421099" not in text
    assert "1990000" not in text
