"""Settings: the unit, how it signs, who works here (单位与落款)."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QWidget

from desktop.office import Office
from desktop.views import theme
from desktop.views.settings.section import Section

_LEVELS = {"township": "乡镇（办、区）", "city": "市县"}
_FIELD = 20  # characters


class UnitSection(Section):
    """Two fields that are saved when they are left."""

    title = "单位与落款"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.signature = self._field("落款单位", "空着就按单位名称印")
        self.operator = self._field("操作人", "谁在用这台电脑")
        self.signature.editingFinished.connect(self._keep_signature)
        self.operator.editingFinished.connect(self._keep_operator)
        unit = QLabel(f"{office.unit.name}　{_LEVELS[office.level]}")
        form = QFormLayout()
        form.setSpacing(theme.GAP)
        form.addRow("本单位", unit)
        form.addRow("落款单位(&S)", self.signature)
        form.addRow("", theme.quiet(QLabel("印在台账“填报单位（盖章）”后面。")))
        form.addRow("操作人(&O)", self.operator)
        form.addRow("", theme.quiet(QLabel("记在每一条变更记录里，也可以空着。")))
        self.body.addLayout(form)
        self.body.addStretch(1)

    def refresh(self) -> None:
        """Show what is kept."""
        self.signature.setText(self.office.settings.signature)
        self.operator.setText(self.office.settings.operator)

    def _field(self, name: str, placeholder: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(placeholder)
        field.setMaximumWidth(theme.characters(self, _FIELD))
        return field

    def _keep_signature(self) -> None:
        if self.signature.text().strip() != self.office.settings.signature:
            self.office.settings.signature = self.signature.text()
            self.noted.emit("落款单位已保存")

    def _keep_operator(self) -> None:
        if self.operator.text().strip() != self.office.settings.operator:
            self.office.settings.operator = self.operator.text()
            self.noted.emit("操作人已保存")
