"""The line above the matrix: period, unit, and chips by class and by what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import UNMET
from desktop.models.registers.checklist_rows import ALL_GRADES, UNGRADED, MatrixQuery
from desktop.views import theme
from desktop.views.checklist.faces import NO_GRADE
from desktop.views.tables.chip_strip import PAGE, ChipStrip
from desktop.views.widgets.unit_combo import UnitCombo

ALL, OVERDUE = "all", "overdue"
# chip → what of a query it asks; a class is a chip, too
CHIPS: Mapping[str, MatrixQuery] = {
    ALL: MatrixQuery(),
    **{grade or "none": MatrixQuery(grades=(grade,)) for grade in ALL_GRADES},
    "unmet": MatrixQuery(statuses=(UNMET,)),
    "unfilled": MatrixQuery(statuses=(None,)),
    OVERDUE: MatrixQuery(overdue=True),
}
_WORDS = {"unmet": "有缺项", "unfilled": "有未填", OVERDUE: "有逾期"}
_UNIT = 4  # characters of a unit's name that are seen at least


class ChecklistBar(QWidget):
    """``moved`` after another period, unit or chip."""

    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip = ALL
        self.periods = QComboBox(self)
        self.periods.setAccessibleName("期次")
        self.periods.setToolTip("期次")
        self.periods.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.periods.activated.connect(lambda _place: self.moved.emit())
        self.unit = UnitCombo(self)
        self.unit.narrow(_UNIT)
        self.unit.chosen.connect(lambda _code: self.moved.emit())
        self.strip = ChipStrip(self)
        self._more = QPushButton("更多", self.strip)
        self._more.setAccessibleName("更多筛选")
        self._more.setToolTip("更多筛选；按项目筛选请点表头的 ⌄")
        self._more.setProperty("look", "chip")
        self._more.clicked.connect(self._offer_hidden)
        self.strip.end_with(self._more)
        self.strip.chosen.connect(self._choose)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self.periods)
        line.addWidget(self.unit)
        line.addWidget(self.strip, 1)

    @property
    def period(self) -> str:
        """The period chosen."""
        return str(self.periods.currentData())

    def show_periods(self, periods: Sequence[str], chosen: str | None) -> None:
        """Offer periods; the first where what was chosen is none of them."""
        self.periods.clear()
        for period in periods:
            self.periods.addItem(Period.parse(period).label, period)
        self.periods.setCurrentIndex(max(self.periods.findData(chosen), 0))

    def show_grades(self, grades: Mapping[str, int]) -> None:
        """How many organisations there are of each class."""
        words = {ALL: f"全部 {sum(grades.values())}"}
        for grade, count in grades.items():
            if count or grade != UNGRADED or self.chip == "none":
                words[grade or "none"] = f"{grade or NO_GRADE} {count}"
        self.strip.show_chips(PAGE, words | _WORDS)
        self.strip.choose(self.chip)

    def _choose(self, key: str) -> None:
        self.chip = key
        self.moved.emit()

    def _offer_hidden(self) -> None:
        menu = QMenu(self)
        for key, words in self.strip.hidden.items():
            menu.addAction(words, partial(self._choose, key))
        if menu.isEmpty():
            menu.addAction("没有更多筛选；表头的 ⌄ 可以按项目筛选").setEnabled(False)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))
