"""Structure statistics of an office (班子结构分析): the table on any day, and the people behind each number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from desktop.models.database.records import Records
from desktop.models.database.roster import people_and_terms
from desktop.models.database.store import Store
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.structure import structure_ledger
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterRow
from desktop.models.rules.structure import StructureRow, StructureTable, behind, structure
from desktop.models.rules.structure_columns import By, Population, preset_benchmarks
from desktop.models.services.choices import BENCHMARKS, Choices
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.facts import FactsReader
from desktop.models.services.files import written_whole
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest
from desktop.models.services.roster_lists import make_row
from desktop.models.services.settings import SettingsService


@dataclass(frozen=True, slots=True)
class BehindNumber:
    """Whom a number was counted from: lines of people (of a reserve without terms), or villages."""

    people: tuple[RosterRow, ...] = ()
    villages: tuple[Division, ...] = ()


class StructureService:
    """Counts an office's leading bodies."""

    def __init__(self, store: Store, divisions: DivisionsService, settings: SettingsService) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._settings = settings
        self._choices = Choices(store)
        self._facts = FactsReader(store, divisions, settings)

    def table(
        self, on: date, unit: str | None = None, by: str | None = None, population: str = Population.ALL
    ) -> StructureTable:
        """T4 on a day; ``unit`` None: the whole office; ``by`` None: what lies right below the unit."""
        chosen = By(by) if by else self.usual_rows(unit)
        return structure(self._facts.villages(on, unit), on, chosen, Population(population))

    def usual_rows(self, unit: str | None = None) -> By:
        """What a row stands for unless somebody says: townships of a city, else villages."""
        kind = self._divisions.get(unit or self._settings.unit).kind
        return By.TOWNSHIP if kind == DivisionKind.CITY else By.VILLAGE

    def behind(self, table: StructureTable, row: StructureRow, column: str) -> BehindNumber:
        """The people, or villages, that a cell counts; somebody who serves in several villages is on several lines."""
        found = behind(row, column)
        divisions = self._divisions.all()
        serving = people_and_terms(self._store, found.keys, table.on)
        missing = {person_id for person_id, code in found.keys if (person_id, code) not in serving}
        others = {person.id: person for person in self._records.select(Person, id=missing)}  # in reserve
        lines: list[RosterRow] = []
        for person_id, code in found.keys:
            person, terms = serving.get((person_id, code)) or (others[person_id], ())
            lines.append(make_row(person, terms, code, divisions))
        return BehindNumber(tuple(lines), tuple(divisions[code] for code in found.divisions))

    def export(self, table: StructureTable, path: Path) -> None:
        """Write a table to a workbook, numbers as numbers, the total last as on paper."""
        # who exports nothing need not wait for the workbook library
        from desktop.models.services.exporting import write_structure

        with written_whole(path) as file:
            write_structure(file, table)

    def ledgers(self) -> dict[str, Builder]:
        """How the ledgers of these statistics are made, by name."""
        return {
            "structure": partial(self._ledger, Population.ALL),
            "secretaries": partial(self._ledger, Population.SECRETARIES),
        }

    def _ledger(self, population: Population, request: LedgerRequest, frame: Frame) -> Ledger:
        table = self.table(request.on, request.unit, request.by, population)
        return structure_ledger(
            table,
            place=frame.place,
            signature=frame.signature,
            paper=frame.paper,
            benchmarks=self.benchmarks,
        )

    @property
    def benchmarks(self) -> tuple[str, ...]:
        """Lines of other figures printed below the table, to compare with; none unless somebody chose them."""
        return tuple(self._choices.get(BENCHMARKS))

    def set_benchmarks(self, lines: Iterable[str]) -> None:
        """Choose them; empty lines are left out."""
        chosen = [line.strip() for line in lines if line.strip()]
        self._choices.set({BENCHMARKS: chosen}, "修改结构分析统计表下的对照数字")

    @staticmethod
    def preset_benchmarks() -> tuple[str, ...]:
        """Lines to choose from."""
        return preset_benchmarks()
