"""Which organisation and which item a place of the matrix is of, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.models.registers.checklist_rows import CellKey, Matrix
from desktop.views.tables.matrix_clipboard import Place

BAR = ""  # the code of the column that counts


@dataclass(frozen=True, slots=True)
class Places:
    """Those of one matrix."""

    matrix: Matrix

    @property
    def _codes(self) -> list[str]:
        return [*(column.code for column in self.matrix.columns), BAR]

    def keys(self, places: Iterable[Place]) -> list[CellKey]:
        """Of cells that there are."""
        cells = (self.matrix.rows[row].cells[column] for row, column in places)
        return [cell.key for cell in cells if cell is not None]

    def key(self, place: Place) -> CellKey:
        """The organisation and the item of a place, whether or not it has such an item; BAR where it is counted."""
        return CellKey(self.matrix.rows[place[0]].branch.id, self.matrix.period, self._codes[place[1]])

    def find(self, branch_id: str, code: str) -> Place | None:
        """Where an item of an organisation is shown, an unknown item's is the first; None: it is not shown."""
        ids = [row.branch.id for row in self.matrix.rows]
        if branch_id not in ids:
            return None
        return ids.index(branch_id), self._codes.index(code) if code in self._codes else 0

    def called(self, key: CellKey) -> str:
        """The names of an organisation and its item."""
        row = next(row for row in self.matrix.rows if row.branch.id == key.branch_id)
        cell = self.matrix.cell(key)
        return f"{row.branch.name} {cell.item.name if cell else ''}".strip()

    def label(self, key: CellKey) -> str:
        """The label of an item's column."""
        return next(column.label for column in self.matrix.columns if column.code == key.code)
