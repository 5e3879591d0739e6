"""Problems found on the spot (实地指导发现的问题), typed one below the other in the form of an activity."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.models.domain.reading import Reading
from desktop.models.registers.activity import FIELD_PROBLEM
from desktop.models.services.activity_forms import ProblemEntry
from desktop.views import theme
from desktop.views.widgets.field_input import FieldInput

Read = Callable[[str, str], Reading]  # a field and a text
_NEW = ("problem", "measure", "responsible", "due")
_KEPT = ("closed", "closing")  # of one that was there when the form was opened
_WHOLE = ("problem", "measure", "closing")  # take a line of the block


class ProblemList(QWidget):
    """``submitted`` by Enter in a field, ``entered`` with the field that has the keyboard."""

    submitted = Signal()
    entered = Signal(QWidget)

    def __init__(self, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self.blocks: list[_Block] = []
        self.add = theme.link(QPushButton("添加问题", self))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_blank)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GAP)
        self._layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def entries(self) -> tuple[ProblemEntry, ...]:
        """What was typed; blocks that stayed empty are none."""
        return tuple(block.entry for block in self.blocks if any(block.entry.values.values()))

    def show_entries(self, entries: Sequence[ProblemEntry]) -> None:
        """Show others."""
        for block in list(self.blocks):
            self._drop(block)
        for entry in entries:
            self._put(entry)

    def add_blank(self) -> None:
        """Begin another problem."""
        self._put(ProblemEntry(values=dict.fromkeys(_NEW, ""))).inputs["problem"].select()

    def say(self, problems: Mapping[str, str]) -> None:
        """Words of what cannot be kept, at the field of the problem whose number they begin with."""
        blocks = [block for block in self.blocks if any(block.entry.values.values())]
        for number, block in enumerate(blocks, start=1):
            for name, words in problems.items():
                before, _, after = words.partition("：")
                if before == f"第 {number} 个问题" and name in block.inputs:
                    block.inputs[name].say(after)
                    block.inputs[name].select()

    def _put(self, entry: ProblemEntry) -> _Block:
        block = _Block(entry, self._read, self)
        block.removed.connect(lambda: self._drop(block))
        for cell in block.inputs.values():
            cell.submitted.connect(self.submitted)
            cell.entered.connect(partial(self.entered.emit, cell))
        self._layout.insertWidget(len(self.blocks), block)
        block.show()  # at once: the keyboard goes there
        self.blocks.append(block)
        self._number()
        QWidget.setTabOrder(block.remove, self.add)
        return block

    def _drop(self, block: _Block) -> None:
        self.blocks.remove(block)
        self._layout.removeWidget(block)
        block.hide()
        block.deleteLater()
        self._number()

    def _number(self) -> None:
        for number, block in enumerate(self.blocks, start=1):
            block.number(number)


class _Block(QFrame):
    """The fields of one problem."""

    removed = Signal()

    def __init__(self, entry: ProblemEntry, read: Read, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = entry
        self.setProperty("look", "entry")
        self.inputs: dict[str, FieldInput] = {}
        self.title = QLabel(self)
        self.remove = theme.link(QPushButton("去掉", self))
        self.remove.setAutoDefault(False)
        self.remove.clicked.connect(self.removed)
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 2, 0, 2)
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.title, 0, 0, 1, 3)
        line, column = 1, 0
        for name in (*_NEW, *(_KEPT if entry.key else ())):
            cell = FieldInput(FIELD_PROBLEM.field(name), partial(read, name), self)
            label = theme.quiet(QLabel(FIELD_PROBLEM.field(name).label, self))
            label.setBuddy(cell)
            wide = name in _WHOLE
            line, column = (line + 1, 0) if wide or column > 2 else (line, column)
            label.setContentsMargins(0, 5, 0, 0)  # on a line with the text of the input
            grid.addWidget(label, line, column, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(cell, line, column + 1, 1, 3 if wide else 1, Qt.AlignmentFlag.AlignTop)
            line, column = (line + 1, 0) if wide else (line, column + 2)
            cell.set_text(entry.values.get(name, ""))
            self.inputs[name] = cell
        grid.addWidget(self.remove, 0, 3)

    def number(self, number: int) -> None:
        """Which one it is."""
        self.title.setText(f"问题 {number}")
        self.remove.setAccessibleName(f"去掉问题 {number}")
        for name, cell in self.inputs.items():
            cell.editor.setAccessibleName(f"问题 {number} {FIELD_PROBLEM.field(name).label}")

    @property
    def entry(self) -> ProblemEntry:
        """As it stands."""
        texts = {name: cell.text for name, cell in self.inputs.items()}
        return ProblemEntry(values={**self._entry.values, **texts}, key=self._entry.key)
