"""The attachments (附件) of a person or of another record: added by dropping, opened, saved out, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import Attachment
from desktop.views import errors, theme
from desktop.views.person.opened_files import OpenedFiles
from desktop.views.widgets.dropped import TakesFiles
from desktop.views.widgets.rows import add_row, rows_table
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_HEADINGS = ("文件名", "大小", "拍摄日期", "添加时间")
_WIDTHS = (28, 7, 8, 12)  # characters


class AttachmentsTab(TakesFiles, QWidget):
    """``changed`` once files were added or taken away."""

    changed = Signal()

    def __init__(self, office: Office, owner: str = PERSON.name) -> None:
        """``owner``: the register of the records."""
        super().__init__()
        self._office, self._owner = office, owner
        self._owner_id = ""
        self._attachments: Sequence[Attachment] = ()
        self.opened = OpenedFiles(office, self)
        self.setAcceptDrops(True)
        self.add = QPushButton("添加…", self)
        self.add.setIcon(theme.icon("plus", "text"))
        self.add.clicked.connect(self._open_chooser)
        self.open = QPushButton("打开", self)
        self.open.clicked.connect(self.open_current)
        self.save = QPushButton("另存为…", self)
        self.save.clicked.connect(self._ask_where)
        self.remove = QPushButton("删除", self)
        self.remove.clicked.connect(self.remove_current)
        line = QHBoxLayout()
        for button in (self.add, self.open, self.save, self.remove):
            line.addWidget(button)
        line.addStretch(1)
        self.table = rows_table("附件", _HEADINGS, _WIDTHS)
        self.table.cellDoubleClicked.connect(self.open_current)
        self.table.itemSelectionChanged.connect(self._allow)
        self.remarks = WrappedLabel(parent=self)  # where else what was added is used
        theme.set_tone(self.remarks, theme.Tone.WARN)
        self.remarks.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            theme.centered(theme.quiet(QLabel("还没有附件。把照片、扫描件拖到这里，或点“添加”。")))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.remarks)
        layout.addWidget(self._stack, 1)

    def show_attachments(self, owner_id: str, attachments: Sequence[Attachment]) -> None:
        """Show other files."""
        if owner_id != self._owner_id:
            self._say("")
        self._owner_id, self._attachments = owner_id, attachments
        self.table.setRowCount(0)
        for each in attachments:
            taken = (each.taken or "").replace("-", ".")
            add_row(self.table, (each.name, _size(each.size), taken, each.added[:16].replace("-", ".")))
        self._stack.setCurrentIndex(0 if attachments else 1)
        if attachments:
            self.table.selectRow(0)
        self._allow()

    def _allow(self) -> None:
        for button in (self.open, self.save, self.remove):
            button.setEnabled(self._current is not None)

    @property
    def _current(self) -> Attachment | None:
        row = self.table.currentRow()
        return self._attachments[row] if 0 <= row < len(self._attachments) else None

    def take(self, paths: Sequence[Path]) -> None:
        """Keep files with the record."""
        with errors.told(self):
            added = self._office.attachments.add(self._owner, self._owner_id, paths)
            self._say("\n".join(words for each in added for words in each.remarks))
            self.changed.emit()

    def _say(self, words: str) -> None:
        self.remarks.setText(words)
        self.remarks.setVisible(bool(words))

    def open_current(self) -> None:
        """Open the current file in the program that is usual for it."""
        if each := self._current:
            with errors.told(self):
                self.opened.open(each)

    def remove_current(self) -> None:
        """Take the current file away; it can be taken back."""
        if each := self._current:
            with errors.told(self):
                self._office.attachments.remove([each.id])
                self.changed.emit()

    def _open_chooser(self) -> None:
        dialog = QFileDialog(self, "添加附件")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names]))
        dialog.open()

    def _ask_where(self) -> None:
        if each := self._current:
            dialog = QFileDialog(self, "另存为", each.name)
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.fileSelected.connect(lambda name: self._save(each.id, Path(name)))
            dialog.open()

    def _save(self, key: str, path: Path) -> None:
        with errors.told(self):
            self._office.attachments.save(key, path)


def _size(number: int) -> str:
    return f"{number / 1024:.0f} KB" if number < 1024 * 1024 else f"{number / 1024 / 1024:.1f} MB"
