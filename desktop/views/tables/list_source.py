"""A register as a grid asks for it: one query, its lines, their cells."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.registers.roster import RosterQuery
from desktop.views.tables.source import Key, Row


class ListSource(ABC):
    """Holds the query of a page; ``service`` is the roster's or a simple register's."""

    def __init__(
        self, service: Any, query: RosterQuery, fields: Sequence[Field], *, whole_city: bool
    ) -> None:
        """``whole_city``: the lines are of many townships, so their column is shown from the start."""
        self._service = service
        self._fields = tuple(
            replace(field, listed=True) if whole_city and field.name == "township" else field
            for field in fields
        )
        self.today = query.on
        self.query = query
        self.usual = query  # what 清除条件 goes back to, apart from the unit

    @property
    def fields(self) -> tuple[Field, ...]:
        """See Source."""
        return self._fields

    @abstractmethod
    def text(self, row: Row, field: Field, *, whole: bool) -> str:
        """See Source."""

    @property
    def editable(self) -> bool:
        """See Source; the past is looked at, not changed."""
        return self.query.on == self.today

    @property
    def narrowed(self) -> bool:
        """Whether something besides the unit narrows the list."""
        query, usual = self.query, self.usual
        return bool(query.search.strip()) or (query.filters, query.chip) != (usual.filters, usual.chip)

    def change(self, **what: object) -> None:
        """Change the query."""
        self.query = replace(self.query, **what)  # type: ignore[arg-type]  # names and types are RosterQuery's

    def clear(self) -> None:
        """Drop what narrows the list, and its order."""
        usual = self.usual
        self.change(search="", chip=usual.chip, filters=usual.filters, sort=None)

    def set_usual(self, **what: object) -> None:
        """Change what the page always asks for, and ask for it."""
        self.usual = replace(self.usual, **what)  # type: ignore[arg-type]  # as in ``change``
        self.change(**what)

    def filter(self, field: str, staying: frozenset[str] | None) -> None:
        """Let only some shown values of a field stay; None for all."""
        filters = dict(self.query.filters)
        filters.pop(field, None)
        if staying is not None:
            filters[field] = staying
        self.change(filters=tuple(filters.items()))

    def keys(self) -> list[Key]:
        """See Source."""
        keys: list[Key] = self._service.keys(self.query)
        return keys

    def rows(self, keys: Sequence[Key]) -> Mapping[Key, Row]:
        """See Source."""
        return {row.key: row for row in self._service.rows(keys, self.query.on)}

    def doubts(self, row: Row) -> Mapping[str, str]:
        """See Source."""
        words: Mapping[str, str] = self._service.problems(row, self.today)
        return words

    def read(self, key: Key, field: Field, text: str) -> Reading:
        """See Source."""
        reading: Reading = self._service.read_cell(key, field.name, text, self.today)
        return reading

    def chips(self) -> Mapping[str, int]:
        """How many lines each chip would show."""
        counts: Mapping[str, int] = self._service.chips(self.query)
        return counts

    def facet(self, field: Field) -> list[tuple[str, int]]:
        """See Source."""
        values: list[tuple[str, int]] = self._service.facet(field.name, self.query)
        return values
