"""Kinds of field that registers share beyond those of ``domain.fields``: lists of the program's own, years, days ahead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.codes import CodeList
from desktop.models.domain.credit_code import read_credit_code
from desktop.models.domain.days import read_day, read_past_day, show_day
from desktop.models.domain.fields import Coded, Plain, coded
from desktop.models.domain.months import read_month, show_month
from desktop.models.domain.reading import SILENT, Cell, Reading

_NO_END = date(2199, 12, 31)
_YEAR = re.compile(r"(20\d\d)(?:年|年度)?")


def _read_any_month(cell: Cell, _today: date) -> Reading:
    return read_month(cell, _NO_END)


ANY_MONTH = Plain(_read_any_month, show_month)  # may lie ahead: 预计毕业, 届满


def _read_year(cell: Cell, today: date) -> Reading:
    if means_nothing(cell.text):
        return SILENT
    year = _YEAR.fullmatch(compact(cell.text))
    if year is None or int(year[1]) > today.year + 1:
        return Reading(problem=f"“{cell.text}”不是年度，请填成 {today.year} 这样的四位数。")
    return Reading(year[1])


YEAR = Plain(_read_year, align="center")
DAY = Plain(read_day, show_day)  # may lie ahead: 期限
PAST_DAY = Plain(read_past_day, show_day)
CREDIT_CODE = Plain(read_credit_code)


def _read_count(cell: Cell, _today: date) -> Reading:
    if means_nothing(cell.text):
        return SILENT
    plain = re.fullmatch(r"(\d{1,9})(?:人|个|家|次|户)?", compact(cell.text).replace(",", ""))
    if plain is None:
        return Reading(problem=f"“{cell.text}”不是整数，请只填数字。")
    return Reading(int(plain[1]))


COUNT = Plain(_read_count, align="right")  # people, visits: a whole number without a unit of money


def _read_points(cell: Cell, _today: date) -> Reading:
    if means_nothing(cell.text):
        return SILENT
    plain = re.fullmatch(r"(\d{1,3}(?:\.\d)?)0*分?", compact(cell.text))
    if plain is None:
        return Reading(problem=f"“{cell.text}”不是分数，请填 0 到 999 的数，最多一位小数。")
    return Reading(float(plain[1]))


def show_points(points: str) -> str:
    """``8.0`` → ``8``, ``7.5`` stays."""
    return f"{float(points):g}"


POINTS = Plain(_read_points, show_points, align="right")


_MOST_WAN = 1_000_000  # ten billion yuan: more was written in yuan


def _read_wan(cell: Cell, _today: date) -> Reading:
    if means_nothing(cell.text):
        return SILENT
    plain = re.fullmatch(r"(\d{1,12}(?:\.\d{1,4})?)0*(万?元|万)?", compact(cell.text).replace(",", ""))
    amount = 0.0 if plain is None else float(plain[1]) / (10_000 if plain[2] == "元" else 1)
    if plain is None or amount >= _MOST_WAN:
        return Reading(problem=f"“{cell.text}”不像以万元计的数，请只填数字，如 1200 表示 1200 万元。")
    return Reading(amount)


def _show_wan(amount: str) -> str:
    return f"{float(amount):.4f}".rstrip("0").rstrip(".")


WAN_YUAN = Plain(_read_wan, _show_wan, align="right")  # money in 万元


def own_list(title: str, labels: Mapping[str, str], spellings: Mapping[str, str] | None = None) -> Coded:
    """The kind of a list that the program keeps itself (``app`` lists of domain.md); codes are stored."""
    return coded(CodeList(title, labels, spellings or {}))
