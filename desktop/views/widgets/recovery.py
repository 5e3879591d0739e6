"""The recovery code (恢复码), shown once: to be printed, saved or written down."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.views import theme
from desktop.views.widgets.saving import ask_where_to_save

_SHEET = """<h2>头雁台账 恢复码</h2>
<p>单位：{unit}</p>
<p style="font-family:monospace; font-size:20pt">{code}</p>
<p>忘记密码时，凭恢复码重设密码。请像保管印章一样保管：锁在柜里，不要拍照，不要放在这台电脑上。</p>"""


class RecoveryCode(QWidget):
    """Shows a code with 打印, 保存为文本 and 我已抄好; ``acknowledged`` when the last is ticked."""

    acknowledged = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ""
        self._code = QLabel()
        self._code.setObjectName("recoveryCode")
        self._code.setAccessibleName("恢复码")
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        words = QLabel("忘记密码时，只有它能打开数据。它只显示这一次，请打印或抄好，锁在柜里。")
        words.setWordWrap(True)
        self.print = QPushButton("打印…")
        self.save = QPushButton("保存为文本到 U 盘…")
        self.copied = QCheckBox("我已抄好(&Y)，放在妥当的地方")
        self._said = theme.quiet(QLabel())
        self._said.setWordWrap(True)
        self._said.hide()
        self.print.clicked.connect(self._open_print)
        self.save.clicked.connect(self._open_save)
        self.copied.toggled.connect(self.acknowledged)
        buttons = QHBoxLayout()
        buttons.addWidget(self.print)
        buttons.addWidget(self.save)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(words)
        layout.addWidget(self._code)
        layout.addLayout(buttons)
        layout.addWidget(self._said)
        layout.addWidget(self.copied)
        layout.addStretch(1)

    @property
    def code(self) -> str:
        """The code shown."""
        return self._code.text()

    def show_code(self, code: str, unit: str) -> None:
        """Show a new code of an office."""
        self._unit = unit
        self._code.setText(code)
        self._said.hide()
        self.copied.setChecked(False)

    def _open_print(self) -> None:
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName("恢复码")
        dialog = QPrintDialog(self._printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._print)
        QDialog.open(dialog)  # QPrintDialog's own wants a slot's name

    def _print(self, answer: int) -> None:
        if answer == QDialog.DialogCode.Accepted:
            self.print_on(self._printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print a sheet with the code."""
        sheet = QTextDocument()
        sheet.setHtml(_SHEET.format(unit=self._unit, code=self.code))
        sheet.print_(printer)
        self._say("已送到打印机。拿到纸以后再勾选下面一行。")

    def _open_save(self) -> None:
        ask_where_to_save(self, "保存恢复码", "文本文件", "头雁台账恢复码.txt", self._save)

    def _save(self, name: str) -> None:
        path = Path(name)
        try:
            # a byte order mark and Windows line ends: 记事本 of an old Windows shows it right
            path.write_text(
                f"头雁台账恢复码\n单位：{self._unit}\n{self.code}\n", encoding="utf-8-sig", newline="\r\n"
            )
        except OSError:
            self._say(f"没有存成：{path.parent} 写不进去，请换一个位置。")
        else:
            self._say(f"已保存到 {path}")

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.show()
