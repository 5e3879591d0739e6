"""Random packages: the preview is the result, undoing restores, taking in again changes nothing.

``HANDOFF_PACKAGES=500`` tries as many as are promised; the suite a few.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from desktop.models.database.history import History
from desktop.models.database.records import Records
from desktop.models.domain.ids import new_id
from desktop.models.handoff.codes import Code
from desktop.models.handoff.plan import WHOLE, Choices, MergePlan, Outcome, Side
from desktop.models.registers.handoff import OWN
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from faults.townships import Township, spoilt
from tests.handoffs import OTHER_TOWNSHIP, City, city_with, everything
from tests.models.database.builders import fresh_search_keys, stored_search_keys
from tests.offices import TOWNSHIP

IN_A_ROW = 20  # packages that one city takes
PACKAGES = int(os.environ.get("HANDOFF_PACKAGES", "40"))


@pytest.mark.parametrize("seed", range(PACKAGES // IN_A_ROW))
def test_preview_equals_result_undo_restores_and_again_changes_nothing(tmp_path: Path, seed: int) -> None:
    seen: set[Outcome] = set()
    with city_with(tmp_path, TOWNSHIP, OTHER_TOWNSHIP) as city:
        villages = {
            unit: tuple(d.code for d in city.office.divisions.under(unit) if d.code != unit)
            for unit in (TOWNSHIP, OTHER_TOWNSHIP)
        }
        chance = Random(seed)
        other = Township(chance, OTHER_TOWNSHIP, villages[OTHER_TOWNSHIP], people=6)
        city.merge(city.senders[OTHER_TOWNSHIP].send(other.sent(), other.attached()))
        town = Township(chance, TOWNSHIP, villages[TOWNSHIP], people=8)
        for number in range(IN_A_ROW):
            theirs = city.rows(OTHER_TOWNSHIP)
            seen |= _try_one(city, town, chance)
            assert city.rows(OTHER_TOWNSHIP) == theirs, number
            town.change(4)
            _meddle(city, town, chance)
    assert seen == set(Outcome)


def _try_one(city: City, town: Township, chance: Random) -> set[Outcome]:
    """Take one package in, back and in again."""
    registers = [name for name in OWN if name in ("person", "term") or chance.random() < 0.8]
    rows = town.sent(dict.fromkeys(registers))
    list(spoilt(chance, rows))
    path = city.senders[TOWNSHIP].send(rows, town.attached())
    before = everything(city.store)
    staged = city.handoff.take(path)
    plan = city.handoff.plan(staged, _choices(city.handoff.plan(staged), chance))
    result = city.handoff.merge(plan, confirmed_removals=True)

    expected = plan.expected()
    merged = city.rows()
    for register in staged.rows:
        if register != "division":
            assert merged.get(register, {}) == expected.get(register, {}), register
    assert {each.register: each.refused for each in result.counts if each.refused} == _by_register(plan)
    assert city.store.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert stored_search_keys(city.store) == fresh_search_keys(city.store)
    after = everything(city.store)
    city.handoff.undo(staged.hash)
    assert everything(city.store) == before
    History(city.store).redo(result.seq or 0)
    assert everything(city.store) == after
    assert city.handoff.verify(path).code is Code.UNCHANGED
    assert city.handoff.merge(plan).seq is None
    assert everything(city.store) == after
    return {row.outcome for row in plan.rows}


def _by_register(plan: MergePlan) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in plan.refused:
        found[each.register] = found.get(each.register, 0) + 1
    return found


def _choices(plan: MergePlan, chance: Random) -> Choices:
    return {
        (row.register, row.key, each.name): chance.choice(list(Side))
        for row in plan.rows
        for each in row.fields
        if each.chosen and chance.random() < 0.5
    } | ({("person", "", WHOLE): Side.CITY} if chance.random() < 0.3 else {})


def _meddle(city: City, town: Township, chance: Random) -> None:
    """The city changes some of the township's rows itself, adds one and removes one."""
    records = Records(city.store)
    people = [key for key in city.rows().get("person", {}) if chance.random() < 0.2]
    terms = sorted(city.rows().get("term", {}))
    with city.store.change("市里改"):
        for key in people:
            records.update(Person, key, phone=str(chance.randrange(10**9)))
        if people and chance.random() < 0.3:
            village = chance.choice(city.office.divisions.under(TOWNSHIP)).code
            records.insert_many(
                [TermOfOffice(id=new_id(), person_id=people[0], division_code=village, post="90")]
            )
        if terms and chance.random() < 0.3:
            records.delete(TermOfOffice, [chance.choice(terms)])
