"""The history in words: who changed what, undo and redo across every kind of action."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from desktop.models.database.history import UndoRefusedError
from desktop.models.registers.roster import RosterQuery, RosterRow
from desktop.office import Office
from tests.offices import COMMUNITY, SAMPLE_FILES, TODAY, VILLAGE, identity_number, member

QUERY = RosterQuery(on=TODAY)


def state(office: Office) -> object:
    """All records, past terms too."""
    keys = office.roster.keys(QUERY)
    people = {key[0] for key in keys}
    return (
        office.roster.rows(keys, TODAY),
        [office.roster.terms(person) for person in sorted(people)],
        office.divisions.all(),
    )


def first(office: Office) -> RosterRow:
    """The first line of today."""
    return office.roster.rows(office.roster.keys(QUERY)[:1], TODAY)[0]


def test_a_change_is_told_with_who_when_what_and_from_where(office: Office) -> None:
    office.settings.operator = " 王干事 "
    key = office.roster.add(VILLAGE, member(), TODAY)
    office.roster.set_cell(key, "phone", "19900000002", TODAY)

    line = office.history.recent(1)[0]

    assert (line.operator, line.why, line.source, line.kind) == ("王干事", "修改联系电话：张建国", None, "do")
    assert line.at.date() == date.today()
    assert [(c.who, c.field, c.old, c.new) for c in office.history.details(line.seq)] == [
        ("张建国", "联系电话", "199****0001", "199****0002")
    ]


def test_a_person_has_everything_that_happened_to_the_posts_too(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    office.roster.appoint(key[0], COMMUNITY, "居委会委员", "2024.03", TODAY)
    office.roster.end_terms([first(office).terms[0].id], date(2026, 6, 30), "届满换届")

    lines = office.history.of_person(key[0])

    assert [line.why for line in lines] == [
        "离任（2026.06.30）：张建国",
        "任职：焦山河社区 张建国",
        "新增人员：毕家塘村 张建国",
    ]
    assert [(c.who, c.field, c.old, c.new) for c in lines[0].details] == [
        ("焦山河社区 张建国", "离任时间", "", "2026.06"),
        ("焦山河社区 张建国", "离任原因", "", "届满换届"),
    ]
    assert [(c.who, c.field, c.old, c.new) for c in lines[1].details] == [
        ("焦山河社区 张建国", "任职", "", "居委会委员（2024.03—）")
    ]
    assert ("张建国", "学历", "", "大专") in [(c.who, c.field, c.old, c.new) for c in lines[2].details]


def test_whoever_was_removed_is_still_named(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    office.roster.remove([key])

    line = office.history.of_person(key[0])[0]

    assert ("毕家塘村 张建国", "任职", "村委会主任（2021.12—）", "") in [
        (c.who, c.field, c.old, c.new) for c in line.details
    ]


def test_no_history_shows_a_whole_number(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    office.roster.set_cell(key, "id_number", identity_number(order=2), TODAY)
    office.roster.set_cell(key, "phone", "0716-7000000", TODAY)

    texts = [f"{c.old} {c.new}" for line in office.history.of_person(key[0]) for c in line.details]

    assert not any(
        n in text for text in texts for n in (identity_number(), identity_number(order=2), "7000000")
    )


def test_a_changed_division_is_told_in_words(office: Office) -> None:
    office.divisions.update(VILLAGE, party_form="committee", kind="community", approved_posts=7)

    changes = office.history.details(office.history.recent(1)[0].seq)

    assert {(c.who, c.field, c.old, c.new) for c in changes} == {
        ("毕家塘村委会", "党组织形式", "党支部", "党委"),
        ("毕家塘村委会", "类型", "村", "社区"),
        ("毕家塘村委会", "核定职数", "", "7"),
    }


def test_changes_are_listed_page_by_page(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    for number in range(5):
        office.roster.set_cell(key, "remarks", str(number), TODAY)

    newest = office.history.recent(4)
    older = office.history.recent(4, before=newest[-1].seq)

    assert [line.seq for line in (*newest, *older)] == [7, 6, 5, 4, 3, 2, 1]


def test_undo_and_redo_say_what_they_would_do(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    office.roster.set_cell(key, "name", "张建军", TODAY)

    before = office.history.next_undo(), office.history.next_redo()
    undone = office.history.undo()
    after = office.history.next_undo(), office.history.next_redo()
    redone = office.history.redo()

    assert before == ("修改姓名：张建国", None)
    assert after == ("新增人员：毕家塘村 张建国", "修改姓名：张建国")
    assert undone is not None
    assert redone is not None
    assert (undone.why, redone.why) == ("撤销：修改姓名：张建国", "重做：修改姓名：张建国")
    assert office.roster.rows([key], TODAY)[0].person.name == "张建军"


def test_what_made_the_office_is_never_taken_back(office: Office, sample: Office) -> None:
    for opened in (office, sample):
        assert opened.history.next_undo() is None
        assert opened.history.undo() is None
        assert opened.history.undo(1) is None
    assert len(office.divisions.all()) == 219
    assert sample.roster.summary(TODAY).people > 100


def test_an_older_change_is_taken_back_alone_unless_it_was_built_upon(office: Office) -> None:
    key = office.roster.add(VILLAGE, member(), TODAY)
    other = office.roster.add(VILLAGE, member(name="李四", id_number=""), TODAY)
    office.roster.set_cell(key, "phone", "19900000002", TODAY)
    phone = office.history.recent(1)[0].seq
    office.roster.set_cell(other, "phone", "19900000003", TODAY)

    office.history.undo(phone)
    office.roster.set_cell(key, "phone", "19900000004", TODAY)
    with pytest.raises(UndoRefusedError):
        office.history.undo(phone - 2)

    phones = [row.person.phone for row in office.roster.rows([key, other], TODAY)]
    assert phones == ["19900000004", "19900000003"]


@pytest.mark.parametrize("seed", range(3))
def test_undoing_everything_leads_back_and_redoing_everything_forth(
    office: Office, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    office.imports.apply(
        office.imports.plan(office.imports.read([SAMPLE_FILES[seed]], TODAY), TODAY), SAMPLE_FILES[seed].name
    )
    states = [state(office)]
    for _ in range(12):
        act(office, chance)
        if (now := state(office)) != states[-1]:
            states.append(now)

    undone = [state(office) for _ in range(len(states) - 1) if office.history.undo()]
    redone = [state(office) for _ in range(len(states) - 1) if office.history.redo()]

    assert undone == states[-2::-1]
    assert redone == states[1:]


def act(office: Office, chance: Random) -> None:
    """Do anything a person does."""
    keys = office.roster.keys(QUERY)
    some = chance.sample(keys, 3)
    row = office.roster.rows(some[:1], TODAY)[0]
    match chance.randrange(7):
        case 0:
            office.roster.set_cell(some[0], "remarks", str(chance.random()), TODAY)
        case 1:
            edits = [(key, "duties", chance.choice("甲乙丙")) for key in some]
            office.roster.set_cells(edits, TODAY, "粘贴")
        case 2:
            name = "".join(chance.choices("王李张刘陈杨黄赵吴周", k=3))
            office.roster.add(VILLAGE, {"name": name, "posts": "村委会委员"}, TODAY)
        case 3:
            office.roster.end_terms([term.id for term in row.terms], TODAY, "辞职")
        case 4:
            office.roster.remove(some[:2])
        case 5:
            office.divisions.update(row.division.code, aliases=str(chance.random()))
        case 6:
            office.roster.set_cell(
                some[0], "posts", chance.choice(("支书", "村委会委员、文书", "监委会主任")), TODAY
            )


def told(office: Office) -> set[tuple[str, str, str, str]]:
    """The last change, in words."""
    seq = office.history.recent(1)[0].seq
    return {(change.who, change.field, change.old, change.new) for change in office.history.details(seq)}


def test_figures_terms_and_appraisals_are_told_with_village_person_year_and_term(office: Office) -> None:
    year = office.village_years.add({"village": "毕家塘村", "year": "2025", "income": "186000"}, TODAY)
    office.village_years.set_cell(year, "income", "190000", TODAY)
    assert told(office) == {("毕家塘村 2025 年", "集体经济收入", "186000", "190000")}

    typed = {"village": "毕家塘村", "committee": "党组织", "number": "第十二届", "start": "2021.11"}
    term = office.registers["committee_term"].add(typed, TODAY)
    office.registers["committee_term"].set_cell(term, "due", "2026.12", TODAY)
    assert office.history.recent(1)[0].why == "修改届满时间：毕家塘村 党组织第十二届"
    assert told(office) == {("毕家塘村 党组织第十二届", "届满时间", "2026.11", "2026.12")}

    who = {"village": "毕家塘村", "name": "高明", "birth": "1994.02", "aim": "委员"}
    office.reserve.appraise(office.reserve.add(who, TODAY), "2025", "优秀", "", TODAY)
    assert ("毕家塘村 高明 2025 年", "评价结果", "", "优秀") in told(office)


def test_an_attachment_is_told_with_what_it_belongs_to_and_what_it_is_for(
    office: Office, tmp_path: Path
) -> None:
    (tmp_path / "报表.pdf").write_bytes(b"%PDF-1.4")
    key, _ = office.roster.add(VILLAGE, member(), TODAY)
    year = office.village_years.add({"village": "毕家塘村", "year": "2025"}, TODAY)

    office.attachments.add("person", key, [tmp_path / "报表.pdf"])
    assert ("张建国", "用途", "", "材料") in told(office)
    office.attachments.add("village_year", year, [tmp_path / "报表.pdf"])
    assert ("毕家塘村 2025 年", "用途", "", "材料") in told(office)

    office.village_years.remove([year])
    seq = office.history.recent(2)[1].seq
    assert {change.who for change in office.history.details(seq)} == {"毕家塘村 2025 年"}
