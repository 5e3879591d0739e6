"""The roster page, driven as an officer drives it, on a real office."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import (
    QDate,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.models.domain.strokes import surname_key
from desktop.models.registers.roster import RosterQuery, RosterRow
from desktop.models.services.saved_views import SavedViews
from desktop.office import Office
from desktop.views import theme
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.records.reserve_page import ReservePage
from desktop.views.register.form import PersonForm
from desktop.views.register.leaving import LeavingDialog
from desktop.views.register.page import RosterPage
from desktop.views.register.source import Key
from desktop.views.tables.bulk import BulkDialog
from desktop.views.tables.column_chooser import ColumnChooser
from desktop.views.tables.columns import Layout
from desktop.views.tables.filter_popup import FilterPopup
from desktop.views.tables.source import Edit
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.offices import COMMUNITY, VILLAGE, identity_number, member
from tests.views.hands import press, tap, tap_letter, words, write


@pytest.fixture
def page(window: MainWindow) -> RosterPage:
    page = window.page
    assert isinstance(page, RosterPage)
    return page


def column(page: RosterPage, field: str) -> int:
    return [each.name for each in page.model.fields].index(field)


def shown(page: RosterPage, field: str) -> list[str]:
    return [page.model.text(place, column(page, field)) for place in range(len(page.model.keys))]


def at(page: RosterPage, row: int, field: str) -> None:
    page.grid.setCurrentIndex(page.model.index(row, column(page, field)))
    page.grid.setFocus()


def keys(text: str) -> None:
    for character in text:
        tap_letter(character)


def taps(*several: Qt.Key) -> None:
    for key in several:
        tap(QApplication.focusWidget(), key)
        QApplication.processEvents()


def noted_reading(page: RosterPage, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The keys of lines that the page reads from now on."""
    read: list[object] = []
    rows = page.source.rows

    def noting(asked: Sequence[Key]) -> Mapping[Key, RosterRow]:
        read.extend(asked)
        return rows(asked)

    monkeypatch.setattr(page.source, "rows", noting)
    return read


def control(page: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or page, key, Qt.KeyboardModifier.ControlModifier)


def row_of(page: RosterPage, place: int) -> RosterRow:
    return page.office.roster.rows([page.model.keys[place]], page.source.today)[0]


def dialog(kind: type[QWidget]) -> QWidget:
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert len(found) == 1
    return found[0]


# finding


def test_the_roster_opens_on_everybody_with_the_keyboard_in_the_grid(page: RosterPage) -> None:
    assert len(page.model.keys) == 122
    assert page.grid.hasFocus()
    assert "东升镇" in page.header.scope.text()


def test_the_model_over_a_real_office_keeps_qts_rules(page: RosterPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)  # type: ignore[no-untyped-call]  # pytest-qt's is not typed


@pytest.mark.parametrize("how", ["initials", "pinyin", "name", "tail", "post"])
def test_people_are_found_by_whatever_one_remembers(page: RosterPage, how: str) -> None:
    person = row_of(page, 3).person
    page.office.roster.set_cell(page.model.keys[3], "name", "解建国", page.source.today)
    typed = {
        "initials": "xjg",
        "pinyin": "xiejianguo",
        "name": "解建",
        "tail": str(person.phone or page.model.text(3, 0))[-4:],
        "post": "党支部书记",
    }[how]
    if how == "tail":
        page.office.roster.set_cell(page.model.keys[3], "phone", "19912344321", page.source.today)
        typed = "4321"
    key = page.model.keys[0] if how == "post" else page.model.keys[3]

    control(page, Qt.Key.Key_F)
    write(QApplication.focusWidget(), typed)

    assert key in page.model.keys
    assert len(page.model.keys) < 122


