"""The one door to SQLite: SQLCipher under sqlite-utils, and the pragmas that every connection of ours has."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3

# sqlite-utils takes its sqlite3 from a module of this name where there is one.
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

from sqlite_utils import Database as Database  # noqa: E402  (it must find the module above)

from desktop.models.errors import DesktopError  # noqa: E402  (beside the import above)

APPLICATION_ID = 0x5459545A  # "TYTZ": file(1) and we tell our files by it
DatabaseError = sqlcipher3.DatabaseError
IntegrityError = sqlcipher3.IntegrityError
OperationalError = sqlcipher3.OperationalError

_PLAIN_HEADER = b"SQLite format 3\x00"
_WAIT_SECONDS = 10  # for another connection's change to end
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # NORMAL loses acknowledged commits at a power cut
    "foreign_keys = ON",
    "recursive_triggers = ON",  # REPLACE must reach the history
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -32768",  # KiB: an import of 10,000 people stays in memory until its commit
)

_IOERR_WRITE, _IOERR_FSYNC = sqlcipher3.SQLITE_IOERR | 3 << 8, sqlcipher3.SQLITE_IOERR | 4 << 8

# Binding None otherwise looks for an adapter in vain, slower than binding the row: 0.7 µs each.
sqlcipher3.register_adapter(type(None), lambda none: none)


class ForeignStoreError(DesktopError):
    """A file that this program did not make, or that belongs to another office's keys."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}”不是这份数据的数据库，没有打开。请检查是否放错了文件，或从备份恢复。")


class DamagedStoreError(DesktopError):
    """The database file does not read back as it was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"数据库“{path.name}”已损坏，为免出错没有打开。请从最近的备份恢复。")


@dataclass(frozen=True, slots=True)
class StoreKey:
    """What a store is encrypted with: 32 bytes of key, then the 16 of the file's salt."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != 48:
            raise ValueError("a store key has 48 bytes")

    @property
    def salt(self) -> bytes:
        """The first 16 bytes of every file written with this key."""
        return self.secret[32:]


def connect(path: Path, key: StoreKey) -> Database:
    """Open an encrypted database, or make an empty one where there is no file.

    Raises:
        ForeignStoreError: a plain SQLite file, or one written with another key.
        DamagedStoreError: written with this key, and no longer readable.
    """
    connection = sqlcipher3.connect(str(path), isolation_level=None, timeout=_WAIT_SECONDS)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
        # With the salt given too, a torn first sector does not lose the file.
        connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except DatabaseError as error:
        connection.close()
        if is_damage(error):
            raise _unreadable(path, key) from error
        raise
    return Database(connection, recursive_triggers=False, execute_plugins=False)


def is_damage(error: BaseException) -> bool:
    """Whether an error says that the file is not what was written."""
    return _code(error) in (sqlcipher3.SQLITE_NOTADB, sqlcipher3.SQLITE_CORRUPT, sqlcipher3.SQLITE_IOERR)


def is_full(error: BaseException) -> bool:
    """Whether an error says that the disk takes no more."""
    failed_writing = getattr(error, "sqlite_errorcode", 0) in (_IOERR_WRITE, _IOERR_FSYNC)
    return bool(_code(error) == sqlcipher3.SQLITE_FULL or failed_writing)


def is_busy(error: BaseException) -> bool:
    """Whether an error says that another connection is writing."""
    return bool(_code(error) == sqlcipher3.SQLITE_BUSY)


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF  # the rest tells variants apart


def _unreadable(path: Path, key: StoreKey) -> DesktopError:
    """Tell a file of other origin from one of ours that was damaged."""
    try:
        with path.open("rb") as file:
            beginning = file.read(len(_PLAIN_HEADER))
    except OSError:
        return DamagedStoreError(path)
    if beginning == _PLAIN_HEADER or (len(beginning) == 16 and beginning != key.salt):
        return ForeignStoreError(path)
    return DamagedStoreError(path)
