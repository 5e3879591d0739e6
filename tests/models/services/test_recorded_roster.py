"""The roster as it was recorded at the end of a day: searched, filtered, sorted, counted and exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.models.registers.roster import CHIPS, ORDERS, ROSTER, RosterQuery
from desktop.models.services.ledgers import LedgerRequest
from desktop.models.services.recorded_roster import RecordedRoster
from desktop.office import Office
from tests.models.services.printed import pages_of
from tests.offices import COMMUNITY, TODAY, VILLAGE, identity_number, member, opened, whole_office

LAST_MARCH = date(2025, 3, 31)


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "office", filled=True) as office:
        yield office


@pytest.fixture
def now(sample: Office) -> RecordedRoster:
    return sample.term_changes.roster_as_recorded(date.today())


def enter(office: Office, monkeypatch: pytest.MonkeyPatch, day: str, village: str, **typed: str) -> str:
    """Add somebody as if it were that day."""
    monkeypatch.setattr("desktop.models.database.store.utc_now", lambda: f"{day}T04:00:00Z")
    person, _ = office.roster.add(village, member(id_number="", **typed), TODAY)
    monkeypatch.undo()
    return person


def test_what_was_entered_or_corrected_later_is_not_in_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = enter(office, monkeypatch, "2025-03-20", VILLAGE, name="李秀英", post_since="2021.03")
    enter(office, monkeypatch, "2025-04-01", VILLAGE, name="高明", post_since="2021.03")
    office.roster.set_cell((li, VILLAGE), "name", "李秀云", TODAY)

    by_dates = office.roster.rows(office.roster.keys(RosterQuery(on=LAST_MARCH)), LAST_MARCH)
    recorded = office.term_changes.roster_as_recorded(LAST_MARCH)
    lines = recorded.rows(recorded.keys(RosterQuery(on=LAST_MARCH)), LAST_MARCH)

    assert sorted(row.person.name for row in by_dates) == ["李秀云", "高明"]
    assert [row.person.name for row in lines] == ["李秀英"]
    counts = {unit.division.code: unit.people for unit in recorded.units(LAST_MARCH)}
    assert counts[VILLAGE] == 1
    assert counts[COMMUNITY] == 0


def test_what_is_recorded_now_is_the_roster_of_today(sample: Office, now: RecordedRoster) -> None:
    query = RosterQuery(on=date.today())
    keys = sample.roster.keys(query)

    assert now.keys(query) == keys
    assert now.rows(keys, query.on) == sample.roster.rows(keys, query.on)
    assert now.units(query.on) == sample.roster.units(query.on)


@pytest.mark.parametrize("typed", ["zh", "党支部书记", "毕家塘", "王", "1234"])
def test_it_is_searched_as_the_roster_of_today(sample: Office, now: RecordedRoster, typed: str) -> None:
    query = RosterQuery(on=date.today(), search=typed)

    assert now.keys(query) == sample.roster.keys(query)


@pytest.mark.parametrize("order", [*(o for orders in ORDERS.values() for o in orders), "birth", "education"])
@pytest.mark.parametrize("descending", [False, True])
def test_it_is_sorted_as_the_roster_of_today(
    sample: Office, now: RecordedRoster, order: str, descending: bool
) -> None:
    query = RosterQuery(on=date.today(), sort=(order, descending))

    assert now.keys(query) == sample.roster.keys(query)


@pytest.mark.parametrize(
    "field", ["sex", "education", "village", "posts", "post_since", "both_heads", "phone"]
)
def test_its_columns_are_filtered_as_those_of_today(sample: Office, now: RecordedRoster, field: str) -> None:
    query = RosterQuery(on=date.today())
    values = dict(now.facet(field, query))
    value = next(iter(values))
    narrowed = RosterQuery(on=date.today(), unit=VILLAGE, filters=((field, frozenset({value})),))

    assert values == dict(sample.roster.facet(field, query))
    assert now.keys(narrowed) == sample.roster.keys(narrowed)


@pytest.mark.parametrize("chip", CHIPS)
def test_its_chips_show_and_count_as_those_of_today(tmp_path: Path, chip: str) -> None:
    with whole_office(tmp_path / "office") as office:
        now = office.term_changes.roster_as_recorded(date.today())
        query = RosterQuery(on=date.today(), chip=chip)

        assert now.keys(query) == office.roster.keys(query) != []
        assert now.chips(query) == office.roster.chips(query)


def test_a_term_of_a_committee_ends_as_it_was_recorded_then(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(office, monkeypatch, "2025-03-20", VILLAGE, name="李秀英", post_since="2021.03")
    monkeypatch.setattr("desktop.models.database.store.utc_now", lambda: "2025-03-21T04:00:00Z")
    terms = office.registers["committee_term"]
    typed = {"village": "毕家塘村", "committee": "党组织", "start": "2020.08", "due": "2025.08"}
    key = terms.add(typed, TODAY)
    monkeypatch.undo()
    terms.set_cell(key, "due", "2026.08", TODAY)

    def ending(day: date) -> int:
        return office.term_changes.roster_as_recorded(day).chips(RosterQuery(on=day))["term_ends"]

    assert [ending(date(2025, 3, 20)), ending(LAST_MARCH)] == [0, 1]
    assert office.roster.chips(RosterQuery(on=LAST_MARCH))["term_ends"] == 0


def test_nothing_is_said_to_be_missing_in_the_past(sample: Office, now: RecordedRoster) -> None:
    incomplete = sample.roster.keys(RosterQuery(on=date.today(), chip="incomplete"))
    (line,) = now.rows(incomplete[:1], date.today())

    assert sample.roster.problems(line, date.today())
    assert now.problems(line, date.today()) == {}


def test_it_is_exported_with_masked_numbers_and_the_name_of_its_clock(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    number = identity_number("19740501")
    person = enter(office, monkeypatch, "2025-03-20", VILLAGE, name="李秀英")
    office.roster.set_cell((person, VILLAGE), "id_number", number, TODAY)
    recorded = office.term_changes.roster_as_recorded(date.today())
    file = tmp_path / "out.xlsx"

    names = [field.name for field in ROSTER.fields]
    count = recorded.export(file, RosterQuery(on=date.today()), names)

    sheet = load_workbook(file).worksheets[0]
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert count == 1
    assert "李秀英" in cells
    assert number not in cells
    assert recorded.title == "花名册（按当时记录）"


def test_the_ledger_is_printed_by_either_clock_and_says_which(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    li = enter(office, monkeypatch, "2025-03-20", VILLAGE, name="李秀英", post_since="2021.03")
    enter(office, monkeypatch, "2025-04-01", VILLAGE, name="高明", post_since="2021.03")
    office.roster.set_cell((li, VILLAGE), "name", "李秀云", TODAY)

    by_terms, recorded = (
        "".join(pages_of(office.ledgers.preview(LedgerRequest("roster", LAST_MARCH, recorded=clock)).pdf))
        for clock in (False, True)
    )

    assert "李秀云" in by_terms
    assert "当时的记录" not in by_terms
    assert "李秀英" in recorded
    assert "李秀云" not in recorded
    assert "按2025年3月31日当时的记录" in recorded


def test_a_secretary_without_a_day_of_filing_is_found_once_the_rule_is_on(office: Office) -> None:
    office.health.set_rule("R9-2", on=True, basis="石组发〔2026〕1号")
    zhang, _ = office.roster.add(VILLAGE, member(id_number=""), TODAY)
    before = [f.names for f in office.health.check(TODAY).findings if f.rule.id == "R9-2"]
    for line in office.people.card(zhang, TODAY).terms:
        office.people.correct(line.term.id, TODAY, filed="2026.01")
    after = [f for f in office.health.check(TODAY).findings if f.rule.id == "R9-2"]

    assert before == ["张建国"]
    assert after == []
