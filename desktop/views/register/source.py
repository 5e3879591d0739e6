"""The roster as a grid asks for it: one query, its lines, their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow, value_of

if TYPE_CHECKING:
    from desktop.models.services.roster import RosterService

Key = tuple[str, str]


class RosterSource:
    """Holds the query of the page; editing is possible while it shows today."""

    def __init__(self, service: RosterService, today: date) -> None:
        self._service = service
        self.today = today
        self.query = RosterQuery(on=today)

    @property
    def fields(self) -> tuple[Field, ...]:
        """See Source."""
        return ROSTER.fields

    @property
    def editable(self) -> bool:
        """See Source; the past is looked at, not changed."""
        return self.query.on == self.today

    @property
    def narrowed(self) -> bool:
        """Whether something besides the unit narrows the list."""
        query = self.query
        return bool(query.search.strip() or query.filters or query.chip != "all")

    def change(self, **what: object) -> None:
        """Change the query."""
        self.query = replace(self.query, **what)  # type: ignore[arg-type]  # names and types are RosterQuery's

    def filter(self, field: str, staying: frozenset[str] | None) -> None:
        """Let only some shown values of a field stay; None for all."""
        filters = dict(self.query.filters)
        filters.pop(field, None)
        if staying is not None:
            filters[field] = staying
        self.change(filters=tuple(filters.items()))

    def keys(self) -> list[Key]:
        """See Source."""
        return self._service.keys(self.query)

    def rows(self, keys: Sequence[Key]) -> Mapping[Key, RosterRow]:
        """See Source."""
        return {row.key: row for row in self._service.rows(keys, self.query.on)}

    def text(self, row: RosterRow, field: Field, *, whole: bool) -> str:
        """See Source."""
        value = value_of(row, field.name)
        return field.kind.show(value) if whole else field.kind.mask(value)

    def doubts(self, row: RosterRow) -> Mapping[str, str]:
        """See Source."""
        return self._service.problems(row, self.today)

    def read(self, key: Key, field: Field, text: str) -> Reading:
        """See Source."""
        return self._service.read_cell(key, field.name, text, self.today)

    def facet(self, field: Field) -> list[tuple[str, int]]:
        """See Source."""
        return self._service.facet(field.name, self.query)
