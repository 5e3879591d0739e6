"""A person's posts over time: taken up, changed, given up, corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.fields import Field
from desktop.models.domain.months import show_month
from desktop.models.domain.reading import Cell, Reading
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.roster import ROSTER
from desktop.models.registers.term import TERM
from desktop.models.services.people import correctable
from desktop.views import errors, theme
from desktop.views.register.leaving import LeavingDialog
from desktop.views.register.timeline import papers_in_words
from desktop.views.widgets.entries import Entries, Entry
from desktop.views.widgets.typed_dialog import TypedDialog
from desktop.views.widgets.unit_combo import UnitCombo
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.services.roster_lists import TermLine
    from desktop.office import Office

_WHY = Field(name="reason", label="原因")
_NEW_POST = Field(name="post", label="调整后职务")
_PAPERS = (TERM.field("approval"), TERM.field("filed"))
_VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY, DivisionKind.LIVING_AREA)


class PostsTab(QWidget):
    """``changed`` once something was written; ``appointed`` where a post was taken up."""

    changed = Signal()
    appointed = Signal()

    def __init__(self, office: Office, today: date) -> None:
        super().__init__()
        self._office, self._today = office, today
        self._person: Person | None = None
        self._terms: Sequence[TermLine] = ()
        self.list = Entries("任职经历", "还没有任职记录。")
        self.appoint = self._button("任职…", "plus", self.ask_to_appoint)
        self.transfer = self._button("调整…", "redo", self.ask_to_move)
        self.leave = self._button("离任…", "leave", self.ask_to_leave)
        buttons = QHBoxLayout()
        for button in (self.appoint, self.transfer, self.leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addLayout(buttons)
        layout.addWidget(self.list, 1)

    def _button(self, words: str, icon: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setIcon(theme.icon(icon, "text"))
        button.clicked.connect(act)
        return button

    def show_terms(self, person: Person, terms: Sequence[TermLine]) -> None:
        """Show all terms of a person."""
        self._person, self._terms = person, terms
        self.list.show_entries([self._entry(line) for line in terms])
        serving = any(line.term.end is None for line in terms)
        for button in (self.transfer, self.leave):
            button.setEnabled(serving)

    def _entry(self, line: TermLine) -> Entry:
        term = line.term
        start = show_month(term.start) if term.start else "时间不详"
        end = show_month(term.end) if term.end else "至今"
        how = TERM.field("how").kind.show(term.how)
        told = [f"{line.village} {line.wording or '职务待核'}" + (f"（{how}）" if how else "")]
        if term.end_reason:
            told.append(f"离任：{term.end_reason}")
        told += papers_in_words(term)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(theme.quiet(QLabel(f"{start} — {end}", head)), 1)
        correct = theme.link(QPushButton("更正…", head))
        correct.setAccessibleName(f"更正 {line.wording}")
        correct.clicked.connect(partial(self.ask_to_correct, line))
        row.addWidget(correct)
        return Entry((head, WrappedLabel("\n".join(told))), current=term.end is None)

    # asking

    def _villages(self) -> list[Division]:
        units = self._office.roster.units(self._today)
        return [unit.division for unit in units if unit.division.kind in _VILLAGES]

    def _unit_combo(self) -> UnitCombo:
        combo = UnitCombo(self)
        combo.setAccessibleName("村（社区）")
        combo.show_units(self._villages())
        combo.choose(self._terms[0].term.division_code if self._terms else None)
        return combo

    def ask_to_appoint(self) -> None:
        """Ask for a further post."""
        assert self._person is not None
        person, unit = self._person, self._unit_combo()
        above = _labelled(("村（社区）", unit))

        def take(texts: Mapping[str, str]) -> None:
            code, since = unit.code or "", texts["post_since"]
            self._office.roster.appoint(
                *(person.id, code, texts["posts"], since, self._today),
                approval=texts["approval"],
                filed=texts["filed"],
            )
            self.appointed.emit()

        def read(name: str, text: str) -> Reading:
            if name in ("approval", "filed"):
                return TERM.field(name).kind.read(Cell(text), self._today)
            return self._office.roster.read_cell((person.id, unit.code or ""), name, text, self._today)

        fields = [ROSTER.field("posts"), ROSTER.field("post_since"), *_PAPERS]
        dialog = TypedDialog(f"{person.name} 任职", "任职", fields, read, take, self, above=above)
        dialog.fill({"post_since": f"{self._today:%Y.%m}"})
        dialog.begin("posts")

    def ask_to_move(self) -> None:
        """Ask where to, which post, from which day on."""
        assert self._person is not None
        person, unit = self._person, self._unit_combo()
        day = _day_input(self._today, self)
        above = _labelled(("村（社区）", unit), ("到任日期", day))

        def take(texts: Mapping[str, str]) -> None:
            first = day.date()
            self._office.people.move(
                person.id,
                unit.code or "",
                texts["post"],
                date(first.year(), first.month(), first.day()),
                texts["reason"],
                self._today,
                approval=texts["approval"],
                filed=texts["filed"],
            )
            self.appointed.emit()

        dialog = TypedDialog(
            f"{person.name} 调整",
            "办理调整",
            [_NEW_POST, _WHY, *_PAPERS],
            _anything,
            take,
            self,
            words="现任职务在到任前一天结束，经历会保留。",
            above=above,
        )
        dialog.begin("post")

    def ask_to_leave(self) -> None:
        """Ask which posts end, when and why."""
        assert self._person is not None
        serving = [line for line in self._terms if line.term.end is None]
        dialog = LeavingDialog(self._person.name, serving, self._today, self)
        dialog.decided.connect(self._end)
        dialog.open()

    def _end(self, term_ids: Sequence[str], day: date, reason: str, approval: str) -> None:
        with errors.told(self):
            self._office.roster.end_terms(term_ids, day, reason, approval)
            self.changed.emit()

    def ask_to_correct(self, line: TermLine) -> None:
        """Ask for what was entered wrong."""
        assert self._person is not None
        term = line.term
        there = correctable(line)
        papers = list(_PAPERS)
        if term.end:
            papers.append(TERM.field("end_approval"))
        else:
            del there["end_approval"]

        def take(texts: Mapping[str, str]) -> None:
            opened = there | dialog.seen
            if any(texts[name] != opened[name] for name in there):
                self._office.people.correct(term.id, self._today, opened=opened, **texts)
                self.changed.emit()

        fields = [TERM.field("post"), TERM.field("start"), TERM.field("end"), *papers, _WHY]
        dialog = TypedDialog(
            f"更正 {self._person.name} 任职",
            "更正",
            fields,
            _anything,
            take,
            self,
            words=f"{line.village}。只用来改录错的内容；离任时间清空就是仍在任。",
        )
        dialog.fill(there)
        dialog.begin("post")


def _anything(_name: str, _text: str) -> Reading:
    return Reading()


def _labelled(*inputs: tuple[str, QWidget]) -> QWidget:
    group = QWidget()
    form = QFormLayout(group)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(theme.SPACE)
    form.setVerticalSpacing(12)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for words, widget in inputs:
        form.addRow(words, widget)
    return group


def _day_input(today: date, parent: QWidget) -> QDateEdit:
    edit = QDateEdit(QDate(today.year, today.month, today.day), parent)
    edit.setDisplayFormat("yyyy.MM.dd")
    edit.setCalendarPopup(True)
    edit.setMaximumDate(edit.date())
    edit.setAccessibleName("到任日期")
    return edit
