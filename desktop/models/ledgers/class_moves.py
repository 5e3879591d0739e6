"""The content of 两新党组织升降级台账: each decision that changed a class, with reason and approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.models.ledgers.usual import chinese_day, usual_ledger
from desktop.models.registers.checklist import GRADE, GRADING, Grading

CLASS_MOVES_TITLE = GRADING.title
_COLUMNS = (
    Column(label="序号", width_mm=9),
    Column(label="时间", width_mm=20),
    Column(label="乡镇", width_mm=20),
    Column(label="所在社区\n或乡镇", width_mm=22),
    Column(label="党组织", width_mm=46, align=Align.LEFT),
    Column(label="期次", width_mm=26),
    Column(label="原等级", width_mm=26),
    Column(label="现等级", width_mm=26),
    Column(label="变动类型", width_mm=18),
    Column(label="原因", width_mm=46, align=Align.LEFT),
    Column(label="审批", width_mm=28),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassMove:
    """One line: a class that a person decided on, and the one before."""

    township: str
    place: str
    branch: str
    before: Grading | None
    after: Grading
    kind: str  # 首次定级, 升级, 降级


def class_moves_ledger(
    moves: Sequence[ClassMove],
    *,
    title: str,
    place: str,
    signature: str,
    since: date,
    until: date,
    paper: Paper,
) -> Ledger:
    """The ledger of some moves, in their order.

    Args:
        title: CLASS_MOVES_TITLE, as the new sector is called here.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        since: the first day, counted too, as is ``until``.
    """
    return usual_ledger(
        title,
        _COLUMNS,
        [Row((str(number), *_cells(move))) for number, move in enumerate(moves, start=1)],
        place=place,
        signature=signature,
        paper=paper,
        time=f"统计时间：{chinese_day(since)}至{chinese_day(until)}",
        unit="条",
        totals=((Span("合计", 2), Span(_total(moves), len(_COLUMNS) - 2, Align.LEFT)),),
    )


def _cells(move: ClassMove) -> tuple[str, ...]:
    after = move.after
    return (
        show_day(after.decided),
        move.township,
        move.place,
        move.branch,
        Period.parse(after.period).label,
        GRADE.show(move.before.grade) if move.before else "",
        GRADE.show(after.grade),
        move.kind,
        after.reason or "",
        after.approved_by or "",
    )


def _total(moves: Sequence[ClassMove]) -> str:
    kinds = Counter(move.kind for move in moves)
    each = "，".join(f"{kind} {number}" for kind, number in kinds.items())
    return f"{len(moves)} 条" + (f"：{each}" if each else "")
