"""Choosing the columns of a grid and their order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.fields import Field
from desktop.views import theme
from desktop.views.tables.columns import Layout
from desktop.views.widgets.answers import Answers


class ColumnChooser(QDialog):
    """Ticks and order of columns; the first stays first and shown. ``chosen`` carries the Layout."""

    chosen = Signal(object)

    def __init__(self, layout: Layout, fields: Sequence[Field], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("列设置")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fields = tuple(fields)
        self._layout = layout
        self.names = _Names()
        self.names.setAccessibleName("要显示的列")
        self.names.ensurePolished()  # else the items take their heights before the style sheet
        self._fill(layout)
        buttons = Answers(self)
        usual = buttons.addButton("恢复默认", QDialogButtonBox.ButtonRole.ResetRole)
        usual.clicked.connect(lambda: self._fill(Layout.of(self._fields)))
        box = QVBoxLayout(self)
        box.setSpacing(theme.GAP)
        box.addWidget(theme.quiet(QLabel("勾选要显示的列；拖动或按 Alt+↑ Alt+↓ 调整先后。")))
        box.addWidget(self.names)
        box.addWidget(buttons)
        self.resize(theme.characters(self, 26), theme.row_height(self) * 15)

    def _fill(self, layout: Layout) -> None:
        self._ems = dict(layout.ems)
        self.names.clear()
        labels = {f.name: f.label for f in self._fields}
        for name in layout.order[1:]:
            item = QListWidgetItem(labels[name], self.names)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setCheckState(Qt.CheckState.Unchecked if name in layout.hidden else Qt.CheckState.Checked)
        self.names.setCurrentRow(0)

    def accept(self) -> None:
        """Hand the layout over."""
        items = [self.names.item(row) for row in range(self.names.count())]
        order = [str(item.data(Qt.ItemDataRole.UserRole)) for item in items]
        hidden = (
            n for n, item in zip(order, items, strict=True) if item.checkState() == Qt.CheckState.Unchecked
        )
        super().accept()
        self.chosen.emit(
            Layout(order=(self._fields[0].name, *order), hidden=frozenset(hidden), ems=self._ems)
        )


class _Names(QListWidget):
    """A list sorted by dragging, or by Alt and the arrows."""

    def __init__(self) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+↑ and Alt+↓ move the current line."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
            return
        row = self.currentRow()
        if 0 <= row + step < self.count():
            self.insertItem(row + step, self.takeItem(row))
            self.setCurrentRow(row + step)
