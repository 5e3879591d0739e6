"""The content of 两新党组织“8+N”标准化清单总表: organisations by items of a period, suggestion beside class."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.models.ledgers.usual import chinese_day, usual_ledger
from desktop.models.registers.checklist_rows import ChecklistCell, Matrix, MatrixRow
from desktop.models.registers.checklist_rows import Column as Item
from desktop.models.registers.kinds import show_points

OVERVIEW_TITLE = "两新党组织“8+N”标准化清单总表"
_ITEMS, _CLASS = "八项标准", "等级"
_OWN = "自选动作（N）"
_BEFORE = (
    Column(label="序号", width_mm=9),
    Column(label="乡镇", width_mm=17, merge=True),
    Column(label="所在社区\n或乡镇", width_mm=21, merge=True),
    Column(label="党组织", width_mm=34, align=Align.LEFT),
)
_BEHIND = (
    Column(label="达标\n项数", width_mm=13.5),
    Column(label="折合\n得分", width_mm=12),
    Column(label="建议", parent=_CLASS, width_mm=11),
    Column(label="现等级", parent=_CLASS, width_mm=13),
    Column(label="审批日期", parent=_CLASS, width_mm=22),
)
_ITEM_MM, _OWN_MM = 17.5, 16.5
_BODY_PT = {Paper.A3: 10.5, Paper.A4: 9.0}


def overview_ledger(
    matrix: Matrix,
    *,
    title: str,
    place: str,
    signature: str,
    on: date,
    paper: Paper,
    schemes: Sequence[str],
) -> Ledger:
    """The ledger of a matrix.

    Args:
        title: OVERVIEW_TITLE, as the new sector is called here.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        on: the day from which days overdue are counted.
        schemes: a line on each scheme that the period is assessed by: its name and where it comes from.
    """
    number = f"{len(matrix.rows)} 个党组织"
    feet = (item.total.replace("，", "\n") if matrix.rows else "" for item in matrix.columns)
    graded = "，".join(f"{grade or '未定级'} {count}" for grade, count in matrix.grades.items() if count)
    if matrix.carried:
        graded += f"\n（{matrix.carried}）"
    return usual_ledger(
        title,
        (*_BEFORE, *map(_column, matrix.columns), *_BEHIND),
        [Row((str(number), *_cells(row)), row.township) for number, row in enumerate(matrix.rows, start=1)],
        place=place,
        signature=signature,
        paper=paper,
        time=f"期次：{Period.parse(matrix.period).label}（截至{chinese_day(on)}）",
        unit="个、项、分",
        totals=((Span("合计", 3), Span(number), *map(Span, feet), Span(graded, len(_BEHIND))),),
        notes=(
            *schemes,
            "缺：未达标的党组织数。达标项数：达标项 ÷ 适用项。折合得分：适用项得分按百分制折算。",
            "建议等级只按得分推算，现等级由人研究审批；两者不同的以现等级为准。"
            "“上期”指本期还没有定级，沿用以前最近一次的等级。",
        ),
        body_pt=_BODY_PT[paper],
    )


def _column(item: Item) -> Column:
    if item.own:
        return Column(label=item.label, parent=_OWN, width_mm=_OWN_MM)
    return Column(label=item.label, parent=_ITEMS, width_mm=_ITEM_MM)


def _cells(row: MatrixRow) -> tuple[str, ...]:
    verdict, grading = row.verdict, row.grading
    return (
        row.township,
        row.place,
        row.branch.name,
        *map(_cell, row.cells),
        verdict.completion if verdict.filled else "未评定",
        "" if verdict.percent is None else show_points(str(verdict.percent)),
        verdict.suggestion or "",
        row.grade or "未定级",
        f"{show_day(grading.decided)}{'' if row.decided else '（上期）'}" if grading else "",
    )


def _cell(cell: ChecklistCell | None) -> str:
    """The status; of an organisation's own item its name too."""
    if cell is None:
        return ""
    words = cell.words.replace("（", "\n").removesuffix("）")
    return f"{cell.item.name}\n{words}" if cell.item.branch_id else words
