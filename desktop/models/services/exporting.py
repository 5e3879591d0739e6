"""Roster lines as a workbook (导出): the columns shown, and a hidden row id by which it can be taken in again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from desktop.models.registers.roster import ROSTER, RosterRow
from desktop.models.services.roster_lists import shown
from desktop.models.workbooks.headings import ROW_ID_HEADING
from desktop.models.workbooks.writer import ColumnOut, SheetOut, write_table

_ROW_ID = ColumnOut(label=ROW_ID_HEADING, width=4, hidden=True)
_DIGITS_A_MM = 0.6


def write_roster(file: BinaryIO, rows: Sequence[RosterRow], fields: Sequence[str], *, full_ids: bool) -> None:
    """Write some fields of some lines; identity numbers and telephones masked unless ``full_ids``."""
    columns = [ColumnOut(label=ROSTER.field(name).label, width=_width(name)) for name in fields]
    lines = tuple((row.person.id, *(shown(row, name, full=full_ids) for name in fields)) for row in rows)
    write_table(file, [SheetOut(name="花名册", columns=(_ROW_ID, *columns), rows=lines)])


def _width(field: str) -> int:
    return max(8, round(ROSTER.field(field).width_mm * _DIGITS_A_MM))
