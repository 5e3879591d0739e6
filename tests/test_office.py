"""An office's life: made, opened, recovered, worked on in two threads, closed with a backup."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from desktop.models.database.keys import WeakPasswordError, WrongPasswordError, WrongRecoveryCodeError
from desktop.models.database.layout import KEY_FILE_NAME, STORE_NAME
from desktop.models.database.lock import AlreadyOpenError
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.roster import RosterQuery
from desktop.office import (
    NoOfficeError,
    OccupiedFolderError,
    Office,
    UnknownUnitError,
    UnwritableFolderError,
    password_problem,
    unit_choices,
)
from tests.offices import CITY, PASSWORD, TODAY, TOWNSHIP, VILLAGE, copy_of_office, member, opened

QUERY = RosterQuery(on=TODAY)
ROOT = Path(__file__).parent.parent


def created(folder: Path, password: str = PASSWORD) -> tuple[Office, str]:
    """A new office of 东升镇."""
    return Office.create(folder, unit_code=TOWNSHIP, level="township", password=password)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty office of 东升镇."""
    with opened(tmp_path / "office") as office:
        yield office


def test_a_new_office_has_its_unit_its_divisions_and_nobody(tmp_path: Path) -> None:
    office, code = created(tmp_path / "made" / "office")
    try:
        assert (office.unit.name, office.level, office.is_sample) == ("东升镇", "township", False)
        assert len(office.divisions.all()) == 219
        assert office.roster.keys(QUERY) == []
        assert len(code) > 20
        assert [line.why for line in office.history.recent()] == ["建立数据"]
        assert {path.name for path in office.folder.iterdir() if path.is_dir()} == {
            *("attachments", "backups", "temporary")
        }
        assert list((office.folder / "temporary").iterdir()) == []
    finally:
        office.release()


def test_an_office_is_opened_with_its_password_only(tmp_path: Path) -> None:
    copy_of_office(tmp_path / "office")

    with pytest.raises(WrongPasswordError):
        Office.open(tmp_path / "office", "wrong horse 1")
    office = Office.open(tmp_path / "office", PASSWORD)

    assert office.unit.code == TOWNSHIP
    office.release()


def test_the_recovery_code_opens_once_more_and_sets_a_new_password(tmp_path: Path) -> None:
    office, code = created(tmp_path / "office")
    office.roster.add(VILLAGE, member(), TODAY)
    office.release()

    recovered = Office.recover(tmp_path / "office", code.lower(), "another horse 2")

    assert len(recovered.roster.keys(QUERY)) == 1
    recovered.release()
    with pytest.raises(WrongPasswordError):
        Office.open(tmp_path / "office", PASSWORD)
    Office.open(tmp_path / "office", "another horse 2").release()


def test_a_weak_new_password_recovers_nothing_and_changes_nothing(tmp_path: Path) -> None:
    office, code = created(tmp_path / "office")
    office.release()

    with pytest.raises(WeakPasswordError):
        Office.recover(tmp_path / "office", code, "12345678")

    Office.open(tmp_path / "office", PASSWORD).release()


def test_the_password_is_changed_by_whoever_knows_the_old_one(office: Office) -> None:
    with pytest.raises(WrongPasswordError):
        office.change_password("wrong horse 1", "another horse 2")
    with pytest.raises(WeakPasswordError):
        office.change_password(PASSWORD, "aaaaaaaa")
    office.change_password(PASSWORD, "another horse 2")
    office.release()

    Office.open(office.folder, "another horse 2").release()


def test_a_new_recovery_code_ends_the_one_before(tmp_path: Path) -> None:
    office, old = created(tmp_path / "office")
    new = office.new_recovery_code(PASSWORD)
    office.release()

    with pytest.raises(WrongRecoveryCodeError):
        Office.recover(tmp_path / "office", old, "another horse 2")
    Office.recover(tmp_path / "office", new, "another horse 2").release()


def test_an_office_is_open_once(office: Office) -> None:
    with pytest.raises(AlreadyOpenError):
        Office.open(office.folder, PASSWORD)


def test_a_worker_works_beside_the_window_on_a_connection_of_its_own(office: Office) -> None:
    office.settings.operator = "王干事"
    found: list[object] = []

    def work() -> None:
        worker = office.worker()
        worker.roster.add(VILLAGE, member(), TODAY)
        found.append(worker.history.recent(1)[0].operator)
        worker.release()

    thread = Thread(target=work)
    thread.start()
    thread.join()

    assert found == ["王干事"]
    assert len(office.roster.keys(QUERY)) == 1
    assert office.history.next_undo() == "新增人员：毕家塘村 张建国"


