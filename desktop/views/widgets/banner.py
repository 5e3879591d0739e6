"""A line across the page that says what is special about what is shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.views import theme
from desktop.views.widgets.wrapped import WrappedLabel


class Banner(QFrame):
    """Words, and where ``action`` is given a button that leads out: ``acted``."""

    acted = Signal()

    def __init__(
        self, words: str = "", action: str = "", *, quiet: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("look", "quiet-banner" if quiet else "banner")
        self.words = WrappedLabel(words, self)
        self._line = layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE if quiet else 12, 4, 12, 4)
        layout.addWidget(self.words, 1)
        self.action: QPushButton | None = None
        if action:
            self.action = theme.link(QPushButton(action, self))
            self.action.clicked.connect(self.acted)
            layout.addWidget(self.action)

    def insert_action(self, button: QPushButton) -> None:
        """Put another button before the one that leads out."""
        self._line.insertWidget(1, button)
