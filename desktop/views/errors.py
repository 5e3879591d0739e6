"""Telling people what went wrong: their own errors in words to act on, ours with the log file's name."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget

from desktop.models.errors import DesktopError

CANCEL = "取消"
_LOG = logging.getLogger("desktop")
_PERSONAL = re.compile(r"[^\x00-\x7f]|\d{5,}")  # logs hold no names and no numbers of people
_BUG = "程序出错了，刚才这一步可能没有完成；已经保存的数据不受影响。\n请把下面这个文件交给维护人员，里面没有姓名和身份证号：\n{log}"


def tell(parent: QWidget | None, error: DesktopError | str) -> QMessageBox:
    """Show what a person can put right; does not wait for the answer."""
    return _show(parent, QMessageBox.Icon.Warning, str(error))


@contextmanager
def told(parent: QWidget) -> Iterator[None]:
    """Show the DesktopError that the block ends with, if it does."""
    try:
        yield
    except DesktopError as error:
        tell(parent, error)


def ask(
    parent: QWidget,
    question: str,
    yes: str,
    then: Callable[[], None],
    *,
    words: str = "",
    no: str = CANCEL,
    careful: bool = False,
) -> QMessageBox:
    """Ask before what cannot be undone; ``yes`` names the deed on its button, ``then`` does it; ``no`` names leaving it.

    Enter does it, or with ``careful`` leaves it.
    """
    box = choose(parent, question, {yes: then}, words=words, no=no)
    if careful:
        leave = next(button for button in box.buttons() if button.text() == no)
        assert isinstance(leave, QPushButton)
        box.setDefaultButton(leave)
    return box


def choose(
    parent: QWidget,
    question: str,
    deeds: Mapping[str, Callable[[], None]],
    *,
    words: str = "",
    no: str = CANCEL,
) -> QMessageBox:
    """Ask which of several deeds shall be done, named on their buttons, the first by Enter; or none."""
    box = _box(parent, QMessageBox.Icon.Question, question, words)
    box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    buttons = {box.addButton(deed, QMessageBox.ButtonRole.AcceptRole): then for deed, then in deeds.items()}
    box.setDefaultButton(next(iter(buttons)))
    box.buttonClicked.connect(lambda clicked: buttons[clicked]() if clicked in buttons else None)
    box.open()
    return box


def start_log(folder: Path) -> Path:
    """Write this process's log into ``folder``, and whatever no code caught with a dialog naming the file."""
    path = folder / "touyan.log"
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.setLevel(logging.INFO)
    sys.excepthook = Hook(path)
    return path


class Hook:
    """sys.excepthook of the window: words for people where there are some, else the log and one dialog."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._box: QMessageBox | None = None

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, DesktopError):
            tell(QApplication.activeWindow(), error)
            return
        frames = "".join(traceback.format_tb(trace))
        _LOG.critical("not caught: %s: %s\n%s", kind.__name__, _PERSONAL.sub("·", str(error)), frames)
        app = QApplication.instance()
        if app is not None and QThread.currentThread() is not app.thread():
            QTimer.singleShot(0, app, self._show_once)
        elif app is not None:
            self._show_once()

    def _show_once(self) -> None:
        if self._box is None:  # one bug may raise at each repaint
            self._box = _show(
                QApplication.activeWindow(), QMessageBox.Icon.Critical, _BUG.format(log=self._log)
            )
            self._box.finished.connect(self._forget)

    def _forget(self) -> None:
        self._box = None


def _show(parent: QWidget | None, kind: QMessageBox.Icon, text: str) -> QMessageBox:
    box = _box(parent, kind, text, "")
    box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def _box(parent: QWidget | None, kind: QMessageBox.Icon, text: str, words: str) -> QMessageBox:
    box = QMessageBox(kind, "头雁台账", text, QMessageBox.StandardButton.NoButton, parent)
    box.setInformativeText(words)
    box.setTextFormat(Qt.TextFormat.PlainText)  # names and paths are text, never markup
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
