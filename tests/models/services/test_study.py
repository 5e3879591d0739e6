"""Studying while in office: the fee and who pays it, graduation and what it says of a person."""

from __future__ import annotations

import pytest

from desktop.models.registers.study import Study
from desktop.models.services.cell_edits import InvalidValueError
from desktop.office import Office
from tests.offices import TODAY, VILLAGE, member

TYPED = {"school": "长江大学", "major": "农学", "level": "本科", "start": "2023.09", "status": "在读"}


def added(office: Office, *, education: str = "大专", **typed: str) -> str:
    person_id, _ = office.roster.add(VILLAGE, member(education=education), TODAY)
    return office.study.add(TYPED | typed, TODAY, owner_id=person_id, division_code=VILLAGE)


def study(office: Office, key: str) -> Study:
    record: Study = office.study.rows([key], TODAY)[0].record
    return record


def shares(office: Office, key: str) -> tuple[int | None, ...]:
    found = study(office, key)
    return (found.township_share, found.village_share, found.own_share)


def test_the_fee_is_split_by_the_proportion_and_follows_it(office: Office) -> None:
    key = added(office, fee="7500")
    assert shares(office, key) == (2250, 2250, 3000)

    office.study.set_cell(key, "fee", "8000", TODAY)
    assert shares(office, key) == (2400, 2400, 3200)
    office.study.proportion = (1, 1, 1)
    office.study.set_cell(key, "fee", "10000", TODAY)  # the shares were what the old proportion said
    assert shares(office, key) == (2400, 2400, 3200)


def test_shares_typed_otherwise_stay_and_what_does_not_sum_up_is_pointed_out(office: Office) -> None:
    key = added(office, fee="7500", township_share="7500")
    assert shares(office, key) == (7500, None, None)

    reading = office.study.set_cell(key, "fee", "8000", TODAY)

    assert reading.problem == "分担合计 7500 元，与学费 8000 元不符，请核对。"
    assert shares(office, key)[0] == 7500


@pytest.mark.parametrize("fee", [0, 1, 2, 7500, 9999])
def test_a_split_always_sums_up(office: Office, fee: int) -> None:
    assert sum(office.study.split(fee).values()) == fee


def test_a_proportion_of_nothing_is_refused(office: Office) -> None:
    with pytest.raises(InvalidValueError, match="3:3:4"):
        office.study.proportion = (0, 0, 0)


def test_the_education_before_the_course_is_kept(office: Office) -> None:
    key = added(office)
    office.roster.set_cell((study(office, key).person_id, VILLAGE), "education", "本科", TODAY)

    assert study(office, key).education_before == "31"


def test_graduating_offers_the_education_and_taking_the_offer_is_one_change_set(office: Office) -> None:
    key = added(office)

    offer = office.study.finish(key, "2026.07", TODAY)

    assert offer is not None
    assert offer.changes == (
        ("在职学历", "", "本科"),
        ("学历", "大专", "本科"),
        ("毕业院校及专业", "", "长江大学 农学"),
    )
    assert (study(office, key).status, study(office, key).ended) == ("2", "2026-07")
    office.study.take(offer)
    person = office.study.rows([key], TODAY)[0].person
    assert person is not None
    assert (person.education, person.education_in_service) == ("21", "21")
    assert [line.why for line in office.history.recent(2)] == ["更新学历：张建国", "毕业：毕家塘村 张建国"]
    assert office.study.offer(key, TODAY) is None


def test_a_course_below_what_one_has_offers_nothing_for_the_highest_education(office: Office) -> None:
    key = added(office, education="硕士研究生")

    offer = office.study.finish(key, "2026.07", TODAY)

    assert offer is not None
    assert "education" not in offer.values


def test_a_course_that_runs_offers_nothing(office: Office) -> None:
    assert office.study.offer(added(office), TODAY) is None


@pytest.mark.parametrize("month", ["2022.07", "", "将来", "2027.07"])
def test_a_graduation_that_cannot_be_is_refused(office: Office, month: str) -> None:
    key = added(office)

    with pytest.raises(InvalidValueError):
        office.study.finish(key, month, TODAY)

    assert study(office, key).status == "1"
