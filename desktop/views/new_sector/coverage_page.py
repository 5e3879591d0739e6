"""The page of 覆盖率: how far party building reaches, by one mark of the units, and the units behind a number."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from desktop.models.rules.coverage import Base, By
from desktop.office import Office
from desktop.views import theme
from desktop.views.exchange.line_table import LineTable
from desktop.views.new_sector.coverage_table import CoverageModel
from desktop.views.page import Page, Request
from desktop.views.widgets.unit_combo import UnitCombo
from desktop.views.widgets.wrapped import WrappedLabel

_UNIT = 8  # characters of a unit's name that are seen


class CoveragePage(Page):
    """Reckoned anew for today whenever it is shown; the definitions stand below the table."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.today = date.today()
        self.print = self.header.add_action("打印", "printer", "Ctrl+P")
        self.print.clicked.connect(self._ask_to_print)
        self.unit = UnitCombo(self)
        self.unit.setMinimumContentsLength(_UNIT)
        self.unit.chosen.connect(lambda _code: self._show(afresh=True))
        self.by, self.base = QComboBox(self), QComboBox(self)
        for by in By:
            if by is not By.TOWNSHIP or office.level == "city":
                self.by.addItem(f"按{by.label}", by)
        self.by.activated.connect(lambda _place: self._show(afresh=True))
        for base in Base:
            self.base.addItem(base.label, base)
        self.base.activated.connect(lambda _place: self._set_base(Base(self.base.currentData())))
        self._build_bar()
        self._build_middle()
        self.notes = theme.quiet(WrappedLabel(parent=self))
        self.notes.setAccessibleName("统计口径")
        self.body.addWidget(self.notes)
        self._show(afresh=True)

    def _build_bar(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.GAP)
        named = (("范围(&U)", self.unit), ("分类(&B)", self.by), ("统计范围(&S)", self.base))
        for words, control in named:
            control.setAccessibleName(words.partition("(")[0])
            control.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            label = theme.quiet(QLabel(words, self))
            label.setBuddy(control)
            bar.addWidget(label)
            bar.addWidget(control)
        bar.addStretch(1)
        self.body.addLayout(bar)

    def _build_middle(self) -> None:
        self._middle = QStackedWidget(self)
        self.table = LineTable("两个覆盖情况", self._middle)
        headings = self.table.horizontalHeader()
        headings.setStretchLastSection(False)
        headings.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.activated.connect(self._open)
        self.table.clicked.connect(self._open)
        self._nothing = QLabel()
        self.units = QPushButton("登记单位")
        self.units.clicked.connect(lambda: self.asked.emit(self.beside("organizations")))
        self.all = QPushButton(f"改为统计{Base.ALL.label}")
        self.all.clicked.connect(lambda: self._set_base(Base.ALL))
        self._middle.addWidget(self.table)
        self._middle.addWidget(theme.centered(self._nothing, self.units, self.all))
        self.body.addWidget(self._middle, 1)

    # showing

    def activate(self) -> None:
        """The keyboard goes to the numbers."""
        (self.table if self.table.isVisible() else self.unit).setFocus()

    def refresh(self) -> None:
        """See Page."""
        self._show(afresh=False)

    def take(self, request: Request) -> None:
        """See Page: a unit."""
        if request.unit is not None:
            self.unit.choose(request.unit)
        self._show(afresh=True)

    def beside(self, name: str) -> Request:
        """See Page."""
        return Request(page=name, unit=self.unit.code)

    def _show(self, *, afresh: bool) -> None:
        self.unit.show_units([each.division for each in self.office.roster.units(self.today)])
        table = self.office.new_sector.coverage(self.today, By(self.by.currentData()), self.unit.code)
        self.base.setCurrentIndex(self.base.findData(table.base))
        self.table.show_lines(CoverageModel(table), afresh=afresh)
        if not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.model().index(0, 1))
        self.notes.setText("\n".join(table.notes()))
        self._middle.setCurrentIndex(0 if table.total.units else 1)
        narrow, place = table.base is not Base.ALL, self.unit.currentText()
        nothing = f"{place}还没有登记两新组织，登记或导入以后，这里就有两个覆盖率。"
        if narrow:
            nothing = f"{place}没有登记为规上的单位。请在单位里填“规上”，或改为统计{Base.ALL.label}。"
        self._nothing.setText(self.office.settings.worded(nothing))
        self.all.setVisible(narrow)
        self.header.set_scope(f"{self.unit.currentText()} · 截至 {self.today:%Y.%m.%d}")

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "table"):  # also while it is built
            self.table.verticalHeader().setDefaultSectionSize(theme.row_height(self.table))

    # doing

    def _set_base(self, base: Base) -> None:
        if base is not self.office.new_sector.base:
            self.office.new_sector.base = base
            self._show(afresh=True)
            self.activate()
            self.changed.emit(f"已{self.office.history.next_undo()}")

    def _open(self, cell: QModelIndex) -> None:
        """Open the units that a number counts."""
        model = self.table.model()
        assert isinstance(model, CoverageModel)
        if (request := model.request(cell.row(), cell.column(), self.unit.code)) is not None:
            self.asked.emit(request)

    def _ask_to_print(self) -> None:
        self.asked.emit(Request(page="ledgers", ledger="coverage", unit=self.unit.code, on=self.today))
