"""Inputs for one field, in a grid's cell and in a form: a line for text, a box for paragraphs, a combo to type into for codes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.views.theme import Tone, set_tone
from desktop.views.widgets.paragraphs import Paragraphs

Line = QLineEdit | Paragraphs
Input = Line | QComboBox
Check = Callable[[str], Reading]
_PAUSE_MS = 400


def input_for(field: Field, parent: QWidget | None = None) -> Input:
    """An empty input; what is typed is never rewritten while typing, an input method may be composing."""
    if not field.kind.choices:
        line = Paragraphs(parent) if field.multiline else QLineEdit(parent)
        line.setAccessibleName(field.label)
        return line
    combo = QComboBox(parent)
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    combo.addItems(["", *field.kind.choices])
    combo.setMaxVisibleItems(12)
    combo.setAccessibleName(field.label)
    completer = QCompleter(list(field.kind.choices), combo)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    combo.setCompleter(completer)
    return combo


def line_of(editor: Input) -> Line:
    """What is typed into."""
    if not isinstance(editor, QComboBox):
        return editor
    line = editor.lineEdit()
    assert line is not None  # input_for makes combos editable
    return line


def text_of(editor: Input) -> str:
    """What was typed or picked."""
    return line_of(editor).text()


def set_text(editor: Input, text: str) -> None:
    """Show a text; a combo also knows its place in the list."""
    if isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findText(text))
    line_of(editor).setText(text)


class Judge(QObject):
    """Tells by an input's border whether its text can be taken, and by its tool tip why not.

    What becomes right is told at once, what is not right only when typing pauses: half a month is no mistake.
    """

    def __init__(self, editor: Input, check: Check) -> None:
        super().__init__(editor)
        self._editor, self._check = editor, check
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.judge)
        line_of(editor).textChanged.connect(self._follow)

    def judge(self) -> str:
        """Judge now; return the words where the text cannot be kept."""
        self._pause.stop()
        reading = self._check(text_of(self._editor))
        refused = reading.problem is not None and reading.value is None
        self._show(
            Tone.ERROR if refused else Tone.WARN if reading.problem else Tone.PLAIN, reading.problem or ""
        )
        return reading.problem or "" if refused else ""

    def _follow(self) -> None:
        if self._check(text_of(self._editor)).problem is None:
            self._pause.stop()
            self._show(Tone.PLAIN, "")
        else:
            self._pause.start()

    def _show(self, tone: Tone, words: str) -> None:
        self._editor.setToolTip(words)
        if self._editor.property("tone") != tone.value:
            set_tone(self._editor, tone)
