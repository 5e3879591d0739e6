"""What the health check finds in “8+N” checklists: late rectifications, no assessment, no decision on a class."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import ASSESSMENT
from desktop.models.registers.checklist_rows import MatrixRow
from desktop.models.registers.division import Division
from desktop.models.registers.new_sector import PARTY_BRANCH
from desktop.models.rules.checks import Hit, Limits
from desktop.models.rules.rule import About


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistFacts:
    """A party organisation in the period that a day lies in, and what it should have put right by then."""

    division: Division
    period: Period
    row: MatrixRow
    late: tuple[tuple[str, int], ...]  # item, days overdue

    @property
    def township(self) -> str:
        """That township's name."""
        return self.row.township

    @property
    def kind(self) -> str:
        """What ``Rule.kinds`` calls it."""
        return ASSESSMENT.name

    @property
    def about(self) -> About:
        """What a finding is about."""
        return About(PARTY_BRANCH.name, self.row.branch.id, self.row.branch.name)


def _overdue(facts: ChecklistFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    late = [(item, days) for item, days in facts.late if days >= limits["days"]]
    if late:
        told = "、".join(f"{item}逾期 {days} 天" for item, days in late)
        yield Hit(f"{told}，没有销号。")


def _not_assessed(facts: ChecklistFacts, limits: Limits, on: date) -> Iterator[Hit]:
    if not facts.row.verdict.filled and _left(facts, on) <= limits["days"]:
        yield Hit(f"{facts.period.label}还没有评定，离期末还有 {_left(facts, on)} 天。")


def _not_decided(facts: ChecklistFacts, limits: Limits, on: date) -> Iterator[Hit]:
    if facts.row.verdict.filled and not facts.row.decided and _left(facts, on) <= limits["days"]:
        yield Hit(f"{facts.period.label}还没有定级：{facts.row.verdict.why}")


def _left(facts: ChecklistFacts, on: date) -> int:
    return (facts.period.end - on).days


CHECKS: Mapping[str, Callable[[ChecklistFacts, Limits, date], Iterable[Hit]]] = {
    "8N-1": _overdue,
    "8N-2": _not_assessed,
    "8N-3": _not_decided,
}
