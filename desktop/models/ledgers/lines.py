"""Break Chinese text into lines of a given width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import ceil

_OPENING = "（〔［｛《〈「『【“‘([{<"
_CLOSING = "，。、；：？！）〕］｝》〉」』】”’…—·,.;:?!)\\]}>％%℃"
# A piece is what stays on one line: a run of Latin letters and digits or a single character, with the opening marks
# before it and the closing marks behind it (no line begins with ，or ends with （).
_PIECE = re.compile(rf"[{re.escape(_OPENING)}]*(?:[!-'*-;=?-Z\\^-z|~]+|.)[{_CLOSING}]*[ ]*")


def break_lines(text: str, limit: float, advance: Callable[[str], float]) -> tuple[str, ...]:
    """Return ``text`` in lines not wider than ``limit``, in the unit of ``advance``, which measures a text.

    Only a single character wider than ``limit`` may stand out.
    """
    if not text:
        return ()
    if "\n" not in text and advance(text) <= limit:
        return (text.rstrip(" "),)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, width = "", 0.0
        for piece in _pieces(paragraph, limit, advance):
            if line and width + advance(piece.rstrip(" ")) > limit:
                lines.append(line.rstrip(" "))
                line, width = "", 0.0
            line += piece
            width += advance(piece)
        lines.append(line.rstrip(" "))
    return tuple(lines)


def balance_lines(text: str, limit: float, advance: Callable[[str], float]) -> tuple[str, ...]:
    """Return ``text`` in as few lines as ``break_lines`` needs, but of even width: 中共 党员, not 中共党 员."""
    lines = break_lines(text, limit, advance)
    if len(lines) < 2 or "\n" in text:
        return lines
    narrower = advance(text) / len(lines)
    while narrower < limit and len(even := break_lines(text, narrower, advance)) > len(lines):
        narrower += 500  # half a character's square
    return even if narrower < limit else lines


def _pieces(paragraph: str, limit: float, advance: Callable[[str], float]) -> Iterator[str]:
    for piece in _PIECE.findall(paragraph):
        if advance(piece.rstrip(" ")) <= limit:
            yield piece
        else:
            yield from _equal_parts(piece.rstrip(" "), limit, advance)


def _equal_parts(piece: str, limit: float, advance: Callable[[str], float]) -> list[str]:
    """Cut a piece that fits no line into as few parts of one length as do fit: half an identity number, twice."""
    for count in range(ceil(advance(piece) / limit), len(piece) + 1):
        step = ceil(len(piece) / count)
        parts = [piece[start : start + step] for start in range(0, len(piece), step)]
        if all(advance(part) <= limit for part in parts):
            return parts
    return list(piece)
