"""Whether a file is a store that this program may open: its own, no newer than it knows, and undamaged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.models.database.connection import APPLICATION_ID, Database, StoreKey, connect
from desktop.models.database.migrations import KNOWN_MIGRATIONS, migrations
from desktop.models.database.trouble import DamagedStoreError, ForeignStoreError, in_words
from desktop.models.errors import DesktopError


class NewerStoreError(DesktopError):
    """The file has been through migrations that this program does not know."""

    def __init__(self) -> None:
        super().__init__("这份数据由更新版本的软件写过，用这个版本打开会丢失内容。请先升级本软件再打开。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a store holds, for people to recognize it by."""

    people: int
    terms: int
    changes: int


def count(db: Database) -> Counts:
    """Count what a store holds."""
    people, terms, changes = (db.table(name).count for name in ("person", "term", "change_set"))
    return Counts(people=people, terms=terms, changes=changes)


def refuse_unfit(db: Database, path: Path) -> None:
    """Look at an open file quickly: whether it is one of ours, of a version we know, and in one piece.

    Raises:
        ForeignStoreError: another program's, or not a finished store.
        NewerStoreError: a later version of this program wrote it.
        DamagedStoreError: its pages do not agree.
    """
    with in_words(path):
        if db.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            raise ForeignStoreError(path)
        if {migration.name for migration in migrations.applied(db)} - KNOWN_MIGRATIONS:
            raise NewerStoreError
        _refuse_damage(db, path, "quick_check(1)", "foreign_key_check")


def check_thoroughly(path: Path, key: StoreKey) -> Counts:
    """Read every page of a closed file against its checksum, and every index against its table.

    Raises:
        ForeignStoreError, NewerStoreError, DamagedStoreError: as ``refuse_unfit``.
    """
    db = connect(path, key)
    try:
        refuse_unfit(db, path)
        with in_words(path):
            _refuse_damage(db, path, "cipher_integrity_check", "integrity_check(1)")
            return count(db)
    finally:
        db.close()


def unit_name(path: Path, key: StoreKey) -> str:
    """Whose a closed store is, by name; empty where it does not say (it was made by a much older program)."""
    db = connect(path, key)
    try:
        query = (
            "SELECT name FROM division WHERE code = (SELECT value ->> '$' FROM setting WHERE key = 'unit')"
        )
        row = db.execute(query).fetchone()
        return str(row[0]) if row else ""
    finally:
        db.close()


def _refuse_damage(db: Database, path: Path, *checks: str) -> None:
    for check in checks:
        if db.execute(f"PRAGMA {check}").fetchall() not in ([], [("ok",)]):
            raise DamagedStoreError(path)
