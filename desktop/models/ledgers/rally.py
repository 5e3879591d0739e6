"""The content of 基层党建拉练通报表: townships by place, their points, who speaks as what."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.ledgers.ledger import Column, Ledger, Paper, Row
from desktop.models.ledgers.usual import usual_ledger
from desktop.models.rules.rally import Ranking, Standing

RALLY_TITLE = "基层党建拉练评比通报表"
_RANKS = "总分相同的名次并列，下一名次顺延；排名按各项得分之和。"


def rally_ledger(
    ranking: Ranking,
    *,
    name: str,
    items: Sequence[tuple[str, float]],
    time: str,
    place: str,
    signature: str,
    paper: Paper,
) -> Ledger:
    """The ledger of one round.

    Args:
        name: what the round is called; it stands in the first note.
        items: each with its full points.
        time: the middle of the head line.
        place: what the title begins with (石首市).
        signature: the unit that reports (填报单位).
    """
    full = sum(points for _, points in items)
    columns = (
        Column(label="名次", width_mm=14),
        Column(label="乡镇", width_mm=34),
        *(Column(label=f"{item}\n（{points:g} 分）", width_mm=26) for item, points in items),
        Column(label=f"总分\n（{full:g} 分）", width_mm=24),
        Column(label="发言", width_mm=24),
    )
    return usual_ledger(
        RALLY_TITLE,
        columns,
        [Row(_cells(each)) for each in ranking.by_rank],
        place=place,
        signature=signature,
        paper=paper,
        time=time,
        unit="分",
        notes=(f"拉练：{name}。", _RANKS, *ranking.words),
    )


def _cells(each: Standing) -> tuple[str, ...]:
    rank = "—" if each.rank is None else str(each.rank)
    return (rank, each.name, *map(_shown, each.points), _shown(each.total), each.speaks)


def _shown(points: float | None) -> str:
    return "" if points is None else f"{points:g}"
