"""A folder or a file, typed or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.views import theme


class PathField(QWidget):
    """A path beside 选择…; ``filters`` are those of a file dialog, none for a folder."""

    changed = Signal()  # at every stroke
    settled = Signal()  # typed to the end, or chosen

    def __init__(
        self, name: str, filters: tuple[str, ...] = (), hint: str = "没有设置", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._filters = filters
        self.edit = QLineEdit()
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(hint)
        self.edit.setClearButtonEnabled(True)
        self.edit.textChanged.connect(self.changed)
        self.edit.editingFinished.connect(self.settled)
        self.button = QPushButton("选择…")
        self.button.setAccessibleName(f"选择{name}")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._open_chooser)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.edit, 1)
        layout.addWidget(self.button)
        self.setFocusProxy(self.edit)

    @property
    def path(self) -> Path | None:
        """The path; None where the field is empty."""
        text = self.edit.text().strip()
        return Path(text) if text else None

    def show_path(self, path: Path | None) -> None:
        """Show another path."""
        self.edit.setText(str(path) if path else "")

    def _open_chooser(self) -> None:
        dialog = QFileDialog(self, f"选择{self._name}", self.edit.text())
        if self._filters:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters(self._filters)
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, name: str) -> None:
        self.show_path(Path(name))
        self.settled.emit()


def is_made(folder: Path) -> bool:
    """Make a folder if only the last part of it is missing; whether it is there now.

    A disk that is not plugged in must not become a folder on this one: its own folder is never made.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return False
    return True
