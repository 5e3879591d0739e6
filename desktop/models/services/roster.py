"""The roster as people work with it (名册): editing in place, adding, appointing, ending posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from desktop.models.database import roster as queries
from desktop.models.database.people import is_known_elsewhere
from desktop.models.database.records import Records
from desktop.models.database.roster import Key
from desktop.models.domain.cleaning import means_nothing
from desktop.models.domain.codes import highest_education, party_stage
from desktop.models.domain.identity import birth_month, read_identity, sex_code
from desktop.models.domain.ids import new_id
from desktop.models.domain.months import read_month, show_month
from desktop.models.domain.post_reading import PostsReading, read_posts
from desktop.models.domain.posts import Post
from desktop.models.domain.reading import SILENT, Cell, Reading
from desktop.models.errors import DesktopError
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.registers.roster import ROSTER, RosterRow, contradictions, value_of
from desktop.models.registers.study import Study
from desktop.models.registers.term import TERM, TermOfOffice, TermSteps, revise_terms
from desktop.models.services.cell_edits import CellEdits, InvalidValueError
from desktop.models.services.roster_lists import RosterLists, make_row, of_a_record
from desktop.models.services.term_papers import read_papers

_SPLIT_EDUCATION = ("education_full_time", "education_in_service")
_APPOINTING = replace(ROSTER, fields=(*ROSTER.fields, TERM.field("approval"), TERM.field("filed")))
_NOT_IN_PARTY = "13"  # 群众: the only status with a stage on the way into the party


class VanishedRowError(DesktopError):
    """The row was ended or removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("这一行已经不在名册里（可能刚被撤销或离任），请刷新后再改。")


