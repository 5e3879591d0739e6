"""The matrix of “四个一” as a workbook: secretaries by kinds with the completion of each township below."""

from __future__ import annotations

from typing import BinaryIO

from desktop.models.registers.mentoring import LIST_KIND
from desktop.models.rules.four_ones import Completion, Matrix, MatrixRow
from desktop.models.workbooks.writer import ColumnOut, SheetOut, Value, write_table

_ABOUT = (("乡镇", 14), ("村（社区）", 16), ("书记", 10), ("清单类型", 10), ("导师", 20))
_KIND = 24
_COUNTS = ("完成次数", "应开展次数")


def write_matrix(file: BinaryIO, matrix: Matrix) -> None:
    """Write the matrix, and how far each township is; what is red on the screen is marked."""
    write_table(file, [_secretaries(matrix), _townships(matrix)])


def _secretaries(matrix: Matrix) -> SheetOut:
    columns = [ColumnOut(label=words, width=width) for words, width in _ABOUT]
    columns += [ColumnOut(label=kind.name, width=_KIND) for kind in matrix.kinds]
    columns += [ColumnOut(label=words, text=False) for words in _COUNTS]
    marks = {
        (number, len(_ABOUT) + place): ""
        for number, row in enumerate(matrix.rows)
        for place, cell in enumerate(row.cells)
        if cell.is_red
    }
    rows = [_row(row) for row in matrix.rows]
    return SheetOut(name=f"四个一 {matrix.period.label}", columns=tuple(columns), rows=rows, marks=marks)


def _row(row: MatrixRow) -> list[Value]:
    subject = row.subject
    mentors = "、".join(pair.mentor for pair in subject.mentors)
    about = [subject.township, subject.division.short_name, subject.person.name]
    counts = [sum(cell.done for cell in row.cells), sum(cell.wanted for cell in row.cells)]
    listed = LIST_KIND.show(subject.managed.kind)
    return [*about, listed, mentors, *(cell.words for cell in row.cells), *counts]


def _townships(matrix: Matrix) -> SheetOut:
    columns = [ColumnOut(label="乡镇", width=14), ColumnOut(label="书记人数", text=False)]
    columns += [ColumnOut(label="全部完成人数", width=14, text=False)]
    columns += [ColumnOut(label=f"{kind.name}（完成/应开展）", width=_KIND) for kind in matrix.kinds]
    columns += [ColumnOut(label="完成率（%）", text=False)]
    rows = [_completion(each) for each in (*matrix.townships, matrix.total)]
    return SheetOut(name="各乡镇完成率", columns=tuple(columns), rows=rows)


def _completion(each: Completion) -> list[Value]:
    kinds = [f"{done}/{wanted}" for done, wanted in zip(each.done, each.wanted, strict=True)]
    rate = None if each.rate is None else round(each.rate, 1)
    return [each.name, each.secretaries, each.complete, *kinds, rate]
