"""Queries of a merge (合并): what the city changed since, whose rows are, what refers to what, who looks alike."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from desktop.models.database.store import Store
from desktop.models.database.triggers import tracked_table
from desktop.models.database.unit_rows import COLUMNS, Row
from desktop.models.registers.handoff import OWN
from desktop.models.registers.person_pair import DIFFERENT, MERGED

_IN = "IN (SELECT value FROM json_each(?1))"
Held = tuple[str, str, "str | None", "str | None"]  # register, key, extra, kept


def last_merges(store: Store, unit: str) -> list[tuple[int, str]]:
    """The change sets of a unit's merges that stand, and the registers (JSON) of each."""
    query = "SELECT merged, registers FROM handoff_taken WHERE unit = ? ORDER BY merged"
    return _read(store, query, unit)


def changed_since(
    store: Store, register: str, rows: Mapping[str, Row], seq: int
) -> Iterator[tuple[str, Row | None]]:
    """Of these present rows, those that differ from what they were after change set ``seq``, with what they were."""
    columns = COLUMNS[register]
    key = f'"{columns[0]}"'
    # the plus: by the key, of which there are few, and not by all that was written since
    query = f"SELECT {key} FROM {register} WHERE {key} {_IN} AND +seq > ?2"
    later = [found for (found,) in _read(store, query, _json(rows), seq)]
    listed = ", ".join(f'"{column}"' for column in columns)
    query = f"""
        SELECT {listed} FROM {register}_version
        WHERE {key} {_IN} AND from_seq <= ?2 AND coalesce(to_seq > ?2, 1)"""
    was = {
        values[0]: dict(zip(columns, values, strict=True))
        for values in _read(store, query, _json(later), seq)
    }
    return ((found, was.get(found)) for found in later if was.get(found) != rows[found])


def existing(store: Store, register: str, keys: Iterable[str]) -> frozenset[str]:
    """Which keys are there, whose ever they are."""
    key = f'"{COLUMNS[register][0]}"'
    return frozenset(
        k for (k,) in _read(store, f"SELECT {key} FROM {register} WHERE {key} {_IN}", _json(keys))
    )


def holders(store: Store, register: str, keys: Iterable[str]) -> dict[str, str]:
    """Key → the unit that brought the row, of those that a unit brought."""
    ids = [f"{register}/{key}" for key in keys]
    return {
        id.partition("/")[2]: unit
        for id, unit in _read(store, f"SELECT id, unit FROM handoff_held WHERE id {_IN}", _json(ids))
    }


def held_rows(store: Store, unit: str) -> list[Held]:
    """What is remembered of a unit's rows."""
    query = "SELECT register, substr(id, length(register) + 2), extra, kept FROM handoff_held WHERE unit = ?"
    return _read(store, query, unit)


def references(store: Store) -> dict[str, tuple[tuple[str, str], ...]]:
    """Register → its references: column, register referred to."""
    return {
        register: tuple((c.strip('"'), parent) for c, parent, _ in tracked_table(store.db, register).parents)
        for register in OWN
    }


def dependents(
    store: Store, register: str, keys: Collection[str], parents: Mapping[str, Iterable[tuple[str, str]]]
) -> Iterator[tuple[str, str, str]]:
    """Rows that refer to some: the key referred to, register and key of the row; attachments are their owners'."""
    given = _json(keys)
    for child, referred in parents.items():
        for column, parent in referred:
            if parent == register:
                query = f'SELECT "{column}", "{COLUMNS[child][0]}" FROM {child} WHERE "{column}" {_IN}'
                yield from ((key, child, found) for key, found in _read(store, query, given))
    query = f"SELECT owner_id, id FROM attachment WHERE owner = ?2 AND owner_id {_IN}"
    yield from ((key, "attachment", found) for key, found in _read(store, query, given, register))


def look_alikes(store: Store, people: Iterable[Row]) -> list[tuple[str, str, str]]:
    """For some people: key, id and name of everybody else of the same identity number, or name and birth.

    Those of whom it was decided that they are different people are left out.
    """
    given = json.dumps([[row["id"], row["id_number"], row["name"], row["birth"]] for row in people])
    wanted = "SELECT value ->> 0 AS id, value ->> 1 AS number, value ->> 2 AS name, value ->> 3 AS birth FROM json_each(?1)"
    query = f"""
        WITH wanted AS ({wanted}),
        found AS (
            SELECT w.id AS mine, p.id, p.name FROM wanted w JOIN person p ON p.id_number = w.number
            UNION SELECT w.id, p.id, p.name FROM wanted w JOIN person p ON p.name = w.name AND p.birth = w.birth)
        SELECT mine, id, name FROM found WHERE mine <> id AND NOT EXISTS (
            SELECT 1 FROM person_pair d WHERE d.verdict = '{DIFFERENT}'
            AND (d.person_id, d.other_id) IN (VALUES (found.mine, found.id), (found.id, found.mine)))
        ORDER BY mine, id"""
    return _read(store, query, given)


def merged_people(store: Store, keys: Iterable[str]) -> frozenset[str]:
    """Which of these people were merged into others."""
    query = f"SELECT other_id FROM person_pair WHERE verdict = '{MERGED}' AND other_id {_IN}"
    return frozenset(key for (key,) in _read(store, query, _json(keys)))


def defer_references(store: Store) -> None:
    """Let rows of the open transaction come in any order; it is refused at its end where one refers to nothing."""
    store.db.conn.execute("PRAGMA defer_foreign_keys = ON")


def _json(values: Iterable[str]) -> str:
    return json.dumps(list(values))


def _read(store: Store, query: str, *values: object) -> list[Any]:
    found: list[Any] = store.db.conn.execute(query, values).fetchall()
    return found
