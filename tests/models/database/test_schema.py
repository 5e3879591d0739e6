"""The tables, and the stores of every released schema."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from desktop.models.database.connection import connect
from desktop.models.database.history import History
from desktop.models.database.layout import STORE_NAME
from desktop.models.database.migrations import KNOWN_MIGRATIONS
from desktop.models.database.records import Records
from desktop.models.database.store import Store, open_store
from desktop.models.database.triggers import TRACKED
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.choice import Choice
from desktop.models.registers.person import Person
from tests.models.database.builders import (
    KEY,
    content,
    fresh_orders,
    fresh_search_keys,
    redo_last,
    stored_orders,
    stored_search_keys,
    undo_last,
)
from tests.models.database.make_database import DATABASES

RELEASED = sorted(DATABASES.glob("*.db"))


def schema(store: Store) -> str:
    rows = store.db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    return "".join(f"{sql};\n" for (sql,) in rows)


def test_the_first_schema_has_a_database_to_open() -> None:
    assert "0001_office" in {path.stem for path in RELEASED} <= KNOWN_MIGRATIONS


def test_the_tables_are_the_expected_ones(store: Store, expected: Callable[[str, str], None]) -> None:
    expected("schema.sql", schema(store))


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_store_of_each_released_schema_opens_with_its_rows(
    released: Path, tmp_path: Path, expected: Callable[[str, str], None]
) -> None:
    with open_store(Path(shutil.copy(released, tmp_path / STORE_NAME)), KEY) as store:
        history = History(store)

        expected("schema.sql", schema(store))
        assert [(p.id, p.name) for p in Records(store).select(Person)] == [("p1", "张建军"), ("p2", "尉迟𠮷")]
        assert [change.why for change in history.changes()] == ["改姓名", "任职", "建立数据"]
        assert stored_search_keys(store) == fresh_search_keys(store)
        assert stored_orders(store) == fresh_orders(store)
        before = content(store)
        for step in (*[undo_last] * 3, *[redo_last] * 3):
            step(history)
        assert content(store) == before


def test_every_register_has_its_table_and_its_past(store: Store) -> None:
    for register in REGISTERS:
        names = [field.name for field in fields(register.record)]

        assert register.name in TRACKED
        for table, own in ((register.name, {"seq"}), (f"{register.name}_past", {"from_seq", "to_seq"})):
            columns = list(store.db.table(table).columns_dict)
            assert [name for name in columns if name not in own] == names
            assert own < set(columns)


def test_settings_that_are_choices_now_are_carried_over(tmp_path: Path) -> None:
    path = Path(shutil.copy(DATABASES / "0002_roster_in_depth.db", tmp_path / STORE_NAME))
    rules = {"R10": {"on": True, "limits": {"least": 3}, "basis": "石组发〔2026〕1 号"}}
    old = connect(path, KEY)
    for name, value in (("health.rules", rules), ("study.proportion", [1, 1, 1]), ("signature", "东升镇")):
        old.execute("INSERT INTO setting VALUES (?, ?)", [name, json.dumps(value)])
    old.conn.commit()
    old.close()

    with open_store(path, KEY) as store:
        chosen = {choice.id: json.loads(choice.value) for choice in Records(store).select(Choice)}
        settings = {name for (name,) in store.db.execute("SELECT key FROM setting")}
        last = History(store).changes(1)[0]

        assert chosen == {
            "rule.R10.on": True,
            "rule.R10.limit.least": 3,
            "rule.R10.basis": "石组发〔2026〕1 号",
            "study.proportion": [1, 1, 1],
        }
        assert "signature" in settings
        assert not settings & {"health.rules", "study.proportion"}
        assert not [row for row in History(store).rows_of(last.seq) if row.table == "choice"]
