"""One photo of a record, large; the arrows go on to the next, Esc closes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.domain.days import show_day
from desktop.models.errors import DesktopError
from desktop.models.services.photo_sets import Photo, PhotoSet
from desktop.views import theme
from desktop.views.widgets.wrapped import WrappedLabel

_SIZE = QSize(56, 42)  # characters
_FORMAT = "JPG"  # what we make: no other reader of Qt's sees what came with a package


class PhotoViewer(QDialog):
    """Shows the photos of a set one by one, beginning with ``key``."""

    def __init__(self, photos: PhotoSet, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._set = photos
        self._photos = photos.photos()
        self._place = next(place for place, photo in enumerate(self._photos) if photo.id == key)
        self._pixels = QPixmap()
        self.picture = QLabel(self)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.caption = WrappedLabel(parent=self)
        self.before = theme.keyed(QPushButton("上一张", self), "Left")
        self.before.clicked.connect(lambda: self._go(-1))
        self.after = theme.keyed(QPushButton("下一张", self), "Right")
        self.after.clicked.connect(lambda: self._go(1))
        close = theme.primary(QPushButton("关闭", self))
        close.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.caption, 1)
        for button in (self.before, self.after, close):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.picture, 1)
        layout.addLayout(line)
        self.resize(theme.characters(self, _SIZE.width()), theme.characters(self, _SIZE.height()))
        self._go(0)

    @property
    def _photo(self) -> Photo:
        return self._photos[self._place]

    def _go(self, steps: int) -> None:
        self._place += steps
        self.setWindowTitle(f"照片 {self._place + 1}/{len(self._photos)}")
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place < len(self._photos) - 1)
        self.caption.setText(words_of(self._photo) or self._photo.name)
        self._pixels = QPixmap()
        try:
            whole = self._pixels.loadFromData(self._set.content(self._photo.id), _FORMAT)
        except DesktopError as error:
            self.picture.setText(str(error))
        else:
            if not whole:
                self.picture.setText("这张照片打不开，可能已损坏。请从备份恢复，或删除后重新添加。")
        self.picture.setAccessibleName(self.caption.text())
        self._fit()

    def _fit(self) -> None:
        if not self._pixels.isNull():
            scale = self.devicePixelRatioF()
            room = (self.picture.size() * scale).boundedTo(self._pixels.size())
            fitted = self._pixels.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            fitted.setDevicePixelRatio(scale)
            self.picture.setPixmap(fitted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill what there is."""
        super().resizeEvent(event)
        self._fit()


def words_of(photo: Photo, between: str = "　") -> str:
    """What a photo shows and when it was taken, as far as anybody said."""
    return between.join(filter(None, (photo.caption, show_day(photo.taken) if photo.taken else None)))
