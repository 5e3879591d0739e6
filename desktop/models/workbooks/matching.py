"""Who the rows of a roster are (人员比对): by row id, identity number, or name and birth within the village."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from desktop.models.domain.codes import highest_education
from desktop.models.domain.fields import MONTH
from desktop.models.domain.ids import new_id
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.term import TermOfOffice
from desktop.models.workbooks.roster_reader import ImportedRow

_PERSON_FIELDS = frozenset(f.name for f in fields(Person) if f.name != "id")
_MONTHS = frozenset(f.name for f in PERSON.fields if f.kind is MONTH)
_SPLIT_EDUCATION = ("education_full_time", "education_in_service")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person the office has, with the terms being served, in every village."""

    person: Person
    terms: tuple[TermOfOffice, ...]


class KnownPeople:
    """The people a file may mean, found by row id, by identity number, by village and name."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._people: dict[str, Person] = {}
        self._terms: dict[str, tuple[TermOfOffice, ...]] = {}
        self._by_number: dict[str, str] = {}
        self._by_place: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for known in people:
            self.put(known.person, (term.division_code for term in known.terms))
            self._terms[known.person.id] = known.terms

    def put(self, person: Person, places: Iterable[str]) -> None:
        """Add a person, or replace what was known of one; ``places`` are the codes of villages."""
        self._people[person.id] = person
        number = person.id_number
        if number and self.holder(number) is None:
            self._by_number[number] = person.id
        for place in places:
            self._by_place[place, person.name][person.id] = None

    def get(self, person_id: str) -> Person:
        """The person with an id."""
        return self._people[person_id]

    def kept(self, person_id: str) -> bool:
        """Whether the office had the person before the file was read."""
        return person_id in self._terms

    def terms(self, person_id: str) -> tuple[TermOfOffice, ...]:
        """The terms a person serves."""
        return self._terms.get(person_id, ())

    def surely(self, values: Mapping[str, object]) -> Person | None:
        """The person a row names by its row id or identity number."""
        return self._people.get(str(values.get("row_id"))) or self.holder(str(values.get("id_number")))

    def holder(self, number: str) -> Person | None:
        """The person whose identity number it is."""
        person = self._people.get(self._by_number.get(number, ""))
        return person if person and person.id_number == number else None

    def namesakes(self, values: Mapping[str, object]) -> list[Person]:
        """The people of the row's village that have its name, in the order they were first known."""
        name = values["name"]
        ids = self._by_place.get((str(values["division_code"]), str(name)), ())
        return [person for person in map(self.get, sorted(ids)) if person.name == name]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file with the person it means."""

    row: ImportedRow
    person_id: str
    before: Mapping[str, object]  # what changes of the person, as it was
    changes: Mapping[str, object]  # and as it will be
    remarks: tuple[str, ...]

    @property
    def place(self) -> tuple[str, str]:
        """Whose terms in which village the row tells."""
        return self.person_id, str(self.row.values["division_code"])


def match_rows(rows: Sequence[ImportedRow], known: KnownPeople) -> dict[int, Line]:
    """The person each applicable row means, by the row's place in the file; rows that tell more choose first."""
    matcher = _Matcher(known)
    numbers = [number for number, row in enumerate(rows) if row.applicable]
    lines = {number: matcher.match(rows[number]) for number in sorted(numbers, key=lambda n: _vague(rows[n]))}
    return {number: lines[number] for number in numbers}


def _vague(row: ImportedRow) -> int:
    if "row_id" in row.values or "id_number" in row.values:
        return 0
    return 1 if "birth" in row.values else 2


