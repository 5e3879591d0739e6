"""What the terms of one person tell of changes, as offices write dates."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.registers.term import TermOfOffice
from desktop.models.registers.term_changes import ChangeType, changes_of

HERE, THERE = "421081106200", "421081106201"
HEAD, DEPUTY, MEMBER, SECRETARY = "21", "22", "23", "11"


def term(
    post: str, start: str | None, end: str | None = None, place: str = HERE, **more: str
) -> TermOfOffice:
    name = f"{place}-{post}-{start}"
    return TermOfOffice(id=name, person_id="p", division_code=place, post=post, start=start, end=end, **more)


def told(*terms: TermOfOffice) -> list[tuple[str, str, str, str]]:
    return [
        (c.day, c.kind, "".join(t.post for t in c.before), "".join(t.post for t in c.after))
        for c in changes_of(terms)
    ]


@pytest.mark.parametrize("end", ["2021-10", "2021-11", "2021-12", "2021-11-30", "2021-12-15"])
def test_an_end_near_a_start_is_one_change(end: str) -> None:
    changes = told(term(MEMBER, "2018-11", end), term(HEAD, "2021-12"))

    assert changes == [("2018-11", "新任", "", MEMBER), ("2021-12", "调整", MEMBER, HEAD)]


def test_an_end_long_before_a_start_is_a_leaving_and_a_coming() -> None:
    changes = told(term(MEMBER, "2018-11", "2020-06"), term(HEAD, "2021-12"))

    assert [change[1] for change in changes] == ["新任", "离任", "新任"]


def test_the_same_post_again_goes_on() -> None:
    assert told(term(HEAD, "2018-11", "2021-11"), term(HEAD, "2021-12"))[1] == ("2021-12", "连任", HEAD, HEAD)


def test_a_further_post_and_the_end_of_one_of_two_are_changes_of_posts() -> None:
    changes = told(term(SECRETARY, "2018-11"), term(HEAD, "2021-12", "2024-06"))

    assert changes[1:] == [
        ("2021-12", "调整", SECRETARY, SECRETARY + HEAD),
        ("2024-06", "调整", SECRETARY + HEAD, SECRETARY),
    ]


def test_what_happens_in_one_village_does_not_tell_of_posts_in_another() -> None:
    changes = told(term(SECRETARY, "2018-11"), term(MEMBER, "2021-12", place=THERE))

    assert changes[1] == ("2021-12", "新任", "", MEMBER)


def test_a_move_from_village_to_village_is_one_change() -> None:
    changes = changes_of([term(HEAD, "2018-11", "2026-05-07"), term(HEAD, "2026-05-08", place=THERE)])

    assert (changes[1].kind, changes[1].day, changes[1].division_code) == (
        ChangeType.MOVED,
        "2026-05-08",
        THERE,
    )


def test_a_term_within_one_month_comes_and_goes() -> None:
    assert [change[1] for change in told(term(HEAD, "2024-06", "2024-06"))] == ["新任", "离任"]


def test_a_post_that_is_not_known_or_without_a_start_tells_no_beginning() -> None:
    assert told(term("99", "2024-06")) == []
    assert told(term(HEAD, None, "2024-06")) == [("2024-06", "离任", HEAD, "")]


def test_the_reason_is_why_it_ended_else_how_it_was_come_by() -> None:
    changes = changes_of(
        [term(MEMBER, "2018-11", "2021-11", how="01", end_reason="届满换届"), term(HEAD, "2021-12", how="02")]
    )

    assert [change.reason for change in changes] == ["选举", "届满换届"]


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        ("2026-03", True),
        ("2026-03-14", False),
        ("2026-03-15", True),
        ("2026-06", True),
        ("2026-07", False),
        ("2026", True),
    ],
)
def test_a_change_is_within_days_as_far_as_it_is_known(day: str, inside: bool) -> None:
    (change,) = changes_of([term(HEAD, day)])

    assert change.within(date(2026, 3, 15), date(2026, 6, 1)) is inside
