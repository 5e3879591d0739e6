"""The help sheet (F1): the keys, where things are, and what the program must not be used for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.views import theme

_KEYS = (
    ("Ctrl+1 … Ctrl+0", "换页（左边前十处）"),
    ("Ctrl+PageDown　PageUp", "同一处的下一页、上一页"),
    ("Ctrl+F", "查找：姓名、拼音、首字母、电话尾号、职务"),
    ("Ctrl+N", "新增人员"),
    ("Ctrl+I　Esc", "打开、收起右边的详情"),
    ("Ctrl+P", "打印台账"),
    ("Ctrl+Z　Ctrl+Y", "撤销、重做，不限步数"),
    ("直接打字　F2　双击", "修改格子"),
    ("Enter　Tab", "保存格子，到下一行、下一列"),
    ("Ctrl+C　Ctrl+V", "复制、粘贴，可以和 Excel、WPS 互相贴"),
    ("Ctrl+Shift+C", "复制时带上列名"),
    ("Ctrl+D　Delete", "向下填充、清空选中的格子"),
    ("Alt+↓", "打开当前列的筛选"),
    ("F6", "在单位、表格、详情之间换"),
)
SECRECY = "本软件不得存储、处理、传输国家秘密。"


class HelpSheet(QDialog):
    """Opened over the window; any key for leaving closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键与帮助")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.GAP)
        for keys, words in _KEYS:
            form.addRow(theme.quiet(QLabel(keys)), QLabel(words))
        secrecy = QLabel(SECRECY)
        theme.set_tone(secrecy, "warn")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(QLabel("快捷键")))
        layout.addLayout(form)
        layout.addWidget(secrecy)
        layout.addWidget(buttons)
