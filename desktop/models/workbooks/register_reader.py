"""Reading workbooks of the simple registers (后备、双提升、村级数据 …): the cells of each line, by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.models.domain.fields import Register
from desktop.models.domain.reading import Cell
from desktop.models.registers.listing import Listing
from desktop.models.workbooks.headings import ROW_ID, Headings
from desktop.models.workbooks.sheets import Sheet
from desktop.models.workbooks.tables import find_tables

_FINDER = "name"  # the column by which tables are found


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of a workbook: its cells by column of the listing, and the hidden id of an export of ours."""

    file: str
    sheet: str
    row: int  # the sheet's number, from 1
    cells: Mapping[str, Cell]
    row_id: str | None = None

    def text(self, column: str) -> str:
        """A cell as a person sees it; empty where there is none."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""


class RegisterReader:
    """Reads sheets into lines of one register."""

    def __init__(self, listing: Listing) -> None:
        self._key = _FINDER if any(c.name == _FINDER for c in listing.columns) else listing.columns[0].name
        self._known = frozenset(column.name for column in listing.columns)
        fields = (replace(c, name=_FINDER) if c.name == self._key else c for c in listing.columns)
        found_by = Register(name=listing.name, title="", record=listing.shown.record, fields=tuple(fields))
        self._headings = Headings(found_by)

    def read(self, file: str, sheets: Iterable[Sheet]) -> Iterator[RegisterRow]:
        """Every line of every table; a sheet without one gives none."""
        for sheet in sheets:
            for table in find_tables(sheet, self._headings):
                columns = {
                    self._key if column.field == _FINDER else column.field: column.index
                    for column in reversed(table.columns)
                    if column.field
                }
                for row in table.rows:
                    cells = {name: table.cell(row, index) for name, index in columns.items()}
                    row_id = cells.get(ROW_ID)
                    yield RegisterRow(
                        file,
                        sheet.name,
                        sheet.first_row + row,
                        {name: cells[name] for name in cells.keys() & self._known},
                        row_id.text.strip() or None if row_id else None,
                    )
