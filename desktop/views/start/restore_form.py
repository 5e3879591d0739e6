"""Which backup to begin with, and the password it was made under."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from desktop.models.services.backup import restore
from desktop.office import Office
from desktop.views import theme
from desktop.views.widgets.password_edit import PasswordEdit
from desktop.views.widgets.path_field import PathField

BACKUP_FILES = ("备份文件 (*.tybak)", "所有文件 (*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """A form filled in."""

    source: Path
    password: str

    def restore_to(self, folder: Path) -> Office:
        """Put the backup into ``folder`` and open it; see ``restore`` for what may be refused."""
        restore(self.source, folder, self.password)
        return Office.open(folder, self.password)


class RestoreForm(QWidget):
    """A file and a password."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = PathField("备份文件", BACKUP_FILES, "选一个备份文件")
        self.source.changed.connect(self.changed)
        self.password = PasswordEdit("备份时的密码")
        self.password.textChanged.connect(self.changed)
        hint = theme.quiet(QLabel("备份一般在备份盘的“头雁台账备份”文件夹里，选日期最近的一份。"))
        hint.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.SPACE)
        form.addRow("备份文件(&F)", self.source)
        form.addRow("", hint)
        form.addRow("备份时的密码(&P)", self.password)

    def begin(self) -> None:
        """Put the focus on the first field."""
        self.source.setFocus()

    @property
    def value(self) -> Restoration | None:
        """The form; None while something is missing."""
        source, password = self.source.path, self.password.text()
        return Restoration(source=source, password=password) if source and password else None
