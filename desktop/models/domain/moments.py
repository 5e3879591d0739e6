"""Days that may have a time (时间): ``2026-03-04`` or ``2026-03-04 14:30``; both sort as text."""

from __future__ import annotations

import re
from datetime import date, datetime

from desktop.models.domain.cleaning import clean
from desktop.models.domain.days import read_day, show_day
from desktop.models.domain.reading import Cell, Reading

_TIME = re.compile(r"(?:(上午|下午|晚上?)\s*)?(\d{1,2})[:：时](\d{2})?(?:[:：]\d{2}|分)?$")
_LATER = ("下午", "晚", "晚上")


def show_moment(value: str) -> str:
    """``2026-03-04 14:30`` → ``2026.03.04 14:30``."""
    return show_day(value)


def read_moment(cell: Cell, today: date) -> Reading:
    """Read a day, with a time where one is written: ``3月4日 14:30``, ``2026.3.4 下午2:30``."""
    if isinstance(cell.value, datetime):
        written = f"{cell.value:%Y-%m-%d %H:%M}"
        return Reading(written.removesuffix(" 00:00"))
    text = clean(cell.text)
    match = _TIME.search(text)
    if match is None:
        return read_day(cell, today)
    day = read_day(Cell(text[: match.start()].rstrip("T ")), today)
    if day.value is None:
        return Reading(problem=day.problem or f"“{cell.text}”只有时间，没有日期，请填成 2026.03.04 14:30。")
    hour, minute = int(match[2]), int(match[3] or 0)
    hour += 12 if match[1] in _LATER and hour < 12 else 0
    if hour > 23 or minute > 59:
        return Reading(problem=f"“{cell.text}”没有这个时间，请填成 2026.03.04 14:30。")
    return Reading(f"{day.value} {hour:02d}:{minute:02d}")


def is_before(end: str, start: str) -> bool:
    """Whether something would end before it starts; a bare day is the whole day."""
    length = min(len(end), len(start))
    return end[:length] < start[:length]


def is_time(text: str) -> bool:
    """Whether a text is a time alone, which belongs to a day that is written elsewhere."""
    return _TIME.fullmatch(clean(text)) is not None
