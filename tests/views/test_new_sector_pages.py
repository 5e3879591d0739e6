"""The pages of the new sector: units, party organisations, instructors, visits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.models.database.records import Records
from desktop.models.domain.days import show_day
from desktop.models.registers.new_sector import Instructor, Organization, PartyBranch, Visit
from desktop.models.services.sample_new_sector import SampleNewSector, sample_new_sector
from desktop.office import Office
from desktop.views import theme
from desktop.views.checklist.page import ChecklistPage
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.main_window import MainWindow
from desktop.views.new_sector.pages import (
    InstructorsPage,
    OrganizationsPage,
    PartyBranchesPage,
    VisitsPage,
)
from desktop.views.page import Request
from desktop.views.pages import kind_of
from desktop.views.records.page import RecordsPage
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.offices import TOWNSHIP, opened
from tests.views.hands import out_of_reach, press, tap, words, write, write_over_cell
from tests.views.names import nameless
from tests.views.test_clicks import Clicks, clicks, focus, nav
from tests.views.windows import turn_to

__all__ = ["clicks"]  # a fixture
NOW = date.today()
PAGES: list[type[RecordsPage]] = [OrganizationsPage, PartyBranchesPage, InstructorsPage, VisitsPage]


@pytest.fixture
def sector(filled_office: Office) -> SampleNewSector:
    """The sample's units with what belongs to them."""
    store = filled_office._store
    sample = sample_new_sector(filled_office.divisions.under(filled_office.unit.code), NOW)
    with store.change("演示数据"):
        for records in sample.records:
            Records(store).insert_many(records)
    return sample


def button(page: RecordsPage, words: str) -> QPushButton:
    """A button of the drawer."""
    page.open_drawer()
    page.fill_drawer()
    found = page.drawer.details.buttons[words]
    assert isinstance(found, QPushButton)
    return found


def dialog() -> TypedDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TypedDialog)
    return found


def tab_into(cell: FieldInput) -> None:
    for _ in range(60):
        if cell.isAncestorOf(focus()):
            return
        tap(focus(), Qt.Key.Key_Tab)
    raise AssertionError("Tab does not come by the field")


def joint(sample: SampleNewSector) -> tuple[PartyBranch, list[Organization]]:
    """The party organisation that covers several units, and those."""
    for branch in sample.branches:
        units = [unit for unit in sample.organizations if unit.branch_id == branch.id]
        if len(units) > 1:
            return branch, units
    raise AssertionError("the sample has none")


# lines


@pytest.mark.parametrize(
    ("kind", "ledger"),
    [(OrganizationsPage, "organizations"), (InstructorsPage, "instructors"), (VisitsPage, "visits")],
)
def test_a_page_prints_its_ledger(
    window: MainWindow, sector: SampleNewSector, kind: type[RecordsPage], ledger: str
) -> None:
    press(turn_to(window, kind).print)

    assert isinstance(window.page, LedgerPage)
    assert window.page.options.request.name == ledger


def test_what_only_surveys_ask_is_no_column_at_first_but_a_line_tells_it(
    window: MainWindow, sector: SampleNewSector
) -> None:
    page = turn_to(window, OrganizationsPage)
    page.grid.go_to(next(unit.id for unit in sector.organizations if unit.activists), 0)
    page.open_drawer()
    page.fill_drawer()

    told = {label.text() for label in page.drawer.details.findChildren(QLabel) if label.isVisible()}
    assert not set(page.shown_fields()) & {"output", "main_business", "social_kind", "activists", "superior"}
    assert {"年产值（万元）", "主营业务", "入党积极分子", "隶属党组织"} <= told
    assert "原登记证号" not in told  # nothing is written there


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_shows_the_lines_of_the_sample(
    window: MainWindow, sector: SampleNewSector, kind: type[RecordsPage]
) -> None:
    page = turn_to(window, kind)

    there: dict[type[RecordsPage], Sequence[Organization | PartyBranch | Instructor | Visit]] = {
        OrganizationsPage: sector.organizations,
        PartyBranchesPage: sector.branches,
        InstructorsPage: sector.instructors,
        VisitsPage: sector.visits,
    }
    assert {str(key) for key in page.model.keys} == {each.id for each in there[kind]}
    assert page.header.scope.text().endswith(f"{len(there[kind])} {page.noun}")
    assert any(each.accessibleName() == "导入 Excel" for each in page.findChildren(QPushButton))


@pytest.mark.parametrize("kind", PAGES)
def test_each_page_says_what_to_do_where_nothing_is_there(
    window: MainWindow, kind: type[RecordsPage]
) -> None:
    page = turn_to(window, kind)

    assert page.nothing in words(page)
    assert nameless(page) == []


def test_the_navigation_calls_the_sector_as_the_office_does(filled_office: Office, qtbot: QtBot) -> None:
    filled_office.settings.sector_word = "新兴领域"
    window = MainWindow(filled_office, [kind_of(OrganizationsPage)])
    qtbot.addWidget(window, before_close_func=lambda shown: shown.hide())

    assert nav(window, "新兴领域组织").text().strip() == "新兴领域组织"


# entering


