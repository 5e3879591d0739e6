"""Entering a line of a register, or changing one: its columns, checked while typing."""

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
from desktop.models.registers.listing import Line, Listing
from desktop.models.registers.roster import RosterRow, value_of
from desktop.views import theme
from desktop.views.register.field_input import FieldInput
from desktop.views.register.hints import FormHints
from desktop.views.widgets.unit_combo import UnitCombo

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService
    from desktop.models.services.roster import RosterService

_TELLING = ("name", "id_number", "birth")  # leaving one of these looks for the person
_VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY, DivisionKind.LIVING_AREA)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """What a form hands over: texts by column; ``owner_id`` of a person who was known already."""

    division_code: str | None
    values: Mapping[str, str]
    owner_id: str | None = None
    again: bool = False  # another one is to be entered next


class RecordForm(QWidget):
    """``entered`` carries a NewRecord, ``corrected`` the changed texts by column of the line being changed."""

    entered = Signal(object)
    corrected = Signal(object)
    left = Signal()

    def __init__(
        self, service: RegisterService, roster: RosterService, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._service, self._roster, self._today = service, roster, today
        self._line: Line | None = None  # being changed
        self._known: RosterRow | None = None  # who it is about, once that was asked
        self._fields = _fields(service.listing)
        self.title = theme.title(QLabel(self))
        self.unit = UnitCombo(self)
        self.unit.setAccessibleName("村（社区）")
        self.inputs: dict[str, FieldInput] = {}
        self.hints = FormHints(self)
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
        for field in self._fields:
            self._add(field)
        self.more = theme.link(QPushButton("更多项目", page))
        self.more.clicked.connect(lambda: self._show_more(True))
        self._form.addRow("", self.more)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setAccessibleName(f"{self._service.listing.noun}信息")
        self._area.setWidget(page)
        return self._area

    def _add(self, field: Field) -> None:
        cell = FieldInput(field, partial(self._read, field.name))
        cell.submitted.connect(lambda: self._submit(again=False))
        cell.entered.connect(lambda: self._area.ensureWidgetVisible(cell, 0, theme.SPACE))
        if field.name in self._service.listing.of_person and field.name in _TELLING:
            cell.left.connect(self._look_around)
        needed = field.name in self._service.listing.needed
        self._form.addRow(_label(field.label + (" *" if needed else ""), cell), cell)
        self.inputs[field.name] = cell

    def _build_buttons(self) -> QHBoxLayout:
        self.save = theme.primary(QPushButton("保存", self))
        self.save.setToolTip("保存（Enter）")
        self.save.clicked.connect(lambda: self._submit(again=False))
        self.save_again = QPushButton("保存并新增", self)
        self.save_again.clicked.connect(lambda: self._submit(again=True))
        cancel = QPushButton("取消", self)
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
        """An empty form for a village; the last one chosen stays where none is given."""
        self._line = self._known = None
        self._clear(f"新增{self._service.listing.noun}")
        villages = [division for division in units if division.kind in _VILLAGES]
        chosen = code if any(division.code == code for division in villages) else self.unit.code
        self.unit.show_units(villages)
        self.unit.choose(chosen)
        self.unit.setEnabled(True)
        self.save_again.show()
        self._begin()

    def start_correcting(self, line: Line) -> None:
        """The line's own texts, to be changed."""
        self._line, self._known = line, None
        self._clear(f"修改 {line.person.name if line.person else self._service.listing.noun}")
        self.unit.show_units([line.division] if line.division else [])
        self.unit.setEnabled(False)
        self.save_again.hide()
        for name, cell in self.inputs.items():
            cell.set_text(self._text(line, name))
        self._show_more(any(self.inputs[field.name].text for field in self._fields if not field.listed))
        self._begin()

    def _clear(self, title: str) -> None:
        self.title.setText(title)
        self.hints.clear()
        for cell in self.inputs.values():
            cell.setEnabled(True)
            cell.set_text("")
        self._show_more(False)

    def _begin(self) -> None:
        self._area.verticalScrollBar().setValue(0)
        next(cell for cell in self.inputs.values() if cell.isEnabled()).select()

    def _show_more(self, more: bool) -> None:
        for place, field in enumerate(self._fields, start=1):
            self._form.setRowVisible(place, more or field.listed)
        self.more.setVisible(not more and any(not field.listed for field in self._fields))

    # while typing

    def _read(self, name: str, text: str) -> Reading:
        return self._service.read_cell("", name, text, self._today)

    def _look_around(self) -> None:
        """Offer what the identity number tells, and people who may be the one meant."""
        name, number, birth = (self.inputs[name].text if name in self.inputs else "" for name in _TELLING)
        told = self._roster.identity_hints(number, self._today) if number else {}
        self.hints.offer(
            {n: text for n, text in told.items() if n in self.inputs and self.inputs[n].text != text}
        )
        if self._line is None and self._known is None and name:
            self.hints.ask(self._roster.same_person(name, number or None, birth or None))

    def _fill_in(self, values: Mapping[str, str]) -> None:
        for name, text in values.items():
            self.inputs[name].set_text(text)
        self.hints.offer({})

    def _take_known(self, row: RosterRow) -> None:
        """The person meant is known: what is known of him is shown and stays as it is."""
        self._known = row
        self.unit.choose(row.division.code)
        for name in self._service.listing.of_person & self.inputs.keys():
            cell = self.inputs[name]
            known = self._service.listing.shown.field(name).kind.show(value_of(row, name))
            cell.set_text(known or cell.text)
            cell.setEnabled(not known)
        self._begin()

    # saving

    def _submit(self, *, again: bool) -> None:
        texts = {name: cell.text for name, cell in self.inputs.items() if cell.isEnabled()}
        if self._line is not None:
            line = self._line
            self.corrected.emit({n: text for n, text in texts.items() if text != self._text(line, n)})
            return
        record = NewRecord(
            division_code=self.unit.code,
            values={name: text for name, text in texts.items() if text},
            owner_id=self._known.person.id if self._known else None,
            again=again,
        )
        self.entered.emit(record)

    def _text(self, line: Line, name: str) -> str:
        return self._service.text(line, name, whole=True)

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say at each field why it was not taken; go to the first."""
        shown = {name: words for name, words in problems.items() if name in self.inputs}
        if len(shown) < len(problems):  # words on the village stand where they can be seen
            first = next(iter(self.inputs))
            shown.setdefault(first, "\n".join(problems.values()))
        if any(not self._service.listing.shown.field(name).listed for name in shown):
            self._show_more(True)
        for name, words in shown.items():
            self.inputs[name].say(words)
        next(cell for name, cell in self.inputs.items() if name in shown).select()


def _fields(listing: Listing) -> tuple[Field, ...]:
    """What is typed, who it is about first: the village is chosen above."""
    first = [name for name in ("name", "id_number", "sex", "birth") if name in listing.of_person]
    others = [f.name for f in listing.columns if f.editable and f.name not in (*first, "township", "village")]
    return tuple(listing.shown.field(name) for name in (*first, *others))


def _label(words: str, buddy: QWidget) -> QLabel:
    label = theme.quiet(QLabel(words))
    label.setBuddy(buddy)
    return label
