"""What is to be put right by when (整改): of every organisation and period, and what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.models.database.checklists import deadlines_of
from desktop.models.database.store import Store
from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import AssessmentItem
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.schemes import CHECKLIST, SchemeItem
from desktop.models.rules.checklist import days_overdue, is_open, progress
from desktop.models.rules.checklist_checks import ChecklistFacts
from desktop.models.services.checklist_reader import ChecklistReader
from desktop.models.services.files import written_whole
from desktop.models.services.schemes import SchemesService


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """One item with a deadline."""

    key: CellKey
    branch: PartyBranch
    township: str
    place: str
    item: SchemeItem
    record: AssessmentItem
    open: bool
    overdue: int  # days
    words: str  # how it stands (``progress``)


class RectificationsService:
    """Lists what is open, late or without an assessment, for pages, paper, the home page and the health check."""

    def __init__(self, store: Store, reader: ChecklistReader, schemes: SchemesService) -> None:
        self._store = store
        self._reader = reader
        self._schemes = schemes

    def all(self, on: date, unit: str | None = None, *, open_only: bool = False) -> list[Rectification]:
        """Deadlines of a unit's organisations, the open ones first, by day; one carried on stands once, as the later."""
        branches = {branch.id: branch for branch in self._reader.all_branches(unit)}
        latest: dict[tuple[str, str], date] = {}
        found = deadlines_of(self._store, branches)
        for branch_id, period, code, _ in found:
            start = Period.parse(period).start
            latest[branch_id, code] = max(latest.get((branch_id, code), start), start)
        items = {item.id: item for v in self._schemes.versions(CHECKLIST) for item in v.items}
        lines = []
        for branch_id, period, code, record in found:
            if not record.closed and Period.parse(period).start < latest[branch_id, code]:
                continue
            branch = branches[branch_id]
            line = Rectification(
                key=CellKey(branch_id, period, code),
                branch=branch,
                township=self._reader.township(branch),
                place=self._reader.place(branch),
                item=items[record.item_id],
                record=record,
                open=is_open(record),
                overdue=days_overdue(record, on),
                words=progress(record, on),
            )
            if line.open or not open_only:
                lines.append(line)
        order = {branch_id: number for number, branch_id in enumerate(branches)}
        return sorted(
            lines, key=lambda r: (not r.open, r.record.due or "", order[r.branch.id], r.item.position)
        )

    def overdue(self, on: date, unit: str | None = None) -> list[Rectification]:
        """What should have been put right before a day and is not."""
        return [line for line in self.all(on, unit, open_only=True) if line.overdue]

    def export(self, lines: Sequence[Rectification], path: Path) -> None:
        """Write some lines to a workbook, in their order."""
        # who exports nothing need not wait for the workbook library
        from desktop.models.services.checklist_export import write_rectifications

        with written_whole(path) as file:
            write_rectifications(file, lines)

    def facts(self, on: date, unit: str | None = None) -> list[ChecklistFacts]:
        """What the health check knows of each organisation in the period that a day lies in."""
        late: dict[str, list[tuple[str, int]]] = {}
        for line in self.overdue(on, unit):
            late.setdefault(line.branch.id, []).append((line.item.name, line.overdue))
        period = self._schemes.current(CHECKLIST, on).period(on)
        return [
            ChecklistFacts(
                division=self._reader.division(row.branch),
                period=period,
                row=row,
                late=tuple(late.get(row.branch.id, ())),
            )
            for row in self._reader.rows(str(period), on, unit)
        ]
