"""Quick chips side by side: those of the page, those of saved views, those of what was found."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

_GAP = 4
_LONGEST = 8  # characters of a chip's words; the rest is told by its tool tip
_STOP, _NO_STOP = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
PAGE, SAVED, FOUND = "page", "saved", "found"  # what a chip comes from, in the order shown


class ChipStrip(QWidget):
    """At most one chip is on; ``chosen`` carries the key of the one pressed. What finds no room is left to a menu."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chips: dict[str, QPushButton] = {}
        self.hidden: dict[str, str] = {}  # words by key of those without room
        self._words: dict[str, Mapping[str, str]] = {PAGE: {}, SAVED: {}, FOUND: {}}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(button.property("chip")))
        self._last: QPushButton | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def end_with(self, button: QPushButton) -> None:
        """Put a button after the chips, which always has room."""
        self._last = button
        self._chain()

    def show_chips(self, kind: str, words: Mapping[str, str]) -> None:
        """Show other chips of a kind: words by key."""
        if words == self._words[kind]:
            return
        for key in self._words[kind].keys() - words.keys():
            button = self.chips.pop(key)
            self._group.removeButton(button)
            button.deleteLater()
        for key in words.keys() - self.chips.keys():
            self.chips[key] = self._chip(key)
        self._words[kind] = dict(words)
        order = [key for some in self._words.values() for key in some]
        self.chips = {key: self.chips[key] for key in order}
        for key, text in words.items():
            self.say(key, text)
        self._chain()

    def say(self, key: str, words: str) -> None:
        """Let a chip say something else."""
        chip, short = self.chips[key], words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        if chip.text() != short.replace("&", "&&"):
            chip.setText(short.replace("&", "&&"))
            chip.setToolTip("" if short == words else words)
            chip.setAccessibleName(f"只看{words}")
            self.place()

    def choose(self, key: str) -> None:
        """Show which one is on; none is where the list is narrowed otherwise."""
        chosen = self.chips.get(key)
        if chosen is self._group.checkedButton():
            return
        self._group.setExclusive(False)  # else the last one that was on stays so
        for chip in self.chips.values():
            chip.setChecked(chip is chosen)
        self._group.setExclusive(True)
        stop = chosen or next(iter(self.chips.values()))
        for chip in self.chips.values():  # Tab stops at the one that is on, as after a click
            chip.setFocusPolicy(_STOP if chip is stop else _NO_STOP)
        self.place()

    def _chip(self, key: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("look", "chip")
        button.setProperty("chip", key)
        button.setCheckable(True)
        button.setFocusPolicy(_NO_STOP)
        self._group.addButton(button)
        return button

    def _chain(self) -> None:
        """Tab goes by them as they stand."""
        buttons = [*self.chips.values(), *([self._last] if self._last else [])]
        for before, after in pairwise(buttons):
            QWidget.setTabOrder(before, after)
        self.updateGeometry()
        self.place()

    # room

    def sizeHint(self) -> QSize:
        """Room for all."""
        return QSize(self._needed(list(self.chips.values())), self._height())

    def minimumSizeHint(self) -> QSize:
        """Room for the first and for the one that is on."""
        return QSize(self._needed(list(self.chips.values())[:1]), self._height())

    def _needed(self, chips: list[QPushButton]) -> int:
        buttons = [*chips, *([self._last] if self._last else [])]
        return sum(button.sizeHint().width() + _GAP for button in buttons)

    def _height(self) -> int:
        return max((button.sizeHint().height() for button in self.chips.values()), default=0)

    def place(self) -> None:
        """Put side by side what has room, the one that is on before others; hide the rest."""
        kept = [chip for chip in self.chips.values() if chip.isChecked()]
        room = self.width() - self._needed(kept)
        for chip in self.chips.values():
            if not chip.isChecked():
                room -= chip.sizeHint().width() + _GAP
                if room < 0:
                    break
                kept.append(chip)
        left = 0
        self.hidden = {}
        words = {key: text for some in self._words.values() for key, text in some.items()}
        for key, chip in self.chips.items():
            chip.setVisible(chip in kept)
            if chip in kept:
                left = self._put(chip, left)
            else:
                self.hidden[key] = words[key]
        if self._last is not None:
            self._put(self._last, left)

    def _put(self, button: QPushButton, left: int) -> int:
        size = button.sizeHint()
        button.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
        return left + size.width() + _GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another room."""
        super().resizeEvent(event)
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self.place()
