"""The line above the matrix: period, unit, kind, 正面 or 负面."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.models.registers.mentoring import NEGATIVE, POSITIVE
from desktop.models.registers.schemes import SchemeItem
from desktop.views.tables.chip_strip import PAGE, ChipStrip
from desktop.views.tables.matrix_bar import MatrixBar

_ALL = ""
_CHIPS = {_ALL: "全部", POSITIVE: "正面", NEGATIVE: "负面"}


class FourOnesBar(MatrixBar):
    """Kinds of activity, and the chips of both lists."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.kinds = self.combo("活动类型")
        self.lists = ChipStrip(self)
        self.lists.show_chips(PAGE, _CHIPS)
        self.lists.choose(_ALL)
        self.list_kind: str | None = None
        self.lists.chosen.connect(self._choose_list)
        self.line.addWidget(self.kinds)
        self.line.addWidget(self.lists)
        self.line.addStretch(1)

    @property
    def kind(self) -> str | None:
        """The code of the one kind chosen; None: all."""
        return self.kinds.currentData() or None

    def clear(self) -> None:
        """Ask for every kind and both lists again."""
        self.choose_kind(None)
        self._choose_list(_ALL)

    def show_kinds(self, kinds: Sequence[SchemeItem]) -> None:
        """Offer the kinds of a scheme; the choice stays where there still is such a kind."""
        chosen = self.kind
        self.kinds.clear()
        self.kinds.addItem("全部类型", _ALL)
        for kind in kinds:
            self.kinds.addItem(kind.name, kind.code)
        self.choose_kind(chosen)

    def choose_kind(self, code: str | None) -> None:
        """Choose a kind, or all."""
        self.kinds.setCurrentIndex(max(self.kinds.findData(code or _ALL), 0))

    def _choose_list(self, key: str) -> None:
        self.list_kind = key or None
        self.lists.choose(key)
        self.moved.emit()
