"""The roster in memory: what a grid asks at each keystroke, kept from change to change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property, reduce
from itertools import compress
from typing import Any

from desktop.models.database import roster as queries
from desktop.models.database.roster import ORDERED_BY, Key, Search, Selection
from desktop.models.database.store import Store
from desktop.models.domain.posts import Post
from desktop.models.registers.roster import CHIPS

_KEPT = 4  # lists at once: everybody, a village or two, another day
_CHIPS = tuple(chip for chip in CHIPS if chip != "all")
_PARTS_OF_KEY = {"person": 0, "village": 1}  # columns that need no reading
_IN_LOCAL_ORDER = frozenset({"township", "village"})  # as the lines come
Scope = tuple[date, frozenset[str] | None]  # a day, some divisions or all
Mask = bytes | bytearray  # a 1 for each line that stays, else a 0


class RosterIndex:
    """The lists looked at last; what is written in an open change set is read, not kept: it may be taken back."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[Scope, RosterLines] = {}  # the last one used stands last

    def lines(self, selection: Selection) -> RosterLines:
        """Every line of a selection's day and divisions, as the store has them now."""
        scope = (selection.on, selection.divisions)
        if self._store.db.conn.in_transaction:
            return RosterLines(self._store, *scope)
        lines = self._kept.pop(scope, None)
        if lines is None or not lines.follow():
            lines = RosterLines(self._store, *scope)
        self._kept[scope] = lines
        if len(self._kept) > _KEPT:
            del self._kept[next(iter(self._kept))]
        return lines


