"""The page 登记与下发: whom the city believes, and what it sends down to the townships."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.models.errors import DesktopError
from desktop.models.handoff.trust import KeyStatus, Unit
from desktop.models.handoff.verifying import Verdict
from desktop.models.services.handoff_keys import key_words
from desktop.views import errors, theme
from desktop.views.handoff.asking import AskText
from desktop.views.handoff.files import HandoffFiles
from desktop.views.handoff.target import Target
from desktop.views.jobs import office_job
from desktop.views.page import Page
from desktop.views.theme import Tone
from desktop.views.widgets.rows import add_row, rows_table
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_HEADINGS = ("乡镇", "12 位数字", "状态", "说明")
_DROP = "把乡镇交来的登记文件拖到这里，可以一次拖几个；逐个打电话核对 12 位数字。"
_OUR = "市里的 12 位数字（乡镇第一次装信任文件时，在电话里念给对方）"


class TrustPage(Page):
    """Own digits, the townships' keys, and the two files that go to all townships."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._units: Sequence[Unit] = ()
        self.make = theme.primary(QPushButton("生成市里的密钥", self))
        self.make.clicked.connect(self._make)
        self.ours = theme.quiet(WrappedLabel(_OUR, self))
        self.fingerprint = theme.figure(WrappedLabel(parent=self))
        self.fingerprint.setAccessibleName("市里的 12 位数字")
        self.standing = WrappedLabel(parent=self)
        self.files = HandoffFiles(_DROP, "选择登记文件…", self)
        self.files.given.connect(self.read_files)
        self.table = rows_table("乡镇的密钥", _HEADINGS, (11, 11, 7, 30))
        self.table.currentCellChanged.connect(lambda *_cell: self._allow())
        self.lost = QPushButton("挂失（丢了）…", self)
        self.lost.clicked.connect(partial(self._ask_status, KeyStatus.LOST))
        self.revoke = QPushButton("停用…", self)
        self.revoke.clicked.connect(partial(self._ask_status, KeyStatus.REVOKED))
        self.target = Target(self)
        self.root = QPushButton("写出信任文件", self)
        self.root.clicked.connect(self._write_root)
        self.down = QPushButton("写出下发包（方案、规则）", self)
        self.down.clicked.connect(self._write_down)
        self.words = WrappedLabel(parent=self)
        self.words.hide()
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        own = theme.card(QFrame(self))
        card = QVBoxLayout(own)
        for each in (self.ours, self.fingerprint, self.standing):
            card.addWidget(each)
        card.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        status, out = QHBoxLayout(), QHBoxLayout()
        for button in (self.lost, self.revoke):
            status.addWidget(button)
        status.addStretch(1)
        for button in (self.root, self.down):
            out.addWidget(button)
        out.addWidget(self.target, 1)
        for widget in (own, self.files, self.words, self.table):
            self.body.addWidget(widget, int(widget is self.table))
        self.body.addLayout(status)
        self.body.addLayout(out)

    def activate(self) -> None:
        """The keyboard goes to what comes next."""
        (self.make if self.make.isVisible() else self.files.choose).setFocus()

    def refresh(self) -> None:
        """See Page."""
        keys = self.office.handoff.keys
        self.fingerprint.setText(keys.me.fingerprint if keys.own else "")
        self.standing.setText(keys.standing_words)
        self.make.setVisible(not keys.own)
        for label in (self.ours, self.fingerprint):
            label.setVisible(bool(keys.own))
        self._units = keys.root.townships if keys.root else ()
        self.table.setRowCount(0)
        for unit in self._units:
            add_row(self.table, (unit.name, unit.fingerprint, unit.status.label, key_words(unit.status)))
        if self._units:
            self.table.setCurrentCell(0, 0)
        self.header.set_scope(f"信任文件第 {keys.root.version} 版" if keys.root else "还没有信任文件")
        for control in (self.files, self.root, self.down):
            control.setEnabled(bool(keys.own))
        self._allow()

    def _allow(self) -> None:
        row = self.table.currentRow()
        for button in (self.lost, self.revoke):
            button.setEnabled(row >= 0 and self._units[row].status is KeyStatus.ACTIVE)

    def _say(self, words: str, tone: Tone) -> None:
        self.words.setText(words)
        self.words.show()
        theme.set_tone(self.words, tone)

    def _make(self) -> None:
        self.office.handoff.keys.make()
        self.refresh()

    # townships' keys

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read enrolments, then have each compared."""
        job = office_job(self.office, lambda office: office.handoff.trust.read_enrolments(paths))
        job.done.connect(partial(self._compare, paths))
        job.failed.connect(self._tell)
        job.start()

    def _compare(self, paths: Sequence[Path], found: list[tuple[Verdict, Unit | None]]) -> None:
        refused = [
            f"{path.name}：{verdict.message}。{verdict.advice}"
            for path, (verdict, unit) in zip(paths, found, strict=True)
            if unit is None
        ]
        if refused:
            self._say("\n".join(refused), Tone.ERROR)
        for unit in (unit for _, unit in found if unit is not None):
            words = f"请给“{unit.name}”打电话，让对方念出屏幕上的 12 位数字，在这里输入。对不上就不要登记。"
            dialog = AskText(f"登记 {unit.name}", words, "乡镇念的 12 位数字", "已电话核对，登记", self)
            dialog.given.connect(partial(self._list, unit))
            dialog.open()

    def _list(self, unit: Unit, heard: str) -> None:
        with errors.told(self):
            self.office.handoff.trust.take_enrolments([unit], [heard], datetime.now().astimezone())
            self._say(f"✓ 已登记{unit.name}。请写出新的信任文件，发给各乡镇。", Tone.OK)
            self.refresh()

    def _ask_status(self, status: KeyStatus) -> None:
        unit = self._units[self.table.currentRow()]
        question = f"把{unit.name}的密钥标为“{status.label}”？以后不能再恢复使用。"
        errors.ask(self, question, "确定", partial(self._set_status, unit, status), words=key_words(status))

    def _set_status(self, unit: Unit, status: KeyStatus) -> None:
        with errors.told(self):
            self.office.handoff.trust.set_status(unit.fingerprint, status, datetime.now().astimezone())
            self._say(f"{unit.name}的密钥{status.label}。请写出新的信任文件，发给各乡镇。", Tone.WARN)
            self.refresh()

    # what goes to all townships

    def _write_root(self) -> None:
        self._write(lambda office, folder, now: office.handoff.trust.write_root(folder, now))

    def _write_down(self) -> None:
        self._write(lambda office, folder, now: office.handoff.down.write(folder, now)[0])

    def _write(self, write: Callable[[Office, Path, datetime], Path]) -> None:
        folder = self.target.folder
        if folder is None:
            errors.tell(self, "请先插上 U 盘，或按“选文件夹…”选一个地方。")
            return
        job = office_job(self.office, lambda office: write(office, folder, datetime.now().astimezone()))
        job.done.connect(self._show_written)
        job.failed.connect(self._tell)
        job.start()

    def _show_written(self, path: Path) -> None:
        self._say(f"✓ 已写出并读回核对：{path}。请发给各乡镇。", Tone.OK)
        self.refresh()

    def _tell(self, error: DesktopError) -> None:
        errors.tell(self, error)
