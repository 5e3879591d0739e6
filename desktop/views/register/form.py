"""Entering a person, or changing one: the fields of the roster."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.models.domain.reading import Reading
from desktop.models.registers.roster import ROSTER, RosterRow, value_of
from desktop.models.registers.term import serving_on
from desktop.views.tables.list_form import TELLING, ListForm

if TYPE_CHECKING:
    from desktop.models.services.roster import RosterService

_FIRST = ("name", "id_number", "sex", "birth", "posts", "post_since")
_NEEDED = ("name", "posts")
_OF_A_POST = ("posts", "post_since")
_FIELDS = (
    *(ROSTER.field(name) for name in _FIRST),
    *(field for field in ROSTER.fields if field.editable and field.name not in _FIRST),
)


class PersonForm(ListForm):
    """A person who is known already is given another post."""

    found = Signal(object)  # the key of a line that is the person meant

    def __init__(self, roster: RosterService, today: date, parent: QWidget | None = None) -> None:
        super().__init__("人员", _FIELDS, roster, today, needed=_NEEDED, telling=TELLING, parent=parent)

    def read(self, name: str, text: str) -> Reading:
        """See ListForm."""
        return self._roster.read_cell(("", self.unit.code or ""), name, text, self._today)

    def text(self, row: RosterRow, name: str) -> str:
        """See ListForm."""
        return ROSTER.field(name).kind.show(value_of(row, name))

    def who(self, row: RosterRow) -> str:
        """See ListForm."""
        return row.person.name

    def take_known(self, row: RosterRow) -> None:
        """The person meant is known: only the post is new; or nothing is, in the same village."""
        serving = any(serving_on(term, self._today) for term in row.terms)
        if serving and row.division.code == self.unit.code:
            self.found.emit(row.key)
            return
        self._known = row
        for name, cell in self.inputs.items():
            cell.set_text(cell.text if name in _OF_A_POST else self.text(row, name))
            cell.setEnabled(name in _OF_A_POST)
        self.title.setText(f"{row.person.name} 任职")
        self.begin()
