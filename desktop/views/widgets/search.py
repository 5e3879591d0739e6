"""The search box: finds while one types, Esc clears it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.views import theme

_WIDTH, _LEAST = 18, 8  # characters


class SearchBox(QLineEdit):
    """Says ``searched`` at each keystroke, ``left`` when Enter or ↓ is pressed."""

    searched = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("搜索")
        self.setToolTip(f"{placeholder}（Ctrl+F）")
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.textChanged.connect(self.searched)
        self.setMinimumWidth(theme.characters(self, _LEAST))

    def sizeHint(self) -> QSize:
        """What it takes where nothing else needs the room."""
        return QSize(theme.characters(self, _WIDTH), super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(theme.characters(self, _LEAST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears, Enter and ↓ go to what was found."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
