"""Structure statistics of real offices, against counting the same people by hand and by another program."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from desktop.models.database.records import Records
from desktop.models.registers.committee_term import CommitteeTerm
from desktop.models.registers.person import Person
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.registers.roster import RosterQuery, RosterRow
from desktop.models.registers.term import TermOfOffice
from desktop.models.rules.structure import StructureRow
from desktop.models.rules.structure_columns import COLUMNS, By, Population
from desktop.office import Office
from tests.offices import TODAY, TOWNSHIP, VILLAGE, member, opened

TWO = {"11", "12", "13", "21", "22", "23"}
LIVING_AREA = "421081106400"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The city's sample with terms of committees, approved posts and reserves; nobody here changes it."""
    with opened(tmp_path_factory.mktemp("city") / "office", level="city", filled=True) as office:
        deepen(office)
        yield office


def deepen(office: Office) -> None:
    """Give every village a term, every other one approved posts, every fifth person of the roster a place in reserve."""
    records = Records(office._store)
    villages = [d for d in office.divisions.all().values() if d.kind in ("village", "community")]
    rows = roster(office)
    with office._store.change("试验"):
        records.insert_many(
            CommitteeTerm(id=f"{d.code}-{body}", division_code=d.code, committee=body, start="2021-11")
            for d in villages
            for body in ("1", "2")
        )
        records.insert_many(
            ReserveCadre(
                id=f"reserve-{number}",
                person_id=row.person.id,
                division_code=row.division.code,
                aim=str(number % 2 + 1),
                entered="2024-05",
                left="2025-01" if number % 3 == 0 else None,
            )
            for number, row in enumerate(rows[::5])
        )
    for number, division in enumerate(villages):
        if number % 2:
            office.divisions.update(division.code, approved_posts=6)


def roster(office: Office, unit: str | None = None, on: date = TODAY) -> list[RosterRow]:
    return office.roster.rows(office.roster.keys(RosterQuery(on=on, unit=unit)), on)


def years(birth: str) -> int:
    """Age on 2026-11-24 of somebody born in a month."""
    return 2026 - int(birth[:4]) - (int(birth[5:7]) > 11)


def counted_again(office: Office, lines: list[RosterRow]) -> dict[str, int]:
    """What a row's people come to, counted one column after another from roster lines."""
    lines = [line for line in lines if TWO & {term.post for term in line.terms}]
    people = {line.person.id: line.person for line in lines}

    def where(condition: Callable[[RosterRow], object]) -> int:
        return len({line.person.id for line in lines if condition(line)})

    def posts(line: RosterRow) -> set[str]:
        return {term.post for term in line.terms}

    ages = [years(person.birth) for person in people.values() if person.birth]
    first = {person.education[0] if person.education else "" for person in people.values()}
    assert first <= {"", "2", "3", "4", "6", "7"}
    schools = [person.education[0] if person.education else "" for person in people.values()]
    ever: dict[tuple[str, str], list[str]] = {}
    for term in Records(office._store).select(TermOfOffice, person_id=set(people)):
        if term.post in TWO and term.start:
            ever.setdefault((term.person_id, term.division_code), []).append(term.start)
    return {
        "people": len(people),
        "party": where(lambda line: posts(line) & {"11", "12", "13"}),
        "committee": where(lambda line: posts(line) & {"21", "22", "23"}),
        "crossed": where(lambda line: line.on_both_committees),
        "both_heads": where(lambda line: line.both_heads),
        "women": where(lambda line: line.person.sex == "2"),
        "minority": where(lambda line: line.person.ethnic_group != "01"),
        "age_35": sum(age <= 35 for age in ages),
        "age_45": sum(36 <= age <= 45 for age in ages),
        "age_55": sum(46 <= age <= 55 for age in ages),
        "age_60": sum(56 <= age <= 60 for age in ages),
        "age_older": sum(age > 60 for age in ages),
        "bachelor": schools.count("2"),
        "college": schools.count("3"),
        "high_school": schools.count("4") + schools.count("6"),
        "middle_school": schools.count("7"),
        "returned": where(lambda line: line.person.source == "02"),
        "residents": where(lambda line: line.person.source in ("01", "04", "05", "07")),
        "continuing": where(lambda line: min(ever[line.key]) < "2021-11"),
        "new": where(lambda line: min(ever[line.key]) >= "2021-11"),
    }


def values(row: StructureRow, names: dict[str, int]) -> dict[str, object]:
    return {name: row.values[name] for name in names}


def test_every_village_of_the_sample_city_counts_as_its_roster_lines_do(city: Office) -> None:
    lines: dict[str, list[RosterRow]] = {}
    for line in roster(city):
        lines.setdefault(line.division.code, []).append(line)

    table = city.structure.table(TODAY, by="village")

    assert len(table.rows) == 192
    for row in table.rows:
        again = counted_again(city, lines[row.code])
        assert values(row, again) == again, row.name


