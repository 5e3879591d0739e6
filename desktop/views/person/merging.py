"""Merging two entries of one person (对照合并): both side by side, one choice a field that differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.views import theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.services.roster_lists import TermLine
    from desktop.models.services.same_people import Choice

_WIDTH, _HEIGHT = 46, 42  # characters
_KEEP, _OTHER = "keep", "other"


class MergeDialog(QDialog):
    """``decided`` carries what is chosen by field: ``keep`` or ``other``."""

    decided = Signal(dict)

    def __init__(
        self,
        title: str,
        why: str,
        choices: Sequence[Choice],
        posts: tuple[Sequence[TermLine], Sequence[TermLine]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("对照合并")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.groups: dict[str, QButtonGroup] = {}
        buttons = Answers(self, "合并为一人")
        self.ok = buttons.ok
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(QLabel(title, self)))
        layout.addWidget(
            theme.quiet(WrappedLabel(f"{why}。不同的项请选一边；任职、后备、附件等两边的都保留。", self))
        )
        layout.addWidget(self._table(choices, posts), 1)
        layout.addWidget(buttons)
        self.resize(theme.characters(self, _WIDTH), theme.characters(self, _HEIGHT))

    def _table(
        self, choices: Sequence[Choice], posts: tuple[Sequence[TermLine], Sequence[TermLine]]
    ) -> QScrollArea:
        page = QWidget()
        page.setObjectName("areaPage")
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(theme.GAP)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, words in ((1, "当前这一条"), (2, "另一条")):
            grid.addWidget(theme.heading(QLabel(words, page)), 0, column)
        for row, choice in enumerate(choices, start=1):
            grid.addWidget(theme.quiet(QLabel(choice.field.label, page)), row, 0)
            if choice.differs:
                self._offer(choice, grid, row, page)
            else:
                for column, text in ((1, choice.keep), (2, choice.other)):
                    grid.addWidget(WrappedLabel(text or "—", page), row, column)
        row = len(choices) + 1
        grid.addWidget(theme.quiet(QLabel("任职", page)), row, 0, Qt.AlignmentFlag.AlignTop)
        for column, terms in enumerate(posts, start=1):
            words = "\n".join(f"{line.village} {line.wording or '职务待核'}" for line in terms)
            grid.addWidget(WrappedLabel(words or "—", page), row, column)
        grid.setRowStretch(row + 1, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("两条记录对照")
        area.setWidget(page)
        return area

    def _offer(self, choice: Choice, grid: QGridLayout, row: int, page: QWidget) -> None:
        group = QButtonGroup(page)
        for place, text in enumerate((choice.keep, choice.other)):
            radio = QRadioButton(text, page)
            radio.setAccessibleName(f"{choice.field.label} {text}")
            radio.setChecked(place == 0)
            group.addButton(radio, place)
            grid.addWidget(radio, row, 1 + place)
        self.groups[choice.field.name] = group

    def accept(self) -> None:
        """Hand over what was chosen."""
        super().accept()
        self.decided.emit(
            {name: _OTHER if group.checkedId() else _KEEP for name, group in self.groups.items()}
        )
