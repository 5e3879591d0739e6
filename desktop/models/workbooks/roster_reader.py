"""Reading rosters (花名册) out of found tables: values in stored form, and every doubt as a problem."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePath

from desktop.models.collector import collector_paused
from desktop.models.domain.division_names import DivisionNames
from desktop.models.domain.posts import HeldPost, PartyForm
from desktop.models.domain.reading import Scalar
from desktop.models.registers.roster import ROSTER
from desktop.models.workbooks.headings import Column, Headings, normal_heading
from desktop.models.workbooks.roster_rows import CellReader, Place, RowReader
from desktop.models.workbooks.sheets import Sheet
from desktop.models.workbooks.tables import Table, find_tables, with_columns

_IDENTITY = re.compile(r"[0-9]{17}[0-9Xx]")


@dataclass(frozen=True, slots=True)
class Problem:
    """One doubt about one cell: where, what was written, what to do; ``kept``: the value stays all the same."""

    file: str
    sheet: str
    row: int  # the sheet's number, from 1
    field: str  # a ROSTER field
    value: str  # as written
    message: str
    kept: bool


@dataclass(frozen=True, slots=True)
class ColumnId:
    """Which column of which table of a file, as long as the file stays the same."""

    file: str
    sheet: str
    heading_row: int
    index: int


@dataclass(frozen=True, slots=True)
class FoundColumn:
    """A column as the window shows it: heading, the field it is taken for, its first values."""

    id: ColumnId
    heading: str
    field: str | None
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as the window shows it."""

    file: str
    sheet: str
    heading_row: int  # the sheet's number
    columns: tuple[FoundColumn, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row comes from, so that it can be read again after a correction."""

    table: Table
    index: int  # in the sheet's rows
    township: str | None  # code, from the titles
    village: str | None  # code, from the titles or the rows above
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One person as read; ``values`` by ROSTER field in stored form.

    Beside the fields: ``division_code``, ``township_code``, ``posts`` (tuple of HeldPost, absent when doubtful),
    ``status``, ``party_form``, ``row_id``. A field that is silent or doubtful is absent.
    """

    file: str
    source: Source
    values: Mapping[str, object]
    problems: tuple[Problem, ...]

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return self.source.table.sheet.name

    @property
    def row(self) -> int:
        """The sheet's row number, from 1."""
        return self.source.table.sheet.first_row + self.source.index

    @property
    def applicable(self) -> bool:
        """Whether the row says who and where; the others are shown and not applied."""
        return "name" in self.values and "division_code" in self.values

    def written(self, name: str) -> str:
        """The text of a field as the file, or a correction since, has it."""
        if name in self.source.overrides:
            return self.source.overrides[name]
        table, index = self.source.table, self.source.index
        rows = (index, *table.continued.get(index, ()))
        texts = (table.cell(r, c.index).text for c in table.columns if c.field == name for r in rows)
        return "、".join(dict.fromkeys(filter(None, texts)))


@dataclass(frozen=True, slots=True)
class ImportReading:
    """All that was read from some files."""

    tables: tuple[FoundTable, ...]
    rows: tuple[ImportedRow, ...]
    unread: tuple[Problem, ...] = ()  # sheets without a table

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every doubt, in the order of the files."""
        return (*self.unread, *(problem for row in self.rows for problem in row.problems))


class RosterReader:
    """Reads sheets into roster rows; one for each import, since it remembers what it has seen."""

    def __init__(
        self, names: DivisionNames, today: date, learnt: Mapping[str, str | None] | None = None
    ) -> None:
        self._names = names
        self._headings = Headings(ROSTER, learnt)
        self._cells = CellReader(names, today)

    @collector_paused()
    def read(
        self, file: str, sheets: Iterable[Sheet], mapping: Mapping[ColumnId, str | None] | None = None
    ) -> ImportReading:
        """Read one file's sheets; ``mapping`` overrides what columns are taken for."""
        tables: list[FoundTable] = []
        rows: list[ImportedRow] = []
        without: list[Sheet] = []
        for sheet in sheets:
            found = [self._remap(file, table, mapping or {}) for table in find_tables(sheet, self._headings)]
            if not found and sheet.rows:
                without.append(sheet)
            place: Place = (None, None)
            for table in found:
                tables.append(_describe(file, table))
                place = self._place_told(file, table, place)
                rows += self._read_table(file, table, place)
        unread = [_unread(file, sheet) for sheet in without if not tables or self._holds_people(sheet)]
        return ImportReading(tuple(tables), tuple(rows), tuple(unread))

    def correct(self, row: ImportedRow, name: str, text: str) -> ImportedRow:
        """The row read again with one field written otherwise."""
        source = replace(row.source, overrides={**row.source.overrides, name: text})
        columns = list(source.table.columns)
        cells = list(source.table.cells(source.index))
        for field_name, written in source.overrides.items():
            taken = [column.index for column in columns if column.field == field_name]
            if not taken:
                taken = [len(cells)]
                columns.append(Column(len(cells), field_name, field_name))
                cells.append(None)
            for index in taken:
                cells[index] = None
            cells[taken[0]] = written
            columns = [replace(c, ticked=()) if c.index == taken[0] else c for c in columns]
        continued = {} if "posts" in source.overrides else source.table.continued
        table = replace(source.table, columns=tuple(columns), continued=continued)
        return _imported(row.file, source, RowReader(table, self._cells), cells)

    def _holds_people(self, sheet: Sheet) -> bool:
        """Whether a sheet without a table has what only lists of people have: a heading 姓名, identity numbers."""
        texts = (value for row in sheet.rows for value in row if isinstance(value, str))
        return any(self._headings.is_name(text) or _IDENTITY.search(text) for text in texts)

    def _remap(self, file: str, table: Table, mapping: Mapping[ColumnId, str | None]) -> Table:
        columns = tuple(
            replace(column, field=mapping[key], ticked=column.ticked if mapping[key] == "posts" else ())
            if (key := _column_id(file, table, column)) in mapping
            else column
            for column in table.columns
        )
        return table if columns == table.columns else with_columns(table, columns, self._headings)

    def _place_told(self, file: str, table: Table, before: Place) -> Place:
        """Township and village that titles and the sheet's name tell; those of the table above where it has none."""
        lines = [*table.titles, table.sheet.name or PurePath(file).stem]
        township = next(filter(None, (self._names.mentioned(line)[0] for line in lines)), None) or before[0]
        village = next(filter(None, (self._names.mentioned(line, township)[1] for line in lines)), None)
        if village is not None:
            return self._names.parent(village), village
        return township, before[1] if township == before[0] else None

    def _read_table(self, file: str, table: Table, place: Place) -> Iterator[ImportedRow]:
        reader = RowReader(table, self._cells)
        people = set(table.rows)
        for index in sorted({*table.rows, *table.lines}):
            if index in table.lines:
                told = self._names.mentioned(table.lines[index], place[0])
                if told[1] is not None or (index not in people and told[0] not in (None, place[0])):
                    place = told
                    continue
            if index in people:
                yield _imported(file, Source(table, index, *place), reader, table.cells(index))


def _imported(file: str, source: Source, reader: RowReader, cells: Sequence[Scalar]) -> ImportedRow:
    values, doubts = reader.read(source.index, cells, (source.township, source.village))
    sheet = source.table.sheet
    problems = tuple(Problem(file, sheet.name, sheet.first_row + source.index, *doubt) for doubt in doubts)
    return ImportedRow(file, source, values, problems)


def _unread(file: str, sheet: Sheet) -> Problem:
    words = "这张表里没有找到认得的表头（要有“姓名”，认得的列不少于 3 列），没有读。"
    return Problem(file, sheet.name, sheet.first_row, "name", "", words, False)


def _column_id(file: str, table: Table, column: Column) -> ColumnId:
    return ColumnId(file, table.sheet.name, table.row_number, column.index)


def _describe(file: str, table: Table) -> FoundTable:
    known = {f.name for f in ROSTER.fields}
    columns = tuple(
        FoundColumn(
            _column_id(file, table, column),
            column.heading,
            column.field if column.field in known else None,
            tuple(table.cell(row, column.index).text for row in table.rows[:5]),
        )
        for column in table.columns
    )
    return FoundTable(file, table.sheet.name, table.row_number, columns)


def learnt_headings(reading: ImportReading, mapping: Mapping[ColumnId, str | None]) -> dict[str, str | None]:
    """What a person taught by correcting the mapping, by normalised heading, to be remembered."""
    return {
        normal_heading(column.heading): mapping[column.id]
        for table in reading.tables
        for column in table.columns
        if column.id in mapping
    }


def party_forms(rows: Iterable[ImportedRow]) -> dict[str, PartyForm]:
    """The form of each village's party body, where the wordings of its rows agree."""
    seen: dict[str, Counter[PartyForm]] = {}
    for row in rows:
        code, form = row.values.get("division_code"), row.values.get("party_form")
        if isinstance(code, str) and isinstance(form, PartyForm):
            seen.setdefault(code, Counter())[form] += 1
    return {code: forms.most_common(1)[0][0] for code, forms in seen.items() if len(forms) == 1}


def posts_of(row: ImportedRow) -> tuple[HeldPost, ...]:
    """The posts a row holds; empty where they are silent or doubtful."""
    posts = row.values.get("posts")
    return posts if isinstance(posts, tuple) else ()
