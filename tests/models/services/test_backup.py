"""Backing up and restoring an office's data, with what goes wrong in offices."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.models.database.archive import ArchiveError
from desktop.models.database.connection import StoreKey
from desktop.models.database.keys import (
    KeyFile,
    create_keys,
    read_key_file,
    set_password,
    unlock,
    write_key_file,
)
from desktop.models.database.layout import BACKUPS_NAME, KEY_FILE_NAME, STORE_NAME
from desktop.models.database.lock import AlreadyOpenError
from desktop.models.database.records import Records
from desktop.models.database.store import Store, create_store, open_store
from desktop.models.registers.person import Person
from desktop.models.services.backup import (
    LAST_SEQ,
    BackupPasswordError,
    BackupService,
    RestoreRefusedError,
    restore,
)
from desktop.models.services.settings import SettingsService
from tests.models.database.killing import in_child

PASSWORD = "石桥村的桂花 2026"
OTHER_PASSWORD = "换一句话来当密码"
Keys = tuple[StoreKey, KeyFile, str]


@pytest.fixture(scope="module")
def keys() -> Keys:
    return create_keys(PASSWORD)


@pytest.fixture(scope="module")
def made(keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed data folder."""
    folder = tmp_path_factory.mktemp("made")
    write_key_file(folder / KEY_FILE_NAME, keys[1])
    create_store(folder / STORE_NAME, keys[0]).close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "数据"))


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """The backup disk."""
    disk = tmp_path / "备份盘"
    disk.mkdir()
    return disk


@pytest.fixture
def store(folder: Path, keys: Keys) -> Iterator[Store]:
    with open_store(folder / STORE_NAME, keys[0]) as store:
        add(store, "张建国")
        yield store


@pytest.fixture
def backups(folder: Path, disk: Path, store: Store) -> BackupService:
    settings = SettingsService(store)
    settings.backup_folder = disk
    return BackupService(folder, store, settings)


def add(store: Store, name: str) -> None:
    with store.change(f"新增{name}"):
        Records(store).insert_many([Person(id=name, name=name)])


def names_in(folder: Path, password: str = PASSWORD) -> list[str]:
    """Open a data folder as the program does, and read it."""
    key = unlock(read_key_file(folder / KEY_FILE_NAME), password)
    with open_store(folder / STORE_NAME, key) as store:
        return [person.name for person in Records(store).select(Person)]


def backed_up(backups: BackupService) -> Path:
    result = backups.backup_now("手动")
    assert result.path
    return result.path


def test_a_backup_goes_to_the_backup_folder_and_says_so(backups: BackupService, disk: Path) -> None:
    result = backups.backup_now("导入前")

    assert result.in_place
    assert list(disk.iterdir()) == [result.path]
    assert str(result.path) in result.words
    (info,) = backups.all()
    assert (info.path, info.reason, info.ok) == (result.path, "导入前", True)
    assert info.counts
    assert (info.counts.people, info.counts.changes) == (1, 1)
    assert info.size == info.path.stat().st_size
    assert abs(datetime.now().astimezone() - info.made_at) < timedelta(minutes=5)


def test_a_backup_leaves_nothing_else_behind(backups: BackupService, folder: Path, disk: Path) -> None:
    before = {path.name for path in folder.rglob("*")}

    backups.backup_now("手动")

    assert {path.name for path in folder.rglob("*")} == before | {BACKUPS_NAME}
    assert len(list(disk.iterdir())) == 1


def test_a_backup_holds_nothing_readable(backups: BackupService) -> None:
    data = backed_up(backups).read_bytes()

    assert "张建国".encode() not in data
    assert b"SQLite format" not in data


def test_without_a_backup_folder_the_data_folder_takes_it(
    backups: BackupService, store: Store, folder: Path
) -> None:
    SettingsService(store).backup_folder = None

    result = backups.backup_now("手动")

    assert result.in_place
    assert result.path
    assert result.path.parent == folder / BACKUPS_NAME


def test_a_backup_disk_that_is_not_there_is_said_so_and_the_backup_kept_locally(
    backups: BackupService, store: Store, folder: Path, disk: Path
) -> None:
    disk.rmdir()

    result = backups.backup_now("关闭时")

    assert not result.in_place
    assert result.path
    assert result.path.parent == folder / BACKUPS_NAME
    assert f"备份文件夹“{disk}”不在" in result.words
    assert not disk.exists()
    assert SettingsService(store).get(LAST_SEQ) is None  # so that the next closing tries again
    assert [info.path for info in backups.all()] == [result.path]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that takes no file")
