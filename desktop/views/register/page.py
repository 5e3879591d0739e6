"""The roster page (两委班子): who serves where, found, corrected, added, ended, printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.registers.division import Division
from desktop.models.registers.roster import RosterRow
from desktop.models.services.roster import InvalidValueError
from desktop.views import theme
from desktop.views.page import Page, Request
from desktop.views.register.actions import RosterActions
from desktop.views.register.bar import RosterBar
from desktop.views.register.exporting import Exporting
from desktop.views.register.source import Key, RosterSource
from desktop.views.register.units import UnitTree
from desktop.views.tables.columns import Layout
from desktop.views.tables.grid import Grid
from desktop.views.tables.model import RegisterModel
from desktop.views.widgets.banner import Banner

if TYPE_CHECKING:
    from desktop.office import Office
    from desktop.views.register.drawer import Drawer
    from desktop.views.register.form import NewLine

_COLUMNS = "view.roster.columns"
_WIDE = 108  # characters: a window at least so wide (1440 pixels at 10 points) opens the drawer by itself
_COUNTS_AFTER_MS = 120
_WORKBOOKS = (".xlsx", ".xls", ".ods", ".csv", ".xlsm")


class RosterPage(Page):
    """Joins tree, bar, grid and drawer to the roster service; holds no data of its own."""

    name = "roster"
    title = "两委班子"
    icon = "group"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setAcceptDrops(True)
        self._roster = office.roster
        self.source = RosterSource(office.roster, date.today())
        self.model = RegisterModel(self.source)
        self.doing = RosterActions(office, self.source, self)
        self._drawer: Drawer | None = None
        self._empty: QWidget | None = None
        self._counts = QTimer(self)
        self._counts.setSingleShot(True)
        self._counts.setInterval(_COUNTS_AFTER_MS)
        self._counts.timeout.connect(self._count)
        self._build_header()
        self._build_body()
        self._connect()
        self._restore_columns()
        self.refresh()
        self.grid.go_to(self.model.keys[0] if self.model.keys else None)

    # building

    def _build_header(self) -> None:
        self.search = self.header.add_search("姓名、拼音、职务、电话尾号")
        self._import = self.header.add_action("导入 Excel", "import")
        export = self.header.add_action("导出", "export")
        self.exporting = Exporting(self._roster, self.source, self._shown_fields, export)
        self._print = self.header.add_action("打印台账", "printer", "Ctrl+P")
        self._add = self.header.add_primary("新增人员", keys="Ctrl+N")

    def _build_body(self) -> None:
        """From the outside in: a widget that changes its parent is dressed again with all it holds."""
        whole = QSplitter(self)
        self.body.addWidget(whole)
        self.units = UnitTree(whole)
        right = QWidget(whole)
        self.bar = RosterBar(self.source.today, right)
        self._past = Banner(action="回到今天", parent=right)
        self._past.hide()
        self._beside = QSplitter(right)  # the grid, and the drawer where it is open
        self._middle = QStackedWidget(self._beside)
        self.grid = Grid(self.model, self._middle)
        self._middle.addWidget(self.grid)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for widget in (self.bar, self._past):
            column.addWidget(widget)
        column.addWidget(self._beside, 1)
        column.addLayout(self._build_foot(right))
        for splitter in (self._beside, whole):
            splitter.setHandleWidth(theme.GAP)
            splitter.setChildrenCollapsible(False)
        whole.setSizes([self.units.minimumWidth(), 4 * self.units.minimumWidth()])
        whole.setStretchFactor(1, 1)

    def _build_foot(self, right: QWidget) -> QHBoxLayout:
        self._foot = theme.quiet(QLabel(right))
        self._clear = theme.link(QPushButton("清除条件", right))
        foot = QHBoxLayout()
        foot.addWidget(self._foot)
        foot.addWidget(self._clear)
        foot.addStretch(1)
        return foot

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self._narrow(search=text))
        self.search.left.connect(self._enter_grid)
        self.units.chosen.connect(lambda code: self._narrow(unit=code))
        self.bar.chip_chosen.connect(lambda chip: self._narrow(chip=chip))
        self.bar.day_chosen.connect(self._choose_day)
        self.bar.columns.clicked.connect(self.choose_columns)
        self.bar.eye.toggled.connect(self._show_whole)
        self.bar.drawer.toggled.connect(self._show_drawer)
        self._past.acted.connect(lambda: self.bar.show_day(self.source.today))
        self._clear.clicked.connect(self.clear_conditions)
        self._import.clicked.connect(self._ask_to_import)
        self.exporting.noted.connect(self.noted)
        self._print.clicked.connect(self._ask_to_print)
        self._add.clicked.connect(self.start_new)
        self.grid.edited.connect(self.doing.write)
        self.grid.refused.connect(self.noted)
        self.grid.funneled.connect(self._open_filter)
        self.grid.laid_out.connect(self._keep_columns)
        self.grid.picked.connect(self._show_picked)
        self.doing.rewritten.connect(self._show_rewritten)
        self.doing.relisted.connect(self._show_relisted)
        self.doing.noted.connect(self.noted)
        self.doing.done.connect(self.changed)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        QShortcut(QKeySequence("F6"), self, self._next_part)

    # what is shown

    def as_of(self) -> date:
        """See Page."""
        return self.source.query.on

    def activate(self) -> None:
        """The keyboard goes to the grid."""
        self.grid.setFocus()
        self._counts.start()

    def refresh(self) -> None:
        """Ask for everything again: something changed elsewhere, or was taken back."""
        self.units.show_units(self._roster.units(self.source.query.on))
        self._requery(lines_too=True)

    def _narrow(self, **what: object) -> None:
        self.source.change(**what)
        self._requery(lines_too=False)

    def _requery(self, *, lines_too: bool) -> None:
        key, column = self.grid.current_key, max(self.grid.currentIndex().column(), 0)
        self.model.ask_again(lines_too=lines_too)
        self.grid.go_to(key, column)
        query = self.source.query
        self.grid.show_narrowing([name for name, _ in query.filters], query.sort)
        self._show_emptiness()
        self._show_picked()
        self._counts.start()

    def _count(self) -> None:
        if self.isVisible():
            self.bar.show_counts(self._roster.chips(self.source.query))

    def _choose_day(self, day: date) -> None:
        self.source.change(on=day)
        self._past.words.setText(f"正在查看 {day:%Y.%m.%d} 的名册，不能修改")
        self._past.setVisible(not self.source.editable)
        self._add.setEnabled(self.source.editable)
        self.refresh()
        self.scoped.emit()

    def clear_conditions(self) -> None:
        """Show everybody of the unit again, in the usual order."""
        self.search.clear()
        self.bar.choose_chip("all")
        self._narrow(search="", chip="all", filters=(), sort=None)

    def _show_picked(self) -> None:
        total = len(self.model.keys)
        rows, columns = self.grid.selected_block()
        words = f"找到 {total} 人" if self.source.narrowed else f"共 {total} 人"
        if len(rows) > 1:
            words += f"，已选 {len(rows)} 行 {len(columns)} 列"
        elif self.source.editable and not self.source.narrowed:
            words += "　·　双击或直接打字修改，可与 Excel、WPS 互相复制粘贴"
        self._foot.setText(words)
        self._clear.setVisible(self.source.narrowed or self.source.query.sort is not None)
        self.header.set_scope(f"{self.units.words} · {total} 人")
        self.exporting.unit = self.units.words
        self._fill_drawer()

    def _show_emptiness(self) -> None:
        if self._empty is not None:
            self._middle.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if not self.model.keys:
            self._empty = self._emptiness()
            self._middle.addWidget(self._empty)
            self._middle.setCurrentWidget(self._empty)

    def _emptiness(self) -> QWidget:
        """Why there is nobody, and the one thing to do about it."""
        if self.source.narrowed:
            clear = QPushButton("清除条件")
            clear.clicked.connect(self.clear_conditions)
            return theme.centered(QLabel("没有符合条件的人。"), clear)
        if not self.source.editable:
            return theme.centered(
                QLabel(f"{self.source.query.on:%Y.%m.%d}，{self.units.words}没有在任的人。")
            )
        add, take = QPushButton("新增人员"), QPushButton("从 Excel 导入")
        add.clicked.connect(self.start_new)
        take.clicked.connect(self._ask_to_import)
        theme.primary(add if self.units.code else take)  # a whole township comes from workbooks
        words = QLabel(f"{self.units.words}还没有录入班子成员。")
        return theme.centered(words, *((add, take) if self.units.code else (take, add)))

    def _show_whole(self, whole: bool) -> None:
        self.bar.show_eye(whole)
        self.model.set_whole(whole)
        self._fill_drawer()

    # columns

    def _restore_columns(self) -> None:
        kept = self.office.settings.get(_COLUMNS)
        if kept:
            self.grid.apply_layout(Layout.from_json(kept, self.model.fields))

    def _keep_columns(self) -> None:
        self.office.settings.set(_COLUMNS, self.grid.layout_now().to_json())

    def _shown_fields(self) -> list[str]:
        return [self.model.fields[column].name for column in self.grid.shown_columns()]

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        from desktop.views.tables.column_chooser import ColumnChooser

        dialog = ColumnChooser(self.grid.layout_now(), self.model.fields, self)
        dialog.chosen.connect(self._lay_out)
        dialog.open()

    def _lay_out(self, layout: Layout) -> None:
        self.grid.apply_layout(layout)
        self._keep_columns()

    def _open_filter(self, column: int) -> None:
        from desktop.views.tables.filter_popup import FilterPopup

        field = self.model.fields[column]
        staying = dict(self.source.query.filters).get(field.name)
        popup = FilterPopup(field.label, self.source.facet(field), staying, self)
        popup.sorted.connect(lambda descending: self._narrow(sort=(field.name, descending)))
        popup.filtered.connect(partial(self._filter, field.name))
        popup.open_at(self.grid.below_heading(column))

    def _filter(self, field: str, staying: frozenset[str] | None) -> None:
        self.source.filter(field, staying)
        self._requery(lines_too=False)

    # changing

    def _show_rewritten(self, keys: Sequence[Key]) -> None:
        people = {person_id for person_id, _ in keys}  # one may serve in two villages
        self.model.reread([key for key in self.model.keys if key[0] in people])
        self._counts.start()
        self._show_picked()

    def _show_relisted(self, key: Key | None) -> None:
        self.refresh()
        if key is not None:
            self.grid.go_to(key, 0)

    def start_new(self) -> None:
        """Turn the drawer into an empty form, the village preset."""
        if self.source.editable:
            row = self.current_row
            self._open_drawer().start_new(
                self._divisions(), self.units.code or (row.division.code if row else None)
            )

    def _divisions(self) -> list[Division]:
        return [unit.division for unit in self._roster.units(self.source.today)]

    def _enter(self, line: NewLine) -> None:
        drawer = self._open_drawer()
        try:
            self.doing.enter(line)
        except InvalidValueError as error:
            drawer.form.show_problems(error.problems)
            return
        if line.again:
            drawer.start_new(self._divisions(), line.division_code)
        else:
            self._leave_form()

    def _correct(self, values: dict[str, str]) -> None:
        row = self.current_row
        try:
            if row is not None:
                self.doing.correct(row, values)
        except InvalidValueError as error:
            self._open_drawer().form.show_problems(error.problems)
            return
        self._leave_form()

    def _ask_to_leave(self) -> None:
        row = self.current_row
        if row is None or not self.source.editable:
            return
        from desktop.views.register.leaving import LeavingDialog

        terms = [line for line in self._roster.terms(row.person.id) if line.term in row.terms]
        dialog = LeavingDialog(row.person.name, terms, self.source.today, self)
        dialog.decided.connect(self.doing.end_terms)
        dialog.open()

    def _note_restored(self, words: str) -> None:
        self.refresh()
        self.undone.emit(words)

    # drawer

    @property
    def current_row(self) -> RosterRow | None:
        """The line of the current cell."""
        index = self.grid.currentIndex()
        line = self.model.line(index.row()) if index.isValid() else None
        return line.row if line else None

    @property
    def drawer(self) -> Drawer | None:
        """The drawer, once it was opened."""
        return self._drawer

    def _open_drawer(self) -> Drawer:
        self.bar.drawer.setChecked(True)
        assert self._drawer is not None  # checking the button built it
        return self._drawer

    def _show_drawer(self, shown: bool) -> None:
        if shown and self._drawer is None:
            self._drawer = self._build_drawer()
            self._beside.addWidget(self._drawer)
            self._beside.setStretchFactor(0, 1)
        if self._drawer is not None:
            self._drawer.setVisible(shown)
        self._fill_drawer()

    def _build_drawer(self) -> Drawer:
        from desktop.views.register.drawer import Drawer

        drawer = Drawer(self.office, self.source.today)
        drawer.editing.connect(self._start_correcting)
        drawer.leaving.connect(self._ask_to_leave)
        drawer.restored.connect(self._note_restored)
        drawer.entered.connect(self._enter)
        drawer.corrected.connect(self._correct)
        drawer.found.connect(self._go_to_found)
        drawer.form_left.connect(self._leave_form)
        drawer.closed.connect(self._close_drawer)
        return drawer

    def _close_drawer(self) -> None:
        self._leave_form()
        self.bar.drawer.setChecked(False)

    def _leave_form(self) -> None:
        if self._drawer is not None and self._drawer.shows_form:
            self._drawer.show_nobody()
            self._fill_drawer()
        self.grid.setFocus()

    def _fill_drawer(self) -> None:
        if self._drawer is None or not self.bar.drawer.isChecked() or self._drawer.shows_form:
            return
        index = self.grid.currentIndex()
        line = self.model.line(index.row()) if index.isValid() else None
        if line is None:
            self._drawer.show_nobody()
            return
        self._drawer.show_row(
            line.row,
            line.doubts,
            whole=self.model.whole,
            editable=self.source.editable,
            day=self.source.query.on,
        )

    def _start_correcting(self) -> None:
        row = self.current_row
        if row is not None and self.source.editable:
            self._open_drawer().start_correcting(row)

    def _go_to_found(self, key: Key) -> None:
        self._leave_form()
        self.grid.go_to(key, 0)

    # elsewhere

    def take(self, request: Request) -> None:
        """Show a unit, a day."""
        if request.unit is not None:
            self.units.choose(request.unit)
        if request.on is not None:
            self.bar.show_day(request.on)

    def _ask_to_print(self) -> None:
        query = self.source.query
        self.asked.emit(Request(page="ledgers", unit=query.unit, on=query.on))

    def _ask_to_import(self) -> None:
        self.asked.emit(Request(page="import"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks."""
        if _workbooks(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand workbooks to the import page."""
        if files := _workbooks(event):
            event.acceptProposedAction()
            self.asked.emit(Request(page="import", files=files))

    # keyboard and mouse

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = self.grid.selected_keys()
        editable = self.source.editable
        for words, shortcut, act, enabled in (
            ("查看详情", "Ctrl+I", self._open_drawer, bool(keys)),
            ("复制", "Ctrl+C", self.grid.copy, bool(keys)),
            ("粘贴", "Ctrl+V", self.grid.paste, editable),
            ("向下填充", "Ctrl+D", self.grid.fill_down, editable),
            ("清空", "Delete", self.grid.clear_cells, editable),
            ("离任…", "", self._ask_to_leave, editable and len(keys) == 1),
            (f"删除录错的 {len(keys)} 行", "", lambda: self.doing.remove(keys), editable and bool(keys)),
        ):
            menu.addAction(f"{words}\t{shortcut}" if shortcut else words, act).setEnabled(enabled)
        menu.popup(self.grid.viewport().mapToGlobal(place))

    def _enter_grid(self) -> None:
        self.grid.setFocus()
        if not self.grid.currentIndex().isValid() and self.model.keys:
            self.grid.go_to(self.model.keys[0], 0)

    def _next_part(self) -> None:
        """F6: tree, grid, drawer in turn."""
        parts: list[QWidget] = [self.units.tree, self.grid]
        if self._drawer is not None and self._drawer.isVisible():
            parts.append(self._drawer)
        focus = QGuiApplication.focusObject()
        inside = [
            part
            for part in parts
            if part is focus or (isinstance(focus, QWidget) and part.isAncestorOf(focus))
        ]
        part = parts[(parts.index(inside[0]) + 1) % len(parts)] if inside else self.grid
        part.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the form, then closes the drawer."""
        if event.key() != Qt.Key.Key_Escape or not self.bar.drawer.isChecked():
            super().keyPressEvent(event)
        elif self._drawer is not None and self._drawer.shows_form:
            self._leave_form()
        else:
            self._close_drawer()

    def showEvent(self, event: QShowEvent) -> None:
        """A wide window has room for the drawer from the start."""
        super().showEvent(event)
        if self._drawer is None and self.window().width() >= theme.characters(self, _WIDE):
            QTimer.singleShot(0, self, lambda: self.bar.drawer.setChecked(True))


def _workbooks(event: QDropEvent) -> tuple[Path, ...]:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() in _WORKBOOKS)
