"""The roster page (两委班子): who serves where, found, corrected, added, ended, printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.models.registers.person import PERSON
from desktop.models.registers.roster import RosterRow
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views import theme
from desktop.views.handoff.remarking import REMARK, ask_for_remark
from desktop.views.health.marks import VillageMarks
from desktop.views.page import Request
from desktop.views.records.reserve_leaving import offer_to_leave
from desktop.views.register.actions import RosterActions
from desktop.views.register.bar import RosterBar
from desktop.views.register.found_chips import people_by_chip, words_of
from desktop.views.register.past import PastBanner
from desktop.views.register.source import Key, RosterSource
from desktop.views.tables.chip_strip import FOUND
from desktop.views.tables.exporting import Exporting
from desktop.views.tables.list_drawer import ListDrawer
from desktop.views.tables.list_page import ListPage, MenuLine
from desktop.views.tables.model import Line

if TYPE_CHECKING:
    from desktop.office import Office
    from desktop.views.register.details import PersonDetails
    from desktop.views.register.form import PersonForm
    from desktop.views.tables.list_form import NewLine


class RosterPage(ListPage):
    """What the roster has beside any register: a day to look at, terms that end, workbooks that are dropped."""

    picked_by = "person"
    source: RosterSource
    doing: RosterActions
    bar: RosterBar
    _marks: VillageMarks | None = None  # what the health check found, beside the villages
    _found: Mapping[str, Mapping[str, str]] = MappingProxyType({})  # as people_by_chip

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, RosterSource(office, date.today()), parent)
        self.bar.day_chosen.connect(self._choose_day)
        self.units.chosen.connect(self._show_found_chips)
        self.doing.appointed.connect(self._offer_to_leave)
        self._past.acted.connect(lambda: self.bar.show_day(self.source.today))
        self._past.clock_chosen.connect(lambda recorded: self._show_day(self.as_of(), recorded=recorded))

    # building

    def build_actions(self) -> RosterActions:
        """See ListPage."""
        return RosterActions(self.office, self.source, self)

    def build_header(self) -> None:
        """See ListPage."""
        self.header.add_search("姓名、拼音、职务、电话尾号")
        self._import = self.header.add_action("导入 Excel", "import")
        self._import.clicked.connect(self._ask_to_import)
        export = self.header.add_action("导出", "export")
        self.exporting = Exporting(self.office.roster, self.source, self.shown_fields, export)
        self.exporting.noted.connect(self.noted)
        self._print = self.header.add_action("打印台账", "printer", "Ctrl+P")
        self._print.clicked.connect(self._ask_to_print)
        self._add = self.header.add_primary("新增人员", keys="Ctrl+N")
        self._add.clicked.connect(self.start_new)

    def build_bar(self, parent: QWidget) -> RosterBar:
        """See ListPage."""
        return RosterBar(self.source.today, parent)

    def build_above(self, parent: QWidget) -> list[QWidget]:
        """See ListPage."""
        self._past = PastBanner(parent)
        self._past.hide()
        return [self._past]

    def build_drawer(self) -> ListDrawer:
        """See ListPage."""
        drawer = ListDrawer("选中一行，这里显示他的详情。", self._build_details, self._build_form)
        drawer.entered.connect(self._enter)
        return drawer

    def _build_details(self, parent: QWidget) -> PersonDetails:
        from desktop.views.register.details import PersonDetails

        details = PersonDetails(self.office, parent)
        details.edit.clicked.connect(self._start_correcting)
        details.leave.clicked.connect(self._ask_to_leave)
        details.open.clicked.connect(self.open_person)
        details.remark.clicked.connect(self._ask_for_remark)
        details.changes.restored.connect(self.note_restored)
        return details

    def _build_form(self, parent: QWidget) -> PersonForm:
        from desktop.views.register.form import PersonForm

        form = PersonForm(self.office.roster, self.source.today, parent)
        form.found.connect(self._go_to_found)
        return form

    # what is shown

    def as_of(self) -> date:
        """See Page."""
        return self.source.query.on

    def show_units(self) -> None:
        """See ListPage."""
        if self._marks is None:  # this is called while the page is being built
            self._marks = VillageMarks(self.office, self)
            self._marks.told.connect(self._show_marked)
        self._show_marked()
        self._marks.ask(self.source.query.on)

    def _show_marked(self) -> None:
        assert self._marks is not None
        recorded = self.source.recorded  # the check goes by the dates of terms
        self.units.show_units(
            self.source.service.units(self.source.query.on), {} if recorded else self._marks.words
        )
        before = self._found
        self._found = {} if recorded else people_by_chip(self._marks.findings)
        self._show_found_chips()
        lit = self.lit_chip
        if lit in self._found and self._found[lit] != before.get(lit):
            self.choose_chip(lit)

    def _show_found_chips(self) -> None:
        unit = self.units.code or self.office.unit.code
        codes = {division.code for division in self.office.divisions.under(unit)}
        self.bar.strip.show_chips(FOUND, words_of(self._found, codes))

    def choose_chip(self, key: str) -> None:
        """See ListPage; people who were found are shown by themselves."""
        if key not in self._found:
            super().choose_chip(key)
            return
        self.search.clear()
        self.source.clear()
        self.source.change(filters=((self.picked_by, frozenset(self._found[key])),))
        self.light(key)
        self.requery(lines_too=False)

    def show_picked(self) -> None:
        """See ListPage."""
        super().show_picked()
        self.exporting.unit = self.units.words

    def _choose_day(self, day: date) -> None:
        self._show_day(day, recorded=self.source.recorded)

    def _show_day(self, day: date, *, recorded: bool = False) -> None:
        source = self.source
        source.show_day(day, recorded=recorded)
        self.exporting.service, self.exporting.what = source.service, source.service.title
        self._past.show_past(day, recorded=source.recorded)
        self._past.setVisible(not source.editable)
        self._add.setEnabled(source.editable)
        self.refresh()
        self.scoped.emit()

    def emptiness(self) -> QWidget:
        """See ListPage."""
        day = f"{self.source.query.on:%Y.%m.%d}"
        if self.source.recorded:
            by_terms = QPushButton("改为按任职时间")
            by_terms.clicked.connect(lambda: self._show_day(self.as_of()))
            return theme.centered(
                QLabel(f"到 {day} 为止，系统里还没有录入{self.units.words}当天在任的人。"), by_terms
            )
        if not self.source.editable:
            return theme.centered(QLabel(f"{day}，{self.units.words}没有在任的人。"))
        add, take = QPushButton("新增人员"), QPushButton("从 Excel 导入")
        add.clicked.connect(self.start_new)
        take.clicked.connect(self._ask_to_import)
        theme.primary(add if self.units.code else take)  # a whole township comes from workbooks
        words = QLabel(f"{self.units.words}还没有录入班子成员。")
        return theme.centered(words, *((add, take) if self.units.code else (take, add)))

    # changing

    def show_rewritten(self, keys: Sequence[Key]) -> None:
        """See ListPage."""
        people = {person_id for person_id, _ in keys}  # one may serve in two villages
        super().show_rewritten([key for key in self.model.keys if key[0] in people])

    def start_new(self) -> None:
        """Turn the drawer into an empty form, the village preset."""
        if self.source.editable:
            row = self.current_row
            self.open_drawer().start_new(
                self.divisions, self.units.code or (row.division.code if row else None)
            )

    def _enter(self, line: NewLine) -> None:
        drawer = self.open_drawer()
        try:
            self.doing.enter(line)
        except InvalidValueError as error:
            drawer.form.show_problems(error.problems)
            return
        if line.again:
            drawer.form.forget()
            drawer.start_new(self.divisions, line.division_code)
        else:
            self.leave_form()

    def _offer_to_leave(self, people: Sequence[str]) -> None:
        offer_to_leave(self.office, people, self.source.today, self, self.doing.say_done)

    def _ask_to_leave(self) -> None:
        row = self.current_row
        if row is None or not self.source.editable:
            return
        from desktop.views.register.leaving import LeavingDialog

        terms = [line for line in self.office.roster.terms(row.person.id) if line.term in row.terms]
        dialog = LeavingDialog(row.person.name, terms, self.source.today, self)
        dialog.decided.connect(self.doing.end_terms)
        dialog.open()

    # drawer

    @property
    def current_row(self) -> RosterRow | None:
        """The row of the current cell."""
        line = self.current_line
        return line.row if line else None

    @property
    def current_person(self) -> str | None:
        """See ListPage."""
        row = self.current_row
        return row.person.id if row else None

    def show_line(self, line: Line) -> None:
        """See ListPage."""
        self.drawer.details.show_row(
            line.row,
            line.doubts,
            whole=self.model.whole,
            editable=self.source.editable,
            day=self.source.query.on,
            recorded=self.source.recorded,
        )
        self.drawer.show_details()

    def _start_correcting(self) -> None:
        row = self.current_row
        if row is not None and self.source.editable:
            self.open_drawer().start_correcting(row)

    def _go_to_found(self, key: Key) -> None:
        self.leave_form()
        self.grid.go_to(key, 0)

    def menu_lines(self, keys: Sequence[Key]) -> list[MenuLine]:
        """See ListPage."""
        lines: list[MenuLine] = [
            ("人员页", "Ctrl+Enter", self.open_person, len(keys) == 1),
            ("离任…", "", self._ask_to_leave, self.source.editable and len(keys) == 1),
        ]
        if self.office.level == "city":
            lines.append((REMARK, "", self._ask_for_remark, len(keys) == 1))
        return lines

    def _ask_for_remark(self) -> None:
        if line := self.current_line:
            row: RosterRow = line.row
            township = self.office.divisions.township_of(row.division)
            ask_for_remark(self, township.code, PERSON.name, row.person.id)

    # elsewhere

    def take(self, request: Request) -> None:
        """Show a unit, a day; whoever asks for some people asks by the dates of terms."""
        if request.narrows and self.source.recorded:
            self._show_day(self.as_of())
        super().take(request)
        if request.on is not None:
            self.bar.show_day(request.on)

    def _ask_to_print(self) -> None:
        query = self.source.query
        recorded = self.source.recorded
        self.asked.emit(
            Request(page="ledgers", unit=query.unit, on=query.on, ledger="roster", recorded=recorded)
        )

    def _ask_to_import(self) -> None:
        self.asked.emit(Request(page="import", choose=True))

    def take_workbooks(self, files: tuple[Path, ...]) -> None:
        """See ListPage."""
        self.asked.emit(Request(page="import", files=files))
