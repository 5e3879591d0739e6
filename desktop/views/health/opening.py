"""Which page shows what a rule found, already narrowed to it: the same from a finding and from the home page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.models.domain.posts import Committee
from desktop.models.registers.committee_term import COMMITTEE_TERM
from desktop.models.registers.new_sector import ORGANIZATION, PARTY_BRANCH
from desktop.views.page import Request

if TYPE_CHECKING:
    from desktop.models.rules.health import Finding


@dataclass(frozen=True, slots=True)
class Opening:
    """A page, what an officer calls it, and how it is narrowed."""

    page: str
    words: str
    chip: str | None = None
    by_ids: bool = False  # the page picks just the records that are named
    committee: Committee | None = None  # its lines are those of this body in the villages that are named
    in_township: bool = False  # its records may lie in the township, not in the village that a finding names

    @property
    def title(self) -> str:
        """Its name as it stands within a sentence: Latin letters have a space before them."""
        return f" {self.words}" if self.words[0].isascii() else self.words

    def request(self, findings: Sequence[Finding], unit: str | None) -> Request:
        """Ask for the page with what findings of one rule are about; ``unit`` where they lie in several places."""
        return Request(
            page=self.page,
            unit=self._place(findings, unit),
            chip=self.chip,
            of=tuple(found.key for found in findings) if self.by_ids else (),
            filters=self._filters(findings),
        )

    def _filters(self, findings: Sequence[Finding]) -> tuple[tuple[str, frozenset[str]], ...]:
        if self.committee is None:
            return ()
        body = COMMITTEE_TERM.field("committee").kind.show(self.committee.value)
        villages = frozenset(found.division.short_name for found in findings)
        return (("committee", frozenset((body,))), ("village", villages))

    def _place(self, findings: Sequence[Finding], unit: str | None) -> str | None:
        divisions = [found.division for found in findings]
        places = {(self.in_township and each.parent) or each.code for each in divisions}
        return places.pop() if len(places) == 1 else unit


_SECRETARIES, _ACTIVITIES = "managed_secretaries", "activities"
_TERMS = "committee_terms", "班子届次"
_OF_RULES: Mapping[str, Opening] = {
    "R5": Opening(*_TERMS, committee=Committee.PARTY),
    "R6-3": Opening(*_TERMS, committee=Committee.VILLAGERS),
    "R7-2": Opening(*_TERMS, committee=Committee.VILLAGERS),
    "8N-1": Opening("rectifications", "8+N 整改", "overdue"),
    "8N-2": Opening("checklist", "8+N 总表", by_ids=True),
    "8N-3": Opening("checklist", "8+N 总表", by_ids=True),
    "4Y-1": Opening("four_ones", "四个一总表"),
    "4Y-2": Opening(_SECRETARIES, "提级管理", "unmentored"),
    "4Y-3": Opening(_SECRETARIES, "提级管理", "left_post"),
    "4Y-4": Opening("field_problems", "问题清单", "overdue", in_township=True),
    "4Y-5": Opening(_ACTIVITIES, "活动记录", "no_photos", in_township=True),
    "4Y-6": Opening(_ACTIVITIES, "活动记录", "unchecked", in_township=True),
}
_OF_REGISTERS: Mapping[str, Opening] = {
    PARTY_BRANCH.name: Opening("party_branches", "党组织台账", by_ids=True),
    ORGANIZATION.name: Opening("organizations", "单位台账", by_ids=True),
}


def opening_of(found: Finding) -> Opening | None:
    """Where what a rule found is put right; None for findings about villages and their people."""
    register = found.about.register if found.about else ""
    return _OF_RULES.get(found.rule.id) or _OF_REGISTERS.get(register)
