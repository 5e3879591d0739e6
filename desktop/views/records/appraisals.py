"""A reserve cadre's yearly appraisals (年度评价): one line a year, this year's written right there."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.models.domain.reading import Reading
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import APPRAISALS
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views import errors, theme
from desktop.views.widgets.entries import Entries, Entry
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office


class AppraisalTab(QWidget):
    """``appraised`` once a year's appraisal was written."""

    appraised = Signal()

    def __init__(self, office: Office, today: date) -> None:
        super().__init__()
        self._reserve, self._today = office.reserve, today
        self._appraisals = office.registers[APPRAISALS.name]
        self._key = ""
        self.inputs: dict[str, FieldInput] = {}
        form = QFormLayout()
        form.setContentsMargins(0, 10, 0, 0)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in APPRAISALS.columns:
            cell = FieldInput(field, partial(self._read, field.name), self)
            cell.submitted.connect(self.save)
            label = theme.quiet(QLabel(field.label, self))
            label.setBuddy(cell)
            form.addRow(label, cell)
            self.inputs[field.name] = cell
        button = QPushButton("记下评价", self)
        button.clicked.connect(self.save)
        form.addRow("", button)
        self.list = Entries("年度评价", "还没有年度评价。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.GAP, 0)
        layout.addLayout(form)
        layout.addWidget(self.list, 1)

    def _read(self, name: str, text: str) -> Reading:
        return self._appraisals.read_cell("", name, text, self._today)

    def show_line(self, line: Line) -> None:
        """Show the appraisals of an entry of the reserve."""
        self._key = line.key
        for name, cell in self.inputs.items():
            cell.set_text(str(self._today.year) if name == "year" else "")
        self._show_entries()

    def _show_entries(self) -> None:
        found = self._appraisals.of_owner(self._key, self._today)
        self.list.show_entries(
            [
                Entry(
                    (
                        theme.quiet(QLabel(f"{each.record.year} 年")),
                        WrappedLabel("\n".join(filter(None, (each.record.result, each.record.remarks)))),
                    ),
                    current=each.record.year == str(self._today.year),
                )
                for each in found
            ]
        )

    def save(self) -> None:
        """Write the year's appraisal, or write it anew."""
        texts = {name: cell.text for name, cell in self.inputs.items()}
        with errors.told(self):
            try:
                self._reserve.appraise(
                    self._key, texts["year"], texts["result"], texts["remarks"], self._today
                )
            except InvalidValueError as error:
                for name, words in error.problems.items():
                    self.inputs[name].say(words)
                return
            self.appraised.emit()
