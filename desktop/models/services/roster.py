"""The roster as people work with it (名册): lists, search, editing in place, adding, ending posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.models.database import roster as queries
from desktop.models.database.records import Records
from desktop.models.database.roster import Key
from desktop.models.database.store import Store
from desktop.models.domain.codes import highest_education
from desktop.models.domain.identity import birth_month, read_identity, sex_code
from desktop.models.domain.ids import new_id
from desktop.models.domain.months import show_month
from desktop.models.domain.posts import PartyForm, Post, PostsReading, post_wording, read_posts
from desktop.models.domain.reading import Cell, Reading
from desktop.models.errors import DesktopError
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.roster import (
    CHIPS,
    ESSENTIAL,
    ROSTER,
    RosterQuery,
    RosterRow,
    contradictions,
    value_of,
)
from desktop.models.registers.term import TermOfOffice, TermSteps, revise_terms
from desktop.models.services.disclosures import disclose
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.workbooks.tables import ROW_ID_HEADING
from desktop.models.workbooks.writer import ColumnOut, SheetOut, write_table

_PERSON_FIELDS = frozenset(field.name for field in PERSON.fields)
_ROW_ID = ColumnOut(label=ROW_ID_HEADING, width=4, hidden=True)


class InvalidValueError(DesktopError):
    """What was typed cannot be kept."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)  # field → words
        labels = (f"{ROSTER.field(name).label}：{words}" for name, words in self.problems.items())
        super().__init__("\n".join(labels))


class VanishedRowError(DesktopError):
    """The row was ended or removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("这一行已经不在名册里（可能刚被撤销或离任），请刷新后再改。")


@dataclass(frozen=True, slots=True)
class UnitCount:
    """A division of the tree with the people serving in it and below."""

    division: Division
    people: int
    depth: int


@dataclass(frozen=True, slots=True)
class TermLine:
    """One line of a person's time line."""

    term: TermOfOffice
    village: str
    wording: str


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell of a paste that could not be taken."""

    key: Key
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What became of many edits at once: how many cells were written, which not and why."""

    applied: int
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class RosterSummary:
    """Figures of the whole office on a day."""

    people: int  # lines of the roster
    villages: int  # with somebody serving
    secretaries: int
    incomplete: int


