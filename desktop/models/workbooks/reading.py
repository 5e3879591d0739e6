"""Reading files: their bytes are taken once, another process makes plain values of them."""

from __future__ import annotations

from pathlib import Path

from desktop.models.confined.process import ConfinedProcess
from desktop.models.workbooks.refusals import (
    BusyFileError,
    EmptyFileError,
    LargeWorkbookError,
    MissingFileError,
    UnreadableWorkbookError,
    WorkbookError,
)
from desktop.models.workbooks.sheets import Limits, Sheet, Workbook


def read_sheets(path: Path, *, limits: Limits | None = None) -> tuple[Sheet, ...]:
    """Read the visible sheets of one file; ``WorkbookReader`` is for several, and tells hidden ones too.

    Raises:
        WorkbookError: the file cannot be read; its words say why and what to do.
    """
    with WorkbookReader(limits) as reader:
        return reader.read(path).sheets


class WorkbookReader(ConfinedProcess[[str, bytes, Limits], Workbook | WorkbookError]):
    """Reads files in a process of its own, one after another; close it after the last."""

    def __init__(self, limits: Limits | None = None) -> None:
        # the parsers, which no start-up should wait for
        from desktop.models.workbooks.child import read_bytes

        self._limits = limits or Limits()
        super().__init__(read_bytes, memory_bytes=self._limits.memory_bytes, seconds=self._limits.seconds)

    def read(self, path: Path) -> Workbook:
        """Read an .xlsx, .xls, .ods or .csv, told apart by content.

        Raises:
            WorkbookError: the file cannot be read; its words say why and what to do.
        """
        data = _bytes_of(path, self._limits)
        answer = self._ask(path.name, data)
        if isinstance(answer, WorkbookError):
            raise answer
        return answer

    def _ask(self, file: str, data: bytes) -> Workbook | WorkbookError:
        limits = self._limits
        try:
            return self.ask(file, data, limits)
        except TimeoutError as error:
            raise UnreadableWorkbookError(file, f"{limits.seconds:.0f} 秒没有读完") from error
        except (EOFError, OSError) as error:
            raise UnreadableWorkbookError(file, "读取时意外中断，文件可能已损坏，或者大得不正常") from error


def _bytes_of(path: Path, limits: Limits) -> bytes:
    if not path.is_file():
        raise MissingFileError(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(limits.file_bytes + 1)
    except FileNotFoundError as error:
        raise MissingFileError(path.name) from error
    except PermissionError as error:
        raise BusyFileError(path.name) from error
    except OSError as error:
        raise UnreadableWorkbookError(path.name, "磁盘或U盘读取出错") from error
    if not data:
        raise EmptyFileError(path.name)
    if len(data) > limits.file_bytes:
        raise LargeWorkbookError(path.name, f"文件超过 {limits.file_bytes >> 20} MB")
    return data
