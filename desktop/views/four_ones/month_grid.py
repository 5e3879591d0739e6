"""A month as a grid of days, each with what is planned, was held or was cancelled."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.views import icons, theme

_DAYS = ("一", "二", "三", "四", "五", "六", "日")
_WEEKS = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}
_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of a day; ``ink`` is a name of theme.COLORS."""

    words: str
    icon: str
    ink: str
    spoken: str


class MonthGrid(QTableWidget):
    """``chosen``: another day is the current one; ``opened`` by Enter. The arrows leave the month, too."""

    chosen = Signal(object)  # a date
    opened = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(_WEEKS, len(_DAYS), parent)
        self.today = self.day = today
        self.events: Mapping[date, Sequence[Event]] = {}
        self._first = today
        self.setAccessibleName("日历")
        self.setHorizontalHeaderLabels([f"周{day}" for day in _DAYS])
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Day(self))
        self.cellClicked.connect(lambda row, column: self.go(self._date(row, column)))
        self.cellDoubleClicked.connect(lambda _row, _column: self.opened.emit(self.day))

    def show_month(self, day: date, events: Mapping[date, Sequence[Event]]) -> None:
        """Show the month of a day, which becomes the current one."""
        self.day, self.events = day, events
        self._first = next(iter(Calendar().itermonthdates(day.year, day.month)))
        for place in range(_WEEKS * len(_DAYS)):
            each = self._first + timedelta(days=place)
            item = QTableWidgetItem(str(each.day))
            spoken = "；".join(event.spoken for event in events.get(each, ())) or "没有活动"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{each.month}月{each.day}日，{spoken}")
            if events.get(each):
                item.setToolTip("\n".join(event.spoken for event in events[each]))
            self.setItem(*divmod(place, len(_DAYS)), item)
        row, column = divmod((day - self._first).days, len(_DAYS))
        self.setCurrentCell(row, column)
        self.viewport().update()

    def go(self, day: date) -> None:
        """Make a day the current one, of whatever month."""
        self.day = day
        self.chosen.emit(day)

    def date_of(self, index: QModelIndex | QPersistentModelIndex) -> date:
        """The day of a cell."""
        return self._date(index.row(), index.column())

    def _date(self, row: int, column: int) -> date:
        return self._first + timedelta(days=row * len(_DAYS) + column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Days by arrows, months by PgUp and PgDn, today by Home."""
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.go(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.go(months_later(self.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Home:
            self.go(self.today)
        elif key in _ENTER:
            self.opened.emit(self.day)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame says where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()


class _Day(QStyledItemDelegate):
    """The number, then a line for each activity, as many as there is room for."""

    def __init__(self, grid: MonthGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one day."""
        grid, day = self._grid, self._grid.date_of(index)
        rect: QRect = option.rect
        inside = day.month == grid.day.month
        if not inside:
            painter.fillRect(rect, theme.color("page"))
        if day == grid.day:
            painter.fillRect(rect, theme.color("selection"))
            pen = QPen(theme.color("accent" if grid.hasFocus() else "border"), 2)
            painter.setPen(pen)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        high = painter.fontMetrics().lineSpacing() + 2
        line = QRect(rect.left() + 6, rect.top() + 3, rect.width() - 10, high)
        painter.setPen(theme.color("accent" if day == grid.today else "text" if inside else "disabled"))
        told = f"{day.day} 今天" if day == grid.today else str(day.day)
        if painter.fontMetrics().horizontalAdvance(told) > line.width():
            told = str(day.day)  # the ink says it
        painter.drawText(line, _LINE, told)
        self._draw_events(painter, line, rect.bottom(), grid.events.get(day, ()))

    def _draw_events(self, painter: QPainter, line: QRect, bottom: int, events: Sequence[Event]) -> None:
        room = max((bottom - line.bottom()) // line.height(), 0)
        if room == 0 and events:
            painter.drawText(line, _LINE | Qt.AlignmentFlag.AlignRight, f"{len(events)} 项")
            return
        shown = events if len(events) <= room else events[: room - 1]
        side = round(line.height() * 0.7)
        for event in shown:
            line = line.translated(0, line.height())
            mark = QRect(line.left(), line.center().y() - side // 2, side, side)
            icons.draw(painter, event.icon, mark, theme.COLORS[event.ink])
            words = line.adjusted(side + 3, 0, 0, 0)
            painter.setPen(theme.color(event.ink))
            elided = painter.fontMetrics().elidedText(event.words, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(words, _LINE, elided)
        if len(shown) < len(events):
            painter.setPen(theme.color("secondary"))
            more = f"还有 {len(events) - len(shown)} 项" if shown else f"{len(events)} 项"
            painter.drawText(line.translated(0, line.height()), _LINE, more)


def months_later(day: date, months: int) -> date:
    """The same day of another month, its last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
