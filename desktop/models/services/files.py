"""Writing files whole or not at all (原子写入)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOENT, ENOSPC, ENOTDIR
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from desktop.models.errors import DesktopError

_FULL = (ENOSPC, EDQUOT, EFBIG)
_NO_FOLDER = (ENOENT, ENOTDIR)


class UnwritableFileError(DesktopError):
    """A file cannot be written where it was asked for."""

    def __init__(self, path: Path, why: OSError) -> None:
        if why.errno in _FULL:
            reason = "磁盘已满，请清理后再试，或换一个磁盘"
        elif why.errno in _NO_FOLDER:
            reason = f"找不到文件夹“{path.parent}”，可能U盘已拔出，请换个位置再试"
        else:
            reason = "文件可能正被 WPS 或 Excel 打开，或者没有写入权限。请关闭该文件或换个位置再试"
        super().__init__(f"“{path.name}”没有保存：{reason}。")


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write; it takes its name only when it is complete and on the disk.

    Raises:
        UnwritableFileError: the folder, the disk or an open copy does not let us.
    """
    # of a name of its own: the file's may be as long as names can be, and two may be written at once
    partial = path.with_name(f"touyan-{token_hex(8)}.partial")
    try:
        with partial.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as why:
        raise UnwritableFileError(path, why) from why
    finally:
        with suppress(OSError):
            partial.unlink()
