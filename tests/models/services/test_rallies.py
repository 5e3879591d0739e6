"""Rallies of a city: rounds, items, scores, history, ledger, workbook, sample."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.handoff_content import contents
from desktop.models.services.ledgers import LedgerRequest
from desktop.models.services.rallies import NoRallyError, VanishedRallyError
from desktop.models.services.sample_rally import sample_rally
from desktop.office import Office
from tests.offices import TODAY, TOWNSHIP, opened

XIULIN, BIJIASHAN, XINCHANG, HENGGOUSHI = (
    *("421081001000", "421081002000"),
    *("421081100000", "421081101000"),
)
TYPED = {"name": "秋季拉练", "day": "2026.11.20", "first": "2", "last": "2"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "office", level="city") as made:
        yield made


@pytest.fixture
def rally(office: Office) -> str:
    return office.rallies.start(TYPED, TODAY)


def items(office: Office, rally: str) -> list[str]:
    return [item.id for item in office.rallies.sheet(rally).items]


def score(office: Office, rally: str, **points: str) -> None:
    """Points of the first item by township: x绣林, b笔架山 …"""
    codes = {"x": XIULIN, "b": BIJIASHAN, "c": XINCHANG, "h": HENGGOUSHI}
    first = items(office, rally)[0]
    office.rallies.write([((codes[name], first), text) for name, text in points.items()], TODAY)


def test_a_round_has_all_fifteen_townships_in_their_local_order(office: Office, rally: str) -> None:
    sheet = office.rallies.sheet(rally)

    names = [each.name for each in sheet.ranking.standings]
    assert (len(names), names[0], names[-1]) == (15, "绣林街道", "天鹅洲开发区")
    assert (sheet.rally.day, sheet.full, {each.rank for each in sheet.ranking.standings}) == (
        "2026-11-20",
        100.0,
        {None},
    )


def test_a_pasted_block_is_one_action_good_cells_kept_bad_ones_told(office: Office, rally: str) -> None:
    one, two, *_ = items(office, rally)
    edits = [
        ((XIULIN, one), "18.5"),
        ((XIULIN, two), "21"),
        ((BIJIASHAN, one), "17"),
        ((BIJIASHAN, two), "好"),
    ]

    outcome = office.rallies.write(edits, TODAY)

    assert outcome.applied == 2
    assert [(each.key, each.field, each.message) for each in outcome.problems] == [
        (XIULIN, two, "21 分超过满分 20 分，请核对。"),
        (BIJIASHAN, two, "“好”不是分数，请填 0 到 999 的数，最多一位小数。"),
    ]
    standings = {each.code: each for each in office.rallies.sheet(rally).ranking.standings}
    assert standings[XIULIN].points == (18.5, None, None, None, None)
    assert standings[BIJIASHAN].total == 17.0
    assert office.history.next_undo() == "拉练打分 2 格"
    office.history.undo()
    assert {each.total for each in office.rallies.sheet(rally).ranking.standings} == {None}


@pytest.mark.parametrize("text", ["20.05", "-1", "20.1", "一"])
def test_points_that_cannot_be_are_refused_and_leave_no_change_set(
    office: Office, rally: str, text: str
) -> None:
    before = office.history.next_undo()

    outcome = office.rallies.write([((XIULIN, items(office, rally)[0]), text)], TODAY)

    assert (outcome.applied, len(outcome.problems)) == (0, 1)
    assert office.history.next_undo() == before


def test_points_may_be_taken_out_and_given_again(office: Office, rally: str) -> None:
    for text, total in (("18", 18.0), ("", None), ("20", 20.0), ("0", 0.0)):
        score(office, rally, x=text)
        assert office.rallies.sheet(rally).ranking.standings[0].total == total


def test_places_and_speakers_follow_the_points_and_the_settings_of_the_round(
    office: Office, rally: str
) -> None:
    score(office, rally, x="18", b="19", c="18", h="12")
    office.rallies.edit(rally, {**TYPED, "first": "1", "last": "1"}, TODAY)

    standings = office.rallies.sheet(rally).ranking.standings[:4]

    assert [(each.rank, each.speaks) for each in standings] == [
        (2, ""),
        (1, "典型发言"),
        (2, ""),
        (4, "表态发言"),
    ]


def test_the_next_round_takes_the_items_of_the_one_before_and_no_points(office: Office, rally: str) -> None:
    office.rallies.add_item(rally, {"name": "特色项目", "points": "10"}, TODAY)
    score(office, rally, x="18")

    later = office.rallies.sheet(office.rallies.start({**TYPED, "day": "2026.11.24"}, TODAY))

    assert [(item.name, item.points) for item in later.items][-1] == ("特色项目", 10.0)
    assert later.full == 110.0
    assert {each.total for each in later.ranking.standings} == {None}
    assert [each.day for each in office.rallies.rounds()] == ["2026-11-24", "2026-11-20"]


def test_items_are_renamed_moved_and_removed_with_their_points(office: Office, rally: str) -> None:
    rallies, first = office.rallies, items(office, rally)[0]
    score(office, rally, x="18")

    rallies.edit_item(first, {"name": "班子", "points": "30"}, TODAY)
    rallies.move_item(first, 1)
    assert [item.name for item in rallies.sheet(rally).items[:2]] == ["阵地建设", "班子"]
    rallies.remove_item(first)
    assert (len(rallies.sheet(rally).items), rallies.sheet(rally).ranking.standings[0].total) == (4, None)
    office.history.undo()
    assert rallies.sheet(rally).ranking.standings[0].total == 18.0


def test_an_item_may_not_be_worth_less_than_somebody_has(office: Office, rally: str) -> None:
    score(office, rally, x="18")

    with pytest.raises(InvalidValueError, match="已有乡镇得 18 分，满分不能更低，请先改得分"):
        office.rallies.edit_item(items(office, rally)[0], {"name": "班子", "points": "15"}, TODAY)


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("name", "", "请填写名称"), ("day", "", "请填写日期"), ("first", "0", "请填 1 到 7"), ("last", "x", "不是整数")],
)  # fmt: skip
def test_a_round_says_what_is_missing_or_wrong(office: Office, field: str, text: str, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        office.rallies.start({**TYPED, field: text}, TODAY)

    assert office.rallies.rounds() == []


def test_a_round_is_removed_whole_and_comes_back_by_undo(office: Office, rally: str) -> None:
    score(office, rally, x="18")

    office.rallies.remove(rally)

    with pytest.raises(VanishedRallyError):
        office.rallies.sheet(rally)
    office.history.undo()
    assert office.rallies.sheet(rally).ranking.standings[0].total == 18.0


def test_history_tells_township_and_item(office: Office, rally: str) -> None:
    score(office, rally, x="18.5")

    line = office.history.recent(1)[0]
    told = office.history.details(line.seq)

    assert line.why == "拉练打分：绣林街道 班子建设"
    assert [(each.who, each.field, each.old, each.new) for each in told] == [
        ("绣林街道 班子建设", "得分", "", "18.5")
    ]
    started = office.history.details(office.history.recent(2)[1].seq)
    assert ("秋季拉练", "日期", "", "2026.11.20") in [(c.who, c.field, c.old, c.new) for c in started]


def test_the_ledger_is_of_the_last_round_up_to_its_day(office: Office, rally: str) -> None:
    score(office, rally, x="18", b="19", c="17", h="12")
    office.rallies.start({**TYPED, "name": "冬季拉练", "day": "2026.12.20"}, TODAY)

    prepared = office.ledgers.preview(LedgerRequest("rally", TODAY))

    assert (prepared.pages, prepared.missing) == (1, ())
    assert office.rallies.latest(TODAY).rally.name == "秋季拉练"
    assert office.ledgers.title(LedgerRequest("rally", TODAY)) == "石首市基层党建拉练评比通报表"
    with pytest.raises(NoRallyError, match=r"到 2026\.11\.01 还没有拉练"):
        office.ledgers.preview(LedgerRequest("rally", date(2026, 11, 1)))


def test_the_workbook_lists_townships_by_place(office: Office, rally: str, tmp_path: Path) -> None:
    score(office, rally, x="17", b="19", c="18.5", h="12")

    office.rallies.export(rally, tmp_path / "通报.xlsx")

    book = openpyxl.load_workbook(tmp_path / "通报.xlsx")
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0][:3] == ("名次", "乡镇", "班子建设（20）")
    assert [(row[0], row[1], row[7], row[8]) for row in rows[1:5]] == [
        (1, "笔架山街道", 19, "典型发言"),
        (2, "新厂镇", 18.5, "典型发言"),
        (3, "绣林街道", 17, "表态发言"),
        (4, "横沟市镇", 12, "表态发言"),
    ]
    assert len(rows) == 16
    assert book.worksheets[1]["A2"].value.startswith("15 个乡镇还有项目没打分")


def test_a_package_of_a_township_holds_no_rally(office: Office, rally: str) -> None:
    score(office, rally, x="18")

    held = contents(office._store, XIULIN, own=False)

    assert not [name for name in held.rows if name.startswith("rally")]


def test_the_sample_shows_a_shared_second_place_and_a_round_still_to_be_scored(city: Office) -> None:
    later, before = (city.rallies.sheet(each.id).ranking for each in city.rallies.rounds())

    assert sum(each.total is not None for each in later.standings) == 6
    assert [each.rank for each in before.by_rank[:4]] == [1, 2, 2, 4]
    assert [each.speaks for each in before.by_rank].count("表态发言") == 2
    assert sample_rally([], TODAY) == ([], [], [])


def test_a_township_has_no_rally_of_its_own(tmp_path: Path) -> None:
    with opened(tmp_path / "town", filled=True) as office:
        assert office.unit.code == TOWNSHIP
        assert office.rallies.rounds() == []