class RosterService(RosterLists, CellEdits[Key, RosterRow]):
    """One method, one action; every one that writes is one change set."""

    vanished = VanishedRowError

    def read_cell(self, key: Key, field: str, text: str, today: date) -> Reading:
        """Check what is being typed into a line, or with an empty person id into a new one; nothing is written."""
        declared = ROSTER.field(field)
        if not declared.editable:
            return Reading(problem="这一列由其他各列得出，不能直接改。")
        if field == "posts":
            posts = self._read_posts(text, key[1])
            return Reading(problem=_refusal(posts)) if _refusal(posts) else Reading(posts.posts)
        reading = declared.kind.read(Cell(text), today)
        if field == "name" and reading == SILENT:
            return Reading(problem="姓名不能空着。录错的行请整行删除。")
        if declared.sensitive and reading == SILENT and not means_nothing(text):
            return Reading(problem="这是隐去了几位的号码，没有写入；要修改请录入完整的号码。")
        if field == "id_number" and (taken := self._others_with(reading.value, key[0], today)):
            return Reading(
                problem=f"“{taken}”已经用了这个身份证号。同一个人请在他名下任职，不同的人请核对号码。"
            )
        return reading

    def _named(self, row: RosterRow) -> str:
        return row.person.name

    def _write(self, row: RosterRow, field: str, value: object, text: str, today: date) -> RosterRow:
        if field == "posts":
            read = self._read_posts(text, row.division.code)
            steps = revise_terms(row.terms, row.person.id, row.division.code, read.posts, status=read.status)
            apply_steps(self._records, steps)
        elif field == "post_since":
            dated = [term.id for term in row.terms if term.start in (None, row.post_since)]
            self._records.update_many(TermOfOffice, {term_id: {"start": value} for term_id in dated})
        else:
            changes = consequences(row.person, field, value, text)
            self._records.update(Person, row.person.id, **changes)
            person = replace(row.person, **changes)  # type: ignore[arg-type]  # read by the fields' own kinds
            return replace(row, person=person)
        return self._one(row.key, today)

    def _new_doubt(self, before: RosterRow, field: str, value: object, _today: date) -> str | None:
        values = {declared.name: value_of(before, declared.name) for declared in ROSTER.fields}
        old = contradictions(values)
        new = (found for found in contradictions(values | {field: value}) if found not in old)
        return next((of_a_record(found.message) for found in new), None)

    def add(self, division_code: str, values: Mapping[str, str], today: date) -> Key:
        """Add a person to a village with what was typed, by ROSTER field; 姓名 and 职务 are needed.

        Raises:
            InvalidValueError: with every problem at once.
        """
        person, steps = self._read_person(division_code, values, today)
        with self._store.change(f"新增人员：{self._divisions.get(division_code).short_name} {person.name}"):
            self._insert(person, steps)
        return (person.id, division_code)

    def _insert(self, person: Person, steps: TermSteps) -> Key:
        self._records.insert_many([person])
        apply_steps(self._records, steps)
        return (person.id, steps.insert[0].division_code)

    def _insert_typed(self, values: Mapping[str, str], division_code: str | None, today: date) -> Key:
        return self._insert(*self._read_new(values, division_code, today))

    def _read_person(
        self, division_code: str, values: Mapping[str, str], today: date
    ) -> tuple[Person, TermSteps]:
        """A new person as typed, and the terms that begin."""
        read = self._read_form(division_code, values, today)
        person = Person(id=new_id(), name=str(read["name"]))
        for field in (declared.name for declared in PERSON.fields if declared.name in read):
            changes = consequences(person, field, read[field], values[field])
            person = replace(person, **changes)  # type: ignore[arg-type]  # read by the fields' own kinds
        posts = self._read_posts(values["posts"], division_code)
        since = _text(read.get("post_since"))
        steps = revise_terms((), person.id, division_code, posts.posts, since=since, status=posts.status)
        return person, steps

    def _read_new(
        self, values: Mapping[str, str], division_code: str | None, today: date
    ) -> tuple[Person, TermSteps]:
        """A pasted row; a village that stands in it goes before ``division_code``, and nobody is entered twice."""
        names = self._divisions.names()
        found = names.village(values.get("village", ""), names.township(values.get("township", "")).code)
        if found.problem is not None:
            raise InvalidValueError({"village": found.problem})
        place = found.code or division_code
        if place is None:
            raise InvalidValueError({"village": "没有写是哪个村（社区）的，请先在左边选中村（社区）再粘贴。"})
        typed = {name: text for name, text in values.items() if ROSTER.field(name).editable}
        person, steps = self._read_person(place, typed, today)
        if person.birth and (same := self.same_person(person.name, person.id_number, person.birth)):
            told = (
                f"{same[0].division.short_name}已有 {person.name}（{show_month(person.birth)}），没有再加。"
            )
            raise InvalidValueError({"name": f"{told}是另一个人的，请用“新增人员”录入。"})
        return person, steps

    def _read_form(self, division_code: str, values: Mapping[str, str], today: date) -> dict[str, object]:
        """What was typed for a new person, in stored form."""
        texts = {"name": "", "posts": ""} | dict(values)
        readings = {
            name: self.read_cell(("", division_code), name, text, today) for name, text in texts.items()
        }
        read = {name: reading.value for name, reading in readings.items() if reading.value is not None}
        problems = {
            name: reading.problem
            for name, reading in readings.items()
            if reading.problem is not None and reading.value is None
        }
        problems |= {c.field: c.message for c in contradictions(read) if c.drop}
        if problems:
            raise InvalidValueError(problems)
        return read

    def appoint(
        self,
        person_id: str,
        division_code: str,
        posts_text: str,
        start: str,
        today: date,
        how: str | None = None,
        approval: str = "",
        filed: str = "",
    ) -> Key:
        """Give a person who is known already a further post in a village; ``how`` is a code of 任免方式.

        ``approval`` (批准机关及文号) and ``filed`` (备案时间) as typed.

        Raises:
            InvalidValueError: the post or the month cannot be read, or the post is held there already.
        """
        person = self._known(person_id)
        posts = self._read_posts(posts_text, division_code)
        since = ROSTER.field("post_since").kind.read(Cell(start), today)
        here = queries.people_and_terms(self._store, [(person_id, division_code)], today)
        held = here[person_id, division_code][1] if here else ()
        kept = [term.held for term in held if term.post != Post.PENDING]
        problems = {"posts": _refusal(posts), "post_since": since.problem if since.value is None else None}
        paper, unfit = read_papers(today, approval=approval, filed=filed)
        problems |= unfit
        if not any(problems.values()) and set(posts.posts) <= set(kept):
            problems["posts"] = "已经担任这个职务，不用再任。"
        if found := {field: words for field, words in problems.items() if words}:
            raise InvalidValueError(found, _APPOINTING)
        steps = revise_terms(
            held,
            person_id,
            division_code,
            (*kept, *posts.posts),
            since=_text(since.value),
            status=posts.status,
        )
        steps = replace(steps, insert=tuple(replace(term, how=how, **paper) for term in steps.insert))
        with self._store.change(f"任职：{self._divisions.get(division_code).short_name} {person.name}"):
            apply_steps(self._records, steps)
        return (person_id, division_code)

    def same_person(self, name: str, id_number: str | None, birth: str | None) -> list[RosterRow]:
        """People already known who may be the one being entered: those of the number, else of the name and birth.

        Each is shown in the village of the latest post, which may be over, else of the reserve or the course.
        """
        number = read_identity(Cell(id_number), date.max).value
        month = _text(read_month(Cell(birth), date.max).value)
        known = queries.known_people(self._store, (), [str(number)] if number else (), [name], date.max)
        same = [person for person, _ in known if _may_be(person, name, _text(number), month)]
        return [row for person in same for row in self._latest_row(person)]

    def _latest_row(self, person: Person) -> list[RosterRow]:
        terms = queries.terms_of(self._store, person.id)
        if not terms:
            entries = self._records.select(ReserveCadre, person_id=person.id)
            courses = self._records.select(Study, person_id=person.id)
            places = [e.division_code for e in entries] + [c.division_code for c in courses]
            return [make_row(person, (), code, self._divisions.all()) for code in places[:1]]
        latest = terms[0]
        together = tuple(t for t in terms if (t.division_code, t.end) == (latest.division_code, latest.end))
        return [make_row(person, together, latest.division_code, self._divisions.all())]

    def identity_hints(self, id_number: str, today: date) -> dict[str, str]:
        """Sex and birth as an identity number tells them, to be offered; empty for a number that is not right."""
        number = read_identity(Cell(id_number), today).value
        if not isinstance(number, str):
            return {}
        return {"sex": "男" if sex_code(number) == "1" else "女", "birth": show_month(birth_month(number))}

    def end_terms(self, term_ids: Sequence[str], day: date, reason: str, approval: str = "") -> None:
        """End terms of office (离任); ``day`` is the last day served, ``approval`` 批准机关及文号.

        Raises:
            InvalidValueError: one of them began later.
            VanishedRowError: one of them is gone.
        """
        terms = self._records.select(TermOfOffice, id=term_ids)
        if len(terms) < len(set(term_ids)):
            raise VanishedRowError
        for term in terms:
            if term.start is not None and day.isoformat() < term.start:
                words = f"离任日期早于任职时间 {show_month(term.start)}，请核对。"
                raise InvalidValueError({"post_since": words})
        people = self._records.select(Person, id={term.person_id for term in terms})
        ended = {
            "end": day.isoformat(),
            "end_reason": reason.strip() or None,
            "end_approval": approval.strip() or None,
        }
        with self._store.change(f"离任（{day:%Y.%m.%d}）：{'、'.join(person.name for person in people)}"):
            self._records.update_many(TermOfOffice, {term.id: ended for term in terms})

    def remove(self, keys: Sequence[Key]) -> int:
        """Take out lines entered by mistake, with their terms; return how many.

        A person left without any goes too, unless other registers or files know the person.
        """
        removed = 0
        with self._store.change(f"删除录错的 {len(keys)} 行"):
            for person_id, division_code in keys:
                terms = queries.terms_of(self._store, person_id)
                here = [term.id for term in terms if term.division_code == division_code]
                self._records.delete(TermOfOffice, here)
                if len(here) == len(terms) and not is_known_elsewhere(self._store, person_id):
                    self._records.delete(Person, [person_id])
                removed += bool(here)
        return removed

    def _known(self, person_id: str) -> Person:
        people = self._records.select(Person, id=person_id)
        if not people:
            raise VanishedRowError
        return people[0]

    def _read_posts(self, text: str, division_code: str) -> PostsReading:
        return read_posts(text, village=self._divisions.names().stem(division_code))

    def _others_with(self, number: object, person_id: str, today: date) -> str | None:
        """Who else has an identity number, in words."""
        if number is None:
            return None
        known = queries.known_people(self._store, (), [str(number)], (), today)
        return next((person.name for person, _ in known if person.id != person_id), None)


