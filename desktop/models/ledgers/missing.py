"""The characters of a ledger that no shipped face draws (缺字), to be listed before it is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.models.ledgers.fonts import missing_characters
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Missing:
    """A character printed as 〓, and where: ``row`` counts from 0, None outside the rows (then ``column`` is empty).

    ``subject``: whose sheet it is on.
    """

    character: str
    text: str
    column: str = ""
    row: int | None = None
    subject: str = ""


def missing_in(work: Ledger | Sheet) -> tuple[Missing, ...]:
    """List each character without a shape, once a text, in reading order."""
    if isinstance(work, Sheet):
        return tuple(
            Missing(char, text, subject=work.subject)
            for text in _on(work)
            for char in missing_characters(text)
        )
    return _missing_in_ledger(work)


def _on(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, *sheet.head)
    for line in sheet.lines:
        yield from (cell.text for cell in line.cells)
    yield from (*sheet.notes, *sheet.signatures, sheet.marking, sheet.version)


def _missing_in_ledger(ledger: Ledger) -> tuple[Missing, ...]:
    found = [Missing(char, text) for text in _around(ledger) for char in missing_characters(text)]
    for number, row in enumerate(ledger.rows):
        if missing_characters("".join(row.cells)):
            found += [
                Missing(char, text, column.label, number)
                for column, text in zip(ledger.columns, row.cells, strict=True)
                for char in missing_characters(text)
            ]
    return tuple(found)


def _around(ledger: Ledger) -> Iterator[str]:
    """Yield every text outside the rows."""
    yield from (ledger.title, *ledger.head)
    for column in ledger.columns:
        yield from (column.parent, column.label)
    for total in ledger.totals:
        yield from (span.text for span in total)
    yield from (*ledger.notes, *ledger.signatures, ledger.marking, ledger.version)
