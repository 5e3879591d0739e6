"""What stands before the ledgers of a dossier (备检包): the cover and the contents (目录)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.models.ledgers.fonts import HEI, SONG, SONG_BOLD
from desktop.models.ledgers.frame import MM, SIDE, Part
from desktop.models.ledgers.ledger import Align
from desktop.models.ledgers.sheet import SIZE_MM, Cell, Line, Sheet
from desktop.models.ledgers.slots import Box, Slot, Style

EMPTY = "无记录"
_CONTENTS, _LINES = "目　录", "contents"
_HEADINGS, _SHARES = ("序号", "台账", "页码"), (1.0, 8.0, 1.6)
_INDENT = "\u3000"
_MARKING = Style(HEI, 14, 20)
_PLACE, _TITLE = Style(SONG_BOLD, 26, 48), Style(SONG_BOLD, 38, 64)
_TEXT = Style(SONG, 16, 30)
_MARKING_MM, _PLACE_MM, _TEXTS_MM, _SIGNATURE_MM = 18, 72, 165, 250  # from the upper edge of the sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What a cover says, from the marking above to the unit that reports below."""

    place: str  # 石首市东升镇
    title: str
    texts: Sequence[str]  # what it is of, as of when
    signature: str
    marking: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: ``first`` its first page, from 0 behind the contents, or None where there is nothing.

    ``level``: 0 for a unit (of which there are several), 1 for a ledger, 2 for one of its sheets.
    """

    level: int
    title: str
    first: int | None
    pages: int = 0


def cover_part(cover: Cover) -> Part:
    """Lay out the cover of an upright page; the top of the part is the upper edge of the sheet."""
    boxes = [
        *_below(_MARKING_MM, (_MARKING, cover.marking), align=Align.RIGHT),
        *_below(_PLACE_MM, (_PLACE, cover.place), (_TITLE, cover.title)),
        *_below(_TEXTS_MM, *((_TEXT, text) for text in cover.texts)),
        *_below(_SIGNATURE_MM, (_TEXT, cover.signature)),
    ]
    return Part(tuple(boxes), (), SIZE_MM[1] * MM)


def contents_sheet(entries: Sequence[Entry], before: int, marking: str) -> Sheet:
    """The contents as a sheet; ``before``: how many pages stand before the first ledger."""
    return Sheet(
        title=_CONTENTS, lines=(_line(_HEADINGS, heading=True), *_lines(entries, before)), marking=marking
    )


def _below(down_mm: float, *texts: tuple[Style, str], align: Align = Align.CENTER) -> Iterator[Box]:
    """Texts one below the other, from so far down on."""
    down = down_mm * MM
    for style, text in texts:
        slot = Slot(style, SIDE, SIZE_MM[0] * MM - SIDE, align)
        yield Box(slot, text, -down, slot.height(text))
        down += slot.height(text)


def _lines(entries: Sequence[Entry], before: int) -> Iterator[Line]:
    number = 0
    for entry in entries:
        number = (0, number + 1, number)[entry.level]  # those of each unit from 1
        serial = str(number) if entry.level == 1 else ""
        indent = _INDENT if entry.level > 1 else ""
        yield _line((serial, f"{indent}{entry.title}", _where(entry, before)), heading=entry.level == 0)


def _where(entry: Entry, before: int) -> str:
    """The page that is printed there: 7, or 7—9."""
    if entry.first is None:
        return EMPTY
    first = before + entry.first + 1
    return str(first) if entry.pages < 2 else f"{first}—{first + entry.pages - 1}"


def _line(texts: Sequence[str], *, heading: bool = False) -> Line:
    cells = tuple(
        Cell(text=text, share=share, label=heading, align=Align.LEFT if place == 1 else Align.CENTER)
        for place, (text, share) in enumerate(zip(texts, _SHARES, strict=True))
    )
    return Line(cells=cells, group=_LINES, heading=texts is _HEADINGS)
