"""The page 报送: a township's packages to the city, receipts and remarks back, and what comes down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.models.errors import DesktopError
from desktop.models.handoff.codes import Code, Standing
from desktop.models.handoff.header import Kind
from desktop.models.handoff.verifying import Verdict
from desktop.models.services.handoff_down import DownPlan
from desktop.models.services.handoff_keys import Standing as KeyStanding
from desktop.models.services.handoff_receipts import TakenReceipt
from desktop.views import errors, theme
from desktop.views.handoff.asking import AskText
from desktop.views.handoff.files import SUFFIX, HandoffFiles
from desktop.views.handoff.remark_list import RemarkList
from desktop.views.handoff.road import Road
from desktop.views.handoff.sending_card import SendingCard, check_words
from desktop.views.jobs import office_job
from desktop.views.page import Page
from desktop.views.theme import Tone
from desktop.views.widgets.rows import add_row, rows_table
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_DROP = "把市里发回的文件拖到这里：回执、信任文件、下发包（方案和规则），也可以一次拖几个。"
_LOG = ("时间", "序号", "写到哪里", "校验码", "状态")
_CITYS = (Kind.RECEIPT, Kind.ROOT, Kind.DOWN)


@dataclass(frozen=True, slots=True)
class Come:
    """One of the city's files, as far as it can be taken without asking."""

    path: Path
    verdict: Verdict
    receipt: TakenReceipt | None = None
    plan: DownPlan | None = None
    problem: str = ""


