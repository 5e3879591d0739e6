"""What can go wrong with a database file, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3

from desktop.models.errors import DesktopError

_DAMAGED = (sqlcipher3.SQLITE_NOTADB, sqlcipher3.SQLITE_CORRUPT)
_FULL = (sqlcipher3.SQLITE_FULL, sqlcipher3.SQLITE_IOERR)  # a quota or a pulled disk is an I/O error


class ForeignStoreError(DesktopError):
    """A file that this program did not make, or that belongs to another office's keys."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{path.name}”不是这份数据的数据库，没有打开。请检查是否放错了文件，或从备份恢复。")


class DamagedStoreError(DesktopError):
    """The database file does not read back as it was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"数据库“{path.name}”已损坏，为免出错没有打开。请从最近的备份恢复。")


class StoreBusyError(DesktopError):
    """Another connection is writing and did not end in time."""

    def __init__(self) -> None:
        super().__init__("正在导入或进行其他操作，这次没有保存。请等它结束后再试。")


class StoreFullError(DesktopError):
    """The disk took no more; what was being written was rolled back whole."""

    def __init__(self) -> None:
        super().__init__("磁盘空间不足或写不进去，这次没有保存，原来的数据完好。请清理磁盘后再试。")


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into an error that the user can act on; other errors pass."""
    try:
        yield
    except sqlcipher3.DatabaseError as error:
        # The module itself raises some without a code; the higher bits of one tell variants apart.
        kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if kind == sqlcipher3.SQLITE_BUSY:
            raise StoreBusyError from error
        if kind in _FULL:
            raise StoreFullError from error
        if kind in _DAMAGED:
            raise DamagedStoreError(path) from error
        raise
