"""Reading .xls by xlrd, which gives number formats too; calamine takes memory by numbers in the file."""

from __future__ import annotations

from datetime import datetime, time
from io import StringIO

import xlrd

from desktop.models.domain.reading import Scalar
from desktop.models.workbooks.number_formats import shower
from desktop.models.workbooks.prescan import DAMAGED
from desktop.models.workbooks.refusals import EncryptedWorkbookError, UnreadableWorkbookError
from desktop.models.workbooks.sheets import Limits, Sheet, Workbook, assemble

_VISIBLE = 0


def read_xls(file: str, data: bytes, _: Limits) -> Workbook:
    """Read the visible sheets of an .xls, which cannot reach beyond row 65,536 and column 256.

    Raises:
        EncryptedWorkbookError: it opens with a password.
        Exception: the file is damaged.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,  # number formats and merged cells
            ragged_rows=True,
            ignore_workbook_corruption=True,  # WPS and Excel open such files too
            logfile=StringIO(),  # a windowed program has no stdout
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise EncryptedWorkbookError(file) from error
        raise UnreadableWorkbookError(file, DAMAGED) from error
    return Workbook(
        sheets=tuple(_read_sheet(book, sheet) for sheet in book.sheets() if sheet.visibility == _VISIBLE),
        hidden=tuple(sheet.name for sheet in book.sheets() if sheet.visibility != _VISIBLE),
    )


def _read_sheet(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Sheet:
    rows = [
        [
            _plain(kind, value, book.datemode)
            for kind, value in zip(sheet.row_types(row), sheet.row_values(row), strict=True)
        ]
        for row in range(sheet.nrows)
    ]
    shows = [shower(book.format_map[style.format_key].format_str) for style in book.xf_list]
    numbers_shown = {
        (row, column): text
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == xlrd.XL_CELL_NUMBER
        and (show := shows[sheet.cell_xf_index(row, column)]) is not None
        and (text := show(sheet.cell_value(row, column))) is not None
    }
    merged = ((top, left, below - 1, beyond - 1) for top, below, left, beyond in sheet.merged_cells)
    return assemble(sheet.name, rows, merged, numbers_shown)


def _plain(kind: int, value: str | float, datemode: int) -> Scalar:
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    if kind == xlrd.XL_CELL_DATE:
        return _moment(float(value), datemode)
    return value


def _moment(value: float, datemode: int) -> Scalar:
    """A date, a time of day, or both, as its number says; a number that is no date stays one."""
    try:
        moment: datetime = xlrd.xldate_as_datetime(value, datemode)
    except (xlrd.XLDateError, ValueError, OverflowError):
        return value
    if value < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
