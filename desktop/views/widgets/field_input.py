"""One field of a form: its input, and below it the words on what was typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.views.theme import Tone, set_tone
from desktop.views.widgets.editors import Check, Judge, input_for, line_of, set_text, text_of
from desktop.views.widgets.wrapped import WrappedLabel

_OWN_WINDOWS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class FieldInput(QWidget):
    """Words appear when the input is left, and go as soon as the text is right."""

    entered = Signal()  # it has the keyboard
    left = Signal()
    submitted = Signal()

    def __init__(self, field: Field, check: Check, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = input_for(field)
        self.words = WrappedLabel()
        self.words.hide()
        self._judge = Judge(self.editor, check)
        line = line_of(self.editor)
        line.returnPressed.connect(self.submitted)
        line.textChanged.connect(self._follow)
        self.editor.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.editor)
        layout.addWidget(self.words)
        # room that is left over goes below the last field, not around a paragraph
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setFocusProxy(self.editor)

    @property
    def text(self) -> str:
        """What was typed or picked, without padding."""
        return text_of(self.editor).strip()

    def set_text(self, text: str) -> None:
        """Show a text and forget what was said of the last one."""
        set_text(self.editor, text)
        self.say("")

    def select(self) -> None:
        """Go into the input, its text selected."""
        self.editor.setFocus()
        line_of(self.editor).selectAll()

    def say(self, words: str) -> None:
        """Words below the input; red unless the text is kept all the same."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        kept = self.editor.property("tone") == Tone.WARN.value
        set_tone(self.words, Tone.WARN if kept else Tone.ERROR)

    def _follow(self) -> None:
        if not self.words.isHidden():
            self.say(self.editor.toolTip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice entering and leaving."""
        if isinstance(event, QFocusEvent) and event.reason() in _OWN_WINDOWS:
            pass  # a list of choices over the input, or another program: it is not left
        elif event.type() == QEvent.Type.FocusOut:
            self._judge.judge()
            self.say(self.editor.toolTip())
            self.left.emit()
        elif event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        return super().eventFilter(watched, event)
