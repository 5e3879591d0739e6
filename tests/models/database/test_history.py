"""What change sets did, what the records said then, undo and redo."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.models.database.history import (
    AlreadyUndoneError,
    ChangeSet,
    History,
    RowRef,
    UndoRefusedError,
)
from desktop.models.database.records import Records
from desktop.models.database.store import ChangeKind, Store
from desktop.models.database.triggers import TRACKED
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from tests.models.database.builders import (
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


@pytest.fixture
def appointed(store: Store, records: Records) -> int:
    """A person with a post."""
    with store.change("任职", source="花名册.xlsx") as seq:
        records.insert_many([person("p", phone="13812345678")])
        records.insert_many([term("t", "p", start="2021-11")])
    return seq


def rename(store: Store, records: Records, name: str) -> int:
    with store.change(f"改名{name}") as seq:
        records.update(Person, "p", name=name)
    return seq


def test_a_change_set_says_who_when_why_and_from_what(store: Store, history: History, appointed: int) -> None:
    change = history.change(appointed)

    assert (change.operator, change.why, change.source) == ("韩梅梅", "任职", "花名册.xlsx")
    assert (change.kind, change.target) == (ChangeKind.DO, None)
    assert abs(datetime.now().astimezone() - change.at) < timedelta(minutes=5)


def test_changes_come_by_pages_the_newest_first(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    for name in "甲乙丙":
        rename(store, records, name)

    def whys(changes: list[ChangeSet]) -> list[str]:
        return [change.why for change in changes]

    first = history.changes(2)
    assert whys(first) == ["改名丙", "改名乙"]
    assert whys(history.changes(3, before_seq=first[-1].seq)) == ["改名甲", "任职", "建立数据"]


def test_a_change_set_tells_each_row_and_field(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    with store.change("改两处") as seq:
        records.update(Person, "p", name="张建军", phone=None)
        records.update(TermOfOffice, "t", end="2026-11")

    rows = {row.table: row.fields for row in history.rows_of(seq)}
    assert rows == {
        "person": {"name": ("张建国", "张建军"), "phone": ("13812345678", None)},
        "term": {"end": (None, "2026-11")},
    }
    added = {row.table: row for row in history.rows_of(appointed)}
    assert added["term"].before is None
    assert added["person"].fields["name"] == (None, "张建国")


def test_several_writes_of_a_row_are_one_change(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    with store.change("来回改") as seq:
        for name in ("甲", "乙", "丙"):
            records.update(Person, "p", name=name)

    (row,) = history.rows_of(seq)
    assert row.fields == {"name": ("张建国", "丙")}


@pytest.mark.parametrize("way", ["there and back", "removed and added", "added and removed"])
def test_what_changes_nothing_in_the_end_leaves_no_change_set(
    store: Store, records: Records, history: History, appointed: int, way: str
) -> None:
    before, keys = content(store), stored_search_keys(store)
    with store.change("白忙"):
        match way:
            case "there and back":
                records.update(Person, "p", name="李")
                records.update(Person, "p", name="张建国")
            case "removed and added":
                records.delete(TermOfOffice, ["t"])
                records.insert_many([term("t", "p", start="2021-11")])
            case "added and removed":
                records.insert_many([person("q")])
                records.delete(Person, ["q"])

    assert history.changes()[0].seq == appointed
    assert content(store) == before
    assert stored_search_keys(store) == keys
    history.undo(appointed)
    assert records.select(Person) == []


def test_the_past_of_a_person_holds_removed_terms_too(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    with store.change("删错了的任职"):
        records.delete(TermOfOffice, ["t"])
    rename(store, records, "张建军")

    past = history.changes_of_person("p")

    assert [(row.change.why, row.table) for row in past] == [
        ("改名张建军", "person"),
        ("删错了的任职", "term"),
        ("任职", "person"),
        ("任职", "term"),
    ]
    assert past[1].after is None
    assert [row.change.why for row in history.changes_of("person", "p")] == ["改名张建军", "任职"]


def test_the_state_at_a_change_set_is_what_was_recorded_then(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    renamed = rename(store, records, "张建军")
    with store.change("删除") as removed:
        records.delete(TermOfOffice, ["t"])
        records.delete(Person, ["p"])

    def names(seq: int) -> list[str]:
        return [row["name"] for row in history.state_at("person", seq)]

    assert [names(seq) for seq in (1, appointed, renamed, removed)] == [[], ["张建国"], ["张建军"], []]
    assert [row["post"] for row in history.state_at("term", renamed)] == ["13"]


def test_a_moment_finds_the_change_set_before_it(store: Store, history: History, appointed: int) -> None:
    now = datetime.now().astimezone()

    assert history.seq_at(now + timedelta(minutes=5)) == appointed
    assert history.seq_at(now - timedelta(days=400)) == 0


def test_undo_and_redo_go_back_and_forth(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    rename(store, records, "甲")
    rename(store, records, "乙")

    names = []
    for step in (undo_last, undo_last, redo_last, redo_last):
        step(history)
        names.append(records.get(Person, "p").name)

    assert names == ["甲", "张建国", "甲", "乙"]
    assert [change.why for change in history.changes(4)] == [
        "重做：改名乙",
        "重做：改名甲",
        "撤销：改名甲",
        "撤销：改名乙",
    ]
    assert history.next_redo() is None


def test_undo_ends_at_the_beginning(store: Store, history: History, appointed: int) -> None:
    undo_last(history)
    undo_last(history)  # the divisions

    assert history.next_undo() is None


def test_a_new_change_ends_redoing(store: Store, records: Records, history: History, appointed: int) -> None:
    rename(store, records, "甲")
    undo_last(history)
    rename(store, records, "乙")

    assert history.next_redo() is None
    undo_last(history)
    assert records.get(Person, "p").name == "张建国"
    undo_last(history)
    assert records.select(Person) == []


def test_an_older_change_is_undone_alone(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    phone = rename(store, records, "甲")
    with store.change("加人"):
        records.insert_many([person("q")])

    history.undo(phone)

    assert [p.name for p in records.select(Person)] == ["张建国", "张建国"]
    assert history.next_redo() is None
    undo_last(history)  # takes the undoing back, as it takes back any other change
    assert records.get(Person, "p").name == "甲"


def test_undoing_the_last_change_by_its_number_is_undoing_the_last(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    history.undo(rename(store, records, "甲"))

    redo_last(history)

    assert records.get(Person, "p").name == "甲"


def test_rows_that_moved_on_are_named_and_nothing_is_written(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    renamed = rename(store, records, "甲")
    rename(store, records, "乙")
    before = content(store)

    with pytest.raises(UndoRefusedError, match="“改名甲”：其中 1 条记录") as refusal:
        history.undo(renamed)

    assert refusal.value.rows == (RowRef("person", "p"),)
    assert content(store) == before
    assert history.changes()[0].why == "改名乙"


def test_a_row_that_others_have_come_to_need_stays(store: Store, records: Records, history: History) -> None:
    with store.change("加人") as added:
        records.insert_many([person("p")])
    with store.change("任职"):
        records.insert_many([term("t", "p")])

    with pytest.raises(UndoRefusedError) as refusal:
        history.undo(added)

    assert refusal.value.rows == (RowRef("term", "t"),)
    assert records.get(Person, "p") == person("p")


def test_a_row_whose_parent_is_gone_does_not_come_back(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    with store.change("删任职") as removed:
        records.delete(TermOfOffice, ["t"])
    with store.change("删人"):
        records.delete(Person, ["p"])

    with pytest.raises(UndoRefusedError) as refusal:
        history.undo(removed)

    assert refusal.value.rows == (RowRef("term", "t"),)
    assert records.select(TermOfOffice) == []


def test_undoing_twice_is_said_so(store: Store, records: Records, history: History, appointed: int) -> None:
    renamed = rename(store, records, "甲")
    history.undo(renamed)

    with pytest.raises(AlreadyUndoneError, match="已经撤销过"):
        history.undo(renamed)
    history.redo(renamed)
    with pytest.raises(AlreadyUndoneError, match="已经重做过"):
        history.redo(renamed)


def test_undo_keeps_the_search_keys_right(
    store: Store, records: Records, history: History, appointed: int
) -> None:
    rename(store, records, "单雄信")

    for step in (undo_last, undo_last, redo_last, redo_last):
        step(history)
        assert stored_search_keys(store) == fresh_search_keys(store)
        assert stored_orders(store) == fresh_orders(store)


def test_asking_for_a_change_set_that_is_not_there(history: History) -> None:
    with pytest.raises(LookupError):
        history.undo(99)


def test_undoing_asks_the_indexes(store: Store, history: History, appointed: int) -> None:
    """Its cost must not grow with what is stored."""
    statements: list[str] = []
    store.db.conn.set_trace_callback(statements.append)
    undo_last(history)
    history.changes_of_person("p")
    history.next_undo()
    history.next_redo()
    store.db.conn.set_trace_callback(None)

    stored = [table for name in TRACKED for table in (name, f"{name}_past")]
    whole = {f"SCAN {name}" for name in (*stored, "c", "p")}  # the last two are what the queries call them
    for statement in statements:
        if statement.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE") and "NEW." not in statement:
            plan = {row[3] for row in store.db.conn.execute(f"EXPLAIN QUERY PLAN {statement}")}
            assert not plan & whole, statement
