"""The road to a township's first hand-off: its key to the city, the city's back, each compared by telephone."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.models.errors import DesktopError
from desktop.models.services.handoff_keys import Standing
from desktop.views import errors, theme
from desktop.views.handoff.target import Target
from desktop.views.jobs import office_job
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_OUT = (Standing.REPLACED, Standing.REVOKED, Standing.LOST)
_FIRST = (
    "第一步  生成登记文件，用 U 盘交给市里。\n"
    "市里收到后会打电话来，请把下面 12 位数字念给对方，两边必须完全一样。"
)
_SECOND = (
    "第二步  市里登记后会发回一个“信任文件”。把它拖到右边的框里，或按“选择文件…”。\n"
    "装入时要输入市里在电话里念的 12 位数字。装好就可以报送，以后不用再做。"
)


class Road(QFrame):
    """Shown until the township may hand over; says where one stands and the one thing to do."""

    moved = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.card(self)
        self._office = office
        self.standing = WrappedLabel(parent=self)
        theme.set_tone(self.standing, Tone.WARN)
        self.target = Target(self)
        self.fingerprint = theme.figure(WrappedLabel(parent=self))
        self.fingerprint.setAccessibleName("本单位的 12 位数字")
        self.enrol = theme.primary(QPushButton(self))
        self.enrol.clicked.connect(self._enrol)
        self.written = WrappedLabel(parent=self)
        theme.set_tone(self.written, Tone.OK)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GAP)
        layout.addWidget(theme.heading(WrappedLabel("第一次报送：先和市里互相登记（只做一次）", self)))
        for each in (self.standing, WrappedLabel(_FIRST, self), self.fingerprint, self.target, self.enrol):
            layout.addWidget(each)
        layout.addWidget(self.written)
        layout.addWidget(WrappedLabel(_SECOND, self))
        self.written.hide()
        self.refresh()

    def refresh(self) -> None:
        """Where one stands now."""
        keys = self._office.handoff.keys
        standing = keys.standing
        self.standing.setText(standing.words)
        self.fingerprint.setText(keys.me.fingerprint if keys.own else "")
        self.fingerprint.setVisible(bool(keys.own))
        self.enrol.setText("重新生成密钥和登记文件" if standing in _OUT else "生成登记文件")

    def _enrol(self) -> None:
        folder = self.target.folder
        if folder is None:
            errors.tell(self, "请先插上 U 盘，或按“选文件夹…”选一个地方，再生成登记文件。")
            return
        fresh = self._office.handoff.keys.standing in (Standing.NO_KEYS, *_OUT)

        def write(office: Office) -> Path:
            if fresh:
                office.handoff.keys.make()
            return office.handoff.trust.write_enrolment(folder, datetime.now().astimezone())

        job = office_job(self._office, write)
        job.done.connect(self._show)
        job.failed.connect(self._tell)
        job.finished.connect(self._rest)
        self.enrol.setEnabled(False)
        job.start()

    def _show(self, path: Path) -> None:
        self.written.setText(f"✓ 已写出：{path}。请交给市里，等市里打电话核对。")
        self.written.show()

    def _tell(self, error: DesktopError) -> None:
        errors.tell(self, error)

    def _rest(self) -> None:
        self.enrol.setEnabled(True)
        self.refresh()
        self.moved.emit()
