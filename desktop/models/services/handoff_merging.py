"""A package and the city's store side by side (合并): gathering what a plan needs, writing what it decided."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from desktop.models.database.attachments import AttachmentFiles
from desktop.models.database.handoff_rows import (
    changed_since,
    defer_references,
    dependents,
    existing,
    held_rows,
    holders,
    last_merges,
    look_alikes,
    merged_people,
    references,
)
from desktop.models.database.records import Records
from desktop.models.database.roster import last_seq
from desktop.models.database.store import Store
from desktop.models.database.unit_rows import Row, UnitRows
from desktop.models.errors import DesktopError
from desktop.models.handoff.plan import WHOLE, Alike, City, HeldMark, Id, MergePlan, Outcome, PlannedRow
from desktop.models.handoff.staging import Staged
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import OWN, HeldRow, TakenPackage
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.handoff_remarks import close_answered

_RECORDS = {register.name: register.record for register in REGISTERS}
_LOOKED_AT = ("name", "birth", "id_number")
_FIRST = 1  # the change set that made the office: what it brought, the city has not changed


class _Gathering:
    """What the city has of one unit, beside one package."""

    def __init__(
        self, store: Store, divisions: DivisionsService, files: AttachmentFiles, staged: Staged
    ) -> None:
        self._store = store
        self._divisions = divisions
        self._files = files
        self._staged = staged
        self._own = UnitRows(store, staged.header.unit, own=False)
        self._parents = references(store)
        key = {register: "code" if register == "division" else "id" for register in OWN}
        self._rows = {
            register: {row[key[register]]: row for row in self._own.rows(register)} for register in OWN
        }

    def city(self) -> City:
        others = self._others()
        return City(
            rows=self._rows,
            divisions=self._own.keys("division"),
            changed=dict(self._changed()),
            held={
                (register, key): _mark(extra, kept)
                for register, key, extra, kept in held_rows(self._store, self._staged.header.unit)
            },
            others=others,
            there=self._there(),
            parents=self._parents,
            dependents=self._dependents(),
            contents=self._contents(),
            alike=self._alike(),
            merged=merged_people(self._store, self._staged.rows.get("person", ())),
            seq=last_seq(self._store),
        )

    def _changed(self) -> Iterable[tuple[Id, Row | None]]:
        merges = last_merges(self._store, self._staged.header.unit)
        for register, rows in self._rows.items():
            seq = max((m for m, names in merges if register in json.loads(names)), default=_FIRST)
            for key, was in changed_since(self._store, register, rows, seq):
                yield (register, key), was

    def _others(self) -> dict[Id, str]:
        """The package's keys that are taken: by rows there, or by what another unit has reported."""
        found: dict[Id, str] = {}
        own = self._staged.header.unit
        for register, rows in {**self._staged.rows, **self._staged.foreign}.items():
            keys = rows.keys() - self._own.keys(register) if register in self._staged.rows else rows.keys()
            if register != "division" and keys:
                units = {
                    key: unit for key, unit in holders(self._store, register, keys).items() if unit != own
                }
                known = existing(self._store, register, keys) if register in self._staged.rows else ()
                found |= {(register, key): self._called(units.get(key)) for key in {*units, *known}}
        return found

    def _called(self, unit: str | None) -> str:
        division = self._divisions.all().get(unit or "")
        return division.name if division else "市里"

    def _there(self) -> dict[str, frozenset[str]]:
        asked: dict[str, set[str]] = defaultdict(set)
        asked["division"] = set(self._staged.rows.get("division", ()))
        for register, rows in self._staged.rows.items():
            for column, parent in self._parents[register]:
                asked[parent] |= {row.values[column] for row in rows.values()} - {None}
        for row in self._staged.rows.get("person_pair", {}).values():
            asked["person"] |= {row.values["person_id"], row.values["other_id"]}
        return {
            parent: existing(self._store, parent, asked[parent]) for parent in {"person", "division", *asked}
        }

    def _dependents(self) -> dict[Id, tuple[tuple[str, str, bool], ...]]:
        """Of the rows that the package no longer has, and of what hangs on them."""
        found: dict[Id, list[tuple[str, str, bool]]] = defaultdict(list)
        refused = {(each.register, each.key) for each in self._staged.refused}
        waiting = {
            register: {
                key for key in self._rows[register] if key not in rows and (register, key) not in refused
            }
            for register, rows in self._staged.rows.items()
            if register != "division"
        }
        while waiting:
            register, keys = waiting.popitem()
            for key, child, child_key in (
                dependents(self._store, register, keys, self._parents) if keys else ()
            ):
                own = child_key in self._own.keys(child)
                fresh = (child, child_key) not in found and child_key not in self._staged.rows.get(child, ())
                found[register, key].append((child, child_key, own))
                if own and fresh and child_key not in waiting.get(child, ()):
                    waiting.setdefault(child, set()).add(child_key)
        return {id: tuple(dict.fromkeys(each)) for id, each in found.items()}

    def _contents(self) -> frozenset[str]:
        """Contents that the package only names, and that are kept here."""
        named = {
            row.values["sha256"]: row.values["size"]
            for row in self._staged.rows.get("attachment", {}).values()
            if row.values["sha256"] not in self._staged.attached
        }
        return frozenset(digest for digest, size in named.items() if self._is_kept(digest, size))

    def _is_kept(self, digest: str, size: int) -> bool:
        try:
            self._files.look_at(digest, size)
        except DesktopError:
            return False
        return True

    def _alike(self) -> dict[str, tuple[Alike, ...]]:
        own = self._rows["person"]
        people = [
            row.values
            for key, row in self._staged.rows.get("person", {}).items()
            if key not in own or any(own[key][name] != row.values[name] for name in _LOOKED_AT)
        ]
        pairs = [pair for pair in look_alikes(self._store, people) if pair[1] not in own]
        units = holders(self._store, "person", {person for _, person, _ in pairs})
        called = {unit: self._called(unit) for unit in {None, *units.values()}}
        found: dict[str, list[Alike]] = defaultdict(list)
        for mine, person, name in pairs:
            found[mine].append(Alike(person, name, called[units.get(person)]))
        return {key: tuple(each) for key, each in found.items()}


