"""Taking in rosters from workbooks (导入): read, plan, apply after a backup, all in one change set."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.models.collector import collector_paused
from desktop.models.database import roster as queries
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterRow
from desktop.models.registers.term import TermSteps
from desktop.models.services.backup import BackupResult, BackupService
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.services.roster import apply_steps
from desktop.models.services.roster_lists import RosterLists
from desktop.models.services.settings import SettingsService
from desktop.models.workbooks.matching import KnownPeople, KnownPerson
from desktop.models.workbooks.plan import ImportPlan, Outcome, PlannedRow, plan_roster
from desktop.models.workbooks.reading import WorkbookReader
from desktop.models.workbooks.roster_reader import (
    ColumnId,
    ImportedRow,
    ImportReading,
    RosterReader,
    learnt_headings,
)

_LEARNT = "import.headings"


class OutdatedPlanError(DesktopError):
    """The roster changed between the plan and its application."""

    def __init__(self) -> None:
        super().__init__("核对之后名册又有改动，请重新核对后再导入。")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did; ``seq`` is its change set (None: nothing changed), by which it is undone.

    ``backup`` is None where the last one was of the same state.
    """

    seq: int | None
    added: int
    changed: int
    same: int
    refused: int
    backup: BackupResult | None


class ImportService:
    """Reading touches files, planning only reads the store, applying is one transaction after a backup."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        roster: RosterLists,
        settings: SettingsService,
        backups: BackupService,
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._roster = roster
        self._settings = settings
        self._backups = backups

    def read(
        self,
        paths: Sequence[Path],
        today: date,
        mapping: Mapping[ColumnId, str | None] | None = None,
        on_file: Callable[[int, int], None] | None = None,
    ) -> ImportReading:
        """Read workbooks; ``mapping`` corrects what columns are taken for and is remembered by heading.

        ``on_file`` is told how many files of how many are done, and may raise to cancel.
        """
        reader = RosterReader(self._divisions.names(), today, self._settings.get(_LEARNT, {}))
        readings = []
        with WorkbookReader() as workbooks:
            for number, path in enumerate(paths):
                if on_file is not None:
                    on_file(number, len(paths))
                readings.append(reader.read(path.name, workbooks.read(path).sheets, mapping))
        reading = ImportReading(
            tuple(table for r in readings for table in r.tables),
            tuple(row for r in readings for row in r.rows),
            tuple(problem for r in readings for problem in r.unread),
        )
        if mapping:
            self._settings.set(_LEARNT, self._settings.get(_LEARNT, {}) | learnt_headings(reading, mapping))
        return reading

    def correct(self, reading: ImportReading, row: int, field: str, text: str, today: date) -> ImportReading:
        """The reading with one cell written otherwise; ``row`` counts ``reading.rows``."""
        reader = RosterReader(self._divisions.names(), today)
        rows = list(reading.rows)
        rows[row] = reader.correct(rows[row], field, text)
        return replace(reading, rows=tuple(rows))

    @collector_paused()
    def plan(self, reading: ImportReading, today: date) -> ImportPlan:
        """Decide what applying would do; nothing is written."""
        seq = queries.last_seq(self._store)
        divisions = self._divisions.all()
        plan = plan_roster(reading.rows, self._known(reading.rows, today), divisions)
        own = {division.code for division in self._divisions.under(self._settings.unit)}
        rows = tuple(self._marked(row, own) for row in plan.rows)
        foreign = sum(marked is not row for marked, row in zip(rows, plan.rows, strict=True))
        missing = tuple(self._missing(plan, divisions, today))
        return replace(plan, rows=rows, missing=missing, seq=seq, foreign=foreign)

    def _marked(self, row: PlannedRow, own: Set[str]) -> PlannedRow:
        """A row of another unit's village is taken, and said to be one."""
        code = row.imported.values.get("division_code")
        if code is None or code in own:
            return row
        unit = self._divisions.get(self._settings.unit).name
        return replace(row, remarks=(*row.remarks, f"{row.village}不属于{unit}，照样导入，请核对。"))

    @collector_paused()
    def apply(self, plan: ImportPlan, source: str) -> ImportResult:
        """Write a plan: a backup first, then one transaction and one change set.

        Raises:
            OutdatedPlanError: something changed since the plan was made.
        """
        counts = plan.counts
        tally = (counts[Outcome.NEW], counts[Outcome.CHANGED], counts[Outcome.SAME], counts[Outcome.REFUSED])
        if not plan.writes:
            return ImportResult(None, *tally, None)
        self._require_current(plan, queries.last_seq(self._store))
        backup = self._backups.backup_if_changed("导入前")
        with self._store.change(f"导入名册：新增 {tally[0]} 人，修改 {tally[1]} 人", source=source) as seq:
            self._require_current(plan, queries.last_seq(self._store, before=seq))
            self._write(plan)
        return ImportResult(seq, *tally, backup)

    @staticmethod
    def _require_current(plan: ImportPlan, seq: int) -> None:
        if seq != plan.seq:
            raise OutdatedPlanError

    def save_refused(self, plan: ImportPlan, path: Path) -> int:
        """Write the rows that were refused, or have something left out, as they came, with the reasons; return how many."""
        # who refuses nothing need not wait for the workbook library
        from desktop.models.services.refused_rows import of_roster, write_refused

        divisions = self._divisions.all()
        rows = [
            of_roster(row.imported, divisions)
            for row in plan.rows
            if any(not problem.kept for problem in row.imported.problems)
        ]
        with written_whole(path) as file:
            write_refused(file, rows)
        return len(rows)

    def _known(self, rows: Sequence[ImportedRow], today: date) -> KnownPeople:
        def texts(name: str) -> list[str]:
            return [str(row.values[name]) for row in rows if name in row.values]

        found = queries.known_people(self._store, texts("row_id"), texts("id_number"), texts("name"), today)
        return KnownPeople(KnownPerson(person, terms) for person, terms in found)

    def _missing(self, plan: ImportPlan, divisions: Mapping[str, Division], today: date) -> list[RosterRow]:
        """People who serve in the file's villages and are not in the file: listed, and left as they are."""
        codes = {str(r.imported.values["division_code"]) for r in plan.rows if r.imported.applicable}
        met = {(row.person.id, str(row.imported.values["division_code"])) for row in plan.rows if row.person}
        keys = queries.keys_of_divisions(self._store, sorted(codes & divisions.keys()), today)
        return self._roster.rows([key for key in keys if key not in met], today)

    def _write(self, plan: ImportPlan) -> None:
        """People once each as they will be in the end, then the terms of every row."""
        fresh: dict[str, Person] = {}
        changes: dict[str, dict[str, object]] = {}
        for row in plan.rows:
            if row.person is None:
                continue
            if row.outcome is Outcome.NEW or row.person.id in fresh:
                fresh[row.person.id] = row.person
            elif row.person_changes:
                changes.setdefault(row.person.id, {}).update(row.person_changes)
        self._records.insert_many(fresh.values())
        self._records.update_many(Person, changes)
        apply_steps(self._records, _joined([row.terms for row in plan.rows]))
        self._records.update_many(
            Division, {code: {"party_form": str(f)} for code, f in plan.party_forms.items()}
        )


def _joined(steps: Sequence[TermSteps]) -> TermSteps:
    """The steps of all rows as one; a term that a later row changes again is inserted as it was and then changed."""
    update: dict[str, dict[str, object]] = {}
    for step in steps:
        for term_id, changes in step.update.items():
            update.setdefault(term_id, {}).update(changes)
    inserted = tuple(term for step in steps for term in step.insert)
    return TermSteps(inserted, update, tuple(term_id for step in steps for term_id in step.delete))
