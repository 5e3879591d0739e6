"""The roster as people look at it (名册): the tree, lines in any order, search, filters, counts, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from desktop.models.database import roster as queries
from desktop.models.database.records import Records
from desktop.models.database.roster import Key, Search, Selection
from desktop.models.database.store import Store
from desktop.models.domain.fields import Register
from desktop.models.domain.names import search_prefix
from desktop.models.domain.post_reading import read_posts
from desktop.models.domain.posts import REPORTED, HeldPost, PartyForm, Post, post_wording
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.roster import (
    ESSENTIAL,
    ROSTER,
    RosterQuery,
    RosterRow,
    contradictions,
    value_of,
)
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.disclosures import disclose
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.lists import Lists
from desktop.models.services.roster_index import RosterIndex
from desktop.models.services.settings import SettingsService


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A division of the tree with the people serving in it and below."""

    division: Division
    people: int
    depth: int


@dataclass(frozen=True, slots=True)
class TermLine:
    """One line of a person's time line."""

    term: TermOfOffice
    village: str
    wording: str


@dataclass(frozen=True, slots=True)
class RosterSummary:
    """Figures of the whole office on a day."""

    people: int  # counted once, wherever they serve
    villages: int  # with somebody serving
    secretaries: int
    incomplete: int


class RosterLists(Lists[Key, RosterRow]):
    """What the roster says; no record is written here."""

    def __init__(self, store: Store, divisions: DivisionsService, settings: SettingsService) -> None:
        self._store = store
        self._records = Records(store)
        self._index = RosterIndex(store)
        self._divisions = divisions
        self._settings = settings

    @property
    def columns(self) -> Register:
        """See Lists."""
        return ROSTER

    @property
    def title(self) -> str:
        """See Lists."""
        return "花名册"

    def units(self, on: date) -> tuple[UnitCount, ...]:
        """The tree: the office's divisions in the local order, and others that have people."""
        unit = self._settings.unit
        own = {division.code for division in self._divisions.under(unit)}
        totals = self._counts(on)
        tree = self._divisions.tree()
        for division, _ in reversed(tree):  # children come before their parents
            if division.parent is not None:
                totals[division.parent] = totals.get(division.parent, 0) + totals.get(division.code, 0)
        listed = [
            (division, depth)
            for division, depth in tree
            if (division.kind != DivisionKind.CITY or division.code == unit)
            and ((division.code in own and division.active) or totals.get(division.code))
        ]
        root = min((depth for _, depth in listed), default=0)
        return tuple(UnitCount(d, totals.get(d.code, 0), depth - root) for d, depth in listed)

    def _counts(self, on: date) -> dict[str, int]:
        """People by code of the division they serve in."""
        return self._index.lines(Selection(on=on)).by_division()

    def keys(self, query: RosterQuery) -> list[Key]:
        """The keys of a query's lines, in its order."""
        selection = self._selection(query)
        return self._index.lines(selection).keys(selection)

    def rows(self, keys: Sequence[Key], on: date) -> list[RosterRow]:
        """The lines of some keys, in the order asked; a vanished one is left out."""
        found = queries.people_and_terms(self._store, keys, on)
        divisions = self._divisions.all()
        return [make_row(*found[key], key[1], divisions) for key in keys if key in found]

    def chips(self, query: RosterQuery) -> dict[str, int]:
        """How many lines each chip would show."""
        selection = self._selection(query)
        return self._index.lines(selection).chips(selection)

    def summary(self, on: date) -> RosterSummary:
        """The office's figures on a day."""
        chips = self.chips(RosterQuery(on=on))
        everybody = self._index.lines(Selection(on=on))
        villages = len(everybody.by_division())
        return RosterSummary(everybody.people(), villages, chips["secretaries"], chips["incomplete"])

    def terms(self, person_id: str) -> list[TermLine]:
        """A person's posts, past ones too: those being held, then the newest first."""
        return [self._term_line(term) for term in queries.terms_of(self._store, person_id)]

    def problems(self, row: RosterRow, today: date) -> dict[str, str]:
        """What is missing or does not agree in a line, by field."""
        found = {
            name: f"还没有填{ROSTER.field(name).label}。"
            for name in (*ESSENTIAL, "post_since")
            if value_of(row, name) is None
        }
        if any(term.post == Post.PENDING for term in row.terms):
            found["posts"] = "职务还没有核实，请填写。"
        values = {field.name: value_of(row, field.name) for field in ROSTER.fields}
        for contradiction in contradictions(values):
            found[contradiction.field] = of_a_record(contradiction.message)
        return found

    def text(self, row: RosterRow, field: str, *, whole: bool) -> str:
        """See Lists."""
        return shown(row, field, full=whole)

    def record_disclosure(self, where: str, reason: str | None, people: int) -> None:
        """Put on record that unmasked numbers of ``people`` people are about to be shown.

        Raises:
            ReasonNeededError: there is no reason.
        """
        disclose(self._store, where, reason, people)

    def _term_line(self, term: TermOfOffice) -> TermLine:
        division = self._divisions.get(term.division_code)
        form = PartyForm(division.party_form)
        wording = post_wording(term.held, form, community=division.is_community)
        return TermLine(term, division.short_name, wording)

    def _facet(self, field: str, selection: Selection) -> Iterable[tuple[object, int]]:
        return self._index.lines(selection).facet(field, selection)

    def _row_id(self, row: RosterRow) -> str:
        return row.person.id

    def _search(self, typed: str) -> Search | None:
        key = search_prefix(typed)
        if not key:
            return None
        if key.isascii():  # pinyin or a number
            return Search(key=key)
        return Search(key=key, divisions=self._divisions.called(key), posts=_posts_called(key), title=key)

    def _stored(self, field: str, texts: frozenset[str], within: Selection) -> frozenset[object]:
        return frozenset(texts) if field == "person" else super()._stored(field, texts, within)

    def _show_values(self, field: str) -> Callable[[object], str]:
        if field == "village":
            divisions = self._divisions.all()
            return lambda code: divisions[str(code)].short_name
        if field == "posts":
            return lambda post: Post(str(post)).label
        return ROSTER.field(field).kind.mask


def make_row(
    person: Person, terms: tuple[TermOfOffice, ...], code: str, divisions: Mapping[str, Division]
) -> RosterRow:
    """A line of the roster; ``terms`` are those in the division ``code``."""
    division = divisions[code]
    above = divisions.get(division.parent or "")
    return RosterRow(person=person, division=division, township=above.name if above else "", terms=terms)


def shown(row: RosterRow, field: str, *, full: bool) -> str:
    """A field of a line as text, masked unless ``full``."""
    kind = ROSTER.field(field).kind
    value = value_of(row, field)
    return kind.show(value) if full else kind.mask(value)


def of_a_record(message: str) -> str:
    """What an import says of a contradiction, without its words about the file."""
    return message.replace("，已按表格记下", "")


def _posts_called(text: str) -> frozenset[str]:
    """The reported posts that a text is a part of, in any local wording, or another spelling of."""
    read = read_posts(text).posts
    spelt = read if len(read) == 1 and read[0].title is None else ()
    return frozenset(post for post, wording in _wordings() if text in wording) | {held.post for held in spelt}


@cache
def _wordings() -> tuple[tuple[Post, str], ...]:
    return tuple(
        (post, post_wording(HeldPost(post), form, community=community))
        for post in REPORTED
        for form in PartyForm
        for community in (False, True)
    )
