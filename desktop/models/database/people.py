"""Queries about people across registers: who knows a person, who is there twice, what a village was recorded as."""

from __future__ import annotations

from datetime import date

from desktop.models.database.records import Records
from desktop.models.database.roster import SERVING
from desktop.models.database.store import Store
from desktop.models.database.triggers import tracked_tables
from desktop.models.registers.person import Person

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


def people_of(store: Store, name: str, division_code: str, on: date) -> list[Person]:
    """Who of a name serves in a village on a day, or is in its reserve."""
    query = f"""
        SELECT p.id FROM person p WHERE p.name = :name AND (
            EXISTS (SELECT 1 FROM term t WHERE t.person_id = p.id AND t.division_code = :code AND {SERVING})
            OR EXISTS (SELECT 1 FROM reserve r
                WHERE r.person_id = p.id AND r.division_code = :code AND r."left" IS NULL))"""
    values = {"name": name, "code": division_code, "day": on.isoformat()}
    ids = [row[0] for row in store.db.conn.execute(query, values)]
    return Records(store).select(Person, id=ids)
