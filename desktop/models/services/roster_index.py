"""Who is on the roster, kept in memory until the next change: what a grid of everybody asks at each keystroke."""

from __future__ import annotations

from datetime import date

from desktop.models.database import roster as queries
from desktop.models.database.roster import NAME_ORDERS, Key, Selection
from desktop.models.database.store import Store


class RosterIndex:
    """The keys of one day in the local order, and the orders of names that were asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._made_for: tuple[int, date] | None = None  # the last change set, the day
        self._everybody: list[Key] = []
        self._ranks: dict[str, dict[Key, int]] = {}

    def keys(self, selection: Selection) -> list[Key]:
        """The keys of a selection's lines, in its order; from memory where nothing but a search narrows them."""
        search, order = selection.search, selection.sort
        if (
            selection.divisions is not None  # which SQL finds by index
            or selection.filters
            or selection.chip != "all"
            or (search is not None and search.says_more_than_a_key)
            or (order is not None and order[0] not in NAME_ORDERS)
            or self._store.db.conn.in_transaction  # what an open change set wrote has no number yet
        ):
            return queries.roster_keys(self._store, selection)
        self._renew(selection.on)
        if search is None:
            keys = list(self._everybody)
        else:
            found = queries.people_found(self._store, search.key)
            keys = [key for key in self._everybody if key[0] in found]
        if order is not None:
            keys.sort(key=self._ranks_by(order[0]).__getitem__, reverse=order[1])
        return keys

    def _renew(self, day: date) -> None:
        now = (queries.last_seq(self._store), day)
        if self._made_for != now:
            self._everybody = queries.roster_keys(self._store, Selection(on=day))
            self._ranks = {}
            self._made_for = now

    def _ranks_by(self, order: str) -> dict[Key, int]:
        if order not in self._ranks:
            places = queries.name_ranks(self._store, order)
            self._ranks[order] = {key: places[key[0]] for key in self._everybody}
        return self._ranks[order]
