"""The person meant by what was typed or imported (同一人): somebody known already, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.database import roster as queries
from desktop.models.database.people import people_of
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.domain.reading import Cell
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.roster import contradictions
from desktop.models.services.roster import consequences
from desktop.models.services.roster_lists import of_a_record

_FIELDS = {declared.name: declared for declared in PERSON.fields}


Typed = Mapping[str, str | Cell]  # by field, as somebody typed it or a workbook has it


def as_cell(typed: str | Cell) -> Cell:
    """What was typed as a cell."""
    return typed if isinstance(typed, Cell) else Cell(typed)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed of a person: texts and stored values by PERSON field, and what is wrong with them."""

    texts: Mapping[str, str]
    values: Mapping[str, object]
    problems: Mapping[str, str]

    @property
    def changes(self) -> Mapping[str, object]:
        """Every value with what follows from it (the highest education, the stage on the way into the party)."""
        return self._on(Person(id="", name=str(self.values.get("name", ""))))

    def blanks(self, person: Person) -> dict[str, object]:
        """What the entry adds to a person: fields that are empty still."""
        return {name: value for name, value in self._on(person).items() if getattr(person, name) is None}

    def differences(self, person: Person) -> dict[str, object]:
        """What the entry says otherwise of a person."""
        return {name: value for name, value in self._on(person).items() if getattr(person, name) != value}

    def _on(self, person: Person) -> dict[str, object]:
        changes: dict[str, object] = {}
        for name in (name for name in _FIELDS if name in self.values):
            found = consequences(person, name, self.values[name], self.texts[name])
            changes |= found
            person = replace(person, **found)  # type: ignore[arg-type]  # read by the fields' own kinds
        return changes


def read_person(typed: Typed, today: date) -> Entry:
    """Read what was typed by PERSON field; other names are passed over."""
    cells = {name: as_cell(text) for name, text in typed.items() if name in _FIELDS}
    readings = {name: _FIELDS[name].kind.read(cell, today) for name, cell in cells.items()}
    values = {name: reading.value for name, reading in readings.items() if reading.value is not None}
    problems = {
        name: reading.problem
        for name, reading in readings.items()
        if reading.problem is not None and reading.value is None
    }
    problems |= {found.field: of_a_record(found.message) for found in contradictions(values) if found.drop}
    return Entry({name: cell.text for name, cell in cells.items()}, values, problems)


def find_person(store: Store, values: Mapping[str, object]) -> Person | None:
    """Who is known by the identity number, else the only one of the same name and birth whose number may be it."""
    number, name, birth = (values.get(field) for field in ("id_number", "name", "birth"))
    known = queries.known_people(store, (), _some(number), _some(name if birth else None), date.max)
    people = [person for person, _ in known]
    if number and (same := [person for person in people if person.id_number == number]):
        return same[0]
    alike = [p for p in people if (p.name, p.birth) == (name, birth) and not (number and p.id_number)]
    return alike[0] if len(alike) == 1 else None


def find_namesake(store: Store, values: Mapping[str, object], division_code: str, on: date) -> Person | None:
    """The only one of this name who serves or is in reserve in a village, and whom nothing typed contradicts."""
    number, birth = values.get("id_number"), values.get("birth")
    people = [
        person
        for person in people_of(store, str(values.get("name")), division_code, on)
        if not (number and person.id_number) and not (birth and person.birth)
    ]
    return people[0] if len(people) == 1 else None


def _some(value: object) -> tuple[str, ...]:
    return (str(value),) if value else ()


def enter_person(records: Records, entry: Entry, known: Person | None) -> str:
    """Write a new person, or what is new of a known one, within the open change set; return the id."""
    if known is not None:
        records.update(Person, known.id, **entry.blanks(known))
        return known.id
    person = Person(id=new_id(), **entry.changes)  # type: ignore[arg-type]  # read by the fields' own kinds
    records.insert_many([person])
    return person.id
