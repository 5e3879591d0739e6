"""Before a backup is restored: what differs, what becomes of the present data, the password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.models.services.backup import BackupInfo, BackupService
from desktop.views import theme
from desktop.views.start.restore_form import Restoration
from desktop.views.theme import Tone
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.password_edit import PasswordEdit

_WIDTH = 30  # characters
_COUNTED = (("人员", "people"), ("任职", "terms"), ("改动次数", "changes"))


class RestoreDialog(QDialog):
    """Hands over a Restoration once the password was typed; the program then closes and opens again."""

    confirmed = Signal(object)  # Restoration

    def __init__(self, backup: BackupInfo, backups: BackupService, parent: QWidget) -> None:
        super().__init__(parent)
        self._backup = backup
        self.setWindowTitle("恢复备份")
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        kept = QLabel("现在的数据不会丢：恢复前先整份留存，备份列表里能看到，随时可以再恢复回来。")
        kept.setWordWrap(True)
        label = QLabel("密码(&P)")
        self.password = PasswordEdit("密码")
        self.password.setPlaceholderText("现在的密码；别处来的备份，用它自己的密码")
        label.setBuddy(self.password)
        self.buttons = Answers(self, "恢复，并重新打开")
        self.ok = self.buttons.ok
        self.password.textChanged.connect(self._allow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.heading(QLabel(f"恢复到 {backup.made_at:%Y.%m.%d %H:%M} 的备份")))
        layout.addLayout(_differences(backup, backups))
        self.foreign = QLabel("这份备份不是从现在这份数据做的：可能是别的单位的，请先看清楚。")
        self.foreign.setWordWrap(True)
        theme.set_tone(self.foreign, Tone.WARN)
        self.foreign.setVisible(backup.foreign)
        for widget in (self.foreign, kept, label, self.password, self.buttons):
            layout.addWidget(widget)
        self._allow()

    def accept(self) -> None:
        """Hand over what was confirmed."""
        super().accept()
        self.confirmed.emit(Restoration(source=self._backup.path, password=self.password.text()))

    def _allow(self) -> None:
        self.ok.setEnabled(bool(self.password.text()))


def _differences(backup: BackupInfo, backups: BackupService) -> QGridLayout:
    present = backups.present()
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.SPACE)
    grid.setColumnStretch(4, 1)
    for column, words in enumerate(("", "现在", "备份里", "")):
        grid.addWidget(theme.quiet(QLabel(words)), 0, column, Qt.AlignmentFlag.AlignRight)
    for row, (words, name) in enumerate(_COUNTED, start=1):
        now = getattr(present, name)
        then = getattr(backup.counts, name) if backup.counts else None
        texts = (words, str(now), "不详" if then is None else str(then), _step(now, then))
        for column, text in enumerate(texts):
            grid.addWidget(QLabel(text), row, column, Qt.AlignmentFlag.AlignRight)
    return grid


def _step(now: int, then: int | None) -> str:
    if then is None:
        return ""
    return f"多 {then - now}" if then > now else f"少 {now - then}" if then < now else "一样"
