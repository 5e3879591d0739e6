"""What the health check finds in “四个一”: what is missing, who has no mentor or has left, problems and papers that wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.registers.division import Division
from desktop.models.registers.mentoring import MANAGED_SECRETARY
from desktop.models.rules.checks import Hit, Limits
from desktop.models.rules.four_ones import MatrixRow
from desktop.models.rules.rule import About

MISSING = "4Y-1"
REMIND = "days"  # its limit: in how many last days of a period what is missing is red
_MOST = 3  # that a sentence tells one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldActivity:
    """An activity of the period, and what its papers lack."""

    name: str  # of its kind
    day: str
    photos: int
    is_checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretaryFacts:
    """Somebody under management in the period that a day lies in."""

    period: Period
    kinds: tuple[str, ...]  # names, in the order of the cells
    row: MatrixRow
    held: tuple[HeldActivity, ...]
    overdue: tuple[tuple[str, str], ...]  # field problem and its deadline

    @property
    def division(self) -> Division:
        """Where it lies."""
        return self.row.subject.division

    @property
    def township(self) -> str:
        """That township's name."""
        return self.row.subject.township

    @property
    def kind(self) -> str:
        """What ``Rule.kinds`` calls it."""
        return MANAGED_SECRETARY.name

    @property
    def about(self) -> About:
        """What a finding is about."""
        subject = self.row.subject
        name = f"{subject.division.short_name} {subject.person.name}"
        return About(MANAGED_SECRETARY.name, subject.managed.id, name)


def _missing(facts: SecretaryFacts, _limits: Limits, on: date) -> Iterator[Hit]:
    red = [name for name, cell in zip(facts.kinds, facts.row.cells, strict=True) if cell.is_red]
    if red:
        left = (facts.period.end - on).days
        yield Hit(f"{facts.period.label}还没有开展{'、'.join(red)}，离期末还有 {left} 天。")


def _no_mentor(facts: SecretaryFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    if facts.row.subject.managed.until is None and not facts.row.subject.mentors:
        yield Hit("没有在结对的导师。")


def _has_left(facts: SecretaryFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    if facts.row.subject.has_left:
        yield Hit("已不是这个村（社区）的党组织书记，还在提级管理名单里。")


def _overdue(facts: SecretaryFacts, limits: Limits, on: date) -> Iterator[Hit]:
    late = [
        f"“{problem}”（期限 {show_day(due)}）"
        for problem, due in facts.overdue
        if (on - date.fromisoformat(due)).days >= limits["days"]
    ]
    if late:
        yield Hit(f"实地指导发现的 {len(late)} 个问题超过整改期限没有销号：{_some(late)}。")


def _no_photos(facts: SecretaryFacts, limits: Limits, on: date) -> Iterator[Hit]:
    yield from _waiting([each for each in facts.held if not each.photos], "没有照片", limits, on)


def _not_checked(facts: SecretaryFacts, limits: Limits, on: date) -> Iterator[Hit]:
    yield from _waiting([each for each in facts.held if not each.is_checked], "没有审核人", limits, on)


def _waiting(held: Iterable[HeldActivity], lack: str, limits: Limits, on: date) -> Iterator[Hit]:
    late = [
        f"{show_day(each.day)} {each.name}"
        for each in held
        if (on - date.fromisoformat(each.day)).days >= limits["days"]
    ]
    if late:
        yield Hit(f"{len(late)} 次活动{lack}：{_some(late)}。")


def _some(told: list[str]) -> str:
    return "、".join(told[:_MOST]) + ("等" if len(told) > _MOST else "")


CHECKS: Mapping[str, Callable[[SecretaryFacts, Limits, date], Iterable[Hit]]] = {
    MISSING: _missing,
    "4Y-2": _no_mentor,
    "4Y-3": _has_left,
    "4Y-4": _overdue,
    "4Y-5": _no_photos,
    "4Y-6": _not_checked,
}
