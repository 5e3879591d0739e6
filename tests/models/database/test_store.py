"""Opening, refusing and changing a store."""

from __future__ import annotations

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from desktop.models.database import checking
from desktop.models.database import store as store_module
from desktop.models.database.checking import NewerStoreError
from desktop.models.database.connection import Database, StoreKey, connect
from desktop.models.database.history import History
from desktop.models.database.layout import BACKUPS_NAME, KEY_FILE_NAME, STORE_NAME
from desktop.models.database.lock import AlreadyOpenError
from desktop.models.database.migrations import KNOWN_MIGRATIONS, migrations
from desktop.models.database.records import Records
from desktop.models.database.store import MissingStoreError, Store, create_store, open_store
from desktop.models.database.trouble import DamagedStoreError, ForeignStoreError, StoreBusyError
from desktop.models.registers.person import Person
from tests.models.database.builders import KEY, person
from tests.models.database.killing import killed_at


def pragma(db: Database, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_store_is_unreadable_without_its_key(path: Path) -> None:
    data = path.read_bytes()

    assert b"SQLite format" not in data
    assert b"person" not in data
    assert data[:16] == KEY.salt


def test_every_connection_has_the_pragmas_that_keep_acknowledged_changes(store: Store) -> None:
    with store.reopen() as second:
        for db in (store.db, second.db):
            assert pragma(db, "journal_mode") == "wal"
            assert pragma(db, "synchronous") == 2
            assert pragma(db, "foreign_keys") == 1
            assert pragma(db, "recursive_triggers") == 1
            assert pragma(db, "trusted_schema") == 0
            assert pragma(db, "cell_size_check") == 1
            assert pragma(db, "application_id") == 0x5459545A
            assert pragma(db, "user_version") == len(KNOWN_MIGRATIONS)


def test_a_new_store_is_not_made_over_another(path: Path) -> None:
    with pytest.raises(FileExistsError):
        create_store(path, KEY)


def test_a_making_that_was_cut_short_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / f"{STORE_NAME}.making").write_bytes(b"half")

    with create_store(tmp_path / STORE_NAME, KEY) as store:
        assert store.db.table("person").count == 0


def test_a_missing_store_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(MissingStoreError, match="从备份恢复"):
        open_store(tmp_path / STORE_NAME, KEY)


def test_another_key_is_told_from_damage(path: Path) -> None:
    with pytest.raises(ForeignStoreError, match="不是这份数据的数据库"):
        open_store(path, StoreKey(bytes(48)))


def test_a_plain_sqlite_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / STORE_NAME
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE person (id)")
    plain.close()

    with pytest.raises(ForeignStoreError):
        open_store(path, KEY)


def test_an_encrypted_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / STORE_NAME
    db = connect(path, KEY)
    db.execute("CREATE TABLE person (id)")
    db.close()

    with pytest.raises(ForeignStoreError):
        open_store(path, KEY)


def test_a_file_with_unknown_migrations_is_refused_and_left_alone(path: Path) -> None:
    db = connect(path, KEY)
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('touyan', '9999', '')"
    )
    db.close()
    before = path.read_bytes()

    with pytest.raises(NewerStoreError, match="先升级"):
        open_store(path, KEY)

    assert path.read_bytes() == before


