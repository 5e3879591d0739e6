"""The history in words (变更记录): who changed what and when, undo and redo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.models.database.activities import kind_name
from desktop.models.database.checklists import names_in_history
from desktop.models.database.disclosures import Disclosure, disclosures
from desktop.models.database.history import ChangeSet, History, RowChange
from desktop.models.database.roster import names_of
from desktop.models.database.store import Store
from desktop.models.domain.days import show_day
from desktop.models.domain.fields import Field
from desktop.models.domain.periods import Period
from desktop.models.domain.posts import HeldPost, PartyForm, Post, post_wording
from desktop.models.registers.activity import ACTIVITY
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.checklist import ASSESSMENT_ITEM
from desktop.models.registers.choice import CHOICE
from desktop.models.registers.committee_term import which_term
from desktop.models.registers.division import DIVISION, Division, DivisionKind
from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import ATTACHMENT
from desktop.models.registers.rally import RALLY_ITEM, RALLY_SCORE
from desktop.models.registers.reserve import APPRAISAL, RESERVE
from desktop.models.registers.term import TERM
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.settings import SettingsService

FLOOR = "history.floor"
_CALLED = ("name", "problem")  # fields that say what a record is
_PLACE, _OWNERS = "division_code", ("person_id", "owner_id")
_LABELLED: dict[str, type[PartyForm | DivisionKind]] = {"party_form": PartyForm, "kind": DivisionKind}
_REGISTERS = {register.name: register for register in REGISTERS}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a change set changed, as shown; numbers are masked."""

    who: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change set as people read it."""

    seq: int
    at: datetime
    operator: str
    why: str
    source: str | None
    kind: str
    details: tuple[FieldChange, ...] = ()


class HistoryService:
    """Change sets in words."""

    def __init__(self, store: Store, divisions: DivisionsService, settings: SettingsService) -> None:
        self._store = store
        self._history = History(store)
        self._settings = settings
        self._divisions = divisions

    def recent(self, limit: int = 50, before: int | None = None) -> list[ChangeLine]:
        """The latest change sets, the newest first, without details."""
        return [_line(change) for change in self._history.changes(limit, before)]

    def of_person(self, person_id: str) -> list[ChangeLine]:
        """Everything that happened to a person and the person's posts, the newest first."""
        by_change: dict[int, list[RowChange]] = {}
        for row in self._history.changes_of_person(person_id):
            by_change.setdefault(row.change.seq, []).append(row)
        return [_line(rows[0].change, self.in_words(rows)) for rows in by_change.values()]

    def details(self, seq: int) -> tuple[FieldChange, ...]:
        """Every field that a change set changed."""
        return self.in_words(self._history.rows_of(seq))

    def called(self, table: str, key: str) -> str:
        """What a record is called, one that was removed by what it was last; empty where there never was one."""
        past = self._history.changes_of(table, key)
        return next((change.who for change in self.in_words(past[:1])), "")

    def disclosures(self) -> list[Disclosure]:
        """Who had numbers shown in full, of how many people and why, the newest first."""
        return disclosures(self._store)

    def undo(self, seq: int | None = None) -> ChangeLine | None:
        """Take back a change set, or the last one that stands; None when there is nothing to take back.

        Raises:
            UndoRefusedError: rows have moved on since.
        """
        seq = self._next_undo() if seq is None else seq
        if seq is None or seq <= self._floor:
            return None
        return _line(self._history.change(self._history.undo(seq)))

    def redo(self) -> ChangeLine | None:
        """Repeat the change taken back last; None when there is none."""
        seq = self._history.next_redo()
        if seq is None:
            return None
        return _line(self._history.change(self._history.redo(seq)))

    def next_undo(self) -> str | None:
        """What Ctrl+Z would take back, in words."""
        return self._why(self._next_undo())

    def next_redo(self) -> str | None:
        """What Ctrl+Y would repeat, in words."""
        return self._why(self._history.next_redo())

    def _next_undo(self) -> int | None:
        seq = self._history.next_undo()
        return None if seq is None or seq <= self._floor else seq

    @property
    def _floor(self) -> int:
        """The change set that filled a new office; nothing at or before it is taken back."""
        return int(self._settings.get(FLOOR, 0))

    def _why(self, seq: int | None) -> str | None:
        return None if seq is None else self._history.change(seq).why

    def in_words(self, rows: Iterable[RowChange]) -> tuple[FieldChange, ...]:
        """What became of some rows, field by field."""
        rows = list(rows)
        sides = [side for row in rows for side in (row.before, row.after) if side is not None]
        names = names_of(self._store, {str(side.get("person_id") or side.get("owner_id")) for side in sides})
        checklists = {str(side.get("branch_id")) for side in sides if "branch_id" in side}
        checklists |= {row.key for row in rows if row.table == ASSESSMENT_ITEM.name}
        names |= names_in_history(self._store, checklists)
        return tuple(change for row in rows for change in self._row_in_words(row, names))

    def _row_in_words(self, row: RowChange, names: Mapping[str, str]) -> list[FieldChange]:
        who = self._who(row, names)
        if row.table == TERM.name and (row.before is None or row.after is None):
            old, new = (self._wording(side) for side in (row.before, row.after))
            return [FieldChange(who, "任职", old, new)]
        if row.table == CHOICE.name:
            return [_choice(row)]
        shown = {field.name: field for field in _REGISTERS[row.table].fields}
        told = [
            FieldChange(
                who, shown[name].label, self._show(row, shown[name], old), self._show(row, shown[name], new)
            )
            for name, (old, new) in row.fields.items()
            if name in shown
        ]
        return told + self._moves(row, who, names)

    def _moves(self, row: RowChange, who: str, names: Mapping[str, str]) -> list[FieldChange]:
        """What a row that stays belongs to now: another village, or the entry that another was merged into."""
        if row.before is None or row.after is None:
            return []
        told = []
        for name, (old, new) in row.fields.items():
            if name == _PLACE:
                told.append(FieldChange(who, "村（社区）", self._village(old), self._village(new)))
            elif name in _OWNERS:
                told.append(FieldChange(who, "人员", names.get(str(old), ""), names.get(str(new), "")))
        return told

    def _village(self, code: object) -> str:
        division = self._divisions.all().get(str(code))
        return division.short_name if division else str(code)

    def _who(self, row: RowChange, names: Mapping[str, str]) -> str:
        """A division or person by name; what belongs to them by the village and the person, the year, the term."""
        content = _content(row)
        if row.table in (DIVISION.name, PERSON.name):
            return str(content["name"])
        if row.table == ATTACHMENT.name and content["owner"] != PERSON.name:
            return self._said_of(str(content["owner"]), str(content["owner_id"]))
        if row.table == RALLY_SCORE.name:
            item = self._said_of(RALLY_ITEM.name, str(content["item_id"]))
            return f"{self._village(content['division_code'])} {item}"
        if row.table == APPRAISAL.name:
            return f"{self._said_of(RESERVE.name, content['reserve_id'])} {content['year']} 年".strip()
        return self._said(content, names)

    def _said_of(self, table: str, key: str) -> str:
        """A record that another belongs to; one that was removed by what it was last."""
        past = self._history.changes_of(table, key)
        content = _content(past[0]) if past else {}
        if table == ASSESSMENT_ITEM.name:
            return names_in_history(self._store, [key]).get(key, "")
        return self._said(content, names_of(self._store, {str(content.get("person_id"))}))

    def _said(self, content: Mapping[str, Any], names: Mapping[str, str]) -> str:
        division = self._divisions.all().get(str(content.get("division_code")))
        owner = (
            names.get(str(content.get("person_id") or content.get("owner_id")))
            or self._event(content)
            or _subject(content, names)
        )
        year = f"{content['year']} 年" if "year" in content else None
        told = (division.short_name if division else None, owner, year, which_term(content))
        return " ".join(filter(None, told))

    def _event(self, content: Mapping[str, Any]) -> str:
        """An activity by its day and its theme, or its kind: 2026.03.05 工作交流."""
        if "theme" not in content:
            return ""
        theme = content["theme"] or kind_name(self._store, content["kind"])
        return f"{show_day(content['start'][:10])} {theme}"

    def _wording(self, content: dict[str, Any] | None) -> str:
        if content is None:
            return ""
        division: Division | None = self._divisions.all().get(str(content["division_code"]))
        form = PartyForm(division.party_form) if division else PartyForm.BRANCH
        held = HeldPost(Post(content["post"]), content["title"])
        start, end = (TERM.field(name).kind.show(content[name]) for name in ("start", "end"))
        period = f"（{start}—{end}）" if start or end else ""
        return post_wording(held, form, community=bool(division and division.is_community)) + period

    def _show(self, row: RowChange, field: Field, value: object) -> str:
        if value is None:
            return ""
        if row.table == TERM.name and field.name == "post":
            return Post(str(value)).label
        if row.table == DIVISION.name and field.name in _LABELLED:
            return _LABELLED[field.name](str(value)).label
        if row.table == ACTIVITY.name and field.name == "kind":
            return kind_name(self._store, str(value))
        return field.kind.mask(value)


def _choice(row: RowChange) -> FieldChange:
    """What became of one of the office's choices; few changes are of them, so their meanings are not there yet."""
    from desktop.models.services.choices import MEANINGS, in_words

    old, new = (in_words(row.key, side["value"] if side else None) for side in (row.before, row.after))
    return FieldChange(MEANINGS[row.key].about, MEANINGS[row.key].label, old, new)


def _subject(content: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    """What a record that is about nobody is called: by its own name, its problem, or the party organisation and the period."""
    if called := names.get(str(content.get("id"))) or next(filter(None, map(content.get, _CALLED)), None):
        return str(called)
    branch = names.get(str(content.get("branch_id")))
    period = Period.parse(content["period"]).label if "period" in content else None
    return " ".join(filter(None, (branch, period))) or None


def _content(row: RowChange) -> dict[str, Any]:
    return row.after or row.before or {}


def _line(change: ChangeSet, details: tuple[FieldChange, ...] = ()) -> ChangeLine:
    return ChangeLine(change.seq, change.at, change.operator, change.why, change.source, change.kind, details)
