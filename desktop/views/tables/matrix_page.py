"""What the pages of a matrix share (8+N, 四个一): a bar above it, a panel beside it, words where it is empty, Esc and F6."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.page import Page, Request
from desktop.views.tables.matrix import Matrix
from desktop.views.tables.matrix_bar import MatrixBar
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save
from desktop.views.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from desktop.office import Office


class MatrixPage(Page):
    """Panels are built when they are first opened; one of them is shown at a time."""

    called: ClassVar[str]  # the matrix, to screen readers
    exported: ClassVar[str]  # the matrix, as its workbook is called
    sought: ClassVar[str]  # what the search box finds

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.today = date.today()
        self.search = self.header.add_search(self.sought)
        self.search.left.connect(self.go_to_matrix)
        self.build_actions()
        self.shown_panel: SidePanel | None = None
        self._panels: list[SidePanel] = []
        self._beside = QSplitter(self)
        self._beside.setHandleWidth(theme.GAP)
        self._beside.setChildrenCollapsible(False)
        self.body.addWidget(self._beside)
        left = QWidget(self._beside)
        above = self.build_above(left)
        self._middle = QStackedWidget(left)
        self.matrix = Matrix(self.called, self._middle)
        self._middle.addWidget(self.matrix)
        self._nothing, self.deed = QLabel(), QPushButton()
        self._act: Callable[[], object] = self.clear_condition
        self.deed.clicked.connect(lambda: self._act())
        self._middle.addWidget(theme.centered(self._nothing, self.deed))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for widget in above:
            column.addWidget(widget)
        column.addWidget(self._middle, 1)
        column.addWidget(self.build_below(left))

    def add_outputs(self) -> None:
        """The actions that take the matrix elsewhere."""
        self.export = self.header.add_action("导出", "export", "Ctrl+Shift+S")
        self.export.clicked.connect(self._ask_where)
        self.print = self.header.add_action("打印", "printer", "Ctrl+P")
        self.print.clicked.connect(self.ask_to_print)

    # what each of them says

    bar: MatrixBar

    @abstractmethod
    def build_actions(self) -> None:
        """Put the actions into the header."""

    @abstractmethod
    def build_above(self, parent: QWidget) -> Sequence[QWidget]:
        """Make ``bar``, and what else stands above the matrix, in the order of Tab."""

    @abstractmethod
    def build_below(self, parent: QWidget) -> QWidget:
        """The line below the matrix."""

    @abstractmethod
    def show_matrix(self) -> None:
        """Ask for what is chosen."""

    @abstractmethod
    def clear_condition(self) -> None:
        """Leave nothing out that the unit has."""

    @abstractmethod
    def ask_to_print(self) -> None:
        """Ask for the ledger of what is shown."""

    @abstractmethod
    def write(self, path: Path) -> None:
        """Write the matrix as it is shown into a workbook."""

    # what is shown

    def show_units(self) -> None:
        """Offer the units of the office."""
        self.bar.unit.show_units([each.division for each in self.office.roster.units(self.today)])

    @property
    def unit_name(self) -> str:
        """What the unit chosen is called."""
        code = self.bar.unit.code
        return self.office.divisions.get(code).short_name if code else self.office.unit.short_name

    def show_rows(self) -> None:
        """Show the matrix."""
        self._middle.setCurrentIndex(0)
        self._nothing.clear()  # words out of sight would take room, too

    def show_nothing(self, words: str, deed: str, act: Callable[[], object]) -> None:
        """Show words in place of a matrix without rows, and the way out."""
        self._nothing.setText(words)
        self.deed.setText(deed)
        self._act = act
        self._middle.setCurrentIndex(1)

    def new_menu(self) -> QMenu:
        """A menu that goes when it is closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def beside(self, name: str) -> Request:
        """See Page."""
        return Request(page=name, unit=self.bar.unit.code)

    def _ask_where(self) -> None:
        name = f"{self.unit_name}{self.exported} {self.bar.periods.currentText()}.xlsx"
        ask_where_to_save(self, "导出到", WORKBOOKS, name, lambda file: self.write(Path(file)))

    # the keyboard

    def activate(self) -> None:
        """The keyboard goes to the matrix, or stays in the panel."""
        panel = self.shown_panel
        if panel is None or not panel.isAncestorOf(self.focusWidget()):
            self.go_to_matrix()

    def go_to_matrix(self) -> None:
        """The keyboard goes there, or to the way out of its emptiness."""
        (self.matrix if self._middle.currentIndex() == 0 else self.deed).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the panel, F6 goes from matrix to panel and back."""
        panel = self.shown_panel
        if panel is None or event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_F6):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            panel.leave()
        elif panel.isAncestorOf(self.focusWidget()):
            self.go_to_matrix()
        else:
            panel.go()

    # panels

    def place_panel(self, panel: SidePanel) -> None:
        """Put a panel beside the matrix, to be shown later."""
        panel.left.connect(self.close_panel)
        panel.noted.connect(self.noted)
        panel.wanted.connect(lambda: self.asked.emit(Request(page=self.name)))
        panel.hide()
        self._panels.append(panel)
        self._beside.addWidget(theme.card(panel))
        self._beside.setStretchFactor(0, 1)

    def show_panel(self, panel: SidePanel) -> None:
        """Show one of the panels; the current cell stays in sight."""
        self.shown_panel = panel
        for each in self._panels:
            each.setVisible(each is panel)
        QTimer.singleShot(0, self.matrix, self._show_current)  # once the panel has its room

    def _show_current(self) -> None:
        self.matrix.view.scrollTo(self.matrix.view.currentIndex())

    def close_panel(self) -> None:
        """Hide the panel; what was typed is kept."""
        panel, self.shown_panel = self.shown_panel, None
        if panel is not None:
            panel.finish()
            panel.hide()
        self.go_to_matrix()
