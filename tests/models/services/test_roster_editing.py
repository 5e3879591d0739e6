"""Editing the roster: cells, pastes, people coming and going; each action one change set that can be taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.domain.posts import Post
from desktop.models.registers.roster import RosterQuery, RosterRow, value_of
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.roster import VanishedRowError
from desktop.models.services.roster_lists import shown
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE, identity_number, member

Key = tuple[str, str]


def added(office: Office, village: str = VILLAGE, **typed: str) -> Key:
    """A member of a village, entered as a person would."""
    return office.roster.add(village, member(**typed), TODAY)


def line(office: Office, key: Key, on: date = TODAY) -> RosterRow:
    """The line of a key."""
    return office.roster.rows([key], on)[0]


def whys(office: Office) -> list[str]:
    """What the history says, the newest first, without the making of the office."""
    return [change.why for change in office.history.recent()][:-1]


def all_rows(office: Office) -> list[RosterRow]:
    """Every line of today."""
    return office.roster.rows(office.roster.keys(RosterQuery(on=TODAY)), TODAY)


def test_adding_a_person_stores_what_was_typed_in_one_change_set(office: Office) -> None:
    key = added(office)

    row = line(office, key)
    assert row.posts_text == "党支部书记、村委会主任"
    assert (row.person.birth, row.person.education, row.post_since) == ("1985-07", "31", "2021-12")
    assert whys(office) == ["新增人员：毕家塘村 张建国"]
    assert office.history.undo() is not None
    assert all_rows(office) == []


def test_a_form_with_several_faults_is_told_all_of_them_at_once(office: Office) -> None:
    typed = member(name="", posts="两委委员", birth="1985.13", id_number="421099198507120010")

    with pytest.raises(InvalidValueError) as refused:
        office.roster.add(VILLAGE, typed, TODAY)

    assert set(refused.value.problems) == {"name", "posts", "birth", "id_number"}
    assert whys(office) == []


def test_a_form_without_name_and_posts_is_asked_for_them(office: Office) -> None:
    with pytest.raises(InvalidValueError) as refused:
        office.roster.add(VILLAGE, {"sex": "男"}, TODAY)

    assert set(refused.value.problems) == {"name", "posts"}


def test_a_sex_that_the_identity_number_contradicts_is_refused_in_a_new_line(office: Office) -> None:
    with pytest.raises(InvalidValueError) as refused:
        office.roster.add(VILLAGE, member(sex="女"), TODAY)

    assert set(refused.value.problems) == {"sex"}


def test_the_highest_education_is_told_by_the_split_ones(office: Office) -> None:
    key = added(office, education="", education_full_time="高中", education_in_service="大专")

    assert line(office, key).person.education == "31"


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("name", "张　建 军", "张建军"),
        ("sex", "男性", "1"),
        ("birth", "１９８５年7月", "1985-07"),
        ("ethnic_group", "土家", "15"),
        ("political_status", "预备党员", "02"),
        ("party_joined", "200806", "2008-06"),
        ("education", "本科", "21"),
        ("school_major", "长江大学 农学", "长江大学 农学"),
        ("cadre_since", "2015-3", "2015-03"),
        ("source", "退役军人", "04"),
        ("pay", "38,600元", 38600),
        ("phone", "199 0000 0002", "19900000002"),
        ("remarks", "=SUM(A1)", "=SUM(A1)"),
        ("remarks", "<img src=x> & </b>", "<img src=x> & </b>"),
        ("remarks", "'; DROP TABLE person; --", "; DROP TABLE person; --"),
        ("posts", "支书、村主任、妇联主席", "党支部书记、村委会主任、妇联主席"),
        ("post_since", "2022.1", "2022-01"),
        ("phone", "", None),
        ("birth", "—", None),
        ("post_since", "", None),
    ],
)
def test_a_cell_takes_every_spelling_of_its_kind(
    office: Office, field: str, typed: str, stored: object
) -> None:
    key = added(office, id_number="", sex="女", birth="1984.01", party_joined="2007.01")

    reading = office.roster.set_cell(key, field, typed, TODAY)

    assert reading.problem is None
    assert value_of(line(office, key), field) == stored
    assert office.history.undo() is not None
    assert value_of(line(office, key), field) != stored


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""),
        ("name", "张\ue863"),
        ("name", "张?"),
        ("name", "张" * 10_000),
        ("sex", "中"),
        ("birth", "1985.13"),
        ("birth", "2026.12"),
        ("birth", "1899.12"),
        ("political_status", "党员？"),
        ("education", "在读"),
        ("posts", ""),
        ("posts", "委员"),
        ("posts", "拟任书记"),
        ("posts", "支书、村嘉宾"),
        ("posts", "党" * 10_000),
        ("id_number", "42109919850712"),
        ("id_number", "421099198507120010"),
        ("phone", "1234"),
        ("phone", "199****0001"),
        ("id_number", "421099********0010"),
        ("pay", "很多"),
        ("village", "春风港村"),
        ("both_heads", "是"),
    ],
)
def test_a_doubtful_value_is_refused_and_nothing_changes(office: Office, field: str, typed: str) -> None:
    key = added(office)
    before = line(office, key)

    with pytest.raises(InvalidValueError) as refused:
        office.roster.set_cell(key, field, typed, TODAY)

    assert set(refused.value.problems) == {field}
    assert line(office, key) == before
    assert office.roster.read_cell(key, field, typed, TODAY).problem == refused.value.problems[field]


def test_a_value_that_only_looks_odd_is_kept_and_pointed_out(office: Office) -> None:
    key = added(office)

    year = office.roster.set_cell(key, "party_joined", "2008", TODAY)
    other_birth = office.roster.set_cell(key, "birth", "1984.07", TODAY)

    assert year.value == "2008"
    assert year.problem is not None
    assert other_birth.value == "1984-07"
    assert "身份证号里的 1985.07" in str(other_birth.problem)
    assert "已按表格记下" not in str(other_birth.problem)
    assert set(office.roster.problems(line(office, key), TODAY)) == {"birth"}


def test_an_identity_number_that_others_have_is_refused(office: Office) -> None:
    added(office)
    other = added(office, name="李四", id_number=identity_number(order=2))

    with pytest.raises(InvalidValueError, match="“张建国”已经用了这个身份证号"):
        office.roster.set_cell(other, "id_number", identity_number(), TODAY)
    with pytest.raises(InvalidValueError, match="“张建国”已经用了这个身份证号"):
        added(office, name="王五")


def test_typing_ones_own_number_again_changes_nothing(office: Office) -> None:
    key = added(office)

    reading = office.roster.set_cell(key, "id_number", identity_number().lower(), TODAY)

    assert reading.problem is None
    assert whys(office) == ["新增人员：毕家塘村 张建国"]


def test_a_stage_on_the_way_into_the_party_is_kept_until_it_is_over(office: Office) -> None:
    key = added(office, political_status="群众", party_joined="")

    office.roster.set_cell(key, "political_status", "入党积极分子", TODAY)
    stage = line(office, key).person
    office.roster.set_cell(key, "political_status", "群众", TODAY)
    still = line(office, key).person
    office.roster.set_cell(key, "political_status", "预备党员", TODAY)
    over = line(office, key).person

    assert (stage.political_status, stage.party_stage) == ("13", "入党积极分子")
    assert still == stage
    assert (over.political_status, over.party_stage) == ("02", None)


def test_a_split_education_raises_the_highest_and_leaves_an_unsplit_one(office: Office) -> None:
    key = added(office, education="大专")

    office.roster.set_cell(key, "education_full_time", "高中", TODAY)
    lower = line(office, key).person.education
    office.roster.set_cell(key, "education_in_service", "本科", TODAY)
    higher = line(office, key).person.education
    office.roster.set_cell(key, "education_in_service", "中专", TODAY)

    assert (lower, higher) == ("31", "21")
    assert line(office, key).person.education == "41"


def test_correcting_posts_keeps_since_when_they_are_held(office: Office) -> None:
    key = added(office)

    office.roster.set_cell(key, "posts", "党支部副书记、村委会主任", TODAY)

    row = line(office, key)
    assert {(term.post, term.start) for term in row.terms} == {
        (Post.PARTY_DEPUTY, "2021-12"),
        (Post.COMMITTEE_HEAD, "2021-12"),
    }
    assert len(office.roster.terms(key[0])) == 2


def test_the_month_of_the_post_leaves_posts_of_another_month_alone(office: Office) -> None:
    key = added(office)
    office.roster.appoint(key[0], VILLAGE, "妇联主席", "2023.05", TODAY)

    office.roster.set_cell(key, "post_since", "2021.11", TODAY)

    assert {term.start for term in line(office, key).terms} == {"2021-11", "2023-05"}


def test_a_paste_applies_good_cells_and_lists_bad_ones_as_one_action(office: Office) -> None:
    one, two = added(office), added(office, name="李四", id_number="", phone="")
    edits = [
        (one, "name", "张建军"),
        (one, "education_full_time", "高中"),
        (one, "education_in_service", "本科"),
        (one, "posts", "村委会主任"),
        (one, "post_since", "2020.01"),
        (two, "name", ""),
        (two, "birth", "1985.13"),
        (two, "phone", "19900000003"),
        (two, "village", "春风港村"),
        (("nobody", VILLAGE), "name", "王五"),
    ]

    outcome = office.roster.set_cells(edits, TODAY, "粘贴")

    first, second = office.roster.rows([one, two], TODAY)
    assert outcome.applied == 6
    assert [(problem.key, problem.field) for problem in outcome.problems] == [
        (two, "name"),
        (two, "birth"),
        (two, "village"),
        (("nobody", VILLAGE), "name"),
    ]
    assert (first.person.name, first.person.education, first.posts_text, first.post_since) == (
        *("张建军", "21", "村委会主任"),
        "2020-01",
    )
    assert (second.person.name, second.person.phone) == ("李四", "19900000003")
    assert whys(office)[0] == "粘贴"
    assert office.history.undo() is not None
    assert line(office, one).person.name == "张建国"


def test_a_paste_in_which_nothing_is_good_leaves_no_change_set(office: Office) -> None:
    key = added(office)

    outcome = office.roster.set_cells([(key, "posts", "委员"), (key, "name", "")], TODAY, "粘贴")
    office.divisions.update(VILLAGE, name="毕家塘新村委会")

    assert outcome.applied == 0
    assert line(office, key).division.name == "毕家塘新村委会"
    assert whys(office) == ["修改区划：毕家塘新村委会", "新增人员：毕家塘村 张建国"]


def test_a_masked_number_pasted_back_erases_nothing(office: Office) -> None:
    key = added(office)
    masked = [(key, name, shown(line(office, key), name, full=False)) for name in ("id_number", "phone")]

    outcome = office.roster.set_cells(masked, TODAY, "粘贴")

    assert [(problem.key, problem.field) for problem in outcome.problems] == [edit[:2] for edit in masked]
    assert line(office, key).person.id_number == identity_number()


def test_one_number_pasted_to_two_people_is_taken_for_the_first_only(office: Office) -> None:
    one, two = added(office, id_number=""), added(office, name="李四", id_number="")
    number = identity_number("19900101")

    outcome = office.roster.set_cells([(one, "id_number", number), (two, "id_number", number)], TODAY, "粘贴")

    assert outcome.applied == 1
    assert line(office, two).person.id_number is None


def test_one_person_on_two_lines_is_written_as_the_first_line_left_it(office: Office) -> None:
    here = added(office, education="")
    there = office.roster.appoint(here[0], COMMUNITY, "居委会委员", "2024.03", TODAY)

    edits = [(here, "education_full_time", "大专"), (there, "education_in_service", "高中")]
    office.roster.set_cells(edits, TODAY, "粘贴 2 格")

    assert line(office, there).person.education == "31"


def test_rows_below_the_last_become_people_in_the_same_change_set(office: Office) -> None:
    key = added(office)
    rows = [
        {"name": "王五", "posts": "村委会委员", "both_heads": "否", "birth": "1980.01"},
        {"name": "赵六", "posts": "居委会委员", "village": "焦山河社区"},
        {"name": "孙七", "posts": "班长"},
        {"name": "周八", "posts": "村委会委员", "village": "没有的村"},
        {"name": "张建国", "posts": "村委会委员", "birth": "1985.07"},
        {"name": "", "posts": "村委会委员"},
    ]

    outcome = office.roster.paste([(key, "remarks", "已核")], rows, TODAY, "粘贴", division_code=VILLAGE)

    assert outcome.applied == 1
    assert [line(office, new).person.name for new in outcome.added] == ["王五", "赵六"]  # type: ignore[arg-type]  # keys of lines
    assert [new[1] for new in outcome.added] == [VILLAGE, COMMUNITY]  # type: ignore[index]  # keys of lines
    assert [(problem.key, problem.field) for problem in outcome.problems] == [
        *((2, "posts"), (3, "village"), (4, "name"), (5, "name")),
    ]
    office.history.undo()
    assert [row.person.name for row in all_rows(office)] == ["张建国"]
    assert line(office, key).person.remarks is None


def test_rows_without_a_village_say_what_to_do(office: Office) -> None:
    outcome = office.roster.paste([], [{"name": "王五", "posts": "村委会委员"}], TODAY, "粘贴")

    assert "请先在左边选中" in outcome.problems[0].message


def test_a_person_who_is_known_is_appointed_in_another_village(office: Office) -> None:
    key = added(office)

    other = office.roster.appoint(key[0], COMMUNITY, "居委会委员", "2024.03", TODAY, how="01")

    assert other == (key[0], COMMUNITY)
    assert line(office, other).posts_text == "居委会委员"
    assert [term.how for term in line(office, other).terms] == ["01"]
    assert len(all_rows(office)) == 2
    assert office.roster.summary(TODAY).people == 1
    assert [t.village for t in office.roster.terms(key[0])] == ["焦山河社区", "毕家塘村", "毕家塘村"]


def test_a_further_post_in_the_same_village_stands_beside_those_held(office: Office) -> None:
    key = added(office)

    office.roster.appoint(key[0], VILLAGE, "党支部书记、妇联主席", "2024.03", TODAY)

    row = line(office, key)
    assert row.posts_text == "党支部书记、村委会主任、妇联主席"
    assert [term.start for term in row.terms] == ["2021-12", "2021-12", "2024-03"]


def test_a_post_that_is_held_already_is_not_given_again(office: Office) -> None:
    key = added(office)

    with pytest.raises(InvalidValueError, match="已经担任"):
        office.roster.appoint(key[0], VILLAGE, "村主任", "2024.03", TODAY)

    assert len(line(office, key).terms) == 2


@pytest.mark.parametrize(
    ("posts", "start", "fields"),
    [
        ("", "", {"posts"}),
        ("拟任书记", "2024.13", {"posts", "post_since"}),
        ("支书", "2027.01", {"post_since"}),
    ],
)
def test_an_appointment_is_refused_with_all_that_is_wrong(
    office: Office, posts: str, start: str, fields: set[str]
) -> None:
    key = added(office)

    with pytest.raises(InvalidValueError) as refused:
        office.roster.appoint(key[0], COMMUNITY, posts, start, TODAY)

    assert set(refused.value.problems) == fields


def test_an_appointment_takes_the_place_of_a_post_not_known_yet(office: Office, tmp_path: Path) -> None:
    key = pending(office, tmp_path)

    office.roster.appoint(key[0], VILLAGE, "村委会委员", "2024.03", TODAY)

    assert [(term.post, term.start) for term in line(office, key).terms] == [("23", "2024-03")]


def test_ending_terms_takes_the_person_off_the_roster_the_day_after(office: Office) -> None:
    key = added(office)
    terms = [term.id for term in line(office, key).terms]

    office.roster.end_terms(terms, date(2026, 6, 30), "届满换届")

    assert office.roster.rows([key], date(2026, 7, 1)) == []
    assert line(office, key, date(2026, 6, 30)).posts_text == "党支部书记、村委会主任"
    assert whys(office)[0] == "离任（2026.06.30）：张建国"
    assert [found.term.end_reason for found in office.roster.terms(key[0])] == ["届满换届", "届满换届"]
    assert office.history.undo() is not None
    assert line(office, key).posts_text == "党支部书记、村委会主任"


def test_ending_one_of_two_posts_leaves_the_other(office: Office) -> None:
    key = added(office)

    office.roster.end_terms([line(office, key).terms[0].id], TODAY, "")

    tomorrow = date(2026, 11, 25)
    assert line(office, key, tomorrow).posts_text == "村委会主任"
    assert line(office, key).posts_text == "党支部书记、村委会主任"  # the last day is served


def test_a_term_cannot_end_before_it_began(office: Office) -> None:
    key = added(office)

    with pytest.raises(InvalidValueError, match=r"早于任职时间 2021\.12"):
        office.roster.end_terms([term.id for term in line(office, key).terms], date(2021, 11, 30), "")

    assert line(office, key).terms[0].end is None


def test_removing_a_line_entered_by_mistake_leaves_no_person_and_comes_back_whole(office: Office) -> None:
    key, other = added(office), added(office, name="李四", id_number="")
    before = all_rows(office)

    removed = office.roster.remove([key, ("nobody", VILLAGE)])

    assert removed == 1
    assert [row.key for row in all_rows(office)] == [other]
    assert office.roster.same_person("张建国", None, None) == []
    assert office.history.undo() is not None
    assert all_rows(office) == before


def test_removing_one_of_two_villages_leaves_the_person_in_the_other(office: Office) -> None:
    key = added(office)
    other = office.roster.appoint(key[0], COMMUNITY, "居委会委员", "", TODAY)

    office.roster.remove([key])

    assert [row.key for row in all_rows(office)] == [other]


def test_a_line_that_is_gone_is_said_to_be(office: Office) -> None:
    key = added(office)
    term = line(office, key).terms[0].id
    office.roster.remove([key])

    with pytest.raises(VanishedRowError):
        office.roster.set_cell(key, "name", "张三", TODAY)
    with pytest.raises(VanishedRowError):
        office.roster.end_terms([term], TODAY, "")
    with pytest.raises(VanishedRowError):
        office.roster.appoint(key[0], VILLAGE, "支书", "", TODAY)
    assert office.roster.rows([key], TODAY) == []


@pytest.mark.parametrize(
    ("name", "number", "birth", "found"),
    [
        ("王五", identity_number(), None, True),  # the number is the person
        ("张建国", identity_number(order=2), "1985.07", False),  # and another number another
        ("张建国", None, "1985.07", True),
        ("张建国", None, "1985", True),
        ("张建国", None, "1986.01", False),
        ("张建国", None, None, True),
        ("张建国", "", "", True),
        ("张建", None, "1985.07", False),
        ("", None, None, False),
    ],
)
def test_the_person_being_entered_may_be_known(
    office: Office, name: str, number: str | None, birth: str | None, found: bool
) -> None:
    key = added(office)

    same = office.roster.same_person(name, number, birth)

    assert [row.key for row in same] == ([key] if found else [])


def test_somebody_without_number_or_birth_may_be_anybody_of_the_name(office: Office) -> None:
    key = added(office, id_number="", birth="")

    same = office.roster.same_person("张建国", identity_number(order=9), "1990.01")

    assert [row.key for row in same] == [key]


def test_somebody_who_left_is_still_known_by_the_last_village(office: Office) -> None:
    key = added(office)
    office.roster.end_terms([term.id for term in line(office, key).terms], date(2022, 1, 31), "")

    same = office.roster.same_person("张建国", identity_number(), None)

    assert [(row.key, row.posts_text) for row in same] == [(key, "党支部书记、村委会主任")]


def test_an_identity_number_offers_sex_and_birth_and_fills_nothing(office: Office) -> None:
    key = added(office, id_number="", sex="", birth="")

    office.roster.set_cell(key, "id_number", identity_number("19740512", woman=True), TODAY)

    person = line(office, key).person
    assert (person.sex, person.birth) == (None, None)
    hints = office.roster.identity_hints(identity_number("19740512", woman=True), TODAY)
    assert hints == {"sex": "女", "birth": "1974.05"}
    assert office.roster.identity_hints("4210991974", TODAY) == {}


def test_a_whole_line_has_no_problems_and_an_empty_one_all_of_them(office: Office) -> None:
    whole = line(office, added(office))
    empty = line(office, office.roster.add(VILLAGE, {"name": "李四", "posts": "村委会委员"}, TODAY))

    assert office.roster.problems(whole, TODAY) == {}
    assert set(office.roster.problems(empty, TODAY)) == {
        *("sex", "birth", "ethnic_group", "political_status", "education", "id_number", "phone"),
        "post_since",
    }


def test_a_post_not_known_yet_is_a_problem_of_the_line(office: Office, tmp_path: Path) -> None:
    key = pending(office, tmp_path)

    assert "posts" in office.roster.problems(line(office, key), TODAY)
    assert line(office, key).posts_text == ""


def test_text_with_nul_or_of_any_length_is_stored_without_harm(office: Office) -> None:
    key = added(office)

    office.roster.set_cell(key, "remarks", "前\x00后", TODAY)
    nul = line(office, key).person.remarks
    office.roster.set_cell(key, "remarks", "长" * 100_000, TODAY)

    assert nul is not None
    assert "\x00" not in nul
    assert line(office, key).person.remarks == "长" * 100_000


def pending(office: Office, folder: Path) -> Key:
    """Somebody imported with a post that nobody could read."""
    from tests.offices import workbook

    file = workbook(folder / "表.xlsx", ["村（社区）", "姓名", "职务"], [["毕家塘村", "张三", "村嘉宾"]])
    plan = office.imports.plan(office.imports.read([file], TODAY), TODAY)
    office.imports.apply(plan, file.name)
    return office.roster.keys(RosterQuery(on=TODAY))[0]
