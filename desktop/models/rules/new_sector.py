"""What rules know of the new sector (两新) and find there: party organisations with the units they cover, and units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.registers.division import Division
from desktop.models.registers.new_sector import (
    BRANCH_FORM,
    JOINT,
    ORGANIZATION,
    PARTY_BRANCH,
    SINGLE,
    Organization,
    PartyBranch,
)
from desktop.models.registers.village_year import YES
from desktop.models.rules.checks import Hit, Limits
from desktop.models.rules.rule import About, Severity

FOUNDING = ("R1-5", "least")  # the rule and its number: full members from which a unit should have one


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchFacts:
    """A party organisation that stands on a day, with the units open on that day that it covers."""

    division: Division
    township: str  # name
    branch: PartyBranch
    units: tuple[Organization, ...]

    @property
    def kind(self) -> str:
        """What ``Rule.kinds`` calls it."""
        return PARTY_BRANCH.name

    @property
    def about(self) -> About:
        """What a finding is about."""
        return About(PARTY_BRANCH.name, self.branch.id, self.branch.name)

    @property
    def members(self) -> int | None:
        """Full members of all its units; None where one unit's are not known."""
        known = [unit.full_members for unit in self.units if unit.full_members is not None]
        return sum(known) if self.units and len(known) == len(self.units) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """A unit that is open on a day, and whether a party organisation or an instructor reaches it then."""

    division: Division
    township: str  # name
    unit: Organization
    covered: bool
    instructed: bool
    founding: int  # full members from which a unit should have a party organisation

    @property
    def kind(self) -> str:
        """What ``Rule.kinds`` calls it."""
        return ORGANIZATION.name

    @property
    def about(self) -> About:
        """What a finding is about."""
        return About(ORGANIZATION.name, self.unit.id, self.unit.name)

    @property
    def should_have_one(self) -> bool:
        """应建: covered already, else as the office says, else by the number of full members."""
        if self.covered or self.unit.should_found is not None:
            return self.covered or self.unit.should_found == YES
        return (self.unit.full_members or 0) >= self.founding


def _too_few_members(branch: BranchFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    members, least = branch.members, limits["least"]
    if members is None or members >= least:
        return
    form = BRANCH_FORM.show(branch.branch.form) or "组建方式未填"
    units = f"，覆盖 {len(branch.units)} 个单位" if len(branch.units) > 1 else ""
    yield Hit(f"{form}{units}，正式党员合计 {members} 人，不足 {least} 人。")


def _units_covered(branch: BranchFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    form, units = branch.branch.form, len(branch.units)
    if form == JOINT and units > limits["most"]:
        yield Hit(f"联合党支部覆盖 {units} 个单位，一般不超过 {limits['most']} 个。")
    elif form == SINGLE and units > 1:
        yield Hit(f"登记为单独组建，却覆盖 {units} 个单位，请核对组建方式。", severity=Severity.WARNING)


def _too_many_members(branch: BranchFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    members = sum(unit.full_members or 0 for unit in branch.units)
    if members > limits["most"]:
        yield Hit(f"正式党员合计 {members} 人，支部一般不超过 {limits['most']} 人。")


def _branch_committee(branch: BranchFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    members, sitting = branch.members, branch.branch.committee_members
    if members is None or sitting is None:
        return
    told = f"正式党员合计 {members} 人"
    if members < limits["members"]:
        if sitting > 2:  # a secretary, and a deputy where needed
            yield Hit(f"{told}，不足 {limits['members']} 人，只设书记和副书记，登记支委 {sitting} 人。")
    elif sitting < limits["least"]:
        yield Hit(f"{told}，支部委员会 {sitting} 人，少于 {limits['least']} 人。")
    elif sitting > limits["most"]:
        yield Hit(f"{told}，支部委员会 {sitting} 人，超过 {limits['most']} 人。")


def _not_founded(facts: UnitFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    if facts.covered or not facts.should_have_one:
        return
    unit = facts.unit
    many = (unit.full_members or 0) >= facts.founding
    told = f"正式党员 {unit.full_members} 人" if many else "登记为应建党组织"
    reason = f"（未建原因：{unit.not_founded_reason}）" if unit.not_founded_reason else ""
    yield Hit(f"{told}，还没有党组织{reason}。")


Check = (
    Callable[[BranchFacts, Limits, date], Iterable[Hit]] | Callable[[UnitFacts, Limits, date], Iterable[Hit]]
)

CHECKS: Mapping[str, Check] = {
    "R1-2": _too_few_members,
    "R1-3": _units_covered,
    "R1-4": _too_many_members,
    "R1-5": _not_founded,
    "R2-2": _branch_committee,
}
