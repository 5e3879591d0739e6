"""Kinds of field that registers share beyond those of ``domain.fields``: lists of the program's own, days ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop.models.domain.codes import CodeList
from desktop.models.domain.fields import Coded, Plain, coded
from desktop.models.domain.months import read_month, show_month
from desktop.models.domain.reading import Cell, Reading

_NO_END = date(2199, 12, 31)


def _read_any_month(cell: Cell, _today: date) -> Reading:
    return read_month(cell, _NO_END)


ANY_MONTH = Plain(_read_any_month, show_month)  # may lie ahead: 预计毕业, 届满


def own_list(title: str, labels: Mapping[str, str], spellings: Mapping[str, str] | None = None) -> Coded:
    """The kind of a list that the program keeps itself (``app`` lists of domain.md); codes are stored."""
    return coded(CodeList(title, labels, spellings or {}))
