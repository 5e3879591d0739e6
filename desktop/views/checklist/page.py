"""The page of “8+N” (总表): organisations by items, filled by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QComboBox, QMenu, QWidget

from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import STATUS
from desktop.models.registers.checklist_rows import CellKey, ChecklistCell, MatrixQuery
from desktop.models.services.checklists import CYCLE
from desktop.office import Office
from desktop.views import errors
from desktop.views.checklist.faces import table_of
from desktop.views.page import Page, Request
from desktop.views.tables.matrix import Matrix, Place
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save


class ChecklistPage(Page):
    """Space goes through the states, Delete empties, Ctrl+V pastes; each is one change."""

    name = "checklist"
    title = "总表"
    group = "8+N"
    icon = "clipboard"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._query = MatrixQuery()
        self.header.add_search("党组织名称、拼音").searched.connect(self._search)
        self.periods = QComboBox(self)
        self.periods.setAccessibleName("期次")
        self.periods.activated.connect(lambda _place: self._ask())
        self.body.addWidget(self.periods)
        export = self.header.add_action("导出清单", "export", "Ctrl+Shift+S")
        export.clicked.connect(self._ask_where)
        self.matrix = Matrix("8+N 评定矩阵", self)
        self.matrix.cycled.connect(self._cycle)
        self.matrix.pasted.connect(self._paste)
        self.matrix.asked.connect(self._offer_column)
        self.matrix.name_asked.connect(self._offer_row)
        self.body.addWidget(self.matrix, 1)
        self.refresh()

    def activate(self) -> None:
        """The keyboard goes to the matrix."""
        self.matrix.view.setFocus()

    def refresh(self) -> None:
        """See Page."""
        chosen = self.periods.currentData()
        self.periods.clear()
        for period in self.office.checklists.periods(date.today()):
            self.periods.addItem(Period.parse(period).label, period)
        self.periods.setCurrentIndex(max(self.periods.findData(chosen), 0))
        self._ask()

    def take(self, request: Request) -> None:
        """Show a unit."""
        self._query = MatrixQuery(unit=request.unit, of=frozenset(request.of) or None)
        self._ask()

    def _search(self, text: str) -> None:
        self._query = MatrixQuery(search=text)
        self._ask()

    def _ask(self) -> None:
        self.shown = self.office.checklists.matrix(self.periods.currentData(), date.today(), self._query)
        self.matrix.show_table(table_of(self.shown))
        self.header.set_scope(f"{self.periods.currentText()} · {len(self.shown.rows)} 个党组织 · 空格换状态")

    def _key(self, place: Place) -> CellKey:
        cell = self.shown.rows[place[0]].cells[place[1]]
        assert cell is not None  # the matrix tells of cells that there are
        return cell.key

    def _offer_column(self, column: int, at: QPoint) -> None:
        self._offer("整列", [row.cells[column] for row in self.shown.rows], at)

    def _offer_row(self, row: int, at: QPoint) -> None:
        self._offer("整行", self.shown.rows[row].cells, at)

    def _offer(self, what: str, cells: Iterable[ChecklistCell | None], at: QPoint) -> None:
        """A menu that gives cells a status, and says how many."""
        keys = [cell.key for cell in cells if cell]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for status in (*CYCLE[1:], None):
            words = f"{what}{STATUS.show(status) or '清空'}（{len(keys)} 项）"
            menu.addAction(words, partial(self._set, keys, status))
        menu.popup(at)

    def _set(self, keys: list[CellKey], status: str | None) -> None:
        self._do(lambda: self.office.checklists.set_status(keys, status, date.today()))

    def _cycle(self, places: list[Place]) -> None:
        keys = [self._key(place) for place in places]
        self._do(lambda: self.office.checklists.cycle(keys, date.today()))

    def _paste(self, edits: list[tuple[Place, str]]) -> None:
        typed = [(self._key(place), text) for place, text in edits]
        self._do(lambda: self.office.checklists.paste(typed, date.today()))

    def _do(self, act: Callable[[], object]) -> None:
        with errors.told(self):
            if act() == 0:
                return  # nothing had to be changed
            self._ask()
            self.changed.emit(f"已{self.office.history.next_undo()}")

    def _ask_where(self) -> None:
        name = f"8+N 清单 {self.periods.currentText()}.xlsx"
        ask_where_to_save(self, "导出到", WORKBOOKS, name, self._export)

    def _export(self, path: str) -> None:
        with errors.told(self):
            self.office.checklists.export(self.shown, Path(path))
            self.noted.emit(f"已导出 {len(self.shown.rows)} 个党组织：{path}")
