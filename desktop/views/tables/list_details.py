"""What the drawer tells of one line of a list: its columns, further tabs, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
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
from desktop.views import theme
from desktop.views.tables.source import Row
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTab:
    """A further tab; ``show`` fills it, and is called only when the tab is looked at."""

    words: str
    widget: QWidget
    show: Callable[[Row], None]


class ListDetails(QWidget):
    """Shows one line: its name, some words and buttons; then its columns and the further tabs."""

    def __init__(
        self,
        columns: LineColumns,
        tabs: Sequence[LineTab],
        words: Sequence[QWidget],
        buttons: Sequence[QPushButton],
        parent: QWidget | None = None,
        *,
        below: Sequence[QPushButton] = (),
    ) -> None:
        """``below``: what is seldom done, on a line of its own below the buttons."""
        super().__init__(parent)
        self._row: Row = None
        self._stale: set[int] = set()
        self._tabs = tuple(tabs)
        self._columns = columns
        self.name = theme.title(WrappedLabel())
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("详情")
        self.tabs.addTab(columns, "基本")
        for tab in tabs:
            self.tabs.addTab(tab.widget, tab.words)
        self.tabs.currentChanged.connect(self._fill)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for label in (self.name, *words):
            layout.addWidget(label)
        layout.addSpacing(4)
        for some in filter(None, (buttons, [theme.link(button) for button in below])):
            line = QHBoxLayout()
            for button in some:
                line.addWidget(button)
            line.addStretch(1)
            layout.addLayout(line)
        layout.addSpacing(4)
        layout.addWidget(self.tabs, 1)

    def fill_in(self, row: Row, name: str, doubts: Mapping[str, str], *, whole: bool) -> None:
        """Show a line with what is doubtful in it; numbers whole or masked."""
        self._row = row
        self.name.setText(name)
        self._columns.show_row(row, doubts, whole=whole)
        self._stale = set(range(1, len(self._tabs) + 1))
        self._fill(self.tabs.currentIndex())

    def _fill(self, place: int) -> None:
        if self._row is not None and place in self._stale:
            self._stale.discard(place)
            self._tabs[place - 1].show(self._row)


class LineColumns(QScrollArea):
    """Every column that has a value or ought to; words below those that are doubtful.

    ``text`` tells a row's cell by the name of its column, whole or masked.
    """

    def __init__(self, fields: Sequence[Field], text: Callable[[Row, str, bool], str]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("基本信息")
        self._fields, self._text = tuple(fields), text
        self._values = {field.name: _value_label() for field in fields}
        self._words = {field.name: WrappedLabel() for field in fields}
        page = QWidget()
        page.setObjectName("areaPage")
        self._form = QFormLayout(page)
        self._form.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(theme.GAP)
        for field in fields:
            self._form.addRow(theme.quiet(QLabel(field.label)), self._cell(field))
        self.setWidget(page)

    def _cell(self, field: Field) -> QWidget:
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._values[field.name])
        layout.addWidget(self._words[field.name])
        return cell

    def show_row(self, row: Row, doubts: Mapping[str, str], *, whole: bool) -> None:
        """Fill in."""
        for place, field in enumerate(self._fields):
            text = self._text(row, field.name, whole)
            doubt = doubts.get(field.name, "")
            self._values[field.name].setText(text or "—")
            self._values[field.name].setVisible(bool(text or not doubt))
            words = self._words[field.name]
            words.setText(doubt)
            words.setVisible(bool(doubt))
            theme.set_tone(words, Tone.ERROR if text else Tone.WARN)
            self._form.setRowVisible(place, bool(text or doubt or field.listed))


def _value_label() -> WrappedLabel:
    label = WrappedLabel()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
