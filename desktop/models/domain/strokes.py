"""The order of strokes (笔画序, GF 3003-1999): keys that sort names as offices do.

Ranks of 20,897 characters are those of PyPI's ``cn-sort`` (MIT), stroke counts of the others Unihan's kTotalStrokes;
``installer/export_strokes.py`` wrote them to resources/codes/strokes.txt. ICU's order of strokes is another.
"""

from __future__ import annotations

from functools import lru_cache

from desktop.models.domain.names import split_surname
from desktop.paths import resource

_UNKNOWN = "fffff"
_BLANK = "-----"  # a one-character given name counts as blank and character, and so comes first


class _Ranks(dict[int, str]):
    """Code point → five digits that sort in the order of strokes; what the order does not know sorts last."""

    def __missing__(self, _code: int) -> str:
        return _UNKNOWN


@lru_cache(maxsize=1)
def _ranks() -> _Ranks:
    """The order as a table for ``str.translate``; characters that are only counted end their number of strokes."""
    lines = resource("codes/strokes.txt").read_text(encoding="utf-8").splitlines()
    ordered = "".join(line.replace("\t", "") for line in lines)
    return _Ranks((ord(char), f"{rank:05x}") for rank, char in enumerate(ordered, start=1))


def surname_key(name: str) -> str:
    """The key of 姓氏笔画 (党代会, 政协): surname, then given name, a one-character given name first.

    Keys compare as text. A character of unknown strokes sorts last.
    """
    surname, given = split_surname(name)
    blank = _BLANK if len(given) == 1 else ""
    return f"{_key(surname)}{blank}{_key(given)}"


def name_key(name: str) -> str:
    """The key of 姓名笔画 (人大): character by character, no blank."""
    return _key(name)


@lru_cache(maxsize=10_000)  # many share a surname or a given name
def _key(text: str) -> str:
    return text.translate(_ranks())
