"""The content of 基层党组织问题清单: what the health check found, village by village, with its basis."""

from __future__ import annotations

from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span, placed_title
from desktop.models.rules.health import Finding, HealthReport
from desktop.models.rules.rule import Severity

ISSUES_TITLE = "基层党组织问题清单"
_COLUMNS = (
    Column(label="序号", width_mm=9),
    Column(label="村（社区）、单位", width_mm=24, merge=True),
    Column(label="问题", width_mm=62, align=Align.LEFT),
    Column(label="涉及人员", width_mm=34),
    Column(label="依据", width_mm=56, align=Align.LEFT),
    Column(label="级别", width_mm=20),
    Column(label="建议", width_mm=58, align=Align.LEFT),
)
_TOWNSHIP = Column(label="乡镇", width_mm=20, merge=True)  # where findings are in several
_BODY_PT = {Paper.A3: 10.5, Paper.A4: 9.5}
_SIGNATURES = ("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期：")


def issues_ledger(report: HealthReport, *, place: str, signature: str, paper: Paper) -> Ledger:
    """The ledger of a health report.

    Args:
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
    """
    on = report.on
    several = len({finding.township for finding in report.findings}) > 1
    columns = (_COLUMNS[0], _TOWNSHIP, *_COLUMNS[1:]) if several else _COLUMNS
    return Ledger(
        title=placed_title(place, ISSUES_TITLE),
        columns=columns,
        rows=tuple(
            Row(_cells(number, finding, several=several), finding.division.code)
            for number, finding in enumerate(report.findings, start=1)
        ),
        head=(
            f"填报单位（盖章）：{signature}",
            f"统计截止时间：{on.year}年{on.month}月{on.day}日",
            "单位：个",
        ),
        totals=((Span("合计", 2), Span(_total(report), len(columns) - 2, Align.LEFT)),),
        notes=(f"换届：{report.next_round}",),
        signatures=_SIGNATURES,
        marking="内部资料 注意保管",
        paper=paper,
        body_pt=_BODY_PT[paper],
    )


def _cells(number: int, finding: Finding, *, several: bool) -> tuple[str, ...]:
    return (
        str(number),
        *((finding.township,) if several else ()),
        finding.subject,
        finding.words,
        finding.names,
        finding.source,
        f"{finding.rule.level.label}\n（{finding.severity.label}）",
        finding.rule.advice,
    )


def _total(report: HealthReport) -> str:
    if not report.findings:
        return "没有发现问题"
    chips = report.chips()
    villages = len({finding.key for finding in report.findings})
    each = "，".join(f"{severity.label} {chips[severity]} 条" for severity in Severity)
    return f"{villages} 个村（社区）、单位，{chips['all']} 条；其中{each}"
