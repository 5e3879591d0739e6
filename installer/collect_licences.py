"""Write resources/licences: the texts that must be shipped with what the frozen program holds (run on Debian)."""

from __future__ import annotations

import re
import sysconfig
from importlib.metadata import distribution
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "licences"
# Debian keeps the texts that many share.
COMMON = Path("/usr/share/common-licenses")
SHARED = ("Apache-2.0", "GPL-3", "LGPL-3")
# What is frozen, and PyInstaller for its start-up program, QtAwesome and pypinyin for what we derive from them.
DISTRIBUTIONS = (
    *("cffi", "click", "click-default-group", "cryptography", "pi-heif", "pillow", "pluggy"),
    *("pycparser", "pyinstaller", "pypdfium2", "pypinyin", "python-calamine", "python-dateutil"),
    *("QtAwesome", "reportlab", "sqlcipher3"),
    *("sqlite-fts4", "sqlite-utils", "tabulate", "typing_extensions", "xlrd", "XlsxWriter"),
)
ELSEWHERE = re.compile(r"/(android|v8_xfa|pbin_musl|cibw_musl)/")  # parts of pypdfium2 for systems not ours


def main() -> None:
    """One text a component; SQLCipher's and the list itself are written by hand."""
    for name in SHARED:
        write(name, [COMMON / name])
    write("Python", [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"])
    for name in DISTRIBUTIONS:
        files = [Path(str(file.locate())) for file in distribution(name).files or ()]
        inside = [file for file in files if ".dist-info" in str(file)]
        write(
            name,
            [
                file
                for file in inside
                if re.search("(?i)licen[cs]e|copying", file.as_posix().partition(".dist-info/")[2])
            ],
        )


def write(name: str, files: list[Path]) -> None:
    """Write the texts below each other, each under its file's name where there are several."""
    files = sorted(file for file in files if not ELSEWHERE.search(file.as_posix()))
    if not files:
        raise FileNotFoundError(f"no licence in {name}")
    texts = [decoded(file.read_bytes()).replace("\f", "\n").replace("\r\n", "\n").strip() for file in files]
    if len(files) > 1:
        texts = [
            f"{file.name}\n{'=' * len(file.name)}\n\n{text}" for file, text in zip(files, texts, strict=True)
        ]
    body = "\n\n\n".join(texts) + "\n"
    (TARGET / f"{name}.txt").write_text(body, encoding="utf-8", newline="\n")


def decoded(data: bytes) -> str:
    """The text of a file; FreeType's is Latin-1."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


if __name__ == "__main__":
    main()