def test_a_unit_with_its_party_organization_is_entered_by_two_clicks_and_typing(
    window: MainWindow, sector: SampleNewSector, clicks: Clicks
) -> None:
    press(nav(window, "两新组织"))
    page = window.page
    assert isinstance(page, OrganizationsPage)
    press(page.add)
    write(focus(), "石首市初晴包装有限公司")
    for name, text in (("branch", "初晴包装党支部"), ("secretary", "王小川")):
        tab_into(page.drawer.form.inputs[name])
        write(focus(), text)
    tap(focus(), Qt.Key.Key_Return)

    (unit,) = page.register_service.records(name="石首市初晴包装有限公司")
    (branch,) = page.office.registers["party_branch"].records(name="初晴包装党支部")
    assert (unit.branch_id, branch.secretary) == (branch.id, "王小川")
    assert page.current_record is not None
    assert page.current_record.key == unit.id
    assert clicks.count == 2

    window.undo()

    assert page.register_service.records(name="石首市初晴包装有限公司") == []
    assert page.office.registers["party_branch"].records(name="初晴包装党支部") == []


def test_a_new_unit_may_lie_in_the_township_itself(window: MainWindow, sector: SampleNewSector) -> None:
    page = turn_to(window, OrganizationsPage)
    page.start_new()
    form = page.drawer.form
    form.unit.choose(page.office.unit.code)
    form.inputs["name"].set_text("石首市初晴包装有限公司")
    press(form.save)

    (unit,) = page.register_service.records(name="石首市初晴包装有限公司")
    assert unit.division_code == page.office.unit.code


def test_another_secretary_on_the_line_of_a_unit_is_told_of_all_units_and_taken_back(
    window: MainWindow, sector: SampleNewSector
) -> None:
    branch, units = joint(sector)
    page = turn_to(window, OrganizationsPage)
    column = [each.name for each in page.model.fields].index("secretary")
    page.grid.go_to(units[0].id, column)

    write_over_cell(page.grid, "王小川")
    QApplication.processEvents()

    def secretaries() -> set[str]:
        places = [page.model.keys.index(unit.id) for unit in units]
        return {page.model.text(place, column) for place in places}

    assert page.office.registers["party_branch"].records(id=branch.id)[0].secretary == "王小川"
    assert secretaries() == {"王小川"}
    assert f"还管着另外 {len(units) - 1} 行" in window.toast.words.text()

    window.undo()

    assert secretaries() == {branch.secretary}


def test_a_form_says_whom_it_changes(window: MainWindow, sector: SampleNewSector) -> None:
    page = turn_to(window, OrganizationsPage)
    page.grid.go_to(sector.organizations[0].id, 0)

    press(button(page, "修改"))

    assert page.drawer.form.title.text() == f"修改 {sector.organizations[0].name}"
    page.drawer.form.inputs["industry"].set_text("包装印刷")
    press(page.drawer.form.save)
    assert f"修改：{sector.organizations[0].name}" in window.toast.words.text()


# visits


def visits(page: RecordsPage, unit: Organization) -> list[Visit]:
    found: list[Visit] = page.office.registers["visit"].records(organization_id=unit.id, day=NOW.isoformat())
    return found


def instructed(sample: SampleNewSector) -> Organization:
    """A unit with an instructor, whom nobody visited today."""
    today = {each.organization_id for each in sample.visits if each.day == NOW.isoformat()}
    return next(each for each in sample.organizations if each.instructor_id and each.id not in today)


def test_a_visit_is_entered_from_its_unit_by_two_clicks_and_typing(
    window: MainWindow, sector: SampleNewSector, clicks: Clicks
) -> None:
    unit = instructed(sector)
    page = turn_to(window, OrganizationsPage)
    page.grid.go_to(unit.id, 0)
    visit = button(page, "登记走访…")
    clicks.count = 0

    press(visit)
    assert dialog().inputs["day"].text == show_day(NOW.isoformat())
    write(focus(), "商量组建党组织")
    press(dialog().ok)

    (kept,) = visits(page, unit)
    assert (kept.instructor_id, kept.matter) == (unit.instructor_id, "商量组建党组织")
    assert "新增走访" in window.toast.words.text()
    assert clicks.count == 2

    window.undo()

    assert visits(page, unit) == []


def test_a_visit_is_entered_from_its_instructor_with_the_only_unit_filled_in(
    window: MainWindow, sector: SampleNewSector
) -> None:
    unit = instructed(sector)
    page = turn_to(window, InstructorsPage)
    page.grid.go_to(unit.instructor_id, 0)
    before = page.current_record
    assert before is not None

    press(button(page, "登记走访…"))
    assert dialog().inputs["organization"].text == unit.name
    write(focus(), "看望党员职工")
    press(dialog().ok)

    assert [each.instructor_id for each in visits(page, unit)] == [unit.instructor_id]
    after = page.current_record
    assert after is not None
    assert int(str(after.computed["visits"])) == int(str(before.computed["visits"] or 0)) + 1


