"""The navigation at the left: pages above, undo and help below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.views import theme

_WIDTH = 10  # characters
_NUMBERED = 10  # pages that Ctrl and a digit reach


class Navigation(QFrame):
    """Buttons of which one page is on; ``chosen`` carries its place."""

    chosen = Signal(int)

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """``pages``: icon and title of each."""
        super().__init__(parent)
        self.setObjectName("navigation")
        self._group = QButtonGroup(self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, theme.GAP, 1, theme.GAP)
        self._layout.setSpacing(0)
        for place, (icon, title) in enumerate(pages):
            button = self.add(title, icon, f"Ctrl+{(place + 1) % 10}" if place < _NUMBERED else "")
            button.setIcon(theme.icon(icon, checked="accent"))
            button.setCheckable(True)
            self._group.addButton(button, place)
        self._layout.addStretch(1)
        self._group.idClicked.connect(self.chosen)
        self._fit()

    def add(self, words: str, icon: str, keys: str) -> QPushButton:
        """Put a line below what is there; no ``keys``: there are more pages than numbers."""
        button = QPushButton(f" {words}", self)
        button.setProperty("look", "nav")
        button.setIcon(theme.icon(icon))
        button.setToolTip(f"{words}（{keys}）" if keys else words)
        button.setAccessibleName(words)
        if keys:
            theme.keyed(button, keys)
        button.setIconSize(theme.icon_size(self))
        self._layout.addWidget(button)
        return button

    def choose(self, place: int) -> None:
        """Show which page is on."""
        self._group.button(place).setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        size = theme.icon_size(self)
        self.setFixedWidth(theme.characters(self, _WIDTH) + 2 * size.width())
        for button in self.findChildren(QPushButton):
            button.setIconSize(size)
