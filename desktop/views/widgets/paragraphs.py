"""A box for a text of several lines (段落)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.views import theme
from desktop.views.widgets.dropped import files_in

_LINES = 2


class Paragraphs(QPlainTextEdit):
    """Speaks as a QLineEdit does. Enter begins a line, as Alt+Enter does in a cell too; Ctrl+Enter submits, Tab leaves."""

    returnPressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = _LINES
        self.setTabChangesFocus(True)
        self._fit()

    def show_lines(self, lines: int) -> None:
        """Be as high as so many lines."""
        self._lines = lines
        self._fit()

    def text(self) -> str:
        """What was typed."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show a text."""
        self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Enter begins a line, as in Excel."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.returnPressed.emit()
        else:
            self.insertPlainText("\n")

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave files to the form around it."""
        return not files_in(source) and super().canInsertFromMimeData(source)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + 2 * theme.GAP + 4)
