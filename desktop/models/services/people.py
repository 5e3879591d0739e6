"""One person's page (人员档案): everything known, and what happens to the posts: moved, corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.domain.months import show_month
from desktop.models.domain.post_reading import read_posts
from desktop.models.domain.posts import HeldPost
from desktop.models.domain.reading import Cell, Reading
from desktop.models.domain.spans import last_before
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import RELATIVES
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.person_file import PHOTO, Attachment
from desktop.models.registers.roster import contradictions
from desktop.models.registers.term import TERM, TermOfOffice
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.person_entry import find_person
from desktop.models.services.registers import RegisterService
from desktop.models.services.roster import RosterService, VanishedRowError, consequences
from desktop.models.services.roster_lists import TermLine, of_a_record
from desktop.models.services.settings import SettingsService
from desktop.models.services.stale_forms import require_as_opened, typed_anew
from desktop.models.services.term_papers import read_papers

_CORRECTABLE = ("start", "end", "approval", "filed", "end_approval")
FILES = ("reserve", "study", "training", "recognition", "relative")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonCard:
    """A person's page; what changed is ``HistoryService.of_person``."""

    person: Person
    terms: tuple[TermLine, ...]  # the time line: those being held, then the newest first
    files: Mapping[str, tuple[Line, ...]]  # by register: FILES
    attachments: tuple[Attachment, ...]  # without the photo, the latest first
    photo: Attachment | None
    doubts: Mapping[str, str]  # PERSON field → words


def correctable(line: TermLine) -> dict[str, str]:
    """What can be corrected of a term, as it is typed."""
    texts = {name: TERM.field(name).kind.show(getattr(line.term, name)) for name in _CORRECTABLE}
    return {"post": line.wording, **texts}


