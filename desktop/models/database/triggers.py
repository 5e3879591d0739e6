"""The history's triggers: made from a table's columns, so that no write to a tracked table goes unrecorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.models.database.connection import Database

TRACKED = ("division", "person", "term")  # parents before children

_NO_CHANGE = "SELECT RAISE(ABORT, 'no change set is open') WHERE NOT EXISTS (SELECT 1 FROM open_change);"


@dataclass(frozen=True, slots=True)
class TrackedTable:
    """A table whose every row's past is kept in ``<name>_version``; names are quoted for SQL."""

    name: str
    key: str
    columns: tuple[str, ...]
    parents: tuple[tuple[str, str, str], ...]  # column of ours, table it refers to, that table's key

    @property
    def versions(self) -> str:
        """The shadow table: the same columns, ``from_seq``, and ``to_seq`` (null while current)."""
        return f"{self.name}_version"

    def listed(self, prefix: str = "") -> str:
        """The columns for a SELECT or INSERT, each with ``prefix``."""
        return ", ".join(prefix + column for column in self.columns)

    def row(self, values: Iterable[Any]) -> dict[str, Any]:
        """Values in the order of ``listed`` as column → value."""
        return {column.strip('"'): value for column, value in zip(self.columns, values, strict=True)}

    def differ(self, left: str, right: str) -> str:
        """A condition: two rows under these prefixes differ somewhere."""
        return " OR ".join(f"{left}{column} IS NOT {right}{column}" for column in self.columns)


def tracked_table(db: Database, name: str) -> TrackedTable:
    """Describe a tracked table as it is in this database."""
    rows = db.execute(f"PRAGMA table_info({name})").fetchall()
    key = next(row[1] for row in rows if row[5])
    references = db.execute(f"PRAGMA foreign_key_list({name})").fetchall()
    return TrackedTable(
        name=name,
        key=f'"{key}"',
        columns=tuple(f'"{row[1]}"' for row in rows),
        parents=tuple((f'"{row[3]}"', row[2], f'"{row[4]}"') for row in references),
    )


def tracked_tables(db: Database) -> tuple[TrackedTable, ...]:
    """All tracked tables, parents before children."""
    return tuple(tracked_table(db, name) for name in TRACKED)


def install_triggers(db: Database) -> None:
    """Make every trigger of the history anew: ``transform()`` of sqlite-utils drops them with the table."""
    for name, statement in _triggers(db).items():
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.execute(statement)


def assert_triggers(db: Database) -> None:
    """Fail loudly if a trigger is missing or is not what this program would make."""
    there = dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())
    wrong = [name for name, statement in _triggers(db).items() if there.get(name) != statement]
    if wrong:
        raise AssertionError(f"history triggers missing or changed without a migration: {', '.join(wrong)}")


def _triggers(db: Database) -> dict[str, str]:
    """Every trigger's name and statement.

    Within one change set a row has one version: writing it again replaces that version, and a row that comes
    and goes leaves none.
    """
    statements = {}
    for table in tracked_tables(db):
        close = f"""
            DELETE FROM {table.versions} WHERE {table.key} = OLD.{table.key}
                AND from_seq = (SELECT seq FROM open_change);
            UPDATE {table.versions} SET to_seq = (SELECT seq FROM open_change)
                WHERE {table.key} = OLD.{table.key} AND to_seq IS NULL;"""
        begin = f"""
            INSERT INTO {table.versions} ({table.listed()}, from_seq)
                VALUES ({table.listed("NEW.")}, (SELECT seq FROM open_change));"""
        for event, condition, body in (
            ("INSERT", "", begin),
            ("UPDATE", f"WHEN {table.differ('OLD.', 'NEW.')} ", close + begin),
            ("DELETE", "", close),
        ):
            name = f"{table.name}_history_{event.lower()}"
            statements[name] = (
                f"CREATE TRIGGER {name} AFTER {event} ON {table.name} {condition}BEGIN {_NO_CHANGE}{body} END"
            )
    return statements