class _Matcher:
    """Finds who rows mean, and keeps what the file tells of each person: what is told first stands."""

    def __init__(self, known: KnownPeople) -> None:
        self._known = known
        self._told: dict[str, dict[str, tuple[object, ImportedRow]]] = {}

    def match(self, row: ImportedRow) -> Line:
        """The person a row means, known or new, and what changes of that person."""
        person, remarks = self._find(row)
        if person is None:
            person = Person(id=new_id(), name=str(row.values["name"]))
        told = self._told.setdefault(person.id, {})
        changes = {}
        given = _given(row, person)
        if (other := self._other_holder(given.get("id_number"), person)) is not None:
            del given["id_number"]
            number = self._told[other.id]["name"][1].row
            remarks.append(f"身份证号与第 {number} 行的“{other.name}”相同，没有记下，请核对。")
        for name, value in given.items():
            first, where = told.setdefault(name, (value, row))
            if first != value:
                label = PERSON.field(name).label
                remarks.append(f"{label}与第 {where.row} 行写的不同，按第 {where.row} 行的记。")
            elif getattr(person, name) != value:
                changes[name] = value
        after = replace(person, **changes) if changes else person
        if any(name in given for name in _SPLIT_EDUCATION) and (
            person.education or "education" in row.values
        ):
            after = replace(after, education=_highest(row, person, after))
            changes |= {"education": after.education} if after.education != person.education else {}
        self._known.put(after, (str(row.values["division_code"]),))
        before = {name: getattr(person, name) for name in changes}
        return Line(row, person.id, before, changes, tuple(remarks))

    def _other_holder(self, number: str | None, person: Person) -> Person | None:
        """Another person of the file who has the number."""
        holder = self._known.holder(number) if number else None
        return holder if holder and holder.id != person.id and holder.id in self._told else None

    def _is_told(self, person: Person, name: str, other_than: object) -> bool:
        """Whether a row before told something else of the person."""
        told = self._told.get(person.id, {})
        return name in told and told[name][0] != other_than

    def _find(self, row: ImportedRow) -> tuple[Person | None, list[str]]:
        values = row.values
        sure = self._known.surely(values)
        if sure is not None and "row_id" not in values and self._is_told(sure, "name", values["name"]):
            sure = None  # the number is another's
            values = {name: value for name, value in values.items() if name != "id_number"}
        if sure is not None:
            if sure.name == values["name"]:
                return sure, []
            by = "系统编号" if "row_id" in values else "身份证号"
            return sure, [f"{by}相同，姓名由“{sure.name}”改为“{values['name']}”。"]
        namesakes = self._known.namesakes(values)
        if chosen := self._chosen(namesakes, values):
            agreed = "birth" in values and chosen.birth == values["birth"]
            return chosen, [] if agreed else ["没有身份证号和出生年月可对，按同村同名认作同一人，请核对。"]
        if namesakes:
            return None, [f"本村已有同名的“{values['name']}”，按新人登记，请核对是不是同一人。"]
        return None, []

    def _chosen(self, namesakes: Sequence[Person], values: Mapping[str, object]) -> Person | None:
        """Who of the namesakes a row means: of the same birth, else the only one that it may be."""
        fitting = [person for person in namesakes if _fits(person, values)]
        free = [person for person in fitting if person.id not in self._told]
        for person in (*free, *fitting):
            if person.birth == values.get("birth"):
                return person
        agreeing = [person for person in fitting if person.birth and "birth" in values]
        return next((several[0] for several in (agreeing, free, fitting) if len(several) == 1), None)


def _given(row: ImportedRow, person: Person) -> dict[str, Any]:
    """What a row tells of a person, without what is only less exact than what is known, or follows from others."""
    given = {name: value for name, value in row.values.items() if name in _PERSON_FIELDS}
    for name in _MONTHS & given.keys():
        before = getattr(person, name)
        if before is not None and before.startswith(given[name]):
            given[name] = before  # 1985 where 1985.07 is known
    if any(name in given for name in _SPLIT_EDUCATION):
        given.pop("education", None)
    return given


def _highest(row: ImportedRow, before: Person, after: Person) -> str | None:
    """The highest education of a person of whom a row tells it split; what one column is silent of may be known."""
    split = [getattr(after, name) for name in _SPLIT_EDUCATION]
    taken = all(getattr(after, name) == row.values[name] for name in _SPLIT_EDUCATION if name in row.values)
    told = row.values.get("education") if taken else None
    return highest_education(*split, str(told) if told else None, None if all(split) else before.education)


def _fits(person: Person, values: Mapping[str, object]) -> bool:
    number, birth = values.get("id_number"), values.get("birth")
    if number and person.id_number and number != person.id_number:
        return False
    if birth and person.birth:
        length = min(len(str(birth)), len(person.birth))
        return str(birth)[:length] == person.birth[:length]
    return True
