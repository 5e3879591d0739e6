"""A committee's new term (换届): who goes on, who ends, who is new — one change set for the whole body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop.models.database.records import Records
from desktop.models.database.roster import known_people
from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.domain.post_reading import PostsReading, read_posts
from desktop.models.domain.posts import Committee, HeldPost, Post
from desktop.models.domain.reading import Cell
from desktop.models.domain.spans import last_before
from desktop.models.errors import DesktopError
from desktop.models.registers.committee_term import BODY, COMMITTEE_TERM, CommitteeTerm, propose_due
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from desktop.models.registers.term_changes import ChangeType
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.person_entry import Entry, enter_person, find_person, read_person
from desktop.models.services.register_lists import posts_in_words
from desktop.models.services.term_papers import read_papers

ELECTED = "01"  # 任免方式: 选举
_TERM_OVER, _NOT_AGAIN = "届满换届", "届满卸任"


@dataclass(frozen=True, slots=True, kw_only=True)
class Elected:
    """Somebody on the new body: a known person, or one as typed by PERSON field; the posts as typed."""

    posts: str
    person_id: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """A new term of one body of a village; months as typed."""

    division_code: str
    committee: Committee
    number: str  # 第十三届
    start: str
    due: str = ""  # five years later unless typed
    approval: str = ""  # 批准机关及文号, of ends and beginnings alike
    filed: str = ""  # 备案时间
    elected: tuple[Elected, ...]


@dataclass(frozen=True, slots=True)
class ElectionLine:
    """What becomes of one person, in words: 连任, 调整 (another post on the body), 新任, 离任 (届满卸任)."""

    name: str
    before: str
    after: str
    kind: ChangeType


class ElectionRefusedError(DesktopError):
    """A new term that cannot be entered; ``problems`` are (number of the elected, or None for the whole; words)."""

    def __init__(self, problems: list[tuple[int | None, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(words for _, words in problems))


@dataclass(slots=True)
class _Plan:
    """What an election does: people to enter, terms to end (id → reason), terms to begin, words for each person."""

    start: str
    due: str | None
    paper: Mapping[str, Any]
    people: list[tuple[Entry, Person | None, tuple[HeldPost, ...]]] = field(default_factory=list)
    ends: dict[str, str] = field(default_factory=dict)
    lines: list[ElectionLine] = field(default_factory=list)


class ElectionsService:
    """Plans and enters elections."""

    def __init__(self, store: Store, divisions: DivisionsService) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions

    def plan(self, election: Election, today: date) -> tuple[ElectionLine, ...]:
        """What becomes of everybody, to be looked at before it is entered.

        Raises:
            ElectionRefusedError: with every problem at once.
        """
        return tuple(self._planned(election, today).lines)

    def re_elect(self, election: Election, today: date) -> tuple[ElectionLine, ...]:
        """Enter a new term: the posts of the body end before it and begin with it, all in one change set.

        Raises:
            ElectionRefusedError: with every problem at once; nothing was written.
        """
        plan = self._planned(election, today)
        division = self._divisions.get(election.division_code)
        body = BODY.show(str(election.committee))
        last = last_before(plan.start)
        with self._store.change(f"换届：{division.short_name}{body}{election.number.strip()}"):
            approval = plan.paper["approval"]
            ended = {
                key: {"end": last, "end_reason": why, "end_approval": approval}
                for key, why in plan.ends.items()
            }
            self._records.update_many(TermOfOffice, ended)
            for entry, known, posts in plan.people:
                person_id = enter_person(self._records, entry, known)
                self._records.insert_many(
                    replace(begun, **plan.paper)
                    for begun in self._terms(person_id, division.code, posts, plan.start)
                )
            term = CommitteeTerm(
                id=new_id(),
                division_code=division.code,
                committee=str(election.committee),
                number=election.number.strip() or None,
                start=plan.start,
                due=plan.due,
            )
            self._records.insert_many([term])
        return tuple(plan.lines)

    def _planned(self, election: Election, today: date) -> _Plan:
        problems: list[tuple[int | None, str]] = []
        start = self._month("start", election.start, today, problems)
        due = self._month("due", election.due, today, problems) if election.due.strip() else None
        where = {"division_code": election.division_code, "committee": str(election.committee)}
        if start and self._records.select(CommitteeTerm, start=start, **where):
            problems.append((None, "这一届已经登记过，不用再登记；要改的请在届次表里改。"))
        paper, unfit = read_papers(today, approval=election.approval, filed=election.filed)
        problems += [(None, words) for words in unfit.values()]
        due = due or (str(propose_due({"start": start}).get("due")) if start else None)
        plan = _Plan(start or "", due, paper)
        for number, elected in enumerate(election.elected):
            self._read(number, elected, election, today, plan, problems)
        if not election.elected:
            problems.append((None, "还没有选出的人，请至少填一人。"))
        if not problems:
            self._settle(election, plan)
        if problems:
            raise ElectionRefusedError(problems)
        return plan

    def _month(self, name: str, text: str, today: date, problems: list[tuple[int | None, str]]) -> str | None:
        declared = COMMITTEE_TERM.field(name)
        reading = declared.kind.read(Cell(text), today)
        if reading.value is None:
            problems.append((None, reading.problem or f"{declared.label}不能空着，请填写。"))
        return str(reading.value) if reading.value else None

    def _read(
        self,
        number: int,
        elected: Elected,
        election: Election,
        today: date,
        plan: _Plan,
        problems: list[tuple[int | None, str]],
    ) -> None:
        entry = read_person(elected.values, today)
        problems += [(number, words) for words in entry.problems.values()]
        known = self._known(elected, entry)
        if known is None and not entry.values.get("name"):
            problems.append((number, "没有写明是谁，请选人或填写姓名。"))
        village = self._divisions.names().stem(election.division_code)
        reading = read_posts(elected.posts, election.committee, village)
        if words := _refusal(reading, election.committee):
            problems.append((number, words))
        if known and any(other and other.id == known.id for _, other, _ in plan.people):
            problems.append((number, f"“{known.name}”写了两次，请合在一行。"))
        plan.people.append((entry, known, reading.posts))

    def _known(self, elected: Elected, entry: Entry) -> Person | None:
        if elected.person_id is None:
            return find_person(self._store, entry.values) if entry.values.get("name") else None
        people = self._records.select(Person, id=elected.person_id)
        return people[0] if people else None

    def _settle(self, election: Election, plan: _Plan) -> None:
        """Who held what until now, and what becomes of it."""
        division = self._divisions.get(election.division_code)
        held = self._held(election, plan.start)
        chosen = {known.id: posts for _, known, posts in plan.people if known}
        names = {person.id: person.name for person, _ in known_people(self._store, held, (), (), date.max)}
        for entry, known, posts in plan.people:
            old = held.get(known.id, []) if known else []
            kind = _kind([term.held for term in old], posts)
            name = known.name if known else str(entry.values["name"])
            plan.lines.append(
                ElectionLine(name, posts_in_words(old, division), _words(posts, division), kind)
            )
        for person_id, terms in held.items():
            plan.ends |= dict.fromkeys(
                (t.id for t in terms), _TERM_OVER if person_id in chosen else _NOT_AGAIN
            )
            if person_id not in chosen:
                line = ElectionLine(names[person_id], posts_in_words(terms, division), "", ChangeType.LEFT)
                plan.lines.append(line)

    def _held(self, election: Election, start: str) -> dict[str, list[TermOfOffice]]:
        """The posts of the body that the new term ends, by person; those entered as of the new term stay."""
        found: dict[str, list[TermOfOffice]] = {}
        for term in self._records.select(TermOfOffice, division_code=election.division_code, end=None):
            begun = term.start is None or term.start[: len(start)] < start
            if Post(term.post).committee is election.committee and begun:
                found.setdefault(term.person_id, []).append(term)
        return found

    def _terms(
        self, person_id: str, code: str, posts: tuple[HeldPost, ...], start: str
    ) -> list[TermOfOffice]:
        """The terms that begin, those that are on record already left out."""
        there = self._records.select(TermOfOffice, person_id=person_id, division_code=code, end=None)
        return [
            TermOfOffice(
                id=new_id(),
                person_id=person_id,
                division_code=code,
                post=held.post,
                title=held.title,
                start=start,
                how=ELECTED,
            )
            for held in posts
            if held not in {term.held for term in there}
        ]


def _refusal(reading: PostsReading, committee: Committee) -> str | None:
    if reading.problem is not None:
        return reading.problem
    if not reading.posts:
        return "没有写明选上了什么职务，请填写。"
    outside = [held.post.label for held in reading.posts if held.post.committee is not committee]
    return (
        f"“{outside[0]}”不是{BODY.show(str(committee))}的职务，请在那个班子换届时登记。" if outside else None
    )


def _kind(old: list[HeldPost], new: tuple[HeldPost, ...]) -> ChangeType:
    if not old:
        return ChangeType.NEW
    return ChangeType.AGAIN if set(old) == set(new) else ChangeType.MOVED


def _words(posts: tuple[HeldPost, ...], division: Division) -> str:
    blank = TermOfOffice(id="", person_id="", division_code=division.code, post="")
    return posts_in_words([replace(blank, post=held.post, title=held.title) for held in posts], division)
