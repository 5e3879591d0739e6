"""Text as offices send it, made comparable: padding, full-width digits, words that mean “nothing”."""

from __future__ import annotations

import re

INVISIBLE = re.compile(
    "[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
SPACES = re.compile(r"[\s\u3000\u00a0]+")
EMPTY_WORDS = frozenset(
    {"", "无", "暂无", "没有", "未填", "空", "—", "——", "－", "-", "--", "/", "／", "\\", "…", "……"}
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def clean(text: str) -> str:
    """Return ``text`` without invisible characters and outer spaces, inner runs of spaces made one."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip(" '\u2018\u2019`")


def compact(text: str) -> str:
    """Return ``text`` with every space and invisible character dropped, full-width ASCII made half-width."""
    return SPACES.sub("", INVISIBLE.sub("", text)).translate(_FULL_WIDTH).strip("'\u2018\u2019`")


def means_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say (空、无、—)."""
    return SPACES.sub("", INVISIBLE.sub("", text)) in EMPTY_WORDS


def without_notes(text: str) -> str:
    """Drop bracketed notes: ``学历（全日制）`` → ``学历``."""
    return re.sub(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]", "", text)
