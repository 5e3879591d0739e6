"""Adding a village or community (新增村、社区)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLabel, QLineEdit, QWidget

from desktop.models.registers.division import Division, DivisionKind
from desktop.views import theme
from desktop.views.widgets.answers import Answers

_KINDS = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
# the last three digits, as statistics count
_FIRST_NUMBER = {DivisionKind.VILLAGE: 200, DivisionKind.COMMUNITY: 1}


class NewDivision(QDialog):
    """Name, kind, township and code; the code is suggested."""

    made = Signal(object)  # Division

    def __init__(self, divisions: Sequence[Division], parent: QWidget) -> None:
        super().__init__(parent)
        self._divisions = divisions
        self._townships = [d for d in divisions if d.kind == DivisionKind.TOWNSHIP]
        self.setWindowTitle("新增村、社区")
        self.name = QLineEdit()
        self.name.setPlaceholderText("如：桃花山村民委员会")
        self.name.setMinimumWidth(theme.characters(self, 18))
        self.kind = QComboBox()
        self.kind.addItems([kind.label for kind in _KINDS])
        self.township = QComboBox()
        self.township.addItems([d.name for d in self._townships])
        self.code = QLineEdit()
        hint = theme.quiet(QLabel("先给了一个没用过的代码；统计局公布的代码不同时，请改成公布的。"))
        hint.setWordWrap(True)
        self.buttons = Answers(self, "新增")
        self._ok = self.buttons.ok
        form = QFormLayout(self)
        form.setContentsMargins(*[theme.SPACE] * 4)
        form.setSpacing(theme.GAP)
        for words, name, control in (
            ("名称(&N)", "名称", self.name),
            ("类型(&K)", "类型", self.kind),
            ("所属乡镇(&T)", "所属乡镇", self.township),
            ("区划代码(&C)", "区划代码", self.code),
        ):
            control.setAccessibleName(name)
            form.addRow(words, control)
        form.addRow("", hint)
        form.addRow(self.buttons)
        self.name.textChanged.connect(self._allow)
        self.kind.currentIndexChanged.connect(self._suggest)
        self.township.currentIndexChanged.connect(self._suggest)
        self._suggest()
        self._allow()

    def accept(self) -> None:
        """Hand the division over."""
        super().accept()
        township = self._townships[self.township.currentIndex()]
        siblings = [d.position for d in self._divisions if d.parent == township.code]
        self.made.emit(
            Division(
                code=self.code.text().strip(),
                name=self.name.text().strip(),
                kind=_KINDS[self.kind.currentIndex()],
                parent=township.code,
                position=max(siblings, default=0) + 1,
            )
        )

    def _suggest(self) -> None:
        prefix = self._townships[self.township.currentIndex()].code[:9]
        taken = {division.code for division in self._divisions}
        number = _FIRST_NUMBER[_KINDS[self.kind.currentIndex()]]
        while f"{prefix}{number:03d}" in taken:
            number += 1
        self.code.setText(f"{prefix}{number:03d}")

    def _allow(self) -> None:
        self._ok.setEnabled(bool(self.name.text().strip()))