def test_closing_backs_up_what_changed_since_the_last_backup(tmp_path: Path) -> None:
    copy_of_office(tmp_path / "office")
    results = []
    for change in (True, False):
        office = Office.open(tmp_path / "office", PASSWORD)
        if change:
            office.roster.add(VILLAGE, member(), TODAY)
        results.append(office.close())

    first, second = results
    assert first is not None
    assert first.in_place
    assert second is None
    assert len(list((tmp_path / "office" / "backups").iterdir())) == 1


def test_closing_without_a_backup_disk_says_so_and_keeps_one_here(tmp_path: Path) -> None:
    copy_of_office(tmp_path / "office")
    office = Office.open(tmp_path / "office", PASSWORD)
    office.settings.backup_folder = tmp_path / "拔掉的盘"
    office.roster.add(VILLAGE, member(), TODAY)

    result = office.close()

    assert result is not None
    assert not result.in_place
    assert "拔掉的盘" in result.words
    assert len(list((tmp_path / "office" / "backups").iterdir())) == 1


def test_a_folder_without_an_office_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    for folder in (tmp_path, tmp_path / "none", tmp_path / "file"):
        assert not Office.exists(folder)
        with pytest.raises(NoOfficeError):
            Office.open(folder, PASSWORD)
        with pytest.raises(NoOfficeError):
            Office.recover(folder, "x", PASSWORD)


@pytest.mark.parametrize(
    "name", ["letter.txt", STORE_NAME, KEY_FILE_NAME, "backups/old.tybak", "attachments/x", "restore-ready/x"]
)
def test_a_folder_that_holds_anything_is_not_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")

    with pytest.raises(OccupiedFolderError):
        created(tmp_path)

    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [Path(name).name]


def test_an_office_is_not_made_where_a_file_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")

    with pytest.raises(OccupiedFolderError):
        created(tmp_path / "file")
    with pytest.raises(UnwritableFolderError):
        created(tmp_path / "file" / "below")


def test_an_office_begins_in_a_folder_that_has_only_logs(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "touyan.log").write_text("started", encoding="utf-8")
    (tmp_path / "backups").mkdir()

    created(tmp_path)[0].release()

    assert Office.exists(tmp_path)


def test_making_an_office_cut_short_leaves_no_office_and_can_be_done_again(tmp_path: Path) -> None:
    for moment in ("create_store", "_fill", "write_key_file"):
        program = f"""
import os, sys
from pathlib import Path
import desktop.office as office
office.{moment} = lambda *some, **named: os._exit(9)
office.Office.create(Path(sys.argv[1]), unit_code="{TOWNSHIP}", level="township", password="{PASSWORD}")
"""
        ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)

        assert ended.returncode == 9
        assert not Office.exists(tmp_path)
    created(tmp_path)[0].release()
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("unit", "level"), [(VILLAGE, "township"), (TOWNSHIP, "city"), (CITY, "township"), ("", "x")]
)
def test_an_office_is_of_a_township_or_city_that_is_known(tmp_path: Path, unit: str, level: str) -> None:
    with pytest.raises(UnknownUnitError):
        Office.create(tmp_path / "office", unit_code=unit, level=level, password=PASSWORD)

    assert not (tmp_path / "office").exists()


def test_the_units_to_choose_from_are_the_city_and_its_townships() -> None:
    kinds = [division.kind for division in unit_choices()]

    assert kinds == [DivisionKind.CITY, *[DivisionKind.TOWNSHIP] * 15]


def test_what_is_wrong_with_a_password_is_told_while_it_is_typed() -> None:
    assert password_problem(PASSWORD) is None
    assert "8 个字符" in str(password_problem("short"))


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)

    with pytest.raises(UnwritableFolderError):
        created(tmp_path / "closed" / "office")


def test_everything_an_office_writes_is_unreadable_without_its_key(office: Office) -> None:
    office.settings.signature = "东升镇党委"
    office.roster.add(VILLAGE, member(name="欧阳修远"), TODAY)
    office.backups.backup_now("手动")

    written = b"".join(path.read_bytes() for path in office.folder.rglob("*") if path.is_file())

    for text in ("欧阳修远", "19900000001", "东升镇", "ouyangxiuyuan", "SQLite format"):
        assert text.encode() not in written
