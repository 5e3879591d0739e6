"""What the files of a data folder are called."""

from __future__ import annotations

STORE_NAME = "store.db"
LOG_NAME = "store.db-wal"  # SQLite's: there while the store is open, or after a crash
KEY_FILE_NAME = "keys.json"
LOCK_NAME = ".lock"
PLACES_NAME = "handoff.json"  # numbers of hand-off files given away, see services/handoff_places
ATTACHMENTS_NAME = "attachments"
BACKUPS_NAME = "backups"
ASIDE_PREFIX = "before-"  # in backups: a state that was set aside whole
