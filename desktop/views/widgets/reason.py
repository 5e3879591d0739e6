"""Asking why identity numbers are to be shown whole (用途)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.answers import Answers

_USUAL = ("上级组织部门检查", "干部任前联审", "办理社会保险", "与公安户籍核对")


class ReasonDialog(QDialog):
    """Asks for a reason, of the usual ones or typed; gives it only when there is one."""

    given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("显示完整的身份证号和电话")
        words = QLabel("平时只显示身份证号的前后几位。要全部显示，请写明用途，会记录在案。")
        words.setWordWrap(True)
        label = QLabel("用途(&R)")
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(_USUAL)
        self.reason.setCurrentIndex(-1)
        self.reason.setAccessibleName("用途")
        self.reason.setMinimumWidth(theme.characters(self, 22))
        label.setBuddy(self.reason)
        self.buttons = Answers(self, "显示全部")
        self.ok = self.buttons.ok
        self.reason.currentTextChanged.connect(self._judge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.GAP)
        for widget in (words, label, self.reason, self.buttons):
            layout.addWidget(widget)
        self._judge("")

    def _judge(self, text: str) -> None:
        self.ok.setEnabled(bool(text.strip()))

    def accept(self) -> None:
        """Hand the reason over."""
        super().accept()
        self.given.emit(self.reason.currentText().strip())
