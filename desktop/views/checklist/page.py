"""The page of “8+N” (总表): organisations by items, filled by keys, a panel of a cell or of an organisation beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.errors import DesktopError
from desktop.models.registers import checklist_rows as matrices
from desktop.models.registers.checklist_rows import CellKey, MatrixQuery
from desktop.office import Office
from desktop.views import errors, theme
from desktop.views.checklist import starting
from desktop.views.checklist.bar import ALL, CHIPS, ChecklistBar
from desktop.views.checklist.cell_panel import CellPanel
from desktop.views.checklist.condition import Condition, asked_words, of_column
from desktop.views.checklist.faces import table_of
from desktop.views.checklist.fills import Fills
from desktop.views.checklist.row_panel import RowPanel
from desktop.views.checklist.side_panel import SidePanel
from desktop.views.page import Page, Request
from desktop.views.tables.matrix import Matrix
from desktop.views.tables.matrix_clipboard import Pasted, Place
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save
from desktop.views.widgets.wrapped import WrappedLabel

_KEYS = "空格换状态，Enter 打开一项（在完成率上打开党组织），Delete 清空，可从 Excel/WPS 粘贴，Ctrl+Z 撤销"


class ChecklistPage(Page):
    """Space goes through the states, Delete empties, Ctrl+V pastes; each is one change."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.today = date.today()
        self.shown: matrices.Matrix
        self._seen: int  # the last change set when that was asked for
        self._open: SidePanel | None = None
        self.fills = Fills(office, self.today, self)
        self.fills.done.connect(self._note_written)
        self._build_header()
        self._build_body()
        self._connect()
        self._cell: CellPanel | None = None
        self._row: RowPanel | None = None
        self._show_choices()
        self.show_matrix()

    # building

    def _build_header(self) -> None:
        search = self.header.add_search("党组织名称、拼音")
        search.searched.connect(lambda _text: self.show_matrix())
        search.left.connect(self._go_to_matrix)
        self.search = search
        self.start = self.header.add_action("开始新一期", "calendar")
        self.start.clicked.connect(self._offer_periods)
        self.export = self.header.add_action("导出清单", "export", "Ctrl+Shift+S")
        self.export.clicked.connect(self._ask_where)
        self.print = self.header.add_action("打印", "printer", "Ctrl+P")
        self.print.clicked.connect(self._ask_to_print)

    def _build_body(self) -> None:
        self._beside = QSplitter(self)
        self._beside.setHandleWidth(theme.GAP)
        self._beside.setChildrenCollapsible(False)
        self.body.addWidget(self._beside)
        left = QWidget(self._beside)
        self.bar = ChecklistBar(left)
        self.bar.moved.connect(self.show_matrix)
        self.condition = Condition(self.bar, self.search, left)
        self.condition.clear.clicked.connect(self.clear_condition)
        self._middle = QStackedWidget(left)
        self.matrix = Matrix("8+N 评定矩阵", self._middle)
        self._middle.addWidget(self.matrix)
        self._nothing = QLabel()
        self.deed = QPushButton()
        self.deed.clicked.connect(self._leave_emptiness)
        self._middle.addWidget(theme.centered(self._nothing, self.deed))
        self.keys = theme.quiet(WrappedLabel(_KEYS, left))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for part in (self.bar, self.condition):
            column.addWidget(part)
        column.addWidget(self._middle, 1)
        column.addWidget(self.keys)

    def _connect(self) -> None:
        matrix = self.matrix
        matrix.cycled.connect(lambda places: self.fills.cycle(self._keys(places)))
        matrix.cleared.connect(lambda places: self.fills.clear(self._keys(places)))
        matrix.pasted.connect(self._paste)
        matrix.pictured.connect(self._paste_picture)
        matrix.opened.connect(self._open_or_enter)
        matrix.moved.connect(self._follow)
        matrix.dropped.connect(self._drop)
        matrix.asked.connect(self._offer_column)
        matrix.name_asked.connect(self._offer_row)
        matrix.cell_asked.connect(self._offer_cells)
        matrix.view.names.sectionClicked.connect(self._click_name)

    def _placed(self, panel: SidePanel) -> None:
        panel.written.connect(self._note_written)
        panel.left.connect(self.close_panel)
        panel.noted.connect(self.noted)
        panel.hide()
        self._beside.addWidget(panel)
        self._beside.setStretchFactor(0, 1)

    @property
    def cell_panel(self) -> CellPanel:
        """The panel of a cell, built when it is first opened."""
        if self._cell is None:
            self._cell = CellPanel(self.office, self.today, self._beside)
            self._placed(self._cell)
        return self._cell

    @property
    def row_panel(self) -> RowPanel:
        """The panel of an organisation, built when it is first opened."""
        if self._row is None:
            self._row = RowPanel(self.office, self.today, self._beside)
            self._row.printing.connect(self._print_row)
            self._placed(self._row)
        return self._row

    # what is shown

    def activate(self) -> None:
        """The keyboard goes to the matrix, or stays in the panel."""
        if self._open is None or not self._open.isAncestorOf(self.focusWidget()):
            self._go_to_matrix()

    def refresh(self) -> None:
        """See Page; rows that are shown stay, whatever they say by now."""
        self._show_choices()
        self._show(kept=True)

    def _show_choices(self) -> None:
        self.bar.unit.show_units([each.division for each in self.office.roster.units(self.today)])
        self._show_periods(self.bar.periods.currentData())

    def show_matrix(self) -> None:
        """Ask for what is chosen."""
        self._show(kept=False)

    def _show(self, *, kept: bool) -> None:
        """``kept``: a row that no longer fits the condition stays until the condition is chosen again."""
        at = self._current_key
        query = self.condition.query
        if kept and self.condition.narrows:
            query = MatrixQuery(unit=query.unit, of=frozenset(row.branch.id for row in self.shown.rows))
        self.shown = self.office.checklists.matrix(self.bar.period, self.today, query)
        self._seen = next((change.seq for change in self.office.history.recent(1)), 0)
        self.matrix.show_table(table_of(self.shown))
        self.bar.show_grades(self.shown.grades)
        self._say_all()
        self._return_to(at)
        self._refresh_panel()

    def _say_all(self) -> None:
        rows, narrowed = len(self.shown.rows), self.condition.narrows
        self.header.set_scope(f"{self._unit_name} · {self.bar.periods.currentText()} · {rows} 个党组织")
        self.condition.say(self.shown)
        for button in (self.export, self.print):
            button.setEnabled(bool(rows))
        self.start.setEnabled(any(self.shown.grades.values()))
        if narrowed:
            nothing, deed = "没有符合条件的党组织。", "清除筛选"
        elif self._whole:
            nothing, deed = (
                f"{self._unit_name}还没有登记两新党组织，登记以后这里就有它们的 8+N。",
                "登记两新党组织",
            )
        else:
            nothing, deed = f"{self._unit_name}没有两新党组织。", f"看{self.office.unit.short_name}全部"
        self._nothing.setText(self.office.settings.worded(nothing))
        self.deed.setText(self.office.settings.worded(deed))
        self._middle.setCurrentIndex(0 if rows else 1)
        self.keys.setVisible(bool(rows))

    @property
    def _unit_name(self) -> str:
        code = self.bar.unit.code
        return self.office.divisions.get(code).short_name if code else self.office.unit.short_name

    @property
    def _whole(self) -> bool:
        return self.bar.unit.currentIndex() <= 0

    def _leave_emptiness(self) -> None:
        if not self.condition.narrows and self._whole:
            self.asked.emit(Request(page="party_branches"))
            return
        if not self.condition.narrows:
            self.bar.unit.choose(None)
        self.clear_condition()

    def clear_condition(self) -> None:
        """Show every organisation of the unit."""
        self.condition.forget()
        self.show_matrix()
        self._go_to_matrix()

    # places and keys

    def _keys(self, places: Sequence[Place]) -> list[CellKey]:
        return [self._key(place) for place in places]

    def _key(self, place: Place) -> CellKey:
        cell = self.shown.rows[place[0]].cells[place[1]]
        assert cell is not None  # the matrix tells of cells that there are
        return cell.key

    @property
    def _current_key(self) -> tuple[str, str] | None:
        """The organisation and the item of the current cell; "" for the bar."""
        place = self.matrix.current
        if place is None or not 0 <= place[0] < len(self.shown.rows):
            return None
        codes = [*(column.code for column in self.shown.columns), ""]
        return self.shown.rows[place[0]].branch.id, codes[place[1]]

    def _return_to(self, at: tuple[str, str] | None) -> None:
        """Make the cell the current one that was, though it stands elsewhere now."""
        if at is not None and at != self._current_key:
            self.go_to(*at)

    def go_to(self, branch_id: str, code: str) -> None:
        """Make a cell the current one, where it is shown; an unknown item: the first."""
        codes = [*(column.code for column in self.shown.columns), ""]
        for row, each in enumerate(self.shown.rows):
            if each.branch.id == branch_id:
                self.matrix.go(row, codes.index(code) if code in codes else 0)

    def _go_to_matrix(self) -> None:
        if self.shown.rows:
            self.matrix.view.setFocus()
        else:
            self.deed.setFocus()

    # panels

    def _open_or_enter(self, row: int, column: int) -> None:
        """Open the panel; where it is open already, the keyboard goes there."""
        was_open = self._open
        self.open_place(row, column)
        if was_open is not None and was_open is self._open:
            self._open.go()

    def open_place(self, row: int, column: int) -> None:
        """Open the panel of a cell; of the organisation on the bar, and where it has no such item of its own."""
        self._open = self.cell_panel if self._is_cell((row, column)) else self.row_panel
        for panel in (self._cell, self._row):
            if panel is not None:
                panel.setVisible(panel is self._open)
        if self.matrix.current != (row, column):
            self.matrix.go(row, column)
        else:
            self._refresh_panel()
        QTimer.singleShot(0, self.matrix, self._show_current)  # once the panel has its room

    def _is_cell(self, place: Place) -> bool:
        return place[1] < self.matrix.bar and self.shown.rows[place[0]].cells[place[1]] is not None

    def _show_current(self) -> None:
        self.matrix.view.scrollTo(self.matrix.view.currentIndex())

    def _click_name(self, row: int) -> None:
        """A plain click on a name opens its organisation; the row stays selected, to be copied."""
        if not QGuiApplication.keyboardModifiers():
            index = self.matrix.model.index(row, self.matrix.bar)
            self.matrix.view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self.open_place(row, self.matrix.bar)

    def _follow(self) -> None:
        """An open panel goes along with the current cell; there is none while another table is put in."""
        if self._current_key is not None:
            self._refresh_panel()

    def _refresh_panel(self) -> None:
        """An open panel shows what the current cell is about, as it is kept."""
        place, at = self.matrix.current, self._current_key
        if self._open is None:
            return
        if place is None or at is None:
            self.close_panel()
            return
        if self._is_cell(place) != (self._open is self._cell):
            self.open_place(*place)
            return
        try:
            if self._open is self._row:
                self.row_panel.show_row(at[0], self.bar.period)
            else:
                self._show_cell(CellKey(at[0], self.bar.period, at[1]))
        except DesktopError as error:
            self.close_panel()
            errors.tell(self, error)

    def _show_cell(self, key: CellKey) -> None:
        if self.cell_panel.key not in (None, key):
            self.cell_panel.finish()
        label = next(column.label for column in self.shown.columns if column.code == key.code)
        self.cell_panel.show_cell(key, label)

    def close_panel(self) -> None:
        """Hide the panel; what was typed is kept."""
        panel, self._open = self._open, None
        if panel is not None:
            panel.finish()
            panel.hide()
        self._go_to_matrix()

    def _drop(self, row: int, column: int, files: Sequence[Path]) -> None:
        self.open_place(row, column)
        if self._open is self._cell and self._cell is not None:
            self._cell.take(files)

    # writing

    def _paste(self, pasted: Pasted) -> None:
        edits = [(self._key(place), text) for place, text in pasted.edits]
        self.fills.paste(edits, pasted.outside, self._called)

    def _paste_picture(self, row: int, column: int) -> None:
        self.open_place(row, column)
        self.cell_panel.strip.paste()

    def _called(self, key: CellKey) -> str:
        row = next(row for row in self.shown.rows if row.branch.id == key.branch_id)
        cell = self.shown.cell(key)
        return f"{row.branch.name} {cell.item.name if cell else ''}".strip()

    def _note_written(self) -> None:
        """Show what there is now; what was typed as it stood already is no change to tell of."""
        before = self._seen
        self._show(kept=True)
        if self._seen != before:
            self._say_done()

    def _say_done(self) -> None:
        why = self.office.history.next_undo() or ""
        plain = why.removeprefix("8+N：").removeprefix("8+N ")
        self.changed.emit(plain if plain != why else f"已{why}")

    # menus

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _offer_column(self, place: int, at: QPoint) -> None:
        """Fill a whole column, or show just the rows that miss something there."""
        menu, column = self._menu(), self.shown.columns[place]
        cells = [cell for row in self.shown.rows if (cell := row.cells[place]) is not None]
        self.fills.offer(menu, "整列", cells)
        menu.addSeparator()
        for query, count in of_column(column).items():
            action = menu.addAction(f"只看{asked_words(query)}的（{count} 个）", partial(self._narrow, query))
            action.setEnabled(bool(count))
        if self.condition.column is not None:
            menu.addAction("不按项目筛选", partial(self._narrow, None))
        menu.popup(at)

    def _narrow(self, query: MatrixQuery | None) -> None:
        self.condition.column = query
        self.show_matrix()

    def _offer_row(self, row: int, at: QPoint) -> None:
        menu = self._menu()
        menu.addAction("打开党组织", partial(self.open_place, row, self.matrix.bar))
        menu.addSeparator()
        self.fills.offer(menu, "整行", self.shown.rows[row].items)
        menu.popup(at)

    def _offer_cells(self, at: QPoint) -> None:
        """Fill what is selected, or open the current cell."""
        place, menu = self.matrix.current, self._menu()
        if place is not None:
            menu.addAction("打开（Enter）", partial(self.open_place, *place))
            menu.addSeparator()
        cells = (self.shown.rows[row].cells[column] for row, column in self.matrix.selected())
        self.fills.offer(menu, "所选", [cell for cell in cells if cell is not None])
        menu.popup(at)

    def _offer_periods(self) -> None:
        """See starting."""
        menu = self._menu()
        starting.offer(menu, self.office, self.bar.unit.code, self.today, self._start)
        menu.popup(self.start.mapToGlobal(QPoint(0, self.start.height())))

    def _start(self, period: str, source: str | None) -> None:
        with errors.told(self):
            self.office.checklists.start_period(period, self.today, source, self.bar.unit.code)
            self._choose_period(period)
            self._say_done()

    def _choose_period(self, period: str) -> None:
        self._show_periods(period)
        self.show_matrix()

    def _show_periods(self, chosen: str | None) -> None:
        """Offer the periods that there are, and the one chosen."""
        periods = self.office.checklists.periods(self.today)
        known = chosen is None or chosen in periods
        self.bar.show_periods(periods if known else [str(chosen), *periods], chosen)

    # elsewhere

    def take(self, request: Request) -> None:
        """See Page: a unit, a period, some organisations, an item, a chip (``overdue``); the cell of one is opened."""
        if request.unit is not None:
            self.bar.unit.choose(request.unit)
        if request.of or request.item or request.chip in CHIPS:
            self.condition.forget()
            self.condition.of = frozenset(request.of) or None
            self.bar.chip = request.chip if request.chip and request.chip in CHIPS else ALL
        if request.of and request.unit is None:
            self.bar.unit.choose(None)
        if request.period is not None:
            self._choose_period(request.period)
        else:
            self.show_matrix()
        if self.shown.rows and (request.of or request.item):
            branch_id = self.shown.rows[0].branch.id
            self.go_to(branch_id, request.item or "")
            if len(request.of) == 1 and self.matrix.current:
                self.open_place(*self.matrix.current)

    def beside(self, name: str) -> Request:
        """See Page."""
        return Request(page=name, unit=self.bar.unit.code)

    def _ask_to_print(self) -> None:
        self._print("checklist-overview")

    def _print_row(self) -> None:
        if self._row is not None and self._row.row is not None:
            self._print("checklist", (self._row.row.branch.id,))

    def _print(self, ledger: str, of: tuple[str, ...] = ()) -> None:
        unit, period = self.bar.unit.code, self.bar.period
        self.asked.emit(Request(page="ledgers", ledger=ledger, unit=unit, period=period, of=of))

    def _ask_where(self) -> None:
        name = f"{self._unit_name}8+N 清单 {self.bar.periods.currentText()}.xlsx"
        ask_where_to_save(self, "导出到", WORKBOOKS, name, self._export)

    def _export(self, path: str) -> None:
        with errors.told(self):
            self.office.checklists.export(self.shown, Path(path))
            self.noted.emit(f"已导出 {len(self.shown.rows)} 个党组织：{path}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel, F6 goes from matrix to panel and back."""
        if self._open is None or event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_F6):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        elif self._open.isAncestorOf(self.focusWidget()):
            self._go_to_matrix()
        else:
            self._open.go()
