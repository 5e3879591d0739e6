"""Queries about people across registers: who knows a person, who is there twice, what a village was recorded as."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import TypeVar

from desktop.models.database.history import History
from desktop.models.database.records import Records
from desktop.models.database.roster import SERVING
from desktop.models.database.store import Store
from desktop.models.database.triggers import tracked_tables
from desktop.models.registers.person import Person
from desktop.models.registers.person_pair import DIFFERENT, MERGED
from desktop.models.registers.term import TermOfOffice

Record = TypeVar("Record")

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
    return bool(store.db.conn.execute(f"SELECT EXISTS ({query})", {"person": person_id}).fetchone()[0])


def merged_into(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Whom people of some ids were merged into: old id → the one that is kept; who was not merged is left out."""
    query = f"""
        WITH RECURSIVE kept(old, id) AS (
            SELECT value, value FROM json_each(?) UNION
            SELECT old, person_id FROM person_pair JOIN kept ON other_id = kept.id WHERE verdict = '{MERGED}')
        SELECT old, id FROM kept WHERE old <> id AND EXISTS (SELECT 1 FROM person p WHERE p.id = kept.id)"""
    return dict(store.db.conn.execute(query, [json.dumps(list(ids))]).fetchall())


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


def same_people(store: Store, person_id: str | None = None) -> list[tuple[str, str]]:
    """Pairs of ids that may be one person: the same number, or the same name and birth without two numbers.

    Pairs that somebody found to be different people are left out. ``person_id``: only that one's pairs.
    """
    pair = "a.id = :person AND b.id <> a.id" if person_id else "a.id < b.id"
    query = f"""
        SELECT min(a.id, b.id), max(a.id, b.id) FROM person a JOIN person b ON b.id_number = a.id_number
        WHERE {pair}
        UNION
        SELECT min(a.id, b.id), max(a.id, b.id) FROM person a JOIN person b ON b.name = a.name AND b.birth = a.birth
        WHERE {pair} AND (a.id_number IS NULL OR b.id_number IS NULL)
        EXCEPT
        SELECT min(person_id, other_id), max(person_id, other_id) FROM person_pair WHERE verdict = '{DIFFERENT}'
        ORDER BY 1, 2"""
    pairs: list[tuple[str, str]] = store.db.conn.execute(query, {"person": person_id}).fetchall()
    return pairs


def people_with_changes(store: Store, start: date, end: date, divisions: Iterable[str]) -> list[str]:
    """Who may have taken up or given up a post in some villages between two days; a few too many."""
    query = """
        SELECT DISTINCT person_id FROM term t WHERE t.division_code IN (SELECT value FROM json_each(:divisions))
        AND ((t.start >= :low AND t.start < :high) OR (t."end" >= :low AND t."end" < :high))"""
    values = {"divisions": json.dumps(list(divisions)), "low": f"{start.year:04d}", "high": f"{end}~"}
    return [row[0] for row in store.db.conn.execute(query, values)]


def revised_terms(store: Store, after: int, until: int) -> dict[str, list[tuple[int, TermOfOffice]]]:
    """Terms of office that change sets (``after``, ``until``] wrote anew: what was recorded, from which change set on.

    The first is what stood before, or how the term was first written; one that was removed since is left out.
    """
    columns = ", ".join(f'"{column.name}"' for column in fields(TermOfOffice))
    query = f"""
        SELECT from_seq, to_seq, {columns} FROM term_version
        WHERE id IN (SELECT id FROM term_past WHERE to_seq > :after AND to_seq <= :until)
            AND from_seq <= :until AND coalesce(to_seq > :after, 1)
        ORDER BY id, from_seq"""
    found: dict[str, list[tuple[int, TermOfOffice]]] = {}
    ended: dict[str, float] = {}
    for began, over, *values in store.db.conn.execute(query, {"after": after, "until": until}):
        term = TermOfOffice(**dict(zip((c.name for c in fields(TermOfOffice)), values, strict=True)))
        found.setdefault(term.id, []).append((began, term))
        ended[term.id] = math.inf if over is None else over
    return {key: terms for key, terms in found.items() if ended[key] > until}


def recorded_board(
    store: Store, divisions: Iterable[str], seq: int
) -> tuple[list[TermOfOffice], dict[str, Person]]:
    """The terms of some villages and their people as they were recorded when change set ``seq`` was done."""
    history = History(store)
    terms = [TermOfOffice(**row) for row in history.state_at("term", seq, "division_code", divisions)]
    served = {term.person_id for term in terms}
    people = [Person(**row) for row in history.state_at("person", seq, "id", served)]
    return terms, {person.id: person for person in people}
