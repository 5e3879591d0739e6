"""Writing files whole or not at all (原子写入)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop.models.errors import DesktopError


class UnwritableFileError(DesktopError):
    """A file cannot be written where it was asked for."""

    def __init__(self, path: Path, why: OSError) -> None:
        reason = "磁盘已满" if why.errno == 28 else "文件可能正被 WPS 或 Excel 打开，或者没有写入权限"
        super().__init__(f"“{path.name}”没有保存：{reason}。请关闭该文件或换个位置再试。")


@contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write; it takes its name only when it is complete and on the disk.

    Raises:
        UnwritableFileError: the folder, the disk or an open copy does not let us.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as why:
        raise UnwritableFileError(path, why) from why
    finally:
        partial.unlink(missing_ok=True)
