"""Places in a rally (拉练名次): totals, ties, and who speaks as an example (典型发言) or gives a pledge (表态发言)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EXAMPLE, PLEDGE = "典型发言", "表态发言"


@dataclass(frozen=True, slots=True)
class Standing:
    """One township: its points by item (None: not scored yet), their sum, its place, what it speaks as."""

    code: str
    name: str
    points: tuple[float | None, ...]
    total: float | None  # None: no points at all, and no place
    rank: int | None
    speaks: str  # EXAMPLE, PLEDGE or empty


@dataclass(frozen=True, slots=True)
class Ranking:
    """All townships in their local order, and what has to be said about ties and gaps."""

    standings: tuple[Standing, ...]
    words: tuple[str, ...]

    @property
    def by_rank(self) -> tuple[Standing, ...]:
        """The best first, tied ones in their local order; those without points last."""
        return tuple(sorted(self.standings, key=lambda each: (each.rank is None, each.rank or 0)))


def ranking(
    names: Mapping[str, str], points: Mapping[str, Sequence[float | None]], *, first: int, last: int
) -> Ranking:
    """Rank townships (code → name, in their local order) by the sum of their points.

    Equal sums share a place, and the next place counts them all (1, 2, 2, 4). Everybody whose place is among the first
    ``first`` is marked, and everybody who has fewer than ``last`` below; so ties make them more. Who would be both,
    because too few are scored or too many are tied, is not marked.
    """
    totals = {code: _total(points[code]) for code in names}
    sums = [total for total in totals.values() if total is not None]
    ranks = {c: 1 + sum(s > t for s in sums) for c, t in totals.items() if t is not None}
    top = {code for code, rank in ranks.items() if rank <= first}
    bottom = {c for c, t in totals.items() if t is not None and sum(s < t for s in sums) < last}
    both = top & bottom
    speaks = dict.fromkeys(top - both, EXAMPLE) | dict.fromkeys(bottom - both, PLEDGE)
    standings = tuple(
        Standing(code, name, tuple(points[code]), totals[code], ranks.get(code), speaks.get(code, ""))
        for code, name in names.items()
    )
    return Ranking(standings, (*_gaps(standings), *_ties(standings, first, last), *_torn(both, names)))


def _total(points: Sequence[float | None]) -> float | None:
    given = [each for each in points if each is not None]
    return round(sum(given), 1) if given else None


def _gaps(standings: Sequence[Standing]) -> list[str]:
    """Who lacks points: places may still change."""
    if all(each.total is None for each in standings):
        return ["还没有打分：在表格里直接填，或从 Excel 复制后粘贴。"]
    lacking = [each.name for each in standings if None in each.points]
    return [f"{len(lacking)} 个乡镇还有项目没打分，名次是暂时的：{_listed(lacking)}。"] if lacking else []


def _ties(standings: Sequence[Standing], first: int, last: int) -> list[str]:
    """Where a tie makes more of them speak than were asked for."""
    told = []
    for kind, side, wanted in ((EXAMPLE, "前", first), (PLEDGE, "后", last)):
        marked = [each for each in standings if each.speaks == kind]
        if len(marked) <= wanted:
            continue
        totals = [each.total for each in marked if each.total is not None]
        edge = min(totals) if kind == EXAMPLE else max(totals)
        tied = [each.name for each in marked if each.total == edge]
        told.append(
            f"{side} {wanted} 名有并列（{edge:g} 分）：{_listed(tied)}，"
            f"并列的都列为{kind}，共 {len(marked)} 个；要减少请人工确定。"
        )
    return told


def _torn(both: set[str], names: Mapping[str, str]) -> list[str]:
    if not both:
        return []
    told = _listed([name for code, name in names.items() if code in both])
    return [f"打分的太少或并列太多，{told}既在前列又在后列，没有标注发言，请打完分再看或人工确定。"]


def _listed(names: Sequence[str]) -> str:
    most = 6
    return "、".join(names[:most]) + (f"等 {len(names)} 个" if len(names) > most else "")
