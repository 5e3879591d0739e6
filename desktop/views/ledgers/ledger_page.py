"""The ledger page (台账打印): a real preview beside its options, saved as PDF or printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.models.errors import DesktopError
from desktop.models.services.ledgers import LedgerRequest, NoSheetsError, PreparedLedger
from desktop.office import Office
from desktop.views import theme
from desktop.views.errors import told
from desktop.views.jobs import Job, office_job
from desktop.views.ledgers.dossiers import Dossiers, file_name
from desktop.views.ledgers.missing import missing_words
from desktop.views.ledgers.options import LedgerOptions
from desktop.views.ledgers.preview_bar import PreviewBar
from desktop.views.ledgers.printing import PrintRun, pages_to_print, printer_for
from desktop.views.page import Page, Request
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Progress
from desktop.views.widgets.preview import PageView, Render
from desktop.views.widgets.saving import ask_where_to_save

_POINTS_A_MM = 72 / 25.4
_SLOW_PAGES = 20  # from which on the pages are counted while they are drawn


class LedgerPage(Page):
    """Shows what will be on paper; the old picture stays until the new one is there."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._prepared: PreparedLedger | None = None
        self._request: LedgerRequest | None = None  # what the preview shows
        self._job: Job | None = None
        self._stale = True  # drawn when the page comes to the front
        self.options = LedgerOptions(office.ledgers.offered(), date.today())
        self.view = PageView()
        self.bar = PreviewBar(self.view)
        self._build()
        self._show_units()
        self.options.choose(office.unit.code, date.today())
        self.options.changed.connect(self._show_choices)
        self.options.changed.connect(self._draw)
        self._allow()

    def _build(self) -> None:
        self.notice = QLabel()
        self.notice.setWordWrap(True)
        self.notice.hide()
        self.gather = self.header.add_action("备检包 ▾", "folder")
        self.dossiers = Dossiers(self, self.office, self.options, self.bar.busy, self.gather)
        middle = QVBoxLayout()
        middle.setSpacing(theme.GAP)
        for widget in (self.bar, self.dossiers.outcome, self.notice):
            middle.addWidget(widget)
        middle.addWidget(self.view, 1)
        beside = QHBoxLayout()
        beside.setSpacing(theme.GAP)
        around = QScrollArea()  # for small windows with large letters
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setWidgetResizable(True)
        around.setWidget(self.options)
        theme.fix_width(around, 19)
        beside.addWidget(around)
        beside.addLayout(middle, 1)
        self.body.addLayout(beside, 1)
        self.save = self.header.add_action("保存 PDF…", "pdf", "Ctrl+Shift+S")
        self.save.clicked.connect(self._open_save)
        self.print = self.header.add_primary("打印…", "printer", "Ctrl+P")
        self.print.clicked.connect(self._open_print)
        self.dossiers.began.connect(self._put_off)
        self.dossiers.ended.connect(self._allow)
        self.dossiers.ended.connect(self.activate)
        self.dossiers.noted.connect(self.noted)
        self.dossiers.changed.connect(self.changed)

    def activate(self) -> None:
        """Draw what was asked for while another page was in front."""
        if self._stale:
            self._show_choices()
            self._draw()

    def refresh(self) -> None:
        """The roster changed: so may the paper."""
        self._show_units()
        self._show_choices()
        self._draw()

    def take(self, request: Request) -> None:
        """Show the ledger of a unit on a day, of the period and records that are asked for."""
        unit, on = request.unit or self.office.unit.code, request.on or date.today()
        period = request.period
        if request.ledger and request.of and period is None:
            period = self._period_of(LedgerRequest(request.ledger, on, unit), request.of)
        self.options.choose(unit, on, request.ledger, period, request.of, recorded=request.recorded)

    def _period_of(self, asked: LedgerRequest, records: Sequence[str]) -> str | None:
        """The latest period that has sheets of all these records."""
        ledgers = self.office.ledgers
        for period in ledgers.periods(asked.name, asked.on):
            there = {each.id for each in ledgers.subjects(replace(asked, period=period))}
            if there.issuperset(records):
                return period
        return None

    def _show_units(self) -> None:
        divisions = self.office.divisions.under(self.office.unit.code)
        self.options.show_units([division for division in divisions if division.active])

    def _show_choices(self) -> None:
        """The periods of the ledger that is chosen, and what there are sheets of in one."""
        ledgers, asked = self.office.ledgers, self.options.request
        self.options.show_periods(ledgers.periods(asked.name, asked.on))
        self.options.show_sheets(ledgers.subjects(self.options.request))

    def _draw(self) -> None:
        if self.dossiers.running:
            self._put_off()
            return
        self._stale = False
        request = self.options.request
        progress = Progress()
        progress.moved.connect(self._show_progress)
        if self._job is not None:
            self._job.drop()
        self._job = job = office_job(
            self.office, lambda office: (request, office.ledgers.preview(request, progress))
        )
        job.done.connect(self._take_ledger)
        job.failed.connect(self._show_failure)
        self.bar.busy.begin("正在排版…")
        self._allow()
        job.start()

    def _put_off(self) -> None:
        """Draw when the dossier is written: its job is in front of any other, its progress in sight."""
        self._stale = True
        if self._job is not None:
            self._job.drop()
            self._job = None
        self._allow()

    def _show_progress(self, page: int, pages: int) -> None:
        if self._job is not None and pages >= _SLOW_PAGES:
            self.bar.busy.advance(page, pages, f"正在排版 {page} / {pages}")

    def _settled(self) -> None:
        self._job = None
        self.bar.busy.end()
        self.bar.say()
        self._allow()

    def _show_failure(self, error: DesktopError) -> None:
        self._settled()
        self._say(str(error), Tone.ERROR)

    def _take_ledger(self, made: tuple[LedgerRequest, PreparedLedger]) -> None:
        self._request, self._prepared = made
        width, height = self._prepared.size_mm
        self.view.show_pages(
            self._prepared.pages,
            (width * _POINTS_A_MM, height * _POINTS_A_MM),
            self._picture(self._prepared.pdf),
        )
        self._say(self._remarks(self._prepared), Tone.WARN if self._prepared.missing else Tone.PLAIN)
        self._settled()

    def _picture(self, pdf: bytes) -> Render:
        def render(page: int, scale: float) -> QImage:
            raster = self.office.ledgers.render(pdf, page, scale)
            pixels = QImage(
                raster.data, raster.width, raster.height, raster.stride, QImage.Format.Format_RGB32
            )
            return pixels.copy()  # Qt does not own the bytes

        return render

    def _remarks(self, prepared: PreparedLedger) -> str:
        """What should be known before it is printed."""
        lines = [missing_words(prepared.missing)] if prepared.missing else []
        if not prepared.pages:
            lines.append(str(NoSheetsError()))
        if prepared.left_out:
            lines.append(f"有 {prepared.left_out} 人不在村“两委”任职（监委会成员等），不列入本表。")
        return "\n".join(lines)

    def _say(self, words: str, tone: Tone) -> None:
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
        theme.set_tone(self.notice, tone)

    def _allow(self) -> None:
        """What is printed is what is seen: nothing while another picture is on its way."""
        seen = self._prepared is not None and self._prepared.pages > 0
        ready = seen and self._job is None and not self.dossiers.running
        self.save.setEnabled(ready)
        self.print.setEnabled(ready)
        self.gather.setEnabled(not self.dossiers.running)
        self.options.setEnabled(not self.dossiers.running)

    def _open_save(self) -> None:
        assert self._request is not None
        sheet = f"（{file_name(self.options.sheet_name)}）" if self._request.of else ""
        name = f"{self.office.ledgers.title(self._request)}{sheet}.pdf"
        ask_where_to_save(self, "保存 PDF", "PDF 文件", name, self.write)

    def write(self, name: str) -> None:
        """Write what is shown as a PDF."""
        request, path = self._request, Path(name)
        assert request is not None
        self._job = job = office_job(self.office, lambda office: office.ledgers.write(request, path))
        job.done.connect(self._note_written)
        job.failed.connect(self._show_failure)
        self.bar.busy.begin(f"正在保存 {path.name}…")
        self._allow()
        job.start()

    def _note_written(self, _prepared: PreparedLedger) -> None:
        self._settled()
        self.noted.emit("PDF 已保存")

    def _open_print(self) -> None:
        assert self._request is not None
        assert self._prepared is not None
        self.printer = printer_for(self._prepared.size_mm, self.office.ledgers.title(self._request))
        dialog = QPrintDialog(self.printer, self)
        dialog.setMinMax(1, self.view.pages)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._print)
        QDialog.open(dialog)  # QPrintDialog's own wants a slot's name

    def _print(self, answer: int) -> None:
        if answer != QDialog.DialogCode.Accepted:
            return
        assert self._request is not None
        assert self._prepared is not None
        with told(self):
            self.office.ledgers.record(self._request, self._prepared.disclosed, "打印")
            pages = pages_to_print(self.printer, self._prepared.pages)
            self._printing = PrintRun(self.printer, pages, self._picture(self._prepared.pdf), self)
            self._printing.progressed.connect(self._show_printing)
            self._printing.finished.connect(self._end_printing)
            self.bar.busy.stopped.connect(self._printing.cancel)
            self.bar.busy.begin("正在送往打印机…", can_stop=True)
            self._printing.start()

    def _show_printing(self, done: int, pages: int) -> None:
        self.bar.busy.advance(done, pages, f"正在送往打印机 {done} / {pages} 页")

    def _end_printing(self, complete: bool) -> None:
        self.bar.busy.end()
        if complete:
            self.noted.emit("已送往打印机")
        else:
            self._say("没有打印完。请检查打印机是否接通、有纸，再试一次。", Tone.ERROR)
        self._printing.deleteLater()
