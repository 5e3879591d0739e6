"""The page of 提级管理: who is under raised management, the plan as an attachment, mentors, the release."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.models.registers.four_ones_listings import MANAGED_SECRETARIES
from desktop.models.registers.listing import Line
from desktop.models.registers.mentoring import MANAGED_SECRETARY
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views.page import Request
from desktop.views.person.attachments import AttachmentsTab
from desktop.views.records.details import LineAction
from desktop.views.records.page import RecordsPage
from desktop.views.tables.list_details import LineTab
from desktop.views.widgets.typed_dialog import TypedDialog

_RELEASE = ("until", "until_reason", "conclusion")
_SINCE_WHEN = "请填解除的月份，如 2026.11。"
_KEPT = "记录会保留，可在“已解除”里查看；解除当月起不再要求开展四个一。"


class ManagedSecretariesPage(RecordsPage):
    """What managing secretaries has beside any register."""

    register = "managed_secretary"
    adding = "登记书记"  # short: seven tabs stand beside it in large type
    nothing = "没有在管的提级书记。"
    first_chip = "managed"
    ledger = "managed-secretaries"

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        release = LineAction(words="解除…", icon="leave", act=self._ask_to_release, fits=_is_managed)
        mentors = LineAction(words="结对", icon="group", act=self._open_mentors)
        edit, *others = super().line_actions()
        return [edit, release, mentors, *others]

    def line_tabs(self) -> list[LineTab]:
        """See RecordsPage."""
        self.plans = AttachmentsTab(self.office, MANAGED_SECRETARY.name)
        self.plans.changed.connect(self._show_files)
        return [LineTab(words="方案附件", widget=self.plans, show=self._show_plans)]

    def _show_plans(self, line: Line) -> None:
        self.plans.show_attachments(line.key, self.office.attachments.of(MANAGED_SECRETARY.name, line.key))

    def _show_files(self) -> None:
        if record := self.current_record:
            self._show_plans(record)
            self.doing.say_done()

    def _ask_to_release(self) -> None:
        line = self.current_record
        if line is None or not _is_managed(line):
            return
        dialog = TypedDialog(
            f"{line.person.name if line.person else ''} 解除提级管理",
            "解除",
            [MANAGED_SECRETARIES.shown.field(name) for name in _RELEASE],
            lambda name, text: self.register_service.read_cell(line.key, name, text, self.source.today),
            lambda texts: self._release(line, texts, dialog.seen),
            self,
            words=_KEPT,
        )
        dialog.fill({"until": f"{self.source.today:%Y.%m}"})
        dialog.begin("until_reason")

    def _release(self, line: Line, texts: Mapping[str, str], seen: Mapping[str, str]) -> None:
        if not texts["until"]:
            raise InvalidValueError({"until": _SINCE_WHEN}, MANAGED_SECRETARIES.shown)
        self.doing.rewrite(line, f"{line.person.name if line.person else ''} 解除提级管理", texts, seen)
        self.refresh()

    def _open_mentors(self) -> None:
        """Their pairings, on the page of those."""
        if (line := self.current_record) and line.person and line.division:
            names = (("name", frozenset({line.person.name})),)
            self.asked.emit(Request(page="mentoring", unit=line.division.code, chip="all", filters=names))


def _is_managed(line: Line) -> bool:
    return bool(line.record.until is None)
