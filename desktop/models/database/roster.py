"""Roster queries: ordered keys for a grid of any size, pages of rows, counts — the SQL behind one view over two records."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from desktop.models.database.store import Store
from desktop.models.domain.posts import Post
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

    @property
    def says_more_than_a_key(self) -> bool:
        """Whether villages and posts may be meant, too."""
        return bool(self.divisions or self.posts or self.title)


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
_FOUND_BY_KEY = """
    SELECT DISTINCT person_id, division_code FROM term
    WHERE person_id IN (SELECT person_id FROM search_key WHERE key >= :low AND key < :high)"""
_FOUND_BY_DIVISION = """
    SELECT person_id, division_code FROM term WHERE division_code IN (SELECT value FROM json_each(:named))"""
_FOUND_BY_POST = f"""
    SELECT person_id, division_code FROM term t
    WHERE (post IN (SELECT value FROM json_each(:posts)) OR instr(title, :title)) AND {SERVING}"""
_COMPUTED = {  # of the posts that one person holds in one village
    "rank": "min(t.post)",
    "since": "substr(min(CASE WHEN t.start IS NOT NULL THEN t.post || t.start END), 3)",
    "both_heads": "max(t.post = '11') AND max(t.post = '21')",
    "crossed": "max(t.post < '20') AND max(t.post BETWEEN '21' AND '23')",
    "posts": "group_concat(t.post)",
}
_TERM_ENDS_MONTHS = 6  # as the health check reminds first
_WITHIN = "AND t.division_code IN (SELECT value FROM json_each(:divisions))"
_JOINED = "found JOIN term t ON t.person_id = found.person_id AND t.division_code = found.division_code"
_JOINS = {
    "p": "JOIN person p ON p.id = s.person_id",
    "d": "JOIN division d ON d.code = s.division_code",
    "u": "LEFT JOIN division u ON u.code = d.parent",
    "n": "JOIN name_order n ON n.person_id = s.person_id",
}
_EXPRESSIONS = {field.name: f"p.{field.name}" for field in PERSON.fields} | {
    "person": "s.person_id",  # no column: to show some people only
    "township": "u.name",
    "village": "s.division_code",
    "posts": "s.rank",
    "post_since": "s.since",
    "both_heads": "iif(s.both_heads, '是', '否')",
    "cross": "iif(s.crossed, '是', '否')",
}
_LOCAL_ORDER = ("u.position", "u.code", "d.position", "d.code", "s.rank", "n.strokes", "s.person_id")
NAME_ORDERS = {
    "name": ("n.pinyin",),
    "name:surname": ("n.strokes",),
    "name:strokes": ("replace(n.strokes, '-', '')",),  # without the blank before a single character
}
_PLACES_BY = {"township": _LOCAL_ORDER[:2], "village": _LOCAL_ORDER[:4]}
_SORTED_BY = _PLACES_BY | NAME_ORDERS


def roster_keys(store: Store, selection: Selection) -> list[Key]:
    """The keys of a selection's lines, in its order."""
    field, descending = selection.sort or ("", False)
    keys: list[Key] = _lines(
        store, selection, "s.person_id, s.division_code", f"ORDER BY {_order(field, descending)}"
    )
    return keys


def people_found(store: Store, key: str) -> frozenset[str]:
    """The ids of the people whom the beginning of a search key finds."""
    # One text of all ids takes half of the time of a row each.
    query = "SELECT json_group_array(person_id) FROM search_key WHERE key >= ? AND key < ?"
    ids: list[str] = json.loads(store.db.conn.execute(query, (key, f"{key}\U0010ffff")).fetchone()[0])
    return frozenset(ids)


def name_ranks(store: Store, order: str) -> dict[str, int]:
    """Everybody's place in one of NAME_ORDERS, by id; equal names share one."""
    (sql,) = NAME_ORDERS[order]
    query = f"SELECT n.person_id, dense_rank() OVER (ORDER BY {sql}) FROM name_order n"
    return dict(store.db.conn.execute(query).fetchall())


def chip_counts(store: Store, selection: Selection) -> dict[str, int]:
    """How many of a selection's lines each chip would leave, whatever chip the selection has."""
    sums = ", ".join(f"coalesce(sum({_chip(chip, selection.on)}), 0)" for chip in CHIPS)
    return dict(zip(CHIPS, _lines(store, replace(selection, chip="all"), sums)[0], strict=True))


def facet(store: Store, field: str, selection: Selection) -> list[tuple[object, int]]:
    """Stored values of a field among a selection's lines, with counts, apart from its own filter; a post once a line."""
    others = tuple(each for each in selection.filters if each[0] != field)
    selection = replace(selection, filters=others)
    if field == "posts":
        sums = ", ".join(f"coalesce(sum(instr(s.posts, '{post}') > 0), 0)" for post in Post)
        counts = _lines(store, selection, sums)[0]
        return [(post, count) for post, count in zip(Post, counts, strict=True) if count]
    value = _EXPRESSIONS[field]
    order = ", ".join(_PLACES_BY.get(field, (f"{value} IS NULL", value)))
    return _lines(store, selection, f"{value}, count(*)", f"GROUP BY {value} ORDER BY {order}")


