"""Telephone numbers (联系电话): reading and masking."""

from __future__ import annotations

import re
from datetime import date

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading

_MOBILE = re.compile(r"1[0-9]{10}")
_LANDLINE = re.compile(r"(?:0[0-9]{2,3})?[2-9][0-9]{6,7}")
_COUNTRY = re.compile(r"^(?:\+|00)?86(?=1[0-9]{10}$)")
_IN_BETWEEN = re.compile(r"[-()（）.—]")
_SEVERAL = re.compile(r"[、,，;；/／\n]+|(?<=[0-9]{7})\s+(?=[0-9]{7})")


def mask_phone(number: str) -> str:
    """``138****5678``; a landline keeps its last four digits."""
    if re.fullmatch(r"\d{11}", number):
        return f"{number[:3]}****{number[-4:]}"
    return "*" * max(len(number) - 4, 0) + number[-4:]


def read_phone(cell: Cell, _today: date) -> Reading:
    """Read a telephone number into digits; of several the first is kept and the others are pointed out."""
    text = cell.text
    if _MOBILE.fullmatch(text):
        return Reading(text)
    if means_nothing(text):
        return SILENT
    parts = [_digits(part) for part in _SEVERAL.split(text.strip()) if part.strip()]
    good = [part for part in parts if _MOBILE.fullmatch(part) or _LANDLINE.fullmatch(part)]
    if not good:
        return Reading(problem=f"“{text}”不像电话号码（手机应为 11 位），请核对。")
    if len(parts) > 1:
        return Reading(good[0], problem="一格里有几个号码，只记下第一个，其余请另行登记。")
    return Reading(good[0])


def _digits(text: str) -> str:
    return _COUNTRY.sub("", _IN_BETWEEN.sub("", compact(text).removesuffix(".0")))
