"""The page of “8+N”: two clicks a cell or none, panels beside the matrix, conditions that say so, faults told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import open_window
from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import ASSESSMENT_ITEM, MET, NOT_APPLICABLE, PARTLY, UNMET
from desktop.models.registers.checklist_rows import CellKey, ChecklistCell, MatrixRow
from desktop.models.registers.person_file import PHOTO
from desktop.models.registers.schemes import CHECKLIST
from desktop.office import Office
from desktop.views import theme
from desktop.views.checklist.grade_dialog import GradeDialog
from desktop.views.checklist.page import ChecklistPage
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.widgets.clashes import ClashDialog
from desktop.views.widgets.side_panel import ClosingGuard
from tests.models.services.checklists import two_branches
from tests.models.services.pictures import photo, scene
from tests.offices import TOWNSHIP, opened
from tests.views.four_ones import drop
from tests.views.hands import out_of_reach, press, tap, words, write
from tests.views.names import nameless
from tests.views.test_clicks import Clicks, nav
from tests.views.windows import shown_window

Settle = Callable[[], None]
TODAY = date.today()
PLAQUE = 7  # the place of the eighth item


@pytest.fixture
def branches(filled_office: Office) -> tuple[str, str]:
    """Two party organisations without an assessment."""
    return two_branches(filled_office)


@pytest.fixture
def shown(filled_office: Office, branches: tuple[str, str], qtbot: QtBot) -> Iterator[MainWindow]:
    with shown_window(filled_office, qtbot) as window:
        window.show_page("checklist")
        yield window


@pytest.fixture
def page(shown: MainWindow) -> ChecklistPage:
    page = shown.page
    assert isinstance(page, ChecklistPage)
    return page


@pytest.fixture
def clicks(shown: MainWindow, qapp: QApplication) -> Iterator[Clicks]:
    counter = Clicks()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)


def ids(page: ChecklistPage) -> list[str]:
    """The organisations that are shown."""
    return [row.branch.id for row in page.shown.rows]


def place_of(page: ChecklistPage, branch_id: str) -> int:
    return ids(page).index(branch_id)


def row_of(page: ChecklistPage, branch_id: str) -> MatrixRow:
    """As it is kept, whether or not it is shown."""
    return page.office.checklists.row(branch_id, page.bar.period, TODAY)


def present_period(page: ChecklistPage) -> Period:
    return page.office.schemes.current(CHECKLIST, TODAY).period(TODAY)


def cell_of(page: ChecklistPage, branch_id: str, column: int) -> ChecklistCell:
    return row_of(page, branch_id).items[column]


def click_cell(page: ChecklistPage, row: int, column: int) -> None:
    view = page.matrix.view
    place = view.visualRect(page.matrix.model.index(row, column)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def focus() -> QWidget:
    control = QApplication.focusWidget()
    assert control is not None
    return control


def menu_of(page: ChecklistPage) -> QMenu:
    return next(each for each in page.findChildren(QMenu) if each.isVisible())


def choose(page: ChecklistPage, words: str) -> str:
    """A line of the open menu, by what it begins with; all that it says."""
    menu = menu_of(page)
    action = next(each for each in menu.actions() if each.text().startswith(words))
    said = action.text()
    action.trigger()
    menu.close()
    return said


def fill(page: ChecklistPage, name: str, text: str) -> None:
    """Type into a field of the cell's panel and leave it."""
    made = page.cell_panel.inputs[name]
    made.select()
    write(focus(), text)
    page.cell_panel.go()


def test_a_cell_takes_two_clicks_and_space(
    shown: MainWindow, page: ChecklistPage, clicks: Clicks, branches: tuple[str, str]
) -> None:
    shown.show_page("roster")
    press(nav(shown, "8+N"))
    click_cell(page, place_of(page, branches[0]), 1)
    tap(page.matrix.view, Qt.Key.Key_Space)

    assert clicks.count == 2
    assert cell_of(page, branches[0], 1).status == MET
    assert "鑫源公司党支部 党建元素 达标" in words(shown.toast)
    assert "8+N" not in words(shown.toast)


