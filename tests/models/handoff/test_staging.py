"""Rows of packages of other versions, and rows that no program of ours would write."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from desktop.models.database.connection import Database
from desktop.models.database.migrations import migrations
from desktop.models.handoff.header import Header, Kind
from desktop.models.handoff.receipt import Result
from desktop.models.handoff.staging import ADDED, Row, stage
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import OWN
from desktop.models.services.handoff_content import SCHEMA, contents
from faults.townships import make_row
from tests.handoffs import OTHER_TOWNSHIP, city_with
from tests.offices import TOWNSHIP, VILLAGE

PERSON = make_row("person", "p1", name="张建国", sex="1", birth="1985-07")
TERM = make_row("term", "t1", person_id="p1", division_code=VILLAGE, post="11")
SHA = "0" * 64
ATTACHMENT = make_row(
    "attachment",
    "a1",
    owner="person",
    owner_id="p1",
    purpose="photo",
    name="照片.jpg",
    sha256=SHA,
    size=1,
    added="2026-11-24 08:00:00",
)


def staged(register: str, *rows: Row, schema: int = SCHEMA) -> Any:
    header = Header(
        kind=Kind.PACKAGE,
        unit=TOWNSHIP,
        signer=SHA,
        seq=1,
        schema=schema,
        as_of="2026-11-24",
        made="2026-11-24T06:00:00Z",
        registers=((register, len(rows)),),
    )
    return stage(header, SHA, [(register, row) for row in rows], [])


def columns_after(number: int) -> dict[str, set[str]]:
    """Table → columns of a store whose newest migration is number ``number``."""
    db = Database(memory=True)
    names = [migration.name for migration in migrations.pending(db)]
    migrations.apply(db, stop_before=names[number] if number < len(names) else None)
    return {name: set(db.table(name).columns_dict) for name in db.table_names() if name in OWN}


@pytest.mark.parametrize("number", range(2, SCHEMA + 1))
def test_what_each_migration_added_to_registers_is_known(number: int) -> None:
    before, after = columns_after(number - 1), columns_after(number)

    added = {name: after[name] - before[name] for name in before if after[name] != before[name]}

    assert added == {name: set(columns) for name, columns in ADDED.get(number, {}).items()}


@pytest.mark.parametrize("schema", range(1, SCHEMA + 2))
def test_every_register_of_every_schema_is_read(schema: int) -> None:
    """N-3 … N+1 and older: columns that were not there yet get what they are in old rows."""
    there = columns_after(min(schema, SCHEMA))
    for register in REGISTERS:
        if register.name not in there or register.name == "division":
            continue
        full = make_row(register.name, "k", **_sample(register.record))
        row = {name: full[name] for name in full if name in there[register.name]}

        found = staged(register.name, row, schema=schema)

        assert found.refused == (), register.name
        assert found.rows[register.name]["k"].values == full


def _sample(record: type[Any]) -> dict[str, Any]:
    """A fit value for each column that needs one."""
    needed: dict[str, Any] = {
        "sha256": SHA,
        "period": "2026Q3",
        "start": "2026-03-04",
        "year": "2026",
        "post": "11",
        "grade": "B",
        "decided": "2026-10-01",
        "day": "2026-10-01",
    }
    given = {
        each.name: needed.get(each.name, 1 if each.type == "int" else "1")
        for each in fields(record)
        if each.name != "id" and str(each.type) in ("str", "int")
    }
    return given | ({"start": "2026-03-04"} if record.__name__ == "Activity" else {})


@pytest.mark.parametrize("schema", [SCHEMA, SCHEMA + 1])
def test_unknown_columns_are_kept_verbatim_and_given_back(tmp_path: Path, schema: int) -> None:
    newer = {"hobby": "钓鱼", "weights": [1, {"a": 2.5}]}
    with city_with(tmp_path) as city:
        city.merge(city.senders[TOWNSHIP].send({"person": [PERSON | newer], "term": [TERM]}, schema=schema))

        assert contents(city.store, TOWNSHIP, ["person"], own=False).rows["person"] == [PERSON | newer]
        city.merge(city.senders[TOWNSHIP].send({"person": [PERSON], "term": [TERM]}))
        assert contents(city.store, TOWNSHIP, ["person"], own=False).rows["person"] == [PERSON]


def test_registers_of_a_newer_program_are_kept_whole(tmp_path: Path) -> None:
    row = {"id": "x1", "something": "新"}
    with city_with(tmp_path, TOWNSHIP, OTHER_TOWNSHIP) as city:
        sender = city.senders[TOWNSHIP]
        package = city.merge(sender.send({"person": [PERSON], "brand_new": [row]}, schema=SCHEMA + 1))

        given = contents(city.store, TOWNSHIP, own=False)

        assert given.rows["brand_new"] == [row]
        assert city.handoff.result(package).result is Result.TAKEN
        stolen = city.merge(city.senders[OTHER_TOWNSHIP].send({"brand_new": [row]}, schema=SCHEMA + 1))
        assert [each.id for each in city.handoff.result(stolen).refused] == ["x1"]
        city.merge(sender.send({"person": [PERSON], "brand_new": []}, schema=SCHEMA + 1))
        assert "brand_new" not in contents(city.store, TOWNSHIP, own=False).rows


@pytest.mark.parametrize(
    ("register", "row", "field", "stands"),
    [
        ("person", PERSON | {"sex": "7"}, "sex", "7"),
        ("person", PERSON | {"education": "新学历"}, "education", "新学历"),
        ("person", PERSON | {"political_status": "99"}, "political_status", "99"),
        ("term", TERM | {"post": "77"}, "post", "99"),
        ("term", TERM | {"post": "11"}, None, "11"),
    ],
)
def test_codes_of_a_newer_list_are_kept_verbatim_and_flagged(
    tmp_path: Path, register: str, row: Row, field: str | None, stands: str
) -> None:
    """A list is older or newer than ours; where the program cannot do without knowing, a stand-in is shown."""
    rows = {"person": [PERSON], "term": [TERM]} | {register: [row]}
    with city_with(tmp_path) as city:
        plan = city.handoff.plan(city.handoff.take(city.senders[TOWNSHIP].send(rows)))
        city.handoff.merge(plan)

        flagged = [(each.key, each.unknown) for each in plan.rows if each.unknown]
        assert flagged == ([(row["id"], (field,))] if field else [])
        stored = city.store.db.conn.execute(f"SELECT {field or 'post'} FROM {register}").fetchone()
        assert stored == (stands,)
        assert contents(city.store, TOWNSHIP, own=False).rows[register] == [row]


@pytest.mark.parametrize(
    ("register", "row"),
    [
        ("person", PERSON | {"name": 5}),
        ("person", PERSON | {"name": None}),
        ("person", PERSON | {"pay": True}),
        ("person", PERSON | {"pay": 2**63}),
        ("person", PERSON | {"name": "\ud800"}),
        ("person", PERSON | {"name": "a\0b"}),
        ("person", PERSON | {"birth": "一九八五"}),
        ("person", {name: value for name, value in PERSON.items() if name != "sex"}),
        ("person", PERSON | {"id": ""}),
        ("person", PERSON | {"id": ["p1"]}),
        ("person", PERSON | {"id": "x" * 101}),
        ("attachment", ATTACHMENT | {"sha256": "../../store.db"}),
        ("scheme", {"id": "s", "title": "夺来的方案"}),
        ("choice", {"id": "rule.R10.on", "value": "false"}),
        ("handoff_taken", {"id": "x"}),
    ],
)
def test_rows_that_no_store_of_ours_holds_are_refused_with_words(register: str, row: Row) -> None:
    found = staged(register, row)

    assert sum(map(len, found.rows.values())) == 0
    assert found.foreign == {}
    assert len(found.refused) == 1
    assert "请" in found.refused[0].reason
    found.refused[0].key.encode()


def test_of_two_rows_with_one_key_the_first_counts() -> None:
    found = staged("person", PERSON, PERSON | {"name": "另一个"})

    assert found.rows["person"]["p1"].values["name"] == "张建国"
    assert [each.reason.split("。")[0] for each in found.refused] == ["编号重复"]


def test_a_whole_number_is_taken_for_points_and_nothing_else_is_bent() -> None:
    row = make_row("assessment_item", "i", assessment_id="a", item_id="b", self_points=8)

    assert staged("assessment_item", row).rows["assessment_item"]["i"].values["self_points"] == 8.0


def test_answers_to_remarks_are_read_apart_from_records_and_only_with_their_moment() -> None:
    found = staged(
        "answer",
        {"id": "r1", "answered": "2026-11-24T06:00:00Z"},
        {"id": "r2", "answered": "昨天"},
        {"id": "r1", "answered": "2026-11-25T06:00:00Z"},
    )

    assert found.answers == {"r1": "2026-11-24T06:00:00Z"}
    assert (found.rows, found.foreign) == ({}, {})
    reasons = [(each.register, each.key, each.reason.partition("。")[0]) for each in found.refused]
    assert reasons == [("answer", "r2", "办结时间不对"), ("answer", "r1", "编号重复")]
