"""The page 结构与体检: structure statistics, what the health check finds, and its rules, a tab each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QWidget

from desktop.views.health.findings import FindingsPart
from desktop.views.health.rules import RulesPart
from desktop.views.page import Page, Request
from desktop.views.structure.part import Part
from desktop.views.structure.scope import Scope
from desktop.views.structure.statistics import StatisticsPart

if TYPE_CHECKING:
    from desktop.office import Office


_PARTS: tuple[type[Part], ...] = (StatisticsPart, FindingsPart, RulesPart)


class StructurePage(Page):
    """Tabs share a unit and a day; each is built and asked for when it is first looked at."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._built: dict[int, Part] = {}
        self._stale: set[int] = set()
        self._export = self.header.add_action("导出 Excel", "export", "Ctrl+Shift+S")
        self._export.clicked.connect(lambda: self.statistics.ask_where())
        self._print = self.header.add_primary("打印", "printer", "Ctrl+P")
        self._print.clicked.connect(self._ask_to_print)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("结构与体检的各部分")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for kind in _PARTS:
            self.tabs.addTab(kind.title)
        self.scope = Scope(date.today(), self)
        self._show_units()
        self._stack = QStackedWidget(self)
        line = QHBoxLayout()
        line.addWidget(self.tabs)
        line.addStretch(1)
        line.addWidget(self.scope)
        self.body.addLayout(line)
        self.body.addWidget(self._stack, 1)
        self.scope.choose(office.unit.code, date.today())
        self.scope.changed.connect(self._reload)
        self.tabs.currentChanged.connect(self._show_tab)
        self._show_tab(0)

    # parts

    @property
    def part(self) -> Part:
        """The tab in front."""
        return self._part(self.tabs.currentIndex())

    @property
    def statistics(self) -> StatisticsPart:
        """The tab of structure statistics."""
        part = self._part(0)
        assert isinstance(part, StatisticsPart)
        return part

    @property
    def findings(self) -> FindingsPart:
        """The tab of the health check."""
        part = self._part(1)
        assert isinstance(part, FindingsPart)
        return part

    @property
    def rules(self) -> RulesPart:
        """The tab of its rules."""
        part = self._part(2)
        assert isinstance(part, RulesPart)
        return part

    def _part(self, place: int) -> Part:
        if place not in self._built:
            part = _PARTS[place](self.office, self._stack)
            part.asked.connect(self.asked)
            part.noted.connect(self.noted)
            part.ruled.connect(self._note_ruled)
            self._stack.addWidget(part)
            self._built[place] = part
            self._stale.add(place)
        return self._built[place]

    def _show_tab(self, place: int) -> None:
        part = self._part(place)
        self._stack.setCurrentWidget(part)
        self.scope.setVisible(bool(part.ledger))
        self._export.setVisible(place == 0)
        self._print.setVisible(bool(part.ledger))
        self._print.setText("打印统计表" if place == 0 else "打印问题清单")
        self._print.setAccessibleName(self._print.text())
        if place in self._stale:
            self._load()

    def _load(self) -> None:
        self._stale.discard(self.tabs.currentIndex())
        unit = self.scope.unit.code
        self.part.load(None if unit == self.office.unit.code else unit, self.scope.on)
        words = self.office.divisions.get(unit or self.office.unit.code).short_name
        self.header.set_scope(f"{words} · 截至 {self.scope.on:%Y.%m.%d}")

    def _reload(self) -> None:
        """Another unit or day, or something changed: the tabs not in front ask when they are looked at."""
        self._stale = set(self._built)
        self._load()
        self.scoped.emit()

    def _note_ruled(self) -> None:
        self._stale |= self._built.keys() - {self.tabs.currentIndex()}
        self.changed.emit(f"已{self.office.history.next_undo()}")

    # page

    def as_of(self) -> date | None:
        """See Page."""
        return self.scope.on

    def activate(self) -> None:
        """The keyboard goes to what is shown."""
        self.part.go()

    def refresh(self) -> None:
        """See Page."""
        self._show_units()
        self._reload()

    def take(self, request: Request) -> None:
        """Show the statistics, or what a rule found."""
        self.scope.choose(request.unit or self.office.unit.code, request.on or date.today())
        self._stale = set(self._built)
        place = 0 if request.rule is None else 1
        if request.rule is not None:
            self.findings.show_rule(request.rule)
        if self.tabs.currentIndex() == place:
            self._load()
        self.tabs.setCurrentIndex(place)

    def _show_units(self) -> None:
        divisions = self.office.divisions.under(self.office.unit.code)
        self.scope.show_units([division for division in divisions if division.active])

    def _ask_to_print(self) -> None:
        request = Request(
            page="ledgers", unit=self.scope.unit.code, on=self.scope.on, ledger=self.part.ledger
        )
        self.asked.emit(request)
