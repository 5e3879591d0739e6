"""What the home page says of 8+N, “四个一” and the hand-off, and where its lines lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import open_window
from desktop.models.database.records import Records
from desktop.models.registers.checklist import MET, Assessment, AssessmentItem
from desktop.models.registers.mentoring import ManagedSecretary
from desktop.models.registers.person import Person
from desktop.models.rules.four_ones import missing_by_kind
from desktop.models.rules.health import Finding
from desktop.office import Office
from desktop.views import jobs
from desktop.views.checklist.page import ChecklistPage
from desktop.views.checklist.rectifications import RectificationsPage
from desktop.views.health.finding_panel import FindingPanel, request_for
from desktop.views.home.overview import gather
from desktop.views.home.page import HomePage
from desktop.views.home.parts import TaskLine
from desktop.views.home.values import Overview, Task
from desktop.views.main_window import MainWindow
from desktop.views.records.page import RecordsPage
from tests.enrolled import NOW, Offices, two_offices
from tests.offices import CITY, TODAY, TOWNSHIP, whole_office
from tests.views.hands import press, words


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    """A township with everything of the sample."""
    with whole_office(tmp_path / "office") as office:
        yield office


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A city with everything of the sample; tests only read it."""
    with whole_office(tmp_path_factory.mktemp("city") / "office", CITY) as office:
        yield office


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    """A township and its city that trust each other."""
    with two_offices(tmp_path) as offices:
        yield offices


