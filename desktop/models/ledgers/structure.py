"""The content of 班子结构分析统计表 (form T4): A3 has every column, A4 leaves out where members come from."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.ledgers.ledger import Column, Ledger, Paper, Row, Span, placed_title
from desktop.models.rules.structure import StructureRow, StructureTable
from desktop.models.rules.structure_columns import By, Count, Population, StructureColumn

_SERIAL = Column(label="序号", width_mm=8)
_WIDE = {Count.SHARE: 14.0, Count.AVERAGE_AGE: 11.5}
_THOUSANDS = ("approved", "people", "party", "committee")  # what a city's totals may reach
_OWN_WIDTH = {
    Paper.A3: dict.fromkeys(_THOUSANDS, 10.5) | {"party": 13.5, "committee": 13.5},
    Paper.A4: dict.fromkeys(_THOUSANDS, 10.5),
}
_LABELS = {
    "committee": "村居委会成员数",
    "teams_with_women": "有女性班子数",
    "age_35": "35岁\n以下",
    "age_45": "36–\n45",
    "age_55": "46–\n55",
    "age_60": "56–\n60",
    "age_older": "60岁\n以上",
    "middle_school": "初中\n及以\n下",
}
_BODY_PT = {Paper.A3: 9.5, Paper.A4: 9.0}
_SIGNATURES = ("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期：")


def structure_title(population: Population) -> str:
    """What the table is called."""
    whom = "“两委”班子" if population is Population.ALL else "党组织书记"
    return f"村（社区）{whom}结构分析统计表"


def structure_ledger(
    table: StructureTable,
    *,
    place: str,
    signature: str,
    paper: Paper,
    benchmarks: Sequence[str] = (),
) -> Ledger:
    """The ledger of a structure table.

    Args:
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        benchmarks: lines of other figures to compare with, printed last.
    """
    whole = paper is Paper.A3
    columns = [column for column in table.columns if whole or column.parent != "来源"]
    notes = (*table.notes(sources=whole), *benchmarks)
    on = table.on
    return Ledger(
        title=placed_title(place, structure_title(table.population)),
        columns=(_SERIAL, _name_column(table.by), *(_column(column, paper) for column in columns)),
        rows=tuple(
            Row((str(number), row.name, *_cells(row, columns)), row.code)
            for number, row in enumerate(table.rows, start=1)
        ),
        head=(
            f"填报单位（盖章）：{signature}",
            f"统计截止时间：{on.year}年{on.month}月{on.day}日",
            "单位：个、人、岁",
        ),
        totals=((Span("合计", 2), *map(Span, _cells(table.total, columns))),),
        notes=tuple(f"{number}. {note}" for number, note in enumerate(notes, start=1)),
        signatures=_SIGNATURES,
        marking="内部资料 注意保管",
        paper=paper,
        body_pt=_BODY_PT[paper],
    )


def _name_column(by: By) -> Column:
    return Column(label="村（社区）" if by is By.VILLAGE else "乡镇", width_mm=24)


def _column(column: StructureColumn, paper: Paper) -> Column:
    return Column(
        label=_LABELS.get(column.name, column.label),
        parent=column.parent,
        width_mm=_OWN_WIDTH[paper].get(column.name, _WIDE.get(column.count, 9.3)),
    )


def _cells(row: StructureRow, columns: Sequence[StructureColumn]) -> list[str]:
    return [row.text(column) for column in columns]
