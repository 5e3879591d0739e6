"""The townships of a city and how each stands in the present round (乡镇一览)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.models.services.handoff_city import BoardLine
from desktop.views import theme
from desktop.views.widgets.rows import add_row, rows_table

_HEADINGS = ("乡镇", "状态", "最近一次", "要注意的")


class Board(QWidget):
    """A line a township; above them a round is asked for."""

    round_wanted = Signal(object, object)  # the first day that counts, the deadline

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[date, date] | None = None
        today = QDate.currentDate()
        self.since, self.deadline = QDateEdit(self), QDateEdit(self)
        bar = QHBoxLayout()
        for edit, words, day in (
            (self.since, "本轮数据不早于", QDate(today.year(), today.month(), 1)),
            (self.deadline, "报送期限", today),
        ):
            edit.setDisplayFormat("yyyy.MM.dd")
            edit.setCalendarPopup(True)
            edit.setAccessibleName(words)
            edit.setDate(day)
            bar.addWidget(QLabel(words, self))
            bar.addWidget(edit)
        self.round = QPushButton("按这一轮统计", self)
        self.round.clicked.connect(self._ask_for_round)
        bar.addWidget(self.round)
        self.none = theme.quiet(QLabel("没有定本轮时，报过一次就算已接收。", self))
        bar.addWidget(self.none)
        bar.addStretch(1)
        self.table = rows_table("乡镇一览", _HEADINGS, (8, 7, 16, 20))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addLayout(bar)
        layout.addWidget(self.table, 1)

    def show_round(self, days: tuple[date, date] | None) -> None:
        """Show the round that was asked for; days that are being chosen stay until there is another one."""
        self.none.setVisible(days is None)
        if days == self._shown:
            return
        self._shown = days
        for edit, day in zip((self.since, self.deadline), days or (), strict=False):
            edit.setDate(QDate(day.year, day.month, day.day))

    def show_lines(self, lines: Iterable[BoardLine], waiting: Mapping[str, int]) -> None:
        """Show how townships stand; ``waiting``: remarks that each has still to deal with."""
        self.table.setRowCount(0)
        for line in lines:
            last = f"第 {line.last.number} 号，截至 {line.last.as_of}" if line.last else ""
            marks = _marks(line, waiting.get(line.division.code, 0))
            add_row(self.table, (line.division.name, line.state.label, last, marks))

    def _ask_for_round(self) -> None:
        since, deadline = (
            date(day.year(), day.month(), day.day()) for day in (self.since.date(), self.deadline.date())
        )
        self.round_wanted.emit(since, deadline)


def _marks(line: BoardLine, waiting: int) -> str:
    told = [
        (line.in_conflict, "有冲突：与先前的报送包接不上，请先查清"),
        (line.is_older, "版本旧：请升级乡镇的软件"),
        (line.is_restored, "恢复过备份或重装过"),
        (bool(line.lost), f"没收到第 {'、'.join(map(str, line.lost[:5]))} 号（不用补）"),
        (waiting > 0, f"退回意见 {waiting} 条待办"),
    ]
    return "；".join(words for holds, words in told if holds)