_NO_MARK = HeldMark()


def _mark(extra: str | None, kept: str | None) -> HeldMark:
    """What is stored beside a row; nothing beside most."""
    if extra is None and kept is None:
        return _NO_MARK
    return HeldMark(json.loads(extra or "{}"), json.loads(kept or "{}"))


def gather(store: Store, divisions: DivisionsService, files: AttachmentFiles, staged: Staged) -> City:
    """What a plan needs to know of the city's store."""
    return _Gathering(store, divisions, files, staged).city()


def write_plan(store: Store, plan: MergePlan, seq: int, outcome: str, previous: str | None) -> int:
    """Write a plan into the open change set ``seq``: rows, whose they are, and that the package was taken.

    Returns how many remarks the unit has dealt with.

    ``outcome`` (JSON) is what is told of it; ``previous`` the package that was taken from the unit before.
    """
    defer_references(store)
    records = Records(store)
    _write_rows(records, plan.rows)
    _write_held(records, plan)
    header = plan.staged.header
    if previous is not None:
        records.update(TakenPackage, previous, followed_by=plan.staged.hash)
    taken = TakenPackage(
        id=plan.staged.hash,
        unit=header.unit,
        epoch=header.epoch,
        number=header.seq,
        previous=header.previous,
        schema=header.schema,
        as_of=header.as_of,
        made=header.made,
        merged=seq,
        registers=json.dumps([name for name, _ in header.registers]),
        outcome=outcome,
    )
    records.insert_many([taken])
    return close_answered(records, header.unit, plan.staged.answers)


def _write_rows(records: Records, rows: Iterable[PlannedRow]) -> None:
    by_register: dict[str, list[PlannedRow]] = {register: [] for register in OWN}
    for row in rows:
        if not row.writes_nothing:
            by_register[row.register].append(row)
    for register, changing in by_register.items():
        record: Any = _RECORDS[register]
        records.insert_many(
            record(**row.after) for row in changing if row.before is None and row.after is not None
        )
        records.update_many(
            record,
            {row.key: row.values for row in changing if row.before is not None and row.after is not None},
        )
    for register, changing in reversed(by_register.items()):
        records.delete(_RECORDS[register], [row.key for row in changing if row.after is None])


def _write_held(records: Records, plan: MergePlan) -> None:
    """Whose the rows are, with what only a newer program knows of them and what was reported where ours stands."""
    unit = plan.staged.header.unit
    marks = {row.id: HeldMark(row.extra, row.kept) for row in plan.rows if row.after is not None}
    marks |= {  # the city removed it, and leaves it so
        row.id: HeldMark(kept={WHOLE: None})
        for row in plan.rows
        if row.outcome is Outcome.CONFLICT and row.before is None and row.after is None
    }
    marks |= {id: HeldMark(extra=row) for id, row in plan.foreign.items()}
    present = plan.held
    records.insert_many(
        HeldRow(id=f"{register}/{key}", unit=unit, register=register, **_texts(mark))
        for (register, key), mark in marks.items()
        if (register, key) not in present
    )
    records.update_many(
        HeldRow,
        {
            f"{id[0]}/{id[1]}": _texts(mark)
            for id, mark in marks.items()
            if id in present and present[id] != mark
        },
    )
    gone = plan.staged.rows.keys() | {name for name, _ in plan.staged.header.registers}
    gone_with = {row.register for row in plan.rows if row.after is None}
    records.delete(
        HeldRow, [f"{id[0]}/{id[1]}" for id in present if id not in marks and id[0] in gone | gone_with]
    )


def _texts(mark: HeldMark) -> dict[str, str | None]:
    return {
        name: json.dumps(value, ensure_ascii=False) if value else None for name, value in asdict(mark).items()
    }
