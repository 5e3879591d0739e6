"""What the lists of “8+N” share (整改, 升降级): a unit, chips, one line for each, and the way to its row of the matrix."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QWidget

from desktop.office import Office
from desktop.views import theme
from desktop.views.exchange.line_table import LineTable
from desktop.views.exchange.lines_model import Line, LinesModel
from desktop.views.page import Page, Request
from desktop.views.tables.chip_strip import PAGE, ChipStrip
from desktop.views.widgets.unit_combo import UnitCombo
from desktop.views.widgets.wrapped import WrappedLabel

TOLD = 150  # characters of one text that stand below the lines
_UNIT = 8  # characters of a unit's name that are seen


class LinesPage(Page):
    """Lines are made anew from what is kept; Enter on one opens it in the matrix."""

    headings: ClassVar[tuple[str, ...]]
    widths: ClassVar[tuple[tuple[int, int, int], ...]] = ()  # column; characters at least, at most
    first_chip: ClassVar[str]

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.today = date.today()
        self.found: list[Any] = []  # what the chips count
        self.shown: list[Any] = []  # a line each
        self.chip = self.first_chip
        self.build_actions()
        self.unit = UnitCombo(self)
        self.unit.narrow(_UNIT)
        self.unit.chosen.connect(lambda _code: self.refresh())
        self.chips = ChipStrip(self)
        self.chips.chosen.connect(self.choose)
        self.bar = QHBoxLayout()
        self.bar.setSpacing(theme.GAP)
        self.bar.addWidget(self.unit)
        self.bar.addWidget(self.chips, 1)
        self.body.addLayout(self.bar)
        self._middle = QStackedWidget(self)
        self.table = LineTable(self.kind.title, self._middle)
        self.table.activated.connect(self.open_current)
        self.table.moved.connect(self._show_current)
        self._middle.addWidget(self.table)
        self._nothing = QLabel()
        self.all = QPushButton("看全部")
        self.all.clicked.connect(self._choose_all)
        self._middle.addWidget(theme.centered(self._nothing, self.all))
        self.body.addWidget(self._middle, 1)
        self.foot = theme.quiet(WrappedLabel(parent=self))
        self.body.addWidget(self.foot)
        self._show_lines(afresh=True)

    # what each of them says

    def build_actions(self) -> None:
        """Put the actions into the header."""
        self.open = self.header.add_action("打开总表", "clipboard")
        self.open.setToolTip("打开总表（回车）")
        self.open.clicked.connect(self.open_current)

    @abstractmethod
    def ask(self) -> list[Any]:
        """What there is of the unit."""

    @abstractmethod
    def chip_words(self) -> dict[str, str]:
        """The chips, by key; the last one shows everything."""

    @abstractmethod
    def fits(self, each: Any) -> bool:
        """Whether the chip shows it."""

    @abstractmethod
    def line(self, each: Any) -> Line:
        """Its line."""

    @abstractmethod
    def told(self, each: Any) -> str:
        """What the line's columns may be too narrow for."""

    @abstractmethod
    def empty_words(self) -> str:
        """What is said where there is no line."""

    @abstractmethod
    def scope_words(self) -> str:
        """What is shown, after the name of the unit."""

    @abstractmethod
    def request_for(self, each: Any) -> Request:
        """Its row of the matrix."""

    def show_current(self, each: Any | None) -> None:
        """Another line is the current one, or there is none."""
        self.open.setEnabled(each is not None)

    # showing

    def activate(self) -> None:
        """The keyboard goes to the lines."""
        (self.table if self.shown else self.unit).setFocus()

    def refresh(self) -> None:
        """See Page."""
        self._show_lines(afresh=False)

    def take(self, request: Request) -> None:
        """See Page: a unit, a chip."""
        if request.unit is not None:
            self.unit.choose(request.unit)
        if request.chip in self.chips.chips:
            self.chip = request.chip
        self._show_lines(afresh=True)

    def beside(self, name: str) -> Request:
        """See Page."""
        return Request(page=name, unit=self.unit.code)

    def choose(self, chip: str) -> None:
        """Show the lines of a chip."""
        self.chip = chip
        self._show_lines(afresh=True)

    def _choose_all(self) -> None:
        self.unit.choose(None)
        self.choose(list(self.chips.chips)[-1])
        self.activate()

    def _show_lines(self, *, afresh: bool) -> None:
        self.unit.show_units([each.division for each in self.office.roster.units(self.today)])
        self.found = self.ask()
        self.shown = [each for each in self.found if self.fits(each)]
        self.chips.show_chips(PAGE, self.chip_words())
        self.chips.choose(self.chip)
        lines = [self.line(each) for each in self.shown]
        self.table.show_lines(LinesModel(self.headings, lines), afresh=afresh)
        if afresh:
            self._set_widths()
        if self.shown and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        self._nothing.setText(self.empty_words())
        self.all.setVisible(not self.shown and not self._shows_all)
        self._middle.setCurrentIndex(0 if self.shown else 1)
        self.header.set_scope(f"{self.unit.currentText()} · {self.scope_words()}")
        self._show_current()

    @property
    def _shows_all(self) -> bool:
        return self.chip == list(self.chips.chips)[-1] and self.unit.currentIndex() <= 0

    def _set_widths(self) -> None:
        """The line below the table says in full what a column is too narrow for."""
        for column, least, most in self.widths:
            narrowest, widest = (theme.characters(self.table, each) for each in (least, most))
            self.table.setColumnWidth(column, min(max(self.table.columnWidth(column), narrowest), widest))

    @property
    def current(self) -> Any | None:
        """What the current line is about."""
        row = self.table.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def go_to(self, place: int) -> None:
        """Make a line the current one."""
        self.table.setCurrentIndex(self.table.model().index(place, 0))

    def _show_current(self) -> None:
        each = self.current
        self.foot.setText(self.told(each) if each is not None else "")
        self.show_current(each)

    def open_current(self) -> None:
        """Open the current line's row of the matrix."""
        if (each := self.current) is not None:
            self.asked.emit(self.request_for(each))

    def say_done(self) -> None:
        """Show the lines again, and say what was done."""
        self.refresh()
        self.activate()
        self.changed.emit(f"已{self.office.history.next_undo()}")

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        # it also comes while it is built
        if event.type() == QEvent.Type.FontChange and hasattr(self, "foot"):
            QTimer.singleShot(0, self, self._fit)  # once the table has the type, too

    def _fit(self) -> None:
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self.table))
        self._show_lines(afresh=True)
