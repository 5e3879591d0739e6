"""A small dialog of a few fields as typed, which stays open until what was typed is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.errors import DesktopError
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.stale_forms import StaleRecordError
from desktop.views import theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.clashes import ask_which
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.wrapped import WrappedLabel

Take = Callable[[Mapping[str, str]], None]  # texts by field; raises InvalidValueError, StaleRecordError
_WIDTH = 30  # characters


class TypedDialog(QDialog):
    """Hands the texts to ``take``; what it refuses is said at each field, and the dialog stays."""

    def __init__(
        self,
        title: str,
        deed: str,
        fields: Sequence[Field],
        read: Callable[[str, str], Reading],
        take: Take,
        parent: QWidget,
        *,
        words: str = "",
        above: QWidget | None = None,
    ) -> None:
        """``deed`` names what is done on its button; ``read`` checks a text while it is typed."""
        super().__init__(parent)
        self._take = take
        self.seen: dict[str, str] = {}  # of what was changed since it was opened, what the officer was shown
        self.setWindowTitle(deed)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.inputs: dict[str, FieldInput] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in fields:
            cell = FieldInput(field, partial(read, field.name), self)
            cell.submitted.connect(self.accept)
            label = QLabel(field.label, self)
            label.setBuddy(cell)
            form.addRow(label, cell)
            self.inputs[field.name] = cell
        self.problem = WrappedLabel(parent=self)
        self.problem.hide()
        theme.set_tone(self.problem, theme.Tone.ERROR)
        buttons = Answers(self, deed)
        self.ok = buttons.ok
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(WrappedLabel(title, self)))
        if above is not None:
            layout.addWidget(above)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        if words:
            layout.addWidget(theme.quiet(WrappedLabel(words, self)))
        layout.addWidget(buttons)
        self.setMinimumWidth(theme.characters(self, _WIDTH))

    def fill(self, texts: Mapping[str, str]) -> None:
        """Show what is there, or what is usual."""
        for name, text in texts.items():
            self.inputs[name].set_text(text)

    def begin(self, name: str) -> None:
        """Show the dialog, the keyboard in a field."""
        self.open()
        self.adjustSize()  # by now wrapped words know their width
        self.inputs[name].select()

    def accept(self) -> None:
        """Hand the texts over."""
        try:
            self._take({name: cell.text for name, cell in self.inputs.items()})
        except InvalidValueError as error:
            self._say(error.problems)
            return
        except StaleRecordError as error:
            ask_which(self, error, self.seen, self.inputs, self.accept)
            return
        except DesktopError as error:
            self._show_problem(str(error))
            return
        super().accept()

    def _say(self, problems: Mapping[str, str]) -> None:
        for name, cell in self.inputs.items():
            cell.say(problems.get(name, ""))
        self._show_problem("\n".join(words for name, words in problems.items() if name not in self.inputs))
        first = next((cell for name, cell in self.inputs.items() if name in problems), None)
        if first is not None:
            first.select()

    def _show_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