@pytest.fixture
def city_window(city: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    """Its window; the home page is in front."""
    window = open_window(city)
    yield window
    qtbot.waitUntil(lambda: jobs.running() == 0, timeout=20_000)
    with qtbot.waitSignal(window.destroyed):
        window.deleteLater()


def task(overview: Overview, words: str) -> Task:
    return next(task for task in overview.tasks if words in task.words)


def found_by(office: Office, rule: str) -> list[Finding]:
    return [found for found in office.health.check(TODAY).findings if found.rule.id == rule]


# figures


def test_8n_and_four_ones_stand_in_place_of_the_third_and_fourth_figure(town: Office) -> None:
    records = Records(town._store)
    assessed = [each.id for each in records.select(Assessment, period="2026H2")]
    items = records.select(AssessmentItem, assessment_id=assessed)
    met = sum(item.status == MET for item in items)
    assert (len(items), met) == (26, 21)  # of three organisations; nothing in the sample is not applicable
    matrix = town.four_ones.matrix(town.four_ones.period(TODAY), TODAY)
    lacking = sum(map(len, missing_by_kind(matrix).values()))
    assert (len(records.select(ManagedSecretary)), lacking) == (8, 4)  # four activities a year each: 32

    assert [(f.title, f.number, f.words) for f in gather(town, TODAY).figures][2:] == [
        ("8+N 达标", "80.8%", "2026年下半年达标 21 ÷ 应评 26 项"),
        ("四个一 完成", "87.5%", "2026年完成 28 ÷ 应开展 32 次"),
    ]


def test_an_office_with_party_organisations_only_gives_up_its_fourth_figure(office: Office) -> None:
    office.registers["party_branch"].add({"name": "城南商贸联合党支部"}, TODAY, division_code=TOWNSHIP)

    figures = gather(office, TODAY).figures

    assert [figure.title for figure in figures] == ["两委成员", "后备力量", "村（社区）书记", "8+N 达标"]
    assert (figures[3].number, figures[3].words) == ("0.0%", "2026年下半年达标 0 ÷ 应评 8 项")


def test_a_card_shows_another_title_and_opens_what_it_counts(town: Office, qtbot: QtBot) -> None:
    home = HomePage(town)
    qtbot.addWidget(home)
    home._gather()
    qtbot.waitUntil(lambda: home.overview is not None, timeout=20_000)

    assert [card.title.text() for card in home.cards[2:]] == ["8+N 达标", "四个一 完成"]
    with qtbot.waitSignal(home.asked) as asked:
        press(home.cards[2])
    assert (asked.args[0].page, asked.args[0].period) == ("checklist", "2026H2")


def test_where_nothing_is_to_be_done_the_next_deadline_is_told(town: Office, qtbot: QtBot) -> None:
    home = HomePage(town)
    qtbot.addWidget(home)
    home.show()
    qtbot.waitUntil(lambda: home.overview is not None, timeout=20_000)
    home._show(replace(gather(town, TODAY), tasks=()))

    assert "没有待办。下一个期限：12 月 31 日 8+N、四个一" in words(home)
    june = gather(town, date(2026, 6, 1))
    assert june.deadline == "下一个期限：6 月 30 日 8+N"


# tasks


def test_findings_of_8n_open_the_page_that_shows_them(city: Office, city_window: MainWindow) -> None:
    overview = gather(city, TODAY)
    late = task(overview, "8+N 整改逾期：3 个党组织")
    assert late.link == "打开 8+N 整改"
    city_window.open(late.request)
    page = city_window.page
    assert isinstance(page, RectificationsPage)
    assert {each.branch.id for each in page.shown} == {found.key for found in found_by(city, "8N-1")}

    city_window.open(task(overview, "8+N 评定后没有定级：1 个党组织").request)
    matrix = city_window.page
    assert isinstance(matrix, ChecklistPage)
    assert [row.branch.id for row in matrix.shown.rows] == [found.key for found in found_by(city, "8N-3")]


@pytest.mark.parametrize(
    ("rule", "words", "link"),
    [
        ("R1-3", "联合党支部覆盖 6 个单位", "打开党组织台账"),
        ("R1-5", "应建未建党组织：8 个单位", "打开单位台账"),
        ("4Y-2", "提级书记没有结对导师：3 名书记", "打开提级管理"),
    ],
)
def test_findings_about_records_open_their_register_with_just_these(
    city: Office, city_window: MainWindow, rule: str, words: str, link: str
) -> None:
    meant = task(gather(city, TODAY), words)
    assert meant.link == link

    city_window.open(meant.request)

    page = city_window.page
    assert isinstance(page, RecordsPage)
    assert set(page.model.keys) == {found.key for found in found_by(city, rule)}


def test_late_field_problems_are_listed_wherever_their_activity_was(
    city: Office, city_window: MainWindow
) -> None:
    found = found_by(city, "4Y-4")
    city_window.open(task(gather(city, TODAY), "实地指导问题逾期：9 名书记").request)
    page = city_window.page
    assert isinstance(page, RecordsPage)
    assert len(page.model.keys) >= len(found)

    single = request_for(found[:1], None, TODAY)
    city_window.open(single)

    assert (single.page, single.unit) == ("field_problems", found[0].division.parent)
    assert 0 < len(page.model.keys) < len(found)


@pytest.mark.parametrize(
    ("rule", "page", "chip"),
    [
        ("4Y-1", "four_ones", None),
        ("4Y-3", "managed_secretaries", "left_post"),
        ("4Y-5", "activities", "no_photos"),
        ("4Y-6", "activities", "unchecked"),
    ],
)
def test_the_rules_of_four_ones_each_have_their_page(town: Office, rule: str, page: str, chip: str) -> None:
    known = next(each.rule for each in town.health.rules() if each.rule.id == rule)
    found = [replace(each, rule=known) for each in found_by(town, "4Y-2")]
    request = request_for(found, None, TODAY)
    assert (request.page, request.chip) == (page, chip)


def test_the_button_of_a_finding_names_the_page(town: Office, qtbot: QtBot) -> None:
    panel = FindingPanel(frame := HomePage(town))
    qtbot.addWidget(frame)
    panel.show_findings(found_by(town, "8N-1"), None, TODAY)
    assert panel.open.text() == "在 8+N 整改中打开"

    with qtbot.waitSignal(panel.asked) as asked:
        panel.open.click()
    assert (asked.args[0].page, asked.args[0].chip) == ("rectifications", "overdue")


def test_pairings_that_outlive_the_management_are_one_line(town: Office) -> None:
    assert not [each for each in gather(town, TODAY).tasks if "结对还没有结束" in each.words]
    records = Records(town._store)
    managed = next(each for each in records.select(ManagedSecretary) if each.division_code == "421081106001")
    with town._store.change("解除"):
        records.update(ManagedSecretary, managed.id, until="2026-10")

    told = task(gather(town, TODAY), "结对还没有结束")

    assert told.words == "2 对结对还没有结束，书记已不在提级管理"  # it has two mentors
    assert (told.request.page, told.request.chip) == ("mentoring", "orphaned")


# the hand-off


def test_an_office_without_a_root_says_nothing_of_the_hand_off(town: Office) -> None:
    assert gather(town, TODAY).handing is None


def test_a_township_reads_when_it_handed_in_and_how_much_has_changed(offices: Offices) -> None:
    def told() -> str:
        line = gather(offices.town, TODAY).handing
        assert line is not None
        assert line.request.page == "handoff"
        return f"{line.words} 〔{line.link}〕"

    assert told() == "还没有报送过 〔生成报送包〕"
    offices.pack()
    assert told() == "上次报送 2026.11.24，之后没有改动 〔打开报送〕"
    someone, other = Records(offices.town._store).select(Person)[:2]
    with offices.town._store.change("核对"):
        for each in (someone, other):
            Records(offices.town._store).update(Person, each.id, remarks="已核对")
    assert told() == "上次报送 2026.11.24，之后 2 处改动 〔生成报送包〕"


def test_remarks_of_the_city_are_one_line_until_they_are_dealt_with(offices: Offices) -> None:
    package = offices.merge(offices.pack())
    for person in Records(offices.town._store).select(Person)[:2]:
        offices.remark(person.id, "phone", "电话不对，请核实")
    receipts = offices.town.handoff.receipts
    receipts.take(offices.town.handoff.verify(offices.receipt(package).path))

    told = task(gather(offices.town, TODAY), "退回意见")
    assert (told.words, told.request.page) == ("市里的退回意见还有 2 条没有办", "handoff")
    handing = gather(offices.town, TODAY).handing
    assert handing is not None
    assert handing.words.startswith("上次报送 2026.11.24（有退回），")
    for line in offices.town.handoff.remarks.all():
        offices.town.handoff.remarks.close(line.remark.id, NOW)

    assert not [each for each in gather(offices.town, TODAY).tasks if "退回意见" in each.words]
    assert not [each for each in gather(offices.city, TODAY).tasks if "退回意见" in each.words]


def test_a_city_reads_who_has_not_handed_in_and_who_is_late(offices: Offices) -> None:
    townships = len(offices.city.handoff.city.board(TODAY))
    before = gather(offices.city, TODAY).handing
    assert before is not None
    assert before.words.startswith(f"{townships} 个乡镇还没有报送：")
    assert before.request.page == "merging"

    offices.merge(offices.pack())
    offices.city.handoff.city.set_round(TODAY - timedelta(days=9), TODAY - timedelta(days=1))

    after = gather(offices.city, TODAY).handing
    assert after is not None
    assert after.words.startswith(f"{townships - 1} 个乡镇逾期未报：")
    assert "东升镇" not in after.words


def test_the_line_of_the_hand_off_stands_last_and_opens_it(
    offices: Offices, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    home = HomePage(offices.town)
    qtbot.addWidget(home)
    home._gather()
    settle()

    last = home.findChildren(TaskLine)[-1]
    assert last.words.text() == "还没有报送过"
    with qtbot.waitSignal(home.asked) as asked:
        last.link.click()
    assert asked.args[0].page == "handoff"
