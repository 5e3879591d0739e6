"""Fetch the fonts by package name, check them, and make what resources/fonts holds (a developer's tool, run on Debian).

Needs ``npm``, ``apt-get`` and ``dpkg-deb`` on the path, and fonttools. Nothing at run time calls it: its results are committed.
"""

from __future__ import annotations

import bz2
import hashlib
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib.scaleUpem import scale_upem  # type: ignore[import-untyped]  # ships no types

FONTS = Path(__file__).parent.parent / "resources" / "fonts"
SERIF = "@expo-google-fonts/noto-serif-sc@0.4.3"
SANS = "@expo-google-fonts/noto-sans-sc@0.4.3"
UNIHAN = "usr/share/unicode/Unihan_"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a package of npm (``NAME@VERSION``) or Debian, and the SHA-256 it must have."""

    package: str
    member: str
    sha256: str


SERIF_REGULAR = Source(
    SERIF,
    "package/400Regular/NotoSerifSC_400Regular.ttf",
    "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
)
SERIF_BOLD = Source(
    SERIF,
    "package/700Bold/NotoSerifSC_700Bold.ttf",
    "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
)
SANS_REGULAR = Source(
    SANS,
    "package/400Regular/NotoSansSC_400Regular.ttf",
    "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
)
SANS_BOLD = Source(
    SANS,
    "package/700Bold/NotoSansSC_700Bold.ttf",
    "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
)
HANAZONO_B = Source(
    "fonts-hanazono",
    "usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c",
)
UNIHAN_SOURCES = Source(
    "unicode-data",
    UNIHAN + "IRGSources.txt.bz2",
    "52e6e55d22dd124d61dfbb845033fe354caf9a62ab84ac89aa0c374b0f8b99c5",
)
UNIHAN_READINGS = Source(
    "unicode-data",
    UNIHAN + "Readings.txt.bz2",
    "216d9e19e44195522b84a05bf7308e385356615121258869faf919e96824ddd5",
)
UNIHAN_VARIANTS = Source(
    "unicode-data",
    UNIHAN + "Variants.txt.bz2",
    "42f42d18fe0368ca8dfb76d91bb2612b4bb34fe7960a4aa770687c0bf48a0cce",
)
UNIHAN_MAPPINGS = Source(
    "unicode-data",
    UNIHAN + "OtherMappings.txt.bz2",
    "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2",
)

# Extension B holds 42,720 characters, nearly all of them dictionary entries. Kept: those of a newer source than the two
# great dictionaries, those that are a variant of another character, and those with a reading whose radical is one that
# given names are made of.
DICTIONARIES = {"GKX", "GHZ", "G4K", "GH", "GU"}
# Zhuang, bronze inscriptions, dialect and script studies: no names there.
NOT_NAMES = {"GZ", "GZJW", "GPGLG", "GOCD", "GZFY"}
NAME_RADICALS = {32, 38, 46, 61, 72, 75, 85, 86, 96, 113, 167, 173, 212}  # 土女山心日木水火玉示金雨龙
ASKED_FOR = {0x251CD}  # 𥇍, met in a real name (rare_names.json)


def main() -> None:
    """Write the faces and SHA256SUMS; the license texts beside them are kept by hand."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        get = Packages(Path(folder)).get
        (FONTS / "NotoSerifSC-Regular.ttf").write_bytes(get(SERIF_REGULAR).read_bytes())
        (FONTS / "NotoSansSC-Regular.ttf").write_bytes(get(SANS_REGULAR).read_bytes())
        common = common_characters(get(UNIHAN_MAPPINGS))
        write_subset(get(SERIF_BOLD), common, FONTS / "NotoSerifSC-Bold.ttf")
        write_subset(get(SANS_BOLD), common, FONTS / "NotoSansSC-Bold.ttf")
        rare = rare_characters(get(UNIHAN_SOURCES), get(UNIHAN_READINGS), get(UNIHAN_VARIANTS))
        rare -= TTFont(FONTS / "NotoSerifSC-Regular.ttf", lazy=True).getBestCmap().keys()
        write_subset(get(HANAZONO_B), rare, FONTS / "TouyanRare-Regular.ttf", family="Touyan Rare")
    lines = [f"{sha256(path)}  {path.name}\n" for path in sorted(FONTS.glob("*.ttf"))]
    (FONTS / "SHA256SUMS").write_text("".join(lines), encoding="ascii")