def test_a_backup_disk_that_cannot_be_written_is_as_good_as_absent(
    backups: BackupService, store: Store, folder: Path
) -> None:
    SettingsService(store).backup_folder = Path("/proc")

    result = backups.backup_now("关闭时")

    assert not result.in_place
    assert result.path
    assert result.path.parent == folder / BACKUPS_NAME


def test_a_full_disk_is_said_so_and_leaves_no_half_backup(folder: Path, keys: Keys) -> None:
    resource = pytest.importorskip("resource")

    def fill() -> None:
        with open_store(folder / STORE_NAME, keys[0]) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
            result = BackupService(folder, store, SettingsService(store)).backup_now("手动")
            assert result.path is None
            assert not result.in_place
            assert result.words.startswith("没有备份成：")
            assert "磁盘" in result.words

    assert in_child(fill) == 0
    assert not list((folder / BACKUPS_NAME).glob("*")) if (folder / BACKUPS_NAME).exists() else True
    assert not list((folder / "temporary").iterdir())


def test_a_damaged_store_is_not_backed_up_as_if_whole(
    backups: BackupService, folder: Path, store: Store
) -> None:
    store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.db.execute("PRAGMA shrink_memory")
    path = folder / STORE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + bytes(4096) + whole[12288:])

    with store.reopen() as other:
        result = BackupService(folder, other, SettingsService(store)).backup_now("手动")

    assert result.path is None
    assert "已损坏" in result.words


def test_the_setting_says_which_change_set_the_backup_reaches(backups: BackupService, store: Store) -> None:
    add(store, "李雷")
    backups.backup_now("手动")

    assert SettingsService(store).get(LAST_SEQ) == 2


def test_old_backups_of_ours_go_and_others_stay(backups: BackupService, disk: Path, keys: Keys) -> None:
    ours = backed_up(backups)
    for day in range(1, 21):
        shutil.copy(ours, disk / f"touyan-202610{day:02d}-080000.tybak")
    foreign = disk / "touyan-20200101-080000.tybak"
    foreign.write_bytes(b"not ours")
    document = disk / "花名册.xlsx"
    document.touch()

    newest = backed_up(backups)

    left = {path.name for path in disk.iterdir()}
    assert {newest.name, ours.name, foreign.name, document.name} <= left
    october = sorted(name for name in left if "-202610" in name)
    assert october == [f"touyan-202610{day:02d}-080000.tybak" for day in range(8, 21)]
    assert {info.path.name: info.ok for info in backups.all()}[foreign.name] is False


def test_a_clock_that_was_wrong_does_not_cost_the_backup_just_made(
    backups: BackupService, disk: Path
) -> None:
    ours = backed_up(backups)
    for day in range(1, 29):
        for month in range(1, 13):
            shutil.copy(ours, disk / f"touyan-2031{month:02d}{day:02d}-080000.tybak")

    assert backed_up(backups).exists()


def test_leftovers_of_a_killed_backup_go_after_a_day(
    backups: BackupService, folder: Path, disk: Path
) -> None:
    old, fresh = disk / "touyan-20261101-080000.tybak.partial", disk / "touyan-20261102-080000.tybak.partial"
    left = folder / "temporary" / "backup-abc"
    left.mkdir()
    (left / STORE_NAME).touch()
    old.touch()
    fresh.touch()
    for path in (old, left):
        os.utime(path, (0, 0))

    backups.backup_now("手动")

    assert not old.exists()
    assert not left.exists()
    assert fresh.exists()


def test_restoring_brings_the_state_back_and_keeps_the_present_one(
    backups: BackupService, store: Store, folder: Path
) -> None:
    file = backed_up(backups)
    add(store, "李雷")
    store.close()

    result = restore(file, folder, PASSWORD)

    assert names_in(folder) == ["张建国"]
    assert result.counts.people == 1
    assert result.aside
    assert names_in(result.aside) == ["张建国", "李雷"]
    assert not result.other_password
    assert str(result.aside) in result.words


