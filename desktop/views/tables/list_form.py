"""Entering a line of a list, or changing one: its columns, checked while typing."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.roster import RosterRow
from desktop.models.services.stale_forms import StaleRecordError
from desktop.views import theme
from desktop.views.tables.source import Row
from desktop.views.widgets.clashes import ask_which
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.form_hints import FormHints
from desktop.views.widgets.side_panel import ClosingGuard
from desktop.views.widgets.unit_combo import UnitCombo

if TYPE_CHECKING:
    from desktop.models.services.roster import RosterService

TELLING = ("name", "id_number", "birth")  # leaving one of these looks for the person
VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY, DivisionKind.LIVING_AREA)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """What a form hands over: texts by column; ``person_id`` of a person who was known already."""

    division_code: str | None
    values: Mapping[str, str]
    person_id: str | None = None
    again: bool = False  # another one is to be entered next


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a form hands over of a line as it was opened with it; ``seen``: see ListActions.rewrite."""

    row: Row
    values: Mapping[str, str]  # all texts that can be typed into, by column
    seen: Mapping[str, str]


class ListForm(QWidget):
    """``entered`` carries a NewLine, ``corrected`` a Correction."""

    entered = Signal(object)
    corrected = Signal(object)
    left = Signal()
    wanted = Signal()  # its page is to come to the front

    def __init__(
        self,
        noun: str,
        fields: Sequence[Field],
        roster: RosterService,
        today: date,
        *,
        needed: Collection[str],
        telling: Collection[str],
        places: Collection[DivisionKind] = VILLAGES,
        parent: QWidget | None = None,
    ) -> None:
        """``places``: what a new line may lie in; none: that is not asked."""
        super().__init__(parent)
        self._noun, self._fields, self._roster, self._today = noun, tuple(fields), roster, today
        self._places = places
        self._row: Row = None  # being changed
        self._began: dict[str, str] = {}  # its texts before anything was typed
        self._seen: dict[str, str] = {}  # of what was changed since, what the officer was shown
        self._known: RosterRow | None = None  # who it is about, once that was asked
        self.title = theme.title(QLabel(self))
        self.unit = UnitCombo(self)
        self._where = "村（社区）" if DivisionKind.TOWNSHIP not in places else "所在社区或乡镇"
        self.unit.setAccessibleName(self._where)
        self.inputs: dict[str, FieldInput] = {}
        self.hints = FormHints()  # without a parent yet: its buttons come after the inputs by Tab
        self.hints.fill.connect(self._fill_in)
        self.hints.same.connect(self.take_known)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.title)
        layout.addWidget(self._build_fields(needed, telling), 1)
        layout.addWidget(self.hints)
        layout.addLayout(self._build_buttons())
        ClosingGuard(self, self._unsaved, ("回去保存", self.wanted.emit), self.forget)

    # what each register says for itself

    @abstractmethod
    def read(self, name: str, text: str) -> Reading:
        """Check a text for a column of a new line."""

    @abstractmethod
    def text(self, row: Row, name: str) -> str:
        """A cell as it is edited."""

    @abstractmethod
    def who(self, row: Row) -> str:
        """What a line is called."""

    @abstractmethod
    def take_known(self, row: RosterRow) -> None:
        """The person meant is known."""

    # building

    def _build_fields(self, needed: Collection[str], telling: Collection[str]) -> QWidget:
        page = QWidget()
        page.setObjectName("areaPage")
        self._form = QFormLayout(page)
        self._form.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.addRow(_label(f"{self._where} *", self.unit), self.unit)
        self._form.setRowVisible(self.unit, bool(self._places))
        for field in self._fields:
            cell = self._add(field, needed=field.name in needed)
            if field.name in telling:
                cell.left.connect(self._look_around)
        self.more = theme.link(QPushButton("更多项目", page))
        self.more.clicked.connect(lambda: self._show_more(True))
        self._form.addRow("", self.more)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setAccessibleName(f"{self._noun}信息")
        self._area.setWidget(page)
        return self._area

    def _add(self, field: Field, *, needed: bool) -> FieldInput:
        cell = FieldInput(field, partial(self.read, field.name))
        cell.submitted.connect(lambda: self._submit(again=False))
        cell.entered.connect(lambda: self._area.ensureWidgetVisible(cell, 0, theme.SPACE))
        self._form.addRow(_label(field.label + (" *" if needed else ""), cell), cell)
        self.inputs[field.name] = cell
        return cell

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
        self._row = self._known = None
        self._clear(f"新增{self._noun}")
        places = [division for division in units if division.kind in self._places]
        chosen = code if any(division.code == code for division in places) else self.unit.code
        self.unit.show_units(places)
        self.unit.choose(chosen)
        self.unit.setEnabled(True)
        self.save_again.show()
        self.forget()
        self.begin()

    def start_correcting(self, row: Row) -> None:
        """The line's own texts, to be changed."""
        self._row, self._known = row, None
        self._clear(f"修改 {self.who(row)}")
        self.unit.show_units([row.division] if row.division else [])
        self.unit.setEnabled(False)
        self.save_again.hide()
        for name, cell in self.inputs.items():
            cell.set_text(self.text(row, name))
        self._show_more(any(self.inputs[field.name].text for field in self._fields if not field.listed))
        self.forget()
        self.begin()

    @property
    def is_changed(self) -> bool:
        """Whether something was typed into the form that is shown, and is not saved."""
        return not self.isHidden() and self._typed != self._began

    def forget(self) -> None:
        """What stands there is not worth asking about, from now on."""
        self._began = self._typed

    @property
    def _typed(self) -> dict[str, str]:
        return {name: cell.text for name, cell in self.inputs.items()}

    def _unsaved(self) -> str:
        return f"“{self.title.text()}”填了还没有保存，关闭以后就没有了。" if self.is_changed else ""

    def _clear(self, title: str) -> None:
        self.title.setText(title)
        self._seen.clear()
        self.hints.clear()
        for cell in self.inputs.values():
            cell.setEnabled(True)
            cell.set_text("")
        self._show_more(False)

    def begin(self) -> None:
        """Go into the first input that can be typed into."""
        self._area.verticalScrollBar().setValue(0)
        next(cell for cell in self.inputs.values() if cell.isEnabled()).select()

    def _show_more(self, more: bool) -> None:
        for place, field in enumerate(self._fields, start=1):
            self._form.setRowVisible(place, more or field.listed)
        self.more.setVisible(not more and any(not field.listed for field in self._fields))

    # while typing

    def _look_around(self) -> None:
        """Offer what the identity number tells, and people who may be the one meant."""
        name, number, birth = (self.inputs[name].text if name in self.inputs else "" for name in TELLING)
        told = self._roster.identity_hints(number, self._today) if number else {}
        self.hints.offer(
            {n: text for n, text in told.items() if n in self.inputs and self.inputs[n].text != text}
        )
        if self._row is None and self._known is None and name:
            self.hints.ask(self._roster.same_person(name, number or None, birth or None))

    def _fill_in(self, values: Mapping[str, str]) -> None:
        for name, text in values.items():
            self.inputs[name].set_text(text)
        self.hints.offer({})

    # saving

    def _submit(self, *, again: bool) -> None:
        """Hand over what can be typed into: what is known of a person stays as it is."""
        texts = {name: cell.text for name, cell in self.inputs.items() if cell.isEnabled()}
        if self._row is not None:
            self.corrected.emit(Correction(row=self._row, values=texts, seen=self._seen))
            return
        line = NewLine(
            division_code=self.unit.code,
            values={name: text for name, text in texts.items() if text},
            person_id=self._known.person.id if self._known else None,
            again=again,
        )
        self.entered.emit(line)

    def ask_which(self, error: StaleRecordError) -> None:
        """What was typed was changed elsewhere, too: let somebody choose, and save again."""
        ask_which(self, error, self._seen, self.inputs, lambda: self._submit(again=False))

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Say at each field why it was not taken; go to the first."""
        shown = {name: words for name, words in problems.items() if name in self.inputs}
        if len(shown) < len(problems):  # words on the village stand where they can be seen
            first = next(iter(self.inputs))
            shown.setdefault(first, "\n".join(problems.values()))
        if any(field.name in shown and not field.listed for field in self._fields):
            self._show_more(True)
        for name, words in shown.items():
            self.inputs[name].say(words)
        next(cell for name, cell in self.inputs.items() if name in shown).select()


def _label(words: str, buddy: QWidget) -> QLabel:
    label = theme.quiet(QLabel(words))
    label.setBuddy(buddy)
    return label
