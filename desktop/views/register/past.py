"""The line over a roster of the past: which day, by which of the two clocks, and the way back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.views import theme
from desktop.views.widgets.banner import Banner

_BY_TERMS = ("按任职时间", "含后来补录、更正的")
_AS_RECORDED = ("按当时记录", "不含后来补录、更正的")


class PastBanner(Banner):
    """``clock_chosen`` carries whether the day is to be shown as it was recorded, not by the dates of terms."""

    clock_chosen = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(action="回到今天", parent=parent)
        self._recorded = False
        self.clock = theme.link(QPushButton(self))
        self.clock.clicked.connect(lambda: self.clock_chosen.emit(not self._recorded))
        self.insert_action(self.clock)

    def show_past(self, day: date, *, recorded: bool) -> None:
        """Say what is shown, and offer the other clock."""
        self._recorded = recorded
        clocks = (_BY_TERMS, _AS_RECORDED)
        (name, meaning), (other, other_meaning) = reversed(clocks) if recorded else clocks
        self.words.setText(f"正在查看 {day:%Y.%m.%d} 的名册（{name}，{meaning}），不能修改")
        self.clock.setText(f"改为{other}")
        self.clock.setToolTip(f"看 {day:%Y.%m.%d} 的名册，{other_meaning}")
