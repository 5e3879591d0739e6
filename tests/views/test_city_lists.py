"""What a city sees of its townships: their column in lists, ledgers and findings, in the local order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.app import open_window
from desktop.models.ledgers.ledger import Ledger
from desktop.models.services.ledgers import LedgerRequest
from desktop.office import Office
from desktop.views import jobs
from desktop.views.checklist.page import ChecklistPage
from desktop.views.four_ones.managed_page import ManagedSecretariesPage
from desktop.views.four_ones.page import FourOnesPage
from desktop.views.handoff.asking import AskText
from desktop.views.handoff.remarking import REMARK
from desktop.views.health.findings import FindingsPart
from desktop.views.new_sector.pages import OrganizationsPage
from desktop.views.page import Request
from desktop.views.records.page import RecordsPage
from desktop.views.records.reserve_page import ReservePage
from desktop.views.register.page import RosterPage
from tests.offices import CITY, TODAY, TOWNSHIP, VILLAGE, opened, whole_office
from tests.views.hands import press, words, write


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A city with everything of the sample."""
    with whole_office(tmp_path_factory.mktemp("city") / "office", CITY) as office:
        yield office


def townships(office: Office) -> list[str]:
    return list(office.rallies.townships().values())


def ledger(office: Office, name: str) -> Ledger:
    request = LedgerRequest(name, TODAY)
    made = office.ledgers._ledger(request, office.ledgers._rows(request)[0])
    assert isinstance(made, Ledger)
    return made


def labels(made: Ledger) -> list[str]:
    return [column.label for column in made.columns]


@pytest.mark.parametrize("page", ["roster", "reserve", "study", "village_figures", "committee_terms"])
def test_lists_of_a_city_show_the_township_and_those_of_a_township_do_not(
    city: Office, tmp_path: Path, page: str, qtbot: QtBot
) -> None:
    with opened(tmp_path / "town", filled=True) as town:
        for office, shown in ((city, True), (town, False)):
            window = open_window(office)
            found = window.show_page(page)
            assert isinstance(found, RosterPage | RecordsPage)
            assert ("township" in found.shown_fields()) is shown
            qtbot.waitUntil(lambda: jobs.running() == 0, timeout=20_000)
            with qtbot.waitSignal(window.destroyed):
                window.deleteLater()


@pytest.mark.parametrize("name", ["roster", "reserve", "study", "issues"])
def test_ledgers_of_a_city_name_the_township_in_the_local_order(city: Office, name: str) -> None:
    made = ledger(city, name)

    place = labels(made).index("乡镇")
    named = [row.cells[place] for row in made.rows]
    order = townships(city)
    assert len(set(named)) > 10
    assert [order.index(each) for each in named] == sorted(order.index(each) for each in named)


def test_changes_of_a_city_name_the_township_of_each(city: Office) -> None:
    made = ledger(city, "changes")

    assert labels(made)[:4] == ["序号", "时间", "乡镇", "村（社区）"]
    villages = {d.short_name: city.divisions.township_of(d).short_name for d in city.divisions.all().values()}
    assert {row.cells[2] for row in made.rows} <= set(townships(city))
    assert [row.cells[2] for row in made.rows[:5]] == [villages[row.cells[3]] for row in made.rows[:5]]


def test_ledgers_of_a_township_do_not_repeat_its_name(tmp_path: Path) -> None:
    with whole_office(tmp_path / "town") as office:
        for name in ("roster", "changes", "reserve", "issues"):
            assert "乡镇" not in labels(ledger(office, name)), name


def test_findings_of_a_city_stand_together_by_township(city: Office) -> None:
    order = townships(city)
    found = [order.index(finding.township) for finding in city.health.check(TODAY).findings]

    assert found == sorted(found)
    assert len(set(found)) == 15


def test_the_tree_of_findings_names_the_township_where_there_are_several(
    city: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(tmp_path / "town", filled=True) as town:
        for office, named in ((city, True), (town, False)):
            parent = QWidget()
            qtbot.addWidget(parent)
            tree = FindingsPart(office, parent).tree
            tree.show_findings(office.health.check(TODAY).findings)
            tree.expandAll()
            tree.go_to(None)  # the first rule
            rule = tree.currentItem()
            assert rule is not None
            finding = tree.itemBelow(rule)
            assert finding is not None
            words = finding.text(0)
            assert (words.split(" ")[0] in townships(office)) is named


def test_the_matrix_of_four_ones_names_the_township_where_there_are_several(
    city: Office, qtbot: QtBot
) -> None:
    page = FourOnesPage(city)
    qtbot.addWidget(page)
    names = page.matrix.model.table.names
    order = [next(t for t in townships(city) if name.below.startswith(t)) for name in names]
    assert len(set(order)) > 10

    page.take(Request(page=page.name, unit=TOWNSHIP))
    below = [name.below for name in page.matrix.model.table.names]
    assert below
    assert not [words for words in below if words.startswith("东升镇")]


def test_the_checklists_matrix_names_the_township_where_there_are_several(city: Office, qtbot: QtBot) -> None:
    page = ChecklistPage(city)
    qtbot.addWidget(page)
    assert page.matrix.model.table.names[0].below == "桥南社区"  # all of one township

    city.registers["party_branch"].add({"name": "鑫源公司党支部"}, TODAY, division_code=VILLAGE)
    page.refresh()
    below = [name.below for name in page.matrix.model.table.names]
    city.history.undo()

    assert below[0] == "绣林街道桥南社区"
    assert below[-1] == "东升镇毕家塘村"


@pytest.mark.parametrize("kind", [ReservePage, OrganizationsPage, ManagedSecretariesPage, RosterPage])
def test_a_city_tells_a_township_from_the_drawer_what_is_wrong_with_a_record(
    city: Office, kind: type[RecordsPage | RosterPage], qtbot: QtBot
) -> None:
    page = kind(city)
    qtbot.addWidget(page)
    page.show()
    page.units.choose(TOWNSHIP)
    page.grid.go_to(page.model.keys[0], 0)
    details = page.open_drawer().details
    with qtbot.waitSignal(page.changed) as told:
        press(details.remark if isinstance(page, RosterPage) else details.buttons[REMARK])
        dialog = page.findChildren(AskText)[-1]
        asking = words(dialog)
        write(dialog.edit, "电话少一位，请核对")
        press(dialog.deed)

    line = page.current_line
    assert line is not None
    said = city.handoff.remarks.all()[0]
    city.history.undo()
    assert told.args == ["已提退回意见，随回执交给乡镇"]
    assert said.remark.unit == TOWNSHIP
    assert said.remark.text == "电话少一位，请核对"
    if isinstance(page, RosterPage):
        assert (said.remark.register, said.remark.row_id) == ("person", line.row.person.id)
    else:
        assert (said.remark.register, said.remark.row_id) == (page.register, line.row.key)
    assert said.who
    assert asking.startswith(f"{said.who}：写明哪里不对")


def test_the_menu_of_a_line_offers_a_remark_in_the_city_only(
    city: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    with whole_office(tmp_path / "town") as town:
        for office in (city, town):
            for page in (ReservePage(office), RosterPage(office)):
                qtbot.addWidget(page)
                page.grid.go_to(page.model.keys[0], 0)
                offered = {line[0]: line[3] for line in page.menu_lines(page.model.keys[:1])}
                assert offered.get(REMARK, False) is (office is city)
                several = {line[0]: line[3] for line in page.menu_lines(page.model.keys[:2])}
                assert not several.get(REMARK, False)
