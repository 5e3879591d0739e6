"""“8+N” checklists as people fill them (评定): states, points, deadlines, a period begun from the last one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.models.database.history import History
from desktop.models.domain.cleaning import in_short
from desktop.models.domain.periods import Period
from desktop.models.domain.reading import Cell, Reading
from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import (
    ASSESSMENT,
    ASSESSMENT_ITEM,
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNMET,
    Assessment,
    AssessmentItem,
)
from desktop.models.registers.checklist_rows import CellKey, ChecklistCell, Matrix, MatrixRow
from desktop.models.rules.checklist import is_open
from desktop.models.services.attachments import Added, AttachmentsService
from desktop.models.services.cell_edits import CellProblem, EditOutcome, InvalidValueError
from desktop.models.services.checklist_writing import ChecklistWriting, cell_of, read_field
from desktop.models.services.files import written_whole
from desktop.models.services.new_files import NewFile
from desktop.models.services.stale_forms import require_as_opened

CYCLE: tuple[str | None, ...] = (None, MET, PARTLY, UNMET, NOT_APPLICABLE)  # what Space goes through


class PeriodRefusedError(DesktopError):
    """A period cannot be begun from another."""

    def __init__(self, period: str, source: str) -> None:
        super().__init__(
            f"没有建立：{Period.parse(source).label}不早于{Period.parse(period).label}，请选更早的一期来沿用。"
        )


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who wrote a cell last, and when."""

    at: datetime
    operator: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCard:
    """Everything that the panel of a cell shows; photos are ``attachments.of("assessment_item", cell.record.id)``."""

    cell: ChecklistCell
    row: MatrixRow  # with the score and what it suggests
    texts: Mapping[str, str]  # field of ASSESSMENT_ITEM → as shown
    last_change: LastChange | None
    before: ChecklistCell | None  # the same item when it was assessed last; its photos may be looked at


