"""The second step of an import: which column is which field, seen beside the first rows and correctable."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.registers.roster import ROSTER
from desktop.models.workbooks.roster_reader import ColumnId, FoundTable, ImportReading
from desktop.views import theme
from desktop.views.theme import Tone

_REQUIRED = ("name", "posts")
_COMPUTED = ("both_heads", "cross")
_OFFERED = tuple(field for field in ROSTER.fields if field.name not in _COMPUTED)
_COMBO_ROW, _HEADING_ROW, _FIRST_SAMPLE = 0, 1, 2
_WIDEST = 22  # characters


def lacking(
    table: FoundTable, reading: ImportReading, mapping: Mapping[ColumnId, str | None]
) -> tuple[str, ...]:
    """The labels of required fields no column of the table is taken for; a village may come from a title."""
    taken = {mapping.get(column.id, column.field) for column in table.columns}
    names = [name for name in _REQUIRED if name not in taken]
    if "village" not in taken and not _village_is_told(table, reading):
        names.append("village")
    return tuple(ROSTER.field(name).label for name in names)


def _village_is_told(table: FoundTable, reading: ImportReading) -> bool:
    place = (table.file, table.sheet, table.heading_row)
    rows = (row for row in reading.rows if (row.file, row.sheet, row.source.table.row_number) == place)
    return any("division_code" in row.values for row in rows)


class _ColumnCombo(QComboBox):
    """A combo in a table: it comes into sight with the focus, and the wheel scrolls the table, not the choice."""

    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say so."""
        super().focusInEvent(event)
        self.focused.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the table."""
        event.ignore()


class MappingStep(QWidget):
    """The found tables at the left, the chosen one's columns at the right, a combo over each."""

    remapped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = ImportReading((), ())
        self._mapping: dict[ColumnId, str | None] = {}
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._tables = QListWidget()
        self._tables.setAccessibleName("找到的表格")
        self._tables.currentRowChanged.connect(self._show_table)
        self._columns = QTableWidget()
        self._columns.setAccessibleName("各列对应的项目")
        self._columns.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._columns.setTabKeyNavigation(False)
        self._columns.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._columns.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._columns.horizontalHeader().hide()
        self._columns.verticalHeader().hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._sentence)
        side_by_side = QHBoxLayout()
        side_by_side.addWidget(self._tables, 1)
        side_by_side.addWidget(self._columns, 4)
        layout.addLayout(side_by_side, 1)

    @property
    def mapping(self) -> dict[ColumnId, str | None]:
        """What was corrected by hand, by column."""
        return dict(self._mapping)

    def forget(self) -> None:
        """Drop the corrections: other files are coming."""
        self._mapping.clear()

    def show_reading(self, reading: ImportReading) -> None:
        """Show the tables of a reading."""
        row = max(self._tables.currentRow(), 0)
        self._reading = reading
        self._tables.clear()
        self._tables.addItems([self._title(table) for table in reading.tables])
        self._tables.setVisible(len(reading.tables) > 1)
        self._tables.setCurrentRow(min(row, len(reading.tables) - 1))
        self._say_what_lacks()

    def begin(self) -> None:
        """Put the focus where a person is asked for something."""
        self.combo(self._first_unknown(self._reading.tables[self._tables.currentRow()])).setFocus()

    @property
    def complete(self) -> bool:
        """Whether every table has what a roster needs."""
        tables = self._reading.tables
        return bool(tables) and not any(lacking(t, self._reading, self._mapping) for t in tables)

    def combo(self, index: int) -> QComboBox:
        """The combo over one column of the table shown."""
        combo = self._columns.cellWidget(_COMBO_ROW, index)
        assert isinstance(combo, QComboBox)
        return combo

    def _title(self, table: FoundTable) -> str:
        words = lacking(table, self._reading, self._mapping)
        state = "缺 " + "、".join(words) if words else "✓"
        return f"{table.sheet}　{state}\n{table.file}"

    def _say_what_lacks(self) -> None:
        tables = self._reading.tables
        short = [t for t in tables if lacking(t, self._reading, self._mapping)]
        if not short:
            words = "各列都已认出。绿色的是认出的列；不对的，点开上面的下拉框改。"
        else:
            first = short[0]
            labels = "".join(f"“{label}”" for label in lacking(first, self._reading, self._mapping))
            words = f"{first.sheet} 里没有认出{labels}，请在那一列上面的下拉框里选。"
        self._sentence.setText(words)
        theme.set_tone(self._sentence, Tone.WARN if short else Tone.PLAIN)

    def _show_table(self, row: int) -> None:
        self._columns.clear()
        if not 0 <= row < len(self._reading.tables):
            self._columns.setRowCount(0)
            return
        table = self._reading.tables[row]
        samples = max((len(column.samples) for column in table.columns), default=0)
        self._columns.setRowCount(_FIRST_SAMPLE + samples)
        self._columns.setColumnCount(len(table.columns))
        for index, column in enumerate(table.columns):
            self._columns.setCellWidget(_COMBO_ROW, index, self._combo_for(table, index))
            for offset, text in enumerate((column.heading, *column.samples)):
                self._columns.setItem(_HEADING_ROW + offset, index, QTableWidgetItem(text))
        self._columns.resizeColumnsToContents()
        self._limit_widths()
        self._paint(table)

    def _limit_widths(self) -> None:
        widest = theme.characters(self, _WIDEST)
        for index in range(self._columns.columnCount()):
            self._columns.setColumnWidth(index, min(self._columns.columnWidth(index), widest))

    def _combo_for(self, table: FoundTable, index: int) -> QComboBox:
        column = table.columns[index]
        combo = _ColumnCombo()
        combo.addItem("不导入", None)
        for field in _OFFERED:
            combo.addItem(field.label, field.name)
        combo.setCurrentIndex(combo.findData(self._mapping.get(column.id, column.field)))
        combo.setAccessibleName(f"“{column.heading}”这一列是")
        combo.activated.connect(partial(self._choose, index))
        combo.focused.connect(partial(self._bring_into_sight, index))
        return combo

    def _bring_into_sight(self, index: int) -> None:
        self._columns.scrollTo(self._columns.model().index(_HEADING_ROW, index))

    def _first_unknown(self, table: FoundTable) -> int:
        """The first column that is taken for nothing and holds words; serial numbers do not count."""
        for index, column in enumerate(table.columns):
            taken = self._mapping.get(column.id, column.field)
            if taken is None and not all(sample.isdigit() for sample in column.samples):
                return index
        return 0

    def _choose(self, index: int, choice: int) -> None:
        """Take the column, and those with the same heading in other tables, for another field."""
        table = self._reading.tables[self._tables.currentRow()]
        heading = table.columns[index].heading
        chosen = self.combo(index).itemData(choice)
        for other in self._reading.tables:
            for column in other.columns:
                if column.heading == heading:
                    self._mapping[column.id] = chosen
        self._paint(table)
        self._retitle()
        self._say_what_lacks()
        self.remapped.emit()

    def _retitle(self) -> None:
        for row, table in enumerate(self._reading.tables):
            self._tables.item(row).setText(self._title(table))

    def _paint(self, table: FoundTable) -> None:
        """Green above what is taken, quiet text below what is not."""
        model = self._columns.model()
        for index, column in enumerate(table.columns):
            field = self._mapping.get(column.id, column.field)
            heading = model.index(_HEADING_ROW, index)
            model.setData(
                heading, theme.brush("ok_surface" if field else "page"), Qt.ItemDataRole.BackgroundRole
            )
            for row in range(_HEADING_ROW, _FIRST_SAMPLE + len(column.samples)):
                ink = theme.brush("text" if field else "secondary")
                model.setData(model.index(row, index), ink, Qt.ItemDataRole.ForegroundRole)
            theme.set_tone(self.combo(index), Tone.OK if field else Tone.PLAIN)
