"""Settings: everything that was changed, and taking any of it back (变更记录)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QWidget

from desktop.models.services.history import ChangeLine
from desktop.office import Office
from desktop.views.errors import tell, told
from desktop.views.settings.section import Section
from desktop.views.widgets.rows import add_row, rows_table

_PAGE = 100  # change sets asked for at a time
_LINES = ("时间", "操作人", "做了什么", "来源")
_DETAILS = ("对象", "项目", "原来", "改为")
_LINE_WIDTHS = (10, 6, 24, 12)  # characters
_DETAIL_WIDTHS = (12, 8, 16, 16)


class HistorySection(Section):
    """Change sets above, what the chosen one changed below."""

    title = "变更记录"
    sentence = "每一次改动都在这里。选中一条，下面是改了什么；可以单独撤销。"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._shown: list[ChangeLine] = []
        self.lines = rows_table("变更记录", _LINES, _LINE_WIDTHS)
        self.details = rows_table("改了什么", _DETAILS, _DETAIL_WIDTHS)
        self.undo = QPushButton("撤销这一条")
        self.more = QPushButton("再往前看")
        self.lines.currentCellChanged.connect(self._show_details)
        self.undo.clicked.connect(self._undo)
        self.more.clicked.connect(self._show_more)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.lines)
        halves.addWidget(self.details)
        buttons = QHBoxLayout()
        buttons.addWidget(self.undo)
        buttons.addWidget(self.more)
        buttons.addStretch(1)
        self.body.addWidget(halves, 1)
        self.body.addLayout(buttons)

    def refresh(self) -> None:
        """Show the newest."""
        self._shown = []
        self.lines.setRowCount(0)
        self._show_more()
        self.lines.setCurrentCell(0, 0)

    def _show_more(self) -> None:
        before = self._shown[-1].seq if self._shown else None
        found = self.office.history.recent(_PAGE, before)
        for line in found:
            texts = (f"{line.at.astimezone():%Y.%m.%d %H:%M}", line.operator, line.why, line.source or "")
            add_row(self.lines, texts)
        self._shown += found
        self.more.setVisible(len(found) == _PAGE)

    def _show_details(self, row: int) -> None:
        self.details.setRowCount(0)
        self.undo.setEnabled(row >= 0)
        if row >= 0:
            for change in self.office.history.details(self._shown[row].seq):
                add_row(self.details, (change.who, change.field, change.old, change.new))

    def _undo(self) -> None:
        line = self._shown[self.lines.currentRow()]
        with told(self):
            if self.office.history.undo(line.seq) is None:
                tell(self, f"“{line.why}”是最初建立的数据，不能撤销。")
                return
            self.undone.emit(f"已撤销：{line.why}")
            self.refresh()