class ChecklistsService(ChecklistWriting):
    """Writes checklists; each method is one change set."""

    def card(self, key: CellKey, today: date) -> CellCard:
        """What the panel of a cell shows.

        Raises:
            VanishedBranchError, VanishedCellError: there is no such cell any more.
        """
        row = self.row(key.branch_id, key.period, today)
        cell = cell_of(row, key)
        record = cell.record
        changes = History(self._store).changes_of(ASSESSMENT_ITEM.name, record.id) if record else []
        last = changes[0].change if changes else None
        return CellCard(
            cell=cell,
            row=row,
            texts={f.name: f.kind.show(getattr(record, f.name, None)) for f in ASSESSMENT_ITEM.fields},
            last_change=LastChange(last.at, last.operator, last.why) if last else None,
            before=self._before(key, today),
        )

    def export(self, matrix: Matrix, path: Path) -> None:
        """Write what is shown to a workbook: the matrix with its totals, and a line for each cell."""
        # who exports nothing need not wait for the workbook library
        from desktop.models.services.checklist_export import write_matrix

        with written_whole(path) as file:
            write_matrix(file, matrix)

    def add_photos(
        self, key: CellKey, files: Sequence[NewFile], attachments: AttachmentsService, today: date
    ) -> list[Added]:
        """Keep photos with a cell, and say where they are used already; the assessment is begun where there is none.

        Raises:
            VanishedBranchError, VanishedCellError: there is no such cell any more.
            UnkeptFileError: none was added, and nothing begun.
        """
        names = "、".join(each.name for each in files)
        with self._store.change(self._asked([key], today).told(f"添加照片 {names}")):
            record = self._begun(self._asked([key], today))[key].record  # nobody else writes from here on
            assert record is not None
            fresh = attachments.write(ASSESSMENT_ITEM.name, record.id, files)
            self._records.insert_many(fresh)
        return attachments.told(fresh)

    def set_status(self, keys: Sequence[CellKey], status: str | None, today: date) -> int:
        """Give cells a status (a cell, a row, a column); return how many were changed. Who checked and when are filled in."""
        return self._set_status(self._asked(keys, today), status, today)

    def cycle(self, keys: Sequence[CellKey], today: date) -> str | None:
        """Give cells the status after that of the first one (Space), and return it."""
        asked = self._asked(keys, today)
        status = CYCLE[(CYCLE.index(asked.cells[keys[0]].status) + 1) % len(CYCLE)]
        self._set_status(asked, status, today)
        return status

    def read(self, key: CellKey, field: str, text: str, today: date) -> Reading:
        """Check what is being typed into a field of a cell; nothing is written."""
        return read_field(self._asked([key], today).cells[key], field, text, today)

    def edit(self, key: CellKey, field: str, text: str, today: date, opened: str | None = None) -> Reading:
        """Write a field of a cell as typed; ``""`` empties it.

        ``opened``: what the field said when somebody began to type; None: whatever it says is written over.

        Raises:
            InvalidValueError: it cannot be kept, and why.
            StaleRecordError: it was changed elsewhere since it was opened.
            VanishedBranchError, VanishedCellError: there is no such cell any more.
        """
        asked = self._asked([key], today)
        reading = read_field(asked.cells[key], field, text, today)
        if reading.problem is not None and reading.value is None:
            raise InvalidValueError({field: reading.problem}, ASSESSMENT_ITEM)
        register = ASSESSMENT_ITEM.field(field)
        with self._store.change(
            asked.told(f"{register.label} {in_short(register.kind.show(reading.value)) or '清空'}")
        ):
            asked = self._asked([key], today)  # nobody else writes from here on
            require_as_opened(ASSESSMENT_ITEM, asked.cells[key].record, field, text, opened)
            cell = self._begun(asked)[key]
            self._write([(cell, self._changes(cell, field, reading.value, today))])
        return reading

    def paste(self, edits: Sequence[tuple[CellKey, str]], today: date) -> EditOutcome:
        """Write the statuses of many cells as typed (达标, √, 否 …) as one action: good ones are applied, bad ones listed."""
        asked = self._asked([key for key, _ in edits], today)
        readings = {key: read_field(asked.cells[key], "status", text, today) for key, text in edits}
        problems = tuple(
            CellProblem(key, "status", r.problem) for key, r in readings.items() if r.problem is not None
        )
        good = {key: reading.value for key, reading in readings.items() if reading.problem is None}
        self._set_statuses(asked, good, "粘贴", today)
        return EditOutcome(len(good), problems)

    def close(self, key: CellKey, day: str, closing: str, today: date, *, met: bool = True) -> None:
        """Close a rectification (销号) with the day and what was done, as typed; ``met``: the item is 达标 then.

        Raises:
            InvalidValueError: the day or the words are missing or wrong.
        """
        asked = self._asked([key], today)
        typed = {"closed": day, "closing": closing}
        readings = {name: read_field(asked.cells[key], name, text, today) for name, text in typed.items()}
        problems = {name: reading.problem for name, reading in readings.items() if reading.problem}
        missing = {"closed": "请填写销号日期。", "closing": "请写明怎样整改的。"}
        problems |= {
            n: words for n, words in missing.items() if readings[n].value is None and n not in problems
        }
        if problems:
            raise InvalidValueError(problems, ASSESSMENT_ITEM)
        with self._store.change(asked.told("整改销号")):
            cell = self._begun(asked)[key]
            status = self._with_status(cell, MET, today) if met else {}
            self._write([(cell, status | {name: reading.value for name, reading in readings.items()})])

    def edit_assessment(
        self, branch_id: str, period: str, field: str, text: str, today: date, opened: str | None = None
    ) -> Reading:
        """Write who checked an organisation, when, or a remark, as typed; ``opened``: see ``edit``.

        Raises:
            InvalidValueError: it cannot be kept, and why.
            StaleRecordError: it was changed elsewhere since it was opened.
        """
        register = ASSESSMENT.field(field)
        reading = register.kind.read(Cell(text), today)
        if reading.problem is not None and reading.value is None:
            raise InvalidValueError({field: reading.problem}, ASSESSMENT)
        name = self.branch(branch_id).name
        with self._store.change(
            f"8+N：{name} {register.label} {in_short(register.kind.show(reading.value)) or '清空'}"
        ):
            row = self.row(branch_id, period, today)
            require_as_opened(ASSESSMENT, row.assessment, field, text, opened)
            row = self._begin(row)
            assert row.assessment is not None
            self._records.update(Assessment, row.assessment.id, **{field: reading.value})
        return reading

    def start_period(
        self, period: str, today: date, source: str | None = None, unit: str | None = None
    ) -> int:
        """Begin a period for every organisation of a unit that has no assessment in it; return how many are new.

        From ``source`` come statuses, reasons and deadlines that are still open; points, who checked and photos do
        not: they are given anew.

        Raises:
            PeriodRefusedError: ``source`` is not before ``period``.
        """
        if source and Period.parse(source).start >= Period.parse(period).start:
            raise PeriodRefusedError(period, source)
        before = {row.branch.id: row for row in self.rows(source, today, unit)} if source else {}
        fresh = [row for row in self.rows(period, today, unit) if row.assessment is None]
        words = f"（沿用{Period.parse(source).label}）" if source else ""
        with self._store.change(f"8+N 建立期次：{Period.parse(period).label}，{len(fresh)} 个党组织{words}"):
            for row in fresh:
                self._begin(row, _taken_over(before.get(row.branch.id)))
        return len(fresh)

    def _before(self, key: CellKey, today: date) -> ChecklistCell | None:
        start = Period.parse(key.period).start
        earlier = [a.period for a in self._records.select(Assessment, branch_id=key.branch_id)]
        earlier = [period for period in earlier if Period.parse(period).start < start]
        if not earlier:
            return None
        last = max(earlier, key=lambda period: Period.parse(period).start)
        row = self.row(key.branch_id, last, today)
        return next((cell for cell in row.items if cell.key.code == key.code), None)


def _taken_over(row: MatrixRow | None) -> dict[str, dict[str, object]]:
    """What the items of a new assessment start with: code → columns."""
    items: Iterable[ChecklistCell] = row.items if row else ()
    return {cell.key.code: _carried_on(cell.record) for cell in items if cell.record}


def _carried_on(record: AssessmentItem) -> dict[str, object]:
    """What was put right is met."""
    met = record.status == MET or (record.status in (PARTLY, UNMET) and record.closed is not None)
    return {
        "status": MET if met else record.status,
        "reason": None if met else record.reason,
        "due": record.due if is_open(record) else None,
    }
