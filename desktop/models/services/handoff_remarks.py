"""Remarks (退回意见): the city attaches them to a township's records, the township works them off."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.database.times import stored_time
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.handoff.canonical import canonical
from desktop.models.handoff.receipt import Receipt
from desktop.models.handoff.receipt import Remark as Said
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import ANCHORS
from desktop.models.registers.person_file import ATTACHMENT, Attachment
from desktop.models.registers.remark import Remark
from desktop.models.services.handoff_keys import HandoffKeys
from desktop.models.services.history import HistoryService

_REGISTERS = {register.name: register for register in REGISTERS}


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
        with self._store.change(f"提退回意见：{_title(register)} {self._history.called(register, row_id)}"):
            self._records.insert_many([remark])
        return remark

    def owner_of(self, register: str, key: str) -> tuple[str, str] | None:
        """The record that another hangs on (register, id), to open in its place; None: on none, or it is gone."""
        if register == ATTACHMENT.name:
            return next(
                ((each.owner, each.owner_id) for each in self._records.select(Attachment, id=key)), None
            )
        if register not in ANCHORS:
            return None
        column, parent = ANCHORS[register]
        found: list[Any] = self._records.select(_REGISTERS[register].record, id=key)
        return next(((parent, getattr(each, column)) for each in found), None)

    def close(self, remark_id: str, now: datetime) -> None:
        """Mark a remark as dealt with (已办): in the city for good, in a township until a receipt repeats it."""
        remark = self._records.get(Remark, remark_id)
        with self._store.change(f"退回意见已办：{_title(remark.register)}"):
            self._records.update(Remark, remark_id, answered=stored_time(now))

    def to_tell(self, unit: str) -> tuple[Said, ...]:
        """The open remarks on a unit's records that are there still, for a receipt."""
        return tuple(
            Said(each.register, each.row_id, each.field or "", each.text, each.made)
            for each in self._records.select(Remark, unit=unit, answered=None)
            if self._is_there(each)
        )

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

    def _is_there(self, remark: Remark) -> bool:
        register = _REGISTERS.get(remark.register)
        if register is None:
            return False
        key = fields(register.record)[0].name
        return bool(self._records.select(register.record, **{key: remark.row_id}))


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
