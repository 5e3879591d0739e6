"""The page of 问题清单: what was found on the spot, its deadlines and closing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.models.domain.days import show_day
from desktop.models.registers.four_ones_listings import FIELD_PROBLEMS
from desktop.models.registers.listing import Line
from desktop.models.registers.schemes import WITH_PROBLEMS
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views import theme
from desktop.views.page import Request
from desktop.views.records.details import LineAction
from desktop.views.records.page import RecordsPage
from desktop.views.widgets.typed_dialog import TypedDialog

_CLOSING = ("closed", "closing")
_WHEN = "请填销号日期，如 2026.11.24。"


class FieldProblemsPage(RecordsPage):
    """A problem is entered with its activity, and closed here."""

    noun = "个问题"
    register = "field_problem"
    adding = "登记实地指导"
    finding = "问题、村、责任人"
    nothing = "没有未销号的问题。登记实地指导时，在“发现问题”里填。"
    first_chip = "open"
    ledger = "field-problems"

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        close = LineAction(words="销号…", icon="check", act=self._ask_to_close, fits=_is_open)
        activity = LineAction(words="看活动", icon="clipboard", act=self._open_activity)
        edit, *others = super().line_actions()
        return [close, edit, activity, *others]

    def start_new(self) -> None:
        """A problem belongs to an activity: begin one."""
        kinds = self.office.four_ones.scheme(self.source.today).common
        kind = next((each for each in kinds if each.form == WITH_PROBLEMS), kinds[0])
        self.asked.emit(Request(page="activities", item=kind.code, unit=self.units.code))

    def emptiness(self) -> QWidget:
        """See ListPage."""
        add = theme.primary(QPushButton(self.adding))
        add.clicked.connect(self.start_new)
        return theme.centered(QLabel(f"{self.units.words}{self.nothing}"), add)

    def _open_activity(self) -> None:
        if line := self.current_record:
            self.asked.emit(Request(page="activities", of=(line.record.activity_id,)))

    def _ask_to_close(self) -> None:
        line = self.current_record
        if line is None or not _is_open(line):
            return
        today = self.source.today
        dialog = TypedDialog(
            f"销号：{line.record.problem}",
            "销号",
            [FIELD_PROBLEMS.shown.field(name) for name in _CLOSING],
            lambda name, text: self.register_service.read_cell(line.key, name, text, today),
            lambda texts: self._close(line, texts, dialog.seen),
            self,
        )
        dialog.fill({"closed": show_day(today.isoformat())})
        dialog.begin("closing")

    def _close(self, line: Line, texts: Mapping[str, str], seen: Mapping[str, str]) -> None:
        if not texts["closed"]:
            raise InvalidValueError({"closed": _WHEN}, FIELD_PROBLEMS.shown)
        self.doing.rewrite(line, f"销号 {line.record.problem}", texts, seen)
        self.refresh()


def _is_open(line: Line) -> bool:
    return bool(line.record.closed is None)
