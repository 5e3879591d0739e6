"""What importing a roster would do (导入核对): new, changed, same, refused — decided before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum

from desktop.models.domain.fields import Field
from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import PartyForm, print_posts
from desktop.models.registers.division import Division
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.roster import ROSTER, RosterRow
from desktop.models.registers.term import TermOfOffice, TermSteps, revise_terms
from desktop.models.workbooks.roster_reader import ImportedRow, party_forms, posts_of


class Outcome(StrEnum):
    """What becomes of an imported row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The word on the tab."""
        return {"new": "新增", "changed": "修改", "same": "未变", "refused": "不导入"}[self.value]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person the office has, with the terms being served, in every village."""

    person: Person
    terms: tuple[TermOfOffice, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One field of one row: what stands and what the file says, both as shown."""

    field: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """An imported row with what applying it does."""

    imported: ImportedRow
    outcome: Outcome
    village: str = ""  # short name
    person: Person | None = None  # as it will be
    changes: tuple[CellChange, ...] = ()
    person_changes: Mapping[str, object] = field(default_factory=dict)
    terms: TermSteps = field(default_factory=TermSteps)
    remarks: tuple[str, ...] = ()  # what the officer should know about the match


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The whole plan: rows in file order, people of the file's villages who are not in it, party forms learnt."""

    rows: tuple[PlannedRow, ...]
    missing: tuple[RosterRow, ...]
    party_forms: Mapping[str, PartyForm]
    seq: int = 0  # the change set the office was at when the plan was made

    @property
    def counts(self) -> Counter[Outcome]:
        """How many rows have each outcome."""
        return Counter(row.outcome for row in self.rows)

    @property
    def doubtful(self) -> tuple[PlannedRow, ...]:
        """Rows with problems, whatever becomes of them."""
        return tuple(row for row in self.rows if row.imported.problems)

    @property
    def writes(self) -> bool:
        """Whether applying changes anything."""
        return bool(self.party_forms) or any(
            row.outcome in (Outcome.NEW, Outcome.CHANGED) for row in self.rows
        )


class KnownPeople:
    """The people a file may mean, found by row id, by identity number, by village and name."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self._by_id: dict[str, KnownPerson] = {}
        self._by_number: dict[str, list[str]] = defaultdict(list)
        self._by_place: dict[tuple[str, str], list[str]] = defaultdict(list)
        for known in people:
            self.put(known)

    def put(self, known: KnownPerson) -> None:
        """Add a person, or replace what was known of one."""
        person = known.person
        self._by_id[person.id] = known
        if person.id_number and person.id not in self._by_number[person.id_number]:
            self._by_number[person.id_number].append(person.id)
        for term in known.terms:
            place = (term.division_code, person.name)
            if person.id not in self._by_place[place]:
                self._by_place[place].append(person.id)

    def match(self, row: ImportedRow) -> tuple[KnownPerson | None, str | None]:
        """The person a row means, and a remark where the match is worth a look."""
        values = row.values
        if (found := self._by_id.get(str(values.get("row_id")))) is not None:
            return found, None
        number = values.get("id_number")
        same_number = [self._by_id[i] for i in self._by_number.get(str(number), ())] if number else []
        if same_number:
            known = same_number[0]
            remark = f"身份证号相同，姓名由“{known.person.name}”改为“{values['name']}”。"
            return known, remark if known.person.name != values["name"] else None
        return self._by_name(values)

    def _by_name(self, values: Mapping[str, object]) -> tuple[KnownPerson | None, str | None]:
        place = (str(values["division_code"]), str(values["name"]))
        people = [self._by_id[i] for i in self._by_place.get(place, ())]
        fitting = [known for known in people if _compatible(known.person, values)]
        if len(fitting) == 1:
            agreed = fitting[0].person.birth is not None and fitting[0].person.birth == values.get("birth")
            return fitting[
                0
            ], None if agreed else "没有身份证号和出生年月可对，按同村同名认作同一人，请核对。"
        exact = [known for known in fitting if known.person.birth == values.get("birth")]
        if len(exact) == 1:
            return exact[0], None
        if people:
            return None, f"本村已有同名的“{values['name']}”，按新人登记，请核对是不是同一人。"
        return None, None


def _compatible(person: Person, values: Mapping[str, object]) -> bool:
    number, birth = values.get("id_number"), values.get("birth")
    if number and person.id_number and number != person.id_number:
        return False
    if birth and person.birth:
        length = min(len(str(birth)), len(person.birth))
        return str(birth)[:length] == person.birth[:length]
    return True


_PERSON_FIELDS = tuple(f.name for f in fields(Person) if f.name != "id")


def plan_roster(
    rows: Sequence[ImportedRow], known: KnownPeople, divisions: Mapping[str, Division]
) -> ImportPlan:
    """Decide what each row does; ``known`` learns the file's people as it goes, so that a person listed twice is one."""
    planned = []
    for row in rows:
        if not row.applicable:
            planned.append(PlannedRow(row, Outcome.REFUSED, _village(row, divisions)))
            continue
        result, now = _plan_row(row, known, divisions)
        known.put(now)
        planned.append(result)
    forms = {
        code: form
        for code, form in party_forms(rows).items()
        if code in divisions and divisions[code].party_form != form
    }
    return ImportPlan(tuple(planned), (), forms)


def _plan_row(
    row: ImportedRow, people: KnownPeople, divisions: Mapping[str, Division]
) -> tuple[PlannedRow, KnownPerson]:
    found, remark = people.match(row)
    remarks = (remark,) if remark else ()
    division = divisions[str(row.values["division_code"])]
    given = {name: row.values[name] for name in _PERSON_FIELDS if name in row.values}
    if found is None:
        person = Person(id=new_id(), **given)  # type: ignore[arg-type]  # read by the fields' own kinds
        steps = revise_terms((), person.id, division.code, posts_of(row), **_about(row))
        result = PlannedRow(row, Outcome.NEW, division.short_name, person, (), {}, steps, remarks)
        return result, KnownPerson(person, steps.insert)
    person_changes = {name: value for name, value in given.items() if getattr(found.person, name) != value}
    person = replace(found.person, **person_changes) if person_changes else found.person  # type: ignore[arg-type]
    here = tuple(term for term in found.terms if term.division_code == division.code)
    steps = revise_terms(here, person.id, division.code, posts_of(row), **_about(row))
    after = _after(found.terms, steps)
    changes = _changes(found.person, person, person_changes)
    changes += _term_changes(here, tuple(t for t in after if t.division_code == division.code), division)
    outcome = Outcome.CHANGED if person_changes or steps else Outcome.SAME
    result = PlannedRow(row, outcome, division.short_name, person, changes, person_changes, steps, remarks)
    return result, KnownPerson(person, after)


def _village(row: ImportedRow, divisions: Mapping[str, Division]) -> str:
    code = row.values.get("division_code")
    return (
        divisions[code].short_name if isinstance(code, str) and code in divisions else row.written("village")
    )


def _about(row: ImportedRow) -> dict[str, str | None]:
    return {"since": _text(row.values.get("post_since")), "status": _text(row.values.get("status"))}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _after(terms: tuple[TermOfOffice, ...], steps: TermSteps) -> tuple[TermOfOffice, ...]:
    changed = (replace(t, **steps.update.get(t.id, {})) for t in terms if t.id not in steps.delete)  # type: ignore[arg-type]
    serving = [term for term in (*changed, *steps.insert) if term.end is None]
    return tuple(sorted(serving, key=lambda term: term.post))


def _changes(before: Person, after: Person, changed: Iterable[str]) -> tuple[CellChange, ...]:
    return tuple(_change(PERSON.field(name), getattr(before, name), getattr(after, name)) for name in changed)


def _change(declared: Field, old: object, new: object) -> CellChange:
    return CellChange(declared.name, declared.label, declared.kind.show(old), declared.kind.show(new))


def _term_changes(
    before: tuple[TermOfOffice, ...], after: tuple[TermOfOffice, ...], division: Division
) -> tuple[CellChange, ...]:
    def words(terms: tuple[TermOfOffice, ...]) -> str:
        held = [term.held for term in terms]
        return print_posts(held, PartyForm(division.party_form), community=division.is_community)

    def since(terms: tuple[TermOfOffice, ...]) -> str | None:
        return next((term.start for term in terms if term.start), None)

    changes = []
    if words(before) != words(after):
        changes.append(CellChange("posts", ROSTER.field("posts").label, words(before), words(after)))
    if since(before) != since(after):
        changes.append(_change(ROSTER.field("post_since"), since(before), since(after)))
    return tuple(changes)
