"""The roster as a grid asks for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.models.domain.fields import Field
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow, value_of
from desktop.views.tables.list_source import ListSource

if TYPE_CHECKING:
    from desktop.models.services.roster import RosterService

Key = tuple[str, str]


class RosterSource(ListSource):
    """Editing is possible while it shows today."""

    def __init__(self, service: RosterService, today: date) -> None:
        super().__init__(service, RosterQuery(on=today))

    @property
    def fields(self) -> tuple[Field, ...]:
        """See Source."""
        return ROSTER.fields

    def text(self, row: RosterRow, field: Field, *, whole: bool) -> str:
        """See Source."""
        value = value_of(row, field.name)
        return field.kind.show(value) if whole else field.kind.mask(value)
