"""Telling whose names have characters that no font has."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.services.ledgers import MissingName

_SHOWN = 6


def missing_words(missing: Sequence[MissingName]) -> str:
    """Which characters are printed as 〓, with what to do."""
    names = "、".join(f"{each.village} {each.name}（{_codes(each)}）".strip() for each in missing[:_SHOWN])
    more = f" 等 {len(missing)} 人" if len(missing) > _SHOWN else ""
    return f"字库里没有这些字，印出来是“〓”，请打印后手工补写：{names}{more}"


def _codes(missing: MissingName) -> str:
    """The characters by number too: the screen may not have them either."""
    return "、".join(f"{character} U+{ord(character):04X}" for character in missing.characters)
