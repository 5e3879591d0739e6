"""Ledgers of an office (台账): what there is, preview, files; unmasked ones only with a reason, on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.ledgers.activity import ACTIVITY_TITLE
from desktop.models.ledgers.changes import CHANGES_TITLE
from desktop.models.ledgers.checklist_overview import OVERVIEW_TITLE
from desktop.models.ledgers.checklist_sheet import CHECKLIST_TITLE
from desktop.models.ledgers.coverage import COVERAGE_TITLE
from desktop.models.ledgers.four_ones import FOUR_ONES_TITLE
from desktop.models.ledgers.issues import ISSUES_TITLE
from desktop.models.ledgers.ledger import Ledger, Paper, placed_title
from desktop.models.ledgers.rally import RALLY_TITLE
from desktop.models.ledgers.roster import on_ledger, roster_ledger
from desktop.models.ledgers.sector_lists import RECTIFICATION_TITLE, VISITS_TITLE
from desktop.models.ledgers.sheet import SIZE_MM, Sheets
from desktop.models.ledgers.structure import structure_title
from desktop.models.ledgers.survey import SURVEY_TITLE
from desktop.models.ledgers.usual import Around
from desktop.models.ledgers.village_years import VILLAGE_YEARS_TITLE
from desktop.models.registers.activity import FIELD_PROBLEM
from desktop.models.registers.checklist import GRADING
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.mentoring import MANAGED_SECRETARY, MENTORING
from desktop.models.registers.new_sector import INSTRUCTOR, ORGANIZATION
from desktop.models.registers.reserve import RESERVE
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow
from desktop.models.registers.study import STUDY
from desktop.models.rules import coverage
from desktop.models.rules.structure_columns import By, Population
from desktop.models.services.disclosures import disclose, require_reason
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.services.paper_photos import refuse_more_photos_than_fit
from desktop.models.services.roster_lists import RosterLists
from desktop.models.services.settings import SettingsService

if TYPE_CHECKING:
    from desktop.models.ledgers.missing import Missing
    from desktop.models.ledgers.raster import Raster

OnPage = Callable[[int, int], None]
T = TypeVar("T")


class UnknownLedgerError(DesktopError):
    """There is no ledger of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有叫“{name}”的台账，请用 ledger --list 查看有哪些。")


class VanishedSubjectError(DesktopError):
    """A sheet is wanted of what is not there, or not in the unit and period asked for."""

    def __init__(self) -> None:
        super().__init__("要打印的这一份已经不在所选的单位和期次里，请重新选择。")


class NoSheetsError(DesktopError):
    """Forms are wanted where there are none: a file without a page is no PDF that anybody could open."""

    def __init__(self) -> None:
        super().__init__("所选的单位和期次里没有可以打印的表单。请换一个期次或范围。")


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """A ledger that can be printed, and what may be asked of it besides unit, day and paper."""

    name: str
    title: str
    group: str
    has_numbers: bool = False  # of people: identity numbers, telephones
    has_sheets: bool = False  # upright A4 forms, of which some may be picked
    has_periods: bool = False
    by: tuple[str, ...] = ()  # what a row may stand for
    city_only: bool = False
    has_clocks: bool = False  # by the dates of terms, or as was recorded on the day
    shown_to_inspectors: bool = True  # stands in the set for an inspection that is there from the start


