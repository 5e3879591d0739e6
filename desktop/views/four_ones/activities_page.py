"""The page of 活动记录: every activity as a line, its whole form in the drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from desktop.models.registers.activity import ACTIVITY, HELD, PLANNED
from desktop.models.registers.listing import Line
from desktop.views.four_ones.activity_panel import ActivityPanel
from desktop.views.four_ones.following import ALL_DONE, next_form
from desktop.views.page import Request
from desktop.views.person.attachments import AttachmentsTab
from desktop.views.records.details import LineAction
from desktop.views.records.page import RecordsPage
from desktop.views.tables.list_details import LineTab
from desktop.views.tables.list_drawer import ListDrawer

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.views.tables.list_details import ListDetails
    from desktop.views.tables.list_form import ListForm


class ActivitiesPage(RecordsPage):
    """What activities have beside any register."""

    noun = "次"
    register = "activity"
    adding = "登记活动"
    finding = "主题、书记、参加人、村"
    nothing = "还没有四个一活动。"
    ledger = "activity"
    panel: ActivityPanel

    def build_drawer(self) -> ListDrawer:
        """See ListPage; the form is that of the matrix, which the drawer opens and closes like its own."""
        return ActivityDrawer("选中一行，这里显示详情。", self._build_details, self._build_panel)

    def _build_panel(self, parent: QWidget) -> ActivityPanel:
        panel = ActivityPanel(self.office, self.source.today, parent)
        panel.saved.connect(self._show_saved)
        panel.again.connect(self._go_on)
        panel.changed.connect(self.doing.say_done)
        panel.noted.connect(self.noted)
        panel.printing.connect(self._print)
        panel.wanted.connect(lambda: self.asked.emit(Request(page=self.name)))
        self.panel = panel
        return panel

    # what a line has

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        held = LineAction(words="已经开展", icon="check", act=self._hold, fits=_is_planned)
        cancel = LineAction(words="取消", icon="close", act=self._cancel, fits=_is_planned)
        paper = LineAction(words="打印纪实表", icon="printer", act=self._print_current)
        return [*super().line_actions(), held, cancel, paper]

    def line_tabs(self) -> list[LineTab]:
        """See RecordsPage."""
        self.files = AttachmentsTab(self.office, ACTIVITY.name)
        self.files.changed.connect(self._show_files)
        return [LineTab(words="照片和附件", widget=self.files, show=self._list_files)]

    def _list_files(self, line: Line) -> None:
        self.files.show_attachments(line.key, self.office.attachments.of(ACTIVITY.name, line.key))

    def _show_files(self) -> None:
        if record := self.current_record:
            self.show_rewritten([record.key])
            self.doing.say_done()

    def _hold(self) -> None:
        self._set_state(ACTIVITY.field("state").kind.show(HELD))

    def _cancel(self) -> None:
        self._set_state("已取消")

    def _set_state(self, state: str) -> None:
        if line := self.current_record:
            today = self.source.today
            self.did(lambda: self.office.activities.set_cell(line.key, "state", state, today), key=line.key)

    # the form

    def _show_saved(self, key: str) -> None:
        self.leave_form()
        self.show_relisted(key)
        self.doing.say_done()

    def _go_on(self, key: str) -> None:
        """The next secretary who lacks this kind."""
        self.show_relisted(key)
        self.doing.say_done()
        if form := next_form(self.office, key, self.source.today, self.units.code):
            self.panel.open_form(form)
        else:
            self.leave_form()
            self.noted.emit(ALL_DONE)

    def refresh(self) -> None:
        """See ListPage."""
        super().refresh()
        if self.drawer is not None and self.drawer.shows_form:
            self.panel.refresh()

    def take(self, request: Request) -> None:
        """See ListPage; opens one, or begins one of a kind."""
        super().take(request)
        for key in request.of[:1]:
            self.clear_conditions()
            self.grid.go_to(key, 0)
            self._start_correcting()
        if request.item is not None:
            form = self.office.activity_forms.draft(
                request.item, self.source.today, None, request.unit or self.units.code
            )
            self.start_new()
            self.panel.open_form(form)

    # paper

    def _print_current(self) -> None:
        if line := self.current_record:
            self._print(line.key)

    def _print(self, key: str) -> None:
        self.asked.emit(Request(page="ledgers", ledger="activity", of=(key,)))


class ActivityDrawer(ListDrawer):
    """A drawer whose form writes by itself."""

    def __init__(
        self,
        nobody: str,
        details: Callable[[QWidget], ListDetails],
        panel: Callable[[QWidget], ActivityPanel],
    ) -> None:
        super().__init__(nobody, details, cast("Callable[[QWidget], ListForm]", panel))

    @property
    def has_typed(self) -> bool:
        """See ListDrawer; the panel keeps what was typed for later."""
        return False

    @property
    def form(self) -> ListForm:
        """See ListDrawer; what it writes it tells the page itself."""
        if self._form is None:
            self._form = self._make_form(self._stack)
            self._form.left.connect(self.form_left)
            self._stack.addWidget(self._form)
        return self._form


def _is_planned(line: Line) -> bool:
    return bool(line.record.state == PLANNED)
