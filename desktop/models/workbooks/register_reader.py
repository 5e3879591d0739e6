"""Reading workbooks of the simple registers (后备、双提升、村级数据 …): the cells of each line, by column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from desktop.models.domain.fields import Register
from desktop.models.domain.reading import Cell
from desktop.models.registers.listing import Listing
from desktop.models.workbooks.headings import ROW_ID, Headings
from desktop.models.workbooks.sheets import Sheet
from desktop.models.workbooks.tables import Table, find_tables

_FINDER = "name"  # the column by which tables are found


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of a workbook: its cells by column of the listing, and the hidden id of an export of ours."""

    file: str
    table: Table
    index: int  # in the sheet's rows
    columns: Mapping[str, int]  # where the listing's columns stand in the sheet
    cells: Mapping[str, Cell]  # as the file, or a correction since, has them
    row_id: str | None = None

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return self.table.sheet.name

    @property
    def row(self) -> int:
        """The sheet's row number, from 1."""
        return self.table.sheet.first_row + self.index

    def text(self, column: str) -> str:
        """A cell as a person sees it; empty where there is none."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""

    def corrected(self, column: str, text: str) -> RegisterRow:
        """The line with one cell written otherwise."""
        return replace(self, cells={**self.cells, column: Cell(text)})


def key_column(listing: Listing) -> str:
    """The column that a table of this register is known by."""
    return _FINDER if any(c.name == _FINDER for c in listing.columns) else listing.columns[0].name


class RegisterReader:
    """Reads sheets into lines of one register."""

    def __init__(self, listing: Listing) -> None:
        self._key = key_column(listing)
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
                known = {name: index for name, index in columns.items() if name in self._known}
                for row in table.rows:
                    row_id = table.cell(row, columns[ROW_ID]).text.strip() if ROW_ID in columns else ""
                    cells = {name: table.cell(row, index) for name, index in known.items()}
                    yield RegisterRow(file, table, row, known, cells, row_id or None)
