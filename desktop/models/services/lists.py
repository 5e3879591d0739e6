"""What every list can tell (名册、台账): lines in any order, filters, counts, export."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from desktop.models.database.roster import Search, Selection
from desktop.models.database.store import Store
from desktop.models.domain.fields import Register
from desktop.models.registers.listing import Line
from desktop.models.registers.roster import RosterQuery, RosterRow
from desktop.models.services.disclosures import disclose
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole

Key = TypeVar("Key", bound=Hashable)
Row = TypeVar("Row", RosterRow, Line)


class Lists(ABC, Generic[Key, Row]):
    """The roster or a simple register; no record is written here."""

    _store: Store
    _divisions: DivisionsService

    @property
    @abstractmethod
    def columns(self) -> Register:
        """Every column, for headings and labels."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What an export is called."""

    @abstractmethod
    def keys(self, query: RosterQuery) -> list[Key]:
        """The keys of a query's lines, in its order."""

    @abstractmethod
    def rows(self, keys: Sequence[Key], on: date) -> list[Row]:
        """The lines of some keys, in the order asked; a vanished one is left out."""

    @abstractmethod
    def text(self, row: Row, field: str, *, whole: bool) -> str:
        """A cell as shown; ``whole`` shows what is masked otherwise."""

    def facet(self, field: str, query: RosterQuery) -> list[tuple[str, int]]:
        """The values of a column as shown, with counts, apart from its own filter; “” for empty."""
        counts: dict[str, int] = {}
        show = self._show_values(field)
        for value, number in self._facet(field, self._selection(query)):
            text = show(value)
            counts[text] = counts.get(text, 0) + number
        return list(counts.items())

    def export(
        self,
        path: Path,
        query: RosterQuery,
        fields: Sequence[str],
        *,
        full_ids: bool = False,
        reason: str | None = None,
    ) -> int:
        """Write the lines of a query to a workbook with a hidden row id, masked unless a reason is given; return how many."""
        # who exports nothing need not wait for the workbook library
        from desktop.models.services.exporting import write_lines

        rows = self.rows(self.keys(query), query.on)
        if full_ids:
            disclose(self._store, f"导出{self.title} {path.name}", reason, len(rows))
        texts = (
            (self._row_id(row), [self.text(row, name, whole=full_ids) for name in fields]) for row in rows
        )
        with written_whole(path) as file:
            write_lines(file, self.title, self.columns, fields, texts)
        return len(rows)

    def _selection(self, query: RosterQuery) -> Selection:
        """The query in stored terms."""
        units = None if query.unit is None else frozenset(d.code for d in self._divisions.under(query.unit))
        within = Selection(on=query.on, divisions=units)
        return replace(
            within,
            search=self._search(query.search),
            chip=query.chip,
            filters=tuple((field, self._stored(field, texts, within)) for field, texts in query.filters),
            sort=query.sort,
        )

    @abstractmethod
    def _facet(self, field: str, selection: Selection) -> Iterable[tuple[object, int]]:
        """The stored values of a column with their counts, apart from its own filter."""

    @abstractmethod
    def _search(self, typed: str) -> Search | None:
        """What was typed into the search, in stored terms."""

    def _stored(self, field: str, texts: frozenset[str], within: Selection) -> frozenset[object]:
        """The stored values that are shown as one of ``texts``."""
        show = self._show_values(field)
        return frozenset(value for value, _ in self._facet(field, within) if show(value) in texts)

    @abstractmethod
    def _show_values(self, field: str) -> Callable[[object], str]:
        """How the filter of a column shows its stored values."""

    @abstractmethod
    def _row_id(self, row: Row) -> str:
        """What an export keeps of a line, to be taken in again by."""
