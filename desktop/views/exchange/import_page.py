"""The import page (导入): choose files, see which column is which, check what would happen, done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import IntEnum
from pathlib import Path
from threading import Event
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QWidget

from desktop.models.errors import DesktopError
from desktop.models.services.importing import ImportResult
from desktop.models.workbooks.plan import ImportPlan, Outcome
from desktop.models.workbooks.roster_reader import ImportedRow, ImportReading
from desktop.office import Office
from desktop.views import theme
from desktop.views.errors import told
from desktop.views.exchange.done_step import DoneStep
from desktop.views.exchange.mapping_step import MappingStep
from desktop.views.exchange.plan_lines import DOUBTFUL
from desktop.views.exchange.review_step import ReviewStep
from desktop.views.exchange.steps import Steps
from desktop.views.jobs import Job, office_job
from desktop.views.page import Page, Request
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy, Progress
from desktop.views.widgets.drop_area import DropArea

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
_TITLES = ("选文件", "对应列", "核对", "完成")


_REFUSALS_SHOWN = 3


class Step(IntEnum):
    """Where one is in an import."""

    FILES = 0
    MAPPING = 1
    REVIEW = 2
    DONE = 3


class _StoppedError(DesktopError):
    """The officer did not want to wait for the files any longer."""

    def __init__(self) -> None:
        super().__init__("已停止读取。")


class _Draft(NamedTuple):
    """What one job hands back: what was read, and what it would do."""

    reading: ImportReading
    plan: ImportPlan


class ImportPage(Page):
    """Leads from files to a changed roster; nothing is written before 确认导入."""

    name = "import"
    title = "导入名册"
    icon = "import"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._paths: tuple[Path, ...] = ()
        self._draft: _Draft | None = None
        self._result: ImportResult | None = None
        self._remapped = False
        self._job: Job | None = None
        self._stop = Event()
        self._build_steps()
        self._build_foot()
        self._go(Step.FILES)

    def _build_steps(self) -> None:
        self.steps = Steps(_TITLES)
        self.drop_area = DropArea("把村里报来的花名册拖到这里，可以一次拖几个", "选择文件…", SUFFIXES)
        self.mapping = MappingStep()
        self.review = ReviewStep()
        self.done = DoneStep()
        self._pages = (self.drop_area, self.mapping, self.review, self.done)
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
        self.words = QLabel()
        self.words.setWordWrap(True)
        theme.set_tone(self.words, Tone.ERROR)
        for widget in (self.steps, self.words):
            self.body.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.steps.chosen.connect(self._choose_step)
        self.drop_area.dropped.connect(self.read_files)
        self.mapping.remapped.connect(self._note_remapping)
        self.review.corrected.connect(self._correct)
        self.done.undo_wanted.connect(self._undo)
        self.done.save_wanted.connect(self._open_save)
        self.done.roster_wanted.connect(self._ask_for_roster)
        self.done.again_wanted.connect(self._start_again)

    def _build_foot(self) -> None:
        self.busy = Busy()
        self.busy.stopped.connect(self._stop_reading)
        self.back = QPushButton("上一步")
        self.back.clicked.connect(self._go_back)
        self.forward = theme.primary(QPushButton())
        self.forward.clicked.connect(self._go_forward)
        foot = QHBoxLayout()
        foot.addWidget(self.busy)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.forward)
        self.body.addLayout(foot)

    @property
    def step(self) -> Step:
        """Where one is."""
        return Step(self._stack.currentIndex())

    def take(self, request: Request) -> None:
        """Read files that were dropped on another page."""
        if request.files:
            self.read_files(request.files)

    def refresh(self) -> None:
        """The roster changed elsewhere: what an import would do may differ now."""
        if self.step is Step.REVIEW:
            self._plan_again()

    def read_files(self, paths: Sequence[Path]) -> None:
        """Begin anew with other files."""
        self._paths = tuple(paths)
        self._draft = self._result = None
        self.mapping.forget()
        self._go(Step.FILES)
        self._read()

    def _read(self) -> None:
        """Read the files with the mapping as it is, and plan, away from the window's thread."""
        self._stop = stop = Event()
        progress = Progress()
        progress.moved.connect(self._show_progress)
        paths, mapping, today = self._paths, self.mapping.mapping, date.today()

        def on_file(done: int, total: int) -> None:
            if stop.is_set():
                raise _StoppedError
            progress(done, total)

        def work(office: Office) -> _Draft:
            reading = office.imports.read(paths, today, mapping, on_file)
            return _Draft(reading, office.imports.plan(reading, today))

        self._run(work, self._take_reading, "正在读取…", can_stop=True)

    def _run(
        self,
        work: Callable[[Office], object],
        then: Callable[..., None],
        words: str,
        *,
        can_stop: bool = False,
    ) -> Job:
        if self._job is not None:
            self._job.drop()
        self._job = job = office_job(self.office, work)
        job.done.connect(then)
        job.failed.connect(self._show_failure)
        self.words.hide()
        self.busy.begin(words, can_stop=can_stop)
        self._allow()
        job.start()
        return job

    def _settled(self) -> None:
        self._job = None
        self.busy.end()

    def _stop_reading(self) -> None:
        """Do not wait any longer; the file being read is read to its end, and nobody looks at it."""
        self._stop.set()
        if self._job is not None:
            self._job.drop()
        self._show_failure(_StoppedError())

    def _show_progress(self, done: int, total: int) -> None:
        if self._job is not None and total > 1:
            self.busy.advance(
                done, total, f"正在读取第 {done + 1} / {total} 个文件：{self._paths[done].name}"
            )

    def _show_failure(self, error: DesktopError) -> None:
        self._settled()
        self._say(str(error))
        self._allow()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _take_reading(self, draft: _Draft) -> None:
        self._settled()
        self._remapped = False
        if not draft.reading.tables:
            refusals = [f"{p.file}：{p.message}" for p in draft.reading.problems[:_REFUSALS_SHOWN]]
            self._say("\n".join(refusals) or "文件里没有数据。")
            self._allow()
            return
        self._draft = draft
        self.mapping.show_reading(draft.reading)
        self.review.show_plan(draft.plan, draft.reading.unread, afresh=True)
        self._go(Step.REVIEW if self.mapping.complete else Step.MAPPING)
        if self.step is Step.REVIEW and not draft.reading.problems:
            self.forward.setFocus()  # nothing to put right: one key imports

    def _take_plan(self, draft: _Draft) -> None:
        self._settled()
        self._draft = draft
        self.review.show_plan(draft.plan, draft.reading.unread, afresh=False)
        self._allow()
        if self.review.titles.currentIndex() == DOUBTFUL and not draft.reading.problems:
            self.forward.setFocus()  # the last doubt is settled, its table is gone

    def _correct(self, row: ImportedRow, field: str, text: str) -> None:
        assert self._draft is not None
        reading = self._draft.reading
        place = (row.file, row.sheet, row.row)
        index = next(i for i, r in enumerate(reading.rows) if (r.file, r.sheet, r.row) == place)
        corrected = self.office.imports.correct(reading, index, field, text, date.today())
        self._draft = self._draft._replace(reading=corrected)
        self._plan_again()

    def _plan_again(self) -> None:
        assert self._draft is not None
        reading, today = self._draft.reading, date.today()
        self._run(
            lambda office: _Draft(reading, office.imports.plan(reading, today)), self._take_plan, "正在核对…"
        )

    def _apply(self) -> None:
        assert self._draft is not None
        plan, source = self._draft.plan, "、".join(path.name for path in self._paths)
        job = self._run(
            lambda office: office.imports.apply(plan, source), self._take_result, "正在备份并导入…"
        )
        job.failed.connect(self._note_refused)

    def _note_refused(self, error: DesktopError) -> None:
        """The roster moved on since the plan was made: show what would happen now, and why nothing did."""
        self._plan_again()
        self._say(str(error))

    def _take_result(self, result: ImportResult) -> None:
        assert self._draft is not None
        self._settled()
        self._result = result
        self.done.show_result(result, len(self._draft.plan.doubtful))
        self._go(Step.DONE)
        if result.seq is not None:
            self.changed.emit(f"已导入：新增 {result.added} 人，修改 {result.changed} 人")

    def _go(self, step: Step) -> None:
        self._stack.setCurrentIndex(step)
        self._say("")
        self._allow()
        self._pages[step].begin()

    def _allow(self) -> None:
        """Open what can be done at this step, now."""
        idle, step = self._job is None, self.step
        begun = self._draft is not None and step is not Step.DONE
        self.steps.show_step(
            step, can_reach=(idle, idle and begun, idle and begun and not self._remapped, False)
        )
        self.drop_area.setEnabled(idle)
        self.back.setVisible(step in (Step.MAPPING, Step.REVIEW))
        self.back.setEnabled(idle)
        self.forward.setVisible(step in (Step.MAPPING, Step.REVIEW))
        self.forward.setText("下一步：核对" if step is Step.MAPPING else self._deed())
        self.forward.setEnabled(idle and (step is Step.MAPPING or self._writes()))

    def _writes(self) -> bool:
        return self._draft is not None and self._draft.plan.writes

    def _deed(self) -> str:
        if not self._writes():
            return "没有要导入的"
        assert self._draft is not None
        counts = self._draft.plan.counts
        return f"确认导入 {counts[Outcome.NEW] + counts[Outcome.CHANGED]} 行"

    def _choose_step(self, step: int) -> None:
        if self.step is Step.DONE:
            self._start_again()
        else:
            self._go(Step(step))

    def _go_back(self) -> None:
        self._go(Step(self.step - 1))

    def _go_forward(self) -> None:
        if self.step is Step.REVIEW:
            self._apply()
        elif self._remapped:
            self._read()
        else:
            self._go(Step.REVIEW)

    def _note_remapping(self) -> None:
        self._remapped = True
        self._allow()

    def _start_again(self) -> None:
        self._draft = self._result = None
        self._go(Step.FILES)

    def _ask_for_roster(self) -> None:
        self.asked.emit(Request(page="roster"))

    def _undo(self) -> None:
        assert self._result is not None
        with told(self):
            self.office.history.undo(self._result.seq)
            self.done.show_undone()
            self.undone.emit("已撤销本次导入")

    def _open_save(self) -> None:
        dialog = QFileDialog(self, "保存未导入的行")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("Excel 工作簿 (*.xlsx)")
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile("未导入的行.xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_refused)
        dialog.open()

    def save_refused(self, name: str) -> None:
        """Write the doubtful rows, with the reasons, as a workbook."""
        assert self._draft is not None
        with told(self):
            rows = self.office.imports.save_refused(self._draft.plan, Path(name))
            self.noted.emit(f"已保存 {rows} 行到 {Path(name).name}")
