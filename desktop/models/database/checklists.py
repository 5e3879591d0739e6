"""What “8+N” checklists ask of the store: the items of many assessments at once, their photos, deadlines, schemes in use."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import ASSESSMENT_ITEM, AssessmentItem

_COLUMNS = tuple(field.name for field in fields(AssessmentItem))
_LISTED = ", ".join(f"i.{name}" for name in _COLUMNS)
_OF_BRANCHES = "a.branch_id IN (SELECT value FROM json_each(:branches))"
_OF_PERIOD = f"a.period = :period AND {_OF_BRANCHES}"
_ITEMS = f"""
    SELECT {_LISTED} FROM assessment a JOIN assessment_item i ON i.assessment_id = a.id
    WHERE {_OF_PERIOD} ORDER BY i.id"""
_PHOTOS = f"""
    SELECT owner_id, count(*) FROM attachment WHERE owner = '{ASSESSMENT_ITEM.name}' AND owner_id IN (
        SELECT i.id FROM assessment a JOIN assessment_item i ON i.assessment_id = a.id WHERE {_OF_PERIOD})
    GROUP BY owner_id"""
_WITH_DEADLINE = f"""
    FROM assessment_item i JOIN assessment a ON a.id = i.assessment_id JOIN scheme_item s ON s.id = i.item_id
    WHERE i.due IS NOT NULL AND {_OF_BRANCHES}"""
_DEADLINES = f"SELECT a.branch_id, a.period, s.code, {_LISTED} {_WITH_DEADLINE}"
_OTHER_DEADLINES = f"SELECT a.branch_id, a.period, s.code {_WITH_DEADLINE} AND a.period <> :period"
_PERIODS = "SELECT DISTINCT period FROM assessment"
_NAMES = """
    SELECT i.id, b.name || ' ' || s.name, a.period FROM assessment_item_version i
    JOIN assessment_version a ON a.id = i.assessment_id JOIN party_branch_version b ON b.id = a.branch_id
    JOIN scheme_item_version s ON s.id = i.item_id
    WHERE i.id IN (SELECT value FROM json_each(:ids)) ORDER BY b.from_seq, s.from_seq"""
_BRANCHES = """
    SELECT id, name, NULL FROM party_branch_version WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY from_seq"""
_SCHEME_USED = {
    "checklist": "SELECT EXISTS (SELECT 1 FROM assessment WHERE scheme_id = ?)",
    "activities": "SELECT EXISTS (SELECT 1 FROM activity WHERE start >= (SELECT since FROM scheme WHERE id = ?))",
}
_STAMP = """
    SELECT coalesce(a.last, 0), a.rows, coalesce(b.last, 0), b.rows
    FROM (SELECT max(seq) AS last, count(*) AS rows FROM scheme) a,
    (SELECT max(seq) AS last, count(*) AS rows FROM scheme_item) b"""
_WRITTEN = " OR ".join(f"i.{name} IS NOT NULL" for name in _COLUMNS[3:])  # behind the ids
_ITEMS_USED = f"""
    SELECT DISTINCT i.item_id FROM assessment_item i WHERE i.item_id IN (SELECT value FROM json_each(:items))
    AND ({_WRITTEN} OR EXISTS (
        SELECT 1 FROM attachment WHERE owner = '{ASSESSMENT_ITEM.name}' AND owner_id = i.id))"""


class Deadline(NamedTuple):
    """An item with a deadline, and whose and when it is."""

    branch_id: str
    period: str
    code: str
    record: AssessmentItem


def items_of(store: Store, period: str, branches: Iterable[str]) -> list[AssessmentItem]:
    """The items of every assessment of some party organisations in a period."""
    rows = store.db.conn.execute(_ITEMS, _given(period=period, branches=branches))
    return [_record(row) for row in rows]


def photos_of(store: Store, period: str, branches: Iterable[str]) -> dict[str, int]:
    """How many files each of these items has, of those that have any."""
    return dict(store.db.conn.execute(_PHOTOS, _given(period=period, branches=branches)))


def deadlines_of(store: Store, branches: Iterable[str]) -> list[Deadline]:
    """Every item with a deadline of some party organisations, in any period."""
    rows = store.db.conn.execute(_DEADLINES, _given(branches=branches))
    return [Deadline(branch, period, code, _record(row)) for branch, period, code, *row in rows]


def deadlines_elsewhere(store: Store, period: str, branches: Iterable[str]) -> list[tuple[str, str, str]]:
    """Whose items have a deadline in other periods: organisation, period, code of the item."""
    return store.db.conn.execute(_OTHER_DEADLINES, _given(period=period, branches=branches)).fetchall()


def periods_assessed(store: Store) -> list[str]:
    """The periods that there are assessments of."""
    return [period for (period,) in store.db.conn.execute(_PERIODS)]


def names_in_history(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """Items of assessments with their period and party organisations, removed ones too, as they were called last."""
    given = _given(ids=ids)
    rows = (row for query in (_NAMES, _BRANCHES) for row in store.db.conn.execute(query, given))
    return {id: f"{name} {Period.parse(period).label}" if period else name for id, name, period in rows}


def is_scheme_used(store: Store, purpose: str, scheme_id: str) -> bool:
    """Whether anything was recorded under a version of a scheme."""
    return bool(store.db.conn.execute(_SCHEME_USED[purpose], (scheme_id,)).fetchone()[0])


def schemes_stamp(store: Store) -> tuple[int, ...]:
    """Numbers that differ when any scheme or item of one was added, changed or removed."""
    stamp: tuple[int, ...] = store.db.conn.execute(_STAMP).fetchone()
    return stamp


def used_items(store: Store, items: Iterable[str]) -> set[str]:
    """Those of some items of schemes of which an assessment says something, or has a photo."""
    return {item for (item,) in store.db.conn.execute(_ITEMS_USED, _given(items=items))}


def bring(store: Store, *batches: Iterable[object]) -> None:
    """Store records that the program brings, as part of the change set that made the office: nothing takes them back."""
    with store.db.atomic():
        store.db.execute("INSERT INTO open_change SELECT min(seq) FROM change_set")
        for batch in batches:
            Records(store).insert_many(batch)
        store.db.execute("DELETE FROM open_change")


def _record(row: Sequence[Any]) -> AssessmentItem:
    return AssessmentItem(**dict(zip(_COLUMNS, row, strict=True)))


def _given(**values: str | Iterable[str]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(list(value)) for name, value in values.items()
    }
