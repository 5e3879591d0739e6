"""A label that keeps the height its wrapped words need: layouts inside scroll areas forget to ask."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class WrappedLabel(QLabel):
    """Plain text on as many lines as it needs."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)  # names are text, never markup
        self.setWordWrap(True)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(0)  # what it has is never less than the minimum
        self.setMinimumHeight(0)  # what it needs is never told below this
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))  # -1 for no words
