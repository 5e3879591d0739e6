"""The third step of an import: what would happen, tab by tab, with doubtful cells to be put right in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.exchange.line_table import LineTable
from desktop.views.exchange.lines_model import LinesModel
from desktop.views.exchange.plan_lines import DOUBTFUL, Tab


class ReviewTab(QWidget):
    """A sentence over a table; words instead of the table where there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = theme.quiet(QLabel())
        self._empty = theme.quiet(QLabel())
        self.table = LineTable("")
        self._words = theme.quiet(QLabel())
        self._words.setWordWrap(True)
        self.table.moved.connect(self._say_words)
        self._stack = QStackedWidget()
        self._stack.addWidget(theme.centered(self._empty))
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._sentence)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._words)
        self._stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def show_tab(self, tab: Tab, *, afresh: bool) -> LinesModel:
        """Show one tab of a plan; the model says what is corrected in it."""
        model = LinesModel(tab.headings, tab.lines)
        self.table.setAccessibleName(tab.title)
        self.table.show_lines(model, afresh=afresh)
        self._sentence.setText(tab.sentence)
        self._empty.setText(tab.empty)
        self._stack.setCurrentIndex(1 if tab.lines else 0)
        self._say_words()
        return model

    def _say_words(self) -> None:
        self._words.setText(self.table.words())


class ReviewStep(QWidget):
    """The tabs of a plan; an edit asks for a correction, and the next plan is shown in the same place."""

    corrected = Signal(object, str, str)  # ImportedRow or RegisterRow, field, text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.titles = QTabWidget()
        self.titles.setDocumentMode(True)
        self.titles.tabBar().setAccessibleName("核对")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.titles)

    def show_tabs(self, shown: Sequence[Tab], *, afresh: bool) -> None:
        """Show a plan; ``afresh`` opens the tab most worth a look, else the one being looked at stays."""
        while self.titles.count() < len(shown):
            self.titles.addTab(ReviewTab(), "")
        for index, tab in enumerate(shown):
            self.tab(index).show_tab(tab, afresh=afresh).corrected.connect(self.corrected)
            self.titles.setTabText(index, f"{tab.title} {tab.count}")
        if afresh:
            counts = [tab.count for tab in shown]
            first = DOUBTFUL if counts[DOUBTFUL] else next((i for i, n in enumerate(counts) if n), 0)
            self.titles.setCurrentIndex(first)

    def begin(self) -> None:
        """Put the focus into the table shown."""
        self.tab(self.titles.currentIndex()).table.setFocus()

    def tab(self, index: int) -> ReviewTab:
        """One of the tabs, in the order of plan_lines."""
        page = self.titles.widget(index)
        assert isinstance(page, ReviewTab)
        return page
