"""Reads “8+N” checklists (评定矩阵): a few queries for any number of party organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from desktop.models.database.checklists import (
    deadlines_elsewhere,
    items_of,
    periods_assessed,
    photos_of,
)
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.periods import Period
from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import (
    Assessment,
    AssessmentItem,
    Grading,
)
from desktop.models.registers.checklist_rows import (
    ALL_GRADES,
    CellKey,
    ChecklistCell,
    Matrix,
    MatrixQuery,
    MatrixRow,
)
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.schemes import CHECKLIST, SchemeItem
from desktop.models.rules.checklist import days_overdue, doubts, is_open, judge, worth
from desktop.models.rules.checklist_matrix import aligned, columns_of, counted, is_asked_for
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.schemes import SchemesService, SchemeVersion
from desktop.models.services.settings import SettingsService


class VanishedBranchError(DesktopError):
    """A party organisation is not kept any more."""

    def __init__(self) -> None:
        super().__init__("这个党组织已经不在了（可能刚被撤销或删除），请刷新后再试。")


@dataclass(frozen=True, slots=True)
class _Recorded:
    """What is written of one organisation in one period."""

    assessment: Assessment
    items: dict[str, AssessmentItem]  # item id → record


class ChecklistReader:
    """Asks for checklists; what writes them builds on it."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        settings: SettingsService,
        schemes: SchemesService,
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._settings = settings
        self._schemes = schemes

    def periods(self, today: date) -> list[str]:
        """The periods to choose from, the latest first: the present one, and those that there are assessments of."""
        present = str(self._schemes.current(CHECKLIST, today).period(today))
        return sorted(
            {present, *periods_assessed(self._store)}, key=lambda p: Period.parse(p).start, reverse=True
        )

    def matrix(self, period: str, today: date, query: MatrixQuery | None = None) -> Matrix:
        """A period's organisations by items, in the local order of places; totals are those of the rows shown."""
        query = query or MatrixQuery()
        rows = self.rows(period, today, query.unit)
        shown = [row for row in rows if is_asked_for(row, query)]
        columns = columns_of(shown or rows)
        places = [column.code for column in columns]
        return Matrix(
            period=period,
            columns=tuple(counted(column, shown) for column in columns),
            rows=tuple(aligned(row, places) for row in shown),
            grades={grade: sum(row.grade == grade for row in rows) for grade in ALL_GRADES},
        )

    def rows(self, period: str, today: date, unit: str | None = None) -> list[MatrixRow]:
        """A period's organisations, each with just the items it has."""
        return self._rows(self.branches(period, unit), period, today)

    def row(self, branch_id: str, period: str, today: date) -> MatrixRow:
        """One organisation in one period.

        Raises:
            VanishedBranchError: it is not kept any more.
        """
        return self._rows([self.branch(branch_id)], period, today)[0]

    def branches(self, period: str, unit: str | None = None) -> list[PartyBranch]:
        """The party organisations of a unit that there were in a period, in the local order of places."""
        time = Period.parse(period)
        first, last = time.start.isoformat()[:7], time.end.isoformat()[:7]
        return [
            branch
            for branch in self.all_branches(unit)
            if (branch.founded or "") <= last and (branch.dissolved or last) >= first
        ]

    def all_branches(self, unit: str | None = None) -> list[PartyBranch]:
        """The party organisations of a unit, dissolved ones too, in the local order of places."""
        places = {d.code: n for n, d in enumerate(self._divisions.under(unit or self._settings.unit))}
        found = self._records.select(PartyBranch, division_code=list(places))
        return sorted(found, key=lambda branch: (places[branch.division_code], branch.id))

    def township(self, branch: PartyBranch) -> str:
        """The name of the township that an organisation belongs to."""
        return _township(self._divisions.all(), branch)

    def division(self, branch: PartyBranch) -> Division:
        """Where an organisation belongs to."""
        return self._divisions.get(branch.division_code)

    def place(self, branch: PartyBranch) -> str:
        """The short name of the village, community or township that an organisation belongs to."""
        return self.division(branch).short_name

    def branch(self, branch_id: str) -> PartyBranch:
        """One party organisation.

        Raises:
            VanishedBranchError: it is not kept any more.
        """
        found = self._records.select(PartyBranch, id=branch_id)
        if not found:
            raise VanishedBranchError
        return found[0]

    def _rows(self, branches: Sequence[PartyBranch], period: str, today: date) -> list[MatrixRow]:
        ids = [branch.id for branch in branches]
        recorded = self._recorded(period, ids)
        photos = photos_of(self._store, period, ids)
        carried = _carried(deadlines_elsewhere(self._store, period, ids), period)
        gradings = self._gradings(ids, period, today)
        usual = self._usual(period, today)
        versions, divisions = self._schemes.all(), self._divisions.all()
        rows = []
        for branch in branches:
            known = recorded.get(branch.id)
            version = versions[known.assessment.scheme_id] if known else usual
            items = _asked(version, branch.id, period, today, known)
            most = worth(version.scheme, items)
            cells = tuple(
                _cell(
                    CellKey(branch.id, period, item.code),
                    item,
                    most[item.code],
                    known.items.get(item.id) if known else None,
                    photos,
                    carried,
                    today,
                )
                for item in items
            )
            past = gradings.get(branch.id, [])
            rows.append(
                MatrixRow(
                    branch=branch,
                    township=_township(divisions, branch),
                    place=divisions[branch.division_code].short_name,
                    scheme=version.scheme,
                    cells=cells,
                    verdict=judge(version.scheme, cells),
                    assessment=known.assessment if known else None,
                    grading=past[-1] if past else None,
                    decided=any(grading.period == period for grading in past),
                )
            )
        return rows

    def _usual(self, period: str, today: date) -> SchemeVersion:
        """What an organisation without an assessment is asked for in a period."""
        return self._schemes.current(CHECKLIST, min(today, Period.parse(period).end))

    def _recorded(self, period: str, ids: Iterable[str]) -> dict[str, _Recorded]:
        ids = list(ids)
        found = self._records.select(Assessment, period=period, branch_id=ids)
        by_id = {assessment.id: _Recorded(assessment, {}) for assessment in found}
        for item in items_of(self._store, period, ids):
            by_id[item.assessment_id].items[item.item_id] = item
        return {each.assessment.branch_id: each for each in by_id.values()}

    def _gradings(self, ids: Iterable[str], period: str, on: date) -> dict[str, list[Grading]]:
        """The decisions on each organisation for a period or an earlier one, made up to a day, the last one last."""
        by_branch: dict[str, list[Grading]] = {}
        end = Period.parse(period).end
        found = self._records.select(Grading, branch_id=list(ids))
        for grading in sorted(found, key=lambda each: (each.decided, each.id)):
            if grading.decided <= on.isoformat() and Period.parse(grading.period).end <= end:
                by_branch.setdefault(grading.branch_id, []).append(grading)
        return by_branch


