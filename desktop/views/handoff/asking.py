"""Asking for one text: the digits that were heard, or what is to be put right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop.views import theme


class AskText(QDialog):
    """Words, a line to type, a button that names the deed; empty is not taken."""

    given = Signal(str)

    def __init__(self, title: str, words: str, name: str, deed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.characters(self, 30))
        self.edit = QLineEdit(self)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(name)
        buttons = QDialogButtonBox(self)
        self.deed = buttons.addButton(deed, QDialogButtonBox.ButtonRole.AcceptRole)
        theme.primary(self.deed)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.edit.textChanged.connect(lambda text: self.deed.setEnabled(bool(text.strip())))
        self.deed.setEnabled(False)
        told = QLabel(words, self)
        told.setTextFormat(Qt.TextFormat.PlainText)  # it may name a person
        told.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.GAP)
        for widget in (told, self.edit, buttons):
            layout.addWidget(widget)

    def accept(self) -> None:
        """Hand the text over."""
        super().accept()
        self.given.emit(self.edit.text().strip())
