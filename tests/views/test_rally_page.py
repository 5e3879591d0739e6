"""The page 拉练评比 of a city: scores by the keyboard, items by the mouse, ties in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import open_window
from desktop.office import Office
from desktop.views import theme
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.rally.page import RallyPage
from desktop.views.tables.grid import Grid
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.offices import TODAY, opened
from tests.views.hands import out_of_reach, press, tap, write_over_cell
from tests.views.names import nameless
from tests.views.windows import shown_window

TYPED = {"name": "秋季拉练", "day": "2026.11.20", "first": "2", "last": "2"}
RESULTS = ("乡镇", "总分", "名次", "发言")  # columns before the items


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "city", level="city") as made:
        yield made


@pytest.fixture
def window(city: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    """A city's window, on the screen and with the keyboard."""
    with shown_window(city, qtbot) as window:
        yield window


@pytest.fixture
def page(window: MainWindow) -> RallyPage:
    """A round in front, without points."""
    window.office.rallies.start(TYPED, TODAY)
    shown = window.show_page("rally")
    assert isinstance(shown, RallyPage)
    return shown


def grid(page: RallyPage) -> Grid:
    assert page.grid is not None
    return page.grid


def line(page: RallyPage, row: int) -> list[str]:
    model = grid(page).register
    return [model.text(row, column) for column in range(model.columnCount())]


def open_dialog(page: RallyPage) -> TypedDialog:
    return next(dialog for dialog in page.findChildren(TypedDialog) if dialog.isVisible())


def message() -> QMessageBox:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QMessageBox)
    return found