@dataclass(frozen=True, slots=True)
class LedgerRequest:
    """Which ledger of whom, on which day, on which paper."""

    name: str
    on: date
    unit: str | None = None  # a township's or village's code; None for the whole office
    paper: str = Paper.A3
    full_ids: bool = False
    reason: str | None = None
    since: date | None = None  # the first day of a ledger of changes; None: the first of the year
    by: str | None = None  # LedgerKind.by: what a row of statistics is; None: what the unit suggests
    period: str | None = None  # of what is assessed period by period; None: the one that ``on`` lies in
    of: tuple[str, ...] = ()  # records that sheets are wanted of, by id; none: all of the unit
    recorded: bool = False  # as the records said when ``on`` ended, not by the dates of terms


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around any ledger: the place its title begins with, the unit that reports, the paper."""

    place: str
    signature: str
    paper: Paper

    def titled(self, title: str) -> str:
        """A title with the place before it."""
        return placed_title(self.place, title)

    def around(self, title: str) -> Around:
        """What stands around the rows of a ledger of that title, which is as the office calls things."""
        return Around(title=title, place=self.place, signature=self.signature, paper=self.paper)


Builder = Callable[[LedgerRequest, Frame], Ledger | Sheets]  # masks numbers of people unless ``full_ids``


@dataclass(frozen=True, slots=True)
class Subject:
    """What one sheet may be asked of (``LedgerRequest.of``), and what it is called."""

    id: str
    label: str


class Chooser(Protocol):
    """Knows what may be chosen of some ledgers."""

    def periods(self, name: str, on: date) -> list[str]:
        """The periods that a ledger may be of, the latest first."""
        ...

    def subjects(self, request: LedgerRequest) -> list[Subject]:
        """What there are sheets of in a unit and period."""
        ...


def chosen(found: Sequence[T], ids: Sequence[str], key: Callable[[T], str]) -> list[T]:
    """Those of some ids; no ids: all.

    Raises:
        VanishedSubjectError: one is not among them.
    """
    picked = [each for each in found if not ids or key(each) in ids]
    if len(picked) < len(set(ids)):
        raise VanishedSubjectError
    return picked


@dataclass(frozen=True, slots=True)
class MissingName:
    """Somebody in whose line no shipped font has some characters; outside the lines ``name`` is the text they stand in."""

    village: str
    name: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeLedger:
    """A ledger as a value, with what should be known of it."""

    work: Ledger | Sheets
    rows: tuple[RosterRow, ...]  # the roster's lines on it; none on other ledgers
    left_out: int  # people of the scope who do not stand on it (监委会, 职务待核)

    @property
    def disclosed(self) -> int:
        """People whose numbers stand on it whole."""
        return self.work.disclosed if isinstance(self.work, Ledger) else 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on it: no row, no sheet."""
        return not (self.work.rows if isinstance(self.work, Ledger) else self.work.sheets)

    def told(self, missing: Iterable[Missing]) -> tuple[MissingName, ...]:
        """Characters that no font has, by whose they are."""
        return _by_name(missing, self.work, self.rows)


@dataclass(frozen=True, slots=True)
class PreparedLedger:
    """A ledger as PDF, with what should be known before it is printed."""

    pdf: bytes
    pages: int
    missing: tuple[MissingName, ...]
    left_out: int  # people of the scope who do not stand on it (监委会, 职务待核)
    disclosed: int  # people whose numbers stand on it whole
    size_mm: tuple[float, float]  # width and height of a page


_ROSTERS, _RESERVE, _STATISTICS, _CHECKLISTS, _FOUR_ONES = "名册类", "后备", "统计", "8+N", "四个一"
_ROWS = tuple(map(str, By))
_KINDS = (
    LedgerKind("roster", ROSTER.title, _ROSTERS, has_numbers=True, has_clocks=True),
    LedgerKind("changes", CHANGES_TITLE, _ROSTERS),
    LedgerKind("reserve", RESERVE.title, _RESERVE),
    LedgerKind("study", STUDY.title, _RESERVE),
    LedgerKind("structure", structure_title(Population.ALL), _STATISTICS, by=_ROWS),
    LedgerKind("secretaries", structure_title(Population.SECRETARIES), _STATISTICS, by=_ROWS),
    # the office's own list of work
    LedgerKind("issues", ISSUES_TITLE, _STATISTICS, shown_to_inspectors=False),
    LedgerKind("village-years", VILLAGE_YEARS_TITLE, _STATISTICS),
    LedgerKind("rally", RALLY_TITLE, _STATISTICS, city_only=True, shown_to_inspectors=False),
    LedgerKind("organizations", ORGANIZATION.title, _CHECKLISTS, has_numbers=True),
    LedgerKind("survey", SURVEY_TITLE, _CHECKLISTS, has_numbers=True),
    LedgerKind("coverage", COVERAGE_TITLE, _CHECKLISTS, by=tuple(map(str, coverage.By))),
    LedgerKind("instructors", INSTRUCTOR.title, _CHECKLISTS, has_numbers=True),
    LedgerKind("visits", VISITS_TITLE, _CHECKLISTS, has_periods=True),
    LedgerKind("checklist-overview", OVERVIEW_TITLE, _CHECKLISTS, has_periods=True),
    LedgerKind("checklist", CHECKLIST_TITLE, _CHECKLISTS, has_sheets=True, has_periods=True),
    LedgerKind("class-moves", GRADING.title, _CHECKLISTS),
    LedgerKind("rectification", RECTIFICATION_TITLE, _CHECKLISTS),
    LedgerKind("four-ones", FOUR_ONES_TITLE, _FOUR_ONES, has_periods=True),
    LedgerKind("activity", ACTIVITY_TITLE, _FOUR_ONES, has_sheets=True, has_periods=True),
    LedgerKind("managed-secretaries", MANAGED_SECRETARY.title, _FOUR_ONES, has_numbers=True),
    LedgerKind("mentoring", MENTORING.title, _FOUR_ONES, has_numbers=True),
    LedgerKind("field-problems", FIELD_PROBLEM.title, _FOUR_ONES),
)
# columns of ledgers that tell where a line belongs and whose it is, the best first
_PLACES = ("村（社区）", "所在社区或乡镇", "乡镇")
_NAMES = ("姓名", "组织名称", "党组织")
_PADDING = "\u3000"  # what a short name is widened by
_AROUND = 12  # characters of a long text that are told on either side


