"""The study page (双提升): who studies what, who pays, who graduated and what that says of the education."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.models.registers.listing import Line
from desktop.models.registers.listings import STUDIES
from desktop.models.registers.study import GRADUATED
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.study import EducationOffer
from desktop.office import Office
from desktop.views import errors
from desktop.views.records.details import LineAction
from desktop.views.records.page import RecordsPage
from desktop.views.records.proportion_line import ProportionLine
from desktop.views.tables.source import Edit
from desktop.views.widgets.typed_dialog import TypedDialog


class StudyPage(RecordsPage):
    """What studying has beside any register."""

    register = "study"
    adding = "新增双提升"
    nothing = "还没有人参加学历提升。"
    ledger = "study"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.grid.edited.connect(self._note_graduates)

    def build_above(self, parent: QWidget) -> list[QWidget]:
        """See ListPage."""
        self.proportion = ProportionLine(self.office.study.proportion, parent)
        self.proportion.chosen.connect(self._set_proportion)
        return [self.proportion]

    def _set_proportion(self, parts: Sequence[int]) -> None:
        try:
            self.office.study.proportion = tuple(parts)
        except InvalidValueError as error:
            self.proportion.say(error.problems["fee"], wrong=True)
            return
        self.proportion.show_parts(self.office.study.proportion)
        self.doing.say_done()

    def refresh(self) -> None:
        """See ListPage; the proportion may have been taken back."""
        self.proportion.show_parts(self.office.study.proportion)
        super().refresh()

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        finish = LineAction(words="毕业…", icon="school", act=self._ask_when, fits=_studying)
        edit, *others = super().line_actions()
        return [edit, finish, *others]

    def _ask_when(self) -> None:
        line = self.current_record
        if line is None or not _studying(line):
            return
        study, today = self.office.study, self.source.today
        dialog = TypedDialog(
            f"{line.person.name if line.person else ''} 毕业",
            "毕业",
            [STUDIES.shown.field("ended")],
            lambda name, text: study.read_cell("", name, text, today),
            partial(self._finish, line.key),
            self,
        )
        dialog.fill({"ended": f"{today:%Y.%m}"})
        dialog.begin("ended")

    def _finish(self, key: str, texts: Mapping[str, str]) -> None:
        offer = self.office.study.finish(key, texts["ended"], self.source.today)
        self.show_rewritten([key])
        self.doing.say_done()
        self._offer(offer)

    def _note_graduates(self, edits: Sequence[Edit], _why: str) -> None:
        """The status was written in the grid."""
        keys = [str(edit.key) for edit in edits if edit.field == "status"]
        offers = (
            self.office.study.offer(line.key, self.source.today) for line in self.source.rows(keys).values()
        )
        self._offer(next(filter(None, offers), None))

    def _offer(self, offer: EducationOffer | None) -> None:
        if offer is not None:
            changes = "\n".join(f"{label}：{old or '未填'} → {new}" for label, old, new in offer.changes)
            errors.ask(
                self,
                f"{offer.name}已毕业，更新学历信息？",
                "更新学历",
                partial(self._take, offer),
                words=changes,
            )

    def _take(self, offer: EducationOffer) -> None:
        self.did(lambda: self.office.study.take(offer))


def _studying(line: Line) -> bool:
    return bool(line.record.status != GRADUATED)
