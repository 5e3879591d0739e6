"""Rates of party building in the new sector: what is counted, by what, and the words below the table."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.models.registers.division import Division
from desktop.models.registers.new_sector import Organization
from desktop.models.rules.coverage import Base, By, Coverage, CoverageTable, coverage
from desktop.models.rules.new_sector import UnitFacts

TOWN = Division(code="421081106000", name="东升镇", kind="township", parent="421081000000", position=9)
COMMUNITY = Division(code="421081106003", name="焦山河居委会", kind="community", parent=TOWN.code, position=3)


def unit(
    *,
    covered: bool = False,
    instructed: bool = False,
    division: Division = TOWN,
    township: str = "东升镇",
    **fields: Any,
) -> UnitFacts:
    known = {"id": "o", "division_code": division.code, "name": "禾汀纺织"} | fields
    return UnitFacts(
        division=division,
        township=township,
        unit=Organization(**known),
        covered=covered,
        instructed=instructed,
        founding=3,
    )


def rates(units: list[UnitFacts], by: By, base: Base = Base.ALL) -> CoverageTable:
    return coverage(units, by, base, 3, serving=4)


def numbers(table: CoverageTable) -> dict[str, tuple[int, int, int, int]]:
    """Units, those that should, those covered, those reached: by line."""
    return {row.label: (row.units, row.should, row.covered, row.reached) for row in table.rows}


@pytest.mark.parametrize(
    ("facts", "should"),
    [
        (unit(full_members=3), True),
        (unit(full_members=2), False),
        (unit(), False),
        (unit(full_members=0, should_found="1"), True),
        (unit(full_members=9, should_found="0"), False),
        (unit(full_members=0, covered=True), True),
        (unit(should_found="0", covered=True), True),
    ],
)
def test_a_unit_should_have_one_as_it_is_marked_else_by_its_members_or_has_one(
    facts: UnitFacts, should: bool
) -> None:
    assert facts.should_have_one is should


def test_both_rates_have_denominators_of_their_own() -> None:
    units = [
        unit(covered=True, instructed=True),
        unit(covered=True),
        unit(full_members=4),
        unit(instructed=True),
        unit(),
    ]

    total = rates(units, By.TOWNSHIP).total

    assert total == Coverage("合计", units=5, should=3, covered=2, reached=3, instructors=1, instructed=2)
    assert (total.party_rate, total.work_rate) == ("66.7%", "60%")


def test_lines_go_by_place_kind_committee_or_area_and_what_is_not_filled_comes_last() -> None:
    units = [
        unit(area=None),
        unit(division=COMMUNITY, kind="1", area="商贸片区", industry_committee="个体协党委", covered=True),
        unit(township="桃花山镇", kind="2", area="物业片区", instructed=True),
        unit(kind="1", area="商贸片区"),
    ]

    assert numbers(rates(units, By.TOWNSHIP)) == {"东升镇": (3, 1, 1, 1), "桃花山镇": (1, 0, 0, 1)}
    assert numbers(rates(units, By.VILLAGE)) == {"东升镇": (3, 0, 0, 1), "焦山河社区": (1, 1, 1, 1)}
    assert numbers(rates(units, By.KIND)) == {
        "非公企业": (2, 1, 1, 1),
        "社会组织": (1, 0, 0, 1),
        "（没有填）": (1, 0, 0, 0),
    }
    assert list(numbers(rates(units, By.AREA))) == ["商贸片区", "物业片区", "（没有填）"]
    assert list(numbers(rates(units, By.COMMITTEE))) == ["个体协党委", "（没有填）"]


@pytest.mark.parametrize("by", By)
def test_lines_add_up_to_the_total_whatever_they_go_by(by: By) -> None:
    units = [
        unit(
            covered=number % 3 == 0, instructed=number % 2 == 0, full_members=number, kind=str(number % 3 + 1)
        )
        for number in range(9)
    ]

    table = rates(units, by)

    assert sum(row.units for row in table.rows) == table.total.units == 9
    assert sum(row.should for row in table.rows) == table.total.should
    assert sum(row.covered for row in table.rows) == table.total.covered == 3


def test_the_notes_print_the_denominators_and_the_definitions() -> None:
    table = rates(
        [
            unit(covered=True, instructed=True, instructor_id="i1"),
            unit(full_members=3),
            unit(instructed=True, instructor_id="i1"),
            unit(instructed=False, instructor_id="left"),
        ],
        By.TOWNSHIP,
    )

    assert table.notes() == (
        "统计范围：全部法人户 4 个；已注销或停业的不计。",
        "党组织覆盖率 = 已由党组织（含联合、行业、区域党组织）覆盖的单位 ÷ 应建单位。本表 1 ÷ 2 = 50%。"
        "应建单位：登记为应建党组织的；没有登记是否应建的，正式党员 3 人以上的；已由党组织覆盖的也计入。",
        "工作覆盖率 = 已由党组织覆盖或派有党建指导员的单位 ÷ 统计范围内全部单位。本表 2 ÷ 4 = 50%。",
        "党建指导员在任 4 人，其中 1 人指导本表单位 2 个，占 4 个单位的 50%"
        "（1 个已由党组织覆盖，1 个只派指导员）。指导多个单位的党建指导员，各行都计，合计只计一人。",
    )


def test_only_units_above_scale_are_counted_where_the_office_says_so_and_the_unknown_are_told() -> None:
    units = [unit(above_scale="1", covered=True), unit(above_scale="0"), unit(above_scale=None)]

    table = rates(units, By.TOWNSHIP, Base.ABOVE_SCALE)

    assert (table.total.units, table.left_out) == (1, 1)
    assert (
        table.notes()[0] == "统计范围：规上单位 1 个，另有 1 个没有填是否规上，未计入；已注销或停业的不计。"
    )


def test_where_there_is_nothing_to_divide_by_no_rate_is_printed() -> None:
    table = rates([], By.KIND)

    assert table.rows == ()
    assert (table.total.party_rate, table.total.work_rate) == ("", "")
    assert "本表 0 ÷ 0，没有可以相除的单位。" in table.notes()[1]
    assert table.notes()[3].startswith("党建指导员在任 4 人，其中 0 人指导本表单位 0 个（0 个")
