"""The window around the pages."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from desktop.app import grab_pages, open_window, opened_after
from desktop.models.errors import DesktopError
from desktop.models.registers.roster import RosterQuery
from desktop.office import Office
from desktop.views import errors, jobs, theme
from desktop.views.help import SECRECY, HelpSheet
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.pages import PAGES, PageKind, kind_of
from desktop.views.register.page import RosterPage
from desktop.views.start.restore_form import Restoration
from tests.offices import PASSWORD, TODAY
from tests.views.hands import out_of_reach, press, tap, tap_letter, words
from tests.views.names import nameless


def heads(window: MainWindow) -> list[PageKind]:
    """The first page of each place of the navigation."""
    return list({kind.group or kind.name: kind for kind in reversed(window.kinds) if kind.placed}.values())[
        ::-1
    ]


def keys(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier
) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def button(window: MainWindow, name: str) -> QPushButton:
    return next(each for each in window.navigation.findChildren(QPushButton) if each.accessibleName() == name)


def change_something(window: MainWindow) -> None:
    page = window.page
    assert isinstance(page, RosterPage)
    phone = [field.name for field in page.model.fields].index("phone")
    page.grid.setCurrentIndex(page.model.index(0, phone))
    for digit in "19912345678":
        tap_letter(digit)
    tap(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()


def test_pages_are_built_when_they_are_first_shown(window: MainWindow, settle: Callable[[], None]) -> None:
    assert list(window._built) == ["home", "roster"]

    keys(window, Qt.Key(Qt.Key.Key_1 + [kind.name for kind in heads(window)].index("ledgers")))
    settle()

    assert list(window._built) == ["home", "roster", "ledgers"]
    assert window.page.name == "ledgers"


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_each_page_is_declared_once_and_its_class_is_there(kind: PageKind) -> None:
    assert kind_of(kind.load()) is kind


def test_each_page_is_reached_by_its_button_and_by_its_number(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    for number, kind in enumerate(heads(window)[:10], start=1):
        keys(window, Qt.Key(Qt.Key.Key_0 + number % 10))
        settle()
        assert window.page.name == kind.name
    for kind in heads(window):
        press(button(window, kind.group or kind.title))
        settle()
        assert window.page.name == kind.name


def test_pages_of_one_place_are_tabs_and_the_last_one_is_come_back_to(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    press(button(window, "后备力量"))
    settle()
    tabs = window.page.header.tabs
    assert tabs is not None
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["后备干部", "双提升"]

    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    settle()
    assert window.page.name == "study"
    assert tabs.currentIndex() == 0  # as it is to be found on the page that was left

    press(button(window, "工作台"))
    press(button(window, "后备力量"))
    settle()
    assert window.page.name == "study"


def test_pages_of_one_place_are_turned_by_keys(window: MainWindow, settle: Callable[[], None]) -> None:
    press(button(window, "村级数据"))
    settle()
    for name in ("committee_terms", "village_figures"):
        keys(window, Qt.Key.Key_PageDown)
        settle()
        assert window.page.name == name

    tabs = window.page.header.tabs
    assert tabs is not None
    tabs.setFocus()
    tap(tabs, Qt.Key.Key_Right)
    settle()
    assert window.page.name == "committee_terms"
    turned = window.page.header.tabs
    assert turned is not None
    assert turned.hasFocus()


def test_a_change_is_told_with_a_way_back_and_the_way_back_goes(window: MainWindow) -> None:
    change_something(window)
    assert window.toast.isVisible()
    assert "联系电话" in window.toast.words.text()
    assert window.status.saved.text().startswith("已自动保存")

    press(window.toast.undo)

    assert window.office.history.next_undo() is None
    assert "已撤销" in window.toast.words.text()
    assert not window.toast.undo.isVisible()


def test_undo_and_redo_by_keys_say_what_they_do(window: MainWindow) -> None:
    page = window.page
    assert isinstance(page, RosterPage)
    before = page.model.text(0, 0)
    change_something(window)
    after = window.office.roster.rows(page.model.keys[:1], TODAY)[0].person.phone
    assert "联系电话" in button(window, "撤销").toolTip()

    keys(window, Qt.Key.Key_Z)
    undone = window.office.roster.rows(page.model.keys[:1], TODAY)[0].person.phone
    keys(window, Qt.Key.Key_Y)
    redone = window.office.roster.rows(page.model.keys[:1], TODAY)[0].person.phone

    assert undone != after == redone == "19912345678"
    assert page.model.text(0, 0) == before


def test_a_change_shows_on_a_page_that_was_built_before(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    roster = window.page
    assert isinstance(roster, RosterPage)
    count = len(roster.model.keys)
    window.show_page("settings")
    office = window.office
    office.roster.remove(office.roster.keys(RosterQuery(on=TODAY))[:1])
    window.page.changed.emit("删除")

    window.show_page("roster")
    settle()

    assert len(roster.model.keys) == count - 1


def test_one_page_opens_another_as_asked(window: MainWindow, settle: Callable[[], None]) -> None:
    unit = window.office.roster.units(TODAY)[2].division.code

    window.page.asked.emit(Request(page="ledgers", unit=unit))
    settle()

    assert window.page.name == "ledgers"
    window.page.asked.emit(Request(page="roster", unit=unit))
    assert isinstance(window.page, RosterPage)
    assert window.page.source.query.unit == unit


def test_ctrl_f_goes_to_the_search_box(window: MainWindow) -> None:
    keys(window, Qt.Key.Key_F)

    assert QApplication.focusWidget() is window.page.header.search


def test_ctrl_s_says_that_everything_is_saved(window: MainWindow) -> None:
    keys(window, Qt.Key.Key_S)

    assert "自动保存" in window.toast.words.text()


def test_f1_shows_keys_and_what_must_not_be_kept(window: MainWindow) -> None:
    keys(window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)

    sheet = window.findChild(HelpSheet)
    assert sheet is not None
    assert SECRECY in words(sheet)
    tap(sheet, Qt.Key.Key_Escape)


def test_the_sample_office_says_that_its_people_are_invented(window: MainWindow) -> None:
    assert "演示数据（虚构）" in words(window)


def test_the_status_line_tells_unit_day_and_backup(
    window: MainWindow, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    window.office.backups.backup_now("测试")

    window.page.noted.emit("已备份")
    settle()

    assert window.status.unit.text() == "东升镇"
    assert window.status.day.text().startswith("数据截至 ")
    assert window.status.backup.text().startswith("今日备份 ✓")


def test_the_backup_that_an_import_makes_is_told_in_the_status_line(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    page = window.show_page("import")
    window.office.backups.backup_now("导入前")

    page.changed.emit("已导入")
    settle()

    assert window.status.backup.text().startswith("今日备份 ✓")


def test_every_control_has_a_name_on_every_page(window: MainWindow, settle: Callable[[], None]) -> None:
    for kind in window.kinds:
        window.show_page(kind.name)
        settle()
        assert (kind.name, nameless(window)) == (kind.name, [])


@pytest.mark.parametrize("points", theme.SIZES)
def test_no_words_are_cut_off_at_any_size_of_type(
    window: MainWindow, points: int, qapp: QApplication, settle: Callable[[], None]
) -> None:
    try:
        theme.install(qapp, points)
        for kind in window.kinds:
            window.show_page(kind.name)
            settle()
            qapp.processEvents()
            assert window.size().width() == 1366, kind.name
            cut = [
                button.text()
                for button in window.findChildren(QPushButton)
                if button.isVisible() and button.sizeHint().width() > button.width() + 1
            ]
            assert (kind.name, cut) == (kind.name, [])
            hidden = [
                bar.tabText(place)
                for bar in window.page.findChildren(QTabBar)
                for place in range(bar.count())
                if bar.isVisible() and bar.tabRect(place).right() > bar.width()
            ]
            assert (kind.name, hidden) == (kind.name, [])
    finally:
        theme.install(qapp, theme.SIZES[0])


def test_closing_waits_for_jobs_and_leaves_a_backup(filled_office: Office, qtbot: QtBot) -> None:
    window = open_window(filled_office)
    window.show()
    done: list[object] = []
    job = jobs.Job(lambda: done.append("work"))
    job.start()

    with qtbot.waitSignal(window.closed):
        window.close()

    assert done == ["work"]
    assert list((filled_office.folder / "backups").glob("*.tybak"))
    assert not window.isVisible()
    Office.open(filled_office.folder, PASSWORD).release()  # the folder was given back


def test_a_restore_closes_the_office_and_opens_what_was_restored(filled_office: Office, qtbot: QtBot) -> None:
    backup = filled_office.backups.backup_now("测试").path
    assert backup is not None
    everybody = filled_office.roster.keys(RosterQuery(on=TODAY))
    filled_office.roster.remove(everybody[:5])
    window = open_window(filled_office)
    window.show()

    with qtbot.waitSignal(window.closed):
        window.page.restore_wanted.emit(Restoration(source=backup, password=PASSWORD))
    restored = opened_after(window, filled_office.folder)

    assert restored is not None
    assert restored.roster.keys(RosterQuery(on=TODAY)) == everybody
    restored.release()


def test_pictures_of_every_page_are_taken(filled_office: Office, tmp_path: Path) -> None:
    pictures = grab_pages(filled_office, tmp_path)

    assert [picture.stem for picture in pictures] == [
        kind.name for kind in PAGES if "township" in kind.levels
    ]
    assert all(picture.stat().st_size > 10_000 for picture in pictures)


class _RefusedError(DesktopError):
    """For tests."""


def test_what_people_can_put_right_is_shown_in_words(window: MainWindow, tmp_path: Path) -> None:
    hook = errors.Hook(tmp_path / "log")

    hook(_RefusedError, _RefusedError("请插好 U 盘。"), None)

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert box.text() == "请插好 U 盘。"
    box.reject()


def test_a_bug_is_logged_without_personal_data_and_told_once(
    window: MainWindow, tmp_path: Path, restored_hook: None
) -> None:
    log, personal = errors.start_log(tmp_path), "张建国 421099197405010031"

    for _ in range(3):
        try:
            raise ValueError(personal)
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)

    boxes = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()
    ]
    assert len(boxes) == 1
    assert str(log) in boxes[0].text()
    text = log.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_main_window" in text
    assert "张建国" not in text
    assert "421099197405010031" not in text
    boxes[0].reject()


@pytest.fixture
def restored_hook() -> Iterator[None]:
    """The interpreter's own hook and the log's handlers, put back."""
    hook, logger = sys.excepthook, logging.getLogger("desktop")
    handlers = list(logger.handlers)
    yield
    sys.excepthook = hook
    for handler in logger.handlers[:]:
        if handler not in handlers:
            logger.removeHandler(handler)
            handler.close()


class Ear(QObject):
    """Hears what a job says."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, answer: object) -> None:
        """Note it."""
        self.heard.append(answer)


