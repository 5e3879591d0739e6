"""Where a file is written to, or lies: the sticks that are plugged in, seen as they come and go, or any folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QWidget

from desktop.models.services.drives import Drive, removable_drives
from desktop.views import theme
from desktop.views.jobs import Job

_EVERY = 1500  # milliseconds
_NONE = "没有插 U 盘：请插上，或选文件夹"
_UNITS = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB"))


class Target(QWidget):
    """The sticks in a list, the first one chosen by itself; looks for others as long as it is in sight."""

    changed = Signal()  # another place is chosen, or the chosen one was pulled out

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drives: tuple[Drive, ...] = ()
        self._folders: list[Path] = []
        self._looking = False
        self.places = QComboBox(self)
        self.places.setAccessibleName("U 盘或文件夹")
        self.places.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.places.setMinimumContentsLength(12)
        self.places.activated.connect(lambda _row: self.changed.emit())
        self.other = QPushButton("选文件夹…", self)
        self.other.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.places, 1)
        layout.addWidget(self.other)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.look)
        self._fill(None)

    @property
    def folder(self) -> Path | None:
        """The chosen place; None where there is none."""
        place = self.places.currentData()
        return Path(place) if place else None

    @property
    def drive(self) -> Drive | None:
        """The stick that is chosen; None for a folder."""
        return next((each for each in self.drives if each.root == self.folder), None)

    def look(self) -> None:
        """See which sticks are plugged in, beside the window."""
        if not self._looking:
            self._looking = True
            job = Job(removable_drives)
            job.done.connect(self._show)
            job.finished.connect(self._rest)
            job.start()

    def choose(self, folder: Path) -> None:
        """Choose a folder."""
        if folder not in (*self._folders, *(each.root for each in self.drives)):
            self._folders.append(folder)
        self._fill(folder)
        self.changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self._timer.start()
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at it."""
        super().hideEvent(event)
        self._timer.stop()

    def _rest(self) -> None:
        self._looking = False

    def _show(self, drives: tuple[Drive, ...]) -> None:
        if drives == self.drives:
            return
        chosen = self.folder
        known = {each.root for each in self.drives}
        fresh = next((each.root for each in drives if each.root not in known), None)
        self.drives = drives
        self._fill(fresh or chosen)
        self.changed.emit()

    def _fill(self, chosen: Path | None) -> None:
        self.places.clear()
        for each in self.drives:
            self.places.addItem(drive_words(each), str(each.root))
        for folder in self._folders:
            self.places.addItem(str(folder), str(folder))
        if not self.places.count():
            self.places.addItem(_NONE, None)
        self.places.setCurrentIndex(max(self.places.findData(str(chosen) if chosen else None), 0))
        self.places.setToolTip(self.places.currentText())

    def _ask(self) -> None:
        dialog = QFileDialog(self, "选文件夹")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()


def drive_words(drive: Drive) -> str:
    """A stick with what it has room for."""
    locked = "，写保护" if drive.read_only else ""
    return f"{drive.name} 剩余 {size_words(drive.free)}，{drive.file_system or '格式不明'}{locked}"


def size_words(count: int) -> str:
    """Bytes as people read them."""
    for unit, name in _UNITS:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} 字节"
