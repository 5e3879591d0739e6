"""The page of 整改: chips, what is late in red with words, closing, the way to the matrix, paper and workbook."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.days import show_day
from desktop.models.registers.checklist import MET, UNMET
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.schemes import CHECKLIST
from desktop.office import Office
from desktop.views import theme
from desktop.views.checklist.page import ChecklistPage
from desktop.views.checklist.rectifications import ALL, CLOSED, OPEN, OVERDUE, RectificationsPage
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.models.services.checklists import two_branches
from tests.offices import COMMUNITY, VILLAGE
from tests.views.hands import out_of_reach, press, tap, words, write
from tests.views.names import nameless

NOW = date.today()
COLUMNS = RectificationsPage.headings


def ask_for(office: Office, branch: str, code: str, due: date, why: str) -> CellKey:
    """Let an item of the present period be put right by a day."""
    period = office.schemes.current(CHECKLIST, NOW).period(NOW)
    key = CellKey(branch, str(period), code)
    office.checklists.set_status([key], UNMET, NOW)
    office.checklists.edit(key, "reason", why, NOW)
    office.checklists.edit(key, "due", show_day(due.isoformat()), NOW)
    return key


@pytest.fixture
def keys(filled_office: Office) -> list[CellKey]:
    """One late by three days, one that has time; of two organisations."""
    village, community = two_branches(filled_office)
    return [
        ask_for(filled_office, village, "2", NOW - timedelta(days=3), "党旗破损"),
        ask_for(filled_office, community, "5", NOW + timedelta(days=30), "会议记录不全"),
    ]


@pytest.fixture
def page(keys: list[CellKey], window: MainWindow) -> RectificationsPage:
    shown = window.show_page("rectifications")
    assert isinstance(shown, RectificationsPage)
    return shown


def texts(page: RectificationsPage, heading: str) -> list[str]:
    model = page.table.model()
    return [str(model.index(row, COLUMNS.index(heading)).data()) for row in range(model.rowCount())]


def with_control(widget: QWidget | None) -> None:
    """Press Ctrl+Enter."""
    assert widget is not None
    QTest.keyClick(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def dialog() -> TypedDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TypedDialog)
    return found


def test_what_is_late_stands_first_in_red_and_says_for_how_long(page: RectificationsPage) -> None:
    assert texts(page, "项目") == ["党建元素", "工作台账"]
    assert texts(page, "状态") == ["逾期 3 天", "整改中"]
    cell = page.table.model().index(0, COLUMNS.index("状态"))
    assert cell.data(Qt.ItemDataRole.ForegroundRole).color() == theme.color("error")
    assert "扣分原因：党旗破损" in page.foot.text()
    assert {chip: button.text() for chip, button in page.chips.chips.items()} == {
        OPEN: "未销号 2",
        OVERDUE: "逾期 1",
        CLOSED: "已销号",
        ALL: "全部 2",
    }


def test_it_is_closed_by_keyboard_and_undo_opens_it_again(
    page: RectificationsPage, keys: list[CellKey], window: MainWindow, qtbot: QtBot
) -> None:
    with_control(page.table)
    qtbot.waitUntil(lambda: dialog().inputs["closing"].editor.hasFocus())
    write(QApplication.focusWidget(), "已换新党旗")
    with_control(QApplication.focusWidget())

    cell = page.office.checklists.card(keys[0], NOW).cell
    assert cell.record is not None
    assert (cell.record.closed, cell.record.closing, cell.status) == (NOW.isoformat(), "已换新党旗", MET)
    assert texts(page, "项目") == ["工作台账"]
    assert "整改销号" in words(window.toast)
    assert window.focusWidget() is page.table

    window.undo()
    assert texts(page, "状态") == ["逾期 3 天", "整改中"]


def test_closing_asks_what_was_done_and_may_leave_the_status(
    page: RectificationsPage, keys: list[CellKey]
) -> None:
    press(page.close_it)
    asked = dialog()
    press(asked.ok)
    assert "请写明怎样整改的" in words(asked)

    met = asked.findChild(QCheckBox)
    assert met is not None
    tap(met, Qt.Key.Key_Space)
    asked.inputs["closing"].set_text("已报镇党委同意缓办")
    press(asked.ok)

    cell = page.office.checklists.card(keys[0], NOW).cell
    assert (cell.status, cell.record.closing if cell.record else None) == (UNMET, "已报镇党委同意缓办")
    press(page.chips.chips[CLOSED])
    assert (texts(page, "状态"), texts(page, "整改情况")) == (["已销号"], ["已报镇党委同意缓办"])
    assert not page.close_it.isEnabled()


def test_another_page_asks_for_what_is_late_in_a_unit(page: RectificationsPage, window: MainWindow) -> None:
    window.open(Request(page="rectifications", unit=VILLAGE, chip=OVERDUE))
    assert texts(page, "状态") == ["逾期 3 天"]

    window.open(Request(page="rectifications", unit=COMMUNITY, chip=OVERDUE))
    assert "没有逾期的整改。" in words(page)
    assert not page.close_it.isEnabled()
    press(page.all)
    assert texts(page, "项目") == ["党建元素", "工作台账"]


def test_enter_opens_the_cell_in_the_matrix(
    page: RectificationsPage, keys: list[CellKey], window: MainWindow, qtbot: QtBot
) -> None:
    tap(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.asked) as asked:
        tap(page.table, Qt.Key.Key_Return)

    request = asked.args[0]
    assert (request.of, request.item, request.period) == ((keys[1].branch_id,), "5", keys[1].period)
    assert isinstance(window.page, ChecklistPage)


def test_the_list_is_printed_and_exported(
    page: RectificationsPage, window: MainWindow, tmp_path: Path
) -> None:
    page.write(tmp_path / "整改.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "整改.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[2], row[4], row[5], row[6]) for row in rows] == [
        ("鑫源公司党支部", "党建元素", "逾期 3 天", "党旗破损"),
        ("商圈联合党支部", "工作台账", "整改中", "会议记录不全"),
    ]

    press(page.print)
    assert isinstance(window.page, LedgerPage)
    assert window.page.options.request.name == "rectification"


def test_every_control_has_a_name_and_is_reached_by_tab(page: RectificationsPage) -> None:
    assert nameless(page) == []
    page.table.setFocus()
    assert out_of_reach(page) == []


def test_a_very_long_reason_leaves_the_lines_their_room(page: RectificationsPage) -> None:
    line = page.shown[0]
    page.office.checklists.edit(line.key, "reason", "活动场所被占用。" * 1_250, page.today)
    page.refresh()
    page.go_to(0)

    assert page.foot.text().endswith("…")
    assert page.foot.height() < page.table.height() / 3


def test_an_empty_list_says_where_deadlines_are_given(window: MainWindow) -> None:
    page = window.show_page("rectifications")
    assert isinstance(page, RectificationsPage)

    assert "在总表里打开一项，填上整改期限" in words(page)
    assert not page.export.isEnabled()
    assert nameless(page) == []
