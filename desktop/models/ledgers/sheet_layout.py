"""Where everything of a sheet stands on paper. Points; y grows upwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from desktop.models.ledgers.fonts import HEI, SONG, SONG_BOLD
from desktop.models.ledgers.frame import (
    ACROSS,
    BOTTOM,
    DOWN,
    MM,
    SIDE,
    TOP,
    Part,
    Rule,
    TooTallError,
    below,
    cell_slot,
    opening,
)
from desktop.models.ledgers.ledger import Align
from desktop.models.ledgers.sheet import SIZE_MM, Cell, Line, Picture, Sheet
from desktop.models.ledgers.slots import Box, Slot, Style

_TITLE = Style(SONG_BOLD, 18, 25)
_BODY = Style(SONG, 10.5, 14)
_LABEL = Style(HEI, 10.5, 14)
_FEWEST = 3  # lines of a text that is divided, on either page
_CAPTION = _BODY.leading


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A picture with its lower left corner and its size on paper."""

    picture: Picture
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The parts of one page but for its foot, each with the y of its top, and its pictures."""

    parts: tuple[tuple[float, Part], ...]
    pictures: tuple[PlacedPicture, ...]


@dataclass(slots=True)
class _Row:
    """A line on its way to paper; ``height`` grows into the room that is left."""

    line: Line
    slots: tuple[Slot, ...]
    height: float


def sheet_pages(sheet: Sheet) -> tuple[SheetPage, ...]:
    """Divide a sheet into pages.

    Raises:
        TooTallError: a line that cannot be divided is taller than a page.
    """
    width, height = (side * MM for side in SIZE_MM)
    head = opening(sheet.title, _TITLE, sheet.head, width)
    boxes, height_below = below(sheet.notes, sheet.signatures, SIDE, width - SIDE, 0.0)
    closing = Part(tuple(boxes), (), height_below)
    top = height - TOP
    room = top - BOTTOM
    pages = list(_pages(sheet, width, room - head.height, room, closing.height))
    made = []
    for number, rows in enumerate(pages, start=1):
        first, last = number == 1, number == len(pages)
        start = top - head.height if first else top
        left = start - BOTTOM - (closing.height if last else 0)
        _grow(rows, left)
        parts: list[tuple[float, Part]] = [(top, head)] if first else []
        body, pictures = _body(rows, start)
        parts.append((start, body))
        if last:
            parts.append((start - body.height, closing))
        made.append(SheetPage(tuple(parts), pictures))
    return tuple(made)


def _pages(sheet: Sheet, width: float, first: float, room: float, closing: float) -> Iterator[list[_Row]]:
    """Yield the rows of each page; ``closing`` follows on the last."""
    queue = [_row(line, width) for line in sheet.lines]
    headings = {row.line.group: row for row in queue if row.line.heading}
    rows: list[_Row] = []
    left = first
    while queue:
        row = queue.pop(0)
        needed = row.height + (0 if queue else closing)
        if needed <= left:
            rows.append(row)
            left -= row.height
            continue
        if parts := _divided(row, left, width):
            rows.append(parts[0])
            queue.insert(0, parts[1])
        elif not rows and (left == room or row.height > room):
            raise TooTallError("表单里有一项", "缩短这一项的文字")
        else:
            queue.insert(0, row)
            if rows and rows[-1].line.heading:  # a heading does not stay behind alone
                queue.insert(0, rows.pop())
        if rows:
            yield rows
        going_on = headings.get(queue[0].line.group)
        repeated = going_on is not None and not queue[0].line.heading
        rows = [_row(going_on.line, width)] if repeated and going_on else []
        left = room - sum(each.height for each in rows)
    if rows:
        yield rows


def _row(line: Line, width: float) -> _Row:
    shares = list(accumulate((cell.share for cell in line.cells), initial=0.0))
    scale = (width - 2 * SIDE) / shares[-1]
    edges = [round(SIDE + share * scale, 2) for share in shares]
    slots = tuple(
        cell_slot(_LABEL if cell.label else _BODY, left, right, cell.align)
        for cell, (left, right) in zip(line.cells, pairwise(edges), strict=True)
    )
    needs = (_need(cell, slot) for cell, slot in zip(line.cells, slots, strict=True))
    return _Row(line, slots, max(line.least_mm * MM, *needs))


def _need(cell: Cell, slot: Slot) -> float:
    return (slot.height(cell.text) if cell.text else _BODY.leading) + 2 * DOWN


def _divided(row: _Row, room: float, width: float) -> tuple[_Row, _Row] | None:
    """The row as much of it as fits into ``room``, and the rest; None where that is no use."""
    texts = [
        n for n, cell in enumerate(row.line.cells) if cell.text and not cell.label and cell.picture is None
    ]
    fit = int((room - 2 * DOWN) // _BODY.leading)
    longest = max((len(row.slots[n][row.line.cells[n].text]) for n in texts), default=0)
    if fit < _FEWEST or longest < 2 * _FEWEST or longest <= fit:
        return None
    fit = min(fit, longest - _FEWEST)
    first, rest = list(row.line.cells), list(row.line.cells)
    for n in texts:
        lines = row.slots[n][row.line.cells[n].text]
        first[n] = replace(row.line.cells[n], text="\n".join(lines[:fit]))
        rest[n] = replace(row.line.cells[n], text="\n".join(lines[fit:]))
    return (
        _row(replace(row.line, cells=tuple(first), least_mm=0.0), width),
        _row(replace(row.line, cells=tuple(rest), least_mm=0.0), width),
    )


def _grow(rows: list[_Row], room: float) -> None:
    """Share out the room that a page has left among the rows that may grow."""
    spare = room - sum(row.height for row in rows)
    growing = [row for row in rows if row.line.most_mm * MM > row.height]
    while growing and spare > 0.5:
        step = spare / len(growing)
        for row in growing:
            more = min(step, row.line.most_mm * MM - row.height)
            row.height += more
            spare -= more
        growing = [row for row in growing if row.line.most_mm * MM - row.height > 0.5]


def _body(rows: list[_Row], start: float) -> tuple[Part, tuple[PlacedPicture, ...]]:
    boxes: list[Box] = []
    rules: list[Rule] = []
    pictures: list[PlacedPicture] = []
    down = 0.0
    for row in rows:
        left, right = row.slots[0].left - ACROSS, row.slots[-1].right + ACROSS
        if not down:
            rules.append((left, 0, right, 0))
        for cell, slot in zip(row.line.cells, row.slots, strict=True):
            if cell.picture is not None:
                placed = _placed(cell, slot, start - down, row.height)
                pictures.append(placed)
                boxes.append(Box(slot, cell.text, placed.y - start, _CAPTION))
            elif cell.text:
                boxes.append(_box(cell, slot, down, row.height))
        edges = {left, *(slot.right + ACROSS for slot in row.slots)}
        rules += [(x, -down, x, -down - row.height) for x in sorted(edges)]
        down += row.height
        rules.append((left, -down, right, -down))
    return Part(tuple(boxes), tuple(rules), down), tuple(pictures)


def _box(cell: Cell, slot: Slot, down: float, height: float) -> Box:
    """What is centered stands in the middle of its cell, another text at the top of a tall one."""
    needed = slot.height(cell.text) + 2 * DOWN
    if cell.align is Align.CENTER or height < needed + 2 * _BODY.leading:
        return Box(slot, cell.text, -down, height)
    return Box(slot, cell.text, -down, needed)


def _placed(cell: Cell, slot: Slot, top: float, height: float) -> PlacedPicture:
    """The picture as large as its cell lets it be, in the middle."""
    picture = cell.picture
    assert picture is not None
    caption = _CAPTION if cell.text else 0.0
    room = (slot.right - slot.left, height - 2 * DOWN - caption)
    scale = min(room[0] / picture.width, room[1] / picture.height)
    width, tall = picture.width * scale, picture.height * scale
    x = slot.left + (room[0] - width) / 2
    y = top - DOWN - (room[1] - tall) / 2 - tall
    return PlacedPicture(picture, x, y, width, tall)
