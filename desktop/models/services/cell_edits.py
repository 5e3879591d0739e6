"""Cells written in place and rows pasted, in the roster and in any simple register: one action, one change set."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from desktop.models.domain.fields import Register
from desktop.models.domain.reading import Reading
from desktop.models.errors import DesktopError
from desktop.models.registers.person import Person
from desktop.models.registers.roster import ROSTER
from desktop.models.services.lists import Key, Lists, Row
from desktop.models.services.stale_forms import typed_anew


class InvalidValueError(DesktopError):
    """What was typed cannot be kept."""

    def __init__(self, problems: Mapping[str, str], register: Register = ROSTER) -> None:
        self.problems = dict(problems)  # field → words
        labels = (f"{register.field(name).label}：{words}" for name, words in self.problems.items())
        super().__init__("\n".join(labels))


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell of a paste that could not be taken."""

    key: Hashable  # of the line; of a row to be added its number, from 0
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class EditOutcome:
    """What became of many edits at once: how many cells were written, which not and why, which lines came."""

    applied: int
    problems: tuple[CellProblem, ...]
    added: tuple[Hashable, ...] = ()  # keys of new lines


class CellEdits(Lists[Key, Row]):
    """Writes cells; how one is read and written, a list says for itself."""

    vanished: ClassVar[type[DesktopError]]  # raised for a line that is gone

    def set_cell(self, key: Key, field: str, text: str, today: date) -> Reading:
        """Write one cell; a doubtful value that can be kept, or that others contradict, is kept and pointed out.

        Raises:
            InvalidValueError: it cannot be kept.
            DesktopError: ``vanished``; the line is gone.
        """
        before = self._one(key, today)
        reading = self.read_cell(key, field, text, today)
        if reading.problem is not None and reading.value is None:
            raise InvalidValueError({field: reading.problem}, self.columns)
        with self._store.change(f"修改{self.columns.field(field).label}：{self._named(before)}"):
            self._write(before, field, reading.value, text, today)
        return replace(
            reading, problem=reading.problem or self._new_doubt(before, field, reading.value, today)
        )

    def set_cells(self, edits: Sequence[tuple[Key, str, str]], today: date, why: str) -> EditOutcome:
        """Write many cells as one action: good ones are applied, bad ones listed."""
        return self.paste(edits, (), today, why)

    def rewrite(
        self,
        key: Key,
        opened: Mapping[str, str],
        typed: Mapping[str, str],
        today: date,
        why: str,
    ) -> bool:
        """Write what a form changed of a line as one action; return whether there was anything.

        ``opened``: the texts of the line when the form was opened, or of what the officer was shown since.

        Raises:
            InvalidValueError: with every problem by field.
            StaleRecordError: what was typed anew was changed elsewhere meanwhile, too.
            DesktopError: ``vanished``; the line is gone.
        """
        with self._store.change(why):
            there = self._one(key, today)
            anew = typed_anew(opened, typed, lambda name: self.text(there, name, whole=True), self.columns)
            refused = self._write_cells([(key, name, text) for name, text in anew.items()], today)
            if refused:
                raise InvalidValueError({each.field: each.message for each in refused}, self.columns)
        return bool(anew)

    def paste(
        self,
        edits: Sequence[tuple[Key, str, str]],
        new_rows: Sequence[Mapping[str, str]],
        today: date,
        why: str,
        *,
        division_code: str | None = None,
    ) -> EditOutcome:
        """Write many cells and add lines as one action: what is good is applied, the rest listed.

        ``new_rows`` are texts by column; what has no village there comes into ``division_code``.
        """
        added: list[Key] = []
        with self._store.change(why):
            problems = self._write_cells(edits, today)
            applied = len(edits) - len(problems)
            for number, values in enumerate(new_rows):
                try:
                    added.append(self._insert_typed(values, division_code, today))
                except InvalidValueError as error:
                    problems += [CellProblem(number, *problem) for problem in error.problems.items()]
        return EditOutcome(applied, tuple(problems), tuple(added))

    def _write_cells(self, edits: Sequence[tuple[Key, str, str]], today: date) -> list[CellProblem]:
        problems: list[CellProblem] = []
        keys = list({key: None for key, _, _ in edits})
        rows: dict[Hashable, Row] = {row.key: row for row in self.rows(keys, today)}
        people: dict[str, Person] = {}  # as written by now: one may stand on several lines
        for key, field, text in edits:
            if key not in rows:
                problems.append(CellProblem(key, field, str(self.vanished())))
                continue
            reading = self.read_cell(key, field, text, today)
            if reading.problem is not None and reading.value is None:
                problems.append(CellProblem(key, field, reading.problem))
                continue
            row = rows[key]
            if row.person is not None:
                row = replace(row, person=people.get(row.person.id, row.person))
            rows[key] = row = self._write(row, field, reading.value, text, today)
            if row.person is not None:
                people[row.person.id] = row.person
        return problems

    def _one(self, key: Key, today: date) -> Row:
        rows = self.rows([key], today)
        if not rows:
            raise self.vanished
        return rows[0]

    @abstractmethod
    def read_cell(self, key: Key, field: str, text: str, today: date) -> Reading:
        """Check what is being typed into a line; nothing is written."""

    @abstractmethod
    def _named(self, row: Row) -> str:
        """What a change calls a line."""

    @abstractmethod
    def _write(self, row: Row, field: str, value: object, text: str, today: date) -> Row:
        """Write a value and return the line as it is then."""

    @abstractmethod
    def _new_doubt(self, before: Row, field: str, value: object, today: date) -> str | None:
        """What does not agree any more with a field written anew."""

    @abstractmethod
    def _insert_typed(self, values: Mapping[str, str], division_code: str | None, today: date) -> Key:
        """Add a line within the open change set; a village that stands in it goes before ``division_code``.

        Raises:
            InvalidValueError: with every problem of the row.
        """
