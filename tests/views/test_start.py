"""The first start and unlocking."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.office import Office
from desktop.views.start.first_start import SECRECY, Beginning, FirstStart
from desktop.views.start.unlock import Unlock
from tests.offices import PASSWORD, TODAY, copy_of_office, opened
from tests.views.hands import letter, out_of_reach, press, tap, words, write
from tests.views.names import nameless

Settle = Callable[[], None]
GOOD = "一句自己记得住的话"


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[FirstStart]:
    dialog = FirstStart(tmp_path / "office")
    qtbot.addWidget(dialog)
    dialog.open()
    yield dialog
    if dialog.office is not None:
        dialog.office.release()


@pytest.fixture
def unlock(tmp_path: Path, qtbot: QtBot) -> Iterator[Unlock]:
    copy_of_office(tmp_path / "office")
    dialog = Unlock(tmp_path / "office")
    qtbot.addWidget(dialog)
    dialog.open()
    yield dialog
    if dialog.office is not None:
        dialog.office.release()


def fill_in(start: FirstStart, unit: str = "东升镇") -> None:
    start.form.unit.setCurrentText(unit)
    for field in (start.form.password.first, start.form.password.second):
        write(field, GOOD)


def test_a_new_office_asks_for_unit_and_password_and_shows_the_code_once(
    start: FirstStart, settle: Settle, tmp_path: Path
) -> None:
    press(start.choices[Beginning.IMPORT])
    fill_in(start)
    press(start.forward)
    settle()
    code = start.code.code
    assert not start.forward.isEnabled()

    start.code.copied.click()
    press(start.forward)

    assert start.result() == FirstStart.DialogCode.Accepted
    assert start.office is not None
    assert start.office.unit.name == "东升镇"
    start.office.release()
    start.office = Office.recover(tmp_path / "office", code, "another password")


def test_a_backup_folder_is_made_where_its_disk_is_there(
    start: FirstStart, settle: Settle, tmp_path: Path
) -> None:
    press(start.choices[Beginning.IMPORT])
    fill_in(start)
    start.form.backups.show_path(tmp_path / "no disk" / "备份")
    press(start.forward)
    assert "建不了" in words(start)

    start.form.backups.show_path(tmp_path / "备份")
    press(start.forward)
    settle()

    assert (tmp_path / "备份").is_dir()
    assert start.office is not None
    assert start.office.settings.backup_folder == tmp_path / "备份"


def test_nothing_is_chosen_beforehand(start: FirstStart) -> None:
    press(start.choices[Beginning.IMPORT])

    assert start.form.unit.currentText() == ""
    assert start.form.password.first.text() == ""
    assert not start.forward.isEnabled()


def test_a_weak_or_mistyped_password_is_told_while_typing(start: FirstStart) -> None:
    press(start.choices[Beginning.IMPORT])
    start.form.unit.setCurrentText("东升镇")

    write(start.form.password.first, "1234")
    assert "至少要 8 个字符" in words(start)
    write(start.form.password.first, "一句好记的话")
    write(start.form.password.second, "1235")
    assert "两次输的不一样" in words(start)
    assert not start.forward.isEnabled()


def test_the_secrecy_sentence_stands_on_the_first_page(start: FirstStart) -> None:
    assert SECRECY == "本软件不得存储、处理、传输国家秘密。"
    assert SECRECY in words(start)


def test_the_window_does_not_close_before_the_code_is_copied(start: FirstStart, settle: Settle) -> None:
    press(start.choices[Beginning.IMPORT])
    fill_in(start)
    press(start.forward)
    settle()

    tap(start, Qt.Key.Key_Escape)

    assert start.isVisible()
    assert "还没有抄好" in words(start)


def test_the_recovery_code_is_saved_as_text_and_printed(
    start: FirstStart, settle: Settle, tmp_path: Path
) -> None:
    press(start.choices[Beginning.IMPORT])
    fill_in(start)
    press(start.forward)
    settle()

    press(start.code.save)
    chooser = start.code.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "恢复码.txt"))
    chooser.reject()
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "恢复码.pdf"))
    start.code.print_on(printer)

    assert start.code.code in (tmp_path / "恢复码.txt").read_text(encoding="utf-8-sig")
    assert (tmp_path / "恢复码.pdf").read_bytes().startswith(b"%PDF")


def test_the_sample_office_is_full_of_invented_people(start: FirstStart, settle: Settle) -> None:
    press(start.choices[Beginning.SAMPLE])
    fill_in(start)
    press(start.forward)
    settle()

    assert start.office is not None
    assert start.office.is_sample
    assert len(start.office.roster.keys(RosterQuery(on=TODAY))) > 50


def test_an_office_goes_on_from_a_backup(start: FirstStart, settle: Settle, tmp_path: Path) -> None:
    with opened(tmp_path / "old", filled=True) as old:
        backup = old.backups.backup_now("试").path
    press(start.choices[Beginning.RESTORE])
    start.restore.source.show_path(backup)
    write(start.restore.password, "wrong password")
    press(start.forward)
    settle()
    assert "密码" in words(start)

    start.restore.password.clear()
    write(start.restore.password, PASSWORD)
    press(start.forward)
    settle()

    assert start.office is not None
    assert start.office.is_sample


def test_the_right_password_opens_the_office(unlock: Unlock, settle: Settle) -> None:
    write(unlock.password, PASSWORD)
    tap(unlock.password, Qt.Key.Key_Return)
    assert not unlock.password.isEnabled()  # busy: nothing is typed meanwhile
    settle()

    assert unlock.result() == Unlock.DialogCode.Accepted
    assert unlock.office is not None
    assert unlock.office.unit.name == "东升镇"


def test_a_wrong_password_is_told_and_can_be_typed_over(unlock: Unlock, settle: Settle) -> None:
    write(unlock.password, "wrong password")
    press(unlock.unlock)
    settle()

    assert "密码不对" in words(unlock)
    assert unlock.password.hasSelectedText()
    assert unlock.office is None


def test_the_recovery_code_sets_a_new_password(unlock: Unlock, settle: Settle, tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        code = office.new_recovery_code(PASSWORD)
    press(unlock.forgotten)
    write(unlock.code, code.lower())
    for field in (unlock.new_password.first, unlock.new_password.second):
        write(field, GOOD)

    press(unlock.recover)
    settle()

    assert unlock.office is not None
    unlock.office.release()
    unlock.office = Office.open(tmp_path / "office", GOOD)


def test_caps_lock_is_pointed_out(unlock: Unlock) -> None:
    letter(unlock.password, "A")
    assert "Caps Lock" in words(unlock)
    letter(unlock.password, "a")
    assert "Caps Lock" not in words(unlock)


def test_the_data_folder_is_named(unlock: Unlock, tmp_path: Path) -> None:
    assert str(tmp_path / "office") in words(unlock)


def test_every_control_of_the_start_has_a_name(start: FirstStart, unlock: Unlock) -> None:
    assert nameless(start) == []
    press(start.choices[Beginning.IMPORT])
    assert nameless(start) == []
    press(start.back)
    press(start.choices[Beginning.RESTORE])
    assert nameless(start) == []
    assert nameless(unlock) == []
    press(unlock.forgotten)
    assert nameless(unlock) == []


def test_the_tab_key_comes_by_every_control(start: FirstStart, qtbot: QtBot) -> None:
    start.activateWindow()
    with qtbot.waitActive(start):
        pass
    assert out_of_reach(start) == []
    press(start.choices[Beginning.IMPORT])
    fill_in(start)
    assert out_of_reach(start) == []
    press(start.back)
    press(start.choices[Beginning.RESTORE])
    assert out_of_reach(start) == []
