"""Settings: what this program is, what it never does, whose work it stands on (关于)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QSplitter, QWidget

from desktop import __version__
from desktop.office import Office
from desktop.paths import resource
from desktop.views import theme
from desktop.views.settings.section import Section
from desktop.views.start.first_start import SECRECY


class AboutSection(Section):
    """Version, secrecy, licences."""

    title = "关于"

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._files: list[Path] = []
        self.names = QListWidget()
        self.names.setAccessibleName("许可")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可全文")
        self.names.currentRowChanged.connect(self._show_text)
        place = QLabel(f"数据文件夹：{office.folder}")
        place.setWordWrap(True)
        for label in (QLabel(f"头雁台账 {__version__}，MIT 许可"), QLabel(f"{SECRECY}程序不联网。"), place):
            self.body.addWidget(label)
        self.body.addSpacing(theme.GAP)
        self.body.addWidget(theme.heading(QLabel("用到的软件和字体")))
        beside = QSplitter()
        beside.setChildrenCollapsible(False)
        beside.addWidget(self.names)
        beside.addWidget(self.text)
        beside.setStretchFactor(1, 3)
        self.body.addWidget(beside, 1)

    def refresh(self) -> None:
        """Read the notices that are shipped."""
        if not self._files:
            found = [*resource("licences").glob("*.txt"), *resource("fonts").glob("*.txt")]
            self._files = sorted(found, key=lambda path: path.stem.lower())
            self.names.addItems([path.stem for path in self._files])
            self.names.setCurrentRow(0)

    def _show_text(self, row: int) -> None:
        self.text.setPlainText(self._files[row].read_text(encoding="utf-8", errors="replace"))
