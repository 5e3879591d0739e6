"""The content of 两新组织“两个覆盖”情况统计表: rates with their denominators, what they mean printed below."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.models.ledgers.usual import as_of, usual_ledger
from desktop.models.rules.coverage import Coverage, CoverageTable

COVERAGE_TITLE = "两新组织“两个覆盖”情况统计表"
_PARTY, _WORK, _PEOPLE = "党的组织覆盖", "党的工作覆盖", "党建指导员"
_BODY_PT = 9.0  # a city's townships, kinds and areas on one page of A3
_COLUMNS = (
    Column(label="分类", width_mm=26, merge=True),
    Column(label="名称", width_mm=44, align=Align.LEFT),
    Column(label="单位总数", width_mm=20),
    Column(label="应建单位", parent=_PARTY, width_mm=20),
    Column(label="已覆盖单位", parent=_PARTY, width_mm=22),
    Column(label="应建未建", parent=_PARTY, width_mm=20),
    Column(label="党组织覆盖率", parent=_PARTY, width_mm=26),
    Column(label="只派指导员", parent=_WORK, width_mm=22),
    Column(label="合计已覆盖", parent=_WORK, width_mm=22),
    Column(label="没有覆盖", parent=_WORK, width_mm=20),
    Column(label="工作覆盖率", parent=_WORK, width_mm=24),
    Column(label="人数", parent=_PEOPLE, width_mm=16),
    Column(label="指导单位", parent=_PEOPLE, width_mm=20),
)


def coverage_ledger(
    tables: Sequence[CoverageTable], *, title: str, place: str, signature: str, on: date, paper: Paper
) -> Ledger:
    """The ledger of some tables of the same units, one below the other.

    Args:
        tables: the same units by different marks; there is at least one.
        title: COVERAGE_TITLE, as the new sector is called here.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
    """
    return usual_ledger(
        title,
        _COLUMNS,
        [Row((f"按{table.by.label}", *_cells(row)), table.by) for table in tables for row in table.rows],
        place=place,
        signature=signature,
        paper=paper,
        time=as_of(on),
        unit="个、人",
        totals=((Span("合计", 2), *map(Span, _cells(tables[0].total)[1:])),),
        notes=tables[0].notes(),
        body_pt=_BODY_PT,
    )


def _cells(row: Coverage) -> tuple[str, ...]:
    numbers = (row.units, row.should, row.covered, row.should - row.covered)
    reached = (row.reached - row.covered, row.reached, row.units - row.reached)
    people = (row.instructors, row.instructed)
    return (
        row.label,
        *map(str, numbers),
        row.party_rate,
        *map(str, reached),
        row.work_rate,
        *map(str, people),
    )
