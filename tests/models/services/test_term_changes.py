"""The ledger of changes and boards on any day: by the dates of terms, and as the records said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.models.domain.posts import Committee
from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.elections import Elected, Election
from desktop.models.services.ledgers import Frame, LedgerRequest
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE, member

START, END = date(2026, 1, 1), date(2026, 12, 31)


def added(office: Office, village: str = VILLAGE, **typed: str) -> str:
    return office.roster.add(village, member(id_number="", **typed), TODAY)[0]


def told(
    office: Office, start: date = START, end: date = END, unit: str | None = None
) -> list[tuple[str, ...]]:
    return [
        (c.day_in_words, c.division.short_name, c.person.name, c.before, c.after, c.kind, c.reason)
        for c in office.term_changes.changes(start, end, unit)
    ]


def test_taking_up_moving_and_leaving_are_told_in_the_order_of_time(office: Office) -> None:
    zhang = added(office)
    added(office, name="高明", posts="村委会委员", post_since="2026.03")
    li = added(office, name="李秀英", posts="村委会副主任")
    office.people.move(zhang, COMMUNITY, "党支部书记", date(2026, 5, 8), "组织调整", TODAY)
    term = office.people.card(li, TODAY).terms[0].term.id
    office.roster.end_terms([term], date(2026, 6, 30), "辞职")

    assert told(office) == [
        ("2026.03", "毕家塘村", "高明", "", "村委会委员", "新任", ""),
        (
            "2026.05.08",
            "焦山河社区",
            "张建国",
            "毕家塘村党支部书记、村委会主任",
            "党支部书记",
            "调整",
            "组织调整",
        ),
        ("2026.06.30", "毕家塘村", "李秀英", "村委会副主任", "", "离任", "辞职"),
    ]
    assert len(told(office, date(2026, 5, 8), date(2026, 6, 29))) == 1
    assert [line[2] for line in told(office, unit=COMMUNITY)] == ["张建国"]


def test_an_election_tells_who_goes_on_who_ends_and_who_is_new(office: Office) -> None:
    zhang, li = added(office, posts="村委会主任"), added(office, name="李秀英", posts="村委会委员")
    elected = (Elected(posts="主任", person_id=zhang), Elected(posts="副主任", values={"name": "高明"}))
    election = Election(
        division_code=VILLAGE, committee=Committee.VILLAGERS, number="", start="2026.11", elected=elected
    )
    office.elections.re_elect(election, TODAY)

    assert [(line[2], *line[3:]) for line in told(office)] == [
        ("李秀英", "村委会委员", "", "离任", "届满卸任"),
        ("张建国", "村委会主任", "村委会主任", "连任", "届满换届"),
        ("高明", "", "村委会副主任", "新任", "选举"),
    ]
    assert office.people.get(li).name == "李秀英"


def test_giving_up_one_of_two_posts_is_a_change_not_a_leaving(office: Office) -> None:
    zhang = added(office)
    head = office.people.card(zhang, TODAY).terms[1].term.id
    office.roster.end_terms([head], date(2026, 4, 30), "")

    assert told(office)[0][3:6] == ("党支部书记、村委会主任", "党支部书记", "调整")


def test_a_correction_is_told_by_the_day_it_was_entered(office: Office) -> None:
    zhang = added(office, posts="村委会委员")
    term = office.people.card(zhang, TODAY).terms[0].term.id
    office.people.correct(term, TODAY, post="村委会副主任", reason="看错")
    today = date.today()

    (line,) = told(office, today, today)

    assert line == (
        f"{today:%Y.%m.%d}",
        "毕家塘村",
        "张建国",
        "村委会委员",
        "村委会副主任",
        "更正",
        "更正任职：张建国（看错）",
    )
    office.history.undo()
    assert told(office, today, today) == []
    assert told(office, today - timedelta(days=9), today - timedelta(days=1)) == []


def test_what_was_undone_is_no_change(office: Office) -> None:
    added(office, posts="村委会委员", post_since="2026.03")
    office.history.undo()

    assert told(office) == []


def papers(office: Office) -> list[tuple[str, str, str]]:
    return [(c.person.name, c.approval, c.filed) for c in office.term_changes.changes(START, END)]


def test_who_approved_a_change_and_when_it_was_filed_are_entered_with_it_and_printed(office: Office) -> None:
    zhang, li = added(office), added(office, name="李秀英", posts="村委会副主任")
    office.people.move(
        *(zhang, COMMUNITY, "党支部书记", date(2026, 5, 8), "组织调整", TODAY),
        approval="东升镇党委〔2026〕5号",
        filed="2026.06",
    )
    term = office.people.card(li, TODAY).terms[0].term.id
    office.roster.end_terms([term], date(2026, 6, 30), "辞职", "东升镇党委〔2026〕9号")

    assert papers(office) == [
        ("张建国", "东升镇党委〔2026〕5号", "2026.06"),
        ("李秀英", "东升镇党委〔2026〕9号", ""),
    ]
    ledger = office.term_changes.ledgers()["changes"](
        LedgerRequest("changes", TODAY), Frame("东升镇", "东升镇党委", Paper.A3)
    )
    assert isinstance(ledger, Ledger)
    assert [row.cells[-2:] for row in ledger.rows] == [
        ("东升镇党委〔2026〕5号", "2026.06"),
        ("东升镇党委〔2026〕9号", ""),
    ]


def test_papers_are_corrected_and_taken_out_and_those_of_an_end_go_with_it(office: Office) -> None:
    li = added(office, name="李秀英", posts="村委会副主任")
    term = office.people.card(li, TODAY).terms[0].term.id
    office.roster.end_terms([term], date(2026, 6, 30), "辞职", "东升镇党委〔2026〕9号")
    office.people.correct(term, TODAY, approval="东升镇党委〔2021〕3号", filed="2021.12")
    office.people.correct(term, TODAY, end="", filed="")

    with pytest.raises(InvalidValueError):
        office.people.correct(term, TODAY, filed="去年")
    kept = office.people.card(li, TODAY).terms[0].term
    assert (kept.approval, kept.end_approval, kept.filed) == ("东升镇党委〔2021〕3号", None, None)


def test_an_election_has_one_approval_for_all(office: Office) -> None:
    zhang = added(office, posts="村委会主任")
    added(office, name="李秀英", posts="村委会委员")
    election = Election(
        division_code=VILLAGE,
        committee=Committee.VILLAGERS,
        number="",
        start="2026.11",
        approval="东升镇〔2026〕20号",
        filed="2026.11",
        elected=(Elected(posts="主任", person_id=zhang),),
    )
    office.elections.re_elect(election, TODAY)

    assert sorted(papers(office)) == [
        ("张建国", "东升镇〔2026〕20号", "2026.11"),
        ("李秀英", "东升镇〔2026〕20号", ""),
    ]
