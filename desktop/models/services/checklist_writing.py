"""What every writing of “8+N” checklists goes through: cells are read, assessments begun, columns set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.domain.ids import new_id
from desktop.models.domain.reading import Cell, Reading
from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import (
    ASSESSMENT_ITEM,
    NOT_APPLICABLE,
    STATUS,
    Assessment,
    AssessmentItem,
)
from desktop.models.registers.checklist_rows import CellKey, ChecklistCell, MatrixRow
from desktop.models.registers.kinds import show_points
from desktop.models.rules.checklist import PARTIES
from desktop.models.services.checklist_reader import ChecklistReader


class VanishedCellError(DesktopError):
    """An organisation has no such item in a period any more."""

    def __init__(self) -> None:
        super().__init__("这一项已经不在评定表里了（可能刚改过自选动作或方案），请刷新后再试。")


@dataclass(frozen=True, slots=True)
class Asked:
    """Cells to be written in, and the rows they stand in."""

    rows: Sequence[MatrixRow]
    cells: Mapping[CellKey, ChecklistCell]

    def told(self, what: str) -> str:
        """What a change is called: the organisation and the item, or how many of them."""
        first = next(iter(self.cells.values()), None)
        number, several = len(self.cells), f"{len({row.branch.id for row in self.rows})} 个党组织"
        if number == 1 and first:
            return f"8+N：{self.rows[0].branch.name} {first.item.name} {what}"
        if len(self.rows) == 1:
            return f"8+N：{self.rows[0].branch.name} {number} 项 {what}"
        if first and len({(key.period, key.code) for key in self.cells}) == 1:
            return f"8+N：{first.item.name} {several} {what}"
        return f"8+N：{several} {number} 项 {what}"


class ChecklistWriting(ChecklistReader):
    """Writes within change sets that others name."""

    def _asked(self, keys: Sequence[CellKey], today: date) -> Asked:
        """The cells that something is to be written in."""
        wanted: dict[str, dict[str, None]] = {}
        for key in keys:
            wanted.setdefault(key.period, {})[key.branch_id] = None
        rows = [
            row
            for period, ids in wanted.items()
            for row in self._rows([self.branch(branch_id) for branch_id in ids], period, today)
        ]
        cells = {cell.key: cell for row in rows for cell in row.items}
        if any(key not in cells for key in keys):
            raise VanishedCellError
        return Asked(rows, {key: cells[key] for key in keys})

    def _set_status(self, asked: Asked, status: str | None, today: date) -> int:
        words = STATUS.show(status) or "未填"
        return self._set_statuses(asked, dict.fromkeys(asked.cells, status), words, today)

    def _set_statuses(self, asked: Asked, wanted: Mapping[CellKey, object], what: str, today: date) -> int:
        """Give cells their statuses as one change set; return how many were changed, and begin nothing for none."""
        changed = {key: status for key, status in wanted.items() if asked.cells[key].status != status}
        if changed:
            with self._store.change(asked.told(what)):
                cells = self._begun(asked)
                self._write(
                    (cells[key], self._changes(cells[key], "status", status, today))
                    for key, status in changed.items()
                )
        return len(changed)

    def _begun(self, asked: Asked) -> dict[CellKey, ChecklistCell]:
        """The cells of some rows with records, within the open change set."""
        return {cell.key: cell for row in asked.rows for cell in self._begin(row).items}

    def _begin(
        self, row: MatrixRow, taken_over: Mapping[str, Mapping[str, object]] | None = None
    ) -> MatrixRow:
        """A row whose every cell has a record: an assessment has all its items from the start."""
        assessment = row.assessment
        if assessment is None:
            period = row.items[0].key.period
            assessment = Assessment(
                id=new_id(), branch_id=row.branch.id, scheme_id=row.scheme.id, period=period
            )
            self._records.insert_many([assessment])
        made = {
            cell.key: AssessmentItem(
                id=new_id(),
                assessment_id=assessment.id,
                item_id=cell.item.id,
                **(taken_over or {}).get(cell.key.code, {}),  # type: ignore[arg-type]  # columns of the record
            )
            for cell in row.items
            if cell.record is None
        }
        self._records.insert_many(made.values())
        cells = tuple(replace(cell, record=made.get(cell.key, cell.record)) for cell in row.items)
        return replace(row, assessment=assessment, cells=cells)

    def _write(self, changes: Iterable[tuple[ChecklistCell, Mapping[str, object]]]) -> None:
        by_id = {cell.record.id: values for cell, values in changes if cell.record}
        self._records.update_many(AssessmentItem, by_id)

    def _changes(self, cell: ChecklistCell, field: str, value: object, today: date) -> dict[str, object]:
        if field == "status":
            return self._with_status(cell, None if value is None else str(value), today)
        if field in PARTIES and value is not None and cell.record and cell.record.checked is None:
            return {field: value, **self._checked(cell, today)}
        return {field: value}

    def _with_status(self, cell: ChecklistCell, status: str | None, today: date) -> dict[str, object]:
        """A status with what follows from it: who checked and when, the reason why a plaque is not applicable."""
        changes: dict[str, object] = {"status": status}
        reason, exempt = (cell.record.reason if cell.record else None), cell.item.exempt
        if status == NOT_APPLICABLE and not reason and exempt:
            changes["reason"] = exempt
        elif status != NOT_APPLICABLE and reason and reason == exempt:
            changes["reason"] = None
        checked = {"checked": None, "checked_by": None} if status is None else self._checked(cell, today)
        return changes | checked

    def _checked(self, cell: ChecklistCell, today: date) -> dict[str, object]:
        before = cell.record.checked_by if cell.record else None
        return {"checked": today.isoformat(), "checked_by": self._store.operator or before}


def cell_of(row: MatrixRow, key: CellKey) -> ChecklistCell:
    found = next((cell for cell in row.items if cell.key == key), None)
    if found is None:
        raise VanishedCellError
    return found


def read_field(cell: ChecklistCell, field: str, text: str, today: date) -> Reading:
    reading = ASSESSMENT_ITEM.field(field).kind.read(Cell(text), today)
    if field in PARTIES and isinstance(reading.value, float) and reading.value > cell.worth:
        most = show_points(str(round(cell.worth, 1)))
        return Reading(problem=f"“{cell.item.name}”最多 {most} 分，请核对。")
    return reading
