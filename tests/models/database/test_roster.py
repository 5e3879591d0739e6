"""Roster queries: what they cost, and the edges that the service's own tests do not reach."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from desktop.models.database.records import Records
from desktop.models.database.roster import (
    divisions_changed,
    divisions_touched,
    keys_of_divisions,
    known_people,
    last_seq,
    line_values,
    names_of,
    people_and_terms,
    people_found,
    terms_of,
)
from desktop.models.database.store import Store
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice, serving_on
from tests.models.database.builders import person, term

DAY = date(2026, 11, 24)
VILLAGE = "421081100201"


@pytest.fixture
def filled(store: Store) -> Store:
    """A village with two people, one of them with two posts of different months."""
    records = Records(store)
    with store.change("建立"):
        records.insert_many([person("p1", "张建国", phone="13812345678"), person("p2", "李四")])
        records.insert_many(
            [
                term("t1", "p1", post="13", title="宣传委员", start="2023-05"),
                term("t2", "p1", post="13", title="组织委员", start="2021-12"),
                term("t3", "p2", post="11", start="2020", end="2026-06"),
            ]
        )
    return store


def plan_of(store: Store, work: Callable[[], object]) -> str:
    """How SQLite goes about everything that some work asks."""
    asked: list[str] = []
    store.db.conn.set_trace_callback(asked.append)
    work()
    store.db.conn.set_trace_callback(None)
    steps = [row[3] for sql in asked for row in store.db.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]
    return "\n".join(steps)


@pytest.mark.parametrize(
    "work",
    [
        lambda store: people_found(store, "zjg"),
        lambda store: keys_of_divisions(store, [VILLAGE], DAY),
        lambda store: divisions_touched(store, last_seq(store) - 1),
        lambda store: divisions_changed(store, last_seq(store) - 1),
    ],
    ids=["search key", "village", "what a change touched", "whether it touched divisions"],
)
def test_a_search_a_village_or_a_change_reads_no_table_from_end_to_end(
    filled: Store, work: Callable[[Store], object]
) -> None:
    plan = plan_of(filled, lambda: work(filled))

    scanned = {line.split()[1] for line in plan.splitlines() if line.startswith("SCAN")}
    assert scanned <= {"json_each", "s", "value", "CONSTANT"}, plan


def test_who_is_known_is_looked_up_by_index(filled: Store) -> None:
    plan = plan_of(filled, lambda: known_people(filled, ["p1"], ["1"], ["张建国"], DAY))

    assert "SCAN t" not in plan


def test_what_a_query_does_not_name_is_not_joined(filled: Store) -> None:
    plan = plan_of(filled, lambda: line_values(filled, DAY, ["women", "secretaries"], ordered=False))

    assert "person" in plan or " p " in plan
    assert " d " not in plan
    assert " u " not in plan


@pytest.mark.parametrize(
    ("start", "end"),
    [
        *((None, None), ("2026", None), ("2026-11", None), ("2026-12", None), ("2027", None)),
        *((None, "2025"), (None, "2026"), (None, "2026-10"), (None, "2026-11"), (None, "2026-11-23")),
        *((None, "2026-11-24"), ("2026-11-24", "2026-11-24"), ("2026-11-25", None), ("2020", "2030-01")),
    ],
)
def test_a_term_is_served_on_the_days_that_python_says(
    filled: Store, start: str | None, end: str | None
) -> None:
    with filled.change("任职"):
        Records(filled).insert_many([term("t9", "p2", post="23", start=start, end=end)])

    served = people_and_terms(filled, [("p2", "421081100201")], DAY)

    found = Records(filled).get(TermOfOffice, "t9")
    assert bool(served) == serving_on(found, DAY)
    keys = {("p1", VILLAGE)} | ({("p2", VILLAGE)} if serving_on(found, DAY) else set())
    assert set(line_values(filled, DAY, [], ordered=False)) == keys


def test_the_earliest_of_equal_posts_says_since_when(filled: Store) -> None:
    ((_, terms),) = people_and_terms(filled, [("p1", "421081100201")], DAY).values()

    assert [found.start for found in terms] == ["2021-12", "2023-05"]
    assert line_values(filled, DAY, ["post_since"]) == [("p1", VILLAGE, "2021-12")]


def test_vanished_keys_are_left_out(filled: Store) -> None:
    keys = [("nobody", "421081100201"), ("p1", "421081100999"), ("p2", "421081100201")]

    assert people_and_terms(filled, keys, DAY) == {}
    assert people_and_terms(filled, keys, date(2026, 6, 30)).keys() == {keys[2]}


def test_an_unknown_field_never_reaches_the_database(filled: Store) -> None:
    for name in ("p.name; DROP TABLE person", "1) OR (1", "order of sex"):
        with pytest.raises(KeyError):
            line_values(filled, DAY, [name])


def test_people_are_known_by_any_of_three_ways_once(filled: Store) -> None:
    known = known_people(filled, ["p1"], [], ["张建国", "李四"], DAY)

    assert [(found.id, len(terms)) for found, terms in known] == [("p1", 2), ("p2", 0)]


def test_terms_being_held_come_before_those_that_ended(filled: Store) -> None:
    with filled.change("任职"):
        Records(filled).insert_many([term("t9", "p2", post="23", start="2010-01")])

    assert [found.id for found in terms_of(filled, "p2")] == ["t9", "t3"]


def test_whoever_is_gone_keeps_the_last_name(filled: Store) -> None:
    records = Records(filled)
    with filled.change("改名"):
        records.update(Person, "p2", name="李思")
    with filled.change("删除"):
        records.delete(TermOfOffice, ["t3"])
        records.delete(Person, ["p2"])

    assert names_of(filled, ["p1", "p2", "p3"]) == {"p1": "张建国", "p2": "李思"}


def test_the_last_change_set_is_told_apart_from_an_open_one(filled: Store) -> None:
    before = last_seq(filled)
    with filled.change("再一次") as seq:
        Records(filled).update(Person, "p1", name="张建军")
        assert last_seq(filled) == seq
        assert last_seq(filled, before=seq) == before
