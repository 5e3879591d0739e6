"""How a picture looks, in bits: pictures that are nearly the same differ in few of them (感知哈希)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

NEAR = 14  # bits of 128 that may differ: measured, see docs/people.md
_FAR = 36  # whole pictures that differ in more are not cut out of one another
_NEAR_BEFORE = 5  # of the 64 bits that a look of an earlier version has in common
_SIDE = 96  # pixels of the small grey picture
_CUT = 0.05 * _SIDE
_VIEWS = (  # left, top, right, bottom: the whole, without a strip at one side, without one all around
    (0.0, 0.0, _SIDE, _SIDE),
    (_CUT, 0.0, _SIDE, _SIDE),
    (0.0, 0.0, _SIDE - _CUT, _SIDE),
    (0.0, _CUT, _SIDE, _SIDE),
    (0.0, 0.0, _SIDE, _SIDE - _CUT),
    (_CUT, _CUT, _SIDE - _CUT, _SIDE - _CUT),
)
_VIEW = 32  # hex digits of one
_ACROSS = 16  # hex digits: the first half of a view, where the picture gets brighter from left to right
_FLAT = 4.0  # a spread of grey below this is a blank page or a black picture: everything looks like it


def look_of(image: Image) -> str | None:
    """192 hex digits, 32 a view: where it gets brighter to the right and downward (dHash); None of a blank one.

    The grey is stretched to a square first, so size, format, quality and brightness matter little.
    """
    from PIL.Image import Resampling
    from PIL.ImageStat import Stat

    grey = image.convert("L").resize((_SIDE, _SIDE), Resampling.BOX)
    if Stat(grey.reduce(3)).stddev[0] < _FLAT:
        return None
    return "".join(f"{_steps(grey, view):0{_VIEW}x}" for view in _VIEWS)


def near(look: str, others: Iterable[tuple[str, str]]) -> list[str]:
    """The keys of those (key, look) that look nearly the same, or as if one was cut out of the other."""
    asked = _views(look)
    return [key for key, other in others if _are_near(asked, look, other)]


def _are_near(asked: Sequence[int], look: str, other: str) -> bool:
    if len(other) != len(look):  # an earlier version made the shorter one: 32 digits, the first 16 as now
        return _differ(int(look[:_ACROSS], 16), int(other[:_ACROSS], 16)) <= _NEAR_BEFORE
    if _differ(asked[0], int(other[:_VIEW], 16)) > _FAR:
        return False
    views = _views(other)
    pairs = [*((each, views[0]) for each in asked), *((asked[0], each) for each in views)]
    return any(_differ(one, two) <= NEAR for one, two in pairs)


def _views(look: str) -> list[int]:
    return [int(look[start : start + _VIEW], 16) for start in range(0, len(look), _VIEW)]


def _differ(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def _steps(grey: Image, view: tuple[float, float, float, float]) -> int:
    """64 bits of 8 rows of 9 pixels (is the next one brighter), 64 of 9 rows of 8 (is the one below)."""
    from PIL.Image import Resampling

    across = grey.resize((9, 8), Resampling.BOX, view).tobytes()
    down = grey.resize((8, 9), Resampling.BOX, view).tobytes()
    return _bits(
        (
            *(across[at] < across[at + 1] for at in range(71) if at % 9 != 8),
            *(down[at] < down[at + 8] for at in range(64)),
        )
    )


def _bits(flags: Iterable[bool]) -> int:
    number = 0
    for flag in flags:
        number = number << 1 | flag
    return number
