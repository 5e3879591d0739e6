"""Choosing which part of a picture becomes a person's photo: a 3:4 frame, moved and sized by mouse or keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.models.services.photos import RATIO, Box
from desktop.views import theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.wrapped import WrappedLabel

_STEP = 0.03  # of the frame's width an arrow key moves it by
_ZOOM = 1.1  # of one press of + or notch of the wheel
_SMALLEST = 0.15  # of the largest frame
_SIZE = QSize(38, 30)  # characters
_SHADE = QColor(0, 0, 0, 140)
_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
_TOLD = "方向键或拖动移动选框，滚轮或 + − 放大缩小，R 向右转。头部放在虚线内。"


class CropView(QWidget):
    """Shows the picture with what is left out in the shade; ``frame`` is in pixels of the picture."""

    def __init__(self, picture: QImage, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = picture
        self._held: QPointF | None = None  # where the mouse holds the frame, from its corner, in pixels
        self.quarter_turns = 0
        self.frame = _largest(picture.size())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("照片选框")
        self.setAccessibleDescription(_TOLD)
        self.setCursor(Qt.CursorShape.SizeAllCursor)

    @property
    def box(self) -> Box:
        """What is within the frame."""
        width, height, frame = self._picture.width(), self._picture.height(), self.frame
        return (frame.left() / width, frame.top() / height, frame.right() / width, frame.bottom() / height)

    def turn(self) -> None:
        """Turn the picture clockwise by a quarter; the frame begins anew."""
        self.quarter_turns = (self.quarter_turns + 1) % 4
        self._picture = self._picture.transformed(QTransform().rotate(90))
        self.frame = _largest(self._picture.size())
        self.update()

    def zoom(self, times: float) -> None:
        """Let what is within the frame look larger or smaller, its middle where it is."""
        largest = _largest(self._picture.size()).width()
        width = min(max(self.frame.width() / times, largest * _SMALLEST), largest)
        middle = self.frame.center()
        self.frame.setSize(QRectF(0, 0, width, width / RATIO).size())
        self.frame.moveCenter(middle)
        self._move_to(self.frame.topLeft())

    def _move_to(self, corner: QPointF) -> None:
        """Move the frame, as far as there is picture."""
        right = self._picture.width() - self.frame.width()
        bottom = self._picture.height() - self.frame.height()
        self.frame.moveTo(min(max(corner.x(), 0.0), right), min(max(corner.y(), 0.0), bottom))
        self.update()

    # drawing

    def _scale(self) -> float:
        return min(self.width() / self._picture.width(), self.height() / self._picture.height())

    def _shown(self, part: QRectF) -> QRectF:
        """Where a part of the picture is on the screen."""
        scale, whole = self._scale(), self._picture.size()
        left = (self.width() - whole.width() * scale) / 2
        top = (self.height() - whole.height() * scale) / 2
        return QRectF(
            left + part.x() * scale, top + part.y() * scale, part.width() * scale, part.height() * scale
        )

    @property
    def frame_shown(self) -> QRectF:
        """Where the frame is on the screen."""
        return self._shown(self.frame)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, the shade around the frame, and where a head belongs."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        whole = self._shown(QRectF(self._picture.rect()))
        frame = self.frame_shown
        painter.drawImage(whole, self._picture)
        shade = QPainterPath()
        shade.addRect(whole)
        shade.addRect(frame)
        painter.fillPath(shade, _SHADE)
        painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "surface"), 2))
        painter.drawRect(frame)
        painter.setPen(QPen(theme.color("surface"), 1, Qt.PenStyle.DashLine))
        head = QRectF(0, 0, frame.width() * 0.5, frame.height() * 0.52)
        head.moveCenter(QPointF(frame.center().x(), frame.top() + frame.height() * 0.42))
        painter.drawEllipse(head)

    # mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hold the frame; pressed beside it, it comes there."""
        place = self._place(event)
        if not self.frame.contains(place):
            self._move_to(place - QPointF(self.frame.width() / 2, self.frame.height() / 2))
        self._held = place - self.frame.topLeft()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The frame goes along."""
        if self._held is not None:
            self._move_to(self._place(event) - self._held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        self._held = None

    def _place(self, event: QMouseEvent) -> QPointF:
        return (event.position() - self._shown(QRectF(self._picture.rect())).topLeft()) / self._scale()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Larger or smaller."""
        self.zoom(_ZOOM if event.angleDelta().y() > 0 else 1 / _ZOOM)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, R turns."""
        match event.key():
            case key if key in _ARROWS:
                self._move_to(self.frame.topLeft() + _ARROWS[Qt.Key(key)] * (self.frame.width() * _STEP))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(_ZOOM)
            case Qt.Key.Key_Minus:
                self.zoom(1 / _ZOOM)
            case Qt.Key.Key_R:
                self.turn()
            case _:
                super().keyPressEvent(event)


class CropDialog(QDialog):
    """``decided`` carries the box and by how many quarters the picture was turned."""

    decided = Signal(object, int)

    def __init__(self, picture: QImage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("裁剪照片")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = CropView(picture, self)
        self.turn, self.nearer, self.farther = (
            QPushButton(words, self) for words in ("向右转", "放大", "缩小")
        )
        self.turn.clicked.connect(self.view.turn)
        self.nearer.clicked.connect(lambda: self.view.zoom(_ZOOM))
        self.farther.clicked.connect(lambda: self.view.zoom(1 / _ZOOM))
        buttons = Answers(self, "用这张照片")
        self.ok = buttons.ok
        line = QHBoxLayout()
        for icon, button in (("refresh", self.turn), ("zoom-in", self.nearer), ("zoom-out", self.farther)):
            button.setIcon(theme.icon(icon, "text"))
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.view, 1)
        layout.addWidget(theme.quiet(WrappedLabel(_TOLD, self)))
        layout.addLayout(line)
        self.resize(theme.characters(self, _SIZE.width()), theme.characters(self, _SIZE.height()))
        self.view.setFocus()

    def accept(self) -> None:
        """Hand over what was chosen."""
        super().accept()
        self.decided.emit(self.view.box, self.view.quarter_turns)


def _largest(size: QSize) -> QRectF:
    """The largest frame, in the middle."""
    width = min(float(size.width()), size.height() * RATIO)
    frame = QRectF(0, 0, width, width / RATIO)
    frame.moveCenter(QPointF(size.width() / 2, size.height() / 2))
    return frame
