"""The rows an import did not take whole (未导入的行), as they came, with the reasons, to be corrected and taken in again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from desktop.models.domain.reading import Cell
from desktop.models.registers.division import Division
from desktop.models.registers.roster import ROSTER
from desktop.models.workbooks.headings import Column
from desktop.models.workbooks.roster_reader import ImportedRow
from desktop.models.workbooks.writer import ColumnOut, SheetOut, write_table

_REASON = ColumnOut(label="原因", width=50)
_PLACE = ColumnOut(label="原表位置", width=30)
_OURS = frozenset({_REASON.label, _PLACE.label})  # of a workbook that was refused before
_UNITS = {"township": "township_code", "village": "division_code"}


def write_refused(file: BinaryIO, rows: Sequence[ImportedRow], divisions: Mapping[str, Division]) -> None:
    """Write rows under their own headings, a sheet for each set of them.

    A village or township that only a title told gets a column, since the titles stay behind.
    """
    sheets: dict[tuple[str, ...], list[ImportedRow]] = {}
    for row in rows:
        sheets.setdefault(tuple(column.heading for column in row.source.table.columns), []).append(row)
    write_table(
        file,
        [_sheet(f"未导入{number or ''}", some, divisions) for number, some in enumerate(sheets.values())],
    )


def _sheet(name: str, rows: Sequence[ImportedRow], divisions: Mapping[str, Division]) -> SheetOut:
    columns = _columns(rows[0])
    units = [field for field in _UNITS if all(column.field != field for column in columns)]
    fields = [*units, *(column.field for column in columns)]
    labels = [*(ROSTER.field(field).label for field in units), *(column.heading for column in columns)]
    lines = []
    marks: dict[tuple[int, int], str] = {}
    for number, row in enumerate(rows):
        reasons = [problem for problem in row.problems if not problem.kept]
        marks |= {
            (number, index): problem.message
            for problem in reasons
            for index, field in enumerate(fields)
            if field == problem.field
        }
        told = [divisions.get(str(row.values.get(_UNITS[field]))) for field in units]
        lines.append(
            (
                *(division.name if division else "" for division in told),
                *_texts(row),
                "\n".join(problem.message for problem in reasons),
                f"{row.file} {row.sheet} 第 {row.row} 行",
            )
        )
    out = (*(ColumnOut(label=label, width=14) for label in labels), _REASON, _PLACE)
    return SheetOut(name=name, columns=out, rows=tuple(lines), marks=marks)


def _columns(row: ImportedRow) -> list[Column]:
    return [column for column in row.source.table.columns if column.heading not in _OURS]


def _texts(row: ImportedRow) -> Iterator[str]:
    """Each cell as it came; a correction stands in the first column of its field, in place of all of them."""
    sheet, index = row.source.table.sheet, row.source.index
    cells = sheet.rows[index]
    corrected: set[str] = set()
    for column in _columns(row):
        field = column.field or ""
        if field in row.source.overrides:
            yield "" if field in corrected else row.written(field)
            corrected.add(field)
        elif field in _UNITS:
            yield row.written(field)  # it may stand in the row above
        else:
            value = cells[column.index] if column.index < len(cells) else None
            yield Cell(value, sheet.shown(index, column.index) if isinstance(value, float) else None).text
