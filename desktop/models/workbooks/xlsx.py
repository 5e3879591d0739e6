"""Reading .xlsx: cells by calamine; number formats and errors, which it does not give, from the sheet's XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from python_calamine import CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from desktop.models.workbooks.number_formats import BUILT_IN, shower
from desktop.models.workbooks.refusals import LargeWorkbookError
from desktop.models.workbooks.sheets import Limits, Sheet, Workbook, assemble

Show = Callable[[float], str | None]

# Regular expressions, not a parser: one more parse of the sheet would cost as much as calamine's whole reading. They know
# the one way in which all programs write cells, <c r="E3" s="1">; in another a lost zero is not seen, and is asked about.
_PREFIX = re.compile(rb"<(\w+:)?worksheet\b")
_ROW = re.compile(rb'<[\w:]*row [^>]*?\br="(\d+)')
_COLUMNS = re.compile(rb' r="([A-Z]{2,3})\d')


def read_xlsx(file: str, data: bytes, limits: Limits) -> Workbook:
    """Read the visible sheets of an .xlsx.

    Raises:
        LargeWorkbookError: a sheet reaches farther than ``limits.cells``.
        Exception: the file is damaged.
    """
    with ZipFile(BytesIO(data)) as archive, CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        parts = _Parts(archive)
        pages = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        visible = [sheet for sheet in pages if sheet.visible == SheetVisibleEnum.Visible]
        return Workbook(
            sheets=tuple(_read_sheet(file, book, sheet, parts, limits) for sheet in visible),
            hidden=tuple(sheet.name for sheet in pages if sheet not in visible),
        )


def _read_sheet(
    file: str, book: CalamineWorkbook, page: SheetMetadata, parts: _Parts, limits: Limits
) -> Sheet:
    xml = _SheetXml(parts.sheet(page.name))
    if detail := xml.too_far(limits.cells):
        raise LargeWorkbookError(file, f"工作表“{page.name}”的内容{detail}")
    found = book.get_sheet_by_name(page.name)
    rows = found.to_python(skip_empty_area=False)
    for row, column, error in xml.errors():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    merged = ((top, left, bottom, right) for (top, left), (bottom, right) in found.merged_cell_ranges or ())
    return assemble(page.name, rows, merged, dict(xml.numbers_shown(rows, parts.shows())))


class _SheetXml:
    """What the XML of a sheet tells beside its cells' values."""

    def __init__(self, xml: bytes) -> None:
        prefix = _PREFIX.search(xml[:4096])
        self._xml = xml
        self._tag = prefix[1] or b"" if prefix else b""

    def too_far(self, most_cells: int) -> str:
        """Say how far the content reaches, if calamine, which makes room for all cells up to the last, could not hold it.

        Rows ascend. Formats reach to the last row of many honest sheets; only cells with content count.
        """
        last = _ROW.match(self._xml, self._xml.rfind(b"<%brow " % self._tag))
        last_row = int(last[1]) if last else 1
        last_column = max(map(_number_of, set(_COLUMNS.findall(self._xml))), default=_number_of(b"Z"))
        if last_row * last_column <= most_cells:
            return ""
        filled = [(letters, int(row)) for letters, row in self._cells(rb"[^>]*(?<!/)>(?!</)")]
        last_row = max((row for _, row in filled), default=0)
        letters = max({letters for letters, _ in filled}, key=_number_of, default=b"A")
        if last_row * _number_of(letters) <= most_cells:
            return ""
        return f"一直到第 {last_row} 行、{letters.decode()} 列"

    def errors(self) -> Iterator[tuple[int, int, str]]:
        """The cells that hold an error, where calamine gives nothing: row and column from 0, the error's name."""
        if b't="e"' not in self._xml:
            return
        for letters, row, error in self._cells(rb'[^>]* t="e".*?<%bv>([^<]*)<' % self._tag):
            yield int(row) - 1, _number_of(letters) - 1, error.decode("utf-8", "replace")

    def numbers_shown(
        self, rows: Sequence[Sequence[object]], shows: Mapping[bytes, Show]
    ) -> Iterator[tuple[tuple[int, int], str]]:
        """The numbers that are shown with more zeros than they have, by row and column from 0."""
        if not shows:
            return
        for letters, number, style in self._cells(rb'[^>]* s="(%b)"' % b"|".join(shows)):
            row, column = int(number) - 1, _number_of(letters) - 1
            value = rows[row][column] if 0 <= row < len(rows) and column < len(rows[row]) else None
            text = shows[style](value) if isinstance(value, float) else None
            if text is not None:
                yield (row, column), text

    def _cells(self, rest: bytes) -> list[tuple[bytes, ...]]:
        """The cells whose tag goes on after its reference as a pattern says: letters, row, the pattern's groups."""
        return re.findall(rb'<%bc r="([A-Z]{1,3})(\d{1,7})"' % self._tag + rest, self._xml, re.DOTALL)


def _number_of(letters: bytes) -> int:
    """A column's number from 1: A is 1, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Parts:
    """The XML of an .xlsx that calamine keeps to itself."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        targets = {
            link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
            for link in self._root("xl/_rels/workbook.xml.rels")
        }
        sheets = self._root("xl/workbook.xml").iterfind("{*}sheets/{*}sheet")
        self._sheets = {sheet.get("name"): targets.get(_link_of(sheet), "") for sheet in sheets}

    def sheet(self, name: str) -> bytes:
        """The XML of a sheet, nothing if it cannot be found."""
        return self._read(self._sheets.get(name, ""))

    def shows(self) -> dict[bytes, Show]:
        """What cell styles, by the number that cells name them by, show otherwise than as General."""
        if not self._read("xl/styles.xml"):
            return {}
        root = self._root("xl/styles.xml")
        own = root.iterfind("{*}numFmts/{*}numFmt")
        formats = BUILT_IN | {int(item.get("numFmtId", 0)): item.get("formatCode", "") for item in own}
        styles = root.iterfind("{*}cellXfs/{*}xf")
        codes = (formats.get(int(style.get("numFmtId", 0)), "") for style in styles)
        shows = {str(i).encode(): shower(code) for i, code in enumerate(codes)}
        return {style: show for style, show in shows.items() if show is not None}

    def _root(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._read(name))

    def _read(self, name: str) -> bytes:
        actual = self._names.get(name.lower())
        return self._archive.read(actual) if actual else b""


def _link_of(sheet: ElementTree.Element) -> str | None:
    """The r:id of a sheet, whichever of its two namespaces the file uses."""
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