def test_searching_reads_no_line_again_that_is_known(
    page: RosterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.model.text(3, 0)
    read = noted_reading(page, monkeypatch)
    name = page.model.text(3, 0)

    write(page.search, name)

    assert page.model.text(0, 0) == name
    assert page.model.keys[0] not in read


def test_enter_goes_from_the_search_box_to_what_was_found(page: RosterPage) -> None:
    control(page, Qt.Key.Key_F)
    write(page.search, page.model.text(5, 0))
    taps(Qt.Key.Key_Return)

    assert page.grid.hasFocus()
    assert page.grid.currentIndex().row() == 0


def test_nobody_found_says_so_and_clears_by_one_button(page: RosterPage) -> None:
    write(page.search, "查无此人")
    assert "没有符合条件的人" in words(page)

    press(next(b for b in page.findChildren(QPushButton) if b.isVisible() and b.text() == "清除条件"))

    assert len(page.model.keys) == 122
    assert page.search.text() == ""


def test_esc_clears_the_search(page: RosterPage) -> None:
    page.search.setFocus()
    write(page.search, "查无此人")
    taps(Qt.Key.Key_Escape)

    assert len(page.model.keys) == 122


def test_a_village_is_chosen_in_the_tree_or_by_its_initials(page: RosterPage) -> None:
    page.units.tree.setFocus()
    keys("bjtc")  # 毕家塘村

    assert page.source.query.unit == VILLAGE
    assert set(shown(page, "village")) == {"毕家塘村"}


def test_the_tree_counts_and_follows_changes(page: RosterPage) -> None:
    root = page.units.tree.topLevelItem(0)
    assert root is not None
    assert root.text(1) == "122"

    page.doing.remove(page.model.keys[:2])

    assert root.text(1) == "120"


def test_chips_narrow_and_the_incomplete_are_counted(page: RosterPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.bar.chips["incomplete"].text() != "信息不全")
    number = int(page.bar.chips["incomplete"].text().split()[-1])

    press(page.bar.chips["incomplete"])
    assert len(page.model.keys) == number
    press(page.bar.chips["secretaries"])

    assert all("书记" in text for text in shown(page, "posts"))


def test_the_funnel_filters_by_shown_values_and_sorts(page: RosterPage) -> None:
    at(page, 0, "education")
    QTest.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = dialog(FilterPopup)
    assert isinstance(popup, FilterPopup)
    write(popup.search, "本科")
    tap(popup.search, Qt.Key.Key_Return)

    assert set(shown(page, "education")) == {"本科"}
    assert page.grid.headings.filtered == {column(page, "education")}

    page._open_filter(column(page, "birth"))
    press(next(b for b in dialog(FilterPopup).findChildren(QPushButton) if b.text() == "降序"))

    assert shown(page, "birth") == sorted(shown(page, "birth"), reverse=True)


def test_names_are_sorted_by_strokes_from_their_heading(page: RosterPage) -> None:
    page._open_filter(column(page, "name"))
    buttons = {button.accessibleName(): button for button in dialog(FilterPopup).findChildren(QPushButton)}
    press(buttons["姓氏笔画升序"])

    assert shown(page, "name") == sorted(shown(page, "name"), key=surname_key)
    assert page.grid.headings.sorted == (column(page, "name"), False)


def test_the_current_person_stays_current_while_the_list_is_narrowed(page: RosterPage) -> None:
    at(page, 7, "birth")
    key = page.grid.current_key

    page._narrow(search=page.model.text(7, 0))

    assert page.grid.current_key == key


# saved views


def choose_in_menu(page: RosterPage, *path: str) -> None:
    """Open the menu of views and go to an action, menu by menu."""
    press(page.views)
    menu = page.views.findChild(QMenu)
    assert menu is not None
    opened = menu
    for word in path[:-1]:
        inner = next(action for action in opened.actions() if action.text() == word).menu()
        assert isinstance(inner, QMenu)
        opened = inner
    next(action for action in opened.actions() if action.text() == path[-1]).trigger()
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def name_it(text: str) -> None:
    asked = dialog(TypedDialog)
    assert isinstance(asked, TypedDialog)
    asked.inputs["name"].set_text(text)
    press(asked.ok)


def test_a_view_brings_back_conditions_order_and_columns(page: RosterPage) -> None:
    page.bar.chips["women"].click()
    page._filter("education", frozenset({"大专"}))
    page._narrow(sort=("name:surname", True))
    page._lay_out(replace(page.grid.layout_now(), hidden=frozenset({"phone", "remarks"})))
    asked = page.view_now()
    found = list(page.model.keys)
    choose_in_menu(page, "存为视图…")
    name_it("女大专")

    page.clear_conditions()
    page._lay_out(Layout.of(page.model.fields))
    assert list(page.model.keys) != found
    press(page.bar.chips["saved:女大专"])

    assert page.view_now() == asked
    assert list(page.model.keys) == found
    assert page.bar.chips["saved:女大专"].isChecked()


def test_a_view_is_a_chip_as_long_as_its_conditions_hold(page: RosterPage) -> None:
    page._filter("education", frozenset({"大专"}))
    choose_in_menu(page, "存为视图…")
    name_it("大专的")
    chip = page.bar.chips["saved:大专的"]
    assert chip.isVisible()
    assert chip.isChecked()  # it is what is shown

    write(page.search, "王")
    assert not chip.isChecked()
    page.search.clear()
    assert chip.isChecked()

    press(page.bar.chips["women"])  # instead of the view, not within it
    assert not chip.isChecked()
    assert set(shown(page, "education")) > {"大专"}
    assert set(shown(page, "sex")) == {"女"}


def test_chips_without_room_are_in_the_menu_and_the_one_that_is_on_has_room(page: RosterPage) -> None:
    for name in ("缺身份证号的人员", "八十年代出生的", "任职满十年的人员", "最近新任的人员们"):
        choose_in_menu(page, "存为视图…")
        name_it(name)
    page.window().resize(1180, 680)
    QApplication.processEvents()
    strip = page.bar.strip
    hidden = "saved:八十年代出生的"
    assert not page.bar.chips[hidden].isVisible()
    assert page.views.geometry().right() <= strip.width()

    choose_in_menu(page, "八十年代出生的")

    assert page.bar.chips[hidden].isVisible()
    assert page.bar.chips[hidden].isChecked()
    assert page.views.geometry().right() <= strip.width()


def test_views_of_a_register_are_chips_too(window: MainWindow) -> None:
    window.show_page("reserve")
    page = window.page
    assert isinstance(page, ReservePage)
    press(page.bar.chips["women"])
    found = list(page.model.keys)
    press(page.views)
    menu = page.views.findChild(QMenu)
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "存为视图…").trigger()
    name_it("女后备")
    press(page.bar.chips["in"])

    press(page.bar.chips["saved:女后备"])

    assert list(page.model.keys) == found


