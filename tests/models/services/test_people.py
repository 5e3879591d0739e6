"""A person's page: everything known in one place; posts moved and corrected, each one change set."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop.models.registers.roster import RosterQuery
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.roster import VanishedRowError
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE, identity_number, member


def added(office: Office, **typed: str) -> str:
    return office.roster.add(VILLAGE, member(**typed), TODAY)[0]


def posts(office: Office, person_id: str) -> list[tuple[str, str, str | None, str | None]]:
    lines = office.people.card(person_id, TODAY).terms
    return [(line.village, line.wording, line.term.start, line.term.end) for line in lines]


def whys(office: Office) -> list[str]:
    return [change.why for change in office.history.recent()][:-1]


def test_the_page_has_posts_files_and_what_does_not_agree(office: Office) -> None:
    person_id = added(office, birth="1985.08")
    office.registers["training"].add({"start": "2026.05", "topic": "轮训"}, TODAY, owner_id=person_id)
    office.reserve.add({"aim": "书记"}, TODAY, owner_id=person_id, division_code=VILLAGE)
    office.study.add({"school": "长江大学"}, TODAY, owner_id=person_id, division_code=VILLAGE)

    card = office.people.card(person_id, TODAY)

    assert [line.wording for line in card.terms] == ["党支部书记", "村委会主任"]
    assert {name: len(lines) for name, lines in card.files.items()} == {
        "reserve": 1,
        "study": 1,
        "training": 1,
        "recognition": 0,
        "relative": 0,
    }
    assert card.doubts.keys() == {"birth"}
    assert (card.photo, card.attachments) == (None, ())
    assert [line.why for line in office.history.of_person(person_id)] == whys(office)


def test_a_field_of_somebody_without_a_post_can_be_edited(office: Office) -> None:
    key = office.reserve.add({"village": "毕家塘村", "name": "高明"}, TODAY)
    person_id = office.reserve.records(id=key)[0].person_id

    office.people.set_field(person_id, "id_number", identity_number("19960301"), TODAY)
    reading = office.people.set_field(person_id, "birth", "1996.04", TODAY)

    assert reading.problem is not None
    assert "身份证号" in reading.problem
    assert office.people.get(person_id).birth == "1996-04"
    with pytest.raises(InvalidValueError):
        office.people.set_field(person_id, "birth", "不详", TODAY)
    with pytest.raises(VanishedRowError):
        office.people.set_field("gone", "phone", "", TODAY)


def test_moving_to_another_village_ends_and_begins_in_one_change_set(office: Office) -> None:
    person_id = added(office)

    office.people.move(person_id, COMMUNITY, "党支部书记", date(2026, 11, 20), "组织调整", TODAY, how="02")

    assert posts(office, person_id) == [
        ("焦山河社区", "党支部书记", "2026-11-20", None),
        ("毕家塘村", "党支部书记", "2021-12", "2026-11-19"),
        ("毕家塘村", "村委会主任", "2021-12", "2026-11-19"),
    ]
    assert whys(office)[0] == "调整（2026.11.20）：张建国"
    office.history.undo()
    assert [line[3] for line in posts(office, person_id)] == [None, None]


def test_moving_within_a_village_leaves_the_posts_that_stay(office: Office) -> None:
    person_id = added(office, posts="党支部委员、村委会委员")

    office.people.move(person_id, VILLAGE, "党支部委员、村委会副主任", date(2026, 11, 1), "增补", TODAY)

    assert posts(office, person_id) == [
        ("毕家塘村", "村委会副主任", "2026-11-01", None),
        ("毕家塘村", "党支部委员", "2021-12", None),
        ("毕家塘村", "村委会委员", "2021-12", "2026-10-31"),
    ]


def test_only_the_terms_named_end(office: Office) -> None:
    person_id = added(office)
    head = office.people.card(person_id, TODAY).terms[1].term.id

    office.people.move(person_id, COMMUNITY, "居委会主任", date(2026, 11, 1), "", TODAY, ending=[head])

    assert [(line[1], line[3]) for line in posts(office, person_id)] == [
        ("居委会主任", None),
        ("党支部书记", None),
        ("村委会主任", "2026-10-31"),
    ]


@pytest.mark.parametrize(
    ("words", "day", "field"),
    [
        ("", date(2026, 11, 1), "post"),
        ("两委委员", date(2026, 11, 1), "post"),
        ("党支部书记", date(2026, 11, 1), "post"),  # held already
        ("村委会副主任", date(2026, 12, 1), "start"),
        ("村委会副主任", date(2021, 11, 30), "start"),
    ],
)
def test_a_move_that_cannot_be_is_refused(office: Office, words: str, day: date, field: str) -> None:
    person_id = added(office)
    before = posts(office, person_id)

    with pytest.raises(InvalidValueError) as refused:
        office.people.move(person_id, VILLAGE, words, day, "", TODAY)

    assert field in refused.value.problems
    assert posts(office, person_id) == before


def test_a_correction_rewrites_the_term_in_place(office: Office) -> None:
    person_id = added(office, posts="村委会委员")
    term_id = office.people.card(person_id, TODAY).terms[0].term.id

    office.people.correct(term_id, TODAY, post="党支部组织委员", start="2021.11", reason="录入时看错")

    assert posts(office, person_id) == [("毕家塘村", "党支部组织委员", "2021-11", None)]
    assert whys(office)[0] == "更正任职：张建国（录入时看错）"


def test_an_end_entered_by_mistake_is_taken_out_again(office: Office) -> None:
    person_id = added(office, posts="村委会委员")
    term_id = office.people.card(person_id, TODAY).terms[0].term.id
    office.roster.end_terms([term_id], date(2026, 6, 30), "辞职")

    office.people.correct(term_id, TODAY, end="")

    term = office.people.card(person_id, TODAY).terms[0].term
    assert (term.end, term.end_reason) == (None, None)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"post": "书记、主任"}, "post"),
        ({"post": ""}, "post"),
        ({"start": "2021.13"}, "start"),
        ({"end": "2020.01"}, "end"),
        ({"end": "2027.01"}, "end"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(office: Office, typed: dict[str, Any], field: str) -> None:
    person_id = added(office, posts="村委会委员")
    term_id = office.people.card(person_id, TODAY).terms[0].term.id

    with pytest.raises(InvalidValueError) as refused:
        office.people.correct(term_id, TODAY, **typed)

    assert refused.value.problems.keys() == {field}
    with pytest.raises(VanishedRowError):
        office.people.correct("gone", TODAY)


def test_a_relative_who_is_on_the_roster_is_linked(office: Office) -> None:
    person_id, wife = (
        added(office),
        added(office, name="李秀英", birth="1986.02", id_number="", posts="村委会委员"),
    )
    relatives = office.registers["relative"]

    key = relatives.add({"relation": "妻子", "name": "李秀英", "birth": "1986.02"}, TODAY, owner_id=person_id)
    other = relatives.add({"relation": "父亲", "name": "张大山"}, TODAY, owner_id=person_id)

    assert relatives.records(id=key)[0].relative_id == wife
    assert relatives.records(id=other)[0].relative_id is None


def test_a_change_of_a_person_is_returned_with_one_click(office: Office) -> None:
    person_id = added(office)
    office.people.set_field(person_id, "phone", "19912345678", TODAY)
    office.people.set_field(person_id, "remarks", "党代表", TODAY)

    phone = next(c for c in office.history.of_person(person_id) if c.why == "修改联系电话：张建国")
    with pytest.raises(Exception, match="后来又有改动"):
        office.history.undo(phone.seq)
    office.history.undo()
    office.history.undo(phone.seq)

    assert office.people.get(person_id).phone == "19900000001"
    assert office.roster.keys(RosterQuery(on=TODAY)) == [(person_id, VILLAGE)]
