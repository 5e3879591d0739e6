"""Work that takes longer than a blink: one worker thread, plain values in and out."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from desktop.models.errors import DesktopError

if TYPE_CHECKING:
    from desktop.office import Office

_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class Job(QObject):
    """A piece of work; connect ``done`` and ``failed`` to methods of widgets, then start it.

    ``failed`` carries the DesktopError; any other exception is raised again in the window's thread.
    Keep no reference: a started job lives until its answer was delivered.
    """

    done = Signal(object)
    failed = Signal(object)
    finished = Signal()  # whatever came of it
    _answered = Signal(object, object)

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self._dropped = False
        self._answered.connect(self._deliver)  # queued: the answer comes from the worker thread

    def start(self) -> None:
        """Queue the work: one writer, so jobs wait for each other."""
        gc.disable()  # in the worker's thread it would take apart what is the window's, and crash
        _running.add(self)
        _pool().start(_Run(self))

    def drop(self) -> None:
        """Nobody waits for the answer any more; work that has not begun is skipped."""
        self._dropped = True

    def _run(self) -> None:
        answer: object = None
        error: Exception | None = None
        if not self._dropped:
            try:
                answer = self._work()
            except Exception as caught:
                error = caught
        self._answered.emit(answer, error)

    def _deliver(self, answer: object, error: Exception | None) -> None:
        _running.discard(self)
        if not _running:
            gc.enable()
        try:
            if self._dropped:
                _LOG.info("a job's answer was no longer wanted")
            elif error is None:
                self.done.emit(answer)
            elif isinstance(error, DesktopError):
                self.failed.emit(error)
            else:
                raise error
        finally:
            self.finished.emit()


class _Run(QRunnable):
    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    def run(self) -> None:
        """Called by the pool."""
        self._job._run()


_running: set[Job] = set()
_ending = Event()
_pools: list[QThreadPool] = []


def office_job(office: Office, work: Callable[[Office], T]) -> Job:
    """A job on the same office over a connection of its own."""

    def worked() -> T:
        worker = office.worker()
        try:
            return work(worker)
        finally:
            worker.release()

    return Job(worked)


def running() -> int:
    """How many jobs have not been answered yet."""
    return len(_running)


def ending() -> bool:
    """Whether the application is being closed: work that may be stopped had better end now."""
    return _ending.is_set()


def wait_for_all() -> None:
    """Let all work end, as closing the application does; nobody waits for the answers any more."""
    _ending.set()
    _pool().waitForDone()
    for job in _running:
        job.drop()
    _ending.clear()


def _pool() -> QThreadPool:
    if not _pools:
        pool = QThreadPool()
        pool.setMaxThreadCount(1)
        _pools.append(pool)
    return _pools[0]
