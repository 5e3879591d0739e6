"""A frame that takes files dropped on it, or chosen by its button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.dropped import TakesFiles, files_in

_PICTURE = 3  # characters


class DropArea(TakesFiles, QFrame):
    """Takes any files: what cannot be read is told in words by whoever reads it; the chooser offers ``suffixes``."""

    dropped = Signal(list)  # of Path, at least one

    def __init__(
        self, words: str, button: str, suffixes: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._suffixes = tuple(suffixes)
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)
        self._title = QLabel(words)
        self._title.setObjectName("dropTitle")
        self._hint = QLabel("Excel、WPS 表格都行：" + " ".join(self._suffixes))
        picture = QLabel()
        side = theme.characters(self, _PICTURE)
        picture.setPixmap(theme.icon("excel").pixmap(side, side))
        self._hint.setObjectName("hint")
        self._choose = theme.primary(QPushButton(button))
        self._choose.clicked.connect(self.choose)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GAP)
        layout.addStretch(1)
        for widget in (picture, self._title, self._hint, self._choose):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def begin(self) -> None:
        """Put the focus on the button."""
        self._choose.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what holds at least one file."""
        super().dragEnterEvent(event)
        if files_in(event.mimeData()):
            self._set_hot(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Cool down."""
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the files on."""
        self._set_hot(False)
        super().dropEvent(event)

    def take(self, files: list[Path]) -> None:
        """See TakesFiles."""
        self.dropped.emit(files)

    def _set_hot(self, hot: bool) -> None:
        self.setProperty("hot", hot)
        self.style().polish(self)

    def choose(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self, self._choose.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        patterns = " ".join(f"*{suffix}" for suffix in self._suffixes)
        dialog.setNameFilters([f"表格文件 ({patterns})", "所有文件 (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._take)
        dialog.open()

    def _take(self, names: list[str]) -> None:
        self.dropped.emit([Path(name) for name in names])
