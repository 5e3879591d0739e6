"""The line above a matrix: period, unit, and what each page has besides."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.models.domain.periods import Period
from desktop.views import theme
from desktop.views.widgets.unit_combo import UnitCombo

_UNIT = 4  # characters of a unit's name that are seen at least


class MatrixBar(QWidget):
    """``moved`` after any other choice."""

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.periods = self.combo("期次")
        self.unit = UnitCombo(self)
        self.unit.narrow(_UNIT)
        self.unit.chosen.connect(lambda _code: self.moved.emit())
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.GAP)
        self.line.addWidget(self.periods)
        self.line.addWidget(self.unit)

    def combo(self, name: str) -> QComboBox:
        """A choice that says itself what it is."""
        combo = QComboBox(self)
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        combo.activated.connect(lambda _place: self.moved.emit())
        return combo

    @property
    def period(self) -> str:
        """The period chosen."""
        return str(self.periods.currentData())

    def show_periods(self, periods: Iterable[str], chosen: str) -> None:
        """Offer periods, the latest first, and the one chosen, whether or not it is one of them."""
        self.periods.clear()
        for period in sorted(map(Period.parse, {*periods, chosen}), key=lambda p: p.start, reverse=True):
            self.periods.addItem(period.label, str(period))
        self.periods.setCurrentIndex(self.periods.findData(chosen))
