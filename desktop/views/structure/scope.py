"""Whose figures are shown, and of which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QWidget

from desktop.models.registers.division import Division
from desktop.views import theme
from desktop.views.widgets.unit_combo import UnitCombo


class Scope(QWidget):
    """``changed`` after each choice."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.unit = UnitCombo(self)
        self.unit.setAccessibleName("范围")
        self.unit.setMinimumWidth(theme.characters(self, 12))
        self.unit.chosen.connect(self.changed)
        self.day = QDateEdit(_qt(today), self)
        self.day.setDisplayFormat("yyyy.MM.dd")
        self.day.setCalendarPopup(True)
        self.day.setMaximumDate(_qt(today))
        self.day.setKeyboardTracking(False)  # a half-typed date is no day to look at
        self.day.setMinimumWidth(theme.characters(self, 8.8))
        self.day.setAccessibleName("截至日期")
        self.day.dateChanged.connect(self.changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        for words, control in (("范围(&U)", self.unit), ("截至(&D)", self.day)):
            label = theme.quiet(QLabel(words, self))
            label.setBuddy(control)
            line.addWidget(label)
            line.addWidget(control)

    def show_units(self, units: Sequence[Division]) -> None:
        """Offer divisions, the office's own first."""
        self.unit.show_units(units)

    def choose(self, unit: str | None, on: date) -> None:
        """Choose from outside; says nothing."""
        self.unit.choose(unit)
        self.day.blockSignals(True)
        self.day.setDate(_qt(on))
        self.day.blockSignals(False)

    @property
    def on(self) -> date:
        """The day."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day())


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
