"""The page of 升降级: the moves of a span, taking out a wrong one, the way to the matrix, paper."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.days import show_day
from desktop.office import Office
from desktop.views.checklist.class_moves import ALL, LAST, SPAN, ClassMovesPage
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from tests.models.services.checklists import two_branches
from tests.offices import COMMUNITY
from tests.views.hands import out_of_reach, press, tap, words
from tests.views.names import nameless

NOW = date.today()
NEW_YEAR = date(NOW.year, 1, 1)
LAST_YEAR = date(NOW.year - 1, 12, 20)


def decide(office: Office, branch: str, grade: str, day: date, why: str) -> str:
    """Keep a decision on a class."""
    period = f"{day.year}H{1 if day.month < 7 else 2}"
    return office.gradings.decide(
        branch, period, grade, show_day(day.isoformat()), NOW, reason=why, approved_by="镇党委"
    )


@pytest.fixture
def branches(filled_office: Office) -> tuple[str, str]:
    """The first went from B to C this year, the second was graded A today."""
    first, second = two_branches(filled_office)
    decide(filled_office, first, "B", LAST_YEAR, "首次评定")
    decide(filled_office, first, "C", NEW_YEAR, "台账不齐")
    decide(filled_office, second, "A", NOW, "带动明显")
    return first, second


@pytest.fixture
def page(branches: tuple[str, str], window: MainWindow) -> ClassMovesPage:
    shown = window.show_page("class_moves")
    assert isinstance(shown, ClassMovesPage)
    return shown


def lines(page: ClassMovesPage) -> list[list[str]]:
    model = page.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(1, 6)] for row in range(model.rowCount())
    ]


def test_the_moves_of_this_year_say_from_what_to_what_and_why(page: ClassMovesPage) -> None:
    assert lines(page) == [
        ["商圈联合党支部", "—", "A 类示范引领", "首次定级", "带动明显"],
        ["鑫源公司党支部", "B 类规范提升", "C 类达标升级", "降级", "台账不齐"],
    ]
    assert "2 条，首次定级 1，降级 1" in page.header.scope.text()


def test_chips_and_days_choose_the_span(page: ClassMovesPage) -> None:
    assert not page._since.isVisible()
    press(page.chips.chips[LAST])
    assert [line[2] for line in lines(page)] == ["B 类规范提升"]
    press(page.chips.chips[ALL])
    assert len(lines(page)) == 3

    press(page.chips.chips[SPAN])
    assert page._since.isVisible()
    page._since.setDate(QDate(LAST_YEAR.year, 12, 1))
    page._until.setDate(QDate(NEW_YEAR.year, 1, 1))
    assert [line[3] for line in lines(page)] == ["降级", "首次定级"]
    assert not page.print.isEnabled()
    assert "按年打印" in page.print.toolTip()


def test_a_wrong_decision_is_taken_out_by_delete_and_undo_brings_it_back(
    page: ClassMovesPage, branches: tuple[str, str], window: MainWindow
) -> None:
    tap(page.table, Qt.Key.Key_Down)
    tap(page.table, Qt.Key.Key_Delete)

    assert [line[0] for line in lines(page)] == ["商圈联合党支部"]
    assert [each.grade for each in page.office.gradings.of(branches[0])] == ["B"]
    assert "删除定级：鑫源公司党支部" in words(window.toast)
    assert QApplication.focusWidget() is page.table

    window.undo()
    assert len(lines(page)) == 2


def test_enter_opens_the_organisation_in_the_matrix(
    page: ClassMovesPage, branches: tuple[str, str], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.asked) as asked:
        tap(page.table, Qt.Key.Key_Return)

    request = asked.args[0]
    assert (request.page, request.of) == ("checklist", (branches[1],))
    assert request.period == page.shown[0].after.period


def test_the_ledger_of_last_year_is_printed_as_of_its_end(page: ClassMovesPage, window: MainWindow) -> None:
    press(page.chips.chips[LAST])
    press(page.print)

    assert isinstance(window.page, LedgerPage)
    asked = window.page.options.request
    assert (asked.name, asked.on) == ("class-moves", date(NOW.year - 1, 12, 31))


def test_a_unit_without_moves_says_how_they_come_about(page: ClassMovesPage, window: MainWindow) -> None:
    window.open(Request(page="class_moves", unit=COMMUNITY, chip=LAST))

    assert "去年没有定级或升降级" in words(page)
    assert not page.remove.isEnabled()
    press(page.all)
    assert len(lines(page)) == 3


def test_every_control_has_a_name_and_is_reached_by_tab(page: ClassMovesPage) -> None:
    press(page.chips.chips[SPAN])
    assert nameless(page) == []
    page.table.setFocus()
    assert out_of_reach(page) == []
