"""Queries about “四个一” activities: what counts for whom, what lies in a time, who is meant by a name."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from desktop.models.database.roster import SERVING
from desktop.models.database.store import Store
from desktop.models.domain.posts import Post
from desktop.models.registers.activity import CANCELLED, SECRETARY
from desktop.models.registers.schemes import ACTIVITIES

# person, village, kind, state, day of an activity and its id
CountedRow = tuple[str, str, "str | None", str, str, str]


def counted_rows(store: Store, start: date, end: date, people: Iterable[str]) -> list[CountedRow]:
    """What was held or is planned for people between two days, both counted: whoever was there as a secretary."""
    query = f"""
        SELECT a.id, t.person_id, t.division_code, a.kind, a.state, substr(a.start, 1, 10)
        FROM attendance t JOIN activity a ON a.id = t.activity_id
        WHERE t.role = '{SECRETARY}' AND t.present = '1' AND a.state <> '{CANCELLED}'
            AND a.start >= :start AND a.start < :after AND t.person_id IN (SELECT value FROM json_each(:people))
        ORDER BY a.start, a.id"""
    values = {**_days(start, end), "people": _json(people)}
    return store.db.conn.execute(query, values).fetchall()


def activity_keys(store: Store, start: date, end: date, divisions: Iterable[str] | None = None) -> list[str]:
    """The activities that begin between two days, both counted, by time; ``divisions``: those of or for these."""
    within = """AND (a.division_code IN (SELECT value FROM json_each(:divisions)) OR EXISTS (
        SELECT 1 FROM attendance t WHERE t.activity_id = a.id
        AND t.division_code IN (SELECT value FROM json_each(:divisions))))"""
    query = f"""
        SELECT a.id FROM activity a WHERE a.start >= :start AND a.start < :after
        {"" if divisions is None else within} ORDER BY a.start, a.id"""
    values: dict[str, object] = _days(start, end)
    if divisions is not None:
        values["divisions"] = _json(divisions)
    return [row[0] for row in store.db.conn.execute(query, values)]


def held_or_planned(store: Store, kind: str, day: str, people: Iterable[str]) -> dict[str, str | None]:
    """The activities of a kind that are on a day for some secretaries, with their themes."""
    query = f"""
        SELECT DISTINCT a.id, a.theme FROM attendance t JOIN activity a ON a.id = t.activity_id
        WHERE t.role = '{SECRETARY}' AND t.person_id IN (SELECT value FROM json_each(:people))
            AND a.kind = :kind AND substr(a.start, 1, 10) = :day AND a.state <> '{CANCELLED}' ORDER BY a.id"""
    return dict(store.db.conn.execute(query, {"kind": kind, "day": day, "people": _json(people)}).fetchall())


def secretaries_on(store: Store, on: date) -> frozenset[tuple[str, str]]:
    """Who is secretary of a village's party organisation on a day: person and village."""
    query = f"""
        SELECT t.person_id, t.division_code FROM term t
        WHERE t.post = '{Post.PARTY_SECRETARY}' AND {SERVING}"""
    return frozenset(store.db.conn.execute(query, {"day": on.isoformat()}).fetchall())


def namesakes(store: Store, name: str, on: date) -> list[tuple[str, str, bool]]:
    """Everybody of a name who serves or is under management on a day: person, village, whether under management."""
    query = f"""
        SELECT person_id, division_code, max(managed) FROM (
            SELECT t.person_id, t.division_code, 0 AS managed FROM person p JOIN term t ON t.person_id = p.id
            WHERE p.name = :name AND {SERVING}
            UNION ALL
            SELECT m.person_id, m.division_code, 1 FROM person p JOIN managed_secretary m ON m.person_id = p.id
            WHERE p.name = :name AND (m.since IS NULL OR m.since <= :day)
                AND (m.until IS NULL OR m.until > substr(:day, 1, 7)))
        GROUP BY person_id, division_code ORDER BY division_code, person_id"""
    rows = store.db.conn.execute(query, {"name": name, "day": on.isoformat()})
    return [(person, division, bool(managed)) for person, division, managed in rows]


def last_host(store: Store, township: str) -> str | None:
    """Who hosted the latest activity of a township's villages."""
    query = """
        SELECT a.host FROM activity a JOIN division d ON d.code = a.division_code
        WHERE :township IN (d.code, d.parent) AND a.host IS NOT NULL ORDER BY a.start DESC, a.id DESC LIMIT 1"""
    row = store.db.conn.execute(query, {"township": township}).fetchone()
    return row[0] if row else None


def overdue_problems(store: Store, on: date) -> list[tuple[str, str, str]]:
    """Field problems whose deadline has gone by, by it: the secretary they were found with, the problem, the deadline."""
    query = f"""
        SELECT t.person_id, f.problem, f.due FROM field_problem f
        JOIN attendance t ON t.activity_id = f.activity_id AND t.role = '{SECRETARY}'
        WHERE f.due < :day AND (f.closed IS NULL OR f.closed > :day) AND t.person_id IS NOT NULL
            AND t.division_code IS f.division_code
        ORDER BY f.due, f.id"""
    found: list[tuple[str, str, str]] = store.db.conn.execute(query, {"day": on.isoformat()}).fetchall()
    return found


def kind_name(store: Store, code: str) -> str:
    """What the latest scheme that has a kind of activity calls it."""
    query = f"""
        SELECT i.name FROM scheme_item i JOIN scheme s ON s.id = i.scheme_id
        WHERE s.purpose = '{ACTIVITIES}' AND i.code = ? ORDER BY s.version DESC LIMIT 1"""
    row = store.db.conn.execute(query, (code,)).fetchone()
    return row[0] if row else code


def picture_counts(store: Store, keys: Iterable[str]) -> dict[str, int]:
    """How many photos each activity has."""
    query = """
        SELECT owner_id, count(*) FROM attachment WHERE owner = 'activity' AND purpose = 'photo'
        AND owner_id IN (SELECT value FROM json_each(:keys)) GROUP BY owner_id"""
    return dict(store.db.conn.execute(query, {"keys": _json(keys)}).fetchall())


def _days(start: date, end: date) -> dict[str, object]:
    return {"start": start.isoformat(), "after": (end + timedelta(days=1)).isoformat()}


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values))
