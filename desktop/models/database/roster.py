"""Roster queries: the values of its lines, pages of rows, who is known — the SQL behind one view over two records."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar

from desktop.models.database.store import Store
from desktop.models.domain.posts import Post
from desktop.models.registers.committee_term import SOON
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.roster import CHIPS, ESSENTIAL
from desktop.models.registers.term import TermOfOffice

Key = tuple[str, str]  # person id, division code
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a typed text may mean: the beginning of a search key, or any of the others."""

    key: str
    divisions: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    title: str | None = None  # a part of a post's own title
    names: frozenset[str] = frozenset()  # of records that are no people


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which lines of the roster, in which order; ``RosterQuery`` in stored terms."""

    on: date
    divisions: frozenset[str] | None = None  # None: all
    search: Search | None = None
    chip: str = "all"
    filters: tuple[tuple[str, frozenset[object]], ...] = ()  # field, stored values that stay
    sort: tuple[str, bool] | None = None  # field, descending; None: local order of villages, then posts


# A month lies before its days in the order of text; “~” comes after every day of one.
SERVING = '(t.start IS NULL OR t.start <= :day) AND (t."end" IS NULL OR t."end" || \'~\' > :day)'
_COMPUTED = {  # of the posts that one person holds in one village
    "rank": "min(t.post)",
    "since": "substr(min(CASE WHEN t.start IS NOT NULL THEN t.post || t.start END), 3)",
    "both_heads": "max(t.post = '11') AND max(t.post = '21')",
    "crossed": "max(t.post < '20') AND max(t.post BETWEEN '21' AND '23')",
    "posts": "group_concat(t.post)",
    "titles": "group_concat(t.title, char(10))",
}
_JOINS = {
    "p": "JOIN person p ON p.id = s.person_id",
    "d": "JOIN division d ON d.code = s.division_code",
    "u": "LEFT JOIN division u ON u.code = d.parent",
    "n": "JOIN name_order n ON n.person_id = s.person_id",
}
_LOCAL_ORDER = ("u.position", "u.code", "d.position", "d.code", "s.rank", "n.strokes", "s.person_id")
NAME_ORDERS = {
    "name": ("n.pinyin",),
    "name:surname": ("n.strokes",),
    "name:strokes": ("replace(n.strokes, '-', '')",),  # without the blank before a single character
}
_TOWNSHIP_PLACE = "printf('%09d', u.position) || u.code"
_EXPRESSIONS = {field.name: f"p.{field.name}" for field in PERSON.fields} | {
    "person": "s.person_id",
    "village": "s.division_code",
    "township": "coalesce(u.name, '')",
    "posts": "s.posts",  # codes in any order, with commas between
    "titles": "s.titles",  # what they are called here, a line each
    "post_since": "s.since",
    "both_heads": "iif(s.both_heads, '是', '否')",
    "cross": "iif(s.crossed, '是', '否')",
}
_SORTED_BY = {field: sql for field, (sql,) in NAME_ORDERS.items()} | {
    "posts": "s.rank",
    "township": _TOWNSHIP_PLACE,
    "village": f"{_TOWNSHIP_PLACE} || printf('%09d', d.position) || d.code",
}
# fields that are not sorted by their values
ORDERED_BY = {field: f"order of {field}" for field in _SORTED_BY}
_VALUES = _EXPRESSIONS | {ORDERED_BY[field]: sql for field, sql in _SORTED_BY.items()}


def line_values(
    store: Store,
    day: date,
    names: Sequence[str],
    divisions: Iterable[str] | None = None,
    *,
    ordered: bool = True,
) -> list[tuple[Any, ...]]:
    """Person id, division code and some values of each line of a day, of some divisions or of all.

    A name is a field of the roster, “titles”, one that ORDERED_BY gives, or one of CHIPS (true of those it shows).
    In the local order of villages, then posts, then strokes; not ``ordered`` saves a third of the time.
    """
    columns = ", ".join(("s.person_id", "s.division_code", *(_value(name, day) for name in names)))
    tail = f"ORDER BY {', '.join(_LOCAL_ORDER)}" if ordered else ""
    values: dict[str, object] = {"day": day.isoformat()}
    within = ""
    if divisions is not None:
        within = "AND t.division_code IN (SELECT value FROM json_each(:divisions))"
        values["divisions"] = _json(divisions)
    # What nobody asks for would take half of the time.
    asked = set(re.findall(r"\b[pdsun]\.\w+", f"{columns} {tail}"))
    tables = {name[0] for name in asked}
    computed = "".join(f", {sql} AS {name}" for name, sql in _COMPUTED.items() if f"s.{name}" in asked)
    joins = " ".join(
        sql for table, sql in _JOINS.items() if table in tables or (table == "d" and "u" in tables)
    )
    served = f"""
        SELECT t.person_id, t.division_code{computed}
        FROM term t WHERE {SERVING} {within} GROUP BY t.person_id, t.division_code"""
    query = f"WITH served AS ({served}) SELECT {columns} FROM served s {joins} {tail}"
    return store.db.conn.execute(query, values).fetchall()


def divisions_touched(store: Store, since: int) -> frozenset[str]:
    """Divisions of which a line may be another than change set ``since`` left it: by its person, terms, committees."""
    # UNION would walk whole tables in the order of divisions.
    query = """
        SELECT t.division_code FROM person p JOIN term t ON t.person_id = p.id WHERE p.seq > :since
        UNION ALL SELECT division_code FROM term WHERE seq > :since
        UNION ALL SELECT division_code FROM term_past WHERE to_seq > :since
        UNION ALL SELECT division_code FROM committee_term WHERE seq > :since
        UNION ALL SELECT division_code FROM committee_term_past WHERE to_seq > :since"""
    return frozenset(row[0] for row in store.db.conn.execute(query, {"since": since}))


def divisions_changed(store: Store, since: int) -> bool:
    """Whether a division itself was added, changed or removed since change set ``since``."""
    query = """
        SELECT EXISTS (SELECT 1 FROM division WHERE seq > :since)
            OR EXISTS (SELECT 1 FROM division_past WHERE to_seq > :since)"""
    return bool(store.db.conn.execute(query, {"since": since}).fetchone()[0])


def division_places(store: Store) -> dict[str, int]:
    """Where each division's lines stand among the others', in the local order."""
    query = f"""
        SELECT d.code FROM division d LEFT JOIN division u ON u.code = d.parent
        ORDER BY {", ".join(_LOCAL_ORDER[:4])}"""
    return {code: place for place, (code,) in enumerate(store.db.conn.execute(query))}


def people_found(store: Store, key: str) -> frozenset[str]:
    """The ids of the people whom the beginning of a search key finds."""
    # One text of all ids takes a third of the time of a row each.
    query = "SELECT group_concat(person_id, ' ') FROM search_key WHERE key >= ? AND key < ?"
    ids = store.db.conn.execute(query, (key, f"{key}\U0010ffff")).fetchone()[0]
    return frozenset(str(ids or "").split())


def people_and_terms(
    store: Store, keys: Sequence[Key], day: date
) -> dict[Key, tuple[Person, tuple[TermOfOffice, ...]]]:
    """The records behind some keys: persons and the terms served on ``day``; vanished keys are absent."""
    ids = sorted({person_id for person_id, _ in keys})
    people = {person.id: person for person in _people(store, ids)}
    terms = _serving_terms(store, ids, day)
    return {key: (people[key[0]], tuple(terms[key])) for key in keys if key in terms}


def keys_of_divisions(store: Store, codes: Iterable[str], day: date) -> list[Key]:
    """Who serves in some villages on ``day``, in the local order."""
    keys: list[Any] = line_values(store, day, (), codes)
    return keys


def known_people(
    store: Store, ids: Iterable[str], numbers: Iterable[str], names: Iterable[str], day: date
) -> list[tuple[Person, tuple[TermOfOffice, ...]]]:
    """People that have one of the ids, identity numbers or names, with all terms they serve on ``day``."""
    found: dict[str, Person] = {}
    for column, wanted in (("id", ids), ("id_number", numbers), ("name", names)):
        for person in _people(store, sorted(set(wanted)), column):
            found[person.id] = person
    terms: dict[str, list[TermOfOffice]] = defaultdict(list)
    for (person_id, _), served in _serving_terms(store, sorted(found), day).items():
        terms[person_id] += served
    return [(person, tuple(sorted(terms[person.id], key=lambda t: t.post))) for person in found.values()]


def last_seq(store: Store, before: int | None = None) -> int:
    """The number of the last change set, or of the last one before another; 0 where there is none."""
    query = "SELECT coalesce(max(seq), 0) FROM change_set WHERE ?1 IS NULL OR seq < ?1"
    return int(store.db.conn.execute(query, (before,)).fetchone()[0])


def terms_of(store: Store, person_id: str) -> list[TermOfOffice]:
    """All terms of a person, past ones too: those being served, then the newest first."""
    tail = (
        "FROM term t WHERE t.person_id = ? ORDER BY t.\"end\" IS NOT NULL, coalesce(t.start, '') DESC, t.post"
    )
    return _records(store, TermOfOffice, tail, [person_id])


def names_of(store: Store, ids: Iterable[str]) -> dict[str, str]:
    """What people are called, those who were removed by their last name."""
    query = (
        "SELECT id, name FROM person_version WHERE id IN (SELECT value FROM json_each(?)) ORDER BY from_seq"
    )
    return dict(store.db.conn.execute(query, (_json(ids),)).fetchall())


def _people(store: Store, values: Sequence[str], column: str = "id") -> list[Person]:
    tail = f"FROM person t WHERE {column} IN (SELECT value FROM json_each(?))"
    return _records(store, Person, tail, (_json(values),)) if values else []


def _serving_terms(store: Store, ids: Sequence[str], day: date) -> dict[Key, list[TermOfOffice]]:
    found: dict[Key, list[TermOfOffice]] = defaultdict(list)
    tail = f"""FROM term t WHERE t.person_id IN (SELECT value FROM json_each(:ids)) AND {SERVING}
        ORDER BY t.post, t.start IS NULL, t.start, t.id"""
    for term in _records(store, TermOfOffice, tail, {"ids": _json(ids), "day": day.isoformat()}):
        found[term.person_id, term.division_code].append(term)
    return found


def _records(store: Store, record: type[Record], tail: str, values: Any) -> list[Record]:
    columns = [field.name for field in fields(record)]  # type: ignore[arg-type]  # records are dataclasses
    listed = ", ".join(f't."{column}"' for column in columns)
    rows = store.db.conn.execute(f"SELECT {listed} {tail}", values)
    return [record(**dict(zip(columns, row, strict=True))) for row in rows]


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values))


def _value(name: str, day: date) -> str:
    return _chip(name, day) if name in CHIPS else _VALUES[name]


def _chip(chip: str, on: date) -> str:
    missing = " OR ".join(f"p.{name} IS NULL" for name in ESSENTIAL)
    return {
        "secretaries": f"instr(s.posts, '{Post.PARTY_SECRETARY}') > 0",
        "under_35": f"p.birth > '{on.year - 36:04d}-{on.month:02d}'",  # 36 is reached in the month itself
        "women": "p.sex = '2'",
        "term_ends": f"({_term_ends('1', on)} OR {_term_ends('2', on)})",
        "incomplete": f"({missing} OR s.since IS NULL OR instr(s.posts, '{Post.PENDING}') > 0)",
    }[chip]


def _term_ends(committee: str, on: date) -> str:
    """Who sits on a committee (BODY) of which the last term begun is over, or will be within six months.

    A term without an end lasts five years, a bare year until December.
    """
    months = on.year * 12 + on.month - 1 + SOON
    latest = f"""
        SELECT division_code, coalesce(due, (substr(start, 1, 4) + 5) || substr(start, 5)) AS due,
            max(coalesce(start, '')) FROM committee_term
        WHERE committee = '{committee}' AND coalesce(start, '') <= '{on.isoformat()}' GROUP BY division_code"""
    return f"""(instr(',' || s.posts, ',{committee}') > 0 AND s.division_code IN (
        SELECT division_code FROM ({latest})
        WHERE substr(due || '-12', 1, 7) <= '{months // 12:04d}-{months % 12 + 1:02d}'))"""
