"""Reckoning with partial dates (起止时间): the day before, months later, how far apart."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def months_later(month: str, months: int) -> str:
    """The month ``months`` later, without a day; a bare year moves by whole years."""
    if len(month) < 7:
        return f"{int(month[:4]) + months // 12:04d}"
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def last_before(start: str) -> str:
    """The last day, month or year before a partial date, as exact as that is."""
    if len(start) < 7:
        return f"{int(start) - 1:04d}"
    if len(start) == 7:
        return months_later(start, -1)
    return (date.fromisoformat(start) - timedelta(days=1)).isoformat()


def starts_in(start: str) -> int:
    """The month that a partial date begins in, as a number to reckon with; a bare year begins in January."""
    return int(start[:4]) * 12 + int(start[5:7] or 1) - 1


def over_from(end: str) -> int:
    """The first month that begins without what ended: that after a whole month, the month itself within one."""
    if len(end) < 7:
        return (int(end) + 1) * 12
    month = starts_in(end)
    whole = len(end) == 7 or int(end[8:10]) == monthrange(int(end[:4]), int(end[5:7]))[1]
    return month + whole
