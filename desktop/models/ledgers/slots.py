"""Slots: stretches of paper, from left to right, in which text of one style is set."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.ledgers.fonts import Typeface, shaped
from desktop.models.ledgers.ledger import Align
from desktop.models.ledgers.lines import balance_lines, break_lines

_ASCENT = 0.88  # of the print size, from the baseline to the top of the character's square
_REMEMBERED = 20_000  # texts a slot; one met again later is only measured again


@dataclass(frozen=True, slots=True)
class Style:
    """A typeface at a size, with the distance between baselines, both in points."""

    typeface: Typeface
    size: float
    leading: float


class Slot(dict[str, tuple[str, ...]]):
    """Text → its lines within ``left`` … ``right`` (points), remembered."""

    def __init__(self, style: Style, left: float, right: float, align: Align) -> None:
        self.style = style
        self.left = left
        self.right = right
        self.align = align
        self._limit = (right - left) * 1000 / style.size

    def __missing__(self, text: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        broken = balance_lines if self.align is Align.CENTER else break_lines
        lines = self[text] = broken(shaped(text), self._limit, self.style.typeface.advance)
        return lines

    def height(self, text: str) -> float:
        """Return how much room the text's lines need, in points."""
        return len(self[text]) * self.style.leading

    def starts(self, lines: tuple[str, ...]) -> list[float]:
        """Return the x at which each line begins."""
        if self.align is Align.LEFT:
            return [self.left] * len(lines)
        scale = self.style.size / 1000
        share = 1 if self.align is Align.RIGHT else 0.5
        room = self.right - self.left
        return [self.left + (room - self.style.typeface.advance(line) * scale) * share for line in lines]

    def baselines(self, count: int, height: float) -> list[float]:
        """Return the baselines of ``count`` lines centered in ``height``, measured down from the top (so negative)."""
        style = self.style
        first = (height - (count - 1) * style.leading - style.size) / 2 + _ASCENT * style.size
        return [-first - number * style.leading for number in range(count)]


@dataclass(frozen=True, slots=True)
class Box:
    """A text in a slot, centered in ``height`` below ``top``."""

    slot: Slot
    text: str
    top: float
    height: float
