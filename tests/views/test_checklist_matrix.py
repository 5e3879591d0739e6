"""The matrix of “8+N”: what its cells say, what keys ask for, what is copied, and its workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.app import open_window
from desktop.models.registers.checklist import MET, UNMET
from desktop.models.registers.checklist_rows import CellKey, MatrixQuery
from desktop.office import Office
from desktop.views.checklist.faces import table_of
from desktop.views.checklist.page import ChecklistPage
from desktop.views.tables.matrix import Matrix
from tests.models.services.checklists import NOW, two_branches
from tests.offices import TODAY
from tests.views.hands import tap


def test_a_cell_says_what_it_is_and_keys_tell_what_is_wanted(
    office: Office, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    first, _ = two_branches(office)
    office.checklists.set_status([CellKey(first, NOW, "2")], UNMET, TODAY)
    matrix = Matrix("8+N 评定矩阵")
    qtbot.addWidget(matrix)
    shown = office.checklists.matrix(NOW, TODAY)
    matrix.show_table(table_of(shown))
    row = [each.branch.id for each in shown.rows].index(first)
    qtmodeltester.check(matrix.model)  # type: ignore[no-untyped-call]  # pytest-qt ships it untyped
    cycled: list[list[tuple[int, int]]] = []
    opened: list[tuple[int, int]] = []
    matrix.cycled.connect(cycled.append)
    matrix.opened.connect(lambda *place: opened.append((place[0], place[1])))

    matrix.go(row, 1)
    tap(matrix.view, Qt.Key.Key_Space)
    tap(matrix.view, Qt.Key.Key_Return)
    matrix.view.copy()

    assert cycled == [[(row, 1)]]
    assert opened == [(row, 1)]
    assert QGuiApplication.clipboard().text().strip() == "未达标"
    assert matrix.model.spoken(row, 1).startswith(f"{shown.rows[row].branch.name} ②党建元素 未达标")
    spoken = matrix.model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "②党建元素，缺 1，未填 1"


def test_the_workbook_holds_just_the_organisations_asked_for(office: Office, tmp_path: Path) -> None:
    first, _ = two_branches(office)
    office.checklists.set_status([CellKey(first, NOW, "2")], MET, TODAY)
    shown = office.checklists.matrix(NOW, TODAY, MatrixQuery(of=frozenset({first})))

    office.checklists.export(shown, tmp_path / "清单.xlsx")

    page = openpyxl.load_workbook(tmp_path / "清单.xlsx").worksheets[0]
    assert [page.cell(2, 3).value, page.cell(2, 6).value] == [shown.rows[0].branch.name, "达标"]
    assert page.max_row == 3  # heading, one organisation, totals


def test_space_fills_a_cell_undo_takes_it_back_and_a_menu_fills_a_column(
    filled_office: Office, qtbot: QtBot
) -> None:
    first, _ = two_branches(filled_office)
    window = open_window(filled_office)
    qtbot.addWidget(window)
    page = window.show_page("checklist")
    assert isinstance(page, ChecklistPage)
    row = [each.branch.id for each in page.shown.rows].index(first)

    page.matrix.go(row, 0)
    tap(page.matrix.view, Qt.Key.Key_Space)
    filled = page.matrix.model.text(row, 0)
    window.undo()

    assert (filled, page.matrix.model.text(row, 0)) == ("达标", "未填")

    page.matrix.view.labels.ask(2)
    menu = next(each for each in page.findChildren(QMenu) if each.isVisible())
    menu.actions()[0].trigger()
    menu.close()
    assert {page.matrix.model.text(each, 2) for each in range(len(page.shown.rows))} == {"达标"}
    window.hide()
