"""The line over the grid: quick chips, the day that is shown, what belongs to the grid's looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop.models.registers.roster import CHIPS
from desktop.views import theme

_COUNTED = "incomplete"  # the chip that shows how many: they are to become none
_DAY_WIDTH = 8.8  # characters
_FIRST_DAY = QDate(1990, 1, 1)


class RosterBar(QWidget):
    """``chip_chosen`` carries a key of CHIPS, ``day_chosen`` a date."""

    chip_chosen = Signal(str)
    day_chosen = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for place, (chip, words) in enumerate(CHIPS.items()):
            button = QPushButton(words, self)
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setAccessibleName(f"只看{words}" if place else "全部人员")
            self._group.addButton(button, place)
            self.chips[chip] = button
            layout.addWidget(button)
        self.chips["all"].setChecked(True)
        self._group.idClicked.connect(lambda place: self.chip_chosen.emit(list(CHIPS)[place]))
        layout.addStretch(1)
        label = theme.quiet(QLabel("截至", self))
        self.day = _day_input(today, self)
        label.setBuddy(self.day)
        self.day.dateChanged.connect(
            lambda day: self.day_chosen.emit(date(day.year(), day.month(), day.day()))
        )
        layout.addWidget(label)
        layout.addWidget(self.day)
        self.columns = self._tool("columns", "列设置：显示哪些列、先后、宽窄", "")
        self.eye = self._tool("eye", "显示完整的身份证号和电话（只在屏幕上）", "Ctrl+E")
        self.drawer = self._tool("drawer", "详情", "Ctrl+I")
        self.eye.setCheckable(True)
        self.drawer.setCheckable(True)
        for tool in (self.columns, self.eye, self.drawer):
            layout.addWidget(tool)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.day.setMinimumWidth(theme.characters(self, _DAY_WIDTH))
            for tool in (self.columns, self.eye, self.drawer):
                tool.setIconSize(theme.icon_size(self))

    def choose_chip(self, chip: str) -> None:
        """Show which chip is on."""
        self.chips[chip].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many lines still lack something."""
        number = counts.get(_COUNTED, 0)
        self.chips[_COUNTED].setText(f"{CHIPS[_COUNTED]} {number}" if number else CHIPS[_COUNTED])

    def show_eye(self, whole: bool) -> None:
        """Open or close the eye."""
        self.eye.setIcon(theme.icon("eye-off" if whole else "eye", checked="accent"))

    def show_day(self, day: date) -> None:
        """Show a day as if it were picked."""
        self.day.setDate(QDate(day.year, day.month, day.day))

    def _tool(self, icon: str, words: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(theme.icon(icon, checked="accent"))
        button.setIconSize(theme.icon_size(self))
        button.setToolTip(f"{words}（{keys}）" if keys else words)
        button.setAccessibleName(words)
        if keys:
            theme.keyed(button, keys)
        return button


def _day_input(today: date, parent: QWidget) -> QDateEdit:
    edit = QDateEdit(QDate(today.year, today.month, today.day), parent)
    edit.setDisplayFormat("yyyy.MM.dd")
    edit.setCalendarPopup(True)
    edit.setMinimumDate(_FIRST_DAY)
    edit.setMaximumDate(edit.date())
    edit.setKeyboardTracking(False)  # a half-typed date is no day to look at
    edit.setMinimumWidth(theme.characters(edit, _DAY_WIDTH))
    edit.setAccessibleName("截至日期")
    edit.setToolTip("查看哪一天在任的人")
    return edit
