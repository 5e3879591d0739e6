"""A large button with a title and a sentence: one of a few ways to go."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.views import theme


class ChoiceButton(QPushButton):
    """Grows with its words; reads as one button for screen readers."""

    def __init__(self, icon: str, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setAutoDefault(False)
        picture = QLabel()
        side = theme.characters(self, 2)
        picture.setPixmap(theme.icon(icon, "accent").pixmap(QSize(side, side)))
        words = QVBoxLayout()
        words.setSpacing(theme.GAP // 2)
        words.addWidget(theme.heading(QLabel(title)))
        words.addWidget(theme.quiet(QLabel(sentence)))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(*[theme.SPACE] * 4)
        self._row.setSpacing(theme.SPACE)
        self._row.addWidget(picture)
        self._row.addLayout(words, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """What the words need; a button by itself only knows its own text."""
        return self._row.sizeHint()
