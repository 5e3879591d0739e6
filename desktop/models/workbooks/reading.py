"""Reading files: their bytes are taken once, another process makes plain values of them."""

from __future__ import annotations

import multiprocessing
import pickle
from pathlib import Path
from types import TracebackType
from typing import Self

from desktop.models.workbooks.refusals import (
    BusyFileError,
    EmptyFileError,
    LargeWorkbookError,
    MissingFileError,
    UnreadableWorkbookError,
    WorkbookError,
)
from desktop.models.workbooks.sheets import Limits, Sheet, Workbook

_SPAWN = multiprocessing.get_context("spawn")  # Windows knows no other; a fork would copy the whole office
_START_SECONDS = 60.0  # a virus scanner may look at every file of the program


def read_sheets(path: Path, *, limits: Limits | None = None) -> tuple[Sheet, ...]:
    """Read the visible sheets of one file; ``WorkbookReader`` is for several, and tells hidden ones too.

    Raises:
        WorkbookError: the file cannot be read; its words say why and what to do.
    """
    with WorkbookReader(limits) as reader:
        return reader.read(path).sheets


class WorkbookReader:
    """Reads files in a process of its own, started at the first file and again after one that broke it.

    For one thread at a time. A frozen program must call ``multiprocessing.freeze_support()`` first of all, and
    what ``__main__`` imports at its top the process imports too.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        """Close it after the last file."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.close()
            self._child = None

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
        try:
            if self._child is None:
                self._child = _Child(self._limits)
            return self._child.ask(file, data)
        except TimeoutError as error:
            self.close()
            raise UnreadableWorkbookError(file, f"{self._limits.seconds:.0f} 秒没有读完") from error
        except (EOFError, OSError) as error:
            self.close()
            raise UnreadableWorkbookError(file, "读取时意外中断，文件可能已损坏，或者大得不正常") from error


class _Child:
    """The reading process and the pipes to it, one each way: a two-way pipe would be a socket."""

    def __init__(self, limits: Limits) -> None:
        from desktop.models.workbooks.child import serve  # the parsers, which no start-up should wait for

        self._limits = limits
        requests, self._requests = _SPAWN.Pipe(duplex=False)
        self._answers, answers = _SPAWN.Pipe(duplex=False)
        self._process = _SPAWN.Process(target=serve, args=(requests, answers, limits), daemon=True)
        try:
            self._process.start()
        finally:
            requests.close()
            answers.close()
        self._receive(_START_SECONDS)

    def ask(self, file: str, data: bytes) -> Workbook | WorkbookError:
        """Have one file read.

        Raises:
            TimeoutError: it takes too long.
            OSError, EOFError: the process died.
        """
        self._requests.send_bytes(file.encode("utf-8", "surrogateescape"))
        self._requests.send_bytes(data)
        answer: Workbook | WorkbookError = pickle.loads(self._receive(self._limits.seconds))
        return answer

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._requests.close()
        self._answers.close()

    def _receive(self, seconds: float) -> bytes:
        if not self._answers.poll(seconds):
            raise TimeoutError
        return self._answers.recv_bytes(self._limits.memory_bytes)


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
