"""Text as offices send it, made comparable: padding, full-width digits, words that mean “nothing”."""

from __future__ import annotations

import re

_INVISIBLE = (  # control and formatting characters, variation selectors
    "\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]+")
SPACES = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_BREAKS = re.compile(r"\n+")
_GAPS = re.compile(rf"[\s{_INVISIBLE}]+")
_NOTES = re.compile(r"[（(\[【〔][^（()）\[\]【】〔〕]*[)）\]】〕]")
_APOSTROPHES = "'\u2018\u2019`"
_QUOTES = _APOSTROPHES + '="'  # ="13800001234", as some programs keep digits from Excel
EMPTY_WORDS = frozenset(
    {"", "无", "暂无", "没有", "未填", "空", "—", "——", "－", "-", "--", "/", "／", "\\", "…", "……"}
)
_LONGEST_EMPTY = 12  # with its padding
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def clean(text: str) -> str:
    """Return ``text`` without invisible characters and outer spaces, inner runs of spaces made one."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip(" " + _APOSTROPHES)


def clean_lines(text: str) -> str:
    """Return ``text`` with each of its lines cleaned: at most one empty line between two, none at the ends."""
    lines = "\n".join(map(clean, text.splitlines()))
    return _EMPTY_LINES.sub("\n\n", lines).strip("\n")


def in_one_line(text: str) -> str:
    """Return ``text`` of several lines for a place that has but one; a mark stands where lines end."""
    return _BREAKS.sub(" ⏎ ", text)


def in_short(text: str, most: int = 40) -> str:
    """Return the beginning of a ``text`` in one line, for a sentence that tells of it."""
    line = in_one_line(text)
    return line if len(line) <= most else f"{line[:most]}…"


def compact(text: str) -> str:
    """Return ``text`` with every space and invisible character dropped, full-width ASCII made half-width."""
    plain = _GAPS.sub("", text)
    if not plain.isascii():
        plain = plain.translate(_FULL_WIDTH)
    return plain.strip(_QUOTES)


def means_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing to say (空、无、—)."""
    return text == "" or (len(text) < _LONGEST_EMPTY and _GAPS.sub("", text) in EMPTY_WORDS)


def without_notes(text: str) -> str:
    """Drop bracketed notes: ``学历（全日制）`` → ``学历``."""
    return _NOTES.sub("", text)
