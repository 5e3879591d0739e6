"""A committee's new term: who goes on, who ends, who is new, in one change set."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.domain.posts import Committee
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.elections import Elected, Election, ElectionRefusedError
from desktop.office import Office
from tests.offices import TODAY, VILLAGE, identity_number, member


@pytest.fixture
def ids(office: Office) -> dict[str, str]:
    """A village's members by name: a secretary who is head, a deputy, a member, all since 2021.12."""
    people = {
        "张建国": "党支部书记、村委会主任",
        "李秀英": "村委会副主任",
        "王大海": "村委会委员、文书",
    }
    return {
        name: office.roster.add(VILLAGE, member(name=name, posts=posts, id_number=""), TODAY)[0]
        for name, posts in people.items()
    }


def election(ids: dict[str, str], **others: object) -> Election:
    found = Election(
        division_code=VILLAGE,
        committee=Committee.VILLAGERS,
        number="第十三届",
        start="2026.11",
        elected=(
            Elected(posts="主任", person_id=ids["张建国"]),
            Elected(posts="委员", person_id=ids["李秀英"]),
            Elected(
                posts="副主任", values={"name": "高明", "id_number": identity_number("19960301"), "sex": "男"}
            ),
        ),
    )
    return replace(found, **others)  # type: ignore[arg-type]


def board(office: Office) -> list[tuple[str, str]]:
    rows = office.roster.rows(office.roster.keys(RosterQuery(on=TODAY)), TODAY)
    return [(row.person.name, row.posts_text) for row in rows]


def test_the_plan_says_what_becomes_of_everybody_and_writes_nothing(
    office: Office, ids: dict[str, str]
) -> None:
    before = board(office)

    lines = office.elections.plan(election(ids), TODAY)

    assert [(line.name, line.before, line.after, line.kind) for line in lines] == [
        ("张建国", "村委会主任", "村委会主任", "连任"),
        ("李秀英", "村委会副主任", "村委会委员", "调整"),
        ("高明", "", "村委会副主任", "新任"),
        ("王大海", "村委会委员", "", "离任"),
    ]
    assert board(office) == before


def test_an_election_is_one_change_set_with_the_term_of_the_committee(
    office: Office, ids: dict[str, str]
) -> None:
    office.elections.re_elect(election(ids), TODAY)

    assert board(office) == [
        ("张建国", "党支部书记、村委会主任"),
        ("高明", "村委会副主任"),
        ("李秀英", "村委会委员"),
        ("王大海", "文书"),
    ]
    ended = [line.term for line in office.roster.terms(ids["王大海"]) if line.term.end]
    assert [(term.end, term.end_reason) for term in ended] == [("2026-10", "届满卸任")]
    assert [line.term.how for line in office.roster.terms(ids["张建国"])][:1] == ["01"]
    (term,) = office.registers["committee_term"].records()
    assert (term.number, term.start, term.due) == ("第十三届", "2026-11", "2031-11")
    assert office.history.recent(1)[0].why == "换届：毕家塘村村（居）委会第十三届"
    office.history.undo()
    assert [name for name, _ in board(office)] == ["张建国", "李秀英", "王大海"]
    assert office.registers["committee_term"].records() == []
    office.history.redo()
    assert len(board(office)) == 4


def test_somebody_typed_who_is_known_is_the_same_person(office: Office, ids: dict[str, str]) -> None:
    elected = (Elected(posts="主任", values={"name": "张建国", "birth": "1985.07"}),)

    office.elections.re_elect(election(ids, elected=elected), TODAY)

    assert len(office.roster.terms(ids["张建国"])) == 3


def test_posts_entered_as_of_the_new_term_already_stay_and_are_not_doubled(
    office: Office, ids: dict[str, str]
) -> None:
    key = office.roster.add(
        VILLAGE, member(name="高明", posts="村委会副主任", post_since="2026.11", id_number=""), TODAY
    )
    elected = (Elected(posts="副主任", person_id=key[0]),)

    office.elections.re_elect(election(ids, elected=elected), TODAY)

    assert len(office.roster.terms(key[0])) == 1


def test_every_fault_of_an_election_is_told_and_nothing_is_written(
    office: Office, ids: dict[str, str]
) -> None:
    elected = (
        Elected(posts="书记", person_id=ids["张建国"]),
        Elected(posts="主任", person_id=ids["张建国"]),
        Elected(posts="", person_id=ids["李秀英"]),
        Elected(posts="委员", values={"birth": "不详"}),
    )
    before = board(office)

    with pytest.raises(ElectionRefusedError) as refused:
        office.elections.re_elect(election(ids, start="2026.13", elected=elected), TODAY)

    assert {number for number, _ in refused.value.problems} == {None, 0, 1, 2, 3}
    assert board(office) == before


def test_a_term_is_entered_once(office: Office, ids: dict[str, str]) -> None:
    office.elections.re_elect(election(ids), TODAY)

    with pytest.raises(ElectionRefusedError, match="已经登记过"):
        office.elections.re_elect(election(ids), TODAY)
    with pytest.raises(ElectionRefusedError, match="至少填一人"):
        office.elections.plan(election(ids, elected=(), start="2026.10"), date(2026, 11, 30))
