"""A card beside a matrix or a list: its head, its width, Esc; and asking before the window closes over what is not kept."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views import errors, theme
from desktop.views.widgets.wrapped import WrappedLabel

_LEAVE = "不保存，关闭"


class SidePanel(QFrame):
    """``left`` when it is to be closed, ``noted`` with words, ``wanted`` when its page is to come to the front."""

    left = Signal()
    noted = Signal(str)
    wanted = Signal()

    def __init__(self, name: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._characters = width
        self.setAccessibleName(name)
        self.setMinimumWidth(theme.characters(self, width))
        self.title = theme.title(WrappedLabel(parent=self))
        self.who = theme.quiet(WrappedLabel(parent=self))
        self.head = QHBoxLayout()
        self.head.addWidget(self.title, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 8, 12)
        self.column.setSpacing(4)
        self.column.addLayout(self.head)
        self.column.addWidget(self.who)

    @abstractmethod
    def go(self) -> None:
        """The keyboard comes in."""

    def finish(self) -> None:
        """It is about to show something else, or nothing: keep what was typed, or say that it cannot be kept."""

    def leave(self) -> None:
        """Ask to be closed."""
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(theme.characters(self, self._characters))


class ClosingGuard(QObject):
    """Asks before the window is closed over what a widget has that is not kept; not once the window is on its way."""

    def __init__(
        self,
        widget: QWidget,
        unkept: Callable[[], str],
        back: tuple[str, Callable[[], None]],
        forget: Callable[[], None],
        *,
        where: str = "",
    ) -> None:
        """``unkept`` says what would be lost, "" nothing; ``back`` names and does the way back, ``forget`` lets it go.

        ``where`` are words on where to find it.
        """
        super().__init__(widget)
        self._unkept, self._back, self._forget, self._where = unkept, back, forget, where
        self._window: QWidget | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From when the widget is first shown there may be something to lose with its window."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched is not self._window:
            self._window = watched.window()
            self._window.installEventFilter(self)
        if event.type() != QEvent.Type.Close or self._window is None or watched is not self._window:
            return False
        words = self._unkept() if self._window.isEnabled() else ""
        if words:
            event.ignore()
            said, act = self._back
            errors.choose(self._window, words, {said: act, _LEAVE: self._close}, words=self._where)
        return bool(words)

    def _close(self) -> None:
        self._forget()
        if self._window is not None:
            self._window.close()