def test_townships_and_the_total_count_as_their_roster_lines_do(city: Office) -> None:
    table = city.structure.table(TODAY)

    assert table.by is By.TOWNSHIP
    assert len(table.rows) == 15
    for row in (*table.rows, table.total):
        again = counted_again(city, roster(city, row.code or None))
        assert values(row, again) == again, row.name
    assert table.total.values["teams"] == 192


def test_secretaries_count_as_their_roster_lines_do(city: Office) -> None:
    table = city.structure.table(TODAY, population=Population.SECRETARIES)
    lines = [line for line in roster(city) if any(term.post == "11" for term in line.terms)]
    again = counted_again(city, lines)
    assert values(table.total, again) == again
    assert (table.total.values["approved"], table.total.values["vacancies"]) == (192, 192 - len(lines))


def test_posts_reserves_and_vacancies_are_those_written_down(city: Office) -> None:
    table = city.structure.table(TODAY, by="village")
    approved = [row for row in table.rows if row.values["approved"] is not None]
    assert len(approved) == 96
    assert table.total.values["approved"] == 96 * 6
    short = [max(0, 6 - int(row.values["people"] or 0)) for row in approved]
    assert table.total.values["vacancies"] == sum(short)
    entries = len(roster(city)[::5])
    assert table.total.values["reserves"] == entries - len(range(0, entries, 3))  # every third has left


def test_the_lines_behind_a_number_are_lines_of_the_roster(city: Office) -> None:
    table = city.structure.table(TODAY, TOWNSHIP)
    for column in COLUMNS:
        found = city.structure.behind(table, table.total, column.name)
        if column.name in ("women", "both_heads", "college", "reserves", "people"):
            assert len({row.person.id for row in found.people}) == table.total.values[column.name]
        assert all(row.division.parent == TOWNSHIP for row in found.people)
    assert len(city.structure.behind(table, table.total, "teams").villages) == 20


def test_a_reserve_who_holds_no_post_is_shown_without_one(office: Office) -> None:
    records = Records(office._store)
    with office._store.change("后备"):
        records.insert_many([Person(id="p-1", name="钱伟")])
        records.insert_many([ReserveCadre(id="r-1", person_id="p-1", division_code=VILLAGE)])

    table = office.structure.table(TODAY)
    (line,) = office.structure.behind(table, table.total, "reserves").people

    assert (line.person.name, line.division.code, line.posts_text) == ("钱伟", VILLAGE, "")


def test_a_reserve_counts_from_the_month_of_entering_until_that_of_leaving(office: Office) -> None:
    records = Records(office._store)
    with office._store.change("后备"):
        records.insert_many([Person(id="p-1", name="钱伟")])
        records.insert_many(
            [
                ReserveCadre(
                    id="r-1", person_id="p-1", division_code=VILLAGE, entered="2024-05", left="2026-03"
                )
            ]
        )
    days = (date(2024, 4, 30), date(2024, 5, 1), date(2026, 2, 28), date(2026, 3, 1))
    assert [office.structure.table(day).total.values["reserves"] for day in days] == [0, 1, 1, 0]


def test_the_table_is_of_the_day_asked_for(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(post_since="2021.12"), TODAY)
    terms = [line.term.id for line in office.roster.terms(key[0])]
    office.roster.end_terms(terms, date(2025, 6, 30), "辞职")

    days = (date(2021, 11, 30), date(2021, 12, 1), date(2025, 6, 30), date(2025, 7, 1))
    assert [office.structure.table(day).total.values["people"] for day in days] == [0, 1, 1, 0]


def test_every_body_has_a_row_and_nothing_else_has(office: Office) -> None:
    table = office.structure.table(TODAY)
    assert len(table.rows) == 20  # 17 villages, 3 communities
    assert LIVING_AREA not in {row.code for row in table.rows}


def test_a_village_out_of_use_has_a_row_only_while_somebody_serves(office: Office) -> None:
    office.divisions.update(VILLAGE, active=0)
    assert VILLAGE not in {row.code for row in office.structure.table(TODAY).rows}
    office.roster.add(VILLAGE, member(), TODAY)
    assert VILLAGE in {row.code for row in office.structure.table(TODAY).rows}


def test_somebody_of_another_township_is_in_the_office_s_table_and_not_in_the_township_s(
    office: Office,
) -> None:
    office.roster.add("421081105200", member(), TODAY)  # 调关镇
    assert office.structure.table(TODAY).total.values["people"] == 1
    assert office.structure.table(TODAY, TOWNSHIP).total.values["people"] == 0


def test_a_person_on_the_supervisory_committee_alone_is_not_counted(office: Office) -> None:
    office.roster.add(VILLAGE, member(posts="村务监督委员会主任"), TODAY)
    assert office.structure.table(TODAY).total.values["people"] == 0


def test_benchmarks_are_lines_that_somebody_chose(office: Office) -> None:
    assert not office.structure.benchmarks
    preset = office.structure.preset_benchmarks()[0]
    office.structure.set_benchmarks([preset, "  ", "本市 2021 年：一肩挑 96%。"])
    assert office.structure.benchmarks == (preset, "本市 2021 年：一肩挑 96%。")
