"""Inputs for one field, in a grid's cell and in a form: a line for text, a combo to type into for codes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.views.theme import Tone, set_tone

Input = QLineEdit | QComboBox
Check = Callable[[str], Reading]


def input_for(field: Field, parent: QWidget | None = None) -> Input:
    """An empty input; what is typed is never rewritten while typing, an input method may be composing."""
    if not field.kind.choices:
        line = QLineEdit(parent)
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


def line_of(editor: Input) -> QLineEdit:
    """The line that is typed into."""
    if isinstance(editor, QLineEdit):
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


def watch(editor: Input, check: Check) -> None:
    """Let the border tell while typing whether the text can be taken; the tool tip says why not."""

    def judge(text: str) -> None:
        reading = check(text)
        refused = reading.problem is not None and reading.value is None
        tone = Tone.ERROR if refused else Tone.WARN if reading.problem else Tone.PLAIN
        editor.setToolTip(reading.problem or "")
        if editor.property("tone") != tone.value:
            set_tone(editor, tone)

    line_of(editor).textChanged.connect(judge)
