"""A record's photos (照片): dropped, pasted or chosen, shown small, described, turned, put in order; by keyboard alone, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.days import show_day
from desktop.models.errors import DesktopError
from desktop.models.registers.person_file import Attachment
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.new_files import Copied, Loose, Source
from desktop.models.services.photo_sets import Photo, PhotoSet, Received
from desktop.models.services.photos import Pixels, pixels
from desktop.views import theme
from desktop.views.jobs import Job, office_job
from desktop.views.widgets.dropped import TakesFiles, files_in
from desktop.views.widgets.photo_viewer import PhotoViewer, words_of
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_WIDE, _HIGH = 10, 7.5  # characters: a picture of the strip
_ROWS = 2  # that are seen without scrolling
_FEW = 4  # as many are on a sheet (2×2)
_MANY = f"纸上每页排 {_FEW} 张，排在前面的先用；照片不求多，能说明情况即可。"
_DAY_WIDTH = 8  # characters
_AT_ONCE = 24  # small pictures that are asked for: the first are soon seen, however many there are
_PICTURES = "照片 (*.jpg *.jpeg *.png *.heic *.heif)"
_PASTED = "粘贴的照片.png"
_COPIED = "application/x-touyan-photo"  # an attachment's id
_KEYS_OF_STRIP = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OURS = (Qt.Key.Key_Delete, Qt.Key.Key_F2)
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class PhotoStrip(TakesFiles, QWidget):
    """``changed`` once photos were added, changed or taken away; ``receiving`` while some are read: a form waits to be saved."""

    changed = Signal()
    receiving = Signal(bool)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._set: PhotoSet | None = None
        self._photos: Sequence[Photo] = ()
        # by key and content; None: it cannot be read
        self._pixels: dict[tuple[str, str], QPixmap | None] = {}
        self._loading: Job | None = None
        self._waiting = 0  # for jobs that read photos
        self.setAcceptDrops(True)
        self.list = _Pictures(self)
        self.list.dropped.connect(self.take)
        self.list.moved.connect(self.move_photo)
        self.list.activated.connect(self.open_current)
        self.list.currentItemChanged.connect(self._show_current)
        self.choose = QPushButton("拖到这里或点击选择（自动压缩，去除定位）", self)
        self.choose.setObjectName("photoDrop")
        self.choose.setAutoDefault(False)
        self.choose.setToolTip("也可以复制照片后按 Ctrl+V 粘贴；选中这里的一张按 Ctrl+C，可以再粘贴到另一项")
        self.choose.clicked.connect(self._open_chooser)
        self.many = theme.quiet(WrappedLabel(_MANY, self))
        self.words = WrappedLabel(parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.words)  # above: a form does not scroll to what stands below large pictures
        layout.addWidget(self.list)
        layout.addWidget(self._build_details())
        layout.addWidget(self.choose)
        layout.addWidget(self.many)
        self._say()
        self._list_photos()

    def _build_details(self) -> QWidget:
        self._details = QWidget(self)
        self.caption = QLineEdit(self._details)
        self.caption.setPlaceholderText("照片说明（F2）")
        self.caption.editingFinished.connect(self._write_caption)
        self.taken = QLineEdit(self._details)
        self.taken.setPlaceholderText("如 2026.03.04")
        self.taken.setFixedWidth(theme.characters(self, _DAY_WIDTH))
        self.taken.editingFinished.connect(self._write_taken)
        line = QHBoxLayout()
        for words, field, stretch in (("说明", self.caption, 1), ("拍摄日期", self.taken, 0)):
            label = QLabel(words, self._details)
            label.setBuddy(field)
            line.addWidget(label)
            line.addWidget(field, stretch)
        deeds: dict[str, tuple[str, Callable[[], None]]] = {
            "看大图": ("Enter", self.open_current),
            "左转": ("", partial(self._turn, -1)),
            "右转": ("", partial(self._turn, 1)),
            "前移": ("Ctrl+←", partial(self._step, -1)),
            "后移": ("Ctrl+→", partial(self._step, 1)),
            "删除": ("Delete", self.remove_current),
        }
        buttons = QHBoxLayout()
        for words, (keys, deed) in deeds.items():
            button = QPushButton(words, self._details)
            button.setAutoDefault(False)  # Enter in a field of the form around is not meant for it
            button.setToolTip(f"{words} {keys}".strip())
            button.clicked.connect(deed)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self._details)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addLayout(buttons)
        return self._details

    def show_photos(self, photos: PhotoSet) -> None:
        """Show the photos of a record, or those that wait for one."""
        self._set = photos
        self._pixels = {}
        self._say()
        self._list_photos()

    @property
    def photos(self) -> tuple[Photo, ...]:
        """Those that are shown, in their order."""
        return tuple(self._photos)

    def take(self, sources: Sequence[Source | Copied]) -> None:
        """Add photos; reading them does not stop the window."""
        photos = self._set
        if photos is None or not sources:
            return
        self._say(f"正在处理 {len(sources)} 张照片…", tone=theme.Tone.PLAIN)
        self._wait(1)

        def receive(worker: Office) -> tuple[PhotoSet, Received]:
            return photos, photos.receive(worker, sources)

        job = office_job(self._office, receive)
        job.done.connect(self._receive)
        job.failed.connect(self._fail)
        job.finished.connect(self._received)
        job.start()

    def paste(self) -> bool:
        """Add what is on the clipboard; False where that is no picture and no file."""
        data = QGuiApplication.clipboard().mimeData()
        sources: list[Source | Copied] = [*files_in(data)]
        if data.hasFormat(_COPIED):
            sources = [Copied(bytes(data.data(_COPIED).data()).decode())]
        elif not sources and data.hasImage():
            sources = [Loose(_PASTED, _png(QImage(QGuiApplication.clipboard().image())))]
        self.take(sources)
        return bool(sources)

    def copy(self) -> None:
        """Put the current photo on the clipboard: once more for another record, or as a picture for other programs."""
        if self._set is None or not (photo := self._current):
            return
        data, picture = QMimeData(), QPixmap()
        try:
            picture.loadFromData(self._set.content(photo.id), "JPG")
        except DesktopError as error:
            self._say(str(error))
            return
        data.setImageData(picture.toImage())
        if isinstance(photo, Attachment):
            data.setData(_COPIED, photo.id.encode())
        QGuiApplication.clipboard().setMimeData(data)
        self._say("已复制这张照片，到另一项里按 Ctrl+V 粘贴。", tone=theme.Tone.PLAIN)

    def open_current(self) -> None:
        """Show the current photo large."""
        if self._set is not None and (photo := self._current):
            PhotoViewer(self._set, photo.id, self).open()

    def remove_current(self) -> None:
        """Take the current photo away."""
        if self._set is not None and (photo := self._current):
            self._do(partial(self._set.remove, photo.id))

    def move_photo(self, place: int, target: int) -> None:
        """Put the photo at a place, counted from 0, to another."""
        keys = [photo.id for photo in self._photos]
        if self._set is not None and place != target and 0 <= target < len(keys):
            keys.insert(target, keys.pop(place))
            self._do(partial(self._set.arrange, keys))

    def _receive(self, answer: tuple[PhotoSet, Received]) -> None:
        photos, received = answer
        photos.settle(received)
        if photos is self._set:
            self._say(*received.refused, *received.remarks)
            self._list_photos(received.taken[0].id if received.taken else None)
        if received.taken:
            self.changed.emit()

    def _received(self) -> None:
        self._wait(-1)

    def _wait(self, more: int) -> None:
        self._waiting += more
        self.receiving.emit(self._waiting > 0)

    def _fail(self, error: DesktopError) -> None:
        self._say(str(error))

    def _do(self, deed: Callable[[], None]) -> None:
        """Change something, then show what there is now."""
        self._say()
        try:
            deed()
        except InvalidValueError as error:
            self._say(str(error))  # what was typed stays, to be put right
            return
        except DesktopError as error:
            self._say(str(error))
        self._list_photos()
        self.changed.emit()

    def _turn(self, quarters: int) -> None:
        if self._set is not None and (photo := self._current):
            self._do(partial(self._set.rotate, photo.id, quarters))

    def _step(self, steps: int) -> None:
        place = self.list.currentRow()
        if place >= 0:
            self.move_photo(place, place + steps)

    def _write_caption(self) -> None:
        photo = self._current
        if self._set is not None and photo and self.caption.text().strip() != (photo.caption or ""):
            self._do(partial(self._set.describe, photo.id, date.today(), caption=self.caption.text()))

    def _write_taken(self) -> None:
        photo = self._current
        if self._set is not None and photo and self.taken.text().strip() != _day(photo):
            self._do(partial(self._set.describe, photo.id, date.today(), taken=self.taken.text()))

    @property
    def _current(self) -> Photo | None:
        place = self.list.currentRow()
        return self._photos[place] if 0 <= place < len(self._photos) else None

    def _list_photos(self, key: str | None = None) -> None:
        """Show what there is; ``key`` becomes the current one, else the one that was, else its neighbor."""
        place, current = self.list.currentRow(), self._current
        wanted = key or (current.id if current else None)
        self._photos = self._set.photos() if self._set is not None else ()
        self.list.blockSignals(True)
        self.list.clear()
        for number, photo in enumerate(self._photos, start=1):
            self.list.addItem(item := _item(number, photo))
            if (shown := (photo.id, photo.sha256)) in self._pixels:
                self._show_face(item, photo, self._pixels[shown])
        keys = [photo.id for photo in self._photos]
        self.list.setCurrentRow(keys.index(wanted) if wanted in keys else min(max(place, 0), len(keys) - 1))
        self.list.blockSignals(False)
        self.list.setVisible(bool(self._photos))
        self._details.setVisible(bool(self._photos))
        self.many.setVisible(len(self._photos) > _FEW)
        self.list.fit()
        self._show_current()
        self._load()

    def _show_current(self) -> None:
        photo = self._current
        self.caption.setText((photo and photo.caption) or "")
        self.taken.setText(_day(photo) if photo else "")

    def _load(self) -> None:
        """Ask for the small pictures that are not here yet."""
        if self._loading is not None:
            self._loading.drop()
            self._loading = None
        photos = self._set
        unseen = [each.id for each in self._photos if (each.id, each.sha256) not in self._pixels]
        missing = unseen[:_AT_ONCE]
        if photos is None or not missing:
            return
        longest = round(self.list.iconSize().width() * self.devicePixelRatioF())

        def load(worker: Office) -> dict[str, Pixels | None]:
            small = photos.thumbnails(worker, missing, longest)
            return {key: pixels(small[key]) if key in small else None for key in missing}

        self._loading = office_job(self._office, load)
        self._loading.done.connect(self._show_small)
        self._loading.failed.connect(self._fail)
        self._loading.start()

    def _show_small(self, found: dict[str, Pixels | None]) -> None:
        """Show what came, None for what cannot be read, and ask for the next."""
        self._loading = None
        for place, photo in enumerate(self._photos):
            if photo.id in found:
                small = found[photo.id]
                face = self._pixels[photo.id, photo.sha256] = small and self._framed(small)
                self._show_face(self.list.item(place), photo, face)
        self._load()

    def _show_face(self, item: QListWidgetItem, photo: Photo, face: QPixmap | None) -> None:
        if face is None:
            side = self.list.iconSize().height() // 2
            face = theme.icon("alert", "error").pixmap(side, side)
            item.setText(f"照片打不开\n{photo.caption or photo.name}")
            item.setToolTip("照片的文件不见了或已损坏，请从备份恢复，或删除后重新添加。")
        item.setIcon(_plain(face))

    def _framed(self, small: Pixels) -> QPixmap:
        """A small picture in the middle of a place as large as all have."""
        scale = self.devicePixelRatioF()
        width, height, content = small
        picture = QImage(content, width, height, QImage.Format.Format_RGBX8888)
        place = QPixmap(self.list.iconSize() * scale)
        place.fill(Qt.GlobalColor.transparent)
        painter = QPainter(place)
        fitted = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(QPoint(), fitted)
        target.moveCenter(place.rect().center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, picture)
        painter.end()
        place.setDevicePixelRatio(scale)
        return place

    def _say(self, *words: str, tone: theme.Tone = theme.Tone.WARN) -> None:
        """Words under the strip: what is going on, what went wrong, what is to be looked at."""
        theme.set_tone(self.words, tone)
        self.words.setText("\n".join(filter(None, words)))
        self.words.setVisible(any(words))

    def _open_chooser(self) -> None:
        dialog = QFileDialog(self, "选择照片")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([_PICTURES, "所有文件 (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names]))
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V anywhere; what the list does not know itself."""
        steps = _STEPS.get(Qt.Key(event.key()), 0)
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Copy) and self.list.hasFocus():
            self.copy()
        elif event.key() in _ENTER:  # not for the default button of the form around
            self._enter()
        elif not self.list.hasFocus():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_current()
        elif event.key() == Qt.Key.Key_F2:
            self.caption.setFocus()
            self.caption.selectAll()
        elif steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(steps)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """Press the button that has the focus; what was typed in a field is written, back to the photos."""
        control = self.focusWidget()
        if isinstance(control, QPushButton):
            control.click()
        else:
            self.list.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.taken.setFixedWidth(theme.characters(self, _DAY_WIDTH))
            self._pixels = {}
            self._list_photos()


