"""A matrix: names at the left, short labels above, painted cells, totals below; for 8+N and 四个一.

How to use it::

    matrix = Matrix("8+N 评定矩阵", parent)
    matrix.show_table(MatrixTable(corner="党组织", bar="完成率", names=…, headings=…, face=face_of))

``face_of(row, column)`` is asked for a cell when it is seen first; show another table after each change: while it has as
many rows and columns, the current cell and the selection stay. What a person does is told by signals, the matrix writes
nothing. Places are (row, column); ``matrix.bar`` is the column of the bars, of which ``opened`` and ``current`` may tell.

- ``cycled``: Space, with the places selected (the current one first).
- ``opened``: Enter, a double click; a double click on a name gives (row, bar).
- ``cleared``: Delete, with the places selected. ``pasted``: Ctrl+V of text, with a ``Pasted``; ``pictured``: Ctrl+V of a
  picture or files, with the current cell.
- ``moved``: another current cell. ``dropped``: files on a cell.
- ``asked``: the menu of a column (its mark, right click, Alt+↓), ``name_asked``: that of a row, ``cell_asked`` of the cells.

Arrows, Home, End, Ctrl+Home, Ctrl+End, Shift with them, Ctrl+A and Ctrl+C are its own; a copy of whole rows or columns
brings names and labels along.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLabel,
    QScrollBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.views import theme
from desktop.views.tables import clipboard
from desktop.views.tables.matrix_clipboard import Place, copied, pasted
from desktop.views.tables.matrix_delegate import MatrixDelegate
from desktop.views.tables.matrix_headings import Labels, Names, Totals
from desktop.views.tables.matrix_model import Index, MatrixModel, MatrixTable
from desktop.views.widgets.dropped import files_in, holds_pictures

_COLUMN_EMS, _BAR_EMS = 5.9, 7.5  # least widths in characters: an icon, two letters, a clip with a number
_MOST_EMS = 9.0
_ROW_EMS = 2.9
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Matrix(QFrame):
    """See the module's words on how to use it."""

    cycled = Signal(list)
    opened = Signal(int, int)
    cleared = Signal(list)
    pasted = Signal(object)
    pictured = Signal(int, int)
    moved = Signal()
    dropped = Signal(int, int, list)
    asked = Signal(int, QPoint)
    name_asked = Signal(int, QPoint)
    cell_asked = Signal(QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MatrixModel()
        self.view = MatrixView(self.model, self)
        self.view.setAccessibleName(name)
        self.totals = Totals(self.model, self.view, self)
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._follow_scrolling()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.totals)
        layout.addWidget(self._bar)
        self.setFocusProxy(self.view)
        view = self.view
        view.cycled.connect(self.cycled)
        view.opened.connect(self.opened)
        view.cleared.connect(self.cleared)
        view.pasted.connect(self.pasted)
        view.pictured.connect(self.pictured)
        view.moved.connect(self.moved)
        view.dropped.connect(self.dropped)
        view.labels.asked.connect(self.asked)
        view.names.customContextMenuRequested.connect(self._ask_name)
        view.customContextMenuRequested.connect(
            lambda place: self.cell_asked.emit(view.viewport().mapToGlobal(place))
        )

    def _follow_scrolling(self) -> None:
        """The bar to scroll sideways stands below the totals."""
        own = self.view.horizontalScrollBar()
        own.rangeChanged.connect(self._bar.setRange)
        # not within the layout that is going on: it would place the totals where the bar is to be
        own.rangeChanged.connect(self._show_bar, Qt.ConnectionType.QueuedConnection)
        own.rangeChanged.connect(lambda: self._bar.setPageStep(own.pageStep()))
        own.valueChanged.connect(self._bar.setValue)
        own.valueChanged.connect(self.totals.update)
        self._bar.valueChanged.connect(own.setValue)
        self._bar.hide()
        self.view.laid_out.connect(self.totals.update)

    def _show_bar(self) -> None:
        self._bar.setVisible(self._bar.maximum() > 0)

    @property
    def bar(self) -> int:
        """The column of the bars."""
        return self.model.bar

    @property
    def current(self) -> Place | None:
        """The current cell."""
        index = self.view.currentIndex()
        return (index.row(), index.column()) if index.isValid() else None

    def show_table(self, table: MatrixTable) -> None:
        """Show another table."""
        before = len(self.model.table.headings)
        self.model.show_table(table)
        self.view.repaint_all()
        if before != len(table.headings):
            self.view.fit()
        self.totals.say()

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one, the only one selected."""
        self.view.setCurrentIndex(self.model.index(row, column))

    def selected(self) -> list[Place]:
        """The cells selected, the current one first; no bars, no cells that do not exist."""
        return self.view.chosen()

    def _ask_name(self, place: QPoint) -> None:
        row = self.view.names.logicalIndexAt(place)
        if row >= 0:
            self.name_asked.emit(row, self.view.names.viewport().mapToGlobal(place))


class MatrixView(QTableView):
    """The cells of a matrix, with names and labels as its headers."""

    cycled = Signal(list)
    opened = Signal(int, int)
    cleared = Signal(list)
    pasted = Signal(object)
    pictured = Signal(int, int)
    moved = Signal()
    dropped = Signal(int, int, list)
    laid_out = Signal()

    def __init__(self, model: MatrixModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._cells = MatrixDelegate(model, self)
        self._corner = theme.quiet(QLabel(self))
        self._corner.setIndent(8)
        self.names, self.labels = Names(model, self), Labels(model, self)
        self.setVerticalHeader(self.names)
        self.setHorizontalHeader(self.labels)
        self.setModel(model)
        self.setItemDelegate(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.names.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.names.opened.connect(lambda row: self.opened.emit(row, self._model.bar))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row(), index.column()))
        model.modelReset.connect(self._forget_current)
        self.fit()

    # looks

    def fit(self) -> None:
        """Rows and columns as the type needs them; columns share what room there is, up to a point."""
        self._cells.measure(self)
        self.names.setDefaultSectionSize(theme.characters(self, _ROW_EMS))
        columns = self._model.bar
        if not columns:
            return
        least, most = theme.characters(self, _COLUMN_EMS), theme.characters(self, _MOST_EMS)
        bar = theme.characters(self, _BAR_EMS)
        each = min(max((self.viewport().width() - bar) // columns, least), most)
        for column in range(columns):
            self.setColumnWidth(column, each)
        self.setColumnWidth(columns, max(bar, min(self.viewport().width() - each * columns, 2 * bar)))
        self.laid_out.emit()

    def repaint_all(self) -> None:
        """The table is another."""
        self._corner.setText(self._model.table.corner)
        for each in (self, self.names, self.labels):
            each.viewport().update()

    def updateGeometries(self) -> None:
        """The corner has words."""
        super().updateGeometries()
        corner = QRect(0, 0, self.viewport().x(), self.viewport().y())
        self._corner.setGeometry(corner.adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room: the current cell stays in sight where it was."""
        current = self.currentIndex()
        seen = QRect(QPoint(), event.oldSize()).intersects(self.visualRect(current))
        super().resizeEvent(event)
        self.fit()
        if seen:
            self.scrollTo(current)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame says where the keyboard is."""
        super().focusInEvent(event)
        self._cells.focused = True
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is elsewhere."""
        super().focusOutEvent(event)
        self._cells.focused = False
        self.viewport().update()

    def _forget_current(self) -> None:
        self._cells.current = None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another cell, and perhaps another row."""
        super().currentChanged(current, previous)
        self._cells.current = (current.row(), current.column()) if current.isValid() else None
        self.viewport().update()
        self.names.viewport().update()
        self.moved.emit()

    # what is selected

    def chosen(self) -> list[Place]:
        """The cells selected, the current one first."""
        current = self.currentIndex()
        there = [index for index in self.selectedIndexes() if index != current]
        places = [(index.row(), index.column()) for index in [current, *there] if index.isValid()]
        return [place for place in places if self._model.is_cell(*place)]

    def copy(self) -> None:
        """Put the block around what is selected on the clipboard; whole rows or columns with names and labels."""
        picked = {(index.row(), index.column()) for index in self.selectedIndexes()}
        if picked:
            QGuiApplication.clipboard().setMimeData(clipboard.to_mime(copied(self._model, picked)))

    def _paste(self) -> None:
        """Text is for the cells, a picture or files for the current one."""
        data, current = QGuiApplication.clipboard().mimeData(), self.currentIndex()
        if not current.isValid():
            return
        place = current.row(), current.column()
        if holds_pictures(data):
            if self._model.is_cell(*place):
                self.pictured.emit(*place)
        elif block := clipboard.from_mime(data):
            self.pasted.emit(pasted(self._model, block, self.chosen() or [place]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is the matrix's own; the rest moves about."""
        current = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            if places := self.chosen():
                self.cycled.emit(places)
        elif event.key() == Qt.Key.Key_Delete:
            if places := self.chosen():
                self.cleared.emit(places)
        elif event.key() in _ENTER and current.isValid():
            self.opened.emit(current.row(), current.column())
        elif event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if 0 <= current.column() < self._model.bar:
                self.labels.ask(current.column())
        elif event.key() == Qt.Key.Key_Menu and current.isValid():
            self.customContextMenuRequested.emit(self.visualRect(current).bottomLeft())
        else:
            super().keyPressEvent(event)

    # files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """On a cell; it becomes the current one, so that one sees where they go."""
        index = self.indexAt(event.position().toPoint())
        if self._model.is_cell(index.row(), index.column()):
            self.setCurrentIndex(index)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand them on."""
        index = self.indexAt(event.position().toPoint())
        if self._model.is_cell(index.row(), index.column()):
            event.acceptProposedAction()
            self.dropped.emit(index.row(), index.column(), files_in(event.mimeData()))
