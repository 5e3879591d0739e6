"""The line above the matrix: period, unit, kind, 正面 or 负面."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from desktop.models.domain.periods import Period
from desktop.models.registers.mentoring import NEGATIVE, POSITIVE
from desktop.models.registers.schemes import SchemeItem
from desktop.views import theme
from desktop.views.tables.chip_strip import PAGE, ChipStrip
from desktop.views.widgets.unit_combo import UnitCombo

_ALL = ""
_UNIT = 4  # characters of a unit's name that are seen at least
_CHIPS = {_ALL: "全部", POSITIVE: "正面", NEGATIVE: "负面"}


class FourOnesBar(QWidget):
    """``moved`` after any other choice."""

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.periods = _combo("期次", self)
        self.kinds = _combo("活动类型", self)
        for combo in (self.periods, self.kinds):
            combo.activated.connect(lambda _place: self.moved.emit())
        self.unit = UnitCombo(self)
        self.unit.narrow(_UNIT)
        self.unit.chosen.connect(lambda _code: self.moved.emit())
        self.lists = ChipStrip(self)
        self.lists.show_chips(PAGE, _CHIPS)
        self.lists.choose(_ALL)
        self.list_kind: str | None = None
        self.lists.chosen.connect(self._choose_list)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        for control in (self.periods, self.unit, self.kinds):  # their choices say what they are
            line.addWidget(control)
        line.addWidget(self.lists)
        line.addStretch(1)
        self._fit()

    def _fit(self) -> None:
        self.lists.setFixedWidth(self.lists.sizeHint().width())

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    @property
    def period(self) -> Period:
        """The period chosen."""
        return Period.parse(str(self.periods.currentData()))

    @property
    def kind(self) -> str | None:
        """The code of the one kind chosen; None: all."""
        return self.kinds.currentData() or None

    def show_periods(self, periods: Sequence[Period], chosen: Period) -> None:
        """Offer periods."""
        _fill(self.periods, {str(period): period.label for period in periods}, str(chosen))

    def choose_period(self, period: Period) -> None:
        """Choose a period, an earlier one than those offered, too."""
        if self.periods.findData(str(period)) < 0:
            self.periods.addItem(period.label, str(period))
        self.periods.setCurrentIndex(self.periods.findData(str(period)))

    def clear(self) -> None:
        """Ask for every kind and both lists again."""
        self.choose_kind(None)
        self._choose_list(_ALL)

    def show_kinds(self, kinds: Sequence[SchemeItem]) -> None:
        """Offer the kinds of a scheme; the choice stays where there still is such a kind."""
        _fill(
            self.kinds,
            {_ALL: "全部类型"} | {kind.code: kind.name for kind in kinds},
            self.kinds.currentData(),
        )

    def choose_kind(self, code: str | None) -> None:
        """Choose a kind, or all."""
        self.kinds.setCurrentIndex(max(self.kinds.findData(code or _ALL), 0))

    def _choose_list(self, key: str) -> None:
        self.list_kind = key or None
        self.lists.choose(key)
        self.moved.emit()


def _combo(name: str, parent: QWidget) -> QComboBox:
    combo = QComboBox(parent)
    combo.setAccessibleName(name)
    combo.setToolTip(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return combo


def _fill(combo: QComboBox, words: dict[str, str], chosen: object) -> None:
    combo.clear()
    for key, text in words.items():
        combo.addItem(text, key)
    combo.setCurrentIndex(max(combo.findData(chosen), 0))
