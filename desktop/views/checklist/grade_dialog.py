"""Deciding on a class (定级): which, since when, why, approved by whom; problems stand at their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.domain.days import show_day
from desktop.models.domain.reading import Cell
from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import GRADE, GRADING
from desktop.models.registers.checklist_rows import MatrixRow
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views import errors, theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.wrapped import WrappedLabel

_FIELDS = ("grade", "decided", "reason", "approved_by")
_WIDTH = 34  # characters
_WHEN_NEEDED = "等级有变动，或与建议的不同，请写明原因。"


class GradeDialog(QDialog):
    """``decide`` gets the texts by field, and raises InvalidValueError for what cannot be kept."""

    def __init__(
        self, row: MatrixRow, today: date, decide: Callable[[Mapping[str, str]], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._decide = decide
        self.setWindowTitle("定级")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.inputs: dict[str, FieldInput] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.GAP)
        for name in _FIELDS:
            field = GRADING.field(name)
            made = FieldInput(field, lambda text, field=field: field.kind.read(Cell(text), today), self)  # type: ignore[misc]  # a default binds the loop's field
            made.submitted.connect(self.accept)
            self.inputs[name] = made
            label = QLabel(field.label, self)
            label.setBuddy(made)
            form.addRow(label, made)
        self.inputs["grade"].set_text(GRADE.show(row.verdict.suggestion or row.grade or None))
        self.inputs["decided"].set_text(show_day(today.isoformat()))
        buttons = Answers(self, "定级")
        self.ok = buttons.ok
        self.ok.setAutoDefault(False)  # Enter in a field comes once, by ``submitted``
        self.ok.setDefault(False)
        buttons.cancel.setText("取消")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(WrappedLabel(f"{row.branch.name} 定级", self)))
        layout.addWidget(WrappedLabel(row.verdict.why, self))
        layout.addLayout(form)
        layout.addWidget(theme.quiet(WrappedLabel(_WHEN_NEEDED, self)))
        layout.addWidget(buttons)
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self.inputs["grade"].select()

    def showEvent(self, event: QShowEvent) -> None:
        """No higher than needed: wrapped words know their height once they have their width."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.adjustSize)

    def accept(self) -> None:
        """Keep the decision; the dialog stays while something is to be put right."""
        try:
            self._decide({name: made.text for name, made in self.inputs.items()})
        except InvalidValueError as error:
            for name, made in self.inputs.items():
                made.say(error.problems.get(name, ""))
            self.inputs[next(name for name in _FIELDS if name in error.problems)].select()
        except DesktopError as error:
            errors.tell(self, error)
        else:
            super().accept()
