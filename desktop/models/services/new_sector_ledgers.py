"""The ledgers of the new sector and “8+N” (两新台账、标准化清单), from the records to their content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.ledgers.checklist_overview import OVERVIEW_TITLE, overview_ledger
from desktop.models.ledgers.checklist_sheet import CHECKLIST_TITLE, ChecklistPaper, checklist_sheet
from desktop.models.ledgers.coverage import COVERAGE_TITLE, coverage_ledger
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.organizations import organizations_ledger
from desktop.models.ledgers.sector_lists import (
    RECTIFICATION_TITLE,
    VISITS_TITLE,
    class_moves_ledger,
    instructors_ledger,
    rectification_ledger,
    visits_ledger,
)
from desktop.models.ledgers.sheet import MadeWhenNeeded, Sheet, Sheets
from desktop.models.ledgers.survey import SURVEY_TITLE, survey_ledger
from desktop.models.registers.checklist import ASSESSMENT_ITEM, GRADING
from desktop.models.registers.checklist_rows import ChecklistCell, MatrixQuery, MatrixRow
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.listing import Line
from desktop.models.registers.new_sector import INSTRUCTOR, ORGANIZATION, PartyBranch, serves_on, stands_on
from desktop.models.registers.person_file import Attachment
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.schemes import CHECKLIST
from desktop.models.rules.coverage import By
from desktop.models.services.checklists import ChecklistsService
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.gradings import GradingsService
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest, Subject, chosen
from desktop.models.services.new_sector import NewSectorService
from desktop.models.services.paper_photos import PaperPhotos, Printed
from desktop.models.services.rectifications import RectificationsService
from desktop.models.services.registers import RegisterService
from desktop.models.services.schemes import SchemesService
from desktop.models.services.settings import SettingsService

_YEARS = 4  # the present one and those before it


class NewSectorLedgers:
    """Makes the ledgers that are about units, party organisations and their checklists."""

    def __init__(
        self,
        divisions: DivisionsService,
        settings: SettingsService,
        schemes: SchemesService,
        registers: Mapping[str, RegisterService],
        new_sector: NewSectorService,
        checklists: ChecklistsService,
        gradings: GradingsService,
        rectifications: RectificationsService,
        photos: PaperPhotos,
    ) -> None:
        self._divisions = divisions
        self._settings = settings
        self._schemes = schemes
        self._registers = registers
        self._new_sector = new_sector
        self._checklists = checklists
        self._gradings = gradings
        self._rectifications = rectifications
        self._photos = photos

    def ledgers(self) -> dict[str, Builder]:
        """How each of them is made, by name."""
        return {
            "organizations": partial(self._units, organizations_ledger, ORGANIZATION.title),
            "survey": partial(self._units, survey_ledger, SURVEY_TITLE),
            "coverage": self._coverage,
            "checklist-overview": self._overview,
            "checklist": self._checklist,
            "instructors": self._instructors,
            "visits": self._visits,
            "class-moves": self._class_moves,
            "rectification": self._rectification,
        }

    def periods(self, name: str, on: date) -> list[str]:
        """The periods to choose from, the latest first: of visits the last years, of checklists those of their scheme."""
        if name == "visits":
            return [str(on.year - number) for number in range(_YEARS)]
        return self._checklists.periods(on)

    def subjects(self, request: LedgerRequest) -> list[Subject]:
        """The party organisations of which there are sheets, in their order."""
        return [Subject(row.branch.id, row.branch.name) for row in self._rows(request)]

    def _units(
        self, ledger: Callable[..., Ledger], title: str, request: LedgerRequest, frame: Frame
    ) -> Ledger:
        """A ledger of the units that are open."""
        query = RosterQuery(on=request.on, unit=request.unit, chip="open")
        units = self._registers["organization"]
        made = ledger(
            [_as_on(line, request.on) for line in units.rows(units.keys(query), request.on)],
            frame.around(self._settings.worded(title)),
            on=request.on,
            full_ids=request.full_ids,
        )
        return self._for_department(made)

    def _for_department(self, ledger: Ledger) -> Ledger:
        """The ledger with who is in charge of the field (主管部门), which differs by place since 2023."""
        return replace(ledger, notes=(*ledger.notes, f"主管部门：{self._settings.sector_department}"))

    def _coverage(self, request: LedgerRequest, frame: Frame) -> Ledger:
        kind = self._divisions.get(request.unit or self._settings.unit).kind
        places = By.TOWNSHIP if kind == DivisionKind.CITY else By.VILLAGE
        marks = [By(request.by)] if request.by else [places, By.KIND, By.COMMITTEE, By.AREA]
        ledger = coverage_ledger(
            [self._new_sector.coverage(request.on, by, request.unit) for by in marks],
            title=self._settings.worded(COVERAGE_TITLE),
            place=frame.place,
            signature=frame.signature,
            on=request.on,
            paper=frame.paper,
        )
        return self._for_department(ledger)

    def _overview(self, request: LedgerRequest, frame: Frame) -> Ledger:
        matrix = self._checklists.matrix(self._period(request), request.on, MatrixQuery(unit=request.unit))
        used = dict.fromkeys(row.scheme.id for row in matrix.rows)
        return overview_ledger(
            matrix,
            title=self._settings.worded(OVERVIEW_TITLE),
            place=frame.place,
            signature=frame.signature,
            on=request.on,
            paper=frame.paper,
            schemes=[f"方案：{self._scheme_words(scheme)}" for scheme in used],
        )

    def _checklist(self, request: LedgerRequest, frame: Frame) -> Sheets:
        rows = chosen(self._rows(request), request.of, lambda row: row.branch.id)
        title = self._settings.worded(CHECKLIST_TITLE)
        units = self._units_by_branch(request.on)

        def sheet(row: MatrixRow) -> Sheet:
            paper = self._paper(row, units.get(row.branch.id, ()))
            return checklist_sheet(paper, title=title, place=frame.place, signature=frame.signature)

        photos = sum(cell.photos for row in rows for cell in row.items)
        return Sheets(title=frame.titled(title), sheets=MadeWhenNeeded(rows, sheet), photos=photos)

    def _paper(self, row: MatrixRow, units: Sequence[str]) -> ChecklistPaper:
        printed = Printed()
        for number, cell in enumerate(row.items, start=1):
            if cell.photos and cell.record is not None:
                self._photos.of(ASSESSMENT_ITEM.name, cell.record.id, _Caption(number, cell), printed)
        return ChecklistPaper(
            row=row,
            units=units,
            pictures=printed.pictures,
            unreadable=printed.unreadable,
            scheme=self._scheme_words(row.scheme.id),
        )

    def _class_moves(self, request: LedgerRequest, frame: Frame) -> Ledger:
        since = request.since or date(request.on.year, 1, 1)
        lines = [
            self._line(
                move.after,
                move.branch,
                before=move.before.grade if move.before else None,
                move=move.kind,
            )
            for move in self._gradings.moves(since, request.on, request.unit)
        ]
        return class_moves_ledger(
            lines,
            frame.around(self._settings.worded(GRADING.title)),
            since=since,
            until=request.on,
        )

    def _rectification(self, request: LedgerRequest, frame: Frame) -> Ledger:
        lines = [
            self._line(each.record, each.branch, period=each.key.period, item=each.item.name)
            for each in self._rectifications.all(request.on, request.unit)
        ]
        return rectification_ledger(
            lines,
            frame.around(self._settings.worded(RECTIFICATION_TITLE)),
            on=request.on,
        )

    def _line(self, record: object, branch: PartyBranch, **computed: object) -> Line:
        """A record about a party organisation as a line."""
        division = self._divisions.get(branch.division_code)
        return Line(
            record=record,
            person=None,
            division=division,
            township=self._divisions.township_of(division).name,
            computed={"branch": branch.name, **computed},
        )

    def _instructors(self, request: LedgerRequest, frame: Frame) -> Ledger:
        query = RosterQuery(on=request.on, unit=request.unit, chip="serving")
        instructors = self._registers["instructor"]
        units: dict[str, list[str]] = defaultdict(list)
        for facts in self._new_sector.units(request.on):
            if facts.instructed and facts.unit.instructor_id:
                units[facts.unit.instructor_id].append(facts.unit.name)
        return instructors_ledger(
            instructors.rows(instructors.keys(query), request.on),
            units,
            frame.around(self._settings.worded(INSTRUCTOR.title)),
            on=request.on,
            full_ids=request.full_ids,
        )

    def _visits(self, request: LedgerRequest, frame: Frame) -> Ledger:
        period = Period.parse(request.period or str(request.on.year))
        until = min(request.on, period.end) if period.start <= request.on else period.end
        visits = self._registers["visit"]
        lines = visits.rows(visits.keys(RosterQuery(on=until, unit=request.unit, chip="year")), until)
        return visits_ledger(
            [line for line in lines if line.record.day >= period.start.isoformat()],
            frame.around(self._settings.worded(VISITS_TITLE)),
            days=(period.start, until),
        )

    def _rows(self, request: LedgerRequest) -> list[MatrixRow]:
        return self._checklists.rows(self._period(request), request.on, request.unit)

    def _period(self, request: LedgerRequest) -> str:
        return request.period or str(self._schemes.current(CHECKLIST, request.on).period(request.on))

    def _scheme_words(self, scheme_id: str) -> str:
        version = self._schemes.all()[scheme_id]
        return f"{self._settings.worded(version.scheme.title)}。{version.words}。"

    def _units_by_branch(self, on: date) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for facts in self._new_sector.units(on):
            if facts.covered and facts.unit.branch_id:
                found[facts.unit.branch_id].append(facts.unit.name)
        return found


class _Caption:
    """What stands below a photo: the item, the day it was taken, what it shows."""

    def __init__(self, number: int, cell: ChecklistCell) -> None:
        self._item = f"{chr(ord('①') + number - 1) if number <= 20 else number}{cell.item.name}"

    def __call__(self, photo: Attachment) -> str:
        return "　".join(filter(None, (self._item, show_day(photo.taken or ""), photo.caption)))


def _as_on(line: Line, on: date) -> Line:
    """A unit with only the party organisation that stands on a day and the instructor who serves then."""
    behind = dict(line.behind)
    for link, lasts in (("branch_id", stands_on), ("instructor_id", serves_on)):
        if link in behind and not lasts(behind[link], on):
            del behind[link]
    grade = line.computed["grade"] if "branch_id" in behind else None
    return replace(line, behind=behind, computed={**line.computed, "grade": grade})
