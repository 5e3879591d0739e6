"""The card 生成报送包: where to, what of it, what is new, what stands against it, and one button."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.errors import DesktopError
from desktop.models.registers.handoff import OWN
from desktop.models.services.drives import eject
from desktop.models.services.handoff_content import TITLES
from desktop.models.services.handoff_log import Sent
from desktop.models.services.handoff_sending import Doubt, Preview, RegisterDifference
from desktop.models.services.history import FieldChange
from desktop.views import errors, theme
from desktop.views.handoff.target import Target, size_words
from desktop.views.jobs import Job, office_job
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy, Progress
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_LINES = 500  # of a difference, shown
_DIFFERENCE_LINES = 9  # in sight
_COUNTED = ("person", "term", "activity")


class StoppedError(DesktopError):
    """A person stopped the writing."""

    def __init__(self) -> None:
        super().__init__("已停止，没有生成报送包，U 盘上没有留下文件。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What a package would hold, what is new in it, what stands against it."""

    preview: Preview
    doubts: tuple[Doubt, ...]
    differences: tuple[RegisterDifference, ...]
    told: tuple[FieldChange, ...]


class SendingCard(QFrame):
    """Asks for the state beside the window; the button is dark until it is known and nothing blocks."""

    sent = Signal(object)  # a Sent

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.card(self)
        self._office = office
        self._ready: Ready | None = None
        self._asking: Job | None = None
        self._stop = Event()
        self._writing = False
        self._on_stick = False  # a package was written, and the stick may be let go
        self._chosen = set(OWN)
        self.target = Target(self)
        self.target.changed.connect(self._allow)
        self.contents = QPushButton(self)
        self.contents.setMenu(self._contents_menu())
        self.day = QDateEdit(QDate.currentDate(), self)
        self.day.setDisplayFormat("yyyy.MM.dd")
        self.day.setCalendarPopup(True)
        self.day.setMaximumDate(QDate.currentDate())
        self.day.setAccessibleName("数据截至")
        self.day.dateChanged.connect(lambda _day: self.refresh())
        self.counts = theme.quiet(WrappedLabel("正在核对…", self))
        self.difference = theme.link(QPushButton(self))
        self.difference.setCheckable(True)
        self.lines = QTreeWidget(self)
        self.lines.setAccessibleName("与上次报送的差异")
        self.lines.setHeaderLabels(["记录", "项目", "原来", "现在"])
        self.lines.setRootIsDecorated(False)
        self.lines.setVisible(False)
        self.difference.toggled.connect(self.lines.setVisible)
        self.doubts = WrappedLabel(parent=self)
        self.unknown = WrappedLabel(parent=self)
        theme.set_tone(self.unknown, Tone.WARN)
        self.write = theme.primary(QPushButton("生成报送包", self))
        self.write.clicked.connect(self._write)
        self.busy = Busy(self)
        self.busy.stopped.connect(self._stop.set)
        self.written = WrappedLabel(parent=self)
        theme.set_tone(self.written, Tone.OK)
        wide = QSizePolicy.Policy.Ignored  # a file's name does not wrap
        self.written.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        self.eject = QPushButton("弹出 U 盘", self)
        self.eject.clicked.connect(self._eject)
        self._lay_out()
        self._fit()
        self._allow()

    def _lay_out(self) -> None:
        what, foot = QHBoxLayout(), QHBoxLayout()
        what.addWidget(self.contents)
        what.addWidget(self.day)
        what.addStretch(1)
        foot.addWidget(self.write)
        foot.addWidget(self.eject)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GAP)
        layout.addWidget(theme.heading(WrappedLabel("1  生成报送包", self)))
        layout.addWidget(self.target)
        layout.addWidget(self.unknown)
        layout.addLayout(what)
        layout.addWidget(self.counts)
        layout.addWidget(self.difference, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.lines)
        layout.addWidget(self.doubts)
        layout.addLayout(foot)
        layout.addWidget(self.busy)
        keeps = self.busy.sizePolicy()
        keeps.setRetainSizeWhenHidden(False)  # the cards share the width
        self.busy.setSizePolicy(keeps)
        layout.addWidget(self.written)
        layout.addStretch(1)
        self.written.hide()
        self.unknown.hide()

    def _fit(self) -> None:
        self.lines.setFixedHeight(_DIFFERENCE_LINES * theme.row_height(self))
        for column, width in enumerate((12, 8, 10)):
            self.lines.setColumnWidth(column, theme.characters(self, width))

    def _contents_menu(self) -> QMenu:
        menu = QMenu(self)
        for register in OWN:
            action = menu.addAction(TITLES[register])
            action.setCheckable(True)
            action.setChecked(True)
            action.toggled.connect(partial(self._choose, register))
        self._name_contents()
        return menu

    def _choose(self, register: str, on: bool) -> None:
        (self._chosen.add if on else self._chosen.discard)(register)
        self._name_contents()
        self.refresh()

    def _name_contents(self) -> None:
        count = len(self._chosen)
        self.contents.setText("内容：全部" if count == len(OWN) else f"内容：{count} / {len(OWN)} 类")

    # what would go

    @property
    def _registers(self) -> tuple[str, ...]:
        return tuple(name for name in OWN if name in self._chosen)

    def refresh(self) -> None:
        """Ask again what would go."""
        if self._asking is not None:
            self._asking.drop()
        self._ready = None
        registers, as_of, today = self._registers, self._as_of(), date.today()
        self._asking = office_job(self._office, lambda office: _ready(office, registers, as_of, today))
        self._asking.done.connect(self._show)
        self._asking.failed.connect(self._tell)
        self._asking.start()
        self._allow()

    def _as_of(self) -> date:
        day = self.day.date()
        return date(day.year(), day.month(), day.day())

    def _show(self, ready: Ready) -> None:
        self._ready, self._asking = ready, None
        rows = {name: count for name, _, count in ready.preview.registers}
        told = "，".join(f"{TITLES[name]} {rows[name]}" for name in _COUNTED if rows.get(name))
        self.counts.setText(
            f"{told}，共 {sum(rows.values())} 条；附件 {ready.preview.attachments} 个，"
            f"{size_words(ready.preview.attachment_bytes)}。{ready.preview.notice}。"
        )
        added, changed, removed = (
            sum(getattr(each, name) for each in ready.differences) for name in ("added", "changed", "removed")
        )
        self.difference.setText(f"与上次报送相比：新增 {added}，修改 {changed}，减少 {removed} 〔逐条看〕")
        self._fill(ready.told)
        self.doubts.setText(
            "\n".join(("不能报送：" if d.blocking else "提醒：") + d.words for d in ready.doubts)
        )
        self.doubts.setVisible(bool(ready.doubts))
        theme.set_tone(self.doubts, Tone.ERROR if any(d.blocking for d in ready.doubts) else Tone.WARN)
        self._allow()

    def _fill(self, told: Iterable[FieldChange]) -> None:
        self.lines.clear()
        found = list(told)
        for each in found[:_LINES]:
            self.lines.addTopLevelItem(QTreeWidgetItem([each.who, each.field, each.old, each.new]))
        if len(found) > _LINES:
            self.lines.addTopLevelItem(QTreeWidgetItem([f"……共 {len(found)} 处"]))

    def _tell(self, error: DesktopError) -> None:
        errors.tell(self, error)

    def _allow(self) -> None:
        folder, drive = self.target.folder, self.target.drive
        clear = self._ready is not None and not any(each.blocking for each in self._ready.doubts)
        self.write.setText(f"生成到 {folder}" if folder and len(str(folder)) < 24 else "生成报送包")
        self.write.setToolTip(str(folder) if folder else "先插上 U 盘，或选文件夹")
        self.write.setEnabled(
            bool(folder) and clear and not self._writing and not (drive and drive.read_only)
        )
        words = ""
        if drive and drive.read_only:
            words = "这个 U 盘写保护，不能写入。请拨开写保护开关，或换一个 U 盘。"
        elif drive and self._office.handoff.sending.is_unknown_disk(drive):
            words = "这个 U 盘没有在本机报送过，请核对是不是报送专用的 U 盘。"
        self.unknown.setText(words)
        self.unknown.setVisible(bool(words))
        self.eject.setVisible(drive is not None and self._on_stick)

    # writing

    def _write(self) -> None:
        folder = self.target.folder
        if folder is None:
            return
        self._stop.clear()
        self._writing = True
        self.written.hide()
        self._on_stick = False
        moved = Progress(self)
        moved.moved.connect(self._advance)
        registers, as_of = self._registers, self._as_of()

        def progress(done: int) -> None:
            if self._stop.is_set():
                raise StoppedError
            moved(done, 0)

        def write(office: Office) -> Sent:
            now = datetime.now().astimezone()
            return office.handoff.sending.write(
                folder, now=now, registers=registers, as_of=as_of, progress=progress
            )

        job = office_job(self._office, write)
        job.done.connect(self._show_sent)
        job.failed.connect(self._tell)
        job.finished.connect(self._end)
        self.busy.begin("正在写入并读回核对…", can_stop=True)
        job.start()
        self._allow()

    def _advance(self, done: int, _total: int) -> None:
        self.busy.advance(0, 0, f"已写入 {size_words(done)}，写完还要读回核对…")

    def _end(self) -> None:
        self._writing = False
        self.busy.end()
        self._allow()

    def _show_sent(self, sent: Sent) -> None:
        self.written.setText(
            f"✓ 已写出并读回核对：第 {sent.seq} 号，{size_words(sent.size)}，{sent.file}\n"
            f"校验码 {check_words(sent.hash)}。请把 U 盘交给市里，等回执。"
        )
        self.written.show()
        self._on_stick = True
        self._allow()
        self.sent.emit(sent)

    def _eject(self) -> None:
        drive = self.target.drive
        if drive is None:
            return
        job = Job(lambda: eject(drive))
        job.done.connect(self._show_ejected)
        job.failed.connect(self._tell)
        job.finished.connect(self.target.look)
        job.start()

    def _show_ejected(self) -> None:
        self._on_stick = False
        self.written.setText("✓ U 盘已弹出，可以拔下。")
        self._allow()


def check_words(file_hash: str) -> str:
    """The beginning of a file's hash, to compare by eye."""
    return f"{file_hash[:4]}-{file_hash[4:8]}-{file_hash[8:12]}".upper()


def _ready(office: Office, registers: tuple[str, ...], as_of: date, today: date) -> Ready:
    sending = office.handoff.sending
    differences = sending.difference(registers)
    rows = [row for each in differences for row in each.rows]
    return Ready(
        preview=sending.preview(registers, as_of=as_of, today=today),
        doubts=tuple(sending.check(registers, as_of=as_of, today=today)),
        differences=differences,
        told=sending.told(rows[: _LINES + 1]),
    )
