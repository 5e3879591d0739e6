"""Figures of villages (村级数字): shares and rounding as offices do them, income thresholds, counts of bodies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import ceil

from desktop.models.registers.division import Division, DivisionKind

THRESHOLDS = (100_000, 200_000)  # yuan a year: 10 万, 20 万
TARGET_PERCENT = 50  # 石首's goal for the higher one


@lru_cache(maxsize=4096)  # villages are small: the same shares come again and again
def ratio(part: int, whole: int, digits: int = 2) -> Decimal | None:
    """``part`` ÷ ``whole``, rounded half up as workbooks do; None where there is no whole."""
    if not whole:
        return None
    return (Decimal(part) / whole).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def percent(part: int, whole: int) -> str:
    """The share as it is printed: ``42.2%``, ``100%``; empty where there is no whole."""
    share = ratio(part * 100, whole, 1)
    return "" if share is None else f"{share}".removesuffix(".0") + "%"


def part_of(percent: int, whole: int) -> int:
    """How many make that share of ``whole``, to the nearest (92 % of 153 ≈ 141)."""
    return int((Decimal(percent * whole) / 100).quantize(Decimal(1), ROUND_HALF_UP))


def needed(percent: int, whole: int) -> int:
    """How many it takes to reach a share (“50% 以上” of 153 needs 77); the share itself reaches it."""
    return ceil(Decimal(percent * whole) / 100)


@dataclass(frozen=True, slots=True)
class IncomeShare:
    """How many villages reached an income, among those there are; ``unknown`` have none written down."""

    threshold: int  # yuan
    villages: int
    reached: int
    unknown: int
    short: int  # villages that are lacking to the target share

    @property
    def share(self) -> str:
        """The share reached, printed."""
        return percent(self.reached, self.villages)


def income_share(
    incomes: Iterable[int | None], threshold: int, target_percent: int = TARGET_PERCENT
) -> IncomeShare:
    """The share of villages whose collective income reaches ``threshold`` yuan.

    ``incomes``: one a village, None where it is not known; such a village has not reached it.
    """
    figures = list(incomes)
    reached = sum(income is not None and income >= threshold for income in figures)
    short = max(0, needed(target_percent, len(figures)) - reached)
    return IncomeShare(threshold, len(figures), reached, figures.count(None), short)


@dataclass(frozen=True, slots=True)
class DivisionCounts:
    """How many 村委会, 居委会 and living areas there are."""

    villages: int
    communities: int
    living_areas: int

    @property
    def bodies(self) -> int:
        """班子: a living area has no two committees."""
        return self.villages + self.communities

    @property
    def rows(self) -> int:
        """All of them, as the list of divisions has them."""
        return self.bodies + self.living_areas


def count_divisions(divisions: Iterable[Division]) -> DivisionCounts:
    """Count the divisions in use by kind; townships and the city are none of them."""
    kinds = Counter(division.kind for division in divisions if division.active)
    return DivisionCounts(
        kinds[DivisionKind.VILLAGE], kinds[DivisionKind.COMMUNITY], kinds[DivisionKind.LIVING_AREA]
    )