class RosterLines:
    """The lines of a day and of some divisions in the local order, and beside them a list a column that was asked for."""

    def __init__(self, store: Store, day: date, divisions: frozenset[str] | None) -> None:
        self._store = store
        self._day = day
        self._divisions = divisions
        self._seq = queries.last_seq(store)  # first: what is written meanwhile is then read again
        self._keys: list[Any] = queries.line_values(store, day, (), divisions)
        self._columns: dict[str, list[Any] | bytearray] = {}
        self._orders: dict[tuple[str, bool], list[int]] = {}  # column, descending: the lines by place

    def follow(self) -> bool:
        """Read the divisions again that change sets touched since; False where the order of divisions may be another."""
        seq = queries.last_seq(self._store)
        if seq == self._seq:
            return True
        touched = queries.divisions_touched(self._store, self._seq)
        if queries.divisions_changed(self._store, self._seq):
            return False
        self._read_again(touched if self._divisions is None else touched & self._divisions)
        self._seq = seq
        return True

    def keys(self, selection: Selection) -> list[Key]:
        """The keys of a selection's lines, in its order; who has no value in the column sorted by comes last."""
        mask = self._mask(selection)
        if selection.sort is None:
            return list(compress(self._keys, mask))
        order = self._order(*selection.sort)
        chosen = compress(order, map(mask.__getitem__, order))
        return list(map(self._keys.__getitem__, chosen))

    def chips(self, selection: Selection) -> dict[str, int]:
        """How many of a selection's lines each chip would leave, whatever chip the selection has."""
        mask = self._mask(replace(selection, chip="all"))
        self._need(_CHIPS)
        counts = {chip: _both(mask, self._column(chip)).count(1) for chip in _CHIPS}
        return {"all": mask.count(1)} | counts

    def facet(self, field: str, selection: Selection) -> list[tuple[Any, int]]:
        """Stored values of a field among a selection's lines, with counts, apart from its own filter; a post once a line."""
        others = tuple(each for each in selection.filters if each[0] != field)
        mask = self._mask(replace(selection, filters=others))
        counts = Counter(compress(self._column(field), mask))
        if field == "posts":
            held = ((post, sum(n for posts, n in counts.items() if posts and post in posts)) for post in Post)
            return [(post, count) for post, count in held if count]
        if field in _IN_LOCAL_ORDER:
            return list(counts.items())
        return sorted(counts.items(), key=lambda pair: (pair[0] is None, pair[0]))

    def by_division(self) -> Counter[str]:
        """How many lines each division has."""
        return Counter(self._column("village"))

    def people(self) -> int:
        """People, counted once wherever they serve."""
        return len(set(self._column("person")))

    # columns

    def _column(self, name: str) -> Any:
        if name in _PARTS_OF_KEY and name not in self._columns:
            self._columns[name] = [key[_PARTS_OF_KEY[name]] for key in self._keys]
        self._need((name,))
        return self._columns[name]

    def _need(self, names: Sequence[str]) -> None:
        """Read columns that were not asked for before."""
        missing = [name for name in names if name not in self._columns]
        if not missing:
            return
        rows = queries.line_values(self._store, self._day, missing, self._divisions, ordered=False)
        found = {row[:2]: row[2:] for row in rows}
        nothing = (None,) * len(missing)  # taken out by another connection just now: gone the next time
        values = zip(*(found.get(key, nothing) for key in self._keys), strict=True)
        for name in missing:
            self._columns[name] = _kept(name, next(values, ()))

    def _read_again(self, divisions: frozenset[str]) -> None:
        names = tuple(self._columns)
        changed = set()
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for row in queries.line_values(self._store, self._day, names, divisions):
            found[row[1]].append(row)
        for code in divisions:
            rows, place = found[code], self._places[code]
            first = bisect_left(self._keys, place, key=self._place)
            last = bisect_right(self._keys, place, first, key=self._place)
            self._keys[first:last] = [row[:2] for row in rows]
            for number, name in enumerate(names, start=2):
                column, fresh = self._columns[name], _kept(name, [row[number] for row in rows])
                if column[first:last] != fresh:
                    column[first:last] = fresh
                    changed.add(name)
        self._orders = {order: lines for order, lines in self._orders.items() if order[0] not in changed}

    def _order(self, field: str, descending: bool) -> list[int]:
        """Every line's place, sorted by a column; equal ones stay in the local order."""
        name = ORDERED_BY.get(field, field)
        if (name, descending) not in self._orders:
            column = self._column(name)
            known = [place for place, value in enumerate(column) if value is not None]
            order = sorted(known, key=column.__getitem__, reverse=descending)
            order += (place for place, value in enumerate(column) if value is None)
            self._orders[name, descending] = order
        return self._orders[name, descending]

    @cached_property
    def _places(self) -> dict[str, int]:
        return queries.division_places(self._store)

    def _place(self, key: Key) -> int:
        return self._places[key[1]]

    # what stays

    def _mask(self, selection: Selection) -> Mask:
        masks: list[Mask] = [self._staying(*each) for each in selection.filters]
        if selection.chip != "all":
            masks.append(self._column(selection.chip))
        if selection.search is not None:
            masks.append(self._found(selection.search))
        return reduce(_both, masks) if masks else b"\1" * len(self._keys)

    def _staying(self, field: str, wanted: Set[object]) -> Mask:
        if field == "posts":
            return self._where(field, lambda posts: any(post in posts for post in wanted))
        return self._among(field, wanted)

    def _found(self, search: Search) -> Mask:
        if search.title:
            self._need(("posts", "titles"))  # at once: reading two takes little more than one
        ways = [self._among("person", queries.people_found(self._store, search.key))]
        if search.divisions:
            ways.append(self._among("village", search.divisions))
        if search.posts:
            ways.append(self._staying("posts", search.posts))
        if title := search.title:
            ways.append(self._where("titles", lambda titles: title in titles))
        return reduce(_either, ways)

    def _where(self, name: str, fits: Callable[[Any], bool]) -> Mask:
        """Lines of which a column's value fits; each value that there is is looked at once."""
        values = set(self._column(name))
        return self._among(name, {value for value in values if value is not None and fits(value)})

    def _among(self, name: str, values: Set[object]) -> Mask:
        if not values:
            return bytes(len(self._keys))
        return bytes(map(values.__contains__, self._column(name)))


def _kept(name: str, values: Iterable[Any]) -> list[Any] | bytearray:
    """A column: of a chip a mask, else a list in which equal values are one object."""
    if name in CHIPS:
        return bytearray(map(bool, values))
    seen: dict[Any, Any] = {}
    return [seen.setdefault(value, value) for value in values]


# As numbers a hundred thousand lines are compared in some microseconds.
def _both(one: Mask, other: Mask) -> Mask:
    return (int.from_bytes(one) & int.from_bytes(other)).to_bytes(len(one))


def _either(one: Mask, other: Mask) -> Mask:
    return (int.from_bytes(one) | int.from_bytes(other)).to_bytes(len(one))
