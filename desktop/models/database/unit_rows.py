"""Which rows of a store are a unit's (本单位的记录), at a change set or now, and reading them whole."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import chain
from typing import Any

from desktop.models.database.store import Store
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import ANCHORS, OWN, PLACED

Row = dict[str, Any]  # column → value

# the key first
COLUMNS = {register.name: tuple(field.name for field in fields(register.record)) for register in REGISTERS}
_ANY = "IN (SELECT value FROM json_each({}))"


class UnitRows:
    """A unit's rows in one store, each register looked up once.

    A row that a unit's package brought is that unit's. Any other is by the place it lies in: division → what lies in
    it → what hangs on that. In the unit's own office (``own``) what lies nowhere is the unit's too. ``seq`` is the
    change set after which the rows are wanted; None for now.
    """

    def __init__(self, store: Store, unit: str, *, own: bool, seq: int | None = None) -> None:
        self._run = store.db.conn.execute
        self._unit = unit
        self._own = own
        self._seq = seq
        self._keys: dict[str, frozenset[str]] = {}

    def keys(self, register: str) -> frozenset[str]:
        """The keys of the unit's rows."""
        if register not in self._keys:
            self._keys[register] = frozenset(self._find(register))
        return self._keys[register]

    def rows(self, register: str) -> Iterator[Row]:
        """The unit's rows by key."""
        return self.read(register, self.keys(register))

    def read(self, register: str, keys: Iterable[str]) -> Iterator[Row]:
        """Rows by their keys, in the order of these; those that are not there are left out."""
        columns = COLUMNS[register]
        listed = ", ".join(f'"{column}"' for column in columns)
        query = f'SELECT {listed} FROM {self._source(register)} WHERE "{columns[0]}" {_ANY.format("?")} ORDER BY 1'
        for values in self._run(query, (json.dumps(sorted(keys)),)):
            yield dict(zip(columns, values, strict=True))

    def count_elsewhere(self, register: str) -> int:
        """How many rows of the store are not the unit's."""
        return int(self._run(f"SELECT count(*) FROM {self._source(register)}").fetchone()[0]) - len(
            self.keys(register)
        )

    def _source(self, table: str) -> str:
        if self._seq is None:
            return table
        return f"(SELECT * FROM {table}_version WHERE from_seq <= {self._seq} AND coalesce(to_seq > {self._seq}, 1))"

    def _find(self, register: str) -> Iterator[str]:
        if register == "division":
            return self._divisions()
        brought = self._brought(register)
        by_place = self._people(brought) if register == "person" else self._hanging(register)
        return chain(brought, self._not_others(register, frozenset(by_place) - brought))

    def _brought(self, register: str) -> frozenset[str]:
        """What the unit's packages brought and is still there."""
        query = f"""
            SELECT brought.id FROM handoff_held held
            CROSS JOIN {self._source(register)} brought ON brought.id = substr(held.id, ?)
            WHERE held.unit = ? AND held.register = ?"""
        given = (len(register) + 2, self._unit, register)
        return frozenset(key for (key,) in self._run(query, given))

    def _not_others(self, register: str, keys: Collection[str]) -> Iterator[str]:
        """Those that no other unit's package brought."""
        if not keys:
            return iter(())
        query = f"SELECT id FROM handoff_held WHERE id {_ANY.format('?')} AND unit <> ?"
        given = json.dumps([f"{register}/{key}" for key in keys])
        others = {id.partition("/")[2] for (id,) in self._run(query, (given, self._unit))}
        return (key for key in keys if key not in others)

    def _divisions(self) -> Iterator[str]:
        source = self._source("division")
        query = f"""
            WITH RECURSIVE inside(code) AS (
                SELECT ?1 UNION SELECT d.code FROM {source} d JOIN inside ON d.parent = inside.code)
            SELECT d.code FROM {source} d JOIN inside USING (code)"""
        return (code for (code,) in self._run(query, (self._unit,)))

    def _people(self, brought: frozenset[str]) -> Collection[str]:
        """Who has a place in the unit, apart from those ``brought`` by its packages, who are the unit's anyway.

        Of somebody with places in several the lowest counts, in its own office any.
        """
        inside = self.keys("division")
        found = self._select(
            *(
                f"SELECT person_id FROM {self._source(t)} WHERE division_code {_ANY.format('?1')}"
                for t in PLACED
            ),
            values=inside,
        )
        found -= brought
        if self._own:
            anywhere = " UNION ALL ".join(f"SELECT person_id FROM {self._source(table)}" for table in PLACED)
            return found | self._select(
                f"SELECT id FROM {self._source('person')} WHERE id NOT IN ({anywhere})", values=()
            )
        if not found:
            return ()
        places = " UNION ALL ".join(
            f"SELECT person_id, division_code FROM {self._source(t)} WHERE person_id {_ANY.format('?1')}"
            for t in PLACED
        )
        lowest = self._run(
            f"SELECT person_id, min(division_code) FROM ({places}) GROUP BY person_id",
            (json.dumps(list(found)),),
        )
        return [person for person, place in lowest if place in inside]

    def _hanging(self, register: str) -> Collection[str]:
        """What hangs on the unit's rows of another register."""
        if register == "attachment":
            owners = [owner for owner in OWN if owner != register]
            return frozenset().union(
                *(self._of(register, "owner_id", owner, f"owner = '{owner}' AND ") for owner in owners)
            )
        return self._of(register, *ANCHORS[register])

    def _of(self, register: str, column: str, parent: str, condition: str = "") -> frozenset[str]:
        source = self._source(register)
        found = self._select(
            f"SELECT id FROM {source} WHERE {condition}{column} {_ANY.format('?1')}", values=self.keys(parent)
        )
        if not self._own or parent == "division":
            return found
        key = COLUMNS[parent][0]
        nowhere = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {key} FROM {self._source(parent)})"
        return found | self._select(
            f"SELECT id FROM {source} WHERE {condition}{nowhere}",
            values=(),
        )

    def _select(self, *queries: str, values: Collection[str]) -> frozenset[str]:
        given = (json.dumps(list(values)),) if "?1" in queries[0] else ()
        return frozenset(key for (key,) in self._run(" UNION ".join(queries), given))


def held_extras(store: Store, unit: str) -> Mapping[str, Mapping[str, Row]]:
    """Register → key → what a newer program said of a unit's rows beyond our columns."""
    found: dict[str, dict[str, Row]] = {}
    query = "SELECT id, register, extra FROM handoff_held WHERE unit = ? AND extra IS NOT NULL"
    for id, register, extra in store.db.conn.execute(query, (unit,)):
        found.setdefault(register, {})[id.partition("/")[2]] = json.loads(extra)
    return found
