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
from desktop.models.workbooks.plan import ImportPlan, KnownPeople, KnownPerson, Outcome, plan_roster
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
        lines = [
            [({"村": "石华堰村", "姓名": "张三"} | row).get(heading) for heading in headings] for row in rows
        ]
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


_MONTHS = (None, "2018.01", "2021.11", "2020", "1985.1")
_CELLS = {
    "村": st.sampled_from(("石华堰村", "石华堰村", "小石桥", "无此村")),
    "姓名": st.sampled_from(("张三", "张三", "李四", "")),
    "出生年月": st.sampled_from((None, None, "1970.01", "1980.02", "1970")),
    "身份证号": st.sampled_from(
        (None, None, identity("1970-01"), identity("1980-02"), identity("1970-01", number=7), "坏号")
    ),
    "职务": st.sampled_from(
        (None, "书记", "党支部书记、村委会主任", "支委", "组织委员", "村委、文书", "副书记（主持工作）", "负责全面工作", "支委、片长", "监委会主任")
    ),
    "任现职时间": st.sampled_from(_MONTHS),
    "学历": st.sampled_from((None, "大专", "研究生")),
    "全日制学历": st.sampled_from((None, "大专", "本科")),
    "在职学历": st.sampled_from((None, "初中", "本科")),
    "政治面貌": st.sampled_from((None, "党员", "积极分子")),
}  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> list[dict[str, Scalar]]:
    """Rows of a file: few names and villages, so that they meet; columns that are there or not."""
    headings = ["村", "姓名", *draw(st.lists(st.sampled_from(list(_CELLS)[2:]), unique=True))]
    if {"学历"} < {"学历", "全日制学历", "在职学历"} & set(headings):
        headings.remove("学历")  # one file tells the education in one way
    row = st.fixed_dictionaries({heading: _CELLS[heading] for heading in headings} | {"性别": st.just("男"), "民族": st.just("汉")})
    return draw(st.lists(row, min_size=1, max_size=5))


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
