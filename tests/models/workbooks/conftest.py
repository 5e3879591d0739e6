"""One reading process for all tests of workbooks, which they may break."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.models.workbooks.reading import WorkbookReader
from desktop.models.workbooks.sheets import Sheet, Workbook

SAMPLES = Path(__file__).parents[2] / "data" / "samples"

Read = Callable[[bytes], Workbook]
ReadSheet = Callable[[bytes], Sheet]


@pytest.fixture(scope="session")
def reader() -> Iterator[WorkbookReader]:
    """A reader with the program's own limits."""
    with WorkbookReader() as reader:
        yield reader


@pytest.fixture
def read(reader: WorkbookReader, tmp_path: Path) -> Read:
    """Read bytes as a file of some name."""

    def read(data: bytes) -> Workbook:
        path = tmp_path / "报表.xlsx"
        path.write_bytes(data)
        return reader.read(path)

    return read


@pytest.fixture
def read_sheet(read: Read) -> ReadSheet:
    """Read bytes that hold one sheet."""

    def read_sheet(data: bytes) -> Sheet:
        (sheet,) = read(data).sheets
        return sheet

    return read_sheet
