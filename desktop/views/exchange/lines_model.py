"""The item model of an import's plan: lines of shown cells, of which some can be corrected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.models.domain.cleaning import in_one_line
from desktop.models.workbooks.register_reader import RegisterRow
from desktop.models.workbooks.roster_reader import ImportedRow
from desktop.views import theme
from desktop.views.theme import Tone

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One cell as the table shows it; ``field`` names the field an edit of it corrects."""

    text: str
    tone: Tone = Tone.PLAIN
    words: str = ""
    field: str | None = None
    edit: str | None = None  # what the editor starts with, where that is not the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a table; ``row`` is what a correction is made in."""

    cells: tuple[Shown, ...]
    row: ImportedRow | RegisterRow | None = None


class Lines(Sequence[Line]):
    """Lines made of ``items`` when they are looked at: a table shows twenty of ten thousand."""

    def __init__(self, items: Sequence[T], make: Callable[[T], Line]) -> None:
        self._count = len(items)
        self._make: Callable[[int], Line] = lambda index: make(items[index])
        self._made: dict[int, Line] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> list[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | list[Line]:
        """One line, or some."""
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(self._count))]
        if index not in self._made:
            self._made[index] = self._make(index)
        return self._made[index]


class LinesModel(QAbstractTableModel):
    """Lines of shown cells; an edit is not taken over but asked for by ``corrected``."""

    corrected = Signal(object, str, str)  # ImportedRow or RegisterRow, field, text

    def __init__(self, headings: Sequence[str], lines: Sequence[Line]) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._lines = lines

    def first_editable(self) -> QModelIndex:
        """The first cell that can be corrected; none where the lines only show."""
        columns = range(self.columnCount()) if self._lines else ()
        cells = (self.index(0, column) for column in columns)
        return next((cell for cell in cells if self.flags(cell) & Qt.ItemFlag.ItemIsEditable), ROOT)

    def rowCount(self, parent: Index = ROOT) -> int:
        """The lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """The headings."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings above, nothing at the side."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headings[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable where a correction can be made."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        line = self._lines[index.row()]
        if line.row is not None and line.cells[index.column()].field:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tone and words of a cell."""
        if not index.isValid():
            return None
        shown = self._lines[index.row()].cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return in_one_line(shown.text)
            case Qt.ItemDataRole.EditRole:
                return shown.text if shown.edit is None else shown.edit
            case Qt.ItemDataRole.ToolTipRole:
                return shown.words or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._headings[index.column()]} {shown.text} {shown.words}".strip()
            case Qt.ItemDataRole.DecorationRole if shown.tone is Tone.ERROR:
                return theme.icon("alert", "error")
            case Qt.ItemDataRole.BackgroundRole:
                return theme.tone_background(shown.tone)
            case Qt.ItemDataRole.ForegroundRole:
                return theme.tone_text(shown.tone)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the correction; the next plan shows it."""
        line = self._lines[index.row()]
        field = line.cells[index.column()].field
        if (
            role != Qt.ItemDataRole.EditRole
            or line.row is None
            or field is None
            or value == self.data(index, role)
        ):
            return False
        self.corrected.emit(line.row, field, str(value))
        return True
