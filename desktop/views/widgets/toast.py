"""A short word on what was just done, with a way back; it goes by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.models.domain.cleaning import in_short

_MOST = 60  # characters
_STAYS_MS = 8_000
_ABOVE_BOTTOM = 48


class Toast(QFrame):
    """Floats over the lower middle of its window; ``undone`` when 撤销 was pressed."""

    undone = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        parent.installEventFilter(self)
        self.setObjectName("toast")
        self.words = QLabel()
        self.undo = QPushButton("撤销")
        self.undo.setAccessibleName("撤销刚才的改动")
        self.undo.clicked.connect(self.undone)
        self.undo.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.addWidget(self.words)
        layout.addWidget(self.undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str, *, undo: bool) -> None:
        """Show ``words`` for eight seconds."""
        self.words.setText(in_short(words, _MOST))
        self.words.setToolTip(words)
        self.undo.setVisible(undo)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window has another size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        left = (self._over.width() - self.width()) // 2
        self.move(left, self._over.height() - self.height() - _ABOVE_BOTTOM)
