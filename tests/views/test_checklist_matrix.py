"""The matrix of “8+N”: what its cells say, what keys ask for, what is copied, and its workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
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
from desktop.views.tables.matrix_clipboard import Pasted
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


@pytest.fixture
def matrix(office: Office, qtbot: QtBot) -> Matrix:
    """Two organisations: every item of the first is met, nothing of the second is filled; the first has an N item."""
    first, _ = two_branches(office)
    office.schemes.set_own_items(first, ["红色驿站"], TODAY)
    row = office.checklists.row(first, NOW, TODAY)
    office.checklists.set_status([cell.key for cell in row.items], MET, TODAY)
    matrix = Matrix("8+N 评定矩阵")
    qtbot.addWidget(matrix)
    matrix.show_table(table_of(office.checklists.matrix(NOW, TODAY)))
    return matrix


def full_row(matrix: Matrix) -> int:
    """The first organisation's."""
    return next(row for row, name in enumerate(matrix.model.table.names) if name.done)


def pasted_from(matrix: Matrix, text: str) -> Pasted:
    """What Ctrl+V of a text at the current cell asks for."""
    told: list[Pasted] = []
    matrix.pasted.connect(told.append)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(matrix.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (pasted,) = told
    return pasted


def test_a_copied_row_is_pasted_without_its_name_and_labels(matrix: Matrix) -> None:
    full = full_row(matrix)
    matrix.view.selectRow(full)
    matrix.view.copy()
    copied = QGuiApplication.clipboard().text()
    matrix.go(1 - full, 0)

    pasted = pasted_from(matrix, copied)

    assert copied.startswith("党组织\t①活动阵地")
    assert pasted.edits == tuple(((1 - full, column), "达标") for column in range(8))
    assert pasted.outside == 1  # 红色驿站 is of the first organisation alone


def test_what_lies_outside_the_matrix_is_counted(matrix: Matrix) -> None:
    last = len(matrix.model.table.names) - 1
    matrix.go(last, 7)

    pasted = pasted_from(matrix, "√\t\t√\n" * 500)

    assert pasted.edits[0] == ((last, 7), "√")
    assert pasted.outside == 499  # those of the third column would go where rates are counted


def test_one_text_goes_into_every_cell_selected(matrix: Matrix) -> None:
    matrix.view.selectRow(full_row(matrix))

    assert len(pasted_from(matrix, "否").edits) == 9


def test_a_bar_takes_no_text(matrix: Matrix) -> None:
    matrix.go(0, matrix.bar)

    assert pasted_from(matrix, "否") == Pasted((), 1)