def test_views_are_renamed_and_removed_and_names_are_not_given_twice(page: RosterPage) -> None:
    for name in ("全部列", "缺身份证号"):
        choose_in_menu(page, "存为视图…")
        name_it(name)
    choose_in_menu(page, "改名", "全部列")
    name_it("缺身份证号")
    asked = dialog(TypedDialog)
    assert isinstance(asked, TypedDialog)
    assert "已经有叫“缺身份证号”的视图" in asked.problem.text()
    name_it("所有列")
    choose_in_menu(page, "删除", "缺身份证号")
    box = dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    press(next(button for button in box.buttons() if button.text() == "删除"))

    views = SavedViews(page.office.settings, page.name)
    assert [view.name for view in views.all()] == ["所有列"]


def test_what_a_view_asks_for_and_is_no_more_is_left_out(page: RosterPage) -> None:
    view = replace(page.view_now(), chip="gone", filters=(("gone", frozenset("x")),), sort=("gone:x", True))

    page.show_view(view)

    assert len(page.model.keys) == 122


# what the health check found


def test_people_whom_the_health_check_found_have_a_chip_while_they_are_found(
    page: RosterPage, qtbot: QtBot
) -> None:
    key, other = page.model.keys[9], page.model.keys[10]
    service = page.office.registers["recognition"]
    sanction = {"kind": "处分", "sanction": "警告", "month": f"{page.source.today:%Y.%m}", "title": "警告"}
    kept = [service.add(sanction, page.source.today, owner_id=person) for person, _ in (key, other)]
    page.refresh()
    qtbot.waitUntil(lambda: "found:处分影响期内" in chips_of(page))
    chip = page.bar.chips["found:处分影响期内"]
    assert chip.text() == "处分影响期内 2"

    press(chip)
    assert list(page.model.keys) == [key, other]
    assert chip.isChecked()

    service.remove(kept[1:])
    page.refresh()
    qtbot.waitUntil(lambda: list(page.model.keys) == [key])
    assert (chip.text(), chip.isChecked()) == ("处分影响期内 1", True)

    page.units.choose(COMMUNITY if key[1] != COMMUNITY else VILLAGE)  # where nobody was found
    assert "found:处分影响期内" not in chips_of(page)


def chips_of(page: RosterPage) -> list[str]:
    return list(page.bar.chips)


# changing


def test_a_cell_is_changed_by_typing_and_the_change_can_be_taken_back(
    window: MainWindow, page: RosterPage
) -> None:
    before = row_of(page, 1).person.birth
    at(page, 1, "birth")
    keys("1985.3")
    taps(Qt.Key.Key_Return)

    assert row_of(page, 1).person.birth == "1985-03"
    assert shown(page, "birth")[1] == "1985.03"
    assert page.grid.currentIndex().row() == 2

    control(page, Qt.Key.Key_Z)
    assert row_of(page, 1).person.birth == before
    assert window.toast.words.text().count("撤销") == 1


def test_filling_in_what_lacks_keeps_the_line_in_sight_until_one_asks_again(page: RosterPage) -> None:
    press(page.bar.chips["incomplete"])
    count = len(page.model.keys)
    lacking = next(p for p in range(count) if not shown(page, "phone")[p])
    at(page, lacking, "phone")
    keys("19912345678")
    taps(Qt.Key.Key_Return)

    assert len(page.model.keys) == count
    press(page.bar.chips["all"])
    press(page.bar.chips["incomplete"])
    assert len(page.model.keys) == count - 1


