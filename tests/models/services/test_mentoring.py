"""Secretaries under raised management and their mentors: who may be entered, who is pointed out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.registers.roster import RosterQuery
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.workbooks.plan import Outcome
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE, identity_number, member, workbook

ALL = RosterQuery(on=TODAY)


def known(office: Office, order: int = 1, **typed: str) -> str:
    numbers = {"id_number": identity_number(order=order), "phone": f"199000000{order:02d}"}
    person_id, _ = office.roster.add(VILLAGE, member(**numbers | typed), TODAY)
    return person_id


def managed(office: Office, person_id: str, **typed: str) -> str:
    values = {"kind": "正面", "since": "2026.01"} | typed
    return office.managed_secretaries.add(values, TODAY, owner_id=person_id, division_code=VILLAGE)


def paired(office: Office, person_id: str, **typed: str) -> str:
    values = {"mentor": "王部长", "start": "2026.02"} | typed
    return office.mentoring.add(values, TODAY, owner_id=person_id, division_code=VILLAGE)


def test_only_a_secretary_of_the_village_comes_under_management(office: Office) -> None:
    deputy = known(office, posts="党支部副书记")
    head = known(office, 2, name="李卫东")

    with pytest.raises(InvalidValueError, match="张建国现在不是毕家塘村的党组织书记"):
        managed(office, deputy)
    with pytest.raises(InvalidValueError, match="不是焦山河社区的党组织书记"):
        office.managed_secretaries.add({"kind": "负面"}, TODAY, owner_id=head, division_code=COMMUNITY)
    assert office.managed_secretaries.keys(ALL) == []


def test_somebody_under_management_is_not_entered_twice_but_again_after_the_release(office: Office) -> None:
    person_id = known(office)
    key = managed(office, person_id)

    with pytest.raises(InvalidValueError, match="已经在提级管理中"):
        managed(office, person_id, since="2026.03")
    office.managed_secretaries.set_cell(key, "until", "2026.06", TODAY)
    managed(office, person_id, since="2026.09", kind="负面")

    chips = office.managed_secretaries.chips(ALL)
    assert (chips["managed"], chips["positive"], chips["negative"], chips["released"]) == (1, 0, 1, 1)
    matrix = office.four_ones.matrix(office.four_ones.period(TODAY), TODAY)
    assert [row.subject.managed.kind for row in matrix.rows] == ["2"]  # one row a person and village


def test_a_secretary_who_has_left_the_post_is_pointed_out(office: Office) -> None:
    person_id = known(office)
    key = managed(office, person_id)
    office.roster.end_terms([each.term.id for each in office.roster.terms(person_id)], TODAY, "退休")
    later = date(2026, 12, 5)

    line = office.managed_secretaries.rows([key], later)[0]

    assert "已不是这个村（社区）的党组织书记" in office.managed_secretaries.problems(line, later)["posts"]
    assert office.managed_secretaries.chips(RosterQuery(on=later))["left_post"] == 1
    (row,) = office.four_ones.matrix(office.four_ones.period(later), later).rows
    assert row.subject.has_left
    assert [each.rule.id for each in office.health.check(later).findings if each.about] == [
        *("4Y-1", "4Y-2", "4Y-3")
    ]
    draft = office.activity_forms.draft("1", later, person_id, VILLAGE)
    assert [(each.name, each.post, each.secretary) for each in draft.attendees] == [("张建国", None, True)]


def test_a_release_without_a_conclusion_is_pointed_out(office: Office) -> None:
    key = managed(office, known(office))

    office.managed_secretaries.set_cell(key, "until", "2026.06", TODAY)

    line = office.managed_secretaries.rows([key], TODAY)[0]
    assert "巩固、转化、调整" in office.managed_secretaries.doubts(line)["conclusion"]


def test_a_secretary_has_several_mentors_and_none_when_pairings_have_ended(office: Office) -> None:
    person_id = known(office)
    key = managed(office, person_id)
    first, second = paired(office, person_id), paired(office, person_id, mentor="卢书记")
    line = office.managed_secretaries.rows([key], TODAY)[0]
    assert office.managed_secretaries.text(line, "mentors", whole=True) == "王部长、卢书记"

    for pair in (first, second):
        office.mentoring.set_cell(pair, "end", "2026.10", TODAY)

    assert office.managed_secretaries.chips(ALL)["unmentored"] == 1
    assert office.mentoring.chips(ALL)["ended"] == 2
    assert "没有在结对的导师。" in [each.words for each in office.health.check(TODAY).findings]


def test_a_pairing_of_a_secretary_who_was_released_is_pointed_out(office: Office) -> None:
    person_id = known(office)
    key, pair = managed(office, person_id), paired(office, person_id)

    office.managed_secretaries.set_cell(key, "until", "2026.06", TODAY)

    line = office.mentoring.rows([pair], TODAY)[0]
    assert office.mentoring.problems(line, TODAY)["end"].startswith("书记已于 2026.06 解除提级管理，请填")
    assert office.mentoring.chips(ALL)["orphaned"] == 1


def test_pairings_come_from_a_workbook_and_the_same_one_again_changes_nothing(
    office: Office, tmp_path: Path
) -> None:
    managed(office, known(office))
    headings = ("序号", "村（社区）", "书记姓名", "导师姓名", "单位", "导师职务", "导师身份", "结对时间")
    lines = (
        (1, "毕家塘村", "张建国", "王明", "市委组织部", "副部长", "市直单位", "2026.02"),
        (2, "毕家塘村", "张建国", "卢春林", "东升镇", "党委书记", "镇领导", "2026.02"),
        (3, "毕家塘村", "没有人", "卢春林", "东升镇", "党委书记", "镇领导", "2026.02"),
    )
    file = workbook(tmp_path / "结对.xlsx", headings, lines, title="挂钩结对台账")
    rows = office.register_imports.read("mentoring", [file])

    result = office.register_imports.apply("mentoring", rows, TODAY, file.name)

    assert [line.outcome for line in result.plan.lines] == [Outcome.NEW, Outcome.NEW, Outcome.REFUSED]
    shown = [(each.mentor, each.mentor_kind, each.start) for each in office.mentoring.records()]
    assert shown == [("王明", "1", "2026-02"), ("卢春林", "2", "2026-02")]
    assert office.register_imports.apply("mentoring", rows, TODAY, file.name).seq is None


def test_a_workbook_of_secretaries_points_out_who_is_none(office: Office, tmp_path: Path) -> None:
    known(office)
    known(office, 2, name="李卫东", posts="村委委员")
    headings = ("村（社区）", "姓名", "类型", "纳入时间", "事由")
    lines = (
        ("毕家塘村", "张建国", "正面清单", "2026.01", "带动作用明显"),
        ("毕家塘村", "李卫东", "负面", "2026.01", "班子不强"),
    )
    file = workbook(tmp_path / "提级.xlsx", headings, lines)

    plan = office.register_imports.plan(
        "managed_secretary", office.register_imports.read("managed_secretary", [file]), TODAY
    )

    assert [line.outcome for line in plan.lines] == [Outcome.NEW, Outcome.NEW]
    assert "不是毕家塘村的党组织书记" not in plan.lines[0].remark
    assert "李卫东现在不是毕家塘村的党组织书记，请核对。" in plan.lines[1].remark
