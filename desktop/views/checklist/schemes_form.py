"""What a scheme says beside its items: title, document, period, from when, thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Cell, Reading
from desktop.models.registers.schemes import CHECKLIST, SCHEME, Scheme
from desktop.views import theme
from desktop.views.widgets.editors import line_of
from desktop.views.widgets.field_input import FieldInput

_FIELDS = {
    True: ("period_kind", "since", "own_points", "grade_a", "grade_b"),
    False: ("period_kind", "since"),
}
_NEEDED = {"title": "名称不能空着，请填写。", "period_kind": "请选择周期。", "since": "请填写启用日期。"}
_ACROSS = 6  # columns of the grid: a label and an input, three times


class SchemeForm(QWidget):
    """``edited`` at each keystroke, ``submitted`` by Enter."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, purpose: str, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self.inputs: dict[str, FieldInput] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(theme.GAP)
        self._put(grid, "title", 0, 0, 3)
        self._put(grid, "official", 0, 4, 1)
        for number, name in enumerate(_FIELDS[purpose == CHECKLIST]):
            self._put(grid, name, 1 + number // 3, 2 * (number % 3), 1)
        for column in range(1, _ACROSS, 2):
            grid.setColumnStretch(column, 1)

    def _put(self, grid: QGridLayout, name: str, row: int, column: int, span: int) -> None:
        field = SCHEME.field(name)
        cell = FieldInput(field, lambda text: self._read(field, text), self)
        line_of(cell.editor).textChanged.connect(self.edited)
        cell.submitted.connect(self.submitted)
        label = theme.quiet(QLabel(field.label, self))
        label.setBuddy(cell)
        label.setContentsMargins(0, 5, 0, 0)  # on a line with the text of the input
        grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(cell, row, column + 1, 1, span, Qt.AlignmentFlag.AlignTop)
        self.inputs[name] = cell

    def _read(self, field: Field, text: str) -> Reading:
        return field.kind.read(Cell(text), self._today)

    def show_scheme(self, scheme: Scheme) -> None:
        """Show what is there."""
        for name, cell in self.inputs.items():
            cell.set_text(SCHEME.field(name).kind.show(getattr(scheme, name)))

    @property
    def values(self) -> dict[str, object]:
        """As it stands; what cannot be read is None."""
        return {name: self._read(SCHEME.field(name), cell.text).value for name, cell in self.inputs.items()}

    def problems(self) -> dict[str, str]:
        """Words by field on what cannot be kept."""
        readings = {name: self._read(SCHEME.field(name), cell.text) for name, cell in self.inputs.items()}
        found = {n: r.problem for n, r in readings.items() if r.problem is not None and r.value is None}
        empty = {n: words for n, words in _NEEDED.items() if readings[n].value is None and n not in found}
        return found | empty

    def say(self, problems: Mapping[str, str]) -> None:
        """Words at their fields; the keyboard goes to the first."""
        for name, cell in self.inputs.items():
            cell.say(problems.get(name, ""))
        first = next((cell for name, cell in self.inputs.items() if name in problems), None)
        if first is not None:
            first.select()

    def scheme(self, base: Scheme) -> Scheme:
        """The version as it is typed, where there are no problems."""
        return replace(base, **self.values)  # type: ignore[arg-type]  # as their kinds read them
