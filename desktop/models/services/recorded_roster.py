"""The roster as the records said at a moment in the past (按当时记录): looked at and exported, never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date

from desktop.models.database.roster import Key, Search
from desktop.models.database.store import Store
from desktop.models.domain.names import pinyin_of, search_keys
from desktop.models.domain.posts import Post
from desktop.models.domain.strokes import name_key, surname_key
from desktop.models.registers.roster import CHIPS, ESSENTIAL, RosterQuery, RosterRow, value_of
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.roster_lists import RosterLists, shown
from desktop.models.services.settings import SettingsService

_ELECTED = frozenset("12")  # BODY: whose terms the roster's chip asks for, party organisation and committee


class RecordedRoster(RosterLists):
    """Searched, filtered and sorted in memory: search keys and indexes are those of today's records.

    Nothing is said of what is missing in a line: the past is not corrected.
    """

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        settings: SettingsService,
        lines: Sequence[RosterRow],
        ending: Set[tuple[str, str]],
    ) -> None:
        """``lines``: the whole roster in the local order; ``ending``: divisions and committees whose term ends soon."""
        super().__init__(store, divisions, settings)
        self._ending = ending
        self._lines = {line.key: line for line in lines}
        codes = dict.fromkeys(line.division.code for line in lines)
        self._places = {code: place for place, code in enumerate(codes)}

    @property
    def title(self) -> str:
        """See Lists."""
        return "花名册（按当时记录）"

    def keys(self, query: RosterQuery) -> list[Key]:
        """See RosterLists."""
        lines = self._found(query)
        if query.sort is not None:
            field, descending = query.sort
            known = [line for line in lines if self._sorted_by(line, field) is not None]
            unknown = [line for line in lines if self._sorted_by(line, field) is None]
            known.sort(key=lambda line: str(self._sorted_by(line, field)), reverse=descending)
            lines = [*known, *unknown]
        return [line.key for line in lines]

    def rows(self, keys: Sequence[Key], _on: date) -> list[RosterRow]:
        """See RosterLists; of the moment, whatever the day."""
        return [self._lines[key] for key in keys if key in self._lines]

    def chips(self, query: RosterQuery) -> dict[str, int]:
        """See RosterLists."""
        lines = self._found(replace(query, chip="all"))
        return {chip: sum(self._is_shown_by(chip, line, query.on) for line in lines) for chip in CHIPS}

    def facet(self, field: str, query: RosterQuery) -> list[tuple[str, int]]:
        """See Lists."""
        lines = self._found(query, apart_from=field)
        return list(Counter(text for line in lines for text in sorted(_shown(line, field))).items())

    def problems(self, _row: RosterRow, _today: date) -> dict[str, str]:
        """None: they were those of the time."""
        return {}

    def _counts(self, _on: date) -> dict[str, int]:
        return Counter(division_code for _, division_code in self._lines)

    def _found(self, query: RosterQuery, *, apart_from: str = "") -> list[RosterRow]:
        """What a query leaves, in the local order."""
        within = None if query.unit is None else {d.code for d in self._divisions.under(query.unit)}
        filters = {field: texts for field, texts in query.filters if field != apart_from}
        search = self._search(query.search)
        return [
            line
            for line in self._lines.values()
            if (within is None or line.division.code in within)
            and self._is_shown_by(query.chip, line, query.on)
            and (search is None or _is_meant(line, search))
            and _stays(line, filters)
        ]

    def _is_shown_by(self, chip: str, line: RosterRow, on: date) -> bool:
        person, posts = line.person, {term.post for term in line.terms}
        match chip:
            case "secretaries":
                return Post.PARTY_SECRETARY in posts
            case "under_35":  # 36 is reached in the month itself
                return (person.birth or "") > f"{on.year - 36:04d}-{on.month:02d}"
            case "women":
                return person.sex == "2"
            case "term_ends":
                return any(
                    (line.division.code, body) in self._ending for body in _ELECTED & {p[0] for p in posts}
                )
            case "incomplete":
                missing = any(value_of(line, name) is None for name in (*ESSENTIAL, "post_since"))
                return missing or Post.PENDING in posts
            case _:
                return True

    def _sorted_by(self, line: RosterRow, order: str) -> object:
        """What a line sorts by in one of ORDERS or by a field; None comes last."""
        match order:
            case "name:surname":
                return surname_key(line.person.name)
            case "name:strokes":
                return name_key(line.person.name)
            case "name":
                return " ".join(pinyin_of(line.person.name))
            case "posts":
                return line.terms[0].post
            case "village" | "township":
                return f"{self._places[line.division.code]:06d}"
            case _:
                return value_of(line, order)


def _stays(line: RosterRow, filters: Mapping[str, frozenset[str]]) -> bool:
    return not any(texts.isdisjoint(_shown(line, field)) for field, texts in filters.items())


def _shown(line: RosterRow, field: str) -> set[str]:
    """What the filter of a column knows a line by."""
    if field == "person":
        return {line.person.id}
    if field == "posts":
        return {Post(term.post).label for term in line.terms}
    return {shown(line, field, full=False)}


def _is_meant(line: RosterRow, search: Search) -> bool:
    person = line.person
    return (
        line.division.code in search.divisions
        or any(term.post in search.posts for term in line.terms)
        or any(search.title in (term.title or "") for term in line.terms if search.title)
        or any(key.startswith(search.key) for key in search_keys(person.name, person.phone, person.id_number))
    )
