"""What a form offers by itself and never does: values an identity number tells, people who may be the one meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.months import show_month
from desktop.models.registers.roster import RosterRow
from desktop.views.widgets.offer import Offer


class FormHints(QWidget):
    """``fill`` carries values by field, ``same`` the line of the person who is meant."""

    fill = Signal(object)
    same = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Mapping[str, str] = {}
        self._row: RosterRow | None = None
        self._denied: set[str] = set()  # ids of people that are not the one
        self.identity = Offer("填入")
        self.identity.buttons[0].clicked.connect(lambda: self.fill.emit(self._values))
        self.known = Offer("就是此人", "不是")
        self.known.buttons[0].clicked.connect(self._take)
        self.known.buttons[1].clicked.connect(self._deny)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.identity)
        layout.addWidget(self.known)
        self.clear()

    def clear(self) -> None:
        """Offer nothing."""
        self._denied.clear()
        self.identity.hide()
        self.known.hide()

    def offer(self, values: Mapping[str, str]) -> None:
        """Offer what an identity number tells; nothing hides the line."""
        self._values = values
        self.identity.words.setText(f"身份证号显示：{'，'.join(values.values())}")
        self.identity.setVisible(bool(values))

    def ask(self, rows: Sequence[RosterRow]) -> None:
        """Ask about the first who was not denied."""
        self._row = next((row for row in rows if row.person.id not in self._denied), None)
        self.known.setVisible(self._row is not None)
        if self._row is not None:
            person = self._row.person
            birth = f" {show_month(person.birth)}" if person.birth else ""
            self.known.words.setText(f"{self._row.division.short_name}已有 {person.name}{birth}")

    def _take(self) -> None:
        self.known.hide()
        self.same.emit(self._row)

    def _deny(self) -> None:
        if self._row is not None:
            self._denied.add(self._row.person.id)
        self.known.hide()
