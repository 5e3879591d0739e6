"""What the drawer tells of one person: particulars, posts over time, changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.fields import Field
from desktop.models.domain.months import age_on
from desktop.models.registers.roster import ROSTER, RosterRow, value_of
from desktop.views import theme
from desktop.views.register.changes import ChangesTab
from desktop.views.register.timeline import TimelineTab
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_ABOVE = ("name", "posts", "village", "township")  # said over the tabs already
_SUMMARY = ("sex", "political_status", "education")


class PersonDetails(QWidget):
    """Shows one line of the roster; asks its tabs only when they are looked at."""

    editing = Signal()
    leaving = Signal()
    opening = Signal()
    restored = Signal(str)  # words: a change was taken back

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: RosterRow | None = None
        self._whole = False
        self._stale: set[int] = set()
        self.name = theme.title(WrappedLabel())
        self.posts = WrappedLabel()
        self.summary = theme.quiet(WrappedLabel())
        self.particulars = _Particulars()
        self.timeline = TimelineTab(office)
        self.changes = ChangesTab(office)
        self.changes.restored.connect(self.restored)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("详情")
        for tab, words in ((self.particulars, "基本"), (self.timeline, "任职"), (self.changes, "变更记录")):
            self.tabs.addTab(tab, words)
        self.tabs.currentChanged.connect(self._fill)
        self._build()

    def _build(self) -> None:
        self.edit = QPushButton("修改")
        self.edit.setIcon(theme.icon("pencil", "text"))
        self.edit.clicked.connect(self.editing)
        self.leave = QPushButton("离任…")
        self.leave.setIcon(theme.icon("leave", "text"))
        self.leave.clicked.connect(self.leaving)
        self.open = QPushButton("人员页", self)
        self.open.setIcon(theme.icon("person", "text"))
        self.open.setToolTip("人员页（Ctrl+Enter）")
        self.open.clicked.connect(self.opening)
        buttons = QHBoxLayout()
        for button in (self.edit, self.leave, self.open):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for label in (self.name, self.posts, self.summary):
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addLayout(buttons)
        layout.addSpacing(4)
        layout.addWidget(self.tabs, 1)

    def show_row(
        self, row: RosterRow, doubts: Mapping[str, str], *, whole: bool, editable: bool, day: date
    ) -> None:
        """Show a line with what is doubtful in it; numbers whole or masked."""
        self._row, self._whole = row, whole
        self.name.setText(row.person.name)
        self.posts.setText(f"{row.division.short_name} {row.posts_text}")
        self.summary.setText(" · ".join(_summary(row, day)))
        self.edit.setEnabled(editable)
        self.leave.setEnabled(editable)
        self.particulars.show_row(row, doubts, whole=whole)
        self._stale = {1, 2}
        self._fill(self.tabs.currentIndex())

    def _fill(self, tab: int) -> None:
        if self._row is None or tab not in self._stale:
            return
        self._stale.discard(tab)
        if tab == 1:
            self.timeline.show_person(self._row.person.id)
        else:
            self.changes.show_person(self._row.person.id)


def _summary(row: RosterRow, day: date) -> list[str]:
    person = row.person
    age = age_on(person.birth, day) if person.birth else None
    sex, status, education = (_shown(row, ROSTER.field(n), whole=False) for n in _SUMMARY)
    return [words for words in (sex, f"{age} 岁" if age is not None else "", status, education) if words]


def _shown(row: RosterRow, field: Field, *, whole: bool) -> str:
    value = value_of(row, field.name)
    return field.kind.show(value) if whole else field.kind.mask(value)


class _Particulars(QScrollArea):
    """Every field that has a value or ought to; words below those that are doubtful."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("基本信息")
        self._fields = [field for field in ROSTER.fields if field.name not in _ABOVE]
        self.values = {field.name: _value_label() for field in self._fields}
        self._words = {field.name: WrappedLabel() for field in self._fields}
        page = QWidget()
        page.setObjectName("areaPage")
        self._form = QFormLayout(page)
        self._form.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(theme.GAP)
        for field in self._fields:
            self._form.addRow(theme.quiet(QLabel(field.label)), self._cell(field))
        self.setWidget(page)

    def _cell(self, field: Field) -> QWidget:
        words = self._words[field.name]
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.values[field.name])
        layout.addWidget(words)
        return cell

    def show_row(self, row: RosterRow, doubts: Mapping[str, str], *, whole: bool) -> None:
        """Fill in."""
        for place, field in enumerate(self._fields):
            text = _shown(row, field, whole=whole)
            doubt = doubts.get(field.name, "")
            self.values[field.name].setText(text or "—")
            words = self._words[field.name]
            words.setText(doubt)
            words.setVisible(bool(doubt))
            theme.set_tone(words, Tone.ERROR if text else Tone.WARN)
            self._form.setRowVisible(place, bool(text or doubt or field.listed))


def _value_label() -> WrappedLabel:
    label = WrappedLabel()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