@pytest.fixture
def nickname(monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration of the day after tomorrow."""
    name = "9999_nickname"
    monkeypatch.setattr(migrations, "_migrations", migrations._migrations[:])
    monkeypatch.setattr(checking, "KNOWN_MIGRATIONS", KNOWN_MIGRATIONS | {name})

    @migrations(name=name)
    def _9999_nickname(db: Database) -> None:
        for table in ("person", "person_past"):
            db.execute(f"ALTER TABLE {table} ADD COLUMN nickname TEXT")


@pytest.mark.usefixtures("nickname")
def test_pending_migrations_run_after_a_copy_was_kept(path: Path) -> None:
    (path.parent / KEY_FILE_NAME).write_bytes(b"the key file")

    with open_store(path, KEY) as store:
        with store.change("加人"):
            store.db.execute(
                "INSERT INTO person (id, name, nickname, seq) SELECT 'p', '张三', '三儿', seq FROM open_change"
            )
        with store.change("改小名"):
            store.db.execute("UPDATE person SET nickname = '老三', seq = (SELECT seq FROM open_change)")
        fields = History(store).changes_of("person", "p")[0].fields
    (kept,) = (path.parent / BACKUPS_NAME).iterdir()

    assert fields == {"nickname": ("三儿", "老三")}
    assert re.fullmatch(r"before-upgrade-\d{8}-\d{6}", kept.name)
    assert (kept / KEY_FILE_NAME).read_bytes() == b"the key file"
    assert "nickname" not in connect(kept / STORE_NAME, KEY).table("person").columns_dict


@pytest.mark.usefixtures("nickname")
def test_a_migration_killed_anywhere_is_whole_or_undone(made_store: Path, tmp_path: Path) -> None:
    line = 0
    path = Path(shutil.copy(made_store, tmp_path / STORE_NAME))
    while killed_at(line := line + 1, store_module, lambda: open_store(path, KEY)):
        open_store(path, KEY).close()
        shutil.copy(made_store, path)
    assert line > 20


def test_a_lost_history_trigger_is_noticed_at_opening(path: Path) -> None:
    db = connect(path, KEY)
    db.execute("DROP TRIGGER person_history_update")
    db.close()

    with pytest.raises(AssertionError, match="person_history_update"):
        open_store(path, KEY)


def test_a_data_folder_is_open_once(path: Path, store: Store) -> None:
    with pytest.raises(AlreadyOpenError, match="已在另一个窗口打开"):
        open_store(path, KEY)

    store.close()
    open_store(path, KEY).close()


def test_a_refused_opening_lets_the_folder_go(path: Path) -> None:
    with pytest.raises(ForeignStoreError):
        open_store(path, StoreKey(bytes(48)))

    open_store(path, KEY).close()


def test_closing_leaves_one_file(path: Path) -> None:
    with open_store(path, KEY) as store, store.change("加人"):
        Records(store).insert_many([person("p")])

    assert not list(path.parent.glob(f"{STORE_NAME}-*"))


def test_a_second_connection_sees_what_was_committed(store: Store, records: Records) -> None:
    with store.reopen() as second:
        with store.change("加人"):
            records.insert_many([person("p")])
            assert Records(second).select(Person) == []

        assert Records(second).get(Person, "p") == person("p")


def test_two_connections_do_not_write_at_once(
    store: Store, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.models.database.connection._WAIT_SECONDS", 0)
    with store.reopen() as second, store.change("加人"), pytest.raises(StoreBusyError), second.change("也加"):
        pass


def test_an_error_rolls_the_whole_change_back(store: Store, records: Records, history: History) -> None:
    def fail() -> None:
        with store.change("加人"):
            records.insert_many([person("p")])
            records.update(Person, "nobody", name="李")

    with pytest.raises(LookupError):
        fail()

    assert records.select(Person) == []
    assert [change.why for change in history.changes()] == ["建立数据"]
    with store.change("再加"):
        records.insert_many([person("p")])


def test_change_sets_do_not_nest(store: Store) -> None:
    with store.change("外"), pytest.raises(RuntimeError), store.change("内"):
        pass


def test_a_flipped_bit_is_noticed_at_opening(path: Path) -> None:
    whole = path.read_bytes()
    for place in range(100, len(whole), 4099):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])

        with pytest.raises(DamagedStoreError, match="已损坏"):
            open_store(path, KEY)


def test_a_torn_salt_does_not_lose_the_file(path: Path) -> None:
    path.write_bytes(bytes(16) + path.read_bytes()[16:])

    with open_store(path, KEY) as store:
        assert store.db.table("division").count == 2


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.999])
def test_a_cut_off_file_is_noticed_at_opening(path: Path, share: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises((DamagedStoreError, ForeignStoreError)):
        open_store(path, KEY)


def test_a_torn_log_gives_back_a_committed_state(path: Path) -> None:
    log = path.with_name(f"{STORE_NAME}-wal")
    torn = path.parent / "torn"
    torn.mkdir()
    with open_store(path, KEY) as store:
        for number in range(5):
            with store.change("加两人"):
                Records(store).insert_many([person(f"a{number}"), person(f"b{number}")])
        data, frames = path.read_bytes(), log.read_bytes()

    for length in range(0, len(frames), len(frames) // 20):
        (torn / STORE_NAME).write_bytes(data)
        (torn / log.name).write_bytes(frames[:length])
        with open_store(torn / STORE_NAME, KEY) as store:
            people = store.db.table("person").count
            assert people == 2 * (store.db.table("change_set").count - 1)
        shutil.rmtree(torn / BACKUPS_NAME, ignore_errors=True)
