"""Whatever is done: undoing all gives the start, redoing all gives the end, and every state in between is on record."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.database.history import History
from desktop.models.database.layout import STORE_NAME
from desktop.models.database.records import Records
from desktop.models.database.store import Store, open_store
from desktop.models.errors import DesktopError
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from tests.models.database.builders import (
    KEY,
    content,
    fresh_orders,
    fresh_search_keys,
    person,
    redo_last,
    stored_orders,
    stored_search_keys,
    term,
    undo_last,
)

_NAMES = st.sampled_from(["张建国", "单雄信", "尉迟敬德", "曾𠮷"])
_PHONES = st.sampled_from([None, "13800000001", "13800000002"])
_IDS = st.integers(0, 4)

_WRITES = st.one_of(
    st.tuples(st.just("write person"), _IDS, _NAMES, _PHONES),
    st.tuples(st.just("remove person"), _IDS),
    st.tuples(st.just("write term"), _IDS, _IDS, st.sampled_from(["11", "21", "90"])),
    st.tuples(st.just("remove term"), _IDS),
)
_ACTIONS = st.one_of(
    st.lists(_WRITES, min_size=1, max_size=6),  # one change set
    st.sampled_from(["undo last", "redo last"]),
    st.tuples(st.sampled_from(["undo", "redo"]), st.integers(2, 30)),
)


def write(records: Records, what: str, number: int, *values: object) -> None:
    """Make or change a record, or remove it with what refers to it."""
    people = {p.id for p in records.select(Person)}
    terms = {t.id: t.person_id for t in records.select(TermOfOffice)}
    key = f"{what.split()[1]}-{number}"
    match what:
        case "write person":
            name, phone = values
            if key in people:
                records.update(Person, key, name=name, phone=phone)
            else:
                records.insert_many([person(key, str(name), phone=phone)])
        case "remove person":
            records.delete(TermOfOffice, [term_id for term_id, owner in terms.items() if owner == key])
            records.delete(Person, [key])
        case "write term":
            owner, post = f"person-{values[0]}", values[1]
            if key in terms:
                records.update(TermOfOffice, key, post=post)
            elif owner in people:
                records.insert_many([term(key, owner, post=post)])
        case "remove term":
            records.delete(TermOfOffice, [key])


def act(store: Store, action: object) -> None:
    records, history = Records(store), History(store)
    before = content(store)
    try:
        match action:
            case "undo last" if history.next_undo() != 1:  # the divisions stay
                undo_last(history)
            case "redo last" if history.next_redo() is not None:
                redo_last(history)
            case ("undo" | "redo" as way, int(seq)):
                (history.undo if way == "undo" else history.redo)(seq)
            case list(writes):
                with store.change("改"):
                    for one in writes:
                        write(records, *one)
    except (DesktopError, LookupError):
        assert content(store) == before


@given(actions=st.lists(_ACTIONS, min_size=1, max_size=12))
def test_any_sequence_can_be_undone_and_redone(made_store: Path, actions: list[object]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(shutil.copy(made_store, Path(folder) / STORE_NAME)), KEY) as store,
    ):
        history = History(store)
        start, states = content(store), {}
        for action in actions:
            act(store, action)
            assert stored_search_keys(store) == fresh_search_keys(store)
            assert stored_orders(store) == fresh_orders(store)
            states[history.changes()[0].seq] = history_content(store)
        end, turns = content(store), 0

        for seq, state in states.items():
            assert recorded(history, seq) == state
        while history.next_undo() != 1:
            undo_last(history)
            turns += 1
        assert content(store) == start
        for _ in range(turns):
            redo_last(history)
        assert content(store) == end
        assert stored_search_keys(store) == fresh_search_keys(store)
        assert stored_orders(store) == fresh_orders(store)


def history_content(store: Store) -> dict[str, list[object]]:
    return {
        "person": list(Records(store).select(Person)),
        "term": list(Records(store).select(TermOfOffice)),
    }


def recorded(history: History, seq: int) -> dict[str, list[object]]:
    return {
        "person": [Person(**row) for row in history.state_at("person", seq)],
        "term": [TermOfOffice(**row) for row in history.state_at("term", seq)],
    }
