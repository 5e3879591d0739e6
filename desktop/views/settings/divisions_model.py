"""The table of villages on the settings page: a cell edited is a division changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.models.domain.posts import PartyForm
from desktop.models.registers.division import Division, DivisionKind
from desktop.views import theme
from desktop.views.theme import Tone

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
PARTY_FORM = 4  # its column


class Column(NamedTuple):
    """A column: heading, what a cell shows, the field an edit changes, how its text is read."""

    heading: str
    shows: Callable[[Division], str]
    field: str | None = None
    reads: Callable[[str], object] = str.strip


def _read_names(text: str) -> str:
    return "\n".join(filter(None, (name.strip() for name in text.replace("，", "、").split("、"))))


def _read_number(text: str) -> int | None:
    digits = text.strip()
    if digits and not digits.isdecimal():
        raise ValueError(f"核定职数“{digits}”不是数，请只填数字，没有就空着。")
    return int(digits) if digits else None


def _read_form(text: str) -> PartyForm:
    return next(form for form in PartyForm if form.label == text)


COLUMNS = (
    Column("名称", lambda d: d.name, "name"),
    Column("类型", lambda d: DivisionKind(d.kind).label),
    Column("别名（用顿号隔开）", lambda d: "、".join(d.aliases.splitlines()), "aliases", _read_names),
    Column(
        "核定职数",
        lambda d: "" if d.approved_posts is None else str(d.approved_posts),
        "approved_posts",
        _read_number,
    ),
    Column("党组织形式", lambda d: PartyForm(d.party_form).label, "party_form", _read_form),
    Column("区划代码", lambda d: d.code),
)


class DivisionsModel(QAbstractTableModel):
    """Divisions with their depth; edits are asked for by ``edited``, or refused with ``refused``."""

    edited = Signal(str, str, object)  # code, field, value
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._divisions: tuple[tuple[Division, int], ...] = ()

    def show_divisions(self, divisions: Sequence[tuple[Division, int]]) -> None:
        """Show other divisions, or the same ones changed."""
        self.beginResetModel()
        self._divisions = tuple(divisions)
        self.endResetModel()

    def division(self, row: int) -> Division:
        """The division on a line."""
        return self._divisions[row][0]

    def row_of(self, code: str) -> int:
        """The line of a division; -1 where it is not shown."""
        return next((row for row, (division, _) in enumerate(self._divisions) if division.code == code), -1)

    def rowCount(self, parent: Index = ROOT) -> int:
        """The divisions."""
        return 0 if parent.isValid() else len(self._divisions)

    def columnCount(self, parent: Index = ROOT) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings above."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return COLUMNS[section].heading
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Editable where the column has a field; the forms of party bodies are villages' alone."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        column = COLUMNS[index.column()]
        if column.field and (column.field in ("name", "aliases") or _is_village(self.division(index.row()))):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text; villages are indented below their township."""
        if not index.isValid():
            return None
        division, depth = self._divisions[index.row()]
        column = COLUMNS[index.column()]
        text = (
            column.shows(division)
            if column.field in (None, "name", "aliases") or _is_village(division)
            else ""
        )
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return "　" * depth + text if column.field == "name" else text
            case Qt.ItemDataRole.EditRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.heading} {text}"
            case Qt.ItemDataRole.ForegroundRole if column.field is None:
                return theme.tone_text(Tone.OLD)
            case Qt.ItemDataRole.TextAlignmentRole if column.field == "approved_posts":
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the change."""
        column = COLUMNS[index.column()]
        if role != Qt.ItemDataRole.EditRole or column.field is None or value == self.data(index, role):
            return False
        try:
            read = column.reads(str(value))
        except ValueError as problem:
            self.refused.emit(str(problem))
            return False
        self.edited.emit(self.division(index.row()).code, column.field, read)
        return True


def _is_village(division: Division) -> bool:
    return division.kind not in (DivisionKind.CITY, DivisionKind.TOWNSHIP)
