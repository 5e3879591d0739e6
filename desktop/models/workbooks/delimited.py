"""Reading separated values (.csv, and the tab-separated “Unicode text” of Excel)."""

from __future__ import annotations

import csv
import re
from io import StringIO
from itertools import islice
from pathlib import Path

from desktop.models.workbooks.refusals import EmptyFileError, LargeWorkbookError, UnreadableWorkbookError
from desktop.models.workbooks.sheets import Limits, Workbook, assemble

_SEPARATORS = (",", "\t", ";")
_SAMPLE_ROWS = 50
_OTHER_THAN_ASCII = re.compile(r"[^\x00-\x7f]")


def read_delimited(file: str, data: bytes, limits: Limits) -> Workbook:
    """Read separated values in UTF-8, UTF-16 with its mark, or GB 18030; every cell is text. The sheet goes by the
    file's name, as in Excel.

    Raises:
        EmptyFileError: nothing but white space.
        LargeWorkbookError: more cells than ``limits.cells``.
        UnreadableWorkbookError: text in another encoding, or damaged.
    """
    text = _decoded(file, data)
    if not text.strip():
        raise EmptyFileError(file)
    separator = max(_SEPARATORS, key=lambda character: _separated(text, character))
    rows: list[list[str]] = []
    width = 1
    for row in csv.reader(StringIO(text, newline=""), delimiter=separator):
        width = max(width, len(row))
        rows.append(row)
        if len(rows) * width > limits.cells:
            raise LargeWorkbookError(file, f"超过 {len(rows)} 行、{width} 列")
    return Workbook(sheets=(assemble(Path(file).stem, rows),))


def _decoded(file: str, data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # Damaged UTF-8, which GB 18030 would read as nonsense.
    if broken * 10 < len(_OTHER_THAN_ASCII.findall(text)):
        raise UnreadableWorkbookError(file, f"里面有 {broken} 处文字损坏")
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableWorkbookError(file, "文字编码既不是 UTF-8 也不是 GB18030，或者文件已损坏") from error


def _separated(text: str, separator: str) -> int:
    """How many times a character separates in the first rows, quoted ones left out."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
    return sum(len(row) - 1 for row in islice(rows, _SAMPLE_ROWS) if row)
