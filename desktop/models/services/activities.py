"""“四个一” activities as a register (活动): cells, lines of workbooks, who was there, what is worth a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.models.database.activities import picture_counts
from desktop.models.database.store import Store
from desktop.models.domain.moments import is_before, is_time
from desktop.models.domain.reading import Reading
from desktop.models.registers.activity import HELD, PARTICIPANT, PLANNED, SECRETARY, Activity, Attendance
from desktop.models.registers.four_ones_listings import ACTIVITIES
from desktop.models.registers.listing import Line
from desktop.models.registers.person import Person
from desktop.models.registers.schemes import WITH_VISIT
from desktop.models.services.activity_kinds import ActivityKinds
from desktop.models.services.attendees import Attendee, Attendees, attendances_of, read_names
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.person_entry import Typed, as_cell
from desktop.models.services.register_entry import LineRead, Prepared
from desktop.models.services.registers import RegisterService
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService

_NAMES = ("secretaries", "participants")  # columns that are attendances
_BETWEEN = "、"
_NOT_YET = "日期还没有到，不能填“已开展”。请把状态改为“计划”，开展以后再改。"
STATE_NEEDED = "状态不能空着，请填计划、已开展或已取消。"
ONE_PERSON = "审核人与填报人是同一人，请由另一人审核。"
NO_SECRETARY = "没有提级书记，不计入任何人的完成情况。请把书记加进参加人；还没有列入的，先到“提级管理”登记。"
_ENDS_EARLY = "结束时间早于开始时间，请核对。"


@dataclass(frozen=True, slots=True)
class Count:
    """应到 and 实到 of an activity."""

    expected: int
    present: int


class ActivitiesService(RegisterService):
    """The register of activities; what is written with people, problems and photos is ``ActivityForms``."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        settings: SettingsService,
        roster: RosterService,
        kinds: ActivityKinds,
        attendees: Attendees,
    ) -> None:
        columns = (replace(c, kind=kinds) if c.name == "kind" else c for c in ACTIVITIES.columns)
        super().__init__(store, divisions, settings, roster, replace(ACTIVITIES, columns=tuple(columns)))
        self.kinds = kinds
        self.attendees = attendees

    def attendances(self, keys: Iterable[str]) -> dict[str, list[Attendance]]:
        """Who was at some activities, in the order of entry."""
        found: dict[str, list[Attendance]] = defaultdict(list)
        for each in self._records.select(Attendance, activity_id=list(keys)):
            found[each.activity_id].append(each)
        return found

    def rows(self, keys: Sequence[str], on: date) -> list[Line]:
        """See Lists."""
        attended = self.attendances(keys)
        photos = picture_counts(self._store, keys)
        return [
            replace(line, computed=_computed(attended[line.key], photos.get(line.key, 0)))
            for line in super().rows(keys, on)
        ]

    def read_line(self, values: Typed, today: date, *, division_code: str | None = None) -> LineRead:
        """See RegisterEntry; a time alone ends on the day of the start, names are made one list."""
        values = dict(values)
        if is_time(end := as_cell(values.get("end", "")).text):
            start = self.listing.shown.field("start").kind.read(as_cell(values.get("start", "")), today).value
            values["end"] = f"{str(start)[:10]} {end}" if start else end
        read = super().read_line(values, today, division_code=division_code)
        record, problems = dict(read.record), dict(read.problems)
        for name in _NAMES:
            if names := read_names(as_cell(values.get(name, "")).text):
                record[name] = _BETWEEN.join(names)
        start = record.get("start")
        lies_ahead = isinstance(start, str) and start[:10] > today.isoformat()
        if lies_ahead and record.setdefault("state", PLANNED) == HELD:
            problems["state"] = _NOT_YET
        problems |= contradictions_of(record)
        if "end" in problems:
            record.pop("end", None)
        return replace(read, record=record, problems=problems)

    def remark(self, read: LineRead, _known: Person | None, _today: date) -> str:
        """See RegisterEntry: names that nobody known has, or several have; an activity that counts for nobody."""
        secretaries, others = self._meant(read.record)
        typed = [each.name for each in (*secretaries, *others) if each.person_id is None]
        remarks = []
        if typed:
            remarks.append(
                f"{_BETWEEN.join(typed)}：名册里没有，或有几个同名的，按表格里的名字记下，请核对。"
            )
        if "start" in read.record and not any(each.person_id for each in secretaries):
            remarks.append("没有在管的提级书记，不计入完成情况，请核对。")
        return "".join(remarks)

    def differences(self, line: Line, read: LineRead) -> dict[str, object]:
        """See RegisterEntry; a list of participants may name the secretaries again."""
        new = {name: value for name, value in read.record.items() if name not in _NAMES}
        found = super().differences(line, replace(read, record=new))
        secretaries = str(read.record.get("secretaries") or line.computed["secretaries"])
        if secretaries != line.computed["secretaries"]:
            found["secretaries"] = secretaries
        if "participants" in read.record:
            others = _without(read.record["participants"], secretaries)
            if others and others != line.computed["participants"]:
                found["participants"] = others
        return found

    def insert(self, prepared: Prepared) -> str:
        """See RegisterEntry; a workbook that names no secretaries means those under management among the people."""
        own = {name: value for name, value in prepared.values.items() if name not in _NAMES}
        key = super().insert(replace(prepared, values=own))
        secretaries, others = self._meant(prepared.values)
        self._records.insert_many(attendances_of(key, (*secretaries, *others)))
        return key

    def update(self, key: str, changes: Mapping[str, object]) -> None:
        """See RegisterEntry; names become attendances, those that stay keep theirs."""
        super().update(key, {name: value for name, value in changes.items() if name not in _NAMES})
        for name in _NAMES:
            if name in changes:
                self._rename(key, read_names(str(changes[name] or "")), secretaries=name == "secretaries")

    def count(self, activity: Activity, attended: Iterable[Attendance]) -> Count:
        """应到 as typed, else as many as are listed; 实到."""
        listed = list(attended)
        present = sum(each.present == "1" for each in listed)
        return Count(len(listed) if activity.expected is None else activity.expected, present)

    def problems(self, line: Line, today: date) -> dict[str, str]:
        """See RegisterLists; and a plan whose day has gone by."""
        found = super().problems(line, today)
        activity: Activity = line.record
        if activity.state != HELD:
            found = {name: words for name, words in found.items() if name == "theme"}
        if activity.state == PLANNED and activity.start[:10] < today.isoformat():
            found["state"] = "计划的日子已经过了：开展了请改为“已开展”，没有开展请改期或改为“已取消”。"
        return found

    def doubts(self, line: Line) -> dict[str, str]:
        """See RegisterLists."""
        activity: Activity = line.record
        found = super().doubts(line)
        if activity.checked_by is not None and activity.checked_by == activity.entered_by:
            found["checked_by"] = ONE_PERSON
        if activity.state == HELD and not line.computed["secretaries"]:
            found["secretaries"] = NO_SECRETARY
        if activity.expected is not None and activity.expected < int(str(line.computed["present"])):
            found["expected"] = (
                f"应到 {activity.expected} 人，少于实到 {line.computed['present']} 人，请核对。"
            )
        kind = self.kinds.item(activity.kind)
        if activity.state == HELD and kind and kind.form == WITH_VISIT and not activity.visited:
            found["visited"] = "还没有填参观地。"
        return found

    def _read(self, key: str, field: str, text: str, today: date) -> Reading:
        record: Activity | None = self._record(key) if key else None
        if field == "end" and record and is_time(text):
            text = f"{record.start[:10]} {text}"
        reading = super()._read(key, field, text, today)
        if record is None or field not in ("start", "end", "state"):
            return reading
        if field == "state" and reading.value is None and reading.problem is None:
            return Reading(problem=STATE_NEEDED)
        after = {name: getattr(record, name) for name in ("start", "end", "state")} | {field: reading.value}
        if after["state"] == HELD and str(after["start"])[:10] > today.isoformat():
            return Reading(problem=_NOT_YET)
        return Reading(problem=_ENDS_EARLY) if contradictions_of(after) else reading

    def _write(self, line: Line, field: str, value: object, text: str, today: date) -> Line:
        if field not in _NAMES:
            return super()._write(line, field, value, text, today)
        self.update(line.key, {field: value})
        return self.rows([line.key], today)[0]

    def _remove(self, records: Sequence[Any]) -> None:
        self._delete(Attendance, activity_id=[record.id for record in records])
        super()._remove(records)

    def _place(self, values: Typed, problems: dict[str, str]) -> str | None:
        """The village or township that is written, else that of the first person who is known, else the office's own."""
        if as_cell(values.get("village", "")).text.strip():
            return super()._place(values, problems)
        return self._place_of_people(values) or self._settings.unit

    def _place_of_people(self, values: Typed) -> str | None:
        """Where the first secretary who is known is, else the first of the others, else the township that is written."""
        township = self._divisions.names().township(as_cell(values.get("township", "")).text.strip()).code
        start = self.listing.shown.field("start").kind.read(as_cell(values.get("start", "")), date.max).value
        named = {name: as_cell(values.get(name, "")).text for name in _NAMES}
        secretaries, others = self._meant({"start": start, "division_code": township, **named})
        places = (each.division_code for each in (*secretaries, *others) if each.division_code)
        return next(places, township)

    def _meant(self, values: Mapping[str, object]) -> tuple[list[Attendee], list[Attendee]]:
        """The secretaries and the others that the names of a line mean on its day."""
        start, place = values.get("start"), values.get("division_code")
        if not isinstance(start, str):
            return [], []
        secretaries, others = (read_names(str(values.get(name) or "")) for name in _NAMES)
        near = place if isinstance(place, str) else None
        return self.attendees.meant(secretaries, others, near, date.fromisoformat(start[:10]))

    def _rename(self, key: str, names: Sequence[str], *, secretaries: bool) -> None:
        """Make the secretaries, or the others, of an activity those of some names; nobody is both."""
        activity: Activity = self._record(key)
        role = SECRETARY if secretaries else PARTICIPANT
        everybody = {each.name: each for each in self.attendances([key])[key]}
        gone = [each.id for name, each in everybody.items() if each.role == role and name not in names]
        self._records.delete(Attendance, gone)
        if secretaries:  # who was one of the others is a secretary now
            there = [everybody[name].id for name in names if name in everybody]
            self._records.update_many(Attendance, {each: {"role": SECRETARY} for each in there})
        on, fresh = date.fromisoformat(activity.start[:10]), [name for name in names if name not in everybody]
        people = (
            self.attendees.named(name, activity.division_code, on, secretary=secretaries) for name in fresh
        )
        self._records.insert_many(
            attendances_of(key, [replace(each, secretary=secretaries) for each in people])
        )


def contradictions_of(record: Mapping[str, object]) -> dict[str, str]:
    """What does not agree in an activity's stored values, by field."""
    start, end = record.get("start"), record.get("end")
    if isinstance(start, str) and isinstance(end, str) and is_before(end, start):
        return {"end": _ENDS_EARLY}
    return {}


def _computed(attended: Sequence[Attendance], photos: int) -> dict[str, str]:
    return {
        "secretaries": _BETWEEN.join(each.name for each in attended if each.role == SECRETARY),
        "participants": _BETWEEN.join(each.name for each in attended if each.role != SECRETARY),
        "present": str(sum(each.present == "1" for each in attended)),
        "photos": str(photos),
    }


def _without(names: object, others: str) -> str:
    left_out = read_names(others)
    return _BETWEEN.join(name for name in read_names(str(names)) if name not in left_out)
