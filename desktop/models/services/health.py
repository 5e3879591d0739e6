"""The health check of an office (体检): which rules are on with which numbers, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.ledgers.issues import issues_ledger
from desktop.models.ledgers.ledger import Ledger
from desktop.models.rules.health import AppliedRule, Facts, Finding, HealthReport, check
from desktop.models.rules.rule import Level, Rule, known_rules
from desktop.models.services.choices import Choices, rule_basis, rule_limit, rule_on
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.facts import FactsReader
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest
from desktop.models.services.settings import SettingsService

Gather = Callable[[date, str | None], Iterable[Facts]]  # what rules know on a day of what lies in a unit


class UnknownRuleError(DesktopError):
    """There is no rule with this number."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(f"没有编号为“{rule_id}”的体检规则。")


class BasisNeededError(DesktopError):
    """A local rule cannot be turned on without the document it rests on."""

    def __init__(self, rule: Rule) -> None:
        super().__init__(
            f"“{rule.title}”是本地规定，启用前请填写依据文件的名称或文号（如 石组发〔2026〕1 号）。"
        )


class InvalidThresholdError(DesktopError):
    """A number does not make sense for a rule."""

    def __init__(self, rule: Rule, name: str, value: object) -> None:
        label = next((each.label for each in rule.thresholds if each.name == name), name)
        super().__init__(
            f"“{rule.title}”的“{label}”不能是“{value}”，请填 0 至 1000 的整数或从列出的选项里选。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSetting:
    """A rule as this office has it."""

    rule: Rule
    on: bool
    limits: Mapping[str, int]
    basis: str  # 依据文号; of a law or party rule, what to print instead of the program's own source

    @property
    def changed(self) -> bool:
        """Whether one of its numbers is not the program's."""
        return dict(self.limits) != self.rule.limits


class HealthService:
    """Checks an office's villages and what ``others`` gather, and keeps its choice of rules."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        settings: SettingsService,
        others: Sequence[Gather] = (),
    ) -> None:
        self._others = others
        self._divisions = divisions
        self._facts = FactsReader(store, divisions, settings)
        self._choices = Choices(store)

    def check(self, on: date, unit: str | None = None) -> HealthReport:
        """What the rules that are on find on a day in a township or village; ``unit`` None: in the whole office."""
        applied = [
            AppliedRule(rule=setting.rule, limits=setting.limits, basis=setting.basis)
            for setting in self.rules()
            if setting.on
        ]
        villages = self._facts.with_files(self._facts.villages(on, unit), on)
        others = (facts for gather in self._others for facts in gather(on, unit))
        report = check(villages, applied, on, others)
        place = {code: number for number, code in enumerate(self._divisions.all())}

        def township(finding: Finding) -> int:
            return place[self._divisions.township_of(finding.division).code]

        # what is no village comes after all of them: in a city each belongs with those of its township
        return replace(report, findings=tuple(sorted(report.findings, key=township)))

    def ledgers(self) -> dict[str, Builder]:
        """How the list of issues is made, by the ledger's name."""
        return {"issues": self._ledger}

    def _ledger(self, request: LedgerRequest, frame: Frame) -> Ledger:
        report = self.check(request.on, request.unit)
        return issues_ledger(report, place=frame.place, signature=frame.signature, paper=frame.paper)

    def rules(self) -> tuple[RuleSetting, ...]:
        """Every rule with this office's settings."""
        chosen = self._choices.all()
        return tuple(_setting(rule, chosen) for rule in known_rules())

    def set_rule(
        self,
        rule_id: str,
        *,
        on: bool | None = None,
        limits: Mapping[str, int] | None = None,
        basis: str | None = None,
    ) -> RuleSetting:
        """Change what is given of a rule's settings.

        Raises:
            BasisNeededError: a local rule would be on without a basis.
            InvalidThresholdError: a number is not the rule's, or makes no sense.
            UnknownRuleError: there is no such rule.
        """
        rule = next((rule for rule in known_rules() if rule.id == rule_id), None)
        if rule is None:
            raise UnknownRuleError(rule_id)
        known = {threshold.name: threshold for threshold in rule.thresholds}
        for name, value in (limits or {}).items():
            if name not in known or not known[name].accepts(value):
                raise InvalidThresholdError(rule, name, value)
        new: dict[str, object] = {rule_limit(rule_id, name): value for name, value in (limits or {}).items()}
        if on is not None:
            new[rule_on(rule_id)] = on
        if basis is not None:
            new[rule_basis(rule_id)] = basis.strip()
        setting = _setting(rule, self._choices.all() | new)
        if setting.on and rule.level is Level.LOCAL and not setting.basis:
            raise BasisNeededError(rule)
        word = "修改" if on is None else "启用" if on else "停用"
        self._choices.set(new, f"{word}体检规则：{rule.title}")
        return setting


def _setting(rule: Rule, chosen: Mapping[str, Any]) -> RuleSetting:
    return RuleSetting(
        rule=rule,
        on=chosen.get(rule_on(rule.id), rule.level is not Level.LOCAL),
        limits={name: chosen.get(rule_limit(rule.id, name), value) for name, value in rule.limits.items()},
        basis=chosen.get(rule_basis(rule.id), ""),
    )
