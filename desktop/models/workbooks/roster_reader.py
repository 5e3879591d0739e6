"""Reading rosters (花名册) out of found tables: values in stored form, and every doubt as a problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.models.domain.codes import highest_education, party_stage
from desktop.models.domain.division_names import DivisionNames
from desktop.models.domain.identity import birth_month
from desktop.models.domain.posts import HeldPost, PartyForm, PostsReading, read_posts
from desktop.models.domain.reading import SILENT, Cell, Reading, Scalar
from desktop.models.registers.roster import ROSTER, contradictions
from desktop.models.workbooks.sheets import Sheet
from desktop.models.workbooks.tables import ROW_ID, Column, Headings, Table, find_tables, normal_heading

_TICKS = frozenset("√✓✔☑■●▲★1是有yY对vV") | {"1.0", "在任"}
_NO_TICKS = frozenset({"", "×", "✗", "✘", "x", "X", "0", "否", "无", "□", "○", "-", "—", "/", "n", "N"})
_LARGEST_GAP = 0.5  # a village column less filled than this is written once for its group


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
        cells = _cells(self.source, [c for c in self.source.table.columns if c.field == name])
        return "、".join(filter(None, (cell.text for _, cell in cells)))


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
        self._today = today
        self._headings = Headings(ROSTER, learnt)
        self._seen: dict[str, dict[object, Reading]] = {f.name: {} for f in ROSTER.fields}
        self._posts: dict[tuple[str, object, object], PostsReading] = {}

    def read(
        self, file: str, sheets: Iterable[Sheet], mapping: Mapping[ColumnId, str | None] | None = None
    ) -> ImportReading:
        """Read one file's sheets; ``mapping`` overrides what columns are taken for."""
        tables: list[FoundTable] = []
        rows: list[ImportedRow] = []
        unread: list[Problem] = []
        for sheet in sheets:
            found = [_remap(file, table, mapping or {}) for table in find_tables(sheet, self._headings)]
            if not found and any(any(row) for row in sheet.rows):
                words = "这张表里没有找到带“姓名”的表头，没有读。"
                unread.append(Problem(file, sheet.name, sheet.first_row, "name", "", words, False))
            hint: tuple[str | None, str | None] = (None, None)
            for table in found:
                tables.append(_describe(file, table))
                hint = self._hint(table, hint)
                rows += self._read_table(file, table, hint)
        return ImportReading(tuple(tables), tuple(rows), tuple(unread))

    def correct(self, row: ImportedRow, name: str, text: str) -> ImportedRow:
        """The row read again with one field written otherwise."""
        overrides = {**row.source.overrides, name: text}
        return self._read_row(row.file, replace(row.source, overrides=overrides))

    def _hint(self, table: Table, before: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
        """Township and village that titles and the sheet's name tell; those of the table above where it has none."""
        lines = [*table.titles, table.sheet.name]
        township = next(filter(None, (self._names.mentioned(line)[0] for line in lines)), None) or before[0]
        villages = [v for line in lines for v in (self._village_in(line, township),) if v]
        return township, villages[0] if villages else (None if township != before[0] else before[1])

    def _village_in(self, line: str, township: str | None) -> str | None:
        village = self._names.mentioned(line)[1]
        if village:
            return village
        for part in (line, *line.replace("：", ":").split(":")[1:]):
            found = self._names.village(part.strip(), township).code
            if found:
                return found
        return None

    def _read_table(
        self, file: str, table: Table, hint: tuple[str | None, str | None]
    ) -> Iterator[ImportedRow]:
        filled = _Filled(table)
        for index in table.rows:
            township, village = hint
            if index in table.bands:
                band = self._names.mentioned(table.bands[index])
                township = band[0] or township
                village = band[1] or self._names.village(table.bands[index], township).code or village
            yield self._read_row(file, Source(table, index, township, village), filled)

    def _read_row(self, file: str, source: Source, filled: _Filled | None = None) -> ImportedRow:
        reader = _RowReader(self, file, source, filled or _Filled(source.table))
        return reader.read()

    def read_cell(self, name: str, cell: Cell) -> Reading:
        """Read one cell of a field, remembering equal ones."""
        memory = self._seen[name]
        key = (cell.value, cell.shown) if cell.shown is not None else cell.value
        found = memory.get(key)
        if found is None or isinstance(key, bool | float):  # 1 == True == 1.0: only text is surely the same
            found = ROSTER.field(name).kind.read(cell, self._today)
            if isinstance(key, str):
                memory[key] = found
        return found

    def read_posts(self, text: str, column: Column, village: str | None) -> PostsReading:
        """Read one cell of posts, remembering equal ones."""
        key = (text, column.committee, village)
        if key not in self._posts:
            self._posts[key] = read_posts(text, column.committee, village)
        return self._posts[key]

    @property
    def names(self) -> DivisionNames:
        """The divisions that names are resolved against."""
        return self._names


class _Filled:
    """Which village and township cells cover which rows: merged ranges, and columns written once for a group."""

    def __init__(self, table: Table) -> None:
        self._merges: dict[int, dict[int, int]] = {}
        wanted = {c.index for c in table.columns if c.field in ("village", "township")}
        for top, left, bottom, right in table.sheet.merged:
            for column in wanted & set(range(left, right + 1)):
                self._merges.setdefault(column, {}).update(dict.fromkeys(range(top, bottom + 1), top))
        self._above = {column: self._carry(table, column) for column in wanted}

    def _carry(self, table: Table, column: int) -> dict[int, int]:
        """Row → the row above whose cell also stands for it, where the column is filled once a group."""
        rows = table.sheet.rows
        filled = [i for i in table.rows if column < len(rows[i]) and str(rows[i][column] or "").strip()]
        if not filled or len(filled) > len(table.rows) * _LARGEST_GAP:
            return {}
        carried: dict[int, int] = {}
        known = set(filled)
        last: int | None = None
        for index in table.rows:
            last = index if index in known else last
            if last is not None:
                carried[index] = last
        return carried

    def row(self, index: int, column: int) -> int:
        """The row whose cell holds the value of (index, column)."""
        merged = self._merges.get(column, {}).get(index)
        return merged if merged is not None else self._above.get(column, {}).get(index, index)


class _RowReader:
    """Reads one row: every field by its kind, then what the fields say of each other."""

    def __init__(self, reader: RosterReader, file: str, source: Source, filled: _Filled) -> None:
        self._reader = reader
        self._file = file
        self._source = source
        self._filled = filled
        self._values: dict[str, object] = {}
        self._problems: list[Problem] = []
        self._choices: dict[str, tuple[str, ...]] = {}

    def read(self) -> ImportedRow:
        """All values and problems of the row."""
        by_field: dict[str, list[Column]] = {}
        for column in self._source.table.columns:
            if column.field is not None:
                by_field.setdefault(column.field, []).append(column)
        self._read_division(by_field)
        for name, columns in by_field.items():
            if name == "posts":
                self._read_posts(columns)
            elif name == ROW_ID:
                self._values["row_id"] = self._cell(columns[0]).text
            elif name in _READ_BY_KIND:
                self._read_field(name, columns[0])
        for name in self._source.overrides.keys() - by_field.keys() - _PLACES:
            self._read_override(name)
        self._settle()
        return ImportedRow(self._file, self._source, self._values, tuple(self._problems))

    def _cell(self, column: Column) -> Cell:
        name = column.field
        if name in self._source.overrides:
            return Cell(self._source.overrides[name])
        sheet = self._source.table.sheet
        row = self._filled.row(self._source.index, column.index) if name in _PLACES else self._source.index
        cells = sheet.rows[row]
        value = cells[column.index] if column.index < len(cells) else None
        shown = sheet.shown(row, column.index) if isinstance(value, float) else None
        return Cell(value, shown)

    def _problem(self, name: str, written: str, message: str, *, kept: bool) -> None:
        sheet = self._source.table.sheet
        row = sheet.first_row + self._source.index
        self._problems.append(Problem(self._file, sheet.name, row, name, written, message, kept))

    def _read_division(self, by_field: Mapping[str, Sequence[Column]]) -> None:
        names = self._reader.names
        township = self._source.township
        if cell := self._place("township", by_field):
            found = names.township(cell.text)
            if found.problem:
                self._problem("township", cell.text, found.problem, kept=False)
            township = found.code or township
        village = self._source.village
        if "village" in by_field or "village" in self._source.overrides:
            cell = self._place("village", by_field)
            if cell is None:
                self._problem("village", "", "没有填村（社区），这一行不导入，请补上。", kept=False)
                village = None
            else:
                resolved = names.village(cell.text, township)
                village = resolved.code
                if resolved.problem:
                    self._problem("village", cell.text, resolved.problem, kept=False)
        elif village is None:
            self._problem("village", "", "表里、标题里都没有写明是哪个村（社区），这一行不导入。", kept=False)
        if village:
            self._values["division_code"] = village
        if township:
            self._values["township_code"] = township

    def _place(self, name: str, by_field: Mapping[str, Sequence[Column]]) -> Cell | None:
        """The cell of a village or township; None where it says nothing."""
        if name in self._source.overrides:
            cell = Cell(self._source.overrides[name])
        elif name in by_field:
            cell = self._cell(by_field[name][0])
        else:
            return None
        return cell if cell.text.strip() else None

    def _read_override(self, name: str) -> None:
        column = Column(-1, "", name)
        if name == "posts":
            self._read_posts([column])
        else:
            self._read_field(name, column)

    def _read_field(self, name: str, column: Column) -> None:
        cell = self._cell(column)
        reading = SILENT if cell.value is None else self._reader.read_cell(name, cell)
        if reading.value is not None:
            self._values[name] = reading.value
        if reading.choices:
            self._choices[name] = reading.choices
        if reading.problem is not None:
            self._problem(name, cell.text, reading.problem, kept=reading.value is not None)
        elif name == "name" and reading.value is None:
            self._problem("name", cell.text, "没有填姓名，这一行不导入，请补上。", kept=False)
        if name == "political_status" and (stage := party_stage(cell.text)):
            self._values["party_stage"] = stage

    def _read_posts(self, columns: Sequence[Column]) -> None:
        readings: list[tuple[str, PostsReading]] = []
        code = self._values.get("division_code")
        village = self._reader.names.stem(code) if isinstance(code, str) else None
        if "posts" in self._source.overrides:
            columns = [Column(-1, "", "posts")]
        for column in columns:
            text = self._cell(column).text
            if column.ticked:
                readings.append((text, _read_tick(text, column)))
            elif text.strip():
                readings.append((text, self._reader.read_posts(text, column, village)))
        posts = sorted(
            dict.fromkeys(held for _, r in readings for held in r.posts), key=lambda held: held.post
        )
        for text, reading in readings:
            if reading.problem:
                self._problem("posts", text, reading.problem, kept=bool(reading.posts))
            self._values |= {
                k: v for k, v in (("status", reading.status), ("party_form", reading.party_form)) if v
            }
        if posts:
            self._values["posts"] = tuple(posts)

    def _settle(self) -> None:
        """What one field decides about another: October or January, the highest education, contradictions."""
        number = self._values.get("id_number")
        if (
            "birth" in self._choices
            and isinstance(number, str)
            and birth_month(number) in self._choices["birth"]
        ):
            self._values["birth"] = birth_month(number)
            self._problems = [p for p in self._problems if p.field != "birth"]
        levels = [self._values.get(n) for n in ("education", "education_full_time", "education_in_service")]
        highest = highest_education(*(str(level) if level else None for level in levels))
        if highest:
            self._values["education"] = highest
        for found in contradictions(self._values):
            written = self._written(found.field)
            self._problem(found.field, written, found.message, kept=not found.drop)
            if found.drop:
                del self._values[found.field]

    def _written(self, name: str) -> str:
        column = next((c for c in self._source.table.columns if c.field == name), None)
        return self._cell(column).text if column else ""


_PLACES = frozenset({"village", "township"})
_READ_BY_KIND = frozenset(
    f.name for f in ROSTER.fields if f.editable and f.name not in ("posts", "village", "township")
)


def _read_tick(text: str, column: Column) -> PostsReading:
    plain = text.strip()
    if plain in _TICKS:
        return PostsReading(column.ticked)
    if plain in _NO_TICKS:
        return PostsReading()
    reading = read_posts(plain, column.committee)
    if reading.posts and reading.problem is None:
        return reading
    return PostsReading(
        problem=f"“{column.heading}”一栏写了“{plain}”，看不出是不是任这个职务，请打“√”或留空。"
    )


def _cells(source: Source, columns: Sequence[Column]) -> Iterator[tuple[Column, Cell]]:
    filled = _Filled(source.table)
    for column in columns:
        row = filled.row(source.index, column.index) if column.field in _PLACES else source.index
        cells = source.table.sheet.rows[row]
        value: Scalar = cells[column.index] if column.index < len(cells) else None
        yield (
            column,
            Cell(value, source.table.sheet.shown(row, column.index) if isinstance(value, float) else None),
        )


def _column_id(file: str, table: Table, column: Column) -> ColumnId:
    return ColumnId(file, table.sheet.name, table.row_number, column.index)


def _remap(file: str, table: Table, mapping: Mapping[ColumnId, str | None]) -> Table:
    columns = tuple(
        replace(column, field=mapping[key], ticked=column.ticked if mapping[key] == "posts" else ())
        if (key := _column_id(file, table, column)) in mapping
        else column
        for column in table.columns
    )
    return replace(table, columns=columns)


def _describe(file: str, table: Table) -> FoundTable:
    known = {f.name for f in ROSTER.fields}
    columns = []
    for column in table.columns:
        samples = []
        for index in table.rows[:5]:
            cells = table.sheet.rows[index]
            value = cells[column.index] if column.index < len(cells) else None
            samples.append(
                Cell(value, table.sheet.shown(index, column.index) if isinstance(value, float) else None).text
            )
        taken = column.field if column.field in known else None
        columns.append(FoundColumn(_column_id(file, table, column), column.heading, taken, tuple(samples)))
    return FoundTable(file, table.sheet.name, table.row_number, tuple(columns))


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
