"""The ledger page: what is seen is what is printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QImage, QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.models.ledgers.ledger import Paper
from desktop.models.ledgers.sheet import SIZE_MM
from desktop.office import Office
from desktop.views.ledgers import printing
from desktop.views.ledgers.ledger_page import LedgerPage
from desktop.views.ledgers.printing import PrintRun, pages_to_print, printer_for
from desktop.views.page import Request
from desktop.views.widgets.reason import ReasonDialog
from tests.offices import TODAY, VILLAGE, member, whole_office
from tests.views.hands import out_of_reach, press, tap, write
from tests.views.names import nameless

Settle = Callable[[], None]
_TENTH = 10  # every so many pixels are looked at


@pytest.fixture
def page(filled_office: Office, qtbot: QtBot, settle: Settle) -> LedgerPage:
    page = LedgerPage(filled_office)
    qtbot.addWidget(page)
    page.resize(1180, 680)
    page.show()
    page.activate()
    settle()
    return page


def ink(image: QImage) -> int:
    """How many of the pixels looked at are not white."""
    return sum(
        image.pixelColor(x, y).lightness() < 250
        for x in range(0, image.width(), _TENTH)
        for y in range(0, image.height(), _TENTH)
    )


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_the_ledger_of_the_whole_unit_is_seen_at_once(page: LedgerPage) -> None:
    assert page.view.pages > 1
    assert ink(page.view.viewport().grab().toImage()) > 100


def test_only_pages_in_view_are_drawn(page: LedgerPage) -> None:
    page.view.viewport().grab()
    assert page.view.rendered == (0,)

    page.view.go_to(2)
    page.view.viewport().grab()

    assert page.view.page == 2
    assert 4 not in page.view.rendered


def test_pages_are_turned_and_zoomed_by_keyboard(page: LedgerPage) -> None:
    fitting = page.view.scale
    tap(page.view, Qt.Key.Key_PageDown)
    assert page.view.page == 1
    tap(page.view, Qt.Key.Key_Home)
    assert page.view.page == 0

    press(page.bar.larger)
    assert page.view.scale > fitting
    press(page.bar.fit)
    assert page.view.scale == fitting


def test_another_unit_is_drawn_while_the_old_picture_stays(page: LedgerPage, settle: Settle) -> None:
    before = page.view.pages
    page.options.unit.choose(VILLAGE)
    page.options.changed.emit()
    assert page.view.pages == before
    assert not page.print.isEnabled()

    settle()

    assert page.view.pages == 1
    assert page.print.isEnabled()


def test_a_unit_is_found_by_typing_its_initials(page: LedgerPage, settle: Settle) -> None:
    combo = page.options.unit
    line, completer = combo.lineEdit(), combo.completer()
    assert line is not None
    assert completer is not None
    line.setFocus()
    line.selectAll()
    write(line, "bjt")
    found = [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())]
    assert found == ["毕家塘村"]

    completer.activated.emit("毕家塘村")
    tap(line, Qt.Key.Key_Return)
    settle()

    assert page.options.request.unit == VILLAGE


def test_another_page_asks_for_a_village_on_a_day(page: LedgerPage, settle: Settle) -> None:
    page.take(Request(page="ledgers", unit=VILLAGE, on=date(2025, 3, 31)))
    settle()

    request = page.options.request
    assert (request.unit, request.on) == (VILLAGE, date(2025, 3, 31))
    assert page.view.pages == 1


def test_numbers_are_shown_whole_only_with_a_reason(page: LedgerPage, settle: Settle, tmp_path: Path) -> None:
    page.write(str(tmp_path / "masked.pdf"))
    settle()
    press(page.options.full_ids)
    dialog = page.options.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    assert not dialog.ok.isEnabled()

    dialog.reason.setEditText("办理社会保险")
    press(dialog.ok)
    settle()
    page.write(str(tmp_path / "whole.pdf"))
    settle()

    assert "421099********" in text_of(tmp_path / "masked.pdf")
    assert "****" not in text_of(tmp_path / "whole.pdf").replace("199****", "")
    assert page.options.request.reason == "办理社会保险"


def test_without_a_reason_numbers_stay_masked(page: LedgerPage, settle: Settle) -> None:
    press(page.options.full_ids)
    dialog = page.options.findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)

    dialog.reject()

    assert not page.options.full_ids.isChecked()
    assert not page.options.request.full_ids


def test_a_pdf_is_saved_under_the_ledgers_title(
    page: LedgerPage, settle: Settle, qtbot: QtBot, tmp_path: Path
) -> None:
    press(page.save)
    chooser = page.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    assert "花名册.pdf" in chooser.selectedFiles()[0]

    with qtbot.waitSignal(page.noted):
        chooser.fileSelected.emit(str(tmp_path / "花名册.pdf"))
    chooser.reject()

    assert "花名册" in text_of(tmp_path / "花名册.pdf")


def test_a_file_that_cannot_be_written_is_told(page: LedgerPage, settle: Settle, tmp_path: Path) -> None:
    page.write(str(tmp_path / "no folder" / "花名册.pdf"))
    settle()

    assert "没有保存" in page.notice.text()


def test_printing_takes_two_clicks_from_the_page(
    page: LedgerPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "_FINEST", 72)  # dots an inch: quicker
    press(page.print)
    dialog = page.findChild(QPrintDialog)
    assert isinstance(dialog, QPrintDialog)
    dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer().setOutputFileName(str(tmp_path / "printed.pdf"))

    with qtbot.waitSignal(page.noted, timeout=30_000):
        dialog.done(QPrintDialog.DialogCode.Accepted)  # its own buttons differ with the system

    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    width, height = printed[0].get_size()
    assert len(printed) == page.view.pages
    assert round(width / height, 2) == round(420 / 297, 2)
    printed.close()


def test_a_printer_takes_the_ledgers_paper_lying_across() -> None:
    layout = printer_for(Paper.A4.size_mm, "花名册").pageLayout()

    assert layout.pageSize().name() == "A4"
    assert layout.orientation() == QPageLayout.Orientation.Landscape


def test_a_printer_takes_a_form_upright() -> None:
    layout = printer_for(SIZE_MM, "纪实表").pageLayout()

    assert layout.pageSize().name() == "A4"
    assert layout.orientation() == QPageLayout.Orientation.Portrait


def test_chosen_pages_are_printed() -> None:
    printer = printer_for(Paper.A4.size_mm, "花名册")
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)

    assert list(pages_to_print(printer, 9)) == [1, 2]


def test_printing_can_be_stopped(page: LedgerPage, qtbot: QtBot, tmp_path: Path) -> None:
    printer = printer_for(Paper.A4.size_mm, "花名册")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    blank = QImage(8, 8, QImage.Format.Format_RGB32)
    run = PrintRun(printer, range(100), lambda _page, _scale: blank, page)
    run.progressed.connect(run.cancel)

    with qtbot.waitSignal(run.finished) as ended:
        run.start()

    assert ended.args == [False]


def test_names_that_no_font_has_are_listed_before_printing(
    page: LedgerPage, filled_office: Office, settle: Settle
) -> None:
    filled_office.roster.add(VILLAGE, member(name="张\U000323af", id_number="", phone=""), TODAY)
    page.refresh()
    settle()

    assert "毕家塘村 张\U000323af" in page.notice.text()


def test_every_control_of_the_ledger_page_has_a_name(page: LedgerPage) -> None:
    assert nameless(page) == []


def test_the_day_is_chosen_from_a_calendar_or_typed(page: LedgerPage, settle: Settle) -> None:
    page.options.day.setDate(QDate(2025, 12, 31))
    settle()

    assert page.options.request.on == date(2025, 12, 31)


def test_the_tab_key_comes_by_every_control(page: LedgerPage, qtbot: QtBot) -> None:
    page.activateWindow()
    with qtbot.waitActive(page):
        pass
    page.options.kinds.setFocus()

    assert out_of_reach(page) == []


@pytest.fixture
def whole_page(tmp_path: Path, qtbot: QtBot, settle: Settle) -> Iterator[LedgerPage]:
    """The page of a township with the whole sample, the record of its activities chosen."""
    with whole_office(tmp_path / "whole") as office:
        page = LedgerPage(office)
        qtbot.addWidget(page)
        page.resize(1180, 680)
        page.show()
        page.take(Request(page="ledgers", on=TODAY, ledger="activity"))
        settle()
        yield page


def test_one_form_is_picked_and_shown_upright(whole_page: LedgerPage, settle: Settle) -> None:
    options = whole_page.options
    everything = whole_page.view.pages
    labels = [options.sheet.itemText(n) for n in range(options.sheet.count())]
    assert labels[:2] == ["全部", "2026.03.06 工作交流 滑家垱社区 " + labels[1].rpartition(" ")[2]]
    assert everything > 1

    options.sheet.setCurrentIndex(1)
    options.sheet.activated.emit(1)
    settle()

    assert whole_page.view.pages == 1
    width, height = whole_page._prepared.size_mm  # type: ignore[union-attr]  # there is one now
    assert (width, height) == SIZE_MM
    press(whole_page.save)
    chooser = whole_page.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    assert f"“四个一”活动纪实表（{labels[1]}）.pdf" in chooser.selectedFiles()[0]
    chooser.reject()


def test_another_period_is_drawn_with_its_own_forms(whole_page: LedgerPage, settle: Settle) -> None:
    options = whole_page.options
    assert [options.period.itemText(n) for n in (0, 1)] == ["2026年", "2025年"]
    options.sheet.setCurrentIndex(1)

    options.period.setCurrentIndex(1)
    options.period.activated.emit(1)
    settle()

    assert options.request.period == "2025"
    assert options.sheet.count() == 1  # nothing was held; the choice of before is gone
    assert options.request.of == ()
    assert "没有可以打印的表单" in whole_page.notice.text()
    assert not whole_page.save.isEnabled()
    assert not whole_page.print.isEnabled()


def test_another_page_asks_for_some_records_whose_period_is_found(
    whole_page: LedgerPage, settle: Settle
) -> None:
    office, options = whole_page.office, whole_page.options
    first, second, *_ = (row.branch for row in office.checklists.rows("2026H1", TODAY))
    ask = Request(page="ledgers", on=TODAY, ledger="checklist")

    whole_page.take(replace(ask, of=(second.id,)))
    one = (options.request.of, options.sheet_name, options.request.period)
    whole_page.take(replace(ask, of=(first.id, second.id), period="2026H1"))
    settle()

    assert one == ((second.id,), second.name, "2026H2")
    assert options.request.of == (first.id, second.id)
    assert (options.sheet_name, options.period.currentText()) == ("选定的 2 份", "2026年上半年")
    assert whole_page.view.pages == 2


def test_an_activity_of_last_year_is_found_in_its_year(whole_page: LedgerPage, settle: Settle) -> None:
    office = whole_page.office
    key = office.activities.records()[0].id
    office.activities.set_cell(key, "start", "2025.03.04", TODAY)

    whole_page.take(Request(page="ledgers", on=TODAY, ledger="activity", of=(key,)))
    settle()

    assert whole_page.options.request.period == "2025"
    assert whole_page.view.pages == 1
    assert whole_page.notice.text() == ""


def test_only_what_a_ledger_asks_can_be_chosen(whole_page: LedgerPage, settle: Settle) -> None:
    options = whole_page.options

    def asked() -> tuple[bool, bool, bool, bool]:
        return (
            options.period.isVisible(),
            options.sheet.isVisible(),
            options.papers.button(0).isVisible(),
            options.full_ids.isEnabled(),
        )

    of_form = asked()
    whole_page.take(Request(page="ledgers", on=TODAY, ledger="organizations"))
    of_units = asked()
    whole_page.take(Request(page="ledgers", on=TODAY, ledger="four-ones"))
    of_matrix = asked()
    settle()

    assert of_form == (True, True, False, False)
    assert of_units == (False, False, True, True)
    assert of_matrix == (True, False, True, False)


def test_ledgers_stand_below_their_groups_which_cannot_be_chosen(page: LedgerPage) -> None:
    kinds = page.options.kinds
    texts = [kinds.item(n).text() for n in range(kinds.count())]
    groups = [kinds.item(n).text() for n in range(kinds.count()) if not kinds.item(n).flags()]

    assert groups == ["名册类", "后备", "统计", "8+N", "四个一"]
    assert texts[texts.index("8+N") + 1] == "两新组织台账"
    assert page.options.kind.name == "roster"


def test_the_roster_is_drawn_as_it_was_recorded_and_other_ledgers_do_not_ask(page: LedgerPage) -> None:
    page.take(Request(page="ledgers", unit=VILLAGE, on=date(2025, 3, 31), ledger="roster", recorded=True))
    assert page.options.recorded.isChecked()
    assert page.options.request.recorded

    page.take(Request(page="ledgers", unit=VILLAGE, on=date(2025, 3, 31), ledger="changes", recorded=True))
    assert not page.options.request.recorded
    assert not page.options.recorded.isVisibleTo(page.options)
