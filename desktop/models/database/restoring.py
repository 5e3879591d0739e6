"""Putting another state in a data folder's place: cut short at any point, the next opening finds one or the other."""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.models.database.files import move, sync_file, sync_folder
from desktop.models.database.layout import (
    ATTACHMENTS_NAME,
    BACKUPS_NAME,
    KEY_FILE_NAME,
    LOG_NAME,
    STORE_NAME,
)
from desktop.models.database.lock import AlreadyOpenError, FolderLock

_PREPARED = "restore-prepared"  # the new state while it is written: thrown away if cut short
_READY = "restore-ready"  # the new state, whole: carried through if cut short
_ASIDE = "aside.txt"  # beside it: the name of the folder under backups that takes the present state
_LEAVING = {
    STORE_NAME: (LOG_NAME, f"{STORE_NAME}-shm", STORE_NAME),
    KEY_FILE_NAME: (KEY_FILE_NAME,),
    ATTACHMENTS_NAME: (ATTACHMENTS_NAME,),  # a folder; a state that has none leaves the present ones
}


def prepare_restore(folder: Path) -> Path:
    """Return an empty folder for the new state: ``store.db``, ``keys.json`` and, where it has any, attachments."""
    prepared = folder / _PREPARED
    if prepared.exists():
        shutil.rmtree(prepared)
    prepared.mkdir(parents=True)
    return prepared


def commit_restore(folder: Path, aside: str) -> None:
    """Put the prepared state in place; the present one moves to ``backups/<aside>``.

    The caller holds the folder's lock and has closed the store. Before one rename nothing has happened, after
    it the next opening carries through what was cut short.
    """
    prepared = folder / _PREPARED
    (prepared / _ASIDE).write_text(aside, encoding="utf-8")
    for path in prepared.rglob("*"):
        (sync_folder if path.is_dir() else sync_file)(path)
    sync_folder(prepared)
    move(prepared, folder / _READY)
    finish_restore_locked(folder)


def finish_restore(folder: Path) -> None:
    """Carry through or forget a restore that was cut short, unless another program is just doing one."""
    if not (folder / _READY).exists() and not (folder / _PREPARED).exists():
        return
    try:
        lock = FolderLock(folder)
    except AlreadyOpenError:
        return
    try:
        finish_restore_locked(folder)
    finally:
        lock.release()


def finish_restore_locked(folder: Path) -> None:
    """The same for a caller who holds the folder's lock; each step may find itself done already."""
    prepared, ready = folder / _PREPARED, folder / _READY
    if prepared.exists():
        shutil.rmtree(prepared)
    if (ready / _ASIDE).exists():
        aside = folder / BACKUPS_NAME / (ready / _ASIDE).read_text(encoding="utf-8")
        for arriving, leaving in _LEAVING.items():
            if (ready / arriving).exists():  # else it has arrived, and what has its name is no longer the old
                for name in leaving:
                    if (folder / name).exists():
                        aside.mkdir(parents=True, exist_ok=True)
                        move(folder / name, aside / name)
                move(ready / arriving, folder / arriving)
        (ready / _ASIDE).unlink()
    if ready.exists():
        shutil.rmtree(ready)
        sync_folder(folder)
