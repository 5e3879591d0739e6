"""Entering a person, or changing one: the fields of the roster, checked while typing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.models.domain.fields import Field
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.roster import RosterRow
from desktop.views import theme
from desktop.views.register.hints import FormHints
from desktop.views.tables.editors import Input, input_for, watch
from desktop.views.widgets.unit_combo import UnitCombo

if TYPE_CHECKING:
    from desktop.models.services.roster import RosterService

_FIRST = ("name", "id_number", "sex", "birth", "posts", "post_since")
_NEEDED = ("name", "posts")
_OF_A_POST = ("posts", "post_since")
_VILLAGES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY, DivisionKind.LIVING_AREA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a form hands over: texts by field; ``person_id`` of a person who was known already."""

    division_code: str
    values: Mapping[str, str]
    person_id: str | None = None
    again: bool = False  # another one is to be entered next


class PersonForm(QWidget):
    """``entered`` carries an Entry to add or appoint, ``corrected`` changed texts by field of the line shown."""

    entered = Signal(object)
    corrected = Signal(object)
    left = Signal()
    found = Signal(object)  # the key of a line that is the person meant

    def __init__(self, roster: RosterService, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roster = roster
        self._today = today
        self._row: RosterRow | None = None
        self._known: RosterRow | None = None
        self.title = theme.title(QLabel())
        self.unit = UnitCombo()
        self.unit.setAccessibleName("村（社区）")
        self.inputs: dict[str, Input] = {}
        self.problems: dict[str, QLabel] = {}
        self.hints = FormHints()
        self.hints.fill.connect(self._fill_in)
        self.hints.same.connect(self._take_known)
        self._labels: dict[str, QLabel] = {}
        self._build()

    def _build(self) -> None:
        page = QWidget()
        page.setObjectName("areaPage")
        self._form = QFormLayout(page)
        self._form.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        label = QLabel("村（社区）")
        label.setBuddy(self.unit)
        self._form.addRow(label, self.unit)
        for field in _ordered():
            self._add(field)
        self.more = theme.link(QPushButton("更多项目…"))
        self.more.clicked.connect(lambda: self._show_more(True))
        self._form.addRow(self.more)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setAccessibleName("人员信息")
        area.setWidget(page)
        self._area = area
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.title)
        layout.addWidget(area, 1)
        layout.addWidget(self.hints)
        layout.addLayout(self._buttons())

    def _add(self, field: Field) -> None:
        editor = input_for(field)
        watch(editor, partial(self._read, field.name))
