"""A dossier being written: what is going on in words, and a way to stop it."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.models.errors import DesktopError
from desktop.models.services.dossiers import DossierRequest
from desktop.views.jobs import ending, office_job

if TYPE_CHECKING:
    from desktop.office import Office


class StoppedError(DesktopError):
    """A person stopped the writing."""

    def __init__(self) -> None:
        super().__init__("已停止，没有生成备检包，也没有留下文件。")


class DossierRun(QObject):
    """Writes one dossier in a job; ``done`` carries a WrittenDossier, ``failed`` words, ``ended`` comes in any case."""

    moved = Signal(int, int, str)  # ledgers done, ledgers in all, words
    done = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, office: Office, request: DossierRequest, path: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.path = path
        self._stop = Event()
        self._job = office_job(office, lambda worker: worker.dossiers.write(request, path, self._step))
        self._job.done.connect(self.done)
        self._job.failed.connect(self.failed)
        self._job.finished.connect(self.ended)

    def start(self) -> None:
        """Begin."""
        self._job.start()

    def stop(self) -> None:
        """End it before the next sheet or ledger."""
        self._stop.set()

    def _step(self, done: int, total: int, words: str) -> None:
        """Called in the worker thread."""
        if self._stop.is_set() or ending():
            raise StoppedError
        self.moved.emit(done, total, words)
