"""Taking in workbooks of the simple registers (导入台账): read, plan, apply after a backup, all in one change set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.registers.listing import Line, Listing
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.services.backup import BackupResult, BackupService
from desktop.models.services.files import written_whole
from desktop.models.services.person_entry import find_namesake, find_person
from desktop.models.services.register_entry import LineRead
from desktop.models.services.registers import RegisterService
from desktop.models.workbooks.plan import CellChange, Outcome
from desktop.models.workbooks.reading import WorkbookReader
from desktop.models.workbooks.register_reader import RegisterReader, RegisterRow

_SAME_NAME = "没有身份证号和出生年月可对，按同村同名认作同一人，请核对。"


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of a workbook with what applying it does; problems by column: left out, or (if needed) the line is refused."""

    row: RegisterRow
    outcome: Outcome
    changes: tuple[CellChange, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""  # what the officer should know about the match
    unread: tuple[str, ...] = ()  # columns of which the file says something and the program counts for itself


@dataclass(frozen=True, slots=True)
class RegisterPlan:
    """What importing a workbook would do, line by line."""

    lines: tuple[PlannedLine, ...]

    @property
    def counts(self) -> Counter[Outcome]:
        """How many lines have each outcome."""
        return Counter(line.outcome for line in self.lines)

    def unread(self, listing: Listing) -> str:
        """Words about what the files say and nobody takes in; empty where there is nothing of the kind."""
        columns = {column for line in self.lines for column in line.unread}
        labels = "".join(f"“{each.label}”" for each in listing.columns if each.name in columns)
        return f"表里的{labels}由本软件按记录算出，不读入。" if labels else ""


@dataclass(frozen=True, slots=True)
class RegisterImportResult:
    """What an import did; ``seq`` is its change set (None: nothing changed), by which it is undone."""

    seq: int | None
    plan: RegisterPlan
    backup: BackupResult | None


@dataclass(frozen=True, slots=True)
class _Decision:
    """What one line does: values of a new record, or changes of the record and the person that are there."""

    planned: PlannedLine
    read: LineRead
    known: Person | None
    line: Line | None = None
    own: Mapping[str, object] = field(default_factory=dict)
    of_person: Mapping[str, object] = field(default_factory=dict)


class RegisterImportService:
    """Reading touches files, planning writes nothing, applying is one transaction after a backup."""

    def __init__(
        self, store: Store, registers: Mapping[str, RegisterService], backups: BackupService
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._registers = registers
        self._backups = backups

    def read(self, register: str, paths: Sequence[Path]) -> tuple[RegisterRow, ...]:
        """Every line of some workbooks of one register.

        Raises:
            WorkbookError: a file cannot be read; its words say why and what to do.
        """
        service = self._registers[register]
        reader = RegisterReader(service.listing)
        with WorkbookReader() as workbooks:
            return tuple(
                service.placed(row)
                for path in paths
                for row in reader.read(path.name, workbooks.read(path).sheets)
            )

    def plan(self, register: str, rows: Sequence[RegisterRow], today: date) -> RegisterPlan:
        """Decide what each line would do, as if it were the only one; nothing is written."""
        return RegisterPlan(tuple(self._decide(register, row, today).planned for row in rows))

    def apply(
        self, register: str, rows: Sequence[RegisterRow], today: date, source: str
    ) -> RegisterImportResult:
        """Write what the lines say, each after those before it, in one change set after a backup."""
        service = self._registers[register]
        plan = self.plan(register, rows, today)
        if not plan.counts[Outcome.NEW] and not plan.counts[Outcome.CHANGED]:
            return RegisterImportResult(None, plan, None)
        backup = self._backups.backup_if_changed("导入前")
        planned = []
        with self._store.change(f"导入{service.title}：{len(rows)} 行", source=source) as seq:
            for row in rows:
                decision = self._decide(register, row, today)
                self._write(service, decision)
                planned.append(decision.planned)
        return RegisterImportResult(seq, RegisterPlan(tuple(planned)), backup)

    def save_refused(self, register: str, plan: RegisterPlan, path: Path) -> int:
        """Write the lines that were refused, or have something left out, as they came, with the reasons; return how many."""
        # who refuses nothing need not wait for the workbook library
        from desktop.models.services.refused_rows import of_register, write_refused

        shown = self._registers[register].listing.shown
        rows = [of_register(line.row, line.problems, shown) for line in plan.lines if line.problems]
        with written_whole(path) as file:
            write_refused(file, rows)
        return len(rows)

    def _decide(self, register: str, row: RegisterRow, today: date) -> _Decision:
        service = self._registers[register]
        read = service.read_line(row.cells, today)
        line = self._own(service, row, today)
        known, remark = (line.person, "") if line else self._who(service, read, today)
        remark += service.remark(read, known, today)
        line = line or self._twin(service, read, known, today)
        if line is not None:
            return self._change(service, row, line, today, remark)
        return _new(service, row, read, known, remark)

    def _own(self, service: RegisterService, row: RegisterRow, today: date) -> Line | None:
        """The line that our own export had in this row; it may have been removed since, and come again from this file."""
        return next(iter(service.rows([row.row_id], today)), None) if row.row_id else None

    def _who(self, service: RegisterService, read: LineRead, today: date) -> tuple[Person | None, str]:
        """The person a line means, and a remark where the match is worth a look."""
        if service.listing.owner != "person_id" or "name" not in read.entry.values:
            return None, ""
        if (known := find_person(self._store, read.entry.values)) is not None:
            return known, ""
        namesake = find_namesake(self._store, read.entry.values, read.place, today) if read.place else None
        return namesake, _SAME_NAME if namesake else ""

    def _twin(
        self, service: RegisterService, read: LineRead, known: Person | None, today: date
    ) -> Line | None:
        """The line that is there already and would be the same as this one."""
        found = service.twins({**read.record, "person_id": known.id if known else None})
        if not found and service.listing.register.record is ReserveCadre and known:
            found = service.records(person_id=known.id, division_code=read.place, left=None)
        return service.rows([found[0].id], today)[0] if found else None

    def _change(
        self, service: RegisterService, row: RegisterRow, line: Line, today: date, remark: str
    ) -> _Decision:
        cells = {n: c for n, c in row.cells.items() if c.text.strip() not in ("", *_shown(service, line, n))}
        place = None if "village" in cells or line.division is None else line.division.code
        read = service.read_line(cells, today, division_code=place)
        own = service.differences(line, read)
        of_person = read.entry.differences(line.person) if line.person else {}
        written = _in_order(service, {_column(name): new for name, new in (own | of_person).items()})
        changes = tuple(_told(service, line, column, new) for column, new in written.items())
        outcome = Outcome.CHANGED if changes else Outcome.SAME
        problems = _in_order(service, {n: words for n, words in read.problems.items() if n in cells})
        planned = PlannedLine(row, outcome, changes, problems, remark, _unread(service, row, line))
        return _Decision(planned, read, line.person, line, own, of_person)

    def _write(self, service: RegisterService, decision: _Decision) -> None:
        if decision.planned.outcome is Outcome.NEW:
            service.insert(service.prepared(decision.read, decision.known))
        elif decision.line is not None:
            service.update(decision.line.key, decision.own)
            if decision.line.person is not None:
                self._records.update(Person, decision.line.person.id, **decision.of_person)


def _new(
    service: RegisterService, row: RegisterRow, read: LineRead, known: Person | None, remark: str
) -> _Decision:
    problems = dict(read.problems)
    if known is None and not service.listing.makes_people and "name" not in problems:
        problems["name"] = "名册和后备里没有这个人，请先录入此人，或填上身份证号、出生年月。"
    refused = problems.keys() & {"village", *service.listing.needed}
    outcome = Outcome.REFUSED if refused else Outcome.NEW
    planned = PlannedLine(row, outcome, (), _in_order(service, problems), remark, _unread(service, row, None))
    return _Decision(planned, read, known)


def _unread(service: RegisterService, row: RegisterRow, line: Line | None) -> tuple[str, ...]:
    """The columns of a computed result that say something else than the line that is there."""
    return tuple(
        name
        for name in row.cells
        if (column := service.listing.shown.field(name)).listed and not column.editable
        if row.text(name) not in ("", *(_shown(service, line, name) if line else ()))
    )


def _shown(service: RegisterService, line: Line, column: str) -> tuple[str, ...]:
    """What an export of ours has in a cell: such a cell says nothing new."""
    return tuple(service.text(line, column, whole=whole) for whole in (False, True))


def _in_order(service: RegisterService, by_column: Mapping[str, Any]) -> dict[str, Any]:
    """What is told of some columns, in the order of the listing."""
    order = [column.name for column in service.listing.columns]
    known = [name for name in order if name in by_column]
    return {name: by_column[name] for name in (*known, *(by_column.keys() - set(known)))}


def _column(name: str) -> str:
    """The column that shows a stored field."""
    return "village" if name == "division_code" else name


def _told(service: RegisterService, line: Line, column: str, new: object) -> CellChange:
    """A change as the review shows it."""
    declared = next((f for f in (*service.fields, *PERSON.fields) if f.name == column), None)
    assert declared is not None
    shown = service.place_name(str(new)) if column == "village" else declared.kind.show(new)
    old = (
        service.value_of(line, column)
        if column in {f.name for f in service.fields}
        else getattr(line.person, column)
    )
    return CellChange(column, declared.label, declared.kind.show(old), shown)
