"""How a picture looks, in 128 bits: pictures that are nearly the same differ in few of them (感知哈希)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from math import cos, pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

NEAR = 18  # bits of 128 that may differ: measured, see docs/people.md
_SIDE = 32  # pixels of the small grey picture
_WAVES = 8  # of each direction
_FLAT = 4.0  # a spread of grey below this is a blank page or a black picture: everything looks like it


def look_of(image: Image) -> str | None:
    """32 hex digits: where it gets brighter from left to right (dHash), and its coarse waves (pHash); None of a blank one.

    The grey is stretched to a square first, so size, format, quality and brightness matter little.
    """
    from PIL.Image import Resampling

    grey = image.convert("L").resize((_SIDE, _SIDE), Resampling.BOX)
    pixels = list(grey.tobytes())
    mean = sum(pixels) / len(pixels)
    if sum((pixel - mean) ** 2 for pixel in pixels) / len(pixels) < _FLAT**2:
        return None
    return f"{_steps(grey):016x}{_waves(pixels):016x}"


def near(look: str, others: Iterable[tuple[str, str]]) -> list[str]:
    """The keys of those (key, look) that look nearly the same."""
    asked = int(look, 16)
    return [key for key, other in others if (asked ^ int(other, 16)).bit_count() <= NEAR]


def _steps(grey: Image) -> int:
    """Bits of 8 rows of 9 pixels: is the next one brighter."""
    from PIL.Image import Resampling

    small = grey.resize((9, 8), Resampling.BOX).tobytes()
    return _bits(
        small[row * 9 + column] < small[row * 9 + column + 1] for row in range(8) for column in range(8)
    )


def _waves(pixels: list[int]) -> int:
    """Bits of the 8×8 slowest waves of a discrete cosine transform (DCT-II): is it stronger than the middle one."""
    table = _cosines()
    rows = [pixels[start : start + _SIDE] for start in range(0, _SIDE * _SIDE, _SIDE)]
    across = [[sum(map(float.__mul__, wave, map(float, row))) for row in rows] for wave in table]
    found = [sum(map(float.__mul__, wave, column)) for column in across for wave in table]
    middle = sorted(found[1:])[len(found) // 2]  # the first is the brightness
    return _bits(each > middle for each in found)


@cache
def _cosines() -> list[list[float]]:
    return [
        [cos(pi * wave * (2 * place + 1) / (2 * _SIDE)) for place in range(_SIDE)] for wave in range(_WAVES)
    ]


def _bits(flags: Iterable[bool]) -> int:
    number = 0
    for flag in flags:
        number = number << 1 | flag
    return number
