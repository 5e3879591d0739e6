"""The first column of a grid, standing still while the others scroll under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QTableView,
    QWidget,
)

from desktop.views.tables.delegate import CellDelegate
from desktop.views.tables.header import FilterHeader
from desktop.views.tables.line_numbers import LineNumbers
from desktop.views.tables.model import Index, RegisterModel

_Trigger = QAbstractItemView.EditTrigger


class FrozenColumn(QTableView):
    """A second view on the same model and selection, laid over the left of the grid (Qt's Frozen Column example)."""

    editing_ended = Signal(object)  # the delegate's hint

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
        self.setItemDelegate(CellDelegate(model, self))
        for column in range(1, model.columnCount()):
            self.hideColumn(column)

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
