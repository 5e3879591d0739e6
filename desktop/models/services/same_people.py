"""The same person entered twice (同一人): found, set side by side, merged into one, or told apart for good."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from typing import Any

from desktop.models.database import people as queries
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.fields import Field
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.registers.activity import SECRETARY, Attendance
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.mentoring import ManagedSecretary, Mentoring
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.person_file import DOCUMENT, PHOTO, Attachment
from desktop.models.registers.person_pair import DIFFERENT, MERGED, PersonPair
from desktop.models.registers.reserve import Appraisal, ReserveCadre
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.roster import VanishedRowError

_REFERENCES = ("person_id", "relative_id")
_BEGINS: Mapping[type[Any], str] = {ReserveCadre: "entered", ManagedSecretary: "since"}  # others: start
_NAMES = {register.record: register.name for register in REGISTERS}


class OnePersonError(DesktopError):
    """Somebody cannot be merged with himself."""

    def __init__(self) -> None:
        super().__init__("选的是同一条记录，请选两条不同的记录合并。")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one person, and why, in words."""

    first: Person
    second: Person
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One field of two entries side by side, as shown; ``differs``: somebody has to choose."""

    field: Field
    keep: str
    other: str
    differs: bool


class SamePeopleService:
    """Every method that writes is one change set."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records = Records(store)

    def pairs(self, person_id: str | None = None) -> list[Pair]:
        """Entries that may be one person: the same identity number, or the same name and birth without two numbers.

        Those found to be different people are left out. ``person_id``: only that one's.
        """
        ids = queries.same_people(self._store, person_id)
        people = {p.id: p for p in self._records.select(Person, id={one for pair in ids for one in pair})}
        return [Pair(people[one], people[other], _why(people[one], people[other])) for one, other in ids]

    def tell_apart(self, one_id: str, other_id: str) -> None:
        """Remember that two entries are different people (不是同一人)."""
        one, other = self._both(one_id, other_id)
        with self._store.change(f"认定不是同一人：{one.name}、{other.name}"):
            self._records.insert_many(
                [PersonPair(id=new_id(), person_id=one_id, other_id=other_id, verdict=DIFFERENT)]
            )

    def side_by_side(self, keep_id: str, other_id: str) -> list[Choice]:
        """The fields that one of two entries has, in the order of the register."""
        keep, other = self._both(keep_id, other_id)
        pairs = [(field, getattr(keep, field.name), getattr(other, field.name)) for field in PERSON.fields]
        return [
            Choice(field, field.kind.show(one), field.kind.show(two), None not in (one, two) and one != two)
            for field, one, two in pairs
            if (one, two) != (None, None)
        ]

    def merge(self, keep_id: str, other_id: str, choices: Mapping[str, str] | None = None) -> None:
        """Make two entries one: ``keep_id`` stays, with every post, register line, file and the history of both.

        ``choices``: field → ``keep`` or ``other``; where nothing is chosen, what is kept stays and gaps are filled.
        The same post on both, or the same reserve, becomes one.

        Raises:
            OnePersonError, VanishedRowError: there are not two.
        """
        keep, other = self._both(keep_id, other_id)
        with self._store.change(f"合并同一人：{keep.name}"):
            self._move_files(keep_id, other_id)
            self._join(TermOfOffice, keep_id, _same_post)
            self._join(ReserveCadre, keep_id, _same_reserve)
            self._join(ManagedSecretary, keep_id, _same_management)
            self._join(Mentoring, keep_id, _same_pair)
            self._join(Attendance, keep_id, lambda each: each.activity_id)
            pair = PersonPair(id=new_id(), person_id=keep_id, other_id=other_id, verdict=MERGED)
            self._records.insert_many([pair])
            self._records.delete(Person, [other_id])
            self._records.update(Person, keep_id, **_chosen(keep, other, choices or {}))

    def _both(self, one_id: str, other_id: str) -> tuple[Person, Person]:
        if one_id == other_id:
            raise OnePersonError
        people = {person.id: person for person in self._records.select(Person, id=[one_id, other_id])}
        if len(people) < 2:
            raise VanishedRowError
        return people[one_id], people[other_id]

    def _move_files(self, keep_id: str, other_id: str) -> None:
        """Whatever refers to the other entry refers to the one that is kept."""
        for register in REGISTERS:
            columns = {each.name for each in dataclass_fields(register.record)}
            for column in (
                name for name in _REFERENCES if name in columns and register.record is not PersonPair
            ):
                rows: list[Any] = self._records.select(register.record, **{column: other_id})
                self._records.update_many(register.record, {row.id: {column: keep_id} for row in rows})
        self._move_attachments(keep_id, other_id)

    def _move_attachments(self, keep_id: str, other_id: str) -> None:
        has_photo = bool(self._attachments(keep_id, purpose=PHOTO))
        changes: dict[str, dict[str, object]] = {}
        for each in self._attachments(other_id):
            second = has_photo and each.purpose == PHOTO
            changes[each.id] = {"owner_id": keep_id, "purpose": DOCUMENT if second else each.purpose}
        self._records.update_many(Attachment, changes)

    def _attachments(self, person_id: str, **where: object) -> list[Attachment]:
        return self._records.select(Attachment, owner=PERSON.name, owner_id=person_id, **where)

    def _join(self, record_type: type[Any], person_id: str, sameness: Callable[[Any], object | None]) -> None:
        """Records that say the same become the earliest of them; what it does not know is taken from the others."""
        alike: dict[object, list[Any]] = defaultdict(list)
        for record in self._records.select(record_type, person_id=person_id):
            if (mark := sameness(record)) is not None:
                alike[mark].append(record)
        for some in alike.values():
            first, *others = sorted(some, key=_since)
            gone = [record.id for record in others]
            self._records.update(record_type, first.id, **_gaps(first, others))
            if record_type is ReserveCadre:
                self._move_appraisals(first.id, gone)
            files = self._records.select(Attachment, owner=_NAMES[record_type], owner_id=gone)
            self._records.update_many(Attachment, {each.id: {"owner_id": first.id} for each in files})
            self._records.delete(record_type, gone)

    def _move_appraisals(self, first_id: str, other_ids: list[str]) -> None:
        years = {each.year for each in self._records.select(Appraisal, reserve_id=first_id)}
        moving = self._records.select(Appraisal, reserve_id=other_ids)
        twice = [each.id for each in moving if each.year in years]
        self._records.delete(Appraisal, twice)
        changes = {each.id: {"reserve_id": first_id} for each in moving if each.id not in twice}
        self._records.update_many(Appraisal, changes)


