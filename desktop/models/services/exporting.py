"""Lines as a workbook (导出): the columns shown, and a hidden row id by which it can be taken in again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from desktop.models.domain.fields import Field, Register
from desktop.models.rules.structure import StructureTable
from desktop.models.rules.structure_columns import By
from desktop.models.workbooks.headings import ROW_ID_HEADING
from desktop.models.workbooks.writer import ColumnOut, SheetOut, Value, write_table

_ROW_ID = ColumnOut(label=ROW_ID_HEADING, width=4, hidden=True)
_DIGITS_A_MM = 0.6


def write_lines(
    file: BinaryIO,
    sheet: str,
    register: Register,
    fields: Sequence[str],
    lines: Iterable[tuple[str, Sequence[str]]],
) -> None:
    """Write the texts of some fields with the id of each line."""
    declared = [register.field(name) for name in fields]
    columns = [ColumnOut(label=(field.parent or "") + field.label, width=_width(field)) for field in declared]
    rows = tuple((key, *texts) for key, texts in lines)
    write_table(file, [SheetOut(name=sheet, columns=(_ROW_ID, *columns), rows=rows)])


def write_structure(file: BinaryIO, table: StructureTable) -> None:
    """Write a structure table with the total last and, on a sheet of its own, what its columns mean."""
    names = [("乡镇", 14), ("村（社区）", 18)] if table.by is By.VILLAGE else [("乡镇", 14)]
    columns = [ColumnOut(label=label, width=width) for label, width in names]
    columns += [ColumnOut(label=each.parent + each.label, width=9, text=False) for each in table.columns]
    rows: list[list[Value]] = []
    for row in (*table.rows, table.total):
        place = [row.township, row.name][-len(names) :] if row.code else ["", "合计"][-len(names) :]
        numbers = (row.values[each.name] for each in table.columns)
        rows.append([*place, *(None if number is None else float(number) for number in numbers)])
    notes = [[f"{number}. {note}"] for number, note in enumerate(table.notes(), start=1)]
    notes_column = (ColumnOut(label=f"统计截止日 {table.on:%Y.%m.%d}，占比单位为 %", width=120),)
    sheets = [SheetOut(name=table.population.label, columns=tuple(columns), rows=rows)]
    write_table(file, [*sheets, SheetOut(name="统计口径", columns=notes_column, rows=notes)])


def _width(field: Field) -> int:
    return max(8, round(field.width_mm * _DIGITS_A_MM))
