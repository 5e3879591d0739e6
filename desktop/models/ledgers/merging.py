"""The content of 报送合并报告: what each township's package changed, what went back, what was chosen in conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.cleaning import in_short
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span

MERGING_TITLE = "报送合并报告"
_COLUMNS = (
    Column(label="单位", width_mm=26, merge=True),
    Column(label="报送包", width_mm=24, merge=True),
    Column(label="台账", width_mm=36, merge=True),
    Column(label="新增", width_mm=12),
    Column(label="修改", width_mm=12),
    Column(label="删除", width_mm=12),
    Column(label="未变", width_mm=12),
    Column(label="退回", width_mm=12),
    Column(label="说明", width_mm=110, align=Align.LEFT),
)
_BODY_PT = {Paper.A3: 10.5, Paper.A4: 9.5}
_NUMBERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """A field that both sides had changed, as shown; ``chosen``: whose value stands."""

    register: str
    what: str
    field: str
    old: str
    new: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeReport:
    """What one package did; registers are called by their titles."""

    unit: str
    number: int
    as_of: str
    counts: Mapping[str, tuple[int, int, int, int, int]]  # added, changed, removed, same, refused
    refused: tuple[tuple[str, str, str], ...]  # register, what the row is called, reason
    conflicts: tuple[ConflictLine, ...]


def merging_ledger(reports: Sequence[MergeReport], *, signature: str, on: date, paper: Paper) -> Ledger:
    """The ledger of some merges, package by package. ``signature`` is the office that merged them."""
    counts = [count for report in reports for count in report.counts.values()]
    totals = [str(sum(numbers)) for numbers in zip(*counts, strict=True)] or ["0"] * _NUMBERS
    conflicts = sum(len(report.conflicts) for report in reports)
    return Ledger(
        title=MERGING_TITLE,
        columns=_COLUMNS,
        rows=tuple(row for report in reports for row in _rows(report)),
        head=(f"合并单位（盖章）：{signature}", f"时间：{on.year}年{on.month}月{on.day}日", "单位：条"),
        totals=((Span("合计", 3), *map(Span, totals), Span(f"冲突 {conflicts} 处", align=Align.LEFT)),),
        signatures=("主要负责人签字：", "合并人：", "日期："),
        marking="内部资料 注意保管",
        paper=paper,
        body_pt=_BODY_PT[paper],
    )


def _rows(report: MergeReport) -> Iterator[Row]:
    package = f"第 {report.number} 号\n截至 {report.as_of.replace('-', '.')}"
    group = f"{report.unit}/{report.number}"
    for register, count in report.counts.items():
        numbers = [str(number or "") for number in count]
        for note in list(_notes(report, register)) or [""]:  # a line each: a cell cannot outgrow a page
            yield Row((report.unit, package, register, *numbers, note), group)
            numbers = [""] * _NUMBERS
    if not report.counts:
        yield Row((report.unit, package, "", *[""] * _NUMBERS, "没有记录"), group)


def _notes(report: MergeReport, register: str) -> Iterator[str]:
    for each in report.conflicts:
        if each.register == register:
            old, new = in_short(each.old), in_short(each.new)
            yield f"冲突：{each.what} {each.field} 市库“{old}”，报来“{new}”，采用{each.chosen}"
    reasons: dict[str, list[str]] = {}
    for of, what, reason in report.refused:
        if of == register:
            reasons.setdefault(reason, []).append(what)
    for reason, names in reasons.items():
        yield f"退回 {len(names)} 条：{reason}（{'、'.join(names[:5])}{'…' if len(names) > 5 else ''}）"
