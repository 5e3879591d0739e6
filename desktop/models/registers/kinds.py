"""Kinds of field that registers share beyond those of ``domain.fields``: lists of the program's own, years, days ahead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.codes import CodeList
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


def own_list(title: str, labels: Mapping[str, str], spellings: Mapping[str, str] | None = None) -> Coded:
    """The kind of a list that the program keeps itself (``app`` lists of domain.md); codes are stored."""
    return coded(CodeList(title, labels, spellings or {}))
