"""A line that offers something and never does it by itself: words, and links to take it or not."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.views import theme
from desktop.views.widgets.wrapped import WrappedLabel


class Offer(QFrame):
    """``buttons`` are the links, in the order of ``actions``."""

    def __init__(self, *actions: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "banner")
        self.words = WrappedLabel(parent=self)
        self.buttons = [theme.link(QPushButton(words, self)) for words in actions]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.addWidget(self.words, 1)
        for button in self.buttons:
            layout.addWidget(button)