def test_cells_are_filled_and_described_without_the_mouse(
    shown: MainWindow, page: ChecklistPage, clicks: Clicks, branches: tuple[str, str]
) -> None:
    page.matrix.go(place_of(page, branches[0]), 0)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Return):
        tap(page.matrix.view, key)
    assert page.cell_panel.title.text() == "②党建元素"
    assert focus() is page.matrix.view  # arrows still walk
    tap(page.matrix.view, Qt.Key.Key_Return)
    assert page.cell_panel.isAncestorOf(focus())
    page.cell_panel.inputs["reason"].select()
    write(focus(), "缺党旗")
    tap(focus(), Qt.Key.Key_Escape)

    cells = row_of(page, branches[0]).items
    assert [cells[0].status, cells[1].status] == [MET, PARTLY]
    assert cells[1].record is not None
    assert cells[1].record.reason == "缺党旗"
    assert (page.cell_panel.isVisible(), focus(), clicks.count) == (False, page.matrix.view, 0)


def test_the_panel_goes_along_with_the_arrows_to_the_organisation_and_back(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    row = place_of(page, branches[0])
    page.matrix.go(row, PLAQUE)
    tap(page.matrix.view, Qt.Key.Key_Return)
    tap(page.matrix.view, Qt.Key.Key_Left)
    assert page.cell_panel.key == CellKey(branches[0], page.bar.period, "7")

    tap(page.matrix.view, Qt.Key.Key_End)
    assert (page.cell_panel.isVisible(), page.row_panel.isVisible()) == (False, True)
    assert page.row_panel.title.text() == "鑫源公司党支部"

    tap(page.matrix.view, Qt.Key.Key_Home)
    assert page.cell_panel.key == CellKey(branches[0], page.bar.period, "1")
    tap(page.matrix.view, Qt.Key.Key_Escape)
    assert not page.cell_panel.isVisible()


def test_where_an_organisation_has_no_item_of_its_own_its_panel_is_shown(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.office.schemes.set_own_items(branches[0], ["红色车间"], TODAY)
    page.refresh()
    page.open_place(place_of(page, branches[1]), PLAQUE)
    tap(page.matrix.view, Qt.Key.Key_Right)

    assert (page.cell_panel.isVisible(), page.row_panel.isVisible()) == (False, True)
    tap(page.matrix.view, Qt.Key.Key_F6)
    assert page.row_panel.isAncestorOf(focus())
    tap(focus(), Qt.Key.Key_F6)
    assert focus() is page.matrix.view

    page.matrix.go(place_of(page, branches[0]), PLAQUE + 1)
    assert page.cell_panel.title.text() == "红色车间"


def test_each_edit_is_one_change_that_undo_takes_back(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 3)
    panel = page.cell_panel
    press(panel.statuses.button(2))
    assert (panel.doubts.isVisible(), "请写明原因" in panel.doubts.text()) == (True, True)
    fill(page, "reason", "没有大屏")
    fill(page, "due", "2099.3.1")
    assert not panel.doubts.isVisible()
    assert "整改期限 2099.03.01" in panel.last.text()
    record = cell_of(page, branches[0], 3).record
    assert record is not None
    assert (record.status, record.reason, record.due) == (UNMET, "没有大屏", "2099-03-01")

    shown.undo()
    assert panel.inputs["due"].text == ""
    shown.undo()
    shown.undo()
    assert cell_of(page, branches[0], 3).status is None
    assert panel.last.text() == "还没有填写过。"


def test_what_cannot_be_kept_is_said_at_its_field_and_stays_to_be_put_right(
    page: ChecklistPage, branches: tuple[str, str], qtbot: QtBot
) -> None:
    row = place_of(page, branches[0])
    page.open_place(row, 3)
    panel = page.cell_panel
    fill(page, "due", "下个月")
    assert panel.inputs["due"].words.isVisible()
    assert panel.inputs["due"].words.text().startswith("“下个月”看不出是哪一天")
    assert panel.inputs["due"].editor.property("tone") == theme.Tone.ERROR.value
    press(panel.statuses.button(2))
    assert panel.inputs["due"].text == "下个月"

    with qtbot.waitSignal(page.noted) as noted:
        page.matrix.go(row, 4)

    assert noted.args == ["整改期限填得不对，没有保存，请打开重填。"]
    record = cell_of(page, branches[0], 3).record
    assert record is not None
    assert (record.status, record.due) == (UNMET, None)


def test_what_was_typed_is_kept_when_another_cell_is_clicked(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    row = place_of(page, branches[0])
    page.open_place(row, 3)
    page.cell_panel.inputs["self_points"].select()
    write(focus(), "8")
    click_cell(page, row, 2)

    record = cell_of(page, branches[0], 3).record
    assert record is not None
    assert record.self_points == 8
    assert page.cell_panel.inputs["self_points"].text == ""


def test_what_is_typed_for_an_organisation_is_kept_when_the_period_is_another(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), page.matrix.bar)
    page.row_panel.inputs["remarks"].select()
    write(focus(), "半年内整改到位")

    page.take(Request(page="checklist", period="2020H1"))

    page.take(Request(page="checklist", period=str(present_period(page))))
    assessment = row_of(page, branches[0]).assessment
    assert assessment is not None
    assert assessment.remarks == "半年内整改到位"


def test_what_is_being_typed_stays_when_something_else_of_the_cell_is_written(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    page.cell_panel.inputs["reason"].select()
    write(focus(), "没有固")

    page.office.checklists.set_status([cell_of(page, branches[0], 0).key], UNMET, TODAY)
    page.cell_panel.written.emit()  # as when a photo has been read

    assert page.cell_panel.inputs["reason"].text == "没有固"
    write(focus(), "定场所")
    page.cell_panel.go()
    record = cell_of(page, branches[0], 0).record
    assert record is not None
    assert (record.status, record.reason) == (UNMET, "没有固定场所")


def test_what_was_changed_elsewhere_while_it_was_typed_is_asked_about(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    page.cell_panel.inputs["reason"].select()
    write(focus(), "场所不固定")
    page.office.checklists.edit(cell_of(page, branches[0], 0).key, "reason", "租期已满", TODAY)
    QTest.keyClick(focus(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ClashDialog)
    assert "租期已满" in words(dialog)
    dialog.mine["reason"].click()
    press(dialog.ok)
    record = cell_of(page, branches[0], 0).record
    assert record is not None
    assert record.reason == "场所不固定"


def test_typing_a_value_as_it_stands_already_is_no_change(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    fill(page, "self_points", "9")
    before = page.office.history.recent(1)
    shown.toast.hide()

    fill(page, "self_points", "９．０分")

    assert page.cell_panel.inputs["self_points"].text == "9"
    assert page.office.history.recent(1) == before
    assert not shown.toast.isVisible()


def test_a_very_long_text_is_told_of_in_few_words(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    fill(page, "reason", "活动场所被占用。" * 1_250)

    record = cell_of(page, branches[0], 0).record
    assert record is not None
    assert len(record.reason or "") == 10_000
    assert words(shown.toast).startswith("鑫源公司党支部 活动阵地 扣分原因 活动场所被占用。")
    assert shown.toast.geometry().left() > 0
    press(shown.toast.undo)
    assert page.cell_panel.inputs["reason"].text == ""


def test_ctrl_z_in_a_field_takes_back_the_last_change_once_nothing_is_typed_there(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    fill(page, "reason", "没有固定场所")
    page.cell_panel.inputs["due"].select()
    write(focus(), "2026.12")
    QTest.keyClick(focus(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (page.cell_panel.inputs["due"].text, page.cell_panel.inputs["reason"].text) == ("", "没有固定场所")

    QTest.keyClick(focus(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.cell_panel.inputs["reason"].text == ""


def test_closing_keeps_what_is_half_typed(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    page.cell_panel.inputs["reason"].select()
    write(focus(), "没有固定场所")
    asked = QCloseEvent()
    guards = page.cell_panel.findChildren(ClosingGuard)

    assert [guard.eventFilter(shown, asked) for guard in guards] == [False]
    record = cell_of(page, branches[0], 0).record
    assert record is not None
    assert record.reason == "没有固定场所"


def test_closing_over_what_cannot_be_kept_asks_and_goes_back_to_it(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    fill(page, "due", "2026.13")
    shown.show_page("home")
    shown.close()

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert box.text() == "整改期限填得不对，还没有保存，关闭以后就没有了。"
    press(next(button for button in box.buttons() if button.text() == "回去改"))
    assert shown.isVisible()
    assert shown.page is page
    assert page.cell_panel.inputs["due"].text == "2026.13"


def test_what_a_closed_panel_has_told_to_be_lost_is_not_asked_about_again(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    fill(page, "due", "2026.13")
    tap(focus(), Qt.Key.Key_Escape)
    assert words(shown.toast) == "整改期限填得不对，没有保存，请打开重填。"

    (guard,) = page.cell_panel.findChildren(ClosingGuard)
    assert not guard.eventFilter(shown, QCloseEvent())
    page.open_place(place_of(page, branches[0]), 0)
    assert page.cell_panel.inputs["due"].text == ""


def test_photos_come_by_drop_on_the_cell_and_by_paste(
    page: ChecklistPage, branches: tuple[str, str], tmp_path: Path, settle: Settle
) -> None:
    row = place_of(page, branches[0])
    file = tmp_path / "阵地.jpg"
    file.write_bytes(photo(scene(1)))
    page.matrix.dropped.emit(row, 0, [file])
    settle()

    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    page.cell_panel.go()
    QTest.keyClick(focus(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()

    cell = cell_of(page, branches[0], 0)
    assert cell.record is not None
    kept = page.office.attachments.of(ASSESSMENT_ITEM.name, cell.record.id, PHOTO)
    assert kept[0].name == "阵地.jpg"
    assert (cell.photos, len(kept), page.cell_panel.strip.list.count()) == (2, 2, 2)
    assert page.matrix.model.table.face(row, 0).photos == 2  # type: ignore[union-attr]  # there is such a cell


def test_files_dropped_on_the_panel_are_photos(
    page: ChecklistPage, branches: tuple[str, str], tmp_path: Path, settle: Settle
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    file = tmp_path / "牌匾.jpg"
    file.write_bytes(photo(scene(2)))
    drop(page.cell_panel, [file])
    settle()

    assert cell_of(page, branches[0], 0).photos == 1


def test_a_late_rectification_is_red_with_words_and_closed_in_the_panel(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    key = CellKey(branches[0], page.bar.period, "1")
    page.office.checklists.set_status([key], UNMET, TODAY)
    page.office.checklists.edit(key, "due", "2020.1.1", TODAY)
    page.refresh()
    row = place_of(page, branches[0])
    page.open_place(row, 0)
    assert page.cell_panel.late.isVisible()
    assert page.cell_panel.late.text().startswith("整改逾期")
    assert "逾期" in page.matrix.model.spoken(row, 0)

    fill(page, "closed", TODAY.strftime("%Y.%m.%d"))
    fill(page, "closing", "已换新址")

    assert not page.cell_panel.late.isVisible()
    assert "逾期" not in page.matrix.model.spoken(row, 0)


def test_a_click_on_a_name_opens_the_organisation_and_keeps_its_row_selected(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    row, names = place_of(page, branches[0]), page.matrix.view.names
    place = QPoint(20, names.sectionViewportPosition(row) + 8)
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert page.row_panel.title.text() == "鑫源公司党支部"
    assert len(page.matrix.selected()) == 8
    tap(page.matrix.view, Qt.Key.Key_Space)
    assert {cell.status for cell in row_of(page, branches[0]).items} == {MET}
    assert "建议 A 类" in page.row_panel.why.text()


def test_a_class_is_decided_and_its_reason_asked_for_where_it_is_not_the_suggested(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    period, row = page.bar.period, row_of(page, branches[0])
    page.office.checklists.set_status([cell.key for cell in row.items], MET, TODAY)
    page.refresh()
    page.open_place(place_of(page, branches[0]), page.matrix.bar)
    assert page.row_panel.grade.text() == "未定级。"
    press(page.row_panel.decide)
    dialog = page.row_panel.findChild(QDialog)
    assert isinstance(dialog, GradeDialog)
    assert dialog.inputs["grade"].text == "A 类示范引领"

    dialog.inputs["grade"].set_text("B 类规范提升")
    dialog.inputs["approved_by"].set_text("两新工委")
    press(dialog.ok)
    assert dialog.inputs["reason"].words.text() == "与建议的 A 类不同，请写明原因。"
    dialog.inputs["reason"].set_text("群众反映台账不实")
    press(dialog.ok)

    (kept,) = page.office.gradings.of(branches[0])
    assert (kept.grade, kept.period, kept.approved_by) == ("B", period, "两新工委")
    assert page.row_panel.grade.text().startswith("B 类规范提升")
    assert "群众反映台账不实，两新工委审批" in page.row_panel.history.text()
    assert "定级：鑫源公司党支部" in words(shown.toast)
    assert page.matrix.model.table.names[place_of(page, branches[0])].chip == "B"


def test_a_decision_that_changed_no_class_can_be_taken_out_too(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    period = str(present_period(page))
    for day, reason in (("2026.01.05", "首次评定"), ("2026.01.06", "")):
        page.office.gradings.decide(branches[0], period, "B", day, TODAY, reason=reason)
    page.refresh()
    page.open_place(place_of(page, branches[0]), page.matrix.bar)
    assert "2026.01.06" in page.row_panel.remove.toolTip()

    press(page.row_panel.remove)

    assert [each.decided for each in page.office.gradings.of(branches[0])] == ["2026-01-05"]
    assert "2026.01.06" not in page.row_panel.history.text()
    press(shown.toast.undo)
    assert len(page.office.gradings.of(branches[0])) == 2


def test_own_items_and_who_checked_are_written_in_the_panel(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.open_place(place_of(page, branches[0]), page.matrix.bar)
    panel = page.row_panel
    panel.inputs["own"].set_text("红色车间\n导师带徒")
    panel.inputs["own"].submitted.emit()
    panel.inputs["checked_by"].set_text("夏明")
    panel.inputs["checked_by"].submitted.emit()

    row = row_of(page, branches[0])
    assert [cell.item.name for cell in row.items][8:] == ["红色车间", "导师带徒"]
    assert row.assessment is not None
    assert row.assessment.checked_by == "夏明"

    panel.inputs["own"].set_text("红色车间\n红色车间")
    panel.inputs["own"].submitted.emit()
    assert "重名" in panel.inputs["own"].words.text()


def test_paper_is_asked_for_with_its_period_and_organisation(
    page: ChecklistPage, branches: tuple[str, str], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.asked) as asked:
        press(page.print)
    overview = asked.args[0]
    page.open_place(place_of(page, branches[0]), page.matrix.bar)
    with qtbot.waitSignal(page.asked) as asked:
        press(page.row_panel.print)
    sheet = asked.args[0]

    assert (overview.ledger, overview.period, overview.of) == ("checklist-overview", page.bar.period, ())
    assert (sheet.ledger, sheet.period, sheet.of) == ("checklist", page.bar.period, (branches[0],))


def test_a_row_stays_while_it_is_filled_under_a_condition_until_that_is_chosen_again(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    every = len(page.shown.rows)
    assert not page.condition.isVisible()
    page.bar.strip.chosen.emit("unfilled")
    assert set(ids(page)) >= set(branches)
    filtered = len(page.shown.rows)
    assert page.condition.words.text() == f"已筛选：{every} 个党组织中的 {filtered} 个"

    page.open_place(place_of(page, branches[0]), 0)
    press(page.cell_panel.statuses.button(0))
    assert (len(page.shown.rows), page.cell_panel.isVisible()) == (filtered, True)
    page.matrix.view.selectRow(place_of(page, branches[0]))
    tap(page.matrix.view, Qt.Key.Key_Space)
    assert {cell.status for cell in row_of(page, branches[0]).items} == {PARTLY}
    assert len(page.shown.rows) == filtered
    shown.undo()
    assert len(page.shown.rows) == filtered
    shown.redo()

    page.bar.strip.chosen.emit("unfilled")
    assert branches[0] not in set(ids(page))
    press(page.condition.clear)
    assert (len(page.shown.rows), page.condition.isVisible()) == (every, False)


def test_chips_count_the_classes_and_narrow_to_one(page: ChecklistPage, branches: tuple[str, str]) -> None:
    page.office.gradings.decide(branches[0], page.bar.period, "C", TODAY.strftime("%Y.%m.%d"), TODAY)
    page.refresh()
    texts = [chip.text() for chip in page.bar.strip.chips.values()]
    assert texts[:5] == ["全部 2", "A 0", "B 0", "C 1", "未定级 1"]

    page.bar.strip.chosen.emit("C")

    assert ids(page) == [branches[0]]
    assert page.bar.strip.chips["C"].isChecked()


def test_a_class_of_the_period_before_is_told_until_one_is_decided(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    present, day = present_period(page), TODAY.strftime("%Y.%m.%d")
    page.office.gradings.decide(branches[0], str(present.after(-1)), "C", "2026.06.20", TODAY)
    page.refresh()
    before = page.header.scope.text()

    page.office.gradings.decide(branches[0], str(present), "C", day, TODAY)
    page.refresh()

    assert before.endswith("2 个党组织，其中 C 类 1 个为上期定级")
    assert page.header.scope.text().endswith("2 个党组织")


def test_a_column_is_narrowed_to_those_that_miss_it_and_the_condition_says_so(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.matrix.view.labels.ask(0)
    said = choose(page, "只看未填的")

    assert said == "只看未填的（2 个）"
    assert set(ids(page)) == set(branches)
    assert page.condition.words.text().startswith("只看①活动阵地 未填：")


def test_a_column_is_filled_but_for_what_is_not_applicable(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    key = CellKey(branches[0], page.bar.period, "8")
    page.office.checklists.set_status([key], NOT_APPLICABLE, TODAY)
    page.refresh()
    exempt = sum(row.items[PLAQUE].status == NOT_APPLICABLE for row in page.shown.rows)
    page.matrix.view.labels.ask(PLAQUE)
    said = choose(page, "整列达标")

    assert said == f"整列达标（{len(page.shown.rows) - exempt} 项，不适用的 {exempt} 项不动）"
    assert cell_of(page, branches[0], PLAQUE).status == NOT_APPLICABLE
    assert cell_of(page, branches[1], PLAQUE).status == MET


def test_a_row_is_filled_by_the_menu_of_its_name(page: ChecklistPage, branches: tuple[str, str]) -> None:
    page.matrix.name_asked.emit(place_of(page, branches[1]), QPoint(10, 10))
    assert choose(page, "整行基本达标") == "整行基本达标（8 项）"
    assert {cell.status for cell in row_of(page, branches[1]).items} == {PARTLY}


def test_what_is_selected_is_filled_by_the_menu_key(page: ChecklistPage, branches: tuple[str, str]) -> None:
    page.matrix.go(place_of(page, branches[0]), 0)
    QTest.keyClick(page.matrix.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    tap(page.matrix.view, Qt.Key.Key_Menu)

    assert choose(page, "所选未达标") == "所选未达标（2 项）"
    assert [cell.status for cell in row_of(page, branches[0]).items][:3] == [UNMET, UNMET, None]


def test_what_a_paste_could_not_take_is_listed_with_its_cell(
    page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.matrix.go(place_of(page, branches[0]), 0)
    QGuiApplication.clipboard().setText("达标\t马马虎虎\t×")
    QTest.keyClick(page.matrix.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    said = box.text()
    box.close()
    assert said.startswith("1 格没有填，其余的已经填好：\n鑫源公司党支部 党建元素：")
    assert [cell.status for cell in row_of(page, branches[0]).items][:3] == [MET, None, UNMET]


def test_what_is_pasted_beyond_the_matrix_is_said(page: ChecklistPage, branches: tuple[str, str]) -> None:
    page.matrix.go(place_of(page, branches[0]), PLAQUE)
    QGuiApplication.clipboard().setText("√\t√\t√")
    QTest.keyClick(page.matrix.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    said = box.text()
    box.close()
    assert said.startswith("1 格没有填，其余的已经填好：\n1 格超出了表格")
    assert cell_of(page, branches[0], PLAQUE).status == MET


def test_delete_is_named_for_what_it_does_and_an_empty_cell_stays_unwritten(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.matrix.go(place_of(page, branches[0]), 0)
    tap(page.matrix.view, Qt.Key.Key_Delete)
    assert row_of(page, branches[0]).assessment is None

    tap(page.matrix.view, Qt.Key.Key_Space)
    tap(page.matrix.view, Qt.Key.Key_Delete)
    assert cell_of(page, branches[0], 0).status is None
    assert "鑫源公司党支部 活动阵地 未填" in words(shown.toast)


def test_a_copied_picture_pasted_on_a_cell_is_its_photo(
    page: ChecklistPage, branches: tuple[str, str], settle: Settle
) -> None:
    page.matrix.go(place_of(page, branches[0]), 1)
    QGuiApplication.clipboard().setImage(QImage.fromData(photo(scene(1))))
    QTest.keyClick(page.matrix.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()

    assert cell_of(page, branches[0], 1).photos == 1
    assert page.cell_panel.key == cell_of(page, branches[0], 1).key


def test_a_picture_pasted_into_a_field_is_a_photo_of_the_cell(
    page: ChecklistPage, branches: tuple[str, str], settle: Settle
) -> None:
    page.open_place(place_of(page, branches[0]), 0)
    QGuiApplication.clipboard().setImage(QImage.fromData(photo(scene(1))))
    for name in ("reason", "due"):
        page.cell_panel.inputs[name].select()
        QTest.keyClick(focus(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        settle()

    assert cell_of(page, branches[0], 0).photos == 2


def test_the_page_opens_on_the_present_period_though_the_next_one_is_begun(
    filled_office: Office, branches: tuple[str, str], qtbot: QtBot
) -> None:
    present = filled_office.schemes.current(CHECKLIST, TODAY).period(TODAY)
    filled_office.checklists.start_period(str(present.after(1)), TODAY)

    page = ChecklistPage(filled_office)
    qtbot.addWidget(page)

    assert page.bar.period == str(present)
    assert page.bar.periods.itemText(0) == present.after(1).label


def test_searching_keeps_the_unit_and_pinyin_finds(page: ChecklistPage, branches: tuple[str, str]) -> None:
    code = row_of(page, branches[0]).branch.division_code
    page.bar.unit.choose(code)
    page.search.setText("shangquan")
    assert ids(page) == []  # it is of another place
    assert page.deed.text() == "清除筛选"

    press(page.deed)
    assert {row.branch.division_code for row in page.shown.rows} == {code}
    page.search.setText("xinyuan")
    assert ids(page) == [branches[0]]


def test_the_next_period_begins_from_the_last_one_and_says_how_many(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.matrix.go(place_of(page, branches[0]), 0)
    tap(page.matrix.view, Qt.Key.Key_Space)
    present = page.office.schemes.current(CHECKLIST, TODAY).period(TODAY)
    press(page.start)
    assert menu_of(page).actions()[0].text() == f"开始{present.label}（1 个党组织，从空白开始）"
    said = choose(page, f"开始{present.after(1).label}")

    assert said == f"开始{present.after(1).label}（2 个党组织，沿用{present.label}）"
    assert Period.parse(page.bar.period) == present.after(1)
    assert all(row.assessment for row in page.shown.rows)
    assert cell_of(page, branches[0], 0).status == MET
    assert "2 个党组织" in words(shown.toast)
    press(page.start)
    assert not menu_of(page).actions()[1].isEnabled()
    menu_of(page).close()
    shown.undo()
    assert page.bar.period == str(present.after(1))
    assert not any(row.assessment for row in page.shown.rows)


def test_other_pages_open_one_organisation_one_cell_or_what_is_late(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    shown.open(Request(page="checklist", of=(branches[0],), period=page.bar.period))
    assert ids(page) == [branches[0]]
    assert page.row_panel.isVisible()

    shown.open(Request(page="checklist", of=(branches[1],), item="3", period="2020H1"))
    assert page.bar.period == "2020H1"
    assert page.cell_panel.key == CellKey(branches[1], "2020H1", "3")
    press(page.condition.clear)
    assert page.bar.period == "2020H1"

    present = page.office.schemes.current(CHECKLIST, TODAY).period(TODAY)
    key = CellKey(branches[1], str(present), "2")
    page.office.checklists.set_status([key], UNMET, TODAY)
    page.office.checklists.edit(key, "due", "2020.1.1", TODAY)
    shown.open(Request(page="checklist", chip="overdue", period=str(present)))
    assert ids(page) == [branches[1]]
    assert page.bar.strip.chips["overdue"].isChecked()


def test_a_panel_closes_when_its_organisation_is_gone(
    shown: MainWindow, page: ChecklistPage, branches: tuple[str, str]
) -> None:
    page.bar.strip.chosen.emit("none")
    page.open_place(place_of(page, branches[0]), 0)
    shown.undo()  # the two organisations come out again

    assert ids(page) == []
    assert not page.cell_panel.isVisible()
    assert page.deed.text() == "清除筛选"


def test_an_office_without_organisations_says_what_is_to_be_done(office: Office, qtbot: QtBot) -> None:
    window = open_window(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    page = window.show_page("checklist")
    assert isinstance(page, ChecklistPage)

    assert "还没有登记两新党组织" in words(page)
    assert not any(button.isEnabled() for button in (page.start, page.export, page.print))
    assert page.deed.text() == "登记两新党组织"
    window.hide()


def test_a_city_goes_to_a_township_and_back(tmp_path: Path, qtbot: QtBot) -> None:
    with opened(tmp_path / "city", level="city", filled=True) as office:
        two_branches(office)
        page = ChecklistPage(office)
        qtbot.addWidget(page)
        page.show()
        assert len(page.shown.rows) == 2
        townships = [d.code for d in office.divisions.under(office.unit.code) if d.parent == office.unit.code]

        page.bar.unit.choose(next(code for code in townships if code != TOWNSHIP))
        page.bar.moved.emit()
        assert ids(page) == []
        assert page.deed.text() == "看石首市全部"

        press(page.deed)
        assert len(page.shown.rows) == 2
        page.hide()


@pytest.mark.parametrize("points", [10, 14])
def test_matrix_and_panels_fit_have_names_and_are_reached(
    shown: MainWindow,
    page: ChecklistPage,
    branches: tuple[str, str],
    points: int,
    qapp: QApplication,
    tmp_path: Path,
    settle: Settle,
) -> None:
    theme.install(qapp, points)
    file = tmp_path / "阵地.jpg"
    file.write_bytes(photo(scene(1)))
    try:
        for column, panel in ((0, page.cell_panel), (page.matrix.bar, page.row_panel)):
            page.open_place(place_of(page, branches[0]), column)
            if column == 0:
                page.cell_panel.take([file])
            settle()
            qapp.processEvents()

            assert shown.width() == 1366
            assert panel.mapTo(shown, QPoint(panel.width(), 0)).x() <= 1366
            assert panel.area.horizontalScrollBar().maximum() == 0  # nothing is cut off
            assert nameless(page) == []
            panel.go()
            assert out_of_reach(panel) == []
        page.close_panel()
        assert out_of_reach(page) == []
    finally:
        theme.install(qapp, 10)
