"""What importing a roster would do (导入核对): new, changed, same, refused — decided before anything is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from desktop.models.domain.fields import Field
from desktop.models.domain.months import show_month
from desktop.models.domain.posts import HeldPost, PartyForm, Post, print_posts
from desktop.models.registers.division import Division
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.roster import ROSTER, RosterRow
from desktop.models.registers.term import TermOfOffice, TermSteps, revise_terms
from desktop.models.workbooks.matching import KnownPeople, Line, match_rows
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
    foreign: int = 0  # rows that are taken though their village belongs to another unit

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


def plan_roster(
    rows: Sequence[ImportedRow], known: KnownPeople, divisions: Mapping[str, Division]
) -> ImportPlan:
    """Decide what each row does; ``known`` learns the file's people, so that a person listed twice is one."""
    lines = match_rows(rows, known)
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


@dataclass(frozen=True, slots=True)
class _Revision:
    """The terms of a person in a village before and after a row's steps."""

    before: tuple[TermOfOffice, ...]
    steps: TermSteps
    after: tuple[TermOfOffice, ...]


def _revised(lines: Mapping[int, Line], known: KnownPeople) -> dict[int, _Revision]:
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


def _planned(
    line: Line,
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
    def posts(terms: tuple[TermOfOffice, ...]) -> str:
        held = [term.held for term in terms]
        words = print_posts(held, PartyForm(division.party_form), community=division.is_community)
        words = words or (Post.PENDING.label if terms else "")
        status = next((term.status for term in terms if term.status), None)
        return f"{words}（{status}）" if status else words

    def since(terms: tuple[TermOfOffice, ...]) -> str:
        return "、".join(dict.fromkeys(show_month(term.start) for term in terms if term.start))

    for name, words in (("posts", posts), ("post_since", since)):
        old, new = words(revision.before), words(revision.after)
        if old != new:
            yield CellChange(name, ROSTER.field(name).label, old, new)
