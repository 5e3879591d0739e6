"""What a kind of field makes of a cell: a value, a problem, or a value with a remark."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

Scalar = str | float | int | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a workbook or a person gave it; ``shown`` is what Excel displays where that differs."""

    value: Scalar
    shown: str | None = None

    @property
    def text(self) -> str:
        """The cell as a person sees it; a whole float without its ``.0``."""
        value = self.value
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if self.shown is not None:
            return self.shown
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        if isinstance(value, date):
            return f"{value:%Y.%m.%d}"
        return str(value)


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of reading a cell.

    ``value`` None and no ``problem``: the cell is silent. A ``problem`` with a value: kept and pointed out;
    without: left out. ``choices`` are values that another field may decide between (1985.1: 1 月 or 10 月).
    """

    value: object = None
    problem: str | None = None
    choices: tuple[str, ...] = field(default=())


SILENT = Reading()
