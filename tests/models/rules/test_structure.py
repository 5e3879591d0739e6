"""The structure table of a small office counted by hand, and what stands behind each number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from desktop.models.domain.posts import Post
from desktop.models.rules.facts import Member, Reserve, VillageFacts
from desktop.models.rules.structure import StructureTable, behind, structure
from desktop.models.rules.structure_columns import COLUMN, COLUMNS, SOURCES, By, Count, Population
from tests.models.rules.villages import HEAD, ON, PARTY, VILLAGERS, member, person, term, village

BOTH_TERMS = (term(PARTY, start="2021-11"), term(VILLAGERS, start="2021-12"))
D = Decimal

# 石桥村 (东升镇), 5 posts approved, terms since 2021-11 and 2021-12. On 2026-11-24:
ZHANG = member(  # 54 (born May 1972), continuing: on the committee since 2016
    *HEAD, since="2021-12", name="张三", sex="1", birth="1972-05", ethnic_group="01", education="31", source="01",
    delegate="市党代表",
)._replace(begun=(("23", "2016-11"), ("11", "2021-11"), ("21", "2021-12")))  # fmt: skip
LI = member(  # 41 (born on 25 November 1984, 42 tomorrow), new with this term
    Post.PARTY_DEPUTY, Post.COMMITTEE_DEPUTY, since="2021-12", name="李四", sex="2", birth="1984-11-25",
    ethnic_group="15", education="21", source="02",
)  # fmt: skip
WANG = member(  # 35 (36 in December), new in mid-term
    Post.PARTY_MEMBER, since="2024-06", name="王五", sex="1", birth="1990-12", ethnic_group="01", education="11",
    source="09", delegate="否",
)  # fmt: skip
ZHAO = member(  # supervises only: nobody of the two committees
    Post.SUPERVISORY_HEAD, since="2021-12", name="赵六", sex="1", birth="1960-01", education="71", source="08"
)
# 河口村 (东升镇), 2 approved and 3 there, no term written down
QIAN = member(  # 61
    Post.PARTY_SECRETARY, since="2021-12", name="钱七", sex="1", birth="1965-11", ethnic_group="01", education="71",
    source="06",
)  # fmt: skip
SUN = member(  # 60 in this very month
    Post.COMMITTEE_HEAD, since="2018-12", name="孙八", sex="1", birth="1966-11", education="61", source="12"
)
ZHOU = member(  # only the year of birth, no education, no source
    Post.COMMITTEE_MEMBER, since="2021-12", name="周九", sex="1", birth="1975"
)
# 桥南社区 (绣林街道), nothing approved; 李四 of 石桥村 serves here too, 吴十 alone besides
LI_TOO = Member(LI.person, frozenset((Post.COMMITTEE_MEMBER,)), (("23", "2018-12"),))
WU = member(  # 46
    Post.PARTY_SECRETARY, since="2022-03", name="吴十", sex="2", birth="1980-11", ethnic_group="01", education="41",
    source="03",
)  # fmt: skip

SHIQIAO = village(
    ZHANG, LI, WANG, ZHAO,
    code="421081106201", name="石桥村委会", approved_posts=5, terms=BOTH_TERMS, reserves=(person(), person()),
)  # fmt: skip
HEKOU = village(QIAN, SUN, ZHOU, code="421081106202", name="河口村委会", approved_posts=2)
QIAONAN = village(
    LI_TOO, WU,
    code="421081001001", name="桥南居委会", kind="community", parent="421081001000", township="绣林街道",
    terms=BOTH_TERMS,
)  # fmt: skip
OFFICE = (SHIQIAO, HEKOU, QIAONAN)


def counted(table: StructureTable, row: int | None = None) -> dict[str, object]:
    """A row's values, or the total's, by column."""
    line = table.total if row is None else table.rows[row]
    return {column.name: line.values[column.name] for column in COLUMNS}


def expected(**values: object) -> dict[str, object]:
    """The values of a row: nought where nothing is said."""
    return {column.name: 0 for column in COLUMNS} | values


def test_a_village_counted_by_hand() -> None:
    # 张三 李四 王五; 赵六 is only in the 监委会
    assert counted(structure(OFFICE, ON), 0) == expected(
        teams=1,
        approved=5,
        people=3,
        vacancies=2,
        party=3,  # 张 李 王
        committee=2,  # 张 李
        crossed=2,  # 张 李
        crossed_share=D("66.7"),  # 2 of 3
        both_heads=1,  # 张
        both_heads_share=D(100),  # of one body
        women=1,  # 李
        teams_with_women=1,
        minority=1,  # 李
        age_35=1,  # 王, 35
        age_45=1,  # 李, 41
        age_55=1,  # 张, 54
        average_age=D("43.3"),  # (54 + 41 + 35) ÷ 3
        postgraduate=1,  # 王
        bachelor=1,  # 李
        college=1,  # 张
        college_share=D(100),
        residents=1,  # 张: 致富带头人
        returned=1,  # 李
        village_officials=1,  # 王
        continuing=1,  # 张: on the committee since 2016
        new=2,  # 李 with the term, 王 in the middle of it
        delegates=1,  # 张; 王's 否 is none
        reserves=2,
    )


def test_a_village_with_gaps_counted_by_hand() -> None:
    assert counted(structure(OFFICE, ON), 1) == expected(
        teams=1,
        approved=2,
        people=3,
        vacancies=0,  # one too many is no negative vacancy
        party=1,
        committee=2,
        crossed=0,
        crossed_share=D(0),
        both_heads=0,
        both_heads_share=D(0),
        age_60=1,  # 孙, 60 this month
        age_older=1,  # 钱, 61
        average_age=D("60.5"),  # of the two whose month of birth is known
        high_school=1,  # 孙
        middle_school=1,  # 钱
        college_share=D(0),
        business_heads=2,  # 钱 农民专业合作社负责人, 孙 企业负责人
    )


def test_a_community_where_nothing_is_approved() -> None:
    # 李四 is new in 石桥村 and continues here, on the committee since 2018
    assert counted(structure(OFFICE, ON), 2) == expected(
        teams=1,
        approved=None,
        people=2,
        vacancies=None,
        party=1,
        committee=1,
        crossed_share=D(0),
        both_heads_share=D(0),
        women=2,
        teams_with_women=1,
        minority=1,
        age_45=1,
        age_55=1,  # 吴, 46
        average_age=D("43.5"),  # (41 + 46) ÷ 2
        bachelor=1,
        high_school=1,
        college_share=D(50),
        returned=1,
        graduates=1,
        continuing=1,
        new=1,
    )


def test_the_total_counts_somebody_of_two_villages_once() -> None:
    # 3 + 3 + 2 lines, 7 people: 张 李 王 · 钱 孙 周 · 吴
    assert counted(structure(OFFICE, ON)) == expected(
        teams=3,
        approved=7,  # 5 + 2, of those set
        people=7,
        vacancies=2,  # a surplus elsewhere fills none
        party=5,  # 张 李 王 钱 吴
        committee=4,  # 张 李 孙 周
        crossed=2,  # 张 李
        crossed_share=D("28.6"),  # 2 of 7
        both_heads=1,
        both_heads_share=D("33.3"),  # 1 of 3 bodies
        women=2,  # 李 吴
        teams_with_women=2,
        minority=1,
        age_35=1,
        age_45=1,
        age_55=2,  # 张 吴
        age_60=1,
        age_older=1,
        average_age=D("49.5"),  # (54 + 41 + 35 + 61 + 60 + 46) ÷ 6
        postgraduate=1,
        bachelor=1,
        college=1,
        high_school=2,
        middle_school=1,
        college_share=D("42.9"),  # 3 of 7
        residents=1,
        business_heads=2,
        returned=1,
        graduates=1,
        village_officials=1,
        continuing=2,  # 张, and 李 who continues in 桥南社区
        new=2,  # 王 吴
        delegates=1,
        reserves=2,
    )


def test_rows_by_township_are_those_of_their_villages() -> None:
    table = structure(OFFICE, ON, By.TOWNSHIP)

    assert [(row.code, row.name) for row in table.rows] == [
        ("421081106000", "东升镇"),
        ("421081001000", "绣林街道"),
    ]
    assert counted(table, 0) == expected(
        teams=2,
        approved=7,
        people=6,
        vacancies=2,
        party=4,
        committee=4,
        crossed=2,
        crossed_share=D("33.3"),
        both_heads=1,
        both_heads_share=D(50),
        women=1,
        teams_with_women=1,
        minority=1,
        age_35=1,
        age_45=1,
        age_55=1,
        age_60=1,
        age_older=1,
        average_age=D("50.2"),  # 251 ÷ 5
        postgraduate=1,
        bachelor=1,
        college=1,
        high_school=1,
        middle_school=1,
        college_share=D(50),
        residents=1,
        business_heads=2,
        returned=1,
        village_officials=1,
        continuing=1,
        new=2,
        delegates=1,
        reserves=2,
    )
    assert counted(table) == counted(structure(OFFICE, ON))


def test_secretaries_alone() -> None:
    # 张三 54, 钱七 61, 吴十 46; one secretary a body is due
    office = (_with_aims(SHIQIAO, "1", "2"), HEKOU, QIAONAN)
    assert counted(structure(office, ON, population=Population.SECRETARIES)) == expected(
        teams=3,
        approved=3,
        people=3,
        vacancies=0,
        party=3,
        committee=1,
        crossed=1,
        crossed_share=D("33.3"),
        both_heads=1,
        both_heads_share=D("33.3"),
        women=1,
        teams_with_women=1,
        age_55=2,
        age_older=1,
        average_age=D("53.7"),  # 161 ÷ 3
        college=1,
        high_school=1,
        middle_school=1,
        college_share=D("33.3"),
        residents=1,
        business_heads=1,
        graduates=1,
        continuing=1,
        new=1,
        delegates=1,
        reserves=1,  # the one who is to become secretary
    )


def _with_aims(facts: VillageFacts, *aims: str) -> VillageFacts:
    reserves = (Reserve(each.person, aim) for each, aim in zip(facts.reserves, aims, strict=True))
    return replace(facts, reserves=tuple(reserves))


def test_a_village_without_a_secretary_is_a_vacancy_among_secretaries() -> None:
    office = (SHIQIAO, village(SUN, code="421081106203"))
    table = structure(office, ON, population=Population.SECRETARIES)
    assert (table.total.values["approved"], table.total.values["vacancies"]) == (2, 1)
    assert behind(table.total, "vacancies").divisions == ("421081106203",)


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("population", Population)
def test_the_people_behind_a_number_are_as_many_as_it_says(by: By, population: Population) -> None:
    table = structure(OFFICE, ON, by, population)
    for row in (*table.rows, table.total):
        for column in COLUMNS:
            found = behind(row, column.name)
            if column.count is Count.PEOPLE:
                assert len({person_id for person_id, _ in found.keys}) == row.values[column.name], column.name
            elif column.count in (Count.TEAMS, Count.WITH_WOMEN):
                assert len(found.divisions) == row.values[column.name]


def test_behind_a_share_stand_those_who_are_the_part() -> None:
    total = structure(OFFICE, ON).total
    assert behind(total, "crossed_share") == behind(total, "crossed")
    assert {key[0] for key in behind(total, "college_share").keys} == {
        each.person.id for each in (ZHANG, LI, WANG)
    }


def test_behind_vacancies_stand_the_villages_that_have_them() -> None:
    total = structure(OFFICE, ON).total
    assert behind(total, "vacancies").divisions == (SHIQIAO.division.code,)
    assert behind(total, "approved").divisions == (SHIQIAO.division.code, HEKOU.division.code)


def test_somebody_new_in_one_village_who_continues_in_another_is_behind_one_number_only() -> None:
    total = structure(OFFICE, ON).total
    assert (LI.person.id, SHIQIAO.division.code) not in behind(total, "new").keys
    assert (LI.person.id, QIAONAN.division.code) in behind(total, "continuing").keys


def test_sums_close() -> None:
    values = structure(OFFICE, ON).total.values

    def numbers(*names: str) -> int:
        return sum(int(values[name] or 0) for name in names)

    assert numbers("party", "committee") - numbers("crossed") == numbers("people")
    ages = numbers("age_35", "age_45", "age_55", "age_60", "age_older", "age_unknown")
    schools = ("postgraduate", "bachelor", "college", "high_school", "middle_school", "education_unknown")
    sources = numbers(*(source.name for source in SOURCES), "source_unknown")
    tenures = numbers("new", "continuing", "tenure_unknown")
    assert ages == numbers(*schools) == sources == tenures == numbers("people")


def test_age_is_of_the_day_the_figures_are_of() -> None:
    tomorrow = structure((SHIQIAO,), date(2026, 11, 25)).total.values
    assert tomorrow["average_age"] == D("43.7")  # 李四 is 42: 131 ÷ 3


def test_a_person_alone_at_each_border_of_age() -> None:
    bands = {
        birth: next(
            name
            for name in ("age_35", "age_45", "age_55", "age_60", "age_older")
            if structure((village(member(*HEAD, birth=birth)),), ON).total.values[name]
        )
        for birth in ("1990-12", "1990-11", "1980-12", "1980-11", "1970-12", "1970-11", "1965-12", "1965-11")
    }
    assert list(bands.values()) == [
        *("age_35", "age_45", "age_45", "age_55", "age_55", "age_60", "age_60", "age_older")
    ]


def test_notes_give_the_definitions_and_say_what_was_not_counted() -> None:
    notes = "\n".join(structure(OFFICE, ON).notes())
    assert "同一人同时任党组织书记（非第一书记）与村（居）委会主任" in notes
    assert "按人头去重" in notes
    assert "统计截止日周岁" in notes
    assert "最高学历" in notes
    assert "出生年月不全 1 人，学历未填 1 人，身份类别未填 1 人，届次或任职时间未登记 3 人" in notes


def test_an_office_without_people_has_no_averages() -> None:
    total = structure((village(),), ON).total
    assert (total.values["average_age"], total.values["crossed_share"]) == (None, None)
    assert total.values["both_heads_share"] == D(0)  # of one body
    assert COLUMN["average_age"].show(None) == ""


def test_shares_are_shown_as_percent() -> None:
    assert [COLUMN["college_share"].show(D(text)) for text in ("42.9", "100.0", "0.0")] == [
        "42.9%",
        "100%",
        "0%",
    ]
    assert COLUMN["average_age"].show(D("44.0")) == "44.0"
