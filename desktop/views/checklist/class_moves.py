"""The page of 升降级: how the classes of party organisations moved, and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QWidget

from desktop.models.domain.cleaning import in_one_line, in_short
from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import GRADE
from desktop.models.services.gradings import DOWN, UP, Move
from desktop.office import Office
from desktop.views import errors, theme
from desktop.views.checklist.lines_page import TOLD, LinesPage
from desktop.views.exchange.lines_model import Line, Shown
from desktop.views.page import Request
from desktop.views.theme import Tone

THIS, LAST, SPAN, ALL = "this", "last", "span", "all"
_CHIPS = {THIS: "本年", LAST: "去年", SPAN: "起止日期", ALL: "全部"}
_TONES = {UP: Tone.OK, DOWN: Tone.WARN}
_BY_YEAR = "打印（升降级台账按年打印，先选“本年”或“去年”）"
_REMOVE = "删除定级"


class ClassMovesPage(LinesPage):
    """A decision that was entered by mistake is taken out by Delete."""

    headings = ("时间", "党组织", "原等级", "新等级", "类型", "原因", "审批")
    widths = ((1, 4, 16), (5, 8, 18))
    first_chip = THIS

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        today = date.today()
        self._since, self._until = _day_edit(date(today.year, 1, 1), "起"), _day_edit(today, "止")
        self._days = QWidget()
        line = QHBoxLayout(self._days)
        line.setContentsMargins(0, 0, 0, 0)
        for control in (self._since, QLabel("至"), self._until):
            line.addWidget(control)
        super().__init__(office, parent)
        self.bar.addWidget(self._days)
        for edit in (self._since, self._until):
            edit.dateChanged.connect(lambda _day: self.refresh())

    def build_actions(self) -> None:
        """See LinesPage."""
        super().build_actions()
        self.remove = self.header.add_action(_REMOVE, "delete", "Delete")
        self.remove.clicked.connect(self.remove_current)
        self.print = self.header.add_action("打印", "printer", "Ctrl+P")
        self.print.clicked.connect(self._ask_to_print)

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day shown."""
        year = self.today.year
        match self.chip:
            case "this":
                return date(year, 1, 1), date(year, 12, 31)
            case "last":
                return date(year - 1, 1, 1), date(year - 1, 12, 31)
            case "span":
                return _date(self._since), _date(self._until)
        return date.min, date.max

    def ask(self) -> list[Move]:
        """See LinesPage; the last ones first."""
        return self.office.gradings.moves(*self.span, self.unit.code)[::-1]

    def chip_words(self) -> dict[str, str]:
        """See LinesPage."""
        return _CHIPS

    def fits(self, each: Move) -> bool:
        """See LinesPage."""
        return True

    def line(self, each: Move) -> Line:
        """See LinesPage."""
        before = GRADE.show(each.before.grade) if each.before else "—"
        texts = (show_day(each.after.decided), each.branch.name, before, GRADE.show(each.after.grade))
        after = (each.after.reason or "", each.after.approved_by or "")
        return Line(
            cells=(
                *(Shown(text=text) for text in texts),
                Shown(text=each.kind, tone=_TONES.get(each.kind, Tone.PLAIN)),
                *(Shown(text=text) for text in map(in_one_line, after)),
            )
        )

    def told(self, each: Move) -> str:
        """See LinesPage."""
        period = Period.parse(each.after.period).label
        reason = f"　原因：{in_short(each.after.reason, TOLD)}" if each.after.reason else ""
        return f"{each.township} {each.place}　{each.branch.name}　{period}{each.kind}{reason}"

    def empty_words(self) -> str:
        """See LinesPage."""
        when = {THIS: "本年", LAST: "去年", SPAN: "这段时间里", ALL: ""}[self.chip]
        return f"{when}没有定级或升降级。在总表里打开一个党组织，定下 A、B、C 类，就记在这里。"

    def scope_words(self) -> str:
        """See LinesPage."""
        kinds = [each.kind for each in self.shown]
        counts = (f"{kind} {kinds.count(kind)}" for kind in dict.fromkeys(kinds))
        return "，".join((f"{len(kinds)} 条", *counts))

    def request_for(self, each: Move) -> Request:
        """See LinesPage."""
        return Request(page="checklist", of=(each.branch.id,), period=each.after.period)

    def show_current(self, each: Move | None) -> None:
        """See LinesPage."""
        super().show_current(each)
        self.remove.setEnabled(each is not None)
        self._days.setVisible(self.chip == SPAN)
        by_year = self.chip in (THIS, LAST)
        self.print.setEnabled(by_year)
        self.print.setToolTip("打印（Ctrl+P）" if by_year else _BY_YEAR)

    # doing

    def remove_current(self) -> None:
        """Take out the decision that the current line tells of; the toast offers it back."""
        each = self.current
        if each is None:
            return
        with errors.told(self):
            self.office.gradings.remove(each.after.id)
            self.say_done()

    def _ask_to_print(self) -> None:
        on = min(self.span[1], self.today)
        self.asked.emit(Request(page="ledgers", ledger="class-moves", unit=self.unit.code, on=on))


def _day_edit(day: date, name: str) -> QDateEdit:
    edit = QDateEdit(QDate(day.year, day.month, day.day))
    edit.setDisplayFormat("yyyy.MM.dd")
    edit.setCalendarPopup(True)
    edit.setKeyboardTracking(False)  # a half-typed date is no day to look at
    edit.setMinimumWidth(theme.characters(edit, 8.8))
    edit.setAccessibleName(f"{name}日")
    return edit


def _date(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
