"""The matrix of “四个一” and the form beside it: three clicks, the keyboard alone, the next one, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from desktop.models.domain.days import show_day
from desktop.models.registers.activity import CANCELLED, HELD, PLANNED
from desktop.models.registers.person_file import DOCUMENT, PHOTO
from desktop.models.registers.roster import RosterRow
from desktop.office import Office
from desktop.views import theme
from desktop.views.four_ones.page import FourOnesPage
from desktop.views.main_window import MainWindow
from desktop.views.page import Request
from tests.models.services.pictures import photo, scene
from tests.offices import opened
from tests.views.four_ones import (
    EXCHANGE,
    GUIDANCE,
    MENTOR,
    NOW,
    STUDY,
    VISIT,
    activities,
    drop,
    hold,
    manage,
    page,
    photos,
    secretaries,
    shown,
)
from tests.views.hands import out_of_reach, press, tap, words, write
from tests.views.names import nameless
from tests.views.test_clicks import Clicks, named, nav

__all__ = ["page", "photos", "secretaries", "shown"]  # fixtures
Settle = Callable[[], None]


@pytest.fixture
def clicks(shown: MainWindow, qapp: QApplication) -> Iterator[Clicks]:
    counter = Clicks()
    qapp.installEventFilter(counter)
    yield counter
    qapp.removeEventFilter(counter)


def click_cell(page: FourOnesPage, row: int, column: int) -> None:
    view = page.matrix.view
    place = view.visualRect(page.matrix.model.index(row, column)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def texts(page: FourOnesPage) -> list[list[str]]:
    model = page.matrix.model
    return [[model.text(row, column) for column in range(model.bar)] for row in range(model.rowCount())]


def choose(words: str) -> None:
    """A line of the open menu."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def focus() -> object:
    return QApplication.focusWidget()


def typed(page: FourOnesPage) -> dict[str, str]:
    return {name: cell.text for name, cell in page.panel.fields.inputs.items()}


def test_an_activity_with_photos_takes_three_clicks_and_typing(
    shown: MainWindow,
    page: FourOnesPage,
    clicks: Clicks,
    photos: list[Path],
    secretaries: list[RosterRow],
    settle: Settle,
) -> None:
    shown.show_page("roster")
    press(nav(shown, "四个一"))
    click_cell(page, 0, 0)
    write(QApplication.focusWidget(), "谈班子建设")
    drop(page.panel, photos)
    settle()
    press(page.panel.save)

    (kept,) = activities(page.office)
    assert clicks.count == 3
    assert (kept.kind, kept.theme, kept.start, kept.speaker) == (
        EXCHANGE,
        "谈班子建设",
        NOW.isoformat(),
        MENTOR,
    )
    assert kept.division_code == secretaries[0].division.code
    assert [each.name for each in page.office.attachments.of("activity", kept.id, PHOTO)] == [
        "现场1.jpg",
        "现场2.jpg",
    ]
    assert texts(page)[0][0] == show_day(NOW.isoformat())
    assert not page.panel.isVisible()