class LedgersService:
    """Builds ledgers from the office's records."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        roster: RosterLists,
        settings: SettingsService,
        builders: Mapping[str, Builder],
        choosers: Mapping[str, Chooser],
        recorded: Callable[[date], RosterLists],
    ) -> None:
        self._store = store
        self._divisions = divisions
        self._roster = roster
        self._settings = settings
        self._builders = builders  # of the ledgers other than the roster, by name
        self._recorded = recorded  # the roster as it was recorded on a day
        self._choosers = choosers  # of those with sheets or periods

    @staticmethod
    def kinds() -> tuple[LedgerKind, ...]:
        """The ledgers there are."""
        return _KINDS

    def offered(self) -> tuple[LedgerKind, ...]:
        """The ledgers that an office of this level has, titled as it calls things."""
        city = self._divisions.get(self._settings.unit).kind == DivisionKind.CITY
        return tuple(
            replace(kind, title=self._settings.worded(kind.title))
            for kind in _KINDS
            if city or not kind.city_only
        )

    @staticmethod
    def kind(name: str) -> LedgerKind:
        """The ledger of a name.

        Raises:
            UnknownLedgerError: there is none.
        """
        found = next((kind for kind in _KINDS if kind.name == name), None)
        if found is None:
            raise UnknownLedgerError(name)
        return found

    def periods(self, name: str, on: date) -> list[str]:
        """The periods that a ledger may be of, the latest first; none where it has no periods."""
        return self._choosers[name].periods(name, on) if self.kind(name).has_periods else []

    def subjects(self, request: LedgerRequest) -> list[Subject]:
        """What there are sheets of; none where the ledger is no form."""
        return self._choosers[request.name].subjects(request) if self.kind(request.name).has_sheets else []

    def preview(self, request: LedgerRequest, on_page: OnPage | None = None) -> PreparedLedger:
        """The ledger as it would be written; nothing is recorded.

        Raises:
            ReasonNeededError: unmasked numbers without a reason.
            TooManyPhotosError: the PDF is held in memory.
        """
        # the paper parts are slow to import and the window must not wait for them
        from desktop.models.ledgers.page import draw

        made = self.made(request)
        if isinstance(made.work, Sheets):
            refuse_more_photos_than_fit(made.work.photos)
        file = BytesIO()
        drawn = draw(made.work, file, on_page=on_page)
        return PreparedLedger(
            file.getvalue(),
            drawn.pages,
            made.told(drawn.missing),
            made.left_out,
            made.disclosed,
            made.work.paper.size_mm if isinstance(made.work, Ledger) else SIZE_MM,
        )

    def made(self, request: LedgerRequest) -> MadeLedger:
        """The ledger before it is paper; sheets are made one by one while it is drawn.

        Raises:
            ReasonNeededError: unmasked numbers without a reason.
        """
        if request.full_ids:
            require_reason(request.reason)
        rows, left_out = self._rows(request)
        return MadeLedger(self._ledger(request, rows), tuple(rows), left_out)

    def write(self, request: LedgerRequest, path: Path, on_page: OnPage | None = None) -> PreparedLedger:
        """Write the ledger as PDF; who asked for unmasked numbers, and why, goes on record first.

        Raises:
            NoSheetsError, and what ``preview`` raises.
        """
        prepared = self.preview(request, on_page)
        if not prepared.pages:
            raise NoSheetsError
        self.record(request, prepared.disclosed, path.name)
        with written_whole(path) as file:
            file.write(prepared.pdf)
        return prepared

    def record(self, request: LedgerRequest, people: int, where: str) -> None:
        """Put on record of how many people a ledger that leaves the program (file, printer) shows the numbers whole."""
        if people:
            disclose(self._store, f"{self.title(request)}（{where}）", request.reason, people)

    def title(self, request: LedgerRequest) -> str:
        """The ledger's title with its place, also a good file name."""
        title = self._settings.worded(self.kind(request.name).title)
        return placed_title(self.place(request.unit), title)

    def place(self, unit: str | None) -> str:
        """石首市东升镇, or 石首市东升镇毕家塘村."""
        place = ""
        code: str | None = unit or self._settings.unit
        while code is not None and code in self._divisions.all():
            division = self._divisions.get(code)
            place = division.short_name + place
            code = division.parent
        return place

    @property
    def signature(self) -> str:
        """The unit that reports (填报单位)."""
        if self._settings.signature:
            return self._settings.signature
        division = self._divisions.get(self._settings.unit)
        if division.kind == DivisionKind.CITY:
            return f"{division.name}委组织部"
        body = "党工委" if division.name.endswith(("街道", "开发区")) else "党委"
        return f"{division.name}{body}"

    def _rows(self, request: LedgerRequest) -> tuple[list[RosterRow], int]:
        """The lines that stand on a ledger, and how many of its scope do not."""
        self.kind(request.name)  # refuses an unknown one
        if request.name in self._builders:
            return [], 0
        query = RosterQuery(on=request.on, unit=request.unit)
        roster = self._recorded(request.on) if request.recorded else self._roster
        rows = roster.rows(roster.keys(query), request.on)
        printed = [row for row in rows if on_ledger(row)]
        return printed, len(rows) - len(printed)

    def _ledger(self, request: LedgerRequest, rows: list[RosterRow]) -> Ledger | Sheets:
        frame = Frame(self.place(request.unit), self.signature, Paper(request.paper))
        if request.name in self._builders:
            return self._builders[request.name](request, frame)
        return roster_ledger(
            rows,
            place=frame.place,
            signature=frame.signature,
            on=request.on,
            paper=frame.paper,
            full_ids=request.full_ids,
            recorded=request.recorded,
        )

    @staticmethod
    def render(pdf: bytes, page: int, scale: float) -> Raster:
        """A page as pixels (``raster.Raster``), for views."""
        from desktop.models.ledgers.raster import render

        return render(pdf, page, scale)


