"""Figures of villages (村级数字): shares and rounding as offices do them, income thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import ceil

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
