"""The numbers of a grid's lines, at its side."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.views import theme

_EM = 3.2  # width in characters: five digits


class LineNumbers(QHeaderView):
    """As wide as it is told: Qt's own asks hundreds of lines how wide their numbers are."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)  # a number selects its line
        self.setHighlightSections(False)
        self.setAccessibleName("行号")

    def sizeHint(self) -> QSize:
        """The same for ever so many lines."""
        return QSize(theme.characters(self, _EM), 0)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Draw a number."""
        painter.fillRect(rect, theme.color("page"))
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.color("secondary"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(logicalIndex + 1))
