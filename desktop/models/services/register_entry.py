"""New lines of a simple register (录入): read as typed or imported, given their person and village, written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.registers.committee_term import which_term
from desktop.models.registers.listing import Listing
from desktop.models.registers.person import Person
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.person_entry import (
    Entry,
    Typed,
    as_cell,
    enter_person,
    find_namesake,
    find_person,
    read_person,
)
from desktop.models.services.register_lists import RegisterLists
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService


class VanishedLineError(DesktopError):
    """The line was removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("这一行已经不在台账里（可能刚被撤销或删除），请刷新后再改。")


@dataclass(frozen=True, slots=True)
class LineRead:
    """What a new line says: the person as typed, the record's own values, its village, and what is wrong by column."""

    entry: Entry
    record: Mapping[str, object]
    place: str | None
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new line ready to be written: the person as typed, who that is where known, the record's fields."""

    entry: Entry
    known: Person | None
    values: Mapping[str, object]


class RegisterEntry(RegisterLists):
    """Reads new lines and writes them; who opens the change set decides what one action is."""

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

    def prepare(
        self,
        values: Typed,
        today: date,
        *,
        owner_id: str | None = None,
        division_code: str | None = None,
    ) -> Prepared:
        """Read a new line and find its person; nothing is written.

        Raises:
            InvalidValueError: with every problem at once.
        """
        line = self.read_line(values, today, division_code=division_code)
        problems = dict(line.problems)
        if owner_id and "name" in self.listing.of_person:
            problems.pop("name", None)
        known = self._known(owner_id) if owner_id else find_person(self._store, line.entry.values)
        if not (known or owner_id or self.listing.makes_people or "name" in problems):
            known = self._somebody_there(line, today, problems)
        if problems:
            raise InvalidValueError(problems, self.listing.shown)
        prepared = self.prepared(line, known, owner_id)
        if twins := self.twins(prepared.values):
            told = f"已经有这一行了：{self._who(twins[0])}，请改那一行，不用再填。"
            raise InvalidValueError({self.listing.needed[0]: told}, self.listing.shown)
        return prepared

    def read_line(self, values: Typed, today: date, *, division_code: str | None = None) -> LineRead:
        """Read what a line says, by column: stored values, and what is wrong or missing."""
        listing = self.listing
        typed = {name: as_cell(text) for name, text in values.items() if listing.shown.field(name).editable}
        entry = read_person({n: typed[n] for n in typed.keys() & listing.of_person}, today)
        problems = dict(entry.problems)
        record: dict[str, object] = {}
        for name in listing.own & typed.keys():
            reading = listing.shown.field(name).kind.read(typed[name], today)
            if reading.value is not None:
                record[name] = reading.value
            elif reading.problem is not None:
                problems[name] = reading.problem
        place = division_code or self._place(values, problems)
        if "division_code" in listing.stored:
            record["division_code"] = place
        for name in listing.needed:
            if name != "village" and name not in record.keys() | entry.values.keys() | problems.keys():
                problems[name] = f"{listing.shown.field(name).label}不能空着，请填写。"
        return LineRead(entry, record, place, problems)

    def prepared(self, line: LineRead, known: Person | None, owner_id: str | None = None) -> Prepared:
        """A line that was read, with its person and what follows from it."""
        owner: dict[str, object] = {}
        if owner_id and self.listing.owner:
            owner = {self.listing.owner: owner_id}
        elif known:
            owner = {"person_id": known.id}
        values = {**line.record, **owner}
        return Prepared(line.entry, known, {**self.complete(values, known), **values})

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

    def _place(self, values: Typed, problems: dict[str, str]) -> str | None:
        """The village that is written; where the record has none of its own, nothing need be."""
        names = self._divisions.names()
        written, above = (as_cell(values.get(name, "")).text.strip() for name in ("village", "township"))
        township = names.township(above).code if above else None
        if not written:
            if "division_code" in self.listing.stored:
                problems["village"] = "村（社区）不能空着，请填写。"
            return None
        found = names.village(written, township)
        if found.code is None:
            problems["village"] = found.problem or f"没有找到“{written}”，请核对。"
        return found.code

    def _somebody_there(self, line: LineRead, today: date, problems: dict[str, str]) -> Person | None:
        """The namesake in the village, for a register that knows nobody new."""
        found = find_namesake(self._store, line.entry.values, line.place, today) if line.place else None
        if found is None:
            problems["name"] = "名册和后备里没有这个人，请先录入此人，或填上身份证号、出生年月。"
        return found

    def twins(self, record: Mapping[str, object], key: str = "") -> list[Any]:
        """The records, other than the one of ``key``, that a record would be the same line as."""
        where = {name: record.get(name) for name in self.listing.unique}
        if not where or (self.listing.owner and record.get(self.listing.owner) is None):
            return []
        return [each for each in self.records(**where) if each.id != key]

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
        stored = stored_values(record)
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
        told = (division.short_name if division else None, name, year, which_term(values))
        return " ".join(filter(None, told))


def stored_values(record: Any) -> dict[str, object]:
    """A record's fields but its id."""
    return {name: getattr(record, name) for name in record.__slots__ if name != "id"}
