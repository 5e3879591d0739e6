"""The line over a grid: quick chips, and what belongs to the grid's looks."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop.views import theme
from desktop.views.tables.chip_strip import PAGE, ChipStrip

COUNTED = "incomplete"  # the chip that shows how many: they are to become none


class ListBar(QWidget):
    """``chip_chosen`` carries the key of a chip: of ``chips`` (key → words, the first shows all), or one shown since."""

    chip_chosen = Signal(str)

    def __init__(
        self, chips: Mapping[str, str], everything: str, *, masked: bool = True, parent: QWidget | None = None
    ) -> None:
        """``everything``: what the first chip is called by screen readers; ``masked``: whether numbers are hidden."""
        super().__init__(parent)
        self._words = dict(chips)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(4)
        self.strip = ChipStrip(self)
        self.strip.show_chips(PAGE, chips)
        first = next(iter(chips))
        self.chips[first].setAccessibleName(everything)
        self.strip.choose(first)
        self.strip.chosen.connect(self.chip_chosen)
        self.line.addWidget(self.strip, 1)
        self.build_middle()
        self.columns = self._tool("columns", "列设置：显示哪些列、先后、宽窄", "")
        self.eye = self._tool("eye", "显示完整的身份证号和电话（只在屏幕上）", "Ctrl+E")
        self.drawer = self._tool("drawer", "详情", "Ctrl+I")
        self.eye.setCheckable(True)
        self.eye.setVisible(masked)
        self.drawer.setCheckable(True)

    def build_middle(self) -> None:
        """What stands between the chips and the tools."""

    @property
    def chips(self) -> dict[str, QPushButton]:
        """By key, as they stand."""
        return self.strip.chips

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for tool in (self.columns, self.eye, self.drawer):
                tool.setIconSize(theme.icon_size(self))

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many lines still lack something."""
        if COUNTED in self.chips:
            number = counts.get(COUNTED, 0)
            words = self._words[COUNTED]
            self.strip.say(COUNTED, f"{words} {number}" if number else words)

    def show_eye(self, whole: bool) -> None:
        """Open or close the eye."""
        self.eye.setIcon(theme.icon("eye-off" if whole else "eye", checked="accent"))

    def _tool(self, icon: str, words: str, keys: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(theme.icon(icon, checked="accent"))
        button.setIconSize(theme.icon_size(self))
        button.setToolTip(f"{words}（{keys}）" if keys else words)
        button.setAccessibleName(words)
        if keys:
            theme.keyed(button, keys)
        self.line.addWidget(button)
        return button
