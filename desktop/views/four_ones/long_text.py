"""A text of several lines in a form; Tab leaves it, Enter begins a line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.wrapped import WrappedLabel


class LongText(QWidget):
    """Speaks as FieldInput does."""

    entered = Signal()

    def __init__(self, label: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.editor = _Editor(self)
        self.editor.setAccessibleName(label)
        self.editor.setTabChangesFocus(True)
        self.editor.came.connect(self.entered)
        self.words = WrappedLabel(parent=self)
        self.words.hide()
        theme.set_tone(self.words, theme.Tone.ERROR)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.editor)
        layout.addWidget(self.words)
        self.setFocusProxy(self.editor)
        self._fit()

    def _fit(self) -> None:
        self.editor.setFixedHeight(self._lines * self.editor.fontMetrics().lineSpacing() + 2 * theme.GAP + 4)

    @property
    def text(self) -> str:
        """What was typed, without padding."""
        return self.editor.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Show a text and forget what was said of the last one."""
        self.editor.setPlainText(text)
        self.say("")

    def select(self) -> None:
        """Go into it."""
        self.editor.setFocus()

    def say(self, words: str) -> None:
        """Words below."""
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class _Editor(QPlainTextEdit):
    came = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The form scrolls to it."""
        super().focusInEvent(event)
        self.came.emit()
