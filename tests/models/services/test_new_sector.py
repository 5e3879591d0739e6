"""The registers of the new sector: a unit's line with the party organisation and instructor behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.database.records import Records
from desktop.models.domain.credit_code import credit_check_character
from desktop.models.registers.checklist import Grading
from desktop.models.registers.listing import Line
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.sector_listings import NEW_SECTOR
from desktop.models.rules.coverage import Base, By
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.new_sector import HeldRecordError
from desktop.models.services.registers import RegisterService
from desktop.office import Office
from tests.offices import CITY, TODAY, opened, whole_office

ALL = RosterQuery(on=TODAY)


def credit_code(number: int) -> str:
    first_17 = f"91421099MA{number:07d}"
    return first_17 + credit_check_character(first_17)


def unit(office: Office, name: str, **typed: str) -> str:
    return units(office).add({"name": name, **typed}, TODAY)


def units(office: Office) -> RegisterService:
    return office.registers["organization"]


def texts(service: RegisterService, key: str) -> dict[str, str]:
    """Every cell of a line as shown, by column; empty ones left out."""
    line = service.rows([key], TODAY)[0]
    shown = {field.name: service.text(line, field.name, whole=True) for field in service.fields}
    return {name: text for name, text in shown.items() if text}


def shown(office: Office, register: str, chip: str = "all", search: str = "") -> list[str]:
    """The first column of a list."""
    service = office.registers[register]
    lines = service.rows(service.keys(RosterQuery(on=TODAY, chip=chip, search=search)), TODAY)
    return [service.text(line, service.fields[0].name, whole=True) for line in lines]


def why(office: Office) -> str:
    return office.history.recent(1)[0].why


def test_a_unit_lies_in_a_community_or_in_the_township_itself(office: Office) -> None:
    here = unit(office, "禾汀纺织有限公司", village="焦山河社区")
    there = unit(office, "岚湄商行")  # a township's office need not say so

    assert (texts(units(office), here)["village"], texts(units(office), here)["township"]) == (
        "焦山河社区",
        "东升镇",
    )
    assert (texts(units(office), there)["village"], texts(units(office), there)["township"]) == (
        "东升镇",
        "东升镇",
    )
    units(office).set_cell(here, "village", "东升镇", TODAY)
    units(office).set_cell(there, "village", "焦山河", TODAY)
    assert texts(units(office), here)["village"] == "东升镇"
    assert texts(units(office), there)["village"] == "焦山河社区"


def test_a_citys_office_asks_where_a_unit_lies(tmp_path: Path) -> None:
    with opened(tmp_path / "city", level="city") as office:
        with pytest.raises(InvalidValueError, match="所在社区或乡镇不能空着"):
            unit(office, "禾汀纺织有限公司")
        key = unit(office, "禾汀纺织有限公司", township="桃花山镇")

        assert texts(units(office), key)["village"] == "桃花山镇"


def test_a_name_of_a_party_organisation_makes_it_and_is_found_again(office: Office) -> None:
    one = unit(office, "禾汀纺织有限公司", branch="禾汀联合党支部", form="联合", secretary="李芳")
    other = unit(office, "岚湄商行", branch="禾汀联合党支部", founded="2023.05", secretary="王明")

    assert shown(office, "party_branch") == ["禾汀联合党支部"]
    assert (
        texts(units(office), other)["secretary"] == "李芳"
    )  # what is known is not overwritten by a new line
    assert texts(units(office), one)["founded"] == "2023.05"  # what was not is filled
    office.history.undo()
    assert "founded" not in texts(units(office), one)


def test_the_same_name_in_another_township_is_another_party_organisation(tmp_path: Path) -> None:
    with opened(tmp_path / "city", level="city") as office:
        unit(office, "禾汀纺织有限公司", township="桃花山镇", branch="联合党支部")
        unit(office, "岚湄商行", township="东升镇", branch="联合党支部")

        assert shown(office, "party_branch") == ["联合党支部", "联合党支部"]


def test_editing_the_secretary_edits_the_record_and_says_how_many_lines_it_touches(office: Office) -> None:
    keys = [unit(office, name, branch="禾汀联合党支部") for name in ("禾汀纺织", "岚湄商行", "棠岑商行")]

    reading = units(office).set_cell(keys[0], "secretary", "赵敏", TODAY)

    assert reading.problem == "“禾汀联合党支部”还管着另外 2 行，它们的“书记”也一起改了。"
    assert [texts(units(office), key)["secretary"] for key in keys] == ["赵敏"] * 3
    assert why(office) == "修改书记：东升镇 禾汀纺织"
    office.history.undo()
    assert not any("secretary" in texts(units(office), key) for key in keys)


def test_a_cell_of_nothing_behind_the_line_says_what_to_fill_first(office: Office) -> None:
    key = unit(office, "禾汀纺织")

    with pytest.raises(InvalidValueError, match="还没有党组织，请先填“党组织名称”"):
        units(office).set_cell(key, "secretary", "赵敏", TODAY)
    with pytest.raises(InvalidValueError, match="填了党组织的其他各栏，还要填“党组织名称”"):
        unit(office, "岚湄商行", secretary="赵敏")

    units(office).set_cell(key, "branch", "禾汀党支部", TODAY)
    assert units(office).set_cell(key, "secretary", "赵敏", TODAY).problem is None
    assert texts(units(office), key)["secretary"] == "赵敏"


def test_another_name_moves_the_unit_an_empty_one_lets_it_go(office: Office) -> None:
    one = unit(office, "禾汀纺织", branch="禾汀联合党支部", secretary="李芳")
    other = unit(office, "岚湄商行", branch="禾汀联合党支部")

    units(office).set_cell(other, "branch", "岚湄党支部", TODAY)
    assert "secretary" not in texts(units(office), other)
    units(office).set_cell(one, "branch", "", TODAY)

    assert texts(units(office), one)["has_branch"] == "否"
    assert shown(office, "party_branch", "empty") == ["禾汀联合党支部"]  # it stays until it is dissolved


def test_namesakes_are_told_apart_by_their_telephone(office: Office) -> None:
    one = unit(office, "禾汀纺织", instructor="王强", instructor_phone="19900000001")
    other = unit(office, "岚湄商行", instructor="王强", instructor_phone="19900000002")
    third = unit(office, "棠岑商行", instructor="王强", instructor_phone="19900000001")

    assert shown(office, "instructor") == ["王强", "王强"]
    linked = {line.key: line.record.instructor_id for line in units(office).rows([one, other, third], TODAY)}
    assert linked[one] == linked[third] != linked[other]
    with pytest.raises(InvalidValueError, match="指导员“王强”有 2 个"):
        unit(office, "兰芷商行", instructor="王强")


def test_an_instructor_of_several_townships_is_one_record(tmp_path: Path) -> None:
    with opened(tmp_path / "city", level="city") as office:
        who = {"instructor": "王强", "instructor_phone": "19900000001"}
        unit(office, "禾汀纺织", township="桃花山镇", **who)
        unit(office, "岚湄商行", township="东升镇", **who)

        assert [line.computed["units"] for line in lines(office, "instructor")] == [2]
        unit(office, "棠岑商行", township="调关镇", instructor="王强", instructor_phone="19900000002")
        unit(office, "兰芷商行", township="调关镇", **who)
        units_of = {line.record.phone: line.computed["units"] for line in lines(office, "instructor")}
        assert units_of == {"19900000001": 3, "19900000002": 1}


def test_a_dissolved_party_organisation_is_pointed_out_when_it_is_filled_in(office: Office) -> None:
    unit(office, "甲", branch="甲党支部")
    branches = office.registers["party_branch"]
    branches.set_cell(branches.keys(ALL)[0], "dissolved", "2026.10", TODAY)
    other = unit(office, "乙")

    reading = units(office).set_cell(other, "branch", "甲党支部", TODAY)

    assert reading.problem == "“甲党支部”在党组织台账里已经结束；还在的，请到那里把结束的时间清空。"
    assert texts(units(office), other)["branch"] == "甲党支部"
    assert shown(office, "party_branch") == ["甲党支部"]


def lines(office: Office, register: str) -> list[Line]:
    service = office.registers[register]
    return service.rows(service.keys(ALL), TODAY)


def test_the_same_credit_code_or_name_is_the_same_unit(office: Office) -> None:
    key = unit(office, "禾汀纺织", credit_code=credit_code(1), village="焦山河社区")

    with pytest.raises(InvalidValueError, match="已经有这一行了：焦山河社区 禾汀纺织"):
        unit(office, "换了名字", credit_code=credit_code(1))
    with pytest.raises(InvalidValueError, match="已经有这一行了"):
        unit(office, "禾汀纺织")
    other = unit(office, "岚湄商行")
    with pytest.raises(InvalidValueError, match="和另一行重复了"):
        units(office).set_cell(other, "name", "禾汀纺织", TODAY)
    units(office).set_cell(key, "name", "禾汀纺织有限公司", TODAY)
    assert shown(office, "organization") == ["岚湄商行", "禾汀纺织有限公司"]


def test_chips_tell_units_apart(office: Office) -> None:
    unit(office, "甲", branch="联合党支部", form="联合", full_members="1", instructor="王强")
    unit(office, "乙", full_members="3")
    unit(office, "丙", full_members="5", should_found="否")
    unit(office, "丁", should_found="是", instructor="王强")
    unit(office, "戊", full_members="4", closed="2026.10")

    assert shown(office, "organization", "covered") == shown(office, "organization", "joint") == ["甲"]
    assert sorted(shown(office, "organization", "missing")) == sorted(["乙", "丁"])
    assert sorted(shown(office, "organization", "no_instructor")) == sorted(["乙", "丙"])
    assert shown(office, "organization", "closed") == ["戊"]
    assert len(shown(office, "organization", "open")) == 4


def test_a_dissolved_organisation_and_an_ended_instructor_cover_nobody(office: Office) -> None:
    unit(office, "甲", branch="甲党支部", instructor="王强")
    branches, instructors = office.registers["party_branch"], office.registers["instructor"]
    branches.set_cell(branches.keys(ALL)[0], "dissolved", "2026.10", TODAY)
    instructors.set_cell(instructors.keys(ALL)[0], "end", "2026.11", TODAY)

    assert shown(office, "organization", "covered") == []
    assert shown(office, "organization", "no_instructor") == ["甲"]
    earlier = office.new_sector.coverage(date(2026, 9, 30)).total
    now = office.new_sector.coverage(TODAY).total
    assert (earlier.covered, earlier.reached) == (1, 1)
    assert (now.covered, now.reached) == (0, 0)


def test_a_line_is_found_by_name_pinyin_code_secretary_and_telephone(office: Office) -> None:
    unit(office, "禾汀纺织", credit_code=credit_code(1), branch="甲党支部", secretary="单小伟")
    unit(office, "岚湄商行", head="李芳", head_phone="19900000077")

    for typed in ("禾汀", "汀纺", "htfz", "hetingfangzhi", credit_code(1)[-8:], "单小伟", "sxw", "甲党支部"):
        assert shown(office, "organization", search=typed) == ["禾汀纺织"], typed
    for typed in ("lanmei", "lf", "9900000077"):
        assert shown(office, "organization", search=typed) == ["岚湄商行"], typed


def test_visits_belong_to_an_instructor_and_are_counted_for_unit_and_instructor(office: Office) -> None:
    key = unit(office, "禾汀纺织", instructor="王强")
    visits, instructor = office.registers["visit"], office.registers["instructor"].keys(ALL)[0]

    visits.add({"day": "5月4日", "instructor": "王强", "organization": "禾汀纺织", "matter": "看望"}, TODAY)
    visits.add({"day": "2025.12.30", "organization": "禾汀纺织"}, TODAY, owner_id=instructor)

    assert shown(office, "visit") == ["2026.05.04", "2025.12.30"]
    assert texts(units(office), key)["visits"] == "1"  # this year's
    assert [line.record.matter for line in visits.of_owner(instructor, TODAY)] == ["看望", None]
    assert texts(visits, visits.keys(ALL)[0])["township"] == "东升镇"
    with pytest.raises(InvalidValueError, match="没有找到单位“不在册”"):
        visits.add({"day": "5.6", "instructor": "王强", "organization": "不在册"}, TODAY)
    with pytest.raises(InvalidValueError, match="已经有这一行了"):
        visits.add({"day": "2026.5.4", "instructor": "王强", "organization": "禾汀纺织"}, TODAY)


def test_what_has_a_history_is_ended_not_removed(office: Office) -> None:
    unit(office, "禾汀纺织", branch="禾汀党支部", instructor="王强")
    office.registers["visit"].add({"day": "5.4", "instructor": "王强", "organization": "禾汀纺织"}, TODAY)
    branches, instructors = office.registers["party_branch"], office.registers["instructor"]
    branch, instructor = branches.keys(ALL)[0], instructors.keys(ALL)[0]
    with office._store.change("试验"):
        grading = Grading(id="g", branch_id=branch, period="2026H1", grade="A", decided="2026-07-01")
        Records(office._store).insert_many([grading])

    with pytest.raises(HeldRecordError, match=r"“王强”有 1 次走访记录.*结束时间"):
        instructors.remove([instructor])
    with pytest.raises(HeldRecordError, match=r"“禾汀党支部”有 1 次定级.*撤销时间"):
        branches.remove([branch])
    with pytest.raises(HeldRecordError, match=r"“禾汀纺织”有 1 次走访记录.*注销"):
        units(office).remove(units(office).keys(ALL))
    assert texts(branches, branch)["grade"] == "A 类 2026.07.01"
    assert texts(units(office), units(office).keys(ALL)[0])["grade"] == "A 类 2026.07.01"


def test_what_was_entered_by_mistake_goes_and_its_units_stay(office: Office) -> None:
    key = unit(office, "禾汀纺织", branch="录错党支部", instructor="录错人")

    for register in ("party_branch", "instructor"):
        service = office.registers[register]
        assert service.remove(service.keys(ALL)) == 1
    left = texts(units(office), key)

    assert "branch" not in left
    assert "instructor" not in left
    office.history.undo()
    office.history.undo()
    assert texts(units(office), key)["branch"] == "录错党支部"


@pytest.mark.parametrize("listing", NEW_SECTOR, ids=lambda listing: listing.name)
def test_every_column_of_the_new_sector_sorts_filters_and_counts(office: Office, listing: object) -> None:
    for name, typed in (
        ("甲", {"branch": "甲党支部", "form": "单独", "instructor": "王强", "village": "焦山河社区"}),
        ("乙", {"head": "李芳", "full_members": "2", "kind": "社会组织"}),
    ):
        unit(office, name, **typed)
    office.registers["visit"].add({"day": "5.4", "instructor": "王强", "organization": "甲"}, TODAY)
    service = office.registers[listing.name]  # type: ignore[attr-defined]  # a Listing, named by pytest
    keys = service.keys(ALL)
    assert keys

    for field in service.fields:
        facet = service.facet(field.name, ALL)
        assert sum(number for _, number in facet) == len(keys)
        for descending in (False, True):
            sort = RosterQuery(on=TODAY, sort=(field.name, descending))
            assert sorted(service.keys(sort)) == sorted(keys)
        for text, number in facet:
            query = RosterQuery(on=TODAY, filters=((field.name, frozenset({text})),))
            found = service.rows(service.keys(query), TODAY)
            assert len(found) == number
            assert {service.text(line, field.name, whole=False) for line in found} == {text}
    for chip, number in service.chips(ALL).items():
        assert len(service.keys(RosterQuery(on=TODAY, chip=chip))) == number


def test_titles_follow_the_word_of_the_office(office: Office) -> None:
    assert units(office).title == "两新组织台账"
    assert (office.settings.sector_word, office.settings.sector_department) == ("两新", "市委社会工作部")

    office.settings.sector_word = " 新兴领域 "
    office.settings.sector_department = "市委组织部"

    assert units(office).title == "新兴领域组织台账"
    assert office.settings.worded("两新党组织") == "新兴领域党组织"
    assert office.settings.sector_department == "市委组织部"
    office.settings.sector_word = ""
    assert units(office).title == "两新组织台账"


def test_the_sample_city_covers_what_its_numbers_say(tmp_path: Path) -> None:
    with whole_office(tmp_path / "city", CITY) as office:
        table = office.new_sector.coverage(TODAY, By.AREA)
        assert (len(table.rows), table.total.units, table.total.covered) == (8, 340, 38)
        assert table.total.party_rate == "82.6%"
        assert (len(shown(office, "party_branch")), len(shown(office, "instructor"))) == (13, 311)
        assert shown(office, "instructor", "idle") == []
        office.new_sector.base = Base.ABOVE_SCALE
        assert 0 < office.new_sector.coverage(TODAY).total.units < 340


def test_the_health_check_tells_of_party_organisations_and_units(office: Office) -> None:
    unit(office, "甲", branch="甲党支部", form="单独", full_members="2", village="焦山河社区")
    unit(office, "乙", full_members="4")
    unit(office, "丙", full_members="4", closed="2026.05")

    report = office.health.check(TODAY)
    found = [each for each in report.findings if each.about and each.rule.id.startswith("R")]

    assert [(each.rule.id, each.subject, each.division.short_name) for each in found] == [
        ("R1-2", "甲党支部", "焦山河社区"),
        ("R1-5", "乙", "东升镇"),
    ]
    village = office.divisions.names().village("焦山河").code
    within = office.health.check(TODAY, village).findings
    assert {each.subject for each in within if each.about} == {"甲党支部"}


def test_the_history_tells_of_every_record_that_a_line_made(office: Office) -> None:
    unit(office, "禾汀纺织", branch="禾汀党支部", instructor="王强")

    told = office.history.details(office.history.recent(1)[0].seq)

    assert {(each.field, each.new) for each in told} >= {
        ("组织名称", "禾汀纺织"),
        ("党组织名称", "禾汀党支部"),
        ("姓名", "王强"),
    }


def test_the_number_of_members_that_founds_is_the_rules_wherever_it_counts(office: Office) -> None:
    unit(office, "甲", full_members="3")
    assert shown(office, "organization", "missing") == ["甲"]

    office.health.set_rule("R1-5", limits={"least": 4})

    table = office.new_sector.coverage(TODAY)
    assert shown(office, "organization", "missing") == []
    assert table.total.should == 0
    assert "正式党员 4 人以上" in table.notes()[1]
    assert not any(each.rule.id == "R1-5" for each in office.health.check(TODAY).findings)


def test_the_base_of_rates_is_a_choice_that_is_taken_back_like_any_change(office: Office) -> None:
    unit(office, "甲", above_scale="是")
    unit(office, "乙")

    office.new_sector.base = Base.ABOVE_SCALE

    assert (office.new_sector.coverage(TODAY).total.units, why(office)) == (1, "覆盖率统计范围改为规上单位")
    office.history.undo()
    assert office.new_sector.coverage(TODAY).total.units == 2
