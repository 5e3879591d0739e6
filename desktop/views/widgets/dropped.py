"""What is dragged over a widget or pasted into it, and widgets that take files wherever they are dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent


def files_in(data: QMimeData) -> list[Path]:
    """The files of this computer among what is dropped or pasted."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def holds_pictures(data: QMimeData) -> bool:
    """Whether what is pasted is meant as files or a picture; spreadsheets put a picture beside the text they copy."""
    return bool(files_in(data)) or (data.hasImage() and not data.hasText())


class TakesFiles:
    """Beside a widget's own class, before it: files dropped anywhere on it go to ``take``; ``setAcceptDrops`` is its."""

    def take(self, files: list[Path]) -> None:
        """Files were dropped, at least one."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what holds at least one file."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        if files := files_in(event.mimeData()):
            event.acceptProposedAction()
            self.take(files)
