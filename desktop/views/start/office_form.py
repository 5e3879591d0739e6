"""What a new office needs to be told: which unit it is, a password, where backups go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from desktop.models.registers.division import Division, DivisionKind
from desktop.office import unit_choices
from desktop.views import theme
from desktop.views.widgets.new_password import NewPassword
from desktop.views.widgets.path_field import PathField

_LEAST_BYTES = 1 << 30  # a disk for backups; smaller ones are system partitions
_BACKUPS = "头雁台账备份"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffice:
    """A form filled in."""

    unit: Division
    password: str
    backup_folder: Path | None

    @property
    def level(self) -> str:
        """``township`` or ``city``."""
        return "city" if self.unit.kind == DivisionKind.CITY else "township"


def second_disk(folder: Path) -> Path | None:
    """A folder on a disk other than that of ``folder``, to suggest for backups; None where there is only one."""
    there = next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
    own = QStorageInfo(str(there)).rootPath()
    for disk in QStorageInfo.mountedVolumes():
        ready = disk.isValid() and disk.isReady() and not disk.isReadOnly() and not disk.isRoot()
        if ready and disk.rootPath() != own and disk.bytesTotal() >= _LEAST_BYTES and _is_disk(disk):
            return Path(disk.rootPath()) / _BACKUPS
    return None


def _is_disk(disk: QStorageInfo) -> bool:
    return bytes(disk.device().data()).startswith((b"/dev/", rb"\\"))  # else memory, or a container's layer


class OfficeForm(QWidget):
    """Unit, password twice, backup folder; nothing is chosen beforehand but the folder."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._units = unit_choices()
        self.unit = QComboBox()
        self.unit.setAccessibleName("本单位")
        self.unit.setPlaceholderText("请选择")
        self.unit.setMaxVisibleItems(len(self._units))
        self.unit.addItems([division.name for division in self._units])
        self.unit.setCurrentIndex(-1)
        self.unit.currentIndexChanged.connect(self.changed)
        self.password = NewPassword()
        self.password.changed.connect(self.changed)
        self.backups = PathField("备份文件夹")
        self.backups.show_path(second_disk(folder))
        hint = theme.quiet(
            QLabel("关闭程序时自动备份一份到这里。最好是另一块硬盘；现在没有可以空着，以后在“设置”里补。")
        )
        hint.setWordWrap(True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.GAP)
        form.addRow("本单位(&U)", self.unit)
        self.password.add_to(form)
        form.addRow("备份文件夹(&B)", self.backups)
        form.addRow("", hint)

    def begin(self) -> None:
        """Put the focus on the first field."""
        self.unit.setFocus()

    @property
    def value(self) -> NewOffice | None:
        """The form; None while something is missing."""
        password, index = self.password.password, self.unit.currentIndex()
        if password is None or index < 0:
            return None
        return NewOffice(unit=self._units[index], password=password, backup_folder=self.backups.path)

    def clear(self) -> None:
        """Forget the password."""
        self.password.clear()
