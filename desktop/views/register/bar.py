"""The line over the roster: quick chips, and the day that is shown."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDateEdit, QLabel, QWidget

from desktop.models.registers.roster import CHIPS
from desktop.views import theme
from desktop.views.tables.list_bar import ListBar

_DAY_WIDTH = 8.8  # characters
_ROOMY = 50  # characters
_FIRST_DAY = QDate(1990, 1, 1)


class RosterBar(ListBar):
    """``day_chosen`` carries a date."""

    day_chosen = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        self._today = today
        super().__init__(CHIPS, "全部人员", parent=parent)

    def build_middle(self) -> None:
        """The day."""
        self._label = label = theme.quiet(QLabel("截至", self))
        self.day = _day_input(self._today, self)
        label.setBuddy(self.day)
        self.day.dateChanged.connect(
            lambda day: self.day_chosen.emit(date(day.year(), day.month(), day.day()))
        )
        self.line.addWidget(label)
        self.line.addWidget(self.day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The date goes without its word where there is no room for both."""
        super().resizeEvent(event)
        self._label.setVisible(self.width() >= theme.characters(self, _ROOMY))

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.day.setMinimumWidth(theme.characters(self, _DAY_WIDTH))

    def show_day(self, day: date) -> None:
        """Show a day as if it were picked."""
        self.day.setDate(QDate(day.year, day.month, day.day))


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
