"""The fields of an activity's form, put below each other; which of them a kind asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSpacerItem,
    QWidget,
)

from desktop.models.domain.moments import is_time
from desktop.models.domain.reading import Cell, Reading
from desktop.models.registers.activity import ACTIVITY, HELD, PLANNED, STATE
from desktop.models.registers.schemes import WITH_PROBLEMS, WITH_VISIT
from desktop.models.services.activity_forms import ActivityForm
from desktop.models.services.attendees import Attendee
from desktop.views import theme
from desktop.views.four_ones.attendees_editor import AttendeesEditor
from desktop.views.four_ones.problem_list import ProblemList
from desktop.views.four_ones.sheet_list import SheetList
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.paragraphs import Paragraphs
from desktop.views.widgets.photo_strip import PhotoStrip

if TYPE_CHECKING:
    from desktop.office import Office

_LONG = {"content": 4, "effect": 2, "next_steps": 2}  # lines
_ABOVE = (("kind", "state"), ("theme",), ("start", "end"), ("place",), ("host", "speaker"))
_VISIT = ("visited", "led_by")
_BELOW = (("entered_by", "checked_by"), ("checked", "expected"))
_SHORT = {
    "start": "时间",
    "end": "至",
    "host": "主持",
    "speaker": "导师",
    "content": "内容",
    "expected": "应到",
}
_TIPS = {
    "start": "如 2026.03.04 或 2026.03.04 14:30；将来的日子就是计划",
    "end": "可以只写钟点，如 16:30",
    "speaker": "主讲人或导师",
    "expected": "空着就按名单人数",
}
_AHEAD = "日期还没有到，记为“计划”；开展以后再改。"
_COME = "日期已到，记为“已开展”；没有开展请改。"
_DUE = "计划的日子到了：开展了请改为“已开展”，没有开展请改期或改为“已取消”。"
_LEAST = 4  # characters of a choice that are seen at least
_HELD, _PLANNED = STATE.show(HELD), STATE.show(PLANNED)


class ActivityFields(QScrollArea):
    """``touched`` after what the checks look at; ``submitted`` by Enter in a line; ``receiving`` while files are read."""

    touched = Signal()
    submitted = Signal()
    receiving = Signal(bool)

    def __init__(self, office: Office, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._office, self._today = office, today
        self.reading: set[QWidget] = set()  # which of strip and sheets read files
        self.inputs: dict[str, FieldInput] = {}
        page = QWidget()
        page.setObjectName("areaPage")
        self.people = AttendeesEditor(self._find, self._place_name, page)
        self.people.changed.connect(self.touched)
        self.people.submitted.connect(self.submitted)
        self.problems = ProblemList(self._read_problem, page)
        self.problems.submitted.connect(self.submitted)
        self.problems.entered.connect(self._show)
        self.strip = PhotoStrip(office, page)
        self.sheets = SheetList(office, page)
        for each in (self.strip, self.sheets):
            each.receiving.connect(partial(self._receive, each))
        self._form = QFormLayout(page)
        self._form.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        self._form.setHorizontalSpacing(10)
        self._form.setVerticalSpacing(theme.GAP)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows: dict[str, int] = {}  # by what a row begins with
        self._build()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("活动信息")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    # building

    def _build(self) -> None:
        for names in _ABOVE:
            self._row(*names)
        self._put("people", "参加人", self.people)
        for name in _LONG:
            self._row(name)
        self._row(*_VISIT)
        self._put("problems", "发现问题", self.problems)
        self._form.addRow(theme.heading(QLabel("照片（拖到这张表的任何地方都行）")))
        self._form.addRow(self.strip)
        self._put("sheets", "签到表", self.sheets)
        for names in _BELOW:
            self._row(*names)
        least, most = QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding
        self._form.addItem(QSpacerItem(0, 0, least, most))  # a high window stretches no field
        self.inputs["start"].editor.editingFinished.connect(self._follow_day)  # type: ignore[union-attr]  # a line of text
        self.inputs["kind"].editor.currentTextChanged.connect(self._follow_kind)  # type: ignore[union-attr]  # a combo
        for name in ("kind", "start", "checked_by"):
            self.inputs[name].left.connect(self.touched)

    def _row(self, *names: str) -> None:
        """One or two fields beside each other."""
        first, *others = names
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        line.addWidget(self._input(first), 1, Qt.AlignmentFlag.AlignTop)
        for name in others:
            cell = self._input(name)
            line.addWidget(_label(name, cell), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(cell, 1, Qt.AlignmentFlag.AlignTop)
        self._put(first, _label(first, self.inputs[first]), box)

    def _put(self, name: str, label: QLabel | str, widget: QWidget) -> None:
        if isinstance(label, str):
            label = theme.quiet(QLabel(label))
            label.setBuddy(widget)
        self._rows[name] = self._form.rowCount()
        self._form.addRow(label, widget)

    def _input(self, name: str) -> FieldInput:
        field = self._office.activities.listing.shown.field(name)
        cell = FieldInput(field, partial(self._read, name))
        cell.submitted.connect(self.submitted)
        if isinstance(cell.editor, Paragraphs):
            cell.editor.show_lines(_LONG[name])
        elif isinstance(cell.editor, QComboBox):
            cell.editor.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            cell.editor.setMinimumContentsLength(_LEAST)
        else:
            cell.editor.setPlaceholderText(_TIPS.get(name, ""))
        cell.entered.connect(lambda: self._show(cell))
        self.inputs[name] = cell
        return cell

    def _show(self, widget: QWidget) -> None:
        self.ensureWidgetVisible(widget, 0, theme.SPACE)

    # what is shown

    def show_form(self, form: ActivityForm) -> None:
        """Fill in an activity; its photos are shown by whoever has them."""
        for name, cell in self.inputs.items():
            cell.set_text(form.values.get(name, ""))
        self._base = form
        self.people.show_people(form.attendees)
        self.problems.show_entries(form.problems)
        self._follow_kind(form.values["kind"])
        if form.values["state"] == _PLANNED and self._day <= self._today:
            self._remark_state(_DUE)

    def read_form(self) -> ActivityForm:
        """The activity as it stands, without its files."""
        texts = {name: cell.text for name, cell in self.inputs.items()}
        return replace(
            self._base,
            values={**self._base.values, **texts},
            attendees=self.people.people,
            problems=self.problems.entries,
            files=(),
        )

    def show_problems(self, problems: Mapping[str, str]) -> str:
        """Say at each field why it is not taken, go to the first; return the words for which there is no field."""
        self.problems.say(problems)
        known = {name: words for name, words in problems.items() if name in self.inputs}
        for name, words in known.items():
            self.inputs[name].say(words)
        if known:
            self.inputs[next(name for name in self.inputs if name in known)].select()
        return "\n".join(words for name, words in problems.items() if name not in known)

    def begin(self) -> None:
        """The keyboard goes to the theme, or to the kind where none is chosen."""
        self.verticalScrollBar().setValue(0)
        self.inputs["theme" if self.inputs["kind"].text else "kind"].select()

    @property
    def is_receiving(self) -> bool:
        """Whether files are being read."""
        return bool(self.reading)

    def _receive(self, by: QWidget, reading: bool) -> None:
        (self.reading.add if reading else self.reading.discard)(by)
        self.receiving.emit(self.is_receiving)

    # while typing

    def _read(self, name: str, text: str) -> Reading:
        if name == "end" and is_time(text):
            text = f"{self.inputs['start'].text[:10]} {text}"
        return self._office.activities.read_cell("", name, text, self._today)

    def _read_problem(self, name: str, text: str) -> Reading:
        return self._office.field_problems.read_cell("", name, text, self._today)

    @property
    def _day(self) -> date:
        """The day of the activity, as far as it can be read."""
        value = self._read("start", self.inputs["start"].text).value
        return date.fromisoformat(value[:10]) if isinstance(value, str) else self._today

    def _find(self, text: str) -> tuple[Attendee, ...]:
        return self._office.activities.attendees.matching(text, min(self._day, self._today))

    def _place_name(self, code: str) -> str:
        return self._office.divisions.get(code).short_name

    def _follow_day(self) -> None:
        """A day that lies ahead is a plan; what was one by its day alone is held once the day has come."""
        state, ahead = self.inputs["state"], self._day > self._today
        if state.text == (_HELD if ahead else _PLANNED):
            state.set_text(_PLANNED if ahead else _HELD)
            self._remark_state(_AHEAD if ahead else _COME)

    def _remark_state(self, words: str) -> None:
        state = self.inputs["state"]
        state.say(words)
        theme.set_tone(state.words, theme.Tone.WARN)  # nothing is wrong

    def _follow_kind(self, text: str) -> None:
        code = self._office.activities.kinds.read(Cell(text), self._today).value
        kind = self._office.activities.kinds.item(str(code))
        form = kind.form if kind else None
        self._form.setRowVisible(
            self._rows["visited"], form == WITH_VISIT or any(self.inputs[n].text for n in _VISIT)
        )
        self._form.setRowVisible(self._rows["problems"], form == WITH_PROBLEMS or bool(self.problems.blocks))


def _label(name: str, buddy: QWidget) -> QLabel:
    label = theme.quiet(QLabel(_SHORT.get(name, ACTIVITY.field(name).label)))
    label.setBuddy(buddy)
    label.setContentsMargins(0, 5, 0, 0)  # on a line with the text of the input
    return label