def test_a_job_hands_its_value_over_in_the_windows_thread(qtbot: QtBot) -> None:
    ear = Ear()
    job = jobs.Job(lambda: 42)
    job.done.connect(ear.hear)

    with qtbot.waitSignal(job.finished):
        job.start()

    assert ear.heard == [42]


def test_no_garbage_is_collected_in_the_thread_of_a_job(qtbot: QtBot) -> None:
    job = jobs.Job(gc.isenabled)

    with qtbot.waitSignal(job.done) as answered:
        job.start()

    assert answered.args == [False]
    assert gc.isenabled()


def test_a_job_that_fails_hands_over_the_words(qtbot: QtBot) -> None:
    def fail() -> None:
        raise _RefusedError("请插好 U 盘。")

    ear = Ear()
    job = jobs.Job(fail)
    job.failed.connect(ear.hear)

    with qtbot.waitSignal(job.finished):
        job.start()

    assert [str(error) for error in ear.heard] == ["请插好 U 盘。"]


def test_nobody_hears_of_a_job_that_was_dropped(qtbot: QtBot) -> None:
    ear = Ear()
    job = jobs.Job(lambda: 42)
    job.done.connect(ear.hear)

    with qtbot.waitSignal(job.finished):
        job.start()
        job.drop()

    assert ear.heard == []


def test_a_page_that_is_gone_hears_nothing_and_breaks_nothing(qtbot: QtBot) -> None:
    ear = Ear()
    job = jobs.Job(lambda: 42)
    job.done.connect(ear.hear)

    job.start()
    ear.deleteLater()
    qtbot.waitUntil(lambda: jobs.running() == 0)


def test_asking_does_the_deed_only_when_its_button_is_pressed(window: MainWindow) -> None:
    done: list[str] = []
    for answer, expected in ((0, []), (1, ["deed"])):
        box = errors.ask(window, "恢复备份？", "恢复", lambda: done.append("deed"))
        press(box.buttons()[answer] if box.buttons()[1].text() == "恢复" else box.buttons()[1 - answer])
        assert done == expected


def test_tab_comes_by_every_control_of_the_window(window: MainWindow) -> None:
    page = window.page
    assert isinstance(page, RosterPage)
    page.search.setFocus()
    page.grid.setTabKeyNavigation(False)  # within the grid Tab goes from cell to cell, F6 leaves it

    assert out_of_reach(window) == []
