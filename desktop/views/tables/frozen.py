"""The first column of a grid, standing still while the others scroll under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.views.tables.delegate import CellDelegate
from desktop.views.tables.header import FilterHeader
from desktop.views.tables.line_numbers import LineNumbers
from desktop.views.tables.model import Index, RegisterModel

_Trigger = QAbstractItemView.EditTrigger
_NEAR = 6  # pixels around a mark that still are the mark


class FrozenColumn(QTableView):
    """A second view on the same model and selection, laid over the left of the grid (Qt's Frozen Column example)."""

    editing_ended = Signal(object)  # the delegate's hint
    opened = Signal(int)  # the mark of a row was pressed

    def __init__(self, model: RegisterModel, selection: QItemSelectionModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("frozen")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("姓名列")
        self.headings = FilterHeader([field.label for field in model.fields], self)
        self.setHorizontalHeader(self.headings)
        self.setVerticalHeader(LineNumbers(self))
        self.verticalHeader().hide()
        self.setModel(model)
        self.setSelectionModel(selection)
        self._delegate = CellDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self._opening = ""
        for column in range(1, model.columnCount()):
            self.hideColumn(column)

    # the mark that opens what a line is about

    def offer_to_open(self, words: str) -> None:
        """Show a mark in the line under the mouse and in the current one; ``words`` say what it opens."""
        self._opening = words
        self._delegate.opens = True
        self.setMouseTracking(True)

    def mark_of(self, row: int) -> QRect:
        """Where the mark of a row stands."""
        return self._delegate.opening_mark(self.visualRect(self.model().index(row, 0)))

    def _marked(self, place: QPoint) -> int | None:
        """The row whose mark is at a place."""
        row = self.rowAt(place.y())
        return (
            row
            if self._opening
            and row >= 0
            and self.mark_of(row).adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR).contains(place)
            else None
        )

    def _hover(self, row: int | None) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mark follows the mouse."""
        place = event.position().toPoint()
        row = self.rowAt(place.y())
        self._hover(row if row >= 0 else None)
        hand = self._marked(place) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No line is under the mouse."""
        self._hover(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the mark opens."""
        row = self._marked(event.position().toPoint())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        else:
            self.opened.emit(row)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what the mark opens."""
        if isinstance(event, QHelpEvent) and self._marked(event.pos()) is not None:
            QToolTip.showText(event.globalPos(), self._opening, self)
            return True
        return super().viewportEvent(event)

    # editing

    def open_editor(self, index: Index, trigger: _Trigger, event: QEvent | None) -> bool:
        """Edit a cell on behalf of the grid."""
        return self.edit(index, trigger, event)  # type: ignore[arg-type]  # None is no event

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The grid below scrolls, and takes this along."""
        event.ignore()

    def closeEditor(self, editor: QWidget, hint: object) -> None:
        """Let the grid move on: it has the keyboard."""
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.editing_ended.emit(hint)
