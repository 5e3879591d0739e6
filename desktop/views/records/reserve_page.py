"""The reserve page (后备力量): who is being prepared, how many each village is short of, leaving, appraisal."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.models.registers.listing import Line
from desktop.views.records.appraisals import AppraisalTab
from desktop.views.records.counts import unit_counts
from desktop.views.records.details import LineAction
from desktop.views.records.gap_line import GapLine
from desktop.views.records.page import RecordsPage
from desktop.views.records.reserve_leaving import ask_to_leave
from desktop.views.tables.list_details import LineTab


class ReservePage(RecordsPage):
    """What the reserve has beside any register."""

    register = "reserve"
    adding = "新增后备"
    nothing = "还没有后备干部。"
    first_chip = "in"
    ledger = "reserve"

    def build_above(self, parent: QWidget) -> list[QWidget]:
        """See ListPage."""
        self.gaps = GapLine(self.office.reserve.fewest, parent)
        self.gaps.fewest_chosen.connect(self._set_fewest)
        self.gaps.sifted.connect(self._sift)
        return [self.gaps]

    def show_units(self) -> None:
        """See ListPage; villages that are short are marked."""
        gaps = self.office.reserve.gaps(self.source.today)
        self._short = frozenset(gap.division.code for gap in gaps if gap.short)
        fewest = self.office.reserve.fewest
        marks = {g.division.code: f"不足 {fewest} 名，缺 {g.short} 名" for g in gaps if g.short}
        counts = unit_counts(self.office.roster, self.register_service, self.source.usual)
        self.units.show_units(counts, marks)
        self.gaps.show_gaps(gaps, fewest)
        if self.gaps.sift.isChecked():
            self.units.show_only(self._short)

    def _set_fewest(self, number: int) -> None:
        self.office.reserve.fewest = number
        self.show_units()
        self.doing.say_done()

    def _sift(self, only: bool) -> None:
        self.units.show_only(self._short if only else None)
        names = frozenset(d.short_name for d in self.divisions if d.code in self._short)
        self.source.filter("village", names if only else None)
        self.requery(lines_too=False)

    def clear_conditions(self) -> None:
        """See ListPage."""
        self.gaps.sift.setChecked(False)
        super().clear_conditions()

    def line_actions(self) -> list[LineAction]:
        """See RecordsPage."""
        leave = LineAction(
            words="出库…", icon="leave", act=self._ask_to_leave, fits=_in_reserve, several=True
        )
        edit, *others = super().line_actions()
        return [edit, leave, *others]

    def line_tabs(self) -> list[LineTab]:
        """See RecordsPage."""
        appraisals = AppraisalTab(self.office, self.source.today)
        appraisals.appraised.connect(self._show_appraised)
        return [LineTab(words="评价", widget=appraisals, show=appraisals.show_line)]

    def _ask_to_leave(self) -> None:
        keys = self.grid.selected_keys()
        lines = [line for line in self.source.rows(keys).values() if _in_reserve(line)]
        if lines:
            ask_to_leave(self.office, lines, self.source.today, self, self._show_left)

    def _show_left(self) -> None:
        self.show_relisted(None)
        self.doing.say_done()

    def _show_appraised(self) -> None:
        if record := self.current_record:
            self.show_rewritten([record.key])
            self.doing.say_done()


def _in_reserve(line: Line) -> bool:
    return bool(line.record.left is None)
