"""The grid: a register's lines with a frozen first column, edited, copied and pasted as in Excel and WPS."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QApplication, QTableView, QWidget

from desktop.views import theme
from desktop.views.tables import clipboard
from desktop.views.tables.columns import Layout, default_ems
from desktop.views.tables.delegate import CellDelegate
from desktop.views.tables.frozen import FrozenColumn
from desktop.views.tables.header import FilterHeader
from desktop.views.tables.line_numbers import LineNumbers
from desktop.views.tables.model import RegisterModel
from desktop.views.tables.source import Edit, Key

Index = QModelIndex | QPersistentModelIndex
_Trigger = QAbstractItemView.EditTrigger
_Move = QAbstractItemView.CursorAction
_Hint = QAbstractItemDelegate.EndEditHint
_CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Grid(QTableView):
    """Asks for edits by ``edited`` (what, why; no words for a single cell), never writes."""

    edited = Signal(list, str)
    overflowed = Signal(list, list)  # edits, and texts by field of the rows below the last line
    refused = Signal(str)  # words on a text that cannot be kept
    funneled = Signal(int)  # column
    laid_out = Signal()  # columns were resized or moved by hand
    opened = Signal()  # what the current line is about is to be opened
    picked = Signal()  # the current cell or the selection changed

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.register = model
        self._ems = default_ems(model.fields)
        self._fitting = False
        self.headings = FilterHeader([field.label for field in model.fields], self)
        self.setHorizontalHeader(self.headings)
        self.setVerticalHeader(LineNumbers(self))
        self.setModel(model)
        self._delegate = CellDelegate(model, self)
        self.setItemDelegate(self._delegate)
        self.frozen = FrozenColumn(model, self.selectionModel(), self)
        self._set_behavior()
        self.frozen.setEditTriggers(self.editTriggers())
        self._connect()
        self.apply_layout(Layout.of(model.fields))
        self.frozen.show()

    def _set_behavior(self) -> None:
        self.setAccessibleName("名册表格")
        self.setEditTriggers(_Trigger.DoubleClicked | _Trigger.EditKeyPressed | _Trigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setCornerButtonEnabled(False)
        self.headings.setSectionsMovable(True)
        self.headings.setFirstSectionMovable(False)

    def _connect(self) -> None:
        self.register.edited.connect(lambda edits: self.edited.emit(edits, ""))
        for delegate in (self._delegate, self._frozen_delegate):
            delegate.refused.connect(self.refused)
        for headings in (self.headings, self.frozen.headings):
            headings.funneled.connect(self.funneled)
            headings.sectionResized.connect(self._note_width)
        self.headings.sectionMoved.connect(lambda: self.laid_out.emit())
        self.verticalScrollBar().valueChanged.connect(self.frozen.verticalScrollBar().setValue)
        self.frozen.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.frozen.pressed.connect(lambda: self.setFocus())
        self.frozen.editing_ended.connect(self._after_edit)
        self.frozen.opened.connect(self._open_line)
        self.selectionModel().selectionChanged.connect(lambda: self.picked.emit())
        self.selectionModel().currentChanged.connect(self._show_current)

    @property
    def _frozen_delegate(self) -> CellDelegate:
        delegate = self.frozen.itemDelegate()
        assert isinstance(delegate, CellDelegate)
        return delegate

    # columns

    def apply_layout(self, layout: Layout) -> None:
        """Show the columns of a layout, in its order and widths."""
        self._fitting = True
        names = [field.name for field in self.register.fields]
        for column, name in enumerate(names):
            self._ems[column] = layout.ems.get(name, self._ems[column])
            self.setColumnHidden(column, column > 0 and name in layout.hidden)
        for place, name in enumerate(layout.order):
            self.headings.moveSection(self.headings.visualIndex(names.index(name)), place)
        self._fitting = False
        self.fit()

    def layout_now(self) -> Layout:
        """The columns as they are."""
        fields = self.register.fields
        order = [fields[self.headings.logicalIndex(place)].name for place in range(len(fields))]
        hidden = frozenset(f.name for column, f in enumerate(fields) if self.isColumnHidden(column))
        return Layout(
            order=tuple(order), hidden=hidden, ems={f.name: self._ems[i] for i, f in enumerate(fields)}
        )

    def shown_columns(self) -> list[int]:
        """The columns shown, from left to right."""
        places = range(self.register.columnCount())
        columns = (self.headings.logicalIndex(place) for place in places)
        return [column for column in columns if not self.isColumnHidden(column)]

    def show_narrowing(self, filtered: Sequence[str], sort: tuple[str, bool] | None) -> None:
        """Mark the headings of filtered columns and of the one sorted by: field, descending."""
        places = {field.name: place for place, field in enumerate(self.register.fields)}
        for headings in (self.headings, self.frozen.headings):
            headings.show_state(
                frozenset(places[name] for name in filtered if name in places),
                (places[sort[0].partition(":")[0]], sort[1]) if sort else None,
            )

    def below_heading(self, column: int) -> QPoint:
        """The place on the screen below a column's heading."""
        headings = self.frozen.headings if column == 0 else self.headings
        return headings.viewport().mapToGlobal(
            QPoint(headings.sectionViewportPosition(column), headings.height())
        )

    def fit(self) -> None:
        """Take row heights and widths from the type."""
        self._fitting = True
        em = theme.characters(self, 1)
        height = theme.row_height(self)
        for delegate in (self._delegate, self._frozen_delegate):
            delegate.em = em
        for view in (self, self.frozen):
            view.verticalHeader().setDefaultSectionSize(height)
            view.horizontalHeader().setFixedHeight(height)
        for column, width in enumerate(self._ems):
            self.setColumnWidth(column, round(em * width))
        self.frozen.setColumnWidth(0, self.columnWidth(0))
        self._fitting = False
        self._place_frozen()

    def _note_width(self, column: int, _old: int, new: int) -> None:
        if self._fitting or new == 0:
            return
        self._ems[column] = round(new / theme.characters(self, 1), 2)
        if column == 0:
            self._fitting = True
            self.setColumnWidth(0, new)
            self.frozen.setColumnWidth(0, new)
            self._fitting = False
            self._place_frozen()
        self.laid_out.emit()

    def _place_frozen(self) -> None:
        left = self.verticalHeader().width() + self.frameWidth()
        height = self.viewport().height() + self.headings.height()
        self.frozen.setGeometry(left, self.frameWidth(), self.columnWidth(0), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the frozen column along."""
        super().resizeEvent(event)
        self._place_frozen()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "frozen"):
            self.fit()

    # the current cell

    @property
    def current_key(self) -> Key | None:
        """The key of the current cell's line."""
        index = self.currentIndex()
        return self.register.key(index) if index.isValid() else None

    def selected_keys(self) -> list[Key]:
        """The keys of the lines that have a selected cell, in order."""
        return [self.register.keys[row] for row in self.selected_block()[0]]

    def go_to(self, key: Key | None, column: int | None = None) -> None:
        """Make a line current; nothing is, where it is not shown."""
        place = None if key is None else self.register.place_of(key)
        if place is None:
            return
        current = self.currentIndex()
        wanted = current.column() if column is None and current.isValid() else column or 0
        self._set_current(self.register.index(place, wanted))

    def _set_current(self, index: Index) -> None:
        """Qt's own way would toggle the selection while Ctrl is held, as it is after Ctrl+Z."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_current(self, current: Index) -> None:
        for delegate in (self._delegate, self._frozen_delegate):
            delegate.current = (current.row(), current.column()) if current.isValid() else None
        self.picked.emit()

    def _open_line(self, row: int) -> None:
        self._set_current(self.register.index(row, 0))
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A current cell to start from, which Qt leaves unselected."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self._set_current(self.currentIndex())
        self._set_focused(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame around the current cell pales."""
        super().focusOutEvent(event)
        self._set_focused(False)

    def _set_focused(self, focused: bool) -> None:
        for delegate in (self._delegate, self._frozen_delegate):
            delegate.focused = focused
        self.viewport().update()
        self.frozen.viewport().update()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Keep the cell out from under the frozen column."""
        if index.column() == 0:
            self.frozen.scrollTo(index, hint)
            return
        super().scrollTo(index, hint)
        hidden = self.frozen.width() - self.visualRect(index).left()
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    # editing

    def edit(  # type: ignore[override]  # one method stands for both of Qt's
        self, index: Index, trigger: _Trigger | None = None, event: QEvent | None = None
    ) -> bool:
        """Open the editor; that of the first column in the frozen view, where it can be seen."""
        trigger = _Trigger.AllEditTriggers if trigger is None else trigger
        delegate = self._frozen_delegate if index.column() == 0 else self._delegate
        delegate.opens_list = trigger in (_Trigger.DoubleClicked, _Trigger.EditKeyPressed)
        if index.column() == 0:
            return self.frozen.open_editor(index, trigger, event)
        return super().edit(index, trigger, event)  # type: ignore[arg-type]  # None is no event

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Hand what an input method composes to the view that edits the cell, from its first letter on."""
        view = self.frozen if self.currentIndex().column() == 0 else self
        composed = view.state() == QAbstractItemView.State.EditingState or bool(event.preeditString())
        # said in one piece, as by voice: Qt would open an empty editor
        if not composed and event.commitString():
            if self.edit(self.currentIndex()) and (editor := QApplication.focusWidget()):
                QApplication.sendEvent(editor, event)
        elif view is self:
            super().inputMethodEvent(event)
        else:
            QApplication.sendEvent(view, event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down, Tab to the right; neither opens the next editor."""
        super().closeEditor(editor, _Hint.NoHint)
        self._after_edit(hint)

    def _after_edit(self, hint: QAbstractItemDelegate.EndEditHint) -> None:
        self.setFocus()
        moves = {
            _Hint.SubmitModelCache: _Move.MoveDown,
            _Hint.EditNextItem: _Move.MoveRight,
            _Hint.EditPreviousItem: _Move.MoveLeft,
        }
        if hint in moves:
            self._move(moves[hint])

    def _move(self, action: _Move) -> None:
        index = self.moveCursor(action, Qt.KeyboardModifier.NoModifier)
        if index.isValid():
            self._set_current(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of Excel and WPS."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_C and event.modifiers() == _CONTROL_SHIFT:
            self.copy(headings=True)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif control and event.key() == Qt.Key.Key_D:
            self.fill_down()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear_cells()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            up = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move(_Move.MoveUp if up else _Move.MoveDown)
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self.currentIndex().isValid():
                self.funneled.emit(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    # blocks

    def selected_block(self) -> tuple[list[int], list[int]]:
        """The rows and the shown columns that have a selected cell."""
        rows: set[int] = set()
        columns: set[int] = set()
        selection = self.selectionModel().selection()
        for part in (selection.at(place) for place in range(selection.size())):
            rows.update(range(part.top(), part.bottom() + 1))
            columns.update(range(part.left(), part.right() + 1))
        return sorted(rows), [column for column in self.shown_columns() if column in columns]

    def copy(self, *, headings: bool = False) -> None:
        """Put the selected block on the clipboard as it is shown: what is masked stays masked."""
        rows, columns = self.selected_block()
        if rows and columns:
            block = [self._labels(columns)] if headings else []
            block += [[self.register.text(row, column) for column in columns] for row in rows]
            QGuiApplication.clipboard().setMimeData(clipboard.to_mime(block))

    def paste(self) -> None:
        """Write the clipboard's block from the first selected cell on; one value goes into all selected cells.

        Headings that were copied along are passed over; what goes beyond the last line may become new ones.
        """
        block = clipboard.from_mime(QGuiApplication.clipboard().mimeData())
        rows, columns = self.selected_block()
        if not block or not rows:
            return
        if len(block) == 1 and len(block[0]) == 1:
            block = [[block[0][0]] * len(columns)] * len(rows)
        else:
            shown = self.shown_columns()
            columns = shown[shown.index(columns[0]) :]
            if block[0] == self._labels(columns[: len(block[0])]):
                block = block[1:]
            rows = list(range(rows[0], min(rows[0] + len(block), len(self.register.keys))))
        cells = [
            (row, column, text)
            for row, texts in zip(rows, block, strict=False)
            for column, text in zip(columns, texts, strict=False)
        ]
        names = [self.register.fields[column].name for column in columns]
        beyond = [dict(zip(names, texts, strict=False)) for texts in block[len(rows) :] if any(texts)]
        if beyond and self.register.source.editable:
            self.overflowed.emit(self._edits(cells), beyond)
        else:
            self._ask(cells, "粘贴")

    def fill_down(self) -> None:
        """Write the first selected row's texts into the others; into a single row, those of the row above."""
        rows, columns = self.selected_block()
        if len(rows) == 1 and rows[0] > 0:
            rows = [rows[0] - 1, *rows]
        self._ask(
            [
                (row, column, self.register.text(rows[0], column, whole=True))
                for row in rows[1:]
                for column in columns
            ],
            "向下填充",
        )

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        rows, columns = self.selected_block()
        self._ask([(row, column, "") for row in rows for column in columns], "清空")

    def _labels(self, columns: Sequence[int]) -> list[str]:
        return [self.register.fields[column].label for column in columns]

    def _edits(self, cells: Sequence[tuple[int, int, str]]) -> list[Edit]:
        """What of it can be written and is not there already."""
        model = self.register
        return [
            Edit(model.keys[row], model.fields[column].name, text)
            for row, column, text in cells
            if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable
            and text not in (model.text(row, column), model.text(row, column, whole=True))
        ]

    def _ask(self, cells: Sequence[tuple[int, int, str]], word: str) -> None:
        edits = self._edits(cells)
        if edits:
            self.edited.emit(edits, f"{word} {len(edits)} 格")
        elif cells and not self.register.source.editable:
            self.refused.emit("现在不能修改。")