def test_paragraphs_typed_into_the_form_are_kept_line_by_line(page: FourOnesPage) -> None:
    click_cell(page, 0, 0)
    content = page.panel.fields.inputs["content"]
    content.select()
    for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_B):
        tap(QApplication.focusWidget(), key)
    tap(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert focus() is page.panel.fields.inputs["effect"].editor

    QTest.keyClick(
        page.panel.fields.inputs["effect"].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )

    (kept,) = activities(page.office)
    assert kept.content == "a\n\nb"
    assert not page.panel.isVisible()


def test_one_undo_takes_back_the_activity_with_its_photos(
    shown: MainWindow, page: FourOnesPage, photos: list[Path], settle: Settle
) -> None:
    click_cell(page, 0, 0)
    drop(page.panel, photos)
    settle()
    press(page.panel.save)
    assert "登记活动：工作交流" in words(shown.toast)

    shown.undo()

    assert activities(page.office) == []
    assert texts(page)[0][0].startswith("未开展")


def test_an_activity_by_the_keyboard_alone(
    shown: MainWindow, page: FourOnesPage, clicks: Clicks, secretaries: list[RosterRow]
) -> None:
    tap(page.matrix.view, Qt.Key.Key_Down)
    tap(page.matrix.view, Qt.Key.Key_Right)
    tap(page.matrix.view, Qt.Key.Key_Space)
    write(QApplication.focusWidget(), "看阵地")
    tap(QApplication.focusWidget(), Qt.Key.Key_Return)

    (kept,) = activities(page.office)
    assert (kept.kind, kept.theme) == (GUIDANCE, "看阵地")
    assert kept.division_code == secretaries[1].division.code
    assert focus() is page.matrix.view
    assert clicks.count == 0


def test_a_date_opens_its_activity(page: FourOnesPage, secretaries: list[RosterRow]) -> None:
    key = hold(page.office, secretaries[0], STUDY)
    page.refresh()

    click_cell(page, 0, 2)

    assert page.panel.key == key
    assert page.panel.print.isVisible()


def test_of_several_activities_one_is_asked_for(page: FourOnesPage, secretaries: list[RosterRow]) -> None:
    hold(page.office, secretaries[0], STUDY, NOW - timedelta(days=1))
    latest = hold(page.office, secretaries[0], STUDY)
    page.refresh()

    click_cell(page, 0, 2)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text().partition(" ")[2] for action in menu.actions()] == ["已开展", "已开展", ""]
    menu.actions()[1].trigger()
    menu.close()

    assert page.panel.key == latest


