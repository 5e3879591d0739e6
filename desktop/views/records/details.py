"""What the drawer tells of one line of a register: its columns, further tabs, what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

from desktop.models.registers.listing import Line
from desktop.views import theme
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAction:
    """Something to do with the current line: a button of the drawer and a line of the menu."""

    words: str
    icon: str
    act: Callable[[], None]
    keys: str = ""
    fits: Callable[[Line], bool] = lambda _line: True
    several: bool = False  # may be done with many lines at once


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTab:
    """A further tab; ``show`` fills it, and is called only when the tab is looked at."""

    words: str
    widget: QWidget
    show: Callable[[Line], None]


class LineDetails(QWidget):
    """Shows one line; asks its tabs only when they are looked at."""

    def __init__(
        self,
        service: RegisterService,
        actions: Sequence[LineAction],
        tabs: Sequence[LineTab],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self._actions = {action.words: action for action in actions}
        self._tabs = tuple(tabs)
        self._stale: set[int] = set()
        self.name = theme.title(WrappedLabel(parent=self))
        self.place = WrappedLabel(parent=self)
        self.columns = _Columns(service)
        self.buttons: dict[str, QPushButton] = {}
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName("详情")
        self.tabs.addTab(self.columns, "基本")
        for tab in tabs:
            self.tabs.addTab(tab.widget, tab.words)
        self.tabs.currentChanged.connect(self._fill)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.name)
        layout.addWidget(self.place)
        layout.addSpacing(4)
        layout.addLayout(self._build_buttons())
        layout.addSpacing(4)
        layout.addWidget(self.tabs, 1)

    def _build_buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for action in self._actions.values():
            button = QPushButton(action.words, self)
            button.setIcon(theme.icon(action.icon, "text"))
            button.setToolTip(f"{action.words}（{action.keys}）" if action.keys else action.words)
            button.clicked.connect(action.act)
            line.addWidget(button)
            self.buttons[action.words] = button
        line.addStretch(1)
        return line

    def show_line(self, line: Line, doubts: Mapping[str, str], *, whole: bool) -> None:
        """Show a line with what is doubtful in it; numbers whole or masked."""
        self._line = line
        self.name.setText(
            line.person.name if line.person else line.division.short_name if line.division else ""
        )
        place = line.division.short_name if line.person and line.division else line.township
        self.place.setText("　".join(filter(None, (place, line.computed.get("posts")))))
        for words, button in self.buttons.items():
            button.setVisible(self._actions[words].fits(line))
        self.columns.show_line(line, doubts, whole=whole)
        self._stale = set(range(1, len(self._tabs) + 1))
        self._fill(self.tabs.currentIndex())

    def _fill(self, place: int) -> None:
        if self._line is not None and place in self._stale:
            self._stale.discard(place)
            self._tabs[place - 1].show(self._line)


class _Columns(QScrollArea):
    """Every column that has a value or ought to; words below those that are doubtful."""

    def __init__(self, service: RegisterService) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("基本信息")
        self._service = service
        above = {"name", "posts", "village", "township"} if service.listing.of_person else {"village"}
        self._fields = [field for field in service.fields if field.name not in above]
        self.values = {field.name: _value_label() for field in self._fields}
        self._words = {field.name: WrappedLabel() for field in self._fields}
        page = QWidget()
        page.setObjectName("areaPage")
        self._form = QFormLayout(page)
        self._form.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(theme.GAP)
        for field in self._fields:
            cell = QWidget()
            layout = QVBoxLayout(cell)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(2)
            layout.addWidget(self.values[field.name])
            layout.addWidget(self._words[field.name])
            self._form.addRow(theme.quiet(QLabel(field.label)), cell)
        self.setWidget(page)

    def show_line(self, line: Line, doubts: Mapping[str, str], *, whole: bool) -> None:
        """Fill in."""
        for place, field in enumerate(self._fields):
            text = self._service.text(line, field.name, whole=whole)
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
