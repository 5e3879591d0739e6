"""The calendar of “四个一” (日历): what is planned, was held and was cancelled, day by day."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.registers.activity import CANCELLED, HELD, PLANNED, STATE
from desktop.models.registers.listing import Line
from desktop.views import errors, theme
from desktop.views.four_ones.activity_panel import ActivityPanel
from desktop.views.four_ones.following import ALL_DONE, next_form
from desktop.views.four_ones.month_grid import Event, MonthGrid, months_later
from desktop.views.page import Page, Request
from desktop.views.widgets.unit_combo import UnitCombo

if TYPE_CHECKING:
    from desktop.office import Office

_LOOKS = {PLANNED: ("calendar", "text"), HELD: ("check", "ok"), CANCELLED: ("close", "secondary")}
_LATE = "计划的日子已过"
_UNIT = 4  # characters of a unit's name that are seen at least
_WIDTH = 32  # characters of the form
_DAY_WIDTH = 24  # of a day's list: the month has the room
_THEME = 60  # characters of a theme that are told of a day's activity


class CalendarPage(Page):
    """A click on a day lists what it has; what is free begins a plan."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.today = date.today()
        self._lines: dict[date, list[Line]] = {}
        self.add = self.header.add_primary("登记活动", keys="Ctrl+N")
        self.add.clicked.connect(self.start_new)
        self._build_body()
        self.refresh()

    # building

    def _build_body(self) -> None:
        self._beside = beside = QSplitter(self)
        self.body.addWidget(beside)
        beside.setHandleWidth(theme.GAP)
        beside.setChildrenCollapsible(False)
        left = QWidget(beside)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self._build_bar(left))
        self.grid = MonthGrid(self.today, left)
        self.grid.chosen.connect(self.go)
        self.grid.opened.connect(self._enter_day)
        column.addWidget(self.grid, 1)
        column.addWidget(self._build_legend(left))
        self._right = QStackedWidget(beside)
        self._right.addWidget(self._build_day(self._right))
        self.panel = theme.card(ActivityPanel(self.office, self.today, self._right))
        self.panel.saved.connect(self._show_saved)
        self.panel.again.connect(self._go_on)
        self.panel.left.connect(self._close_form)
        self.panel.changed.connect(self._say_done)
        self.panel.noted.connect(self.noted)
        self.panel.printing.connect(self._print)
        self.panel.wanted.connect(lambda: self.asked.emit(Request(page=self.name)))
        self._right.addWidget(self.panel)
        self._right.currentChanged.connect(self._share)
        beside.setStretchFactor(0, 1)
        self._share()

    def _share(self) -> None:
        """The form needs more room than the list of a day."""
        right = theme.characters(self, _DAY_WIDTH if self._right.currentIndex() == 0 else _WIDTH)
        self._right.setMinimumWidth(right)
        self._beside.setSizes([max(self._beside.width() - right, 1), right])

    def _build_bar(self, parent: QWidget) -> QWidget:
        bar = QWidget(parent)
        self.month = theme.heading(QLabel(bar))
        self.unit = UnitCombo(bar)
        self.unit.narrow(_UNIT)
        self.unit.chosen.connect(lambda _code: self.show_month())
        today = QPushButton("今天", bar)
        today.setToolTip("回到今天（Home）")
        today.clicked.connect(lambda: self.go(self.today))
        line = QHBoxLayout(bar)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.GAP)
        for step, icon, words in (
            (-1, "chevron-left", "上个月（PgUp）"),
            (1, "chevron-right", "下个月（PgDn）"),
        ):
            button = QToolButton(bar)
            theme.icon_button(button, icon, words)
            button.clicked.connect(partial(self._turn, step))
            line.addWidget(button)
            if step < 0:
                line.addWidget(self.month)
        line.addWidget(today)
        line.addWidget(self.unit)
        line.addStretch(1)
        return bar

    def _build_legend(self, parent: QWidget) -> QWidget:
        """What the icons of the days mean."""
        legend = QWidget(parent)
        line = QHBoxLayout(legend)
        line.setContentsMargins(0, 0, 0, 0)
        for state, (glyph, ink) in _LOOKS.items():
            mark, side = QLabel(legend), theme.characters(legend, 1)
            mark.setPixmap(theme.icon(glyph, ink).pixmap(side, side))
            line.addWidget(mark)
            line.addWidget(theme.quiet(QLabel(STATE.show(state), legend)))
            line.addSpacing(theme.GAP)
        line.addStretch(1)
        return legend

    def _build_day(self, parent: QWidget) -> QWidget:
        card = theme.card(QFrame(parent))
        self.day_title = theme.title(QLabel(card))
        self.list = QListWidget(card)
        self.list.setAccessibleName("这一天的活动")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._open_item)
        self.list.itemClicked.connect(self._open_item)
        self.nothing = theme.quiet(QLabel(card))
        self.begin = QPushButton(card)
        self.begin.setIcon(theme.icon("plus", "text"))
        self.begin.clicked.connect(self.start_new)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 12)
        column.addWidget(self.day_title)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(0)
        return card

    # what is shown

    def activate(self) -> None:
        """The keyboard goes to the days, or stays in the form."""
        if self._right.currentWidget() is not self.panel:
            self.grid.setFocus()

    def refresh(self) -> None:
        """See Page."""
        self.unit.show_units([each.division for each in self.office.roster.units(self.today)])
        self.show_month()
        self.panel.refresh()

    def go(self, day: date) -> None:
        """Show a day; the form makes room, what was typed waits."""
        if self._right.currentWidget() is self.panel:
            self.panel.leave()
        self.grid.day = day
        self.show_month()

    def _turn(self, months: int) -> None:
        self.go(months_later(self.grid.day, months))

    def show_month(self) -> None:
        """Ask for the month of the current day."""
        day = self.grid.day
        self._lines = self.office.four_ones.calendar(day.year, day.month, self.unit.code)
        self.grid.show_month(
            day, {each: [self._event(line) for line in lines] for each, lines in self._lines.items()}
        )
        self.month.setText(f"{day.year} 年 {day.month} 月")
        lines = [line for some in self._lines.values() for line in some]
        held = sum(line.record.state == HELD for line in lines)
        planned = sum(line.record.state == PLANNED for line in lines)
        self.header.set_scope(f"{day.month} 月已开展 {held} 次，计划 {planned} 次")
        self._show_day()

    def _event(self, line: Line) -> Event:
        icon, ink = _LOOKS[line.record.state]
        late = line.record.state == PLANNED and line.record.start[:10] < self.today.isoformat()
        kind, place = self.office.activities.kinds.show(line.record.kind), _place(line)
        state = _LATE if late else STATE.show(line.record.state)
        return Event(
            words=f"{line.computed['secretaries'] or place} {kind}",
            icon="alert" if late else icon,
            ink="warn" if late else ink,
            spoken="，".join(filter(None, (kind, place, str(line.computed["secretaries"]), state))),
        )

    def _show_day(self) -> None:
        day = self.grid.day
        lines = self._lines.get(day, [])
        self.day_title.setText(f"{day.month} 月 {day.day} 日　周{'一二三四五六日'[day.weekday()]}")
        self.list.clear()
        for line in lines:
            event = self._event(line)
            time = line.record.start[11:] or "全天"
            theme_words = line.record.theme or "没有主题"
            item = QListWidgetItem(
                theme.icon(event.icon, event.ink), f"{time}　{event.spoken}\n{_in_short(theme_words)}"
            )
            item.setData(Qt.ItemDataRole.UserRole, line.key)
            item.setToolTip(item.text())
            self.list.addItem(item)
        if lines:
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.nothing.setText("这一天还没有活动。")
        self.begin.setText("计划一次活动" if day > self.today else "登记一次活动")

    def _enter_day(self, _day: date) -> None:
        if self.list.count():
            self.list.setFocus()
        else:
            self.start_new()

    # the form

    def start_new(self) -> None:
        """Begin an activity of the current day."""
        kinds = self.office.four_ones.scheme(self.today).common
        form = self.office.activity_forms.draft(
            kinds[0].code, self.today, None, self.unit.code, self.grid.day
        )
        self._right.setCurrentWidget(self.panel)
        self.panel.open_form(form)

    def _open_item(self, item: QListWidgetItem) -> None:
        with errors.told(self):
            form = self.office.activity_forms.of(item.data(Qt.ItemDataRole.UserRole))
            self._right.setCurrentWidget(self.panel)
            self.panel.open_form(form)

    def _close_form(self) -> None:
        self._right.setCurrentIndex(0)
        self.grid.setFocus()

    def _show_saved(self, key: str) -> None:
        """Go to the day it was put to."""
        (line,) = self.office.activities.rows([key], self.today)
        self.grid.day = date.fromisoformat(line.record.start[:10])
        self.show_month()
        self._close_form()
        self._say_done()

    def _go_on(self, key: str) -> None:
        self._show_saved(key)
        if form := next_form(self.office, key, self.today, self.unit.code):
            self._right.setCurrentWidget(self.panel)
            self.panel.open_form(form)
        else:
            self.noted.emit(ALL_DONE)

    def _say_done(self) -> None:
        self.changed.emit(f"已{self.office.history.next_undo() or '保存'}")

    # elsewhere

    def take(self, request: Request) -> None:
        """See Page."""
        if request.unit is not None:
            self.unit.choose(request.unit)
        if request.on is not None:
            self.grid.day = request.on
        self.show_month()

    def beside(self, name: str) -> Request:
        """See Page."""
        return Request(page=name, unit=self.unit.code)

    def _print(self, key: str) -> None:
        self.asked.emit(Request(page="ledgers", ledger="activity", of=(key,)))


def _in_short(words: str) -> str:
    return words if len(words) <= _THEME else f"{words[:_THEME]}…"


def _place(line: Line) -> str:
    return line.division.short_name if line.division else line.township
