"""The roster in memory is what the store would tell, whatever was done to it, and reads no more than what changed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.models.database import roster as queries
from desktop.models.database.records import Records
from desktop.models.database.roster import Selection
from desktop.models.errors import DesktopError
from desktop.models.registers.committee_term import CommitteeTerm
from desktop.models.registers.person import Person
from desktop.models.registers.roster import ORDERS, ROSTER, RosterQuery
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.roster_index import RosterIndex
from desktop.models.workbooks.roster_reader import ImportReading
from desktop.office import Office
from tests.models.services.test_undoing_everything import ACTIONS, Actor
from tests.offices import COMMUNITY, TODAY, TOWNSHIP, VILLAGE, member, opened, workbook

QUERY = RosterQuery(on=TODAY)
FIELDS = [field.name for field in ROSTER.fields]
ORDERED = [*FIELDS, *(order for orders in ORDERS.values() for order in orders)]
SCOPES = (
    Selection(on=TODAY),
    Selection(on=date(2026, 6, 1)),
    Selection(on=TODAY, divisions=frozenset({TOWNSHIP, VILLAGE, COMMUNITY})),
    Selection(on=TODAY, divisions=frozenset({COMMUNITY})),
)


def ways_to_ask(scope: Selection) -> list[Callable[[RosterIndex], object]]:
    """Everything that a list can be asked of a scope."""
    return [
        lambda index: index.lines(scope).keys(scope),
        lambda index: index.lines(scope).chips(scope),
        lambda index: index.lines(scope).by_division(),
        *(lambda index, field=field: index.lines(scope).facet(field, scope) for field in FIELDS),
        *(
            lambda index, sort=(field, down): index.lines(scope).keys(replace(scope, sort=sort))
            for field in ORDERED
            for down in (False, True)
        ),
    ]


class Officer(Actor):
    """Does what changes a roster in other ways than one person's page does."""

    imported: ImportReading

    def rename(self) -> None:
        self.office.people.set_field(self.one(Person), "name", self.chance.choice(("王一", "㐂二")), TODAY)

    def appoint(self) -> None:
        place = self.chance.choice((VILLAGE, COMMUNITY))
        self.office.roster.appoint(self.one(Person), place, "妇联主席", "2026.02", TODAY)

    def fill_in(self) -> None:
        field, text = self.chance.choice((("sex", "女"), ("birth", "1999.01"), ("phone", "13800000000")))
        self.office.people.set_field(self.one(Person), field, text, TODAY)

    def delete(self) -> None:
        keys = self.office.roster.keys(QUERY)
        self.office.roster.remove(self.chance.sample(keys, min(len(keys), self.chance.randint(0, 2))))

    def take_in(self) -> None:
        self.office.imports.apply(self.office.imports.plan(self.imported, TODAY), "表.xlsx")

    def write_beside(self) -> None:
        """As a job does, on a connection of its own."""
        other = self.office.worker()
        try:
            other.roster.add(VILLAGE, member(name="赵旁", id_number=""), TODAY)
        finally:
            other.release()

    def change_mind(self) -> None:
        with suppress(KeyboardInterrupt), self.office._store.change("半途而废"):
            self.records.update_many(Person, {self.one(Person): {"name": "不算"}})
            self.office.roster.keys(QUERY)
            raise KeyboardInterrupt

    def due(self) -> None:
        committee = CommitteeTerm(
            id=str(self.chance.random()), division_code=VILLAGE, committee="1", start="2022"
        )
        with self.office._store.change("届次"):
            self.records.insert_many([replace(committee, due=self.chance.choice(("2026-12", "2029-01")))])

    def move_village(self) -> None:
        self.office.divisions.move(VILLAGE, self.chance.choice((-1, 1)))


DEEDS: tuple[Callable[[Officer], None], ...] = (
    *ACTIONS,
    *(
        Officer.rename,
        Officer.appoint,
        Officer.fill_in,
        Officer.delete,
        Officer.take_in,
        Officer.write_beside,
    ),
    *(Officer.change_mind, Officer.due, Officer.move_village, Actor.undo, Actor.redo),
)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> ImportReading:
    """A workbook that somebody sent, read once."""
    folder = tmp_path_factory.mktemp("imported")
    people: Sequence[Sequence[object]] = [
        ("毕家塘村", "张建国", "党支部书记", "1985.07", "初中"),
        ("毕家塘村", "外来一", "妇联主席", "1990.01", ""),
        ("焦山河社区", "外来二", "居委会委员", "", "大专"),
    ]
    file = workbook(folder / "表.xlsx", ("村（社区）", "姓名", "职务", "出生年月", "学历"), people)
    with opened(folder / "office") as office:
        return office.imports.read([file], TODAY)


