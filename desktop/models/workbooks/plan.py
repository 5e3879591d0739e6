"""What importing a roster would do (导入核对): new, changed, same, refused — decided before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from desktop.models.domain.codes import highest_education
from desktop.models.domain.fields import MONTH, Field
from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import HeldPost, PartyForm, print_posts
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
    person: Person | None = None  # as it will be when all rows are applied
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


_PERSON_FIELDS = frozenset(f.name for f in fields(Person) if f.name != "id")
_MONTHS = frozenset(f.name for f in PERSON.fields if f.kind is MONTH)
_SPLIT_EDUCATION = ("education_full_time", "education_in_service")


def plan_roster(
    rows: Sequence[ImportedRow], known: KnownPeople, divisions: Mapping[str, Division]
) -> ImportPlan:
    """Decide what each row does; ``known`` learns the file's people, so that a person listed twice is one."""
    lines = _matched(rows, known)
    terms = _revised(lines, known)
    met: set[str] = set()
    planned = []
    for number, row in enumerate(rows):
        if number not in lines:
            planned.append(PlannedRow(row, Outcome.REFUSED, _village(row, divisions)))
            continue
        line = lines[number]
        is_new = not known.kept(line.person_id) and line.person_id not in met
        met.add(line.person_id)
        planned.append(_planned(line, terms[number], known, divisions, is_new=is_new))
    forms = {
        code: form
        for code, form in party_forms(rows).items()
        if code in divisions and divisions[code].party_form != form
    }
    return ImportPlan(tuple(planned), (), forms)


# who each row means


@dataclass(frozen=True, slots=True)
class _Line:
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


def _matched(rows: Sequence[ImportedRow], known: KnownPeople) -> dict[int, _Line]:
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

    def match(self, row: ImportedRow) -> _Line:
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
        if any(name in given for name in _SPLIT_EDUCATION):
            after = replace(after, education=_highest(row, person, after))
            changes |= {"education": after.education} if after.education != person.education else {}
        self._known.put(after, (str(row.values["division_code"]),))
        before = {name: getattr(person, name) for name in changes}
        return _Line(row, person.id, before, changes, tuple(remarks))

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


# what becomes of the posts


@dataclass(frozen=True, slots=True)
class _Revision:
    """The terms of a person in a village before and after a row's steps."""

    before: tuple[TermOfOffice, ...]
    steps: TermSteps
    after: tuple[TermOfOffice, ...]


def _revised(lines: Mapping[int, _Line], known: KnownPeople) -> dict[int, _Revision]:
    """What each row does to terms; the rows of one person in one village share the posts out among them."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, line in lines.items():
        places[line.place].append(number)
    revisions = {}
    for (person_id, code), numbers in places.items():
        terms = tuple(term for term in known.terms(person_id) if term.division_code == code)
        rows = [lines[number].row for number in numbers]
        shares = _shares(rows, terms)
        keeping = [held for share in shares for held in share]
        if any(_is_partial(row) for row in rows):
            keeping += [term.held for term in terms]
        for place, (number, row, share) in enumerate(zip(numbers, rows, shares, strict=True)):
            steps = TermSteps()
            if share or (place == 0 and not any(shares)):
                steps = revise_terms(terms, person_id, code, share, keeping=keeping, **_about(row))
            after = _after(terms, steps)
            revisions[number] = _Revision(terms, steps, after)
            terms = after
    return revisions


def _shares(rows: Sequence[ImportedRow], terms: Sequence[TermOfOffice]) -> list[list[HeldPost]]:
    """The posts each row of one person decides about: those no row before it tells; known titles stay."""
    titles = {term.held.kind: term.title for term in terms}
    told: set[object] = set()
    shares = []
    for row in rows:
        fresh = [held for held in posts_of(row) if held.kind not in told]
        told |= {held.kind for held in fresh}
        shares.append([HeldPost(held.post, held.title or titles.get(held.kind)) for held in fresh])
    return shares


def _is_partial(row: ImportedRow) -> bool:
    """Whether some words of the row's posts were not read."""
    return any(problem.field == "posts" for problem in row.problems)


def _about(row: ImportedRow) -> dict[str, str | None]:
    values = row.values
    since, status = values.get("post_since"), values.get("status")
    return {"since": str(since) if since else None, "status": str(status) if status else None}


def _after(terms: tuple[TermOfOffice, ...], steps: TermSteps) -> tuple[TermOfOffice, ...]:
    changed = (replace(t, **steps.update.get(t.id, {})) for t in terms if t.id not in steps.delete)  # type: ignore[arg-type]  # the term's own fields
    serving = [term for term in (*changed, *steps.insert) if term.end is None]
    return tuple(sorted(serving, key=lambda term: term.post))


# how it is shown


def _planned(
    line: _Line,
    revision: _Revision,
    known: KnownPeople,
    divisions: Mapping[str, Division],
    *,
    is_new: bool,
) -> PlannedRow:
    division = divisions[line.place[1]]
    about = PlannedRow(
        line.row,
        Outcome.NEW,
        division.short_name,
        known.get(line.person_id),
        terms=revision.steps,
        remarks=line.remarks,
    )
    if is_new:
        return about
    if not line.changes and not revision.steps:
        return replace(about, outcome=Outcome.SAME)
    cells = [_change(PERSON.field(name), line.before[name], new) for name, new in line.changes.items()]
    cells += _term_changes(revision, division)
    return replace(about, outcome=Outcome.CHANGED, changes=tuple(cells), person_changes=line.changes)


def _village(row: ImportedRow, divisions: Mapping[str, Division]) -> str:
    code = row.values.get("division_code")
    known = isinstance(code, str) and code in divisions
    return divisions[str(code)].short_name if known else row.written("village")


def _change(declared: Field, old: object, new: object) -> CellChange:
    return CellChange(declared.name, declared.label, declared.kind.show(old), declared.kind.show(new))


def _term_changes(revision: _Revision, division: Division) -> Iterator[CellChange]:
    def words(terms: tuple[TermOfOffice, ...]) -> str:
        held = [term.held for term in terms]
        return print_posts(held, PartyForm(division.party_form), community=division.is_community)

    def since(terms: tuple[TermOfOffice, ...]) -> str | None:
        return next((term.start for term in terms if term.start), None)

    before, after = revision.before, revision.after
    if words(before) != words(after):
        yield _change(ROSTER.field("posts"), words(before), words(after))
    if since(before) != since(after):
        yield _change(ROSTER.field("post_since"), since(before), since(after))
