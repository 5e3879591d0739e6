"""The process that reads files: what a hostile file breaks is only this. It imports little, to start quickly."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.models.workbooks.confinement import confine
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


def serve(requests: Connection, answers: Connection, limits: Limits) -> None:
    """Answer requests, each a file's name and its bytes, with a workbook or why there is none, until there are no more.

    The first answer, empty, says that the process is ready.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    _silence()
    confine(limits.memory_bytes)
    gc.disable()  # a tenth faster: thousands of rows are made, and none of them in a circle
    answers.send_bytes(b"")
    while True:
        try:
            file = requests.recv_bytes().decode()
            data = requests.recv_bytes()
        except EOFError:
            return
        answers.send_bytes(pickle.dumps(read_bytes(file, data, limits), pickle.HIGHEST_PROTOCOL))
        gc.collect()


def _silence() -> None:
    """What parsers print before they abort may hold personal data, and nobody would read it."""
    with Path(os.devnull).open("wb") as nowhere:
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)
    sys.stdout = sys.stderr = None


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
        damaged.add_note(_where(error))
        return damaged


def _where(error: Exception) -> str:
    """The place of an error, for the log; its own words may hold what stood in a cell."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
