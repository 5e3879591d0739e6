"""The SQL of an undo or redo: one table's rows from one side of a change set to the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.models.database.triggers import TrackedTable


@dataclass(frozen=True, slots=True)
class Turn:
    """``now`` and ``then`` are ``from_seq`` and ``to_seq`` for an undo, the other way round for a redo.

    The versions whose ``now`` is the change set's number should be the present rows; those whose ``then`` is
    are to be it. A row on one side only was added or removed.
    """

    table: TrackedTable
    seq: int
    now: str
    then: str

    def moved(self) -> str:
        """Keys of the rows that are not what the change set left."""
        live, key = self.table.name, self.table.key
        return f"""
            SELECT n.{key} FROM {self.table.ends(self.now)} n LEFT JOIN {live} c ON c.{key} = n.{key}
            WHERE n.{self.now} = {self.seq} AND ({self.table.differ("n.", "c.")})
            UNION ALL
            SELECT {key} FROM {live} WHERE {key} IN ({self._one_sided(self.then, self.now)})"""

    def removal(self) -> str:
        """Remove the rows that the other side does not have."""
        one_sided = self._one_sided(self.now, self.then)
        return f"DELETE FROM {self.table.name} WHERE {self.table.key} IN ({one_sided})"

    def writing(self) -> str:
        """Write the rows that the other side has."""
        sets = ", ".join(f"{column} = excluded.{column}" for column in self.table.columns)
        return f"""
            INSERT INTO {self.table.name} ({self.table.listed()}, seq)
            SELECT {self.table.listed()}, (SELECT seq FROM open_change) FROM {self.table.ends(self.then)}
            WHERE {self.then} = {self.seq}
            ON CONFLICT ({self.table.key}) DO UPDATE SET {sets}, seq = excluded.seq"""

    def orphans(self, others: Iterable[Turn]) -> str:
        """After the writing: keys of rows that refer to one that is gone, as far as this change set can be the cause."""
        turns = {turn.table.name: turn for turn in others}
        written = f"SELECT {self.table.key} FROM {self.table.ends(self.then)} WHERE {self.then} = {self.seq}"
        queries = []
        for column, parent, parent_key in self.table.parents:
            gone = turns[parent]._one_sided(self.now, self.then)
            queries.append(f"""
                SELECT {self.table.key} FROM {self.table.name} c
                WHERE ({column} IN ({gone}) OR {self.table.key} IN ({written})) AND {column} IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE p.{parent_key} = c.{column})""")
        return " UNION ".join(queries) or "SELECT NULL WHERE 0"

    def _one_sided(self, there: str, not_there: str) -> str:
        key = self.table.key
        return (
            f"SELECT {key} FROM {self.table.ends(there)} WHERE {there} = {self.seq}"
            f" EXCEPT SELECT {key} FROM {self.table.ends(not_there)} WHERE {not_there} = {self.seq}"
        )
