"""The tab 结构统计: T4 by village or township, whom each number counts, the definitions underneath."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.models.registers.division import DivisionKind
from desktop.models.rules.structure_columns import COLUMNS, By, Population
from desktop.views import errors, theme
from desktop.views.structure.behind import BehindPanel
from desktop.views.structure.benchmarks_dialog import BenchmarksDialog
from desktop.views.structure.part import Part
from desktop.views.structure.table import StructureModel, StructureView
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.rules.structure import StructureTable
    from desktop.office import Office

C = TypeVar("C", Population, By)
_LISTED_AFTER_MS = 60  # moving through the table with the arrow keys asks for the last cell only
_DEFINITIONS_LINES = 7


class StatisticsPart(Part):
    """Counted in a job; the people behind a number are asked for when its cell is the current one."""

    title = "结构统计"

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.table: StructureTable | None = None
        self._population = Population.ALL
        self._by: By | None = None  # chosen; None: what is usual
        self._listing = QTimer(self)
        self._listing.setSingleShot(True)
        self._listing.setInterval(_LISTED_AFTER_MS)
        self._listing.timeout.connect(self._list_behind)
        self.model = StructureModel()
        self.body.addLayout(self._build_choices())
        self._build_table()
        self._build_foot()

    @property
    def ledger(self) -> str:  # type: ignore[override]  # it depends on who is counted
        """See Part."""
        return "structure" if self._population is Population.ALL else "secretaries"

    def _build_choices(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        self.populations = self._chips(
            line, [(each.label, each) for each in Population], self._choose_population
        )
        line.addSpacing(theme.SPACE)
        self.rows = self._chips(
            line, [("按村（社区）", By.VILLAGE), ("按乡镇", By.TOWNSHIP)], self._choose_rows
        )
        line.addStretch(1)
        return line

    def _chips(
        self, line: QHBoxLayout, choices: list[tuple[str, C]], choose: Callable[[C], None]
    ) -> list[QPushButton]:
        group, buttons = QButtonGroup(self), []
        for words, value in choices:
            button = QPushButton(words, self)
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setAccessibleName(words)
            button.clicked.connect(partial(choose, value))
            group.addButton(button)
            line.addWidget(button)
            buttons.append(button)
        buttons[0].setChecked(True)
        return buttons

    def _build_table(self) -> None:
        beside = QSplitter(self)
        self._middle = QStackedWidget(beside)
        self.view = StructureView(self.model, self._middle)
        self._nobody = theme.centered(QLabel("这个范围里还没有村（社区），没有可以统计的班子。"))
        self._middle.addWidget(self.view)
        self._middle.addWidget(self._nobody)
        self.panel = BehindPanel(beside)
        self.panel.asked.connect(self.asked)
        beside.setHandleWidth(theme.GAP)
        beside.setChildrenCollapsible(False)
        beside.setStretchFactor(0, 1)
        self.body.addWidget(beside, 1)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._follow())
        self.view.activated.connect(lambda _: self._go_behind())

    def _build_foot(self) -> None:
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("统计口径")
        page = QWidget()
        page.setObjectName("areaPage")
        self._definitions = theme.quiet(WrappedLabel(parent=page))
        inside = QVBoxLayout(page)
        inside.setContentsMargins(4, 0, theme.GAP, 0)
        inside.addWidget(self._definitions)
        inside.addStretch(1)
        self._area.setWidget(page)
        self._area.setFixedHeight(self.fontMetrics().lineSpacing() * _DEFINITIONS_LINES)
        self._area.hide()
        self._gaps = theme.quiet(QLabel(self))
        self.explain = theme.link(QPushButton("统计口径", self))
        self.explain.setCheckable(True)
        self.explain.toggled.connect(self._area.setVisible)
        self.compare = theme.link(QPushButton("对照数字…", self))
        self.compare.clicked.connect(self._ask_benchmarks)
        line = QHBoxLayout()
        line.addWidget(self.explain)
        line.addWidget(self.compare)
        line.addWidget(self._gaps, 1)
        self.body.addLayout(line)
        self.body.addWidget(self._area)

    # asking

    def reload(self) -> None:
        """See Part."""
        city = self.office.divisions.get(self.unit or self.office.unit.code).kind == DivisionKind.CITY
        for button in self.rows:
            button.setVisible(city)
        by = (self._by or By.TOWNSHIP) if city else By.VILLAGE
        self.rows[by is By.TOWNSHIP].setChecked(True)
        unit, on, population = self.unit, self.on, self._population
        self.start(lambda office: office.structure.table(on, unit, by, population), self._show)

    def _choose_population(self, population: Population) -> None:
        self._population = population
        self.reload()

    def _choose_rows(self, by: By) -> None:
        self._by = by
        self.reload()

    # showing

    def _show(self, table: StructureTable) -> None:
        place = self.view.currentIndex()
        row, column = max(place.row(), 0), max(place.column(), 0)
        self.table = table
        self.model.show_table(table)
        self.view.fit()
        self._middle.setCurrentWidget(self.view if table.rows else self._nobody)
        notes = table.notes()
        gaps = notes[-1] if notes[-1].startswith("未计入") else ""
        self._gaps.setText(gaps)
        self._define(notes)
        self.panel.clear()
        self.view.setCurrentIndex(self.model.index(min(row, len(self.model.rows) - 1), column))

    def _define(self, notes: Iterable[str]) -> None:
        """The definitions, and below them the lines to compare with, as on paper."""
        told = (*notes, *self.office.structure.benchmarks)
        self._definitions.setText("\n".join(f"{n}. {note}" for n, note in enumerate(told, start=1)))

    def _follow(self) -> None:
        """Nobody behind another number stays to be opened while those behind this one are not listed."""
        self.panel.let_go()
        self._listing.start()

    def _go_behind(self) -> None:
        if self._listing.isActive():
            self._listing.stop()
            self._list_behind()
        self.panel.list.setFocus()

    def _list_behind(self) -> None:
        place = self.view.currentIndex()
        if self.table is None or not place.isValid():
            return
        row, column = self.model.rows[place.row()], COLUMNS[place.column()]
        behind = self.office.structure.behind(self.table, row, column.name)
        self.panel.show_number(row, column, behind, self.unit, self.on)

    def go(self) -> None:
        """The keyboard goes to the table."""
        self.view.setFocus()

    # comparing

    def _ask_benchmarks(self) -> None:
        structure = self.office.structure
        dialog = BenchmarksDialog(structure.benchmarks, structure.preset_benchmarks(), self)
        dialog.given.connect(self._set_benchmarks)
        dialog.begin()

    def _set_benchmarks(self, lines: list[str]) -> None:
        if tuple(lines) == self.office.structure.benchmarks:
            return
        with errors.told(self.window()):
            self.office.structure.set_benchmarks(lines)
            self._define(self.table.notes() if self.table else ())
            self.ruled.emit()
            self.explain.setChecked(True)  # they are seen there

    # exporting

    def ask_where(self) -> None:
        """Ask for the file of the workbook."""
        if self.table is None:
            return
        unit = self.office.divisions.get(self.unit or self.office.unit.code).short_name
        name = f"{unit}班子结构统计（{self._population.label}） {self.on:%Y.%m.%d}.xlsx"
        ask_where_to_save(self.window(), "导出到", WORKBOOKS, name, lambda file: self.export(Path(file)))

    def export(self, path: Path) -> None:
        """Write the table shown."""
        assert self.table is not None  # asked for first
        with errors.told(self.window()):
            self.office.structure.export(self.table, path)
            self.noted.emit(f"已导出：{path}")
