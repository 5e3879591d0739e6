"""What importing would do: who a row means, what changes, and that doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.posts import Post
from desktop.models.domain.reading import Scalar
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from desktop.models.workbooks.headings import ROW_ID_HEADING
from desktop.models.workbooks.matching import KnownPeople, KnownPerson
from desktop.models.workbooks.plan import ImportPlan, Outcome, plan_roster
from tests.builders import code_of, divisions, identity, person, read_table, term

VILLAGE = code_of("石华堰村委会")
OTHER_VILLAGE = code_of("小石桥村委会")


class Office:
    """What an office keeps, without a store: people, their serving terms, divisions."""

    def __init__(self, *known: tuple[Person, Sequence[TermOfOffice]]) -> None:
        self.people = {p.id: p for p, _ in known}
        self.terms = {t.id: t for _, terms in known for t in terms}
        self.divisions: dict[str, Division] = dict(divisions())

    def plan(self, *rows: dict[str, Scalar]) -> ImportPlan:
        """Plan a file with these rows, each by headings; 村 is 石华堰村 unless given."""
        headings = list(dict.fromkeys(["村", "姓名", "性别", *(heading for row in rows for heading in row)]))
        always: dict[str, Scalar] = {"村": "石华堰村", "姓名": "张三"}
        lines = [[(always | row).get(heading) for heading in headings] for row in rows]
        reading = read_table(headings, *lines)
        assert len(reading.rows) == len(rows)
        serving: dict[str, list[TermOfOffice]] = {}
        for each in sorted(self.terms.values(), key=lambda t: t.post):
            if each.end is None:
                serving.setdefault(each.person_id, []).append(each)
        known = [KnownPerson(p, tuple(serving.get(p.id, ()))) for p in self.people.values()]
        return plan_roster(reading.rows, KnownPeople(known), self.divisions)

    def apply(self, plan: ImportPlan) -> None:
        """Write a plan as the service does."""
        for row in plan.rows:
            if row.person is not None:
                self.people[row.person.id] = row.person
            self.terms.update({t.id: t for t in row.terms.insert})
        for row in plan.rows:
            for term_id, changes in row.terms.update.items():
                self.terms[term_id] = replace(self.terms[term_id], **changes)  # type: ignore[arg-type]  # its fields
            for term_id in row.terms.delete:
                del self.terms[term_id]
        for code, form in plan.party_forms.items():
            self.divisions[code] = replace(self.divisions[code], party_form=form)

    def take_in(self, *rows: dict[str, Scalar]) -> ImportPlan:
        """Plan and apply."""
        plan = self.plan(*rows)
        self.apply(plan)
        return plan

    def posts(self) -> list[tuple[str, str | None, str | None]]:
        """Post, start and end of every term, in order."""
        return sorted((Post(t.post).label, t.start, t.end) for t in self.terms.values())


def outcomes(plan: ImportPlan) -> list[str]:
    """The outcome of each row."""
    return [row.outcome.value for row in plan.rows]


def office_with(given: Person, *posts: tuple[str, str | None], village: str = VILLAGE) -> Office:
    """An office that has one person with some posts, each with its start."""
    return Office((given, [term(given.id, village, post, start=start) for post, start in posts]))


_CELLS: dict[str, tuple[Scalar, ...]] = {
    "村": ("石华堰村", "石华堰村", "小石桥", "无此村"),
    "姓名": ("张三", "张三", "李四", ""),
    "出生年月": (None, None, "1970.01", "1980.02", "1970"),
    "身份证号": (None, None, identity("1970-01"), identity("1980-02"), identity("1970-01", number=7), "坏号"),
    "职务": (
        *(None, "书记", "党支部书记、村委会主任", "支委", "组织委员", "村委、文书", "副书记（主持工作）"),
        *("负责全面工作", "支委、片长", "监委会主任"),
    ),
    "任现职时间": (None, "2018.01", "2021.11", "2020", "1985.1"),
    "学历": (None, "大专", "研究生"),
    "全日制学历": (None, "大专", "本科"),
    "在职学历": (None, "初中", "本科"),
    "政治面貌": (None, "党员", "积极分子"),
}


@st.composite
def files(draw: st.DrawFn) -> list[dict[str, Scalar]]:
    """Rows of a file: few names and villages, so that they meet; columns that are there or not."""
    headings = ["村", "姓名", *draw(st.lists(st.sampled_from(list(_CELLS)[2:]), unique=True))]
    if {"学历"} < {"学历", "全日制学历", "在职学历"} & set(headings):
        headings.remove("学历")  # one file tells the education in one way
    cells = {heading: st.sampled_from(_CELLS[heading]) for heading in headings}
    always: dict[str, Scalar] = {"性别": "男", "民族": "汉"}
    rows = draw(st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=5))
    return [row | always for row in rows]


@given(first=files(), second=files())
def test_a_second_import_of_the_same_file_changes_nothing(
    first: list[dict[str, Scalar]], second: list[dict[str, Scalar]]
) -> None:
    office = Office()
    office.take_in(*first)

    for file in (first, second):
        office.take_in(*file)
        again = office.plan(*file)
        assert set(outcomes(again)) <= {"same", "refused"}
        assert not again.writes


@given(file=files())
def test_nobody_is_lost_and_terms_stay_with_known_people(file: list[dict[str, Scalar]]) -> None:
    office = Office()
    plan = office.take_in(*file)

    applicable = [row for row in plan.rows if row.imported.applicable]
    assert all(row.person is not None and row.person.id in office.people for row in applicable)
    assert {t.person_id for t in office.terms.values()} == set(office.people)
    assert [row.outcome is Outcome.REFUSED for row in plan.rows] == [
        not row.imported.applicable for row in plan.rows
    ]


def test_a_person_nobody_knows_is_new_with_all_the_file_tells() -> None:
    plan = Office().plan({"出生年月": "1970.01", "职务": "支部书记、村主任", "任现职时间": "2021.11"})

    (row,) = plan.rows
    assert row.outcome is Outcome.NEW
    assert row.person is not None
    assert (row.person.name, row.person.birth) == ("张三", "1970-01")
    assert [(t.post, t.start, t.division_code) for t in row.terms.insert] == [
        ("11", "2021-11", VILLAGE),
        ("21", "2021-11", VILLAGE),
    ]


def test_a_row_is_matched_by_its_row_id_before_all_else() -> None:
    known = person(name="张三", birth="1970-01")
    office = office_with(known, ("11", None))

    plan = office.plan({ROW_ID_HEADING: known.id, "姓名": "张山", "出生年月": "1971.02"})

    (row,) = plan.rows
    assert row.person is not None
    assert (row.person.id, row.person.name) == (known.id, "张山")
    assert row.remarks == ("系统编号相同，姓名由“张三”改为“张山”。",)


def test_a_row_is_matched_by_its_identity_number_in_any_village() -> None:
    known = person(id_number=identity())
    office = office_with(known, ("23", "2018-01"), village=OTHER_VILLAGE)

    plan = office.plan({"身份证号": identity(), "职务": "村委会委员"})

    (row,) = plan.rows
    assert row.person is not None
    assert row.person.id == known.id
    assert [t.division_code for t in row.terms.insert] == [VILLAGE]
    assert not row.terms.update
    assert not row.terms.delete


@pytest.mark.parametrize(
    ("known", "row", "same"),
    [
        ({"birth": "1970-01"}, {"出生年月": "1970.01"}, True),
        ({"birth": "1970-01"}, {"出生年月": "1980.02"}, False),
        ({"birth": "1970-01"}, {}, True),
        ({}, {"出生年月": "1970.01"}, True),
        ({"id_number": identity("1970-01")}, {"身份证号": identity("1980-02")}, False),
        ({"id_number": identity("1970-01"), "birth": "1970-01"}, {"出生年月": "1970.01"}, True),
        ({"birth": "1970-01"}, {"村": "小石桥村", "出生年月": "1970.01"}, False),
        ({"name": "李四", "birth": "1970-01"}, {"出生年月": "1970.01"}, False),
    ],
)
def test_without_a_number_name_and_birth_within_the_village_decide(
    known: dict[str, object], row: dict[str, Scalar], same: bool
) -> None:
    office = office_with(person(**known), ("23", None))

    (planned,) = office.plan(row | {"职务": "村委会委员"}).rows

    assert (planned.outcome is not Outcome.NEW) == same


def test_a_namesake_without_birth_or_number_is_taken_for_the_same_person_with_a_remark() -> None:
    office = office_with(person(birth="1970-01"), ("23", None))

    (row,) = office.plan({"职务": "村委"}).rows

    assert row.outcome is Outcome.SAME
    assert row.remarks == ("没有身份证号和出生年月可对，按同村同名认作同一人，请核对。",)


def test_rows_that_tell_more_choose_before_vague_ones() -> None:
    office = office_with(person(birth="1970-01"), ("23", None))

    vague, exact = office.take_in({"职务": "村委"}, {"出生年月": "1980.02", "职务": "支委"}).rows

    assert (vague.outcome, exact.outcome) == (Outcome.SAME, Outcome.NEW)
    assert outcomes(office.plan({"职务": "村委"}, {"出生年月": "1980.02", "职务": "支委"})) == [
        "same",
        "same",
    ]


def test_an_empty_cell_erases_nothing() -> None:
    office = office_with(person(birth="1970-01", phone="19900000001", education="31"), ("23", "2018-01"))

    (row,) = office.plan({"出生年月": "1970.01", "电话": "", "学历": "", "职务": "", "任现职时间": ""}).rows

    assert row.outcome is Outcome.SAME


def test_a_changed_cell_is_told_as_it_was_and_will_be() -> None:
    office = office_with(person(birth="1970-01", education="31"), ("23", "2018-01"))

    (row,) = office.plan(
        {"出生年月": "1970.01", "学历": "本科", "职务": "村委", "任现职时间": "2018.01"}
    ).rows

    assert row.outcome is Outcome.CHANGED
    assert [(c.label, c.old, c.new) for c in row.changes] == [("学历", "大专", "本科")]


def test_a_bare_year_does_not_replace_the_month_that_is_known() -> None:
    office = office_with(person(birth="1970-01"), ("23", None))

    (row,) = office.plan({"出生年月": "1970", "职务": "村委"}).rows

    assert row.outcome is Outcome.SAME


def test_a_changed_post_with_a_later_month_ends_the_old_one_and_starts_the_new() -> None:
    office = office_with(person(birth="1970-01"), ("13", "2018-01"))

    plan = office.take_in({"出生年月": "1970.01", "职务": "党支部书记", "任现职时间": "2021.11"})

    assert office.posts() == [("党组织书记", "2021-11", None), ("党组织委员", "2018-01", "2021-10")]
    assert [(c.label, c.old, c.new) for c in plan.rows[0].changes] == [
        ("职务", "党支部委员", "党支部书记"),
        ("任现职时间", "2018.01", "2021.11"),
    ]


@pytest.mark.parametrize("since", ["", "2018.01", "2017.05"])
def test_a_changed_post_without_a_later_month_is_a_correction(since: str) -> None:
    office = office_with(person(birth="1970-01"), ("13", "2018-01"))

    office.take_in({"出生年月": "1970.01", "职务": "党支部书记", "任现职时间": since})

    assert office.posts() == [("党组织书记", since.replace(".", "-") or "2018-01", None)]


def test_a_post_that_the_file_no_longer_has_ends_the_month_before_the_others_began() -> None:
    office = office_with(person(birth="1970-01"), ("11", "2018-01"), ("21", "2018-01"))

    office.take_in({"出生年月": "1970.01", "职务": "党支部书记", "任现职时间": "2021.01"})

    assert office.posts() == [("党组织书记", "2021-01", None), ("村（居）委会主任", "2018-01", "2020-12")]


def test_a_post_that_is_added_leaves_the_others_as_they_are() -> None:
    office = office_with(person(birth="1970-01"), ("13", "2018-01"))

    office.take_in({"出生年月": "1970.01", "职务": "支委、村委", "任现职时间": "2021.01"})

    assert office.posts() == [("党组织委员", "2018-01", None), ("村（居）委会委员", "2021-01", None)]


def test_the_title_of_a_post_stays_where_the_file_does_not_tell_it() -> None:
    known = person(birth="1970-01")
    office = Office((known, [term(known.id, VILLAGE, "13", title="组织委员")]))

    (row,) = office.plan({"出生年月": "1970.01", "职务": "党支部委员"}).rows

    assert row.outcome is Outcome.SAME


def test_words_of_a_post_cell_that_were_not_read_end_no_known_post() -> None:
    office = office_with(person(birth="1970-01"), ("13", "2018-01"), ("23", "2018-01"))

    office.take_in({"出生年月": "1970.01", "职务": "支委、片长", "任现职时间": "2021.01"})

    assert [post for post, _, end in office.posts() if end is None] == ["党组织委员", "村（居）委会委员"]


def test_a_doubtful_status_alone_is_not_stored() -> None:
    office = office_with(person(birth="1970-01"), ("13", "2018-01"))

    (row,) = office.plan({"出生年月": "1970.01", "职务": "负责全面工作"}).rows

    assert row.outcome is Outcome.SAME


def test_acting_beside_a_post_is_its_status() -> None:
    office = office_with(person(birth="1970-01"), ("12", "2018-01"))

    office.take_in({"出生年月": "1970.01", "职务": "副书记（主持工作）"})

    assert [t.status for t in office.terms.values()] == ["主持工作"]


@given(first=files(), second=files())
def test_every_changed_row_tells_what_changes(
    first: list[dict[str, Scalar]], second: list[dict[str, Scalar]]
) -> None:
    office = Office()
    office.take_in(*first)

    plan = office.plan(*second)

    assert all(row.changes for row in plan.rows if row.outcome is Outcome.CHANGED)


def test_one_line_a_post_is_one_person_with_both_posts() -> None:
    rows: tuple[dict[str, Scalar], ...] = (
        {"出生年月": "1970.01", "职务": "党支部书记", "任现职时间": "2021.01"},
        {"出生年月": "1970.01", "职务": "村委会主任", "任现职时间": "2021.12"},
    )
    office = Office()

    plan = office.take_in(*rows)

    assert outcomes(plan) == ["new", "changed"]
    assert len(office.people) == 1
    assert office.posts() == [("党组织书记", "2021-01", None), ("村（居）委会主任", "2021-12", None)]
    assert outcomes(office.plan(*rows)) == ["same", "same"]


def test_what_lines_of_one_person_tell_differently_is_taken_from_the_first_and_remarked() -> None:
    rows: tuple[dict[str, Scalar], ...] = (
        {"身份证号": identity(), "民族": "汉", "职务": "书记"},
        {"身份证号": identity(), "民族": "回", "职务": "主任"},
    )
    office = Office()

    plan = office.take_in(*rows)

    assert plan.rows[1].remarks == ("民族与第 2 行写的不同，按第 2 行的记。",)
    assert [p.ethnic_group for p in office.people.values()] == ["01"]


def test_two_names_with_one_number_are_two_people_and_the_second_has_none() -> None:
    rows: tuple[dict[str, Scalar], ...] = (
        {"姓名": "张三", "身份证号": identity(), "职务": "书记"},
        {"姓名": "李四", "身份证号": identity(), "职务": "主任"},
    )
    office = Office()

    plan = office.take_in(*rows)

    assert sorted((p.name, p.id_number) for p in office.people.values()) == [
        ("张三", identity()),
        ("李四", None),
    ]
    assert plan.rows[1].remarks == ("身份证号与第 2 行的“张三”相同，没有记下，请核对。",)
    assert outcomes(office.plan(*rows)) == ["same", "same"]


def test_one_person_may_serve_in_two_villages() -> None:
    rows: tuple[dict[str, Scalar], ...] = (
        {"身份证号": identity(), "职务": "书记"},
        {"身份证号": identity(), "村": "小石桥村", "职务": "书记"},
    )
    office = Office()

    office.take_in(*rows)

    assert len(office.people) == 1
    assert sorted(t.division_code for t in office.terms.values()) == sorted((VILLAGE, OTHER_VILLAGE))
    assert outcomes(office.plan(*rows)) == ["same", "same"]


def test_a_row_without_name_or_village_is_refused() -> None:
    plan = Office().plan({"姓名": "", "民族": "汉", "职务": "书记"}, {"村": "无此村", "职务": "书记"})

    assert outcomes(plan) == ["refused", "refused"]
    assert [row.village for row in plan.rows] == ["石华堰村", "无此村"]


def test_one_column_of_a_split_education_does_not_lower_what_is_known() -> None:
    office = office_with(person(birth="1970-01", education="21", education_in_service="21"), ("23", None))

    office.take_in({"出生年月": "1970.01", "职务": "村委", "全日制学历": "大专", "在职学历": ""})

    (known,) = office.people.values()
    assert (known.education, known.education_full_time, known.education_in_service) == ("21", "31", "21")


def test_a_split_education_beside_an_empty_column_of_the_highest_raises_what_is_known_and_invents_nothing() -> (
    None
):
    cells: dict[str, Scalar] = {"出生年月": "1970.01", "职务": "村委", "学历": "", "在职学历": "本科"}
    unknown = office_with(person(birth="1970-01"), ("23", None))
    known = office_with(person(birth="1970-01", education="31"), ("23", None))

    for office in (unknown, known):
        office.take_in(cells)

    assert [p.education for office in (unknown, known) for p in office.people.values()] == [None, "21"]
    assert outcomes(unknown.plan(cells)) == outcomes(known.plan(cells)) == ["same"]


def test_the_form_of_the_party_body_is_learnt_where_the_rows_agree() -> None:
    agreed = Office().plan({"职务": "党总支书记"}, {"姓名": "李四", "职务": "党总支委员"})
    mixed = Office().plan({"职务": "党总支书记"}, {"姓名": "李四", "职务": "党支部委员"})

    assert agreed.party_forms == {VILLAGE: "general_branch"}
    assert mixed.party_forms == {}
