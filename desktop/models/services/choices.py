"""The office's choices (本单位的规定): read by name, changed as one change set, told in words by the history."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.registers.choice import Choice
from desktop.models.rules.coverage import Base
from desktop.models.rules.rule import Level, Threshold, known_rules
from desktop.models.rules.village_figures import THRESHOLDS

PROPORTION = "study.proportion"  # township, village, the person
INCOMES = "village_year.thresholds"  # incomes in yuan
BENCHMARKS = "structure.benchmarks"  # lines of text
LEDGER_SETS = "ledger.sets"  # names of ledgers by the name of a set
COVERAGE_BASE = "new_sector.base"  # Base: the units that rates are reckoned of
_ON, _BASIS, _LIMIT = "on", "basis", "limit"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a choice is about and what of it, how a value reads, and what stands where nothing was chosen."""

    about: str
    label: str
    show: Callable[[Any], str]
    standard: object


class Choices:
    """The choices of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records = Records(store)

    def all(self) -> dict[str, Any]:
        """What was chosen, by name."""
        return {choice.id: json.loads(choice.value) for choice in self._records.select(Choice)}

    def get(self, name: str) -> Any:
        """What was chosen, or the program's own."""
        return self.all().get(name, MEANINGS[name].standard)

    def set(self, chosen: Mapping[str, object], why: str) -> None:
        """Choose, as one change set; what is chosen already is no change."""
        with self._store.change(why):
            self.write(chosen)

    def write(self, chosen: Mapping[str, object]) -> None:
        """The same within a change set that is open."""
        values = {name: json.dumps(value, ensure_ascii=False) for name, value in chosen.items()}
        there = {choice.id: choice.value for choice in self._records.select(Choice, id=list(values))}
        self._records.insert_many(
            Choice(id=name, value=value)
            for name, value in values.items()
            if name not in there and value != json.dumps(MEANINGS[name].standard, ensure_ascii=False)
        )
        self._records.update_many(
            Choice, {name: {"value": value} for name, value in values.items() if name in there}
        )


def rule_on(rule_id: str) -> str:
    """The choice whether a rule is on."""
    return f"rule.{rule_id}.{_ON}"


def rule_basis(rule_id: str) -> str:
    """The choice of the document that a rule rests on (依据文号)."""
    return f"rule.{rule_id}.{_BASIS}"


def rule_limit(rule_id: str, limit: str) -> str:
    """The choice of a number of a rule."""
    return f"rule.{rule_id}.{_LIMIT}.{limit}"


def in_words(name: str, value: str | None) -> str:
    """A stored choice as the history tells it; None: nothing was chosen."""
    meaning = MEANINGS[name]
    return meaning.show(meaning.standard if value is None else json.loads(value))


def _yes_or_no(on: bool) -> str:
    return "启用" if on else "停用"


def _number(threshold: Threshold, number: int) -> str:
    return threshold.choices.get(number) or f"{number} {threshold.unit}".strip()


def _sets(sets: Mapping[str, list[str]]) -> str:
    return "、".join(f"{name}（{len(ledgers)} 张）" for name, ledgers in sets.items())


def _rules() -> dict[str, Meaning]:
    meanings = {}
    for rule in known_rules():
        about = f"体检规则“{rule.title}”"
        meanings[rule_on(rule.id)] = Meaning(about, "状态", _yes_or_no, rule.level is not Level.LOCAL)
        meanings[rule_basis(rule.id)] = Meaning(about, "依据文号", str, "")
        for limit in rule.thresholds:
            meanings[rule_limit(rule.id, limit.name)] = Meaning(
                about, limit.label, partial(_number, limit), limit.value
            )
    return meanings


MEANINGS: Mapping[str, Meaning] = {
    **_rules(),
    # 〔local〕 a neighboring city's scheme
    PROPORTION: Meaning(
        "双提升", "学费分担（乡镇:村:个人）", lambda parts: ":".join(map(str, parts)), (3, 3, 4)
    ),
    INCOMES: Meaning(
        "村级年度数据", "集体经济收入门槛（元）", lambda yuan: "、".join(map(str, yuan)), THRESHOLDS
    ),
    BENCHMARKS: Meaning("结构分析统计表", "表下的对照数字", "；".join, ()),
    LEDGER_SETS: Meaning("台账打印", "存好的各套台账", lambda sets: _sets(sets) or "没有", {}),
    COVERAGE_BASE: Meaning("覆盖率", "统计范围", lambda base: Base(base).label, Base.ALL),
}
