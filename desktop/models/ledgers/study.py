"""The content of 学历能力“双提升”台账 (form T6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span, placed_title
from desktop.models.ledgers.roster import padded
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import STUDIES
from desktop.models.registers.study import GRADUATED, STUDYING

_SHARES = "分担（元）"
_MONEY = ("fee", "township_share", "village_share", "own_share")
# the order of columns is part of the form (domain.md T6)
_COLUMNS = {
    "serial": Column(label="序号", width_mm=9),
    "township": Column(label="乡镇", width_mm=20),  # where lines are of several
    "name": Column(label="姓名", width_mm=16),
    "village": Column(label="村\n（社区）", width_mm=20),
    "posts": Column(label="职务", width_mm=32, align=Align.LEFT),
    "education_before": Column(label="原学历", width_mm=13),
    "school": Column(label="报读院校", width_mm=30, align=Align.LEFT),
    "major": Column(label="专业", width_mm=22, align=Align.LEFT),
    "level": Column(label="层次", width_mm=12),
    "start": Column(label="入学", width_mm=16),
    "expected_end": Column(label="预计毕业", width_mm=16),
    "fee": Column(label="学费\n（元）", width_mm=15, align=Align.RIGHT),
    "township_share": Column(label="乡镇", parent=_SHARES, width_mm=13, align=Align.RIGHT),
    "village_share": Column(label="村", parent=_SHARES, width_mm=13, align=Align.RIGHT),
    "own_share": Column(label="个人", parent=_SHARES, width_mm=13, align=Align.RIGHT),
    "status": Column(label="状态", width_mm=14),
}
_BODY_PT = {Paper.A3: 10.5, Paper.A4: 9.0}
_SIGNATURES = ("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期：")


def study_ledger(lines: Sequence[Line], *, place: str, signature: str, on: date, paper: Paper) -> Ledger:
    """The ledger of some courses, in their order.

    Args:
        lines: those begun by the day.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
    """
    several = len({line.township for line in lines}) > 1
    names = [name for name in _COLUMNS if name != "township" or several]
    return Ledger(
        title=placed_title(place, STUDIES.register.title),
        columns=tuple(_COLUMNS[name] for name in names),
        rows=tuple(
            Row(tuple(str(number) if name == "serial" else _text(line, name) for name in names))
            for number, line in enumerate(lines, start=1)
        ),
        head=(
            f"填报单位（盖章）：{signature}",
            f"统计截止时间：{on.year}年{on.month}月{on.day}日",
            "单位：人、元",
        ),
        totals=(_total(lines, names),),
        signatures=_SIGNATURES,
        marking="内部资料 注意保管",
        paper=paper,
        body_pt=_BODY_PT[paper],
    )


def _text(line: Line, name: str) -> str:
    if name == "name":
        return padded(str(STUDIES.value_of(line, name)))
    return STUDIES.shown.field(name).kind.show(STUDIES.value_of(line, name))


def _total(lines: Sequence[Line], names: Sequence[str]) -> tuple[Span, ...]:
    studying = sum(line.record.status == STUDYING for line in lines)
    graduated = sum(line.record.status == GRADUATED for line in lines)
    people = len({line.record.person_id for line in lines})
    words = f"{people} 人，其中在读 {studying} 人，已毕业 {graduated} 人"
    before = names.index(_MONEY[0])
    sums = (sum(getattr(line.record, name) or 0 for line in lines) for name in _MONEY)
    return (
        Span("合计", 2),
        Span(words, before - 2, Align.LEFT),
        *(Span(str(each), 1, Align.RIGHT) for each in sums),
        Span(""),
    )
