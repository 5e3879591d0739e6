"""The same person entered twice: found, set side by side, merged with everything, or told apart for good."""

from __future__ import annotations

import pytest

from desktop.models.domain.identity import birth_month
from desktop.models.services.same_people import OnePersonError
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE, identity_number, member

assert birth_month(identity_number()) == "1985-07"


def twice(office: Office) -> tuple[str, str]:
    """张建国 with a number in one village, without in another."""
    one, _ = office.roster.add(VILLAGE, member(phone=""), TODAY)
    other, _ = office.roster.add(
        COMMUNITY, member(id_number="", posts="居委会委员", education="本科", phone="19955556666"), TODAY
    )
    return one, other


def ids(office: Office) -> list[tuple[str, str]]:
    return [(pair.first.id, pair.second.id) for pair in office.same_people.pairs()]


def test_the_same_number_or_name_and_birth_makes_a_pair(office: Office) -> None:
    one, other = twice(office)
    office.roster.add(VILLAGE, member(birth="1985.06", id_number=""), TODAY)
    office.roster.add(VILLAGE, member(name="刘备", id_number="", birth=""), TODAY)

    (pair,) = office.same_people.pairs()

    assert (pair.first.id, pair.second.id, pair.why) == (one, other, "姓名和出生年月相同")
    assert office.same_people.pairs(other) == office.same_people.pairs(one) == [pair]


def test_two_numbers_make_two_people(office: Office) -> None:
    office.roster.add(VILLAGE, member(), TODAY)
    office.roster.add(COMMUNITY, member(posts="居委会委员", id_number=identity_number(order=2)), TODAY)

    assert office.same_people.pairs() == []


def test_people_told_apart_are_not_asked_about_again(office: Office) -> None:
    one, other = twice(office)

    office.same_people.tell_apart(other, one)

    assert ids(office) == []
    assert office.history.recent(1)[0].why == "认定不是同一人：张建国、张建国"
    office.history.undo()
    assert ids(office) == [(one, other)]


def test_both_stand_side_by_side_with_what_differs(office: Office) -> None:
    one, other = twice(office)

    choices = {choice.field.name: choice for choice in office.same_people.side_by_side(one, other)}

    assert (choices["education"].keep, choices["education"].other) == ("大专", "本科")
    assert [name for name, choice in choices.items() if choice.differs] == ["education"]
    assert "remarks" not in choices


def test_merging_keeps_every_post_file_and_the_history_of_both(office: Office) -> None:
    one, other = twice(office)
    reserve = office.reserve.add({"aim": "书记"}, TODAY, owner_id=other, division_code=COMMUNITY)
    study = office.study.add({"school": "长江大学"}, TODAY, owner_id=other, division_code=COMMUNITY)
    training = office.registers["training"].add({"topic": "轮训"}, TODAY, owner_id=other)
    wife = office.roster.add(VILLAGE, member(name="李秀英", id_number="", posts="文书"), TODAY)[0]
    office.registers["relative"].add(
        {"relation": "丈夫", "name": "张建国", "birth": "1985.07"}, TODAY, owner_id=wife
    )
    before = len(office.history.recent())

    office.same_people.merge(one, other, {"education": "other"})

    person = office.people.get(one)
    assert (person.education, person.phone, person.id_number) == ("21", "19955556666", identity_number())
    card = office.people.card(one, TODAY)
    assert [(line.village, line.wording) for line in card.terms] == [
        ("毕家塘村", "党支部书记"),
        ("毕家塘村", "村委会主任"),
        ("焦山河社区", "居委会委员"),
    ]
    kept = {name: [line.key for line in lines] for name, lines in card.files.items() if lines}
    assert kept == {"reserve": [reserve], "study": [study], "training": [training]}
    whys = [line.why for line in office.history.of_person(one)]
    assert "新增人员：焦山河社区 张建国" in whys
    assert "新增人员：毕家塘村 张建国" in whys
    assert ids(office) == []
    assert len(office.history.recent()) == before + 1
    office.history.undo()
    assert ids(office) == [(one, other)]
    assert office.people.get(one).education == "31"


def test_the_same_post_and_reserve_on_both_become_one(office: Office) -> None:
    one, _ = office.roster.add(VILLAGE, member(posts="村委会委员", post_since=""), TODAY)
    other, _ = office.roster.add(VILLAGE, member(posts="村委会委员、文书", id_number=""), TODAY)
    for person, typed in ((one, {"aim": "书记"}), (other, {"mentor": "王书记", "entered": "2024.01"})):
        key = office.reserve.add(typed, TODAY, owner_id=person, division_code=VILLAGE)
        office.reserve.appraise(key, "2025", "优秀", None, TODAY)
    office.reserve.appraise(key, "2024", "良好", None, TODAY)

    office.same_people.merge(one, other)

    card = office.people.card(one, TODAY)
    assert [(line.wording, line.term.start) for line in card.terms] == [
        ("村委会委员", "2021-12"),
        ("文书", "2021-12"),
    ]
    (line,) = card.files["reserve"]
    assert (line.record.aim, line.record.mentor, line.record.entered) == ("1", "王书记", "2024-01")
    years = [each.record.year for each in office.registers["appraisal"].of_owner(line.key, TODAY)]
    assert years == ["2025", "2024"]


def test_a_chain_of_merges_keeps_all_histories(office: Office) -> None:
    one, other = twice(office)
    third, _ = office.roster.add(COMMUNITY, member(id_number="", posts="文书", phone=""), TODAY)

    office.same_people.merge(other, third)
    office.same_people.merge(one, other)

    assert len([line for line in office.history.of_person(one) if line.why.startswith("新增人员")]) == 3


def test_one_entry_cannot_be_merged_with_itself(office: Office) -> None:
    one, _ = twice(office)

    with pytest.raises(OnePersonError):
        office.same_people.merge(one, one)
