"""A frame that takes hand-off files (.tybs) that are dropped on it, chosen, or lie on the stick."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.dropped import TakesFiles
from desktop.views.widgets.wrapped import WrappedLabel

SUFFIX = ".tybs"


class HandoffFiles(TakesFiles, QFrame):
    """Words on what to drop, and a button for those who do not drag."""

    given = Signal(list)  # of Path, at least one

    def __init__(
        self, words: str, button: str, parent: QWidget | None = None, *, narrow: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("dropArea")
        self.setAcceptDrops(True)
        self.words = theme.quiet(WrappedLabel(words, self))
        self.choose = QPushButton(button, self)
        self.choose.clicked.connect(self.ask)
        layout = QVBoxLayout(self) if narrow else QHBoxLayout(self)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.choose)

    def ask(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self, self.choose.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([f"报送、回执、信任、下发文件 (*{SUFFIX})", "所有文件 (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._take)
        dialog.open()

    def take(self, files: list[Path]) -> None:
        """See TakesFiles."""
        self.given.emit(files)

    def _take(self, names: list[str]) -> None:
        self.take([Path(name) for name in names])
