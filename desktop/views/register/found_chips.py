"""Chips of the roster for people whom the health check found (超龄、近亲属、处分影响期内)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.views.tables.chip_strip import FOUND

if TYPE_CHECKING:
    from desktop.models.rules.health import Finding

# Rules about persons; those about villages are said in the tree. Some say the same of different bodies.
_WORDS = {
    "R11-1": "超龄",
    "R11-2": "新任超龄",
    "R11-3": "学历偏低",
    "R8-1": "监委会兼职",
    "R8-2": "近亲属",
    "R12": "近亲属",
    "R16": "处分影响期内",
}


def people_by_chip(findings: Sequence[Finding]) -> dict[str, dict[str, str]]:
    """By key of a chip: the people found, with the code of the village each was found in."""
    found: dict[str, dict[str, str]] = {f"{FOUND}:{words}": {} for words in _WORDS.values()}
    for finding in findings:
        if words := _WORDS.get(finding.rule.id):
            found[f"{FOUND}:{words}"] |= {person_id: finding.division.code for person_id, _ in finding.people}
    return {key: people for key, people in found.items() if people}


def words_of(people: Mapping[str, Mapping[str, str]], codes: Collection[str]) -> dict[str, str]:
    """What the chips say: how many people of some villages; nothing of villages without any."""
    counts = {key: sum(code in codes for code in villages.values()) for key, villages in people.items()}
    return {key: f"{key.partition(':')[2]} {count}" for key, count in counts.items() if count}
