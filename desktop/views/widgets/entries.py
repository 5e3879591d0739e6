"""A scrolled column of entries with a line at the left, as time lines and change logs have it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.views import theme


class Entry(QFrame):
    """Widgets below each other; ``current`` draws the line at the left in accent."""

    def __init__(self, widgets: Sequence[QWidget], *, current: bool) -> None:
        super().__init__()
        self.setProperty("look", "entry-current" if current else "entry")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 2, 0, 2)
        layout.setSpacing(2)
        for widget in widgets:
            layout.addWidget(widget)


class Entries(QScrollArea):
    """Shows entries, or words where there is none."""

    def __init__(self, name: str, empty: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self._empty = empty
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Put other entries in place of those shown."""
        self.entries = list(entries)
        page = QWidget()
        page.setObjectName("areaPage")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(2, 10, theme.GAP, theme.GAP)
        layout.setSpacing(12)
        for entry in entries:
            layout.addWidget(entry)
        if not entries:
            layout.addWidget(theme.quiet(QLabel(self._empty)))
        layout.addStretch(1)
        self.setWidget(page)
