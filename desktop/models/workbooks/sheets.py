"""A workbook as plain values: sheets of cells, and the limits within which files are read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from desktop.models.domain.reading import Scalar

Range = tuple[int, int, int, int]  # top, left, bottom, right; both ends count


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells of one visible sheet.

    Rows may differ in length. Text is as written, numbers are floats, a date format makes a date, a formula
    is its stored result, an error its name (``#N/A``), an empty cell or text None.
    """

    name: str
    rows: tuple[tuple[Scalar, ...], ...]
    first_row: int = 1  # the sheet's number of rows[0]
    merged: tuple[Range, ...] = ()  # 0-based within rows
    numbers_shown: Mapping[tuple[int, int], str] = field(default_factory=dict, hash=False)

    def shown(self, row: int, column: int) -> str | None:
        """The text of a numeric cell whose format shows zeros that the number has lost: 1985.1 as ``1985.10``.

        None where it reads as the number itself does. Indices are 0-based within ``rows``. Thousands separators
        are left out, and nothing is shown that rounding would make another number.
        """
        return self.numbers_shown.get((row, column))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """The visible sheets of a file in its order, and the names of the hidden ones, which are not read."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file may ask for. A province's roster, 200,000 rows by 20 columns, fits."""

    file_bytes: int = 64 << 20
    unpacked_bytes: int = 512 << 20  # all parts of a zip together
    parts: int = 10_000  # of a zip
    cells: int = 4_500_000  # of one sheet: the area from A1 to its last cell
    memory_bytes: int = 1536 << 20  # of the process that reads
    seconds: float = 60  # for one file


def assemble(
    name: str,
    rows: Sequence[Sequence[Scalar | timedelta]],
    merged: Iterable[Range] = (),
    numbers_shown: Mapping[tuple[int, int], str] | None = None,
) -> Sheet:
    """Make a sheet of what a parser gave: empty text is no value, a duration its days, no empty rows at the end."""
    texts: dict[str, str | None] = {"": None}
    once = texts.setdefault  # equal texts become one, which halves what crosses to another process
    plain: list[tuple[Scalar, ...]] = [
        tuple(
            [once(v, v) if isinstance(v, str) else _days(v) if isinstance(v, timedelta) else v for v in row]
        )
        for row in rows
    ]
    while plain and all(value is None for value in plain[-1]):
        plain.pop()
    return Sheet(
        name=name, rows=tuple(plain), merged=_within(plain, merged), numbers_shown=numbers_shown or {}
    )


def _days(duration: timedelta) -> float:
    return duration / timedelta(days=1)


def _within(rows: Sequence[Sequence[Scalar]], merged: Iterable[Range]) -> tuple[Range, ...]:
    """The ranges cut to the rows; none at all if they overlap, as only a broken file has it."""
    height, width = len(rows), max(map(len, rows), default=0)
    ranges = tuple(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in merged
        if top < height and left < width
    )
    covered = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in ranges)
    return ranges if covered <= height * width else ()
