"""The line at the foot of the window: saved when, last backup, day, unit."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.views import theme


class StatusLine(QFrame):
    """Labels that the window fills."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.saved = theme.quiet(QLabel("每一步都自动保存", self))
        self.backup = theme.quiet(QLabel(self))
        self.day = theme.quiet(QLabel(self))
        self.unit = QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, 4, theme.SPACE, 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self.saved)
        layout.addStretch(1)
        for label in (self.backup, self.day, self.unit):
            layout.addWidget(label)

    def say_saved(self, now: datetime) -> None:
        """After each change set."""
        self.saved.setText(f"已自动保存 {now:%H:%M}")
