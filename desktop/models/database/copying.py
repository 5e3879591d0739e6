"""A consistent copy of an open store, in its own encryption."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from desktop.models.database.backup_names import new_path
from desktop.models.database.connection import Database
from desktop.models.database.files import sync_file
from desktop.models.database.layout import ASIDE_PREFIX, BACKUPS_NAME, KEY_FILE_NAME, STORE_NAME
from desktop.models.database.trouble import in_words


def copy_store(db: Database, target: Path) -> None:
    """Write what the store holds now to a new file, which opens with the same key.

    Raises:
        StoreFullError: the disk took no more; the new file is to be thrown away.
        DamagedStoreError: a page of the store cannot be read.
    """
    with in_words(target):
        db.execute("VACUUM INTO ?", [str(target)])
    sync_file(target)


def keep_before_upgrade(db: Database, folder: Path) -> None:
    """Keep the state that pending migrations are about to change, as a folder that can be restored."""
    kept = new_path(folder / BACKUPS_NAME, f"{ASIDE_PREFIX}upgrade", datetime.now())
    kept.mkdir(parents=True)
    copy_store(db, kept / STORE_NAME)
    if (folder / KEY_FILE_NAME).exists():
        shutil.copyfile(folder / KEY_FILE_NAME, kept / KEY_FILE_NAME)
