"""How many clicks the usual things take, counted from the page being in the navigation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.views.exchange.import_page import ImportPage
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.register.page import RosterPage
from tests.offices import SAMPLE_FILES
from tests.views.hands import press, tap, write


class Clicks(QObject):
    """Counts presses of the mouse that reach a control."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._seen: set[int] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a press once, however many parents it passes on to."""
        if (
            event.type() == QEvent.Type.MouseButtonPress
            and isinstance(watched, QWidget)
            and event.spontaneous()
        ):
            self.count += 1
        return False


@pytest.fixture
def clicks(window: MainWindow, qapp: QApplication) -> Iterator[Clicks]:
    counter = Clicks()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)


def nav(window: MainWindow, title: str) -> QPushButton:
    return next(
        each for each in window.navigation.findChildren(QPushButton) if each.accessibleName() == title
    )


def named(window: QWidget, words: str) -> QPushButton:
    return next(
        each for each in window.findChildren(QPushButton) if each.isVisible() and each.text() == words
    )


def test_adding_a_cadre_takes_two_clicks_and_typing(window: MainWindow, clicks: Clicks) -> None:
    today = date.today()
    before = len(window.office.roster.keys(RosterQuery(on=today)))
    press(nav(window, "两委班子"))
    press(named(window, "新增人员"))
    write(QApplication.focusWidget(), "张建国")
    for _ in range(4):
        tap(QApplication.focusWidget(), Qt.Key.Key_Tab)
    write(QApplication.focusWidget(), "支委")
    tap(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert len(window.office.roster.keys(RosterQuery(on=today))) == before + 1
    assert clicks.count == 2


def test_finding_a_person_takes_none(window: MainWindow, clicks: Clicks) -> None:
    page = window.page
    assert isinstance(page, RosterPage)
    name = page.model.text(40, 0)
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    write(QApplication.focusWidget(), name)
    tap(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert page.model.text(page.grid.currentIndex().row(), 0) == name
    assert clicks.count == 0


def test_undoing_takes_none(window: MainWindow, clicks: Clicks) -> None:
    page = window.page
    assert isinstance(page, RosterPage)
    page.doing.remove(page.model.keys[:1])
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert len(page.model.keys) == 122
    assert clicks.count == 0


def test_seeing_the_roster_of_another_day_takes_typing_only(window: MainWindow, clicks: Clicks) -> None:
    page = window.page
    assert isinstance(page, RosterPage)
    page.bar.day.setFocus()
    QTest.keyClicks(page.bar.day, "2025")
    tap(page.bar.day, Qt.Key.Key_Return)

    assert page.as_of().year == 2025
    assert clicks.count == 0


def test_printing_the_ledger_takes_three(
    window: MainWindow, clicks: Clicks, settle: Callable[[], None]
) -> None:
    press(named(window, "打印台账"))
    settle()
    assert isinstance(window.page, LedgerPage)
    press(named(window, "打印…"))

    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QPrintDialog)  # the system's: its 确定 is the third
    assert clicks.count == 2
    dialog.reject()


def test_importing_a_roster_takes_three(
    window: MainWindow,
    clicks: Clicks,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    opened: list[QFileDialog] = []
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: opened.append(dialog))
    press(named(window, "导入 Excel"))
    page = window.page
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: bool(opened))
    clicks.count += 1  # 打开, in the system's dialog
    opened[0].filesSelected.emit([str(SAMPLE_FILES[0])])
    settle()
    press(page.forward)  # every column was recognised: the plan is there
    settle()

    assert page.step.name == "DONE"
    assert clicks.count == 3
