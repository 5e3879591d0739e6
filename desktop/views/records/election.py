"""A new term of one body of a village (换届): who goes on, who ends, who is new."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.posts import Committee, Post
from desktop.models.errors import DesktopError
from desktop.models.registers.committee_term import BODY
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.elections import Elected, Election, ElectionLine
from desktop.views import theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.rows import rows_table
from desktop.views.widgets.unit_combo import UnitCombo
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
_BODIES = (Committee.PARTY, Committee.VILLAGERS, Committee.SUPERVISORY)
_GOES_ON, _NAME, _BEFORE, _AFTER = range(4)
_HEADINGS = ("当选", "姓名", "原职务", "新职务（可改）")
_WIDTHS = (4, 7, 13, 14)  # characters
_WIDTH, _HEIGHT = 46, 41
_PERSON = Qt.ItemDataRole.UserRole


class ElectionDialog(QDialog):
    """Says beforehand what becomes of everybody; ``elected`` once the new term was entered."""

    elected = Signal()

    def __init__(self, office: Office, today: date, code: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._office, self._today = office, today
        self._elections = office.elections
        self.setWindowTitle("换届")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._build_inputs(code)
        self.people = rows_table("选举结果", _HEADINGS, _WIDTHS)
        self.people.setEditTriggers(QTableWidget.EditTrigger.AllEditTriggers)
        self.people.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        theme.cells(self.people)
        self.add = QPushButton("加一人", self)
        self.add.setIcon(theme.icon("plus", "text"))
        self.add.clicked.connect(self.add_somebody)
        self.words = WrappedLabel(parent=self)
        buttons = Answers(self, "办理换届")
        self.ok = buttons.ok
        self.ok.setAutoDefault(False)  # Enter ends a cell
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(self._form)
        layout.addWidget(self.people, 1)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.words)
        layout.addWidget(buttons)
        self.resize(theme.characters(self, _WIDTH), theme.characters(self, _HEIGHT))
        self._list_people()
        self.people.itemChanged.connect(self._plan)
        self.number.setFocus()

    def _build_inputs(self, code: str | None) -> None:
        self.unit = UnitCombo(self)
        units = self._office.roster.units(self._today)
        self.unit.show_units([u.division for u in units if u.division.kind in _VILLAGES])
        self.unit.choose(code)
        self.unit.setAccessibleName("村（社区）")
        self.body = QComboBox(self)
        self.body.addItems([BODY.show(str(body)) for body in _BODIES])
        self.body.setAccessibleName("班子")
        self.number, self.start, self.due = (QLineEdit(self) for _ in range(3))
        self.start.setText(f"{self._today:%Y.%m}")
        self.number.setPlaceholderText("如：第十三届")
        self.due.setPlaceholderText("不填为五年后")
        self.approval, self.filed = QLineEdit(self), QLineEdit(self)
        for line in (self.approval, self.filed):
            line.setPlaceholderText("可不填")
        for line, words in (
            *((self.number, "届次"), (self.start, "本届起始"), (self.due, "届满时间")),
            *((self.approval, "批准机关及文号"), (self.filed, "备案时间")),
        ):
            line.setAccessibleName(words)
            line.textChanged.connect(self._plan)
        for combo in (self.unit, self.body):
            combo.currentIndexChanged.connect(self._list_people)
        self._form = QHBoxLayout()
        self._form.setSpacing(2 * theme.SPACE)
        first = (
            ("村（社区）(&V)", self.unit),
            ("班子(&B)", self.body),
            ("届次(&N)", self.number),
            ("批准文号(&A)", self.approval),
        )
        second = (("本届起始(&S)", self.start), ("届满时间(&E)", self.due), ("备案时间(&F)", self.filed))
        for rows in (first, second):
            form = QFormLayout()
            form.setHorizontalSpacing(theme.SPACE)
            form.setVerticalSpacing(theme.GAP)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for words, widget in rows:
                form.addRow(words, widget)
            self._form.addLayout(form, 1)

    # who

    @property
    def _committee(self) -> Committee:
        return _BODIES[self.body.currentIndex()]

    def _list_people(self) -> None:
        """Those who hold a post of the body now; all are taken to go on until somebody says otherwise."""
        self.people.blockSignals(True)
        self.people.setRowCount(0)
        roster = self._office.roster
        rows = roster.rows(roster.keys(RosterQuery(on=self._today, unit=self.unit.code)), self._today)
        for row in rows:
            held = {t.id for t in row.terms if Post(t.post).committee is self._committee}
            lines = [line for line in roster.terms(row.person.id) if line.term.id in held]
            if lines:
                posts = "、".join(line.wording for line in lines)
                self._add(row.person.name, posts, posts, row.person.id)
        self.people.blockSignals(False)
        self._plan()

    def add_somebody(self) -> None:
        """A line for somebody new to the body."""
        self._add("", "", "", None)
        self.people.setFocus()
        self.people.setCurrentCell(self.people.rowCount() - 1, _NAME)  # and its editor opens

    def _add(self, name: str, before: str, after: str, person_id: str | None) -> None:
        row = self.people.rowCount()
        self.people.insertRow(row)
        for column, text in enumerate(("", name, before, after)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            fixed = column in (_GOES_ON, _BEFORE) or (column == _NAME and person_id is not None)
            if fixed:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            if column == _GOES_ON:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked)
                item.setData(_PERSON, person_id)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name or '新人'} 当选")
            self.people.setItem(row, column, item)

    def _elected(self) -> tuple[Elected, ...]:
        found = []
        for row in range(self.people.rowCount()):
            chosen = self.people.item(row, _GOES_ON)
            person_id = chosen.data(_PERSON) if chosen else None
            name, posts = self._text(row, _NAME), self._text(row, _AFTER)
            if chosen and chosen.checkState() == Qt.CheckState.Checked and name:
                values = {} if person_id else {"name": name}
                found.append(Elected(posts=posts, person_id=person_id, values=values))
        return tuple(found)

    def _text(self, row: int, column: int) -> str:
        item = self.people.item(row, column)
        return item.text().strip() if item else ""

    @property
    def election(self) -> Election:
        """What was entered."""
        return Election(
            division_code=self.unit.code or "",
            committee=self._committee,
            number=self.number.text(),
            start=self.start.text(),
            due=self.due.text(),
            approval=self.approval.text(),
            filed=self.filed.text(),
            elected=self._elected(),
        )

    # what comes of it

    def _plan(self) -> None:
        try:
            lines = self._elections.plan(self.election, self._today)
        except DesktopError as error:
            self._say(str(error), wrong=True)
            return
        self._say(_in_words(lines), wrong=False)

    def _say(self, words: str, *, wrong: bool) -> None:
        self.words.setText(words)
        theme.set_tone(self.words, theme.Tone.ERROR if wrong else theme.Tone.PLAIN)
        self.ok.setEnabled(not wrong)

    def accept(self) -> None:
        """Enter the new term."""
        try:
            self._elections.re_elect(self.election, self._today)
        except DesktopError as error:
            self._say(str(error), wrong=True)
            return
        super().accept()
        self.elected.emit()


def _in_words(lines: tuple[ElectionLine, ...]) -> str:
    by_kind: dict[str, list[str]] = {}
    for line in lines:
        by_kind.setdefault(str(line.kind), []).append(line.name)
    return "　".join(f"{kind} {len(names)} 人：{'、'.join(names)}" for kind, names in by_kind.items())
