"""Draw a ledger, or sheets: the pages of their layout become a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from desktop.models.collector import collector_paused
from desktop.models.ledgers.document import Document
from desktop.models.ledgers.frame import MM, Part
from desktop.models.ledgers.layout import Page, layout
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.sheet import SIZE_MM, Sheets
from desktop.models.ledgers.sheet_layout import SheetPage, sheet_pages
from desktop.models.ledgers.slots import Box
from desktop.models.ledgers.table import Shown, Table

_LINE_WIDTH = "0.5 w"


OnPage = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DrawnLedger:
    """What was drawn."""

    pages: int


def draw(work: Ledger | Sheets, file: BinaryIO, *, on_page: OnPage | None = None) -> DrawnLedger:
    """Write a ledger or sheets as PDF into ``file``, which must be open for writing bytes.

    ``on_page`` is told after each page its number and how many there are; what it raises ends the drawing with nothing
    written.

    Raises:
        TooTallError: something does not fit on one page.
    """
    with collector_paused():
        if isinstance(work, Sheets):
            return _draw_sheets(work, file, on_page)
        return _draw_ledger(work, file, on_page)


def _draw_ledger(ledger: Ledger, file: BinaryIO, on_page: OnPage | None) -> DrawnLedger:
    plan = layout(ledger)
    document = Document(ledger.title, plan.size)
    document.add_form("Heading", "\n".join(_part(plan.heading, 0, document)))
    table = Table(plan, document)
    for number, page in enumerate(plan.pages, start=1):
        document.add_page("\n".join(_page(page, table, document)))
        if on_page:
            on_page(number, len(plan.pages))
    document.write(file)
    return DrawnLedger(len(plan.pages))


def _draw_sheets(sheets: Sheets, file: BinaryIO, on_page: OnPage | None) -> DrawnLedger:
    document = Document(sheets.title, (SIZE_MM[0] * MM, SIZE_MM[1] * MM))
    pages = [page for sheet in sheets.sheets for page in sheet_pages(sheet)]
    for number, page in enumerate(pages, start=1):
        document.add_page("\n".join(_sheet_page(page, document)))
        if on_page:
            on_page(number, len(pages))
    document.write(file)
    return DrawnLedger(len(pages))


def _sheet_page(page: SheetPage, document: Document) -> Iterator[str]:
    for placed in page.pictures:
        name = document.picture(placed.picture)
        size = f"{placed.width:.2f} 0 0 {placed.height:.2f} {placed.x:.2f} {placed.y:.2f}"
        yield f"q {size} cm /{name} Do Q"
    for top, part in page.parts:
        yield from _part(part, top, document)


def _page(page: Page, table: Table, document: Document) -> Iterator[str]:
    yield _LINE_WIDTH
    yield f"q 1 0 0 1 0 {page.heading_top:.2f} cm /Heading Do Q"
    if page.heights:
        yield from table.code(page)
    for top, part in page.parts:
        yield from _part(part, top, document)


def _part(part: Part, top: float, document: Document) -> Iterator[str]:
    yield _LINE_WIDTH
    for from_x, from_y, to_x, to_y in part.rules:
        yield f"{from_x:.2f} {top + from_y:.2f} m {to_x:.2f} {top + to_y:.2f} l"
    yield "S"
    yield "BT"
    for box in part.boxes:
        yield from _box(box, top, document)
    yield "ET"


def _box(box: Box, top: float, document: Document) -> Iterator[str]:
    style = box.slot.style
    yield document.select(style.typeface, style.size)
    yield from Shown(box.slot, document).code(box.text, top + box.top, box.height)
