"""Schemes: a proposal at first, versions that leave old assessments as they were, N items of single organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.models.database.records import Records
from desktop.models.domain.ids import new_id
from desktop.models.domain.periods import PeriodKind
from desktop.models.registers.checklist import MET
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.schemes import ACTIVITIES, CHECKLIST, Scheme, SchemeItem
from desktop.models.services.schemes import PROPOSAL, SchemeRefusedError, SchemeVersion
from desktop.office import Office
from tests.models.services.checklists import NOW, all_cells, row_of, two_branches
from tests.offices import PASSWORD, TODAY, copy_of_office


def fresh_item(name: str, points: float | None = 10.0) -> SchemeItem:
    """An item as an editor adds it."""
    return SchemeItem(id=new_id(), scheme_id="", code="", position=0, name=name, points=points)


def own_version(office: Office, *, since: str = "2026-11-01", without: str = "7") -> SchemeVersion:
    """The proposal as an office of its own would have it: an item less, one more."""
    before = office.schemes.current(CHECKLIST, TODAY)
    scheme = replace(before.scheme, since=since, official="石两新发〔2026〕3 号", title="8+N 评定办法")
    items = [item for item in before.common if item.code != without]
    return office.schemes.save(scheme, [*items, fresh_item("党员档案")])


def test_a_new_office_has_the_proposals_and_says_that_they_are_proposals(office: Office) -> None:
    checklist, activities = (office.schemes.current(p, TODAY) for p in (CHECKLIST, ACTIVITIES))

    assert (len(checklist.items), sum(item.points or 0 for item in checklist.items)) == (8, 80)
    assert checklist.scheme.own_points == 20
    assert [item.name for item in activities.items] == ["工作交流", "实地指导", "集中学习", "参观学习"]
    assert {item.times for item in activities.items} == {1}
    assert checklist.words == activities.words == PROPOSAL
    assert all(item.says for item in (*checklist.items, *activities.items))
    assert str(checklist.period(TODAY)) == "2026H2"
    assert str(activities.period(TODAY)) == "2026"


def test_an_older_office_gets_them_when_it_is_opened_and_nothing_takes_them_back(tmp_path: Path) -> None:
    copy_of_office(tmp_path / "office")
    office = Office.open(tmp_path / "office", PASSWORD)
    office.divisions.update("421081106208", name="毕家塘")
    with office._store.change("像从前一样"):
        records = Records(office._store)
        records.delete(SchemeItem, [item.id for item in records.select(SchemeItem)])
        records.delete(Scheme, [scheme.id for scheme in records.select(Scheme)])
    office.release()

    office = Office.open(tmp_path / "office", PASSWORD)
    try:
        assert office.schemes.current(CHECKLIST, TODAY).words == PROPOSAL
        assert office.history.next_undo() == "像从前一样"
        changes = office.history.recent()
        office.schemes.bring_proposals()
        assert office.history.recent() == changes
        branch, _ = two_branches(office)
        office.checklists.set_status(all_cells(branch), MET, TODAY)
    finally:
        office.release()


def test_a_new_version_leaves_old_assessments_as_they_were(office: Office) -> None:
    first, second = two_branches(office)
    office.checklists.set_status(all_cells(first), MET, TODAY)

    version = own_version(office)

    assert (version.scheme.version, version.words) == (2, "石两新发〔2026〕3 号")
    assert [item.name for item in version.common][-2:] == ["支部牌匾", "党员档案"]
    assert [item.code for item in version.common] == ["1", "2", "3", "4", "5", "6", "8", "9"]
    assert [cell.item.name for cell in row_of(office, first).items][6] == "宣传阵地"
    assert row_of(office, first).scheme.version == 1
    assert [cell.key.code for cell in row_of(office, second).items] == list("12345689")
    labels = [column.label for column in office.checklists.matrix(NOW, TODAY).columns]
    assert {"⑦宣传阵地", "⑧党员档案"} < set(labels)
    assert len(labels) == 9
    assert office.history.recent(1)[0].why == "新版方案：8+N 评定办法（第 2 版）"
    assert office.schemes.current(CHECKLIST, date(2026, 10, 31)).scheme.version == 1


def test_a_version_that_nobody_used_is_corrected_in_place(office: Office) -> None:
    branch, _ = two_branches(office)
    version = own_version(office)
    scheme = replace(version.scheme, grade_a=85.0, period_kind=PeriodKind.QUARTER)

    corrected = office.schemes.save(scheme, [*version.common[:-1], fresh_item("党员档案柜", 5.0)])

    assert (corrected.scheme.id, corrected.scheme.version) == (version.scheme.id, 2)
    assert (corrected.scheme.grade_a, corrected.common[-1].name, corrected.common[-1].code) == (
        *(85.0, "党员档案柜"),
        "10",
    )
    assert office.checklists.periods(TODAY) == ["2026Q4"]
    office.checklists.set_status([CellKey(branch, "2026Q4", "1")], MET, TODAY)
    with pytest.raises(SchemeRefusedError, match=r"应晚于上一版的 2026.11.01"):
        office.schemes.save(corrected.scheme, corrected.common)
    third = office.schemes.save(replace(corrected.scheme, since="2026-11-20"), corrected.common)
    assert third.scheme.version == 3
    office.history.undo()
    assert office.schemes.current(CHECKLIST, TODAY) == corrected


def test_what_a_scheme_lacks_is_said(office: Office) -> None:
    before = office.schemes.current(CHECKLIST, TODAY)
    scheme = replace(before.scheme, since="2026-11-01")

    for wrong, items, words in (
        (replace(scheme, title=" "), before.common, "名称不能空着"),
        (scheme, (), "至少要有一个项目"),
        (scheme, (*before.common, fresh_item("活动阵地")), "名称不能重复"),
        (scheme, (*before.common, fresh_item("党员档案", None)), "都要有分值"),
        (replace(scheme, grade_a=70.0), before.common, "A 类最低分不能低于 B 类"),
        (replace(scheme, title="办法" * 5_000), before.common, "名称最多 60 个字"),
        (scheme, (*before.common, fresh_item("党员档案" * 8)), "项目名称最多 30 个字"),
    ):
        with pytest.raises(SchemeRefusedError, match=words):
            office.schemes.save(wrong, items)
    assert len(office.schemes.versions(CHECKLIST)) == 1


def test_own_items_belong_to_one_organisation_and_go_along_with_a_new_version(office: Office) -> None:
    first, second = two_branches(office)
    office.schemes.set_own_items(first, ["红色车间", " 导师带徒 ", ""], TODAY)

    version = own_version(office)

    assert [item.name for item in version.own_of(first)] == ["红色车间", "导师带徒"]
    assert version.own_of(second) == ()
    assert [cell.worth for cell in row_of(office, first).items[-2:]] == [10, 10]
    with pytest.raises(SchemeRefusedError, match="重名"):
        office.schemes.set_own_items(first, ["夜校", "夜校"], TODAY)


def test_a_whole_paragraph_is_no_name_of_an_own_item(office: Office) -> None:
    branch, _ = two_branches(office)

    with pytest.raises(SchemeRefusedError, match="项目名称最多 30 个字，请写短些"):
        office.schemes.set_own_items(
            branch, ["红色驿站", "为新就业群体提供休息、充电、饮水的地方" * 500], TODAY
        )

    assert office.schemes.current(CHECKLIST, TODAY).own_of(branch) == ()


def test_an_own_item_that_was_assessed_stays_there_and_is_asked_for_no_more(office: Office) -> None:
    branch, _ = two_branches(office)
    office.schemes.set_own_items(branch, ["红色车间", "夜校"], TODAY)
    office.checklists.set_status([CellKey(branch, NOW, "N1")], MET, TODAY)

    office.schemes.set_own_items(branch, ["技能比武"], TODAY)

    names = [cell.item.name for cell in row_of(office, branch).items]
    assert names[8:] == ["红色车间", "技能比武"]  # 夜校 was never filled
    assert [cell.item.name for cell in row_of(office, branch, "2027H1").items][8:] == ["技能比武"]
    assert office.history.recent(1)[0].why == "设置自选动作：鑫源公司党支部 技能比武"
    office.schemes.set_own_items(branch, ["红色车间"], TODAY)  # back again
    assert [cell.item.name for cell in row_of(office, branch, "2027H1").items][8:] == ["红色车间"]


def test_own_items_reach_the_assessment_that_an_older_version_still_holds_for(office: Office) -> None:
    branch, _ = two_branches(office)
    office.checklists.set_status(all_cells(branch), MET, TODAY)
    own_version(office)

    office.schemes.set_own_items(branch, ["红色车间"], TODAY)

    assert [cell.item.name for cell in row_of(office, branch).items][8:] == ["红色车间"]
    assert [cell.key.code for cell in row_of(office, branch, "2027H1").items][8:] == ["N1"]


def test_kinds_of_activities_need_their_times_and_an_own_scheme_says_that_it_is_one(office: Office) -> None:
    before = office.schemes.current(ACTIVITIES, TODAY)
    scheme = replace(before.scheme, since="2026-01-01")
    with pytest.raises(SchemeRefusedError, match="每期次数"):
        office.schemes.save(scheme, [*before.common, fresh_item("志愿服务")])

    saved = office.schemes.save(scheme, [replace(item, times=2) for item in before.common])

    assert saved.words == "本单位自定方案（没有注明依据文号，非上级正式方案）"
    assert [item.code for item in saved.common] == [item.code for item in before.common]
    with pytest.raises(SchemeRefusedError, match=r"晚于上一版的 2020.01.01"):
        office.schemes.save(replace(saved.scheme, since="2019-01-01"), saved.common)
