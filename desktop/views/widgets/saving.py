"""Asking where a file is to be saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

WORKBOOKS = "Excel 工作簿"


def ask_where_to_save(over: QWidget, title: str, kind: str, name: str, then: Callable[[str], object]) -> None:
    """Propose a file ``name`` with its suffix, of a ``kind`` in words; ``then`` is told the path that was chosen."""
    suffix = Path(name).suffix.removeprefix(".")
    dialog = QFileDialog(over, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{kind} (*.{suffix})")
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(then)
    dialog.open()
