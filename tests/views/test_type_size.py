"""Another size of type while pages and a form are open: nothing is cut, nothing stands beside the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from desktop.views import theme
from desktop.views.checklist.class_moves import ClassMovesPage
from desktop.views.four_ones.page import FourOnesPage
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.settings.settings_page import SettingsPage
from tests.offices import whole_office
from tests.views.hands import tap
from tests.views.windows import shown_window


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window of an office with everything of the sample, in the usual type."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    with whole_office(tmp_path / "office") as office, shown_window(office, qtbot) as shown:
        yield shown
    theme.install(app, theme.SIZES[0])


def grow(window: MainWindow, qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.install(app, theme.SIZES[-1])
    qtbot.waitUntil(lambda: window.page.font().pointSize() == theme.SIZES[-1])


def test_the_form_of_an_activity_stays_in_the_window(window: MainWindow, qtbot: QtBot) -> None:
    page = window.show_page("four_ones")
    assert isinstance(page, FourOnesPage)
    view = page.matrix.view
    view.setCurrentIndex(view.model().index(view.model().rowCount() - 1, 1))
    tap(view, Qt.Key.Key_Return)
    panel = page.shown_panel
    assert panel is not None

    grow(window, qtbot)

    qtbot.waitUntil(lambda: panel.minimumWidth() == theme.characters(page, 31))
    layout = page.layout()
    assert layout is not None
    assert layout.minimumSize().width() <= page.width()
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(view.currentIndex())))


def test_columns_and_lists_at_the_side_are_measured_again(window: MainWindow, qtbot: QtBot) -> None:
    moves, ledgers, settings = (window.show_page(name) for name in ("class_moves", "ledgers", "settings"))
    assert isinstance(moves, ClassMovesPage)
    assert isinstance(ledgers, LedgerPage)
    assert isinstance(settings, SettingsPage)

    grow(window, qtbot)

    qtbot.waitUntil(
        lambda: moves.table.verticalHeader().defaultSectionSize() == theme.row_height(moves.table)
    )
    day = moves.table.fontMetrics().horizontalAdvance("2026.11.04")
    assert moves.table.columnWidth(0) > day
    assert settings.sections.width() == theme.characters(settings, 9)
    (around,) = (area for area in ledgers.findChildren(QScrollArea) if area.widget() is ledgers.options)
    assert around.width() == theme.characters(ledgers, 19)
