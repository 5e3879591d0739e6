"""The page code of a page's rows: cells, merged cells and the lines between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, compress

from desktop.models.ledgers.document import Document
from desktop.models.ledgers.layout import Layout, Page
from desktop.models.ledgers.slots import Slot

_REMEMBERED = 20_000  # texts a column


class Shown(dict[str, tuple[tuple[str, str], ...]]):
    """Text → the code of its lines in a slot, before and behind their y; remembered."""

    def __init__(self, slot: Slot, document: Document) -> None:
        self.slot = slot
        self._document = document

    def __missing__(self, text: str) -> tuple[tuple[str, str], ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        style = self.slot.style
        lines = self.slot[text]
        shown = self[text] = tuple(
            (f"1 0 0 1 {x:.2f} ", f" Tm {self._document.show(line, style.typeface, style.size)}")
            for x, line in zip(self.slot.starts(lines), lines, strict=True)
        )
        return shown

    def code(self, text: str, top: float, height: float) -> Iterator[str]:
        """Yield the code of ``text`` centered in ``height`` below ``top``."""
        shown = self[text]
        for (before, behind), down in zip(shown, self.slot.baselines(len(shown), height), strict=True):
            yield f"{before}{top + down:.2f}{behind}"


class Table:
    """Draws the rows of one page after another."""

    def __init__(self, plan: Layout, document: Document) -> None:
        self._plan = plan
        self._columns = tuple(Shown(slot, document) for slot in plan.columns)
        self._own = [not column.merge for column in plan.ledger.columns]
        self._own_columns = tuple(compress(self._columns, self._own))
        style = plan.columns[0].style
        self._select = document.select(style.typeface, style.size)
        self._left, self._right = plan.edges[0], plan.edges[-1]

    def code(self, page: Page) -> list[str]:
        """Return the code of the page's lines and cells."""
        tops = list(accumulate(page.heights, lambda y, height: y - height, initial=self._top(page)))
        return [
            *self._rules(page, tops),
            "S",
            "BT",
            self._select,
            *self._merged(page, tops),
            *self._cells(page, tops),
            "ET",
        ]

    def _top(self, page: Page) -> float:
        return page.heading_top - self._plan.heading.height

    def _cells(self, page: Page, tops: list[float]) -> list[str]:
        code: list[str] = []
        rows = self._plan.ledger.rows[page.first : page.first + len(page.heights)]
        baselines = self._plan.columns[0].baselines
        for row, top, height in zip(rows, tops, page.heights, strict=False):
            levels: dict[int, list[str]] = {}  # number of lines → their y: most cells of a row share one
            for column, text in zip(self._own_columns, compress(row.cells, self._own), strict=True):
                shown = column[text]
                count = len(shown)
                if count not in levels:
                    levels[count] = [f"{top + down:.2f}" for down in baselines(count, height)]
                for (before, behind), y in zip(shown, levels[count], strict=True):
                    code.append(before + y + behind)
        return code

    def _merged(self, page: Page, tops: list[float]) -> Iterator[str]:
        for block in page.blocks:
            text = self._plan.ledger.rows[page.first + block.first].cells[block.column]
            top = tops[block.first]
            yield from self._columns[block.column].code(text, top, top - tops[block.end])

    def _rules(self, page: Page, tops: list[float]) -> Iterator[str]:
        """Yield the lines below each row, broken where a merged cell goes on, and the lines between columns."""
        edges = self._plan.edges
        going_on: list[list[int]] = [[] for _ in page.heights]
        for block in page.blocks:
            for row in range(block.first, block.end - 1):
                going_on[row].append(block.column)
        for y, columns in zip(tops[1:], going_on, strict=True):
            start = self._left
            for column in columns:
                if edges[column] > start:
                    yield f"{start} {y:.2f} m {edges[column]} {y:.2f} l"
                start = edges[column + 1]
            if start < self._right:
                yield f"{start} {y:.2f} m {self._right} {y:.2f} l"
        for x in edges:
            yield f"{x} {tops[0]:.2f} m {x} {tops[-1]:.2f} l"
