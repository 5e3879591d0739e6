"""The health check (体检): rules applied to villages and what is in them, what they find, and how it is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, Protocol

from desktop.models.domain.months import show_month
from desktop.models.domain.posts import Committee
from desktop.models.registers.division import Division
from desktop.models.rules import checklist_checks, checks, four_ones_checks, new_sector
from desktop.models.rules.checks import Hit, Limits
from desktop.models.rules.facts import VillageFacts, months_until, time_left
from desktop.models.rules.rule import SEVERITIES, About, Rule, Severity

# by rule; each takes the facts of what its rule is for (``Rule.kinds``)
CHECKS: Mapping[str, Callable[[Any, Limits, date], Iterable[Hit]]] = {
    **checks.CHECKS,
    **new_sector.CHECKS,
    **checklist_checks.CHECKS,
    **four_ones_checks.CHECKS,
}


class Facts(Protocol):
    """What rules know of one village, or of something that lies in one or in a township."""

    @property
    def division(self) -> Division:
        """Where it lies."""
        ...

    @property
    def township(self) -> str:
        """That township's name."""
        ...

    @property
    def kind(self) -> str:
        """What ``Rule.kinds`` calls it: DivisionKind of a village, else a register's name."""
        ...

    @property
    def about(self) -> About | None:
        """What a finding is about; None: the village itself."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRule:
    """A rule that is on, with the numbers this office goes by and, of a local one, its 依据文号."""

    rule: Rule
    limits: Mapping[str, int]
    basis: str = ""

    @property
    def source(self) -> str:
        """What stands in the column 依据."""
        return self.basis or self.rule.source


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule found in one village, or about something that lies in ``division``."""

    rule: Rule
    severity: Severity
    division: Division
    about: About | None = None  # None: the village
    township: str  # name
    words: str
    people: tuple[tuple[str, str], ...]  # id and name of those it is about
    source: str

    @property
    def subject(self) -> str:
        """What it is about, as lists have it: the village, the party organisation."""
        return self.about.name if self.about else self.division.short_name

    @property
    def key(self) -> str:
        """By which findings about the same thing are counted once."""
        return self.about.key if self.about else self.division.code

    @property
    def names(self) -> str:
        """The names, as the column 涉及人员 has them."""
        return "、".join(name for _, name in self.people)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule found in the whole report, for the home page."""

    rule: Rule
    worst: Severity
    subjects: str  # 3 个村（社区）
    people: int

    @property
    def words(self) -> str:
        """One sentence: 村委会没有妇女成员：3 个村（社区）."""
        people = f"，{self.people} 人" if self.people else ""
        return f"{self.rule.title}：{self.subjects}{people}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthReport:
    """What was found on a day, in the local order of villages, then of rules."""

    on: date
    findings: tuple[Finding, ...]
    next_round: str  # a sentence

    def chips(self) -> dict[str, int]:
        """How many findings each chip leaves: “all”, then each severity."""
        counts = Counter(finding.severity for finding in self.findings)
        return {"all": len(self.findings)} | {str(severity): counts[severity] for severity in SEVERITIES}

    def lines(self) -> tuple[RuleLine, ...]:
        """One line a rule that found something, the weightiest first."""
        by_rule: dict[str, list[Finding]] = {}
        for finding in self.findings:
            by_rule.setdefault(finding.rule.id, []).append(finding)
        lines = [
            RuleLine(
                rule=found[0].rule,
                worst=min((each.severity for each in found), key=SEVERITIES.index),
                subjects=subjects(found),
                people=len({person_id for each in found for person_id, _ in each.people}),
            )
            for found in by_rule.values()
        ]
        return tuple(sorted(lines, key=lambda line: SEVERITIES.index(line.worst)))


def subjects(findings: Sequence[Finding]) -> str:
    """How many villages or others some findings of one rule are about: 3 个村（社区）, 2 个党组织."""
    return f"{len({found.key for found in findings})} {findings[0].rule.counted}"


def check(
    villages: Iterable[VillageFacts], rules: Sequence[AppliedRule], on: date, others: Iterable[Facts] = ()
) -> HealthReport:
    """Apply the rules that are on to villages, then to ``others``, in their order."""
    villages = list(villages)
    findings = tuple(
        Finding(
            rule=applied.rule,
            severity=hit.severity or applied.rule.severity,
            division=facts.division,
            about=facts.about,
            township=facts.township,
            words=hit.words,
            people=tuple((person.id, person.name) for person in hit.people),
            source=applied.source,
        )
        for facts in chain[Facts](villages, others)
        for applied in rules
        if facts.kind in applied.rule.kinds
        for hit in CHECKS[applied.rule.id](facts, applied.limits, on)
    )
    return HealthReport(on=on, findings=findings, next_round=next_round(villages, on))


def next_round(villages: Iterable[VillageFacts], on: date) -> str:
    """When the next elections are due (换届), as far as terms are written down; else what follows from 2021."""
    dues = Counter(
        term.due
        for village in villages
        for committee in (Committee.PARTY, Committee.VILLAGERS)
        if (term := village.terms.get(committee)) is not None and term.due is not None
    )
    if not dues:
        return "上一轮换届在 2021 年，任期 5 年，下一轮在 2025 年下半年至 2026 年；届次登记后可显示各村届满时间。"
    past = sum(count for due, count in dues.items() if months_until(due, on) < 0)
    coming = sorted(due for due in dues if months_until(due, on) >= 0)
    words = f"已登记 {dues.total()} 个班子的届满时间"
    if coming:
        soonest = coming[0]
        words += f"，最近的 {dues[soonest]} 个在 {show_month(soonest)}（{time_left(soonest, on)}）"
    return words + (f"，已届满 {past} 个。" if past else "。")
