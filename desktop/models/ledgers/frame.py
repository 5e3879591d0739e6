"""What any paper has around its content: margins, type, title, notes, signatures, foot. Points; y grows upwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from desktop.models.errors import DesktopError
from desktop.models.ledgers.fonts import HEI, SONG
from desktop.models.ledgers.ledger import Align
from desktop.models.ledgers.slots import Box, Slot, Style

MM = 72 / 25.4
SIDE, TOP, BOTTOM = 15 * MM, 14 * MM, 15 * MM  # margins
LABEL = Style(HEI, 10.5, 13.5)  # headings of columns
LINE = Style(SONG, 10.5, 14)  # the line of unit and date, the signatures
SMALL = Style(SONG, 9, 12)  # notes and foot
ACROSS, DOWN = 2.2, 3.2  # room between a line of the table and the text
FOOT = 8 * MM + SMALL.leading  # from the edge of the sheet to the top of the foot line
GAP = 6.0
_SIGNATURE = 30.0  # room to sign in

Rule: TypeAlias = tuple[float, float, float, float]  # a line from x, y to x, y


class TooTallError(DesktopError):
    """Something that may not be divided is taller than a page."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(f"{what}一页纸放不下，台账没有生成。请{advice}，然后重新生成。")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a page; its top is y = 0, what it holds lies below."""

    boxes: tuple[Box, ...]
    rules: tuple[Rule, ...]
    height: float


def cell_slot(style: Style, left: float, right: float, align: Align) -> Slot:
    """The slot of a cell between two vertical lines."""
    return Slot(style, left + ACROSS, right - ACROSS, align)


def opening(title: str, style: Style, head: tuple[str, str, str], width: float) -> Part:
    """Lay out the title and the line of unit, date and unit of count."""
    slot = Slot(style, SIDE, width - SIDE, Align.CENTER)
    down = slot.height(title) + GAP
    boxes = [Box(slot, title, 0, down - GAP)]
    texts = list(zip(across(LINE, width), head, strict=True))
    height = max(each.height(text) for each, text in texts)
    boxes += [Box(each, text, -down, height) for each, text in texts]
    return Part(tuple(boxes), (), down + height + GAP / 2 if height else down)


def below(
    notes: tuple[str, ...], signatures: tuple[str, ...], left: float, right: float, down: float
) -> tuple[list[Box], float]:
    """Lay out notes and signatures from ``down`` on; return how far down they reach."""
    boxes = []
    if notes:
        down += GAP / 2
    for note in notes:
        slot = Slot(SMALL, left, right, Align.LEFT)
        boxes.append(Box(slot, note, -down, slot.height(note)))
        down += slot.height(note)
    if signatures:
        step = (right - left) / len(signatures)
        for number, text in enumerate(signatures):
            slot = Slot(LINE, left + number * step, left + (number + 1) * step, Align.LEFT)
            boxes.append(Box(slot, text, -down, _SIGNATURE))
        down += _SIGNATURE
    return boxes, down


def foot(width: float, left: str, middle: str, right: str) -> Part:
    """Lay out the foot line: the marking, the page number, what else should be known; its top is at ``FOOT``."""
    texts = zip(across(SMALL, width), (left, middle, right), strict=True)
    return Part(tuple(Box(slot, text, 0, SMALL.leading) for slot, text in texts), (), SMALL.leading)


def numbered(number: int, count: int) -> str:
    """第 2 页  共 9 页."""
    return f"第 {number} 页  共 {count} 页"


def across(style: Style, width: float) -> tuple[Slot, Slot, Slot]:
    """Return three slots beside one another: left, middle, right."""
    third = (width - 2 * SIDE) / 3
    return (
        Slot(style, SIDE, SIDE + third, Align.LEFT),
        Slot(style, SIDE + third, SIDE + 2 * third, Align.CENTER),
        Slot(style, SIDE + 2 * third, width - SIDE, Align.RIGHT),
    )
