"""The content of 两新党组织“8+N”整改清单: what is to be put right by when, what is late, what was closed (销号)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.models.ledgers.usual import as_of, usual_ledger
from desktop.models.registers.checklist import STATUS, AssessmentItem

RECTIFICATION_TITLE = "两新党组织“8+N”整改清单"
_COLUMNS = (
    Column(label="序号", width_mm=9),
    Column(label="乡镇", width_mm=18),
    Column(label="所在社区\n或乡镇", width_mm=20),
    Column(label="党组织", width_mm=42, align=Align.LEFT),
    Column(label="期次", width_mm=20),
    Column(label="项目", width_mm=18),
    Column(label="状态", width_mm=16),
    Column(label="存在问题（扣分原因）", width_mm=44, align=Align.LEFT),
    Column(label="整改期限", width_mm=20),
    Column(label="整改进展", width_mm=22),
    Column(label="整改情况", width_mm=40, align=Align.LEFT),
    Column(label="销号日期", width_mm=20),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationLine:
    """One item with a deadline; ``words``: how it stands (逾期 9 天)."""

    township: str
    place: str
    branch: str
    period: str
    item: str
    record: AssessmentItem
    open: bool
    overdue: int  # days
    words: str


def rectification_ledger(
    lines: Sequence[RectificationLine], *, title: str, place: str, signature: str, on: date, paper: Paper
) -> Ledger:
    """The list of some deadlines, in their order.

    Args:
        title: RECTIFICATION_TITLE, as the new sector is called here.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        on: the day from which days overdue are counted.
    """
    return usual_ledger(
        title,
        _COLUMNS,
        [Row((str(number), *_cells(line))) for number, line in enumerate(lines, start=1)],
        place=place,
        signature=signature,
        paper=paper,
        time=as_of(on),
        unit="项",
        totals=((Span("合计", 2), Span(_total(lines), len(_COLUMNS) - 2, Align.LEFT)),),
        notes=("逾期天数按统计截止日计算；达标后还没有填销号日期的，列为“已达标，待销号”。",),
    )


def _cells(line: RectificationLine) -> tuple[str, ...]:
    record = line.record
    return (
        line.township,
        line.place,
        line.branch,
        Period.parse(line.period).label,
        line.item,
        STATUS.show(record.status) or "未填",
        record.reason or "",
        show_day(record.due or ""),
        line.words,
        record.closing or "",
        show_day(record.closed or ""),
    )


def _total(lines: Sequence[RectificationLine]) -> str:
    if not lines:
        return "没有要整改的项目"
    closed = sum(line.record.closed is not None for line in lines)
    late = sum(line.overdue > 0 for line in lines)
    still = sum(line.open for line in lines)
    longest = f"（最长 {max(line.overdue for line in lines)} 天）" if late else ""
    return (
        f"{len(lines)} 项：整改中 {still - late} 项，逾期 {late} 项{longest}，"
        f"已达标待销号 {len(lines) - still - closed} 项，已销号 {closed} 项"
    )
