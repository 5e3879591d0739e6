"""The ledgers of “四个一” (完成情况、纪实表、提级管理、结对、问题清单), from the records to their content."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.ledgers.activity import ACTIVITY_TITLE, ActivityPaper, activity_sheet
from desktop.models.ledgers.four_ones import four_ones_ledger
from desktop.models.ledgers.four_ones_lists import (
    field_problems_ledger,
    managed_secretaries_ledger,
    mentoring_ledger,
)
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.sheet import MadeWhenNeeded, Sheet, Sheets
from desktop.models.registers.activity import ACTIVITY, FIELD_PROBLEM, HELD, Attendance, FieldProblem
from desktop.models.registers.listing import Line
from desktop.models.registers.person_file import Attachment
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.activities import ActivitiesService
from desktop.models.services.field_problems import FieldProblemService
from desktop.models.services.four_ones import FourOnesService
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest, Subject, chosen
from desktop.models.services.mentoring import ManagedSecretaryService, MentoringService
from desktop.models.services.paper_photos import PaperPhotos, Printed
from desktop.models.services.registers import RegisterService

_PERIODS = 4  # the present one and those before it


class FourOnesLedgers:
    """Makes the ledgers of secretaries under raised management and of what was done with them."""

    def __init__(
        self,
        four_ones: FourOnesService,
        activities: ActivitiesService,
        managed: ManagedSecretaryService,
        mentoring: MentoringService,
        problems: FieldProblemService,
        photos: PaperPhotos,
    ) -> None:
        self._four_ones = four_ones
        self._activities = activities
        self._managed = managed
        self._mentoring = mentoring
        self._problems = problems
        self._photos = photos

    def ledgers(self) -> dict[str, Builder]:
        """How each of them is made, by name."""
        return {
            "four-ones": self._matrix,
            "activity": self._sheets,
            "managed-secretaries": partial(_list, self._managed, managed_secretaries_ledger),
            "mentoring": partial(_list, self._mentoring, mentoring_ledger),
            "field-problems": self._problems_ledger,
        }

    def periods(self, _name: str, on: date) -> list[str]:
        """The periods to choose from, the latest first."""
        present = self._four_ones.period(on)
        return [str(present.after(-number)) for number in range(_PERIODS)]

    def subjects(self, request: LedgerRequest) -> list[Subject]:
        """The activities of which there are sheets, by time; plans too, to be filled in by hand."""
        return [Subject(line.key, self._called(line)) for line in self._lines(request)]

    def _called(self, line: Line) -> str:
        activity = line.record
        place = line.division.short_name if line.division else line.township
        who = str(line.computed["secretaries"] or "")
        kind = self._activities.kinds.show(activity.kind)
        return " ".join(filter(None, (show_day(activity.start[:10]), kind, place, who)))

    def _matrix(self, request: LedgerRequest, frame: Frame) -> Ledger:
        period = self._period(request)
        scheme = self._four_ones.scheme(min(max(period.start, request.on), period.end))
        return four_ones_ledger(
            self._four_ones.matrix(period, request.on, request.unit),
            place=frame.place,
            signature=frame.signature,
            on=request.on,
            paper=frame.paper,
            scheme=f"方案：{scheme.scheme.title}。{scheme.words}。",
        )

    def _sheets(self, request: LedgerRequest, frame: Frame) -> Sheets:
        lines = self._lines(request)
        wanted = (
            chosen(lines, request.of, lambda line: line.key)
            if request.of
            else [line for line in lines if line.record.state == HELD]
        )
        keys = [line.key for line in wanted]
        attended = self._activities.attendances(keys)
        problems: dict[str, list[FieldProblem]] = {}
        for each in self._problems.records(activity_id=keys):
            problems.setdefault(each.activity_id, []).append(each)

        def sheet(line: Line) -> Sheet:
            return self._sheet(line, attended[line.key], problems.get(line.key, ()), frame)

        photos = sum(int(str(line.computed["photos"])) for line in wanted)
        return Sheets(title=frame.titled(ACTIVITY_TITLE), sheets=MadeWhenNeeded(wanted, sheet), photos=photos)

    def _sheet(
        self,
        line: Line,
        attended: Sequence[Attendance],
        problems: Sequence[FieldProblem],
        frame: Frame,
    ) -> Sheet:
        activity = line.record
        kind = self._activities.kinds.item(activity.kind)
        count = self._activities.count(activity, attended)
        printed = Printed()
        self._photos.of(ACTIVITY.name, line.key, _caption, printed)
        paper = ActivityPaper(
            activity=activity,
            kind=self._activities.kinds.show(activity.kind),
            form=kind.form if kind else None,
            township=line.township,
            village=line.division.short_name if line.division else line.township,
            attended=attended,
            expected=count.expected,
            present=count.present,
            problems=problems,
            pictures=printed.pictures,
            unreadable=printed.unreadable,
        )
        return activity_sheet(paper, place=frame.place, signature=frame.signature)

    def _problems_ledger(self, request: LedgerRequest, frame: Frame) -> Ledger:
        query = RosterQuery(on=request.on, unit=request.unit)
        lines = self._problems.rows(self._problems.keys(query), request.on)
        return field_problems_ledger(
            [line for line in lines if str(line.computed["found"]) <= request.on.isoformat()],
            frame.around(FIELD_PROBLEM.title),
            on=request.on,
        )

    def _lines(self, request: LedgerRequest) -> list[Line]:
        """The activities of the period asked for, by time."""
        period = self._period(request)
        return self._four_ones.between(period.start, period.end, request.unit)

    def _period(self, request: LedgerRequest) -> Period:
        return Period.parse(request.period) if request.period else self._four_ones.period(request.on)


def _list(
    service: RegisterService, ledger: Callable[..., Ledger], request: LedgerRequest, frame: Frame
) -> Ledger:
    """The ledger of a register's lines."""
    keys = service.keys(RosterQuery(on=request.on, unit=request.unit))
    return ledger(
        service.rows(keys, request.on),
        frame.around(service.listing.register.title),
        on=request.on,
        full_ids=request.full_ids,
    )


def _caption(photo: Attachment) -> str:
    return "　".join(filter(None, (photo.caption, show_day(photo.taken or ""))))
