"""The line above the matrix: period, unit, and chips by class and by what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.models.registers.checklist import UNMET
from desktop.models.registers.checklist_rows import ALL_GRADES, UNGRADED, MatrixQuery
from desktop.views.checklist.faces import NO_GRADE
from desktop.views.tables.chip_strip import PAGE, ChipStrip
from desktop.views.tables.matrix_bar import MatrixBar

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


class ChecklistBar(MatrixBar):
    """Chips by class and by what is missing."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chip = ALL
        self.strip = ChipStrip(self)
        self._more = QPushButton("更多", self.strip)
        self._more.setAccessibleName("更多筛选")
        self._more.setToolTip("更多筛选；按项目筛选请点表头的 ⌄")
        self._more.setProperty("look", "chip")
        self._more.clicked.connect(self._offer_hidden)
        self.strip.end_with(self._more)
        self.strip.chosen.connect(self._choose)
        self.line.addWidget(self.strip, 1)

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
