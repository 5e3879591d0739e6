"""Writing tables to .xlsx: text stays text, and the same tables are the same bytes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value = str | int | float | None

_LONGEST_NAME = 31  # of a sheet, in UTF-16 units; so is what a name cannot hold
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]|^'+|'+$")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_A4 = 9
_LOOK = {"font_name": "宋体", "font_scheme": "none", "font_size": 11, "valign": "vcenter"}  # of every cell
_HEADING = {"bold": True, "bg_color": "#E9ECEF", "border": 1, "border_color": "#8A919C", "text_wrap": True}
_MARKED = {"bg_color": "#FDECEA", "font_color": "#B3261E"}
_WRAPPED = {"text_wrap": True}
_AS_TEXT = {"num_format": "@"}  # typing a new number into the cell keeps all its digits


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOut:
    """A column of a table to write; ``text``: what is typed into it later stays text, as identity numbers must."""

    label: str
    width: float = 12  # in digits of the body's size; a Chinese character takes two
    text: bool = True
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetOut:
    """A table to write on a sheet of its own.

    ``marks`` colors cells, by row and column of ``rows`` from 0; its words, where there are any, become a comment.
    """

    name: str
    columns: tuple[ColumnOut, ...]
    rows: Sequence[Sequence[Value]]
    marks: Mapping[tuple[int, int], str] = field(default_factory=dict, hash=False)


def write_table(
    file: Path | BinaryIO, sheets: Sequence[SheetOut], *, created: datetime = datetime(2000, 1, 1)
) -> None:
    """Write tables as an .xlsx, each under one heading row that stays in sight, with a filter.

    Text is never taken for a formula, number or address; characters that XML cannot hold are left out.
    ``created`` is the only day in the file.

    Raises:
        OSError: ``file`` cannot be written.
    """
    content = BytesIO()
    options = {
        "in_memory": True,  # else its temporary files hold what is written
        "default_format_properties": dict(_LOOK),
    }
    with Workbook(content, options) as book:
        book.set_properties({"created": created})
        looks = _Looks(book)
        taken: set[str] = set()
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, looks)
    if isinstance(file, Path):
        file.write_bytes(content.getvalue())
    else:
        file.write(content.getvalue())


class _Looks:
    """The few formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.heading: Format = book.add_format(_HEADING)
        self._cells = {
            (text, marked, wrapped): book.add_format(
                (_AS_TEXT if text else {}) | (_MARKED if marked else {}) | (_WRAPPED if wrapped else {})
            )
            for text in (False, True)
            for marked in (False, True)
            for wrapped in (False, True)
        }

    def cell(self, column: ColumnOut, *, marked: bool = False, wrapped: bool = False) -> Format:
        """The format of a column's cells; ``wrapped``: of one with several lines, which Excel shows as high as they are."""
        return self._cells[column.text, marked, wrapped]


def _write_sheet(page: Worksheet, sheet: SheetOut, looks: _Looks) -> None:
    last_row, last_column = len(sheet.rows), len(sheet.columns) - 1
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, looks.cell(column), {"hidden": column.hidden})
        page.write_string(0, index, _clean(column.label), looks.heading)
    for row, values in enumerate(sheet.rows):
        for index, (column, value) in enumerate(zip(sheet.columns, values, strict=True)):
            wrapped = isinstance(value, str) and "\n" in value
            look = looks.cell(column, marked=(row, index) in sheet.marks, wrapped=wrapped)
            _write_cell(page, row + 1, index, value, look)
    for (row, index), words in sheet.marks.items():
        if words:
            page.write_comment(row + 1, index, _clean(words), {"x_scale": 2, "font_size": 9})
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last_row, last_column)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})  # no green corners
    page.set_landscape()
    page.set_paper(_A4)
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)


def _write_cell(page: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, look)
    elif isinstance(value, str):
        page.write_string(row, column, _clean(value), look)
    else:
        page.write_number(row, column, value, look)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel accepts and that no sheet has yet, whatever its case."""
    plain = _NOT_IN_A_NAME.sub("", _clean(wanted)).strip() or "表"
    name, number = _shortened(plain, ""), 1
    while name.lower() in taken:
        number += 1
        name = _shortened(plain, f"({number})")
    taken.add(name.lower())
    return name


def _shortened(name: str, ending: str) -> str:
    while len((name + ending).encode("utf-16-le")) // 2 > _LONGEST_NAME:
        name = name[:-1]
    return name + ending
