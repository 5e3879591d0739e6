"""The two buttons below a dialog: its deed, and 取消."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton

from desktop.views import theme


class Answers(QDialogButtonBox):
    """``ok`` accepts the dialog and is called by what it does then (确定 where it is not named), ``cancel`` rejects it.

    It gets its parent from the layout it is put into, so that Tab comes to it last.
    """

    def __init__(self, dialog: QDialog, deed: str = "") -> None:
        super().__init__(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok: QPushButton = theme.primary(self.button(QDialogButtonBox.StandardButton.Ok))
        self.cancel = self.button(QDialogButtonBox.StandardButton.Cancel)
        if deed:
            self.ok.setText(deed)
        self.accepted.connect(dialog.accept)
        self.rejected.connect(dialog.reject)