def _by_name(
    missing: Iterable[Missing], ledger: Ledger | Sheets, rows: Sequence[RosterRow]
) -> tuple[MissingName, ...]:
    """What is missing, once a person or text: on the roster by the person, on a sheet by whose it is, else as printed."""
    found: dict[tuple[str, str, object], dict[str, None]] = {}
    for each in missing:
        who: tuple[str, str, object] = (each.subject, _around(each), each.subject or None)
        if each.row is not None and rows:
            row = rows[each.row]
            who = (row.division.short_name, row.person.name, row.key)
        elif each.row is not None and isinstance(ledger, Ledger):
            cells = zip(ledger.columns, ledger.rows[each.row].cells, strict=True)
            told = {column.label.replace("\n", ""): text for column, text in reversed(list(cells))}
            name = _first(told, _NAMES).replace(_PADDING, "")
            who = (_first(told, _PLACES), name or each.text, each.row)
        found.setdefault(who, {})[each.character] = None
    return tuple(MissingName(village, name, tuple(some)) for (village, name, _), some in found.items())


def _first(told: Mapping[str, str], labels: Iterable[str]) -> str:
    return next((told[label] for label in labels if told.get(label)), "")


def _around(missing: Missing) -> str:
    """The text that a character stands in; of a long one the piece around it."""
    place = missing.text.index(missing.character)
    return missing.text[max(0, place - _AROUND) : place + _AROUND].replace("\n", " ")
