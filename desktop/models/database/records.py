"""Rows to records and back, for any register; it decides nothing, and its writes join the open change set."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

from desktop.models.database.inserting import insert_rows
from desktop.models.database.store import Store
from desktop.models.registers.catalogue import REGISTERS

Record = TypeVar("Record")

_TABLES: dict[type[Any], str] = {register.record: register.name for register in REGISTERS}

_OPEN_CHANGE = "(SELECT seq FROM open_change)"


class Records:
    """The records of one store. A record's first field is its key."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, record_type: type[Record], key: str) -> Record:
        """Return one record.

        Raises:
            LookupError: there is none with this key.
        """
        found = self.select(record_type, **{_columns(record_type)[0]: key})
        if not found:
            raise LookupError(f"no {_TABLES[record_type]} {key}")
        return found[0]

    def select(self, record_type: type[Record], **where: object) -> list[Record]:
        """Return the records whose fields have these values, by key; a list or set stands for any of its values."""
        columns = _columns(record_type)
        conditions = [f'"{name}" {_condition(value)}' for name, value in where.items()]
        parameters = [_parameter(value) for value in where.values()]
        query = f"SELECT {_listed(columns)} FROM {_TABLES[record_type]}"
        if conditions:
            query += " WHERE " + " AND ".join(conditions)
        rows = self._store.db.conn.execute(f'{query} ORDER BY "{columns[0]}"', parameters)
        return [record_type(**dict(zip(columns, row, strict=True))) for row in rows]

    def insert_many(self, records: Iterable[object]) -> None:
        """Store new records, all of one register."""
        records = list(records)
        if not records:
            return
        names = _columns(type(records[0]))
        columns = dict(zip(names, zip(*map(attrgetter(*names), records), strict=True), strict=True))
        # Binding what is empty in all of them takes a third of the time.
        filled = {name: values for name, values in columns.items() if values.count(None) < len(values)}
        open_change = self._store.db.conn.execute(f"SELECT {_OPEN_CHANGE}").fetchone()  # NULL is refused
        filled["seq"] = open_change * len(records)
        into = f"INSERT INTO {_TABLES[type(records[0])]} ({_listed(filled)})"
        values = list(chain.from_iterable(zip(*filled.values(), strict=True)))
        insert_rows(self._store.db, into, len(filled), values)

    def update(self, record_type: type[object], key: str, **changes: object) -> None:
        """Set some fields of one record.

        Raises:
            LookupError: there is none with this key.
        """
        self.update_many(record_type, {key: changes})

    def update_many(self, record_type: type[object], changes: Mapping[str, Mapping[str, object]]) -> None:
        """Set some fields of many records: key → field → value.

        Raises:
            LookupError: a key is not there.
        """
        table, key_column = _TABLES[record_type], _columns(record_type)[0]
        run = self._store.db.conn.execute
        for key, values in changes.items():
            names = dict(enumerate(values, start=2))
            sets = "".join(f'"{name}" = ?{place}, ' for place, name in names.items())
            differ = " OR ".join(f'"{name}" IS NOT ?{place}' for place, name in names.items()) or "0"
            statement = (
                f'UPDATE {table} SET {sets}seq = {_OPEN_CHANGE} WHERE "{key_column}" = ?1 AND ({differ})'
            )
            same = not run(statement, (key, *values.values())).rowcount
            if same and not run(f'SELECT 1 FROM {table} WHERE "{key_column}" = ?', (key,)).fetchone():
                raise LookupError(f"no {table} {key}")

    def delete(self, record_type: type[object], keys: Iterable[str]) -> None:
        """Remove records; those that others refer to cannot go before them."""
        statement = f'DELETE FROM {_TABLES[record_type]} WHERE "{_columns(record_type)[0]}" = ?'
        self._store.db.conn.executemany(statement, [(key,) for key in keys])


def _columns(record_type: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record_type))


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _condition(value: object) -> str:
    return (
        "IN (SELECT value FROM json_each(?))" if isinstance(value, (list, tuple, set, frozenset)) else "IS ?"
    )


def _parameter(value: object) -> object:
    return json.dumps(list(value)) if isinstance(value, (list, tuple, set, frozenset)) else value