def test_what_was_set_aside_can_be_restored_too(
    backups: BackupService, store: Store, folder: Path, keys: Keys
) -> None:
    file = backed_up(backups)
    add(store, "李雷")
    store.close()
    aside = restore(file, folder, PASSWORD).aside
    assert aside
    with open_store(folder / STORE_NAME, keys[0]) as reopened:
        listed = BackupService(folder, reopened, SettingsService(reopened)).all()

    restore(aside, folder, PASSWORD)

    assert names_in(folder) == ["张建国", "李雷"]
    assert "恢复前留存" in [info.reason for info in listed if info.path == aside]


def test_a_backup_is_restored_on_another_pc(
    backups: BackupService, store: Store, tmp_path: Path, keys: Keys
) -> None:
    file = backed_up(backups)

    for place, secret in (("甲", PASSWORD), ("乙", keys[2].lower())):
        result = restore(file, tmp_path / "另一台" / place, secret)
        assert names_in(tmp_path / "另一台" / place) == ["张建国"]
        assert result.aside is None
        assert not result.other_password


@pytest.mark.parametrize(("given", "its_own"), [(OTHER_PASSWORD, False), (PASSWORD, True)])
def test_after_a_change_of_password_the_present_one_restores_an_older_backup_and_so_does_its_own(
    backups: BackupService, store: Store, folder: Path, keys: Keys, given: str, its_own: bool
) -> None:
    file = backed_up(backups)
    store.close()
    write_key_file(folder / KEY_FILE_NAME, set_password(keys[1], keys[0], OTHER_PASSWORD))

    result = restore(file, folder, given)

    assert names_in(folder, given) == ["张建国"]
    assert result.other_password is its_own
    assert ("做备份时的密码" in result.words) is its_own


def test_a_backup_of_another_office_brings_its_password(
    backups: BackupService, store: Store, tmp_path: Path
) -> None:
    file = backed_up(backups)
    other = tmp_path / "别的单位"
    other.mkdir()
    key, key_file, _ = create_keys(OTHER_PASSWORD)
    write_key_file(other / KEY_FILE_NAME, key_file)
    create_store(other / STORE_NAME, key).close()

    with pytest.raises(BackupPasswordError, match="做这份备份时的密码"):
        restore(file, other, OTHER_PASSWORD)
    assert names_in(other, OTHER_PASSWORD) == []
    assert restore(file, other, PASSWORD).other_password
    assert names_in(other) == ["张建国"]


def test_a_damaged_present_state_is_replaced_and_kept(
    backups: BackupService, store: Store, folder: Path
) -> None:
    file = backed_up(backups)
    store.close()
    (folder / STORE_NAME).write_bytes(b"rubbish")
    (folder / KEY_FILE_NAME).unlink()

    aside = restore(file, folder, PASSWORD).aside

    assert names_in(folder) == ["张建国"]
    assert aside
    assert (aside / STORE_NAME).read_bytes() == b"rubbish"


def test_what_cannot_be_restored_changes_nothing(
    backups: BackupService, store: Store, folder: Path, tmp_path: Path
) -> None:
    file = backed_up(backups)
    store.close()
    torn = tmp_path / "torn.tybak"
    torn.write_bytes(file.read_bytes()[:-5000])
    before = (folder / STORE_NAME).read_bytes()

    for source, error in (
        (torn, ArchiveError),
        (tmp_path / "没有.tybak", RestoreRefusedError),
        (tmp_path, RestoreRefusedError),
    ):
        with pytest.raises(error):
            restore(source, folder, PASSWORD)
    with pytest.raises(BackupPasswordError):
        restore(file, folder, "不对的密码不对的密码")

    assert (folder / STORE_NAME).read_bytes() == before
    assert {path.name for path in folder.iterdir()} == {
        STORE_NAME,
        KEY_FILE_NAME,
        BACKUPS_NAME,
        "temporary",
        ".lock",
    }
    assert list((folder / BACKUPS_NAME).iterdir()) == []


def test_an_open_office_is_not_restored_over(backups: BackupService, store: Store, folder: Path) -> None:
    file = backed_up(backups)

    with pytest.raises(AlreadyOpenError):
        restore(file, folder, PASSWORD)


def test_a_job_backs_up_on_its_own_connection(backups: BackupService, store: Store, folder: Path) -> None:
    with store.reopen() as other:
        result = BackupService(folder, other, SettingsService(other)).backup_now("导入前")

    assert result.in_place
