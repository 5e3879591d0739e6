"""The table of 覆盖率 on the screen: the total first, then a line each, and the units that a number counts."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from desktop.models.registers.village_year import YES, YES_NO
from desktop.models.rules.coverage import UNKNOWN, Base, Coverage, CoverageTable
from desktop.views import theme
from desktop.views.exchange.lines_model import Line, LinesModel, Shown
from desktop.views.page import Request

Filters = tuple[tuple[str, frozenset[str]], ...]
HEADINGS = (
    *("单位总数", "应建单位", "已建党组织", "应建未建", "党组织覆盖率"),
    *("只派指导员", "合计已覆盖", "没有覆盖", "工作覆盖率"),
    *("指导员人数", "指导单位"),
)
_WITHOUT_BRANCH: Filters = (("has_branch", frozenset((YES_NO.show("0"),))),)
# what a column counts, as the list of units asks for it: its chip and filters; the other columns have no such list
LISTS: Mapping[str, tuple[str, Filters]] = {
    "单位总数": ("open", ()),
    "已建党组织": ("covered", ()),
    "应建未建": ("missing", ()),
    "没有覆盖": ("no_instructor", _WITHOUT_BRANCH),
}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CoverageModel(LinesModel):
    """Numbers stand at the right; those that open a list are told apart by their color."""

    def __init__(self, table: CoverageTable) -> None:
        self.table = table
        self.rows = (table.total, *table.rows)
        super().__init__((table.by.label, *HEADINGS), [_line(row) for row in self.rows])

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """See LinesModel; the total is bold."""
        match role:
            case Qt.ItemDataRole.TextAlignmentRole if index.column() > 0:
                return _RIGHT
            case Qt.ItemDataRole.FontRole if index.row() == 0:
                bold = QFont(QApplication.font())
                bold.setBold(True)
                return bold
            case Qt.ItemDataRole.ForegroundRole if self.request(index.row(), index.column(), None):
                return theme.brush("accent")
        return super().data(index, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """See LinesModel."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section > 0:
            return _RIGHT
        return super().headerData(section, orientation, role)

    def request(self, row: int, column: int, unit: str | None) -> Request | None:
        """The list of just the units that a number counts; None where it has no list, or counts none."""
        heading = HEADINGS[column - 1] if column > 0 else ""
        if heading not in LISTS or not _texts(self.rows[row])[heading].strip("0"):
            return None
        chip, filters = LISTS[heading]
        if row:  # not the total
            label = self.rows[row].label
            filters += ((str(self.table.by), frozenset(("" if label == UNKNOWN else label,))),)
        if self.table.base is Base.ABOVE_SCALE:
            filters += (("above_scale", frozenset((YES_NO.show(YES),))),)
        return Request(page="organizations", unit=unit, chip=chip, filters=filters)


def _line(row: Coverage) -> Line:
    """A line; a number that opens a list says so."""
    return Line(
        cells=(
            Shown(text=row.label),
            *(Shown(text=text or "—", words=_words(heading, text)) for heading, text in _texts(row).items()),
        )
    )


def _words(heading: str, text: str) -> str:
    return f"单击或按回车，看这 {text} 个单位" if heading in LISTS and text != "0" else ""


def _texts(row: Coverage) -> dict[str, str]:
    """The numbers of a line as shown, by heading; a rate that cannot be reckoned is empty."""
    party = (row.units, row.should, row.covered, row.should - row.covered, row.party_rate)
    work = (row.reached - row.covered, row.reached, row.units - row.reached, row.work_rate)
    people = (row.instructors, row.instructed)
    return dict(zip(HEADINGS, map(str, (*party, *work, *people)), strict=True))
