"""What of the matrix is left out: an item with a status, just some organisations, a search; in words, with a link to clear it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.models.registers.checklist import STATUS
from desktop.models.registers.checklist_rows import Column, Matrix, MatrixQuery
from desktop.models.services.checklists import CYCLE
from desktop.views import theme
from desktop.views.checklist.bar import ALL, CHIPS, ChecklistBar
from desktop.views.checklist.faces import NOT_FILLED
from desktop.views.widgets.search import SearchBox
from desktop.views.widgets.wrapped import WrappedLabel

_LATE = "逾期"


class Condition(QWidget):
    """The line below the bar; ``column`` is what is asked of one item, ``of`` the only organisations; ``moved`` as the bar's."""

    moved = Signal()

    def __init__(self, bar: ChecklistBar, search: SearchBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar, self._search = bar, search
        self.column: MatrixQuery | None = None
        self.of: frozenset[str] | None = None
        self.words = WrappedLabel(parent=self)
        self.clear = theme.link(QPushButton("清除筛选", self))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.words, 1)
        line.addWidget(self.clear)

    @property
    def narrows(self) -> bool:
        """Whether anything is left out of the unit."""
        asked = bool(self.column or self._search.text().strip())
        return asked or (self._bar.chip, self.of) != (ALL, None)

    @property
    def query(self) -> MatrixQuery:
        """What is asked for, the unit too."""
        chip, column = CHIPS[self._bar.chip], self.column or MatrixQuery()
        return replace(
            chip,
            unit=self._bar.unit.code,
            of=self.of,
            search=self._search.text(),
            item=column.item,
            statuses=column.statuses or chip.statuses,
            overdue=column.overdue or chip.overdue,
        )

    def forget(self) -> None:
        """Leave nothing out; the page shows it."""
        self._bar.chip, self.column, self.of = ALL, None, None
        self._search.blockSignals(True)
        self._search.clear()
        self._search.blockSignals(False)

    def offer(self, menu: QMenu, column: Column) -> None:
        """Lines of a menu that ask something of one item, with how many organisations that leaves."""
        for query, count in _of_column(column).items():
            action = menu.addAction(f"只看{_asked_words(query)}的（{count} 个）", partial(self._ask, query))
            action.setEnabled(bool(count))
        if self.column is not None:
            menu.addAction("不按项目筛选", partial(self._ask, None))

    def _ask(self, query: MatrixQuery | None) -> None:
        self.column = query
        self.moved.emit()

    def say(self, shown: Matrix) -> None:
        """Say how many of how many organisations are shown."""
        what = f"只看{self._column_words(shown.columns)}：" if self.column else "已筛选："
        self.words.setText(f"{what}{sum(shown.grades.values())} 个党组织中的 {len(shown.rows)} 个")
        self.setVisible(self.narrows)

    def _column_words(self, columns: Iterable[Column]) -> str:
        assert self.column is not None  # the caller's condition
        label = next((each.label for each in columns if each.code == self.column.item), "")
        return f"{label} {_asked_words(self.column)}"


def _asked_words(query: MatrixQuery) -> str:
    """What is asked of an item, in words."""
    return "、".join(STATUS.show(each) or NOT_FILLED for each in query.statuses) or _LATE


def _of_column(column: Column) -> dict[MatrixQuery, int]:
    """What may be asked of one item, with how many of the organisations shown that is."""
    counts = (column.unfilled, column.met, column.partly, column.unmet, column.not_applicable)
    found = {
        MatrixQuery(item=column.code, statuses=(status,)): count
        for status, count in zip(CYCLE, counts, strict=True)
    }
    return found | {MatrixQuery(item=column.code, overdue=True): column.overdue}
