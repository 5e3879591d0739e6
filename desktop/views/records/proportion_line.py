"""By which proportion the fee of a course is split (学费分担): shown and changed over the grid."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.views import theme

_WIDTH = 6  # characters


class ProportionLine(QFrame):
    """``chosen`` carries three numbers: township, village, the person."""

    chosen = Signal(object)

    def __init__(self, parts: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel("学费分担　乡镇 : 村 : 个人 =", self)
        self.parts = QLineEdit(self)
        self.parts.setAccessibleName("学费分担比例")
        self.parts.setMaximumWidth(theme.characters(self, _WIDTH))
        self.parts.editingFinished.connect(self._tell)
        label.setBuddy(self.parts)
        self.words = theme.quiet(QLabel(self))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for widget in (label, self.parts, self.words):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.show_parts(parts)

    def show_parts(self, parts: Sequence[int]) -> None:
        """Show the proportion that holds."""
        self._shown = ":".join(map(str, parts))
        self.parts.setText(self._shown)
        self.say("填学费时按此分摊，除不尽的归个人；可以再改")

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Words beside it."""
        self.words.setText(words)
        theme.set_tone(self.words, theme.Tone.ERROR if wrong else theme.Tone.PLAIN)

    def _tell(self) -> None:
        if self.parts.text() != self._shown:
            self.chosen.emit([int(part) for part in re.findall(r"\d+", self.parts.text())])
