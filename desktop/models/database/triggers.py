"""The history's views and triggers: made from a table's columns, so that no write to it goes unrecorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.models.database.connection import Database
from desktop.models.registers.catalogue import REGISTERS

TRACKED = tuple(register.name for register in REGISTERS)  # parents before children


@dataclass(frozen=True, slots=True)
class TrackedTable:
    """A table whose rows' past is kept; columns (those of the record) are quoted for SQL."""

    name: str
    key: str
    columns: tuple[str, ...]
    parents: tuple[tuple[str, str, str], ...]  # column of ours, table it refers to, that table's key

    @property
    def past(self) -> str:
        """The table of what was overwritten or removed: the same columns, ``from_seq`` and ``to_seq``."""
        return f"{self.name}_past"

    @property
    def versions(self) -> str:
        """The view of past and present rows together; ``to_seq`` is null while current."""
        return f"{self.name}_version"

    def ends(self, column: str) -> str:
        """Where to look for ``from_seq`` or ``to_seq``: a row that stands still has no end, so none need be read."""
        return self.past if column == "to_seq" else self.versions

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
        columns=tuple(f'"{row[1]}"' for row in rows if row[1] != "seq"),
        parents=tuple((f'"{row[3]}"', row[2], f'"{row[4]}"') for row in references),
    )


def tracked_tables(db: Database) -> tuple[TrackedTable, ...]:
    """All tracked tables, parents before children."""
    return tuple(tracked_table(db, name) for name in TRACKED)


def install_triggers(db: Database) -> None:
    """Make the history's views and triggers anew: ``transform()`` of sqlite-utils drops a table's triggers."""
    for name, statement in _parts(db).items():
        kind = statement.split()[1]
        db.execute(f"DROP {kind} IF EXISTS {name}")
        db.execute(statement)


def assert_triggers(db: Database) -> None:
    """Fail loudly if a view or trigger is missing or is not what this program would make."""
    there = dict(
        db.execute("SELECT name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger')").fetchall()
    )
    wrong = [name for name, statement in _parts(db).items() if there.get(name) != statement]
    if wrong:
        raise AssertionError(f"missing, or changed without a migration: {', '.join(wrong)}")


def _parts(db: Database) -> dict[str, str]:
    """Every view's and trigger's name and statement.

    A row carries the number of the change set that wrote it, so a new row costs the history nothing; what a
    change set overwrites or removes goes to ``<table>_past`` with the numbers it stood between. Writing a row
    twice in one change set keeps only what stood before it, and a row that comes and goes leaves nothing.
    """
    statements = {}
    for table in tracked_tables(db):
        statements[table.versions] = (
            f"CREATE VIEW {table.versions} AS"
            f" SELECT {table.listed()}, from_seq, to_seq FROM {table.past}"
            f" UNION ALL SELECT {table.listed()}, seq, NULL FROM {table.name}"
        )
        keep = (
            f" INSERT INTO {table.past} ({table.listed()}, from_seq, to_seq)"
            f" SELECT {table.listed('OLD.')}, OLD.seq, seq FROM open_change WHERE OLD.seq < seq;"
        )
        # A new row names the open change set or lacks its number, which NOT NULL refuses: no trigger needed.
        named = "WHERE NEW.seq IS NOT (SELECT seq FROM open_change)"
        opened = "WHERE NOT EXISTS (SELECT 1 FROM open_change)"
        for event, condition in (("UPDATE", named), ("DELETE", opened)):
            name = f"{table.name}_history_{event.lower()}"
            statements[name] = (
                f"CREATE TRIGGER {name} AFTER {event} ON {table.name}"
                f" BEGIN SELECT RAISE(ABORT, 'not in the open change set') {condition};{keep} END"
            )
    return statements
