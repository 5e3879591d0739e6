"""Entering a person, or changing one: the fields of the roster, checked while typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.roster import ROSTER, RosterRow, value_of
from desktop.models.registers.term import serving_on
from desktop.views import theme
from desktop.views.register.field_input import FieldInput
from desktop.views.register.hints import FormHints
from desktop.views.widgets.unit_combo import UnitCombo

if TYPE_CHECKING:
    from desktop.models.services.roster import RosterService

_FIRST = ("name", "id_number", "sex", "birth", "posts", "post_since")
_NEEDED = ("name", "posts")
_OF_A_POST = ("posts", "post_since")
_TELLING = ("name", "id_number", "birth")  # leaving one of these looks for the person
_VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY, DivisionKind.LIVING_AREA)
_FIELDS = (
    *(ROSTER.field(name) for name in _FIRST),
    *(field for field in ROSTER.fields if field.editable and field.name not in _FIRST),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """What a form hands over: texts by field; ``person_id`` of a person who was known already."""

    division_code: str
    values: Mapping[str, str]
    person_id: str | None = None
    again: bool = False  # another one is to be entered next


class PersonForm(QWidget):
    """``entered`` carries a NewLine, ``corrected`` the changed texts by field of the line being changed."""

    entered = Signal(object)
    corrected = Signal(object)
    left = Signal()
    found = Signal(object)  # the key of a line that is the person meant

    def __init__(self, roster: RosterService, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roster = roster
        self._today = today
        self._row: RosterRow | None = None  # being changed
        self._known: RosterRow | None = None  # given another post
        self.title = theme.title(QLabel())
        self.unit = UnitCombo()
        self.unit.setAccessibleName("村（社区）")
        self.inputs: dict[str, FieldInput] = {}
        self.hints = FormHints()
        self.hints.fill.connect(self._fill_in)
        self.hints.same.connect(self._take_known)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.title)
        layout.addWidget(self._build_fields(), 1)
        layout.addWidget(self.hints)
        layout.addLayout(self._build_buttons())

    # building

    def _build_fields(self) -> QWidget:
        page = QWidget()
        page.setObjectName("areaPage")
        self._form = QFormLayout(page)
        self._form.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(_label("村（社区） *", self.unit), self.unit)
        for field in _FIELDS:
            self._add(field)
        self.more = theme.link(QPushButton("更多项目"))
        self.more.clicked.connect(lambda: self._show_more(True))
        self._form.addRow("", self.more)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setAccessibleName("人员信息")
        self._area.setWidget(page)
        return self._area

    def _add(self, field: Field) -> None:
        cell = FieldInput(field, partial(self._read, field.name))
        cell.submitted.connect(lambda: self._submit(again=False))
        cell.entered.connect(lambda: self._area.ensureWidgetVisible(cell, 0, theme.SPACE))
        if field.name in _TELLING:
            cell.left.connect(self._look_around)
        self._form.addRow(_label(field.label + (" *" if field.name in _NEEDED else ""), cell), cell)
        self.inputs[field.name] = cell

    def _build_buttons(self) -> QHBoxLayout:
        self.save = theme.primary(QPushButton("保存"))
        self.save.setToolTip("保存（Enter）")
        self.save.clicked.connect(lambda: self._submit(again=False))
        self.save_again = QPushButton("保存并新增")
        self.save_again.clicked.connect(lambda: self._submit(again=True))
        cancel = QPushButton("取消")
        cancel.setToolTip("取消（Esc）")
        cancel.clicked.connect(self.left)
        line = QHBoxLayout()
        line.addWidget(self.save)
        line.addWidget(self.save_again)
        line.addStretch(1)
        line.addWidget(cancel)
        return line

    # starting

    def start_new(self, units: Sequence[Division], code: str | None) -> None:
        """An empty form for a person of a village; the last one chosen stays where none is given."""
        self._row = self._known = None
        self._clear("新增人员")
        villages = [division for division in units if division.kind in _VILLAGES]
        chosen = code if any(division.code == code for division in villages) else self.unit.code
        self.unit.show_units(villages)
        self.unit.choose(chosen)
        self.unit.setEnabled(True)
        self.save_again.show()
        self._begin("name")

    def start_correcting(self, row: RosterRow) -> None:
        """The line's own texts, to be changed."""
        self._row, self._known = row, None
        self._clear(f"修改 {row.person.name}")
        self.unit.show_units([row.division])
        self.unit.setEnabled(False)
        self.save_again.hide()
        self._show_texts(row)
        self._show_more(any(self.inputs[field.name].text for field in _FIELDS if not field.listed))
        self._begin("name")

    def _clear(self, title: str) -> None:
        self.title.setText(title)
        self.hints.clear()
        for cell in self.inputs.values():
            cell.setEnabled(True)
            cell.set_text("")
        self._show_more(False)

    def _begin(self, name: str) -> None:
        self._area.verticalScrollBar().setValue(0)
        self.inputs[name].select()

    def _show_texts(self, row: RosterRow) -> None:
        for name, cell in self.inputs.items():
            cell.set_text(_text(row, name))

    def _show_more(self, more: bool) -> None:
        for place, field in enumerate(_FIELDS, start=1):
            self._form.setRowVisible(place, more or field.listed)
        self.more.setVisible(not more)

    # while typing

    def _read(self, name: str, text: str) -> Reading:
        return self._roster.read_cell(("", self.unit.code or ""), name, text, self._today)

    def _look_around(self) -> None:
        """Offer what the identity number tells, and people who may be the one meant."""
        name, number, birth = (self.inputs[name].text for name in _TELLING)
        told = self._roster.identity_hints(number, self._today) if number else {}
        self.hints.offer({field: text for field, text in told.items() if self.inputs[field].text != text})
        if self._row is None and self._known is None and name:
            self.hints.ask(self._roster.same_person(name, number or None, birth or None))

    def _fill_in(self, values: Mapping[str, str]) -> None:
        for name, text in values.items():
            self.inputs[name].set_text(text)
        self.hints.offer({})

    def _take_known(self, row: RosterRow) -> None:
        """The person meant is known: only the post is new; or nothing is, in the same village."""
        serving = any(serving_on(term, self._today) for term in row.terms)
        if serving and row.division.code == self.unit.code:
            self.found.emit(row.key)
            return
        self._known = row
        typed = {name: self.inputs[name].text for name in _OF_A_POST}
        self._show_texts(row)
        for name, cell in self.inputs.items():
            cell.setEnabled(name in _OF_A_POST)
        for name, text in typed.items():
            self.inputs[name].set_text(text)
        self.title.setText(f"{row.person.name} 任职")
        self._begin("posts")

    # saving

    def _submit(self, *, again: bool) -> None:
        texts = {name: cell.text for name, cell in self.inputs.items()}
        if self._row is not None:
            row = self._row
            self.corrected.emit({name: text for name, text in texts.items() if text != _text(row, name)})
            return
        if self._known is not None:
            texts = {name: texts[name] for name in _OF_A_POST}
        line = NewLine(
            division_code=self.unit.code or "",
            values={name: text for name, text in texts.items() if text},
            person_id=self._known.person.id if self._known else None,
            again=again,
        )
        self.entered.emit(line)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say at each field why it was not taken; go to the first."""
        for name, words in problems.items():
            self.inputs[name].say(words)
        first = next((cell for name, cell in self.inputs.items() if name in problems), None)
        if first is not None:
            first.select()


def _label(words: str, buddy: QWidget) -> QLabel:
    label = theme.quiet(QLabel(words))
    label.setBuddy(buddy)
    return label


def _text(row: RosterRow, name: str) -> str:
    return ROSTER.field(name).kind.show(value_of(row, name))
