"""Valid records for the tests of the database, and their content as one comparable value."""

from __future__ import annotations

from typing import Any

from desktop.models.database.connection import StoreKey
from desktop.models.database.history import History
from desktop.models.database.store import Store
from desktop.models.domain.names import pinyin_of, search_keys
from desktop.models.domain.strokes import surname_key
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice

KEY = StoreKey(bytes(range(48)))
VILLAGE = "421081100201"

Content = dict[str, list[tuple[Any, ...]]]


def undo_last(history: History) -> None:
    """Take back what stands last, as Ctrl+Z does."""
    seq = history.next_undo()
    assert seq is not None
    history.undo(seq)


def redo_last(history: History) -> None:
    """Repeat what was taken back last, as Ctrl+Y does."""
    seq = history.next_redo()
    assert seq is not None
    history.redo(seq)


def division(code: str, *, parent: str | None = None) -> Division:
    kind = "village" if parent else "city"
    return Division(code=code, name=f"第{code[-3:]}村", kind=kind, parent=parent, position=1)


def person(key: str, name: str = "张建国", **fields: Any) -> Person:
    return Person(id=key, name=name, **fields)


def term(key: str, person_id: str, **fields: Any) -> TermOfOffice:
    return TermOfOffice(id=key, person_id=person_id, division_code=VILLAGE, **({"post": "13"} | fields))


def content(store: Store) -> Content:
    """Every record of a store, whatever change set wrote it."""
    return {
        table: store.db.conn.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()
        for table, columns in (
            ("division", "code, name, parent, position"),
            ("person", "id, name, sex, birth, phone, id_number, remarks"),
            ("term", 'id, person_id, division_code, post, title, start, "end"'),
        )
    }


def stored_search_keys(store: Store) -> set[tuple[str, str]]:
    return set(store.db.conn.execute("SELECT key, person_id FROM search_key"))


def fresh_search_keys(store: Store) -> set[tuple[str, str]]:
    """What the search index should hold, computed from the people as they are."""
    people = store.db.conn.execute("SELECT id, name, phone, id_number FROM person")
    return {(key, person_id) for person_id, *searched in people for key in search_keys(*searched)}


def stored_orders(store: Store) -> set[tuple[str, str, str]]:
    return set(store.db.conn.execute("SELECT person_id, strokes, pinyin FROM name_order"))


def fresh_orders(store: Store) -> set[tuple[str, str, str]]:
    """What people should be sorted by, computed from their names as they are."""
    people = store.db.conn.execute("SELECT id, name FROM person")
    return {(key, surname_key(name), " ".join(pinyin_of(name))) for key, name in people}
