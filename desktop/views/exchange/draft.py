"""An import under way: its files, what was read in them, what it would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, Signal

from desktop.models.errors import DesktopError
from desktop.models.services.importing import ImportResult
from desktop.models.workbooks.plan import ImportPlan, Outcome
from desktop.models.workbooks.roster_reader import ColumnId, ImportedRow, ImportReading
from desktop.office import Office
from desktop.views.jobs import Job, office_job
from desktop.views.widgets.busy import Progress

# that the chooser offers; the reader looks at the bytes
SUFFIXES = (".xlsx", ".xls", ".xlsm", ".ods", ".csv")
Columns = Mapping[ColumnId, str | None]


class StoppedError(DesktopError):
    """The officer did not want to wait for the files any longer."""

    def __init__(self) -> None:
        super().__init__("已停止读取。")


class ImportDraft(QObject):
    """Reads, plans and applies in jobs, one at a time; a new one takes the place of one whose answer is outdated."""

    began = Signal(str, bool)  # words on what is going on, whether it can be stopped
    moved = Signal(int, int)  # files read, files in all
    read = Signal()
    planned = Signal()
    applied = Signal(object)  # ImportResult
    failed = Signal(object)  # DesktopError

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self.paths: tuple[Path, ...] = ()
        self.reading: ImportReading | None = None
        self.plan: ImportPlan | None = None
        self.applying = False
        self._job: Job | None = None
        self._stop = Event()

    @property
    def idle(self) -> bool:
        """Whether nothing is going on."""
        return self._job is None

    @property
    def rows(self) -> int:
        """How many rows would be written."""
        counts = self.plan.counts if self.plan else {}
        return counts.get(Outcome.NEW, 0) + counts.get(Outcome.CHANGED, 0)

    def clear(self, paths: Sequence[Path] = ()) -> None:
        """Begin anew, with other files."""
        self.paths = tuple(paths)
        self.reading = self.plan = None

    def read_files(self, mapping: Columns) -> None:
        """Read the files, the columns taken for what ``mapping`` says, and plan."""
        self._stop = stop = Event()
        progress = Progress()
        progress.moved.connect(self.moved)
        paths, today = self.paths, date.today()

        def on_file(done: int, total: int) -> None:
            if stop.is_set():
                raise StoppedError
            progress(done, total)

        def work(office: Office) -> tuple[ImportReading, ImportPlan]:
            reading = office.imports.read(paths, today, mapping, on_file)
            return reading, office.imports.plan(reading, today)

        self._run(work, self._take_reading, "正在读取…", can_stop=True)

    def stop(self) -> None:
        """Do not wait any longer; the file being read is read to its end, and nobody looks at it."""
        self._stop.set()
        if self._job is not None:
            self._job.drop()
        self._fail(StoppedError())

    def correct(self, row: ImportedRow, field: str, text: str) -> None:
        """Write one cell otherwise, and plan again."""
        assert self.reading is not None
        place = (row.file, row.sheet, row.row)  # the row itself may have been read anew since it was shown
        rows = self.reading.rows
        index = next(i for i, known in enumerate(rows) if (known.file, known.sheet, known.row) == place)
        self.reading = self._office.imports.correct(self.reading, index, field, text, date.today())
        self.plan_again()

    def plan_again(self) -> None:
        """Decide once more what applying would do."""
        reading, today = self.reading, date.today()
        assert reading is not None
        self._run(lambda office: office.imports.plan(reading, today), self._take_plan, "正在核对…")

    def apply(self) -> None:
        """Write the plan."""
        plan, source = self.plan, "、".join(path.name for path in self.paths)
        assert plan is not None
        self.applying = True
        self._run(lambda office: office.imports.apply(plan, source), self._take_result, "正在备份并导入…")

    def _run(
        self,
        work: Callable[[Office], object],
        then: Callable[..., None],
        words: str,
        *,
        can_stop: bool = False,
    ) -> None:
        if self._job is not None:
            self._job.drop()
        self._job = job = office_job(self._office, work)
        job.done.connect(then)
        job.failed.connect(self._fail)
        self.began.emit(words, can_stop)
        job.start()

    def _take_reading(self, answer: tuple[ImportReading, ImportPlan]) -> None:
        self.reading, self.plan = answer
        self._job = None
        self.read.emit()

    def _take_plan(self, plan: ImportPlan) -> None:
        self.plan = plan
        self._job = None
        self.planned.emit()

    def _take_result(self, result: ImportResult) -> None:
        self._job, self.applying = None, False
        self.applied.emit(result)

    def _fail(self, error: DesktopError) -> None:
        refused, self._job, self.applying = self.applying, None, False
        if refused:  # most likely the roster moved on: show what would happen now
            self.plan_again()
        self.failed.emit(error)
