"""What the reading process does with a file; it imports little, to start quickly."""

from __future__ import annotations

from collections.abc import Callable

from desktop.models.confined.serving import place_of
from desktop.models.workbooks.delimited import read_delimited
from desktop.models.workbooks.ods import read_ods
from desktop.models.workbooks.prescan import DAMAGED, Kind, kind_of
from desktop.models.workbooks.refusals import LargeWorkbookError, UnreadableWorkbookError, WorkbookError
from desktop.models.workbooks.sheets import Limits, Workbook
from desktop.models.workbooks.xls import read_xls
from desktop.models.workbooks.xlsx import read_xlsx

_READERS: dict[Kind, Callable[[str, bytes, Limits], Workbook]] = {
    Kind.XLSX: read_xlsx,
    Kind.XLS: read_xls,
    Kind.ODS: read_ods,
    Kind.TEXT: read_delimited,
}


def read_bytes(file: str, data: bytes, limits: Limits) -> Workbook | WorkbookError:
    """Read the content of a file, or say why it cannot be read; ``file``, its name, is only for the words."""
    try:
        return _READERS[kind_of(file, data, limits)](file, data, limits)
    except WorkbookError as refusal:
        return refusal
    except MemoryError:
        return LargeWorkbookError(file, f"读取它要用的内存超过 {limits.memory_bytes >> 20} MB")
    except Exception as error:  # parsers raise anything at a damaged file
        damaged = UnreadableWorkbookError(file, DAMAGED)
        damaged.add_note(place_of(error))
        return damaged
