"""What is made from people's names: keys that find by prefix, keys that sort; kept right by every change set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set

from desktop.models.database.connection import Database
from desktop.models.database.inserting import insert_rows
from desktop.models.domain.names import pinyin_of, search_keys
from desktop.models.domain.strokes import surname_key

# Raise it when names.search_keys, readings or strokes change: each store then makes its keys anew when it is opened.
_VERSION = 2
_SETTING = "search_keys_version"
_SEARCHED = "id, name, phone, id_number"
_Searched = tuple[str, str | None, str | None]  # name, phone, identity number


def renew_search_keys(db: Database, seq: int) -> None:
    """Bring the keys of everybody whom change set ``seq`` touched up to date: those to find by, those to sort by."""
    old = _searched(db, f"SELECT {_SEARCHED} FROM person_past WHERE to_seq = ?", seq)
    new = _searched(db, f"SELECT {_SEARCHED} FROM person WHERE seq = ?", seq)
    gone, came = [], {person: _keys(row) for person, row in new.items() if person not in old}
    for person, row in old.items():
        if row != new.get(person):
            # What was there is computed again, not looked up: an index by person would double the table.
            before, after = _keys(row), _keys(new.get(person))
            gone += [(key, person) for key in before - after]
            came[person] = after - before
    db.conn.executemany("DELETE FROM search_key WHERE key = ? AND person_id = ?", gone)
    _insert(db, came)
    _renew_order(db, old, new)


def make_search_keys_if_outdated(db: Database) -> None:
    """Make all keys anew where they were made by another version of the program."""
    made_by = db.execute("SELECT value FROM setting WHERE key = ?", [_SETTING]).fetchone()
    if made_by == (str(_VERSION),):
        return
    with db.atomic():
        db.execute("DELETE FROM search_key")
        people = _searched(db, f"SELECT {_SEARCHED} FROM person")
        _insert(db, {person: _keys(row) for person, row in people.items()})
        db.execute("DELETE FROM name_order")
        _renew_order(db, {}, people)
        db.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [_SETTING, str(_VERSION)])


def _searched(db: Database, query: str, *parameters: int) -> dict[str, _Searched]:
    rows = db.conn.execute(query, parameters)
    return {person: (name, phone, id_number) for person, name, phone, id_number in rows}


def _keys(row: _Searched | None) -> set[str]:
    return search_keys(*row) if row else set()


def _insert(db: Database, keys: Mapping[str, Set[str]]) -> None:
    """Insert what finds each person, in the order of the table, which spares SQLite the search for each place."""
    people: dict[str, list[str]] = defaultdict(list)
    for person, some in keys.items():
        for key in some:
            people[key].append(person)
    pairs: list[str] = []
    append = pairs.append
    for key in sorted(people):
        for person in people[key]:
            append(key)
            append(person)
    insert_rows(db, "INSERT OR IGNORE INTO search_key", 2, pairs)


def _renew_order(db: Database, old: Mapping[str, _Searched], new: Mapping[str, _Searched]) -> None:
    renamed = {person: row[0] for person, row in new.items() if person not in old or old[person][0] != row[0]}
    db.conn.executemany("DELETE FROM name_order WHERE person_id = ?", [(p,) for p in old if p not in new])
    orders = [text for person in sorted(renamed) for text in (person, *order_keys(renamed[person]))]
    insert_rows(db, "INSERT OR REPLACE INTO name_order", 3, orders)


def order_keys(name: str) -> tuple[str, str]:
    """What a name is sorted by: strokes, surname first (姓氏笔画), and pinyin; each compares as text."""
    return surname_key(name), " ".join(pinyin_of(name))
