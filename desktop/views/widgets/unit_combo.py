"""A combo of townships and villages, found by typing any part of a name or its pinyin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from desktop.models.domain.names import name_keys
from desktop.models.registers.division import Division

_KEYS = Qt.ItemDataRole.UserRole + 1


class _Completer(QCompleter):
    """Matches the search keys, fills in the name."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The name, not the keys."""
        return str(index.data(Qt.ItemDataRole.EditRole))


class UnitCombo(QComboBox):
    """Picks a division by code; what is typed and matches none falls back to the last choice."""

    chosen = Signal(str)  # a division's code

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(16)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        completer = _Completer(self._items, self)
        completer.setCompletionRole(_KEYS)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.activated.connect(self._settle)
        line = self.lineEdit()
        assert line is not None  # it is editable
        line.editingFinished.connect(self._settle)

    def narrow(self, characters: int) -> None:
        """Stand in a line of filters as its 范围, no wider than so many characters need."""
        self.setAccessibleName("范围")
        self.setToolTip("范围")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(characters)

    def show_units(self, units: Sequence[Division]) -> None:
        """Offer divisions in their order; the choice stays where it still exists."""
        before = self.code
        above = {division.code: division.short_name for division in units}
        names = Counter(division.short_name for division in units)
        self._items.clear()
        for division in units:
            name = division.short_name
            if names[name] > 1 and division.parent in above:  # two townships have a 新华村
                name = f"{name}（{above[division.parent]}）"
            item = QStandardItem(name)
            item.setData(division.code, Qt.ItemDataRole.UserRole)
            item.setData(" ".join((name, *sorted(name_keys(division.short_name)))), _KEYS)
            self._items.appendRow(item)
        self.choose(before)

    @property
    def code(self) -> str | None:
        """The chosen division's code; None when nothing is offered."""
        code = self.currentData(Qt.ItemDataRole.UserRole)
        return None if code is None else str(code)

    def choose(self, code: str | None) -> None:
        """Choose by code; the first where there is no such division."""
        index = self.findData(code) if code else 0
        self.setCurrentIndex(max(index, 0))

    def _settle(self) -> None:
        index = self.findText(self.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if index >= 0 and index != self.currentIndex():
            self.setCurrentIndex(index)
        self.setEditText(self.itemText(self.currentIndex()))
        if self.code:
            self.chosen.emit(self.code)
