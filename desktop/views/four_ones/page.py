"""The matrix of “四个一” (总表): secretaries by kinds, the form of an activity beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.models.domain.names import name_keys
from desktop.models.domain.periods import Period
from desktop.models.rules.four_ones import CellState, Completion, Matrix
from desktop.models.services.activity_forms import ActivityForm
from desktop.views import errors, theme
from desktop.views.four_ones.activity_panel import ActivityPanel, new_place
from desktop.views.four_ones.bar import FourOnesBar
from desktop.views.four_ones.faces import table_of
from desktop.views.four_ones.following import ALL_DONE, next_form
from desktop.views.page import Request
from desktop.views.tables.matrix_page import MatrixPage
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_BEFORE = 3  # periods that are offered besides the present one
_NOBODY = "{unit}{period}没有提级管理的书记。先在“提级管理”里登记，这里就有他们的四个一。"
_NONE_SUCH = "没有符合条件的书记。"
Then = Callable[[ActivityPanel], object]


def _nothing(_panel: ActivityPanel) -> None:
    """Opening it is all."""


class FourOnesPage(MatrixPage):
    """One click on an empty cell begins an activity, on a date opens it."""

    called = "四个一总表"
    exported = "四个一"
    sought = "书记、拼音、村"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.shown: Matrix
        self._panel: ActivityPanel | None = None
        self._connect()
        self._show_periods(str(self.office.four_ones.period(self.today)))
        self.refresh()

    # building

    def build_actions(self) -> None:
        """See MatrixPage."""
        self.search.searched.connect(self._find)
        self.add_outputs()
        self.add = self.header.add_primary("登记活动", keys="Ctrl+N")
        self.add.clicked.connect(self.start_new)

    def build_above(self, parent: QWidget) -> Sequence[QWidget]:
        """See MatrixPage."""
        self.bar: FourOnesBar = FourOnesBar(parent)
        self.bar.moved.connect(self.show_matrix)
        return (self.bar,)

    def build_below(self, parent: QWidget) -> QWidget:
        """See MatrixPage."""
        foot = QFrame(parent)
        self.total = WrappedLabel(parent=foot)
        self.townships = theme.link(QPushButton("各乡镇完成率", foot))
        self.townships.clicked.connect(self._offer_townships)
        line = QHBoxLayout(foot)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.total, 1)
        line.addWidget(self.townships)
        return foot

    def _connect(self) -> None:
        matrix = self.matrix
        matrix.view.clicked.connect(self._click)
        matrix.opened.connect(lambda row, column: self.open_cell(row, column))
        matrix.cycled.connect(lambda places: self.open_cell(*places[0]))
        matrix.dropped.connect(self._drop)
        matrix.pictured.connect(self._paste_picture)
        matrix.cell_asked.connect(self._open_menu)
        matrix.name_asked.connect(self._open_name_menu)
        matrix.asked.connect(self._open_kind_menu)

    @property
    def panel(self) -> ActivityPanel:
        """The form at the right, built when it is first opened."""
        if self._panel is None:
            panel = self._panel = ActivityPanel(self.office, self.today, self._beside)
            panel.saved.connect(self._show_saved)
            panel.again.connect(self._go_on)
            panel.changed.connect(self._say_done)
            panel.printing.connect(self._print_activity)
            self.place_panel(panel)
        return self._panel

    # what is shown

    def refresh(self) -> None:
        """See Page."""
        self.show_units()
        self.show_matrix()
        if self._panel is not None:
            self._panel.refresh()

    @property
    def _period(self) -> Period:
        return Period.parse(self.bar.period)

    def _show_periods(self, chosen: str) -> None:
        present = self.office.four_ones.period(self.today)
        self.bar.show_periods([str(present.after(-each)) for each in range(_BEFORE + 1)], chosen)

    def show_matrix(self) -> None:
        """See MatrixPage."""
        period = self._period
        scheme = self.office.four_ones.scheme(min(max(period.start, self.today), period.end))
        self.bar.show_kinds(scheme.common)
        kinds = [self.bar.kind] if self.bar.kind else None
        self.shown = self.office.four_ones.matrix(
            period, self.today, self.bar.unit.code, kinds=kinds, list_kind=self.bar.list_kind
        )
        self._paint()
        if self.shown.rows:
            self.show_rows()
        else:
            self._show_nothing()
        total = self.shown.total
        self.header.set_scope(f"{self.unit_name} · {period.label} · {total.secretaries} 名书记")
        self.total.setText(f"{_in_words(total)}。{scheme.words.partition('（')[0]}")
        self.total.setToolTip(f"{scheme.words}\n{self.shown.definition}")
        self.townships.setVisible(len(self.shown.townships) > 1)

    def _paint(self) -> None:
        """Draw the matrix again, with marks where something waits to be saved."""
        self.matrix.show_table(table_of(self.shown, self._has_draft))

    def _has_draft(self, row: int, column: int) -> bool:
        if self._panel is None:
            return False
        cell = self.shown.rows[row].cells[column]
        keys = ((each.activity_id,) for each in (*cell.held, *cell.planned))
        return self._waits(row, column) or any(map(self._panel.has_draft, keys))

    def _waits(self, row: int, column: int) -> bool:
        """Whether a new activity was begun in a cell, and is not saved."""
        subject, kind = self.shown.rows[row].subject, self.shown.kinds[column].name
        place = new_place(kind, subject.person.id, subject.division.code, "")
        return self._panel is not None and self._panel.has_draft(place)

    def _show_nothing(self) -> None:
        if self.bar.list_kind is not None:
            self.show_nothing(_NONE_SUCH, "清除条件", self.clear_condition)
        else:
            words = _NOBODY.format(unit=self.unit_name, period=self._period.label)
            self.show_nothing(words, "登记提级书记", self._go_to_managed)

    def clear_condition(self) -> None:
        """See MatrixPage."""
        self.bar.clear()
        self.go_to_matrix()

    def _go_to_managed(self) -> None:
        self.asked.emit(self.beside("managed_secretaries"))

    def _find(self, text: str) -> None:
        """Go to the first secretary whose name, pinyin or village begins with a text."""
        typed = text.strip().lower()
        if not typed:
            return
        for place, row in enumerate(self.shown.rows):
            names = (row.subject.person.name, row.subject.division.short_name)
            keys = {*names, *(key for name in names for key in name_keys(name))}
            if any(key.startswith(typed) for key in keys):
                current = self.matrix.current
                self.matrix.go(place, current[1] if current else 0)
                return

    # the form

    def _click(self, index: QModelIndex) -> None:
        """A plain click opens; with Ctrl or Shift it selects."""
        if not QGuiApplication.keyboardModifiers() and index.column() < self.matrix.bar:
            self.open_cell(index.row(), index.column())

    def open_cell(self, row: int, column: int, then: Then = _nothing) -> None:
        """Open what a cell has, or begin what it lacks; of several, ask which. ``then`` is done with the form once it is there."""
        if column >= self.matrix.bar:
            return
        cell = self.shown.rows[row].cells[column]
        there = (*cell.held, *cell.planned)
        missing = cell.state is not CellState.RELEASED and len(cell.held) < cell.wanted
        if not there:
            self.start_in(row, column, then)
        elif len(there) == 1 and (cell.planned or not missing) and not self._waits(row, column):
            self.open_activity(there[0].activity_id, then)
        else:
            self._ask_which(row, column, then)

    def _ask_which(self, row: int, column: int, then: Then) -> None:
        place = self.matrix.view.visualRect(self.matrix.model.index(row, column)).bottomLeft()
        menu = self._menu(row, column, then)
        menu.popup(self.matrix.view.viewport().mapToGlobal(place))
        menu.setActiveAction(menu.actions()[0])

    def _menu(self, row: int, column: int, then: Then = _nothing) -> QMenu:
        """Everything that a cell has, and another one."""
        cell, menu = self.shown.rows[row].cells[column], self.new_menu()
        for each in (*cell.held, *cell.planned):
            state = "计划" if each in cell.planned else "已开展"
            words = f"{each.day[:10].replace('-', '.')} {state}"
            menu.addAction(words, partial(self.open_activity, each.activity_id, then))
        words = "接着填没保存的" if self._waits(row, column) else "登记"
        menu.addAction(f"{words}{self.shown.kinds[column].name}", partial(self.start_in, row, column, then))
        return menu

    def _open_menu(self, place: QPoint) -> None:
        current = self.matrix.current
        if current is not None and current[1] < self.matrix.bar:
            self._menu(*current).popup(place)

    def _open_name_menu(self, row: int, place: QPoint) -> None:
        """Where else a secretary stands."""
        subject, menu = self.shown.rows[row].subject, self.new_menu()
        filters, unit = (("name", frozenset({subject.person.name})),), subject.division.code
        for words, request in (
            ("人员页", Request(page="person", person=subject.person.id)),
            ("提级管理", Request(page="managed_secretaries", unit=unit, chip="all", filters=filters)),
            ("挂钩结对", Request(page="mentoring", unit=unit, chip="all", filters=filters)),
        ):
            menu.addAction(f"{subject.person.name}的{words}", partial(self.asked.emit, request))
        menu.popup(place)

    def _open_kind_menu(self, column: int, place: QPoint) -> None:
        menu = self.new_menu()
        if self.bar.kind:
            menu.addAction("看全部类型", partial(self._choose_kind, None))
        else:
            kind = self.shown.kinds[column]
            menu.addAction(f"只看{kind.name}", partial(self._choose_kind, kind.code))
        menu.popup(place)

    def _choose_kind(self, code: str | None) -> None:
        self.bar.choose_kind(code)
        self.show_matrix()

    def start_in(self, row: int, column: int, then: Then = _nothing) -> None:
        """Begin an activity of a cell's secretary and kind."""
        subject = self.shown.rows[row].subject
        kind = self.shown.kinds[column].code
        self.matrix.go(row, column)
        form = self.office.activity_forms.draft(kind, self.today, subject.person.id, subject.division.code)
        self._show_form(form)
        then(self.panel)

    def start_new(self) -> None:
        """Begin an activity of the current cell; of nobody where there is none."""
        current = self.matrix.current
        if current is not None and self.shown.rows:
            self.start_in(current[0], min(current[1], self.matrix.bar - 1))
            return
        kinds = self.office.four_ones.scheme(self.today).common
        self._show_form(self.office.activity_forms.draft(kinds[0].code, self.today, None, self.bar.unit.code))

    def open_activity(self, key: str, then: Then = _nothing) -> None:
        """Open an activity that is kept."""
        with errors.told(self):
            self._show_form(self.office.activity_forms.of(key))
            then(self.panel)

    def _show_form(self, form: ActivityForm) -> None:
        panel = self.panel
        self.show_panel(panel)
        panel.open_form(form)
        self._paint()

    def close_panel(self) -> None:
        """See MatrixPage: what was typed waits, and its cell is marked."""
        super().close_panel()
        self._paint()

    def _drop(self, row: int, column: int, files: Sequence[Path]) -> None:
        self.open_cell(row, column, lambda panel: panel.take(files))

    def _paste_picture(self, row: int, column: int) -> None:
        self.open_cell(row, column, lambda panel: panel.fields.strip.paste())

    def _show_saved(self, _key: str) -> None:
        self.show_matrix()
        self.close_panel()
        self._say_done()

    def _go_on(self, key: str) -> None:
        """The next secretary without the kind that was saved; mentor and time stay."""
        self.show_matrix()
        self._say_done()
        form = next_form(self.office, key, self.today, self.bar.unit.code, self.shown)
        if form is None:
            self.close_panel()
            self.noted.emit(ALL_DONE)
            return
        self._go_to(form)
        self._show_form(form)

    def _go_to(self, form: ActivityForm) -> None:
        """Make the cell of a form the current one."""
        person, kind = form.secretaries[0].person_id, form.values["kind"]
        columns = [each.name for each in self.shown.kinds]
        for row, each in enumerate(self.shown.rows):
            if (each.subject.person.id, each.subject.division.code) == (person, form.division_code):
                self.matrix.go(row, columns.index(kind))

    def _say_done(self) -> None:
        self.changed.emit(f"已{self.office.history.next_undo() or '保存'}")

    # elsewhere

    def take(self, request: Request) -> None:
        """See Page: a unit, a period, a kind; an activity to be opened."""
        if request.unit is not None:
            self.bar.unit.choose(request.unit)
        if request.period is not None:
            self._show_periods(request.period)
        if request.item is not None:
            self.bar.choose_kind(request.item)
        if (request.unit, request.period, request.item) != (None, None, None):
            self.show_matrix()
        for key in request.of[:1]:
            self.open_activity(key)

    def ask_to_print(self) -> None:
        """See MatrixPage."""
        unit, period = self.bar.unit.code, self.bar.period
        self.asked.emit(Request(page="ledgers", ledger="four-ones", unit=unit, period=period))

    def _print_activity(self, key: str) -> None:
        self.asked.emit(Request(page="ledgers", ledger="activity", of=(key,)))

    def _offer_townships(self) -> None:
        menu = self.new_menu()
        codes = {each.division.name: each.division.code for each in self.office.roster.units(self.today)}
        for each in self.shown.townships:
            menu.addAction(_in_words(each), partial(self._choose_unit, codes.get(each.name)))
        menu.popup(self.townships.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _choose_unit(self, code: str | None) -> None:
        self.bar.unit.choose(code)
        self.show_matrix()

    def write(self, path: Path) -> None:
        """See MatrixPage."""
        with errors.told(self):
            self.office.four_ones.export(path, self.shown)
            self.noted.emit(f"已导出 {len(self.shown.rows)} 名书记：{path}")


def _in_words(each: Completion) -> str:
    done, wanted = sum(each.done), sum(each.wanted)
    rate = f"{each.rate:.1f}%" if each.rate is not None else "—"
    return (
        f"{each.name}：完成 {done}/{wanted} 次（{rate}），{each.complete}/{each.secretaries} 名书记全部完成"
    )
