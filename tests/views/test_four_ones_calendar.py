"""The calendar of “四个一”: days by mouse and keyboard, plans made and held, months before and after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.models.registers.activity import PLANNED
from desktop.models.registers.roster import RosterRow
from desktop.views.four_ones.calendar_page import CalendarPage
from desktop.views.four_ones.month_grid import months_later
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from tests.views.four_ones import EXCHANGE, NOW, STUDY, activities, hold, secretaries, shown
from tests.views.hands import out_of_reach, press, tap, words, write
from tests.views.names import nameless

__all__ = ["secretaries", "shown"]  # fixtures
DAY = NOW.replace(day=10) + timedelta(days=31)  # in the next month or the one after, and never today


@pytest.fixture
def calendar(shown: MainWindow) -> CalendarPage:
    page = shown.show_page("calendar")
    assert isinstance(page, CalendarPage)
    return page


def click_day(page: CalendarPage, day: date) -> None:
    grid = page.grid
    place = next(
        grid.model().index(row, column)
        for row in range(grid.rowCount())
        for column in range(grid.columnCount())
        if grid.date_of(grid.model().index(row, column)) == day
    )
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(place).center())


def spoken(page: CalendarPage, day: date) -> str:
    return "；".join(event.spoken for event in page.grid.events.get(day, ()))


def listed(page: CalendarPage) -> list[str]:
    return [page.list.item(row).text() for row in range(page.list.count())]


def test_days_tell_what_was_held_is_planned_and_was_cancelled(
    calendar: CalendarPage, secretaries: list[RosterRow]
) -> None:
    office, name = calendar.office, secretaries[0].person.name
    hold(office, secretaries[0], EXCHANGE)
    off = hold(office, secretaries[0], STUDY)
    office.activities.set_cell(off, "state", "已取消", NOW)
    hold(office, secretaries[1], EXCHANGE, DAY)
    calendar.refresh()
    assert f"{name}，已开展" in spoken(calendar, NOW)
    assert f"{name}，已取消" in spoken(calendar, NOW)
    assert len(listed(calendar)) == 2

    calendar.go(DAY)

    assert f"{secretaries[1].person.name}，计划" in spoken(calendar, DAY)
    assert f"{DAY.year} 年 {DAY.month} 月" in words(calendar)


def test_a_theme_of_a_page_is_told_in_short_and_the_day_needs_no_scrolling_sideways(
    calendar: CalendarPage, secretaries: list[RosterRow]
) -> None:
    key = hold(calendar.office, secretaries[0], EXCHANGE)
    calendar.office.activities.set_cell(key, "theme", "长" * 10_000, NOW)

    calendar.go(NOW)
    calendar.refresh()

    assert listed(calendar)[0].endswith(f"\n{'长' * 60}…")
    assert calendar.list.horizontalScrollBar().maximum() == 0


def test_a_free_day_ahead_takes_a_plan_by_keyboard(
    calendar: CalendarPage, secretaries: list[RosterRow]
) -> None:
    calendar.go(DAY - timedelta(days=1))
    calendar.grid.setFocus()
    tap(calendar.grid, Qt.Key.Key_Right)
    assert calendar.grid.day == DAY
    tap(calendar.grid, Qt.Key.Key_Return)
    write(QApplication.focusWidget(), "年底谈话")
    people = calendar.panel.fields.people
    people.line.setFocus()
    write(people.line, secretaries[0].person.name)
    tap(people.line, Qt.Key.Key_Return)
    QTest.keyClick(people.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (plan,) = activities(calendar.office)
    assert (plan.state, plan.start, plan.theme) == (PLANNED, DAY.isoformat(), "年底谈话")
    assert plan.division_code == secretaries[0].division.code
    assert "计划" in spoken(calendar, DAY)
    assert "年底谈话" in listed(calendar)[0]


def test_an_activity_of_a_day_is_opened_and_put_to_another(
    calendar: CalendarPage, secretaries: list[RosterRow]
) -> None:
    hold(calendar.office, secretaries[0], EXCHANGE, DAY)
    calendar.go(DAY)
    calendar.grid.setFocus()
    tap(calendar.grid, Qt.Key.Key_Return)
    tap(calendar.list, Qt.Key.Key_Return)
    later = DAY + timedelta(days=1)
    calendar.panel.fields.inputs["start"].set_text(f"{later:%Y.%m.%d}")
    press(calendar.panel.save)

    assert calendar.grid.day == later
    assert spoken(calendar, DAY) == ""
    assert "计划" in spoken(calendar, later)


def test_another_day_clicked_keeps_what_was_typed(calendar: CalendarPage) -> None:
    calendar.go(DAY)
    calendar.start_new()
    write(QApplication.focusWidget(), "没写完")
    click_day(calendar, DAY + timedelta(days=1))
    assert not calendar.panel.isVisible()
    assert "这一天还没有活动" in words(calendar)

    click_day(calendar, DAY)
    press(calendar.begin)

    assert calendar.panel.fields.inputs["theme"].text == "没写完"


def test_months_go_by_keys_and_the_last_day_fits() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert months_later(date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert months_later(date(2028, 3, 31), -1) == date(2028, 2, 29)


def test_page_keys_and_home(calendar: CalendarPage) -> None:
    calendar.grid.setFocus()
    tap(calendar.grid, Qt.Key.Key_PageDown)
    assert calendar.grid.day == months_later(NOW, 1)
    tap(calendar.grid, Qt.Key.Key_PageUp)
    tap(calendar.grid, Qt.Key.Key_PageUp)
    tap(calendar.grid, Qt.Key.Key_Home)

    assert calendar.grid.day == NOW


def test_a_plan_whose_day_went_by_is_pointed_out(
    calendar: CalendarPage, secretaries: list[RosterRow]
) -> None:
    yesterday = NOW - timedelta(days=1)
    key = hold(calendar.office, secretaries[0], EXCHANGE, yesterday)
    calendar.office.activities.set_cell(key, "state", "计划", NOW)

    calendar.take(Request(page=calendar.name, on=yesterday))

    assert "计划的日子已过" in spoken(calendar, yesterday)


def test_everything_has_a_name_and_is_reached(calendar: CalendarPage) -> None:
    assert nameless(calendar) == []
    calendar.grid.setFocus()
    assert out_of_reach(calendar) == []