@settings(max_examples=settings().max_examples // 3)  # an office is opened for each
@given(seed=st.integers(0, 2**32), numbers=st.lists(st.integers(0, len(DEEDS) - 1), min_size=5, max_size=25))
def test_after_any_sequence_it_is_what_would_be_read_anew(
    reading: ImportReading, seed: int, numbers: Iterable[int]
) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "office") as office:
        officer = Officer(office, seed)
        officer.imported = reading
        office.roster.add(VILLAGE, member(), TODAY)
        kept, chance = RosterIndex(office._store), Random(seed)
        for number in numbers:
            with suppress(DesktopError, LookupError):
                DEEDS[number](officer)
            ways = ways_to_ask(chance.choice(SCOPES))
            for ask in (*ways[:2], *chance.sample(ways, 2)):  # columns come one by one
                assert ask(kept) == ask(RosterIndex(office._store))
        for ask in (each for scope in SCOPES for each in ways_to_ask(scope)):
            assert ask(kept) == ask(RosterIndex(office._store))


def test_every_deed_of_the_property_does_something(reading: ImportReading, tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        officer = Officer(office, 1)
        officer.imported = reading
        office.roster.add(VILLAGE, member(), TODAY)
        for deed in (*(deed for deed in DEEDS if deed not in ACTIONS), Actor.undo, Actor.redo):
            before = queries.last_seq(office._store)
            for _ in range(20):  # what chance has chosen may change nothing
                with suppress(DesktopError, LookupError):
                    deed(officer)
            if deed is Officer.change_mind:
                continue  # which leaves nothing
            assert queries.last_seq(office._store) > before, deed


@pytest.fixture
def read_of(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str] | None]:
    """The divisions of which lines were read, from now on; None for all."""
    found: list[frozenset[str] | None] = []
    line_values = queries.line_values

    def noting(*args: Any, **options: Any) -> list[tuple[Any, ...]]:
        found.append(args[3])
        return line_values(*args, **options)

    monkeypatch.setattr(queries, "line_values", noting)
    return found


def test_an_edit_reads_its_own_village_again_and_no_other(
    sample: Office, read_of: list[frozenset[str] | None]
) -> None:
    for ask in ways_to_ask(SCOPES[0]):
        ask(sample.roster._index)
    place = sample.roster.keys(QUERY).index(
        key := next(key for key in sample.roster.keys(QUERY) if key[1] == VILLAGE)
    )
    sample.roster.set_cell(key, "name", "丁一", TODAY)
    read_of.clear()

    asked = [ask(sample.roster._index) for ask in ways_to_ask(SCOPES[0])]

    assert read_of == [frozenset({VILLAGE})]
    assert asked[0] == sample.roster.keys(QUERY)
    assert sample.roster.rows(sample.roster.keys(QUERY)[place : place + 1], TODAY)[0].division.code == VILLAGE
    assert sample.roster.keys(replace(QUERY, search="丁一")) == [key]


def test_narrowing_sorting_and_counting_read_nothing_twice(
    sample: Office, read_of: list[frozenset[str] | None]
) -> None:
    queries_asked = [
        replace(QUERY, search=search, chip=chip, sort=("education", False), filters=filters)
        for search in ("", "z", "书记", "毕家")
        for chip in ("all", "women", "incomplete")
        for filters in ((), (("education", frozenset({"大专"})),))
    ]

    def ask() -> list[object]:
        lists = [sample.roster.keys(query) for query in queries_asked]
        counts = [sample.roster.chips(query) for query in queries_asked]
        return [lists, counts, sample.roster.facet("education", QUERY), sample.roster.units(TODAY)]

    first = ask()
    read_of.clear()

    assert ask() == first
    assert read_of == []


def test_what_an_open_change_set_writes_is_seen_and_forgotten_with_it(sample: Office) -> None:
    before = sample.roster.keys(QUERY)
    records = Records(sample._store)

    with suppress(KeyboardInterrupt), sample._store.change("半途而废"):
        records.delete(TermOfOffice, [term.id for term in records.select(TermOfOffice)])
        within = sample.roster.keys(QUERY)
        raise KeyboardInterrupt

    assert within == []
    assert sample.roster.keys(QUERY) == before


def test_few_lists_are_kept_and_the_one_used_last_is_among_them(
    sample: Office, read_of: list[frozenset[str] | None]
) -> None:
    for day in range(1, 20):
        sample.roster.keys(QUERY)
        sample.roster.keys(replace(QUERY, on=date(2026, 1, day)))

    assert len(sample.roster._index._kept) == 4
    assert len(read_of) == 20  # today once


def test_a_committees_term_entered_changed_or_taken_back_moves_the_chip_of_its_village(
    office: Office,
) -> None:
    office.roster.add(VILLAGE, member(posts="党支部书记"), TODAY)
    records = Records(office._store)
    term = CommitteeTerm(id="c", division_code=VILLAGE, committee="1", start="2021-11", due="2026-12")
    counts = [office.roster.chips(QUERY)["term_ends"]]

    with office._store.change("届次"):
        records.insert_many([term])
    counts.append(office.roster.chips(QUERY)["term_ends"])
    with office._store.change("届次"):
        records.update(CommitteeTerm, "c", due="2029-12")
    counts.append(office.roster.chips(QUERY)["term_ends"])
    for _ in range(2):
        office.history.undo()
        counts.append(office.roster.chips(QUERY)["term_ends"])

    assert counts == [0, 1, 0, 1, 0]