class _Pictures(QListWidget):
    """Small pictures side by side; ``dropped`` files, ``moved`` from a place to another."""

    dropped = Signal(list)
    moved = Signal(int, int)

    def __init__(self, strip: QWidget) -> None:
        super().__init__(strip)
        self._strip = strip
        self.setObjectName("photos")
        self.setAccessibleName("照片")
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Above(self))
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fit(self) -> None:
        """As large as the type and the number of pictures ask."""
        strip = self._strip  # knows first that the type has another size
        self.setIconSize(QSize(theme.characters(strip, _WIDE), theme.characters(strip, _HIGH)))
        tall = self.iconSize().height() + 2 * strip.fontMetrics().lineSpacing() + 3 * theme.GAP
        self.setGridSize(QSize(self.iconSize().width() + 2 * theme.GAP, tall))
        for place in range(self.count()):
            self.item(place).setSizeHint(self.gridSize() - QSize(theme.GAP, theme.GAP))
        a_row = max(1, (self.width() - 2 * self.frameWidth()) // self.gridSize().width())
        rows = min(_ROWS, -(-self.count() // a_row))
        self.setFixedHeight(rows * tall + 2 * self.frameWidth() + theme.GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; what the strip does with keys goes there; the rest moves about."""
        moving = event.key() in _STEPS and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER:
            self.activated.emit(self.currentIndex())
        elif moving or event.key() in _OURS or any(map(event.matches, _KEYS_OF_STRIP)):
            event.ignore()  # the strip is its parent
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and our own."""
        if files_in(event.mimeData()) or event.source() is self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Anywhere."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand files on; put our own to the place it is dropped on."""
        if files := files_in(event.mimeData()):
            event.acceptProposedAction()
            self.dropped.emit(files)
            return
        event.setDropAction(Qt.DropAction.IgnoreAction)  # else Qt would remove what it thinks was moved
        event.accept()
        under = self.indexAt(event.position().toPoint())
        self.moved.emit(self.currentRow(), under.row() if under.isValid() else self.count() - 1)

    def resizeEvent(self, event: object) -> None:
        """Other rows."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt gives a QResizeEvent
        self.fit()


class _Above(QStyledItemDelegate):
    """The picture above its words."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Center both."""
        super().initStyleOption(option, index)
        option.decorationPosition = QStyleOptionViewItem.Position.Top
        option.decorationAlignment = Qt.AlignmentFlag.AlignCenter
        option.displayAlignment = Qt.AlignmentFlag.AlignHCenter


def _item(number: int, photo: Photo) -> QListWidgetItem:
    item = QListWidgetItem(f"{photo.caption or photo.name}\n{_day(photo)}")
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"第 {number} 张 {words_of(photo, ' ') or photo.name}")
    item.setToolTip(photo.name)
    return item


def _plain(pixels: QPixmap) -> QIcon:
    """An icon that is not tinted where it is selected."""
    icon = QIcon(pixels)
    icon.addPixmap(pixels, QIcon.Mode.Selected)
    return icon


def _day(photo: Photo) -> str:
    return show_day(photo.taken) if photo.taken else ""


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # bytes in the stubs, text for Qt
    return bytes(buffer.data().data())