def stored_values(store: Store, field: str) -> list[Any]:
    """Every value that a field has anywhere, on any day; None among them where it is empty."""
    if field == "posts":
        return list(Post)
    column, table = {"village": ("division_code", "term"), "post_since": ("start", "term")}.get(
        field, (_EXPRESSIONS[field].removeprefix("p."), "person")
    )
    return [row[0] for row in store.db.conn.execute(f"SELECT DISTINCT {column} FROM {table}")]


def people_and_terms(
    store: Store, keys: Sequence[Key], day: date
) -> dict[Key, tuple[Person, tuple[TermOfOffice, ...]]]:
    """The records behind some keys: persons and the terms served on ``day``; vanished keys are absent."""
    ids = sorted({person_id for person_id, _ in keys})
    people = {person.id: person for person in _people(store, ids)}
    terms = _serving_terms(store, ids, day)
    return {key: (people[key[0]], tuple(terms[key])) for key in keys if key in terms}


def counts_by_division(store: Store, day: date) -> dict[str, int]:
    """People serving in each division on ``day``."""
    query = f"SELECT division_code, count(DISTINCT person_id) FROM term t WHERE {SERVING} GROUP BY 1"
    return dict(store.db.conn.execute(query, {"day": day.isoformat()}).fetchall())


def head_count(store: Store, day: date) -> int:
    """People serving on ``day``, counted once wherever they serve."""
    query = f"SELECT count(DISTINCT person_id) FROM term t WHERE {SERVING}"
    return int(store.db.conn.execute(query, {"day": day.isoformat()}).fetchone()[0])


def keys_of_divisions(store: Store, codes: Iterable[str], day: date) -> list[Key]:
    """Who serves in some villages on ``day``, in the local order."""
    return roster_keys(store, Selection(on=day, divisions=frozenset(codes)))


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


def _lines(store: Store, selection: Selection, columns: str, tail: str = "") -> list[Any]:
    """Select something of a selection's lines."""
    values: dict[str, object] = {"day": selection.on.isoformat()}
    found, source, within = "", "term t", ""
    if selection.search is not None:
        found, source = _found(selection.search, values), _JOINED
    if selection.divisions is not None:
        within = _WITHIN
        values["divisions"] = _json(selection.divisions)
    conditions = [_chip(selection.chip, selection.on)]
    for number, (field, wanted) in enumerate(selection.filters):
        conditions.append(_filter(field, wanted, f"f{number}", values))
    where = f"WHERE {' AND '.join(conditions)} {tail}"
    # What nobody asks for would take half of the time.
    asked = set(re.findall(r"\b[pdsun]\.\w+", f"{columns} {where}"))
    tables = {name[0] for name in asked}
    computed = "".join(f", {sql} AS {name}" for name, sql in _COMPUTED.items() if f"s.{name}" in asked)
    joins = " ".join(
        sql for table, sql in _JOINS.items() if table in tables or (table == "d" and "u" in tables)
    )
    served = f"""
        SELECT t.person_id, t.division_code{computed}
        FROM {source} WHERE {SERVING} {within} GROUP BY t.person_id, t.division_code"""
    query = f"WITH {found} served AS ({served}) SELECT {columns} FROM served s {joins} {where}"
    return store.db.conn.execute(query, values).fetchall()


def _found(search: Search, values: dict[str, object]) -> str:
    ways = [_FOUND_BY_KEY]
    values |= {"low": search.key, "high": f"{search.key}\U0010ffff"}
    if search.divisions:
        ways.append(_FOUND_BY_DIVISION)
        values["named"] = _json(search.divisions)
    if search.posts or search.title:
        ways.append(_FOUND_BY_POST)
        values |= {"posts": _json(search.posts), "title": search.title}
    return f"found AS ({' UNION '.join(ways)}),"


def _chip(chip: str, on: date) -> str:
    missing = " OR ".join(f"p.{name} IS NULL" for name in ESSENTIAL)
    return {
        "all": "1",
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
    months = on.year * 12 + on.month - 1 + _TERM_ENDS_MONTHS
    latest = f"""
        SELECT division_code, coalesce(due, (substr(start, 1, 4) + 5) || substr(start, 5)) AS due,
            max(coalesce(start, '')) FROM committee_term
        WHERE committee = '{committee}' AND coalesce(start, '') <= '{on.isoformat()}' GROUP BY division_code"""
    return f"""(instr(',' || s.posts, ',{committee}') > 0 AND s.division_code IN (
        SELECT division_code FROM ({latest})
        WHERE substr(due || '-12', 1, 7) <= '{months // 12:04d}-{months % 12 + 1:02d}'))"""


def _filter(field: str, wanted: frozenset[object], mark: str, values: dict[str, object]) -> str:
    if field == "posts":
        held = [f"instr(s.posts, '{post}')" for post in Post if post in wanted]
        return f"({' OR '.join(held) or '0'})"
    expression = _EXPRESSIONS[field]
    values[mark] = _json(wanted - {None})
    clause = f"{expression} IN (SELECT value FROM json_each(:{mark}))"
    return f"({clause} OR {expression} IS NULL)" if None in wanted else clause


def _order(field: str, descending: bool) -> str:
    direction = "DESC" if descending else "ASC"
    first = _SORTED_BY[field] if field in _SORTED_BY else (_EXPRESSIONS[field],) if field else ()
    return ", ".join((*(f"{sql} IS NULL, {sql} {direction}" for sql in first), *_LOCAL_ORDER))
