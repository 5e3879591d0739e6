"""How the cells of a matrix are drawn: icon, word, color, photos, what is late; the bar at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.views import icons, theme
from desktop.views.tables.matrix_model import Face, MatrixModel

Index = QModelIndex | QPersistentModelIndex
SMALL = 0.82  # of the body type: what stands below
_PADDING = 5
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


class MatrixDelegate(QStyledItemDelegate):
    """Draws without asking the style: a screen of cells is quick."""

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._colors = {name: theme.color(name) for name in theme.COLORS}
        self.current: tuple[int, int] | None = None
        self.focused = False
        self.measure(parent)

    def measure(self, widget: QWidget) -> None:
        """Take the sizes of the widget's type."""
        self._em = theme.characters(widget, 1)
        self._small = small_font(widget.font())
        self._letters = QFontMetrics(widget.font())
        self._widths: dict[str, int] = {}  # of words, which come again and again

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Surface, content, a frame around the current cell."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row, column = index.row(), index.column()
        bar = column == self._model.bar
        face = None if bar else self._model.face(row, column)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._colors["selection"])
        elif face and face.surface:
            painter.fillRect(rect, self._colors[face.surface])
        elif face is None and not bar:
            painter.fillRect(rect, self._colors["page"])
        if bar:
            name = self._model.table.names[row]
            self._draw_bar(painter, rect, name.done, name.of)
        elif face is not None:
            self._draw_face(painter, rect, face)
        if self.current == (row, column):
            frame = QPen(self._colors["accent" if self.focused else "border"], 2)
            frame.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(frame)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _draw_face(self, painter: QPainter, rect: QRect, face: Face) -> None:
        room = rect.adjusted(_PADDING, 2, -_PADDING, -2)
        line = room
        if face.below:
            line = QRect(room.left(), room.top(), room.width(), round(room.height() * 0.54))
            below = room.adjusted(0, line.height(), 0, 0)
            painter.setPen(self._colors[face.below_ink])
            painter.setFont(self._small)
            words = face.below
            if len(words) * self._em * SMALL > below.width():  # may be too long
                words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, _MIDDLE, words)
            painter.setFont(self.parent().font())  # type: ignore[union-attr]  # made with a widget
        if face.photos:
            self._draw_photos(painter, line, face.photos)
        left = line.left()
        if face.icon:
            side = round(self._em * 1.1)
            mark = QRect(left, line.center().y() - side // 2, side, side)
            icons.draw(painter, face.icon, mark, theme.COLORS[face.ink])
            left = mark.right() + 3
        painter.setPen(self._colors[face.ink])
        painter.drawText(QRect(left, line.top(), line.right() - left + 1, line.height()), _MIDDLE, face.text)

    def _draw_photos(self, painter: QPainter, line: QRect, photos: int) -> None:
        """A clip and how many, at the right."""
        side = round(self._em * 0.95)
        words = str(photos)
        painter.setFont(self._small)
        painter.setPen(self._colors["secondary"])
        painter.drawText(line, _RIGHT, words)
        width = self._width(words)
        painter.setFont(self.parent().font())  # type: ignore[union-attr]  # made with a widget
        mark = QRect(line.right() - width - side, line.center().y() - side // 2, side, side)
        icons.draw(painter, "paperclip", mark, theme.COLORS["secondary"])

    def _width(self, words: str) -> int:
        if words not in self._widths:
            self._widths[words] = QFontMetrics(self._small).horizontalAdvance(words)
        return self._widths[words]

    def _draw_bar(self, painter: QPainter, rect: QRect, done: int, of: int) -> None:
        room = rect.adjusted(_PADDING + 2, 0, -_PADDING - 2, 0)
        words = f"{done}/{of}"
        painter.setPen(self._colors["text"])
        painter.drawText(room, _RIGHT, words)
        room.setRight(room.right() - self._letters.horizontalAdvance("88/88") - 6)
        height = max(4, self._em // 2)
        track = QRect(room.left(), room.center().y() - height // 2, room.width(), height)
        painter.fillRect(track, self._colors["line"])
        if of and done:
            track.setWidth(max(2, round(track.width() * done / of)))
            painter.fillRect(track, self._colors["ok" if done == of else "secondary"])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Columns are as wide as the matrix makes them; this is never less than a word."""
        return QSize(self._em * 4, self._em * 2)


def small_font(font: QFont) -> QFont:
    """The type of what stands below."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * SMALL)
    return small
