"""The history of the records: what each change set did, what the records said then, undo and redo."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.models.database.store import ChangeKind, Store
from desktop.models.database.times import local_time, stored_time
from desktop.models.database.triggers import TrackedTable, tracked_table, tracked_tables
from desktop.models.database.turning import Turn
from desktop.models.errors import DesktopError

Row = dict[str, Any]  # column → value

_CHANGE_SET = "seq, at, operator, why, source, kind, target"
_LATEST_TURN = """
    (SELECT turn.kind FROM change_set turn WHERE turn.target = done.seq AND turn.kind <> 'do'
    ORDER BY turn.seq DESC LIMIT 1)"""
# Somebody, and those merged into that one, and into them: they are no more.
_MERGED = """
    WITH RECURSIVE same(id) AS (
        SELECT ?1 UNION
        SELECT other_id FROM person_pair JOIN same ON person_id = same.id WHERE verdict = '2')
    SELECT id FROM same"""
_WORDS = {ChangeKind.UNDO: "撤销", ChangeKind.REDO: "重做"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """One user action."""

    seq: int
    at: datetime  # local
    operator: str
    why: str
    source: str | None
    kind: ChangeKind
    target: int | None  # the change set that this one took back or repeated


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What one change set did to one row; ``before`` is None where it was added, ``after`` where it was removed."""

    change: ChangeSet
    table: str
    key: str
    before: Row | None
    after: Row | None

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """Field → (old, new), those that differ; None stands for every field of a row that was not there."""
        before, after = self.before or {}, self.after or {}
        names = list(after or before)
        pairs = {name: (before.get(name), after.get(name)) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class RowRef:
    """A row by table and key, for views to name."""

    table: str
    key: str


class UndoRefusedError(DesktopError):
    """Rows have moved on since the change; ``rows`` says which, and nothing was written."""

    def __init__(self, word: str, why: str, rows: tuple[RowRef, ...]) -> None:
        super().__init__(
            f"不能{word}“{why}”：其中 {len(rows)} 条记录后来又有改动。请先撤销后来的改动，或直接修改这些记录。"
        )
        self.rows = rows


class AlreadyUndoneError(DesktopError):
    """The records already stand as the undo or redo would leave them."""

    def __init__(self, word: str, why: str) -> None:
        super().__init__(f"“{why}”已经{word}过，不用再{word}。")


class History:
    """The change sets of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._db = store.db

    def changes(self, limit: int = 100, before_seq: int | None = None) -> list[ChangeSet]:
        """The latest change sets, the newest first; pass the last one's ``seq`` for the page after it."""
        rows = self._db.conn.execute(
            f"SELECT {_CHANGE_SET} FROM change_set WHERE ?1 IS NULL OR seq < ?1 ORDER BY seq DESC LIMIT ?2",
            (before_seq, limit),
        )
        return [_change_set(row) for row in rows]

    def change(self, seq: int) -> ChangeSet:
        """One change set.

        Raises:
            LookupError: there is none.
        """
        row = self._db.conn.execute(f"SELECT {_CHANGE_SET} FROM change_set WHERE seq = ?", (seq,)).fetchone()
        if row is None:
            raise LookupError(f"no change set {seq}")
        return _change_set(row)

    def rows_of(self, seq: int) -> list[RowChange]:
        """Everything that one change set did, parents before children."""
        change = self.change(seq)
        changes = []
        for table in tracked_tables(self._db):
            before = self._keyed(table, table.past, "to_seq = ?", seq)
            after = self._keyed(table, table.versions, "from_seq = ?", seq)
            for key in before | after:
                changes.append(
                    RowChange(
                        change=change, table=table.name, key=key, before=before.get(key), after=after.get(key)
                    )
                )
        return changes

    def changes_of(self, table: str, key: str) -> list[RowChange]:
        """The past of one row, the newest first."""
        tracked = tracked_table(self._db, table)
        return self._past(tracked, f"{tracked.key} = ?", key)

    def changes_of_person(self, person_id: str) -> list[RowChange]:
        """The past of a person and of every record ever about the person, removed ones too, the newest first.

        That of the entries that were merged into this one, too.
        """
        ids = json.dumps([row[0] for row in self._db.conn.execute(_MERGED, (person_id,))])
        past = [
            change
            for table in tracked_tables(self._db)
            for condition in [_about_people(table)]
            if condition is not None
            for change in self._past(table, condition, ids)
        ]
        return sorted(past, key=lambda row: row.change.seq, reverse=True)

    def seq_at(self, moment: datetime) -> int:
        """The last change set made at or before a moment; 0 where there is none."""
        query = "SELECT max(seq) FROM change_set WHERE at <= ?"
        return self._db.conn.execute(query, (stored_time(moment),)).fetchone()[0] or 0

    def state_at(
        self, table: str, seq: int, column: str | None = None, values: Iterable[str] = ()
    ) -> list[Row]:
        """The rows of a table as they were recorded when change set ``seq`` was done, by key.

        With ``column`` only those that had one of ``values`` in it.
        """
        tracked = tracked_table(self._db, table)
        wanted = "" if column is None else f'AND "{column}" IN (SELECT value FROM json_each(:values))'
        found = self._db.conn.execute(
            f"SELECT {tracked.listed()} FROM {tracked.versions} WHERE from_seq <= :seq"
            f" AND coalesce(to_seq > :seq, 1) {wanted} ORDER BY {tracked.key}",
            {"seq": seq, "values": json.dumps(list(values))},
        )
        names = [name.strip('"') for name in tracked.columns]
        return [dict(zip(names, row, strict=True)) for row in found]

    def undo(self, seq: int) -> int:
        """Take one change set back, as a change set of its own, whose number is returned.

        Raises:
            UndoRefusedError: a row is not as that change left it, or others have come to need it.
            AlreadyUndoneError: all rows are as they were before it.
            LookupError: there is no such change set.
        """
        kind = ChangeKind.UNDO if seq == self.next_undo() else ChangeKind.DO
        return self._turn(self.change(seq), ChangeKind.UNDO, kind)

    def redo(self, seq: int) -> int:
        """Do one change set again; the opposite of ``undo``."""
        kind = ChangeKind.REDO if seq == self.next_redo() else ChangeKind.DO
        return self._turn(self.change(seq), ChangeKind.REDO, kind)

    def next_undo(self) -> int | None:
        """The change set that Ctrl+Z takes back: the latest one that is not undone."""
        row = self._db.conn.execute(
            f"SELECT seq FROM change_set done WHERE kind = 'do' AND {_LATEST_TURN} IS NOT 'undo'"
            " ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return int(row[0]) if row else None

    def next_redo(self) -> int | None:
        """The change set that Ctrl+Y repeats: the earliest of those undone since the last new change."""
        row = self._db.conn.execute(
            f"""SELECT min(done.seq) FROM change_set undo JOIN change_set done ON done.seq = undo.target
            WHERE undo.kind = 'undo' AND {_LATEST_TURN} = 'undo'
            AND undo.seq > (SELECT seq FROM change_set WHERE kind = 'do' ORDER BY seq DESC LIMIT 1)"""
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def _turn(self, change: ChangeSet, direction: ChangeKind, kind: ChangeKind) -> int:
        """Write the rows on one side of a change over those on the other, if they are what that change left."""
        now, then = ("to_seq", "from_seq") if direction == ChangeKind.REDO else ("from_seq", "to_seq")
        word = _WORDS[direction]
        with self._store.change(f"{word}：{change.why}", kind=kind, target=change.seq) as seq:
            self._db.execute("PRAGMA defer_foreign_keys = ON")
            turns = [Turn(table, change.seq, now, then) for table in tracked_tables(self._db)]
            moved = self._keys(turns, Turn.moved)
            if moved:
                back = [Turn(turn.table, turn.seq, then, now) for turn in turns]
                done = not self._keys(back, Turn.moved)
                raise (
                    AlreadyUndoneError(word, change.why)
                    if done
                    else UndoRefusedError(word, change.why, moved)
                )
            for turn in turns:
                self._db.conn.execute(turn.removal())
                self._db.conn.execute(turn.writing())
            orphans = self._keys(turns, lambda turn: turn.orphans(turns))
            if orphans:
                raise UndoRefusedError(word, change.why, orphans)
        return seq

    def _keys(self, turns: list[Turn], query: Callable[[Turn], str]) -> tuple[RowRef, ...]:
        return tuple(
            RowRef(turn.table.name, key) for turn in turns for (key,) in self._db.conn.execute(query(turn))
        )

    def _past(self, table: TrackedTable, condition: str, value: str) -> list[RowChange]:
        rows = self._db.conn.execute(
            f"SELECT {table.key}, from_seq, to_seq, {table.listed()} FROM {table.versions} WHERE {condition}",
            (value,),
        )
        sides: dict[tuple[int, str], list[Row | None]] = {}
        for key, began, ended, *values in rows:
            row = table.row(values)
            sides.setdefault((began, key), [None, None])[1] = row
            if ended is not None:
                sides.setdefault((ended, key), [None, None])[0] = row
        return [
            RowChange(change=self.change(seq), table=table.name, key=key, before=before, after=after)
            for (seq, key), (before, after) in sorted(sides.items(), reverse=True)
        ]

    def _keyed(self, table: TrackedTable, source: str, condition: str, seq: int) -> dict[str, Row]:
        rows = self._db.conn.execute(
            f"SELECT {table.key}, {table.listed()} FROM {source} WHERE {condition}", (seq,)
        )
        return {key: table.row(values) for key, *values in rows}


def _about_people(table: TrackedTable) -> str | None:
    """A condition for the versions of the rows that were ever about people of some ids (JSON)."""
    of_people = "IN (SELECT value FROM json_each(?1))"
    if table.name == "person":
        return f"id {of_people}"
    if table.name == "attachment":
        return f"owner = 'person' AND owner_id {of_people}"
    if '"person_id"' in table.columns:
        return f"id IN (SELECT id FROM {table.versions} WHERE person_id {of_people})"
    if '"reserve_id"' in table.columns:
        return f"reserve_id IN (SELECT id FROM reserve_version WHERE person_id {of_people})"
    return None


def _change_set(row: tuple[Any, ...]) -> ChangeSet:
    seq, at, operator, why, source, kind, target = row
    return ChangeSet(
        seq=seq,
        at=local_time(at),
        operator=operator,
        why=why,
        source=source,
        kind=ChangeKind(kind),
        target=target,
    )
