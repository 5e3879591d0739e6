"""Roster queries: ordered keys for a grid of any size, pages of rows, counts — the SQL behind one view over two records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from desktop.models.database.store import Store
from desktop.models.domain.fields import Coded
from desktop.models.domain.months import show_month
from desktop.models.domain.names import pinyin_of, search_prefix
from desktop.models.domain.posts import REPORTED, Post, read_posts
from desktop.models.registers.person import Person
from desktop.models.registers.roster import ESSENTIAL, ROSTER, RosterQuery
from desktop.models.registers.term import TermOfOffice

Key = tuple[str, str]  # person id, division code
Record = TypeVar("Record")

_SERVING = (
    "(t.start IS NULL OR t.start <= substr(:day, 1, length(t.start)))"
    ' AND (t."end" IS NULL OR t."end" >= substr(:day, 1, length(t."end")))'
)
_SERVED = f"""
    SELECT t.person_id, t.division_code, min(t.post) AS rank,
           substr(min(CASE WHEN t.start IS NOT NULL THEN t.post || t.start END), 3) AS since,
           max(t.post = '11') AND max(t.post = '21') AS both_heads,
           max(t.post < '20') AND max(t.post BETWEEN '21' AND '23') AS crossed,
           group_concat(t.post) AS posts
    FROM term t WHERE {_SERVING} {{where}}
    GROUP BY t.person_id, t.division_code
"""
_FROM = """
    FROM served s JOIN person p ON p.id = s.person_id
    JOIN division d ON d.code = s.division_code LEFT JOIN division u ON u.code = d.parent
"""
_EXPRESSIONS = {
    "township": "u.name",
    "village": "d.code",
    "posts": "s.rank",
    "post_since": "s.since",
    "both_heads": "CASE WHEN s.both_heads THEN '是' ELSE '否' END",
    "cross": "CASE WHEN s.crossed THEN '是' ELSE '否' END",
}
_LOCAL_ORDER = "u.position, u.code, d.position, d.code, s.rank, p.id"


def _expression(field: str) -> str:
    ROSTER.field(field)  # an unknown name never reaches the SQL
    return _EXPRESSIONS.get(field, f"p.{field}")


def roster_keys(store: Store, query: RosterQuery) -> list[Key]:
    """The keys of a query's lines, in its order."""
    clauses, values = _conditions(query)
    order = _LOCAL_ORDER
    if query.sort is not None and query.sort[0] != "name":
        field, descending = query.sort
        expression = _expression(field) if field != "village" else "u.position, d.position"
        direction = "DESC" if descending else "ASC"
        terms = ", ".join(f"{part} IS NULL, {part} {direction}" for part in expression.split(", "))
        order = f"{terms}, {_LOCAL_ORDER}"
    sql = (
        f"{_with(query)} SELECT s.person_id, s.division_code, p.name {_FROM} WHERE {clauses} ORDER BY {order}"
    )
    rows = store.db.conn.execute(sql, values).fetchall()
    if query.sort is not None and query.sort[0] == "name":
        rows.sort(key=lambda row: pinyin_of(row[2]), reverse=query.sort[1])
    return [(row[0], row[1]) for row in rows]


def roster_count(store: Store, query: RosterQuery) -> int:
    """How many lines a query has."""
    clauses, values = _conditions(query)
    return int(
        store.db.conn.execute(f"{_with(query)} SELECT count(*) {_FROM} WHERE {clauses}", values).fetchone()[0]
    )


def people_and_terms(
    store: Store, keys: Sequence[Key], day: date
) -> dict[Key, tuple[Person, tuple[TermOfOffice, ...]]]:
    """The records behind some keys: persons and the terms served on ``day``; vanished keys are absent."""
    ids = sorted({person_id for person_id, _ in keys})
    people = {person.id: person for person in _people(store, ids)}
    terms = _serving_terms(store, ids, day)
    found = {}
    for key in keys:
        if key[0] in people and terms.get(key):
            found[key] = (people[key[0]], tuple(terms[key]))
    return found


def counts_by_division(store: Store, day: date) -> dict[str, int]:
    """People serving in each division on ``day``."""
    sql = f"SELECT t.division_code, count(DISTINCT t.person_id) FROM term t WHERE {_SERVING} GROUP BY t.division_code"
    return dict(store.db.conn.execute(sql, {"day": day.isoformat()}).fetchall())


def facet(store: Store, field: str, query: RosterQuery) -> list[tuple[object, int]]:
    """Stored values of a field among a query's lines, with counts; for posts each reported post once a line."""
    clauses, values = _conditions(query, leaving_out=field)
    if field == "posts":
        counts = []
        for post in (*REPORTED, Post.SUPPORTING, Post.PENDING):
            sql = f"{_with(query)} SELECT count(*) {_FROM} WHERE {clauses} AND instr(s.posts, :post)"
            number = store.db.conn.execute(sql, {**values, "post": str(post)}).fetchone()[0]
            counts.append((post, number))
        return [(post, number) for post, number in counts if number]
    expression = _expression(field)
    sql = f"{_with(query)} SELECT {expression}, count(*) {_FROM} WHERE {clauses} GROUP BY 1 ORDER BY 1"
    return [(row[0], row[1]) for row in store.db.conn.execute(sql, values).fetchall()]


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


def last_seq(store: Store) -> int:
    """The number of the last change set; 0 in a new store."""
    return int(store.db.conn.execute("SELECT coalesce(max(seq), 0) FROM change_set").fetchone()[0])