def paste(page: RallyPage, text: str, row: int = 0, item: int = 0) -> None:
    view = grid(page)
    place = view.visualRect(view.register.index(row, len(RESULTS) + item)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_only_a_city_has_the_page_and_its_ledger(filled_office: Office, window: MainWindow) -> None:
    township = open_window(filled_office)

    assert "rally" not in [kind.name for kind in township.kinds]
    assert "rally" in [kind.name for kind in window.kinds]
    for each, offered in ((township, False), (window, True)):
        ledgers = each.show_page("ledgers")
        assert isinstance(ledgers, LedgerPage)
        names = [ledgers.options.kinds.item(n).text() for n in range(ledgers.options.kinds.count())]
        assert ("基层党建拉练评比通报表" in names) is offered
    township.deleteLater()


def test_without_a_round_the_page_says_what_to_do_and_the_dialog_begins_one(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = window.show_page("rally")
    assert isinstance(page, RallyPage)
    assert page.words.text() == "还没有拉练。按“新建拉练”建立第一轮，评分项目可以再改。"
    assert page.grid is None

    press(page.new)
    dialog = open_dialog(page)
    dialog.inputs["first"].set_text("9")
    press(dialog.ok)
    assert dialog.isVisible()  # it says what is wrong and stays
    dialog.inputs["first"].set_text("3")
    press(dialog.ok)

    (made,) = window.office.rallies.rounds()
    assert (made.first, made.last) == (3, 2)
    assert window.toast.words.text() == f"已新建拉练：{made.name}"
    assert len(grid(page).register.keys) == 15
    assert page.words.text() == "还没有打分：在表格里直接填，或从 Excel 复制后粘贴。"


def test_scores_are_typed_down_a_column_and_places_follow_at_once(page: RallyPage) -> None:
    grid(page).setFocus()

    for text in ("18", "19.5", "17", "16"):
        write_over_cell(grid(page), text)
        QApplication.processEvents()  # Qt hands the text over a moment after Enter

    assert [line(page, row)[:5] for row in range(5)] == [
        ["绣林街道", "18", "2", "典型发言", "18"],
        ["笔架山街道", "19.5", "1", "典型发言", "19.5"],
        ["新厂镇", "17", "3", "表态发言", "17"],
        ["横沟市镇", "16", "4", "表态发言", "16"],
        ["大垸镇", "", "", "", ""],
    ]
    assert page.speakers.text() == "典型发言：笔架山街道、绣林街道　　表态发言：新厂镇、横沟市镇"
    assert grid(page).currentIndex().row() == 4  # Enter went down each time


def test_a_score_above_the_full_points_stays_in_its_cell(page: RallyPage) -> None:
    view = grid(page)
    view.setFocus()
    tap(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, "25")

    tap(editor, Qt.Key.Key_Return)

    assert QApplication.focusWidget() is editor
    assert page.window().toast.words.text() == "25 分超过满分 20 分，请核对。"  # type: ignore[attr-defined]
    tap(editor, Qt.Key.Key_Escape)
    assert line(page, 0)[4] == ""


def test_a_block_from_excel_is_pasted_as_one_change_and_undone_by_ctrl_z(
    page: RallyPage, window: MainWindow
) -> None:
    paste(page, "18\t17\n20\t19\n20\t19\n10\t9\n11\t9\n")

    assert [line(page, row)[1:4] for row in range(5)] == [
        ["35", "3", ""],
        ["39", "1", "典型发言"],
        ["39", "1", "典型发言"],
        ["19", "5", "表态发言"],
        ["20", "4", "表态发言"],
    ]
    assert window.toast.words.text() == "已拉练打分 10 格"
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert line(page, 0)[1:5] == ["", "", "", ""]


def test_bad_cells_of_a_block_are_told_with_township_and_item(page: RallyPage) -> None:
    paste(page, "18\t好\n99\t17\n")

    box = message()
    assert box.text() == (
        "这些格没有写入：\n绣林街道 阵地建设：“好”不是分数，请填 0 到 999 的数，最多一位小数。\n"
        "笔架山街道 班子建设：99 分超过满分 20 分，请核对。"
    )
    box.close()
    assert (line(page, 0)[1], line(page, 1)[1]) == ("18", "17")


def test_a_tie_at_the_second_place_marks_all_and_says_so(page: RallyPage) -> None:
    paste(page, "20\n19\n19\n15\n14\n13\n")

    assert [line(page, row)[2:4] for row in range(3)] == [
        ["1", "典型发言"],
        ["2", "典型发言"],
        ["2", "典型发言"],
    ]
    assert "前 2 名有并列（19 分）：笔架山街道、新厂镇，并列的都列为典型发言，共 3 个" in page.words.text()


def test_delete_empties_and_the_order_follows_the_places(page: RallyPage, qtbot: QtBot) -> None:
    paste(page, "15\n20\n18\n")
    QTest.mouseClick(page.by_rank, Qt.MouseButton.LeftButton, pos=QPoint(10, page.by_rank.height() // 2))
    assert [line(page, row)[0] for row in range(3)] == ["笔架山街道", "新厂镇", "绣林街道"]

    grid(page).setCurrentIndex(grid(page).register.index(0, len(RESULTS)))
    tap(grid(page), Qt.Key.Key_Delete)

    assert [line(page, row)[:2] for row in range(2)] == [["新厂镇", "18"], ["绣林街道", "15"]]


def test_the_menu_of_a_column_changes_moves_and_removes_its_item(page: RallyPage, qtbot: QtBot) -> None:
    def choose(words: str) -> None:
        headings = grid(page).headings
        place = headings.funnel_rect(len(RESULTS)).center()
        QTest.mouseClick(headings.viewport(), Qt.MouseButton.LeftButton, pos=place)
        menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
        action = next(action for action in menu.actions() if action.text() == words)
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())

    def labels() -> list[str]:
        return [field.label for field in grid(page).register.fields][len(RESULTS) :]

    choose("改名称和满分…")
    dialog = open_dialog(page)
    dialog.inputs["name"].set_text("班子和队伍")
    dialog.inputs["points"].set_text("30")
    press(dialog.ok)
    assert labels()[0] == "班子和队伍（30）"
    choose("右移")
    assert labels()[:2] == ["阵地建设（20）", "班子和队伍（30）"]
    choose("删除项目和得分")
    assert labels() == ["班子和队伍（30）", "党员教育管理（20）", "集体经济（20）", "亮点特色（20）"]
    assert page.header.scope.text() == "15 个乡镇 · 已打分 0 个 · 4 项共 90 分"


def test_an_item_is_added_and_the_round_can_be_taken_out_and_brought_back(
    page: RallyPage, window: MainWindow
) -> None:
    press(page.adding)
    dialog = open_dialog(page)
    dialog.inputs["name"].set_text("加分项")
    dialog.inputs["points"].set_text("5")
    press(dialog.ok)
    assert grid(page).register.fields[-1].label == "加分项（5）"

    press(page.removing)
    box = message()
    press(next(button for button in box.buttons() if button.text() == "删除"))
    assert page.rounds.count() == 0
    assert page.grid is None

    window.undo()
    assert (page.rounds.count(), grid(page).register.fields[-1].label) == (1, "加分项（5）")


def test_the_last_item_may_go_and_another_come(page: RallyPage) -> None:
    for item in page.source.sheet.items:
        page.office.rallies.remove_item(item.id)
    page.refresh()

    assert grid(page).register.columnCount() == len(RESULTS)
    assert page.header.scope.text() == "15 个乡镇 · 已打分 0 个 · 0 项共 0 分"


def test_the_paper_and_the_workbook_are_of_the_round_shown(
    page: RallyPage, window: MainWindow, tmp_path: Path, settle: Callable[[], None]
) -> None:
    paste(page, "15\n20\n")
    page._write_file(str(tmp_path / "x.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert (sheet.title, sheet["B2"].value, sheet["C2"].value) == ("秋季拉练", "笔架山街道", 20)

    press(page._print)

    ledgers = window.page
    assert isinstance(ledgers, LedgerPage)
    assert (ledgers.options.request.name, ledgers.options.request.on.isoformat()) == ("rally", "2026-11-20")
    settle()


def test_the_grid_is_a_sound_model_and_every_control_has_a_name_and_the_keyboard(
    page: RallyPage, window: MainWindow, qtmodeltester: ModelTester
) -> None:
    paste(page, "15\n20\n")

    qtmodeltester.check(grid(page).register)  # type: ignore[no-untyped-call]  # pytest-qt ships it untyped
    assert nameless(window) == []
    grid(page).setFocus()
    tap(grid(page), Qt.Key.Key_F6)
    assert page.rounds.hasFocus()
    tap(page.rounds, Qt.Key.Key_F6)
    assert grid(page).hasFocus()
    page.new.setFocus()
    grid(page).setTabKeyNavigation(False)  # within the grid Tab goes from cell to cell, F6 leaves it
    assert out_of_reach(page) == []


@pytest.mark.parametrize("points", theme.SIZES)
def test_columns_of_results_stay_in_sight_at_any_size_of_type(
    page: RallyPage, points: int, qapp: QApplication
) -> None:
    try:
        theme.install(qapp, points)
        qapp.processEvents()
        view = grid(page)
        assert view.columnViewportPosition(3) + view.columnWidth(3) <= view.viewport().width()
    finally:
        theme.install(qapp, theme.SIZES[0])
