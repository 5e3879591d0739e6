"""The rows an import did not take whole (未导入的行), as they came, with the reasons, to be corrected and taken in again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from desktop.models.domain.fields import Register
from desktop.models.domain.reading import Cell
from desktop.models.registers.division import Division
from desktop.models.registers.roster import ROSTER
from desktop.models.workbooks.headings import Column
from desktop.models.workbooks.register_reader import RegisterRow
from desktop.models.workbooks.roster_reader import ImportedRow
from desktop.models.workbooks.sheets import Sheet
from desktop.models.workbooks.tables import Table
from desktop.models.workbooks.writer import ColumnOut, SheetOut, write_table

_REASON = ColumnOut(label="原因", width=50)
_PLACE = ColumnOut(label="原表位置", width=30)
_OURS = frozenset({_REASON.label, _PLACE.label})  # of a workbook that was refused before
_UNITS = {"township": "township_code", "village": "division_code"}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row: its headings, the fields they were taken for, its texts; why, as (field, words); where it stood."""

    labels: tuple[str, ...]
    fields: tuple[str | None, ...]
    texts: tuple[str, ...]
    reasons: tuple[tuple[str, str], ...]
    place: str


def write_refused(file: BinaryIO, rows: Sequence[RefusedRow]) -> None:
    """Write rows under their own headings, a sheet for each set of them."""
    sheets: dict[tuple[str, ...], list[RefusedRow]] = {}
    for row in rows:
        sheets.setdefault(row.labels, []).append(row)
    write_table(file, [_sheet(f"未导入{number or ''}", some) for number, some in enumerate(sheets.values())])


def of_roster(row: ImportedRow, divisions: Mapping[str, Division]) -> RefusedRow:
    """A row of a roster; a village or township that only a title told gets a column, since the titles stay behind."""
    columns = _columns(row.source.table)
    units = [field for field in _UNITS if all(column.field != field for column in columns)]
    told = [divisions.get(str(row.values.get(_UNITS[field]))) for field in units]
    return RefusedRow(
        (*(ROSTER.field(field).label for field in units), *(column.heading for column in columns)),
        (*units, *(column.field for column in columns)),
        (*(division.name if division else "" for division in told), *_texts(row, columns)),
        tuple((problem.field, problem.message) for problem in row.problems if not problem.kept),
        _place(row),
    )


def of_register(row: RegisterRow, problems: Mapping[str, str], shown: Register) -> RefusedRow:
    """A line of a register; what was corrected in a column that the sheet has not gets one."""
    columns = _columns(row.table)
    fields = {index: name for name, index in row.columns.items()}
    names = [fields.get(column.index) for column in columns]
    more = [name for name in row.cells if name not in row.columns]
    texts = (
        row.cells[name].text if name else _as_it_came(row.table.sheet, row.index, column.index)
        for name, column in zip(names, columns, strict=True)
    )
    return RefusedRow(
        (*(column.heading for column in columns), *(shown.field(name).label for name in more)),
        (*names, *more),
        (*texts, *(row.cells[name].text for name in more)),
        tuple(problems.items()),
        _place(row),
    )


def _sheet(name: str, rows: Sequence[RefusedRow]) -> SheetOut:
    lines = [(*row.texts, "\n".join(words for _, words in row.reasons), row.place) for row in rows]
    marks = {
        (number, index): words
        for number, row in enumerate(rows)
        for field, words in row.reasons
        for index, name in enumerate(row.fields)
        if name == field
    }
    out = (*(ColumnOut(label=label, width=14) for label in rows[0].labels), _REASON, _PLACE)
    return SheetOut(name=name, columns=out, rows=tuple(lines), marks=marks)


def _columns(table: Table) -> list[Column]:
    return [column for column in table.columns if column.heading not in _OURS]


def _place(row: ImportedRow | RegisterRow) -> str:
    return f"{row.file} {row.sheet} 第 {row.row} 行"


def _texts(row: ImportedRow, columns: Sequence[Column]) -> Iterator[str]:
    """Each cell as it came; a correction stands in the first column of its field, in place of all of them."""
    corrected: set[str] = set()
    for column in columns:
        field = column.field or ""
        if field in row.source.overrides:
            yield "" if field in corrected else row.written(field)
            corrected.add(field)
        elif field in _UNITS:
            yield row.written(field)  # it may stand in the row above
        else:
            yield _as_it_came(row.source.table.sheet, row.source.index, column.index)


def _as_it_came(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row]
    value = cells[column] if column < len(cells) else None
    return Cell(value, sheet.shown(row, column) if isinstance(value, float) else None).text
