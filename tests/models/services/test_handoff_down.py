"""What comes down: schemes with their items, thresholds, divisions; shown first, taken as one change set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.models.database.records import Records
from desktop.models.handoff.codes import RefusedFileError
from desktop.models.registers.choice import Choice
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.person import Person
from desktop.models.registers.schemes import ACTIVITIES, CHECKLIST, SchemeItem
from desktop.models.rules.coverage import Base
from desktop.models.services.choices import COVERAGE_BASE, Choices
from desktop.models.services.handoff_down import DownPlan, OutdatedDownError
from desktop.models.services.schemes import SchemeVersion
from tests.enrolled import NOW, Offices, two_offices
from tests.offices import VILLAGE

LATER = date(2027, 6, 1)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with two_offices(tmp_path) as offices:
        yield offices


def plan(offices: Offices) -> DownPlan:
    path, _ = offices.city.handoff.down.write(offices.stick, NOW)
    return offices.town.handoff.down.plan(offices.town.handoff.verify(path))


def new_version(offices: Offices) -> SchemeVersion:
    schemes = offices.city.schemes
    latest = schemes.versions(CHECKLIST)[0]
    scheme = replace(latest.scheme, since="2027-01-01", title="8+N 新标准", official="石组发〔2026〕9 号")
    return schemes.save(scheme, [*latest.common[1:], replace(latest.common[0], code="", name="阵地建设")])


def test_a_new_scheme_arrives_whole_and_the_own_items_of_branches_go_along(offices: Offices) -> None:
    town = offices.town
    with town._store.change("建支部"):
        Records(town._store).insert_many([PartyBranch(id="b1", division_code=VILLAGE, name="新风支部")])
    town.schemes.set_own_items("b1", ["红色书屋"], NOW.date())
    version = new_version(offices)

    planned = plan(offices)
    taken = town.handoff.down.take(planned)
    here = town.schemes.current(CHECKLIST, LATER)

    (change,) = planned.changes
    assert (change.what, change.old, change.new) == (
        "8+N 标准化“8+N 新标准”第 2 版",
        "没有",
        f"新增，2027.01.01 启用，{len(version.common)} 项",
    )
    assert taken == 1
    assert here.scheme == version.scheme
    assert here.common == version.common
    assert [item.name for item in here.own_of("b1")] == ["红色书屋"]
    assert town.schemes.current(CHECKLIST, NOW.date()).scheme.version == 1


def test_a_corrected_scheme_is_told_field_by_field_and_items_taken_out_go(offices: Offices) -> None:
    version = new_version(offices)
    offices.town.handoff.down.take(plan(offices))
    offices.city.schemes.save(replace(version.scheme, title="8+N 修订"), version.common[1:])

    planned = plan(offices)
    offices.town.handoff.down.take(planned)

    told = [
        (each.what.removeprefix("8+N 标准化“8+N 修订”第 2 版"), each.old, each.new)
        for each in planned.changes
    ]
    assert (" 名称", "8+N 新标准", "8+N 修订") in told
    here = offices.town.schemes.current(CHECKLIST, LATER)
    assert here.common == offices.city.schemes.current(CHECKLIST, LATER).common
    assert plan(offices).changes == ()


def test_thresholds_and_divisions_are_told_taken_and_taken_back_at_once(offices: Offices) -> None:
    offices.city.health.set_rule("R5", limits={"months": 9})
    Choices(offices.city._store).set({COVERAGE_BASE: Base.ABOVE_SCALE}, "统计范围")
    offices.city.divisions.update(VILLAGE, name="毕家塘新村村委会", approved_posts=9)

    planned = plan(offices)
    offices.town.handoff.down.take(planned)
    taken = offices.town.divisions.get(VILLAGE)
    again = plan(offices)
    offices.town.history.undo()

    assert [(each.topic.label, each.old, each.new) for each in planned.changes] == [
        ("区划", "毕家塘村委会", "毕家塘新村村委会"),
        ("规则阈值", "全部法人户", "规上单位"),
        ("规则阈值", "6 个月", "9 个月"),
    ]
    assert taken.name == "毕家塘新村村委会"
    assert taken.approved_posts is None  # the township's own
    assert again.changes == ()
    assert offices.town.divisions.get(VILLAGE).name != taken.name
    assert plan(offices).changes == planned.changes


def test_a_plan_is_not_taken_when_the_office_has_moved_on(offices: Offices) -> None:
    new_version(offices)
    planned = plan(offices)
    with offices.town._store.change("录入"):
        Records(offices.town._store).insert_many([Person(id="p", name="张三")])

    with pytest.raises(OutdatedDownError, match="请重新核对下发包后再采用"):
        offices.town.handoff.down.take(planned)

    assert len(offices.town.schemes.versions(CHECKLIST)) == 1


def test_what_only_a_newer_program_knows_is_told_and_left(offices: Offices) -> None:
    newer = [Choice(id="rule.R99.on", value="true"), Choice(id=COVERAGE_BASE, value='"farmers"')]
    with offices.city._store.change("新版本的规定"):
        Records(offices.city._store).insert_many(newer)

    planned = plan(offices)

    assert planned.changes == ()
    assert planned.hints == ("有 2 项规定本机的版本还不认识，不会采用：请升级本软件，再接收一次。",)


def test_only_a_down_file_of_the_city_is_taken(offices: Offices) -> None:
    root = offices.city.handoff.trust.write_root(offices.stick, NOW)

    with pytest.raises(RefusedFileError, match="这是信任文件，不是下发包"):
        offices.town.handoff.down.plan(offices.town.handoff.verify(root))

    assert all(isinstance(item, SchemeItem) for item in offices.town.schemes.versions(ACTIVITIES)[0].items)
