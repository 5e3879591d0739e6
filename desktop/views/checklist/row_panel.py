"""The panel of one party organisation: score and suggestion, its class and how it moved, its own items, who checked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.models.domain.cleaning import in_short
from desktop.models.domain.days import show_day
from desktop.models.domain.fields import PROSE, Field
from desktop.models.domain.periods import Period
from desktop.models.domain.reading import Cell, Reading
from desktop.models.registers.checklist import ASSESSMENT, ASSESSMENT_ITEM, GRADE, Grading
from desktop.models.registers.checklist_rows import MatrixRow, Verdict
from desktop.models.registers.kinds import show_points
from desktop.models.registers.schemes import CHECKLIST
from desktop.models.services.schemes import OWN
from desktop.office import Office
from desktop.views import errors, theme
from desktop.views.checklist.faces import NO_GRADE
from desktop.views.checklist.field_panel import FieldPanel, Write
from desktop.views.checklist.grade_dialog import GradeDialog
from desktop.views.widgets.wrapped import WrappedLabel

_TEXTS = ("checked_by", "checked", "remarks")
_OWN = Field(name=OWN, label="自选动作", kind=PROSE)  # “N”
_TOLD = 60  # characters of each text of a decision
_OWN_SAYS = "一行一项，写完按 Ctrl+Enter 或离开即保存；没有就空着。"


class RowPanel(FieldPanel):
    """Shows one organisation in one period; ``printing`` when its sheet is wanted. See FieldPanel for the other signals."""

    printing = Signal()

    def __init__(self, office: Office, today: date, parent: QWidget) -> None:
        super().__init__("党组织评定", parent)
        self._office, self._today = office, today
        self.row: MatrixRow | None = None
        self._last: Grading | None = None  # decision
        self.period = ""
        self.score, self.why, self.grade = (WrappedLabel(parent=self) for _ in range(3))
        self.history = theme.quiet(WrappedLabel(parent=self))
        self.decide = QPushButton("定级…", self)
        self.decide.clicked.connect(self.ask_for_grade)
        self.remove = QPushButton("删除最近定级", self)
        self.remove.clicked.connect(self.remove_last)
        self.print = QPushButton("打印检查表", self)
        self.print.clicked.connect(self.printing)
        line = QHBoxLayout()
        for button in (self.decide, self.remove, self.print):
            line.addWidget(button)
        line.addStretch(1)
        self.rows.addWidget(theme.heading(QLabel("得分", self)))
        self.rows.addWidget(self.score)
        self.rows.addWidget(self.why)
        self.rows.addWidget(theme.heading(QLabel("等级", self)))
        self.rows.addWidget(self.grade)
        self.rows.addWidget(self.history)
        self.rows.addLayout(line)
        self.rows.addWidget(theme.heading(QLabel("自选动作（N）", self)))
        self.rows.addWidget(self.add_input(_OWN, lambda text: Reading(text)))
        self.rows.addWidget(theme.quiet(WrappedLabel(_OWN_SAYS, self)))
        self.rows.addWidget(theme.heading(QLabel("检查", self)))
        fields = (ASSESSMENT.field(name) for name in _TEXTS)
        self.add_form({f.label: self.add_input(f, partial(self._read, f)) for f in fields})
        self.rows.addStretch(1)

    def show_row(self, branch_id: str, period: str) -> None:
        """Show an organisation as it is kept.

        Raises:
            VanishedBranchError: it is not kept any more.
        """
        another = self.row is None or (self.row.branch.id, self.period) != (branch_id, period)
        if another:
            self.finish()
        row = self._office.checklists.row(branch_id, period, self._today)
        self.row, self.period = row, period
        self.title.setText(row.branch.name)
        place = row.place if row.place == row.township else f"{row.township}{row.place}"
        self.who.setText(f"{place} · {Period.parse(period).label}")
        self.score.setText(_score(row.verdict))
        self.why.setText(row.verdict.why)
        self.grade.setText(_grade(row))
        past = self._office.gradings.of(branch_id)
        self._last = past[0] if past else None
        self.history.setText("\n".join(map(_decision, past)))
        self.history.setVisible(bool(past))
        self.remove.setEnabled(bool(past))
        self.remove.setToolTip(f"删除录错的定级：{_decision(past[0])}" if past else "还没有定级")
        kept = {name: getattr(row.assessment, name, None) for name in _TEXTS}
        texts = {name: ASSESSMENT.field(name).kind.show(value) for name, value in kept.items()}
        own = self._office.schemes.current(CHECKLIST, self._today).own_of(branch_id)
        self.show_texts(texts | {_OWN.name: "\n".join(item.name for item in own)}, afresh=another)
        if another:
            self.area.verticalScrollBar().setValue(0)

    def go(self) -> None:
        """See FieldPanel."""
        self.decide.setFocus()

    def writer(self) -> Write:
        """See FieldPanel."""
        assert self.row is not None
        return partial(self._write, self.row.branch.id, self.period)

    def _write(self, branch_id: str, period: str, name: str, text: str, opened: str) -> None:
        if name == _OWN.name:
            names, before = text.splitlines(), opened.splitlines()
            self._office.schemes.set_own_items(branch_id, names, self._today, before)
        else:
            self._office.checklists.edit_assessment(branch_id, period, name, text, self._today, opened)

    def _read(self, field: Field, text: str) -> Reading:
        return field.kind.read(Cell(text), self._today)

    def ask_for_grade(self) -> None:
        """Open the dialog that decides on a class."""
        if self.row is not None:
            dialog = GradeDialog(self.row, self._today, partial(self._decide, self.row), self)
            dialog.accepted.connect(self.written)
            dialog.open()

    def remove_last(self) -> None:
        """Take out the last decision, which was entered by mistake; the toast offers it back."""
        if self._last is not None:
            with errors.told(self):
                self._office.gradings.remove(self._last.id)
                self.written.emit()

    def _decide(self, row: MatrixRow, texts: Mapping[str, str]) -> None:
        self._office.gradings.decide(row.branch.id, self.period, today=self._today, **texts)


def _score(verdict: Verdict) -> str:
    points, possible = (show_points(str(each)) for each in (verdict.points, verdict.possible))
    words = [f"达标 {verdict.completion} 项，得 {points} 分（满分 {possible} 分）"]
    words += [
        f"{ASSESSMENT_ITEM.field(party).label} {show_points(str(total))}"
        for party, total in verdict.parties.items()
    ]
    return "，".join(words) + "。"


def _grade(row: MatrixRow) -> str:
    if row.grading is None:
        return f"{NO_GRADE}。"
    words = f"{GRADE.show(row.grading.grade)}（{show_day(row.grading.decided)}）"
    return words if row.decided else f"{words}，本期还没有定级。"


def _decision(each: Grading) -> str:
    reason = f"，{in_short(each.reason, _TOLD)}" if each.reason else ""
    approved = f"，{in_short(each.approved_by, _TOLD)}审批" if each.approved_by else ""
    return f"{show_day(each.decided)} {Period.parse(each.period).label} {each.grade} 类{reason}{approved}"