class HandoffPage(Page):
    """Until the city knows the township it shows the road there, then two cards; below are log and remarks."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.road = Road(office, self)
        self.road.moved.connect(self.refresh)
        self.card = SendingCard(office, self)
        self.card.sent.connect(lambda _sent: self.refresh())
        self.card.target.changed.connect(self._look_on_stick)
        self.road.target.changed.connect(self._look_on_stick)
        self._build_coming()
        self.log = rows_table("报送记录", _LOG, (11, 7, 22, 11, 8))
        self.remarks = RemarkList(office, self)
        self.remarks.asked.connect(self.asked)
        self.remarks.changed.connect(self._note_remark)
        self._lay_out()
        self.refresh()

    def _build_coming(self) -> None:
        self.coming = theme.card(QFrame(self))
        self.files = HandoffFiles(_DROP, "选择文件…", self, narrow=True)
        self.files.given.connect(self.read_files)
        self.found = QPushButton(self)
        self.found.clicked.connect(lambda: self.read_files(self._found))
        self.found.hide()
        self._found: list[Path] = []
        self.taken = WrappedLabel(parent=self)
        self.taken.hide()
        self.check_code = theme.figure(WrappedLabel(parent=self))
        self.check_code.setAccessibleName("回执校验码")
        self.check_code.hide()
        layout = QVBoxLayout(self.coming)
        layout.setSpacing(theme.GAP)
        layout.addWidget(theme.heading(WrappedLabel("2  接收市里的回执", self)))
        for each in (self.files, self.found, self.taken, self.check_code):
            layout.addWidget(each)
        layout.addStretch(1)

    def _lay_out(self) -> None:
        inside = QWidget(self)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self.road, 3)
        cards.addWidget(self.card, 3)
        cards.addWidget(self.coming, 2)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.log, "报送记录")
        self.tabs.addTab(self.remarks, "退回意见")
        self.tabs.setMinimumHeight(7 * theme.row_height(self))
        self.coming.setMinimumWidth(theme.characters(self, 18))
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(cards)
        layout.addWidget(self.tabs, 1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.body.addWidget(scroll, 1)

    # what is shown

    def activate(self) -> None:
        """Ask again: records were changed on other pages."""
        self.refresh()
        (self.road.enrol if self.road.isVisible() else self.card.write).setFocus()

    def refresh(self) -> None:
        """See Page."""
        active = self.office.handoff.keys.standing is KeyStanding.ACTIVE
        self.road.setVisible(not active)
        self.card.setVisible(active)
        self.header.set_scope("用 U 盘报送到市里" if active else "还没有和市里互相登记")
        if active:
            self.card.refresh()
        else:
            self.road.refresh()
        self._fill()

    def _fill(self) -> None:
        self.log.setRowCount(0)
        for sent in reversed(self.office.handoff.sending.log.all()):
            where = f"{sent.label} {sent.folder}".strip()
            number = f"第 {sent.seq} 号"
            texts = (
                f"{sent.made_at:%Y.%m.%d %H:%M}",
                number,
                where,
                check_words(sent.hash),
                sent.status.label,
            )
            add_row(self.log, texts)
        self.remarks.refresh()
        waiting = self.remarks.waiting.total()
        self.tabs.setTabText(1, f"退回意见 {waiting}" if waiting else "退回意见")

    def _note_remark(self, words: str) -> None:
        self.refresh()
        self.changed.emit(words)

    # the city's files

    def _look_on_stick(self) -> None:
        drive = (self.card if self.card.isVisible() else self.road).target.drive
        self.found.hide()
        if drive is not None:
            job = office_job(self.office, lambda office: _waiting(office, drive.root))
            job.done.connect(self._offer)
            job.failed.connect(self._tell)
            job.start()

    def _offer(self, found: list[Path]) -> None:
        self._found = found
        self.found.setText(f"接收 U 盘上的 {len(found)} 个文件")
        self.found.setVisible(bool(found))

    def read_files(self, paths: Sequence[Path]) -> None:
        """Take receipts at once; ask for what a person has to compare or agree to."""
        job = office_job(self.office, lambda office: [_come(office, path) for path in paths])
        job.done.connect(self._take_all)
        job.failed.connect(self._tell)
        job.start()

    def _take_all(self, come: list[Come]) -> None:
        self.found.hide()
        self.taken.setText("")
        for each in come:
            kind = each.verdict.header.kind if each.verdict.header else None
            if each.receipt is not None:
                self._show_receipt(each.receipt)
            elif each.plan is not None:
                self._ask_down(each.plan)
            elif kind is Kind.ROOT and each.verdict.envelope is not None:
                self._take_root(each.verdict)
            else:
                words = each.problem or f"{each.verdict.message}。{each.verdict.advice}"
                self._say(f"{each.path.name}：{words}", Tone.ERROR)

    def _say(self, words: str, tone: Tone) -> None:
        self.taken.setText("\n".join(filter(None, (self.taken.text(), words))))
        theme.set_tone(self.taken, tone)
        self.taken.show()

    def _show_receipt(self, taken: TakenReceipt) -> None:
        head = f"第 {taken.sent.seq} 号报送包：{taken.sent.status.label}。请把下面的校验码念给市里核对。"
        self._say("\n".join((head, *taken.words)), Tone.WARN if taken.words else Tone.OK)
        self.check_code.setText(taken.check_code)
        self.check_code.show()
        self.refresh()
        if taken.receipt.remarks:
            self.tabs.setCurrentIndex(1)
        self.changed.emit("已接收回执")

    def _take_root(self, verdict: Verdict) -> None:
        if verdict.code is not Code.COMPARE:
            self._hold_root(verdict, None)
            return
        words = "请打电话给市里，让对方念出市里的 12 位数字，在这里输入。数字对不上就不要装入。"
        dialog = AskText("装入市里的信任文件", words, "市里念的 12 位数字", "核对无误，装入", self)
        dialog.given.connect(lambda heard: self._hold_root(verdict, heard))
        dialog.open()

    def _hold_root(self, verdict: Verdict, heard: str | None) -> None:
        with errors.told(self):
            root = self.office.handoff.trust.take_root(verdict, heard)
            self._say(
                f"✓ 已装入信任文件第 {root.version} 版。{self.office.handoff.keys.standing_words}", Tone.OK
            )
            self.refresh()

    def _ask_down(self, plan: DownPlan) -> None:
        if not plan.changes:
            self._say(
                "\n".join((f"下发包第 {plan.version} 版与本机相同，不用再做什么。", *plan.hints)), Tone.OK
            )
            return
        lines = [f"{each.what}：{each.old or '没有'} → {each.new or '没有'}" for each in plan.changes[:15]]
        more = [f"……共 {len(plan.changes)} 处"] if len(plan.changes) > len(lines) else []
        question = f"市里下发了第 {plan.version} 版方案和规则，与本机有 {len(plan.changes)} 处不同。"
        words = "\n".join((*lines, *more, *plan.hints))
        errors.ask(self, question, "接收", lambda: self._take_down(plan), words=words)

    def _take_down(self, plan: DownPlan) -> None:
        with errors.told(self):
            taken = self.office.handoff.down.take(plan)
            self._say(f"✓ 已接收下发包第 {plan.version} 版，采用 {taken} 处。", Tone.OK)
            self.changed.emit(f"已接收下发包第 {plan.version} 版")

    def _tell(self, error: DesktopError) -> None:
        errors.tell(self, error)


def _come(office: Office, path: Path) -> Come:
    verdict = office.handoff.verify(path)
    kind = verdict.header.kind if verdict.header else None
    try:
        if verdict.envelope is not None and kind is Kind.RECEIPT:
            return Come(path, verdict, receipt=office.handoff.receipts.take(verdict))
        if verdict.envelope is not None and kind is Kind.DOWN:
            return Come(path, verdict, plan=office.handoff.down.plan(verdict))
    except DesktopError as error:  # of this file; the others go on
        return Come(path, verdict, problem=str(error))
    return Come(path, verdict)


def _waiting(office: Office, folder: Path) -> list[Path]:
    """The city's files in a folder that were not taken yet."""
    found = []
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        verdict = office.handoff.verify(path)
        is_citys = verdict.header is not None and verdict.header.kind in _CITYS
        if is_citys and verdict.standing in (Standing.TAKE, Standing.ASK):
            found.append(path)
    return found
