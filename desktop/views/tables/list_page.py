"""A page of one register: tree of villages, chips, grid, drawer — what is the same for all of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

from desktop.models.errors import DesktopError
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.roster import ORDERS
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.saved_views import SavedView, SavedViews
from desktop.models.services.stale_forms import StaleRecordError
from desktop.views import errors, theme
from desktop.views.page import Page, Request
from desktop.views.tables.chip_strip import SAVED
from desktop.views.tables.columns import Layout
from desktop.views.tables.grid import Grid
from desktop.views.tables.model import Line, RegisterModel
from desktop.views.tables.unit_tree import UnitTree
from desktop.views.tables.views_button import ViewsButton, key_of
from desktop.views.widgets.dropped import files_in

if TYPE_CHECKING:
    from desktop.office import Office
    from desktop.views.tables.list_actions import ListActions
    from desktop.views.tables.list_bar import ListBar
    from desktop.views.tables.list_form import Correction, ListForm
    from desktop.views.tables.list_source import ListSource
    from desktop.views.tables.source import Edit, Key

_WIDE = 108  # characters: a window at least so wide (1440 pixels at 10 points) opens the drawer by itself
_COUNTS_AFTER_MS = 120
WORKBOOKS = (".xlsx", ".xls", ".ods", ".csv", ".xlsm")
MenuLine = tuple[str, str, Any, bool]  # words, keys, what it does, whether it can


class ListPage(Page):
    """Joins tree, bar, grid and drawer to a service; holds no data of its own."""

    noun = "人"  # what its lines are counted in
    picked_by = "id"  # the filter, as in RosterQuery, that knows the records which a Request names

    def __init__(self, office: Office, source: ListSource, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setAcceptDrops(True)
        self.source = source
        self.model = RegisterModel(source)
        self.doing = self.build_actions()
        self._drawer: Any = None
        self._empty: QWidget | None = None
        self._kept: tuple[str, object] = ("", None)  # a chip of a view or a finding, and what it asks for
        self._counts = QTimer(self)
        self._counts.setSingleShot(True)
        self._counts.setInterval(_COUNTS_AFTER_MS)
        self._counts.timeout.connect(self.count)
        self.build_header()
        self._build_body()
        self._connect()
        self._restore_columns()
        self.refresh()
        self.grid.go_to(self.model.keys[0] if self.model.keys else None)

    # what each page says for itself

    @abstractmethod
    def build_actions(self) -> ListActions:
        """What can be done."""

    @abstractmethod
    def build_header(self) -> None:
        """Put ``search`` and the actions into the header."""

    @abstractmethod
    def build_bar(self, parent: QWidget) -> ListBar:
        """The line over the grid."""

    @abstractmethod
    def build_above(self, parent: QWidget) -> list[QWidget]:
        """What stands between the bar and the grid."""

    @abstractmethod
    def build_drawer(self) -> Any:
        """The panel at the right; built when it is first opened."""

    @abstractmethod
    def show_units(self) -> None:
        """Fill the tree."""

    @abstractmethod
    def show_line(self, line: Line) -> None:
        """Show a line in the drawer."""

    @property
    @abstractmethod
    def current_person(self) -> str | None:
        """The id of the person that the current line is about."""

    @abstractmethod
    def emptiness(self) -> QWidget:
        """Why there is nothing though nothing narrows the list, and what to do about it."""

    @abstractmethod
    def take_workbooks(self, files: tuple[Path, ...]) -> None:
        """Begin to import workbooks that were dropped."""

    @abstractmethod
    def menu_lines(self, keys: Sequence[Key]) -> list[MenuLine]:
        """What the menu of a line offers beside the grid's own."""

    @property
    def about_people(self) -> bool:
        """Whether a line is about a person, whose page can be opened."""
        return True

    # building

    def _build_body(self) -> None:
        """From the outside in: a widget that changes its parent is dressed again with all it holds."""
        whole = QSplitter(self)
        self.body.addWidget(whole)
        self.units = UnitTree(whole)
        right = QWidget(whole)
        self.bar = self.build_bar(right)
        self._saved = SavedViews(self.office.settings, self.name)
        self.views = ViewsButton(self._saved, self.view_now, self.bar.strip)
        self.bar.strip.end_with(self.views)
        self._show_views()
        above = self.build_above(right)
        self._beside = QSplitter(right)  # the grid, and the drawer where it is open
        self._middle = QStackedWidget(self._beside)
        self.grid = Grid(self.model, self._middle)
        self._middle.addWidget(self.grid)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for widget in (self.bar, *above):
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
        self._bulk = theme.link(QPushButton("批量修改…", right))
        self._bulk.hide()
        self._clear = theme.link(QPushButton("清除条件", right))
        foot = QHBoxLayout()
        foot.addWidget(self._foot)
        foot.addWidget(self._bulk)
        foot.addWidget(self._clear)
        foot.addStretch(1)
        return foot

    def _connect(self) -> None:
        search = self.header.search
        assert search is not None  # every such page builds one
        self.search = search
        search.searched.connect(lambda text: self._narrow(search=text))
        search.left.connect(self._enter_grid)
        self.units.chosen.connect(lambda code: self._narrow(unit=code))
        self.bar.chip_chosen.connect(self.choose_chip)
        self.views.chosen.connect(self.choose_chip)
        self.views.kept.connect(self._show_views)
        self.bar.columns.clicked.connect(self.choose_columns)
        self.bar.eye.toggled.connect(self._show_whole)
        self.bar.drawer.toggled.connect(self._show_drawer)
        self._clear.clicked.connect(self.clear_conditions)
        self._bulk.clicked.connect(self.change_many)
        self.grid.edited.connect(self.doing.write)
        self.grid.overflowed.connect(self._ask_to_add)
        self.grid.refused.connect(self.noted)
        self.grid.funneled.connect(self._open_filter)
        self.grid.laid_out.connect(self._keep_columns)
        self.grid.picked.connect(self.show_picked)
        self.grid.customContextMenuRequested.connect(self._open_menu)
        self.doing.rewritten.connect(self.show_rewritten)
        self.doing.relisted.connect(self.show_relisted)
        self.doing.noted.connect(self.noted)
        self.doing.done.connect(self.changed)
        if self.about_people:
            self.grid.frozen.offer_to_open("打开人员页（Ctrl+Enter）")
            self.grid.opened.connect(self.open_person)
            self.grid.verticalHeader().sectionDoubleClicked.connect(lambda _line: self.open_person())
        QShortcut(QKeySequence("Ctrl+Return"), self.grid, self.open_person)
        QShortcut(QKeySequence("F6"), self, self._next_part)

    # what is shown

    def activate(self) -> None:
        """The keyboard goes to the grid."""
        self.grid.setFocus()
        self._counts.start()

    def refresh(self) -> None:
        """Ask for everything again: something changed elsewhere, or was taken back."""
        self.show_units()
        self.requery(lines_too=True)

    def _narrow(self, **what: object) -> None:
        """Ask for other lines."""
        self.source.change(**what)
        self.requery(lines_too=False)

    def requery(self, *, lines_too: bool) -> None:
        """Ask for the lines again; ``lines_too``: also for what they say."""
        key, column = self.grid.current_key, max(self.grid.currentIndex().column(), 0)
        self.model.ask_again(lines_too=lines_too)
        self.grid.go_to(key, column)
        query = self.source.query
        usual = self.source.usual.filters
        self.grid.show_narrowing([each[0] for each in query.filters if each not in usual], query.sort)
        self.bar.strip.choose(self.lit_chip)
        self._show_emptiness()
        self.show_picked()
        self._counts.start()

    def count(self) -> None:
        """Say how many lines the chips would show."""
        if self.isVisible():
            self.bar.show_counts(self.source.chips())

    def clear_conditions(self) -> None:
        """Show everything of the unit again, in the usual order."""
        self.search.clear()
        self.source.clear()
        self.requery(lines_too=False)

    def show_picked(self) -> None:
        """Say how many lines there are and how much is selected; the drawer shows the current one."""
        total = len(self.model.keys)
        rows, columns = self.grid.selected_block()
        words = f"{'找到' if self.source.narrowed else '共'} {total} {self.noun}"
        if len(rows) > 1:
            words += f"，已选 {len(rows)} 行 {len(columns)} 列"
        elif total and self.source.editable and not self.source.narrowed:
            words += "　·　双击或直接打字修改，可与 Excel、WPS 互相复制粘贴"
        self._foot.setText(words)
        self._bulk.setVisible(len(rows) > 1 and self.source.editable)
        self._clear.setVisible(self.source.narrowed or self.source.query.sort is not None)
        self.header.set_scope(f"{self.units.words} · {total} {self.noun}")
        self.fill_drawer()

    def _show_emptiness(self) -> None:
        if self._empty is not None:
            self._middle.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if not self.model.keys:
            self._empty = self._nothing_found() if self.source.narrowed else self.emptiness()
            self._middle.addWidget(self._empty)
            self._middle.setCurrentWidget(self._empty)

    def _nothing_found(self) -> QWidget:
        clear = QPushButton("清除条件")
        clear.clicked.connect(self.clear_conditions)
        what = "人" if self.noun == "人" else "记录"
        return theme.centered(QLabel(f"没有符合条件的{what}。"), clear)

    def _show_whole(self, whole: bool) -> None:
        self.bar.show_eye(whole)
        self.model.set_whole(whole)
        self.fill_drawer()

    # columns

    @property
    def _columns_setting(self) -> str:
        return f"view.{self.name}.columns"

    def _restore_columns(self) -> None:
        kept = self.office.settings.get(self._columns_setting)
        if kept:
            self.grid.apply_layout(Layout.from_json(kept, self.model.fields))

    def _keep_columns(self) -> None:
        self.office.settings.set(self._columns_setting, self.grid.layout_now().to_json())

    def shown_fields(self) -> list[str]:
        """The names of the columns shown, from left to right."""
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

    # chips and saved views

    def choose_chip(self, key: str) -> None:
        """Narrow the list as a chip says; a view or a finding that was on until now goes with what it asked for."""
        views = {key_of(view): view for view in self._saved.all()}
        if key in views:
            self.show_view(views[key])
            self.light(key)
            return
        if self.lit_chip != self.source.query.chip:
            self.search.clear()
            self.source.clear()
        self._narrow(chip=key)

    def light(self, key: str) -> None:
        """Let a chip be on as long as the list is narrowed as it is now, though ``chip`` of the query is another."""
        self._kept = (key, self._narrowing())
        self.bar.strip.choose(self.lit_chip)

    @property
    def lit_chip(self) -> str:
        """The key of the chip that is on; none where somebody named the lines that are shown."""
        key, narrowing = self._kept
        if key in self.bar.chips and narrowing == self._narrowing():
            return key
        named = any(field == self.picked_by for field, _ in self.source.query.filters)
        return "" if named else self.source.query.chip

    def _narrowing(self) -> tuple[object, ...]:
        query = self.source.query
        return (query.search, query.chip, query.filters, query.sort)

    def _show_views(self, saved: str = "") -> None:
        """Show a chip for each saved view; the one just saved is what is shown."""
        self.bar.strip.show_chips(SAVED, {key_of(view): view.name for view in self._saved.all()})
        if saved:
            self.light(saved)
        else:
            self.bar.strip.choose(self.lit_chip)

    def view_now(self) -> SavedView:
        """What is shown, as a view without a name."""
        query = self.source.query
        return SavedView(
            name="",
            search=query.search,
            chip=query.chip,
            filters=query.filters,
            sort=query.sort,
            columns=self.grid.layout_now().to_json(),
        )

    def show_view(self, view: SavedView) -> None:
        """Show what a saved view shows, of the unit that is chosen; columns and chips that are no more are left out."""
        known = {field.name for field in self.model.fields}
        chip = view.chip if view.chip in self.bar.chips else self.source.usual.chip
        sort = view.sort if view.sort and view.sort[0].partition(":")[0] in known else None
        filters = tuple(each for each in view.filters if each[0] in known)
        self.search.setText(view.search)
        self.source.change(search=view.search, chip=chip, filters=filters, sort=sort)
        self._lay_out(Layout.from_json(view.columns, self.model.fields))
        self.requery(lines_too=False)

    def _open_filter(self, column: int) -> None:
        from desktop.views.tables.filter_popup import FilterPopup

        field = self.model.fields[column]
        staying = dict(self.source.query.filters).get(field.name)
        orders = ORDERS.get(field.name, {field.name: ""})
        popup = FilterPopup(field.label, orders, self.source.facet(field), staying, self)
        popup.sorted.connect(lambda order, descending: self._narrow(sort=(order, descending)))
        popup.filtered.connect(partial(self._filter, field.name))
        popup.open_at(self.grid.below_heading(column))

    def _filter(self, field: str, staying: frozenset[str] | None) -> None:
        self.source.filter(field, staying)
        self.requery(lines_too=False)

    # changing

    def _ask_to_add(self, edits: Sequence[Edit], rows: Sequence[Mapping[str, str]]) -> None:
        """Ask what shall become of pasted rows below the last line."""
        place = self._village_for_new()
        where = self.office.divisions.get(place).short_name if place else ""
        errors.choose(
            self,
            f"表格里多出 {len(rows)} 行。",
            {
                f"追加为新{'人员' if self.noun == '人' else '记录'}": lambda: self.doing.paste(
                    edits, rows, place
                ),
                f"只贴 {len(self.model.keys) - self.grid.selected_block()[0][0]} 行": lambda: (
                    self.doing.write(edits, f"粘贴 {len(edits)} 格")
                ),
            },
            words=f"没有写村（社区）的行追加到{where}。" if where else "",
        )

    def change_many(self) -> None:
        """Ask for a value that all selected lines shall have in one column."""
        from desktop.views.tables.bulk import BulkDialog

        field = self.model.fields[self.grid.currentIndex().column()]
        dialog = BulkDialog(self.source, self.grid.selected_keys(), field, self)
        dialog.decided.connect(self.doing.write)
        dialog.open()

    def _village_for_new(self) -> str | None:
        """The village chosen in the tree, else that of the current line."""
        chosen = self.office.divisions.get(self.units.code) if self.units.code else None
        if chosen is not None and chosen.kind not in (DivisionKind.CITY, DivisionKind.TOWNSHIP):
            return chosen.code
        line = self.current_line
        division = line.row.division if line else None
        return division.code if division else None

    # after a change

    def show_rewritten(self, keys: Sequence[Key]) -> None:
        """Show lines of which cells were written."""
        self.model.reread(keys)
        self._counts.start()
        self.show_picked()

    def show_relisted(self, key: Key | None) -> None:
        """Show that lines came or went; go to one of them."""
        self.refresh()
        if key is not None:
            self.grid.go_to(key, 0)

    def note_restored(self, words: str) -> None:
        """A change set was taken back in the drawer."""
        self.refresh()
        self.undone.emit(words)

    def correct(self, correction: Correction) -> None:
        """Write what the form of a line changed; or say at the form why not."""
        form: ListForm = self.open_drawer().form
        row = correction.row
        try:
            self.doing.rewrite(row, form.who(row), correction.values, correction.seen)
        except InvalidValueError as error:
            form.show_problems(error.problems)
        except StaleRecordError as error:
            form.ask_which(error)
        except DesktopError as error:
            errors.tell(self, error)  # the line is gone; what was typed stays to be copied
        else:
            self.leave_form()

    # drawer

    @property
    def current_line(self) -> Line | None:
        """The line of the current cell."""
        index = self.grid.currentIndex()
        return self.model.line(index.row()) if index.isValid() else None

    @property
    def divisions(self) -> list[Division]:
        """The divisions of the tree."""
        return [unit.division for unit in self.office.roster.units(self.source.today)]

    @property
    def drawer(self) -> Any:
        """The drawer, once it was opened."""
        return self._drawer

    def open_drawer(self) -> Any:
        """The drawer, opened now where it was not."""
        self.bar.drawer.setChecked(True)
        assert self._drawer is not None  # checking the button built it
        return self._drawer

    def _show_drawer(self, shown: bool) -> None:
        if shown and self._drawer is None:
            self._drawer = self.build_drawer()
            self._drawer.corrected.connect(self.correct)
            self._drawer.form_left.connect(partial(self._drawer.let_go, self.leave_form))
            self._drawer.closed.connect(partial(self._drawer.let_go, self._close_drawer))
            self._drawer.wanted.connect(lambda: self.asked.emit(Request(page=self.name)))
            self._beside.addWidget(self._drawer)
            self._beside.setStretchFactor(0, 1)
        if self._drawer is not None:
            self._drawer.setVisible(shown)
        self.fill_drawer()

    def _close_drawer(self) -> None:
        self.leave_form()
        self.bar.drawer.setChecked(False)

    def leave_form(self) -> None:
        """Show details in the place of the form."""
        if self._drawer is not None and self._drawer.shows_form:
            self._drawer.show_nobody()
            self.fill_drawer()
        self.grid.setFocus()

    def fill_drawer(self) -> None:
        """Show the current line, unless something is being entered."""
        if self._drawer is None or not self.bar.drawer.isChecked() or self._drawer.shows_form:
            return
        line = self.current_line
        if line is None:
            self._drawer.show_nobody()
        else:
            self.show_line(line)

    # elsewhere

    def open_person(self) -> None:
        """Open the page of the current line's person."""
        if person := self.current_person:
            self.asked.emit(Request(page="person", person=person))

    def take(self, request: Request) -> None:
        """Show a unit, and of it some lines only where it is asked for; of records that are named, the first is current."""
        if request.unit is not None or request.narrows:
            self.units.choose(request.unit)
        if request.narrows:
            self.search.clear()
            self.source.clear()
            chip, filters = request.chip or self.source.query.chip, request.filters
            if request.of:
                chip, filters = "all", ((self.picked_by, frozenset(request.of)),)
            self.source.change(chip=chip, filters=filters)
            self.requery(lines_too=False)
        if request.of and self.model.keys:
            self.grid.go_to(self.model.keys[0], 0)

    # keyboard and mouse

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks."""
        if _workbooks(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import them."""
        if files := _workbooks(event):
            event.acceptProposedAction()
            self.take_workbooks(files)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = self.grid.selected_keys()
        editable = self.source.editable
        usual: list[MenuLine] = [
            ("查看详情", "Ctrl+I", self.open_drawer, bool(keys)),
            ("复制", "Ctrl+C", self.grid.copy, bool(keys)),
            ("复制（带列名）", "Ctrl+Shift+C", partial(self.grid.copy, headings=True), bool(keys)),
            ("粘贴", "Ctrl+V", self.grid.paste, editable),
            ("向下填充", "Ctrl+D", self.grid.fill_down, editable),
            ("清空", "Delete", self.grid.clear_cells, editable),
            ("批量修改…", "", self.change_many, editable and len(keys) > 1),
        ]
        remove = (
            f"删除录错的 {len(keys)} 行",
            "",
            lambda: self.doing.remove(keys),
            editable and bool(keys),
        )
        for words, shortcut, act, enabled in (*usual, *self.menu_lines(keys), remove):
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
            self._drawer.let_go(self.leave_form)
        else:
            self._close_drawer()

    def showEvent(self, event: QShowEvent) -> None:
        """A wide window has room for the drawer from the start."""
        super().showEvent(event)
        if self._drawer is None and self.window().width() >= theme.characters(self, _WIDE):
            QTimer.singleShot(0, self, lambda: self.bar.drawer.setChecked(True))


def _workbooks(event: QDropEvent) -> tuple[Path, ...]:
    return tuple(path for path in files_in(event.mimeData()) if path.suffix.lower() in WORKBOOKS)
