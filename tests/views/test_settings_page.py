"""The settings page, section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.models.domain.posts import PartyForm
from desktop.models.rules.coverage import Base
from desktop.models.services.backup import restore
from desktop.models.services.settings import FONT_SIZES
from desktop.office import Office
from desktop.views import theme
from desktop.views.register.page import RosterPage
from desktop.views.settings.about_section import AboutSection
from desktop.views.settings.backup_section import BackupSection
from desktop.views.settings.display_section import DisplaySection
from desktop.views.settings.divisions_section import DivisionsSection
from desktop.views.settings.history_section import HistorySection
from desktop.views.settings.new_division import NewDivision
from desktop.views.settings.password_section import PasswordSection
from desktop.views.settings.restore_dialog import RestoreDialog
from desktop.views.settings.section import Section
from desktop.views.settings.sector_section import SectorSection
from desktop.views.settings.settings_page import SettingsPage
from desktop.views.settings.unit_section import UnitSection
from tests.offices import PASSWORD, TODAY, VILLAGE, member, opened, workbook
from tests.views.hands import out_of_reach, press, tap, words, write
from tests.views.names import nameless
from tests.views.windows import shown_window

S = TypeVar("S", bound=Section)
Settle = Callable[[], None]
GOOD = "一句自己记得住的话"


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(office)
    qtbot.addWidget(page)
    page.resize(1180, 680)
    page.show()
    return page


def show(page: SettingsPage, kind: type[S]) -> S:
    section = page.show_section(kind)
    assert isinstance(section, kind)
    return section


def rows(section: HistorySection | BackupSection, column: int) -> list[str]:
    table = section.lines if isinstance(section, HistorySection) else section.table
    items = (table.item(row, column) for row in range(table.rowCount()))
    return [item.text() for item in items if item is not None]


def village_cell(section: DivisionsSection, field: str, code: str = VILLAGE) -> QModelIndex:
    columns = ("name", "kind", "aliases", "approved_posts", "party_form", "code")
    return section.model.index(section.model.row_of(code), columns.index(field))


def test_signature_and_operator_are_kept_when_their_fields_are_left(
    page: SettingsPage, office: Office
) -> None:
    section = show(page, UnitSection)
    write(section.signature, "中共东升镇委员会")
    tap(section.signature, Qt.Key.Key_Return)
    write(section.operator, "王小芳")
    tap(section.operator, Qt.Key.Key_Return)

    assert office.settings.signature == "中共东升镇委员会"
    office.roster.add(VILLAGE, member(), TODAY)
    assert office.history.recent(1)[0].operator == "王小芳"


def test_the_word_for_the_new_sector_and_its_department_are_chosen_or_typed(
    page: SettingsPage, office: Office
) -> None:
    section = show(page, SectorSection)
    assert (section.word.currentText(), section.department.currentText()) == ("两新", "市委社会工作部")

    tap(section.word, Qt.Key.Key_Down)
    tap(section.word, Qt.Key.Key_Return)
    assert office.settings.worded("两新组织台账") == "三新组织台账"
    department = section.department.lineEdit()
    assert department is not None
    department.selectAll()
    write(department, "市委两新工委")
    tap(department, Qt.Key.Key_Return)
    assert office.settings.sector_department == "市委两新工委"

    word = section.word.lineEdit()
    assert word is not None
    word.clear()
    tap(word, Qt.Key.Key_Return)
    assert (office.settings.sector_word, section.word.currentText()) == ("两新", "两新")


def test_the_base_of_rates_is_chosen_and_the_change_can_be_undone(
    page: SettingsPage, office: Office, qtbot: QtBot
) -> None:
    section = show(page, SectorSection)
    assert section.base.currentText() == "全部法人户"

    with qtbot.waitSignal(page.changed) as changed:
        tap(section.base, Qt.Key.Key_Down)
    assert changed.args == ["覆盖率统计范围已改为规上单位"]
    assert office.new_sector.base is Base.ABOVE_SCALE

    office.history.undo()
    page.refresh()
    assert section.base.currentText() == "全部法人户"


def test_a_village_is_renamed_in_place_and_the_change_can_be_undone(
    page: SettingsPage, office: Office, qtbot: QtBot
) -> None:
    section = show(page, DivisionsSection)

    with qtbot.waitSignal(page.changed):
        section.model.setData(village_cell(section, "name"), "毕家新村委会")

    assert office.divisions.get(VILLAGE).short_name == "毕家新村"
    office.history.undo()
    page.refresh()
    assert section.model.division(section.model.row_of(VILLAGE)).short_name == "毕家塘村"


def test_aliases_posts_and_party_form_are_edited(page: SettingsPage, office: Office) -> None:
    section = show(page, DivisionsSection)

    section.model.setData(village_cell(section, "aliases"), "毕塘、毕家")
    section.model.setData(village_cell(section, "approved_posts"), "5")
    section.model.setData(village_cell(section, "party_form"), "党总支")

    village = office.divisions.get(VILLAGE)
    assert village.aliases.splitlines() == ["毕塘", "毕家"]
    assert village.approved_posts == 5
    assert village.party_form == PartyForm.GENERAL_BRANCH


def test_a_number_of_posts_that_is_no_number_is_refused_in_words(page: SettingsPage, qtbot: QtBot) -> None:
    section = show(page, DivisionsSection)

    with qtbot.waitSignal(section.model.refused) as refused:
        section.model.setData(village_cell(section, "approved_posts"), "五")

    assert "不是数" in refused.args[0]
    box = section.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    box.reject()


def test_a_village_moves_up(page: SettingsPage, office: Office) -> None:
    section = show(page, DivisionsSection)
    before = section.model.row_of(VILLAGE)
    section.table.setCurrentIndex(village_cell(section, "name"))

    press(section.up)

    assert section.model.row_of(VILLAGE) == before - 1
    assert section.table.currentIndex().row() == before - 1


def test_a_village_is_added_with_a_free_code(page: SettingsPage, office: Office) -> None:
    section = show(page, DivisionsSection)
    press(section.add)
    dialog = section.findChild(NewDivision)
    assert isinstance(dialog, NewDivision)
    write(dialog.name, "新桥村委会")
    code = dialog.code.text()

    dialog.accept()

    assert office.divisions.get(code).short_name == "新桥村"
    assert section.model.division(section.table.currentIndex().row()).code == code


def test_another_citys_list_is_loaded(
    page: SettingsPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    section = show(page, DivisionsSection)
    lines = [
        ("421087000000", "松滋市", ""),
        ("421087100000", "新江口镇", "421087000000"),
        ("421087100200", "木天河村委会", "421087100000"),
    ]
    file = workbook(tmp_path / "区划.xlsx", ("区划代码", "名称", "上级代码"), lines)

    with qtbot.waitSignal(page.changed):
        section.load_workbook(str(file))

    assert office.divisions.get("421087100200").short_name == "木天河村"


def test_the_table_of_villages_is_a_sound_model(page: SettingsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(show(page, DivisionsSection).model)  # type: ignore[no-untyped-call]  # pytest-qt's


def test_the_password_is_changed_with_the_present_one(
    page: SettingsPage, office: Office, settle: Settle
) -> None:
    section = show(page, PasswordSection)
    write(section.present, "wrong password")
    for field in (section.password.first, section.password.second):
        write(field, GOOD)
    press(section.change)
    settle()
    assert "密码不对" in words(section)

    section.present.clear()
    write(section.present, PASSWORD)
    press(section.change)
    settle()

    assert "密码已换" in words(section)
    office.change_password(GOOD, PASSWORD)  # the new one is right


def test_a_new_recovery_code_is_shown_once(page: SettingsPage, settle: Settle) -> None:
    section = show(page, PasswordSection)
    write(section.present, PASSWORD)

    press(section.renew)
    settle()

    assert section.recovery.isVisible()
    assert len(section.recovery.code) == 34
    show(page, DisplaySection)
    assert not show(page, PasswordSection).recovery.isVisible()


def test_a_backup_is_made_and_listed(
    page: SettingsPage, office: Office, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    section = show(page, BackupSection)
    assert "没有设置" in words(section)
    section.folder.show_path(tmp_path)
    section.folder.settled.emit()

    with qtbot.waitSignal(page.noted):
        press(section.back_up)
    settle()

    assert rows(section, 1) == ["手动备份"]
    assert rows(section, 4) == ["完好"]
    assert rows(section, 5)[0].startswith(str(tmp_path))


def test_a_backup_disk_that_is_not_there_is_said_plainly(
    page: SettingsPage, office: Office, settle: Settle, tmp_path: Path
) -> None:
    office.settings.backup_folder = tmp_path / "no disk"
    section = show(page, BackupSection)
    page.activate()
    assert "备份盘不在" in words(section)

    press(section.back_up)
    settle()

    assert "存在了本机" in words(section)
    assert rows(section, 5)[0].startswith("本机")


def test_restoring_shows_what_differs_and_asks_for_the_password(
    page: SettingsPage, office: Office, settle: Settle, qtbot: QtBot
) -> None:
    section = show(page, BackupSection)
    press(section.back_up)
    settle()
    office.roster.add(VILLAGE, member(), TODAY)
    press(section.restore)
    dialog = section.findChild(RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert "少 1" in words(dialog)
    assert not dialog.ok.isEnabled()

    write(dialog.password, PASSWORD)
    with qtbot.waitSignal(page.restore_wanted) as wanted:
        press(dialog.ok)

    folder = office.folder
    office.release()
    restored = wanted.args[0].restore_to(folder)
    assert restored.backups.present().people == 0
    restored.release()


def test_a_backup_of_another_unit_is_said_to_be_one_before_it_is_restored(
    page: SettingsPage, office: Office, tmp_path: Path
) -> None:
    section = show(page, BackupSection)
    with opened(tmp_path / "市里", level="city") as city:
        theirs, own = city.backups.backup_now("").path, office.backups.backup_now("").path
    damaged = tmp_path / "半份.tybak"
    damaged.write_bytes(theirs.read_bytes()[:5000] if theirs else b"")

    said = []
    for file in (theirs, own, damaged):
        section._confirm_file(str(file))
        for dialog in section.findChildren(RestoreDialog):
            said.append("可能是别的单位的" in "".join(each.text() for each in shown_labels(dialog)))
            dialog.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert said == [True, False]
    box = section.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert damaged.name in box.text()


def shown_labels(dialog: RestoreDialog) -> list[QLabel]:
    return [label for label in dialog.findChildren(QLabel) if label.isVisible()]


def test_restoring_says_whose_data_it_brought(office: Office, tmp_path: Path) -> None:
    file = office.backups.backup_now("").path
    assert file is not None

    restored = restore(file, tmp_path / "另一台", PASSWORD)

    assert f"已恢复{office.unit.name}的备份" in restored.words


@pytest.fixture
def usual_size(qapp: QApplication) -> Iterator[None]:
    yield
    theme.install(qapp, FONT_SIZES[0])


@pytest.mark.usefixtures("usual_size")
def test_larger_type_shows_at_once(page: SettingsPage, office: Office, qapp: QApplication) -> None:
    section = show(page, DisplaySection)

    section.sizes.button(14).click()

    assert qapp.font().pointSize() == 14
    assert office.settings.font_size == 14


def test_any_change_is_taken_back_from_the_history(page: SettingsPage, office: Office, qtbot: QtBot) -> None:
    office.roster.add(VILLAGE, member(), TODAY)
    office.roster.add(VILLAGE, member(name="李志强", id_number="", phone=""), TODAY)
    section = show(page, HistorySection)
    section.lines.setCurrentCell(1, 0)
    details = [section.details.item(row, 0) for row in range(section.details.rowCount())]
    assert "张建国" in {item.text() for item in details if item is not None}

    with qtbot.waitSignal(page.undone):
        press(section.undo)

    assert office.backups.present().people == 1
    assert rows(section, 2)[0].startswith("撤销")


def test_every_use_of_whole_numbers_is_told_and_only_read(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    office.settings.operator = "王小芳"
    office.roster.add(VILLAGE, member(), TODAY)
    with shown_window(office, qtbot, "settings") as window:
        page = window.show_page("settings")
        assert isinstance(page, SettingsPage)
        section = show(page, HistorySection)
        section.tabs.tabBar().setFocus()
        tap(section.tabs.tabBar(), Qt.Key.Key_Right)
        assert section.uses.isVisible()
        assert section.uses.rowCount() == 0
        assert section.uses_words.text().startswith("还没有用过完整的号码。")

        roster = window.show_page("roster")
        assert isinstance(roster, RosterPage)
        roster.exporting.export(tmp_path / "masked.xlsx")
        roster.exporting.export(tmp_path / "whole.xlsx", "上级检查")
        window.show_page("settings")

        used = [section.uses.item(0, column) for column in range(1, section.uses.columnCount())]
        assert [item.text() for item in used if item is not None] == [
            "王小芳", "上级检查", "1", "导出花名册 whole.xlsx",
        ]  # fmt: skip
        assert section.uses.rowCount() == 1
        assert not section.uses_words.text().startswith("还没有")
        assert section.uses.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
        assert not section.undo.isVisible()


def test_the_licences_of_what_is_shipped_are_to_be_read(page: SettingsPage) -> None:
    section = show(page, AboutSection)
    names = [section.names.item(row).text() for row in range(section.names.count())]

    assert {"LGPL-3", "OFL-NotoSansSC"} <= set(names)
    section.names.setCurrentRow(names.index("LGPL-3"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in section.text.toPlainText()


def test_every_control_of_the_settings_has_a_name(page: SettingsPage) -> None:
    for row in range(page.sections.count()):
        page.sections.setCurrentRow(row)
        assert nameless(page) == [], page.section.title


def test_the_tab_key_comes_by_every_control(page: SettingsPage, qtbot: QtBot) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    for row in range(page.sections.count()):
        page.sections.setCurrentRow(row)
        page.sections.setFocus()
        assert out_of_reach(page) == [], page.section.title
