"""Settings of the office, kept with its records but not in their history."""

from __future__ import annotations

import json
from typing import Any

from desktop.models.database.store import Store


class Settings:
    """Values by name, anything JSON can say."""

    def __init__(self, store: Store) -> None:
        self._db = store.db

    def get(self, name: str, default: Any = None) -> Any:
        """Return a setting, or ``default`` where it was never set."""
        row = self._db.execute("SELECT value FROM setting WHERE key = ?", [name]).fetchone()
        return json.loads(row[0]) if row else default

    def set(self, name: str, value: Any) -> None:
        """Keep a setting."""
        text = json.dumps(value, ensure_ascii=False)
        self._db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [name, text])
