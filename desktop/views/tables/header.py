"""A grid's headings: label, sort arrow, and a funnel that opens the list of values."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.views import icons, theme

FUNNEL = 16
_PADDING = 8


class FilterHeader(QHeaderView):
    """``funneled`` carries the column whose funnel was clicked."""

    funneled = Signal(int)

    def __init__(self, labels: Sequence[str], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._labels = tuple(labels)
        self._sizes: dict[int, QSize] = {}  # Qt asks for them a dozen times
        self.filtered: frozenset[int] = frozenset()
        self.sorted: tuple[int, bool] | None = None  # column, descending
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName("表头")
        self.setMouseTracking(True)

    def show_state(self, filtered: frozenset[int], sorting: tuple[int, bool] | None) -> None:
        """Mark the filtered columns and the sorted one."""
        self.filtered, self.sorted = filtered, sorting
        self.viewport().update()

    def funnel_rect(self, column: int) -> QRect:
        """Where the funnel of a column is, in the viewport."""
        left = self.sectionViewportPosition(column)
        right = left + self.sectionSize(column)
        return QRect(right - FUNNEL - 6, (self.height() - FUNNEL) // 2, FUNNEL, FUNNEL)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw label, arrow and funnel; accent where the column is filtered or sorted."""
        painter.fillRect(rect, theme.color("page"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        funnel = self.funnel_rect(logicalIndex)
        active = logicalIndex in self.filtered
        ink = theme.COLORS["accent" if active else "border"]
        icons.draw(painter, "filter" if active else "chevron-down", funnel, ink)
        room = QRect(
            rect.left() + _PADDING, rect.top(), funnel.left() - rect.left() - _PADDING - 2, rect.height()
        )
        if self.sorted is not None and self.sorted[0] == logicalIndex:
            arrow = QRect(room.right() - 13, funnel.top() + 1, 14, 14)
            icons.draw(painter, "arrow-down" if self.sorted[1] else "arrow-up", arrow, theme.COLORS["accent"])
            room.setRight(arrow.left() - 2)
        label = self._labels[logicalIndex]
        painter.setPen(theme.color("secondary"))
        shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Label, arrow and funnel side by side."""
        if logicalIndex not in self._sizes:
            self._sizes[logicalIndex] = self._size_of(self._labels[logicalIndex])
        return self._sizes[logicalIndex]

    def _size_of(self, label: str) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance(label) + FUNNEL + 2 * _PADDING + 8, round(metrics.height() * 1.9)
        )

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        self._sizes.clear()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The funnel opens the list; elsewhere a heading selects its column, or is dragged."""
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and column >= 0 and self._on_funnel(column, place):
            self.funneled.emit(column)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over the funnel, with a word on what it does."""
        place = event.position().toPoint()
        column = self.logicalIndexAt(place)
        if not event.buttons() and column >= 0 and self._on_funnel(column, place):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
            self.setToolTip("排序和筛选（Alt+↓）")
            return
        self.viewport().unsetCursor()
        self.setToolTip("")
        super().mouseMoveEvent(event)

    def _on_funnel(self, column: int, place: QPoint) -> bool:
        return self.funnel_rect(column).adjusted(-4, -6, 2, 6).contains(place)
