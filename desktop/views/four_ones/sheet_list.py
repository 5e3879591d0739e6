"""Scanned sign-in sheets and other papers (签到表扫描件) in the form of an activity, kept with it when it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.models.registers.activity import ACTIVITY
from desktop.models.registers.person_file import DOCUMENT, Attachment
from desktop.models.services.new_files import NewFile, make_all_ready
from desktop.views import errors, theme
from desktop.views.jobs import office_job
from desktop.views.person.opened_files import OpenedFiles
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office


class SheetList(QWidget):
    """``receiving`` while files are read; ``removed`` after one that was kept is taken away."""

    receiving = Signal(bool)
    removed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._opened = OpenedFiles(office, self)
        self._reading = 0  # jobs
        self._key: str | None = None
        self.files: list[NewFile] = []  # that wait to be kept
        self.add = QPushButton("添加签到表扫描件…", self)
        self.add.setAutoDefault(False)
        self.add.setIcon(theme.icon("paperclip", "text"))
        self.add.clicked.connect(self._open_chooser)
        self.words = WrappedLabel(parent=self)
        theme.set_tone(self.words, theme.Tone.WARN)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._lines)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.words)
        self._say("")

    def show_files(self, key: str | None, files: list[NewFile]) -> None:
        """Show the papers of an activity, None one that is not saved yet, and those that wait; further ones join them."""
        self._key, self.files = key, files
        self._say("")
        self.refresh()

    def take(self, paths: Sequence[Path]) -> None:
        """Add files; reading them does not stop the window."""
        files = self.files  # of the form that is shown now
        job = office_job(self._office, lambda _worker: make_all_ready(paths, DOCUMENT))
        job.done.connect(lambda answer: self._receive(files, *answer))
        job.finished.connect(lambda: self._wait(-1))
        self._wait(1)
        job.start()

    def _receive(self, files: list[NewFile], ready: list[NewFile], refused: list[str]) -> None:
        files += ready
        if files is self.files:
            self._say("\n".join(refused))
            self.refresh()

    def _wait(self, more: int) -> None:
        self._reading += more
        self.receiving.emit(self._reading > 0)

    def refresh(self) -> None:
        """Ask again what is kept."""
        while item := self._lines.takeAt(0):
            widget = item.widget()
            assert widget is not None  # lines only
            widget.hide()
            widget.deleteLater()
        kept = self._office.attachments.of(ACTIVITY.name, self._key, DOCUMENT) if self._key else []
        files: list[Attachment | NewFile] = [*reversed(kept), *self.files]
        for each in files:
            self._lines.addWidget(self._line(each))

    def _line(self, file: Attachment | NewFile) -> QWidget:
        line = QWidget(self)
        name = theme.link(QPushButton(file.name.replace("&", "&&"), line))
        name.setAutoDefault(False)
        if isinstance(file, Attachment):
            name.setToolTip("打开")
            name.clicked.connect(lambda: self._open(file))
        else:
            name.setEnabled(False)
            name.setToolTip("保存以后可以打开")
        remove = theme.link(QPushButton("删除", line))
        remove.setAutoDefault(False)
        remove.setAccessibleName(f"删除 {file.name}")
        remove.clicked.connect(lambda: self._remove(file))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(name)
        layout.addWidget(remove)
        layout.addStretch(1)
        return line

    def _open(self, file: Attachment) -> None:
        with errors.told(self):
            self._opened.open(file)

    def _remove(self, file: Attachment | NewFile) -> None:
        if isinstance(file, NewFile):
            self.files.remove(file)
        else:
            with errors.told(self):
                self._office.attachments.remove([file.id])
                self.removed.emit()
        self.refresh()
        self.add.setFocus()

    def _open_chooser(self) -> None:
        dialog = QFileDialog(self, "添加签到表扫描件")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names]))
        dialog.open()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))
