"""Reading what rules go by in bulk: one query a table, its cost that of the villages asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from desktop.models.database.lines import IN_RESERVE
from desktop.models.database.roster import SERVING
from desktop.models.database.store import Store
from desktop.models.domain.posts import Post

_TERMS = f"""
    SELECT t.division_code, t.person_id, t.post, t.start, {SERVING} FROM term t
    WHERE t.division_code IN (SELECT value FROM json_each(:divisions)) AND (t.start IS NULL OR t.start <= :day)"""
_RESERVES = f"""
    SELECT r.division_code, r.person_id, r.aim FROM reserve r
    WHERE r.division_code IN (SELECT value FROM json_each(:divisions)) AND {IN_RESERVE}"""
_COMMITTEE_TERMS = """
    SELECT division_code, committee, number, start, due FROM committee_term
    WHERE division_code IN (SELECT value FROM json_each(:divisions)) AND (start IS NULL OR start <= :day)
    ORDER BY start"""
_UNFILED = f"""
    SELECT t.division_code, t.person_id FROM term t
    WHERE t.division_code IN (SELECT value FROM json_each(:divisions)) AND t.post = '{Post.PARTY_SECRETARY}'
        AND t.filed IS NULL AND {SERVING}"""
_PEOPLE = """
    SELECT id, name, sex, birth, ethnic_group, political_status, education, source, delegate FROM person
    WHERE id IN (SELECT value FROM json_each(:ids))"""


def begun_terms(store: Store, divisions: Iterable[str], day: date) -> list[tuple[Any, ...]]:
    """Terms of office begun by ``day`` in some villages: division, person, post, start, whether still held."""
    return _read(store, _TERMS, divisions=divisions, day=day)


def reserves(store: Store, divisions: Iterable[str], day: date) -> list[tuple[Any, ...]]:
    """Who is in reserve on ``day`` in some villages (in the month of leaving no longer): division, person, aim."""
    return _read(store, _RESERVES, divisions=divisions, day=day)


def committee_terms(store: Store, divisions: Iterable[str], day: date) -> list[tuple[Any, ...]]:
    """Terms of committees begun by ``day``, the last begun last: division, committee, number, start, due."""
    return _read(store, _COMMITTEE_TERMS, divisions=divisions, day=day)


def unfiled_secretaries(store: Store, divisions: Iterable[str], day: date) -> list[tuple[Any, ...]]:
    """Secretaries who serve on ``day`` without a day of filing (备案时间): division, person."""
    return _read(store, _UNFILED, divisions=divisions, day=day)


def profiles(store: Store, ids: Iterable[str]) -> list[tuple[Any, ...]]:
    """What is known of some people, in the order of ``rules.facts.Profile``."""
    return _read(store, _PEOPLE, ids=ids)


def _read(store: Store, query: str, **values: Iterable[str] | date) -> list[tuple[Any, ...]]:
    given = {
        name: value.isoformat() if isinstance(value, date) else json.dumps(list(value))
        for name, value in values.items()
    }
    found: list[tuple[Any, ...]] = store.db.conn.execute(query, given).fetchall()
    return found
