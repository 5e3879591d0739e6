"""Power cuts and full disks in the middle of a change."""

from __future__ import annotations

import os
import select
import signal
from pathlib import Path

import pytest

from desktop.models.database import records as records_module
from desktop.models.database import search_keys
from desktop.models.database import store as store_module
from desktop.models.database.history import History
from desktop.models.database.records import Records
from desktop.models.database.store import open_store
from desktop.models.database.trouble import StoreFullError
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from tests.models.database.builders import (
    KEY,
    content,
    fresh_search_keys,
    person,
    stored_search_keys,
    term,
    undo_last,
)
from tests.models.database.killing import in_child, killed_at


@pytest.mark.parametrize("module", [store_module, records_module, search_keys])
def test_a_process_killed_in_a_change_leaves_the_old_or_the_new_state(path: Path, module: object) -> None:
    def change() -> None:
        with open_store(path, KEY) as store, store.change("任职"):
            records = Records(store)
            records.insert_many([person(f"p{n}") for n in range(3)])
            records.update(Person, "p1", name="单雄信")
            records.insert_many([term("t", "p0")])

    line, states = 0, set()
    with open_store(path, KEY) as store:
        people = store.db.table("person").count
    while killed_at(line := line + 3, module, change):
        with open_store(path, KEY) as store:
            people = store.db.table("person").count
            assert (people, store.db.table("term").count) in {(0, 0), (3, 1)}
            assert store.db.table("open_change").count == 0
            assert stored_search_keys(store) == fresh_search_keys(store)
            states.add(people)
            if people:
                undo_last(History(store))
    assert 0 in states
    assert line > 10


def test_acknowledged_changes_survive_a_kill(path: Path) -> None:
    """The child tells of each change set once it is committed, and is killed while it goes on."""
    reading, writing = os.pipe()

    def change_on_and_on() -> None:
        with open_store(path, KEY) as store:
            for number in range(100_000):
                with store.change("加人"):
                    Records(store).insert_many([person(f"{number}-{half}") for half in "ab"])
                os.write(writing, b".")

    child = os.fork()
    if child == 0:
        try:
            change_on_and_on()
        finally:
            os._exit(1)
    acknowledged = sum(len(os.read(reading, 1)) for _ in range(200))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.set_blocking(reading, False)
    acknowledged += len(os.read(reading, 1 << 16)) if _is_readable(reading) else 0

    with open_store(path, KEY) as store:
        people = store.db.table("person").count
        assert people % 2 == 0
        assert acknowledged <= people // 2 <= acknowledged + 1


def test_a_full_disk_leaves_the_old_state_and_says_so(path: Path) -> None:
    resource = pytest.importorskip("resource")

    def fill() -> None:
        with open_store(path, KEY) as store:
            before = content(store)
            resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, 800_000))
            people = [person(str(n), remarks="备注" * 400) for n in range(3000)]
            with pytest.raises(StoreFullError, match="磁盘空间不足"), store.change("导入"):
                Records(store).insert_many(people)
            assert content(store) == before
            with store.change("还能用"):
                Records(store).insert_many([person("p")])

    assert in_child(fill) == 0
    with open_store(path, KEY) as store:
        assert [p.id for p in Records(store).select(Person)] == ["p"]
        assert Records(store).select(TermOfOffice) == []


def _is_readable(handle: int) -> bool:
    return bool(select.select([handle], [], [], 0)[0])
