"""Remarks (退回意见): the city attaches them to a township's records, the township works them off."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.database.times import local_time, stored_time
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.handoff.canonical import canonical
from desktop.models.handoff.receipt import Receipt
from desktop.models.handoff.receipt import Remark as Said
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.checklist import Assessment, AssessmentItem, Grading
from desktop.models.registers.handoff import ANCHORS
from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import Attachment
from desktop.models.registers.remark import Remark
from desktop.models.registers.schemes import SchemeItem
from desktop.models.registers.term import TERM
from desktop.models.services.handoff_keys import HandoffKeys
from desktop.models.services.history import HistoryService

_REGISTERS = {register.name: register for register in REGISTERS}
_HANGS_ON = ANCHORS | {TERM.name: ("person_id", PERSON.name)}  # a post is put right on the person's page


class EmptyRemarkError(DesktopError):
    """A remark says nothing."""

    def __init__(self) -> None:
        super().__init__("请填写退回意见：哪里不对，要怎么改。")


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """A remark with the record that it opens (``remark.register``, ``remark.row_id``), in words."""

    remark: Remark
    title: str  # of the register
    who: str
    label: str  # of the field; empty: the whole record

    @property
    def is_open(self) -> bool:
        """Whether something is to be done still."""
        return self.remark.answered is None

    @property
    def made(self) -> datetime:
        """When it was made, on the office's clock."""
        return local_time(self.remark.made)

    @property
    def answered(self) -> datetime | None:
        """When it was dealt with."""
        return local_time(self.remark.answered) if self.remark.answered else None


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """A record that a page shows; of 8+N the organisation (``key``) with the period, and the item's code if any."""

    register: str
    key: str
    period: str | None = None
    item: str | None = None


