"""Where everything of a ledger stands on paper, worked out before anything is drawn. Points; y grows upwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, compress, groupby, pairwise
from operator import getitem

from desktop.models.ledgers.fonts import SONG, SONG_BOLD
from desktop.models.ledgers.frame import (
    ACROSS,
    BOTTOM,
    DOWN,
    LABEL,
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
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Span
from desktop.models.ledgers.slots import Box, Slot, Style

_TITLE = {Paper.A3: Style(SONG_BOLD, 22, 30), Paper.A4: Style(SONG_BOLD, 18, 25)}


@dataclass(frozen=True, slots=True)
class Block:
    """Rows ``first`` to before ``end`` of a page, merged in one column."""

    column: int
    first: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows from ``first`` on with their heights, below a heading at ``heading_top``, and the parts around them.

    The foot is not among them: it may count the pages of more than one ledger.
    """

    heading_top: float
    first: int
    heights: tuple[float, ...]
    blocks: tuple[Block, ...]
    parts: tuple[tuple[float, Part], ...]  # each with the y of its top


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A ledger on paper: the sheet, the columns' edges and slots, the repeated heading, the pages."""

    ledger: Ledger
    size: tuple[float, float]
    edges: tuple[float, ...]
    columns: tuple[Slot, ...]
    heading: Part
    pages: tuple[Page, ...]


def layout(ledger: Ledger) -> Layout:
    """Divide a ledger into pages.

    Raises:
        TooTallError: the heading, a row or the foot does not fit on one page.
    """
    width, height = (side * MM for side in ledger.paper.size_mm)
    edges = _edges(ledger.columns, width)
    body = Style(SONG, ledger.body_pt, round(ledger.body_pt * 1.28, 1))
    columns = tuple(
        cell_slot(body, left, right, column.align)
        for column, (left, right) in zip(ledger.columns, pairwise(edges), strict=True)
    )
    heading = _heading(ledger.columns, edges)
    head = opening(ledger.title, _TITLE[ledger.paper], ledger.head, width)
    closing = _closing(ledger, body, edges)
    top = height - TOP
    room = top - BOTTOM - heading.height
    if room < head.height:
        raise TooTallError("表头", "加宽文字多的窄列，或改用 A3 纸")
    body_rows = _Rows(ledger, columns)
    cuts = tuple(body_rows.cuts(room - head.height, room, closing.height))
    pages: list[Page] = []
    for number, (first, end) in enumerate(cuts, start=1):
        heights, blocks = body_rows.grown(first, end)
        heading_top = top - head.height if number == 1 else top
        parts = [(top, head)] if number == 1 else []
        if number == len(cuts):
            parts.append((heading_top - heading.height - sum(heights), closing))
        pages.append(
            Page(heading_top=heading_top, first=first, heights=heights, blocks=blocks, parts=tuple(parts))
        )
    return Layout(
        ledger=ledger, size=(width, height), edges=edges, columns=columns, heading=heading, pages=tuple(pages)
    )


class _Rows:
    """The rows' own heights, and how they share out over pages."""

    def __init__(self, ledger: Ledger, columns: tuple[Slot, ...]) -> None:
        self._ledger = ledger
        self._rows = ledger.rows
        self._columns = columns
        self._merged = tuple(number for number, column in enumerate(ledger.columns) if column.merge)
        own = [not column.merge for column in ledger.columns]
        slots = tuple(compress(columns, own))
        leading = columns[0].style.leading
        self._heights = [
            max(1, *map(len, map(getitem, slots, compress(row.cells, own)))) * leading + 2 * DOWN
            for row in self._rows
        ]

    def cuts(self, first_room: float, room: float, closing: float) -> Iterator[tuple[int, int]]:
        """Yield the rows of each page, so that ``closing`` follows at least one row on the last."""
        first, left = 0, first_room
        while True:
            end = self._fit(first, left)
            if end == len(self._rows):
                heights, _ = self.grown(first, end)
                if sum(heights) + closing <= left:
                    yield first, end
                    return
                if first == end:
                    raise TooTallError("合计、说明和签字栏", "减少表下的说明文字")
                if end - first > 1:
                    end -= 1
            if first == end:
                raise self._too_tall(first)
            yield first, end
            first, left = end, room

    def grown(self, first: int, end: int) -> tuple[tuple[float, ...], tuple[Block, ...]]:
        """Return the rows' heights on one page, grown where a merged cell needs more, and the merged cells."""
        heights = self._heights[first:end]
        blocks: list[Block] = []
        for column in self._merged:
            starts = [row for row in range(first, end) if row == first or not self._continues(column, row)]
            for start, stop in pairwise([*starts, end]):
                blocks.append(Block(column, start - first, stop - first))
                rows = slice(start - first, stop - first)
                short = self._need(column, start) - sum(heights[rows])
                if short > 0:
                    heights[rows] = [height + short / (stop - start) for height in heights[rows]]
        return tuple(heights), tuple(blocks)

    def _fit(self, first: int, room: float) -> int:
        """Return the end of the rows from ``first`` that fit into ``room``, merged cells' needs counted in."""
        used = 0.0
        lacking = dict.fromkeys(self._merged, 0.0)  # what the open merged cell of a column still needs
        for row in range(first, len(self._rows)):
            own = self._heights[row]
            used += own
            for column in self._merged:
                if row > first and self._continues(column, row):
                    lacking[column] -= own
                else:
                    used += max(0.0, lacking[column])
                    lacking[column] = self._need(column, row) - own
            if used + sum(max(0.0, short) for short in lacking.values()) > room:
                return row
        return len(self._rows)

    def _continues(self, column: int, row: int) -> bool:
        before, here = self._rows[row - 1], self._rows[row]
        return before.group == here.group and before.cells[column] == here.cells[column]

    def _need(self, column: int, row: int) -> float:
        return self._columns[column].height(self._rows[row].cells[column]) + 2 * DOWN

    def _too_tall(self, row: int) -> TooTallError:
        cells = self._rows[row].cells
        longest = max(range(len(cells)), key=lambda column: self._columns[column].height(cells[column]))
        label = self._ledger.columns[longest].label
        return TooTallError(
            f"表中第 {row + 1} 行的“{label}”文字太长，", f"缩短这一格的文字，或加宽“{label}”一列"
        )


