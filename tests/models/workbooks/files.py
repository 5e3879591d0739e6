"""Sheets written as files by the libraries that offices' programs are like."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import xlsxwriter
import xlwt

from desktop.models.domain.reading import Scalar
from desktop.models.workbooks.sheets import Sheet

Write = Callable[[Sequence[Sheet]], bytes]


def by_xlsxwriter(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day, decimals = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.00"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for top, left, bottom, right in sheet.merged:
                page.merge_range(top, left, bottom, right, None)
            for row, cells in enumerate(sheet.rows):
                for column, value in enumerate(cells):
                    if isinstance(value, date):
                        page.write_datetime(row, column, value, day)
                    elif isinstance(value, float):
                        page.write_number(row, column, value, decimals if sheet.shown(row, column) else None)
                    elif value is not None:
                        page.write_string(row, column, str(value))
    return file.getvalue()


def by_openpyxl(sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx of another library."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for row, cells in enumerate(sheet.rows, start=1):
            for column, value in enumerate(cells, start=1):
                cell = page.cell(row, column, value)
                if sheet.shown(row - 1, column - 1):
                    cell.number_format = "0.00"
        for top, left, bottom, right in sheet.merged:
            page.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def by_xlwt(sheets: Sequence[Sheet]) -> bytes:
    """An .xls."""
    book = xlwt.Workbook()
    day, decimals, plain = (xlwt.easyxf(num_format_str=text) for text in ("YYYY-MM-DD", "0.00", "General"))
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
        for row, cells in enumerate(sheet.rows):
            for column, value in enumerate(cells):
                style = day if isinstance(value, date) else decimals if sheet.shown(row, column) else plain
                if (row, column) in merged:
                    bottom, right = merged[row, column]
                    page.write_merge(row, bottom, column, right, value or "", style)
                elif value is not None:
                    page.write(row, column, value, style)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(encoding: str) -> Write:
    """A .csv as Excel saves one sheet: what its cells show."""

    def write(sheets: Sequence[Sheet]) -> bytes:
        (sheet,) = sheets
        file = StringIO()
        writer = csv.writer(file, lineterminator="\r\n")
        for row, cells in enumerate(sheet.rows):
            writer.writerow(
                [_as_shown(value, sheet.shown(row, column)) for column, value in enumerate(cells)]
            )
        return file.getvalue().encode(encoding)

    return write


def _as_shown(value: Scalar, shown: str | None) -> str:
    if isinstance(value, datetime):
        return f"{value.year}/{value.month}/{value.day} 0:00"
    if isinstance(value, date):
        return f"{value.year}/{value.month}/{value.day}"
    if isinstance(value, float):
        return shown or f"{value:.15g}"
    return "" if value is None else str(value)
