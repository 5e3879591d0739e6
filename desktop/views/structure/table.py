"""The structure table on the screen: columns in groups, the total first, numbers that can be chosen."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from desktop.models.rules.structure import StructureRow, StructureTable
from desktop.models.rules.structure_columns import COLUMNS, Count, StructureColumn
from desktop.views import theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_LINES = {True: 2, False: 3}  # of a label: in a group, and without one
_LEAST = {False: 3.2, True: 4.6}  # characters of a number, and of a share
_LABELS = {"committee": "村居委会成员数"}  # as on paper: brackets break badly
_CENTER = Qt.AlignmentFlag.AlignCenter


class StructureModel(QAbstractTableModel):
    """A table as it was counted; its first row is the total."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[StructureRow, ...] = ()
        self.townships = False  # whether villages of several townships stand in it

    def show_table(self, table: StructureTable) -> None:
        """Show another."""
        self.beginResetModel()
        self.rows = (table.total, *table.rows)
        self.townships = len({row.township for row in table.rows}) > 1 and table.by == "village"
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The total and a row each."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Those of the form."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A number; nought stands back, the total is bold."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], COLUMNS[index.column()]
        value = row.values[column.name]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.show(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and not value:
            return theme.brush("disabled")
        if role == Qt.ItemDataRole.FontRole and not row.code:
            return _bold(QApplication.font())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name} {heading(column)} {column.show(value) or '无'}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names of villages at the left, of columns above."""
        if orientation == Qt.Orientation.Horizontal:
            return heading(COLUMNS[section]) if role == Qt.ItemDataRole.DisplayRole else None
        row = self.rows[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.township} {row.name}" if self.townships and row.code else row.name
        if role == Qt.ItemDataRole.FontRole and not row.code:
            return _bold(QApplication.font())
        return None


def heading(column: StructureColumn) -> str:
    """A column's name in one line."""
    if column.parent and column.label in ("数", "率", "人数"):
        return column.parent + column.label.removeprefix("人数")
    return column.label


class StructureView(QTableView):
    """Shows the table; names of villages stay while the numbers scroll."""

    def __init__(self, model: StructureModel, parent: QWidget) -> None:
        super().__init__(parent)
        theme.cells(self)
        self.setAccessibleName("班子结构分析统计表")
        self.setHorizontalHeader(_Groups(self))
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        names = self.verticalHeader()
        names.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        names.setHighlightSections(False)
        names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalScrollBar().valueChanged.connect(self.horizontalHeader().viewport().update)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Rows and columns as the type, the headings and the total need them."""
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        model = self.model()
        total = QFontMetrics(_bold(self.font()))
        for place, column in enumerate(COLUMNS):
            lines = _LINES[bool(column.parent)]
            letters = max(math.ceil(len(_label(column)) / lines) + 1.7, _LEAST[column.count is Count.SHARE])
            text = str(model.index(0, place).data() or "")
            room = total.horizontalAdvance(text) + theme.characters(self, 1.4)
            self.setColumnWidth(place, max(theme.characters(self, letters), room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is told of by ``activated`` alone."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class _Groups(QHeaderView):
    """Two rows of headings: what belongs together stands below a common one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("表头")

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Three lines, and room around them."""
        return QSize(0, round(self.fontMetrics().lineSpacing() * 3.5))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """The label; of a group the common heading above it, cut to this column."""
        column = COLUMNS[logicalIndex]
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.color("page"))
        label = rect
        if column.parent:
            group = self._group(logicalIndex)
            above = QRect(group.left(), rect.top(), group.width(), round(rect.height() * 0.36))
            seen = above & self.viewport().rect()  # the words stay in sight while a part of the group is
            label = rect.adjusted(0, above.height(), 0, 0)
            painter.setPen(theme.color("text"))
            painter.drawText(seen, _CENTER, column.parent)
            painter.setPen(theme.color("line"))
            painter.drawLine(above.bottomLeft(), above.bottomRight())
            painter.drawLine(label.topRight(), label.bottomRight())
            if rect.right() >= group.right():
                painter.drawLine(rect.topRight(), rect.bottomRight())
        else:
            painter.setPen(theme.color("line"))
            painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.color("secondary"))
        flags = _CENTER | Qt.TextFlag.TextWrapAnywhere
        painter.drawText(label.adjusted(3, 0, -3, 0), flags, _label(column))
        painter.restore()

    def _group(self, place: int) -> QRect:
        """Where the columns of a group are, in the viewport."""
        parent = COLUMNS[place].parent
        first = last = place
        while first > 0 and COLUMNS[first - 1].parent == parent:
            first -= 1
        while last + 1 < len(COLUMNS) and COLUMNS[last + 1].parent == parent:
            last += 1
        left = self.sectionViewportPosition(first)
        return QRect(
            left, 0, self.sectionViewportPosition(last) + self.sectionSize(last) - left, self.height()
        )


def _label(column: StructureColumn) -> str:
    return _LABELS.get(column.name, column.label)


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold
