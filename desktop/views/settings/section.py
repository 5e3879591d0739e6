"""What a section of the settings page is: a title, a body, what it says to the page."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.office import Office
from desktop.views import theme


class Section(QWidget):
    """One section; it fills ``body`` below its title and a sentence."""

    title: ClassVar[str]
    sentence: ClassVar[str] = ""

    changed = Signal(str)  # see Page
    undone = Signal(str)
    noted = Signal(str)
    restore_wanted = Signal(object)  # a Restoration: the office has to be closed for it

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[theme.SPACE] * 4)
        self.body.setSpacing(theme.GAP)
        self.body.addWidget(theme.heading(QLabel(self.title)))
        if self.sentence:
            words = theme.quiet(QLabel(self.sentence))
            words.setWordWrap(True)
            self.body.addWidget(words)

    def refresh(self) -> None:
        """Ask the services again; called each time the section comes to the front."""
