"""A line that says what is going on: words, a thin bar, a way to stop it where there is one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop.views import theme


class Busy(QWidget):
    """Hidden until something is going on; keeps its place in the layout."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = theme.quiet(QLabel())
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._bar.setFixedWidth(theme.characters(self, 10))
        self.stop = QPushButton("停止")
        self.stop.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for widget in (self._words, self._bar, self.stop):
            layout.addWidget(widget)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()

    def begin(self, words: str, *, can_stop: bool = False) -> None:
        """Say what is going on, without end in sight."""
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self.stop.setVisible(can_stop)
        self.show()

    def advance(self, done: int, total: int, words: str) -> None:
        """Say how far it is."""
        self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def end(self) -> None:
        """Nothing is going on."""
        self.hide()


class Progress(QObject):
    """Carries progress out of a worker thread: call it there, connect ``moved`` in the window."""

    moved = Signal(int, int)

    def __call__(self, done: int, total: int) -> None:
        """Say how many of how many are done."""
        self.moved.emit(done, total)
