"""The structure table of 192 villages against reading the same rows, however many other people the store holds."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.models.database import facts
from desktop.models.database.records import Records
from desktop.models.domain.ids import new_id
from desktop.models.registers.committee_term import CommitteeTerm
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.services.sample import sample_people
from desktop.office import Office

TODAY = date(2026, 11, 24)
ROUNDS = 15
CITY = "421081000000"
PASSWORD = "only for measuring 1"
_OTHER = "430000000000"
_BODIES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)


def measure() -> Iterator[tuple[str, float, float, float]]:
    """Yield the table of the city's villages beside the queries it rests on, in stores of two sizes."""
    for people in (5_000, 100_000):
        with TemporaryDirectory() as name:
            office, _ = Office.create(Path(name) / "office", unit_code=CITY, level="city", password=PASSWORD)
            office.fill_with_sample(TODAY)
            _deepen(office)
            _fill_others(office, people)
            table = partial(office.structure.table, TODAY, CITY, by="village")
            ours, theirs = _best(table, partial(_read, office))
            assert len(table().rows) == 192
            office.close(backup=False)
        words = f"structure table of 192 villages, {people:,} people in the store, against reading its rows"
        yield words, ours, theirs, 3.0


def _best(*works: Callable[[], object]) -> list[float]:
    """Return the best time of each work, taken in turns: the machine is shared."""
    best = [math.inf] * len(works)
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            begun = time.perf_counter()
            work()
            best[number] = min(best[number], time.perf_counter() - begun)
    return best


def _read(office: Office) -> None:
    """Read what the table needs as it comes from the store: terms, who holds them, reserves, terms of committees."""
    store = office._store
    codes = [division.code for division in office.divisions.under(CITY)]
    terms = facts.begun_terms(store, codes, TODAY)
    reserves = facts.reserves(store, codes, TODAY)
    facts.committee_terms(store, codes, TODAY)
    facts.profiles(store, {row[1] for row in (*terms, *reserves)})


def _deepen(office: Office) -> None:
    """Give each of the city's villages terms of two committees, approved posts and a place in reserve."""
    records = Records(office._store)
    villages = [d for d in office.divisions.under(CITY) if d.kind in _BODIES]
    people = records.select(Person)
    with office._store.change("试验"):
        records.insert_many(
            CommitteeTerm(id=new_id(), division_code=d.code, committee=body, start="2021-11", due="2026-11")
            for d in villages
            for body in ("1", "2")
        )
        records.insert_many(
            ReserveCadre(id=new_id(), person_id=person.id, division_code=d.code, entered="2024-05")
            for person, d in zip(people, villages, strict=False)
        )
        records.update_many(Division, {d.code: {"approved_posts": 6} for d in villages})


def _fill_others(office: Office, people: int) -> None:
    """Fill the store up with people of villages elsewhere."""
    records = Records(office._store)
    missing = people - len(records.select(Person))
    villages = list(_elsewhere(missing // 6 + 1))
    others, terms = sample_people(villages, TODAY, seed=7)
    kept = {person.id for person in others[:missing]}
    with office._store.change("试验"):
        records.insert_many(villages)
        records.insert_many(others[:missing])
        records.insert_many(term for term in terms if term.person_id in kept)


def _elsewhere(count: int) -> Iterator[Division]:
    """Another province: a township for every twenty villages."""
    yield Division(code=_OTHER, name="别处市", kind=DivisionKind.CITY, parent=None, position=1)
    for number in range(count):
        township = f"43{number // 20 + 1:07d}000"
        if number % 20 == 0:
            kind = DivisionKind.TOWNSHIP
            yield Division(code=township, name="别处镇", kind=kind, parent=_OTHER, position=number)
        code = f"{township[:9]}{200 + number % 20}"
        kind = DivisionKind.VILLAGE
        yield Division(code=code, name="别处村委会", kind=kind, parent=township, position=number)
