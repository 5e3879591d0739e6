"""The store: one encrypted file of records, and the change sets they are written in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from desktop.models.database.checking import refuse_unfit
from desktop.models.database.connection import APPLICATION_ID, Database, StoreKey, connect
from desktop.models.database.copying import keep_before_upgrade
from desktop.models.database.files import move
from desktop.models.database.lock import FolderLock
from desktop.models.database.migrations import KNOWN_MIGRATIONS, migrations
from desktop.models.database.restoring import finish_restore_locked
from desktop.models.database.search_keys import make_search_keys_if_outdated, renew_search_keys
from desktop.models.database.times import utc_now
from desktop.models.database.triggers import TrackedTable, assert_triggers, install_triggers, tracked_tables
from desktop.models.database.trouble import in_words
from desktop.models.errors import DesktopError


class MissingStoreError(DesktopError):
    """There is no store where one was expected."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.parent}”里没有数据库“{path.name}”。请检查数据文件夹，或从备份恢复。")


class ChangeKind(StrEnum):
    """What a change set is to undo and redo. Values are stored: never reuse one."""

    DO = "do"
    UNDO = "undo"  # takes back the last change that stands
    REDO = "redo"  # takes back the last undo


class Store:
    """An open store. One thread uses it; another opens its own with ``reopen``."""

    def __init__(self, path: Path, key: StoreKey, operator: str, lock: FolderLock | None = None) -> None:
        self.path = path
        self.key = key
        self.operator = operator  # who the change sets say it was
        self._lock = lock  # none on a second connection
        self.db = connect(path, key)

    def reopen(self) -> Store:
        """Open a second connection for another thread; each is to be closed."""
        return Store(self.path, self.key, self.operator)

    def close(self) -> None:
        """Fold the log into the file and let the data folder go; doing it twice does no harm."""
        lock, self._lock = self._lock, None
        try:
            if lock:
                self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            self.db.close()
            if lock:
                lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @contextmanager
    def change(
        self,
        why: str,
        *,
        source: str | None = None,
        kind: ChangeKind = ChangeKind.DO,
        target: int | None = None,
    ) -> Iterator[int]:
        """One transaction and one change set, whose number is given; none is kept where nothing changed.

        ``why`` is what officers read in the list of changes, ``source`` the file it came from; ``kind`` and
        ``target`` (the change set taken back or repeated) are for the history alone.

        Raises:
            StoreBusyError: another connection is writing.
            StoreFullError: the disk took no more; nothing was written.
            DamagedStoreError: a page could not be read; nothing was written.
        """
        if self.db.conn.in_transaction:
            raise RuntimeError("change sets do not nest")
        with in_words(self.path):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                seq = self._begin(why, source, kind, target)
                yield seq
                self._end(seq)
                self.db.execute("COMMIT")
            except BaseException:
                if self.db.conn.in_transaction:  # a full disk has rolled it back already
                    self.db.execute("ROLLBACK")
                raise

    def _begin(self, why: str, source: str | None, kind: ChangeKind, target: int | None) -> int:
        cursor = self.db.execute(
            "INSERT INTO change_set (at, operator, why, source, kind, target) VALUES (?, ?, ?, ?, ?, ?)",
            [utc_now(), self.operator, why, source, kind, target],
        )
        seq = cursor.lastrowid
        assert seq is not None
        self.db.execute("INSERT INTO open_change VALUES (?)", [seq])
        return seq

    def _end(self, seq: int) -> None:
        touched = False
        for table in tracked_tables(self.db):
            self._forget_unchanged(table, seq)
            touched |= bool(
                self.db.execute(
                    f"SELECT EXISTS (SELECT 1 FROM {table.name} WHERE seq = :seq)"
                    f" OR EXISTS (SELECT 1 FROM {table.past} WHERE to_seq = :seq)",
                    {"seq": seq},
                ).fetchone()[0]
            )
        renew_search_keys(self.db, seq)
        self.db.execute("DELETE FROM open_change")
        if not touched:
            self.db.execute("DELETE FROM change_set WHERE seq = ?", [seq])

    def _forget_unchanged(self, table: TrackedTable, seq: int) -> None:
        """Rows that were changed and changed back within one change set have not changed."""
        same = f"""
            SELECT old.{table.key}, old.from_seq FROM {table.past} old
            CROSS JOIN {table.name} new ON new.{table.key} = old.{table.key} AND new.seq = old.to_seq
            WHERE old.to_seq = ? AND NOT ({table.differ("old.", "new.")})"""
        for key, written in self.db.execute(same, [seq]).fetchall():
            # As if the change set that wrote the row were open still, and nothing had been overwritten.
            self.db.execute("UPDATE open_change SET seq = ?", [written])
            self.db.execute(f"UPDATE {table.name} SET seq = ? WHERE {table.key} = ?", [written, key])
            self.db.execute(f"DELETE FROM {table.past} WHERE {table.key} = ? AND to_seq = ?", [key, seq])
        self.db.execute("UPDATE open_change SET seq = ?", [seq])


def create_store(path: Path, key: StoreKey, *, operator: str = "") -> Store:
    """Make a new store in an existing folder and open it.

    Raises:
        FileExistsError: there is one already.
        AlreadyOpenError, UnsafeDiskError: as ``FolderLock``.
    """
    lock = FolderLock(path.parent)
    try:
        if path.exists():
            raise FileExistsError(path)
        making = path.with_name(path.name + ".making")  # a store under its own name is a finished one
        making.unlink(missing_ok=True)
        db = connect(making, key)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _migrate(db)
        make_search_keys_if_outdated(db)
        db.close()
        move(making, path)
        return Store(path, key, operator, lock)
    except BaseException:
        lock.release()
        raise


def open_store(path: Path, key: StoreKey, *, operator: str = "") -> Store:
    """Open a data folder's store, brought up to this program's schema after a copy was kept.

    Raises:
        AlreadyOpenError, UnsafeDiskError: as ``FolderLock``.
        MissingStoreError, ForeignStoreError, NewerStoreError, DamagedStoreError: nothing was changed.
    """
    lock = FolderLock(path.parent)
    try:
        finish_restore_locked(path.parent)
        if not path.exists():
            raise MissingStoreError(path)
        store = Store(path, key, operator, lock)
        try:
            with in_words(path):
                _make_ready(store.db, path)
        except BaseException:
            store.db.close()
            raise
    except BaseException:
        lock.release()
        raise
    return store


def _make_ready(db: Database, path: Path) -> None:
    refuse_unfit(db, path)
    if migrations.pending(db):
        keep_before_upgrade(db, path.parent)
        _migrate(db)
        refuse_unfit(db, path)
    assert_triggers(db)
    make_search_keys_if_outdated(db)


def _migrate(db: Database) -> None:
    db.execute("PRAGMA foreign_keys = OFF")  # transform() drops the tables that others refer to
    with db.atomic():  # tables without their triggers would be no store of ours
        migrations.apply(db)
        install_triggers(db)
        db.execute(f"PRAGMA user_version = {len(KNOWN_MIGRATIONS)}")
    db.execute("PRAGMA foreign_keys = ON")
