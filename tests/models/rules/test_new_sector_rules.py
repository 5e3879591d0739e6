"""Rules R1 and R2 on party organisations of the new sector, and on units that should have one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.models.registers.division import Division
from desktop.models.registers.new_sector import INDUSTRY, JOINT, SINGLE, Organization, PartyBranch
from desktop.models.rules.checks import Hit
from desktop.models.rules.health import CHECKS, AppliedRule, Facts, check
from desktop.models.rules.new_sector import BranchFacts, UnitFacts
from desktop.models.rules.rule import About, Severity, known_rules
from tests.models.rules.villages import village

ON = date(2026, 11, 24)
PLACE = Division(
    code="421081106003", name="焦山河居委会", kind="community", parent="421081106000", position=3
)


def unit(members: int | None, **others: Any) -> Organization:
    fields = {"id": "o-1", "division_code": PLACE.code, "name": "禾汀纺织有限公司"} | others
    return Organization(full_members=members, **fields)


def branch(form: str | None, *members: int | None, **others: Any) -> BranchFacts:
    """A party organisation of a form that covers a unit for each number of full members."""
    fields = {"id": "b-1", "division_code": PLACE.code, "name": "禾汀联合党支部"} | others
    units = tuple(unit(number) for number in members)
    return BranchFacts(
        division=PLACE, township="东升镇", branch=PartyBranch(form=form, **fields), units=units
    )


def alone(members: int | None, *, covered: bool = False, **others: Any) -> UnitFacts:
    """A unit of so many full members."""
    return UnitFacts(
        division=PLACE,
        township="东升镇",
        unit=unit(members, **others),
        covered=covered,
        instructed=False,
        founding=3,
    )


def found(rule_id: str, facts: Facts) -> list[Hit]:
    rule = next(rule for rule in known_rules() if rule.id == rule_id)
    assert facts.kind in rule.kinds
    return list(CHECKS[rule_id](facts, rule.limits, ON))


def words(rule_id: str, facts: Facts) -> list[str]:
    return [hit.words for hit in found(rule_id, facts)]


def test_a_branch_has_three_full_members_whatever_its_form() -> None:
    assert words("R1-2", branch(SINGLE, 2)) == ["单独组建，正式党员合计 2 人，不足 3 人。"]
    assert words("R1-2", branch(JOINT, 1, 1)) == ["联合组建，覆盖 2 个单位，正式党员合计 2 人，不足 3 人。"]
    assert words("R1-2", branch(None, 0)) == ["组建方式未填，正式党员合计 0 人，不足 3 人。"]
    assert words("R1-2", branch(SINGLE, 3)) == words("R1-2", branch(JOINT, 1, 1, 1)) == []


@pytest.mark.parametrize("facts", [branch(SINGLE, None), branch(JOINT, 1, None), branch(SINGLE)])
def test_members_that_are_not_known_are_not_judged(facts: BranchFacts) -> None:
    assert words("R1-2", facts) == words("R2-2", facts) == []


def test_a_joint_branch_covers_five_units_one_by_industry_more() -> None:
    assert words("R1-3", branch(JOINT, 1, 1, 1, 1, 1, 1)) == ["联合党支部覆盖 6 个单位，一般不超过 5 个。"]
    assert words("R1-3", branch(JOINT, 1, 1, 1, 1, 1)) == []
    assert words("R1-3", branch(INDUSTRY, 1, 1, 1, 1, 1, 1)) == []


def test_a_single_branch_that_covers_two_units_is_asked_about() -> None:
    (hit,) = found("R1-3", branch(SINGLE, 3, 4))

    assert hit.words == "登记为单独组建，却覆盖 2 个单位，请核对组建方式。"
    assert hit.severity is Severity.WARNING


def test_more_than_fifty_members_are_pointed_out_as_far_as_they_are_known() -> None:
    assert words("R1-4", branch(SINGLE, 51)) == ["正式党员合计 51 人，支部一般不超过 50 人。"]
    assert words("R1-4", branch(JOINT, 51, None)) == ["正式党员合计 51 人，支部一般不超过 50 人。"]
    assert words("R1-4", branch(SINGLE, 50)) == []


def test_a_committee_follows_the_number_of_members() -> None:
    assert words("R2-2", branch(SINGLE, 7, committee_members=2)) == [
        "正式党员合计 7 人，支部委员会 2 人，少于 3 人。"
    ]
    assert words("R2-2", branch(SINGLE, 9, committee_members=8)) == [
        "正式党员合计 9 人，支部委员会 8 人，超过 7 人。"
    ]
    assert words("R2-2", branch(SINGLE, 6, committee_members=3)) == [
        "正式党员合计 6 人，不足 7 人，只设书记和副书记，登记支委 3 人。"
    ]
    assert words("R2-2", branch(SINGLE, 7, committee_members=3)) == []
    assert words("R2-2", branch(SINGLE, 6, committee_members=2)) == []
    assert words("R2-2", branch(SINGLE, 7)) == []


def test_a_unit_with_three_full_members_or_marked_so_should_have_a_party_organisation() -> None:
    assert words("R1-5", alone(3, not_founded_reason="正在筹建")) == [
        "正式党员 3 人，还没有党组织（未建原因：正在筹建）。"
    ]
    assert words("R1-5", alone(None, should_found="1")) == ["登记为应建党组织，还没有党组织。"]
    assert words("R1-5", alone(2)) == words("R1-5", alone(5, should_found="0")) == []
    assert words("R1-5", alone(5, covered=True)) == []


def test_a_finding_says_which_party_organisation_it_is_about_and_where_that_lies() -> None:
    rules = [
        AppliedRule(rule=rule, limits=rule.limits) for rule in known_rules() if rule.id in ("R1-2", "R6-2")
    ]

    report = check([village()], rules, ON, [branch(SINGLE, 2), alone(5)])

    (finding,) = report.findings
    assert finding.about == About("party_branch", "b-1", "禾汀联合党支部")
    assert (finding.subject, finding.division, finding.township) == ("禾汀联合党支部", PLACE, "东升镇")
    assert [line.words for line in report.lines()] == ["单位党组织党员不足：1 个党组织"]