def _asked(
    version: SchemeVersion, branch_id: str, period: str, today: date, known: _Recorded | None
) -> list[SchemeItem]:
    """The items of an organisation: those of its assessment, and while the period lasts its new N items."""
    if known is None:
        return list(version.asked_of(branch_id))
    lasts = Period.parse(period).end >= today
    fresh = {item.id for item in version.own_of(branch_id)} if lasts else frozenset()
    every = (*version.common, *version.own.get(branch_id, ()))
    return [item for item in every if item.id in known.items or item.id in fresh]


def _cell(
    key: CellKey,
    item: SchemeItem,
    most: float,
    record: AssessmentItem | None,
    photos: dict[str, int],
    carried: set[tuple[str, str]],
    today: date,
) -> ChecklistCell:
    if record is None:
        return ChecklistCell(key=key, item=item, worth=most)
    still = (key.branch_id, key.code) not in carried and is_open(record)
    return ChecklistCell(
        key=key,
        item=item,
        worth=most,
        record=record,
        photos=photos.get(record.id, 0),
        open=still,
        overdue=days_overdue(record, today) if still else 0,
        doubts=doubts(record, most),
    )


def _township(divisions: Mapping[str, Division], branch: PartyBranch) -> str:
    division = divisions[branch.division_code]
    if division.kind in (DivisionKind.TOWNSHIP, DivisionKind.CITY) or division.parent is None:
        return division.name
    return divisions[division.parent].name


def _carried(deadlines: Iterable[tuple[str, str, str]], period: str) -> set[tuple[str, str]]:
    """The items that have a deadline in a later period: it takes the place of the one before."""
    start = Period.parse(period).start
    later = cache(lambda other: Period.parse(other).start > start)
    return {(branch_id, code) for branch_id, other, code in deadlines if later(other)}
