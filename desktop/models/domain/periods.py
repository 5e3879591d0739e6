"""Periods that are assessed one by one (期次): years, half years, quarters, kept as ``2026``, ``2026H2``, ``2026Q4``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

_TEXT = re.compile(r"([0-9]{4})(?:([HQ])([1-4]))?")


class PeriodKind(StrEnum):
    """How long a period is. Values are stored: never reuse one."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"

    @property
    def label(self) -> str:
        """The word officers use."""
        return {"year": "年", "half_year": "半年", "quarter": "季度"}[self.value]

    @property
    def months(self) -> int:
        """How many months one lasts."""
        return {"year": 12, "half_year": 6, "quarter": 3}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One period; ``number`` counts from 1 within the year. Periods of one kind sort by time."""

    year: int
    number: int
    kind: PeriodKind

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> Self:
        """The period of a kind that a day lies in."""
        return cls(day.year, (day.month - 1) // kind.months + 1, kind)

    @classmethod
    def parse(cls, text: str) -> Self:
        """What is stored, back into a period.

        Raises:
            ValueError: it is none.
        """
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError(f"no period: {text!r}")
        kind = {None: PeriodKind.YEAR, "H": PeriodKind.HALF_YEAR, "Q": PeriodKind.QUARTER}[match[2]]
        number = int(match[3] or 1)
        if number * kind.months > 12:
            raise ValueError(f"no period: {text!r}")
        return cls(int(match[1]), number, kind)

    def __str__(self) -> str:
        letter = {PeriodKind.YEAR: "", PeriodKind.HALF_YEAR: "H", PeriodKind.QUARTER: "Q"}[self.kind]
        return f"{self.year:04d}{letter}{self.number if letter else ''}"

    @property
    def label(self) -> str:
        """As officers say it: 2026年, 2026年下半年, 2026年第4季度."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year}年"
        if self.kind is PeriodKind.HALF_YEAR:
            return f"{self.year}年{'上下'[self.number - 1]}半年"
        return f"{self.year}年第{self.number}季度"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self.kind.months + 1, 1)

    @property
    def end(self) -> date:
        """Its last day."""
        return self.after(1).start - timedelta(days=1)

    def after(self, count: int) -> Period:
        """The period ``count`` later, earlier where it is negative."""
        in_year = 12 // self.kind.months
        total = self.year * in_year + self.number - 1 + count
        return Period(total // in_year, total % in_year + 1, self.kind)
