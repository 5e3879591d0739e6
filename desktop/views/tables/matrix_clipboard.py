"""What of a matrix is copied, and into which cells a block from the clipboard goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.views.tables.clipboard import Block
from desktop.views.tables.matrix_model import MatrixModel

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pasted:
    """Texts for cells; ``outside``: how many of the block have no cell to go into."""

    edits: tuple[tuple[Place, str], ...]
    outside: int


def copied(model: MatrixModel, picked: set[Place]) -> Block:
    """The block around some cells; whole rows or columns bring names and labels along."""
    rows = range(min(row for row, _ in picked), max(row for row, _ in picked) + 1)
    columns = range(min(column for _, column in picked), max(column for _, column in picked) + 1)
    block = [
        [model.text(row, column) if (row, column) in picked else "" for column in columns] for row in rows
    ]
    if len(columns) == model.columnCount() or 1 < len(rows) == model.rowCount():
        table = model.table
        labels = [*(heading.label for heading in table.headings), table.bar]
        block = [[table.names[row].text, *line] for row, line in zip(rows, block, strict=True)]
        block.insert(0, [table.corner, *(labels[column] for column in columns)])
    return block


def pasted(model: MatrixModel, block: Block, places: Sequence[Place]) -> Pasted:
    """One text goes into every cell selected, a block from the first of them on; without its names and labels."""
    if block[0][0] == model.table.corner:
        block = [line[1:] for line in block[1:]]
    if not block or not block[0]:
        return Pasted((), 0)
    if len(block) == len(block[0]) == 1:
        texts = dict.fromkeys(places, block[0][0])
    else:
        top, left = min(row for row, _ in places), min(column for _, column in places)
        texts = {
            (top + down, left + right): text
            for down, line in enumerate(block)
            for right, text in enumerate(line)
            if left + right != model.bar  # it is counted, not typed
        }
    edits = tuple((place, text) for place, text in texts.items() if model.is_cell(*place))
    there = {place for place, _ in edits}
    return Pasted(edits, sum(bool(text.strip()) for place, text in texts.items() if place not in there))
