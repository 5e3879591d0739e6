"""The shipped faces: which character each draws, and how wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any
from unicodedata import normalize

from reportlab.pdfbase.ttfonts import TTFontFace

from desktop.paths import resource

STAND_IN = "〓"  # printed for a character that no face has: seen, never silently left out
# Marks without a shape of their own (joiners, byte order marks, variation selectors) and control characters.
_SHAPELESS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)


class Face:
    """One TrueType file; ``characters`` are those it has a shape for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ttf: Any = TTFontFace(str(resource("fonts", f"{name}.ttf")))
        self.characters = frozenset(map(chr, self.ttf.charToGlyph))

    def shape_of(self, char: str) -> str:
        """Return what is drawn for ``char``: itself, its canonical equivalent (U+FA00 is 切), or 〓."""
        if char in self.characters:
            return char
        equivalent = normalize("NFC", char)
        return equivalent if equivalent in self.characters else STAND_IN

    def glyph(self, char: str) -> int:
        """Return the number of the glyph drawn for ``char``."""
        return int(self.ttf.charToGlyph[ord(self.shape_of(char))])

    def advance(self, char: str) -> int:
        """Return the width of ``char`` in thousandths of the print size."""
        width: float = self.ttf.charWidths[ord(self.shape_of(char))]
        return round(width)


@cache
def face(name: str) -> Face:
    """Return the face of ``resources/fonts/<name>.ttf``, read once."""
    return Face(name)


class Typeface:
    """A face, and the faces that draw what it lacks, in order."""

    def __init__(self, *names: str) -> None:
        self._names = names
        self._advances = _Advances(self)

    @property
    def first(self) -> Face:
        """The face that draws nearly everything; the others are read when they are first needed."""
        return face(self._names[0])

    def face_of(self, char: str) -> Face:
        """Return the first face that has ``char`` or its canonical equivalent, else the first, which draws 〓."""
        for wanted in (char, normalize("NFC", char)):
            for name in self._names:
                if wanted in face(name).characters:
                    return face(name)
        return self.first

    def advance(self, text: str) -> int:
        """Return the width of ``text`` in thousandths of the print size."""
        return sum(map(self._advances.__getitem__, text))

    def runs(self, text: str) -> Iterator[tuple[Face, str]]:
        """Split ``text`` into runs, each drawn from one face."""
        if self.first.characters.issuperset(text):
            yield self.first, text
        else:
            for drawn_from, chars in groupby(text, self.face_of):
                yield drawn_from, "".join(chars)


class _Advances(dict[str, int]):
    """Character → advance, filled as characters are met."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface

    def __missing__(self, char: str) -> int:
        advance = self[char] = self._typeface.face_of(char).advance(char)
        return advance


SONG = Typeface("NotoSerifSC-Regular", "NotoSansSC-Regular", "TouyanRare-Regular")  # 宋体
SONG_BOLD = Typeface("NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Regular", "TouyanRare-Regular")
HEI = Typeface("NotoSansSC-Bold", "NotoSansSC-Regular", "NotoSerifSC-Regular", "TouyanRare-Regular")  # 黑体


def shaped(text: str) -> str:
    """Return ``text`` without the marks that have no shape; a tab is a space."""
    return _SHAPELESS.sub("", text.replace("\t", " ")) if _SHAPELESS.search(text) else text


def missing_characters(text: str) -> tuple[str, ...]:
    """Return the characters of ``text`` that no shipped face draws, each once, in order."""
    if face("NotoSerifSC-Regular").characters.issuperset(text):
        return ()
    return tuple(char for char in dict.fromkeys(shaped(text)) if char != "\n" and not _drawn(char))


def _drawn(char: str) -> bool:
    return SONG.face_of(char).shape_of(char) != STAND_IN or char == STAND_IN
