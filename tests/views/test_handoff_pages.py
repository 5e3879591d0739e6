"""The hand-off by the windows: two offices in two folders, real files on a folder in the place of a stick."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QDate
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from desktop.models.database.records import Records
from desktop.models.handoff.trust import KeyStatus
from desktop.models.registers.checklist import Assessment, AssessmentItem
from desktop.models.registers.person import Person
from desktop.models.registers.remark import Remark
from desktop.models.registers.schemes import SchemeItem
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.drives import Drive
from desktop.models.services.handoff_keys import Standing
from desktop.models.services.handoff_log import SentStatus
from desktop.office import Office
from desktop.views.checklist.page import ChecklistPage
from desktop.views.handoff import target
from desktop.views.handoff.asking import AskText
from desktop.views.handoff.merging_page import MergingPage
from desktop.views.handoff.page import HandoffPage
from desktop.views.handoff.preview import Preview
from desktop.views.handoff.trust_page import TrustPage
from desktop.views.main_window import MainWindow
from desktop.views.settings.divisions_section import DivisionsSection
from desktop.views.settings.settings_page import SettingsPage
from faults.townships import make_row
from tests.enrolled import NOW, Offices, two_offices
from tests.handoffs import OTHER_TOWNSHIP, city_with
from tests.offices import TOWNSHIP, opened, whole_office
from tests.views.hands import out_of_reach, press, words, write
from tests.views.names import nameless
from tests.views.test_clicks import Clicks
from tests.views.windows import shown_window

Settle = Callable[[], None]


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with two_offices(tmp_path) as offices:
        yield offices


@pytest.fixture
def stick(offices: Offices, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system calls a stick for as long as it is there."""
    plug_in(offices.stick, monkeypatch)
    return offices.stick


def plug_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *, read_only: bool = False) -> None:
    drive = Drive(
        root=folder,
        device="",
        label="KINGSTON",
        serial="A1",
        file_system="FAT32",
        free=11 << 30,
        size=16 << 30,
        read_only=read_only,
    )
    monkeypatch.setattr(target, "removable_drives", lambda: (drive,) if folder.exists() else ())


@contextmanager
def shown(office: Office, qtbot: QtBot, settle: Settle) -> Iterator[MainWindow]:
    with shown_window(office, qtbot) as window:
        settle()
        yield window


def town_page(window: MainWindow, settle: Settle) -> HandoffPage:
    page = window.show_page("handoff")
    assert isinstance(page, HandoffPage)
    settle()
    return page


def city_page(window: MainWindow, settle: Settle) -> MergingPage:
    page = window.show_page("merging")
    assert isinstance(page, MergingPage)
    settle()
    return page


def trust_page(window: MainWindow, settle: Settle) -> TrustPage:
    page = window.show_page("handoff_trust")
    assert isinstance(page, TrustPage)
    settle()
    return page


def answer(page: HandoffPage | MergingPage | TrustPage, text: str) -> None:
    """Type into the dialog in front and do the deed."""
    dialog = page.findChildren(AskText)[-1]
    write(dialog.edit, text)
    press(dialog.deed)


def box() -> QMessageBox:
    """The message in front."""
    found = [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMessageBox) and each.isVisible()
    ]
    return found[-1]


def yes(deed: str) -> None:
    """Press a message's button."""
    press(next(each for each in box().findChildren(QPushButton) if each.text() == deed))


def somebody(office: Office) -> Person:
    return Records(office._store).select(Person)[0]


def cell(table: QTableWidget, row: int, column: int) -> str:
    item = table.item(row, column)
    assert item is not None
    return item.text()


def files_of(folder: Path, kind: str) -> list[Path]:
    return sorted(folder.glob(f"*{kind}*.tybs"))