def terms_of(store: Store, person_id: str) -> list[TermOfOffice]:
    """All terms of a person, past ones too, the newest first."""
    tail = (
        "FROM term t WHERE t.person_id = ? ORDER BY t.\"end\" IS NOT NULL, coalesce(t.start, '') DESC, t.post"
    )
    return _records(store, TermOfOffice, tail, [person_id])


def _people(store: Store, values: Sequence[str], column: str = "id") -> list[Person]:
    found: list[Person] = []
    for part in _chunks(values):
        marks = ",".join("?" * len(part))
        found += _records(store, Person, f"FROM person t WHERE {column} IN ({marks})", list(part))
    return found


def _serving_terms(store: Store, ids: Sequence[str], day: date) -> dict[Key, list[TermOfOffice]]:
    found: dict[Key, list[TermOfOffice]] = defaultdict(list)
    for part in _chunks(ids):
        wanted = {"day": day.isoformat()} | {f"i{n}": person_id for n, person_id in enumerate(part)}
        marks = ",".join(f":i{n}" for n in range(len(part)))
        tail = f"FROM term t WHERE t.person_id IN ({marks}) AND {_SERVING} ORDER BY t.post, t.id"
        for term in _records(store, TermOfOffice, tail, wanted):
            found[term.person_id, term.division_code].append(term)
    return found


def _records(store: Store, record: type[Record], tail: str, values: Any) -> list[Record]:
    columns = [field.name for field in fields(record)]  # type: ignore[arg-type]  # records are dataclasses
    listed = ", ".join(f't."{column}"' for column in columns)
    rows = store.db.conn.execute(f"SELECT {listed} {tail}", values)
    return [record(**dict(zip(columns, row, strict=True))) for row in rows]


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[i : i + 5000] for i in range(0, len(values), 5000))


def _with(query: RosterQuery) -> str:
    where = (
        ""
        if query.unit is None
        else "AND t.division_code IN (SELECT code FROM division WHERE :unit IN (code, parent))"
    )
    return f"WITH served AS ({_SERVED.format(where=where)})"


def _conditions(query: RosterQuery, leaving_out: str | None = None) -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {"day": query.on.isoformat()}
    clauses = ["1"]
    if query.unit is not None:
        values["unit"] = query.unit
    if chip := _chip(query):
        clauses.append(chip)
    if query.search.strip():
        clauses.append(_search(query.search, values))
    for number, (field, shown) in enumerate(query.filters):
        if field != leaving_out:
            clauses.append(_filter(field, shown, f"f{number}_", values))
    return " AND ".join(clauses), values


def _chip(query: RosterQuery) -> str:
    day = query.on
    missing = " OR ".join(f"p.{name} IS NULL" for name in ESSENTIAL)
    return {
        "all": "",
        "secretaries": "instr(s.posts, '11')",
        "under_35": f"p.birth > '{day.year - 36:04d}-{day.month:02d}'",  # 36 is reached in the month itself
        "women": "p.sex = '2'",
        "incomplete": f"({missing} OR s.since IS NULL OR s.rank = '99')",
    }[query.chip]


def _search(text: str, values: dict[str, object]) -> str:
    prefix = search_prefix(text)
    values["low"], values["high"] = prefix, prefix + "\U0010ffff"
    ways = ["s.person_id IN (SELECT person_id FROM search_key WHERE key >= :low AND key < :high)"]
    if not prefix.isascii():
        values["like"] = f"%{prefix.replace('%', '').replace('_', '')}%"
        ways.append("d.name LIKE :like")
        ways.append(
            "EXISTS (SELECT 1 FROM term t WHERE t.person_id = s.person_id AND t.division_code = s.division_code"
            f" AND t.title LIKE :like AND {_SERVING})"
        )
        reading = read_posts(prefix)
        ways += [f"instr(s.posts, '{held.post.value}')" for held in reading.posts if not reading.problem]
    return f"({' OR '.join(ways)})"


def _filter(field: str, shown: frozenset[str], mark: str, values: dict[str, object]) -> str:
    if field == "posts":
        held = [f"instr(s.posts, '{post.value}')" for post in Post if post.label in shown]
        return f"({' OR '.join(held) or '0'})"
    stored = {value for text in shown if text for value in _stored(field, text)}
    names = {f"{mark}{n}": value for n, value in enumerate(sorted(stored))}
    values.update(names)
    expression = _expression(field)
    clause = f"{expression} IN ({','.join(f':{name}' for name in names)})"
    return f"({clause} OR {expression} IS NULL)" if "" in shown else clause


def _stored(field: str, text: str) -> list[str]:
    """The stored values that are shown as ``text``."""
    kind = ROSTER.field(field).kind
    if isinstance(kind, Coded):
        return [code for code in kind.codes.labels if kind.codes.show(code) == text] or [text]
    month = text.replace(".", "-")
    return [month] if show_month(month) == text and month != text else [text]


def keys_of_divisions(store: Store, codes: Sequence[str], day: date) -> list[Key]:
    """Who serves in some villages on ``day``, in the order of the codes and posts."""
    wanted = {"day": day.isoformat()} | {f"c{n}": code for n, code in enumerate(codes)}
    marks = ",".join(f":c{n}" for n in range(len(codes)))
    sql = (
        f"SELECT t.person_id, t.division_code FROM term t WHERE t.division_code IN ({marks}) AND {_SERVING}"
        " GROUP BY 1, 2 ORDER BY t.division_code, min(t.post), t.person_id"
    )
    return [(row[0], row[1]) for row in store.db.conn.execute(sql, wanted)]
