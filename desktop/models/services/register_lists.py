"""The simple registers as people look at them (台账页): lines in any order, search, filters, counts, export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from desktop.models.database import roster as queries
from desktop.models.database.lines import Lines
from desktop.models.database.records import Records
from desktop.models.database.roster import Search, Selection
from desktop.models.database.store import Store
from desktop.models.domain.cleaning import compact
from desktop.models.domain.fields import Field, Register
from desktop.models.domain.names import name_keys, search_prefix
from desktop.models.domain.posts import PartyForm, Post, print_posts
from desktop.models.registers.division import Division
from desktop.models.registers.listing import Line, Listing
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterQuery, contradictions
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.lists import Lists
from desktop.models.services.roster_lists import of_a_record
from desktop.models.services.settings import SettingsService


class RegisterLists(Lists[str, Line]):
    """What one simple register says; no record is written here. ``RosterQuery`` asks it as it asks the roster."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, listing: Listing
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._settings = settings
        self.listing = listing

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns, in the order of the page."""
        return self.listing.columns

    @property
    def columns(self) -> Register:
        """See Lists."""
        return self.listing.shown

    @property
    def title(self) -> str:
        """See Lists."""
        return self._settings.worded(self.listing.register.title)

    def keys(self, query: RosterQuery) -> list[str]:
        """The ids of a query's lines, in its order."""
        return self._lines().keys(self._selection(query))

    def rows(self, keys: Sequence[str], on: date) -> list[Line]:
        """The lines of some keys, in the order asked; a vanished one is left out."""
        records = {record.id: record for record in self.records(id=keys)}
        lines, day = self._lines(), Selection(on=on)
        places = lines.places(list(records), day)
        people = self._people(records.values(), on)
        behind = self._behind(records.values())
        computed = lines.computed(list(records), day)
        return [
            replace(self._line(records[key], places.get(key), people, computed[key]), behind=behind[key])
            for key in keys
            if key in records
        ]

    def records(self, **where: object) -> list[Any]:
        """The records whose stored fields have these values, as ``Records.select``."""
        found: list[Any] = self._records.select(self.listing.register.record, **where)
        return found

    def of_owner(self, owner_id: str, on: date) -> list[Line]:
        """The lines of one person, or of the record that they belong to, in the order of their register."""
        return self.rows(self._lines().of_owner(owner_id, Selection(on=on)), on)

    def chips(self, query: RosterQuery) -> dict[str, int]:
        """How many lines each chip of the listing would show."""
        return self._lines().chip_counts(self._selection(query))

    def value_of(self, line: Line, field: str) -> object:
        """The stored value of a column."""
        return self.listing.value_of(line, field)

    def text(self, row: Line, field: str, *, whole: bool) -> str:
        """A cell as shown; ``whole`` shows what is masked otherwise."""
        kind, value = self.listing.shown.field(field).kind, self.value_of(row, field)
        return kind.show(value) if whole else kind.mask(value)

    def problems(self, line: Line, today: date) -> dict[str, str]:
        """What is missing or does not agree in a line, by column."""
        missing = {
            name: f"还没有填{self.listing.shown.field(name).label}。"
            for name in self.listing.essential
            if self.value_of(line, name) is None
        }
        return missing | self.doubts(line)

    def doubts(self, line: Line) -> dict[str, str]:
        """What does not agree in a line, by column."""
        values = {name: self.value_of(line, name) for name in self.listing.of_person}
        return {each.field: of_a_record(each.message) for each in contradictions(values)}

    def place_name(self, code: str) -> str:
        """A village's name as columns show it."""
        return self._divisions.get(code).short_name

    def _lines(self) -> Lines:
        return Lines(self._store, self.listing, self._chip_values())

    def _chip_values(self) -> Mapping[str, object]:
        """What the chips compare with, by the name that SQL gives it."""
        return {}

    def _facet(self, field: str, selection: Selection) -> Iterable[tuple[object, int]]:
        return self._lines().facet(field, selection)

    def _row_id(self, row: Line) -> str:
        return row.key

    def _search(self, typed: str) -> Search | None:
        key = search_prefix(typed)
        if not key:
            return None
        if not key.isascii():
            return Search(key=key, divisions=self._divisions.called(key), title=key)
        if self.listing.owner == "person_id":  # pinyin or a number, of people
            return Search(key=key)
        divisions = self._divisions.all().values()
        read = (d.code for d in divisions if any(k.startswith(key) for k in _keys_of(d.short_name)))
        names = frozenset(n for n in self._lines().names() if any(k.startswith(key) for k in _keys_of(n)))
        return Search(key=key, divisions=frozenset(read), title=compact(typed).upper(), names=names)

    def _stored(self, field: str, texts: frozenset[str], within: Selection) -> frozenset[object]:
        return frozenset(texts) if field == "id" else super()._stored(field, texts, within)

    def _show_values(self, field: str) -> Callable[[object], str]:
        if field == "village":
            divisions = self._divisions.all()
            return lambda code: "" if code is None else divisions[str(code)].short_name
        if field == "posts":
            return lambda post: "" if post is None else Post(str(post)).label
        return self.listing.shown.field(field).kind.mask

    def _people(self, records: Any, on: date) -> dict[str, tuple[Person, tuple[TermOfOffice, ...]]]:
        if self.listing.owner != "person_id":
            return {}
        ids = {record.person_id for record in records}
        found = queries.known_people(self._store, ids, (), (), on)
        return {person.id: (person, terms) for person, terms in found}

    def _behind(self, records: Collection[Any]) -> dict[str, dict[str, Any]]:
        """The records behind each of some records, by link."""
        found: dict[str, dict[str, Any]] = {record.id: {} for record in records}
        for behind in self.listing.behind:
            ids = {getattr(record, behind.link) for record in records} - {None}
            there: list[Any] = self._records.select(behind.register.record, id=ids)
            known = {each.id: each for each in there}
            for record in records:
                if (key := getattr(record, behind.link)) in known:
                    found[record.id][behind.link] = known[key]
        return found

    def _line(
        self,
        record: Any,
        place: str | None,
        people: Mapping[str, tuple[Person, tuple[TermOfOffice, ...]]],
        computed: Mapping[str, object],
    ) -> Line:
        person, terms = people.get(getattr(record, "person_id", ""), (None, ()))
        division = self._divisions.all().get(place or "")
        return Line(
            record=record,
            person=person,
            division=division,
            township=self._divisions.township_of(division).name if division else "",
            computed={"posts": posts_seen_from(place, terms, self._divisions.all()), **computed},
        )


def posts_seen_from(
    here: str | None, terms: Iterable[TermOfOffice], divisions: Mapping[str, Division]
) -> str:
    """Somebody's posts in words: those of the village ``here`` first, those of another with its name."""
    by_place: dict[str, list[TermOfOffice]] = defaultdict(list)
    for term in terms:
        by_place[term.division_code].append(term)
    return "；".join(
        ("" if code == here else divisions[code].short_name) + posts_in_words(some, divisions[code])
        for code, some in sorted(by_place.items(), key=lambda pair: pair[0] != here)
    )


def posts_in_words(terms: Sequence[TermOfOffice], division: Division) -> str:
    """Posts held in one village, in the local wording."""
    held = [term.held for term in terms]
    return print_posts(held, PartyForm(division.party_form), community=division.is_community)


@lru_cache(maxsize=100_000)
def _keys_of(name: str) -> frozenset[str]:
    return frozenset(name_keys(name))