def _since(record: Any) -> tuple[bool, str]:
    """When a record began; of an attendance: whether it does not count, so that the one that counts is kept."""
    if isinstance(record, Attendance):
        return ((record.role, record.present) != (SECRETARY, "1"), record.id)
    since = getattr(record, _BEGINS.get(type(record), "start"))
    return (since is None, since or "")


def _same_post(term: TermOfOffice) -> object:
    """One post in one village: while it is held, whatever its start; one that is over, with its dates."""
    post = (term.division_code, term.post, term.title)
    return post if term.end is None else (*post, term.start, term.end)


def _same_management(managed: ManagedSecretary) -> object | None:
    return managed.division_code if managed.until is None else None


def _same_pair(pair: Mentoring) -> object | None:
    return (pair.division_code, pair.mentor) if pair.end is None else None


def _same_reserve(entry: ReserveCadre) -> object | None:
    return entry.division_code if entry.left is None else None


def _gaps(first: Any, others: Iterable[Any]) -> dict[str, object]:
    """What is empty in a record and known in one of the others."""
    return {
        each.name: value
        for each in dataclass_fields(first)
        if getattr(first, each.name) is None
        and (value := next((v for o in others if (v := getattr(o, each.name)) is not None), None)) is not None
    }


def _chosen(keep: Person, other: Person, choices: Mapping[str, str]) -> dict[str, object]:
    fields = [each.name for each in dataclass_fields(Person) if each.name != "id"]
    return {
        name: getattr(other, name)
        for name in fields
        if choices.get(name) == "other" or (name not in choices and getattr(keep, name) is None)
    }


def _why(one: Person, other: Person) -> str:
    if one.id_number is not None and one.id_number == other.id_number:
        return "身份证号相同"
    return "姓名和出生年月相同"
