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
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.errors import DesktopError
from desktop.models.registers.division import Division
from desktop.models.registers.roster import RosterRow
from desktop.views import errors, theme
from desktop.views.page import Page, Request
from desktop.views.register.bar import RosterBar
from desktop.views.register.source import Key, RosterSource
from desktop.views.register.units import UnitTree
from desktop.views.tables.columns import Layout
from desktop.views.tables.grid import Grid
from desktop.views.tables.model import RegisterModel
from desktop.views.tables.source import Edit
from desktop.views.widgets.banner import Banner

if TYPE_CHECKING:
    from desktop.office import Office
    from desktop.views.register.drawer import Drawer
    from desktop.views.register.form import Entry

_LAYOUT = "view.roster.columns"
_WIDE = 1440  # a window at least so wide shows the drawer by itself
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
        self.units = UnitTree()
        self.bar = RosterBar(self.source.today)
        self.model = RegisterModel(self.source)
        self.grid = Grid(self.model)
        self._drawer: Drawer | None = None
        self._past = Banner(action="回到今天")
        self._foot = theme.quiet(QLabel())
        self._clear = theme.link(QPushButton("清除条件"))
        self._middle = QStackedWidget()
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
        self.header.add_search("姓名、拼音、职务、电话尾号")
        self._import = self.header.add_action("导入 Excel", "import")
        self._export = self.header.add_action("导出", "export")
        self._print = self.header.add_action("打印台账", "printer", "Ctrl+P")
        self._add = self.header.add_primary("新增人员", keys="Ctrl+N")

    def _build_body(self) -> None:
        self._past.hide()
        foot = QHBoxLayout()
        foot.addWidget(self._foot)
        foot.addWidget(self._clear)
        foot.addStretch(1)
        self._middle.addWidget(self.grid)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.bar)
        column.addWidget(self._past)
        column.addWidget(self._middle, 1)
        column.addLayout(foot)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(theme.GAP)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.units)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([self.units.minimumWidth(), _WIDE])
        self.body.addWidget(self.splitter)

    def _connect(self) -> None:
        search = self.header.search
        assert search is not None  # put in just before
        search.searched.connect(lambda text: self._narrow(search=text))
        search.left.connect(self._enter_grid)
        self.units.chosen.connect(self._choose_unit)
        self.bar.chip_chosen.connect(lambda chip: self._narrow(chip=chip))
        self.bar.day_chosen.connect(self._choose_day)
        self.bar.columns.clicked.connect(self.choose_columns)
        self.bar.eye.toggled.connect(self._show_whole)
        self.bar.drawer.toggled.connect(self._show_drawer)
        self._past.acted.connect(lambda: self.bar.show_day(self.source.today))
        self._clear.clicked.connect(self.clear_conditions)
        self._import.clicked.connect(lambda: self.asked.emit(Request(page="import")))
        self._export.clicked.connect(self._offer_export)
        self._print.clicked.connect(self._ask_to_print)
        self._add.clicked.connect(self.start_new)
        self.grid.edited.connect(self._write)
        self.grid.refused.connect(self.noted)
        self.grid.funneled.connect(self._open_filter)
        self.grid.laid_out.connect(self._keep_columns)
        self.grid.picked.connect(self._show_picked)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        QShortcut(QKeySequence("F6"), self, self._next_part)

    # what is shown

    def as_of(self) -> date:
        """See Page."""
        return self.source.query.on

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
        headings = self.grid.headings, self.grid.frozen.headings
        places = {field.name: place for place, field in enumerate(self.model.fields)}
        filtered = frozenset(places[name] for name, _ in self.source.query.filters)
        sort = self.source.query.sort
        for heading in headings:
            heading.show_state(filtered, (places[sort[0]], sort[1]) if sort else None)
        self._show_emptiness()
        self._show_picked()
        self._counts.start()

    def _count(self) -> None:
        self.bar.show_counts(self._roster.chips(self.source.query))

    def _choose_unit(self, code: str | None) -> None:
        self._narrow(unit=code)

    def _choose_day(self, day: date) -> None:
        self.source.change(on=day)
        past = day != self.source.today
        self._past.words.setText(f"正在查看 {day:%Y.%m.%d} 的名册，不能修改")
        self._past.setVisible(past)
        self._add.setEnabled(not past)
        self.refresh()
        self.scoped.emit()

    def clear_conditions(self) -> None:
        """Show everybody of the unit again, in the usual order."""
        search = self.header.search
        if search is not None:
            search.blockSignals(True)
            search.clear()
            search.blockSignals(False)
        self.bar.choose_chip("all")
        self._narrow(search="", chip="all", filters=(), sort=None)

    def _show_picked(self) -> None:
        total = len(self.model.keys)
        rows, columns = self.grid.selected_block()
        words = f"找到 {total} 人" if self.source.narrowed else f"共 {total} 人"
        if len(rows) > 1:
            words += f"，已选 {len(rows)} 行 {len(columns)} 列"
        elif not self.source.narrowed and self.source.editable:
            words += "　·　双击或直接打字修改，可与 Excel、WPS 互相复制粘贴"
        self._foot.setText(words)
        self._clear.setVisible(self.source.narrowed or self.source.query.sort is not None)
        self.header.set_scope(f"{self.units.words} · {total} 人")
        self._fill_drawer()

    def _show_emptiness(self) -> None:
        if self.model.keys:
            self._middle.setCurrentWidget(self.grid)
            return
        if self._empty is not None:
            self._middle.removeWidget(self._empty)
            self._empty.deleteLater()
        self._empty = self._emptiness()
        self._middle.addWidget(self._empty)
        self._middle.setCurrentWidget(self._empty)

    def _emptiness(self) -> QWidget:
        if self.source.narrowed:
            clear = QPushButton("清除条件")
            clear.clicked.connect(self.clear_conditions)
            return theme.centered(QLabel("没有符合条件的人。"), clear)
        if not self.source.editable:
            return theme.centered(QLabel(f"{self.source.query.on:%Y.%m.%d} {self.units.words}没有在任的人。"))
        add = theme.primary(QPushButton("新增人员"))
        add.clicked.connect(self.start_new)
        take = QPushButton("从 Excel 导入")
        take.clicked.connect(lambda: self.asked.emit(Request(page="import")))
        return theme.centered(QLabel(f"{self.units.words}还没有录入班子成员。"), add, take)

    # columns

    def _restore_columns(self) -> None:
        kept = self.office.settings.get(_LAYOUT)
        if kept:
            self.grid.apply_layout(Layout.from_json(kept, self.model.fields))

    def _keep_columns(self) -> None:
        self.office.settings.set(_LAYOUT, self.grid.layout_now().to_json())

    def choose_columns(self) -> None:
        """Ask which columns to show."""
        from desktop.views.tables.columns import ColumnChooser

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
        headings = self.grid.frozen.headings if column == 0 else self.grid.headings
        left = headings.sectionViewportPosition(column)
        popup.open_at(headings.viewport().mapToGlobal(QPoint(left, headings.height())))

    def _filter(self, field: str, staying: frozenset[str] | None) -> None:
        self.source.filter(field, staying)
        self._requery(lines_too=False)

    def _show_whole(self, whole: bool) -> None:
        self.bar.eye.setIcon(theme.icon("eye-off" if whole else "eye", checked="accent"))
        self.model.set_whole(whole)
        self._fill_drawer()

    # changing

    def _write(self, edits: Sequence[Edit], why: str) -> None:
        today = self.source.today
        try:
            if len(edits) == 1 and not why:
                self._roster.set_cell(edits[0].key, edits[0].field, edits[0].text, today)  # type: ignore[arg-type]  # the source's own keys
                problems = ()
            else:
                outcome = self._roster.set_cells([(e.key, e.field, e.text) for e in edits], today, why)  # type: ignore[misc]  # the same
                problems = outcome.problems
        except DesktopError as error:
            self.noted.emit(f"没有改：{error}")
            return
        people = {edit.key[0] for edit in edits}  # type: ignore[index]  # the same
        self._show_changed([key for key in self.model.keys if key[0] in people])
        self._say_done()
        if problems:
            lines = [f"{self.model.source.fields and p.message}" for p in problems[:8]]
            errors.tell(self, f"{len(problems)} 格没有改，其余已改好：\n" + "\n".join(dict.fromkeys(lines)))

    def _show_changed(self, keys: Sequence[Key]) -> None:
        self.model.reread(keys)
        self._counts.start()
        self._show_picked()

    def _say_done(self) -> None:
        self.changed.emit(f"已{self.office.history.next_undo() or '保存'}")

    def start_new(self) -> None:
        """Turn the drawer into an empty form, the village preset."""
        if self.source.editable:
            self._open_drawer().start_new(self._units(), self._preset_unit())

    def _units(self) -> list[Division]:
        return [unit.division for unit in self._roster.units(self.source.today)]

    def _preset_unit(self) -> str | None:
        row = self.current_row
        return self.units.code or (row.division.code if row else None)

    def _enter(self, entry: Entry) -> None:
        today = self.source.today
        from desktop.models.services.roster import InvalidValueError

        try:
            if entry.person_id is None:
                key = self._roster.add(entry.division_code, entry.values, today)
            else:
                posts, since = entry.values.get("posts", ""), entry.values.get("post_since", "")
                key = self._roster.appoint(entry.person_id, entry.division_code, posts, since, today)
        except InvalidValueError as error:
            self._open_drawer().form.show_problems(error.problems)
            return
        self.refresh()
        self._say_done()
        if entry.again:
            self._open_drawer().start_new(self._units(), entry.division_code)
        else:
            self._leave_form()
        self.grid.go_to(key, 0)

    def _correct(self, values: dict[str, str]) -> None:
        key = self.grid.current_key
        if key is not None and values:
            words = {n: self._roster.read_cell(key, n, t, self.source.today) for n, t in values.items()}
            refused = {n: r.problem for n, r in words.items() if r.problem is not None and r.value is None}
            if refused:
                self._open_drawer().form.show_problems(refused)
                return
            row = self.current_row
            name = row.person.name if row else ""
            self._write([Edit(key, n, t) for n, t in values.items()], f"修改 {name} {len(values)} 项")
        self._leave_form()

    def _ask_to_leave(self) -> None:
        row = self.current_row
        if row is None or not self.source.editable:
            return
        from desktop.views.register.leaving import LeavingDialog

        terms = [line for line in self._roster.terms(row.person.id) if line.term in row.terms]
        dialog = LeavingDialog(row.person.name, terms, self.source.today, self)
        dialog.decided.connect(self._end_terms)
        dialog.open()

    def _end_terms(self, term_ids: list[str], day: date, reason: str) -> None:
        with errors.told(self):
            self._roster.end_terms(term_ids, day, reason)
            self.refresh()
            self._say_done()

    def _remove(self) -> None:
        keys = self.grid.selected_keys()
        with errors.told(self):
            self._roster.remove(keys)
            self.refresh()
            self._say_done()

    def _note_restored(self, words: str) -> None:
        self.refresh()
        self.changed.emit(words)

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
            from desktop.views.register.drawer import Drawer

            self._drawer = Drawer(self.office, self.source.today)
            self._drawer.editing.connect(self._start_correcting)
            self._drawer.leaving.connect(self._ask_to_leave)
            self._drawer.restored.connect(self._note_restored)
            self._drawer.entered.connect(self._enter)
            self._drawer.corrected.connect(self._correct)
            self._drawer.found.connect(self._go_to_found)
            self._drawer.form_left.connect(self._leave_form)
            self._drawer.closed.connect(self._close_drawer)
            self.splitter.addWidget(self._drawer)
        if self._drawer is not None:
            self._drawer.setVisible(shown)
        self._fill_drawer()

    def _close_drawer(self) -> None:
        if self._drawer is not None and self._drawer.shows_form:
            self._leave_form()
        self.bar.drawer.setChecked(False)
        self.grid.setFocus()

    def _leave_form(self) -> None:
        if self._drawer is not None:
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
        day = self.source.query.on
        self._drawer.show_row(
            line.row, line.doubts, whole=self.model.whole, editable=self.source.editable, day=day
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

    def _offer_export(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("导出表格里显示的行和列…", self._choose_file)
        menu.addAction("导出，身份证号和电话不遮住…", self._ask_reason)
        menu.popup(self._export.mapToGlobal(QPoint(0, self._export.height())))

    def _ask_reason(self) -> None:
        from desktop.views.widgets.reason import ReasonDialog

        dialog = ReasonDialog(self)
        dialog.given.connect(self._choose_file)
        dialog.open()

    def _choose_file(self, reason: str | None = None) -> None:
        words = f"{self.units.words}花名册 {self.source.query.on:%Y.%m.%d}.xlsx"
        dialog = QFileDialog(self, "导出到", words, "Excel 工作簿 (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export(Path(name), reason))
        dialog.open()

    def export(self, path: Path, reason: str | None = None) -> None:
        """Write the shown lines and columns to a workbook; a reason shows numbers whole."""
        fields = [self.model.fields[column].name for column in self.grid.shown_columns()]
        with errors.told(self):
            count = self._roster.export(
                path, self.source.query, fields, full_ids=reason is not None, reason=reason
            )
            self.noted.emit(f"已导出 {count} 人：{path}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks."""
        if self._workbooks(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand workbooks to the import page."""
        files = self._workbooks(event)
        if files:
            event.acceptProposedAction()
            self.asked.emit(Request(page="import", files=files))

    def _workbooks(self, event: QDropEvent) -> tuple[Path, ...]:
        paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        return tuple(path for path in paths if path.suffix.lower() in _WORKBOOKS)

    # keyboard and mouse

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rows = len(self.grid.selected_keys())
        for words, keys, act, enabled in (
            ("查看详情", "Ctrl+I", self._open_drawer, rows > 0),
            ("复制", "Ctrl+C", self.grid.copy, rows > 0),
            ("粘贴", "Ctrl+V", self.grid.paste, self.source.editable),
            ("向下填充", "Ctrl+D", self.grid.fill_down, self.source.editable),
            ("清空", "Delete", self.grid.clear_cells, self.source.editable),
            ("离任…", "", self._ask_to_leave, self.source.editable and rows == 1),
            (f"删除录错的 {rows} 行", "", self._remove, self.source.editable and rows > 0),
        ):
            action = menu.addAction(f"{words}\t{keys}" if keys else words, act)
            action.setEnabled(enabled)
        menu.popup(self.grid.viewport().mapToGlobal(place))

    def _enter_grid(self) -> None:
        self.grid.setFocus()
        if not self.grid.currentIndex().isValid() and self.model.keys:
            self.grid.go_to(self.model.keys[0], 0)

    def _next_part(self) -> None:
        parts: list[QWidget] = [self.units.tree, self.grid]
        if self._drawer is not None and self._drawer.isVisible():
            parts.append(self._drawer)
        focus = QGuiApplication.focusObject()
        inside = [
            n
            for n, part in enumerate(parts)
            if part is focus or (isinstance(focus, QWidget) and part.isAncestorOf(focus))
        ]
        part = parts[(inside[-1] + 1) % len(parts) if inside else 0]
        part.setFocus()
        if part is self._drawer:
            part.focusNextChild()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form, then the drawer."""
        if event.key() == Qt.Key.Key_Escape and self.bar.drawer.isChecked():
            self._close_drawer()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """A wide window has room for the drawer from the start."""
        super().showEvent(event)
        if self._drawer is None and self.window().width() >= _WIDE:
            QTimer.singleShot(0, self, lambda: self.bar.drawer.setChecked(True))

    def activate(self) -> None:
        """The keyboard goes to the grid."""
        self.grid.setFocus()
