"""The matrix by hand: periods, kinds wanted several times, releases, joint villages."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.domain.periods import Period, PeriodKind
from desktop.models.registers.activity import HELD, PLANNED
from desktop.models.registers.mentoring import ManagedSecretary, Mentoring
from desktop.models.registers.schemes import SchemeItem
from desktop.models.rules.four_ones import (
    CellState,
    Counted,
    Matrix,
    Subject,
    is_managed_in,
    is_managed_on,
    is_mentoring_on,
    make_matrix,
    missing_by_kind,
)
from tests.builders import divisions, person

YEAR = Period(2026, 1, PeriodKind.YEAR)
SECOND_HALF = Period(2026, 2, PeriodKind.HALF_YEAR)
LAST_QUARTER = Period(2026, 4, PeriodKind.QUARTER)
VILLAGE, OTHER = "421081106208", "421081106209"
TODAY = date(2026, 11, 24)


def kind(code: str, times: int | None = None) -> SchemeItem:
    return SchemeItem(id=code, scheme_id="s", code=code, position=int(code), name=f"第{code}类", times=times)


def managed(since: str | None = "2026-01", until: str | None = None) -> ManagedSecretary:
    return ManagedSecretary(id="m", person_id="p", division_code=VILLAGE, kind="1", since=since, until=until)


def subject(until: str | None = None) -> Subject:
    return Subject(
        managed=managed(until=until),
        person=person(id="p"),
        division=divisions()[VILLAGE],
        township="东升镇",
    )


def held(day: str, code: str = "1", state: str = HELD, place: str | None = VILLAGE) -> Counted:
    return Counted(
        activity_id=f"{code} {day}", person_id="p", division_code=place, kind=code, state=state, day=day
    )


def matrix(
    *counted: Counted,
    times: int | None = 1,
    until: str | None = None,
    today: date = TODAY,
    period: Period = YEAR,
) -> Matrix:
    return make_matrix(period, [kind("1", times)], [subject(until)], counted, today, 30)


def test_a_kind_wanted_three_times_counts_what_was_held_of_three() -> None:
    made = matrix(held("2026-03-05"), held("2026-06-01"), times=3)

    (cell,) = made.rows[0].cells
    assert (cell.done, cell.wanted, cell.state) == (2, 3, CellState.OPEN)
    assert cell.words == "2026.03.05、2026.06.01，还差 1 次"
    assert round(made.total.rate or 0, 1) == 66.7
    assert made.total.complete == 0


def test_more_than_is_wanted_counts_once_and_all_dates_are_shown() -> None:
    made = matrix(held("2026-06-01"), held("2026-03-05"))

    assert made.rows[0].cells[0].words == "2026.03.05、2026.06.01"
    assert (made.total.done, made.total.wanted, made.total.rate) == ((1,), (1,), 100)


def test_a_plan_counts_nothing_and_is_red_at_the_end_too() -> None:
    plan = held("2026-12-20", state=PLANNED)

    assert matrix(plan).rows[0].cells[0].words == "计划 2026.12.20"
    late = matrix(plan, today=date(2026, 12, 19)).rows[0].cells[0]
    assert (late.words, late.is_red, late.done) == ("计划 2026.12.20，还剩 12 天", True, 0)


def test_what_was_held_for_another_village_counts_there_alone() -> None:
    assert matrix(held("2026-03-05", place=OTHER)).total.done == (0,)
    assert matrix(held("2026-03-05", place=None)).total.done == (1,)


def test_who_was_released_owes_nothing_more_and_what_was_held_counts() -> None:
    without = matrix(until="2026-06")
    before = matrix(held("2026-03-05"), until="2026-06", times=2)

    assert (without.rows[0].cells[0].words, without.total.wanted, without.total.rate) == (
        "已解除",
        (0,),
        None,
    )
    assert (before.total.done, before.total.wanted) == ((1,), (1,))
    assert before.rows[0].is_complete


def test_a_release_that_lies_ahead_changes_nothing_yet() -> None:
    assert matrix(until="2026-12").rows[0].cells[0].state is CellState.OPEN
    assert matrix(until="2026-12", today=date(2027, 1, 2)).rows[0].cells[0].state is CellState.RELEASED


@pytest.mark.parametrize(
    ("period", "today", "state"),
    [
        (SECOND_HALF, date(2026, 12, 1), CellState.OPEN),
        (SECOND_HALF, date(2026, 12, 2), CellState.URGENT),
        (LAST_QUARTER, date(2027, 1, 1), CellState.OVERDUE),
        (Period(2026, 1, PeriodKind.HALF_YEAR), date(2026, 6, 15), CellState.URGENT),
        (Period(2027, 1, PeriodKind.QUARTER), TODAY, CellState.OPEN),
    ],
)
def test_every_length_of_period_ends_red(period: Period, today: date, state: CellState) -> None:
    assert matrix(period=period, today=today).rows[0].cells[0].state is state


@pytest.mark.parametrize(
    ("since", "until", "inside"),
    [
        (None, None, True),
        ("2026-12", None, True),
        ("2027-01", None, False),
        ("2025-03", "2025-12", False),
        ("2025-03", "2026-01", True),
        ("2025", "2025", False),
        ("2025", "2026", True),
    ],
)
def test_who_was_under_management_in_a_year(since: str | None, until: str | None, inside: bool) -> None:
    assert is_managed_in(managed(since, until), YEAR) is inside


def test_in_the_month_of_the_end_it_is_over() -> None:
    pair = Mentoring(
        id="x", person_id="p", division_code=VILLAGE, mentor="王部长", start="2026-02", end="2026-11"
    )

    assert [is_mentoring_on(pair, day) for day in (date(2026, 10, 31), TODAY)] == [True, False]
    assert [is_managed_on(managed(until="2026-11"), day) for day in (date(2026, 10, 31), TODAY)] == [
        True,
        False,
    ]


def test_the_definition_names_the_period_the_kinds_and_how_often() -> None:
    made = make_matrix(YEAR, [kind("1", 2), kind("2")], [], [], TODAY, 30)

    assert "2026年内在管的书记每人第1类 2 次、第2类 1 次" in made.definition
    assert (made.total.secretaries, made.total.rate, made.townships) == (0, None, ())


def test_what_is_missing_is_told_by_kind() -> None:
    made = make_matrix(YEAR, [kind("1"), kind("2")], [subject()], [held("2026-03-05")], TODAY, 30)

    assert {code: len(rows) for code, rows in missing_by_kind(made).items()} == {"1": 0, "2": 1}
