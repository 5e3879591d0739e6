"""Forms over records that are changed meanwhile, in the window: what was typed stays, the officer is told and chooses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from desktop.models.registers.activity import Activity
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.roster import RosterRow
from desktop.models.registers.schemes import ACTIVITIES, CHECKLIST
from desktop.models.services.attendees import Attendee
from desktop.office import Office
from desktop.views.checklist.cell_panel import CellPanel
from desktop.views.checklist.page import ChecklistPage
from desktop.views.checklist.schemes import SchemesPage
from desktop.views.four_ones.activity_panel import ActivityPanel
from desktop.views.four_ones.page import FourOnesPage
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from desktop.views.person.page import PersonPage
from desktop.views.records.reserve_page import ReservePage
from desktop.views.tables.list_form import ListForm
from desktop.views.widgets.clashes import ClashDialog
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.models.services.checklists import two_branches
from tests.offices import TODAY
from tests.views.four_ones import EXCHANGE, NOW, activities, hold, secretaries, shown
from tests.views.four_ones import page as matrix
from tests.views.hands import press, tap, words, write
from tests.views.names import nameless
from tests.views.test_reserve_page import page as reserve

__all__ = ["matrix", "reserve", "secretaries", "shown"]  # fixtures


def asked() -> ClashDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, ClashDialog)
    return found


def form_of(page: ReservePage, row: int) -> ListForm:
    page.grid.go_to(page.model.keys[row], 0)
    press(page.open_drawer().details.buttons["修改"])
    form: ListForm = page.drawer.form
    return form


def kept(office: Office, key: str, field: str) -> str:
    (line,) = office.reserve.rows([key], TODAY)
    return office.reserve.text(line, field, whole=True)


# a list's drawer


def test_a_form_is_saved_into_the_line_it_was_opened_with(reserve: ReservePage) -> None:
    one, other = reserve.model.keys
    form = form_of(reserve, 0)
    form.inputs["mentor"].set_text("王建军")
    reserve.grid.go_to(other, 0)

    press(form.save)

    assert (kept(reserve.office, one, "mentor"), kept(reserve.office, other, "mentor")) == ("王建军", "")


def test_a_form_leaves_alone_what_it_did_not_change(reserve: ReservePage) -> None:
    key = reserve.model.keys[0]
    form = form_of(reserve, 0)
    reserve.office.reserve.set_cell(key, "aim", "书记", TODAY)
    form.inputs["mentor"].set_text("王建军")

    press(form.save)

    assert kept(reserve.office, key, "mentor") == "王建军"
    assert kept(reserve.office, key, "aim") == "党组织书记"
    assert not reserve.drawer.shows_form


def test_what_both_typed_is_asked_about_and_nothing_is_chosen_beforehand(reserve: ReservePage) -> None:
    key = reserve.model.keys[0]
    form = form_of(reserve, 0)
    reserve.office.reserve.set_cell(key, "mentor", "李卫国", TODAY)
    reserve.office.reserve.set_cell(key, "phone", "19900000002", TODAY)
    form.inputs["mentor"].set_text("王建军")
    form.inputs["phone"].set_text("19900000003")

    press(form.save)

    dialog = asked()
    assert not dialog.ok.isEnabled()
    told = words(dialog)
    assert all(each in told for each in ("联系电话", "李卫国", "王建军", "19900000002", "19900000003"))
    assert nameless(dialog) == []
    press(dialog.theirs["phone"])
    assert not dialog.ok.isEnabled()
    press(dialog.mine["mentor"])
    press(dialog.ok)
    assert kept(reserve.office, key, "mentor") == "王建军"
    assert kept(reserve.office, key, "phone") == "19900000002"
    assert not reserve.drawer.shows_form


def test_going_back_from_the_choice_writes_nothing_and_loses_nothing(reserve: ReservePage) -> None:
    key = reserve.model.keys[0]
    form = form_of(reserve, 0)
    reserve.office.reserve.set_cell(key, "mentor", "李卫国", TODAY)
    form.inputs["mentor"].set_text("王建军")
    press(form.save)

    tap(asked(), Qt.Key.Key_Escape)

    assert form.inputs["mentor"].text == "王建军"
    assert kept(reserve.office, key, "mentor") == "李卫国"
    press(form.save)
    assert isinstance(asked(), ClashDialog)


def test_a_form_of_a_line_that_was_undone_says_so_and_keeps_what_was_typed(reserve: ReservePage) -> None:
    form = form_of(reserve, [reserve.model.text(row, 0) for row in (0, 1)].index("马力"))
    form.inputs["mentor"].set_text("王建军")
    reserve.office.history.undo()
    reserve.refresh()

    press(form.save)

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "已经不在台账里" in box.text()
    assert (reserve.drawer.shows_form, form.inputs["mentor"].text) == (True, "王建军")


# a person's page


@pytest.fixture
def person(window: MainWindow, filled_office: Office) -> PersonPage:
    roster = window.page
    roster.asked.emit(Request(page="person", person=roster.model.keys[3][0]))  # type: ignore[attr-defined]  # the roster
    page = window.page
    assert isinstance(page, PersonPage)
    return page


def test_what_is_half_typed_on_a_persons_page_outlives_another_change(person: PersonPage) -> None:
    assert person.card is not None
    who = person.card.person.id
    cell = person.basics.inputs["native_place"]
    cell.select()
    write(cell.editor, "湖北")
    person.office.people.set_field(who, "remarks", "党代表", TODAY)

    person.refresh()

    assert cell.text == "湖北"
    assert person.basics.inputs["remarks"].text == "党代表"
    write(cell.editor, "公安")
    person.basics.inputs["birth"].select()
    assert person.office.people.get(who).native_place == "湖北公安"


def test_a_text_that_was_refused_stays_while_another_field_is_kept(person: PersonPage) -> None:
    cells = person.basics.inputs
    cells["birth"].select()
    cells["birth"].set_text("1980.13")
    cells["native_place"].select()
    cells["native_place"].set_text("湖北公安")

    cells["birth"].select()

    assert person.card is not None
    assert person.card.person.native_place == "湖北公安"
    assert cells["birth"].text == "1980.13"


def test_a_field_of_a_person_changed_elsewhere_too_is_asked_about(person: PersonPage) -> None:
    assert person.card is not None
    who = person.card.person.id
    cell = person.basics.inputs["native_place"]
    cell.select()
    cell.set_text("湖北监利")
    person.office.people.set_field(who, "native_place", "湖北公安", TODAY)

    person.basics.inputs["birth"].select()

    press(asked().mine["native_place"])
    press(asked().ok)
    assert person.office.people.get(who).native_place == "湖北监利"


def test_an_entry_of_a_persons_file_changed_elsewhere_too_is_asked_about(person: PersonPage) -> None:
    assert person.card is not None
    service = person.office.registers["training"]
    values = {"topic": "党务培训", "start": "2026.03", "days": "8"}
    key = service.add(values, TODAY, owner_id=person.card.person.id)
    person.refresh()
    person.tabs.setCurrentWidget(person.files["学习培训"])
    links = person.files["学习培训"].findChildren(QPushButton)
    press(next(link for link in links if link.text() == "修改" and link.isVisible()))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TypedDialog)
    dialog.inputs["days"].set_text("16")
    service.set_cell(key, "days", "24", TODAY)

    press(dialog.ok)

    press(asked().mine["days"])
    press(asked().ok)
    (line,) = service.rows([key], TODAY)
    assert service.text(line, "days", whole=True) == "16"


# the panel of an activity


def panel_of(page: FourOnesPage, key: str) -> ActivityPanel:
    page.open_activity(key)
    return page.panel


def change(office: Office, key: str, **values: str) -> None:
    for name, text in values.items():
        office.activities.set_cell(key, name, text, NOW)


def test_two_panels_of_one_activity_keep_each_others_texts_people_and_problems(
    matrix: FourOnesPage, secretaries: list[RosterRow], shown: MainWindow
) -> None:
    key = hold(matrix.office, secretaries[0], EXCHANGE)
    first = panel_of(matrix, key)
    first.fields.inputs["place"].set_text("会议室")
    first.fields.people.add(Attendee(name="陈站长"))
    shown.open(Request(page="activities", of=(key,)))
    second = shown.page.panel  # type: ignore[attr-defined]  # the page of activities
    second.fields.inputs["theme"].set_text("乡村振兴")
    second.fields.people.add(Attendee(name="王部长"))
    press(second.save)

    shown.show_page("four_ones")
    press(first.save)

    (after,) = activities(matrix.office)
    assert (after.theme, after.place) == ("乡村振兴", "会议室")
    people = matrix.office.activity_forms.of(key).attendees
    assert [each.name for each in people[1:]] == ["王部长", "陈站长"]


def test_a_draft_opened_again_does_not_undo_what_was_saved_meanwhile(
    matrix: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    key = hold(matrix.office, secretaries[0], EXCHANGE)
    panel = panel_of(matrix, key)
    panel.fields.inputs["place"].set_text("会议室")
    panel.leave()
    change(matrix.office, key, theme="乡村振兴", host="周书记")
    matrix.refresh()

    panel_of(matrix, key)
    press(panel.save)

    (after,) = activities(matrix.office)
    assert (after.theme, after.host, after.place) == ("乡村振兴", "周书记", "会议室")


def test_a_text_that_both_changed_is_chosen_and_the_rest_is_kept(
    matrix: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    key = hold(matrix.office, secretaries[0], EXCHANGE)
    panel = panel_of(matrix, key)
    panel.fields.inputs["theme"].set_text("我填的")
    panel.fields.inputs["place"].set_text("会议室")
    change(matrix.office, key, theme="别处填的")
    matrix.refresh()
    assert panel.fields.inputs["theme"].text == "我填的"

    press(panel.save)

    press(asked().theirs["field", "theme"])
    press(asked().ok)
    (after,) = activities(matrix.office)
    assert (after.theme, after.place) == ("别处填的", "会议室")
    assert not panel.isVisible()


def test_what_was_typed_for_an_activity_that_was_undone_is_saved_as_a_new_one(
    matrix: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    key = hold(matrix.office, secretaries[0], EXCHANGE)
    panel = panel_of(matrix, key)
    panel.fields.inputs["theme"].set_text("乡村振兴")
    matrix.office.history.undo()
    matrix.refresh()
    press(panel.save)
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "已被撤销" in box.text()

    press(next(each for each in box.buttons() if each.text() == "作为新的一条保存"))

    made: list[Activity] = activities(matrix.office)
    assert [each.theme for each in made] == ["乡村振兴"]
    assert made[0].id != key


# schemes


def test_an_edited_scheme_that_was_changed_elsewhere_loses_nothing(
    window: MainWindow, filled_office: Office
) -> None:
    schemes = filled_office.schemes
    first = schemes.versions(ACTIVITIES)[0]
    base = schemes.save(replace(first.scheme, since="2027-01-01"), first.common)
    page = window.show_page("four_ones_schemes")
    assert isinstance(page, SchemesPage)
    press(page.edit)
    page.form.inputs["title"].set_text("我起的名称")
    schemes.save(replace(base.scheme, title="别处起的名称", official="市委组织部〔2026〕9号"), base.common)

    page.refresh()
    assert page.form.inputs["title"].text == "我起的名称"
    press(page.save_it)

    press(asked().mine["field", "title"])
    press(asked().ok)
    saved = schemes.versions(ACTIVITIES)[0].scheme
    assert (saved.title, saved.official) == ("我起的名称", "市委组织部〔2026〕9号")
    assert not page.save_it.isVisible()


# a cell of 8+N


@pytest.fixture
def cell(window: MainWindow, filled_office: Office) -> CellPanel:
    """The panel of a cell, its reason half typed while it is written elsewhere."""
    branch, _ = two_branches(filled_office)
    page = window.show_page("checklist")
    assert isinstance(page, ChecklistPage)
    page.open_place([row.branch.id for row in page.shown.rows].index(branch), 3)
    panel = page.cell_panel
    panel.inputs["reason"].select()
    write(panel.inputs["reason"].editor, "我填的")
    assert panel.key is not None
    filled_office.checklists.edit(panel.key, "reason", "别处填的", NOW)
    page.refresh()
    assert panel.inputs["reason"].text == "我填的"
    return panel


def reason(window: MainWindow, key: CellKey | None) -> str:
    assert key is not None
    return window.office.checklists.card(key, NOW).texts["reason"]


def test_a_cell_changed_elsewhere_too_is_asked_about_and_the_next_cell_is_none_of_it(
    window: MainWindow, cell: CellPanel
) -> None:
    key, page = cell.key, window.page
    assert isinstance(page, ChecklistPage)
    row, column = page.matrix.current or (0, 0)
    view = page.matrix.view
    beside = view.visualRect(page.matrix.model.index(row, column + 1)).center()

    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=beside)

    assert cell.key != key
    assert reason(window, key) == "别处填的"
    press(asked().mine["reason"])
    press(asked().ok)
    assert reason(window, key) == "我填的"
    assert reason(window, cell.key) == ""
    assert cell.inputs["reason"].text == ""


def test_what_stands_in_a_cell_may_be_kept_instead(window: MainWindow, cell: CellPanel) -> None:
    cell.go()

    press(asked().theirs["reason"])
    press(asked().ok)

    assert reason(window, cell.key) == "别处填的"
    assert cell.inputs["reason"].text == "别处填的"
    cell.inputs["reason"].select()
    cell.go()
    assert QApplication.activeModalWidget() is None


def test_own_items_set_elsewhere_are_asked_about(window: MainWindow, cell: CellPanel) -> None:
    page, branch = window.page, cell.key.branch_id if cell.key else ""
    assert isinstance(page, ChecklistPage)
    tap(cell, Qt.Key.Key_Escape)
    press(asked().theirs["reason"])
    press(asked().ok)
    page.open_place([row.branch.id for row in page.shown.rows].index(branch), page.matrix.bar)
    panel = page.row_panel
    panel.inputs["own"].select()
    write(panel.inputs["own"].editor, "红色车间")
    window.office.schemes.set_own_items(branch, ["夜校"], NOW)

    panel.go()

    press(asked().mine["own"])
    press(asked().ok)
    current = window.office.schemes.current(CHECKLIST, NOW)
    assert [item.name for item in current.own_of(branch)] == ["红色车间"]


# leaving, and closing the window


def closing(window: MainWindow) -> QMessageBox:
    window.close()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    return box


def choose(words: str) -> None:
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    press(next(each for each in box.buttons() if each.text() == words))


def test_another_form_in_the_place_of_a_typed_one_is_asked_about(reserve: ReservePage) -> None:
    form = form_of(reserve, 0)
    form.inputs["mentor"].set_text("王建军")

    reserve.start_new()

    assert form.inputs["mentor"].text == "王建军"
    choose("接着填")
    assert form.inputs["mentor"].text == "王建军"
    tap(form.inputs["mentor"].editor, Qt.Key.Key_Escape)
    choose("不要了")
    assert not reserve.drawer.shows_form


def test_leaving_a_form_into_which_nothing_was_typed_asks_nothing(reserve: ReservePage) -> None:
    reserve.start_new()
    tap(reserve.drawer.form.inputs["name"].editor, Qt.Key.Key_Escape)
    assert not reserve.drawer.shows_form
    form_of(reserve, 0)
    reserve.start_new()
    assert QApplication.activeModalWidget() is None


def test_the_window_asks_before_it_closes_over_a_typed_form(reserve: ReservePage, window: MainWindow) -> None:
    reserve.start_new()
    reserve.drawer.form.inputs["name"].set_text("王小川")
    window.show_page("roster")

    assert closing(window).text() == "“新增后备干部”填了还没有保存，关闭以后就没有了。"
    choose("回去保存")

    assert window.page is reserve
    assert reserve.drawer.form.inputs["name"].text == "王小川"
    reserve.leave_form()


def test_the_window_keeps_what_is_typed_on_a_persons_page_and_asks_over_what_it_cannot(
    person: PersonPage, window: MainWindow
) -> None:
    assert person.card is not None
    cells = person.basics.inputs
    cells["native_place"].set_text("湖北公安")
    cells["birth"].set_text("1980.13")

    assert closing(window).text() == "出生年月填得不对，还没有保存，关闭以后就没有了。"
    choose("回去改")

    assert window.office.people.get(person.card.person.id).native_place == "湖北公安"
    cells["birth"].set_text("")


def test_the_window_asks_before_it_closes_over_an_edited_scheme(window: MainWindow) -> None:
    page = window.show_page("schemes")
    assert isinstance(page, SchemesPage)
    press(page.edit)
    page.form.inputs["title"].set_text("改到一半")

    assert closing(window).text() == "方案改了还没有保存，关闭以后就没有了。"
    choose("回去保存")

    assert page.form.inputs["title"].text == "改到一半"


def test_what_is_not_saved_is_not_printed_as_if_it_were(
    matrix: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    panel = panel_of(matrix, hold(matrix.office, secretaries[0], EXCHANGE))
    panel.fields.inputs["theme"].set_text("乡村振兴")

    press(panel.print)

    assert panel.isVisible()
    assert "请先保存再打印" in words(panel)
    press(panel.save)
    assert activities(matrix.office)[0].theme == "乡村振兴"
