"""The last step of an import: what was done, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.models.services.importing import ImportResult
from desktop.views import theme
from desktop.views.theme import Tone


class DoneStep(QWidget):
    """A summary with 撤销本次导入, 保存未导入的行 and 去看名册."""

    undo_wanted = Signal()
    save_wanted = Signal()
    roster_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = theme.heading(QLabel())
        self._summary = QLabel()
        self._backup = theme.quiet(QLabel())
        for label in (self._summary, self._backup):
            label.setWordWrap(True)
        self.undo = QPushButton("撤销本次导入")
        self.save = QPushButton("保存未导入的行…")
        self.roster = theme.primary(QPushButton("去看名册"))
        self.again = QPushButton("再导入一份")
        self.again.clicked.connect(self.again_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.roster.clicked.connect(self.roster_wanted)
        buttons = QHBoxLayout()
        for button in (self.roster, self.save, self.undo, self.again):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.SPACE)
        for widget in (self._title, self._summary, self._backup):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def begin(self) -> None:
        """Put the focus where most go on."""
        self.roster.setFocus()

    def show_result(self, result: ImportResult, left_out: int) -> None:
        """Say what an import did; ``left_out`` rows, whole or in part, can be saved."""
        self._title.setText("导入完成" if result.seq is not None else "没有要改的，名册没有动")
        self._summary.setText(
            f"新增 {result.added} 人，修改 {result.changed} 人，未变 {result.same} 人"
            + (f"，{result.refused} 行没有导入。" if result.refused else "。")
        )
        unneeded = "上次备份以后没有别的改动，导入前没有再备份。" if result.seq is not None else ""
        self._backup.setText(result.backup.words if result.backup else unneeded)
        in_place = result.backup is None or result.backup.in_place
        theme.set_tone(self._backup, Tone.PLAIN if in_place else Tone.WARN)
        self.undo.setEnabled(result.seq is not None)
        self.save.setVisible(left_out > 0)

    def show_undone(self) -> None:
        """Say that the import was taken back."""
        self._title.setText("本次导入已撤销")
        self._summary.setText("名册已回到导入之前。再导入一次即可恢复。")
        self.undo.setEnabled(False)