def test_a_visit_asks_who_visited_and_says_where_there_is_no_such_instructor(
    window: MainWindow, sector: SampleNewSector
) -> None:
    unit = next(each for each in sector.organizations if each.instructor_id is None)
    page = turn_to(window, OrganizationsPage)
    page.grid.go_to(unit.id, 0)
    press(button(page, "登记走访…"))
    asked = dialog()
    press(asked.ok)
    assert "不能空着" in asked.inputs["instructor"].words.text()

    asked.inputs["instructor"].set_text("王小川")
    press(asked.ok)

    assert "没有找到指导员“王小川”" in asked.inputs["instructor"].words.text()
    assert visits(page, unit) == []
    asked.reject()


def test_a_visit_is_entered_on_its_own_page_today_filled_in(
    window: MainWindow, sector: SampleNewSector
) -> None:
    unit = instructed(sector)
    (instructor,) = [each for each in sector.instructors if each.id == unit.instructor_id]
    page = turn_to(window, VisitsPage)
    press(page.add)
    form = page.drawer.form
    assert form.inputs["day"].text == show_day(NOW.isoformat())
    assert not form.unit.isVisible()
    form.inputs["instructor"].set_text(instructor.name)
    form.inputs["organization"].set_text(unit.name)
    press(form.save)

    assert [each.instructor_id for each in visits(page, unit)] == [instructor.id]


# elsewhere


def test_a_unit_and_its_party_organization_lead_to_the_checklist_and_to_each_other(
    window: MainWindow, sector: SampleNewSector
) -> None:
    branch, units = joint(sector)
    page = turn_to(window, PartyBranchesPage)
    page.grid.go_to(branch.id, 0)

    press(button(page, "看单位"))

    page_of_units = window.page
    assert isinstance(page_of_units, OrganizationsPage)
    assert {str(key) for key in page_of_units.model.keys} == {unit.id for unit in units}
    press(button(page_of_units, "8+N"))
    assert isinstance(window.page, ChecklistPage)
    assert [row.branch.id for row in window.page.shown.rows] == [branch.id]
    without = next(each for each in sector.organizations if each.branch_id is None)
    page_of_units.clear_conditions()
    page_of_units.grid.go_to(without.id, 0)
    assert page_of_units.drawer.details.buttons["8+N"].isHidden()


def test_some_lines_are_shown_by_their_ids_though_they_have_ended(
    window: MainWindow, sector: SampleNewSector
) -> None:
    one, other = sector.organizations[:2]
    window.office.registers["organization"].set_cell(one.id, "closed", f"{NOW:%Y.%m}", NOW)

    window.open(Request(page="organizations", of=(one.id, other.id)))

    page = window.page
    assert isinstance(page, OrganizationsPage)
    assert {str(key) for key in page.model.keys} == {one.id, other.id}
    assert page.current_record is not None
    page.clear_conditions()
    assert len(page.model.keys) == len(sector.organizations) - 1


def test_the_empty_checklist_leads_to_entering_party_organizations(window: MainWindow) -> None:
    page = window.show_page("checklist")
    assert isinstance(page, ChecklistPage)
    assert page.deed.text() == "登记两新党组织"

    press(page.deed)

    assert isinstance(window.page, PartyBranchesPage)


# all of them


def test_the_citys_drawer_is_as_wide_as_its_buttons(tmp_path: Path, qtbot: QtBot) -> None:
    with opened(tmp_path / "city", level="city") as office:
        village = next(each.code for each in office.divisions.all().values() if each.parent == TOWNSHIP)
        typed = {"name": "初晴包装有限公司", "branch": "初晴包装党支部"}
        office.registers["organization"].add(typed, NOW, division_code=village)
        page = OrganizationsPage(office)
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        page.open_drawer()
        page.fill_drawer()
        QApplication.processEvents()
        shown = [each for each in page.drawer.details.buttons.values() if each.isVisible()]

        assert len(shown) == 4
        assert all(each.width() >= each.sizeHint().width() for each in shown)
        page.hide()  # what it does later needs the office


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("points", [theme.SIZES[0], theme.SIZES[-1]])
def test_drawers_and_forms_have_names_and_no_words_cut_off(
    window: MainWindow,
    sector: SampleNewSector,
    kind: type[RecordsPage],
    points: int,
    qapp: QApplication,
    settle: Callable[[], None],
) -> None:
    try:
        theme.install(qapp, points)
        page = turn_to(window, kind)
        page.open_drawer()
        for form in (False, True):
            if form:
                page._start_correcting()
            settle()
            qapp.processEvents()
            assert nameless(window) == []
            cut = [
                each.text()
                for each in page.findChildren(QPushButton)
                if each.isVisible() and each.sizeHint().width() > each.width() + 1
            ]
            assert cut == []
            assert window.width() == 1366
    finally:
        theme.install(qapp, theme.SIZES[0])


@pytest.mark.parametrize("kind", PAGES)
def test_tab_comes_by_every_control(
    window: MainWindow, sector: SampleNewSector, kind: type[RecordsPage]
) -> None:
    page = turn_to(window, kind)
    page.open_drawer()
    page.search.setFocus()
    page.grid.setTabKeyNavigation(False)  # within the grid Tab goes from cell to cell, F6 leaves it

    assert out_of_reach(window) == []
