"""What stands around the cells of a matrix: names with their classes, labels above, totals below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.views import icons, theme
from desktop.views.tables.matrix_delegate import small_font
from desktop.views.tables.matrix_model import MatrixModel, Name

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

NAME_EMS = 15  # width of the names, in characters
_PADDING = 8
_MARK = 14  # pixels of the mark that opens a column's menu
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_CENTER = Qt.AlignmentFlag.AlignCenter


class Names(QHeaderView):
    """Names stay at the left while cells scroll; a name selects its row, ``opened`` after a double click."""

    opened = Signal(int)

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("名称列")
        self.sectionDoubleClicked.connect(self.opened)

    def sizeHint(self) -> QSize:
        """The same for ever so many names."""
        return QSize(theme.characters(self, NAME_EMS), 0)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The name, its class, where it is."""
        name = self._model.table.names[logicalIndex]
        view = self.parent()
        current = view.currentIndex().row() == logicalIndex  # type: ignore[union-attr]  # its table
        painter.fillRect(rect, theme.color("selection" if current else "surface"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.color("button_border"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        room = rect.adjusted(_PADDING, 2, -_PADDING, -2)
        if name.chip:
            room.setRight(self._draw_chip(painter, room, name) - 4)
        line = room
        if name.below:
            line = QRect(room.left(), room.top(), room.width(), round(room.height() * 0.56))
            painter.setFont(small_font(self.font()))
            painter.setPen(theme.color("secondary"))
            below = room.adjusted(0, line.height(), 0, 0)
            painter.drawText(below, _MIDDLE, self._fitted(painter, name.below, below))
            painter.setFont(self.font())
        painter.setPen(theme.color("text"))
        painter.drawText(line, _MIDDLE, self._fitted(painter, name.text, line))

    def _fitted(self, painter: QPainter, words: str, room: QRect) -> str:
        return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, room.width())

    def _draw_chip(self, painter: QPainter, room: QRect, name: Name) -> int:
        """A class in a frame; return where it begins."""
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(name.chip) + 10, metrics.height())
        height = round(metrics.height() * 1.05)
        chip = QRect(room.right() - width, room.center().y() - height // 2, width, height)
        painter.setPen(QPen(theme.color(name.ink), 1))
        painter.drawRoundedRect(chip, 4, 4)
        painter.drawText(chip, _CENTER, name.chip)
        return chip.left()


class Labels(QHeaderView):
    """Labels on two lines; a mark opens the menu of a column (``asked``)."""

    asked = Signal(int, QPoint)  # the column, and where on the screen

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._model = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("表头")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_at)

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Two lines and room around them."""
        return QSize(0, round(self.fontMetrics().lineSpacing() * 2.5))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The label; a mark where there is a menu."""
        painter.fillRect(rect, theme.color("page"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        flags = _CENTER | Qt.TextFlag.TextWrapAnywhere
        painter.setPen(theme.color("secondary"))
        if logicalIndex == self._model.bar:
            painter.drawText(rect, flags, self._model.table.bar)
            return
        room = rect.adjusted(3, 0, -_MARK, 0)
        painter.drawText(room, flags, _balanced(self._model.table.headings[logicalIndex].label))
        icons.draw(painter, "chevron-down", self.mark(logicalIndex), theme.COLORS["border"])

    def mark(self, column: int) -> QRect:
        """Where the mark of a column is, in the viewport."""
        right = self.sectionViewportPosition(column) + self.sectionSize(column)
        return QRect(right - _MARK - 2, (self.height() - _MARK) // 2, _MARK, _MARK)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mark opens the menu; elsewhere a label selects its column."""
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        on_mark = 0 <= column < self._model.bar and self.mark(column).adjusted(-3, -8, 3, 8).contains(place)
        if event.button() == Qt.MouseButton.LeftButton and on_mark:
            self.ask(column)
        else:
            super().mousePressEvent(event)

    def ask(self, column: int) -> None:
        """Open the menu of a column."""
        left = self.sectionViewportPosition(column)
        self.asked.emit(column, self.viewport().mapToGlobal(QPoint(left, self.height())))

    def _ask_at(self, place: QPoint) -> None:
        column = self.logicalIndexAt(place)
        if 0 <= column < self._model.bar:
            self.ask(column)


class Totals(QWidget):
    """The row of totals below a matrix; it stays while rows scroll, and goes along with the columns."""

    def __init__(self, model: MatrixModel, view: QTableView, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._view = model, view
        self.setAccessibleName("合计")

    def sizeHint(self) -> QSize:
        """Two small lines."""
        return QSize(0, round(self.fontMetrics().lineSpacing() * 2.2))

    def say(self) -> None:
        """Other totals."""
        headings = self._model.table.headings
        spoken = "；".join(f"{heading.label} {heading.total}" for heading in headings)
        self.setAccessibleDescription(spoken)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each total below its column."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("page"))
        painter.setPen(theme.color("button_border"))
        painter.drawLine(0, 0, self.width(), 0)
        offset = self._view.viewport().x()
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(_PADDING, 0, offset - _PADDING, self.height()), _MIDDLE, "合计")
        painter.setClipRect(offset, 0, self.width() - offset, self.height())
        painter.setFont(small_font(self.font()))
        flags = _CENTER | Qt.TextFlag.TextWrapAnywhere
        for column, heading in enumerate(self._model.table.headings):
            left = offset + self._view.columnViewportPosition(column)
            room = QRect(left, 1, self._view.columnWidth(column), self.height() - 1)
            painter.setPen(theme.color(heading.ink))
            painter.drawText(room.adjusted(2, 0, -3, 0), flags, heading.total.replace("，", "\n"))
            painter.setPen(theme.color("line"))
            painter.drawLine(room.topRight(), room.bottomRight())
        self._draw_all(painter, offset)

    def _draw_all(self, painter: QPainter, offset: int) -> None:
        """The bars together."""
        names, bar = self._model.table.names, self._model.bar
        if not names:
            return
        done, of = sum(name.done for name in names), sum(name.of for name in names)
        room = QRect(
            offset + self._view.columnViewportPosition(bar), 1, self._view.columnWidth(bar), self.height() - 1
        )
        painter.setPen(theme.color("text"))
        painter.drawText(room, _CENTER, f"{done}/{of}\n{done / of:.0%}" if of else "")


def _balanced(label: str) -> str:
    """A label on two lines of much the same length; short ones on one."""
    half = (len(label) + 1) // 2
    return label if len(label) < 5 else f"{label[:half]}\n{label[half:]}"
