"""Draw a ledger, or sheets: the pages of their layout become a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from desktop.models.collector import collector_paused
from desktop.models.ledgers.document import Document, Size
from desktop.models.ledgers.frame import FOOT, MM, Part, foot, numbered
from desktop.models.ledgers.layout import Page, layout
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.missing import Missing, missing_in
from desktop.models.ledgers.sheet import SIZE_MM, Sheet, Sheets
from desktop.models.ledgers.sheet_layout import SheetPage, sheet_pages
from desktop.models.ledgers.slots import Box
from desktop.models.ledgers.table import Shown, Table

UPRIGHT: Size = (SIZE_MM[0] * MM, SIZE_MM[1] * MM)  # points; of sheets
_LINE_WIDTH = "0.5 w"


OnPage = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class DrawnLedger:
    """What was drawn."""

    pages: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """The code of a page but for its foot; ``number`` and ``count`` within its own ledger or sheet."""

    code: str
    size: Size
    number: int
    count: int


def draw(work: Ledger | Sheets, file: BinaryIO, *, on_page: OnPage | None = None) -> DrawnLedger:
    """Write a ledger or sheets as PDF into ``file``, which must be open for writing bytes.

    ``on_page`` is told after each page how much is done of how much: sheets where there are several, else pages. What
    it raises ends the drawing; ``file`` is then no whole PDF.

    Raises:
        TooTallError: something does not fit on one page.
    """
    document = Document(file, work.title)
    parts = parts_of(work)
    pages = 0
    missing: list[Missing] = []
    with collector_paused():
        for done, part in enumerate(parts, start=1):
            missing += missing_in(part)
            for page in pages_of(part, document):
                words = (part.marking, numbered(page.number, page.count), part.version)
                document.add_page(f"{page.code}\n{foot_code(page.size, words, document)}", page.size)
                pages += 1
                if on_page:
                    on_page(*((done, len(parts)) if len(parts) > 1 else (page.number, page.count)))
        document.close()
    return DrawnLedger(pages, tuple(missing))


def parts_of(work: Ledger | Sheets) -> Sequence[Ledger | Sheet]:
    """What has pages of its own: the ledger, or each of the sheets."""
    return work.sheets if isinstance(work, Sheets) else (work,)


def pages_of(part: Ledger | Sheet, document: Document) -> Iterator[DrawnPage]:
    """Yield the pages of a ledger or sheet one by one; each must be added before the next is asked for.

    Raises:
        TooTallError: something does not fit on one page.
    """
    if isinstance(part, Sheet):
        upright = sheet_pages(part)
        for number, sheet_page in enumerate(upright, start=1):
            code = "\n".join(_sheet_page(sheet_page, document))
            yield DrawnPage(code, UPRIGHT, number, len(upright))
        return
    plan = layout(part)
    heading = document.form("\n".join(part_code(plan.heading, 0, document)), plan.size)
    table = Table(plan, document)
    for number, page in enumerate(plan.pages, start=1):
        code = "\n".join(_page(page, heading, table, document))
        yield DrawnPage(code, plan.size, number, len(plan.pages))


def foot_code(size: Size, words: tuple[str, str, str], document: Document) -> str:
    """The code of a page's foot: what stands on its left, in the middle, on its right."""
    return "\n".join(part_code(foot(size[0], *words), FOOT, document))


def part_code(part: Part, top: float, document: Document) -> Iterator[str]:
    """Yield the code of a piece of a page."""
    yield _LINE_WIDTH
    for from_x, from_y, to_x, to_y in part.rules:
        yield f"{from_x:.2f} {top + from_y:.2f} m {to_x:.2f} {top + to_y:.2f} l"
    yield "S"
    yield "BT"
    for box in part.boxes:
        yield from _box(box, top, document)
    yield "ET"


def _sheet_page(page: SheetPage, document: Document) -> Iterator[str]:
    for placed in page.pictures:
        name = document.picture(placed.picture)
        size = f"{placed.width:.2f} 0 0 {placed.height:.2f} {placed.x:.2f} {placed.y:.2f}"
        yield f"q {size} cm {document.draw(name)} Q"
    for top, part in page.parts:
        yield from part_code(part, top, document)


def _page(page: Page, heading: str, table: Table, document: Document) -> Iterator[str]:
    yield _LINE_WIDTH
    yield f"q 1 0 0 1 0 {page.heading_top:.2f} cm {document.draw(heading)} Q"
    if page.heights:
        yield from table.code(page)
    for top, part in page.parts:
        yield from part_code(part, top, document)


def _box(box: Box, top: float, document: Document) -> Iterator[str]:
    style = box.slot.style
    yield document.select(style.typeface, style.size)
    yield from Shown(box.slot, document).code(box.text, top + box.top, box.height)