def test_the_next_one_keeps_mentor_and_time_and_is_for_the_next_secretary_without(
    page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    hold(page.office, secretaries[1], EXCHANGE)
    page.refresh()
    click_cell(page, 0, 0)
    inputs = page.panel.fields.inputs
    inputs["theme"].set_text("集体谈话")
    inputs["speaker"].set_text("王部长")
    inputs["start"].set_text(f"{NOW:%Y.%m.%d} 09:00")

    press(page.panel.save_again)

    assert page.panel.isVisible()
    assert page.matrix.current == (2, 0)
    shown = typed(page)
    assert (shown["speaker"], shown["theme"]) == ("王部长", "集体谈话")
    assert shown["start"] == f"{NOW:%Y.%m.%d} 09:00"
    assert [each.name for each in page.panel.fields.people.people] == [secretaries[2].person.name]


def test_after_the_last_one_the_form_says_that_all_are_done(
    shown: MainWindow, page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    for row in secretaries[:2]:
        hold(page.office, row, EXCHANGE)
    page.refresh()
    click_cell(page, 2, 0)

    press(page.panel.save_again)

    assert not page.panel.isVisible()
    assert "都已登记" in words(shown.toast)


def test_a_day_ahead_is_a_plan_which_is_held_later(page: FourOnesPage) -> None:
    ahead = NOW + timedelta(days=1)
    click_cell(page, 0, 0)
    start = page.panel.fields.inputs["start"]
    start.select()
    write(QApplication.focusWidget(), f"{ahead:%Y.%m.%d}")
    tap(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert typed(page)["state"] == "计划"
    assert "记为“计划”" in words(page.panel)
    press(page.panel.save)
    (plan,) = activities(page.office)
    assert (plan.state, plan.start) == (PLANNED, ahead.isoformat())

    page.open_activity(plan.id)
    start.set_text(f"{NOW:%Y.%m.%d}")
    start.editor.editingFinished.emit()  # type: ignore[union-attr]  # a line of text
    press(page.panel.save)

    (held,) = activities(page.office)
    assert (held.state, held.start) == (HELD, NOW.isoformat())


def test_a_plan_whose_day_has_come_asks_what_became_of_it(
    page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    key = hold(page.office, secretaries[0], EXCHANGE)
    page.office.activities.set_cell(key, "state", "计划", NOW)

    page.open_activity(key)
    assert "开展了请改为“已开展”" in words(page.panel)
    page.panel.fields.inputs["state"].set_text("已开展")
    press(page.panel.save)

    assert activities(page.office)[0].state == HELD


def test_what_is_typed_is_not_lost_by_another_cell_or_page(
    shown: MainWindow, page: FourOnesPage, photos: list[Path], settle: Settle
) -> None:
    click_cell(page, 0, 0)
    write(QApplication.focusWidget(), "没写完")
    drop(page.panel, photos)
    click_cell(page, 1, 1)
    settle()
    assert typed(page)["theme"] == ""
    assert "没保存" in page.matrix.model.spoken(0, 0)

    shown.show_page("roster")
    shown.show_page("four_ones")
    click_cell(page, 0, 0)

    assert typed(page)["theme"] == "没写完"
    assert len(page.panel.fields.strip.list.findItems("", Qt.MatchFlag.MatchContains)) == 2
    assert page.panel.remainder.isVisible()

    press(page.panel.forget)
    assert typed(page)["theme"] == ""
    assert not page.panel.is_changed
    assert "没保存" not in page.matrix.model.spoken(1, 1)


def test_esc_closes_the_form_and_keeps_what_was_typed(page: FourOnesPage) -> None:
    click_cell(page, 0, 0)
    write(QApplication.focusWidget(), "没写完")
    tap(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not page.panel.isVisible()
    assert activities(page.office) == []

    tap(page.matrix.view, Qt.Key.Key_Return)

    assert typed(page)["theme"] == "没写完"


def test_closing_the_window_over_what_was_typed_asks_first(shown: MainWindow, page: FourOnesPage) -> None:
    click_cell(page, 0, 0)
    write(QApplication.focusWidget(), "没写完")
    page.panel.leave()
    shown.show_page("roster")

    shown.close()

    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "没保存的活动" in box.text()
    assert shown.isVisible()
    back = box.defaultButton()
    assert back.text() == "回去保存"
    press(back)
    assert shown.page is page
    click_cell(page, 0, 0)
    assert typed(page)["theme"] == "没写完"


def test_a_cell_with_a_date_and_an_unsaved_one_asks_which(
    page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    hold(page.office, secretaries[0], STUDY)
    page.refresh()
    page.start_in(0, 2)
    write(QApplication.focusWidget(), "第二次")
    page.panel.leave()

    click_cell(page, 0, 2)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()[1].text() == "接着填没保存的集中学习"
    menu.actions()[1].trigger()
    menu.close()

    assert typed(page)["theme"] == "第二次"


def test_papers_and_photos_are_told_apart(
    page: FourOnesPage, photos: list[Path], tmp_path: Path, settle: Settle
) -> None:
    paper = tmp_path / "签到表.pdf"
    paper.write_bytes(b"%PDF-1.4 invented")
    click_cell(page, 0, 0)
    drop(page.panel, [*photos, paper])
    assert not page.panel.save.isEnabled()  # while they are read
    settle()
    assert page.panel.save.isEnabled()
    press(page.panel.save)

    (kept,) = activities(page.office)
    assert [each.name for each in page.office.attachments.of("activity", kept.id, DOCUMENT)] == ["签到表.pdf"]
    assert len(page.office.attachments.of("activity", kept.id, PHOTO)) == 2


def test_files_dropped_on_a_cell_begin_its_activity(
    page: FourOnesPage, photos: list[Path], settle: Settle
) -> None:
    page.matrix.dropped.emit(1, 0, photos)
    settle()
    press(page.panel.save)

    (kept,) = activities(page.office)
    assert len(page.office.attachments.of("activity", kept.id, PHOTO)) == 2


def test_files_dropped_where_one_is_asked_for_wait_for_the_choice(
    page: FourOnesPage, secretaries: list[RosterRow], photos: list[Path], settle: Settle
) -> None:
    hold(page.office, secretaries[0], STUDY, NOW - timedelta(days=1))
    latest = hold(page.office, secretaries[0], STUDY)
    page.refresh()
    click_cell(page, 1, 0)

    page.matrix.dropped.emit(0, 2, photos)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    settle()
    assert not page.panel.is_changed  # the form that is open is of another secretary

    menu.actions()[1].trigger()
    menu.close()
    settle()
    assert page.panel.key == latest
    assert len(page.office.attachments.of("activity", latest, PHOTO)) == 2


def test_a_picture_pasted_on_a_cell_begins_its_activity(page: FourOnesPage, settle: Settle) -> None:
    page.matrix.go(1, 0)
    QGuiApplication.clipboard().setImage(QImage.fromData(photo(scene(1))))
    QTest.keyClick(page.matrix.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    press(page.panel.save)

    (kept,) = activities(page.office)
    assert len(page.office.attachments.of("activity", kept.id, PHOTO)) == 1


def test_people_are_picked_by_pinyin_ticked_off_and_typed(
    page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    click_cell(page, 0, 0)
    people = page.panel.fields.people
    people.line.setFocus()
    other = secretaries[1].person.name
    write(people.line, other)
    tap(people.line, Qt.Key.Key_Return)
    write(people.line, "王部长 市委组织部")
    tap(people.line, Qt.Key.Key_Return)
    assert "应到 3 人 · 实到 3 人" in words(people)

    people.chips.setFocus()
    people.chips.setCurrentRow(2)
    tap(people.chips, Qt.Key.Key_Space)
    assert "应到 3 人 · 实到 2 人" in words(people)
    press(page.panel.save)

    (kept,) = activities(page.office)
    attended = page.office.activities.attendances([kept.id])[kept.id]
    assert [(each.name, each.post, each.present) for each in attended][2] == ("王部长", "市委组织部", "0")
    assert {each.person_id for each in attended[:2]} == {row.person.id for row in secretaries[:2]}
    assert texts(page)[1][0] == show_day(NOW.isoformat())  # it counts for both


def test_a_name_half_typed_is_asked_for_before_saving(page: FourOnesPage) -> None:
    click_cell(page, 0, 0)
    write(page.panel.fields.people.line, "王部长")

    press(page.panel.save)

    assert activities(page.office) == []
    assert "“王部长”还没有选定" in words(page.panel)


def test_an_absent_secretary_is_pointed_out_and_saved_all_the_same(page: FourOnesPage) -> None:
    click_cell(page, 0, 0)
    people = page.panel.fields.people
    people.chips.setFocus()
    tap(people.chips, Qt.Key.Key_Space)
    assert "没有到场，不计入完成情况" in words(page.panel)

    press(page.panel.save)

    assert len(activities(page.office)) == 1
    assert texts(page)[0][0].startswith("未开展")


def test_guidance_asks_for_problems_and_a_wrong_deadline_is_said_there(page: FourOnesPage) -> None:
    click_cell(page, 0, 1)
    problems = page.panel.fields.problems
    press(problems.add)
    write(QApplication.focusWidget(), "记录不全")
    problems.blocks[0].inputs["due"].set_text("明年")
    press(page.panel.save)
    assert activities(page.office) == []
    assert problems.blocks[0].inputs["due"].words.isVisible()

    problems.blocks[0].inputs["due"].set_text(f"{NOW + timedelta(days=9):%Y.%m.%d}")
    press(page.panel.save)

    (problem,) = page.office.field_problems.records()
    assert (problem.problem, problem.due) == ("记录不全", (NOW + timedelta(days=9)).isoformat())


def test_each_kind_shows_what_it_asks_for(page: FourOnesPage) -> None:
    asked = {}
    for column in range(4):
        click_cell(page, 0, column)
        fields = page.panel.fields
        asked[column] = (fields.problems.isVisible(), fields.inputs["visited"].isVisible())

    assert list(asked.values()) == [(False, False), (True, False), (False, False), (False, True)]


def test_photos_of_a_kept_activity_are_kept_at_once(
    shown: MainWindow, page: FourOnesPage, secretaries: list[RosterRow], photos: list[Path], settle: Settle
) -> None:
    key = hold(page.office, secretaries[0], VISIT)
    page.open_activity(key)

    drop(page.panel, photos)
    settle()

    assert len(page.office.attachments.of("activity", key, PHOTO)) == 2
    assert not page.panel.is_changed
    assert "添加附件" in words(shown.toast)


def test_an_activity_that_is_undone_elsewhere_closes_its_form(
    shown: MainWindow, page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    page.open_activity(hold(page.office, secretaries[0], VISIT))

    shown.undo()

    assert not page.panel.isVisible()


def test_lists_kinds_and_units_narrow_the_matrix(page: FourOnesPage, secretaries: list[RosterRow]) -> None:
    press(page.bar.lists.chips["2"])
    assert [name.text for name in page.matrix.model.table.names] == [secretaries[1].person.name]

    page.take(Request(page=page.name, item=VISIT, unit=secretaries[1].division.code))
    assert [heading.label for heading in page.matrix.model.table.headings] == ["参观学习"]
    assert page.shown.total.wanted == (1,)


def test_who_has_left_the_post_is_pointed_out(page: FourOnesPage, secretaries: list[RosterRow]) -> None:
    office, row = page.office, secretaries[0]
    office.roster.end_terms([term.id for term in row.terms], NOW - timedelta(days=40), "调离")
    page.refresh()

    name = page.matrix.model.table.names[0]
    assert "已离任" in name.below
    assert "已离任" in name.spoken


def test_without_secretaries_the_page_leads_to_their_register(office: Office, qtbot: QtBot) -> None:
    page = FourOnesPage(office)
    qtbot.addWidget(page)
    page.show()
    assert "没有提级管理的书记" in words(page)
    with qtbot.waitSignal(page.asked) as asked:
        press(named(page, "登记提级书记"))
    assert asked.args[0].page == "managed_secretaries"


def test_paper_and_workbook_are_of_what_is_shown(
    shown: MainWindow, page: FourOnesPage, secretaries: list[RosterRow], tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.asked) as asked:
        press(page.print)
    request = asked.args[0]
    assert (request.page, request.ledger, request.period) == ("ledgers", "four-ones", str(page.bar.period))

    key = hold(page.office, secretaries[0], STUDY)
    shown.show_page(page.name)
    page.open_activity(key)
    with qtbot.waitSignal(page.asked) as asked:
        press(page.panel.print)
    assert (asked.args[0].ledger, asked.args[0].of) == ("activity", (key,))

    page.write(tmp_path / "四个一.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "四个一.xlsx"))
    lines = book.get_sheet_by_index(0).to_python()
    assert [line[2] for line in lines] == ["书记", *(row.person.name for row in secretaries)]
    totals = book.get_sheet_by_index(1).to_python()[-1]
    assert totals[:3] == ["合计", 3.0, 0.0]


@pytest.mark.parametrize("points", [10, 14])
def test_form_and_matrix_fit_have_names_and_are_reached(
    shown: MainWindow, page: FourOnesPage, points: int, qapp: QApplication, photos: list[Path], settle: Settle
) -> None:
    theme.install(qapp, points)
    try:
        click_cell(page, 0, 1)
        drop(page.panel, photos)
        press(page.panel.fields.problems.add)
        settle()
        qapp.processEvents()

        assert shown.width() == 1366
        right = page.panel.mapTo(shown, QPoint(page.panel.width(), 0)).x()
        assert right <= 1366
        assert page.panel.fields.horizontalScrollBar().maximum() == 0  # nothing is cut off
        assert nameless(page) == []
        page.panel.fields.begin()
        assert out_of_reach(page.panel) == []
    finally:
        theme.install(qapp, 10)


@pytest.mark.parametrize(("day", "said"), [((0, 12, 10), "还剩 21 天"), ((1, 1, 5), "已逾期")])
def test_what_is_missing_is_red_with_words_when_time_is_short(
    page: FourOnesPage, secretaries: list[RosterRow], day: tuple[int, int, int], said: str
) -> None:
    hold(page.office, secretaries[0], EXCHANGE)
    later, month, number = day
    page.today = NOW.replace(year=NOW.year + later, month=month, day=number)
    page.show_matrix()

    face = page.matrix.model.face(0, 1)
    assert face is not None
    assert (face.text, face.below, face.ink, face.surface) == ("未开展", said, "error", "error_surface")
    assert said in page.matrix.model.spoken(0, 1)
    done = page.matrix.model.face(0, 0)
    assert done is not None
    assert (done.below, done.ink) == ("", "ok")


def test_a_list_without_anybody_offers_to_clear_the_condition(
    page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    page.take(Request(page=page.name, unit=secretaries[0].division.code))
    press(page.bar.lists.chips["2"])
    assert "没有符合条件的书记" in words(page)

    press(named(page, "清除条件"))

    assert [name.text for name in page.matrix.model.table.names] == [secretaries[0].person.name]


def test_the_menus_of_a_kind_and_of_a_name(
    shown: MainWindow, page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    page.matrix.asked.emit(3, QPoint())
    choose("只看参观学习")
    assert [heading.label for heading in page.matrix.model.table.headings] == ["参观学习"]
    page.matrix.asked.emit(0, QPoint())
    choose("看全部类型")
    assert len(page.matrix.model.table.headings) == 4

    page.matrix.name_asked.emit(1, QPoint())
    choose(f"{secretaries[1].person.name}的提级管理")

    assert shown.page.name == "managed_secretaries"
    assert shown.page.header.scope.text().endswith("1 人")


def test_a_city_sees_each_township_and_goes_there(tmp_path: Path, qtbot: QtBot) -> None:
    with opened(tmp_path / "city", level="city", filled=True) as office:
        places = {row.division.parent for row in manage(office, 40)}
        page = FourOnesPage(office)
        qtbot.addWidget(page)
        page.show()
        assert len(places) > 1

        press(page.townships)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        name = menu.actions()[1].text().partition("：")[0]
        menu.actions()[1].trigger()
        menu.close()

        assert {row.subject.township for row in page.shown.rows} == {name}
        assert not page.townships.isVisible()


def test_who_counts_is_changed_by_the_menu_of_a_chip(page: FourOnesPage) -> None:
    click_cell(page, 0, 0)
    chips = page.panel.fields.people.chips
    chips.customContextMenuRequested.emit(QPoint(-9, -9))  # by the key for menus, it is asked for anywhere
    choose("不再计入本人的完成情况")
    assert "没有提级书记" in words(page.panel)

    press(page.panel.save)

    assert texts(page)[0][0].startswith("未开展")
    assert len(activities(page.office)) == 1


def test_an_earlier_period_can_be_asked_for(page: FourOnesPage) -> None:
    page.take(Request(page=page.name, period=str(NOW.year - 8)))

    assert page.bar.period == str(NOW.year - 8)
    assert "没有提级管理的书记" in words(page)


def test_cancelled_and_planned_activities_do_not_count(
    page: FourOnesPage, secretaries: list[RosterRow]
) -> None:
    key = hold(page.office, secretaries[0], STUDY)
    page.office.activities.set_cell(key, "state", "已取消", NOW)
    page.refresh()

    assert activities(page.office)[0].state == CANCELLED
    assert page.shown.total.done == (0, 0, 0, 0)
