"""What the files of a data folder are called."""

from __future__ import annotations

STORE_NAME = "store.db"
KEY_FILE_NAME = "keys.json"
BACKUPS_NAME = "backups"
