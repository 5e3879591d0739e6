"""The page of 覆盖率: rates and their definitions, the units behind each number, whom it counts, paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.models.rules.coverage import Base, By
from desktop.office import Office
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.new_sector.coverage_page import CoveragePage
from desktop.views.new_sector.coverage_table import HEADINGS, CoverageModel
from desktop.views.new_sector.pages import OrganizationsPage
from desktop.views.page import Request
from tests.offices import CITY, TODAY, TOWNSHIP, whole_office
from tests.views.hands import out_of_reach, press, tap
from tests.views.names import nameless
from tests.views.windows import shown_window

TOTAL = [
    "合计",
    "340",
    "46",
    "38",
    "8",
    "82.6%",
    "273",
    "311",
    "29",
    "91.5%",
    "311",
    "311",
]  # see test_new_sector_ledgers


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A city with everything of the sample."""
    with whole_office(tmp_path_factory.mktemp("city") / "office", CITY) as office:
        yield office


@pytest.fixture
def page(city: Office, qtbot: QtBot) -> Iterator[CoveragePage]:
    """The page of the city by itself; what counts it takes is put back."""
    page = CoveragePage(city)
    page.resize(1166, 700)
    page.show()
    yield page
    if city.new_sector.base is not Base.ALL:
        city.new_sector.base = Base.ALL
    page.deleteLater()


@pytest.fixture
def shown(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window of a township with all of the sample, the page in front."""
    with whole_office(tmp_path / "office") as office, shown_window(office, qtbot) as window:
        window.show_page("coverage")
        yield window


def model(page: CoveragePage) -> CoverageModel:
    found = page.table.model()
    assert isinstance(found, CoverageModel)
    return found


def line(page: CoveragePage, row: int) -> list[str]:
    return [str(model(page).index(row, column).data()) for column in range(model(page).columnCount())]


def choose(combo: QComboBox, value: object) -> None:
    """Choose an entry as a hand does."""
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def listed(office: Office, request: Request) -> int:
    """How many units the list shows that is asked for."""
    assert request.page == "organizations"
    query = RosterQuery(on=TODAY, unit=request.unit, chip=request.chip or "", filters=request.filters)
    return len(office.registers["organization"].keys(query))


def test_the_total_stands_first_and_the_definitions_below(page: CoveragePage) -> None:
    assert line(page, 0) == TOTAL
    assert model(page).rowCount() == 1 + len(page.office.new_sector.coverage(TODAY).rows)
    assert (
        "党组织覆盖率 = 已由党组织（含联合、行业、区域党组织）覆盖的单位 ÷ 应建单位。本表 38 ÷ 46"
        in page.notes.text()
    )
    assert page.notes.text().count("\n") == 3


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("by", list(By))
def test_every_number_with_a_list_opens_just_as_many_units(page: CoveragePage, by: By, base: Base) -> None:
    choose(page.by, by)
    choose(page.base, base)
    found = model(page)

    opened = 0
    for row in range(found.rowCount()):
        for column in range(1, found.columnCount()):
            request = found.request(row, column, page.unit.code)
            if request is not None:
                assert str(listed(page.office, request)) == found.index(row, column).data()
                opened += 1
    assert opened > found.rowCount()


def test_a_number_opens_its_units_by_a_click_and_by_enter(page: CoveragePage) -> None:
    choose(page.by, By.COMMITTEE)
    asked: list[Request] = []
    page.asked.connect(asked.append)
    missing = model(page).index(0, 1 + HEADINGS.index("应建未建"))

    page.table.setCurrentIndex(missing)
    tap(page.table, Qt.Key.Key_Return)
    middle = page.table.visualRect(missing).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    rate = model(page).index(0, 1 + HEADINGS.index("党组织覆盖率"))
    QTest.mouseClick(
        page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(rate).center()
    )

    assert asked == [Request(page="organizations", unit=CITY, chip="missing")] * 2


def test_the_list_that_opens_shows_just_these_units(shown: MainWindow) -> None:
    page = shown.page
    assert isinstance(page, CoveragePage)
    column = 1 + HEADINGS.index("没有覆盖")
    page.table.setCurrentIndex(model(page).index(0, column))
    number = int(line(page, 0)[column])
    tap(page.table, Qt.Key.Key_Return)

    assert number > 0
    assert isinstance(shown.page, OrganizationsPage)
    assert len(shown.page.model.keys) == number


def test_units_without_a_mark_are_a_line_that_opens_too(page: CoveragePage) -> None:
    organizations = page.office.registers["organization"]
    key = organizations.keys(RosterQuery(on=TODAY, chip="open"))[0]
    organizations.set_cell(key, "area", "", TODAY)
    choose(page.by, By.AREA)
    last = model(page).rowCount() - 1
    request = model(page).request(last, 1, page.unit.code)
    page.office.history.undo()

    assert line(page, last)[:2] == ["（没有填）", "1"]
    assert request is not None
    assert request.filters == (("area", frozenset(("",))),)


def test_whom_the_rates_count_is_a_change_that_can_be_taken_back(page: CoveragePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.changed) as told:
        choose(page.base, Base.ABOVE_SCALE)

    assert told.args == ["已覆盖率统计范围改为规上单位"]
    assert page.notes.text().startswith("统计范围：规上单位")
    assert line(page, 0) != TOTAL
    page.office.history.undo()
    page.refresh()
    assert page.base.currentData() == Base.ALL
    assert line(page, 0) == TOTAL


def test_an_office_without_units_is_told_where_to_enter_them(office: Office, qtbot: QtBot) -> None:
    page = CoveragePage(office)
    qtbot.addWidget(page)
    page.show()
    asked: list[Request] = []
    page.asked.connect(asked.append)

    assert "还没有登记两新组织" in page._nothing.text()
    press(page.units)
    assert [each.page for each in asked] == ["organizations"]

    choose(page.base, Base.ABOVE_SCALE)
    assert "没有登记为规上的单位" in page._nothing.text()
    press(page.all)
    assert office.new_sector.base is Base.ALL


def test_one_unit_is_reckoned_alone_and_a_township_has_no_lines_of_townships(shown: MainWindow) -> None:
    page = shown.page
    assert isinstance(page, CoveragePage)
    assert page.by.findData(By.TOWNSHIP) == -1
    places = (each.division for each in page.office.new_sector.units(TODAY))
    village = next(place for place in places if place.code != TOWNSHIP)
    page.take(Request(page="coverage", unit=village.code))

    assert model(page).rowCount() == 2
    assert line(page, 1)[0] == village.short_name
    assert village.short_name in page.header.scope.text()
    assert page.beside("organizations").unit == village.code


def test_printing_opens_the_ledger_of_the_unit(shown: MainWindow) -> None:
    page = shown.page
    assert isinstance(page, CoveragePage)
    press(page.print)

    assert isinstance(shown.page, LedgerPage)
    assert shown.page.options.request.name == "coverage"


def test_everything_has_a_name_and_is_reached_by_tab(shown: MainWindow) -> None:
    shown.page.activate()

    assert nameless(shown) == []
    assert out_of_reach(shown) == []