class Packages:
    """Packages fetched with their registry's own client and unpacked, each once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, source: Source) -> Path:
        """Return the unpacked file of ``source``; a wrong sum ends the program."""
        place = self._folder / source.package.replace("/", "_")
        if not place.exists():
            place.mkdir()
            fetch = _from_npm if source.package.startswith("@") else _from_debian
            fetch(source.package, place)
        path = place / source.member
        if sha256(path) != source.sha256:
            raise SystemExit(
                f"{source.package}: {source.member} has SHA-256 {sha256(path)}, not {source.sha256}"
            )
        return path


def _from_npm(package: str, place: Path) -> None:
    subprocess.run(["npm", "pack", "--silent", package], cwd=place, check=True)
    (archive,) = place.glob("*.tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(place, filter="data")


def _from_debian(package: str, place: Path) -> None:
    subprocess.run(["apt-get", "download", package], cwd=place, check=True)
    (archive,) = place.glob("*.deb")
    subprocess.run(["dpkg-deb", "-x", archive.name, "."], cwd=place, check=True)


def sha256(path: Path) -> str:
    """Return the sum of a file as 64 hex digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unihan(path: Path, *fields: str) -> Iterator[tuple[int, str]]:
    """Yield code point and value of the lines of these fields of a Unihan file."""
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.rstrip().partition("\t")
            field, _, value = rest.partition("\t")
            if code.startswith("U+") and field in fields:
                yield int(code[2:], 16), value


def common_characters(mappings: Path) -> set[int]:
    """Return the code points of the bold faces: 通用规范汉字表 (8,105; Unihan's kTGH), GB 2312, Latin 1 and punctuation."""
    rows = (bytes((row, cell)) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    gb2312 = {ord(char) for pair in rows for char in pair.decode("gb2312", errors="ignore")}
    return (
        gb2312
        | {code for code, _ in unihan(mappings, "kTGH")}
        | {*range(0x20, 0x100), *range(0x2010, 0x2040)}
    )


def rare_characters(sources: Path, readings: Path, variants: Path) -> set[int]:
    """Return the code points outside the BMP that mainland sources have and that may stand in a name."""
    origin = {code: value.split("-")[0] for code, value in unihan(sources, "kIRG_GSource")}
    radical = {code: int(value.split(".")[0].strip("'")) for code, value in unihan(sources, "kRSUnicode")}
    read = {code for code, _ in unihan(readings, "kMandarin")}
    variant = {
        code for code, _ in unihan(variants, "kSimplifiedVariant", "kTraditionalVariant", "kSemanticVariant")
    }

    def may_be_a_name(code: int) -> bool:
        if code > 0x2A6DF:  # Extension C and later
            return origin[code] not in NOT_NAMES
        if code in variant or origin[code] not in DICTIONARIES:
            return True
        return code in read and radical[code] in NAME_RADICALS

    return {code for code in origin if code > 0xFFFF and may_be_a_name(code)} | ASKED_FOR


def write_subset(source: Path, codes: set[int], target: Path, family: str | None = None) -> None:
    """Write the glyphs of ``codes`` at 1,000 units an em, unhinted and without layout tables; rename if ``family``."""
    options = subset.Options(
        name_IDs=[*range(7), 13, 14],
        hinting=False,
        layout_features=[],
        glyph_names=False,
        notdef_outline=True,
    )
    options.drop_tables += ["BASE", "FFTM", "GDEF", "GPOS", "GSUB", "STAT", "prop", "vhea", "vmtx"]
    with subset.load_font(str(source), options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        scale_upem(font, 1000)
        if family:
            rename(font, family)
        font.save(target)


def rename(font: TTFont, family: str) -> None:
    """Give a subset a name of its own: “HanaMinB” is reserved by its license."""
    postscript = family.replace(" ", "") + "-Regular"
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in (0, 13, 14)]
    for name_id, text in {
        1: family,
        2: "Regular",
        3: postscript,
        4: family,
        5: "Version 1.0",
        6: postscript,
    }.items():
        names.setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    main()
