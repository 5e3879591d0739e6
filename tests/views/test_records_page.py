"""The pages of studying, village figures and committee terms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.models.registers.division import DivisionKind
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.term_changes import ChangeType
from desktop.office import Office
from desktop.views import theme
from desktop.views.main_window import MainWindow
from desktop.views.records.committee_terms_page import CommitteeTermsPage
from desktop.views.records.counts import unit_counts
from desktop.views.records.election import ElectionDialog
from desktop.views.records.page import RecordsPage
from desktop.views.records.study_page import StudyPage
from desktop.views.records.village_figures_page import VillageFiguresPage
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.offices import CITY, TODAY, TOWNSHIP, VILLAGE, opened
from tests.views.hands import out_of_reach, press, words, write_over_cell
from tests.views.names import nameless

QUERY = RosterQuery(on=TODAY)


@pytest.fixture
def study(window: MainWindow, filled_office: Office) -> StudyPage:
    """The page, one course in front."""
    typed = {"village": "毕家塘村", "name": "高小明", "birth": "1994.02", "school": "长江大学"}
    key = filled_office.study.add(
        typed | {"education_before": "高中", "level": "大专", "start": "2023.09", "status": "在读"}, TODAY
    )
    page = window.show_page("study")
    assert isinstance(page, StudyPage)
    page.grid.go_to(key, 0)
    return page


@pytest.fixture
def figures(window: MainWindow, filled_office: Office) -> VillageFiguresPage:
    """The page of the figures, no year begun."""
    service = filled_office.village_years
    service.remove(service.keys(QUERY))
    page = window.show_page("village_figures")
    assert isinstance(page, VillageFiguresPage)
    return page


@pytest.fixture
def terms(window: MainWindow, filled_office: Office) -> CommitteeTermsPage:
    """The page of the terms, one village chosen."""
    service = filled_office.registers["committee_term"]
    service.remove(service.keys(QUERY))
    page = window.show_page("committee_terms")
    assert isinstance(page, CommitteeTermsPage)
    page.units.choose(VILLAGE)
    return page


def type_over(page: RecordsPage, field: str, text: str) -> None:
    column = [each.name for each in page.model.fields].index(field)
    page.grid.setFocus()
    page.grid.setCurrentIndex(page.model.index(page.grid.currentIndex().row(), column))
    write_over_cell(page.grid, text)
    QApplication.processEvents()


def dialog() -> TypedDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, TypedDialog)
    return found


def question() -> QMessageBox:
    found = QApplication.activeModalWidget()
    assert isinstance(found, QMessageBox)
    return found


def answer(box: QMessageBox, text: str) -> None:
    press(next(button for button in box.buttons() if button.text() == text))


# studying


def test_a_fee_is_split_by_the_proportion_that_is_set_over_the_grid(study: StudyPage) -> None:
    key = str(study.grid.current_key)
    study.proportion.parts.setText("2:3:5")
    study.proportion.parts.editingFinished.emit()

    type_over(study, "fee", "6000")

    record = study.office.study.rows([key], TODAY)[0].record
    assert (record.township_share, record.village_share, record.own_share) == (1200, 1800, 3000)


def test_a_proportion_is_taken_back(study: StudyPage, window: MainWindow) -> None:
    study.proportion.parts.setText("2:3:5")
    study.proportion.parts.editingFinished.emit()
    assert "学费分担比例改为 2:3:5" in words(window)

    window.undo()

    assert study.proportion.parts.text() == "3:3:4"


def test_a_proportion_that_is_none_is_refused_beside_it(study: StudyPage) -> None:
    study.proportion.parts.setText("三成")
    study.proportion.parts.editingFinished.emit()

    assert "3:3:4" in study.proportion.words.text()
    assert study.office.study.proportion == (3, 3, 4)


def test_graduating_offers_to_update_the_education(study: StudyPage) -> None:
    line = study.current_record
    assert line is not None
    assert line.person is not None
    press(study.open_drawer().details.buttons["毕业…"])
    dialog().inputs["ended"].set_text("2026.06")
    press(dialog().ok)

    assert "高小明已毕业" in question().text()
    assert "大专" in question().informativeText()
    answer(question(), "更新学历")

    assert study.office.people.get(line.person.id).education == "31"
    assert study.office.study.rows([line.key], TODAY)[0].record.ended == "2026-06"
    assert not study.drawer.details.buttons["毕业…"].isVisible()


def test_a_status_written_in_the_grid_offers_it_too(study: StudyPage) -> None:
    column = [each.name for each in study.model.fields].index("status")
    study.model.setData(study.model.index(study.grid.currentIndex().row(), column), "已毕业")

    assert "更新学历信息" in question().text()
    answer(question(), "取消")
    assert study.office.history.recent(1)[0].why.startswith("修改状态")


# figures


def test_a_year_begins_with_a_line_for_every_village(figures: VillageFiguresPage) -> None:
    assert "还没有年度数据" in words(figures)
    assert not figures.bar.year.isEnabled()

    figures.start_new()
    assert dialog().inputs["year"].text == str(TODAY.year)
    press(dialog().ok)

    assert figures.bar.chosen_year == str(TODAY.year)
    assert len(figures.model.keys) == 20
    assert f"{TODAY.year} 年：17 个村（社区不计），已填 0 个" in figures.figures.text()
    assert figures.header.scope.text() == "东升镇 · 20 个村（社区）"


def test_incomes_written_into_the_grid_are_measured_at_once(figures: VillageFiguresPage) -> None:
    figures.office.village_years.start_year("2026", TODAY)
    figures.refresh()
    figures.units.choose(VILLAGE)
    figures.grid.go_to(figures.model.keys[0], 0)

    type_over(figures, "income", "150000")

    assert "已填 1 个" in figures.figures.text()
    assert "10 万元以上 1 个（100%） ✓" in figures.figures.text()
    assert "20 万元以上 0 个" in figures.figures.text()
    assert "离 50% 还差 1 个" in figures.figures.text()


def test_one_year_is_shown_at_a_time_and_the_latest_first(figures: VillageFiguresPage) -> None:
    for year in ("2025", "2026"):
        figures.office.village_years.start_year(year, TODAY)
    figures.refresh()
    assert figures.bar.chosen_year == "2026"
    assert not figures.source.narrowed

    figures.bar.year.setCurrentText("2025")
    figures.bar.year.activated.emit(1)

    assert {line.record.year for line in figures.source.rows(figures.model.keys).values()} == {"2025"}
    figures.bar.year.setCurrentText("全部年度")
    figures.bar.year.activated.emit(2)
    assert len(figures.model.keys) == 40
    assert figures.header.scope.text() == "东升镇 · 40 条"


def test_thresholds_can_be_set_and_taken_back(figures: VillageFiguresPage, window: MainWindow) -> None:
    figures.office.village_years.start_year("2026", TODAY)
    figures.refresh()

    press(figures.thresholds)
    dialog().inputs["first"].set_text("50000")
    press(dialog().ok)

    assert figures.office.village_years.thresholds == (50_000, 200_000)
    assert "5 万元以上" in figures.figures.text()

    window.undo()

    assert figures.office.village_years.thresholds == (100_000, 200_000)
    assert "10 万元以上" in figures.figures.text()


def test_undoing_the_year_leaves_none(figures: VillageFiguresPage, window: MainWindow) -> None:
    figures.office.village_years.start_year("2026", TODAY)
    figures.refresh()

    window.undo()

    assert figures.bar.chosen_year is None
    assert "还没有年度数据" in words(figures)


def test_the_two_parts_lead_to_each_other_and_keep_the_village(
    figures: VillageFiguresPage, window: MainWindow
) -> None:
    figures.units.choose(VILLAGE)

    tabs = figures.header.tabs
    assert tabs is not None
    tabs.setCurrentIndex(1)

    page = window.page
    assert isinstance(page, CommitteeTermsPage)
    assert page.source.query.unit == VILLAGE
    assert page.header.tabs is not None
    page.header.tabs.setCurrentIndex(0)
    assert window.page is figures
    assert tabs.currentIndex() == 0


# terms


def test_a_new_term_is_entered_as_one_change_set(terms: CommitteeTermsPage) -> None:
    office = terms.office
    press(terms.elect)
    election = QApplication.activeModalWidget()
    assert isinstance(election, ElectionDialog)
    assert election.unit.code == VILLAGE
    before = election.people.rowCount()
    election.number.setText("第十三届")
    gone = election.people.item(before - 1, 0)
    assert gone is not None
    gone.setCheckState(Qt.CheckState.Unchecked)
    election.add_somebody()
    for column, text in ((1, "王小川"), (3, "组织委员")):
        item = election.people.item(before, column)
        assert item is not None
        item.setText(text)
    assert f"{ChangeType.AGAIN} {before - 1} 人" in election.words.text()
    assert f"{ChangeType.NEW} 1 人：王小川" in election.words.text()
    assert f"{ChangeType.LEFT} 1 人" in election.words.text()

    press(election.ok)

    assert office.history.recent(1)[0].why == "换届：毕家塘村党组织第十三届"
    assert [line.record.number for line in terms.source.rows(terms.model.keys).values()] == ["第十三届"]
    serving = office.roster.rows(office.roster.keys(RosterQuery(on=TODAY, unit=VILLAGE)), TODAY)
    assert "王小川" in [row.person.name for row in serving]
    office.history.undo()
    assert office.registers["committee_term"].keys(QUERY) == []


def test_an_election_that_cannot_be_entered_says_why(terms: CommitteeTermsPage) -> None:
    terms.ask_to_elect()
    election = QApplication.activeModalWidget()
    assert isinstance(election, ElectionDialog)

    election.start.setText("哪年")

    assert not election.ok.isEnabled()
    assert election.words.text()
    election.body.setCurrentIndex(1)
    first = election.people.item(0, 2)
    assert first is not None
    assert "主任" in first.text()
    election.reject()


def test_a_term_is_registered_with_its_due_date(terms: CommitteeTermsPage) -> None:
    terms.start_new()
    form = terms.drawer.form
    for name, text in (("committee", "党组织"), ("number", "第十二届"), ("start", "2021.11")):
        form.inputs[name].set_text(text)

    press(form.save)

    records = [line.record for line in terms.source.rows(terms.model.keys).values()]
    assert [(record.start, record.due) for record in records] == [("2021-11", "2026-11")]


# all of them


@pytest.mark.parametrize("name", ["reserve", "study", "village_figures", "committee_terms"])
@pytest.mark.parametrize("points", [theme.SIZES[0], theme.SIZES[-1]])
def test_drawers_and_forms_have_names_and_no_words_cut_off(
    window: MainWindow, name: str, points: int, qapp: QApplication, settle: Callable[[], None]
) -> None:
    try:
        theme.install(qapp, points)
        page = window.show_page(name)
        assert isinstance(page, RecordsPage)
        page.open_drawer()
        for form in (False, True):
            if form:
                page._start_correcting()
            settle()
            qapp.processEvents()
            assert nameless(window) == []
            cut = [
                button.text()
                for button in page.findChildren(type(page.add))
                if button.isVisible() and button.sizeHint().width() > button.width() + 1
            ]
            assert cut == []
            assert window.width() == 1366
    finally:
        theme.install(qapp, theme.SIZES[0])


@pytest.mark.parametrize("name", ["reserve", "study", "village_figures", "committee_terms"])
def test_tab_comes_by_every_control(window: MainWindow, name: str) -> None:
    page = window.show_page(name)
    assert isinstance(page, RecordsPage)
    page.open_drawer()
    page.search.setFocus()
    page.grid.setTabKeyNavigation(False)  # within the grid Tab goes from cell to cell, F6 leaves it

    assert out_of_reach(window) == []


def test_the_tree_counts_villages_of_one_name_apart(tmp_path: Path) -> None:
    with opened(tmp_path / "city", level="city") as office:
        one, other = (
            VILLAGE,
            next(
                d.code
                for d in office.divisions.under(CITY)
                if d.kind == DivisionKind.VILLAGE and d.parent != TOWNSHIP
            ),
        )
        office.divisions.update(other, name=office.divisions.get(one).name)
        for name in ("高明", "马力"):
            office.reserve.add({"name": name}, TODAY, division_code=one)
        office.reserve.add({"name": "王小川"}, TODAY, division_code=other)

        counts = {u.division.code: u.people for u in unit_counts(office.roster, office.reserve, QUERY)}

    assert (counts[one], counts[other], counts[CITY]) == (2, 1, 3)
