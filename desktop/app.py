"""Builds the window: the only place that joins views to the office."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLibraryInfo, QLocale, QSize, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from desktop.models.errors import DesktopError
from desktop.office import PASSWORD_VARIABLE, Office
from desktop.paths import log_folder
from desktop.views import errors, jobs, theme
from desktop.views.main_window import MainWindow
from desktop.views.pages import PAGES

_PICTURE = (1366, 768)
_ICON = QSize(64, 64)
_AHEAD_MS = 200  # the dialog has been painted by then
_ASKED = (
    *("structure", "health", "new_sector", "checklists", "rectifications", "four_ones", "village_years"),
    "handoff",
)


def make_app(points: int = theme.SIZES[0]) -> QApplication:
    """The application, dressed once: Fusion everywhere, our fonts, Qt's own words in Chinese."""
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("头雁台账")
    app.setStyle("Fusion")  # the same on Windows 10, 11, Kylin and in the tests
    app.setQuitOnLastWindowClosed(False)  # a dialog closes before the window opens
    theme.load_fonts()
    theme.install(app, points)
    # of one size: else the window draws it in five when it is first shown
    app.setWindowIcon(QIcon(theme.icon("group", "accent").pixmap(_ICON)))
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    return app


def open_window(office: Office) -> MainWindow:
    """The main window of an office, in the type size it keeps."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if office.settings.font_size != round(app.font().pointSizeF()):
        theme.install(app, office.settings.font_size)
    return MainWindow(office, PAGES)


def run(data_folder: Path) -> int:
    """Open the office in ``data_folder``, or make one there; end when its window is closed."""
    app = make_app()
    errors.start_log(log_folder(data_folder))
    office = _first_office(data_folder)
    while office is not None:
        window = open_window(office)
        if not office.backups.present().people:  # a new office: begin where people come in
            window.show_page("import")
        window.closed.connect(app.quit)
        window.show()
        app.exec()
        office = opened_after(window, data_folder)
    jobs.wait_for_all()
    return 0


def _first_office(folder: Path) -> Office | None:
    from desktop.views.start.first_start import FirstStart
    from desktop.views.start.unlock import Unlock

    if not Office.exists(folder):
        return FirstStart.run(folder)
    if password := os.environ.get(PASSWORD_VARIABLE):  # set by dev.py for its sample office
        with suppress(DesktopError):  # the dialog will say why
            return Office.open(folder, password)
    QTimer.singleShot(_AHEAD_MS, jobs.Job(look_ahead).start)
    return Unlock.ask(folder)


def look_ahead() -> None:
    """Import, while a password is typed, what the home page shows and asks for, so that it is filled at once."""
    PAGES[0].load()
    import_module("desktop.views.home.overview")
    for name in _ASKED:
        import_module(f"desktop.models.services.{name}")


def opened_after(window: MainWindow, folder: Path) -> Office | None:
    """What a closed window leaves to be opened: the restored office, or nothing."""
    if window.restoration is None:
        return None
    try:
        return window.restoration.restore_to(folder)
    except DesktopError as error:
        errors.tell(None, error).exec()
        return _first_office(folder)


def grab_pages(office: Office, folder: Path) -> list[Path]:
    """Open the window, show each page and write its picture into ``folder``; the office stays open."""
    app = make_app()
    window = open_window(office)
    window.resize(*_PICTURE)
    window.show()
    pictures = []
    for kind in window.kinds:
        window.show_page(kind.name)
        settle(app)
        picture = folder / f"{kind.name}.png"
        if window.grab().save(str(picture)):
            pictures.append(picture)
    window.hide()
    window.deleteLater()
    return pictures


def settle(app: QApplication) -> None:
    """Let the page draw itself and the jobs it started end."""
    app.processEvents()
    app.processEvents()  # some are started once the page was painted
    while jobs.running():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()
