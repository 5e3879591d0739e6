"""Writing to a stick (U盘) so that what bears a name is whole, and what is not whole bears none."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from enum import StrEnum
from errno import EDQUOT, EFBIG, EINVAL, ENODEV, ENOENT, ENOSPC, ENOSYS, ENOTDIR, ENOTSUP, ENXIO, EROFS
from itertools import count
from pathlib import Path
from typing import BinaryIO

from desktop.models.database.files import forget_leftovers, sync_folder
from desktop.models.errors import DesktopError
from desktop.models.handoff.codes import RefusedFileError
from desktop.models.handoff.envelope import Sink, UnreadableFileError
from desktop.models.handoff.header import Kind

EXTENSION = ".tybs"
_SYNC_EVERY = 8 << 20  # bytes: what progress tells is on the stick, and a pulled one is noticed while writing
_BUFFER = 1 << 18
_FULL = {ENOSPC, EDQUOT, EFBIG}
_GONE = {ENOENT, ENOTDIR, ENODEV, ENXIO}
# Python gives several of them as EACCES or EINVAL
_GONE_ON_WINDOWS = {2, 3, 21, 31, 55, 433, 1110, 1167, 1617}
_WRITE_PROTECTED_ON_WINDOWS = 19
_CANNOT_SYNC_FOLDERS = {EINVAL, ENOSYS, ENOTSUP}


class Trouble(StrEnum):
    """Why nothing was written."""

    FULL = "full"
    GONE = "gone"
    READ_ONLY = "read_only"
    UNRELIABLE = "unreliable"

    @property
    def words(self) -> str:
        """What happened and what to do."""
        return _WORDS[self]


_WORDS = {
    Trouble.FULL: "磁盘空间不够。请清理后再试，或换一个U盘",
    Trouble.GONE: "U盘已拔出或没有插好。请重新插好，再生成一次",
    Trouble.READ_ONLY: "不能写入。请检查U盘的写保护开关，或换一个U盘、换一个文件夹",
    Trouble.UNRELIABLE: "写入出错，或读回来的内容不对，U盘可能接触不良或已损坏。请重新插好再生成一次，仍不行就换一个U盘",
}


class NotWrittenError(DesktopError):
    """The file is not on the stick; what was there before is there still."""

    def __init__(self, name: str, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(f"“{name}”没有写成：{trouble.words}。")


def file_name(kind: Kind, unit_name: str, seq: int, day: date) -> str:
    """How a file is called: unit, kind, number and day, e.g. ``绣林街道_报送包_第7号_20261124.tybs``; nobody's name."""
    unit = re.sub(r'[\\/:*?"<>|\s.]+', "", unit_name)  # FAT takes none of these
    return f"{unit}_{kind.label}_第{seq}号_{day:%Y%m%d}{EXTENSION}"


def write_whole_to(
    folder: Path,
    name: str,
    write: Callable[[Sink], str],
    check: Callable[[Path, str], object],
    progress: Callable[[int], None] = lambda written: None,
) -> tuple[Path, str]:
    """Write a file into a folder, read it back, give it its name, and read it back again.

    ``write`` returns the file's hash, ``check`` gets it and raises when the file is not that one; ``progress``
    is told how many bytes are on the disk, and may raise to stop. A name that is taken gets a number.

    Raises:
        NotWrittenError: with the reason. Nothing of that name was added.
    """
    partial = folder / f"{name}.partial"
    named: Path | None = None
    with suppress(OSError):
        forget_leftovers(folder, f"*{EXTENSION}.partial")
    try:
        file_hash = _put(partial, write, progress)
        check(partial, file_hash)
        named = _unused(folder, name)
        partial.rename(named)
        _sync_names(folder)
        _forget_cached(named)
        check(named, file_hash)
    except BaseException as error:
        for path in (partial, named):
            if path:
                with suppress(OSError):
                    path.unlink()
        if isinstance(error, (OSError, RefusedFileError, UnreadableFileError)):
            raise NotWrittenError(name, _trouble(folder, error)) from error
        raise
    return named, file_hash


def _put(path: Path, write: Callable[[Sink], str], progress: Callable[[int], None]) -> str:
    with _create(path) as file:
        file_hash = write(_Synced(file, progress))
        file.flush()
        os.fsync(file.fileno())
        progress(file.tell())
    _forget_cached(path)
    return file_hash


def _create(path: Path) -> BinaryIO:
    return path.open("wb", buffering=_BUFFER)


class _Synced:
    """A file that goes to the disk every few megabytes, so that a slow stick shows how far it is."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], None]) -> None:
        self._file = file
        self._progress = progress
        self._written = self._synced = 0

    def write(self, data: bytes, /) -> None:
        self._file.write(data)
        self._written += len(data)
        if self._written - self._synced >= _SYNC_EVERY:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._synced = self._written
            self._progress(self._written)


def _unused(folder: Path, name: str) -> Path:
    """The name, or with a number the first that nothing bears."""
    stem, suffix = Path(name).stem, Path(name).suffix
    names = (name if number == 1 else f"{stem}（{number}）{suffix}" for number in count(1))
    return next(folder / each for each in names if not (folder / each).exists())


def _sync_names(folder: Path) -> None:
    try:
        sync_folder(folder)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDERS:
            raise


def _forget_cached(path: Path) -> None:
    """Ask the system to read the file from the disk again, not from memory; only Linux lets us."""
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _trouble(folder: Path, error: BaseException) -> Trouble:
    cause = error if isinstance(error, OSError) else error.__cause__
    code = cause.errno if isinstance(cause, OSError) else None
    windows = getattr(cause, "winerror", None)
    if code in _FULL:
        return Trouble.FULL
    if code in _GONE or windows in _GONE_ON_WINDOWS or not os.path.isdir(folder):  # noqa: PTH112 (Path.is_dir raises what a pulled stick answers)
        return Trouble.GONE
    if code == EROFS or windows == _WRITE_PROTECTED_ON_WINDOWS or isinstance(cause, PermissionError):
        return Trouble.READ_ONLY
    return Trouble.UNRELIABLE
