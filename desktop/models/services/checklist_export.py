"""Checklists as workbooks (清单): the matrix with its totals and a line for each cell, what is to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import ASSESSMENT_ITEM, STATUS
from desktop.models.registers.checklist_rows import ChecklistCell, Matrix, MatrixRow
from desktop.models.workbooks.writer import ColumnOut, SheetOut, Value, write_table

if TYPE_CHECKING:
    from desktop.models.services.rectifications import Rectification

_FIELDS = ("reason", "due", "closed", "closing", "checked_by", "checked")
_BEFORE = (("乡镇", 14), ("村（社区）", 16), ("党组织", 32), ("等级", 8))
_WIDE = 24


def write_matrix(file: BinaryIO, matrix: Matrix) -> None:
    """Write both sheets; what is overdue is marked and says for how long."""
    label = Period.parse(matrix.period).label
    write_table(file, [_overview(matrix, label), _details(matrix)])


def write_rectifications(file: BinaryIO, lines: Sequence[Rectification]) -> None:
    """Write a line for each deadline, in their order; what is overdue is marked."""
    columns = [ColumnOut(label=words, width=width) for words, width in _BEFORE[:-1]]
    columns += [ColumnOut(label=words, width=16) for words in ("期次", "项目", "整改进展")]
    columns += [ColumnOut(label=ASSESSMENT_ITEM.field(name).label, width=_WIDE) for name in _FIELDS[:4]]
    rows: list[list[Value]] = [
        [
            *(line.township, line.place, line.branch.name, Period.parse(line.key.period).label),
            *(line.item.name, line.words),
            *(ASSESSMENT_ITEM.field(name).kind.show(getattr(line.record, name)) for name in _FIELDS[:4]),
        ]
        for line in lines
    ]
    marks = {(number, 5): line.words for number, line in enumerate(lines) if line.overdue}
    write_table(file, [SheetOut(name="8+N 整改清单", columns=tuple(columns), rows=rows, marks=marks)])


def _overview(matrix: Matrix, label: str) -> SheetOut:
    columns = [ColumnOut(label=words, width=width) for words, width in _BEFORE]
    columns += [ColumnOut(label=column.label) for column in matrix.columns]
    columns += [ColumnOut(label="达标项数"), ColumnOut(label="折合分", text=False)]
    rows: list[list[Value]] = [
        [*_about(row), *map(_said, row.cells), row.verdict.completion, row.verdict.percent]
        for row in matrix.rows
    ]
    rows.append(["", "", "合计", "", *(column.total for column in matrix.columns), "", None])
    marks = {
        (number, len(_BEFORE) + place): cell.words
        for number, row in enumerate(matrix.rows)
        for place, cell in enumerate(row.cells)
        if cell and cell.overdue
    }
    return SheetOut(name=f"8+N 总表 {label}", columns=tuple(columns), rows=rows, marks=marks)


def _details(matrix: Matrix) -> SheetOut:
    columns = [ColumnOut(label=words, width=width) for words, width in _BEFORE]
    columns += [ColumnOut(label="项目", width=16), ColumnOut(label="状态", width=16)]
    columns += [ColumnOut(label=ASSESSMENT_ITEM.field(name).label, width=_WIDE) for name in _FIELDS]
    columns.append(ColumnOut(label="照片张数", text=False))
    rows: list[list[Value]] = [
        [*_about(row), cell.item.name, cell.words, *_texts(cell), cell.photos]
        for row in matrix.rows
        for cell in row.items
    ]
    return SheetOut(name="逐项", columns=tuple(columns), rows=rows)


def _about(row: MatrixRow) -> list[Value]:
    return [row.township, row.place, row.branch.name, row.grade or "未定级"]


def _said(cell: ChecklistCell | None) -> str:
    return (STATUS.show(cell.status) or "未填") if cell else "—"


def _texts(cell: ChecklistCell) -> list[str]:
    return [ASSESSMENT_ITEM.field(name).kind.show(getattr(cell.record, name, None)) for name in _FIELDS]
