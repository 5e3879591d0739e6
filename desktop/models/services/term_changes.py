"""Changes of posts (任职变动台账), and the roster of any day as it was recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop.models.collector import collector_paused
from desktop.models.database import people as queries
from desktop.models.database.history import History
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.months import show_month
from desktop.models.domain.posts import Post
from desktop.models.domain.strokes import surname_key
from desktop.models.ledgers.changes import ChangeLine, changes_ledger
from desktop.models.ledgers.ledger import Ledger
from desktop.models.registers.committee_term import COMMITTEE_TERM, CommitteeTerm, ending_soon
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterRow
from desktop.models.registers.term import TermOfOffice, serving_on
from desktop.models.registers.term_changes import ChangeType, TermChange, changes_of
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest
from desktop.models.services.recorded_roster import RecordedRoster
from desktop.models.services.register_lists import posts_seen_from
from desktop.models.services.roster_lists import make_row
from desktop.models.services.settings import SettingsService


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One line of the ledger of changes (T5)."""

    day: str  # a partial date
    division: Division
    person: Person
    before: str  # posts in words, those of another village with its name
    after: str
    kind: ChangeType
    reason: str
    approval: str = ""
    filed: str = ""  # as shown

    @property
    def day_in_words(self) -> str:
        """2026.11, or 2026.11.24 where the day is known."""
        return self.day.replace("-", ".")


class TermChangesService:
    """What changed between two days, and what was recorded on one."""

    def __init__(self, store: Store, divisions: DivisionsService, settings: SettingsService) -> None:
        self._store = store
        self._records = Records(store)
        self._history = History(store)
        self._divisions = divisions
        self._settings = settings

    @collector_paused()
    def roster_as_recorded(self, day: date) -> RecordedRoster:
        """The whole roster as the records said when a day ended: what was entered or corrected later is not in it."""
        end = datetime.combine(day, time.max).astimezone()
        terms = self._history.state_at(COMMITTEE_TERM.name, self._history.seq_at(end))
        ending = ending_soon((CommitteeTerm(**row) for row in terms), day)
        return RecordedRoster(self._store, self._divisions, self._settings, self._recorded_at(end), ending)

    def changes(self, start: date, end: date, unit: str | None = None) -> list[ChangeRecord]:
        """Every change between two days, both included, by day and then in the local order of villages.

        New, again, moved and left follow from the dates of terms as they stand; corrections from what was
        recorded in that time. What was undone since is in neither.
        """
        codes = {d.code: n for n, d in enumerate(self._divisions.under(unit or self._settings.unit))}
        ids = queries.people_with_changes(self._store, start, end, codes)
        terms: dict[str, list[TermOfOffice]] = defaultdict(list)
        for term in self._records.select(TermOfOffice, person_id=ids):
            terms[term.person_id].append(term)
        found = [
            (person_id, change)
            for person_id, some in terms.items()
            for change in changes_of(some)
            if change.within(start, end)
        ]
        found += self._corrections(start, end)
        found = [(p, change) for p, change in found if not codes.keys().isdisjoint(_touched(change))]
        people = {p.id: p for p in self._records.select(Person, id={person_id for person_id, _ in found})}
        found.sort(key=lambda pair: (pair[1].day, codes.get(pair[1].division_code, -1), pair[0]))
        return [self._in_words(people[person_id], change) for person_id, change in found]

    def ledgers(self) -> dict[str, Builder]:
        """How the ledger of changes is made; it begins with the year unless asked otherwise."""
        return {"changes": self._ledger}

    def _recorded_at(self, moment: datetime) -> list[RosterRow]:
        """Who the records said at a moment served that day: what was entered or corrected later is not in it."""
        codes = [division.code for division, _ in self._divisions.tree()]
        terms, people = queries.recorded_board(self._store, codes, self._history.seq_at(moment))
        served: dict[tuple[str, str], list[TermOfOffice]] = defaultdict(list)
        for term in terms:
            if serving_on(term, moment.date()):
                served[term.division_code, term.person_id].append(term)
        place = {code: number for number, code in enumerate(codes)}
        divisions = self._divisions.all()
        rows = [
            make_row(people[person_id], tuple(sorted(some, key=_rank)), code, divisions)
            for (code, person_id), some in served.items()
        ]
        return sorted(
            rows,
            key=lambda row: (
                *(place[row.division.code], row.terms[0].post),
                *(surname_key(row.person.name), row.person.id),
            ),
        )

    def _ledger(self, request: LedgerRequest, frame: Frame) -> Ledger:
        since = request.since or date(request.on.year, 1, 1)
        lines = [
            ChangeLine(
                c.day_in_words,
                c.division.short_name,
                c.person.name,
                c.before,
                c.after,
                c.kind,
                c.reason,
                c.approval,
                c.filed,
                self._divisions.township_of(c.division).short_name,
            )
            for c in self.changes(since, request.on, request.unit)
        ]
        return changes_ledger(
            lines,
            place=frame.place,
            signature=frame.signature,
            since=since,
            until=request.on,
            paper=frame.paper,
        )

    def _corrections(self, start: date, end: date) -> Iterator[tuple[str, TermChange]]:
        """Terms that were rewritten in place: as first recorded in that time, and as last."""
        midnight = datetime.combine(start, time.min) - timedelta(seconds=1)
        after = self._history.seq_at(midnight)
        until = self._history.seq_at(datetime.combine(end, time.max))
        for versions in queries.revised_terms(self._store, after, until).values():
            first, last = versions[0][1], versions[-1][1]
            if _said(first) == _said(last) or first.post == Post.PENDING:
                continue
            seq = next(
                seq
                for (seq, term), (_, earlier) in zip(versions[:0:-1], versions[-2::-1], strict=True)
                if _said(term) != _said(earlier)
            )
            change = self._history.change(seq)
            day = change.at.date().isoformat()
            yield last.person_id, TermChange(day, (first,), (last,), ChangeType.CORRECTED, change.why)

    def _in_words(self, person: Person, change: TermChange) -> ChangeRecord:
        here = change.division_code
        return ChangeRecord(
            day=change.day,
            division=self._divisions.get(here),
            person=person,
            before=posts_seen_from(here, change.before, self._divisions.all()),
            after=posts_seen_from(here, change.after, self._divisions.all()),
            kind=change.kind,
            reason=change.reason,
            approval=change.approval,
            filed=show_month(change.filed) if change.filed else "",
        )


def _rank(term: TermOfOffice) -> tuple[str, bool, str, str]:
    return (term.post, term.start is None, term.start or "", term.id)


def _said(term: TermOfOffice) -> Sequence[str | None]:
    return (term.division_code, term.post, term.title)


def _touched(change: TermChange) -> set[str]:
    return {term.division_code for term in (*change.before, *change.after)}
