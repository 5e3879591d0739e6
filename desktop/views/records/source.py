"""A simple register as a grid asks for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.models.domain.fields import Field
from desktop.models.registers.listing import Line
from desktop.models.registers.roster import RosterQuery
from desktop.views.tables.list_source import ListSource

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService


class RecordsSource(ListSource):
    """The lines of today; ``chip`` is the one the page begins with."""

    def __init__(self, service: RegisterService, today: date, chip: str, *, whole_city: bool) -> None:
        query = RosterQuery(on=today, chip=chip)
        super().__init__(service, query, service.fields, whole_city=whole_city)
        self._register = service

    def text(self, row: Line, field: Field, *, whole: bool) -> str:
        """See Source."""
        return self._register.text(row, field.name, whole=whole)
