"""Entering a line of a simple register, or changing one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.models.domain.days import show_day
from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.kinds import PAST_DAY
from desktop.models.registers.listing import Line, Listing
from desktop.models.registers.roster import RosterRow, value_of
from desktop.views.tables.list_form import TELLING, VILLAGES, ListForm

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService
    from desktop.models.services.roster import RosterService


class RecordForm(ListForm):
    """What is typed is said by the listing."""

    def __init__(
        self, service: RegisterService, roster: RosterService, today: date, parent: QWidget | None = None
    ) -> None:
        listing = service.listing
        super().__init__(
            listing.noun,
            _fields(listing),
            roster,
            today,
            needed=listing.needed,
            telling=listing.of_person & set(TELLING),
            places=_places(listing),
            parent=parent,
        )
        self._service = service

    def start_new(self, units: Sequence[Division], code: str | None) -> None:
        """See ListForm; the day that is needed is today until another is typed."""
        super().start_new(units, code)
        for name in self._service.listing.needed:
            if self._service.listing.shown.field(name).kind is PAST_DAY:
                self.inputs[name].set_text(show_day(self._today.isoformat()))
                self.forget()
                self.begin()

    def read(self, name: str, text: str) -> Reading:
        """See ListForm."""
        return self._service.read_cell("", name, text, self._today)

    def text(self, row: Line, name: str) -> str:
        """See ListForm."""
        return self._service.text(row, name, whole=True)

    def who(self, row: Line) -> str:
        """See ListForm."""
        return row.name or self._noun

    def take_known(self, row: RosterRow) -> None:
        """The person meant is known: what is known of him is shown and stays as it is."""
        self._known = row
        self.unit.choose(row.division.code)
        for name in self._service.listing.of_person & self.inputs.keys():
            cell = self.inputs[name]
            known = self._service.listing.shown.field(name).kind.show(value_of(row, name))
            cell.set_text(known or cell.text)
            cell.setEnabled(not known)
        self.begin()


def _places(listing: Listing) -> Collection[DivisionKind]:
    """Where a new line may lie: nowhere of its own where it belongs to a record that lies somewhere."""
    if listing.owner not in (None, "person_id"):
        return ()
    return (*VILLAGES, DivisionKind.TOWNSHIP) if listing.in_township else VILLAGES


def _fields(listing: Listing) -> tuple[Field, ...]:
    """What is typed, who it is about first: the village is chosen above."""
    first = [name for name in ("name", "id_number", "sex", "birth") if name in listing.of_person]
    others = [f.name for f in listing.columns if f.editable and f.name not in (*first, "township", "village")]
    return tuple(listing.shown.field(name) for name in (*first, *others))
