"""A person's photo, 3:4: dropped on it, pasted or chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.models.errors import DesktopError
from desktop.models.registers.person_file import PHOTO
from desktop.models.services.new_files import Loose, Source, make_ready
from desktop.models.services.photos import Box
from desktop.views import errors, theme
from desktop.views.widgets.dropped import files_in

if TYPE_CHECKING:
    from desktop.models.registers.person_file import Attachment
    from desktop.office import Office

_WIDTH = 11  # characters
_RATIO = 4 / 3  # height to width
_PICTURES = "照片 (*.jpg *.jpeg *.png *.heic *.heif)"
_PASTED = "粘贴的照片.png"


class PhotoFrame(QWidget):
    """``changed`` once a photo was set or taken away."""

    changed = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._person_id = ""
        self._photo: Attachment | None = None
        self.setAcceptDrops(True)
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        theme.card(self.picture)
        self.choose = QPushButton("选择照片…", self)
        self.choose.setToolTip("也可以把照片拖到这里，或复制后按 Ctrl+V")
        self.choose.clicked.connect(self._open_chooser)
        self.remove = theme.link(QPushButton("删除照片", self))
        self.remove.clicked.connect(self._remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.picture, self.choose, self.remove):
            layout.addWidget(widget)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()
            self.show_photo(self._person_id, self._photo)

    def _fit(self) -> None:
        width = theme.characters(self, _WIDTH)
        self.picture.setFixedSize(width, round(width * _RATIO))

    def show_photo(self, person_id: str, photo: Attachment | None) -> None:
        """Show somebody's photo, or where it would be."""
        self._person_id, self._photo = person_id, photo
        self.remove.setVisible(photo is not None)
        pixels = QPixmap()
        try:
            if photo is not None:
                size = round(self.picture.height() * self.devicePixelRatioF())
                pixels.loadFromData(self._office.attachments.thumbnail(photo.id, size) or b"")
                pixels.setDevicePixelRatio(self.devicePixelRatioF())
            words = "" if not pixels.isNull() else "没有照片\n\n拖到这里\n或 Ctrl+V 粘贴"
        except DesktopError as error:
            words = str(error)
        self.picture.clear()
        if words:
            self.picture.setText(words)
        else:
            self.picture.setPixmap(pixels)
        self.picture.setAccessibleName("照片" if not words else "没有照片")

    def take(self, source: Source) -> None:
        """Ask which part of a picture becomes the person's photo."""
        from desktop.views.person.cropping import CropDialog

        with errors.told(self):
            upright = QImage.fromData(make_ready(source, PHOTO).content)
            dialog = CropDialog(upright, self.window())
            dialog.decided.connect(partial(self._set, self._person_id, source))
            dialog.open()

    def _set(self, person_id: str, source: Source, box: Box, quarter_turns: int) -> None:
        with errors.told(self):
            self._office.attachments.set_photo(person_id, source, box, quarter_turns)
            self.changed.emit()

    def paste(self) -> bool:
        """Take what is on the clipboard; False where that is no picture."""
        data = QGuiApplication.clipboard().mimeData()
        if path := _picture_in(data):
            self.take(path)
            return True
        if not data.hasImage():
            return False
        content = QBuffer()
        content.open(QBuffer.OpenModeFlag.WriteOnly)
        QImageWriter(content, QByteArray(b"PNG")).write(QGuiApplication.clipboard().image())
        self.take(Loose(_PASTED, bytes(content.data().data())))
        return True

    def _remove(self) -> None:
        if self._photo is not None:
            with errors.told(self):
                self._office.attachments.remove([self._photo.id])
                self.changed.emit()

    def _open_chooser(self) -> None:
        dialog = QFileDialog(self, "选择照片")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_PICTURES, "所有文件 (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def pasted(self, event: QKeyEvent) -> bool:
        """Whether a key was Ctrl+V and the clipboard held a picture."""
        return event.matches(QKeySequence.StandardKey.Paste) and self.paste()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if _picture_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Make it the photo."""
        if path := _picture_in(event.mimeData()):
            event.acceptProposedAction()
            self.take(path)


def _picture_in(data: QMimeData) -> Path | None:
    return next(iter(files_in(data)), None)
