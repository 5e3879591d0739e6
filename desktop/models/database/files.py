"""Writing files so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import os
import shutil
import time
from errno import EIO
from pathlib import Path

_A_DAY = 24 * 60 * 60


def write_whole(path: Path, data: bytes) -> None:
    """Put ``data`` under ``path`` by way of a neighbor that is on the disk and reads back before it takes the name.

    Raises:
        OSError: the disk is full or does not keep what is written; what was under ``path`` is there still.
    """
    neighbor = path.with_name(path.name + ".partial")
    neighbor.write_bytes(data)
    sync_file(neighbor)
    if neighbor.read_bytes() != data:
        raise OSError(EIO, "what was written reads back differently", str(neighbor))
    move(neighbor, path)


def move(source: Path, target: Path) -> None:
    """Rename within one disk, replacing ``target``; the new name is on the disk when this returns."""
    source.replace(target)
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("r+b") as file:  # Windows syncs writable files only
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's names are on the disk; Windows does that by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def forget_leftovers(folder: Path, pattern: str) -> None:
    """Remove what work that was ended from outside left; a day old, so that nobody is at it still."""
    for path in folder.glob(pattern):
        if time.time() - path.stat().st_mtime > _A_DAY:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