def _edges(columns: tuple[Column, ...], width: float) -> tuple[float, ...]:
    """Return the x of the table's vertical lines: the columns' shares of the printable width."""
    shares = list(accumulate((column.width_mm for column in columns), initial=0.0))
    scale = (width - 2 * SIDE) / shares[-1]
    return tuple(round(SIDE + share * scale, 2) for share in shares)


def _heading(columns: tuple[Column, ...], edges: tuple[float, ...]) -> Part:
    """Lay out the heading of one or two levels."""
    labels = [cell_slot(LABEL, left, right, Align.CENTER) for left, right in pairwise(edges)]
    groups = list(_groups(columns))
    parents = {
        first: cell_slot(LABEL, edges[first], edges[end], Align.CENTER)
        for parent, first, end in groups
        if parent
    }
    upper = max(
        (slot.height(columns[first].parent) + 2 * DOWN for first, slot in parents.items()), default=0.0
    )
    needs = [slot.height(column.label) + 2 * DOWN for slot, column in zip(labels, columns, strict=True)]
    lower = max(need if column.parent else need - upper for need, column in zip(needs, columns, strict=True))
    bottom = -upper - lower
    boxes = [Box(slot, columns[first].parent, 0, upper) for first, slot in parents.items()]
    boxes += [
        Box(slot, column.label, -upper if column.parent else 0, lower if column.parent else -bottom)
        for slot, column in zip(labels, columns, strict=True)
    ]
    rules = [
        (edges[0], 0, edges[-1], 0),
        (edges[0], bottom, edges[-1], bottom),
        (edges[-1], 0, edges[-1], bottom),
    ]
    for parent, first, end in groups:
        rules.append((edges[first], 0, edges[first], bottom))
        if parent:
            rules.append((edges[first], -upper, edges[end], -upper))
            rules += [(edge, -upper, edge, bottom) for edge in edges[first + 1 : end]]
    return Part(tuple(boxes), tuple(rules), -bottom)


def _groups(columns: tuple[Column, ...]) -> Iterator[tuple[str, int, int]]:
    """Yield parent, first and end of the columns below one common heading; a column without parent is alone."""
    keys = [column.parent or str(number) for number, column in enumerate(columns)]
    for _, numbers in groupby(range(len(columns)), keys.__getitem__):
        group = tuple(numbers)
        yield columns[group[0]].parent, group[0], group[-1] + 1


def _closing(ledger: Ledger, body: Style, edges: tuple[float, ...]) -> Part:
    """Lay out what follows the last row: totals, notes, signatures."""
    boxes: list[Box] = []
    rules: list[Rule] = []
    down = 0.0
    for total in ledger.totals:
        cells, height = _total(total, body, edges)
        boxes += [Box(slot, span.text, -down, height) for slot, span in zip(cells, total, strict=True)]
        verticals = {edges[0], *(slot.right + ACROSS for slot in cells)}
        rules += [(x, -down, x, -down - height) for x in sorted(verticals)]
        down += height
        rules.append((edges[0], -down, edges[-1], -down))
    around, down = below(ledger.notes, ledger.signatures, edges[0], edges[-1], down)
    boxes += around
    return Part(tuple(boxes), tuple(rules), down)


def _total(total: tuple[Span, ...], body: Style, edges: tuple[float, ...]) -> tuple[list[Slot], float]:
    ends = list(accumulate((span.columns for span in total), initial=0))
    cells = [
        cell_slot(body, edges[first], edges[end], span.align)
        for span, (first, end) in zip(total, pairwise(ends), strict=True)
    ]
    tallest = max(slot.height(span.text) for slot, span in zip(cells, total, strict=True))
    return cells, max(tallest, body.leading) + 2 * DOWN
