"""The page of “8+N” (总表): organisations by items, filled by keys, a panel of a cell or of an organisation beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.models.errors import DesktopError
from desktop.models.registers import checklist_rows as matrices
from desktop.models.registers.checklist_rows import CellKey, MatrixQuery
from desktop.models.registers.schemes import CHECKLIST
from desktop.office import Office
from desktop.views import errors, theme
from desktop.views.checklist import starting
from desktop.views.checklist.bar import ALL, CHIPS, ChecklistBar
from desktop.views.checklist.cell_panel import CellPanel
from desktop.views.checklist.condition import Condition
from desktop.views.checklist.faces import table_of
from desktop.views.checklist.fills import Fills
from desktop.views.checklist.places import Places
from desktop.views.checklist.row_panel import RowPanel
from desktop.views.page import Request
from desktop.views.tables.matrix_clipboard import Pasted
from desktop.views.tables.matrix_page import MatrixPage
from desktop.views.widgets.wrapped import WrappedLabel

_KEYS = "空格换状态，Enter 打开一项（在完成率上打开党组织），Delete 清空，可从 Excel/WPS 粘贴，Ctrl+Z 撤销"


class ChecklistPage(MatrixPage):
    """Space goes through the states, Delete empties, Ctrl+V pastes; each is one change."""

    called = "8+N 评定矩阵"
    exported = "8+N 清单"
    sought = "党组织名称、拼音"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.shown: matrices.Matrix
        self._seen: int  # the last change set when that was asked for
        self.fills = Fills(office, self.today, self)
        self.fills.done.connect(self._note_written)
        self._connect()
        self._cell: CellPanel | None = None
        self._row: RowPanel | None = None
        self._show_choices(self._present)
        self.show_matrix()

    # building

    def build_actions(self) -> None:
        """See MatrixPage."""
        self.search.searched.connect(self.show_matrix)
        self.start = self.header.add_action("开始新一期", "calendar")
        self.start.clicked.connect(self._offer_periods)
        self.add_outputs()

    def build_above(self, parent: QWidget) -> Sequence[QWidget]:
        """See MatrixPage."""
        self.bar: ChecklistBar = ChecklistBar(parent)
        self.condition = Condition(self.bar, self.search, parent)
        self.condition.clear.clicked.connect(self.clear_condition)
        for each in (self.bar, self.condition):
            each.moved.connect(self.show_matrix)
        return self.bar, self.condition

    def build_below(self, parent: QWidget) -> QWidget:
        """See MatrixPage."""
        self.keys = theme.quiet(WrappedLabel(_KEYS, parent))
        return self.keys

    def _connect(self) -> None:
        matrix = self.matrix
        matrix.cycled.connect(lambda places: self.fills.cycle(self._places.keys(places)))
        matrix.cleared.connect(lambda places: self.fills.clear(self._places.keys(places)))
        matrix.pasted.connect(self._paste)
        matrix.pictured.connect(self._paste_picture)
        matrix.opened.connect(self._open_or_enter)
        matrix.moved.connect(self._follow)
        matrix.dropped.connect(self._drop)
        matrix.asked.connect(self._offer_column)
        matrix.name_asked.connect(self._offer_row)
        matrix.cell_asked.connect(self._offer_cells)
        matrix.view.names.sectionClicked.connect(self._click_name)

    @property
    def cell_panel(self) -> CellPanel:
        """The panel of a cell, built when it is first opened."""
        if self._cell is None:
            self._cell = CellPanel(self.office, self.today, self._beside)
            self._cell.written.connect(self._note_written)
            self.place_panel(self._cell)
        return self._cell

    @property
    def row_panel(self) -> RowPanel:
        """The panel of an organisation, built when it is first opened."""
        if self._row is None:
            self._row = RowPanel(self.office, self.today, self._beside)
            self._row.printing.connect(self._print_row)
            self._row.written.connect(self._note_written)
            self.place_panel(self._row)
        return self._row

    # what is shown

    def refresh(self) -> None:
        """See Page; rows that are shown stay, whatever they say by now."""
        self._show_choices(self.bar.period)
        self._show(kept=True)

    def _show_choices(self, period: str) -> None:
        self.show_units()
        self.bar.show_periods(self.office.checklists.periods(self.today), period)

    @property
    def _present(self) -> str:
        return str(self.office.schemes.current(CHECKLIST, self.today).period(self.today))

    def show_matrix(self) -> None:
        """See MatrixPage."""
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
        if at is not None:
            self.go_to(at.branch_id, at.code)
        self._refresh_panel()

    def _say_all(self) -> None:
        rows = len(self.shown.rows)
        told = "，".join(filter(None, (f"{rows} 个党组织", self.shown.carried)))
        self.header.set_scope(f"{self.unit_name} · {self.bar.periods.currentText()} · {told}")
        self.condition.say(self.shown)
        for button in (self.export, self.print):
            button.setEnabled(bool(rows))
        self.start.setEnabled(any(self.shown.grades.values()))
        self.keys.setVisible(bool(rows))
        if rows:
            self.show_rows()
        else:
            self._show_nothing()

    def _show_nothing(self) -> None:
        worded = self.office.settings.worded
        if self.condition.narrows:
            self.show_nothing("没有符合条件的党组织。", "清除筛选", self.clear_condition)
        elif self.bar.unit.currentIndex() > 0:
            words = worded(f"{self.unit_name}没有两新党组织。")
            self.show_nothing(words, f"看{self.office.unit.short_name}全部", self._show_whole)
        else:
            words = worded(f"{self.unit_name}还没有登记两新党组织，登记以后这里就有它们的 8+N。")
            self.show_nothing(words, worded("登记两新党组织"), self._go_to_branches)

    def _show_whole(self) -> None:
        self.bar.unit.choose(None)
        self.clear_condition()

    def _go_to_branches(self) -> None:
        self.asked.emit(Request(page="party_branches"))

    def clear_condition(self) -> None:
        """See MatrixPage."""
        self.condition.forget()
        self.show_matrix()
        self.go_to_matrix()

    @property
    def _places(self) -> Places:
        return Places(self.shown)

    @property
    def _current_key(self) -> CellKey | None:
        place = self.matrix.current
        there = place is not None and 0 <= place[0] < len(self.shown.rows)
        return self._places.key(place) if place is not None and there else None

    def go_to(self, branch_id: str, code: str) -> None:
        """Make a cell the current one, where it is shown; an unknown item: the first."""
        place = self._places.find(branch_id, code)
        if place not in (None, self.matrix.current):
            self.matrix.go(*place)

    # panels

    def _open_or_enter(self, row: int, column: int) -> None:
        """Open the panel; where it is open already, the keyboard goes there."""
        was_shown = self.shown_panel
        self.open_place(row, column)
        if was_shown is not None and was_shown is self.shown_panel:
            was_shown.go()

    def open_place(self, row: int, column: int) -> None:
        """Open the panel of a cell; of the organisation on the bar, and where it has no such item of its own."""
        self.show_panel(self.cell_panel if self.matrix.model.is_cell(row, column) else self.row_panel)
        if self.matrix.current != (row, column):
            self.matrix.go(row, column)
        else:
            self._refresh_panel()

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
        place, key = self.matrix.current, self._current_key
        if self.shown_panel is None:
            return
        if place is None or key is None:
            self.close_panel()
            return
        if self.matrix.model.is_cell(*place) != (self.shown_panel is self._cell):
            self.shown_panel.finish()
            self.open_place(*place)
            return
        try:
            if self.shown_panel is self._row:
                self.row_panel.show_row(key.branch_id, key.period)
            else:
                self.cell_panel.show_cell(key, self._places.label(key))
        except DesktopError as error:
            self.close_panel()
            errors.tell(self, error)

    def _drop(self, row: int, column: int, files: Sequence[Path]) -> None:
        self.open_place(row, column)
        if self.shown_panel is self.cell_panel:
            self.cell_panel.take(files)

    def _paste_picture(self, row: int, column: int) -> None:
        self.open_place(row, column)
        if self.shown_panel is self.cell_panel:
            self.cell_panel.paste()

    # writing

    def _paste(self, pasted: Pasted) -> None:
        places = self._places
        edits = [(places.key(place), text) for place, text in pasted.edits]
        self.fills.paste(edits, pasted.outside, places.called)

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

    def _offer_column(self, place: int, at: QPoint) -> None:
        """Fill a whole column, or show just the rows that miss something there."""
        menu, column = self.new_menu(), self.shown.columns[place]
        cells = [cell for row in self.shown.rows if (cell := row.cells[place]) is not None]
        self.fills.offer(menu, "整列", cells)
        menu.addSeparator()
        self.condition.offer(menu, column)
        menu.popup(at)

    def _offer_row(self, row: int, at: QPoint) -> None:
        menu = self.new_menu()
        menu.addAction("打开党组织", partial(self.open_place, row, self.matrix.bar))
        menu.addSeparator()
        self.fills.offer(menu, "整行", self.shown.rows[row].items)
        menu.popup(at)

    def _offer_cells(self, at: QPoint) -> None:
        """Fill what is selected, or open the current cell."""
        place, menu = self.matrix.current, self.new_menu()
        if place is not None:
            menu.addAction("打开（Enter）", partial(self.open_place, *place))
            menu.addSeparator()
        cells = (self.shown.rows[row].cells[column] for row, column in self.matrix.selected())
        self.fills.offer(menu, "所选", [cell for cell in cells if cell is not None])
        menu.popup(at)

    def _offer_periods(self) -> None:
        """See starting."""
        menu = self.new_menu()
        starting.offer(menu, self.office, self.bar.unit.code, self.today, self._start)
        menu.popup(self.start.mapToGlobal(QPoint(0, self.start.height())))

    def _start(self, period: str, source: str | None) -> None:
        with errors.told(self):
            self.office.checklists.start_period(period, self.today, source, self.bar.unit.code)
            self._choose_period(period)
            self._say_done()

    def _choose_period(self, period: str) -> None:
        self._show_choices(period)
        self.show_matrix()

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

    def ask_to_print(self) -> None:
        """See MatrixPage."""
        self._print("checklist-overview")

    def _print_row(self) -> None:
        if self._row is not None and self._row.row is not None:
            self._print("checklist", (self._row.row.branch.id,))

    def _print(self, ledger: str, of: tuple[str, ...] = ()) -> None:
        unit, period = self.bar.unit.code, self.bar.period
        self.asked.emit(Request(page="ledgers", ledger=ledger, unit=unit, period=period, of=of))

    def write(self, path: Path) -> None:
        """See MatrixPage."""
        with errors.told(self):
            self.office.checklists.export(self.shown, path)
            self.noted.emit(f"已导出 {len(self.shown.rows)} 个党组织：{path}")
