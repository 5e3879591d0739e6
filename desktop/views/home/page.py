"""The home page (工作台): four numbers, and what is to be done, each with the way to it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.home.parts import FigureCard, TaskLine
from desktop.views.home.values import TITLES, Overview, Task
from desktop.views.jobs import Job, office_job
from desktop.views.page import Page
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.errors import DesktopError
    from desktop.office import Office


class HomePage(Page):
    """Painted empty at once; a job fills it, and fills it anew after changes, never while it is hidden."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.overview: Overview | None = None  # what is shown
        self._day: date | None = None  # the day it was gathered for
        self._job: Job | None = None
        self.cards = [FigureCard(title, self) for title in TITLES]
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        for card in self.cards:
            card.asked.connect(self.asked)
            row.addWidget(card, 1)
        self.body.addLayout(row)
        self.body.addWidget(self._build_tasks(), 1)

    def _build_tasks(self) -> QWidget:
        frame = theme.card(QFrame(self))
        self._area = QScrollArea(frame)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("待办")
        self._foot = theme.quiet(WrappedLabel(parent=frame))
        self._say("正在汇总…")
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._foot)
        return frame

    # asking

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is said comes after what is seen."""
        super().paintEvent(event)
        if self._day is None:
            self._day = date.today()
            QTimer.singleShot(0, self, self._gather)

    def activate(self) -> None:
        """Another day has other tasks; the keyboard goes to the first one."""
        if self._day not in (None, date.today()):
            self._gather()
        self._go_to_first()

    def refresh(self) -> None:
        """Something was changed: on this page, or before it came to the front."""
        self._gather()

    def _gather(self) -> None:
        self._day = today = date.today()
        if self._job is not None:
            self._job.drop()
        self._job = job = office_job(self.office, partial(_gathered, today=today))
        job.done.connect(self._show)
        job.failed.connect(self._show_failure)
        job.start()

    # showing

    def _show(self, overview: Overview) -> None:
        self._job = None
        focus = self.window().focusWidget()
        elsewhere = self.overview is None or focus is None or not self.isAncestorOf(focus)
        self.overview = overview
        self.header.set_scope(f"{self.office.unit.short_name} · {self._day:%Y.%m.%d}")
        for card, figure in zip(self.cards, overview.figures, strict=True):
            card.show_figure(figure)
        page, layout = self._new_list()
        for task in overview.tasks:
            self._add_line(task, page, layout)
        if not overview.tasks:
            layout.addWidget(QLabel(f"没有待办。{overview.deadline}", page))
        if overview.handing:
            self._add_line(overview.handing, page, layout)
        teams = f"\n六支队伍：{overview.teams}" if overview.teams else ""
        self._foot.setText(f"换届：{overview.next_round}{teams}")
        self._end_list(page, layout)
        if elsewhere:
            self._go_to_first()

    def _add_line(self, task: Task, page: QWidget, layout: QVBoxLayout) -> None:
        line = TaskLine(task, page)
        line.asked.connect(self.asked)
        layout.addWidget(line)

    def _show_failure(self, error: DesktopError) -> None:
        self._job = None
        self._say(str(error), again=True)

    def _say(self, words: str, *, again: bool = False) -> None:
        page, layout = self._new_list()
        label = WrappedLabel(words, page)
        if again:
            theme.set_tone(label, Tone.ERROR)
        layout.addWidget(theme.quiet(label) if not again else label)
        if again:
            retry = QPushButton("再汇总一次", page)
            retry.clicked.connect(self._gather)
            layout.addWidget(retry)
        self._end_list(page, layout)

    def _new_list(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget(self._area)
        page.setObjectName("areaPage")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, theme.GAP, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(theme.title(QLabel("待办", page)))
        return page, layout

    def _end_list(self, page: QWidget, layout: QVBoxLayout) -> None:
        layout.addStretch(1)
        self._area.setWidget(page)

    def _go_to_first(self) -> None:
        if self.isVisible() and self.overview is not None:
            line = self._area.findChild(TaskLine)
            (line.link if line else self.cards[0]).setFocus()


def _gathered(office: Office, today: date) -> Overview:
    from desktop.views.home.overview import gather  # in the job: the window opens without what it asks

    return gather(office, today)