class PeopleService:
    """One method, one action; every one that writes is one change set.

    Appointing and ending are ``RosterService.appoint`` and ``end_terms``, a committee's new term ``ElectionsService``.
    """

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        roster: RosterService,
        registers: Mapping[str, RegisterService],
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._roster = roster
        self._registers = registers

    def get(self, person_id: str) -> Person:
        """The person.

        Raises:
            VanishedRowError: gone meanwhile.
        """
        found = self._records.select(Person, id=person_id)
        if not found:
            raise VanishedRowError
        return found[0]

    def card(self, person_id: str, today: date) -> PersonCard:
        """Everything known of a person.

        Raises:
            VanishedRowError: gone meanwhile.
        """
        person = self.get(person_id)
        attachments = self._records.select(Attachment, owner=PERSON.name, owner_id=person_id)
        attachments.sort(key=lambda each: (each.added, each.id), reverse=True)
        photo = next((each for each in attachments if each.purpose == PHOTO), None)
        return PersonCard(
            person=person,
            terms=tuple(self._roster.terms(person_id)),
            files={name: tuple(self._registers[name].of_owner(person_id, today)) for name in FILES},
            attachments=tuple(each for each in attachments if each != photo),
            photo=photo,
            doubts=_doubts(person),
        )

    def set_field(
        self, person_id: str, field: str, text: str, today: date, opened: str | None = None
    ) -> Reading:
        """Write one field of a person; a doubtful value that can be kept, or that others contradict, is pointed out.

        ``opened``: what the field said when somebody began to type; None: whatever it says is written over.

        Raises:
            InvalidValueError: it cannot be kept.
            StaleRecordError: it was changed elsewhere since it was opened.
            VanishedRowError: gone meanwhile.
        """
        with self._store.change(f"修改{PERSON.field(field).label}：{self.get(person_id).name}"):
            person = self.get(person_id)
            require_as_opened(PERSON, person, field, text, opened)
            reading = self._roster.read_cell((person_id, ""), field, text, today)
            if reading.problem is not None and reading.value is None:
                raise InvalidValueError({field: reading.problem}, PERSON)
            self._records.update(Person, person_id, **consequences(person, field, reading.value, text))
        new = _doubts(self.get(person_id)).get(field)
        return replace(
            reading, problem=reading.problem or (new if new != _doubts(person).get(field) else None)
        )

    def move(
        self,
        person_id: str,
        division_code: str,
        posts_text: str,
        day: date,
        reason: str,
        today: date,
        *,
        how: str | None = None,
        ending: Sequence[str] | None = None,
        approval: str = "",
        filed: str = "",
    ) -> None:
        """Move a person to other posts, in the same village or another (调整): the first day there, and why.

        ``ending``: ids of the terms that end the day before; None: all that are being served. ``how``: a code of 任免方式.
        ``approval`` (of the end and of the new posts) and ``filed`` as typed.

        Raises:
            InvalidValueError: the posts cannot be read or are held already, the day is ahead or before a post began.
            VanishedRowError: the person or a term is gone.
        """
        person = self.get(person_id)
        serving = self._records.select(TermOfOffice, person_id=person_id, end=None)
        chosen = [term for term in serving if ending is None or term.id in ending]
        if ending is not None and len(chosen) < len(set(ending)):
            raise VanishedRowError
        posts = read_posts(posts_text, village=self._divisions.names().stem(division_code))
        there = [term.held for term in serving if term.division_code == division_code]
        staying = [t for t in chosen if t.division_code == division_code and t.held in posts.posts]
        new = [held for held in posts.posts if held not in there]
        ended = [term for term in chosen if term not in staying]
        problems = {"post": posts.problem or _nothing_new(posts.posts, new)}
        problems["start"] = _impossible(day, today, ended)
        paper, unfit = read_papers(today, approval=approval, filed=filed)
        problems |= unfit
        if found := {field: words for field, words in problems.items() if words}:
            raise InvalidValueError(found, TERM)
        last = last_before(day.isoformat())
        with self._store.change(f"调整（{day:%Y.%m.%d}）：{person.name}"):
            left = {"end": last, "end_reason": reason.strip() or None, "end_approval": paper["approval"]}
            self._records.update_many(TermOfOffice, {term.id: left for term in ended})
            self._records.insert_many(
                TermOfOffice(
                    id=new_id(),
                    person_id=person_id,
                    division_code=division_code,
                    post=held.post,
                    title=held.title,
                    start=day.isoformat(),
                    how=how,
                    **paper,
                )
                for held in new
            )

    def correct(
        self,
        term_id: str,
        today: date,
        *,
        post: str | None = None,
        start: str | None = None,
        end: str | None = None,
        reason: str = "",
        opened: Mapping[str, str] | None = None,
        **papers: str,
    ) -> None:
        """Correct what was entered wrong of one term (更正), texts as typed; an empty ``end`` puts it back in office.

        ``papers``: ``approval``, ``end_approval``, ``filed``; empty ones are taken out. ``opened``: what ``correctable``
        said when the form was opened; only what was typed anew is written then.

        Raises:
            InvalidValueError: what was typed cannot be kept.
            StaleRecordError: what was typed anew was changed elsewhere since it was opened.
            VanishedRowError: the term is gone.
        """
        terms = self._records.select(TermOfOffice, id=term_id)
        if not terms:
            raise VanishedRowError
        typed = {"post": post, "start": start, "end": end}
        if opened is not None:
            texts = {name: text for name, text in typed.items() if text is not None} | papers
            (line,) = (each for each in self._roster.terms(terms[0].person_id) if each.term.id == term_id)
            anew = typed_anew(opened, texts, correctable(line).__getitem__, TERM)
            typed = {name: anew.get(name) for name in typed}
            papers = {name: text for name, text in anew.items() if name not in typed}
            if not anew:
                return
        changes = self._read_correction(terms[0], today, typed)
        paper, unfit = read_papers(today, **papers)
        if unfit:
            raise InvalidValueError(unfit, TERM)
        changes = paper | changes
        name = self.get(terms[0].person_id).name
        told = f"（{reason.strip()}）" if reason.strip() else ""
        with self._store.change(f"更正任职：{name}{told}"):
            self._records.update(TermOfOffice, term_id, **changes)

    def _read_correction(
        self, term: TermOfOffice, today: date, typed: Mapping[str, str | None]
    ) -> dict[str, object]:
        changes: dict[str, object] = {}
        problems: dict[str, str] = {}
        for field in ("start", "end"):
            if (text := typed[field]) is not None:
                reading = TERM.field(field).kind.read(Cell(text), today)
                changes[field] = reading.value
                if reading.value is None and reading.problem is not None:
                    problems[field] = reading.problem
        if (text := typed["post"]) is not None:
            posts = read_posts(text, village=self._divisions.names().stem(term.division_code))
            if posts.problem is not None or len(posts.posts) != 1:
                problems["post"] = posts.problem or "请填一个职务；几个职务请分别更正。"
            else:
                changes |= {"post": posts.posts[0].post, "title": posts.posts[0].title}
        after = {"start": term.start, "end": term.end} | changes
        first, last = after["start"], after["end"]
        if isinstance(first, str) and isinstance(last, str) and last < first[: len(last)]:
            problems["end"] = f"离任时间早于任职时间 {show_month(first)}，请核对。"
        if problems:
            raise InvalidValueError(problems, TERM)
        if "end" in changes and changes["end"] is None:
            changes |= {"end_reason": None, "end_approval": None}
        return changes


class RelativesService(RegisterService):
    """Family members; one who is known by name and birth is linked, so that 回避 finds them."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, RELATIVES)

    def complete(self, record: Mapping[str, object], known: Person | None) -> Mapping[str, object]:
        """Who the relative is, where the office knows."""
        found = find_person(self._store, record)
        return {"relative_id": found.id} if found and found != known else {}


def _doubts(person: Person) -> dict[str, str]:
    values = {field.name: getattr(person, field.name) for field in PERSON.fields}
    return {each.field: of_a_record(each.message) for each in contradictions(values)}


def _nothing_new(posts: Sequence[HeldPost], new: Sequence[HeldPost]) -> str | None:
    if not posts:
        return "请填写调整后的职务；不再任职的请用“离任”。"
    return None if new else "已经担任这个职务，不用再任。"


def _impossible(day: date, today: date, ended: Sequence[TermOfOffice]) -> str | None:
    if day > today:
        return f"调整时间晚于今天（{today:%Y.%m.%d}），请核对。"
    late = [term.start for term in ended if term.start and term.start > last_before(day.isoformat())]
    return f"调整时间早于原任职时间 {show_month(late[0])}，请核对。" if late else None
