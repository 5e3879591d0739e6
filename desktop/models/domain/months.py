"""Months and other partial dates (年月), read from every spelling offices use and printed as ``1985.07``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading

_EARLIEST_YEAR = 1900
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(3654, 73051)  # 1910 … 2099, as Excel counts days
_PARTED = re.compile(
    r"(\d{4})[.\-/,．。、·—–年](\d{1,2})(?:[.\-/,．。、·—–月](?:(\d{1,2})(?:日|号)?)?)?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?"
)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?")
# (39岁), 生, 至今
_AROUND = re.compile(r"\(\d{1,3}(?:周?岁)?\)$|生$|份$|任$|起$|(?:[-—~]*至?今)$|(?<=\d)[-—~]+$")
_AMBIGUOUS = re.compile(r"(\d{4})\.1")
_TWO_DECIMALS = re.compile(r"\d{4}\.\d{2}")


def show_month(value: str) -> str:
    """``1985-07`` → ``1985.07``; a bare year stays, a day is not printed."""
    return value[:7].replace("-", ".")


def age_on(month: str, day: date) -> int | None:
    """Age in full years (周岁) at ``day``, by month where only the month is known; None for a bare year."""
    if len(month) < 7:
        return None
    born = (int(month[:4]), int(month[5:7]), int(month[8:10]) if len(month) >= 10 else 1)
    return day.year - born[0] - ((day.month, day.day) < (born[1], born[2]))


def read_month(cell: Cell, today: date) -> Reading:
    """Read a month into ``YYYY-MM``.

    A numeric ``1985.1`` without a number format that shows two decimals may be January or October: the two
    are returned as ``choices`` with a problem. A bare year is kept as ``YYYY`` and pointed out.
    """
    value = cell.value
    if isinstance(value, str):
        return _read_text(value, today)
    if isinstance(value, bool):
        return Reading(problem=f"“{cell.text}”不是年月，请填成 1985.07 这样的写法。")
    if isinstance(value, date):
        return _judge(value.year, value.month, value.day, cell.text, today)
    if isinstance(value, int | float):
        return _read_number(float(value), cell.shown, today)
    return _read_text(cell.text, today)


def _read_number(number: float, shown: str | None, today: date) -> Reading:
    # a date, maybe with a time of day
    if number.is_integer() or (number >= 10000 and int(number) in _SERIALS):
        return _read_text(str(int(number)), today)
    if shown is not None and _TWO_DECIMALS.fullmatch(shown):
        return _read_text(shown, today)
    text = f"{number:.10g}"
    if match := _AMBIGUOUS.fullmatch(text):
        year = match[1]
        words = f"单元格是数字 {text}，分不清是 {year} 年 1 月还是 10 月（末尾的 0 可能丢了），请改成 {year}.01 或 {year}.10。"
        return Reading(problem=words, choices=(f"{year}-01", f"{year}-10"))
    return _read_text(text, today)


def _read_text(text: str, today: date) -> Reading:
    if means_nothing(text):
        return SILENT
    plain = _AROUND.sub("", compact(text))
    if match := _PARTED.fullmatch(plain) or _RUN_TOGETHER.fullmatch(plain):
        year, month, day = match.groups()
        return _judge(int(year), int(month), int(day or 0), text, today)
    if len(plain) == 5 and plain.isdecimal() and int(plain) in _SERIALS:
        return _read_serial(plain, text, today)
    if match := _YEAR.fullmatch(plain):
        return _judge_year(int(match[1]), text, today)
    return Reading(problem=f"“{text}”看不出是哪年哪月，请填成 1985.07 这样的写法。")


def _read_serial(digits: str, text: str, today: date) -> Reading:
    """Read days as Excel counts them; 19857 may as well be 1985.7 without its dot."""
    moment = _EXCEL_EPOCH + timedelta(days=int(digits))
    year, month = int(digits[:4]), int(digits[4])
    if _EARLIEST_YEAR <= year <= today.year and month:
        words = f"“{text}”可能是 {moment:%Y.%m}（日期序号），也可能是 {year}.{month:02d}，请改成 1985.07 这样的写法。"
        return Reading(problem=words, choices=(f"{moment:%Y-%m}", f"{year}-{month:02d}"))
    return _judge(moment.year, moment.month, moment.day, text, today)


def _judge_year(year: int, text: str, today: date) -> Reading:
    if year < _EARLIEST_YEAR or year > today.year:
        return Reading(problem=f"“{text}”的年份不对，请核对后填成 1985.07 这样的写法。")
    return Reading(f"{year}", problem=f"“{text}”只有年份，已按年份记下，请补上月份。")


def _judge(year: int, month: int, day: int, text: str, today: date) -> Reading:
    """Judge a date; ``day`` 0 where only the month is known."""
    if not 1 <= month <= 12:
        return Reading(problem=f"“{text}”的月份是 {month}，没有这个月，请核对。")
    if year < _EARLIEST_YEAR:
        return Reading(problem=f"“{text}”早于 1900 年，请核对。")
    try:
        moment = date(year, month, day or 1)
    except ValueError:
        return Reading(problem=f"“{text}”没有这一天，请核对。")
    if moment > today:
        return Reading(problem=f"“{text}”晚于今天（{today:%Y.%m.%d}），请核对。")
    return Reading(f"{year:04d}-{month:02d}")
