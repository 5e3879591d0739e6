"""The reserve page: a register edited in place, added to, left, appraised; villages that lack some."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.models.workbooks.reading import read_sheets
from desktop.office import Office
from desktop.views.exchange.plan_lines import DOUBTFUL
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.records.importing import ImportReview
from desktop.views.records.reserve_page import ReservePage
from desktop.views.register.page import RosterPage
from desktop.views.tables.bulk import BulkDialog
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.offices import TODAY, VILLAGE, workbook
from tests.views.hands import press, tap, words, write, write_over_cell


def added(office: Office, name: str, **typed: str) -> str:
    values = {"village": "毕家塘村", "name": name, "birth": "1994.02", "aim": "委员", "entered": "2024.03"}
    return office.reserve.add(values | typed, TODAY)


def empty(office: Office) -> None:
    office.reserve.remove(office.reserve.keys(RosterQuery(on=TODAY)))


@pytest.fixture
def page(window: MainWindow, filled_office: Office) -> ReservePage:
    """The page with two people in reserve in one village, and nobody else."""
    empty(filled_office)
    for name in ("高明", "马力"):
        added(filled_office, name)
    shown = window.show_page("reserve")
    assert isinstance(shown, ReservePage)
    return shown


def at(page: ReservePage, row: int, field: str) -> None:
    column = [each.name for each in page.model.fields].index(field)
    page.grid.setCurrentIndex(page.model.index(row, column))


def names(page: ReservePage) -> list[str]:
    return [page.model.text(row, 0) for row in range(len(page.model.keys))]


def choose_village(page: ReservePage, code: str) -> None:
    page.units.choose(code)


def dialog() -> TypedDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TypedDialog)
    return found


def test_the_reserve_is_edited_in_place(page: ReservePage) -> None:
    at(page, 0, "mentor")
    page.grid.setFocus()

    write_over_cell(page.grid, "李卫国")
    QApplication.processEvents()  # the editor hands over after the key

    record = page.office.reserve.rows(page.model.keys[:1], TODAY)[0].record
    assert record.mentor == "李卫国"
    assert page.model.text(0, [f.name for f in page.model.fields].index("mentor")) == "李卫国"


def test_somebody_is_added_with_the_keyboard_alone(page: ReservePage) -> None:
    choose_village(page, VILLAGE)
    QTest.keyClick(page.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    write(QApplication.focusWidget(), "王小川")
    tap(QApplication.focusWidget(), Qt.Key.Key_Return)

    assert "王小川" in names(page)
    assert not page.drawer.shows_form
    assert page.office.history.recent(1)[0].why == "新增后备干部：毕家塘村 王小川"


def test_entering_somebody_known_uses_that_person_once_it_was_asked(page: ReservePage) -> None:
    known = page.office.roster.rows(page.office.roster.keys(RosterQuery(on=TODAY))[:1], TODAY)[0]
    page.start_new()
    form = page.drawer.form
    form.inputs["name"].set_text(known.person.name)
    form.inputs["birth"].set_text((known.person.birth or "").replace("-", "."))
    form.inputs["birth"].select()
    form.inputs["sex"].select()
    assert f"已有 {known.person.name}" in words(form.hints)

    press(form.hints.known.buttons[0])
    assert form.unit.code == known.division.code
    press(form.save)

    lines = page.office.reserve.of_owner(known.person.id, TODAY)
    assert [line.person for line in lines] == [known.person]


def test_a_form_that_cannot_be_kept_says_why_at_its_fields(page: ReservePage) -> None:
    page.start_new()
    form = page.drawer.form
    form.inputs["entered"].set_text("明年")

    press(form.save)

    assert page.drawer.shows_form
    assert "姓名" in form.inputs["name"].words.text()
    assert form.inputs["entered"].words.text()


def test_a_line_is_corrected_in_the_drawer(page: ReservePage) -> None:
    at(page, 0, "name")
    details = page.open_drawer().details
    press(details.buttons["修改"])
    page.drawer.form.inputs["aim"].set_text("书记")

    press(page.drawer.form.save)

    assert page.office.reserve.rows(page.model.keys[:1], TODAY)[0].record.aim == "1"
    assert "党组织书记" in words(page.drawer)


def test_leaving_is_one_dialog_with_month_outcome_and_reason(page: ReservePage) -> None:
    at(page, 0, "name")
    gone = names(page)[0]
    press(page.open_drawer().details.buttons["出库…"])
    leaving = dialog()
    assert leaving.inputs["left"].text == f"{TODAY:%Y.%m}"
    leaving.inputs["outcome"].set_text("调整")
    leaving.inputs["left_reason"].set_text("外出务工")

    press(leaving.ok)

    assert gone not in names(page)
    press(page.bar.chips["left"])
    assert names(page) == [gone]
    assert page.office.history.recent(1)[0].why == f"后备干部出库：{gone}"


def test_leaving_without_an_outcome_is_refused_in_the_dialog(page: ReservePage) -> None:
    at(page, 0, "name")
    press(page.open_drawer().details.buttons["出库…"])

    press(dialog().ok)

    assert "出库去向" in dialog().inputs["outcome"].words.text()
    tap(dialog(), Qt.Key.Key_Escape)
    assert len(names(page)) == 2


def test_several_leave_together(page: ReservePage) -> None:
    page.grid.selectAll()
    page._ask_to_leave()
    dialog().inputs["outcome"].set_text("其他")

    press(dialog().ok)

    assert names(page) == []
    assert "后备干部" in words(page)


def test_a_year_is_appraised_in_the_drawer(page: ReservePage) -> None:
    at(page, 0, "name")
    details = page.open_drawer().details
    details.tabs.setCurrentIndex(1)
    tab = details.tabs.currentWidget()
    tab.inputs["result"].set_text("优秀")

    tap(tab.inputs["result"].editor, Qt.Key.Key_Return)

    column = [field.name for field in page.model.fields].index("appraisal")
    assert page.model.text(0, column) == f"{TODAY.year}年：优秀"
    assert "优秀" in words(tab)


def test_villages_that_are_short_are_counted_marked_and_sifted(page: ReservePage) -> None:
    villages = [gap for gap in page.office.reserve.gaps(TODAY) if gap.short]
    assert f"{len(villages)} 个村（社区）不足 2 名" in page.gaps.words.text()
    shown = {item.text(0): item for item in page.units._items()}
    assert "缺 2 名" in shown["焦山河社区"].toolTip(1)
    assert not shown["毕家塘村"].toolTip(1)

    press(page.gaps.sift)

    assert shown["毕家塘村"].isHidden()
    assert not shown["焦山河社区"].isHidden()
    assert names(page) == []
    page.clear_conditions()
    assert not shown["毕家塘村"].isHidden()
    assert len(names(page)) == 2


def test_how_many_a_village_should_have_can_be_set_and_taken_back(
    page: ReservePage, window: MainWindow
) -> None:
    page.gaps.fewest.setValue(3)

    assert page.office.reserve.fewest == 3
    assert "不足 3 名" in page.gaps.words.text()
    assert "每村后备干部不少于 3 名" in words(window)

    window.undo()

    assert (page.office.reserve.fewest, page.gaps.fewest.value()) == (2, 2)
    assert "不足 2 名" in page.gaps.words.text()


def test_the_ledger_and_the_person_are_asked_for(page: ReservePage, qtbot: QtBot) -> None:
    choose_village(page, VILLAGE)
    at(page, 0, "name")
    asked: list[Request] = []
    page.asked.disconnect()
    page.asked.connect(asked.append)

    QTest.keyClick(page.grid, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    person = page.office.reserve.rows(page.model.keys[:1], TODAY)[0].person
    assert person is not None
    assert [(each.page, each.unit, each.person, each.ledger) for each in asked] == [
        ("ledgers", VILLAGE, None, "reserve"),
        ("person", None, person.id, None),
    ]


def test_an_empty_reserve_says_so_and_offers_to_begin(window: MainWindow, filled_office: Office) -> None:
    empty(filled_office)
    page = window.show_page("reserve")
    assert isinstance(page, ReservePage)

    assert "东升镇还没有后备干部。" in words(page)


def test_who_is_appointed_leaves_the_reserve_with_one_confirmation(
    page: ReservePage, window: MainWindow
) -> None:
    from desktop.views.records.reserve_leaving import offer_to_leave

    person = page.office.reserve.rows(page.model.keys[:1], TODAY)[0].person
    assert person is not None
    page.office.roster.appoint(person.id, VILLAGE, "村委会委员", "2026.11", TODAY)
    done: list[str] = []

    offer_to_leave(page.office, [person.id], TODAY, page, lambda: done.append("left"))

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert f"{person.name}已进班子" in box.text()
    press(next(button for button in box.buttons() if button.text() == "出库"))
    record = page.office.reserve.rows([page.model.keys[0]], TODAY)[0].record
    assert (record.left, record.outcome) == (f"{TODAY:%Y-%m}", "1")
    assert done == ["left"]


def test_a_workbook_is_looked_over_and_taken_in_with_a_way_back(
    page: ReservePage, tmp_path: Path, settle: Callable[[], None]
) -> None:
    headings = ("姓名", "村（社区）", "出生年月", "后备方向", "培养联系人")
    rows = (("高明", "毕家塘村", "1994.02", "书记", "李卫国"), ("王小川", "毕家塘村", "1996.05", "委员", ""))
    path = workbook(tmp_path / "后备.xlsx", headings, rows, title="后备干部台账")
    before = len(names(page))

    review = review_of(page, path, settle)
    assert tab_titles(review) == ["新增 1", "修改 1", "未变 0", "有误 0"]
    assert review_texts(review, 1) == [
        ["第 3 行", "毕家塘村", "高明", "后备方向", "村“两委”委员", "党组织书记"],
        ["第 3 行", "毕家塘村", "高明", "培养联系人", "", "李卫国"],
    ]
    assert review.ok.text() == "导入 2 行"
    press(review.ok)
    settle()

    assert len(names(page)) == before + 1
    assert page.office.history.recent(1)[0].why.startswith("导入")
    page.office.history.undo()
    page.refresh()
    assert len(names(page)) == before


def review_of(page: ReservePage, path: Path, settle: Callable[[], None]) -> ImportReview:
    page.take_workbooks((path,))
    settle()
    found = QApplication.activeModalWidget()
    assert isinstance(found, ImportReview)
    return found


def tab_titles(review: ImportReview) -> list[str]:
    titles = review.review.titles
    return [titles.tabText(index) for index in range(titles.count())]


def review_texts(review: ImportReview, tab: int) -> list[list[str]]:
    model = review.review.tab(tab).table.model()
    columns = range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


DOUBTFUL_ROWS = (
    ("马力二", "毕家塘村", "1994.13", "委员"),
    ("王小川", "没有这个村", "1996.05", "委员"),
)


def test_a_doubtful_cell_of_a_workbook_is_put_right_in_its_place(
    page: ReservePage, tmp_path: Path, settle: Callable[[], None], qtbot: QtBot
) -> None:
    headings = ("姓名", "村（社区）", "出生年月", "后备方向")
    review = review_of(page, workbook(tmp_path / "后备.xlsx", headings, DOUBTFUL_ROWS), settle)
    assert tab_titles(review) == ["新增 1", "修改 0", "未变 0", "有误 2"]
    assert [row[3:6] for row in review_texts(review, DOUBTFUL)] == [
        ["出生年月", "1994.13", "这一格不导入"],
        ["村（社区）", "没有这个村", "整行不导入"],
    ]

    write_over_cell(review.review.tab(DOUBTFUL).table, "1994.12")
    qtbot.waitUntil(lambda: tab_titles(review) == ["新增 1", "修改 0", "未变 0", "有误 1"])
    write_over_cell(review.review.tab(DOUBTFUL).table, "毕家塘村")
    qtbot.waitUntil(lambda: tab_titles(review) == ["新增 2", "修改 0", "未变 0", "有误 0"])
    assert review.save.isHidden()
    press(review.ok)
    settle()

    lines = page.office.reserve.rows(page.model.keys, TODAY)
    births = {line.person.name: line.person.birth for line in lines if line.person}
    assert (births["马力二"], births["王小川"]) == ("1994-12", "1996-05")


def test_lines_of_a_workbook_that_are_not_taken_in_can_be_saved_with_the_reasons(
    page: ReservePage, tmp_path: Path, settle: Callable[[], None]
) -> None:
    headings = ("姓名", "村（社区）", "出生年月", "后备方向")
    review = review_of(page, workbook(tmp_path / "后备.xlsx", headings, DOUBTFUL_ROWS), settle)

    press(review.save)
    chooser = review.findChild(QFileDialog)
    assert chooser is not None
    chooser.fileSelected.emit(str(tmp_path / "未导入.xlsx"))
    chooser.reject()

    (sheet,) = read_sheets(tmp_path / "未导入.xlsx")
    assert [row[0] for row in sheet.rows] == ["姓名", "马力二", "王小川"]
    assert [*sheet.rows[0][-2:]] == ["原因", "原表位置"]
    assert "没有这个村" in str(sheet.rows[2][-2])
    assert "已保存 2 行到 未导入.xlsx" in words(review)
    review.reject()


def test_what_was_left_out_can_be_saved_after_the_import_too(
    page: ReservePage, tmp_path: Path, settle: Callable[[], None]
) -> None:
    headings = ("姓名", "村（社区）", "出生年月", "后备方向")
    review = review_of(page, workbook(tmp_path / "后备.xlsx", headings, DOUBTFUL_ROWS), settle)

    press(review.ok)
    settle()

    assert "马力二" in names(page)
    assert review.isVisible()
    assert "已导入。还有 2 行没有导入" in words(review)
    assert QApplication.focusWidget() is review.save
    press(next(button for button in review.buttons.buttons() if button.text() == "关闭"))
    assert QApplication.activeModalWidget() is None


def test_a_workbook_without_such_lines_is_refused_in_words(
    page: ReservePage, tmp_path: Path, settle: Callable[[], None]
) -> None:
    page.take_workbooks((workbook(tmp_path / "别的.xlsx", ("甲", "乙"), (("1", "2"),)),))
    settle()

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "没有" in box.text() or "列名" in box.text()
    box.reject()


def test_who_is_in_reserve_is_recognized_when_entered_on_the_roster_and_leaves_with_one_confirmation(
    page: ReservePage, window: MainWindow
) -> None:
    person = page.office.reserve.rows(page.model.keys[:1], TODAY)[0].person
    assert person is not None
    roster = window.show_page("roster")
    assert isinstance(roster, RosterPage)
    roster.units.choose(VILLAGE)
    roster.start_new()
    form = roster.drawer.form
    form.inputs["name"].set_text(person.name)
    form.inputs["birth"].set_text("1994.02")
    form.inputs["birth"].select()
    form.inputs["posts"].select()

    press(form.hints.known.buttons[0])
    form.inputs["posts"].set_text("村委会委员")
    press(form.save)

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    press(next(button for button in box.buttons() if button.text() == "出库"))
    assert [line.record.outcome for line in page.office.reserve.of_owner(person.id, TODAY)] == ["1"]
    assert [line.wording for line in page.office.roster.terms(person.id)] == ["村委会委员"]


def test_rows_pasted_below_the_last_come_into_the_village_of_the_current_line(page: ReservePage) -> None:
    at(page, 1, "name")
    QGuiApplication.clipboard().setText("高明\n钱多\n")
    page.grid.paste()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert (box.text(), box.informativeText()) == (
        "表格里多出 1 行。",
        "没有写村（社区）的行追加到毕家塘村。",
    )
    press(next(button for button in box.buttons() if button.text() == "追加为新人员"))

    assert sorted(names(page)) == ["钱多", "马力", "高明"]
    assert page.office.history.next_undo() == "粘贴 0 格，追加 1 行"
    QGuiApplication.clipboard().clear()


def test_many_in_reserve_get_one_mentor(page: ReservePage) -> None:
    at(page, 0, "mentor")
    page.grid.selectAll()
    page.change_many()
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, BulkDialog)
    asked.fields.setCurrentText("培养联系人")
    asked.value.set_text("李书记")
    press(asked.ok)

    column = [each.name for each in page.model.fields].index("mentor")
    assert [page.model.text(row, column) for row in range(2)] == ["李书记", "李书记"]
