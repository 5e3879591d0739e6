"""The table of an import's review: edits walk down from one doubtful cell to the next."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QTableView, QWidget

from desktop.views import theme
from desktop.views.exchange.lines_model import LinesModel

_SAMPLED = 60  # lines looked at for the columns' widths
_NARROWEST, _WIDEST = 4, 30  # characters


class LineTable(QTableView):
    """A calm table: no side header, fixed row height, columns as wide as their first lines need."""

    moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        theme.cells(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def words(self) -> str:
        """What is to be known of the current line, which its columns may be too narrow for."""
        index = self.currentIndex()
        cells = (index.siblingAtColumn(column) for column in range(self.model().columnCount()))
        told = (cell.data(Qt.ItemDataRole.ToolTipRole) for cell in cells if cell.isValid())
        return "　".join(dict.fromkeys(filter(None, told)))

    def show_lines(self, model: LinesModel, *, afresh: bool) -> None:
        """Show other lines; unless they are of another file, columns and current cell stay as they are."""
        row, column = self.currentIndex().row(), self.currentIndex().column()
        self.setModel(model)
        self.selectionModel().currentChanged.connect(self._say_moved)
        if afresh:
            self._fit(model)
        if afresh or row < 0:
            self.setCurrentIndex(model.first_editable())
        elif model.rowCount():
            self.setCurrentIndex(model.index(min(row, model.rowCount() - 1), column))

    def _say_moved(self) -> None:
        self.moved.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter goes down, as in Excel."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            below = self.model().index(
                self.currentIndex().row() + 1, self.currentIndex().column(), QModelIndex()
            )
            if below.isValid():
                self.setCurrentIndex(below)

    def _fit(self, model: LinesModel) -> None:
        metrics = self.fontMetrics()
        padding = 3 * theme.GAP
        for column in range(model.columnCount()):
            texts = [str(model.headerData(column, Qt.Orientation.Horizontal))]
            texts += [
                str(model.index(row, column).data() or "") for row in range(min(model.rowCount(), _SAMPLED))
            ]
            width = max(metrics.horizontalAdvance(text) for text in texts) + padding
            narrowest, widest = theme.characters(self, _NARROWEST), theme.characters(self, _WIDEST)
            self.setColumnWidth(column, min(max(width, narrowest), widest))
