"""A rule's settings: on or off, its numbers, the document it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.models.rules.rule import Level
from desktop.views import theme
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.rules.rule import Threshold
    from desktop.models.services.health import RuleSetting

_WIDTH = 27  # characters


class RulePanel(QFrame):
    """``set`` carries what is to be changed, as arguments of HealthService.set_rule."""

    set = Signal(dict)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.card(self)
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self._rule = self._kept_basis = ""
        self._wanted = False  # whether turning it on was refused for want of a document
        self._numbers: dict[str, QSpinBox | QComboBox] = {}
        page = QWidget()
        page.setObjectName("areaPage")
        self.title = theme.title(WrappedLabel(parent=page))
        self.says = WrappedLabel(parent=page)
        self.source = theme.quiet(WrappedLabel(parent=page))
        self.on = QCheckBox("启用这条规则(&N)", page)
        self.on.clicked.connect(lambda on: self.set.emit({"on": on} | self._typed_basis()))
        self.basis = QLineEdit(page)
        self.basis.setPlaceholderText("如 石组发〔2026〕1 号")
        self.basis.setAccessibleName("依据文号")
        self.basis.editingFinished.connect(self._keep_basis)
        self.words = WrappedLabel(parent=page)
        theme.set_tone(self.words, Tone.ERROR)
        self._form = QFormLayout()
        self._form.setVerticalSpacing(theme.GAP)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        label = QLabel("依据文号(&B)", page)
        label.setBuddy(self.basis)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.GAP, 0)
        column.setSpacing(theme.GAP)
        for widget in (self.title, self.says, self.source):
            column.addWidget(widget)
        column.addWidget(self.on, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label)
        column.addWidget(self.basis)
        column.addWidget(self.words)
        column.addLayout(self._form)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("规则的设置")
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 12)
        layout.addWidget(area)

    def show_setting(self, setting: RuleSetting) -> None:
        """Show a rule as the office has it."""
        rule = setting.rule
        self.title.setText(rule.title)
        self.says.setText(rule.says)
        local = rule.level is Level.LOCAL
        self.source.setText(f"{'参考' if local else '依据'}：{rule.source}")
        self.on.setChecked(setting.on)
        self.basis.setText(setting.basis)
        self._kept_basis = setting.basis
        self.basis.setToolTip("" if local else "填了就代替上面的依据，印在问题清单上")
        if rule.id != self._rule:
            self._rule = rule.id
            self._build_numbers(rule.thresholds)
            self.say("")
        for threshold in rule.thresholds:
            self._show_number(threshold, setting.limits[threshold.name])

    def say(self, words: str, *, typed: Mapping[str, object] | None = None) -> None:
        """Say why something was not kept; what was typed stays to be corrected."""
        self.words.setText(words)
        self.words.setVisible(bool(words))
        theme.set_tone(self.basis, Tone.ERROR if words else Tone.PLAIN)
        self._wanted = bool(words and typed and typed.get("on"))
        if self._wanted:
            self.basis.setFocus()

    def _build_numbers(self, thresholds: tuple[Threshold, ...]) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._numbers.clear()
        for threshold in thresholds:
            control: QSpinBox | QComboBox
            if threshold.choices:
                control = QComboBox(self)
                for value, words in threshold.choices.items():
                    control.addItem(words, value)
                control.activated.connect(partial(self._keep_number, threshold.name))
            else:
                control = QSpinBox(self)
                control.setRange(0, 1000)
                control.setSuffix(f" {threshold.unit}")
                control.setKeyboardTracking(False)  # a half-typed number is none
                control.valueChanged.connect(partial(self._keep_number, threshold.name))
            control.setAccessibleName(threshold.label)
            control.setToolTip(f"默认值：{threshold.choices.get(threshold.value, threshold.value)}")
            self._numbers[threshold.name] = control
            self._form.addRow(threshold.label, control)

    def _show_number(self, threshold: Threshold, value: int) -> None:
        control = self._numbers[threshold.name]
        control.blockSignals(True)
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(value))
        else:
            control.setValue(value)
        control.blockSignals(False)

    def _keep_number(self, name: str, value: int) -> None:
        control = self._numbers[name]
        number = control.currentData() if isinstance(control, QComboBox) else value
        self.set.emit({"limits": {name: number}})

    def _keep_basis(self) -> None:
        if self.basis.text().strip() != self._kept_basis:
            wanted: dict[str, object] = {"on": True} if self._wanted else {}  # it only lacked the document
            self.set.emit(wanted | self._typed_basis())

    def _typed_basis(self) -> dict[str, str]:
        return {"basis": self.basis.text()}
