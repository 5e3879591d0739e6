"""Number formats of workbooks (数字格式): only what tells 1985.1 from 1985.10."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# Formats that files name by number alone and that show decimals. Source: ECMA-376 part 1, 18.8.30
BUILT_IN = {2: "0.00", 4: "#,##0.00", 39: "#,##0.00_)", 40: "#,##0.00_)"}

_IGNORED = re.compile(r"\[(?![<>=])[^\]]*\]|_.|\*.")  # colors and locales; gaps; filling
_NUMBER = re.compile(r"[#?,]*(?P<whole>[0,]*)(\.(?P<decimals>0+))?")
_LARGEST = 1e15  # beyond it a float has lost digits


@cache
def shower(number_format: str) -> Callable[[float], str | None] | None:
    """A function from a number to its text in a format, or None for a format that shows no added zeros.

    The function itself gives None where the text would be another number, or is the number as it reads anyway.
    """
    match = _NUMBER.fullmatch(_IGNORED.sub("", number_format.split(";")[0]).strip())
    if match is None:
        return None
    whole, decimals = match["whole"].count("0"), len(match["decimals"] or "")
    if whole < 2 and not decimals:
        return None
    width = whole + (decimals + 1 if decimals else 0)

    def show(value: float) -> str | None:
        if not 0 <= value < _LARGEST:
            return None
        text = f"{value:0{width}.{decimals}f}"
        return adding(text, value) if text[0] == "0" or text[-1] == "0" else None

    return show


def adding(text: str, value: float) -> str | None:
    """Return ``text`` if it is ``value`` with zeros added, else None."""
    same_number = abs(float(text) - value) < 1e-9
    return text if same_number and text != f"{value:.15g}" else None
