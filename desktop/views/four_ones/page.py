"""The matrix of “四个一” (总表): secretaries by kinds, the form of an activity beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.names import name_keys
from desktop.models.domain.periods import Period
from desktop.models.rules.four_ones import CellState, Completion, Matrix
from desktop.models.services.activity_forms import ActivityForm
from desktop.views import errors, theme
from desktop.views.four_ones.activity_panel import ActivityPanel, new_place
from desktop.views.four_ones.bar import FourOnesBar
from desktop.views.four_ones.faces import table_of
from desktop.views.four_ones.following import ALL_DONE, next_form
from desktop.views.page import Page, Request
from desktop.views.tables import matrix as matrices
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_ROOMY = 68  # characters: a page so wide has room for all of the bar beside the form
_BEFORE = 3  # periods that are offered besides the present one
_NOBODY = "{unit}{period}没有提级管理的书记。先在“提级管理”里登记，这里就有他们的四个一。"
_NONE_SUCH = "没有符合条件的书记。"


class FourOnesPage(Page):
    """One click on an empty cell begins an activity, on a date opens it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.today = date.today()
        self.shown: Matrix
        self._build_header()
        self._build_body()
        self.refresh()

    # building

    def _build_header(self) -> None:
        search = self.header.add_search("书记、拼音、村")
        search.searched.connect(self._find)
        search.left.connect(lambda: self.matrix.setFocus())
        self.export = self.header.add_action("导出", "export")
        self.export.clicked.connect(self._ask_where)
        self.print = self.header.add_action("打印", "printer", "Ctrl+P")
        self.print.clicked.connect(self._ask_to_print)
        self.add = self.header.add_primary("登记活动", keys="Ctrl+N")
        self.add.clicked.connect(self.start_new)

    def _build_body(self) -> None:
        self._beside = QSplitter(self)
        self.body.addWidget(self._beside)
        self._beside.setHandleWidth(theme.GAP)
        self._beside.setChildrenCollapsible(False)
        left = QWidget(self._beside)
        self.bar = FourOnesBar(left)
        self.bar.moved.connect(self.show_matrix)
        self._middle = QStackedWidget(left)
        self.matrix = matrices.Matrix("四个一总表", self._middle)
        self._middle.addWidget(self.matrix)
        self._empty: QWidget | None = None
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.bar)
        column.addWidget(self._middle, 1)
        column.addWidget(self._build_foot(left))
        self._connect()
        self._panel: ActivityPanel | None = None
        self._show_units()
        present = self.office.four_ones.period(self.today)
        self.bar.show_periods([present.after(-each) for each in range(_BEFORE + 1)], present)

    def _build_foot(self, parent: QWidget) -> QWidget:
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
        matrix.opened.connect(self.open_cell)
        matrix.cycled.connect(lambda places: self.open_cell(*places[0]))
        matrix.dropped.connect(self._drop)
        matrix.cell_asked.connect(self._open_menu)
        matrix.name_asked.connect(self._open_name_menu)
        matrix.asked.connect(self._open_kind_menu)

    @property
    def panel(self) -> ActivityPanel:
        """The form at the right, built when it is first opened."""
        if self._panel is None:
            panel = theme.card(ActivityPanel(self.office, self.today, self._beside))
            panel.saved.connect(self._show_saved)
            panel.again.connect(self._go_on)
            panel.left.connect(self.close_form)
            panel.changed.connect(self._say_done)
            panel.noted.connect(self.noted)
            panel.printing.connect(self._print_activity)
            panel.wanted.connect(lambda: self.asked.emit(Request(page=self.name)))
            self._beside.addWidget(panel)
            self._beside.setStretchFactor(0, 1)
            self._panel = panel
        return self._panel

    # what is shown

    def activate(self) -> None:
        """The keyboard goes to the matrix, or stays in the form."""
        if self._panel is None or not self._panel.isVisible():
            self.matrix.setFocus()

    def refresh(self) -> None:
        """See Page."""
        self._show_units()
        self.show_matrix()
        if self._panel is not None:
            self._panel.refresh()

    def _show_units(self) -> None:
        units = [each.division for each in self.office.roster.units(self.today)]
        self.bar.unit.show_units(units)

    def show_matrix(self) -> None:
        """Ask for the matrix of the period, unit, kind and list that are chosen."""
        period = self.bar.period
        scheme = self.office.four_ones.scheme(min(max(period.start, self.today), period.end))
        self.bar.show_kinds(scheme.common)
        kinds = [self.bar.kind] if self.bar.kind else None
        self.shown = self.office.four_ones.matrix(
            period, self.today, self.bar.unit.code, kinds=kinds, list_kind=self.bar.list_kind
        )
        self._paint()
        self._show_emptiness(period)
        total = self.shown.total
        self.header.set_scope(f"{self._unit_name} · {period.label} · {total.secretaries} 名书记")
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

    def _show_emptiness(self, period: Period) -> None:
        if self._empty is not None:
            self._middle.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if self.shown.rows:
            return
        words = _NOBODY.format(unit=self._unit_name, period=period.label)
        deed = theme.primary(QPushButton("登记提级书记"))
        if self.bar.list_kind is not None:
            words, deed = _NONE_SUCH, QPushButton("清除条件")
            deed.clicked.connect(self.bar.clear)
        else:
            deed.clicked.connect(lambda: self.asked.emit(self.beside("managed_secretaries")))
        self._empty = theme.centered(QLabel(words), deed)
        self._middle.addWidget(self._empty)
        self._middle.setCurrentWidget(self._empty)

    @property
    def _unit_name(self) -> str:
        code = self.bar.unit.code
        return self.office.divisions.get(code).short_name if code else self.office.unit.short_name

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

    def open_cell(self, row: int, column: int) -> None:
        """Open what a cell has, or begin what it lacks; of several, ask which."""
        if column >= self.matrix.bar:
            return
        cell = self.shown.rows[row].cells[column]
        there = (*cell.held, *cell.planned)
        missing = cell.state is not CellState.RELEASED and len(cell.held) < cell.wanted
        if not there:
            self.start_in(row, column)
        elif len(there) == 1 and (cell.planned or not missing) and not self._waits(row, column):
            self.open_activity(there[0].activity_id)
        else:
            self._ask_which(row, column)

    def _ask_which(self, row: int, column: int) -> None:
        place = self.matrix.view.visualRect(self.matrix.model.index(row, column)).bottomLeft()
        menu = self._menu(row, column)
        menu.popup(self.matrix.view.viewport().mapToGlobal(place))
        menu.setActiveAction(menu.actions()[0])

    def _menu(self, row: int, column: int) -> QMenu:
        """Everything that a cell has, and another one."""
        cell, menu = self.shown.rows[row].cells[column], QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in (*cell.held, *cell.planned):
            state = "计划" if each in cell.planned else "已开展"
            words = f"{each.day[:10].replace('-', '.')} {state}"
            menu.addAction(words, partial(self.open_activity, each.activity_id))
        words = "接着填没保存的" if self._waits(row, column) else "登记"
        menu.addAction(f"{words}{self.shown.kinds[column].name}", partial(self.start_in, row, column))
        return menu

    def _open_menu(self, place: QPoint) -> None:
        current = self.matrix.current
        if current is not None and current[1] < self.matrix.bar:
            self._menu(*current).popup(place)

    def _open_name_menu(self, row: int, place: QPoint) -> None:
        """Where else a secretary stands."""
        subject, menu = self.shown.rows[row].subject, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        filters, unit = (("name", frozenset({subject.person.name})),), subject.division.code
        for words, request in (
            ("人员页", Request(page="person", person=subject.person.id)),
            ("提级管理", Request(page="managed_secretaries", unit=unit, chip="all", filters=filters)),
            ("挂钩结对", Request(page="mentoring", unit=unit, chip="all", filters=filters)),
        ):
            menu.addAction(f"{subject.person.name}的{words}", partial(self.asked.emit, request))
        menu.popup(place)

    def _open_kind_menu(self, column: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.bar.kind:
            menu.addAction("看全部类型", partial(self._choose_kind, None))
        else:
            kind = self.shown.kinds[column]
            menu.addAction(f"只看{kind.name}", partial(self._choose_kind, kind.code))
        menu.popup(place)

    def _choose_kind(self, code: str | None) -> None:
        self.bar.choose_kind(code)
        self.show_matrix()

    def start_in(self, row: int, column: int) -> None:
        """Begin an activity of a cell's secretary and kind."""
        subject = self.shown.rows[row].subject
        kind = self.shown.kinds[column].code
        self.matrix.go(row, column)
        form = self.office.activity_forms.draft(kind, self.today, subject.person.id, subject.division.code)
        self._show_form(form)

    def start_new(self) -> None:
        """Begin an activity of the current cell; of nobody where there is none."""
        current = self.matrix.current
        if current is not None and self.shown.rows:
            self.start_in(current[0], min(current[1], self.matrix.bar - 1))
            return
        kinds = self.office.four_ones.scheme(self.today).common
        self._show_form(self.office.activity_forms.draft(kinds[0].code, self.today, None, self.bar.unit.code))

    def open_activity(self, key: str) -> None:
        """Open an activity that is kept."""
        with errors.told(self):
            self._show_form(self.office.activity_forms.of(key))

    def _show_form(self, form: ActivityForm) -> None:
        panel = self.panel
        self.bar.lists.setVisible(self.width() >= theme.characters(self, _ROOMY))
        panel.show()
        panel.open_form(form)
        self._paint()
        QTimer.singleShot(0, self.matrix, self._show_current)  # once the form has its room

    def _show_current(self) -> None:
        self.matrix.view.scrollTo(self.matrix.view.currentIndex())

    def close_form(self) -> None:
        """Hide the form; what was typed waits."""
        self.panel.hide()
        self.bar.lists.show()
        self._paint()
        self.matrix.setFocus()

    def _drop(self, row: int, column: int, files: Sequence[Path]) -> None:
        self.open_cell(row, column)
        if self.panel.is_open:
            self.panel.take(files)

    def _show_saved(self, _key: str) -> None:
        self.show_matrix()
        self.close_form()
        self._say_done()

    def _go_on(self, key: str) -> None:
        """The next secretary without the kind that was saved; mentor and time stay."""
        self.show_matrix()
        self._say_done()
        form = next_form(self.office, key, self.today, self.bar.unit.code, self.shown)
        if form is None:
            self.close_form()
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
            self.bar.choose_period(Period.parse(request.period))
        if request.item is not None:
            self.bar.choose_kind(request.item)
        if (request.unit, request.period, request.item) != (None, None, None):
            self.show_matrix()
        for key in request.of[:1]:
            self.open_activity(key)

    def beside(self, name: str) -> Request:
        """See Page."""
        return Request(page=name, unit=self.bar.unit.code)

    def _ask_to_print(self) -> None:
        self.asked.emit(
            Request(page="ledgers", ledger="four-ones", unit=self.bar.unit.code, period=str(self.bar.period))
        )

    def _print_activity(self, key: str) -> None:
        self.asked.emit(Request(page="ledgers", ledger="activity", of=(key,)))

    def _offer_townships(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        codes = {each.division.name: each.division.code for each in self.office.roster.units(self.today)}
        for each in self.shown.townships:
            menu.addAction(_in_words(each), partial(self._choose_unit, codes.get(each.name)))
        menu.popup(self.townships.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _choose_unit(self, code: str | None) -> None:
        self.bar.unit.choose(code)
        self.show_matrix()

    def _ask_where(self) -> None:
        name = f"{self._unit_name}四个一 {self.bar.period.label}.xlsx"
        ask_where_to_save(self, "导出到", WORKBOOKS, name, lambda file: self.write(Path(file)))

    def write(self, path: Path) -> None:
        """Write the matrix as it is shown into a workbook."""
        with errors.told(self):
            self.office.four_ones.export(path, self.shown)
            self.noted.emit(f"已导出 {len(self.shown.rows)} 名书记：{path}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F6 goes from matrix to form and back."""
        if event.key() == Qt.Key.Key_F6 and self._panel is not None and self._panel.isVisible():
            if self._panel.isAncestorOf(self.focusWidget()):
                self.matrix.setFocus()
            else:
                self._panel.fields.inputs["theme"].select()
        else:
            super().keyPressEvent(event)


def _in_words(each: Completion) -> str:
    done, wanted = sum(each.done), sum(each.wanted)
    rate = f"{each.rate:.1f}%" if each.rate is not None else "—"
    return (
        f"{each.name}：完成 {done}/{wanted} 次（{rate}），{each.complete}/{each.secretaries} 名书记全部完成"
    )
