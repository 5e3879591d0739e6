"""The form of one “四个一” activity (登记活动): prefilled, saved whole — people, problems, photos — in one change set."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.models.database.activities import held_or_planned, last_host
from desktop.models.database.people import merged_into
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.fields import NAME
from desktop.models.domain.ids import new_id
from desktop.models.domain.months import show_month
from desktop.models.domain.names import clean_name
from desktop.models.domain.reading import Cell
from desktop.models.registers.activity import ACTIVITY, Activity, Attendance, FieldProblem
from desktop.models.registers.mentoring import ManagedSecretary, Mentoring
from desktop.models.rules.four_ones import is_mentoring_on
from desktop.models.services.activities import (
    NO_SECRETARY,
    ONE_PERSON,
    STATE_NEEDED,
    ActivitiesService,
)
from desktop.models.services.activity_settling import settled_form
from desktop.models.services.attachments import AttachmentsService
from desktop.models.services.attendees import Attendee, attendances_of
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.field_problems import FieldProblemService, too_early
from desktop.models.services.new_files import NewFile
from desktop.models.services.register_entry import VanishedLineError
from desktop.models.services.settings import SettingsService
from desktop.models.services.stale_forms import StaleRecordError

_TEXTS = tuple(declared.name for declared in ACTIVITY.fields)
_BETWEEN = "、"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemEntry:
    """A field problem as typed, by FIELD_PROBLEM field; ``key`` of one that is there."""

    values: Mapping[str, str]
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityForm:
    """What the form of an activity shows and saves: texts by ACTIVITY field, people, problems.

    ``key`` None: a new one. ``kind`` is the code of the kind; the text of the field is its name.
    """

    division_code: str
    values: Mapping[str, str]
    attendees: tuple[Attendee, ...] = ()
    problems: tuple[ProblemEntry, ...] = ()
    key: str | None = None
    files: tuple[NewFile, ...] = ()  # ready to be kept with it

    @property
    def secretaries(self) -> tuple[Attendee, ...]:
        """Whom it counts for."""
        return tuple(each for each in self.attendees if each.secretary)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A form as it is to be saved, and the stored values read from it."""

    form: ActivityForm
    record: Mapping[str, object]
    problems: Sequence[Mapping[str, object]]