def test_an_edit_reads_only_the_lines_of_its_person(
    page: RosterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = noted_reading(page, monkeypatch)

    at(page, 1, "birth")
    keys("1985.3")
    taps(Qt.Key.Key_Return)

    assert read == [page.model.keys[1]]


def test_a_posts_cell_takes_any_wording(page: RosterPage) -> None:
    at(page, 5, "posts")
    write(page.grid, "支委、村委委员")
    taps(Qt.Key.Key_Return)

    assert [term.post for term in row_of(page, 5).terms] == ["13", "23"]


def test_a_pasted_block_is_one_change_and_bad_cells_are_listed(window: MainWindow, page: RosterPage) -> None:
    QGuiApplication.clipboard().setText("1985.03\n1985.13\n1986.04\n")
    at(page, 0, "birth")
    control(page, Qt.Key.Key_V)

    box = dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "1 格没有改" in box.text()
    assert "1985.13" in box.text()
    box.reject()
    assert shown(page, "birth")[0] == "1985.03"
    assert shown(page, "birth")[2] == "1986.04"
    control(page, Qt.Key.Key_Z)
    assert shown(page, "birth")[0] != "1985.03"
    QGuiApplication.clipboard().clear()


@pytest.mark.parametrize(("deed", "more"), [("追加为新人员", 2), ("只贴 1 行", 0)])
def test_rows_pasted_below_the_last_line_become_people_if_one_wants(
    page: RosterPage, deed: str, more: int
) -> None:
    page.units.choose(VILLAGE)
    last = len(page.model.keys) - 1
    posts = page.model.text(last, column(page, "posts"))
    at(page, last, "name")
    names = ["旧一", "新二", "新三", "新四"]
    page._lay_out(
        replace(page.grid.layout_now(), order=("name", "posts", *_others(page)), hidden=frozenset())
    )
    QGuiApplication.clipboard().setText(
        "\n".join(
            f"{name}\t{post}"
            for name, post in zip(names, [posts, "村委会委员", "村委会委员", "班长"], strict=True)
        )
    )
    control(page, Qt.Key.Key_V)

    box = dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "多出 3 行" in box.text()
    press(next(button for button in box.buttons() if button.text() == deed))

    assert len(page.model.keys) == last + 1 + more
    assert ("旧一" in shown(page, "name"), "新三" in shown(page, "name")) == (True, bool(more))
    if more:
        problem = dialog(QMessageBox)
        assert isinstance(problem, QMessageBox)
        assert "1 行没有追加" in problem.text()
        assert "多出的第 3 行职务" in problem.text()
        problem.reject()
    control(page, Qt.Key.Key_Z)
    assert len(page.model.keys) == last + 1
    assert "旧一" not in shown(page, "name")
    QGuiApplication.clipboard().clear()


def _others(page: RosterPage) -> list[str]:
    return [name for name in page.grid.layout_now().order if name not in ("name", "posts")]


def test_many_lines_get_one_value_after_a_look_at_before_and_after(page: RosterPage) -> None:
    before = shown(page, "education")
    changed = [text for text in before[:6] if text != "大专"]
    place = column(page, "education")
    at(page, 0, "education")
    block = QItemSelection(page.model.index(0, place), page.model.index(5, place))
    page.grid.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    press(page._bulk)
    asked = dialog(BulkDialog)
    assert isinstance(asked, BulkDialog)
    assert asked.field.label == "学历"

    asked.value.set_text("不详学")
    assert not asked.ok.isEnabled()
    asked.value.set_text("大专")

    assert f"将修改 {len(changed)} 行，{6 - len(changed)} 行不变" in asked.counts.text()
    item = asked.table.item(0, 1)
    assert item is not None
    assert (asked.table.rowCount(), item.text()) == (len(changed), changed[0])
    press(asked.ok)
    assert shown(page, "education")[:6] == ["大专"] * 6
    assert page.office.history.next_undo() == f"批量修改学历 {len(changed)} 行"
    control(page, Qt.Key.Key_Z)
    assert shown(page, "education") == before


def test_another_column_is_chosen_in_the_dialog_and_an_empty_text_clears(page: RosterPage) -> None:
    at(page, 0, "name")
    page.grid.selectRow(0)
    page.grid.selectionModel().select(page.model.index(1, 0), QItemSelectionModel.SelectionFlag.Select)
    page.change_many()
    asked = dialog(BulkDialog)
    assert isinstance(asked, BulkDialog)
    assert "姓名" not in [asked.fields.itemText(place) for place in range(asked.fields.count())]

    asked.fields.setCurrentText("职务")
    asked.value.set_text("")
    assert not asked.ok.isEnabled()  # nobody is without a post
    asked.fields.setCurrentText("民族")
    asked.value.set_text("")

    assert "清空 2 行" in asked.ok.text()
    asked.reject()


def test_numbers_are_masked_until_the_eye_is_opened(page: RosterPage) -> None:
    assert all("*" in text for text in shown(page, "id_number") if text)

    control(page, Qt.Key.Key_E)

    assert not any("*" in text for text in shown(page, "id_number"))


def test_a_masked_number_is_edited_whole(page: RosterPage) -> None:
    at(page, 0, "phone")
    taps(Qt.Key.Key_F2)

    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor.property("text") == row_of(page, 0).person.phone


def test_rows_entered_by_mistake_leave_and_come_back(page: RosterPage) -> None:
    keys_before = list(page.model.keys)
    at(page, 2, "name")
    page._open_menu(QPoint(5, 5))
    menu = page.findChild(QMenu)
    assert menu is not None
    next(action for action in menu.actions() if action.text().startswith("删除录错")).trigger()
    menu.close()

    assert keys_before[2] not in page.model.keys
    control(page, Qt.Key.Key_Z)
    assert list(page.model.keys) == keys_before


# people coming and going


def fill(form: PersonForm, **texts: str) -> None:
    for name, text in texts.items():
        form.inputs[name].select()
        write(form.inputs[name].editor, text)


def test_a_new_person_is_entered_by_keyboard_alone(page: RosterPage) -> None:
    page.units.choose(VILLAGE)
    control(page, Qt.Key.Key_N)
    assert page.drawer is not None
    form = page.drawer.form
    assert form.unit.code == VILLAGE
    assert QApplication.focusWidget() is form.inputs["name"].editor

    write(QApplication.focusWidget(), "张建国")
    taps(Qt.Key.Key_Tab)
    keys(identity_number())
    taps(Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    write(QApplication.focusWidget(), "村委会委员")
    taps(Qt.Key.Key_Return)

    key = page.grid.current_key
    assert key is not None
    row = page.office.roster.rows([key], page.source.today)[0]
    assert (row.person.name, row.posts_text, row.division.code) == ("张建国", "村委会委员", VILLAGE)
    assert row.person.sex is None  # the number offers it, nobody took it
    assert not page.drawer.shows_form


def test_the_number_offers_sex_and_birth_and_fills_them_in_when_asked(page: RosterPage) -> None:
    page.start_new()
    assert page.drawer is not None
    form = page.drawer.form
    fill(form, name="张建国", id_number=identity_number("19740512"))
    form.inputs["posts"].select()
    assert form.hints.identity.isVisible()
    assert form.inputs["sex"].text == ""

    press(form.hints.identity.buttons[0])

    assert (form.inputs["sex"].text, form.inputs["birth"].text) == ("男", "1974.05")
    assert not form.hints.identity.isVisible()


def test_problems_are_said_at_their_fields_and_nothing_is_kept(page: RosterPage) -> None:
    count = len(page.office.roster.keys(RosterQuery(on=page.source.today)))
    page.start_new()
    assert page.drawer is not None
    form = page.drawer.form
    fill(form, name="张建国", birth="1974.13")

    press(form.save)

    assert form.isVisible()
    assert form.inputs["birth"].words.text() != ""
    assert form.inputs["posts"].words.text() != ""
    assert len(page.office.roster.keys(RosterQuery(on=page.source.today))) == count


def test_save_and_enter_another_keeps_the_village(page: RosterPage) -> None:
    page.start_new()
    assert page.drawer is not None
    form = page.drawer.form
    form.unit.choose(COMMUNITY)
    fill(form, name="张建国", posts="居委会委员")

    press(form.save_again)

    assert page.drawer.shows_form
    assert form.unit.code == COMMUNITY
    assert form.inputs["name"].text == ""


def test_a_person_known_in_another_village_is_given_a_post_there(page: RosterPage) -> None:
    known = row_of(page, 0)
    page.start_new()
    assert page.drawer is not None
    form = page.drawer.form
    form.unit.choose(VILLAGE)
    fill(form, name=known.person.name, id_number=known.person.id_number or "")
    form.inputs["posts"].select()
    assert known.division.short_name in form.hints.known.words.text()

    press(form.hints.known.buttons[0])
    assert not form.inputs["name"].editor.isEnabled()
    fill(form, posts="村委会委员")
    taps(Qt.Key.Key_Return)

    assert page.grid.current_key == (known.person.id, VILLAGE)
    assert len({line.term.division_code for line in page.office.roster.terms(known.person.id)}) == 2


def test_a_person_known_in_the_same_village_is_shown(page: RosterPage) -> None:
    known = row_of(page, 4)
    page.start_new()
    assert page.drawer is not None
    form = page.drawer.form
    form.unit.choose(known.division.code)
    fill(form, name=known.person.name, birth=(known.person.birth or "").replace("-", "."))
    form.inputs["posts"].select()

    press(form.hints.known.buttons[0])

    assert page.grid.current_key == known.key
    assert not page.drawer.shows_form


def test_somebody_of_the_same_name_can_be_denied(page: RosterPage) -> None:
    known = row_of(page, 4)
    page.start_new()
    assert page.drawer is not None
    form = page.drawer.form
    fill(form, name=known.person.name)
    form.inputs["posts"].select()
    press(form.hints.known.buttons[1])

    form.inputs["name"].select()
    form.inputs["posts"].select()

    assert not form.hints.known.isVisible()


def test_a_line_is_corrected_in_the_form_as_one_change(page: RosterPage) -> None:
    at(page, 0, "name")
    control(page, Qt.Key.Key_I)
    assert page.drawer is not None
    press(page.drawer.details.edit)
    fill(page.drawer.form, birth="1970.01", phone="19911112222")

    press(page.drawer.form.save)

    person = row_of(page, 0).person
    assert (person.birth, person.phone) == ("1970-01", "19911112222")
    page.office.history.undo()
    assert row_of(page, 0).person.birth != "1970-01"


def test_ending_posts_asks_for_day_and_reason_and_keeps_the_time_line(page: RosterPage) -> None:
    row = row_of(page, 0)
    at(page, 0, "name")
    control(page, Qt.Key.Key_I)
    assert page.drawer is not None
    press(page.drawer.details.leave)
    leaving = dialog(LeavingDialog)
    assert isinstance(leaving, LeavingDialog)
    assert len(leaving.boxes) == len(row.terms)
    leaving.day.setDate(QDate(2025, 12, 31))
    write(leaving.reason.lineEdit(), "换届")

    press(leaving.ok)

    assert row.key not in page.model.keys
    ended = page.office.roster.terms(row.person.id)
    assert {(line.term.end, line.term.end_reason) for line in ended} == {("2025-12-31", "换届")}


def test_one_of_several_posts_can_be_ended(page: RosterPage) -> None:
    row = row_of(page, 0)
    assert len(row.terms) == 2
    at(page, 0, "name")
    page._ask_to_leave()
    leaving = dialog(LeavingDialog)
    assert isinstance(leaving, LeavingDialog)
    press(leaving.boxes[row.terms[0].id])

    press(leaving.ok)

    today = page.source.today
    left = page.office.roster.rows([row.key], date.fromordinal(today.toordinal() + 1))[0]
    assert [term.id for term in left.terms] == [row.terms[0].id]


# the drawer


def test_the_drawer_follows_the_grid_and_says_what_is_doubtful(page: RosterPage) -> None:
    press(page.bar.chips["incomplete"])
    at(page, 0, "name")
    control(page, Qt.Key.Key_I)
    assert page.drawer is not None
    assert page.drawer.details.name.text() == shown(page, "name")[0]
    assert "还没有填" in words(page.drawer)

    taps(Qt.Key.Key_Down)

    assert page.drawer.details.name.text() == shown(page, "name")[1]


def test_esc_leaves_the_form_and_then_closes_the_drawer(page: RosterPage) -> None:
    control(page, Qt.Key.Key_N)
    assert page.drawer is not None
    taps(Qt.Key.Key_Escape)
    assert page.drawer.isVisible()
    assert not page.drawer.shows_form
    taps(Qt.Key.Key_Escape)

    assert not page.drawer.isVisible()
    assert page.grid.hasFocus()


def test_the_log_of_a_person_names_who_what_and_takes_it_back(window: MainWindow, page: RosterPage) -> None:
    page.office.settings.operator = "王小芳"
    before = row_of(page, 0).person.birth
    at(page, 0, "birth")
    keys("1970.01")
    taps(Qt.Key.Key_Return)
    at(page, 0, "birth")
    control(page, Qt.Key.Key_I)
    assert page.drawer is not None
    details = page.drawer.details
    details.tabs.setCurrentWidget(details.changes)
    newest = details.changes.entries[0]
    assert "王小芳" in words(newest)
    assert "→ 1970.01" in words(newest)

    press(newest.findChild(QPushButton) or newest)

    assert row_of(page, 0).person.birth == before
    assert "已恢复" in window.toast.words.text()


def test_taking_back_a_change_of_many_people_asks_first(page: RosterPage) -> None:
    cells = [(key, "remarks", "外出") for key in page.model.keys[:9]]
    page.office.roster.set_cells(cells, page.source.today, "粘贴 9 格")
    page.refresh()
    at(page, 0, "name")
    control(page, Qt.Key.Key_I)
    assert page.drawer is not None
    details = page.drawer.details
    details.tabs.setCurrentWidget(details.changes)

    press(details.changes.entries[0].findChild(QPushButton) or details)

    box = dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "9" in box.text()
    box.reject()
    assert row_of(page, 3).person.remarks == "外出"


def test_changing_the_post_of_somebody_in_reserve_offers_to_leave_it_once(page: RosterPage) -> None:
    office, today = page.office, page.source.today
    key = office.roster.add(VILLAGE, member(name="高明", id_number="", posts="文书", post_since=""), today)
    office.reserve.add({"village": "毕家塘村", "entered": "2026.01"}, today, owner_id=key[0])
    page.refresh()
    page.grid.go_to(key, column(page, "posts"))
    page.grid.setFocus()

    taps(Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    write(editor, "村委会副主任")
    taps(Qt.Key.Key_Return)

    box = dialog(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert "高明已进班子，从后备力量出库？" in box.text()
    press(next(button for button in box.buttons() if button.text() == "出库"))
    (entry,) = office.reserve.records(person_id=key[0])
    assert (entry.left, entry.outcome) == (f"{today:%Y-%m}", "1")

    page.grid.go_to(key, column(page, "phone"))
    page.doing.write([Edit(key, "phone", "19912344321")], "")
    assert not [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()
    ]


# the past


def test_another_day_shows_who_served_then_and_cannot_be_changed(page: RosterPage) -> None:
    row = row_of(page, 0)
    today = page.source.today
    page.office.roster.end_terms([term.id for term in row.terms], date(2026, 1, 31), "换届")
    page.refresh()
    assert row.key not in page.model.keys

    page.bar.day.setDate(QDate(2025, 12, 31))

    assert row.key in page.model.keys
    assert "正在查看 2025.12.31 的名册（按任职时间，含后来补录、更正的），不能修改" in words(page)
    at(page, 0, "birth")
    keys("1")
    assert page.grid.hasFocus()
    control(page, Qt.Key.Key_N)
    assert page.drawer is None or not page.drawer.shows_form

    press(next(b for b in page.findChildren(QPushButton) if b.text() == "回到今天"))
    assert page.as_of() == today
    assert row.key not in page.model.keys


def visible(page: RosterPage, text: str) -> QPushButton:
    return next(b for b in page.findChildren(QPushButton) if b.isVisible() and b.text() == text)


def test_a_past_day_is_shown_as_it_was_recorded_too(
    page: RosterPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    roster, today = page.office.roster, page.source.today
    monkeypatch.setattr("desktop.models.database.store.utc_now", lambda: "2025-12-20T04:00:00Z")
    then = roster.add(VILLAGE, member(name="高明", id_number="", post_since="2021.03"), today)
    monkeypatch.undo()
    roster.set_cell(then, "name", "高亮", today)
    roster.add(VILLAGE, member(name="后录", id_number="", post_since="2021.03"), today)
    page.refresh()
    page.units.choose(VILLAGE)
    page.bar.show_day(date(2025, 12, 31))
    assert {"高亮", "后录"} <= set(shown(page, "name"))

    press(visible(page, "改为按当时记录"))

    assert "高明" in shown(page, "name")
    assert {"高亮", "后录"}.isdisjoint(shown(page, "name"))
    assert "正在查看 2025.12.31 的名册（按当时记录，不含后来补录、更正的），不能修改" in words(page)
    press(page.bar.chips["women"])
    assert set(shown(page, "sex")) <= {"女"}
    press(page.bar.chips["all"])
    write(page.search, "gm")
    assert shown(page, "name") == ["高明"]
    file = tmp_path / "名册.xlsx"
    page.exporting.export(file)
    assert "高明" in [cell.value for cell in load_workbook(file).worksheets[0]["B"]]

    press(visible(page, "改为按任职时间"))
    assert page.model.keys == []  # 高亮 is not called gm
    page.clear_conditions()
    assert "高亮" in shown(page, "name")
    press(visible(page, "改为按当时记录"))
    press(visible(page, "回到今天"))

    assert page.source.editable
    assert "高亮" in shown(page, "name")


def test_what_was_recorded_is_printed_as_it_is_seen_and_told_without_what_is_said_today(
    page: RosterPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.models.database.store.utc_now", lambda: "2025-12-20T04:00:00Z")
    then = page.office.roster.add(
        VILLAGE, member(name="高明", id_number="", post_since="2021.03"), page.source.today
    )
    monkeypatch.undo()
    page.refresh()
    page.bar.show_day(date(2025, 12, 31))
    press(visible(page, "改为按当时记录"))
    page.grid.go_to(then, 0)
    tabs = page.open_drawer().details.tabs
    assert [tabs.tabText(place) for place in range(tabs.count()) if tabs.isTabVisible(place)] == ["基本"]

    asked: list[Request] = []
    page.asked.connect(asked.append)
    press(page._print)

    assert [(each.ledger, each.on, each.recorded) for each in asked] == [("roster", date(2025, 12, 31), True)]


def test_a_day_before_anything_was_recorded_says_so_and_leads_out(page: RosterPage) -> None:
    page.bar.show_day(date(2025, 12, 31))
    number = len(page.model.keys)

    press(visible(page, "改为按当时记录"))
    assert page.model.keys == []
    assert "到 2025.12.31 为止，系统里还没有录入东升镇当天在任的人" in words(page)
    press(next(b for b in page._middle.findChildren(QPushButton) if b.text() == "改为按任职时间"))

    assert len(page.model.keys) == number


def test_whoever_asks_for_some_people_gets_them_by_the_dates_of_terms(page: RosterPage) -> None:
    page.bar.show_day(date(2025, 12, 31))
    press(visible(page, "改为按当时记录"))

    page.take(Request(page="roster", chip="women"))

    assert not page.source.recorded
    assert set(shown(page, "sex")) == {"女"}
    assert page.bar.chips["women"].isChecked()


def test_whoever_names_people_gets_just_their_lines_whatever_narrowed_the_list(page: RosterPage) -> None:
    everybody = list(page.model.keys)
    named = everybody[7], everybody[40]
    press(page.bar.chips["women"])
    page.bar.show_day(date(2025, 12, 31))
    press(visible(page, "改为按当时记录"))

    page.take(Request(page="roster", on=date.today(), of=tuple(person for person, _ in named)))

    assert page.model.keys == list(named)
    assert page.grid.current_key == named[0]
    assert [key for key, chip in page.bar.chips.items() if chip.isChecked()] == []  # 全部 would not be true
    press(visible(page, "清除条件"))
    assert page.model.keys == everybody
    assert page.bar.chips["all"].isChecked()


def test_the_chip_of_all_takes_back_what_somebody_named(page: RosterPage) -> None:
    everybody = list(page.model.keys)
    page.take(Request(page="roster", on=date.today(), of=(everybody[7][0],)))

    press(page.bar.chips["all"])

    assert page.model.keys == everybody
    assert page.bar.chips["all"].isChecked()


# elsewhere


def test_the_mark_beside_a_name_opens_the_persons_page(page: RosterPage, qtbot: QtBot) -> None:
    frozen = page.grid.frozen
    at(page, 0, "birth")
    mark = frozen.mark_of(4).center()
    ink = theme.color("accent").rgb()

    def drawn(row: int) -> bool:
        place = frozen.mark_of(row)
        picture = frozen.viewport().grab(place).toImage()
        return any(
            picture.pixelColor(x, y).rgb() == ink
            for x in range(picture.width())
            for y in range(picture.height())
        )

    assert drawn(0)  # of the current line
    assert not drawn(4)
    QTest.mouseMove(frozen.viewport(), mark)
    qtbot.waitUntil(lambda: drawn(4))
    assert frozen.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(page.asked) as asked:
        QTest.mouseClick(frozen.viewport(), Qt.MouseButton.LeftButton, pos=mark)

    assert asked.args is not None
    assert (asked.args[0].page, asked.args[0].person) == ("person", page.model.keys[4][0])


def test_printing_takes_unit_and_day_along(page: RosterPage, qtbot: QtBot) -> None:
    page.units.choose(VILLAGE)

    with qtbot.waitSignal(page.asked) as asked:
        control(page, Qt.Key.Key_P)

    assert asked.args is not None
    request = asked.args[0]
    assert (request.page, request.unit, request.on) == ("ledgers", VILLAGE, page.source.today)


def test_a_workbook_dropped_anywhere_goes_to_the_import(
    page: RosterPage, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(tmp_path / "花名册.xlsx")), QUrl.fromLocalFile(str(tmp_path / "照片.jpg"))]
    )
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    with (
        qtbot.waitSignal(page.asked, check_params_cb=lambda asked: asked.page == "import") as asked,
    ):
        page.dropEvent(event)

    assert asked.args is not None
    assert asked.args[0].files == (tmp_path / "花名册.xlsx",)


def test_export_has_the_shown_lines_and_columns_masked(page: RosterPage, tmp_path: Path) -> None:
    page.units.choose(VILLAGE)
    page.exporting.export(tmp_path / "a.xlsx")

    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    labels = [page.model.fields[c].label for c in page.grid.shown_columns()]
    assert list(rows[0][-len(labels) :]) == labels
    assert len(rows) == len(page.model.keys) + 1
    assert all("*" in str(row[-2]) for row in rows[1:] if row[-2])


def test_export_of_whole_numbers_is_put_on_record(page: RosterPage, tmp_path: Path) -> None:
    page.exporting.export(tmp_path / "a.xlsx", "上级检查")

    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert not any("*" in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


def test_columns_are_chosen_and_kept(page: RosterPage, qtbot: QtBot) -> None:
    page.choose_columns()
    chooser = dialog(ColumnChooser)
    assert isinstance(chooser, ColumnChooser)
    first = chooser.names.item(0)
    assert first.text() == "乡镇"
    first.setCheckState(Qt.CheckState.Checked)
    chooser.names.setCurrentRow(2)
    QTest.keyClick(chooser.names, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    chooser.accept()

    labels = [page.model.fields[c].label for c in page.grid.shown_columns()]
    assert labels[:4] == ["姓名", "乡镇", "性别", "村（社区）"]
    again = RosterPage(page.office)
    qtbot.addWidget(again)
    assert [again.model.fields[c].label for c in again.grid.shown_columns()] == labels


def test_an_empty_office_says_what_to_do_first(office: Office, qtbot: QtBot) -> None:
    page = RosterPage(office)
    qtbot.addWidget(page)
    page.show()
    assert "还没有录入班子成员" in words(page)

    with qtbot.waitSignal(page.asked) as asked:
        press(
            next(b for b in page.findChildren(QPushButton) if b.isVisible() and b.text() == "从 Excel 导入")
        )

    assert asked.args == [Request(page="import", choose=True)]


def test_an_empty_village_offers_to_enter_somebody(office: Office, qtbot: QtBot) -> None:
    office.roster.add(VILLAGE, member(), date(2026, 11, 24))
    page = RosterPage(office)
    qtbot.addWidget(page)
    page.show()
    page.units.choose(COMMUNITY)

    press(next(b for b in page._middle.findChildren(QPushButton) if b.text() == "新增人员"))

    assert page.drawer is not None
    assert page.drawer.form.unit.code == COMMUNITY


def test_f6_walks_from_tree_to_grid_to_drawer(page: RosterPage) -> None:
    control(page, Qt.Key.Key_I)
    visited = []
    for _ in range(3):
        taps(Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        visited.append("tree" if focus is page.units.tree else "grid" if focus is page.grid else "drawer")

    assert sorted(visited) == ["drawer", "grid", "tree"]


def test_the_drawer_opens_by_itself_where_there_is_room(
    window: MainWindow, settle: Callable[[], None]
) -> None:
    page = window.page
    assert isinstance(page, RosterPage)
    assert not page.bar.drawer.isChecked()
    window.hide()
    window.resize(1920, 1000)
    window.show()
    QApplication.processEvents()
    QApplication.processEvents()

    assert page.bar.drawer.isChecked()
