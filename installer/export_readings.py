"""Write resources/codes/readings.txt from pypinyin's dictionary: importing pypinyin itself costs 0.1 s and 55 MB."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from pypinyin.constants import PINYIN_DICT

TARGET = Path(__file__).parent.parent / "resources" / "codes" / "readings.txt"


def toneless(reading: str) -> str:
    """``lǚ`` → ``lv``, as input methods spell it."""
    marked = unicodedata.normalize("NFD", reading.replace("ü", "v").translate(str.maketrans("ǖǘǚǜ", "vvvv")))
    return "".join(c for c in marked if c.isascii() and c.isalpha())


def main() -> None:
    """One line a character: the character, a tab, its readings."""
    lines = []
    for code, readings in sorted(PINYIN_DICT.items()):
        plain = dict.fromkeys(filter(None, map(toneless, readings.split(","))))
        if plain:
            lines.append(f"{chr(code)}\t{' '.join(plain)}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
