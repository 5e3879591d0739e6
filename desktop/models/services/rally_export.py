"""A round of a rally as a workbook: townships by place with their points, and what is to be said about ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from desktop.models.workbooks.writer import ColumnOut, SheetOut, Value, write_table

if TYPE_CHECKING:
    from desktop.models.services.rallies import ScoreSheet


def write_sheet(file: BinaryIO, sheet: ScoreSheet) -> None:
    """Write the townships, the best first; those that speak are marked."""
    columns = [ColumnOut(label="名次", width=8, text=False), ColumnOut(label="乡镇", width=18)]
    columns += [ColumnOut(label=f"{item.name}（{item.points:g}）", text=False) for item in sheet.items]
    columns += [ColumnOut(label=f"总分（{sheet.full:g}）", text=False), ColumnOut(label="发言", width=14)]
    found = sheet.ranking.by_rank
    rows: list[list[Value]] = [
        [each.rank, each.name, *each.points, each.total, each.speaks] for each in found
    ]
    marks = {(place, len(columns) - 1): "" for place, each in enumerate(found) if each.speaks}
    sheets = [SheetOut(name=sheet.rally.name, columns=tuple(columns), rows=rows, marks=marks)]
    if sheet.ranking.words:
        said: list[list[Value]] = [[words] for words in sheet.ranking.words]
        sheets.append(SheetOut(name="说明", columns=(ColumnOut(label="说明", width=100),), rows=said))
    write_table(file, sheets)
