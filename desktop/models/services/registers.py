"""Any simple register as people work with it (台账): editing in place, adding, removing — one mechanism for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop.models.database.people import is_known_elsewhere
from desktop.models.database.roster import terms_of
from desktop.models.domain.reading import Cell, Reading
from desktop.models.registers.listing import Behind, Line
from desktop.models.registers.listings import LISTINGS
from desktop.models.registers.person import Person
from desktop.models.registers.person_file import Attachment
from desktop.models.services.cell_edits import CellEdits, InvalidValueError
from desktop.models.services.person_entry import Typed
from desktop.models.services.register_entry import (
    RegisterEntry,
    VanishedLineError,
    stored_values,
)
from desktop.models.services.roster import consequences


class RegisterService(RegisterEntry, CellEdits[str, Line]):
    """One method, one action; every one that writes is one change set."""

    vanished = VanishedLineError

    def read_cell(self, key: str, field: str, text: str, today: date) -> Reading:
        """Check what is being typed into a line, or with an empty key into a new one; nothing is written."""
        reading = self._read(key, field, text, today)
        if reading.value is None and reading.problem is None and field in ("village", *self.listing.needed):
            return Reading(problem=f"{self.listing.shown.field(field).label}不能空着，请填写。")
        stored = "division_code" if field == "village" else field
        if key and stored in self.listing.unique and (reading.problem is None or reading.value is not None):
            record = self._record(key)
            if self.twins(stored_values(record) | {stored: reading.value}, key):
                return Reading(problem=f"这样就和另一行重复了：{self._who(record)}，请改那一行。")
        return reading

    def _read(self, key: str, field: str, text: str, today: date) -> Reading:
        listing = self.listing
        if not listing.shown.field(field).editable:
            return Reading(problem="这一列由其他各列得出，不能直接改。")
        if field == "village":
            names = self._divisions.names()
            if listing.in_township and (township := names.township(text.strip()).code) and text.strip():
                return Reading(township)
            resolved = names.village(text.strip(), None)
            return Reading(resolved.code, resolved.problem if text.strip() else None)
        if field == "township":
            return Reading()
        if key and field in listing.of_person:
            return self._roster.read_cell((self._record(key).person_id, ""), field, text, today)
        reading = listing.shown.field(field).kind.read(Cell(text), today)
        behind = listing.behind_of(field) if key else None
        return self._read_behind_cell(key, behind, field, reading, today) if behind else reading

    def _read_behind_cell(
        self, key: str, behind: Behind, field: str, reading: Reading, today: date
    ) -> Reading:
        """A value that is written into a record behind a line, and to how many other lines it applies."""
        if reading.problem is not None and reading.value is None:
            return reading
        line = self._one(key, today)
        there = line.behind.get(behind.link)
        if field == behind.named:
            return self._read_name_behind(line, behind, reading)
        if there is None:
            label = self.listing.shown.field(behind.named).label
            empty = f"这一行还没有{behind.noun}，请先填“{label}”。"
            return reading if reading.value is None else Reading(problem=empty)
        if reading.value == getattr(there, behind.columns[field]):
            return reading
        others = len(self.records(**{behind.link: there.id})) - 1
        label = self.listing.shown.field(field).label
        told = f"“{there.name}”还管着另外 {others} 行，它们的“{label}”也一起改了。" if others else None
        return replace(reading, problem=reading.problem or told)

    def _read_name_behind(self, line: Line, behind: Behind, reading: Reading) -> Reading:
        if reading.value is None:
            return Reading(problem=f"{behind.noun}不能空着，请填写。") if behind.owns else reading
        place = line.division.code if line.division else None
        try:
            known = self.find_behind(behind, {behind.columns[behind.named]: reading.value}, place)
        except InvalidValueError as error:
            return Reading(problem=error.problems[behind.named])
        if behind.ended and getattr(known, behind.ended, None) is not None:
            told = f"“{reading.value}”在{behind.noun}台账里已经结束；还在的，请到那里把结束的时间清空。"
            return replace(reading, problem=told)
        return reading

    def _named(self, row: Line) -> str:
        return self._who(row.record)

    def _new_doubt(self, before: Line, field: str, _value: object, today: date) -> str | None:
        doubt = self.doubts(self._one(before.key, today)).get(field)
        return doubt if doubt != self.doubts(before).get(field) else None

    def _insert_typed(self, values: Mapping[str, str], division_code: str | None, today: date) -> str:
        place = None if values.get("village", "").strip() else division_code
        return self.insert(self.prepare(values, today, division_code=place))

    def add(
        self,
        values: Typed,
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
        for listing in LISTINGS:
            for behind in listing.behind:
                if behind.owns and behind.register is self.listing.register:
                    self._delete(listing.register.record, **{behind.link: ids})
        self._delete(Attachment, owner=self.listing.name, owner_id=ids)
        self._records.delete(self.listing.register.record, ids)
        for person_id in {record.person_id for record in records if self.listing.owner == "person_id"}:
            if not terms_of(self._store, person_id) and not is_known_elsewhere(self._store, person_id):
                self._records.delete(Person, [person_id])

    def _delete(self, record_type: type[Any], **where: object) -> None:
        self._records.delete(record_type, [each.id for each in self._records.select(record_type, **where)])

    def _write(self, line: Line, field: str, value: object, text: str, today: date) -> Line:
        if field in self.listing.of_person:
            assert line.person is not None
            changes = consequences(line.person, field, value, text)
            self._records.update(Person, line.person.id, **changes)
            person = replace(line.person, **changes)  # type: ignore[arg-type]  # read by the fields' own kinds
            return replace(line, person=person)
        if self.listing.behind_of(field) is not None:
            self.update(line.key, {field: value})
            return self._one(line.key, today)
        before = stored_values(line.record)
        after = before | {"division_code" if field == "village" else field: value}
        old, new = self.proposals(before), self.proposals(after)
        if field not in new and all(before[name] in (None, old.get(name)) for name in new):
            after |= {name: value for name, value in new.items() if value != old.get(name)}
        changes = {name: value for name, value in after.items() if value != before[name]}
        self.update(line.key, changes)
        return replace(line, record=replace(line.record, **changes))
