"""Ending a person's posts (离任): the last day served, why, and which of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.views import theme
from desktop.views.widgets.answers import Answers

if TYPE_CHECKING:
    from desktop.models.services.roster_lists import TermLine

REASONS = ("换届", "辞职", "调整分工", "调离", "年龄到限", "免职", "去世")


class LeavingDialog(QDialog):
    """``decided`` carries ids of terms, the last day served, the reason and 批准机关及文号."""

    decided = Signal(list, object, str, str)

    def __init__(self, name: str, terms: Sequence[TermLine], today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("离任")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.boxes: dict[str, QCheckBox] = {}
        self.day = QDateEdit(QDate(today.year, today.month, today.day))
        self.day.setDisplayFormat("yyyy.MM.dd")
        self.day.setCalendarPopup(True)
        self.day.setMaximumDate(self.day.date())
        self.day.setAccessibleName("最后任职日")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(["", *REASONS])
        self.reason.setAccessibleName("离任原因")
        self.approval = QLineEdit()
        self.approval.setAccessibleName("批准机关及文号")
        self.approval.setPlaceholderText("可不填")
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(12)
        form.addRow("离任职务", self._posts(terms))
        form.addRow("最后任职日(&D)", self.day)
        form.addRow("离任原因(&R)", self.reason)
        form.addRow("批准文号(&A)", self.approval)
        buttons = Answers(self, "办理离任")
        self.ok = buttons.ok
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(QLabel(f"{name} 离任")))
        layout.addLayout(form)
        layout.addWidget(theme.quiet(QLabel("任职经历会保留，以后仍可查看以前的名册。")))
        layout.addWidget(buttons)
        self.setMinimumWidth(theme.characters(self, 30))
        self.reason.setFocus()

    def _posts(self, terms: Sequence[TermLine]) -> QWidget:
        group = QWidget()
        layout = QVBoxLayout(group)
        layout.setContentsMargins(0, 0, 0, 0)
        for line in terms:
            box = QCheckBox(f"{line.village} {line.wording or '职务待核'}")
            box.setChecked(True)
            box.toggled.connect(self._judge)
            layout.addWidget(box)
            self.boxes[line.term.id] = box
        return group

    def _chosen(self) -> list[str]:
        return [term_id for term_id, box in self.boxes.items() if box.isChecked()]

    def _judge(self) -> None:
        self.ok.setEnabled(bool(self._chosen()))

    def accept(self) -> None:
        """Hand over what was decided."""
        super().accept()
        day = self.day.date()
        self.decided.emit(
            self._chosen(),
            date(day.year(), day.month(), day.day()),
            self.reason.currentText().strip(),
            self.approval.text(),
        )
