"""Ledgers ticked on the ledger page and made into one PDF, by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop.models.services.dossiers import STANDING, DossierRequest
from desktop.views import jobs
from desktop.views.ledgers.dossier_dialog import DossierDialog
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.page import Request
from desktop.views.widgets.reason import ReasonDialog
from desktop.views.widgets.typed_dialog import TypedDialog
from tests.models.services.printed import pages_of
from tests.offices import TODAY, VILLAGE, whole_office
from tests.views.hands import press
from tests.views.names import nameless

Settle = Callable[[], None]


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot, settle: Settle) -> Iterator[LedgerPage]:
    """The ledger page of a township with the whole sample."""
    with whole_office(tmp_path / "office") as office:
        page = LedgerPage(office)
        qtbot.addWidget(page)
        page.resize(1180, 680)
        page.show()
        page.take(Request(page="ledgers", on=TODAY))
        settle()
        yield page
        settle()


def menu(page: LedgerPage) -> QMenu:
    """The menu of the button, opened by a click."""
    press(page.gather)
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    found = page.gather.findChildren(QMenu, options=direct)[
        -1
    ]  # those closed before go when events are handled
    assert isinstance(found, QMenu)
    return found


def pick(page: LedgerPage, words: str) -> None:
    """Choose a line of the menu, as a click on it does."""
    opened = menu(page)
    action = next(each for each in opened.actions() if each.text().startswith(words))
    assert action.isEnabled()
    opened.close()
    action.trigger()


def offered(page: LedgerPage) -> dict[str, bool]:
    """The lines of the menu, and whether they can be chosen."""
    opened = menu(page)
    lines = {each.text(): each.isEnabled() for each in opened.actions() if each.text()}
    opened.close()
    return lines


def dialog_of(page: LedgerPage) -> DossierDialog:
    found = page.findChildren(DossierDialog)[-1]
    assert isinstance(found, DossierDialog)
    return found


def tick(page: LedgerPage, title: str) -> None:
    """Click the box of a ledger in the list."""
    kinds = page.options.kinds
    (item,) = kinds.findItems(title, Qt.MatchFlag.MatchExactly)
    kinds.scrollToItem(item)
    line = kinds.visualItemRect(item)
    place = QPoint(line.left() + 12, line.center().y())
    QTest.mouseClick(kinds.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_set_becomes_a_pdf_in_four_clicks(
    page: LedgerPage, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    pick(page, STANDING)
    assert len(page.options.ticked) > 10
    dialog = dialog_of(page)
    assert dialog.name.text() == STANDING
    assert dialog.together.isChecked()
    press(dialog.ok)
    chooser = page.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    assert chooser.selectedFiles()[0].endswith("石首市东升镇拉练备检包（2026.11.24）.pdf")

    with qtbot.waitSignal(page.noted, timeout=30_000):
        chooser.fileSelected.emit(str(tmp_path / "备检包.pdf"))
    chooser.reject()
    settle()

    pages = pages_of((tmp_path / "备检包.pdf").read_bytes())
    words = page.dossiers.outcome.text()
    assert f"✓ 已生成“备检包.pdf”：{len(page.options.ticked)} 张台账，共 {len(pages)} 页" in words
    assert page.print.isEnabled()


def test_boxes_are_ticked_by_mouse_and_the_menu_says_how_many(page: LedgerPage, settle: Settle) -> None:
    assert offered(page)["生成备检包（先在左边勾选台账，或选一套）…"] is False

    tick(page, "学历能力“双提升”台账")
    tick(page, "两新组织台账")
    settle()

    assert page.options.ticked == ("study", "organizations")
    assert offered(page)["生成备检包（已勾选 2 张）…"]
    pick(page, "全部不勾选")
    assert len(page.options.ticked) == 0


def test_chosen_villages_are_ticked_in_the_dialog(page: LedgerPage, settle: Settle, tmp_path: Path) -> None:
    page.take(Request(page="ledgers", unit=VILLAGE, on=TODAY))
    settle()
    page.options.tick(["roster"])
    pick(page, "生成备检包")
    dialog = dialog_of(page)
    assert (dialog.apart.isChecked(), dialog.chosen) == (True, (VILLAGE,))

    dialog.units.item(0).setCheckState(Qt.CheckState.Checked)
    assert len(dialog.chosen) == 2
    for place in range(dialog.units.count()):
        dialog.units.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.ok.isEnabled()
    dialog.together.click()
    assert dialog.ok.isEnabled()
    dialog.name.clear()
    assert not dialog.ok.isEnabled()
    assert nameless(dialog) == []
    dialog.reject()


def test_a_stopped_dossier_leaves_no_file_and_the_preview_goes_on(
    page: LedgerPage, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    request = page.options.dossier("备检资料", ())
    assert request.ledgers == ()
    page.options.tick(["roster", "checklist", "activity"])
    request = page.options.dossier("备检资料", ())
    target = tmp_path / "out"
    target.mkdir()

    page.dossiers.write(request, str(target / "备检包.pdf"))
    assert not page.gather.isEnabled()
    assert not page.save.isEnabled()
    page.refresh()  # a record was changed meanwhile
    press(page.bar.busy.stop)
    settle()

    assert "已停止，没有生成备检包" in page.dossiers.outcome.text()
    assert list(target.iterdir()) == []
    qtbot.waitUntil(page.print.isEnabled, timeout=20_000)
    assert page.gather.isEnabled()


def test_closing_the_application_does_not_wait_for_a_dossier(page: LedgerPage, tmp_path: Path) -> None:
    page.options.tick([kind.name for kind in page.office.ledgers.offered()])
    target = tmp_path / "out"
    target.mkdir()
    page.dossiers.write(page.options.dossier("备检资料", ()), str(target / "备检包.pdf"))

    jobs.wait_for_all()

    assert list(target.iterdir()) == []


def test_a_dossier_that_cannot_be_written_is_told(page: LedgerPage, settle: Settle, tmp_path: Path) -> None:
    page.options.tick(["roster"])

    page.dossiers.write(page.options.dossier("备检资料", ()), str(tmp_path / "nowhere" / "备检包.pdf"))
    settle()

    assert "没有保存：找不到文件夹" in page.dossiers.outcome.text()


def test_numbers_whole_are_asked_for_with_a_reason_where_a_ticked_ledger_has_some(
    page: LedgerPage, settle: Settle
) -> None:
    page.take(Request(page="ledgers", on=TODAY, ledger="structure"))
    settle()
    assert not page.options.full_ids.isEnabled()
    page.options.tick(["roster", "structure"])
    press(page.options.full_ids)
    asking = page.options.findChild(ReasonDialog)
    assert isinstance(asking, ReasonDialog)
    asking.reason.setEditText("上级组织部门检查")
    press(asking.ok)
    settle()

    request = page.options.dossier("备检资料", ())
    assert (request.full_ids, request.reason) == (True, "上级组织部门检查")
    assert "完整（用途：上级组织部门检查）" in page.options.dossier_words()
    page.options.tick(["structure"])
    assert page.options.dossier("备检资料", ()) == DossierRequest(
        title="备检资料", ledgers=("structure",), on=TODAY
    )


def test_a_set_of_ones_own_is_saved_picked_and_removed(
    page: LedgerPage, settle: Settle, qtbot: QtBot
) -> None:
    page.options.tick(["roster", "study"])
    pick(page, "把勾选的存为一套")
    asking = page.gather.findChild(TypedDialog)
    assert isinstance(asking, TypedDialog)
    asking.fill({"name": "月检"})
    with qtbot.waitSignal(page.changed) as said:
        press(asking.ok)
    assert said.args == ["已存为一套：月检"]
    page.options.tick([])

    pick(page, "月检（2 张）")
    assert page.options.ticked == ("roster", "study")
    dialog = dialog_of(page)
    assert dialog.name.text() == "月检"
    dialog.reject()

    removal = next(each for each in menu(page).actions() if each.text() == "删除存好的")
    below = removal.menu()
    assert isinstance(below, QMenu)
    below.actions()[0].trigger()
    box = page.gather.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    press(next(each for each in box.findChildren(QPushButton) if each.text() == "删除"))
    assert page.office.dossiers.own_names() == ()
    settle()
