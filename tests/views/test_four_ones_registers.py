"""The registers of “四个一” on their pages: releases, mentors, activities with their form, problems closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop.models.registers.activity import CANCELLED, HELD, PLANNED
from desktop.models.registers.roster import RosterRow
from desktop.models.services.activity_forms import ProblemEntry
from desktop.views.four_ones.activities_page import ActivitiesPage
from desktop.views.four_ones.managed_page import ManagedSecretariesPage
from desktop.views.four_ones.mentoring_page import MentoringPage
from desktop.views.four_ones.problems_page import FieldProblemsPage
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.records.page import RecordsPage
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.views.four_ones import (
    EXCHANGE,
    GUIDANCE,
    MENTOR,
    NOW,
    activities,
    drop,
    hold,
    photos,
    secretaries,
    shown,
)
from tests.views.hands import press, words, write
from tests.views.names import nameless
from tests.views.windows import turn_to

__all__ = ["photos", "secretaries", "shown"]  # fixtures
MONTH = f"{NOW:%Y.%m}"


def act(page: RecordsPage, words: str) -> None:
    """Press a button of the drawer."""
    page.open_drawer()
    page.fill_drawer()
    press(page.drawer.details.buttons[words])


def dialog() -> TypedDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TypedDialog)
    return found


def names(page: RecordsPage) -> list[str]:
    return [page.model.text(row, 0) for row in range(len(page.model.keys))]


def test_a_secretary_is_released_with_reason_and_conclusion(
    shown: MainWindow, secretaries: list[RosterRow]
) -> None:
    page = turn_to(shown, ManagedSecretariesPage)
    act(page, "解除…")
    asked = dialog()
    asked.inputs["until_reason"].set_text("整改到位")
    asked.inputs["conclusion"].set_text("转化")
    press(asked.ok)

    released = page.office.managed_secretaries.records(person_id=secretaries[0].person.id)[0]
    assert (released.until, released.until_reason, released.conclusion) == (
        f"{NOW:%Y-%m}",
        "整改到位",
        "2",
    )
    assert names(page) == [row.person.name for row in secretaries[1:]]  # 在管
    assert "解除提级管理" in words(shown.toast)
    shown.undo()
    assert len(names(page)) == 3


def test_a_release_asks_for_its_month(shown: MainWindow, secretaries: list[RosterRow]) -> None:
    page = turn_to(shown, ManagedSecretariesPage)
    act(page, "解除…")
    asked = dialog()
    asked.inputs["until"].set_text("")
    press(asked.ok)

    assert asked.isVisible()
    assert "请填解除的月份" in words(asked)
    asked.reject()


def test_who_has_left_the_post_has_a_chip_and_words(shown: MainWindow, secretaries: list[RosterRow]) -> None:
    row = secretaries[0]
    shown.office.roster.end_terms([term.id for term in row.terms], NOW - timedelta(days=40), "调离")
    page = turn_to(shown, ManagedSecretariesPage)

    page.choose_chip("left_post")

    assert names(page) == [row.person.name]
    line = page.current_line
    assert line is not None
    assert "已不是这个村（社区）的党组织书记" in line.doubts["posts"]


def test_the_plan_is_kept_with_the_secretary(
    shown: MainWindow, secretaries: list[RosterRow], tmp_path: Path
) -> None:
    plan = tmp_path / "双提方案.pdf"
    plan.write_bytes(b"%PDF-1.4 invented")
    page = turn_to(shown, ManagedSecretariesPage)
    page.open_drawer()
    page.fill_drawer()
    page.drawer.details.tabs.setCurrentWidget(page.plans)

    drop(page.plans, [plan])

    key = page.model.keys[0]
    assert [each.name for each in page.office.attachments.of("managed_secretary", str(key))] == [
        "双提方案.pdf"
    ]
    assert page.plans.table.rowCount() == 1


def test_a_secretary_gets_a_further_mentor_and_pairings_end(
    shown: MainWindow, secretaries: list[RosterRow], qtbot: QtBot
) -> None:
    page = turn_to(shown, ManagedSecretariesPage)
    with qtbot.waitSignal(page.asked):
        act(page, "结对")
    mentoring = shown.page
    assert isinstance(mentoring, MentoringPage)
    assert names(mentoring) == [secretaries[0].person.name]

    act(mentoring, "加导师…")
    dialog().inputs["mentor"].set_text("王部长")
    press(dialog().ok)
    pairs = mentoring.office.mentoring.records(person_id=secretaries[0].person.id)
    assert {pair.mentor for pair in pairs} == {MENTOR, "王部长"}

    act(mentoring, "结束…")
    press(dialog().ok)
    ended = [
        pair
        for pair in mentoring.office.mentoring.records(person_id=secretaries[0].person.id)
        if pair.end is not None
    ]
    assert len(ended) == 1
    assert ended[0].end == f"{NOW:%Y-%m}"


def test_an_activity_is_changed_in_the_drawer(
    shown: MainWindow, secretaries: list[RosterRow], photos: list[Path], settle: Callable[[], None]
) -> None:
    key = hold(shown.office, secretaries[0], EXCHANGE)
    page = turn_to(shown, ActivitiesPage)
    act(page, "修改")
    write(QApplication.focusWidget(), "补上的主题")
    drop(page.panel, photos)
    settle()
    theme = page.panel.fields.inputs["theme"].editor
    QTest.keyClick(theme, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert activities(page.office)[0].theme == "补上的主题"
    assert not page.drawer.shows_form
    assert page.office.activities.rows([key], NOW)[0].computed["photos"] == "2"
    assert nameless(page) == []


def test_the_next_one_follows_in_the_drawer_too(shown: MainWindow, secretaries: list[RosterRow]) -> None:
    hold(shown.office, secretaries[0], EXCHANGE)
    page = turn_to(shown, ActivitiesPage)
    act(page, "修改")
    press(page.panel.save_again)
    assert [each.name for each in page.panel.fields.people.people] == [secretaries[1].person.name]

    for _ in secretaries[1:]:
        press(page.panel.save_again)

    assert not page.drawer.shows_form
    assert len(activities(page.office)) == len(secretaries)


def test_leaving_the_drawer_keeps_what_was_typed(shown: MainWindow, secretaries: list[RosterRow]) -> None:
    hold(shown.office, secretaries[0], EXCHANGE)
    page = turn_to(shown, ActivitiesPage)
    press(page.add)
    write(QApplication.focusWidget(), "没写完")
    page.leave_form()
    act(page, "修改")
    assert page.panel.fields.inputs["theme"].text == ""

    press(page.add)

    assert page.panel.fields.inputs["theme"].text == "没写完"


def test_a_plan_is_held_or_cancelled_from_its_line(shown: MainWindow, secretaries: list[RosterRow]) -> None:
    office, yesterday = shown.office, NOW - timedelta(days=1)
    keys = [hold(office, row, EXCHANGE, yesterday) for row in secretaries[:2]]
    for key in keys:
        office.activities.set_cell(key, "state", "计划", NOW)
    page = turn_to(shown, ActivitiesPage)
    states = {}
    for key, button in zip(keys, ("已经开展", "取消"), strict=True):
        assert office.activities.records(id=key)[0].state == PLANNED
        page.grid.go_to(key, 0)
        act(page, button)
        states[button] = office.activities.records(id=key)[0].state

    assert states == {"已经开展": HELD, "取消": CANCELLED}
    assert not page.drawer.details.buttons["取消"].isVisible()


def test_a_problem_leads_to_its_activity_and_is_closed(
    shown: MainWindow, secretaries: list[RosterRow], qtbot: QtBot
) -> None:
    forms, row = shown.office.activity_forms, secretaries[0]
    form = forms.draft(GUIDANCE, NOW, row.person.id, row.division.code)
    entry = ProblemEntry(values={"problem": "记录不全"})
    key = forms.save(replace(form, problems=(entry,)), NOW)
    page = turn_to(shown, FieldProblemsPage)
    assert names(page) == ["记录不全"]
    assert not any(button.accessibleName() == "导入 Excel" for button in page.findChildren(QPushButton))

    act(page, "销号…")
    dialog().inputs["closing"].set_text("已补齐")
    press(dialog().ok)
    (problem,) = page.office.field_problems.records()
    assert (problem.closed, problem.closing) == (NOW.isoformat(), "已补齐")

    page.choose_chip("closed")
    page.grid.go_to(problem.id, 0)
    with qtbot.waitSignal(page.asked):
        act(page, "看活动")
    assert isinstance(shown.page, ActivitiesPage)
    assert shown.page.panel.key == key
    assert shown.page.panel.fields.problems.blocks[0].inputs["closing"].text == "已补齐"


def test_guidance_is_begun_from_the_list_of_problems(shown: MainWindow) -> None:
    page = turn_to(shown, FieldProblemsPage)

    press(page.add)

    assert isinstance(shown.page, ActivitiesPage)
    assert shown.page.panel.title.text() == "登记实地指导"
    assert shown.page.panel.fields.problems.isVisible()


@pytest.mark.parametrize("kind", [ManagedSecretariesPage, MentoringPage, ActivitiesPage, FieldProblemsPage])
def test_each_page_says_what_to_do_where_nothing_is_there(
    window: MainWindow, kind: type[RecordsPage]
) -> None:
    page = turn_to(window, kind)

    assert page.nothing in words(page)
    assert nameless(page) == []


def test_the_four_ones_stand_in_one_place_of_the_navigation(shown: MainWindow) -> None:
    tabs = shown.page.header.tabs
    assert tabs is not None
    assert [tabs.tabText(place) for place in range(tabs.count())] == [
        "总表",
        "提级管理",
        "挂钩结对",
        "活动记录",
        "问题清单",
        "日历",
        "方案",
    ]
    shown.open(Request(page="four_ones"))
    assert shown.page.name == "four_ones"
