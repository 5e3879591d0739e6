"""“四个一” of the invented city, counted by hand: 81 secretaries, 324 activities, four each.

Numbered from 0 in the local order, of nine in a row: all had 工作交流; 实地指导 of number 8 is planned; 集中学习 of
number 7 was cancelled, that of number 0 was number 1's too; 参观学习 of numbers 0, 1, 2 is planned.
81 = 9 × 9, so held are 81, 72, 72, 54: 279 of 324, 86.1 %; complete are numbers 3, 4, 5, 6: 36 secretaries.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from desktop.models.domain.names import pinyin_of
from desktop.models.domain.periods import Period, PeriodKind
from desktop.models.registers.activity import Attendance
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.term import TermOfOffice
from desktop.models.rules.four_ones import CellState, missing_by_kind
from desktop.models.services.sample_four_ones import sample_four_ones
from desktop.office import Office
from tests.offices import CITY, TODAY, TOWNSHIP, opened

YEAR = Period(2026, 1, PeriodKind.YEAR)
ALL = RosterQuery(on=TODAY)


def test_the_city_has_81_secretaries_and_324_activities(city: Office) -> None:
    activities = city.activities.records()

    assert len(city.managed_secretaries.records()) == 81
    assert Counter(each.kind for each in city.managed_secretaries.records()) == {"1": 54, "2": 27}
    assert len(city.mentoring.records()) == 81 + 9
    assert len(activities) == 324
    assert Counter((each.kind, each.state) for each in activities) == {
        ("1", "1"): 81,
        ("2", "1"): 72,
        ("2", "0"): 9,
        ("3", "1"): 72,
        ("3", "2"): 9,
        ("4", "1"): 54,
        ("4", "0"): 27,
    }


def test_the_matrix_and_completion_are_as_counted_by_hand(city: Office) -> None:
    matrix = city.four_ones.matrix(YEAR, TODAY)

    assert [kind.name for kind in matrix.kinds] == ["工作交流", "实地指导", "集中学习", "参观学习"]
    assert len(matrix.rows) == 81
    assert (matrix.total.done, matrix.total.wanted) == ((81, 72, 72, 54), (81, 81, 81, 81))
    assert (matrix.total.complete, round(matrix.total.rate or 0, 1)) == (36, 86.1)
    done, open_, planned = CellState.DONE, CellState.OPEN, CellState.PLANNED
    assert [[cell.state for cell in row.cells] for row in matrix.rows[:9]] == [
        *([[done, done, done, planned]] * 3),
        *([[done] * 4] * 4),
        [done, done, open_, done],
        [done, planned, done, done],
    ]
    assert [len(row.cells[2].held) for row in matrix.rows[:9]] == [1, 2, 1, 1, 1, 1, 1, 0, 1]
    assert matrix.rows[7].cells[2].words == "未开展"
    assert matrix.rows[0].cells[3].words == "计划 2026.12.01"


def test_townships_sum_up_to_the_city_and_each_is_counted_by_itself(city: Office) -> None:
    matrix = city.four_ones.matrix(YEAR, TODAY)
    names = [row.subject.township for row in matrix.rows]

    assert [each.name for each in matrix.townships] == list(dict.fromkeys(names))
    assert sum(each.secretaries for each in matrix.townships) == 81
    assert tuple(map(sum, zip(*(each.done for each in matrix.townships), strict=True))) == (81, 72, 72, 54)
    for each in matrix.townships:
        places = [number % 9 for number, name in enumerate(names) if name == each.name]
        by_hand = (
            len(places),
            sum(place != 8 for place in places),
            sum(place != 7 for place in places),
            sum(place > 2 for place in places),
        )
        assert each.done == by_hand
        assert each.complete == sum(3 <= place <= 6 for place in places)


def test_a_township_sees_its_own(city: Office) -> None:
    matrix = city.four_ones.matrix(YEAR, TODAY, TOWNSHIP)

    assert {row.subject.township for row in matrix.rows} == {"东升镇"}
    assert (matrix.total.secretaries, len(matrix.townships)) == (len(matrix.rows), 1)


def test_kinds_and_lists_can_be_picked(city: Office) -> None:
    negative = city.four_ones.matrix(YEAR, TODAY, kinds=["4"], list_kind="2")

    assert [kind.name for kind in negative.kinds] == ["参观学习"]
    assert (negative.total.done, negative.total.wanted) == (
        (18,),
        (27,),
    )  # numbers 2, 5, 8 of nine; 2 is planned


@pytest.mark.parametrize(
    ("today", "words", "state"),
    [
        (date(2026, 12, 1), "未开展", CellState.OPEN),
        (date(2026, 12, 2), "未开展，还剩 29 天", CellState.URGENT),
        (date(2026, 12, 31), "未开展，今天截止", CellState.URGENT),
        (date(2027, 1, 1), "未开展，已逾期", CellState.OVERDUE),
    ],
)
def test_what_is_missing_turns_red_with_words_in_the_last_thirty_days(
    city: Office, today: date, words: str, state: CellState
) -> None:
    cell = city.four_ones.matrix(YEAR, today).rows[7].cells[2]

    assert (cell.words, cell.state, cell.is_red) == (words, state, state is not CellState.OPEN)


def test_who_lacks_what_is_known_by_kind(city: Office) -> None:
    matrix = city.four_ones.matrix(YEAR, date(2026, 12, 10))

    lacking = missing_by_kind(matrix)

    planned = [
        sum(bool(row.cells[place].planned) for row in rows) for place, rows in enumerate(lacking.values())
    ]
    assert [(kind.name, len(lacking[kind.code])) for kind in matrix.kinds] == [
        ("工作交流", 0),
        ("实地指导", 9),
        ("集中学习", 9),
        ("参观学习", 27),
    ]
    assert planned == [0, 9, 0, 27]


def test_last_years_gaps_are_overdue_in_the_new_year(city: Office) -> None:
    matrix = city.four_ones.matrix(YEAR, date(2027, 1, 5))

    assert sum(any(cell.state is CellState.OVERDUE for cell in row.cells) for row in matrix.rows) == 81 - 36


def test_the_chips_count_what_is_to_be_looked_at(city: Office) -> None:
    activities, pairs = city.activities.chips(ALL), city.mentoring.chips(ALL)
    problems = city.field_problems.chips(ALL)

    assert (activities["held"], activities["planned"], activities["no_photos"]) == (
        279,
        36,
        267,
    )  # the first twelve
    assert activities["unchecked"] == 9
    assert (pairs["running"], pairs["ended"]) == (87, 3)
    assert city.managed_secretaries.chips(ALL)["unmentored"] == 3  # numbers 4, 31, 58
    assert (problems["all"], problems["open"], problems["overdue"], problems["closed"]) == (27, 18, 9, 9)


def test_the_health_check_finds_what_is_missing_and_who_is_alone(city: Office) -> None:
    findings = city.health.check(date(2026, 12, 10)).findings
    by_rule: dict[str, list[str]] = {}
    for each in findings:
        if each.about and each.about.register == "managed_secretary":
            by_rule.setdefault(each.rule.id, []).append(each.words)

    assert {rule: len(words) for rule, words in by_rule.items()} == {
        "4Y-1": 45,
        "4Y-2": 3,
        "4Y-4": 9,
        "4Y-5": 78,  # all that was held with the first three has photos
        "4Y-6": 9,
    }
    assert Counter(by_rule["4Y-1"]) == {
        "2026年还没有开展参观学习，离期末还有 21 天。": 27,
        "2026年还没有开展实地指导，离期末还有 21 天。": 9,
        "2026年还没有开展集中学习，离期末还有 21 天。": 9,
    }
    assert all("次活动没有审核人" in words and "工作交流" in words for words in by_rule["4Y-6"])
    assert not [each for each in city.health.check(TODAY).findings if each.rule.id == "4Y-1"]


@pytest.mark.parametrize("name", ["managed_secretary", "mentoring", "activity", "field_problem"])
def test_every_column_can_be_sorted_and_filtered(city: Office, name: str) -> None:
    service = city.registers[name]
    keys = service.keys(ALL)

    for field in service.fields:
        facet = service.facet(field.name, ALL)
        assert sum(number for _, number in facet) == len(keys)
        text, number = facet[-1]
        query = RosterQuery(on=TODAY, filters=((field.name, frozenset({text})),), sort=(field.name, True))
        found = service.rows(service.keys(query), TODAY)
        assert len(found) == number
        if field.name != "posts":  # filtered by the reported posts, shown in the local wording
            assert {service.text(line, field.name, whole=False) for line in found} == {text}


def test_activities_are_found_by_who_was_there_by_theme_and_by_village(city: Office) -> None:
    subject = city.four_ones.matrix(YEAR, TODAY).rows[1].subject  # 解红, of four activities and a joint one
    place = subject.division.short_name

    for typed in (subject.person.name, "".join(pinyin_of(subject.person.name))):
        found = city.activities.rows(city.activities.keys(RosterQuery(on=TODAY, search=typed)), TODAY)
        assert sum(subject.person.name in str(line.computed["secretaries"]) for line in found) >= 5
    assert len(city.activities.keys(RosterQuery(on=TODAY, search=place))) == 4
    assert len(city.activities.keys(RosterQuery(on=TODAY, search="先进村产业"))) == 81


def test_the_calendar_has_every_activity_of_the_month_once(city: Office) -> None:
    days = city.four_ones.calendar(2026, 12)

    assert sum(len(lines) for lines in days.values()) == 36
    assert {line.record.state for lines in days.values() for line in lines} == {"0"}
    assert min(days) == date(2026, 12, 1)
    assert city.four_ones.calendar(2026, 12, TOWNSHIP).keys() <= days.keys()


def test_who_comes_next_lacks_the_kind_too(city: Office) -> None:
    matrix = city.four_ones.matrix(YEAR, TODAY)

    after = city.four_ones.next_without(matrix, "3", matrix.rows[7].subject.person.id)

    assert after is not None
    assert after.subject.person.id == matrix.rows[16].subject.person.id
    assert city.four_ones.next_without(matrix, "1", None) is None


def test_an_activity_of_another_village_is_found_by_its_second_secretary(city: Office) -> None:
    second = city.four_ones.matrix(YEAR, TODAY).rows[1].subject
    joint = city.activities._records.select(Attendance, person_id=second.person.id)
    found = city.four_ones.between(YEAR.start, YEAR.end, second.division.code)

    assert len(joint) == 5
    assert sorted(each.activity_id for each in joint) == sorted(line.key for line in found)
    assert {line.division.code for line in found if line.division} - {second.division.code}


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29)])
def test_the_sample_fits_any_day(city: Office, today: date) -> None:
    records = city.activities._records

    made = sample_four_ones(
        city.divisions.under(CITY), records.select(Person), records.select(TermOfOffice), today
    )

    assert len(made.activities) == 324
    for each in made.activities:
        assert each.start[:4] == str(today.year)
        assert (each.start[:10] <= today.isoformat()) or each.state == "0"


@pytest.mark.parametrize("left_out", [(), ("village", "township")])
def test_a_whole_city_goes_out_as_a_workbook_and_comes_back_the_same(
    tmp_path: Path, left_out: tuple[str, ...]
) -> None:
    with opened(tmp_path / "office", level="city", filled=True) as office:
        divisions, records = office.divisions.under(CITY), office.activities._records
        sample = sample_four_ones(divisions, records.select(Person), records.select(TermOfOffice), TODAY)
        with office._store.change("演示"):
            for some in sample.records:
                records.insert_many(some)
        before = office.four_ones.matrix(YEAR, TODAY).total
        file = tmp_path / "活动.xlsx"
        office.activities.export(
            file, ALL, [field.name for field in office.activities.fields if field.name not in left_out]
        )
        office.activities.remove(office.activities.keys(ALL))
        assert office.four_ones.matrix(YEAR, TODAY).total.done == (0, 0, 0, 0)
        rows = office.register_imports.read("activity", [file])

        result = office.register_imports.apply("activity", rows, TODAY, file.name)

        assert [line for line in result.plan.lines if line.problems or line.remark] == []
        assert office.four_ones.matrix(YEAR, TODAY).total == before
        assert office.register_imports.apply("activity", rows, TODAY, file.name).seq is None
