"""Forms saved over records that were changed meanwhile: only what was typed is written, and nobody writes over another unasked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.models.registers.person import Person
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.registers.schemes import ACTIVITIES
from desktop.models.services.activity_forms import ActivityForm, ProblemEntry
from desktop.models.services.activity_settling import settled_form
from desktop.models.services.attendees import Attendee
from desktop.models.services.people import correctable
from desktop.models.services.register_entry import VanishedLineError
from desktop.models.services.scheme_settling import settled_scheme
from desktop.models.services.stale_forms import StaleRecordError, settle
from desktop.office import Office
from tests.models.services.test_activities import form, secretary
from tests.offices import TODAY, VILLAGE, identity_number, member

VALUES = some.dictionaries(some.sampled_from("abcd"), some.integers(0, 2))


@given(VALUES, VALUES, VALUES)
def test_what_is_settled_is_what_one_of_both_changed_and_else_what_stands(
    opened: dict[str, int], typed: dict[str, int], now: dict[str, int]
) -> None:
    def said(part: str, parts: Mapping[str, int]) -> str:
        return f"{part}: {parts.get(part)}"

    settled, clashes = settle(opened, typed, now, label=said, words=said)

    clashing = [str(clash.part) for clash in clashes]
    for part in "abcd":
        before, mine, there, after = (each.get(part) for each in (opened, typed, now, settled))
        assert (part in clashing) == (mine != before and there not in (before, mine))
        assert after == (mine if mine != before and part not in clashing else there)
    assert [(clash.now, clash.typed) for clash in clashes] == [
        (said(part, now), said(part, typed)) for part in clashing
    ]
    chosen, _ = settle(opened, typed, now, mine=clashing, label=said, words=said)
    assert all(chosen.get(part) == typed.get(part) for part in clashing)


def reserve(office: Office) -> str:
    values = {
        "name": "李小满",
        "id_number": identity_number("19960301"),
        "village": "毕家塘村",
        "aim": "委员",
    }
    return office.reserve.add(values | {"phone": "19900000001"}, TODAY)


def reserve_texts(office: Office, key: str) -> dict[str, str]:
    (line,) = office.reserve.rows([key], TODAY)
    return {name: office.reserve.text(line, name, whole=True) for name in ("aim", "mentor", "phone")}


def test_a_form_writes_only_what_was_typed_over_what_was_changed_meanwhile(office: Office) -> None:
    key = reserve(office)
    opened = reserve_texts(office, key)
    office.reserve.set_cell(key, "mentor", "王建军", TODAY)

    office.reserve.rewrite(key, opened, opened | {"aim": "书记"}, TODAY, "修改")

    (line,) = office.reserve.rows([key], TODAY)
    assert (line.record.aim, line.record.mentor) == ("1", "王建军")
    changed = office.history.recent(1)[0]
    assert changed.why == "修改"


def test_a_field_that_both_changed_is_told_and_nothing_is_written_until_somebody_chose(
    office: Office,
) -> None:
    key = reserve(office)
    opened = reserve_texts(office, key)
    office.reserve.set_cell(key, "phone", "19900000002", TODAY)
    typed = {"phone": "19900000003", "mentor": "王建军"}

    with pytest.raises(StaleRecordError) as refused:
        office.reserve.rewrite(key, opened, typed, TODAY, "修改")

    (clash,) = refused.value.clashes
    assert (clash.label, clash.now, clash.typed) == ("联系电话", "19900000002", "19900000003")
    assert "联系电话：现在是“19900000002”，您填的是“19900000003”" in str(refused.value)
    (there,) = office.reserve.rows([key], TODAY)
    assert (there.person and there.person.phone, there.record.mentor) == ("19900000002", None)
    office.reserve.rewrite(key, opened | {"phone": clash.now}, typed, TODAY, "修改")
    (line,) = office.reserve.rows([key], TODAY)
    assert (line.person and line.person.phone, line.record.mentor) == ("19900000003", "王建军")


def test_the_same_typed_by_both_is_no_clash_and_no_change(office: Office) -> None:
    key = reserve(office)
    opened = reserve_texts(office, key)
    office.reserve.set_cell(key, "mentor", "王建军", TODAY)
    before = office.history.recent(1)[0]

    office.reserve.rewrite(key, opened, {"mentor": "王建军"}, TODAY, "修改")

    assert office.history.recent(1)[0] == before


def test_a_form_of_a_line_that_is_gone_is_refused_with_words(office: Office) -> None:
    key = reserve(office)
    opened = reserve_texts(office, key)
    office.history.undo()

    with pytest.raises(VanishedLineError):
        office.reserve.rewrite(key, opened, {"mentor": "王建军"}, TODAY, "修改")

    assert office.reserve._records.select(ReserveCadre) == []


def test_a_roster_line_is_written_as_one_or_not_at_all(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    (row,) = office.roster.rows([key], TODAY)
    opened = {name: office.roster.text(row, name, whole=True) for name in ("remarks", "native_place")}
    office.people.set_field(key[0], "remarks", "党代表", TODAY)

    with pytest.raises(StaleRecordError, match="备注"):
        office.roster.rewrite(key, opened, {"remarks": "人大代表", "native_place": "湖北公安"}, TODAY, "修改")
    assert office.people.get(key[0]).native_place is None

    office.roster.rewrite(key, opened, {"native_place": "湖北公安"}, TODAY, "修改")
    person = office.people.get(key[0])
    assert (person.native_place, person.remarks) == ("湖北公安", "党代表")


def test_a_field_of_a_persons_page_is_not_written_over_what_an_import_said_meanwhile(office: Office) -> None:
    person_id, _ = office.roster.add(VILLAGE, member(phone="19900000001"), TODAY)
    office.people.set_field(person_id, "phone", "19900000002", TODAY)

    with pytest.raises(StaleRecordError, match="19900000002"):
        office.people.set_field(person_id, "phone", "19900000003", TODAY, opened="19900000001")

    office.people.set_field(person_id, "phone", "19900000003", TODAY, opened="19900000002")
    assert office.people._records.get(Person, person_id).phone == "19900000003"


def test_a_corrected_term_keeps_what_was_corrected_elsewhere(office: Office) -> None:
    person_id, _ = office.roster.add(VILLAGE, member(posts="党支部委员"), TODAY)
    (line,) = office.roster.terms(person_id)
    opened = correctable(line)
    office.people.correct(line.term.id, TODAY, approval="东升镇党委〔2021〕3号")

    office.people.correct(line.term.id, TODAY, opened=opened, **opened | {"start": "2021.11"})
    with pytest.raises(StaleRecordError, match="批准机关"):
        office.people.correct(line.term.id, TODAY, opened=opened, **opened | {"approval": "另一份"})

    (after,) = office.roster.terms(person_id)
    assert (after.term.start, after.term.approval) == ("2021-11", "东升镇党委〔2021〕3号")


# activities


@pytest.fixture
def key(office: Office) -> str:
    """A guidance with two people and two problems."""
    filled = form(office, secretary(office))
    problems = tuple(ProblemEntry(values={"problem": words}) for words in ("台账不全", "门头太小"))
    people = (*filled.attendees, Attendee(name="王部长"))
    return office.activity_forms.save(replace(filled, attendees=people, problems=problems), TODAY)


def names(office: Office, key: str) -> dict[str, bool]:
    return {each.name: each.present for each in office.activity_forms.of(key).attendees}


def change(office: Office, key: str, act: Callable[[ActivityForm], ActivityForm]) -> None:
    """Another panel changes an activity."""
    there = office.activity_forms.of(key)
    office.activity_forms.save(act(there), TODAY, there)


def add(name: str) -> Callable[[ActivityForm], ActivityForm]:
    return lambda form: replace(form, attendees=(*form.attendees, Attendee(name=name)))


def test_people_and_problems_that_two_panels_added_are_all_kept(office: Office, key: str) -> None:
    opened = office.activity_forms.of(key)
    change(office, key, add("周书记"))
    office.field_problems.set_cell(opened.problems[0].key or "", "closed", "2026.11.24", TODAY)
    typed = add("陈站长")(replace(opened, values={**opened.values, "place": "会议室"}))
    entry = replace(opened.problems[0], values={**opened.problems[0].values, "measure": "补齐"})
    fresh = ProblemEntry(values={"problem": "没有公示"})

    office.activity_forms.save(replace(typed, problems=(entry, opened.problems[1], fresh)), TODAY, opened)

    after = office.activity_forms.of(key)
    assert list(names(office, key)) == ["张建国", "王部长", "周书记", "陈站长"]
    assert after.values["place"] == "会议室"
    told = [
        (each.values["problem"], each.values["measure"], each.values["closed"]) for each in after.problems
    ]
    assert told == [("台账不全", "补齐", "2026.11.24"), ("门头太小", "", ""), ("没有公示", "", "")]


def test_a_person_changed_in_one_panel_and_taken_out_in_another_is_asked_about(
    office: Office, key: str
) -> None:
    opened = office.activity_forms.of(key)
    change(office, key, lambda form: replace(form, attendees=form.attendees[:1]))
    away = replace(opened, attendees=(opened.attendees[0], replace(opened.attendees[1], present=False)))

    with pytest.raises(StaleRecordError) as refused:
        office.activity_forms.save(away, TODAY, opened)

    (clash,) = refused.value.clashes
    assert (clash.label, clash.now, clash.typed) == ("参加人 王部长", "不在名单上", "缺席")
    now = office.activity_forms.of(key)
    theirs, _ = settled_form(opened, away, now)
    mine, _ = settled_form(opened, away, now, {clash.part})
    assert [each.name for each in theirs.attendees] == ["张建国"]
    office.activity_forms.save(mine, TODAY, now)
    assert names(office, key) == {"张建国": True, "王部长": False}


def test_a_problem_removed_elsewhere_and_written_here_is_asked_about_whole(office: Office, key: str) -> None:
    opened = office.activity_forms.of(key)
    office.field_problems.remove([opened.problems[1].key or ""])
    entry = replace(opened.problems[1], values={**opened.problems[1].values, "measure": "换门头"})
    typed = replace(opened, problems=(opened.problems[0], entry))

    with pytest.raises(StaleRecordError) as refused:
        office.activity_forms.save(typed, TODAY, opened)

    (clash,) = refused.value.clashes
    assert (clash.label, clash.now) == ("问题“门头太小”", "没有这个问题")
    assert clash.typed == "发现问题：门头太小　整改措施：换门头"
    now = office.activity_forms.of(key)
    settled, _ = settled_form(opened, typed, now, {clash.part})
    office.activity_forms.save(settled, TODAY, now)
    assert [each.values["measure"] for each in office.activity_forms.of(key).problems] == ["", "换门头"]


def test_who_was_merged_while_a_form_was_open_is_there_once_as_the_one_that_is_kept(
    office: Office, key: str
) -> None:
    ids = []
    for order, name in ((5, "李卫"), (6, "李为")):
        typed = member(name=name, id_number=identity_number(order=order), phone="")
        ids.append(office.roster.add(VILLAGE, typed, TODAY)[0])
    other = replace(office.activities.attendees.known(ids[1], VILLAGE, TODAY), secretary=False)
    change(office, key, lambda form: replace(form, attendees=(*form.attendees, other)))
    opened = office.activity_forms.of(key)
    people = (*opened.attendees[:-1], replace(other, present=False))
    office.same_people.merge(ids[0], ids[1], {})

    office.activity_forms.save(replace(opened, attendees=people), TODAY, opened)

    after = office.activity_forms.of(key).attendees
    assert [(each.person_id, each.present) for each in after[2:]] == [(ids[0], False)]


def test_a_panel_that_changed_nothing_undoes_nothing(office: Office, key: str) -> None:
    opened = office.activity_forms.of(key)
    change(office, key, lambda form: replace(add("周书记")(form), values={**form.values, "theme": "新主题"}))
    office.activities.remove(
        [office.activity_forms.save(form(office, secretary(office, "李卫东", order=2)), TODAY)]
    )

    office.activity_forms.save(opened, TODAY, opened)

    assert "周书记" in names(office, key)
    assert office.activity_forms.of(key).values["theme"] == "新主题"


# schemes


def test_an_edited_scheme_keeps_what_was_changed_in_it_elsewhere(office: Office) -> None:
    opened = office.schemes.versions(ACTIVITIES)[0]
    new = replace(opened.scheme, since="2027-01-01", title="四个一办法")
    base = office.schemes.save(new, opened.common)
    items = list(base.common)
    office.schemes.save(
        replace(base.scheme, official="市委组织部〔2026〕9号"), [replace(items[0], times=2), *items[1:]]
    )
    edited = [*items[1:3], replace(items[3], times=3), replace(items[0], id="", code="", name="一次座谈")]

    saved = office.schemes.save(base.scheme, [items[0], *edited], base)

    assert saved.scheme.official == "市委组织部〔2026〕9号"
    told = [(item.name, item.times) for item in saved.common]
    assert told == [
        *((items[0].name, 2), (items[1].name, 1), (items[2].name, 1), (items[3].name, 3), ("一次座谈", 1))
    ]


def test_an_item_that_both_edited_is_asked_about(office: Office) -> None:
    opened = office.schemes.versions(ACTIVITIES)[0]
    base = office.schemes.save(replace(opened.scheme, since="2027-01-01"), opened.common)
    first, *others = base.common
    office.schemes.save(base.scheme, [replace(first, times=2), *others])
    typed = (base.scheme, [replace(first, times=3), *others])

    with pytest.raises(StaleRecordError) as refused:
        office.schemes.save(*typed, base)

    (clash,) = refused.value.clashes
    assert clash.label == f"项目“{first.name}”"
    assert "每期次数：2" in clash.now
    assert "每期次数：3" in clash.typed
    now = office.schemes.versions(ACTIVITIES)[0]
    (scheme, items), _ = settled_scheme(base.edited, typed, now.edited, {clash.part})
    assert office.schemes.save(scheme, items, now).common[0].times == 3