class HandoffRemarks:
    """The remarks of one office: in the city those it made, in a township those that receipts brought."""

    def __init__(self, store: Store, keys: HandoffKeys, history: HistoryService) -> None:
        self._store = store
        self._records = Records(store)
        self._keys = keys
        self._history = history

    def all(self) -> list[RemarkLine]:
        """All remarks, the open ones first, then the latest."""
        found = sorted(self._records.select(Remark), key=lambda each: each.made, reverse=True)
        lines = [
            RemarkLine(
                remark=each,
                title=_title(each.register),
                who=self._history.called(each.register, each.row_id),
                label=_label(each),
            )
            for each in found
        ]
        return sorted(lines, key=lambda line: not line.is_open)

    def attach(
        self, unit: str, register: str, row_id: str, text: str, now: datetime, *, field: str | None = None
    ) -> Remark:
        """Say (in the city) what is to be put right in a township's record, or in one field of it.

        Raises:
            EmptyRemarkError: nothing is said.
            NotCityError: this is a township's office.
        """
        self._keys.require_city()
        if not text.strip():
            raise EmptyRemarkError
        remark = Remark(
            id=new_id(),
            unit=unit,
            register=register,
            row_id=row_id,
            field=field,
            text=text.strip(),
            by=self._store.operator,
            made=stored_time(now),
        )
        with self._store.change(f"提退回意见：{self.named(register, row_id)}"):
            self._records.insert_many([remark])
        return remark

    def named(self, register: str, key: str) -> str:
        """A record in words, for who is to put it right."""
        return f"{_title(register)} {self._history.called(register, key)}".strip()

    def place_of(self, remark: Remark, pages: Container[str]) -> RecordPlace | None:
        """Where a remark is worked off: its record, or of those that it hangs on the first that ``pages`` show.

        None: it is gone, or nothing shows it.
        """
        register, key = remark.register, remark.row_id
        period, item = None, None
        while (record := self._record(register, key)) is not None:
            if isinstance(record, AssessmentItem):
                item = self._records.get(SchemeItem, record.item_id).code
            elif isinstance(record, (Assessment, Grading)):
                period = record.period
            if register in pages:
                return RecordPlace(register, key, period, item)
            if isinstance(record, Attachment):
                register, key = record.owner, record.owner_id
            elif register in _HANGS_ON:
                column, register = _HANGS_ON[register]
                key = getattr(record, column)
            else:
                return None
        return None

    def close(self, remark_id: str, now: datetime) -> None:
        """Mark a remark as dealt with (已办): a township's next package tells the city so."""
        remark = self._records.get(Remark, remark_id)
        with self._store.change(f"退回意见已办：{_title(remark.register)}"):
            self._records.update(Remark, remark_id, answered=stored_time(now))

    def ask_again(self, remark_id: str, now: datetime) -> None:
        """Say (in the city) that a remark that was dealt with stands still: it goes down anew, as of now.

        Raises:
            NotCityError: this is a township's office.
        """
        self._keys.require_city()
        remark = self._records.get(Remark, remark_id)
        with self._store.change(f"再次提退回意见：{_title(remark.register)}"):
            # what the township has said of it so far names the former one, and so closes nothing more
            self._records.update(Remark, remark_id, made=stored_time(now), answered=None)

    def waiting(self) -> int:
        """How many remarks are to be dealt with still."""
        return len(self._records.select(Remark, answered=None))

    def answers(self) -> list[dict[str, str]]:
        """The remarks that a township has dealt with (已办), for its next package."""
        return [
            {"id": each.id, "answered": each.answered}
            for each in self._records.select(Remark)
            if each.answered is not None
        ]

    def to_tell(self, unit: str) -> tuple[Said, ...]:
        """The open remarks on a unit's records that are there still, for a receipt."""
        waiting = self._records.select(Remark, unit=unit, answered=None)
        return tuple(_said(each) for each in waiting if self._record(each.register, each.row_id))

    def keep(self, receipt: Receipt, packed: str, made: str, *, newest: bool) -> None:
        """Keep the remarks of a receipt within a change set that is open.

        Those that are known stand. The receipt of the newest package has the last word: what it repeats although it
        was dealt with before that package was made (``packed``) opens again, what it no longer has is done.
        """
        known = {each.id: each for each in self._records.select(Remark)}
        said = {_id_of(each): each for each in receipt.remarks}
        unit, by = self._keys.me.code, self._keys.known_root.city.name
        self._records.insert_many(
            Remark(
                id=id,
                unit=unit,
                register=each.register,
                row_id=each.id,
                field=each.field or None,
                text=each.text,
                by=by,
                made=each.made,
            )
            for id, each in said.items()
            if id not in known
        )
        if newest:
            changes: dict[str, dict[str, object]] = {
                id: {"answered": None}
                for id in said
                if id in known and (known[id].answered or packed) < packed
            }
            done = (id for id, each in known.items() if id not in said and each.answered is None)
            self._records.update_many(Remark, changes | {id: {"answered": made} for id in done})

    def _record(self, register: str, key: str) -> Any:
        """A record; None where it is gone, or only a newer program knows its register."""
        known = _REGISTERS.get(register)
        if known is None:
            return None
        found: list[Any] = self._records.select(known.record, **{fields(known.record)[0].name: key})
        return next(iter(found), None)


def close_answered(records: Records, unit: str, answers: Mapping[str, str]) -> int:
    """Close, within a change set that is open, a city's remarks that the unit has dealt with; return how many.

    ``answers``: the ids by which the unit knows them, with the moment (UTC).
    """
    waiting = records.select(Remark, unit=unit, answered=None) if answers else []
    known = ((each.id, _id_of(_said(each))) for each in waiting)
    closed = {id: {"answered": answers[told]} for id, told in known if told in answers}
    records.update_many(Remark, closed)
    return len(closed)


def _said(remark: Remark) -> Said:
    return Said(remark.register, remark.row_id, remark.field or "", remark.text, remark.made)


def _id_of(said: Said) -> str:
    """The same id for the same remark in every receipt that repeats it."""
    return hashlib.sha256(canonical(asdict(said))).hexdigest()[:32]


def _title(register: str) -> str:
    known = _REGISTERS.get(register)
    return known.title if known else register


def _label(remark: Remark) -> str:
    """What the remark's field is called; one that only a newer program knows as it is written."""
    register = _REGISTERS.get(remark.register)
    labels = {field.name: field.label for field in register.fields} if register else {}
    return labels.get(remark.field or "", remark.field or "")
