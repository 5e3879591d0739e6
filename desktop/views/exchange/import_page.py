"""The import page (导入): choose files, see which column is which, check what would happen, done."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QWidget

from desktop.models.errors import DesktopError
from desktop.models.services.importing import ImportResult
from desktop.office import Office
from desktop.views import theme
from desktop.views.errors import told
from desktop.views.exchange.done_step import DoneStep
from desktop.views.exchange.draft import SUFFIXES, ImportDraft
from desktop.views.exchange.mapping_step import MappingStep
from desktop.views.exchange.plan_lines import DOUBTFUL, tabs
from desktop.views.exchange.review_step import ReviewStep
from desktop.views.exchange.steps import Steps
from desktop.views.page import Page, Request
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.drop_area import DropArea
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save

_TITLES = ("选文件", "对应列", "核对", "完成")
_REFUSALS_SHOWN = 3


class Step(IntEnum):
    """Where one is in an import."""

    FILES = 0
    MAPPING = 1
    REVIEW = 2
    DONE = 3


class ImportPage(Page):
    """Leads from files to a changed roster; nothing is written before 确认导入."""

    backs_up = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._result: ImportResult | None = None
        self._remapped = False  # since the files were read
        self.draft = ImportDraft(office, self)
        self.steps = Steps(_TITLES)
        self.drop_area = DropArea("把村里报来的花名册拖到这里，可以一次拖几个", "选择文件…", SUFFIXES)
        self.mapping = MappingStep()
        self.review = ReviewStep()
        self.done = DoneStep()
        self._pages = (self.drop_area, self.mapping, self.review, self.done)
        self.words = QLabel()
        self.busy = Busy()
        self.back = QPushButton("上一步")
        self.forward = theme.primary(QPushButton())
        self._lay_out()
        self._connect()
        self._go(Step.FILES)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
        self.words.setWordWrap(True)
        theme.set_tone(self.words, Tone.ERROR)
        foot = QHBoxLayout()
        foot.addWidget(self.busy)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.forward)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.words)
        self.body.addWidget(self._stack, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.draft.began.connect(self._show_begun)
        self.draft.moved.connect(self._show_progress)
        self.draft.read.connect(self._show_reading)
        self.draft.planned.connect(self._show_plan)
        self.draft.applied.connect(self._show_result)
        self.draft.failed.connect(self._show_failure)
        self.steps.chosen.connect(self._choose_step)
        self.drop_area.dropped.connect(self.read_files)
        self.mapping.remapped.connect(self._note_remapping)
        self.review.corrected.connect(self.draft.correct)
        self.done.undo_wanted.connect(self._undo)
        self.done.save_wanted.connect(self._open_save)
        self.done.roster_wanted.connect(self._ask_for_roster)
        self.done.again_wanted.connect(self._start_again)
        self.busy.stopped.connect(self.draft.stop)
        self.back.clicked.connect(self._go_back)
        self.forward.clicked.connect(self._go_forward)

    @property
    def step(self) -> Step:
        """Where one is."""
        return Step(self._stack.currentIndex())

    def take(self, request: Request) -> None:
        """Read files that were dropped on another page, or ask for some where another page's button was pressed."""
        if request.files:
            self.read_files(request.files)
        elif request.choose and not self.draft.applying:
            QTimer.singleShot(0, self, self.drop_area.choose)  # once the page is in front

    def refresh(self) -> None:
        """The roster changed elsewhere: what an import would do may differ now."""
        if self.step is Step.REVIEW and not self.draft.applying:
            self.draft.plan_again()

    def read_files(self, paths: Sequence[Path]) -> None:
        """Begin anew with other files; not while others are being written."""
        if self.draft.applying:
            return
        self.draft.clear(paths)
        self.mapping.forget()
        self._go(Step.FILES)
        self.draft.read_files(self.mapping.mapping)

    def _show_begun(self, words: str, can_stop: bool) -> None:
        self._say("")
        self.busy.begin(words, can_stop=can_stop)
        self._allow()

    def _show_progress(self, done: int, total: int) -> None:
        if not self.draft.idle and total > 1:
            file = self.draft.paths[done].name
            self.busy.advance(done, total, f"正在读取第 {done + 1} / {total} 个文件：{file}")

    def _show_failure(self, error: DesktopError) -> None:
        self._settle()
        self._say(str(error))

    def _settle(self) -> None:
        if self.draft.idle:
            self.busy.end()
        self._allow()

    def _say(self, words: str) -> None:
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _show_reading(self) -> None:
        reading, plan = self.draft.reading, self.draft.plan
        assert reading is not None
        assert plan is not None
        self._remapped = False
        self._settle()
        if not reading.tables:
            refusals = [f"{p.file}：{p.message}" for p in reading.problems[:_REFUSALS_SHOWN]]
            self._start_again()
            self._say("\n".join(refusals) or "文件里没有数据。")
            return
        self.mapping.show_reading(reading)
        self.review.show_tabs(tabs(plan, reading.unread), afresh=True)
        self._go(Step.REVIEW if self.mapping.complete else Step.MAPPING)
        if self.mapping.complete and not reading.problems:
            self.forward.setFocus()  # nothing to put right: one key imports

    def _show_plan(self) -> None:
        reading, plan = self.draft.reading, self.draft.plan
        assert reading is not None
        assert plan is not None
        self.review.show_tabs(tabs(plan, reading.unread), afresh=False)
        self._settle()
        if self.review.titles.currentIndex() == DOUBTFUL and not reading.problems:
            self.forward.setFocus()  # the last doubt is settled, its table is gone

    def _show_result(self, result: ImportResult) -> None:
        assert self.draft.plan is not None
        self._result = result
        self._settle()
        doubtful = self.draft.plan.doubtful
        left_out = sum(any(not problem.kept for problem in row.imported.problems) for row in doubtful)
        self.done.show_result(result, left_out)
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
        idle, step = self.draft.idle, self.step
        begun = idle and self.draft.plan is not None and step is not Step.DONE
        self.steps.show_step(step, can_reach=(idle, begun, begun and not self._remapped, False))
        self.drop_area.setEnabled(idle)
        self.mapping.setEnabled(idle)
        self.review.setEnabled(not self.draft.applying)  # while planning one may go on correcting
        for button in (self.back, self.forward):
            button.setVisible(step in (Step.MAPPING, Step.REVIEW))
        self.back.setEnabled(idle)
        self.forward.setText("下一步：核对" if step is Step.MAPPING else self._deed())
        self.forward.setEnabled(idle and (step is Step.MAPPING or self._writes()))

    def _writes(self) -> bool:
        return self.draft.plan is not None and self.draft.plan.writes

    def _deed(self) -> str:
        return f"确认导入 {self.draft.rows} 行" if self._writes() else "没有要导入的"

    def _choose_step(self, step: int) -> None:
        if self.step is Step.DONE:
            self._start_again()
        else:
            self._go(Step(step))

    def _go_back(self) -> None:
        self._go(Step(self.step - 1))

    def _go_forward(self) -> None:
        if self.step is Step.REVIEW:
            self.draft.apply()
        elif self._remapped:
            self.draft.read_files(self.mapping.mapping)
        else:
            self._go(Step.REVIEW)

    def _note_remapping(self) -> None:
        self._remapped = True
        self._allow()

    def _start_again(self) -> None:
        self.draft.clear()
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
        ask_where_to_save(self, "保存未导入的行", WORKBOOKS, "未导入的行.xlsx", self.save_refused)

    def save_refused(self, name: str) -> None:
        """Write the doubtful rows, with the reasons, as a workbook."""
        assert self.draft.plan is not None
        with told(self):
            rows = self.office.imports.save_refused(self.draft.plan, Path(name))
            self.noted.emit(f"已保存 {rows} 行到 {Path(name).name}")
