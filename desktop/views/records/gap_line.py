"""How many villages have too few in reserve (每村不少于 n 名), and the way to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSpinBox, QWidget

from desktop.views import theme

if TYPE_CHECKING:
    from desktop.models.services.reserve import ReserveGap

_MOST = 9


class GapLine(QFrame):
    """``fewest_chosen`` carries n, ``sifted`` whether only villages that are short are to be seen."""

    fewest_chosen = Signal(int)
    sifted = Signal(bool)

    def __init__(self, fewest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel("每村不少于", self)
        self.fewest = QSpinBox(self)
        self.fewest.setRange(1, _MOST)
        self.fewest.setValue(fewest)
        self.fewest.setSuffix(" 名")
        self.fewest.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.fewest.setAccessibleName("每村不少于几名后备干部")
        self.fewest.valueChanged.connect(self.fewest_chosen)
        label.setBuddy(self.fewest)
        self.words = QLabel(self)
        self.sift = theme.link(QPushButton("筛出来", self))
        self.sift.setCheckable(True)
        self.sift.toggled.connect(self._turn)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for widget in (label, self.fewest, self.words, self.sift):
            layout.addWidget(widget)
        layout.addStretch(1)

    def show_gaps(self, gaps: Sequence[ReserveGap], fewest: int) -> None:
        """Say how many villages are short and of how many in all; ``fewest`` is how many each should have."""
        with QSignalBlocker(self.fewest):
            self.fewest.setValue(fewest)
        short = [gap for gap in gaps if gap.short]
        if short:
            lacking = sum(gap.short for gap in short)
            self.words.setText(f"{len(short)} 个村（社区）不足 {fewest} 名，共缺 {lacking} 名")
        else:
            self.words.setText("各村（社区）都够了 ✓")
        theme.set_tone(self.words, theme.Tone.WARN if short else theme.Tone.OK)
        self.sift.setVisible(bool(short) or self.sift.isChecked())

    def _turn(self, only: bool) -> None:
        self.sift.setText("全部显示" if only else "筛出来")
        self.sifted.emit(only)
