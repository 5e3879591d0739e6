"""The item model of a register: an ordered list of keys, of which the lines are read a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.models.domain.fields import Field
from desktop.views.tables.source import Edit, Key, Row, Source
from desktop.views.theme import Tone

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PAGE = 32  # lines read at once: what a screen shows
KEPT = 128 * PAGE  # lines kept at most
NOT_FILLED = "未填"

_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _SHOWN | Qt.ItemFlag.ItemIsEditable
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


class Line:
    """A line that was read; what is doubtful in it is found when it is first shown."""

    def __init__(self, row: Row, source: Source) -> None:
        self.row = row
        self._source = source

    @cached_property
    def doubts(self) -> Mapping[str, str]:
        """Words by field name."""
        return self._source.doubts(self.row)


class RegisterModel(QAbstractTableModel):
    """Shows the lines of a source; an edit is asked for by ``edited``, and shown when the line is read again."""

    edited = Signal(list)  # of Edit

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.source = source
        self.fields = source.fields
        self.whole = False
        self._keys: Sequence[Key] = ()
        self._lines: dict[Key, Line | None] = {}  # None: it has vanished
        self._aligns = [_ALIGN[field.kind.align] for field in self.fields]

    # lines

    @property
    def keys(self) -> Sequence[Key]:
        """The keys shown, in order."""
        return self._keys

    def ask_again(self, *, lines_too: bool) -> None:
        """Ask the source for its keys; with ``lines_too`` forget what was read of their lines."""
        keys = self.source.keys()
        if lines_too:
            self._lines.clear()
        if keys == self._keys:
            self._repaint(0, len(keys) - 1)
            return
        self.beginResetModel()
        self._keys = keys
        self.endResetModel()

    def reread(self, keys: Iterable[Key]) -> None:
        """Read the lines of some keys again, and no others; where one is gone, all keys are asked for again."""
        wanted = [key for key in keys if key in self._lines]
        found = self.source.rows(wanted)
        if len(found) < len(wanted):
            self.ask_again(lines_too=True)
            return
        for key in wanted:
            self._keep(key, found[key])
        changed = set(wanted)
        places = [place for place, key in enumerate(self._keys) if key in changed]
        if places:
            self._repaint(places[0], places[-1])

    def set_whole(self, whole: bool) -> None:
        """Show identity numbers and phones whole, or masked."""
        self.whole = whole
        self._repaint(0, len(self._keys) - 1)

    def line(self, place: int) -> Line | None:
        """The line at a place, read with its page where it is not known; None where it has vanished."""
        key = self._keys[place]
        if key not in self._lines:
            first = place - place % PAGE
            self._read([k for k in self._keys[first : first + PAGE] if k not in self._lines])
        return self._lines.get(key)

    def known_line(self, place: int) -> Line | None:
        """The line at a place, where it was read already."""
        return self._lines.get(self._keys[place])

    def place_of(self, key: Key) -> int | None:
        """Where a key is shown."""
        return next((place for place, shown in enumerate(self._keys) if shown == key), None)

    def _read(self, keys: Sequence[Key]) -> None:
        while len(self._lines) > KEPT - PAGE:
            del self._lines[next(iter(self._lines))]  # the oldest
        found = self.source.rows(keys)
        for key in keys:
            self._keep(key, found.get(key))

    def _keep(self, key: Key, row: Row | None) -> None:
        self._lines[key] = None if row is None else Line(row, self.source)

    def _repaint(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.fields) - 1))

    # cells

    def text(self, place: int, column: int, *, whole: bool | None = None) -> str:
        """What a cell says; masked unless ``whole``, by default as the grid shows it now."""
        line = self.line(place)
        if line is None:
            return ""
        return self.source.text(line.row, self.fields[column], whole=self.whole if whole is None else whole)

    def doubt(self, place: int, column: int) -> tuple[Tone, str]:
        """Whether a cell is missing (WARN), doubtful (ERROR) or neither, in words."""
        line = self.line(place)
        words = line.doubts.get(self.fields[column].name) if line else None
        if line is None or words is None:
            return Tone.PLAIN, ""
        missing = not self.source.text(line.row, self.fields[column], whole=True)
        return (Tone.WARN if missing else Tone.ERROR), words

    # Qt's side

    def rowCount(self, parent: Index = ROOT) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Fields."""
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable where the field is and the source lets us."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _EDITABLE if self.source.editable and self.fields[index.column()].editable else _SHOWN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, masked or not; whole for the editor; doubts and paragraphs as tool tip, doubts for screen readers."""
        if not index.isValid():
            return None
        place, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.text(place, column)
            case Qt.ItemDataRole.EditRole:
                return self.text(place, column, whole=True)
            case Qt.ItemDataRole.ToolTipRole:
                return self.doubt(place, column)[1] or self._paragraphs(place, column) or None
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._aligns[column]
            case Qt.ItemDataRole.AccessibleTextRole:
                words = self.doubt(place, column)[1]
                spoken = f"{self.fields[column].label} {self.text(place, column) or NOT_FILLED}"
                return f"{spoken}，{words}" if words else spoken
        return None

    def _paragraphs(self, place: int, column: int) -> str:
        """A text of several lines, of which the cell shows but one."""
        text = self.text(place, column) if self.fields[column].multiline else ""
        return text if "\n" in text else ""

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the edit, unless nothing would change."""
        if role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        if str(value) == self.text(index.row(), index.column(), whole=True):
            return False
        self.edited.emit([Edit(self._keys[index.row()], self.fields[index.column()].name, str(value))])
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Labels above, numbers of lines at the side."""
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return self.fields[section].label if section < len(self.fields) else None
            return str(section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """How a column's cells stand."""
        return self._aligns[column]

    def field(self, index: Index) -> Field:
        """The field of a cell."""
        return self.fields[index.column()]

    def key(self, index: Index) -> Key:
        """The key of a cell's line."""
        return self._keys[index.row()]
