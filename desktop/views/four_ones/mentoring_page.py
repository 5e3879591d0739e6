"""The page of 挂钩结对: secretaries with their mentors, several each; a further mentor, the end of a pairing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from desktop.models.registers.four_ones_listings import MENTORINGS
from desktop.models.registers.listing import Line
from desktop.models.registers.mentoring import MENTORING
from desktop.models.services.cell_edits import InvalidValueError
from desktop.views.person.attachments import AttachmentsTab
from desktop.views.records.details import LineAction
from desktop.views.records.page import RecordsPage
from desktop.views.tables.list_details import LineTab
from desktop.views.widgets.typed_dialog import TypedDialog

_MENTOR = ("mentor", "mentor_unit", "mentor_post", "mentor_kind", "mentor_phone", "start")
_UNTIL_WHEN = "请填结束的月份，如 2026.11。"


class MentoringPage(RecordsPage):
    """What pairings have beside any register."""

    noun = "对"
    register = "mentoring"
    adding = "新增结对"
    nothing = "没有进行中的结对。"
    first_chip = "running"
    ledger = "mentoring"

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        another = LineAction(words="加导师…", icon="person-add", act=self._ask_for_mentor)
        end = LineAction(words="结束…", icon="leave", act=self._ask_for_end, fits=_runs)
        edit, *others = super().line_actions()
        return [edit, another, end, *others]

    def line_tabs(self) -> list[LineTab]:
        """See RecordsPage."""
        self.agreements = AttachmentsTab(self.office, MENTORING.name)
        self.agreements.changed.connect(self._show_files)
        return [LineTab(words="协议附件", widget=self.agreements, show=self._show_agreements)]

    def _show_agreements(self, line: Line) -> None:
        self.agreements.show_attachments(line.key, self.office.attachments.of(MENTORING.name, line.key))

    def _show_files(self) -> None:
        if record := self.current_record:
            self._show_agreements(record)
            self.doing.say_done()

    def _ask_for_mentor(self) -> None:
        line = self.current_record
        if line is None or line.person is None:
            return
        dialog = TypedDialog(
            f"{line.person.name} 再加一位导师",
            "加上",
            [MENTORINGS.shown.field(name) for name in _MENTOR],
            lambda name, text: self.register_service.read_cell("", name, text, self.source.today),
            partial(self._add_mentor, line),
            self,
        )
        dialog.fill({"start": f"{self.source.today:%Y.%m}"})
        dialog.begin("mentor")

    def _add_mentor(self, line: Line, texts: Mapping[str, str]) -> None:
        values = {name: text for name, text in texts.items() if text}
        key = self.register_service.add(
            values, self.source.today, owner_id=line.record.person_id, division_code=line.record.division_code
        )
        self.show_relisted(key)
        self.doing.say_done()

    def _ask_for_end(self) -> None:
        line = self.current_record
        if line is None or not _runs(line):
            return
        dialog = TypedDialog(
            f"{line.person.name if line.person else ''} 与 {line.record.mentor} 结束结对",
            "结束",
            [MENTORINGS.shown.field("end")],
            lambda name, text: self.register_service.read_cell(line.key, name, text, self.source.today),
            lambda texts: self._end(line, texts, dialog.seen),
            self,
            words="记录会保留，可在“已结束”里查看。",
        )
        dialog.fill({"end": f"{self.source.today:%Y.%m}"})
        dialog.begin("end")

    def _end(self, line: Line, texts: Mapping[str, str], seen: Mapping[str, str]) -> None:
        if not texts["end"]:
            raise InvalidValueError({"end": _UNTIL_WHEN}, MENTORINGS.shown)
        self.doing.rewrite(line, f"{line.record.mentor} 结束结对", texts, seen)
        self.refresh()


def _runs(line: Line) -> bool:
    return bool(line.record.end is None)
