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

from desktop.models.database.trouble import (  # noqa: E402  (beside the import above)
    DamagedStoreError,
    ForeignStoreError,
    in_words,
)

APPLICATION_ID = 0x5459545A  # "TYTZ": file(1) and we tell our files by it

_WAIT_SECONDS = 5  # for another connection's change to end
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # NORMAL loses acknowledged commits at a power cut
    "foreign_keys = ON",
    "recursive_triggers = ON",  # REPLACE must reach the history
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -32768",  # KiB: an import of 10,000 people stays in memory until its commit
    "wal_autocheckpoint = 8192",  # pages, as many: folding the log into the file is not that commit's to pay
)

# Binding None otherwise looks for an adapter in vain, slower than binding the row: 0.7 µs each.
sqlcipher3.register_adapter(type(None), lambda none: none)


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
    # An office is opened in a worker thread and handed to the window's: still one thread at a time.
    connection = sqlcipher3.connect(
        str(path), isolation_level=None, timeout=_WAIT_SECONDS, check_same_thread=False
    )
    try:
        with in_words(path):
            connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error
            # With the salt given too, a torn first sector does not lose the file.
            connection.execute(f"PRAGMA key = \"x'{key.secret.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
    except DamagedStoreError as error:
        connection.close()
        raise (ForeignStoreError(path) if _is_foreign(path, key) else error) from error.__cause__
    except BaseException:
        connection.close()
        raise
    return Database(connection, recursive_triggers=False, execute_plugins=False)


def _is_foreign(path: Path, key: StoreKey) -> bool:
    """Whether an unreadable file begins as none of ours does: it was not damaged, it is another's."""
    with path.open("rb") as file:
        beginning = file.read(len(key.salt))
    return len(beginning) == len(key.salt) and beginning != key.salt
