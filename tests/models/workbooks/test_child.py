"""Hostile and damaged files end in words, and never in the program's own end."""

from __future__ import annotations

import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desktop.models.workbooks.reading import WorkbookReader
from desktop.models.workbooks.refusals import LargeWorkbookError, UnreadableWorkbookError, WorkbookError
from desktop.models.workbooks.sheets import Limits
from tests.models.workbooks.conftest import SAMPLES, Read
from tests.models.workbooks.packages import MAIN, data, ods, row, xlsx, zipped

_SAMPLE = SAMPLES / "01-标准花名册.xlsx"


def _far_corners_unseen() -> bytes:
    """Two cells, 17 thousand million apart, written so that the pre-scan overlooks them: calamine makes room for all."""
    rows = "<row><c r='A1'><v>1</v></c></row><row><c r='XFD1048576'><v>2</v></c></row>"
    return xlsx(f"<sheetData>{rows}</sheetData>")


def _countless_strings() -> bytes:
    """A table of shared strings that says it holds a million million; calamine believes it."""
    strings = f'<sst xmlns="{MAIN}" count="1" uniqueCount="1000000000000"><si><t>x</t></si></sst>'
    return xlsx(data(row(1, '<c r="A1" t="s"><v>0</v></c>')), strings=strings)


def _one_long_string_everywhere() -> bytes:
    """30,000 characters, shown by 100,000 cells."""
    cells = (row(n, f'<c r="A{n}" t="s"><v>0</v></c>') for n in range(1, 100_001))
    return xlsx(data(*cells), strings=f"<si><t>{'长' * 30_000}</t></si>")


@pytest.mark.parametrize("content", [_far_corners_unseen(), _countless_strings()], ids=["corners", "strings"])
def test_a_file_that_aborts_the_parser_is_refused_and_the_next_one_read(
    reader: WorkbookReader, read: Read, content: bytes
) -> None:
    assert len(content) < 4700

    with pytest.raises(UnreadableWorkbookError, match="意外中断"):
        read(content)

    assert reader.read(_SAMPLE).sheets


@pytest.mark.skipif(sys.platform == "win32", reason="a job object ends the process, with other words")
def test_memory_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "长.xlsx"
    path.write_bytes(_one_long_string_everywhere())

    with (
        WorkbookReader(Limits(memory_bytes=256 << 20)) as reader,
        pytest.raises((LargeWorkbookError, UnreadableWorkbookError), match="“长"),
    ):
        reader.read(path)


def test_entities_that_multiply_are_refused(read: Read) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "x">{entities}]><x>&e8;</x>'
    manifest = {"META-INF/manifest.xml": "opendocument.spreadsheet"}

    for parts in ({"xl/workbook.xml": bomb}, {"content.xml": bomb, **manifest}):
        with pytest.raises(UnreadableWorkbookError):
            read(zipped(parts))


def test_a_file_that_takes_too_long_is_given_up_and_the_next_one_read(tmp_path: Path) -> None:
    path = tmp_path / "慢.csv"
    path.write_bytes(b"a,b,c,d\n" * 400_000)
    with WorkbookReader(Limits(seconds=0)) as reader:
        for _ in range(2):  # the second with a process of its own
            with pytest.raises(UnreadableWorkbookError, match="0 秒没有读完"):
                reader.read(path)


def test_the_reading_process_loads_nothing_big() -> None:
    big = (
        "{'PySide6', 'reportlab', 'sqlite3', 'sqlite_utils', 'sqlcipher3', 'xlsxwriter', 'pypinyin', 'click'}"
    )
    program = f"import sys, desktop.models.workbooks.child; print(sorted({big} & set(sys.modules)))"

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout == "[]\n"


def _unpacked_and_broken(package: bytes, chance: random.Random) -> bytes:
    """Break one part inside a zip, so that the parsers see it."""
    broken = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(broken, "w", ZIP_DEFLATED) as new:
        victim = chance.choice([name for name in old.namelist() if "theme" not in name])
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _broken(content, chance) if name == victim else content)
    return broken.getvalue()


def _broken(content: bytes, chance: random.Random) -> bytes:
    """Flip some bits, or cut the end off."""
    if chance.random() < 0.2:
        return content[: chance.randrange(len(content))]
    flipped = bytearray(content)
    for _ in range(chance.choice((1, 1, 4, 32))):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def test_300_broken_files_are_read_or_refused(read: Read) -> None:
    chance = random.Random(20261124)
    table = '<table:table table:name="表"><table:table-row><table:table-cell office:value-type="float" \
office:value="1985.1"><text:p>1985.10</text:p></table:table-cell></table:table-row></table:table>'
    whole = [path.read_bytes() for path in sorted(SAMPLES.glob("0[1-7]*")) if path.suffix != ".json"]
    whole.append(ods(table))
    refused = 0
    for number in range(300):
        content = whole[number % len(whole)]
        break_it = _unpacked_and_broken if number % 2 and content.startswith(b"PK") else _broken
        try:
            read(break_it(content, chance))
        except WorkbookError:
            refused += 1

    assert 0 < refused < 300
