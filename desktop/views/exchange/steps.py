"""The line of steps above a page that leads through something: where one is, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.views import theme

_NUMBERS = "①②③④⑤⑥"


class Steps(QWidget):
    """Buttons in a row; those up to ``reached`` can be gone back to."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        self._buttons: list[QPushButton] = []
        for index, title in enumerate(titles):
            button = QPushButton()
            button.setObjectName("step")
            button.setText(f"{_NUMBERS[index]} {title}")
            button.setFlat(True)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.clicked.connect(partial(self._choose, index))
            layout.addWidget(button)
            self._buttons.append(button)
        layout.addStretch(1)

    def button(self, index: int) -> QPushButton:
        """The button of a step."""
        return self._buttons[index]

    def _choose(self, index: int) -> None:
        self.chosen.emit(index)

    def show_step(self, current: int, *, can_reach: Sequence[bool]) -> None:
        """Mark the current step and open the ways that lead somewhere."""
        for index, button in enumerate(self._buttons):
            button.setEnabled(can_reach[index] or index == current)
            button.setChecked(index == current)
