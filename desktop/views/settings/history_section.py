"""Settings: everything that was changed, taking any of it back, and who used whole numbers (变更记录)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop.models.services.history import ChangeLine
from desktop.office import Office
from desktop.views import theme
from desktop.views.errors import tell, told
from desktop.views.settings.section import Section
from desktop.views.widgets.rows import add_row, rows_table
from desktop.views.widgets.wrapped import WrappedLabel

_PAGE = 100  # change sets asked for at a time
_LINES = ("时间", "操作人", "做了什么", "来源")
_DETAILS = ("对象", "项目", "原来", "改为")
_LINE_WIDTHS = (10, 6, 24, 12)  # characters
_DETAIL_WIDTHS = (12, 8, 16, 16)
_USES = ("时间", "操作人", "用途", "人数", "用在哪里")
_USE_WIDTHS = (10, 6, 11, 4, 13)
_CHANGES_RULE = "每一次改动都在这里。选中一条，下面是改了什么；可以单独撤销。"
_USES_RULE = (
    "身份证号和电话不遮住地导出、打印或由命令列出，每一次都记在这里，不能改，也不能删。"
    "只在屏幕上看的、报送包里的不记在这里。"
)
_NO_USES = "还没有用过完整的号码。"


class HistorySection(Section):
    """Two tabs: change sets above and what the chosen one changed below; each use of whole numbers, to be read only."""

    title = "变更记录"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._shown: list[ChangeLine] = []
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("记录的种类")
        self.tabs.addTab(self._build_changes(), "改动")
        self.tabs.addTab(self._build_uses(), "完整号码的使用记录")
        self.body.addWidget(self.tabs, 1)

    def _build_changes(self) -> QWidget:
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
        tab, layout = _tab(WrappedLabel(_CHANGES_RULE), halves)
        layout.addLayout(buttons)
        return tab

    def _build_uses(self) -> QWidget:
        self.uses = rows_table("完整号码的使用记录", _USES, _USE_WIDTHS)
        self.uses_words = WrappedLabel()
        return _tab(self.uses_words, self.uses)[0]

    def refresh(self) -> None:
        """Show the newest."""
        self._shown = []
        self.lines.setRowCount(0)
        self._show_more()
        self.lines.setCurrentCell(0, 0)
        self._show_uses()

    def _show_uses(self) -> None:
        found = self.office.history.disclosures()
        self.uses_words.setText(_USES_RULE if found else _NO_USES + _USES_RULE)
        self.uses.setRowCount(0)
        for use in found:
            texts = (f"{use.at:%Y.%m.%d %H:%M}", use.operator, use.reason, f"{use.people}", use.what)
            add_row(self.uses, texts)

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


def _tab(words: WrappedLabel, shown: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """A tab and its layout: what it is in a sentence, and below it what it shows."""
    tab = QWidget()
    layout = QVBoxLayout(tab)
    layout.setContentsMargins(0, theme.GAP, 0, 0)
    layout.setSpacing(theme.GAP)
    layout.addWidget(theme.quiet(words))
    layout.addWidget(shown, 1)
    return tab, layout
