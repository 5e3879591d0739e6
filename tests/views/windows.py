"""The whole window of an office as a test uses it: on the screen, with the keyboard, and away before its office is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from pytestqt.qtbot import QtBot

from desktop.app import open_window
from desktop.office import Office
from desktop.views import jobs
from desktop.views.main_window import MainWindow
from desktop.views.page import Page
from desktop.views.pages import kind_of

P = TypeVar("P", bound=Page)


@contextmanager
def shown_window(office: Office, qtbot: QtBot, first: str | None = None) -> Iterator[MainWindow]:
    """The window, with another page than the home page in front where ``first`` names one."""
    window = open_window(office)
    if first is not None:
        window.show_page(first)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    with qtbot.waitActive(window):
        pass
    try:
        yield window
    finally:
        window.hide()
        qtbot.waitUntil(lambda: jobs.running() == 0, timeout=20_000)
        with qtbot.waitSignal(window.destroyed):
            window.deleteLater()  # closing it would close the office, too


def turn_to(window: MainWindow, kind: type[P]) -> P:
    """Bring a page to the front."""
    page = window.show_page(kind_of(kind).name)
    assert isinstance(page, kind)
    return page