def apply_steps(records: Records, steps: TermSteps) -> None:
    """Write what ``revise_terms`` decided; within the caller's change set."""
    records.insert_many(steps.insert)
    records.update_many(TermOfOffice, steps.update)
    records.delete(TermOfOffice, steps.delete)


def _refusal(reading: PostsReading) -> str | None:
    """Why a cell of posts cannot be written: half of it would be lost, or the person would hold nothing."""
    if reading.problem is None and not reading.posts:
        return "职务不能空着，请填写；不再任职的请用“离任”。"
    return reading.problem


def consequences(person: Person, field: str, value: object, text: str) -> dict[str, object]:
    """What changes in a person with one field: the highest education, the stage on the way into the party."""
    changes: dict[str, object] = {field: value}
    if field in _SPLIT_EDUCATION:
        before = [getattr(person, name) for name in _SPLIT_EDUCATION]
        after = [value if name == field else getattr(person, name) for name in _SPLIT_EDUCATION]
        unsplit = None if person.education == highest_education(*before) else person.education
        changes["education"] = highest_education(*map(_text, after), unsplit) or person.education
    if field == "political_status" and (value != _NOT_IN_PARTY or party_stage(text)):
        changes["party_stage"] = party_stage(text)
    return changes


def _may_be(person: Person, name: str, number: str | None, birth: str | None) -> bool:
    if number and person.id_number:
        return number == person.id_number
    known, length = person.birth, min(len(person.birth or ""), len(birth or ""))
    return person.name == name and (known or "")[:length] == (birth or "")[:length]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
