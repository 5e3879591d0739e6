"""What a ledger shows: which one, of which unit, on which day, on which paper, with numbers masked or whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDateEdit,
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.registers.division import Division
from desktop.models.services.ledgers import LedgerKind, LedgerRequest
from desktop.views import theme
from desktop.views.widgets.reason import ReasonDialog
from desktop.views.widgets.unit_combo import UnitCombo

_LINES = 4  # of the list of ledgers
_PAPERS = (("A3", "A3 横，全部列"), ("A4", "A4 横，常用列"))


class LedgerOptions(QFrame):
    """The panel beside the preview; every change says ``changed``."""

    changed = Signal()

    def __init__(self, kinds: Sequence[LedgerKind], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._reason: str | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(theme.GAP)
        self._build_kinds(kinds)
        self._build_scope(today)
        self._build_papers()
        self._build_numbers()
        self._layout.addStretch(1)

    def show_units(self, units: Sequence[Division]) -> None:
        """Offer the office's divisions."""
        self.unit.show_units(units)

    def choose(self, unit: str | None, day: date, ledger: str | None = None) -> None:
        """Set unit and day from outside, and the ledger where there is one of that name; says ``changed`` once."""
        self.kinds.blockSignals(True)
        for place in range(self.kinds.count()):
            if self.kinds.item(place).data(Qt.ItemDataRole.UserRole) == ledger:
                self.kinds.setCurrentRow(place)
        self.kinds.blockSignals(False)
        self.unit.choose(unit)
        self.day.blockSignals(True)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.blockSignals(False)
        self.changed.emit()

    @property
    def request(self) -> LedgerRequest:
        """What is asked for."""
        shown = self.day.date()
        return LedgerRequest(
            name=str(self.kinds.currentItem().data(Qt.ItemDataRole.UserRole)),
            on=date(shown.year(), shown.month(), shown.day()),
            unit=self.unit.code,
            paper=_PAPERS[self.papers.checkedId()][0],
            full_ids=self._reason is not None,
            reason=self._reason,
        )

    def _add(self, words: str, control: QWidget, name: str) -> None:
        label = theme.quiet(QLabel(words))
        label.setBuddy(control)
        control.setAccessibleName(name)
        self._layout.addWidget(label)
        self._layout.addWidget(control)

    def _build_kinds(self, kinds: Sequence[LedgerKind]) -> None:
        self.kinds = QListWidget()
        for kind in kinds:
            item = QListWidgetItem(kind.title)
            item.setData(Qt.ItemDataRole.UserRole, kind.name)
            item.setToolTip(kind.title)
            self.kinds.addItem(item)
        self.kinds.setWordWrap(True)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kinds.setMaximumHeight(theme.row_height(self) * _LINES)
        self.kinds.ensurePolished()  # lines are measured when one is chosen
        self.kinds.setCurrentRow(0)
        self.kinds.currentRowChanged.connect(self._say_changed)
        self._add("台账(&L)", self.kinds, "台账")

    def _build_scope(self, today: date) -> None:
        self.unit = UnitCombo()
        self.unit.chosen.connect(self._say_changed)
        self._add("范围(&U)", self.unit, "范围")
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy.MM.dd")
        self.day.setCalendarPopup(True)
        self.day.dateChanged.connect(self._say_changed)
        self._add("统计截止日(&D)", self.day, "统计截止日")

    def _build_papers(self) -> None:
        self._layout.addWidget(theme.quiet(QLabel("纸张")))
        self.papers = QButtonGroup(self)
        for index, (_, words) in enumerate(_PAPERS):
            button = QRadioButton(words)
            button.setAccessibleName(words)
            button.setChecked(index == 0)
            self.papers.addButton(button, index)
            self._layout.addWidget(button)
        self.papers.idClicked.connect(self._say_changed)

    def _build_numbers(self) -> None:
        self.full_ids = QCheckBox("显示完整的号码(&I)")
        self.full_ids.setAccessibleName("显示完整的身份证号和电话")
        self.full_ids.clicked.connect(self._ask_why)
        self._why = theme.quiet(QLabel())
        self._why.setWordWrap(True)
        self._why.hide()
        self._layout.addWidget(self.full_ids)
        self._layout.addWidget(self._why)

    def _ask_why(self, wanted: bool) -> None:
        if not wanted:
            self._take_reason(None)
            return
        dialog = ReasonDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(self._take_reason)
        dialog.rejected.connect(self._withdraw)
        dialog.open()

    def _withdraw(self) -> None:
        self.full_ids.setChecked(False)

    def _take_reason(self, reason: str | None) -> None:
        self._reason = reason
        self._why.setText(f"用途：{reason}")
        self._why.setVisible(reason is not None)
        self.changed.emit()

    def _say_changed(self) -> None:
        self.changed.emit()
