"""The tree of townships and villages at the left, with counts, found by typing a name or its pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop.models.domain.names import name_keys
from desktop.views import theme

if TYPE_CHECKING:
    from desktop.models.services.roster_lists import UnitCount

_CODE = Qt.ItemDataRole.UserRole
_WIDTH = 13  # characters


class UnitTree(QWidget):
    """``chosen`` carries a division's code, None for the whole office."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("找村（社区）")
        self.search.setAccessibleName("找村（社区）")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show_found)
        self.tree = _Tree(self)
        self.tree.typed.connect(self._start_search)
        self.tree.currentItemChanged.connect(self._tell)
        self._keys: dict[str, set[str]] = {}  # search keys by code, made at the first search
        self._only: frozenset[str] | None = None  # the divisions that are to be seen; None for all
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        self.setMinimumWidth(theme.characters(self, _WIDTH))

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumWidth(theme.characters(self, _WIDTH))

    @property
    def code(self) -> str | None:
        """The chosen division; None for the whole office."""
        item = self.tree.currentItem()
        return None if item is None or item.parent() is None else str(item.data(0, _CODE))

    @property
    def words(self) -> str:
        """The chosen division's name."""
        item = self.tree.currentItem()
        return item.text(0) if item else ""

    def show_units(self, units: Sequence[UnitCount], marks: Mapping[str, str] | None = None) -> None:
        """Show divisions with their counts; where only counts changed, nothing else does.

        ``marks``: words by code on what a division lacks, said by an icon beside its count.
        """
        items = list(self._items())
        if [str(item.data(0, _CODE)) for item in items] != [unit.division.code for unit in units]:
            self._rebuild(units)
            items = list(self._items())
        for item, unit in zip(items, units, strict=True):
            count = str(unit.people) if unit.people else ""
            words = (marks or {}).get(unit.division.code, "")
            if (item.text(1), item.toolTip(1)) != (count, words):
                item.setText(1, count)
                item.setIcon(1, theme.icon("alert", "warn") if words else QIcon())
                for column in (0, 1):
                    item.setToolTip(column, words)
                item.setData(1, Qt.ItemDataRole.AccessibleTextRole, "，".join(filter(None, (count, words))))

    def show_only(self, codes: frozenset[str] | None) -> None:
        """Show some divisions with what they belong to; None for all."""
        self._only = codes
        self._show_found(self.search.text())

    def choose(self, code: str | None) -> None:
        """Choose a division as if it were clicked."""
        item = next(
            (item for item in self._items() if item.data(0, _CODE) == code), self.tree.topLevelItem(0)
        )
        if item is not None:
            self.tree.setCurrentItem(item)

    def _rebuild(self, units: Sequence[UnitCount]) -> None:
        code = self.code
        self.tree.blockSignals(True)
        self.tree.clear()
        above: list[QTreeWidgetItem] = []
        tops = []
        for unit in units:
            item = QTreeWidgetItem([unit.division.short_name, ""])
            item.setData(0, _CODE, unit.division.code)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, theme.brush("secondary"))
            del above[unit.depth :]
            if above:
                above[-1].addChild(item)
            else:
                tops.append(item)
            above.append(item)
        self.tree.addTopLevelItems(tops)
        for item in tops:
            item.setExpanded(True)
        self._keys.clear()
        self.choose(code)
        self.tree.blockSignals(False)

    def _items(self) -> Iterable[QTreeWidgetItem]:
        waiting = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                yield item
                waiting[:0] = [item.child(n) for n in range(item.childCount())]

    def _tell(self) -> None:
        self.chosen.emit(self.code)

    def _start_search(self, text: str) -> None:
        self.search.setFocus()
        self.search.setText(text)

    def _show_found(self, text: str) -> None:
        wanted = text.strip().lower()
        found = [item for item in self._items() if self._matches(item, wanted)]
        shown = {id(item) for item in found}
        for item in found:
            while (item := item.parent()) is not None:  # type: ignore[assignment]  # None at the top
                shown.add(id(item))
                item.setExpanded(True)
        for item in self._items():
            item.setHidden(id(item) not in shown)
        if wanted and found:
            self.tree.setCurrentItem(found[0])

    def _matches(self, item: QTreeWidgetItem, wanted: str) -> bool:
        if self._only is not None and item.data(0, _CODE) not in self._only:
            return False
        if not wanted or wanted in item.text(0):
            return True
        code = str(item.data(0, _CODE))
        if code not in self._keys:
            self._keys[code] = name_keys(item.text(0))
        return any(key.startswith(wanted) for key in self._keys[code])


class _Tree(QTreeWidget):
    """Typing goes to the search box."""

    typed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setAccessibleName("乡镇和村（社区）")
        self.setIndentation(12)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters search."""
        if event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
