"""What the home page says of work that goes by periods: 8+N 达标, 四个一 完成, the next deadline, orphaned pairings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.models.domain.periods import Period
from desktop.models.registers.checklist_rows import MatrixRow
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.schemes import CHECKLIST
from desktop.models.rules.four_ones import Completion
from desktop.views.home.values import Figure, Task
from desktop.views.page import Request

if TYPE_CHECKING:
    from desktop.office import Office

_CHECKLIST, _FOUR_ONES = "8+N", "四个一"


@dataclass(frozen=True, slots=True)
class PeriodicWork:
    """What the office has of it on a day: figures where there is anything to count, and when its periods end."""

    figures: tuple[Figure, ...]
    deadline: str  # empty where nothing goes by periods


def periodic_work(office: Office, today: date) -> PeriodicWork:
    """Ask the services."""
    figures: list[Figure] = []
    ends: dict[date, list[str]] = {}
    period = office.schemes.current(CHECKLIST, today).period(today)
    if rows := office.checklists.rows(str(period), today):
        figures.append(_met(period, rows))
        ends.setdefault(period.end, []).append(_CHECKLIST)
    matrix = office.four_ones.matrix(office.four_ones.period(today), today)
    if matrix.rows:
        figures.append(_done(matrix.period, matrix.total, today))
        ends.setdefault(matrix.period.end, []).append(_FOUR_ONES)
    if not ends:
        return PeriodicWork((), "")
    end = min(ends)
    return PeriodicWork(tuple(figures), f"下一个期限：{end.month} 月 {end.day} 日 {'、'.join(ends[end])}")


def orphaned(office: Office, today: date) -> Iterator[Task]:
    """Pairings that go on although the secretary is no longer under management."""
    if count := office.mentoring.chips(RosterQuery(on=today))["orphaned"]:
        words = f"{count} 对结对还没有结束，书记已不在提级管理"
        yield Task(words, "打开挂钩结对", Request(page="mentoring", chip="orphaned"))


def _met(period: Period, rows: list[MatrixRow]) -> Figure:
    """Items met by those applicable, of all organisations together."""
    met = sum(row.verdict.met for row in rows)
    applicable = sum(row.verdict.applicable for row in rows)
    return Figure(
        f"{_CHECKLIST} 达标",
        _percent(100 * met / applicable if applicable else None),
        f"{period.label}达标 {met} ÷ 应评 {applicable} 项",
        Request(page="checklist", period=str(period)),
        "应评：各党组织的全部项目，不适用的不算。",
    )


def _done(period: Period, total: Completion, today: date) -> Figure:
    """Activities done by those wanted, of all secretaries together."""
    return Figure(
        f"{_FOUR_ONES} 完成",
        _percent(total.rate),
        f"{period.label}完成 {sum(total.done)} ÷ 应开展 {sum(total.wanted)} 次",
        Request(page="four_ones", period=str(period)),
        f"离期末还有 {(period.end - today).days} 天。",
    )


def _percent(rate: float | None) -> str:
    return "—" if rate is None else f"{rate:.1f}%"
