"""Rules of the health check (体检规则): what they say, where that stands, which numbers may be changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from desktop.paths import resource


class Level(StrEnum):
    """Where a rule comes from. Local rules wait for their 依据文号, the others are on."""

    LAW = "law"
    PARTY = "party"
    LOCAL = "local"
    PROGRAM = "program"  # what this program reminds of by itself

    @property
    def label(self) -> str:
        """The word officers use."""
        return {"law": "法律", "party": "党内法规", "local": "本地规定", "program": "本软件提醒"}[self.value]


class Severity(StrEnum):
    """How much a finding weighs; the worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def label(self) -> str:
        """The word on chips and paper."""
        return {"error": "须纠正", "warning": "提醒", "info": "参考"}[self.value]


SEVERITIES = tuple(Severity)  # worst first
# one a subject: villages, the new sector, 8+N, “四个一”
_FILES = ("rules.json", "new_sector.json", "checklist.json", "four_ones.json")
# what findings are counted in, by what they are about (a register's name); others are villages
_COUNTED = {
    "party_branch": "个党组织",
    "organization": "个单位",
    "assessment": "个党组织",
    "managed_secretary": "名书记",
}


@dataclass(frozen=True, slots=True)
class About:
    """What in a village or township a finding is about: a record, and what people call it."""

    register: str  # its name
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number of a rule that an office may change; ``choices`` where it stands for one of a few."""

    name: str
    label: str
    unit: str
    value: int
    choices: Mapping[int, str] = field(default_factory=dict)

    def accepts(self, value: int) -> bool:
        """Whether the number makes sense here."""
        return value in self.choices if self.choices else 0 <= value <= 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; its check is ``health.CHECKS[id]``, its texts are data (resources/rules)."""

    id: str
    title: str
    level: Level
    severity: Severity  # a finding may weigh more or less
    kinds: frozenset[str]  # what it is for: DivisionKind of villages, else names of registers
    document: str
    article: str
    says: str
    advice: str
    thresholds: tuple[Threshold, ...]

    @property
    def source(self) -> str:
        """Document and article."""
        return self.document + self.article

    @property
    def counted(self) -> str:
        """What its findings are counted in: 个村（社区）, 个党组织."""
        return next((_COUNTED[kind] for kind in self.kinds if kind in _COUNTED), "个村（社区）")

    @property
    def limits(self) -> dict[str, int]:
        """The numbers as they are before anybody changes them."""
        return {threshold.name: threshold.value for threshold in self.thresholds}


@cache
def known_rules() -> tuple[Rule, ...]:
    """Every rule: those of villages in the order of domain.md (R1–R16), then each other subject's."""
    items = [
        item for file in _FILES for item in json.loads(resource(f"rules/{file}").read_text(encoding="utf-8"))
    ]
    return tuple(
        Rule(
            **item
            | {
                "level": Level(item["level"]),
                "severity": Severity(item["severity"]),
                "kinds": frozenset(item["kinds"]),
                "thresholds": tuple(_threshold(each) for each in item["thresholds"]),
            }
        )
        for item in items
    )


def _threshold(item: Mapping[str, object]) -> Threshold:
    given = dict(item)
    choices = given.pop("choices", {})
    assert isinstance(choices, dict)
    return Threshold(**given, choices={int(value): label for value, label in choices.items()})  # type: ignore[arg-type]  # the file's own
