"""The items of a scheme in a small table: read in one version, edited for the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.ids import new_id
from desktop.models.domain.reading import Cell
from desktop.models.registers.kinds import show_points
from desktop.models.registers.schemes import ACTIVITIES, CHECKLIST, SCHEME_ITEM, SchemeItem
from desktop.models.registers.village_year import YES
from desktop.views import theme
from desktop.views.theme import Tone
from desktop.views.widgets.editors import Judge, input_for
from desktop.views.widgets.rows import rows_table
from desktop.views.widgets.wrapped import WrappedLabel

_COLUMNS = {
    CHECKLIST: ("name", "says", "points", "own", "exempt"),
    ACTIVITIES: ("name", "says", "times", "form"),
}
# characters; says: the rest
_WIDTHS = {"name": 8, "points": 4, "own": 6, "exempt": 10, "times": 6, "form": 10}
_NEEDED = ("name", "points", "times")
_BASE = Qt.ItemDataRole.UserRole  # of the first cell: the item that it was
_EDITED = (
    QAbstractItemView.EditTrigger.DoubleClicked
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.AnyKeyPressed
)
_NEW = SchemeItem(id="", scheme_id="", code="", position=0, name="")


class ItemsEditor(QWidget):
    """``edited`` after each change that a person makes."""

    edited = Signal()

    def __init__(self, purpose: str, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.purpose, self._today = purpose, today
        self._own_points: float | None = None
        self.fields = [SCHEME_ITEM.field(name) for name in _COLUMNS[purpose]]
        self.table = theme.cells(rows_table("方案项目", [field.label for field in self.fields], ()))
        self.table.setWordWrap(True)
        self.table.setShowGrid(True)
        self.table.verticalHeader().show()  # 序号
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.table.setItemDelegate(_Delegate(self))
        self.table.itemChanged.connect(self._follow)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._fitting = QTimer(self)  # rows are fitted once the columns have their room
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self.table.resizeRowsToContents)
        self.table.horizontalHeader().sectionResized.connect(lambda: self._fitting.start(0))
        self.sum = QLabel(self)
        self.words = WrappedLabel(parent=self)
        theme.set_tone(self.words, Tone.ERROR)
        self.words.hide()
        self.add = self._button("加项目", "Ctrl+N", self.add_item)
        self.remove = self._button("删除项目", "Ctrl+Delete", self.remove_item)
        self.up = self._button("上移", "Alt+Up", lambda: self.move_item(-1))
        self.down = self._button("下移", "Alt+Down", lambda: self.move_item(1))
        self.buttons = (self.add, self.remove, self.up, self.down)
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        for button in self.buttons:
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.sum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.words)
        layout.addLayout(line)

    def _button(self, words: str, keys: str, act: Callable[[], None]) -> QPushButton:
        button = theme.keyed(QPushButton(words, self), keys)
        button.setToolTip(f"{words}（{keys}）")
        button.clicked.connect(act)
        return button

    # showing

    def show_items(self, items: Sequence[SchemeItem], own_points: float | None, *, editing: bool) -> None:
        """Show others; ``own_points`` of the N items of each organisation are told beside the sum."""
        self._own_points = own_points
        with QSignalBlocker(self.table):
            self.table.setRowCount(0)
            for item in items:
                self._put(self.table.rowCount(), item)
        self.table.setEditTriggers(_EDITED if editing else QAbstractItemView.EditTrigger.NoEditTriggers)
        for button in self.buttons:
            button.setVisible(editing)
        self.table.setCurrentCell(0, 0)
        self.say("", "")
        self.fit()
        self._show_sum()

    def fit(self) -> None:
        """Columns and rows as the type needs them."""
        for column, field in enumerate(self.fields):
            if field.name in _WIDTHS:
                self.table.setColumnWidth(column, theme.characters(self, _WIDTHS[field.name]))
        self.table.resizeRowsToContents()

    def show_own_points(self, points: float | None) -> None:
        """The points of N items were changed."""
        self._own_points = points
        self._show_sum()

    def _put(self, row: int, item: SchemeItem) -> None:
        self.table.insertRow(row)
        for column, field in enumerate(self.fields):
            cell = QTableWidgetItem(field.kind.show(getattr(item, field.name)))
            if column == 0:
                cell.setData(_BASE, item)
            if field.kind.align == "right":
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(row, column, cell)

    def _show_sum(self) -> None:
        count = f"{self.table.rowCount()} 项"
        items = self.items
        if self.purpose == ACTIVITIES:
            times = sum(item.times or 0 for item in items)
            self.sum.setText(f"{count}，每期共 {times} 次")
            return
        points, own = sum(item.points or 0.0 for item in items), self._own_points or 0.0
        more = f"，加自选动作 {_shown(own)} 分共 {_shown(points + own)} 分" if own else ""
        self.sum.setText(f"{count}，合计 {_shown(points)} 分{more}")

    # what stands there

    @property
    def items(self) -> list[SchemeItem]:
        """As it stands; what cannot be read is left out."""
        return [self._item(row) for row in range(self.table.rowCount())]

    def _item(self, row: int) -> SchemeItem:
        base: SchemeItem = self._cell(row, 0).data(_BASE)
        values = {
            field.name: field.kind.read(Cell(self._cell(row, column).text()), self._today).value
            for column, field in enumerate(self.fields)
        }
        values["name"] = values["name"] or ""
        if "own" in values:
            values["own"] = YES if values["own"] == YES else None
        return replace(base, **values)  # type: ignore[arg-type]  # as their kinds read them

    def _cell(self, row: int, column: int) -> QTableWidgetItem:
        cell = self.table.item(row, column)
        assert cell is not None  # _put fills the row
        return cell

    def problem(self) -> tuple[str, str]:
        """The field that has a text which cannot be read, and the words; ``("", "")``: none has."""
        for row in range(self.table.rowCount()):
            for column, field in enumerate(self.fields):
                reading = field.kind.read(Cell(self._cell(row, column).text()), self._today)
                if reading.problem is not None and reading.value is None:
                    return field.name, f"第 {row + 1} 项的{field.label}：{reading.problem}"
        return "", ""

    def say(self, field: str, words: str) -> None:
        """Words below the table, and the cells of a field marked that lack something; the first becomes the current one."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        wrong = self._wrong_in(field) if words else []
        with QSignalBlocker(self.table):
            for row in range(self.table.rowCount()):
                for column in range(len(self.fields)):
                    marked = (row, column) in wrong
                    cell = self._cell(row, column)
                    cell.setBackground(theme.brush("error_surface" if marked else "surface"))
                    cell.setToolTip(words if marked else "")
        if wrong:
            self.table.setCurrentCell(*wrong[0])
            self.table.setFocus()

    def _wrong_in(self, field: str) -> list[tuple[int, int]]:
        """Cells of a field that lack what is needed, that cannot be read, or that repeat a name above them."""
        column = [each.name for each in self.fields].index(field)
        wrong, above = [], set[str]()
        for row in range(self.table.rowCount()):
            text = self._cell(row, column).text().strip()
            reading = self.fields[column].kind.read(Cell(text), self._today)
            lacking = reading.value is None and (reading.problem is not None or field in _NEEDED)
            if lacking or (field == "times" and reading.value == 0) or (field == "name" and text in above):
                wrong.append((row, column))
            above.add(text)
        return wrong

    # changing

    def _follow(self) -> None:
        self.say("", "")
        self.table.resizeRowsToContents()
        self._show_sum()
        self.edited.emit()

    def commit(self) -> None:
        """Take over what is just being typed into a cell."""
        self.table.setFocus()

    def add_item(self) -> None:
        """Begin another item below the current one."""
        self.commit()
        row = self.table.currentRow() + 1 or self.table.rowCount()
        with QSignalBlocker(self.table):
            self._put(row, replace(_NEW, id=new_id()))
        self.table.setCurrentCell(row, 0)
        self._follow()
        self.table.editItem(self._cell(row, 0))

    def remove_item(self) -> None:
        """Take the current item out; old records keep it."""
        self.commit()
        row, column = self.table.currentRow(), self.table.currentColumn()
        if row >= 0:
            self.table.removeRow(row)
            self.table.setCurrentCell(min(row, self.table.rowCount() - 1), column)
            self._follow()

    def move_item(self, step: int) -> None:
        """Move the current item up or down."""
        self.commit()
        row, column = self.table.currentRow(), self.table.currentColumn()
        if row < 0 or not 0 <= row + step < self.table.rowCount():
            return
        with QSignalBlocker(self.table):
            cells = [self.table.takeItem(row, each) for each in range(len(self.fields))]
            self.table.removeRow(row)
            self.table.insertRow(row + step)
            for each, cell in enumerate(cells):
                self.table.setItem(row + step, each, cell)
        self.table.setCurrentCell(row + step, column)
        self._follow()


class _Delegate(QStyledItemDelegate):
    """Rows as high as their texts need; inputs that show while typing whether a text can be taken."""

    def __init__(self, editor: ItemsEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The style leaves its own padding out when it wraps."""
        table = self._editor.table
        room = QRect(0, 0, table.columnWidth(index.column()) - 3 * theme.GAP, 0)
        needed = table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, str(index.data()))
        return QSize(room.width(), max(needed.height() + theme.GAP, theme.row_height(table)))

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """The input of the column's field."""
        field = self._editor.fields[index.column()]
        made = input_for(field, parent)
        made.setProperty("look", "cell")
        Judge(made, lambda text: field.kind.read(Cell(text), self._editor._today))
        return made


def _shown(points: float) -> str:
    return show_points(str(points))
