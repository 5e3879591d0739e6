"""“四个一” as a whole (完成情况): the matrix of a period, the calendar of a month."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.models.database import activities as queries
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.periods import Period
from desktop.models.registers.activity import Activity
from desktop.models.registers.listing import Line
from desktop.models.registers.mentoring import ManagedSecretary, Mentoring
from desktop.models.registers.person import Person
from desktop.models.registers.schemes import ACTIVITIES
from desktop.models.rules.four_ones import (
    Counted,
    Matrix,
    MatrixRow,
    Subject,
    is_managed_in,
    is_mentoring_on,
    make_matrix,
    missing_by_kind,
)
from desktop.models.rules.four_ones_checks import MISSING, REMIND, HeldActivity, SecretaryFacts
from desktop.models.services.activities import ActivitiesService
from desktop.models.services.choices import Choices, rule_limit
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.services.schemes import SchemesService, SchemeVersion

_REMIND = rule_limit(MISSING, REMIND)


class FourOnesService:
    """What follows from the registers of “四个一”; nothing is written."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        schemes: SchemesService,
        activities: ActivitiesService,
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._choices = Choices(store)
        self._schemes = schemes
        self._activities = activities

    @property
    def remind_days(self) -> int:
        """In how many last days of a period what is missing is red: the number of rule 4Y-1, whether it is on or not."""
        return int(self._choices.get(_REMIND))

    def scheme(self, day: date) -> SchemeVersion:
        """The scheme that holds on a day: kinds, times, period."""
        return self._schemes.current(ACTIVITIES, day)

    def period(self, day: date) -> Period:
        """The period that a day lies in."""
        return self.scheme(day).period(day)

    def matrix(
        self,
        period: Period,
        today: date,
        unit: str | None = None,
        *,
        kinds: Sequence[str] | None = None,
        list_kind: str | None = None,
    ) -> Matrix:
        """Who is under management in a period with what was held; ``kinds`` are codes, ``list_kind`` 正面 or 负面."""
        on = min(max(period.start, today), period.end)
        items = [item for item in self.scheme(on).common if kinds is None or item.code in kinds]
        subjects = self._subjects(period, on, unit, list_kind)
        people = {subject.person.id for subject in subjects}
        rows = queries.counted_rows(self._store, period.start, period.end, people)
        counted = [
            Counted(activity_id=key, person_id=person, division_code=place, kind=kind, state=state, day=day)
            for key, person, place, kind, state, day in rows
        ]
        return make_matrix(period, items, subjects, counted, today, self.remind_days)

    def export(self, path: Path, matrix: Matrix) -> None:
        """Write what is shown to a workbook: the matrix, and the completion of each township."""
        # who exports nothing need not wait for the workbook library
        from desktop.models.services.four_ones_export import write_matrix

        with written_whole(path) as file:
            write_matrix(file, matrix)

    def calendar(self, year: int, month: int, unit: str | None = None) -> dict[date, list[Line]]:
        """What is planned and was held in a month, by day and time; cancelled ones too."""
        days = monthrange(year, month)[1]
        found: dict[date, list[Line]] = defaultdict(list)
        for line in self.between(date(year, month, 1), date(year, month, days), unit):
            found[date.fromisoformat(line.record.start[:10])].append(line)
        return dict(found)

    def between(self, start: date, end: date, unit: str | None = None) -> list[Line]:
        """The activities of two days and those between, of a unit or for its secretaries, by time."""
        units = None if unit is None else [division.code for division in self._divisions.under(unit)]
        keys = queries.activity_keys(self._store, start, end, units)
        return self._activities.rows(keys, end)

    def next_without(self, matrix: Matrix, kind: str, person_id: str | None) -> MatrixRow | None:
        """Who comes after somebody on the matrix and lacks a kind: whom 登记下一条 is for."""
        rows = list(matrix.rows)
        here = next((n for n, row in enumerate(rows) if row.subject.person.id == person_id), -1)
        lacking = {id(row) for row in missing_by_kind(matrix).get(kind, ())}
        return next((row for row in rows[here + 1 :] + rows[: max(here, 0)] if id(row) in lacking), None)

    def facts(self, on: date, unit: str | None = None) -> list[SecretaryFacts]:
        """What the health check knows of everybody under management in the period that a day lies in."""
        period = self.period(on)
        matrix = self.matrix(period, on, unit)
        ids = {each.activity_id for row in matrix.rows for cell in row.cells for each in cell.held}
        activities = {each.id: each for each in self._records.select(Activity, id=ids)}
        photos = queries.picture_counts(self._store, ids)
        overdue: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for person_id, problem, due in queries.overdue_problems(self._store, on):
            overdue[person_id].append((problem, due))
        names = {kind.code: kind.name for kind in matrix.kinds}
        return [
            SecretaryFacts(
                period=period,
                kinds=tuple(names.values()),
                row=row,
                held=tuple(
                    HeldActivity(
                        name=names[cell.kind],
                        day=each.day,
                        photos=photos.get(each.activity_id, 0),
                        is_checked=activities[each.activity_id].checked_by is not None,
                    )
                    for cell in row.cells
                    for each in cell.held
                ),
                overdue=tuple(overdue[row.subject.person.id]),
            )
            for row in matrix.rows
        ]

    def _subjects(self, period: Period, on: date, unit: str | None, list_kind: str | None) -> list[Subject]:
        """Who was under management in a period, once a person and village, in the local order."""
        codes = None if unit is None else {division.code for division in self._divisions.under(unit)}
        latest: dict[tuple[str, str], ManagedSecretary] = {}
        for each in sorted(self._records.select(ManagedSecretary), key=_by_time):
            inside = codes is None or each.division_code in codes
            if inside and is_managed_in(each, period) and list_kind in (None, each.kind):
                latest[each.person_id, each.division_code] = each
        places = {code: place for place, code in enumerate(self._divisions.all())}
        ordered = sorted(latest.values(), key=lambda each: (places[each.division_code], _by_time(each)))
        ids = {each.person_id for each in ordered}
        people = {person.id: person for person in self._records.select(Person, id=ids)}
        pairs = [pair for pair in self._records.select(Mentoring, person_id=ids) if is_mentoring_on(pair, on)]
        serving = queries.secretaries_on(self._store, on)
        return [self._subject(each, people[each.person_id], pairs, serving) for each in ordered]

    def _subject(
        self,
        managed: ManagedSecretary,
        person: Person,
        pairs: Sequence[Mentoring],
        serving: frozenset[tuple[str, str]],
    ) -> Subject:
        division = self._divisions.get(managed.division_code)
        above = self._divisions.all().get(division.parent or "")
        whose = (managed.person_id, managed.division_code)
        return Subject(
            managed=managed,
            person=person,
            division=division,
            township=above.name if above else "",
            mentors=tuple(pair for pair in pairs if (pair.person_id, pair.division_code) == whose),
            has_left=managed.until is None and whose not in serving,
        )


def _by_time(managed: ManagedSecretary) -> tuple[str, str]:
    return (managed.since or "", managed.id)
