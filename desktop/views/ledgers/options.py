"""What a ledger shows: which one, of which unit, day or period, on which paper, with numbers masked or whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.periods import Period
from desktop.models.registers.division import Division
from desktop.models.services.dossiers import DossierRequest
from desktop.models.services.ledgers import LedgerKind, LedgerRequest, Subject
from desktop.views import theme
from desktop.views.widgets.reason import ReasonDialog
from desktop.views.widgets.unit_combo import UnitCombo

_LINES = 4  # of the list of ledgers, where there is no more room
_PAPERS = (("A3", "A3 全部列", "A3 横，全部列"), ("A4", "A4 常用列", "A4 横，常用列"))  # short, and in full


class LedgerOptions(QFrame):
    """The panel beside the preview; every change says ``changed``."""

    changed = Signal()  # ask for periods and sheets again, then draw
    ticked_changed = Signal()

    def __init__(self, kinds: Sequence[LedgerKind], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._reason: str | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(theme.GAP)
        self._kinds = {kind.name: kind for kind in kinds}
        self._build_kinds(kinds)
        self._build_scope(today)
        self._build_choices()
        self._build_papers()
        self._build_numbers()

    def show_units(self, units: Sequence[Division]) -> None:
        """Offer the office's divisions."""
        self.unit.show_units(units)

    def show_periods(self, periods: Sequence[str]) -> None:
        """Offer the periods of a ledger that has some; the one chosen stays while it is there."""
        _offer(self.period, [(Period.parse(each).label, each) for each in periods])

    def show_sheets(self, subjects: Sequence[Subject]) -> None:
        """Offer what there are forms of; the one chosen stays while it is there, else all are wanted."""
        picked = str(self.sheet.currentData() or "")
        choices = [("全部", "")] if self.kind.has_sheets else []
        if len(picked.split()) > 1 and {each.id for each in subjects}.issuperset(picked.split()):
            choices.append((f"选定的 {len(picked.split())} 份", picked))
        _offer(self.sheet, choices + [(each.label, each.id) for each in subjects])

    @property
    def kind(self) -> LedgerKind:
        """The ledger that is chosen."""
        return self._kinds[str(self.kinds.currentItem().data(Qt.ItemDataRole.UserRole))]

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ledgers that are ticked for a dossier, in their order."""
        return tuple(name for name, item in self._lines.items() if item.checkState() == Qt.CheckState.Checked)

    def tick(self, ledgers: Sequence[str]) -> None:
        """Tick these ledgers and no others."""
        self.kinds.blockSignals(True)
        for name, item in self._lines.items():
            item.setCheckState(Qt.CheckState.Checked if name in ledgers else Qt.CheckState.Unchecked)
        self.kinds.blockSignals(False)
        self._take_ticks()

    def dossier(self, title: str, units: Sequence[str]) -> DossierRequest:
        """What is asked for of the ledgers that are ticked, of some units or all together."""
        reason = self._reason if self._ticked_have_numbers() else None
        return DossierRequest(
            title=title,
            ledgers=self.ticked,
            on=self.request.on,
            units=tuple(units),
            paper=self.request.paper,
            full_ids=reason is not None,
            reason=reason,
        )

    def dossier_words(self) -> str:
        """The same in words."""
        numbers = "隐去中间几位" if self._reason is None else f"完整（用途：{self._reason}）"
        return (
            f"已勾选 {len(self.ticked)} 张台账，统计截止日 {self.day.text()}，{self.request.paper} 横"
            f"（表单 A4 竖），身份证号和电话{numbers}。"
        )

    @property
    def sheet_name(self) -> str:
        """What the one form is of that is wanted; empty where all are."""
        return self.sheet.currentText() if self.sheet.currentData() else ""

    def choose(
        self,
        unit: str | None,
        day: date,
        ledger: str | None = None,
        period: str | None = None,
        of: Sequence[str] = (),
        *,
        recorded: bool = False,
    ) -> None:
        """Set everything from outside, the ledger where there is one of that name; says ``changed`` once."""
        self.kinds.blockSignals(True)
        for place in range(self.kinds.count()):
            if ledger and self.kinds.item(place).data(Qt.ItemDataRole.UserRole) == ledger:
                self.kinds.setCurrentRow(place)
        self.kinds.blockSignals(False)
        self._fit_kind()
        self.kinds.scrollToItem(self.kinds.currentItem(), QListWidget.ScrollHint.PositionAtCenter)
        self.unit.choose(unit)
        self.day.blockSignals(True)
        self.day.setDate(QDate(day.year, day.month, day.day))
        self.day.blockSignals(False)
        self.recorded.setChecked(recorded)
        _offer(self.period, [(period, period)] if period else [])  # until the page offers what there is
        _offer(self.sheet, [("", " ".join(of))] if of else [])
        self.changed.emit()

    @property
    def request(self) -> LedgerRequest:
        """What is asked for."""
        shown, kind, sheet = self.day.date(), self.kind, self.sheet.currentData()
        return LedgerRequest(
            name=kind.name,
            on=date(shown.year(), shown.month(), shown.day()),
            unit=self.unit.code,
            paper=_PAPERS[self.papers.checkedId()][0],
            full_ids=kind.has_numbers and self._reason is not None,
            reason=self._reason if kind.has_numbers else None,
            period=self.period.currentData() if kind.has_periods else None,
            of=tuple(str(sheet).split()) if kind.has_sheets and sheet else (),
            recorded=kind.has_clocks and self.recorded.isChecked(),
        )

    def _add(self, words: str, control: QWidget, name: str) -> QLabel:
        """Put a label beside its control: the list of ledgers wants the height."""
        label = theme.quiet(QLabel(words))
        label.setBuddy(control)
        control.setAccessibleName(name)
        line = QHBoxLayout()
        line.addWidget(label)
        line.addWidget(control, 1)
        self._layout.addLayout(line)
        return label

    def _build_kinds(self, kinds: Sequence[LedgerKind]) -> None:
        self.kinds = QListWidget()
        self._lines: dict[str, QListWidgetItem] = {}
        group = ""
        for kind in kinds:
            if kind.group != group:
                group = kind.group
                self._add_group(group)
            item = QListWidgetItem(kind.title)
            item.setData(Qt.ItemDataRole.UserRole, kind.name)
            item.setToolTip(f"{kind.title}\n勾选的台账可以做成一个备检包")
            item.setCheckState(Qt.CheckState.Unchecked)
            self._lines[kind.name] = item
            self.kinds.addItem(item)
        self.kinds.setWordWrap(True)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.kinds.setMinimumHeight(theme.row_height(self) * _LINES)
        self.kinds.itemChanged.connect(self._take_ticks)
        self.kinds.ensurePolished()  # lines are measured when one is chosen
        self.kinds.setCurrentRow(1)  # below its group
        self.kinds.currentRowChanged.connect(self._take_kind)
        self.kinds.setAccessibleName("台账")
        label = theme.quiet(QLabel("台账(&L)"))
        label.setBuddy(self.kinds)
        self._layout.addWidget(label)
        self._layout.addWidget(self.kinds, 1)

    def _add_group(self, words: str) -> None:
        """A heading that cannot be chosen."""
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.kinds.font()
        font.setBold(True)
        item.setFont(font)
        self.kinds.addItem(item)

    def _build_scope(self, today: date) -> None:
        self.unit = UnitCombo()
        self.unit.chosen.connect(self._say_changed)
        self._add("范围(&U)", self.unit, "范围")
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy.MM.dd")
        self.day.setCalendarPopup(True)
        self.day.dateChanged.connect(self._say_changed)
        self._add("截止日(&D)", self.day, "统计截止日")
        self.recorded = QCheckBox("按当时记录(&R)")
        self.recorded.setAccessibleName("按当时记录")
        self.recorded.setToolTip("按统计截止日当时的记录打印，不含后来补录、更正的")
        self.recorded.clicked.connect(self._say_changed)
        self._layout.addWidget(self.recorded)

    def _build_choices(self) -> None:
        """What only some ledgers ask; the rest do not show it."""
        self.period, self.sheet = QComboBox(), QComboBox()
        self._only_some = {
            self.period: self._add("期次(&Q)", self.period, "期次"),
            self.sheet: self._add("哪一份(&W)", self.sheet, "打印哪一份"),
        }
        for combo in self._only_some:
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.activated.connect(self._say_changed)

    def _build_papers(self) -> None:
        self._paper = theme.quiet(QLabel("纸张：A4 竖"))
        self._layout.addWidget(self._paper)
        self.papers = QButtonGroup(self)
        line = QHBoxLayout()
        for index, (_, short, words) in enumerate(_PAPERS):
            button = QRadioButton(short)
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setChecked(index == 0)
            self.papers.addButton(button, index)
            line.addWidget(button)
        self._layout.addLayout(line)
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
        self._fit_kind()

    def _take_kind(self) -> None:
        self._fit_kind()
        self.changed.emit()

    def _take_ticks(self) -> None:
        self._fit_numbers()
        self.ticked_changed.emit()

    def _fit_kind(self) -> None:
        """Show what the ledger asks, and what it leaves no choice of."""
        kind = self.kind
        self.recorded.setVisible(kind.has_clocks)
        for combo, wanted in ((self.period, kind.has_periods), (self.sheet, kind.has_sheets)):
            combo.setVisible(wanted)
            self._only_some[combo].setVisible(wanted)
        self._paper.setVisible(kind.has_sheets)
        for button in self.papers.buttons():
            button.setVisible(not kind.has_sheets)
        self._fit_numbers()

    def _fit_numbers(self) -> None:
        """Numbers can be shown whole where the ledger in sight or one that is ticked has some."""
        some = self.kind.has_numbers or self._ticked_have_numbers()
        self.full_ids.setEnabled(some)
        self.full_ids.setToolTip("" if some else "这张台账上没有身份证号和电话")

    def _ticked_have_numbers(self) -> bool:
        return any(self._kinds[name].has_numbers for name in self.ticked)

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


def _offer(combo: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    """Fill a combo with texts and what they stand for; says nothing of it."""
    chosen = combo.currentData()
    combo.clear()
    for text, value in choices:
        combo.addItem(text, value)
        combo.setItemData(combo.count() - 1, text, Qt.ItemDataRole.ToolTipRole)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
    popup = combo.view()  # as wide as its longest text, which the panel is too narrow for
    popup.setMinimumWidth(popup.sizeHintForColumn(0) + 2 * theme.SPACE)
