"""Any simple register as people work with it (台账): editing in place, adding, removing — one mechanism for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.models.database.people import is_known_elsewhere
from desktop.models.database.roster import terms_of
from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.domain.reading import Cell, Reading
from desktop.models.errors import DesktopError
from desktop.models.registers.listing import Line, Listing
from desktop.models.registers.person import Person
from desktop.models.registers.person_file import Attachment
from desktop.models.registers.reserve import Appraisal, ReserveCadre
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.person_entry import (
    Entry,
    enter_person,
    find_namesake,
    find_person,
    read_person,
)
from desktop.models.services.register_lists import RegisterLists
from desktop.models.services.roster import (
    CellProblem,
    EditOutcome,
    InvalidValueError,
    RosterService,
    consequences,
)
from desktop.models.services.settings import SettingsService


class VanishedLineError(DesktopError):
    """The line was removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("这一行已经不在台账里（可能刚被撤销或删除），请刷新后再改。")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new line ready to be written: the person as typed, who that is where known, the record's fields."""

    entry: Entry
    known: Person | None
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class AddOutcome:
    """What became of many new lines at once: their keys, and the cells that kept rows out (key: the row, from 0)."""

    keys: tuple[str, ...]
    problems: tuple[CellProblem, ...]


class RegisterService(RegisterLists):
    """One method, one action; every one that writes is one change set."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        settings: SettingsService,
        roster: RosterService,
        listing: Listing,
    ) -> None:
        super().__init__(store, divisions, settings, listing)
        self._roster = roster

    def read_cell(self, key: str, field: str, text: str, today: date) -> Reading:
        """Check what is being typed into a line, or with an empty key into a new one; nothing is written."""
        reading = self._read(key, field, text, today)
        if reading.value is None and reading.problem is None and field in self.listing.needed:
            return Reading(problem=f"{self.listing.shown.field(field).label}不能空着，请填写。")
        stored = "division_code" if field == "village" else field
        if key and stored in self.listing.unique and (reading.problem is None or reading.value is not None):
            record = self._record(key)
            if self._twins(_stored(record) | {stored: reading.value}, key):
                return Reading(problem=f"这样就和另一行重复了：{self._who(record)}，请改那一行。")
        return reading

    def _read(self, key: str, field: str, text: str, today: date) -> Reading:
        listing = self.listing
        if not listing.shown.field(field).editable:
            return Reading(problem="这一列由其他各列得出，不能直接改。")
        if field == "village":
            resolved = self._divisions.names().village(text.strip(), None)
            return Reading(resolved.code, resolved.problem if text.strip() else None)
        if field == "township":
            return Reading()
        if key and field in listing.of_person:
            return self._roster.read_cell((self._record(key).person_id, ""), field, text, today)
        return listing.shown.field(field).kind.read(Cell(text), today)

    def set_cell(self, key: str, field: str, text: str, today: date) -> Reading:
        """Write one cell; a doubtful value that can be kept, or that others contradict, is kept and pointed out.

        Raises:
            InvalidValueError: it cannot be kept.
            VanishedLineError: the line is gone.
        """
        before = self._one(key, today)
        reading = self.read_cell(key, field, text, today)
        if reading.problem is not None and reading.value is None:
            raise InvalidValueError({field: reading.problem}, self.listing.shown)
        with self._store.change(f"修改{self.listing.shown.field(field).label}：{self._who(before.record)}"):
            self._write(before, field, reading.value, text)
        doubt = self.doubts(self._one(key, today)).get(field)
        new = doubt if doubt != self.doubts(before).get(field) else None
        return replace(reading, problem=reading.problem or new)

    def set_cells(self, edits: Sequence[tuple[str, str, str]], today: date, why: str) -> EditOutcome:
        """Write many cells as one action: good ones are applied, bad ones listed."""
        problems: list[CellProblem] = []
        with self._store.change(why):
            for key, field, text in edits:
                lines = self.rows([key], today)  # anew each time: an earlier edit may have been of the line
                if not lines:
                    problems.append(CellProblem(key, field, str(VanishedLineError())))
                    continue
                reading = self.read_cell(key, field, text, today)
                if reading.problem is not None and reading.value is None:
                    problems.append(CellProblem(key, field, reading.problem))
                else:
                    self._write(lines[0], field, reading.value, text)
        return EditOutcome(len(edits) - len(problems), tuple(problems))

    def add(
        self,
        values: Mapping[str, str],
        today: date,
        *,
        owner_id: str | None = None,
        division_code: str | None = None,
    ) -> str:
        """Add a line with what was typed, by column; return its key.

        The person is ``owner_id`` (of an appraisal: the reserve entry), else who is known by the identity number or
        by name and birth, else somebody new. ``division_code`` stands for a typed village.

        Raises:
            InvalidValueError: with every problem at once.
        """
        prepared = self.prepare(values, today, owner_id=owner_id, division_code=division_code)
        with self._store.change(f"新增{self.listing.noun}：{self._who_new(prepared)}"):
            return self.insert(prepared)

    def add_many(
        self, rows: Sequence[Mapping[str, str]], today: date, *, division_code: str | None = None
    ) -> AddOutcome:
        """Add many lines as one action (rows pasted below the last): good ones are added, bad ones listed."""
        keys: list[str] = []
        problems: list[CellProblem] = []
        with self._store.change(f"新增{self.listing.noun}：{len(rows)} 行"):
            for number, values in enumerate(rows):
                try:
                    keys.append(self.insert(self.prepare(values, today, division_code=division_code)))
                except InvalidValueError as error:
                    problems += [CellProblem(number, *problem) for problem in error.problems.items()]
        return AddOutcome(tuple(keys), tuple(problems))

    def remove(self, keys: Sequence[str]) -> int:
        """Take out lines entered by mistake, with their appraisals and files; return how many.

        A person who was entered with one and is known nowhere else goes too.
        """
        records = self.records(id=keys)
        with self._store.change(f"删除录错的{self.listing.noun} {len(records)} 行"):
            self._remove(records)
        return len(records)

    def _remove(self, records: Sequence[Any]) -> None:
        ids = [record.id for record in records]
        if self.listing.register.record is ReserveCadre:
            self._delete(Appraisal, reserve_id=ids)
        self._delete(Attachment, owner=self.listing.name, owner_id=ids)
        self._records.delete(self.listing.register.record, ids)
        for person_id in {record.person_id for record in records if self.listing.owner == "person_id"}:
            if not terms_of(self._store, person_id) and not is_known_elsewhere(self._store, person_id):
                self._records.delete(Person, [person_id])

    def _delete(self, record_type: type[Any], **where: object) -> None:
        self._records.delete(record_type, [each.id for each in self._records.select(record_type, **where)])

    def prepare(
        self,
        values: Mapping[str, str],
        today: date,
        *,
        owner_id: str | None = None,
        division_code: str | None = None,
    ) -> Prepared:
        """Read a new line and find its person; nothing is written.

        Raises:
            InvalidValueError: with every problem at once.
        """
        listing = self.listing
        typed = {name: text for name, text in values.items() if listing.shown.field(name).editable}
        entry = read_person({n: typed[n] for n in typed.keys() & listing.of_person}, today)
        problems = dict(entry.problems)
        record: dict[str, object] = {}
        for name in listing.own & typed.keys():
            reading = self.read_cell("", name, typed[name], today)
            if reading.value is not None:
                record[name] = reading.value
            elif reading.problem is not None:
                problems[name] = reading.problem
        if "division_code" in listing.stored:
            division_code = division_code or self._place(values, problems)
            record["division_code"] = division_code
        given = {
            *record,
            *entry.values,
            *(("name",) if owner_id else ()),
            *(("village",) if division_code else ()),
        }
        for name in (name for name in listing.needed if name not in given | problems.keys()):
            if name != "village":
                problems[name] = f"{listing.shown.field(name).label}不能空着，请填写。"
        known = self._known(owner_id) if owner_id else find_person(self._store, entry.values)
        if not (known or owner_id or listing.makes_people or "name" in problems):
            known = self._somebody_there(entry, values, division_code, today, problems)
        if owner_id and listing.owner:
            record[listing.owner] = owner_id
        elif known:
            record["person_id"] = known.id
        if problems:
            raise InvalidValueError(problems, listing.shown)
        record = {**self.complete(record, known), **record}
        if twins := self._twins(record, ""):
            told = f"已经有这一行了：{self._who(twins[0])}，请改那一行，不用再填。"
            raise InvalidValueError({listing.needed[0]: told}, listing.shown)
        return Prepared(entry, known, record)

    def insert(self, prepared: Prepared) -> str:
        """Write a prepared line within the open change set; return its key."""
        values = dict(prepared.values)
        if self.listing.owner == "person_id":
            values["person_id"] = enter_person(self._records, prepared.entry, prepared.known)
        record = self.listing.register.record(id=new_id(), **values)
        self._records.insert_many([record])
        return str(record.id)

    def complete(self, record: Mapping[str, object], known: Person | None) -> Mapping[str, object]:
        """What a new record has unless it was typed."""
        proposed = self.proposals(record)
        return {} if proposed.keys() & record.keys() else proposed

    def proposals(self, record: Mapping[str, object]) -> Mapping[str, object]:
        """What follows from other fields of a record: kept as long as nobody types otherwise."""
        return self.listing.proposes(record)

    def _write(self, line: Line, field: str, value: object, text: str) -> None:
        if field in self.listing.of_person:
            assert line.person is not None
            changes = consequences(line.person, field, value, text)
            self._records.update(Person, line.person.id, **changes)
            return
        before = _stored(line.record)
        after = before | {"division_code" if field == "village" else field: value}
        old, new = self.proposals(before), self.proposals(after)
        if field not in new and all(before[name] in (None, old.get(name)) for name in new):
            after |= {name: value for name, value in new.items() if value != old.get(name)}
        changes = {name: value for name, value in after.items() if value != before[name]}
        self._records.update(self.listing.register.record, line.key, **changes)

    def _somebody_there(
        self,
        entry: Entry,
        values: Mapping[str, str],
        division_code: str | None,
        today: date,
        problems: dict[str, str],
    ) -> Person | None:
        code = division_code or self._place(values, problems)
        person = find_namesake(self._store, entry.values, code, today) if code else None
        if code and person is None:
            problems["name"] = "名册和后备里没有这个人，请先录入此人，或填上身份证号、出生年月。"
        return person

    def _place(self, values: Mapping[str, str], problems: dict[str, str]) -> str | None:
        names = self._divisions.names()
        township = names.township(values["township"]).code if values.get("township") else None
        if not (text := values.get("village", "").strip()):
            problems["village"] = "村（社区）不能空着，请填写。"
            return None
        found = names.village(text, township)
        if found.code is None:
            problems["village"] = found.problem or f"没有找到“{text}”，请核对。"
        return found.code

    def _twins(self, record: Mapping[str, object], key: str) -> list[Any]:
        """The other records that a record would be the same line as."""
        where = {name: record.get(name) for name in self.listing.unique}
        if not where or (self.listing.owner and record.get(self.listing.owner) is None):
            return []
        return [each for each in self.records(**where) if each.id != key]

    def _one(self, key: str, today: date) -> Line:
        lines = self.rows([key], today)
        if not lines:
            raise VanishedLineError
        return lines[0]

    def _record(self, key: str) -> Any:
        found = self.records(id=key)
        if not found:
            raise VanishedLineError
        return found[0]

    def _known(self, owner_id: str) -> Person | None:
        if self.listing.owner != "person_id":
            return None
        found = self._records.select(Person, id=owner_id)
        if not found:
            raise VanishedLineError
        return found[0]

    def _who(self, record: Any) -> str:
        """A record in words: the village, the person, the year."""
        stored = _stored(record)
        return self._in_words(stored, self._name_of(stored))

    def _who_new(self, prepared: Prepared) -> str:
        known = prepared.known.name if prepared.known else prepared.entry.values.get("name")
        return self._in_words(prepared.values, str(known) if known else self._name_of(prepared.values))

    def _name_of(self, values: Mapping[str, object]) -> str | None:
        person_id = values.get("person_id")
        if reserve_id := values.get("reserve_id"):
            entries = self._records.select(ReserveCadre, id=reserve_id)
            person_id = entries[0].person_id if entries else None
        people = self._records.select(Person, id=person_id) if person_id else []
        return people[0].name if people else None

    def _in_words(self, values: Mapping[str, object], name: str | None) -> str:
        division = self._divisions.all().get(str(values.get("division_code")))
        year = f"{values['year']} 年" if values.get("year") else None
        return " ".join(filter(None, (division.short_name if division else None, name, year)))


def _stored(record: Any) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__ if name != "id"}
