"""Settings: are the photos and other files of records all there and whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.models.errors import DesktopError
from desktop.models.services.attachments import Trouble
from desktop.office import Office
from desktop.views import theme
from desktop.views.jobs import office_job
from desktop.views.settings.section import Section
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.rows import add_row, rows_table
from desktop.views.widgets.wrapped import WrappedLabel

_HEADINGS = ("属于", "文件名", "问题")
_WIDTHS = (20, 11, 20)  # characters
_Found = tuple[Sequence[Trouble], Sequence[str]]


class FilesSection(Section):
    """What is missing or damaged, by whom it belongs to."""

    title = "照片和附件"
    sentence = "照片、扫描件加密存放在数据文件夹里，备份里也有一份。在这里查一查有没有不见或损坏的。"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.quick = theme.primary(QPushButton("快速检查"))
        self.quick.setToolTip("看文件在不在、长短对不对，几秒钟")
        self.quick.clicked.connect(lambda: self._check(thoroughly=False))
        self.thorough = QPushButton("逐个核对")
        self.thorough.setToolTip("把每个文件读一遍，照片多时要几分钟，期间可以做别的")
        self.thorough.clicked.connect(lambda: self._check(thoroughly=True))
        self.busy = Busy()
        self.words = WrappedLabel()
        self.table = rows_table("有问题的照片和附件", _HEADINGS, _WIDTHS)
        self.table.hide()
        line = QHBoxLayout()
        for widget in (self.quick, self.thorough, self.busy):
            line.addWidget(widget)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self.words)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)

    def _check(self, *, thoroughly: bool) -> None:
        def found(office: Office) -> _Found:
            return office.attachments.check(thoroughly=thoroughly), office.attachments.orphans()

        job = office_job(self.office, found)
        job.done.connect(self._show)
        job.failed.connect(self._fail)
        job.finished.connect(self._end)
        self.quick.setEnabled(False)
        self.thorough.setEnabled(False)
        self.busy.begin("正在检查…")
        job.start()

    def _end(self) -> None:
        self.busy.end()
        self.quick.setEnabled(True)
        self.thorough.setEnabled(True)

    def _show(self, found: _Found) -> None:
        troubles, orphans = found
        self.table.setRowCount(0)
        for trouble in troubles:
            add_row(self.table, (trouble.who, trouble.attachment.name, trouble.words))
        self.table.setVisible(bool(troubles))
        words = f"有 {len(troubles)} 个文件不见或损坏了，见下表。" if troubles else "都在，没有发现问题。"
        if orphans:
            words += f"另有 {len(orphans)} 个文件没有记录用到，不影响使用。"
        self._say(words, Tone.WARN if troubles else Tone.OK)

    def _fail(self, error: DesktopError) -> None:
        self._say(str(error), Tone.ERROR)

    def _say(self, words: str, tone: Tone) -> None:
        self.words.setText(words)
        theme.set_tone(self.words, tone)
