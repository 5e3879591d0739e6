"""Write resources/codes/strokes.txt: characters in the order of strokes (GF 3003-1999), from packages.

The order of 20,897 characters is the ranks in the data of PyPI's ``cn-sort`` (MIT), whose package would bring jieba and
numpy; the stroke counts of all others are Unihan's kTotalStrokes (Unicode licence), from Debian's ``unicode-data``.
Needs ``pip``, ``apt-get`` and ``dpkg-deb`` on the path. Nothing at run time calls it: its result is committed.
"""

from __future__ import annotations

import bz2
import json
import subprocess
import sys
import tempfile
import zipfile
from bisect import bisect_right
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "codes" / "strokes.txt"
CN_SORT = "cn-sort==0.14.0"
UNIHAN = "usr/share/unicode/Unihan_IRGSources.txt.bz2"


def main() -> None:
    """One line a number of strokes: characters in their order, a tab, those that are only counted."""
    with tempfile.TemporaryDirectory() as folder:
        ordered = ranked_characters(Path(folder))
        counts = stroke_counts(Path(folder))
    known = sorted(counts[char] for char in ordered)
    lines = []
    for count in range(1, max(counts.values()) + 1):
        first, end = bisect_right(known, count - 1), bisect_right(known, count)
        others = sorted(char for char in counts.keys() - set(ordered) if counts[char] == count)
        lines.append(f"{''.join(ordered[first:end])}\t{''.join(others)}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def ranked_characters(folder: Path) -> list[str]:
    """Characters in the order of GF 3003-1999, as ``cn-sort`` has them."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), CN_SORT]
    subprocess.run(pip, check=True)
    (wheel,) = folder.glob("cn_sort-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        words = json.loads(archive.read("cn_sort/res/all_word.json"))["all_word"]
    ranks = {word["chinese"]: word["stroke_increment_level"] for word in words if len(word["chinese"]) == 1}
    return sorted((char for char in ranks if "一" <= char <= "\u9fa5"), key=ranks.__getitem__)


def stroke_counts(folder: Path) -> dict[str, int]:
    """Number of strokes of every ideograph, Unihan's first value (the mainland's)."""
    subprocess.run(["apt-get", "download", "unicode-data"], cwd=folder, check=True)
    (package,) = folder.glob("unicode-data_*.deb")
    subprocess.run(["dpkg-deb", "-x", package.name, "."], cwd=folder, check=True)
    counts = {}
    for line in bz2.decompress((folder / UNIHAN).read_bytes()).decode("utf-8").splitlines():
        if "\tkTotalStrokes\t" in line:
            code, _, values = line.split("\t")
            counts[chr(int(code[2:], 16))] = int(values.split()[0])
    return counts


if __name__ == "__main__":
    main()
