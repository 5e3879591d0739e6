"""The content of 任职变动台账 (form T5): what happened to posts between two days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span, placed_title
from desktop.models.ledgers.roster import padded
from desktop.models.registers.term_changes import ChangeType

CHANGES_TITLE = "村（社区）干部任职变动台账"
# the order of columns is part of the form (domain.md T5)
_COLUMNS = (
    Column(label="序号", width_mm=9),
    Column(label="时间", width_mm=18),
    Column(label="村（社区）", width_mm=22),
    Column(label="姓名", width_mm=16),
    Column(label="原任", width_mm=40, align=Align.LEFT),
    Column(label="现任", width_mm=40, align=Align.LEFT),
    Column(label="变动\n类型", width_mm=12),
    Column(label="原因", width_mm=30, align=Align.LEFT),
    Column(label="批准机关及文号", width_mm=34),
    Column(label="备案时间", width_mm=18),
)
_TOWNSHIP = Column(label="乡镇", width_mm=20)  # behind the time, where changes are of several
_BODY_PT = {Paper.A3: 10.5, Paper.A4: 9.5}
_SIGNATURES = ("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期：")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as it is printed."""

    day: str
    village: str
    name: str
    before: str
    after: str
    kind: ChangeType
    reason: str
    approval: str
    filed: str
    township: str = ""


def changes_ledger(
    lines: Sequence[ChangeLine], *, place: str, signature: str, since: date, until: date, paper: Paper
) -> Ledger:
    """The ledger of some changes, in their order.

    Args:
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        since: the first day the changes are of, ``until`` the last.
    """
    several = len({line.township for line in lines}) > 1
    columns = (*_COLUMNS[:2], _TOWNSHIP, *_COLUMNS[2:]) if several else _COLUMNS
    return Ledger(
        title=placed_title(place, CHANGES_TITLE),
        columns=columns,
        rows=tuple(Row(_cells(number, line, several=several)) for number, line in enumerate(lines, start=1)),
        head=(
            f"填报单位（盖章）：{signature}",
            f"统计时间：{_day(since)}至{_day(until)}",
            "单位：人",
        ),
        totals=((Span("合计", 2), Span(_total(lines), len(columns) - 2, Align.LEFT)),),
        signatures=_SIGNATURES,
        marking="内部资料 注意保管",
        paper=paper,
        body_pt=_BODY_PT[paper],
    )


def _cells(number: int, line: ChangeLine, *, several: bool) -> tuple[str, ...]:
    told = (line.before, line.after, line.kind.value, line.reason, line.approval, line.filed)
    places = (line.township, line.village) if several else (line.village,)
    return (str(number), line.day, *places, padded(line.name), *told)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _total(lines: Sequence[ChangeLine]) -> str:
    kinds = Counter(line.kind for line in lines)
    each = "，".join(f"{kind} {kinds[kind]}" for kind in ChangeType if kinds[kind])
    return f"{len(lines)} 条" + (f"：{each}" if each else "")
