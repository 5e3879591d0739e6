"""The top line of a page: title, scope in small letters, search, actions, the primary one last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QTabBar, QWidget

from desktop.views import theme
from desktop.views.widgets.search import SearchBox

_BETWEEN = " · "  # the parts of the scope
_SCOPE = 8  # characters that the scope has beside actions with words


class ScopeLabel(QLabel):
    """Small words that are left out from behind, part by part, where the room is short; the tip says them whole."""

    def shown(self) -> str:
        """As many of the parts, from the first, as there is room for."""
        parts = self.text().split(_BETWEEN)
        while parts and self.fontMetrics().horizontalAdvance(_BETWEEN.join(parts)) > self.width():
            parts.pop()
        return _BETWEEN.join(parts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Never half a word."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), self.shown())


class PageHeader(QWidget):
    """What gives way first where room is short: the small words, the search, then the words of actions (their icons stay; the primary one
    keeps its words), last the tabs, which get arrows.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = theme.title(QLabel(title, self))
        self.scope = theme.quiet(ScopeLabel(self))
        self.scope.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search: SearchBox | None = None
        self.tabs: QTabBar | None = None
        self._buttons: list[QPushButton] = []
        self._actions: list[tuple[QPushButton, str]] = []  # those that may lose their words
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GAP)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.scope, 1, Qt.AlignmentFlag.AlignBottom)

    def set_scope(self, words: str) -> None:
        """Say what the page shows: 白鹭镇 · 17 村 · 86 人."""
        self.scope.setText(words)
        self.scope.setToolTip(words)

    def add_tabs(self, words: Sequence[str], current: int) -> QTabBar:
        """Put the parts of a page beside its title."""
        tabs = QTabBar(self)
        tabs.setAccessibleName(f"{self.title.text()}的内容")
        tabs.setDrawBase(False)
        for each in words:
            tabs.addTab(each)
        tabs.setCurrentIndex(current)
        self._layout.insertWidget(1, tabs)
        self.tabs = tabs
        return tabs

    def show_siblings(self, words: Sequence[str], current: int) -> QTabBar:
        """Put the pages that share a place of the navigation where the title stood."""
        tabs = self.add_tabs(words, current)
        tabs.setUsesScrollButtons(True)
        tabs.setElideMode(Qt.TextElideMode.ElideNone)
        tabs.setExpanding(False)
        self.title.hide()
        return tabs

    def add_search(self, placeholder: str) -> SearchBox:
        """Put in the box that Ctrl+F goes to."""
        self.search = SearchBox(placeholder, self)
        self._layout.addWidget(self.search)
        return self.search

    def add_action(self, words: str, icon: str, keys: str = "") -> QPushButton:
        """Put in an action."""
        button = QPushButton(words, self)
        button.setIcon(theme.icon(icon, "text"))
        self._add(button, words, keys)
        self._actions.append((button, words))
        return button

    def add_primary(self, words: str, icon: str = "plus", keys: str = "") -> QPushButton:
        """Put in the page's main action."""
        button = theme.primary(QPushButton(words, self))
        button.setIcon(theme.icon(icon, "surface"))
        self._add(button, words, keys)
        return button

    def _add(self, button: QPushButton, words: str, keys: str) -> None:
        button.setToolTip(f"{words}（{keys}）" if keys else words)
        button.setAccessibleName(words)
        if keys:
            theme.keyed(button, keys)
        self._buttons.append(button)
        self._layout.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Another size of type, other words."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        metrics = QFontMetrics(self.font())
        words = sum(metrics.horizontalAdvance(text) for _, text in self._actions)
        shown = sum(metrics.horizontalAdvance(button.text()) for button, _ in self._actions)
        needed = self._layout.minimumSize().width() - shown
        if self.tabs is not None:
            whole = self.tabs.sizeHint().width()
            needed += whole - (self.tabs.minimumWidth() or self.tabs.minimumSizeHint().width())
            self.tabs.setMinimumWidth(whole if needed <= self.width() else 0)
        needed += words + theme.characters(self, _SCOPE)
        for button in self._buttons:
            button.setIconSize(theme.icon_size(self))
        for button, text in self._actions:
            text = text if needed <= self.width() else ""
            if button.text() != text:
                button.setText(text)
