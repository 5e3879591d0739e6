"""Exact days (日期): deadlines, visits, checks — kept as ``YYYY-MM-DD``, printed as ``2026.03.04``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(36526, 73051)  # 2000 … 2099, as Excel counts days
_PARTED = re.compile(r"(\d{4})[.\-/,．。年](\d{1,2})[.\-/,．。月](\d{1,2})日?(?:T?\d{1,2}:\d{2}(?::\d{2})?)?")
_SHORT = re.compile(r"(\d{1,2})[.\-/月](\d{1,2})日?")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEARS = range(1900, 2200)


def show_day(value: str) -> str:
    """``2026-03-04`` → ``2026.03.04``."""
    return value.replace("-", ".")


def read_day(cell: Cell, today: date) -> Reading:
    """Read a day into ``YYYY-MM-DD``; ``3月4日`` is one of this year. It may lie ahead (期限)."""
    value = cell.value
    if isinstance(value, date):
        return Reading(date(value.year, value.month, value.day).isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in _SERIALS:
        return Reading((_EXCEL_EPOCH + timedelta(days=int(value))).isoformat())
    if means_nothing(cell.text):
        return SILENT
    plain = compact(cell.text)
    if match := _PARTED.fullmatch(plain) or _RUN_TOGETHER.fullmatch(plain):
        year, month, day = map(int, match.groups())
    elif match := _SHORT.fullmatch(plain):
        year, (month, day) = today.year, map(int, match.groups())
    else:
        return Reading(problem=f"“{cell.text}”看不出是哪一天，请填成 2026.03.04 这样的写法。")
    try:
        found = date(year, month, day)
    except ValueError:
        return Reading(problem=f"“{cell.text}”没有这一天，请核对。")
    if found.year not in _YEARS:
        return Reading(problem=f"“{cell.text}”的年份不对，请核对。")
    return Reading(found.isoformat())


def read_past_day(cell: Cell, today: date) -> Reading:
    """Read a day that has been: when something was done or checked."""
    reading = read_day(cell, today)
    if isinstance(reading.value, str) and reading.value > today.isoformat():
        return Reading(problem=f"“{cell.text}”晚于今天（{today:%Y.%m.%d}），请核对。")
    return reading
