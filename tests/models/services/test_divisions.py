"""Divisions: the preloaded list, editing it, another city's list from a workbook."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop.models.domain.posts import PartyForm
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.services.division_list import DivisionListError
from desktop.models.services.divisions import DivisionError, preloaded
from desktop.office import Office
from tests.offices import CITY, TODAY, TOWNSHIP, VILLAGE, member, workbook

HEADINGS = ("代码", "名称", "类型", "上级")


def names(office: Office, parent: str) -> list[str]:
    """The names below a division in their order."""
    return [division.name for division in office.divisions.all().values() if division.parent == parent]


def test_the_preloaded_list_is_the_county_in_full() -> None:
    counts = Counter(division.kind for division in preloaded())

    assert counts == {
        DivisionKind.CITY: 1,
        DivisionKind.TOWNSHIP: 15,
        DivisionKind.COMMUNITY: 39,
        DivisionKind.VILLAGE: 153,
        DivisionKind.LIVING_AREA: 11,
    }
    assert counts[DivisionKind.COMMUNITY] + counts[DivisionKind.VILLAGE] == 192
    communities = Counter(each.parent for each in preloaded() if each.kind == DivisionKind.COMMUNITY)
    central = [communities[street] for street in ("421081001000", "421081002000")]  # 绣林街道, 笔架山街道
    assert central == [12, 11]
    assert {division.party_form for division in preloaded()} == {PartyForm.BRANCH}
    assert len({division.code for division in preloaded()}) == 219


def test_the_official_spelling_stays_and_the_common_one_is_known_too(office: Office) -> None:
    division = next(d for d in preloaded() if "鋪" in d.name)

    assert office.divisions.names().village("俞家铺村").code == division.code
    assert office.divisions.names().village("俞家鋪村委会").code == division.code


@pytest.mark.parametrize("name", ["绣林办", "绣林街道办事处", "绣林街道", "绣林"])
def test_a_township_is_known_by_its_local_names(office: Office, name: str) -> None:
    assert office.divisions.names().township(name).code == "421081001000"


def test_editing_a_division_is_one_change_set_that_can_be_taken_back(office: Office) -> None:
    office.divisions.update(
        VILLAGE, name=" 毕家塘新村委会 ", aliases="老毕家", approved_posts=5, party_form="committee"
    )

    division = office.divisions.get(VILLAGE)
    assert (division.name, division.short_name, division.approved_posts) == (
        "毕家塘新村委会",
        "毕家塘新村",
        5,
    )
    assert office.divisions.names().village("老毕家").code == VILLAGE
    assert [line.why for line in office.history.recent(1)] == ["修改区划：毕家塘新村委会"]
    office.history.undo()
    assert office.divisions.get(VILLAGE).name == "毕家塘村委会"
    assert office.divisions.names().village("老毕家").code is None


def test_the_form_of_the_party_body_changes_what_is_printed(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(posts="支书、组织委员"), TODAY)

    office.divisions.update(VILLAGE, party_form="committee")

    assert office.roster.rows([key], TODAY)[0].posts_text == "党委书记、党委组织委员"


def test_a_name_cannot_be_empty(office: Office) -> None:
    with pytest.raises(DivisionError, match="名称不能空着"):
        office.divisions.update(VILLAGE, name="　")

    assert office.divisions.get(VILLAGE).name == "毕家塘村委会"


def test_moving_a_division_changes_the_order_of_everything(office: Office) -> None:
    before = names(office, TOWNSHIP)

    office.divisions.move("421081106208", -2)
    office.divisions.move("421081106001", -1)  # the first stays

    assert names(office, TOWNSHIP)[:8] == [*before[:5], before[7], *before[5:7]]
    assert [unit.division.name for unit in office.roster.units(TODAY)][1:] == names(office, TOWNSHIP)
    office.history.undo()
    assert names(office, TOWNSHIP) == before


def test_a_division_is_added_where_its_parent_is(office: Office) -> None:
    office.divisions.add(village("421081106777", "新建村委会"))

    assert names(office, TOWNSHIP)[-1] == "新建村委会"
    assert office.divisions.names().village("新建村").code == "421081106777"


@pytest.mark.parametrize(
    ("code", "name", "parent", "said"),
    [
        ("42108110677", "新建村委会", TOWNSHIP, "12 位数字"),
        ("４２１０８１１０６７７７", "新建村委会", TOWNSHIP, "12 位数字"),
        (VILLAGE, "新建村委会", TOWNSHIP, "已经是“毕家塘村委会”"),
        ("421081106777", " ", TOWNSHIP, "名称不能空着"),
        ("421081106777", "新建村委会", "421081999000", "没有上级"),
    ],
)
def test_a_division_that_cannot_be_is_refused(
    office: Office, code: str, name: str, parent: str, said: str
) -> None:
    with pytest.raises(DivisionError, match=said):
        office.divisions.add(village(code, name, parent))

    assert len(office.divisions.all()) == 219


def village(code: str, name: str, parent: str = TOWNSHIP) -> Division:
    """A village to be added."""
    return Division(code=code, name=name, kind=DivisionKind.VILLAGE, parent=parent, position=999)


def test_a_village_put_away_is_not_resolved_any_more(office: Office) -> None:
    office.divisions.update(VILLAGE, active=0)

    assert office.divisions.names().village("毕家塘村").code is None


def test_another_citys_list_is_taken_from_a_workbook(office: Office, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "松滋.xlsx",
        HEADINGS,
        [
            ["421087101200", "甲村委会", "村委会", ""],
            ["421087", "松滋市", "市", ""],
            ["421087101", "新江口镇", "镇", "421087000000"],
            [421087101001, "乙居委会", "", ""],
            ["421087101400", "丙生活区", "类似居委会", "421087101000"],
            ["421087101201", "丁村委会", "", "421087101"],
        ],
        title="松滋市区划",
    )

    count = office.divisions.load_workbook(file)

    divisions = office.divisions.under("421087000000")
    assert count == 6
    assert [(d.name, d.kind, d.parent) for d in divisions] == [
        ("松滋市", "city", None),
        ("新江口镇", "township", "421087000000"),
        ("甲村委会", "village", "421087101000"),
        ("乙居委会", "community", "421087101000"),
        ("丙生活区", "living_area", "421087101000"),
        ("丁村委会", "village", "421087101000"),
    ]
    assert office.divisions.load_workbook(file) == 0
    office.history.undo()
    assert len(office.divisions.all()) == 219


def test_a_list_renames_what_it_names_and_leaves_the_rest(office: Office, tmp_path: Path) -> None:
    office.divisions.update(VILLAGE, aliases="老毕家", approved_posts=5)
    rows = [[VILLAGE, "毕家塘新村委会", "", ""], ["421081106228", "东升村委会", "", ""]]

    count = office.divisions.load_workbook(workbook(tmp_path / "改名.xlsx", HEADINGS, rows))

    division = office.divisions.get(VILLAGE)
    assert count == 1
    assert (division.name, division.aliases, division.approved_posts) == ("毕家塘新村委会", "老毕家", 5)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["42108710", "新江口镇", "镇", ""]], "第 2 行的代码“42108710”不是 12 位数字"),
        ([["421087101", "", "镇", ""]], "第 2 行的名称空着"),
        ([["421087101", "新江口镇", "镇", ""]], "上级 421087000000 不在表里"),
        ([["421087101200", "甲村委会", "", "421087101200"]], "绕了一圈"),
    ],
)
def test_a_list_with_a_fault_is_refused_whole(
    office: Office, tmp_path: Path, rows: list[list[str]], said: str
) -> None:
    rows = [*rows, ["421081106777", "新建村委会", "", ""]]

    with pytest.raises(DivisionListError, match=said):
        office.divisions.load_workbook(workbook(tmp_path / "坏.xlsx", HEADINGS, rows))

    assert len(office.divisions.all()) == 219


def test_a_workbook_without_a_list_is_said(office: Office, tmp_path: Path) -> None:
    with pytest.raises(DivisionListError, match="没有找到表头"):
        office.divisions.load_workbook(workbook(tmp_path / "x.xlsx", ["姓名", "电话"], [["张三", "1"]]))


def test_everything_below_a_division_is_in_local_order(office: Office) -> None:
    assert [d.code for d in office.divisions.under(CITY)] == list(office.divisions.all())
    assert [d.code for d in office.divisions.under(VILLAGE)] == [VILLAGE]
    assert [depth for _, depth in office.divisions.tree()][:3] == [0, 1, 2]


def test_what_another_connection_changed_is_seen(office: Office) -> None:
    worker = office.worker()
    worker.divisions.update(VILLAGE, aliases="老毕家")
    worker.release()

    assert office.divisions.get(VILLAGE).aliases == "老毕家"


def test_divisions_are_read_again_only_after_one_of_them_changed(office: Office) -> None:
    before = office.divisions.get(VILLAGE)
    office.roster.add(VILLAGE, member(), TODAY)

    assert office.divisions.get(VILLAGE) is before

    office.divisions.update(VILLAGE, aliases="老毕家")
    office.history.undo()

    assert office.divisions.get(VILLAGE) == before
    assert office.divisions.get(VILLAGE) is not before


def test_a_text_finds_divisions_by_any_of_their_names(office: Office) -> None:
    office.divisions.update(VILLAGE, aliases="老毕家\n毕塘")

    assert office.divisions.called("老毕") == {VILLAGE}
    assert office.divisions.called("毕家塘村委") == {VILLAGE}
    assert TOWNSHIP in office.divisions.called("东升")
    assert office.divisions.called("没有这个村") == frozenset()
