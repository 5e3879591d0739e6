"""What opens below a heading's funnel: sort, search among the values, tick those that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.cleaning import in_one_line
from desktop.views import theme

_EMPTY = "（空）"
_VALUE = Qt.ItemDataRole.UserRole
_ROWS = 9


class FilterPopup(QFrame):
    """``sorted`` carries one of ``orders`` and whether descending, ``filtered`` the values that stay (None: all)."""

    sorted = Signal(str, bool)
    filtered = Signal(object)

    def __init__(
        self,
        label: str,
        orders: Mapping[str, str],
        values: Sequence[tuple[str, int]],
        staying: frozenset[str] | None,
        parent: QWidget,
    ) -> None:
        """``orders``: what a query sorts by → its words, none where there is but the usual order of the values."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setObjectName("popup")
        self.setAccessibleName(f"{label}：排序和筛选")
        self.search = QLineEdit()
        self.search.setPlaceholderText(f"在{label}里找")
        self.search.setAccessibleName(f"在{label}里找")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_found)
        self.values = QListWidget()
        self.values.setAccessibleName(f"{label}的值")
        self.values.ensurePolished()  # else the items take their heights before the style sheet
        self._all = QListWidgetItem("全选", self.values)
        self._fill(values, staying)
        self.values.itemChanged.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(theme.GAP)
        layout.addLayout(self._sort_buttons(orders))
        layout.addWidget(self.search)
        layout.addWidget(self.values)
        layout.addLayout(self._end_buttons(staying is not None))
        self.values.setFixedHeight(theme.row_height(self) * _ROWS)
        self.setFixedWidth(theme.characters(self, 20))
        self.search.setFocus()

    def open_at(self, place: QPoint) -> None:
        """Show below a heading, inside the screen."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        place.setX(max(min(place.x(), room.right() - self.width()), room.left()))
        place.setY(max(min(place.y(), room.bottom() - self.height()), room.top()))
        self.move(place)
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _sort_buttons(self, orders: Mapping[str, str]) -> QGridLayout:
        grid = QGridLayout()
        for row, (order, named) in enumerate(orders.items()):
            grid.addWidget(QLabel(named), row, 0)
            for place, (words, icon) in enumerate((("升序", "sort-up"), ("降序", "sort-down")), start=1):
                button = QPushButton(words)
                button.setIcon(theme.icon(icon))
                button.setAccessibleName(f"{named}{words}")
                button.clicked.connect(partial(self._sort, order, bool(place - 1)))
                grid.addWidget(button, row, place)
                grid.setColumnStretch(place, 1)
        return grid

    def _end_buttons(self, active: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        self.clear = QPushButton("清除筛选")
        self.clear.setEnabled(active)
        self.clear.clicked.connect(lambda: self._end(None))
        self.ok = theme.primary(QPushButton("确定"))
        self.ok.clicked.connect(self._apply)
        line.addWidget(self.clear)
        line.addStretch(1)
        line.addWidget(self.ok)
        return line

    def _fill(self, values: Sequence[tuple[str, int]], staying: frozenset[str] | None) -> None:
        for value, count in values:
            item = QListWidgetItem(f"{in_one_line(value) or _EMPTY}　{count}", self.values)
            item.setData(_VALUE, value)
            on = staying is None or value in staying
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._tell_all()

    def _items(self) -> list[QListWidgetItem]:
        return [self.values.item(row) for row in range(1, self.values.count())]

    def _found(self) -> list[QListWidgetItem]:
        return [item for item in self._items() if not item.isHidden()]

    def _show_found(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.strip() not in str(item.data(_VALUE)))
        self._tell_all()

    def _follow(self, changed: QListWidgetItem) -> None:
        if changed is self._all and self._all.checkState() != Qt.CheckState.PartiallyChecked:
            state = self._all.checkState()
            self.values.blockSignals(True)
            for item in self._found():
                item.setCheckState(state)
            self.values.blockSignals(False)
        self._tell_all()

    def _tell_all(self) -> None:
        states = {item.checkState() for item in self._found()}
        self.values.blockSignals(True)
        self._all.setCheckState(states.pop() if len(states) == 1 else Qt.CheckState.PartiallyChecked)
        self.values.blockSignals(False)

    def _sort(self, order: str, descending: bool, _checked: bool = False) -> None:
        self.sorted.emit(order, descending)
        self.close()

    def _apply(self) -> None:
        shown = self._found() if self.search.text().strip() else self._items()
        on = {str(item.data(_VALUE)) for item in shown if item.checkState() == Qt.CheckState.Checked}
        if on:  # nothing ticked would show nobody: most likely a slip
            self._end(None if len(on) == len(self._items()) else frozenset(on))

    def _end(self, staying: frozenset[str] | None) -> None:
        self.filtered.emit(staying)
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter applies, ↓ goes from the search box into the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._apply()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.values.setFocus()
            self.values.setCurrentRow(0)
        else:
            super().keyPressEvent(event)
