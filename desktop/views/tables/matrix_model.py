"""What a matrix shows (organisations by items, secretaries by kinds), as values, and the item model of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How one cell looks; colors are names of theme.COLORS."""

    text: str  # a word or two: 达标, 03.12
    spoken: str  # the whole of it for screen readers and the tool tip
    icon: str = ""  # of icons.GLYPHS
    ink: str = "text"
    copied: str = ""  # what the clipboard gets; ``text`` where it is empty
    surface: str = ""
    below: str = ""  # small, under the word: 逾期 3 天, or what an item of its own is called
    below_ink: str = "error"
    photos: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What stands in the frozen column at the left of a row, and its bar at the right."""

    text: str
    below: str = ""  # small, under the name: where it is
    chip: str = ""  # a class: A
    ink: str = "secondary"  # of the chip
    spoken: str = ""
    done: int = 0  # of the bar
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One column: a short label (two lines of it are seen), what it means, what stands at its foot."""

    label: str
    says: str = ""
    total: str = ""
    ink: str = "secondary"  # of the total


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixTable:
    """A whole matrix; ``face`` is asked for a cell (row, column) when it is first seen. None: there is no such cell."""

    corner: str  # what the names are: 党组织
    bar: str  # what the bars are: 完成率
    names: Sequence[Name]
    headings: Sequence[Heading]
    face: Callable[[int, int], Face | None]


NOTHING = MatrixTable(corner="", bar="", names=(), headings=(), face=lambda _row, _column: None)


class MatrixModel(QAbstractTableModel):
    """A table's cells; the last column is the bar."""

    def __init__(self) -> None:
        super().__init__()
        self.table = NOTHING
        self._faces: dict[tuple[int, int], Face | None] = {}

    @property
    def bar(self) -> int:
        """The column of the bars."""
        return len(self.table.headings)

    def show_table(self, table: MatrixTable) -> None:
        """Show another; where rows and columns stay as many, the current cell and the selection stay."""
        same = (len(table.names), len(table.headings)) == (len(self.table.names), self.bar)
        if not same:
            self.beginResetModel()
        self.table, self._faces = table, {}
        if not same:
            self.endResetModel()
        elif table.names:
            self.dataChanged.emit(self.index(0, 0), self.index(len(table.names) - 1, self.bar))

    def face(self, row: int, column: int) -> Face | None:
        """How a cell looks."""
        place = row, column
        if place not in self._faces:
            self._faces[place] = self.table.face(row, column)
        return self._faces[place]

    def is_cell(self, row: int, column: int) -> bool:
        """Whether there is such a cell; the bar is none."""
        inside = 0 <= row < len(self.table.names) and 0 <= column < self.bar
        return inside and self.face(row, column) is not None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """A row each."""
        return 0 if parent.isValid() else len(self.table.names)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The headings and the bar."""
        return 0 if parent.isValid() or not self.table.headings else self.bar + 1

    def text(self, row: int, column: int) -> str:
        """A cell as it is copied."""
        if column == self.bar:
            name = self.table.names[row]
            return f"{name.done}/{name.of}"
        face = self.face(row, column)
        return (face.copied or face.text) if face else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words for those who do not see the painting."""
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(row, column)
        return None

    def spoken(self, row: int, column: int) -> str:
        """A cell with whose it is."""
        name = self.table.names[row]
        if column == self.bar:
            return f"{name.text} {self.table.bar} {name.done}/{name.of}"
        face = self.face(row, column)
        label = self.table.headings[column].label
        return f"{name.text} {face.spoken}" if face else f"{name.text} {label} 没有这一项"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Names at the left, labels above."""
        if orientation == Qt.Orientation.Vertical:
            name = self.table.names[section]
            if role == Qt.ItemDataRole.DisplayRole:
                return name.text
            spoken = role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
            return name.spoken or name.text if spoken else None
        if section == self.bar:
            return self.table.bar if role == Qt.ItemDataRole.DisplayRole else None
        heading = self.table.headings[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return heading.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(filter(None, (heading.label, heading.total)))
        return heading.says or None if role == Qt.ItemDataRole.ToolTipRole else None
