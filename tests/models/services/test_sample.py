"""The invented office: people who do not exist, the same from the same seed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.models.domain.identity import read_identity
from desktop.models.domain.reading import Cell
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.term import TermOfOffice, serving_on
from desktop.models.registers.term_changes import ChangeType
from desktop.models.services.divisions import preloaded
from desktop.models.services.sample import sample_people
from desktop.models.services.sample_moves import sample_moves
from desktop.office import Office
from tests.offices import CITY, TODAY, opened


def anonymous(people: list[Person]) -> list[Person]:
    """People without the ids that are made anew each time."""
    return [replace(person, id="") for person in people]


def test_the_same_seed_gives_the_same_people() -> None:
    one, _ = sample_people(preloaded(), TODAY)
    two, _ = sample_people(preloaded(), TODAY)
    other, _ = sample_people(preloaded(), TODAY, seed=1)

    assert anonymous(one) == anonymous(two) != anonymous(other)


def test_nobody_of_the_sample_can_exist() -> None:
    people, _ = sample_people(preloaded(), TODAY)

    numbers = [person.id_number for person in people if person.id_number]
    assert {number[:6] for number in numbers} == {"421099"}
    assert len(set(numbers)) == len(numbers)
    assert all(read_identity(Cell(number), TODAY).problem is None for number in numbers)


def test_the_sample_is_an_office_as_offices_are(sample: Office) -> None:
    rows = sample.roster.rows(sample.roster.keys(RosterQuery(on=TODAY)), TODAY)
    summary = sample.roster.summary(TODAY)

    assert sample.is_sample
    assert (summary.villages, summary.secretaries) == (20, 20)
    assert 0 < summary.incomplete < 15
    assert not any(row.division.kind == "living_area" for row in rows)
    assert {row.division.party_form for row in rows} >= {"branch", "general_branch"}
    assert not any("性别与身份证号" in w for row in rows for w in sample.roster.problems(row, TODAY).values())
    assert any(len(char.encode()) > 3 for row in rows for char in row.person.name)
    assert any(len(sample.roster.terms(row.person.id)) > len(row.terms) for row in rows)


def test_a_citys_sample_has_every_village_and_community(tmp_path: Path) -> None:
    with opened(tmp_path / "city", level="city", filled=True) as office:
        assert office.unit.code == CITY
        assert office.roster.summary(TODAY).villages == 192


def test_the_year_of_the_sample_has_posts_taken_up_changed_and_given_up(sample: Office) -> None:
    changes = sample.term_changes.changes(date(TODAY.year, 1, 1), TODAY, None)

    assert Counter(change.kind for change in changes) == {
        ChangeType.NEW: 2,
        ChangeType.MOVED: 2,
        ChangeType.LEFT: 3,
    }
    assert all(change.reason for change in changes)
    assert {change.reason for change in changes} == {"年龄到限", "选举", "辞职", "调整分工", "调离"}


@pytest.mark.parametrize("today", [date(2026, 1, 5), date(2026, 6, 30), TODAY])
def test_the_moves_of_a_year_change_nobody_who_serves(today: date) -> None:
    people, terms = sample_people(preloaded(), today)

    moves = sample_moves(preloaded(), terms, today)

    after = [moves.changed.get(term.id, term) for term in terms] + moves.terms
    assert boards(terms, today) == boards(after, today)
    assert all((term.start or "") <= (term.end or f"{today:%Y-%m}") for term in after)
    assert len({p.id_number for p in (*people, *moves.people)} - {None}) == sum(
        person.id_number is not None for person in (*people, *moves.people)
    )


def boards(terms: list[TermOfOffice], today: date) -> set[tuple[str, str, str]]:
    """Who holds which post where."""
    return {(t.division_code, t.post, t.person_id) for t in terms if serving_on(t, today)}
