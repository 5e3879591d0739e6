"""Reading several tables as they are at one moment, whatever another connection writes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.models.database.store import Store


@contextmanager
def snapshot(store: Store) -> Iterator[int]:
    """Hold one state of the store, and give the number of its last change set. Nothing can be written inside."""
    store.db.execute("BEGIN")
    try:
        yield int(store.db.execute("SELECT coalesce(max(seq), 0) FROM change_set").fetchone()[0])
    finally:
        store.db.execute("ROLLBACK")
