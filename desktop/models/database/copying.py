"""A consistent copy of an open store, in its own encryption."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from desktop.models.database.connection import Database
from desktop.models.database.files import sync_file
from desktop.models.database.layout import BACKUPS_NAME, KEY_FILE_NAME, STORE_NAME


def copy_store(db: Database, target: Path) -> None:
    """Write what the store holds now to a new file, which opens with the same key."""
    db.execute("VACUUM INTO ?", [str(target)])
    sync_file(target)


def keep_before_upgrade(db: Database, folder: Path) -> None:
    """Keep the state that pending migrations are about to change, as a folder that can be restored."""
    kept = folder / BACKUPS_NAME / f"before-upgrade-{datetime.now():%Y%m%d-%H%M%S}"
    kept.mkdir(parents=True)
    copy_store(db, kept / STORE_NAME)
    if (folder / KEY_FILE_NAME).exists():
        shutil.copyfile(folder / KEY_FILE_NAME, kept / KEY_FILE_NAME)