def test_only_the_pages_of_the_office_stand_in_the_window(
    offices: Offices, qtbot: QtBot, settle: Settle
) -> None:
    with shown(offices.town, qtbot, settle) as town:
        assert grouped(town) == ["handoff"]
    with shown(offices.city, qtbot, settle) as city:
        assert grouped(city) == ["merging", "handoff_trust", "rally"]


def grouped(window: MainWindow) -> list[str]:
    return [kind.name for kind in window.kinds if kind.group == "报送汇总"]


def test_first_use_leads_by_two_steps_and_two_telephone_calls_to_the_first_package(
    tmp_path: Path, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    plug_in(stick, monkeypatch)
    with (
        opened(tmp_path / "town", filled=True) as town,
        opened(tmp_path / "city", level="city") as city,
        shown(town, qtbot, settle) as town_window,
    ):
        page = town_page(town_window, settle)
        assert page.road.isVisible()
        assert not page.card.isVisible()
        press(page.road.enrol)
        settle()
        digits = page.road.fingerprint.text()
        assert digits == town.handoff.keys.me.fingerprint

        with shown(city, qtbot, settle) as city_window:
            trust = trust_page(city_window, settle)
            press(trust.make)
            trust.files.given.emit(files_of(stick, "登记文件"))
            settle()
            answer(trust, "1111 2222 3333")
            assert "没有采用：输入的数字 1111 2222 3333 与东升镇文件里的密钥对不上" in box().text()
            assert digits not in box().text()
            assert trust.table.rowCount() == 0
            box().close()
            trust.files.given.emit(files_of(stick, "登记文件"))
            settle()
            answer(trust, digits)
            assert cell(trust.table, 0, 2) == "在用"
            press(trust.root)
            settle()
            heard = trust.fingerprint.text()

        page.files.given.emit(files_of(stick, "信任文件"))
        settle()
        answer(page, heard)
        settle()

        assert town.handoff.keys.standing is Standing.ACTIVE
        assert not page.road.isVisible()
        assert page.card.isVisible()
        assert page.card.write.isEnabled()


def test_a_package_is_two_clicks_away(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle, qapp: QApplication
) -> None:
    with shown(offices.town, qtbot, settle) as window:
        counter = Clicks()
        qapp.installEventFilter(counter)
        place = next(
            button for button in window.navigation.findChildren(QPushButton) if "报送" in button.text()
        )
        press(place)
        settle()
        page = window.page
        assert isinstance(page, HandoffPage)
        press(page.card.write)
        settle()
        qapp.removeEventFilter(counter)

        assert counter.count == 2
        (sent,) = offices.town.handoff.sending.log.all()
        assert sent.status is SentStatus.WRITTEN
        assert [path.name for path in stick.iterdir()] == [sent.file]
        assert "已写出并读回核对：第 1 号" in page.card.written.text()
        assert cell(page.log, 0, 4) == "已写出"


def test_the_round_trip_by_the_windows_ends_with_a_receipt_and_an_opened_remark(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    with shown(offices.town, qtbot, settle) as town_window:
        page = town_page(town_window, settle)
        press(page.card.write)
        settle()
        with shown(offices.city, qtbot, settle) as city_window:
            city = city_page(city_window, settle)
            city.files.given.emit(files_of(stick, "报送包"))
            settle()
            assert "核对无误" in cell(city.queue, 0, 3)
            assert city.preview.rows.topLevelItemCount() > 1
            press(city.merge)
            settle()
            assert "已合并" in city.words.text()
            person = somebody(offices.city)
            city.preview.remark_wanted.emit("person", person.id, "phone")
            answer(city, "电话少一位，请核对")
            press(city.receipt)
            settle()
            code = city.codes.text()
        page.files.given.emit(files_of(stick, "回执"))
        settle()

        assert code.endswith(page.check_code.text())
        assert len(page.check_code.text()) == 7
        assert cell(page.log, 0, 4) == "有退回"
        assert cell(page.remarks.table, 0, 3) == "电话少一位，请核对"
        with qtbot.waitSignal(page.asked) as asked:
            press(page.remarks.open_record)
        assert (asked.args[0].page, asked.args[0].person) == ("person", person.id)
        press(page.remarks.mark_done)
        assert cell(page.remarks.table, 0, 0) == f"已办 {date.today():%m.%d}"


def test_a_remark_opens_what_it_is_about_wherever_that_is_put_right(
    tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    with whole_office(tmp_path / "office") as office:
        records, unit = Records(office._store), office.unit.code
        person, village = records.select(Person)[0], office.divisions.under(unit)[1]
        paper = tmp_path / "任命文件.pdf"
        paper.write_bytes(b"%PDF-1.4")
        (added,) = office.attachments.add("person", person.id, [paper])
        term, assessment = records.select(TermOfOffice)[0], records.select(Assessment)[-1]
        cell_of = records.select(AssessmentItem, assessment_id=assessment.id)[0]
        code = records.get(SchemeItem, cell_of.item_id).code
        with office._store.change("提退回意见"):
            records.insert_many(
                remark(unit, register, key, f"意见{number}")
                for number, (register, key) in enumerate(
                    (
                        ("attachment", added.attachment.id),
                        ("term", term.id),
                        ("division", village.code),
                        ("assessment_item", cell_of.id),
                        ("assessment", assessment.id),
                        ("term", "gone"),
                    )
                )
            )
        opened_as: list[tuple[object, ...]] = []
        with shown(office, qtbot, settle) as window:
            page = town_page(window, settle)
            page.asked.connect(lambda r: opened_as.append((r.page, r.person, r.unit, r.of, r.period, r.item)))
            for number in range(6):
                town_page(window, settle)
                table = page.remarks.table
                row = next(row for row in range(6) if cell(table, row, 3) == f"意见{number}")
                table.setCurrentCell(row, 0)
                press(page.remarks.open_record)
                settle()
                if number == 2:
                    settings = window.page
                    assert isinstance(settings, SettingsPage)
                    section = settings.section
                    assert isinstance(section, DivisionsSection)
                    assert section.model.division(section.table.currentIndex().row()) == village
                if number == 3:
                    checklist = window.page
                    assert isinstance(checklist, ChecklistPage)
                    row, column = checklist.matrix.current or (-1, -1)
                    assert checklist.shown.rows[row].branch.id == assessment.branch_id
                    assert checklist.shown.columns[column].code == code
            gone = box().text()

        assert opened_as == [
            ("person", person.id, None, (), None, None),
            ("person", term.person_id, None, (), None, None),
            ("settings", None, village.code, (), None, None),
            ("checklist", None, None, (assessment.branch_id,), assessment.period, code),
            ("checklist", None, None, (assessment.branch_id,), assessment.period, None),
        ]
        assert "可能已经删除。不用再改的，请标为已办" in gone


def remark(unit: str, register: str, key: str, text: str) -> Remark:
    return Remark(
        id=text, unit=unit, register=register, row_id=key, text=text, by="市里", made="2026-11-24T06:00:00Z"
    )


def test_what_a_township_has_dealt_with_comes_to_the_city_with_its_next_package(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    first = offices.merge(offices.pack())
    people = Records(offices.town._store).select(Person)
    for person, text in zip(people, ("电话少一位", "学历不对"), strict=False):
        offices.remark(person.id, None, text)
    town = offices.town.handoff
    town.receipts.take(town.verify(offices.receipt(first).path))
    with shown(offices.town, qtbot, settle) as window:
        page = town_page(window, settle)
        table = page.remarks.table
        table.setCurrentCell(next(row for row in range(2) if cell(table, row, 3) == "电话少一位"), 0)
        press(page.remarks.mark_done)
        settle()
        doubts = page.card.doubts.text()
        press(page.card.write)
        settle()
    sent = town.sending.log.all()[-1]
    with shown(offices.city, qtbot, settle) as window:
        city = city_page(window, settle)
        marks = [cell(city.board.table, row, 3) for row in range(city.board.table.rowCount())]
        city.files.given.emit([stick / sent.file])
        settle()
        press(city.merge)
        settle()
        told = city.words.text()
        table = city.remarks.table
        lines = {cell(table, row, 4): (cell(table, row, 0), cell(table, row, 1)) for row in range(2)}
        tab = city.tabs.tabText(2)
        table.setCurrentCell(next(row for row in range(2) if cell(table, row, 4) == "电话少一位"), 0)
        press(city.remarks.ask_again)
        settle()
        again = city.tabs.tabText(2)

        assert "还有 1 条退回意见没有标为已办" in doubts
        assert [each for each in marks if each] == ["退回意见 2 条待办"]
        assert "退回意见已办 1 条" in told
        assert lines == {
            "电话少一位": ("东升镇", f"已办 {date.today():%m.%d}"),
            "学历不对": ("东升镇", "待办"),
        }
        assert (tab, again) == ("退回意见 1", "退回意见 2")


def test_merging_without_conflicts_is_three_clicks_and_is_taken_back_whole(
    offices: Offices,
    stick: Path,
    qtbot: QtBot,
    settle: Settle,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    offices.pack()
    before = len(Records(offices.city._store).select(Person))
    with shown(offices.city, qtbot, settle) as window:
        counter = Clicks()
        qapp.installEventFilter(counter)
        place = next(
            button for button in window.navigation.findChildren(QPushButton) if "报送" in button.text()
        )
        press(place)
        settle()
        page = window.page
        assert isinstance(page, MergingPage)
        page.files.given.emit(files_of(stick, "报送包"))  # dropped
        settle()
        press(page.merge)
        settle()
        qapp.removeEventFilter(counter)
        merged = len(Records(offices.city._store).select(Person))
        shown_files: list[str] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown_files.append(url.fileName()))
        page.save_report(str(tmp_path / "report.pdf"))
        settle()
        press(page.undo)
        settle()

        assert counter.count == 2  # and the drop
        assert shown_files == ["report.pdf"]
        assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
        assert merged > before
        assert len(Records(offices.city._store).select(Person)) == before
        assert "已撤销本次合并" in page.words.text()


def test_a_package_that_removes_much_is_merged_only_after_it_was_asked_about(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    offices.merge(offices.pack())
    records = Records(offices.town._store)
    terms = records.select(TermOfOffice)
    with offices.town._store.change("删去"):
        records.delete(TermOfOffice, [term.id for term in terms[: len(terms) // 2]])
    sent = offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit([stick / sent.file])
        settle()
        press(page.merge)
        settle()
        question, told = box().text(), box().informativeText()
        default = box().defaultButton()
        assert default is not None
        assert default.text() == "取消"  # Enter twice deletes nothing
        yes("取消")
        settle()
        held = len(Records(offices.city._store).select(TermOfOffice))
        press(page.merge)
        settle()
        yes("已电话核实，删除并合并")
        settle()

    assert "大量删除" in question
    assert "东升镇" in told
    assert f"任职 {len(terms) // 2} 条" in told
    assert held == len(terms)
    assert len(Records(offices.city._store).select(TermOfOffice)) == len(terms) - len(terms) // 2


def test_a_package_after_a_gap_is_merged_only_when_a_person_has_confirmed_it(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    offices.merge(offices.pack())
    offices.pack()  # never arrives
    late = offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit([stick / late.file])
        settle()
        asked, before = cell(page.queue, 0, 3), page.merge.isEnabled()
        press(page.confirm)
        settle()
        confirmed = cell(page.queue, 0, 3)
        press(page.merge)
        settle()
        (line,) = (each for each in offices.city.handoff.city.board(date.today()) if each.last)

        assert "前面有报送包没有收到" in asked
        assert not before
        assert "核对无误" in confirmed
        assert not page.confirm.isVisible()
        assert (line.last and line.last.number, line.lost) == (3, (2,))
        marks = [cell(page.board.table, row, 3) for row in range(page.board.table.rowCount())]
        assert [mark for mark in marks if mark] == ["没收到第 2 号（不用补）"]


def test_a_round_that_was_asked_for_stands_there_when_the_page_is_opened_again(
    offices: Offices, qtbot: QtBot, settle: Settle
) -> None:
    with shown(offices.city, qtbot, settle) as window:
        board = city_page(window, settle).board
        before = board.none.isVisibleTo(board)
        board.since.setDate(QDate(2026, 9, 1))
        board.deadline.setDate(QDate(2026, 9, 30))
        press(board.round)

    with shown(offices.city, qtbot, settle) as window:
        board = city_page(window, settle).board
        days = [edit.date() for edit in (board.since, board.deadline)]
        states = {cell(board.table, row, 1) for row in range(board.table.rowCount())}
        after = board.none.isVisibleTo(board)
        board.deadline.setDate(QDate(2026, 10, 8))  # not asked for yet
        city_page(window, settle).refresh()
        chosen = board.deadline.date()

    assert (before, after) == (True, False)
    assert chosen == QDate(2026, 10, 8)
    assert days == [QDate(2026, 9, 1), QDate(2026, 9, 30)]
    assert states == {"逾期未报"}


def test_two_packages_of_one_township_are_planned_in_the_order_of_their_numbers_and_merged_by_one_press(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    first = offices.pack()
    someone = somebody(offices.town)
    with offices.town._store.change("改备注"):
        Records(offices.town._store).update(Person, someone.id, remarks="第二次写的")
    second = offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit([stick / second.file])  # dropped first, so something is missing before it
        settle()
        alone = cell(page.queue, 0, 3)
        page.files.given.emit([stick / first.file])
        settle()
        lines = [[cell(page.queue, row, column) for column in (1, 3)] for row in range(2)]
        page.queue.setCurrentCell(1, 0)
        only = page.preview.rows.topLevelItem(0)
        previewed = page.preview.rows.topLevelItemCount(), only and only.text(4)
        deed = page.merge.text()
        press(page.merge)
        settle()
        told = page.words.text().splitlines()
        backups = [backup.reason for backup in offices.city.backups.all()]
        press(page.receipt)
        settle()

        assert "前面有报送包没有收到" in alone
        assert lines[0][0] == "第 1 号"
        assert "核对无误。新增" in lines[0][1]
        assert lines[1] == ["第 2 号", "核对无误，接在第 1 号后面合并。修改 1"]
        assert previewed == (1, "第二次写的")
        assert deed == "合并 2 个包"
        assert told[0].startswith("✓ 东升镇第 1 号：已合并：新增")
        assert told[1] == "✓ 东升镇第 2 号：已合并：新增 0 条，修改 1 条，删除 0 条。"
        assert Records(offices.city._store).get(Person, someone.id).remarks == "第二次写的"
        assert backups == ["合并前"]  # of both
        assert len(files_of(stick, "回执")) == 2
        assert [words.partition(" ")[0] for words in page.codes.text().split("　")] == [
            "东升镇第",
            "东升镇第",
        ]


def test_a_city_without_keys_is_offered_to_make_them_and_then_reads_its_digits(
    tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    with opened(tmp_path / "office", level="city") as office, shown(office, qtbot, settle) as window:
        page = trust_page(window, settle)
        before = page.make.isVisible(), page.fingerprint.isVisible(), page.ours.isVisible()
        press(page.make)
        settle()

        assert before == (True, False, False)
        assert not page.make.isVisible()
        assert page.fingerprint.isVisible()
        assert page.fingerprint.text() == office.handoff.keys.me.fingerprint


def test_many_packages_are_told_of_in_the_queue_and_a_remark_is_listed_at_once(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    for _ in range(3):
        offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit(files_of(stick, "报送包"))
        settle()
        press(page.merge)
        settle()
        merged = page.words.text()
        press(page.receipt)
        settle()
        lines = [cell(page.queue, row, 3) for row in range(3)]
        page.preview.remark_wanted.emit("person", somebody(offices.city).id, "phone")
        answer(page, "电话少一位")
        remark, tab = cell(page.remarks.table, 0, 4), page.tabs.tabText(2)

        assert merged.startswith("✓ 已合并 3 个报送包，每个包的结果在上面的清单里。")
        assert page.words.text().startswith("✓ 已写出 3 份回执。")
        assert not page.codes.isVisible()
        assert all(re.search(r"^已合并：.*回执校验码 \d{3} \d{3}。$", line) for line in lines)
        assert len({line.rpartition("校验码")[2] for line in lines}) == 3
        assert (remark, tab) == ("电话少一位", "退回意见 1")


def test_a_package_is_sent_back_without_confirming_or_merging_anything(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    offices.merge(offices.pack())
    offices.pack()  # never arrives
    late, last = offices.pack(), offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit([stick / late.file])
        settle()
        offered = page.refuse.isVisible(), page.confirm.isVisible(), page.merge.isEnabled()
        press(page.refuse)
        answer(page, "少报了两个村")
        settle()
        said, left = page.words.text(), page.queue.rowCount()
        page.files.given.emit([stick / last.file])
        settle()

        assert offered == (True, True, False)
        assert "✓ 回执已写出" in said
        assert left == 0
        assert len(offices.city.handoff.city.packages(offices.town.unit.code)) == 1
        (receipt,) = files_of(stick, "回执")
        taken = offices.town.handoff.receipts.take(offices.town.handoff.verify(receipt))
        assert taken.words[0] == "市里没有接收这个报送包：少报了两个村。请改好后重新报送。"
        assert page.codes.isHidden()  # the words of the receipt go with the next package
        assert "前面有报送包没有收到" in cell(page.queue, 0, 3)  # number 2 is missing all the same


def test_the_package_behind_one_that_is_sent_back_is_planned_anew_without_it(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    first, second = offices.pack(), offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit([stick / first.file, stick / second.file])
        settle()
        before = cell(page.queue, 1, 3)
        page.queue.setCurrentCell(0, 0)
        press(page.refuse)
        answer(page, "写错了")
        settle()

        assert before == "核对无误，接在第 1 号后面合并。没有改动"
        assert page.queue.rowCount() == 1
        assert cell(page.queue, 0, 1) == "第 2 号"
        assert "核对无误。新增" in cell(page.queue, 0, 3)
        assert page.merge.isEnabled()
        assert "东升镇第 1 号" in page.codes.text()


def test_packages_of_two_townships_are_merged_by_one_press_and_answered_by_one(
    tmp_path: Path, offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    offices.pack()
    with opened(tmp_path / "other") as other:
        other.settings.set("unit", OTHER_TOWNSHIP)
        both = Offices(other, offices.city, stick)
        both.enroll()
        with other._store.change("录入"):
            Records(other._store).insert_many([Person(id="theirs", name="李爱国")])
        both.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit(files_of(stick, "报送包"))
        settle()
        deed = page.merge.text()
        press(page.merge)
        settle()
        press(page.receipt)
        settle()

        assert deed == "合并 2 个包"
        come = {line.division.code for line in offices.city.handoff.city.board(date.today()) if line.last}
        assert come == {offices.town.unit.code, OTHER_TOWNSHIP}
        assert len(files_of(stick, "回执")) == 2
        assert "东升镇" in page.codes.text()
        assert "绣林街道" in page.codes.text()


def test_what_cannot_be_taken_is_called_by_name_and_the_reason_has_the_room(
    tmp_path: Path, qtbot: QtBot
) -> None:
    rows = {
        "person": [make_row("person", "p1", name="张建国")],
        "term": [make_row("term", "t1", person_id="p1", division_code=f"{OTHER_TOWNSHIP[:9]}001", post="11")],
    }
    with city_with(tmp_path) as city:
        plan = city.handoff.plan(city.handoff.take(city.senders[TOWNSHIP].send(rows)))
    preview = Preview()
    qtbot.addWidget(preview)
    preview.show_plan(plan)
    before = preview.rows.headerItem().text(5)
    preview.kinds.setCurrentIndex(preview.kinds.count() - 1)
    item = preview.rows.topLevelItem(0)

    assert item is not None
    assert item.text(0) == "任职：张建国"
    assert "不属于本单位。请核对后改到本单位的村（社区）。" in item.text(5)
    assert (before, preview.rows.headerItem().text(5)) == ("采用", "原因")
    assert [column for column in range(6) if preview.rows.isColumnHidden(column)] == [2, 3, 4]


def test_a_conflict_is_turned_to_the_citys_value_and_stays_so(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    offices.merge(offices.pack())
    person = somebody(offices.town)
    for office, text in ((offices.town, "乡镇写的"), (offices.city, "市里写的")):
        with office._store.change("改备注"):
            Records(office._store).update(Person, person.id, remarks=text)
    sent = offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit([stick / sent.file])
        settle()
        line = page.preview.rows.topLevelItem(0)
        assert line is not None
        assert [line.text(column) for column in (3, 4, 5)] == ["市里写的", "乡镇写的", "报来值"]
        press(page.preview.turn)
        settle()
        line = page.preview.rows.topLevelItem(0)
        assert line is not None
        assert line.text(5) == "市库现值"
        press(page.merge)
        settle()

    assert Records(offices.city._store).get(Person, person.id).remarks == "市里写的"


def test_a_damaged_package_and_one_that_was_merged_have_words_and_cannot_be_merged(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    sent = offices.pack()
    offices.merge(sent)
    damaged = stick / "damaged.tybs"
    damaged.write_bytes((stick / sent.file).read_bytes()[:-40])
    with shown(offices.city, qtbot, settle) as window:
        page = city_page(window, settle)
        page.files.given.emit([stick / sent.file, damaged])
        settle()

        assert "已导入，无变化" in cell(page.queue, 0, 3)
        assert "文件不完整" in cell(page.queue, 1, 3)
        assert not page.merge.isEnabled()


def test_what_is_no_enrolment_is_named_and_says_what_it_is(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    sent = offices.pack()
    with shown(offices.city, qtbot, settle) as window:
        page = trust_page(window, settle)
        page.files.given.emit([stick / sent.file])
        settle()

        assert f"{sent.file}：这是报送包，不是登记文件" in words(page)
        assert page.findChildren(AskText) == []


def test_a_stick_that_vanishes_while_writing_is_told_and_no_success_is(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    with shown(offices.town, qtbot, settle) as window:
        page = town_page(window, settle)
        shutil.rmtree(stick)
        press(page.card.write)
        settle()

        assert "U盘已拔出" in box().text()
        box().close()
        assert not page.card.written.isVisible()
        assert offices.town.handoff.sending.log.all() == []
        assert page.log.rowCount() == 0


def test_writing_is_stopped_by_the_button_and_leaves_nothing_and_no_number(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, pressed, sync = Event(), Event(), os.fsync

    def slow_stick(descriptor: int) -> None:
        if not pressed.is_set() and list(stick.iterdir()):
            begun.set()
            assert pressed.wait(20)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", slow_stick)
    with shown(offices.town, qtbot, settle) as window:
        page = town_page(window, settle)
        press(page.card.write)
        qtbot.waitUntil(begun.is_set, timeout=20_000)
        meanwhile = [path.suffix for path in stick.iterdir()], page.card.busy.stop.isVisible()
        press(page.card.busy.stop)
        pressed.set()
        settle()
        said = box().text()
        box().close()
        stopped = list(stick.iterdir()), offices.town.handoff.sending.log.all(), page.card.written.isVisible()
        press(page.card.write)
        settle()

        assert meanwhile == ([".partial"], True)
        assert said == "已停止，没有生成报送包，U 盘上没有留下文件。"
        assert stopped == ([], [], False)
        assert "已写出并读回核对：第 1 号" in page.card.written.text()
        assert not page.card.busy.isVisible()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets go of a volume itself, not by a program")
def test_the_stick_is_ejected_by_the_button_and_a_refusal_says_that_the_package_is_safe(
    offices: Offices,
    stick: Path,
    qtbot: QtBot,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    umount = tools / "umount"
    with shown(offices.town, qtbot, settle) as window:
        page = town_page(window, settle)
        before = page.card.eject.isVisible()
        press(page.card.write)
        settle()
        offered = page.card.eject.isVisible()
        umount.write_text("#!/bin/sh\nexit 32\n")  # target is busy
        umount.chmod(0o755)
        press(page.card.eject)
        settle()
        refused = box().text()
        box().close()
        held = page.card.eject.isVisible(), "已写出并读回核对" in page.card.written.text()
        umount.write_text(f'#!/bin/sh\n/bin/mv "$1" "{tmp_path}/pulled"\n')
        press(page.card.eject)
        settle()

        assert (before, offered, held) == (False, True, (True, True))
        assert refused.startswith("“KINGSTON")
        assert "没有弹出，可能还有程序在用它。文件已经写好并核对过" in refused
        assert page.card.written.text() == "✓ U 盘已弹出，可以拔下。"
        assert not page.card.eject.isVisible()
        assert page.card.target.folder is None
        assert len(list((tmp_path / "pulled").iterdir())) == 1


def test_a_write_protected_stick_is_told_before_writing(
    offices: Offices, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug_in(offices.stick, monkeypatch, read_only=True)
    with shown(offices.town, qtbot, settle) as window:
        page = town_page(window, settle)

        assert not page.card.write.isEnabled()
        assert "写保护" in words(page.card)


def test_a_lost_key_blocks_with_words_and_offers_a_new_enrolment(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    trust = offices.city.handoff.trust
    trust.set_status(offices.town.handoff.keys.me.fingerprint, KeyStatus.LOST, NOW)
    offices.hand_down_root()
    with shown(offices.town, qtbot, settle) as window:
        page = town_page(window, settle)

        assert "挂失" in page.road.standing.text()
        assert page.road.enrol.text() == "重新生成密钥和登记文件"
        old = offices.town.handoff.keys.me.fingerprint
        press(page.road.enrol)
        settle()
        assert page.road.fingerprint.text() != old


def test_what_comes_down_is_shown_before_it_is_taken(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    township = offices.city.divisions.get(offices.town.unit.code)
    with offices.city._store.change("改名"):
        Records(offices.city._store).update(type(township), township.code, name="东升新镇")
    with shown(offices.city, qtbot, settle) as window:
        trust = trust_page(window, settle)
        press(trust.down)
        settle()
    with shown(offices.town, qtbot, settle) as window:
        page = town_page(window, settle)
        page.files.given.emit(files_of(stick, "下发包"))
        settle()

        assert "东升新镇" in box().informativeText()
        yes("接收")
        settle()
        assert offices.town.divisions.get(township.code).name == "东升新镇"


def test_every_control_of_the_pages_has_a_name_and_the_tab_key_reaches_it(
    offices: Offices, stick: Path, qtbot: QtBot, settle: Settle
) -> None:
    for office, names in ((offices.town, ["handoff"]), (offices.city, ["merging", "handoff_trust"])):
        with shown(office, qtbot, settle) as window:
            for name in names:
                page = window.show_page(name)
                settle()
                assert nameless(page) == []
                assert out_of_reach(page) == []
