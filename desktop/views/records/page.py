"""The page of a simple register: its lines found, edited in place, added, removed, exported, printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.models.registers.division import DivisionKind
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views import errors, theme
from desktop.views.handoff.remarking import REMARK, ask_for_remark
from desktop.views.page import Request
from desktop.views.records.counts import unit_counts
from desktop.views.records.details import LineAction, LineDetails
from desktop.views.records.importing import Importing
from desktop.views.records.source import RecordsSource
from desktop.views.tables.exporting import Exporting
from desktop.views.tables.list_actions import ListActions
from desktop.views.tables.list_bar import ListBar
from desktop.views.tables.list_details import LineTab
from desktop.views.tables.list_drawer import ListDrawer
from desktop.views.tables.list_page import ListPage, MenuLine
from desktop.views.tables.model import Line
from desktop.views.widgets.changes import ChangesTab

if TYPE_CHECKING:
    from desktop.models.registers.listing import Line as Record
    from desktop.models.services.registers import RegisterService
    from desktop.office import Office
    from desktop.views.records.form import RecordForm
    from desktop.views.tables.list_form import NewLine
    from desktop.views.tables.source import Key


class RecordsPage(ListPage):
    """Says of a register what the page needs to know; everything else is its Listing."""

    register: ClassVar[str]  # of office.registers
    adding: ClassVar[str]  # what the main button says
    finding: ClassVar[str] = "姓名、拼音、村、电话尾号"
    nothing: ClassVar[str]  # said where there is no line: …还没有…
    first_chip: ClassVar[str] = "all"
    ledger: ClassVar[str | None] = None  # what Ctrl+P opens

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        self.register_service: RegisterService = office.registers[self.register]
        source = RecordsSource(
            self.register_service, date.today(), self.first_chip, whole_city=office.level == "city"
        )
        super().__init__(office, source, parent)

    # building

    def build_actions(self) -> ListActions:
        """See ListPage."""
        return ListActions(self.office, self.register_service, self.source.today, self)

    def build_header(self) -> None:
        """See ListPage."""
        self.header.add_search(self.finding)
        self.importing = Importing(self.office, self.register_service.listing, self.source.today, self)
        self.importing.imported.connect(self._show_imported)
        if self.register_service.listing.tells_owner:
            take = self.header.add_action("导入 Excel", "import")
            take.clicked.connect(self.importing.ask_which)
        export = self.header.add_action("导出", "export")
        self.exporting = Exporting(
            self.register_service,
            self.source,
            self.shown_fields,
            export,
            what=self.register_service.title,
            noun=self.noun,
            masked=self._masked,
        )
        self.exporting.noted.connect(self.noted)
        if self.ledger is not None:
            self.print = self.header.add_action("打印台账", "printer", "Ctrl+P")
            self.print.clicked.connect(self._ask_to_print)
        self.build_adding()

    def build_adding(self) -> None:
        """The main action."""
        self.add = self.header.add_primary(self.adding, keys="Ctrl+N")
        self.add.clicked.connect(self.start_new)

    @property
    def _masked(self) -> bool:
        return any(field.sensitive for field in self.register_service.fields)

    def build_bar(self, parent: QWidget) -> ListBar:
        """See ListPage."""
        return ListBar(self.register_service.listing.chips, "全部", masked=self._masked, parent=parent)

    def build_above(self, parent: QWidget) -> list[QWidget]:
        """See ListPage."""
        return []

    def build_drawer(self) -> ListDrawer:
        """See ListPage."""
        drawer = ListDrawer("选中一行，这里显示详情。", self._build_details, self._build_form)
        drawer.entered.connect(self._enter)
        return drawer

    def _build_details(self, parent: QWidget) -> LineDetails:
        tabs = self.line_tabs()
        if self.about_people:
            changes = ChangesTab(self.office)
            changes.restored.connect(self.note_restored)
            tabs.append(
                LineTab(
                    words="变更记录", widget=changes, show=lambda line: changes.show_person(_person_of(line))
                )
            )
        return LineDetails(self.register_service, self.line_actions(), tabs, parent)

    def _build_form(self, parent: QWidget) -> RecordForm:
        from desktop.views.records.form import RecordForm

        return RecordForm(self.register_service, self.office.roster, self.source.today, parent)

    # what a register adds

    def line_actions(self) -> list[LineAction]:
        """What can be done with a line, in the drawer and the menu."""
        actions = [LineAction(words="修改", icon="pencil", act=self._start_correcting)]
        if self.about_people:
            person = LineAction(words="人员页", icon="person", act=self.open_person, keys="Ctrl+Enter")
            actions.append(person)
        if self.office.level == "city":
            remark = LineAction(
                words=REMARK, icon="info", act=self._ask_for_remark, fits=self._is_townships, seldom=True
            )
            actions.append(remark)
        return actions

    def _ask_for_remark(self) -> None:
        record = self.current_record
        if record is not None and record.division is not None:
            township = self.office.divisions.township_of(record.division)
            ask_for_remark(self, township.code, self.register, record.key)

    def _is_townships(self, record: Record) -> bool:
        """Whether it is a township's, not the city's own."""
        place = record.division
        return place is not None and self.office.divisions.township_of(place).kind == DivisionKind.TOWNSHIP

    def line_tabs(self) -> list[LineTab]:
        """Tabs of the drawer between 基本 and 变更记录."""
        return []

    # what is shown

    @property
    def about_people(self) -> bool:
        """See ListPage."""
        return self.register_service.listing.owner == "person_id"

    def show_units(self) -> None:
        """See ListPage."""
        usual = self.source.usual
        self.units.show_units(unit_counts(self.office.roster, self.register_service, usual))

    def show_picked(self) -> None:
        """See ListPage."""
        super().show_picked()
        self.exporting.unit = self.units.words

    def show_rewritten(self, keys: Sequence[Key]) -> None:
        """See ListPage."""
        self.show_units()
        shared = {each for record in self.source.rows(keys).values() for each in _shared(record)}
        others = [  # a person, a party organisation may stand on more than one line
            key
            for place, key in enumerate(self.model.keys)
            if shared and (line := self.model.known_line(place)) and shared & _shared(line.row)
        ]
        super().show_rewritten([*keys, *others])

    def show_line(self, line: Line) -> None:
        """See ListPage."""
        self.drawer.details.show_line(line.row, line.doubts, whole=self.model.whole)
        self.drawer.show_details()

    def emptiness(self) -> QWidget:
        """See ListPage."""
        add = theme.primary(QPushButton(self.adding))
        add.clicked.connect(self.start_new)
        take = QPushButton("从 Excel 导入")
        take.clicked.connect(self.importing.ask_which)
        return theme.centered(QLabel(f"{self.units.words}{self.nothing}"), add, take)

    @property
    def current_record(self) -> Record | None:
        """What the current cell is about."""
        line = self.current_line
        return line.row if line else None

    # changing

    def start_new(self) -> None:
        """Turn the drawer into an empty form, the village preset."""
        record = self.current_record
        beside = record.division.code if record and record.division else None
        self.open_drawer().start_new(self.divisions, self.units.code or beside)

    def _start_correcting(self) -> None:
        if record := self.current_record:
            self.open_drawer().start_correcting(record)

    def _enter(self, new: NewLine) -> None:
        drawer = self.open_drawer()
        try:
            key = self.register_service.add(
                new.values, self.source.today, owner_id=new.person_id, division_code=new.division_code
            )
        except InvalidValueError as error:
            drawer.form.show_problems(error.problems)
            return
        self.show_relisted(key)
        self.doing.say_done()
        if new.again:
            drawer.form.forget()
            drawer.start_new(self.divisions, new.division_code)
        else:
            self.leave_form()

    def take_workbooks(self, files: tuple[Path, ...]) -> None:
        """See ListPage."""
        if self.register_service.listing.tells_owner:
            self.importing.read(files)

    def _show_imported(self) -> None:
        self.show_relisted(None)
        self.doing.say_done()

    def menu_lines(self, keys: Sequence[Key]) -> list[MenuLine]:
        """See ListPage."""
        record = self.current_record
        return [
            (
                action.words,
                action.keys,
                action.act,
                bool(record and action.fits(record)) and (action.several or len(keys) == 1),
            )
            for action in self.line_actions()
        ]

    def did(self, act: Any, *, key: Key | None = None) -> bool:
        """Call a service, show what it changed and say so; its refusal in words."""
        with errors.told(self):
            act()
            self.show_relisted(key)
            self.doing.say_done()
            return True
        return False

    # elsewhere

    @property
    def current_person(self) -> str | None:
        """See ListPage."""
        record = self.current_record
        return _person_of(record) or None if record is not None else None

    def beside(self, name: str) -> Request:
        """See Page; the village that was picked stays picked."""
        return Request(page=name, unit=self.units.code)

    def _ask_to_print(self) -> None:
        query = self.source.query
        self.asked.emit(Request(page="ledgers", unit=query.unit, on=query.on, ledger=self.ledger))


def _person_of(record: Record) -> str:
    return record.person.id if record.person else ""


def _shared(record: Record) -> set[str]:
    """The ids of what other lines may show, too."""
    return {each.id for each in (record.person, *record.behind.values()) if each is not None}
