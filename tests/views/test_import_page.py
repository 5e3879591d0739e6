"""The import page: from dropped files to a changed roster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop.models.registers.roster import RosterQuery
from desktop.models.workbooks.reading import read_sheets
from desktop.office import Office
from desktop.views.exchange.import_page import ImportPage, Step
from desktop.views.exchange.plan_lines import DOUBTFUL
from desktop.views.page import Request
from tests.offices import SAMPLES, TODAY, VILLAGE, member, workbook
from tests.views.hands import out_of_reach, press, tap, words, write_over_cell
from tests.views.names import nameless

Settle = Callable[[], None]
HEADINGS = ("村（社区）", "姓名", "性别", "出生年月", "学历", "职务", "任现职时间", "身份证号")
FIELDS = ("village", "name", "sex", "birth", "education", "posts", "post_since", "id_number")


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> ImportPage:
    page = ImportPage(office)
    qtbot.addWidget(page)
    page.resize(1180, 680)
    page.show()
    return page


def line(**others: str) -> tuple[str, ...]:
    typed = member(**{"village": "毕家塘村", **others})
    return tuple(typed[field] for field in FIELDS)


def roster(
    folder: Path, *lines: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, name: str = "花名册"
) -> Path:
    return workbook(folder / f"{name}.xlsx", headings, lines)


def drop(page: ImportPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    keys, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    page.drop_area.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def texts(page: ImportPage, tab: int) -> list[list[str]]:
    model = page.review.tab(tab).table.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in rows]


def step_of(page: ImportPage) -> Step:
    return page.step


def titles(page: ImportPage) -> list[str]:
    return [page.review.titles.tabText(index) for index in range(5)]


def people(office: Office) -> list[str]:
    keys = office.roster.keys(RosterQuery(on=TODAY))
    return [row.person.name for row in office.roster.rows(keys, TODAY)]


def test_a_dropped_roster_is_imported_with_one_click(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle
) -> None:
    drop(page, roster(tmp_path, line()))
    settle()
    assert step_of(page) is Step.REVIEW
    assert page.forward.text() == "确认导入 1 行"

    press(page.forward)
    settle()

    assert step_of(page) is Step.DONE
    assert people(office) == ["张建国"]


def test_a_workbook_of_another_unit_is_said_to_be_one_above_its_rows(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    drop(page, SAMPLES / "01-标准花名册.xlsx")  # the office is 东升镇
    settle()

    assert "表格里有 41 行的村（社区）不属于本单位，请先核对是不是拿错了表。" in words(page)

    drop(page, roster(tmp_path, line()))
    settle()
    assert "不属于本单位" not in words(page)


def test_several_files_are_read_at_once(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    one = roster(tmp_path, line(), name="毕家塘")
    other = roster(tmp_path, line(village="焦山河社区", name="李秀兰", sex="", id_number=""), name="焦山河")

    drop(page, one, other)
    settle()

    assert [row[0] for row in texts(page, 0)] == ["毕家塘.xlsx 花名册 第 2 行", "焦山河.xlsx 花名册 第 2 行"]


def test_a_column_nobody_knows_waits_to_be_told_and_is_remembered(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    headings = tuple("干什么的" if heading == "职务" else heading for heading in HEADINGS)
    file = roster(tmp_path, line(), headings=headings)
    drop(page, file)
    settle()
    assert step_of(page) is Step.MAPPING
    combo = page.mapping.combo(5)

    combo.setCurrentText("职务")
    combo.activated.emit(combo.currentIndex())
    press(page.forward)
    settle()
    assert step_of(page) is Step.REVIEW

    again = ImportPage(office)
    qtbot.addWidget(again)
    drop(again, file)
    settle()
    assert step_of(again) is Step.REVIEW


def test_recognised_columns_stay_within_reach(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    drop(page, roster(tmp_path, line()))
    settle()

    press(page.back)

    assert step_of(page) is Step.MAPPING
    assert page.mapping.combo(1).currentText() == "姓名"
    press(page.back)
    assert step_of(page) is Step.FILES
    press(page.steps.button(Step.REVIEW))
    assert step_of(page) is Step.REVIEW


def test_a_doubtful_cell_is_put_right_in_its_place(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    drop(page, roster(tmp_path, line(birth="1985.13", id_number="")))
    settle()
    assert titles(page) == ["新增 1", "修改 0", "未变 0", "有误 1", "名册有、表里没有 0"]
    [problem] = texts(page, DOUBTFUL)
    assert problem[3:6] == ["出生年月", "1985.13", "这一格不导入"]

    write_over_cell(page.review.tab(DOUBTFUL).table, "1985.12")
    qtbot.waitUntil(lambda: titles(page)[DOUBTFUL] == "有误 0")
    settle()
    press(page.forward)
    settle()

    [row] = office.roster.rows(office.roster.keys(RosterQuery(on=TODAY)), TODAY)
    assert row.person.birth == "1985-12"


def test_a_row_without_a_name_is_shown_and_not_imported(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle
) -> None:
    drop(page, roster(tmp_path, line(), line(name="", id_number="")))
    settle()

    [problem] = texts(page, DOUBTFUL)
    assert problem[0] == "第 3 行"
    assert problem[5] == "整行不导入"
    press(page.forward)
    settle()
    assert people(office) == ["张建国"]


def test_changes_stand_beside_what_they_replace(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle
) -> None:
    drop(page, roster(tmp_path, line()))
    settle()
    press(page.forward)
    settle()

    drop(page, roster(tmp_path, line(education="本科")))
    settle()

    assert texts(page, 1) == [["第 2 行", "毕家塘村", "张建国", "学历", "大专", "本科"]]


def test_the_same_file_again_changes_nothing(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    file = roster(tmp_path, line())
    drop(page, file)
    settle()
    press(page.forward)
    settle()

    drop(page, file)
    settle()

    assert titles(page)[:3] == ["新增 0", "修改 0", "未变 1"]
    assert page.forward.text() == "没有要导入的"
    assert not page.forward.isEnabled()


def test_people_who_are_not_in_the_file_are_listed_and_left(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle
) -> None:
    drop(page, roster(tmp_path, line(), line(name="李志强", posts="村委会委员", id_number="")))
    settle()
    press(page.forward)
    settle()

    drop(page, roster(tmp_path, line()))
    settle()

    assert [row[1] for row in texts(page, 4)] == ["李志强"]
    assert sorted(people(office)) == ["张建国", "李志强"]


def test_a_file_that_cannot_be_read_is_told_in_its_place(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(b"not a workbook at all")

    drop(page, file)
    settle()

    assert step_of(page) is Step.FILES
    assert "花名册.xlsx" in page.words.text()
    assert page.words.isVisible()
    assert page.drop_area.isEnabled()


def test_an_import_is_taken_back_from_the_last_step(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    drop(page, roster(tmp_path, line()))
    settle()
    press(page.forward)
    settle()

    with qtbot.waitSignal(page.undone):
        press(page.done.undo)

    assert people(office) == []
    assert not page.done.undo.isEnabled()


def test_refused_rows_are_saved_as_a_workbook_with_the_reasons(
    page: ImportPage, tmp_path: Path, settle: Settle
) -> None:
    drop(page, roster(tmp_path, line(), line(name="", id_number="")))
    settle()
    press(page.forward)
    settle()

    press(page.done.save)
    chooser = page.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "未导入的行.xlsx"))
    chooser.reject()

    [sheet] = list(read_sheets(tmp_path / "未导入的行.xlsx"))
    assert "原因" in sheet.rows[0]
    assert len(sheet.rows) == 2


def test_a_roster_that_moved_on_is_checked_again_before_anything_is_written(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle
) -> None:
    drop(page, roster(tmp_path, line()))
    settle()
    office.roster.add(VILLAGE, member(name="李志强", id_number="", phone=""), TODAY)

    press(page.forward)
    settle()

    assert step_of(page) is Step.REVIEW
    assert "又有改动" in page.words.text()
    assert people(office) == ["李志强"]
    press(page.forward)
    settle()
    assert step_of(page) is Step.DONE


def test_nothing_comes_between_an_import_and_its_end(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle
) -> None:
    drop(page, roster(tmp_path, line()))
    settle()

    press(page.forward)
    page.take(Request(page="import", files=(roster(tmp_path, line(name="李志强"), name="别的"),)))
    page.refresh()
    settle()

    assert page.step is Step.DONE
    assert people(office) == ["张建国"]


def test_reading_can_be_stopped(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    drop(page, roster(tmp_path, line()))

    press(page.busy.stop)
    settle()

    assert step_of(page) is Step.FILES
    assert page.drop_area.isEnabled()
    assert not page.busy.isVisible()


def test_files_dropped_on_another_page_are_read(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    page.take(Request(page="import", files=(roster(tmp_path, line()),)))
    settle()

    assert step_of(page) is Step.REVIEW


def test_the_whole_import_works_by_keyboard(
    page: ImportPage, office: Office, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    page.read_files([roster(tmp_path, line(birth="1985.13", id_number=""))])
    settle()

    write_over_cell(page.review.tab(DOUBTFUL).table, "1985.12")
    qtbot.waitUntil(lambda: titles(page)[DOUBTFUL] == "有误 0")
    settle()
    for _ in range(10):
        if QApplication.focusWidget() is page.forward:
            break
        tap(QApplication.focusWidget(), Qt.Key.Key_Tab)
    tap(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle()

    assert step_of(page) is Step.DONE
    assert QApplication.focusWidget() is page.done.roster


def test_a_clean_file_is_imported_with_one_key(
    page: ImportPage, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    page.read_files([roster(tmp_path, line())])
    settle()

    tap(QApplication.focusWidget(), Qt.Key.Key_Space)
    settle()

    assert step_of(page) is Step.DONE


def test_the_column_that_is_not_known_comes_into_sight_with_the_focus(
    page: ImportPage, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    headings = tuple("干什么的" if heading == "职务" else heading for heading in HEADINGS)
    page.resize(600, 680)
    page.read_files([roster(tmp_path, line(), headings=headings)])
    settle()

    combo = page.mapping.combo(5)
    assert QApplication.focusWidget() is combo
    assert page.mapping.rect().contains(combo.mapTo(page.mapping, combo.rect().center()))


def test_the_wheel_over_a_column_changes_no_choice(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    drop(page, roster(tmp_path, line()))
    settle()
    press(page.back)
    combo = page.mapping.combo(1)

    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(combo.mapToGlobal(QPointF(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, turn)

    assert combo.currentText() == "姓名"


def test_every_control_has_a_name(page: ImportPage, tmp_path: Path, settle: Settle) -> None:
    drop(page, roster(tmp_path, line(birth="1985.13", id_number="")))
    settle()
    press(page.back)
    assert nameless(page) == []


def test_the_tab_key_comes_by_every_control(
    page: ImportPage, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    assert out_of_reach(page) == []
    page.read_files([roster(tmp_path, line(birth="1985.13", id_number=""))])
    settle()
    assert out_of_reach(page) == []
    press(page.back)
    assert out_of_reach(page) == []
    press(page.forward)
    press(page.forward)
    settle()
    assert out_of_reach(page) == []
