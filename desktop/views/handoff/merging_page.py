"""The page 汇总: a city takes packages in, sees what they would do, merges them, and answers with receipts."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QWidget

from desktop.models.errors import DesktopError
from desktop.models.handoff.plan import MergePlan, Side
from desktop.models.services.handoff_city import MergeResult, removal_words
from desktop.models.services.handoff_receipts import WrittenReceipt
from desktop.views import errors, theme
from desktop.views.handoff.asking import AskText
from desktop.views.handoff.board import Board
from desktop.views.handoff.files import HandoffFiles
from desktop.views.handoff.incoming import Incoming, merge, plans, read
from desktop.views.handoff.preview import Preview
from desktop.views.handoff.remark_list import RemarkList
from desktop.views.handoff.remarking import ask_for_remark
from desktop.views.handoff.target import Target
from desktop.views.jobs import Job, office_job
from desktop.views.page import Page
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.rows import add_row, rows_table
from desktop.views.widgets.saving import ask_where_to_save
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_DROP = "把各乡镇的报送包拖到这里，可以一次拖几个；先核对，再合并。"
_QUEUE = ("乡镇", "序号", "数据截至", "核对结果")
_QUEUE_LINES = 2  # in sight at least
_QUEUE_SHARE = 4  # what part of the page the queue may take, headings and all
_TOLD = 2  # merged packages and receipts that are told one by one; the queue has them all


class MergingPage(Page):
    """Packages above, the board or the preview below; nothing is written before 合并."""

    backs_up = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._incoming: list[Incoming] = []
        self._working = False
        self.merge = self.header.add_primary("合并", "check")
        self.merge.clicked.connect(self._ask_to_merge)
        self.files = HandoffFiles(_DROP, "选择报送包…", self)
        self.files.given.connect(self.read_files)
        self.queue = rows_table("收到的报送包", _QUEUE, (10, 7, 9, 20))
        self.queue.currentCellChanged.connect(lambda *_cell: self._show_current())
        self.confirm = QPushButton("已电话核实，接收这个包", self)
        self.confirm.clicked.connect(self._confirm)
        self.refuse = QPushButton("整包退回…", self)
        self.refuse.clicked.connect(self._ask_to_refuse)
        self.busy = Busy(self)
        self.words = WrappedLabel(parent=self)
        self.codes = theme.figure(WrappedLabel(parent=self))
        self.codes.setAccessibleName("回执校验码")
        self.target = Target(self)
        self.target.changed.connect(self._allow)
        self.receipt = QPushButton("写回执", self)
        self.receipt.clicked.connect(self._write_receipts)
        self.undo = QPushButton("撤销本次合并", self)
        self.undo.clicked.connect(self._undo)
        self.report = QPushButton("合并报告 PDF…", self)
        self.report.clicked.connect(self._ask_where)
        self.board = Board(self)
        self.board.round_wanted.connect(self._set_round)
        self.preview = Preview(self)
        self.preview.chosen.connect(self._choose)
        self.preview.remark_wanted.connect(self._ask_remark)
        self.remarks = RemarkList(office, self)
        self.remarks.asked.connect(self.asked)
        self.remarks.changed.connect(self.changed)
        self.changed.connect(self._show_board)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        deeds = QHBoxLayout()
        for button in (self.confirm, self.refuse, self.receipt, self.report, self.undo):
            deeds.addWidget(button)
        deeds.addWidget(self.target, 1)
        deeds.addStretch()  # buttons keep their width where the target is hidden
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.board, "乡镇一览")
        self.tabs.addTab(self.preview, "合并预览")
        self.tabs.addTab(self.remarks, "退回意见")
        self.body.addWidget(self.files)
        self.body.addWidget(self.queue)
        for label in (self.words, self.codes):
            self.body.addWidget(label)
            label.hide()
        self.body.addLayout(deeds)
        self.body.addWidget(self.busy)
        keeps = self.busy.sizePolicy()
        keeps.setRetainSizeWhenHidden(False)  # room is scarce in large type
        self.busy.setSizePolicy(keeps)
        self.body.addWidget(self.tabs, 1)

    # what is shown

    def activate(self) -> None:
        """The keyboard goes to what comes next."""
        (self.merge if self.merge.isEnabled() else self.files.choose).setFocus()

    def refresh(self) -> None:
        """See Page."""
        self._incoming = [each for each in self._incoming if self._stands(each)]
        self._show_board()
        self._fill()

    def _show_board(self) -> None:
        """How each township stands, and the remarks; the queue and its preview stay where they are."""
        lines = self.office.handoff.city.board(date.today())
        self.remarks.refresh()
        waiting = self.remarks.waiting
        self.tabs.setTabText(2, f"退回意见 {waiting.total()}" if waiting else "退回意见")
        self.board.show_round(self.office.handoff.city.round)
        self.board.show_lines(lines, waiting)
        come = sum(line.last is not None for line in lines)
        self.header.set_scope(
            f"{len(lines)} 个乡镇，已收 {come} 个 · {self.office.handoff.keys.standing_words}"
        )

    def _fill(self) -> None:
        row = self.queue.currentRow()
        self.queue.setRowCount(0)
        for each in self._incoming:
            header = each.verdict.header
            number, day = (f"第 {header.seq} 号", header.as_of) if header else ("", "")
            add_row(self.queue, (each.unit or each.path.name, number, day, each.words))
        self.queue.setVisible(bool(self._incoming))
        self._fit_queue()
        if self._incoming:
            self.queue.setCurrentCell(max(row, 0), 0)
        self._allow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More packages are in sight where there is room."""
        super().resizeEvent(event)
        self._fit_queue()

    def _fit_queue(self) -> None:
        line = theme.row_height(self)
        most = max(self.height() // (_QUEUE_SHARE * line) - 1, _QUEUE_LINES)
        lines = min(max(len(self._incoming), _QUEUE_LINES), most)
        self.queue.setFixedHeight((lines + 1) * line + 4)

    def _stands(self, each: Incoming) -> bool:
        """Whether a merge was not taken back meanwhile, here or by Ctrl+Z."""
        if each.result is None or each.staged is None:
            return True
        try:
            self.office.handoff.city.result(each.staged.hash)
        except LookupError:
            return False
        return True

    @property
    def _current(self) -> Incoming | None:
        row = self.queue.currentRow()
        return self._incoming[row] if 0 <= row < len(self._incoming) else None

    def _show_current(self) -> None:
        self.preview.show_plan(self._current.plan if self._current else None)
        self._allow()

    def _allow(self) -> None:
        ready, merged = self._ready(), self._merged()
        current = self._current
        self.merge.setEnabled(bool(ready) and not self._working)
        self.merge.setText(f"合并 {len(ready)} 个包" if len(ready) > 1 else "合并")
        self.confirm.setVisible(current is not None and current.asks)
        self.refuse.setVisible(current is not None and current.can_be_returned)
        for control in (self.receipt, self.report, self.undo):
            control.setVisible(bool(merged))
        for control in (self.confirm, self.refuse, self.receipt, self.report, self.undo):
            control.setEnabled(not self._working)
        self.target.setVisible(bool(merged) or self.refuse.isVisible() or bool(ready))

    def _ready(self) -> list[Incoming]:
        return [each for each in self._incoming if each.is_ready]

    def _merged(self) -> list[Incoming]:
        return [each for each in self._incoming if each.result is not None]

    def _say(self, words: str, tone: Tone, codes: str = "") -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
        theme.set_tone(self.words, tone)
        self.codes.setText(codes)
        self.codes.setVisible(bool(codes))

    def _start(self, job: Job, words: str) -> None:
        self._working = True
        job.failed.connect(self._tell)
        job.finished.connect(self._end)
        self.busy.begin(words)
        self._allow()
        job.start()

    def _end(self) -> None:
        self._working = False
        self.busy.end()
        self._allow()

    def _tell(self, error: DesktopError) -> None:
        errors.tell(self, error)

    # taking in

    def read_files(self, paths: Sequence[Path]) -> None:
        """Verify packages and show what they would do."""
        self._say("", Tone.PLAIN)
        self._read(paths, f"正在核对 {len(paths)} 个文件…")

    def _read(self, paths: Sequence[Path], words: str, *, confirmed: Set[Path] = frozenset()) -> None:
        """Those that wait for a person are read again: what was missing before one may have come."""
        asking = [each.path for each in self._incoming if each.asks and each.path not in paths]
        waiting = [each for each in self._ready() if each.path not in paths]
        given = [*dict.fromkeys(paths), *asking]
        job = office_job(self.office, lambda office: read(office, given, waiting, confirmed))
        job.done.connect(partial(self._take_in, paths))
        self._start(job, words)

    def _take_in(self, wanted: Sequence[Path], come: list[Incoming]) -> None:
        """Put files that were read into the queue, in the order in which packages are merged, and show one."""
        fresh = {each.path for each in come}
        kept = [each for each in self._incoming if each.path not in fresh]
        self._incoming = sorted([*kept, *come], key=lambda each: (not each.is_package, each.place))
        self._fill()
        come = [each for each in come if each.path in wanted]
        shown = next((each for each in come if each.plan is not None), come[0])
        self.queue.setCurrentCell(self._incoming.index(shown), 0)
        self._show_current()
        if any(each.plan is not None for each in come):
            self.tabs.setCurrentIndex(1)

    def _confirm(self) -> None:
        current = self._current
        if current is not None:
            self._read([current.path], "正在接收…", confirmed=frozenset([current.path]))

    def _choose(self, places: list[tuple[str, str, str]], side: Side) -> None:
        current = self._current
        if current is None or current.staged is None or self._working:
            return
        current.choices.update(dict.fromkeys(places, side))
        row = [each for each in self._ready() if each.place[0] == current.place[0]]
        job = office_job(self.office, lambda office: plans(office, row))
        job.done.connect(self._show_plans)
        self._start(job, "正在重新核对…")

    def _show_plans(self, made: list[tuple[Incoming, MergePlan]]) -> None:
        for each, plan in made:
            each.plan = plan
            if each is self._current:
                self.preview.show_plan(plan, afresh=False)

    # merging

    def _ask_to_merge(self) -> None:
        braked = [each for each in self._ready() if each.plan is not None and each.plan.brakes]
        if not braked:
            self._merge()
            return
        words = "\n".join(f"{each.name}：{removal_words(each.plan)}" for each in braked if each.plan)
        question = f"有 {len(braked)} 个报送包会大量删除记录。请打电话向报送单位核实，属实再合并。"
        errors.ask(self, question, "已电话核实，删除并合并", self._merge, words=words, careful=True)

    def _merge(self) -> None:
        waiting = self._ready()
        job = office_job(self.office, lambda office: merge(office, waiting))
        job.done.connect(self._show_merged)
        job.failed.connect(lambda _error: self.refresh())  # some may be merged
        self._start(job, "正在备份并合并…")

    def _show_merged(self, done: list[tuple[Incoming, MergeResult]]) -> None:
        backups = [result.backup.words for _, result in done if result.backup is not None]
        words = [f"✓ {each.name}：{result.words}" for each, result in done]
        if len(words) > _TOLD:
            words = [f"✓ 已合并 {len(done)} 个报送包，每个包的结果在上面的清单里。"]
        self._say("\n".join((*words, *backups[:1], "下一步：写回执，交还乡镇。")), Tone.OK)
        self.refresh()
        self.receipt.setFocus()
        self.changed.emit(f"已合并 {len(done)} 个报送包")

    def _undo(self) -> None:
        with errors.told(self):
            for each in reversed(self._merged()):
                assert each.staged is not None
                self.office.handoff.city.undo(each.staged.hash)
            self._say("已撤销本次合并，市库和合并前一样。", Tone.OK)
            self.undone.emit("已撤销本次合并")
        self.refresh()
        self._show_current()

    def _ask_where(self) -> None:
        ask_where_to_save(
            self, "保存合并报告", "PDF 文件", f"合并报告_{date.today():%Y%m%d}.pdf", self.save_report
        )

    def save_report(self, name: str) -> None:
        """Write the report of what was merged, and open it."""
        hashes = [each.staged.hash for each in self._merged() if each.staged]
        path = Path(name)
        job = office_job(
            self.office, lambda office: office.handoff.city.write_report(hashes, path, date.today())
        )
        job.done.connect(lambda _nothing: self._open_report(path))
        self._start(job, "正在生成合并报告…")

    def _open_report(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.noted.emit(f"合并报告已保存：{path.name}")

    # answers

    def _write_receipts(self) -> None:
        folder = self._folder()
        hashes = [each.staged.hash for each in self._merged() if each.staged]
        if folder is not None:
            job = office_job(self.office, lambda office: _receipts(office, folder, hashes))
            job.done.connect(self._show_receipts)
            self._start(job, "正在写回执并读回核对…")

    def _folder(self) -> Path | None:
        if self.target.folder is None:
            errors.tell(self, "请先插上 U 盘，或按“选文件夹…”选一个地方，再写回执。")
        return self.target.folder

    def _show_receipts(self, written: list[tuple[str, WrittenReceipt]]) -> None:
        of = {name: each.check_code for name, each in written}
        for package in self._incoming:
            package.check_code = of.get(package.name, package.check_code)
        self._fill()
        if len(written) > _TOLD:
            told = f"✓ 已写出 {len(written)} 份回执。请打电话与各乡镇核对校验码，都在上面的清单里。"
            self._say(told, Tone.OK)
            return
        names = "、".join(each.path.name for _, each in written)
        codes = "　".join(f"{unit} {each.check_code}" for unit, each in written)
        self._say(f"✓ 回执已写出：{names}。请打电话与乡镇核对下面的校验码。", Tone.OK, codes)

    def _ask_to_refuse(self) -> None:
        words = "不合并这个报送包，市库不变；理由写进回执交还乡镇，请乡镇改好后重新报送。"
        dialog = AskText("整包退回", words, "退回的理由", "写回执退回", self)
        dialog.given.connect(self._refuse)
        dialog.open()

    def _refuse(self, reason: str) -> None:
        current, folder = self._current, self._folder()
        if current is None or folder is None:
            return
        left = [each for each in self._ready() if each is not current]
        behind = [each.path for each in left if each.place[0] == current.place[0]]

        def write(office: Office) -> tuple[WrittenReceipt, list[Incoming]]:
            now = datetime.now().astimezone()
            receipt = office.handoff.receipts.refuse(folder, current.verdict, reason, now)
            return receipt, read(office, behind, [each for each in left if each.path not in behind])

        job = office_job(self.office, write)
        job.done.connect(partial(self._show_returned, current))
        self._start(job, "正在写回执…")

    def _show_returned(self, of: Incoming, done: tuple[WrittenReceipt, list[Incoming]]) -> None:
        """The receipt of a package that was sent back; those of its township are planned anew without it."""
        receipt, come = done
        self._incoming.remove(of)
        if come:
            self._take_in([each.path for each in come], come)
        else:
            self._fill()
            self._show_current()
        self._show_receipts([(of.name, receipt)])

    def _ask_remark(self, register: str, key: str, name: str) -> None:
        current = self._current
        if current is not None and current.verdict.header is not None:
            ask_for_remark(self, current.verdict.header.unit, register, key, name)

    def _set_round(self, since: date, deadline: date) -> None:
        self.office.handoff.city.set_round(since, deadline)
        self.refresh()


def _receipts(office: Office, folder: Path, hashes: Sequence[str]) -> list[tuple[str, WrittenReceipt]]:
    written = []
    for line in office.handoff.city.board(date.today()):
        for package in office.handoff.city.packages(line.division.code):
            if package.id in hashes:
                result = office.handoff.city.result(package.id)
                now = datetime.now().astimezone()
                receipt = office.handoff.receipts.write(folder, package, result, now)
                written.append((f"{line.division.name}第 {package.number} 号", receipt))
    return written
