"""Queries about people across registers: who knows a person, who is there twice, what a village was recorded as."""

from __future__ import annotations

from desktop.models.database.store import Store
from desktop.models.database.triggers import tracked_tables

_OWN_TABLES = frozenset({"term"})  # asked for by those who ask about the others


def is_known_elsewhere(store: Store, person_id: str) -> bool:
    """Whether a register beside the posts, a relative's line or a file knows a person."""
    ways = [
        f"SELECT 1 FROM {table.name} WHERE {column} = :person"
        for table in tracked_tables(store.db)
        for column, parent, _ in table.parents
        if parent == "person" and table.name not in _OWN_TABLES
    ]
    ways.append("SELECT 1 FROM attachment WHERE owner = 'person' AND owner_id = :person")
    query = " UNION ALL ".join(ways)
    return store.db.conn.execute(f"SELECT EXISTS ({query})", {"person": person_id}).fetchone()[0] == 1