class RosterService:
    """One method, one action; every writing one is one change set."""

    def __init__(self, store: Store, divisions: DivisionsService, unit: str) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._unit = unit

    # lists

    def units(self, on: date) -> tuple[UnitCount, ...]:
        """The tree: the office's divisions in the local order, and others that have people."""
        counts = queries.counts_by_division(self._store, on)
        own = {division.code for division in self._divisions.under(self._unit)}
        totals = dict(counts)
        tree = self._divisions.tree()
        for division, _ in reversed(tree):
            if division.parent is not None:
                totals[division.parent] = totals.get(division.parent, 0) + totals.get(division.code, 0)
        shown = [(d, depth) for d, depth in tree if (d.code in own and d.active) or totals.get(d.code)]
        root = min(
            (depth for d, depth in shown if d.kind != DivisionKind.CITY or d.code == self._unit), default=0
        )
        return tuple(UnitCount(d, totals.get(d.code, 0), depth - root) for d, depth in shown if depth >= root)

    def keys(self, query: RosterQuery) -> list[Key]:
        """The keys of a query's lines, in its order."""
        return queries.roster_keys(self._store, self._stored(query))

    def rows(self, keys: Sequence[Key], on: date) -> list[RosterRow]:
        """The lines of some keys, in the order asked; a vanished one is left out."""
        found = queries.people_and_terms(self._store, keys, on)
        return [self._row(*found[key], key[1]) for key in keys if key in found]

    def facet(self, field: str, query: RosterQuery) -> list[tuple[str, int]]:
        """The values of a column as shown, with counts, apart from its own filter; “” for empty."""
        counts: dict[str, int] = {}
        for value, number in queries.facet(self._store, field, self._stored(query)):
            shown = self._show_value(field, value)
            counts[shown] = counts.get(shown, 0) + number
        return list(counts.items())

    def chips(self, query: RosterQuery) -> dict[str, int]:
        """How many lines each chip would show."""
        stored = replace(self._stored(query), sort=None)
        return {chip: queries.roster_count(self._store, replace(stored, chip=chip)) for chip in CHIPS}

    def summary(self, on: date) -> RosterSummary:
        """The office's figures on a day."""
        counts = self.chips(RosterQuery(on=on))
        villages = len(queries.counts_by_division(self._store, on))
        return RosterSummary(counts["all"], villages, counts["secretaries"], counts["incomplete"])

    def terms(self, person_id: str) -> list[TermLine]:
        """A person's posts, past ones too, the newest first."""
        return [self._term_line(term) for term in queries.terms_of(self._store, person_id)]

    def problems(self, row: RosterRow, today: date) -> dict[str, str]:
        """What is missing or does not agree in a line, by field."""
        found = {
            name: f"还没有填{ROSTER.field(name).label}。" for name in ESSENTIAL if value_of(row, name) is None
        }
        if row.post_since is None:
            found["post_since"] = "还没有填任现职时间。"
        if any(term.post == Post.PENDING for term in row.terms):
            found["posts"] = "职务还没有核实，请填写。"
        values = {field.name: value_of(row, field.name) for field in ROSTER.fields}
        for contradiction in contradictions(values):
            found[contradiction.field] = contradiction.message.replace("，已按表格记下", "").replace(
                "，已照表格记下", ""
            )
        return found

    # editing

    def read_cell(self, key: Key, field: str, text: str, today: date) -> Reading:
        """Check what is being typed; nothing is written."""
        if field == "posts":
            reading = self._read_posts(text, key[1])
            return Reading(reading.posts or None, reading.problem)
        return ROSTER.field(field).kind.read(Cell(text), today)

    def set_cell(self, key: Key, field: str, text: str, today: date) -> Reading:
        """Write one cell; a doubtful value that can be kept is kept and pointed out.

        Raises:
            InvalidValueError: it cannot be kept.
            VanishedRowError: the line is gone.
        """
        reading = self.read_cell(key, field, text, today)
        if reading.problem is not None and reading.value is None:
            raise InvalidValueError({field: reading.problem})
        row = self._one(key, today)
        with self._store.change(f"修改{ROSTER.field(field).label}：{row.person.name}"):
            self._write(row, field, reading.value, text)
        return reading

    def set_cells(self, edits: Sequence[tuple[Key, str, str]], today: date, why: str) -> EditOutcome:
        """Write many cells as one action: good ones are applied, bad ones listed."""
        problems: list[CellProblem] = []
        applied = 0
        with self._store.change(why):
            for key, field, text in edits:
                reading = self.read_cell(key, field, text, today)
                rows = self.rows([key], today)
                if not rows or not ROSTER.field(field).editable:
                    problems.append(CellProblem(key, field, "这一格不能改。"))
                elif reading.problem is not None and reading.value is None:
                    problems.append(CellProblem(key, field, reading.problem))
                else:
                    self._write(rows[0], field, reading.value, text)
                    applied += 1
        return EditOutcome(applied, tuple(problems))

    def _write(self, row: RosterRow, field: str, value: object, text: str) -> None:
        if field == "posts":
            reading = self._read_posts(text, row.division.code)
            if reading.posts:
                steps = revise_terms(
                    row.terms, row.person.id, row.division.code, reading.posts, status=reading.status
                )
                apply_steps(self._records, steps)
        elif field == "post_since":
            for term in row.terms:
                if term.start in (None, row.post_since):
                    self._records.update(TermOfOffice, term.id, start=value)
        elif field == "name" and value is None:
            raise InvalidValueError({"name": "姓名不能空着。"})
        elif field in _PERSON_FIELDS:
            self._records.update(Person, row.person.id, **_with_highest(row.person, field, value))

    # people coming and going

    def add(self, division_code: str, values: Mapping[str, str], today: date) -> Key:
        """Add a person to a village with what was typed, by ROSTER field; 姓名 and 职务 are needed.

        Raises:
            InvalidValueError: with every problem at once.
        """
        read, problems = self._read_form(division_code, values, today)
        if problems:
            raise InvalidValueError(problems)
        person = Person(id=new_id(), **{k: v for k, v in read.items() if k in _PERSON_FIELDS})  # type: ignore[arg-type]
        person = replace(
            person,
            education=highest_education(
                person.education, person.education_full_time, person.education_in_service
            ),
        )
        return self._appoint(person, division_code, values.get("posts", ""), read.get("post_since"), new=True)

    def _read_form(
        self, division_code: str, values: Mapping[str, str], today: date
    ) -> tuple[dict[str, object], dict[str, str]]:
        read: dict[str, object] = {}
        problems: dict[str, str] = {}
        for name, text in values.items():
            reading = self.read_cell(("", division_code), name, text, today)
            if reading.value is not None:
                read[name] = reading.value
            elif reading.problem is not None:
                problems[name] = reading.problem
        problems |= {
            name: "请填写。" for name in ("name", "posts") if name not in read and name not in problems
        }
        for contradiction in contradictions(read):
            if contradiction.drop:
                problems[contradiction.field] = contradiction.message
        return read, problems

    def appoint(
        self,
        person_id: str,
        division_code: str,
        posts_text: str,
        start: str,
        today: date,
        how: str | None = None,
    ) -> Key:
        """Give a person who is known already a post in a village."""
        person = self._records.get(Person, person_id)
        since = ROSTER.field("post_since").kind.read(Cell(start), today)
        if since.problem is not None and since.value is None:
            raise InvalidValueError({"post_since": since.problem})
        return self._appoint(person, division_code, posts_text, since.value, new=False, how=how)

    def _appoint(
        self,
        person: Person,
        division_code: str,
        posts_text: str,
        since: object,
        *,
        new: bool,
        how: str | None = None,
    ) -> Key:
        reading = self._read_posts(posts_text, division_code)
        if reading.problem is not None or not reading.posts:
            raise InvalidValueError({"posts": reading.problem or "请填写。"})
        start = None if since is None else str(since)
        steps = revise_terms((), person.id, division_code, reading.posts, since=start, status=reading.status)
        terms = [replace(term, how=how) for term in steps.insert]
        village = self._divisions.get(division_code).short_name
        with self._store.change(f"{'新增人员' if new else '任职'}：{village} {person.name}"):
            if new:
                self._records.insert_many([person])
            self._records.insert_many(terms)
        return (person.id, division_code)

    def same_person(self, name: str, id_number: str | None, birth: str | None) -> list[RosterRow]:
        """People already known who may be the one being entered: the same number, or the same name and birth."""
        day = date.max
        number = read_identity(Cell(id_number or ""), date.max).value
        found = queries.known_people(
            self._store, (), [str(number)] if number else (), [name] if name else (), day
        )
        month = (birth or "").replace(".", "-")
        rows = []
        for person, terms in found:
            agrees = (
                person.id_number == number
                if number and person.id_number
                else person.birth in (None, month or None)
            )
            if agrees and (month == "" or person.birth in (None, month) or person.id_number == number):
                rows += [self._row(person, (term,), term.division_code) for term in terms[:1]]
        return rows

    def identity_hints(self, id_number: str, today: date) -> dict[str, str]:
        """Sex and birth as an identity number tells them, to be offered; empty for a number that is not right."""
        number = read_identity(Cell(id_number), today).value
        if not isinstance(number, str):
            return {}
        return {"sex": "男" if sex_code(number) == "1" else "女", "birth": show_month(birth_month(number))}

    def end_terms(self, term_ids: Sequence[str], day: date, reason: str) -> None:
        """End terms of office (离任); ``day`` is the last day served."""
        terms = [self._records.get(TermOfOffice, term_id) for term_id in term_ids]
        for term in terms:
            if term.start is not None and day.isoformat() < term.start:
                raise InvalidValueError(
                    {"post_since": f"离任日期早于任职时间 {show_month(term.start)}，请核对。"}
                )
        names = {self._records.get(Person, term.person_id).name for term in terms}
        with self._store.change(f"离任（{day:%Y.%m.%d}）：{'、'.join(sorted(names))}"):
            for term in terms:
                self._records.update(
                    TermOfOffice, term.id, end=day.isoformat(), end_reason=reason.strip() or None
                )

    def remove(self, keys: Sequence[Key]) -> int:
        """Take out lines that were entered by mistake, with their terms; a person without any term left goes too."""
        with self._store.change(f"删除录错的 {len(keys)} 行"):
            for person_id, division_code in keys:
                terms = queries.terms_of(self._store, person_id)
                here = [term for term in terms if term.division_code == division_code]
                self._records.delete(TermOfOffice, [term.id for term in here])
                if len(here) == len(terms):
                    self._records.delete(Person, [person_id])
        return len(keys)

    def export(
        self,
        path: Path,
        query: RosterQuery,
        fields: Sequence[str],
        *,
        full_ids: bool = False,
        reason: str | None = None,
    ) -> int:
        """Write the lines of a query to a workbook with a hidden row id, masked unless a reason is given; return how many."""
        keys = self.keys(query)
        rows = self.rows(keys, query.on)
        if full_ids:
            disclose(self._store, f"导出花名册 {path.name}", reason, len(rows))
        columns = [ColumnOut(label=ROSTER.field(name).label, width=_width(name)) for name in fields]
        lines = [(row.person.id, *(shown(row, name, full=full_ids) for name in fields)) for row in rows]
        sheet = SheetOut(name="花名册", columns=(_ROW_ID, *columns), rows=tuple(lines))
        with written_whole(path) as file:
            write_table(file, [sheet])
        return len(rows)

    def record_disclosure(self, where: str, reason: str | None, people: int) -> None:
        """Put on record that unmasked numbers of ``people`` people are about to be shown.

        Raises:
            ReasonNeededError: there is no reason.
        """
        disclose(self._store, where, reason, people)

    # small parts

    def _one(self, key: Key, day: date) -> RosterRow:
        rows = self.rows([key], day)
        if not rows:
            raise VanishedRowError
        return rows[0]

    def _row(self, person: Person, terms: tuple[TermOfOffice, ...], division_code: str) -> RosterRow:
        division = self._divisions.get(division_code)
        above = self._divisions.all().get(division.parent or "")
        return RosterRow(person=person, division=division, township=above.name if above else "", terms=terms)

    def _read_posts(self, text: str, division_code: str) -> PostsReading:
        names = self._divisions.names()
        return read_posts(text, village=names.stem(division_code))

    def _term_line(self, term: TermOfOffice) -> TermLine:
        division = self._divisions.get(term.division_code)
        form = PartyForm(division.party_form)
        return TermLine(
            term, division.short_name, post_wording(term.held, form, community=division.is_community)
        )

    def _show_value(self, field: str, value: object) -> str:
        if field == "village":
            return self._divisions.get(str(value)).short_name
        if field == "posts":
            return Post(str(value)).label
        return ROSTER.field(field).kind.show(value)

    def _stored(self, query: RosterQuery) -> RosterQuery:
        """Villages in filters are chosen by name and stored by code."""
        filters = []
        for field, shown_values in query.filters:
            if field == "village":
                codes = (d.code for d in self._divisions.all().values() if d.short_name in shown_values)
                filters.append((field, frozenset(codes)))
            else:
                filters.append((field, shown_values))
        return replace(query, filters=tuple(filters))


def shown(row: RosterRow, field: str, *, full: bool) -> str:
    """A field of a line as text, masked unless ``full``."""
    kind = ROSTER.field(field).kind
    value = value_of(row, field)
    return kind.show(value) if full else kind.mask(value)


def apply_steps(records: Records, steps: TermSteps) -> None:
    """Write what ``revise_terms`` decided; within the caller's change set."""
    records.insert_many(steps.insert)
    records.update_many(TermOfOffice, steps.update)
    records.delete(TermOfOffice, steps.delete)


def _with_highest(person: Person, field: str, value: object) -> dict[str, object]:
    changes: dict[str, object] = {field: value}
    if field in ("education_full_time", "education_in_service"):
        after = replace(person, **{field: value})  # type: ignore[arg-type]  # read by the field's kind
        highest = highest_education(after.education_full_time, after.education_in_service)
        changes["education"] = highest or person.education
    return changes


def _width(field: str) -> int:
    return max(8, round(ROSTER.field(field).width_mm * 0.6))
