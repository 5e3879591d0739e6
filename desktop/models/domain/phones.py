"""Telephone numbers (联系电话): reading and masking."""

from __future__ import annotations

import re
from datetime import date

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading

_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-9]\d{6,7}")
_MASKED = re.compile(r"\d{3}\*{4}\d{4}|\*{3,}\d{4}")  # our own masked export: it says nothing new
_BETWEEN = re.compile(r"[、,，;；/／\n]+")


def mask_phone(number: str) -> str:
    """``138****5678``; a landline keeps its last four digits."""
    if re.fullmatch(r"\d{11}", number):
        return f"{number[:3]}****{number[-4:]}"
    return "*" * max(len(number) - 4, 0) + number[-4:]


def read_phone(cell: Cell, _today: date) -> Reading:
    """Read a telephone number into digits; of several the first is kept and the others are pointed out."""
    if isinstance(cell.value, float | int) and not isinstance(cell.value, bool):
        value = float(cell.value)
        text = str(int(value)) if value.is_integer() and abs(value) < 1e15 else cell.text
    else:
        text = cell.text
    if means_nothing(text) or _MASKED.fullmatch(text.strip()):
        return SILENT
    parts = [_digits(part) for part in _BETWEEN.split(text.strip()) if part.strip()]
    good = [part for part in parts if _MOBILE.fullmatch(part) or _LANDLINE.fullmatch(part)]
    if not good:
        return Reading(problem=f"“{text}”不像电话号码（手机应为 11 位），请核对。")
    if len(parts) > 1:
        return Reading(good[0], problem="一格里有几个号码，只记下第一个，其余请另行登记。")
    return Reading(good[0])


def _digits(text: str) -> str:
    number = re.sub(r"[-()（）.]", "", re.sub(r"\.0$", "", compact(text)))
    return re.sub(r"^(?:\+?86)(?=1\d{10}$)", "", number)