class ActivityForms:
    """Every method that writes is one change set."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        settings: SettingsService,
        activities: ActivitiesService,
        problems: FieldProblemService,
        attachments: AttachmentsService,
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._settings = settings
        self._activities = activities
        self._problems = problems
        self._attachments = attachments

    def draft(
        self,
        kind: str,
        today: date,
        person_id: str | None = None,
        division_code: str | None = None,
        day: date | None = None,
    ) -> ActivityForm:
        """A new activity of a kind (its code) for a secretary of a village, or for nobody yet, with what is known filled in.

        ``day``: another than today; one that lies ahead is a plan.
        """
        day = day or today
        place = division_code or self._settings.unit
        fields = self._activities.listing.shown
        texts = {
            "kind": fields.field("kind").kind.show(kind),
            "state": "计划" if day > today else "已开展",
            "start": f"{day:%Y.%m.%d}",
            "speaker": _BETWEEN.join(self._mentors(person_id, place, day)),
            "host": last_host(self._store, self._township(place)) or "",
            "entered_by": self._settings.operator,
        }
        people = (self._activities.attendees.known(person_id, place, day),) if person_id else ()
        values = {name: texts.get(name, "") for name in _TEXTS}
        return ActivityForm(
            division_code=place,
            values=values,
            attendees=tuple(replace(each, secretary=True) for each in people),
        )

    def draft_after(
        self, key: str, today: date, person_id: str | None = None, division_code: str | None = None
    ) -> ActivityForm:
        """The next one after an activity that was saved (保存并登记下一条): its kind, time, mentor and host are kept."""
        before = self._one(key)
        place = division_code or before.division_code
        day = date.fromisoformat(before.start[:10])
        fresh = self.draft(before.kind, today, person_id, place, day)
        fields = self._activities.listing.shown
        kept = {name: fields.field(name).kind.show(getattr(before, name)) for name in ("start", "end")}
        kept |= {"speaker": before.speaker or "", "host": before.host or "", "theme": before.theme or ""}
        return replace(fresh, values={**fresh.values, **kept})

    def of(self, key: str) -> ActivityForm:
        """An activity that is there, to be changed.

        Raises:
            VanishedLineError: it is gone.
        """
        activity = self._one(key)
        fields = self._activities.listing.shown
        values = {name: fields.field(name).kind.show(getattr(activity, name)) for name in _TEXTS}
        problems = [
            ProblemEntry(
                values={
                    f.name: f.kind.show(getattr(each, f.name)) for f in self._problems.listing.register.fields
                },
                key=each.id,
            )
            for each in self._records.select(FieldProblem, activity_id=key)
        ]
        return ActivityForm(
            key=key,
            division_code=activity.division_code,
            values=values,
            attendees=tuple(map(Attendee.of, self._activities.attendances([key])[key])),
            problems=tuple(problems),
        )

    def save(self, form: ActivityForm, today: date, opened: ActivityForm | None = None) -> str:
        """Write an activity with its people, problems and new files, all in one change set; return its key.

        ``opened``: the form as ``of`` gave it; what was changed elsewhere since stays then, unless it was typed anew.

        Raises:
            InvalidValueError: with every problem of the activity, else of the first field problem that cannot be kept.
            StaleRecordError: what was typed anew was changed elsewhere, too; see ``settled``.
            VanishedLineError, UnkeptFileError: nothing was written.
        """
        ready = self._ready(form, today, opened)
        key = form.key or new_id()
        files = self._attachments.write(ACTIVITY.name, key, form.files)
        with self._store.change(self._why(form, ready.record)):
            ready = self._ready(form, today, opened)  # nobody else writes from here on
            if form.key is None:
                self._records.insert_many([Activity(id=key, **ready.record)])  # type: ignore[arg-type]  # read by the fields' kinds
            else:
                self._records.update(Activity, key, **ready.record)
            self._write_people(key, ready.form.attendees)
            self._write_problems(key, ready.form.problems, ready.problems)
            self._records.insert_many(files)
        return key

    def settled(
        self, opened: ActivityForm, form: ActivityForm, mine: Container[Hashable]
    ) -> tuple[ActivityForm, ActivityForm]:
        """A kept activity as it stands, and what was typed put over it; of what both changed ``mine`` stays as typed.

        Raises:
            VanishedLineError: it is gone.
        """
        now = self.of(str(form.key))
        return now, settled_form(self._of_kept(opened), self._of_kept(form), now, mine)[0]

    def _of_kept(self, form: ActivityForm) -> ActivityForm:
        """A form whose people are those they were merged into since it was opened."""
        kept = merged_into(self._store, filter(None, (each.person_id for each in form.attendees)))
        people = (replace(e, person_id=kept.get(e.person_id or "", e.person_id)) for e in form.attendees)
        return replace(form, attendees=tuple(people)) if kept else form

    def _ready(self, form: ActivityForm, today: date, opened: ActivityForm | None) -> _Ready:
        """A form read into what is stored, over what was changed since it was opened."""
        form = self._of_kept(form)
        if form.key is not None:
            before = self._of_kept(opened) if opened else self.of(form.key)
            form, clashes = settled_form(before, form, self.of(form.key))
            if clashes:
                raise StaleRecordError(clashes)
        place = next(
            (each.division_code for each in form.secretaries if each.division_code), form.division_code
        )
        record = self._read(form, place, today)
        problems = [
            self._read_problem(number, each, place, record["start"], today)
            for number, each in enumerate(form.problems, start=1)
        ]
        return _Ready(form, record, problems)

    def checks(self, form: ActivityForm) -> dict[str, str]:
        """What is worth a look before saving, by column of the listing; nothing is refused for it."""
        found: dict[str, str] = {}
        checker, enterer = (form.values.get(name, "").strip() for name in ("checked_by", "entered_by"))
        if checker and checker == enterer:
            found["checked_by"] = ONE_PERSON
        if words := self._doubted_day(form):
            found["start"] = words
        if not form.secretaries:
            found["secretaries"] = NO_SECRETARY
        elif any(not each.present for each in form.secretaries):
            names = _BETWEEN.join(each.name for each in form.secretaries if not each.present)
            found["secretaries"] = f"{names}没有到场，不计入完成情况。"
        twins = [
            twin.words
            for file in form.files
            for twin in self._attachments.twins(file, ACTIVITY.name, form.key or "")
        ]
        if twins:
            found["photos"] = "".join(dict.fromkeys(twins))
        return found

    def _doubted_day(self, form: ActivityForm) -> str:
        """Words where the same was entered before, or the day lies before somebody came under management."""
        fields = self._activities.listing.shown
        kind, start = (
            fields.field(name).kind.read(Cell(form.values.get(name, "")), date.max).value
            for name in ("kind", "start")
        )
        people = [each.person_id for each in form.secretaries if each.person_id]
        if not isinstance(start, str) or not people:
            return ""
        same = held_or_planned(self._store, str(kind), start[:10], people)
        others = [theme or "没有主题" for key, theme in same.items() if key != form.key]
        words = (
            [f"这一天已经有一次{form.values['kind']}（{others[0]}），请看是不是登记过了。"] if others else []
        )
        managed = self._records.select(ManagedSecretary, person_id=people)
        since = min((each.since for each in managed if each.since), default=None)
        if since is not None and start[: len(since)] < since:
            words.append(f"早于纳入提级管理的时间 {show_month(since)}，请核对日期。")
        return "".join(words)

    def _read(self, form: ActivityForm, place: str, today: date) -> dict[str, object]:
        """The stored values of a form; what was emptied is None."""
        read = self._activities.read_line(form.values, today, division_code=place)
        problems = dict(read.problems)
        if "state" in form.values and not read.record.keys() & {"state"}:
            problems.setdefault("state", STATE_NEEDED)
        if words := self._misnamed(form):
            problems.setdefault("participants", words)
        if problems:
            raise InvalidValueError(problems, self._activities.listing.shown)
        emptied = {name: None for name in form.values if name in _TEXTS}
        return {**emptied, **read.record, "division_code": place}

    def _misnamed(self, form: ActivityForm) -> str:
        """Words on the first of the people whose name is none."""
        readings = (NAME.read(Cell(each.name), date.max) for each in form.attendees)
        return next((r.problem for r in readings if r.problem is not None and r.value is None), "")

    def _read_problem(
        self, number: int, entry: ProblemEntry, place: str, start: object, today: date
    ) -> dict[str, object]:
        """The stored values of a problem; no new day of it lies before the activity at which it was found."""
        read = self._problems.read_line(entry.values, today, division_code=place)
        there = next(iter(self._records.select(FieldProblem, id=entry.key)), None) if entry.key else None
        problems = dict(read.problems)
        for name in ("due", "closed"):
            day = read.record.get(name)
            if day != getattr(there, name, None) and (words := too_early(day, str(start))):
                problems.setdefault(name, words)
        if problems:
            told = {name: f"第 {number} 个问题：{words}" for name, words in problems.items()}
            raise InvalidValueError(told, self._problems.listing.shown)
        emptied = dict.fromkeys(entry.values)
        return {**emptied, **read.record, "division_code": place}

    def _write_people(self, key: str, people: Sequence[Attendee]) -> None:
        """Make the attendances those of the form; who stays the same keeps the record."""
        people = _each_once(people)
        there = {Attendee.of(each): each for each in self._activities.attendances([key])[key]}
        self._records.delete(Attendance, [each.id for who, each in there.items() if who not in people])
        fresh = [each for each in people if each not in there]
        self._records.insert_many(attendances_of(key, fresh))

    def _write_problems(
        self, key: str, entries: Sequence[ProblemEntry], read: Sequence[Mapping[str, object]]
    ) -> None:
        kept = {entry.key for entry in entries}
        there = self._records.select(FieldProblem, activity_id=key)
        self._records.delete(FieldProblem, [each.id for each in there if each.id not in kept])
        for entry, values in zip(entries, read, strict=True):
            if entry.key is None:
                fresh = FieldProblem(id=new_id(), activity_id=key, **values)  # type: ignore[arg-type]  # read by the fields' kinds
                self._records.insert_many([fresh])
            else:
                self._records.update(FieldProblem, entry.key, **values)

    def _why(self, form: ActivityForm, record: Mapping[str, object]) -> str:
        kind = self._activities.kinds.show(record["kind"])
        names = _BETWEEN.join(each.name for each in form.secretaries)
        place = self._divisions.get(str(record["division_code"])).short_name
        return f"{'登记' if form.key is None else '修改'}活动：{kind} {place} {names}".strip()

    def _one(self, key: str) -> Activity:
        found = self._records.select(Activity, id=key)
        if not found:
            raise VanishedLineError
        return found[0]

    def _mentors(self, person_id: str | None, place: str, day: date) -> list[str]:
        if person_id is None:
            return []
        pairs = self._records.select(Mentoring, person_id=person_id, division_code=place)
        return [pair.mentor for pair in pairs if is_mentoring_on(pair, day)]

    def _township(self, code: str) -> str:
        division = self._divisions.get(code)
        return code if division.code == self._settings.unit else division.parent or code


def _each_once(people: Iterable[Attendee]) -> list[Attendee]:
    """People without blank names, nobody twice; who is on the list as a secretary too is one."""
    found: dict[str, Attendee] = {}
    for each in sorted(people, key=lambda each: not each.secretary):
        if name := clean_name(each.name):
            found.setdefault(each.person_id or name, replace(each, name=name))
    return list(found.values())
