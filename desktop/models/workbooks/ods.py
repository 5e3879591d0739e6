"""Reading .ods: calamine gives neither merged cells nor numbers as they are shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from desktop.models.domain.reading import Scalar
from desktop.models.workbooks.number_formats import adding
from desktop.models.workbooks.refusals import LargeWorkbookError
from desktop.models.workbooks.sheets import Limits, Range, Sheet, Workbook, assemble

_OFFICE, _STYLE, _TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{part}:1.0}}" for part in ("office", "style", "table", "text")
)
_UNSEEN = (f"{_OFFICE}annotation", f"{_TEXT}ruby-text")  # comments; readings above characters
_NUMBER = re.compile(r"\d+(\.\d+)?")
_MOST_SPACES = 1000  # that one element may stand for


def read_ods(file: str, data: bytes, limits: Limits) -> Workbook:
    """Read the visible sheets of an .ods. Durations and times of day come as the text they show.

    Raises:
        LargeWorkbookError: a sheet reaches farther than ``limits.cells``.
        Exception: the file is damaged.
    """
    sheets: list[Sheet] = []
    hidden: list[str] = []
    table = _Table(file, "", limits)
    unseen_styles: set[str | None] = set()
    with ZipFile(BytesIO(data)) as archive, archive.open("content.xml") as content:
        for event, element in iterparse(content, ("start", "end")):
            if event == "start":
                if element.tag == f"{_TABLE}table":
                    table = _Table(file, element.get(f"{_TABLE}name", ""), limits)
            elif element.tag == f"{_STYLE}style":
                if any(part.get(f"{_TABLE}display") == "false" for part in element):
                    unseen_styles.add(element.get(f"{_STYLE}name"))
            elif element.tag == f"{_TABLE}table-row":
                table.add(element)
                element.clear()
            elif element.tag == f"{_TABLE}table":
                if element.get(f"{_TABLE}style-name") in unseen_styles:
                    hidden.append(table.name)
                else:
                    sheets.append(table.sheet())
    return Workbook(sheets=tuple(sheets), hidden=tuple(hidden))


class _Table:
    """A sheet that grows row by row; what is empty takes no room until something follows it."""

    def __init__(self, file: str, name: str, limits: Limits) -> None:
        self.name = name
        self._file = file
        self._limits = limits
        self._rows: list[list[Scalar]] = []
        self._merged: list[Range] = []
        self._shown: dict[tuple[int, int], str] = {}
        self._next_row = 0
        self._width = 1

    def sheet(self) -> Sheet:
        """What was read."""
        return assemble(self.name, self._rows, self._merged, self._shown)

    def add(self, element: Element) -> None:
        """Take in a row element, which may stand for many rows."""
        row: list[Scalar] = []
        column = 0
        for cell in element:
            value = _value(cell)
            repeated = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
            if value is not None:
                self._check(self._next_row + 1, column + repeated)
                row += [None] * (column - len(row)) + [value] * repeated
                self._note(cell, column, value)
            column += repeated
        repeated = int(element.get(f"{_TABLE}number-rows-repeated", 1))
        if row:
            self._check(self._next_row + repeated, len(row))
            self._rows += [[] for _ in range(self._next_row - len(self._rows))] + [row] * repeated
        self._next_row += repeated

    def _note(self, cell: Element, column: int, value: Scalar) -> None:
        rows = int(cell.get(f"{_TABLE}number-rows-spanned", 1))
        columns = int(cell.get(f"{_TABLE}number-columns-spanned", 1))
        if rows * columns > 1:
            self._merged.append((self._next_row, column, self._next_row + rows - 1, column + columns - 1))
        text = _text_of(cell).replace(",", "")
        if isinstance(value, float) and _NUMBER.fullmatch(text) and (shown := adding(text, value)):
            self._shown[self._next_row, column] = shown

    def _check(self, rows: int, columns: int) -> None:
        self._width = max(self._width, columns)
        if rows * self._width > self._limits.cells:
            detail = f"工作表“{self.name}”的内容一直到第 {rows} 行、第 {self._width} 列"
            raise LargeWorkbookError(self._file, detail)


def _value(cell: Element) -> Scalar:
    if cell.tag != f"{_TABLE}table-cell":  # covered by a merged one
        return None
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "currency", "percentage"):
        return float(cell.get(f"{_OFFICE}value", "nan"))
    if kind == "boolean":
        return cell.get(f"{_OFFICE}boolean-value") == "true"
    if kind == "date":
        with suppress(ValueError):
            return _moment(cell.get(f"{_OFFICE}date-value", ""))
    return _text_of(cell) or None


def _moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _text_of(cell: Element) -> str:
    return "\n".join("".join(_pieces(part)) for part in cell if part.tag == f"{_TEXT}p")


def _pieces(element: Element) -> Iterator[str]:
    """The text of a paragraph, in pieces."""
    yield element.text or ""
    for part in element:
        if part.tag == f"{_TEXT}s":
            yield " " * min(int(part.get(f"{_TEXT}c", 1)), _MOST_SPACES)
        elif part.tag in (f"{_TEXT}line-break", f"{_TEXT}tab"):
            yield "\n" if part.tag.endswith("break") else "\t"
        elif part.tag not in _UNSEEN:
            yield from _pieces(part)
        yield part.tail or ""
