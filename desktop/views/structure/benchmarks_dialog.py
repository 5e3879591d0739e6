"""Choosing the lines of other figures below the structure statistics (对照数字)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.paragraphs import Paragraphs
from desktop.views.widgets.wrapped import WrappedLabel

_WORDS = (
    "每行一句，排在统计口径之后，打印统计表时一起印出，便于同全国、全市的数字对照；空着就不印。"
    "参考数字不一定最新，打印前请核对。"
)
_WIDTH, _LINES = 44, 10  # characters, lines


class BenchmarksDialog(QDialog):
    """One text of lines; ``given`` carries them when they are saved."""

    given = Signal(list)  # of str

    def __init__(self, lines: Sequence[str], usual: Sequence[str], parent: QWidget) -> None:
        """``usual``: lines to begin with, put in by a button."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("表下的对照数字")
        self._usual = usual
        words = theme.quiet(WrappedLabel(_WORDS, self))
        self.lines = Paragraphs(self)
        self.lines.setAccessibleName("对照数字，每行一句")
        self.lines.show_lines(_LINES)
        self.lines.setMinimumWidth(theme.characters(self, _WIDTH))
        self.lines.setText("\n".join(lines))
        self.lines.returnPressed.connect(self.accept)
        self.fill = theme.link(QPushButton("填入参考数字", self))
        self.fill.setAutoDefault(False)
        self.fill.clicked.connect(self._fill_in)
        self.buttons = Answers(self, "保存")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.GAP)
        layout.addWidget(words)
        layout.addWidget(self.lines)
        layout.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.buttons)

    def begin(self) -> None:
        """Show the dialog, the keyboard in the text."""
        self.open()
        self.adjustSize()  # by now wrapped words know their width
        self.lines.setFocus()

    def _fill_in(self) -> None:
        """The usual lines below those that are there, each once."""
        there = self._typed()
        self.lines.setText("\n".join([*there, *(line for line in self._usual if line not in there)]))
        self.lines.setFocus()

    def _typed(self) -> list[str]:
        return [line.strip() for line in self.lines.text().splitlines() if line.strip()]

    def accept(self) -> None:
        """Hand the lines over."""
        super().accept()
        self.given.emit(self._typed())
