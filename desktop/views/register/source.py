"""The roster as a grid asks for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.models.domain.fields import Field
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow, value_of
from desktop.views.tables.list_source import ListSource

if TYPE_CHECKING:
    from desktop.models.services.roster_lists import RosterLists
    from desktop.office import Office

Key = tuple[str, str]


class RosterSource(ListSource):
    """Editing is possible while it shows today; a past day by the dates of terms, or as it was recorded."""

    def __init__(self, office: Office, today: date) -> None:
        query = RosterQuery(on=today)
        super().__init__(office.roster, query, ROSTER.fields, whole_city=office.level == "city")
        self._roster, self._term_changes = office.roster, office.term_changes
        self.recorded = False

    @property
    def service(self) -> RosterLists:
        """Who answers: the roster, or what was recorded of it."""
        lists: RosterLists = self._service
        return lists

    def show_day(self, day: date, *, recorded: bool) -> None:
        """Show a day; ``recorded``: as the records said when it ended."""
        self.recorded = recorded and day != self.today
        self._service = self._term_changes.roster_as_recorded(day) if self.recorded else self._roster
        self.change(on=day)

    def text(self, row: RosterRow, field: Field, *, whole: bool) -> str:
        """See Source."""
        value = value_of(row, field.name)
        return field.kind.show(value) if whole else field.kind.mask(value)
