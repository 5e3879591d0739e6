"""The home page: its numbers, what is to be done, and where its links lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.office import Office
from desktop.views.home.overview import gather
from desktop.views.home.page import HomePage
from desktop.views.home.parts import TaskLine
from desktop.views.home.values import Overview
from desktop.views.main_window import MainWindow
from desktop.views.register.page import RosterPage
from tests.offices import TODAY, VILLAGE, identity_number, member
from tests.views.hands import out_of_reach, press, tap, words
from tests.views.names import nameless


def told(overview: Overview) -> list[str]:
    return [task.words for task in overview.tasks]


def lines(page: HomePage) -> list[TaskLine]:
    return page.findChildren(TaskLine)


@pytest.fixture
def home(window: MainWindow, qtbot: QtBot) -> HomePage:
    """The home page in front, filled."""
    page = window.show_page("home")
    assert isinstance(page, HomePage)
    qtbot.waitUntil(lambda: page.overview is not None and bool(lines(page)))
    return page


def test_the_four_numbers_are_those_of_the_services(filled_office: Office) -> None:
    overview = gather(filled_office, TODAY)
    total = filled_office.structure.table(TODAY).total.values
    chips = filled_office.roster.chips(RosterQuery(on=TODAY))

    assert [(figure.title, figure.number) for figure in overview.figures] == [
        ("两委成员", f"{total['people']} 人"),
        ("后备力量", "0 人"),
        ("村（社区）书记", f"{chips['secretaries']} 人"),
        ("信息不全", f"{chips['incomplete']} 人"),
    ]
    assert f"平均 {total['average_age']} 岁" in overview.figures[0].words


def test_an_office_without_people_is_told_to_take_them_in(office: Office) -> None:
    assert [(task.words, task.request.page) for task in gather(office, TODAY).tasks] == [
        ("还没有录入班子成员", "import")
    ]


def test_a_single_finding_is_told_in_its_own_words_and_several_as_a_number(office: Office) -> None:
    office.roster.add(VILLAGE, member(posts="村委会主任"), TODAY)
    assert "毕家塘村：村委会 1 人，少于 3 人" in told(gather(office, TODAY))

    other = member(name="李建国", posts="村委会主任", id_number=identity_number(order=2))
    office.roster.add("421081106209", other, TODAY)
    said = told(gather(office, TODAY))
    assert "2 个村（社区）村委会人数要核对" in said
    assert "2 个村（社区）村委会没有妇女成员" in said


def test_each_missing_field_is_a_line_that_shows_those_who_lack_it(filled_office: Office) -> None:
    tasks = [task for task in gather(filled_office, TODAY).tasks if task.link == "筛出来补"]
    assert tasks
    for task in tasks:
        query = RosterQuery(on=TODAY, filters=task.request.filters)
        assert task.words.startswith(f"{len(filled_office.roster.keys(query))} 人")


def test_villages_short_of_reserves_are_told_once(filled_office: Office) -> None:
    assert "20 个村（社区）后备干部不足 2 名，一共还缺 40 名" in told(gather(filled_office, TODAY))

    filled_office.health.set_rule("R10", on=True, basis="石组发〔2026〕1 号")

    assert [words for words in told(gather(filled_office, TODAY)) if "后备" in words] == [
        "20 个村（社区）后备干部少于规定"
    ]


def test_a_backup_that_is_old_or_only_here_is_told(filled_office: Office, tmp_path: Path) -> None:
    today = date.today()
    assert "还没有备份过" in told(gather(filled_office, today))

    filled_office.backups.backup_now("试验")
    assert [words for words in told(gather(filled_office, today)) if "备份" in words] == [
        "备份只存在这台电脑上，硬盘坏了会一起丢失"
    ]

    (tmp_path / "disk").mkdir()
    filled_office.settings.backup_folder = tmp_path / "disk"
    assert not [words for words in told(gather(filled_office, today)) if "备份" in words]
    later = told(gather(filled_office, today + timedelta(days=9)))
    assert any(words.endswith("已经过了 9 天") for words in later)


def test_the_page_is_there_before_its_numbers(window: MainWindow) -> None:
    page = HomePage(window.office)
    assert page.overview is None
    assert all(card.number.text() == "…" for card in page.cards)
    page.deleteLater()


def test_a_link_opens_the_roster_with_those_who_are_meant(
    window: MainWindow, home: HomePage, settle: Callable[[], None]
) -> None:
    line = next(line for line in lines(home) if "身份证号没有填" in line.words.text())
    number = int(line.words.text().split()[0])

    press(line.link)
    settle()

    assert isinstance(window.page, RosterPage)
    assert len(window.page.model.keys) == number
    assert window.page.source.narrowed


def test_a_number_opens_its_page_narrowed(
    window: MainWindow, home: HomePage, settle: Callable[[], None]
) -> None:
    press(home.cards[3])
    settle()

    assert isinstance(window.page, RosterPage)
    assert window.page.source.query.chip == "incomplete"
    assert len(window.page.model.keys) == 8


def test_a_finding_opens_the_health_check_at_its_rule(
    window: MainWindow, home: HomePage, qtbot: QtBot
) -> None:
    line = next(line for line in lines(home) if "居委会人数" in line.words.text())

    press(line.link)

    from desktop.views.structure.page import StructurePage

    page = window.page
    assert isinstance(page, StructurePage)
    qtbot.waitUntil(lambda: page.findings.tree.current_rule() == "R7-1")


def test_what_was_put_right_is_no_task_any_more(window: MainWindow, home: HomePage, qtbot: QtBot) -> None:
    office = window.office
    query = RosterQuery(on=date.today(), filters=(("phone", frozenset(("",))),))
    window.show_page("roster")
    for order, key in enumerate(office.roster.keys(query)):
        office.roster.set_cell(key, "phone", f"1990000000{order}", date.today())
    window.page.changed.emit("修改")

    before = home.overview
    window.show_page("home")
    qtbot.waitUntil(lambda: home.overview is not before)

    assert not any("联系电话没有填" in line.words.text() for line in lines(home))


def test_nothing_is_asked_while_the_page_is_hidden(
    window: MainWindow, home: HomePage, settle: Callable[[], None]
) -> None:
    before = home.overview
    window.show_page("roster")
    window.page.changed.emit("修改")
    settle()

    assert home.overview is before


def test_nothing_to_do_is_said_with_the_next_elections(home: HomePage) -> None:
    assert home.overview is not None
    home._show(Overview(home.overview.figures, (), home.overview.next_round))

    assert "没有待办。" in words(home)
    assert home.overview.next_round in words(home)


def test_everything_has_a_name_and_is_reached_by_tab(window: MainWindow, home: HomePage) -> None:
    assert nameless(window) == []
    assert out_of_reach(window) == []


def test_enter_follows_the_first_link(window: MainWindow, home: HomePage) -> None:
    first = lines(home)[0].link
    assert QApplication.focusWidget() is first

    tap(first, Qt.Key.Key_Space)

    assert window.page is not home


def test_the_six_teams_are_counted_as_far_as_they_are_known(filled_office: Office) -> None:
    teams = filled_office.village_years.teams(TODAY)

    assert gather(filled_office, TODAY).teams == (
        f"书记 {teams.secretaries} 人 · “两委”干部 {teams.members} 人 · 无职党员 未填党员数 · "
        "后备干部 0 人 · 乡村人才、驻村工作队未登记"
    )
