"""New lines of a simple register (录入): read as typed or imported, given their person and village, written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.registers.committee_term import which_term
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.listing import Line, Listing
from desktop.models.registers.person import Person
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
from desktop.models.services.records_behind import RecordsBehind
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService
from desktop.models.workbooks.register_reader import RegisterRow


class VanishedLineError(DesktopError):
    """The line was removed meanwhile."""

    def __init__(self) -> None:
        super().__init__("这一行已经不在台账里（可能刚被撤销或删除），请刷新后再改。")


@dataclass(frozen=True, slots=True)
class LineRead:
    """What a new line says: the person as typed, the record's own values, its village, and what is wrong by column.

    ``behind`` is what it says of the records behind it: link → field → value.
    """

    entry: Entry
    record: Mapping[str, object]
    place: str | None
    problems: Mapping[str, str]
    behind: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new line ready to be written: the person as typed, who that is where known, the record's fields."""

    entry: Entry
    known: Person | None
    values: Mapping[str, object]
    place: str | None = None
    behind: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # said of the records behind it


class RegisterEntry(RecordsBehind):
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
        if owner_id:
            owners = {each.named for each in self.listing.behind if each.owns}
            for name in owners | {"name"} & self.listing.of_person:
                problems.pop(name, None)
        known = self._known(owner_id) if owner_id else find_person(self._store, line.entry.values)
        if not (known or owner_id or self.listing.makes_people or "name" in problems):
            known = self._somebody_there(line, today, problems)
        for each in self.listing.behind:
            if line.behind[each.link] and each.columns[each.named] not in line.behind[each.link]:
                label = self.listing.shown.field(each.named).label
                problems.setdefault(each.named, f"填了{each.noun}的其他各栏，还要填“{label}”。")
        if problems:
            raise InvalidValueError(problems, self.listing.shown)
        prepared = self.prepared(line, known, owner_id)
        if twins := self.twins(prepared.values):
            told = f"已经有这一行了：{self._who(twins[0])}，请改那一行，不用再填。"
            raise InvalidValueError({self.listing.needed[0]: told}, self.listing.shown)
        return prepared

    def placed(self, row: RegisterRow) -> RegisterRow:
        """A row of a workbook with the place that its title, sheet or file names, where it says none itself.

        Only for records that may lie in a township: such forms come from each township without a column for it.
        """
        if not self.listing.in_township or row.text("township") or row.text("village"):
            return row
        for line in (*row.table.titles, row.sheet, row.file.rpartition(".")[0]):
            township, village = self._divisions.names().mentioned(line)
            if township is not None:
                row = row.corrected("township", self._divisions.get(township).name)
                return row if village is None else row.corrected("village", self.place_name(village))
        return row

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
        behind, near = {}, place
        for each in sorted(listing.behind, key=lambda behind: behind.owns):
            behind[each.link] = self.read_behind(each, typed, record, near, today, problems)
            if near is None and each.link in record:  # whom it belongs to is looked for around it first
                near = self._records.get(each.register.record, str(record[each.link])).division_code
        said = record.keys() | entry.values.keys() | problems.keys()
        said |= {each.named for each in listing.behind if behind[each.link]}
        for name in listing.needed:
            if name != "village" and name not in said:
                problems[name] = f"{listing.shown.field(name).label}不能空着，请填写。"
        return LineRead(entry, record, place, problems, behind)

    def prepared(self, line: LineRead, known: Person | None, owner_id: str | None = None) -> Prepared:
        """A line that was read, with its person and what follows from it."""
        owner: dict[str, object] = {}
        if owner_id and self.listing.owner:
            owner = {self.listing.owner: owner_id}
        elif known:
            owner = {"person_id": known.id}
        values = {**line.record, **owner}
        complete = {**self.complete(values, known), **values}
        return Prepared(line.entry, known, complete, line.place, line.behind)

    def insert(self, prepared: Prepared) -> str:
        """Write a prepared line within the open change set; return its key."""
        values = dict(prepared.values)
        if self.listing.owner == "person_id":
            values["person_id"] = enter_person(self._records, prepared.entry, prepared.known)
        for behind in self.listing.behind:
            said = self.named_behind(behind, prepared.behind.get(behind.link, {}), values)
            if said and behind.makes:
                values[behind.link] = self.enter_behind(behind, said, prepared.place)
        record = self.listing.register.record(id=new_id(), **values)
        self._records.insert_many([record])
        return str(record.id)

    def remark(self, _read: LineRead, _known: Person | None, _today: date) -> str:
        """What is worth a look in a line of a workbook that is kept as it is."""
        return ""

    def differences(self, line: Line, read: LineRead) -> dict[str, object]:
        """What a line that was read says otherwise of the record that is there, by stored field."""
        links = {behind.link for behind in self.listing.behind}
        own = {
            n: new
            for n, new in read.record.items()
            if n not in links and new not in (None, getattr(line.record, n))
        }
        for behind in self.listing.behind:
            said, there = read.behind.get(behind.link, {}), line.behind.get(behind.link)
            if there is None:
                said = self.named_behind(behind, said, stored_values(line.record))
            own |= {
                column: said[name]
                for column, name in behind.columns.items()
                if name in said and said[name] != getattr(there, name, None)
            }
        return own

    def update(self, key: str, changes: Mapping[str, object]) -> None:
        """Write fields of a record, and of those behind it by column, within the open change set."""
        own = {name: value for name, value in changes.items() if name in self.listing.stored}
        for behind in self.listing.behind:
            said = {n: changes[column] for column, n in behind.columns.items() if column in changes}
            if not said:
                continue
            record = self._record(key)
            there: list[Any] = self._records.select(behind.register.record, id=getattr(record, behind.link))
            place = getattr(record, "division_code", None)
            clears = behind.named in changes and changes[behind.named] is None
            own[behind.link] = None if clears else self.enter_behind(behind, said, place, *there)
        self._records.update(self.listing.register.record, key, **own)

    def complete(self, record: Mapping[str, object], known: Person | None) -> Mapping[str, object]:
        """What a new record has unless it was typed."""
        proposed = self.proposals(record)
        return {} if proposed.keys() & record.keys() else proposed

    def proposals(self, record: Mapping[str, object]) -> Mapping[str, object]:
        """What follows from other fields of a record: kept as long as nobody types otherwise."""
        return self.listing.proposes(record)

    def _place(self, values: Typed, problems: dict[str, str]) -> str | None:
        """The village, or where a record may lie in one the township, that is written.

        Where the record has none of its own, nothing need be; a township's office is there itself.
        """
        names = self._divisions.names()
        written, above = (as_cell(values.get(name, "")).text.strip() for name in ("village", "township"))
        township = names.township(above).code if above else None
        if self.listing.in_township:
            own = self._divisions.get(self._settings.unit)
            township = township or (own.code if own.kind == DivisionKind.TOWNSHIP else None)
            if (there := names.township(written).code if written else township) is not None:
                return there
        if not written:
            if "division_code" in self.listing.stored:
                label = self.listing.shown.field("village").label
                problems["village"] = f"{label}不能空着，请填写。"
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
        """The person's name, else the record's own, else that of what it belongs to."""
        if person_id := values.get("person_id"):
            people = self._records.select(Person, id=person_id)
            return people[0].name if people else None
        if name := values.get("name"):
            return str(name)
        owner = next((behind for behind in self.listing.behind if behind.owns), None)
        if owner is None:
            return None
        found: list[Any] = self._records.select(owner.register.record, id=values.get(owner.link))
        return self._name_of(stored_values(found[0])) if found else None

    def _in_words(self, values: Mapping[str, object], name: str | None) -> str:
        division = self._divisions.all().get(str(values.get("division_code")))
        year = f"{values['year']} 年" if values.get("year") else None
        told = (division.short_name if division else None, name, year, which_term(values))
        return " ".join(filter(None, told))


def stored_values(record: Any) -> dict[str, object]:
    """A record's fields but its id."""
    return {name: getattr(record, name) for name in record.__slots__ if name != "id"}
