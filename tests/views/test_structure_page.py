"""The tab of structure statistics: numbers, whom they count, paper and workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.models.rules.structure_columns import COLUMNS
from desktop.models.services.ledgers import LedgerRequest
from desktop.views import theme
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.register.page import RosterPage
from desktop.views.structure.benchmarks_dialog import BenchmarksDialog
from desktop.views.structure.page import StructurePage
from tests.offices import VILLAGE
from tests.views.hands import out_of_reach, press, tap, write
from tests.views.names import nameless
from tests.views.test_ledger_page import text_of

NAMES = [column.name for column in COLUMNS]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> StructurePage:
    """The statistics in front, counted."""
    shown = window.show_page("structure")
    assert isinstance(shown, StructurePage)
    qtbot.waitUntil(lambda: shown.statistics.table is not None)
    return shown


def go(page: StructurePage, row: int, column: str) -> None:
    view = page.statistics.view
    view.setCurrentIndex(page.statistics.model.index(row, NAMES.index(column)))


def test_the_table_shows_what_the_service_counts(page: StructurePage, qtmodeltester: ModelTester) -> None:
    part = page.statistics
    table = page.office.structure.table(page.scope.on)
    qtmodeltester.check(part.model)  # type: ignore[no-untyped-call]  # pytest-qt ships it untyped

    assert [part.model.headerData(n, Qt.Orientation.Vertical) for n in range(3)] == [
        "合计", *(row.name for row in table.rows[:2]),
    ]  # fmt: skip
    shown = [part.model.index(1, column).data() for column in range(len(NAMES))]
    assert shown == [column.show(table.rows[0].values[column.name]) for column in COLUMNS]


def test_a_number_lists_the_people_behind_it(page: StructurePage, qtbot: QtBot) -> None:
    panel = page.statistics.panel
    go(page, 0, "both_heads")

    qtbot.waitUntil(lambda: panel.words.text() == "合计 · 一肩挑数：18")

    assert panel.list.count() == 18


def test_the_people_behind_a_number_open_in_the_roster(
    window: MainWindow, page: StructurePage, qtbot: QtBot
) -> None:
    panel = page.statistics.panel
    go(page, 0, "age_35")
    qtbot.waitUntil(lambda: panel.list.count() == 24)

    press(panel.open)

    assert isinstance(window.page, RosterPage)
    assert len(window.page.model.keys) == 24
    assert window.page.source.narrowed


def test_whoever_is_quick_never_opens_the_people_of_the_number_before(
    window: MainWindow, page: StructurePage, qtbot: QtBot
) -> None:
    part = page.statistics
    go(page, 0, "people")
    qtbot.waitUntil(lambda: part.panel.open.isEnabled())

    go(page, 2, "women")
    press(part.panel.open)

    assert window.page is page
    tap(part.view, Qt.Key.Key_Return)  # asks for them at once
    assert "女" in part.panel.words.text()
    press(part.panel.open)
    assert isinstance(window.page, RosterPage)
    assert len(window.page.model.keys) == part.panel.list.count() > 0


def test_enter_goes_to_the_people_and_enter_again_opens_one(window: MainWindow, page: StructurePage) -> None:
    part = page.statistics
    go(page, 2, "women")
    tap(part.view, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is part.panel.list
    part.panel.list.setCurrentRow(0)
    tap(part.panel.list, Qt.Key.Key_Return)

    assert isinstance(window.page, RosterPage)
    assert len(window.page.model.keys) == 1


def test_secretaries_are_counted_instead(page: StructurePage, settle: Callable[[], None]) -> None:
    press(page.statistics.populations[1])
    settle()

    table = page.statistics.table
    assert table is not None
    assert table.population == "secretaries"
    assert page.statistics.model.index(0, NAMES.index("people")).data() == "20"


def test_one_village_is_counted_alone(page: StructurePage, settle: Callable[[], None]) -> None:
    page.scope.choose(VILLAGE, page.scope.on)
    page.scope.changed.emit()
    settle()

    assert [row.name for row in page.statistics.model.rows] == ["合计", "毕家塘村"]


def test_the_definitions_are_underneath(page: StructurePage) -> None:
    press(page.statistics.explain)

    assert page.statistics._definitions.isVisible()
    assert "按人头去重" in page.statistics._definitions.text()


def test_lines_to_compare_with_are_chosen_printed_and_taken_back(
    window: MainWindow, page: StructurePage, qtbot: QtBot, settle: Callable[[], None], tmp_path: Path
) -> None:
    part, structure = page.statistics, page.office.structure
    usual = structure.preset_benchmarks()
    press(part.compare)
    dialog = part.findChild(BenchmarksDialog)
    assert isinstance(dialog, BenchmarksDialog)
    write(dialog.lines, f"本市 2021 年：一肩挑 96%。\n\n{usual[1]}")
    press(dialog.fill)

    with qtbot.waitSignal(page.changed) as changed:
        press(dialog.buttons.ok)
    settle()

    assert changed.args == ["已修改结构分析统计表下的对照数字"]
    chosen = ("本市 2021 年：一肩挑 96%。", usual[1], usual[0], *usual[2:])
    assert structure.benchmarks == chosen
    assert part._definitions.isVisible()
    assert "本市 2021 年：一肩挑 96%。" in part._definitions.text()
    page.office.ledgers.write(LedgerRequest(name="structure", on=page.scope.on), tmp_path / "表.pdf")
    assert "一肩挑 96%" in text_of(tmp_path / "表.pdf")

    window.undo()
    settle()
    assert structure.benchmarks == ()
    assert "本市" not in part._definitions.text()


def test_lines_to_compare_with_that_stay_as_they_are_are_no_change(page: StructurePage) -> None:
    part, before = page.statistics, page.office.history.recent(1)
    press(part.compare)
    dialog = part.findChild(BenchmarksDialog)
    assert isinstance(dialog, BenchmarksDialog)

    press(dialog.buttons.ok)

    assert page.office.history.recent(1) == before


def test_printing_opens_the_ledger(
    window: MainWindow, page: StructurePage, settle: Callable[[], None]
) -> None:
    press(page._print)
    settle()

    assert isinstance(window.page, LedgerPage)
    assert window.page.options.request.name == "structure"


def test_the_workbook_has_the_numbers_as_numbers_and_the_total_last(
    page: StructurePage, tmp_path: Path
) -> None:
    part, file = page.statistics, tmp_path / "结构.xlsx"
    part.export(file)

    book = openpyxl.load_workbook(file)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert part.table is not None
    assert rows[-1][1] == "合计"
    assert rows[-1][2 + NAMES.index("people")] == part.table.total.values["people"]
    assert len(rows) == len(part.table.rows) + 2


def test_a_day_in_the_past_shows_in_the_status_line(
    window: MainWindow, page: StructurePage, settle: Callable[[], None]
) -> None:
    page.scope.day.setDate(page.scope.day.date().addYears(-30))
    settle()

    assert window.status.day.text() == f"数据截至 {page.scope.on:%Y.%m.%d}"


@pytest.mark.parametrize("tab", [0, 1, 2])
def test_everything_has_a_name_and_is_reached_by_tab(
    window: MainWindow, page: StructurePage, tab: int, settle: Callable[[], None]
) -> None:
    page.tabs.setCurrentIndex(tab)
    settle()
    page.activate()

    assert nameless(window) == []
    assert out_of_reach(window) == []


@pytest.mark.parametrize("points", theme.SIZES)
@pytest.mark.parametrize("tab", [0, 1, 2])
def test_no_button_is_cut_off_on_any_tab(
    window: MainWindow,
    page: StructurePage,
    tab: int,
    points: int,
    qapp: QApplication,
    settle: Callable[[], None],
) -> None:
    try:
        theme.install(qapp, points)
        page.tabs.setCurrentIndex(tab)
        settle()
        qapp.processEvents()
        assert window.width() == 1366
        cut = [
            button.text()
            for button in page.findChildren(QPushButton)
            if button.isVisible() and button.sizeHint().width() > button.width() + 1
        ]
        assert cut == []
    finally:
        theme.install(qapp, theme.SIZES[0])
