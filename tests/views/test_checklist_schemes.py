"""The page of 方案: versions that say where they come from, the next one edited by keys, what is missing said at its field."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QTableWidget, QWidget

from desktop.models.domain.days import show_day
from desktop.models.registers.checklist import MET
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.schemes import CHECKLIST
from desktop.views import theme
from desktop.views.checklist.schemes import SchemesPage
from desktop.views.main_window import MainWindow
from tests.models.services.checklists import two_branches
from tests.views.hands import out_of_reach, press, tap, words, write
from tests.views.names import nameless

NOW = date.today()
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NAME, POINTS, TIMES = 0, 2, 2  # columns


@pytest.fixture
def page(window: MainWindow) -> SchemesPage:
    shown = window.show_page("schemes")
    assert isinstance(shown, SchemesPage)
    return shown


def of_activities(window: MainWindow) -> SchemesPage:
    """The page of the kinds of “四个一”."""
    shown = window.show_page("four_ones_schemes")
    assert isinstance(shown, SchemesPage)
    return shown


def keys(widget: QWidget | None, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    assert widget is not None
    QTest.keyClick(widget, key, modifier)


def type_into(table: QTableWidget, row: int, column: int, text: str, *, leave: bool = True) -> None:
    """Type over a cell; Enter leaves it, which the table does once it has time."""
    table.setCurrentCell(row, column)
    tap(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    tap(editor, Qt.Key.Key_Delete)
    write(editor, text)
    if leave:
        tap(editor, Qt.Key.Key_Return)
        QApplication.processEvents()


def names(page: SchemesPage) -> list[str]:
    return [item.name for item in page.items.items]


def next_start(page: SchemesPage) -> date:
    return page.version.period(NOW).after(1).start


def begin_a_second(page: SchemesPage, official: str = "石两新发〔2026〕3 号") -> None:
    """Keep a second version, which begins with the next period."""
    press(page.edit)
    page.form.inputs["official"].set_text(official)
    press(page.save_it)


def test_the_programs_own_schemes_say_that_they_are_proposals(page: SchemesPage, window: MainWindow) -> None:
    for shown, items in ((of_activities(window), 4), (page, 8)):
        page = shown
        window.show_page(page.kind.name)
        item = page.list.item(0)
        assert item.text() == "第 1 版　现行\n自 2020.01.01 起\n建议方案"
        assert "建议方案（本软件提供，非上级正式方案" in words(page)
        assert page.items.table.rowCount() == items
        assert not page.items.add.isVisible()
        assert not page.save_it.isVisible()
    assert "4 项，每期共 4 次" in words(of_activities(window))
    window.show_page("schemes")
    assert "8 项，合计 80 分，加自选动作 20 分共 100 分" in words(page)
    assert "A 类 90 分以上　B 类 75 分以上" in words(page)


def test_a_new_version_is_made_by_keyboard_and_old_assessments_stay(
    page: SchemesPage, window: MainWindow
) -> None:
    branch, _ = two_branches(page.office)
    period = str(page.version.period(NOW))
    page.office.checklists.set_status([CellKey(branch, period, "1")], MET, NOW)
    since = next_start(page)

    keys(page.list, Qt.Key.Key_E, CONTROL)
    assert f"已有评定按原方案保留，新方案自 {show_day(since.isoformat())} 起。" in words(page)
    tap(QApplication.focusWidget(), Qt.Key.Key_Tab)
    write(QApplication.focusWidget(), "石两新发〔2026〕3 号")
    keys(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)

    latest, first = page.office.schemes.versions(CHECKLIST)
    assert (latest.scheme.version, latest.scheme.official) == (2, "石两新发〔2026〕3 号")
    assert latest.scheme.since == since.isoformat()
    assert page.office.checklists.row(branch, period, NOW).scheme.id == first.scheme.id
    assert [page.list.item(row).text().splitlines()[0] for row in (0, 1)] == [
        "第 2 版　未到启用日期",
        "第 1 版　现行",
    ]
    assert not page.banner.isVisible()
    assert "新版方案" in words(window.toast)
    press(window.toast.findChildren(QPushButton)[0])
    assert len(page.office.schemes.versions(CHECKLIST)) == 1
    assert page.list.count() == 1
    assert page.banner.isVisible()


def test_items_are_added_moved_and_removed_by_keys_and_the_sum_follows(page: SchemesPage) -> None:
    press(page.edit)
    table = page.items.table
    table.setFocus()
    table.setCurrentCell(7, NAME)
    keys(table, Qt.Key.Key_N, CONTROL)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    write(editor, "党员档案")
    tap(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    type_into(table, 8, POINTS, "15")
    keys(table, Qt.Key.Key_Up, ALT)
    table.setCurrentCell(0, NAME)
    keys(table, Qt.Key.Key_Delete, CONTROL)

    assert names(page)[-2:] == ["党员档案", "支部牌匾"]
    assert "8 项，合计 85 分，加自选动作 20 分共 105 分" in words(page)
    press(page.items.down)
    type_into(table, 1, NAME, "党建标识", leave=False)
    keys(QApplication.focusWidget(), Qt.Key.Key_Return, CONTROL)
    kept = page.office.schemes.versions(CHECKLIST)[0].common
    assert [(item.name, item.code) for item in kept][:2] == [("组织制度", "3"), ("党建标识", "2")]
    assert [(item.name, item.code, item.points) for item in kept][-2] == ("党员档案", "9", 15.0)


def test_what_is_missing_is_said_at_its_field(page: SchemesPage) -> None:
    press(page.edit)
    form, table = page.form, page.items.table
    form.inputs["title"].set_text("")
    form.inputs["since"].set_text("13 月")
    press(page.save_it)
    assert form.inputs["title"].words.text() == "名称不能空着，请填写。"
    assert form.inputs["since"].words.isVisible()
    assert QApplication.focusWidget() is form.inputs["title"].editor

    form.inputs["title"].set_text("评定办法")
    form.inputs["since"].set_text("2020.01.01")
    press(page.save_it)
    assert form.inputs["since"].words.text() == "启用日期应晚于上一版的 2020.01.01。"

    form.inputs["since"].set_text("2030.01.01")
    form.inputs["grade_b"].set_text("95")
    press(page.save_it)
    assert "A 类最低分不能低于 B 类最低分" in form.inputs["grade_a"].words.text()

    form.inputs["grade_b"].set_text("70")
    type_into(table, 3, POINTS, "")
    press(page.save_it)
    assert page.items.words.text() == "每个项目都要有分值，请填写。"
    cell = table.item(3, POINTS)
    assert cell is not None
    assert cell.background().color() == theme.color("error_surface")
    assert (table.currentRow(), table.currentColumn()) == (3, POINTS)

    type_into(table, 3, POINTS, "很多")
    press(page.save_it)
    assert page.items.words.text().startswith("第 4 项的分值：“很多”不是分数")
    assert len(page.office.schemes.versions(CHECKLIST)) == 1


def test_a_version_that_nobody_used_is_corrected_in_place(page: SchemesPage) -> None:
    begin_a_second(page)
    keys(page.list, Qt.Key.Key_E, CONTROL)
    assert "这一版还没有用过，保存后直接改在这一版上。" in words(page)
    page.form.inputs["official"].set_text("")
    press(page.save_it)

    assert [v.scheme.version for v in page.office.schemes.versions(CHECKLIST)] == [2, 1]
    assert "本单位自定方案（没有注明依据文号，非上级正式方案）" in words(page)


def test_a_fifth_kind_of_activity_is_added(window: MainWindow) -> None:
    tabs = window.show_page("four_ones").header.tabs
    assert tabs is not None
    tabs.setCurrentIndex(tabs.count() - 1)
    page = window.page
    assert isinstance(page, SchemesPage)
    press(page.edit)
    press(page.items.add)
    write(QApplication.focusWidget(), "述职评议")
    tap(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()
    type_into(page.items.table, 1, TIMES, "2")
    press(page.save_it)

    later = next_start(page)
    assert [each.name for each in page.office.four_ones.scheme(NOW).common][1] == "实地指导"
    fifth = page.office.four_ones.scheme(later).common[1]
    assert (fifth.name, fifth.times, fifth.code) == ("述职评议", 2, "5")
    assert page.office.four_ones.scheme(later).common[2].form == "problems"


def test_leaving_asks_about_what_was_typed(page: SchemesPage) -> None:
    press(page.edit)
    press(page.cancel)
    assert not page.save_it.isVisible()

    press(page.edit)
    page.form.inputs["title"].set_text("写到一半")
    press(page.cancel)
    asked = page.findChild(QMessageBox)
    assert asked is not None
    assert page.save_it.isVisible()
    leave = next(button for button in asked.buttons() if button.text() == "放弃修改")
    press(leave)
    assert not page.save_it.isVisible()
    assert page.heading.text() != "写到一半"


def test_earlier_versions_can_be_read_and_the_latest_is_edited(page: SchemesPage) -> None:
    begin_a_second(page)
    page.list.setFocus()
    tap(page.list, Qt.Key.Key_Down)
    assert "自 2020.01.01 起" in page.summary.text()
    assert page.banner.isVisible()

    press(page.edit)
    assert page.form.inputs["official"].text == "石两新发〔2026〕3 号"


def test_what_is_typed_stays_while_another_page_is_in_front(page: SchemesPage, window: MainWindow) -> None:
    press(page.edit)
    page.form.inputs["title"].set_text("写到一半")
    window.show_page("roster")
    two_branches(page.office)
    page.refresh()
    window.show_page("schemes")

    assert page.save_it.isVisible()
    assert page.form.inputs["title"].text == "写到一半"


def test_every_control_has_a_name_and_is_reached_by_tab(page: SchemesPage) -> None:
    assert nameless(page) == []
    press(page.edit)
    assert nameless(page) == []
    assert out_of_reach(page) == []
