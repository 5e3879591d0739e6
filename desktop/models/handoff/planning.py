"""Decides what merging a package would do (合并预览): pure, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desktop.models.handoff.naming import Names
from desktop.models.handoff.plan import (
    WHOLE,
    Choices,
    City,
    HeldMark,
    Id,
    MergePlan,
    Outcome,
    PlannedField,
    PlannedRow,
    Side,
)
from desktop.models.handoff.receipt import Count
from desktop.models.handoff.staging import Refused, Row, Staged, StagedRow
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import ANCHORS, OWN

BRAKE = 0.2  # of what is held of a register: removing more asks again
# of a division that the city knows, what its township may say; what it is and where it lies is the city's
_DIVISION = ("name", "position", "aliases", "approved_posts", "party_form", "active")
_REGISTERS = {register.name: register for register in REGISTERS}


def plan_merge(staged: Staged, city: City, choices: Choices) -> MergePlan:
    """Decide what becomes of each row; ``choices`` for conflicts, elsewhere what is reported is taken."""
    return _Planner(staged, city, choices).plan()


class _Planner:
    def __init__(self, staged: Staged, city: City, choices: Choices) -> None:
        self._staged = staged
        self._city = city
        self._choices = choices
        self._accepted: dict[str, set[str]] = {register: set() for register in OWN}
        self._incoming = {(register, key) for register, rows in staged.rows.items() for key in rows}
        self._incoming |= {(each.register, each.key) for each in staged.refused}
        self._refused = list(staged.refused)
        self._names = Names(staged, city)

    def plan(self) -> MergePlan:
        incoming = [row for register in self._staged.rows for row in self._incoming_rows(register)]
        incoming += [
            row
            for each in self._staged.refused
            if each.key not in self._staged.rows.get(each.register, ())  # the first of two counts
            for row in self._as_it_is(each.register, each.key)
        ]
        foreign = dict(self._foreign_rows())
        removed = self._removals()
        self._keep_what_is_needed(removed, incoming)
        rows = [*incoming, *removed.values()]
        return MergePlan(
            staged=self._staged,
            rows=tuple(rows),
            refused=tuple(self._refused),
            called={
                (each.register, each.key): self._names.of(each.register, each.key) for each in self._refused
            },
            counts=self._counts(rows),
            brakes=self._brakes(rows),
            foreign=foreign,
            held=self._city.held,
            seq=self._city.seq,
        )

    def _as_it_is(self, register: str, key: str) -> Iterator[PlannedRow]:
        """What was refused, or is still needed, stays where it is there."""
        old, mark = (
            self._city.rows.get(register, {}).get(key),
            self._city.held.get((register, key), HeldMark()),
        )
        if old is not None:
            yield self._row(
                register, key, Outcome.SAME, before=old, after=old, extra=mark.extra, kept=mark.kept
            )

    def _incoming_rows(self, register: str) -> Iterator[PlannedRow]:
        for row in self._staged.rows[register].values():
            if reason := self._why_not(row):
                self._refused.append(Refused(register, row.key, reason))
                yield from self._as_it_is(register, row.key)
                continue
            planned = self._compared(row)
            if planned.after is not None:
                self._accepted[register].add(row.key)
            yield planned

    def _foreign_rows(self) -> Iterator[tuple[Id, Row]]:
        for register, rows in self._staged.foreign.items():
            for key, row in rows.items():
                if owner := self._city.others.get((register, key)):
                    self._refused.append(Refused(register, key, _not_yours(owner)))
                else:
                    yield (register, key), row

    # whose a row is

    def _why_not(self, row: StagedRow) -> str | None:
        """Why a row is not taken, in words; None: it is."""
        if row.register == "division":
            return self._why_not_division(row)
        if owner := self._city.others.get((row.register, row.key)):
            return _not_yours(owner)
        if row.register == "attachment":
            return self._why_not_attachment(row)
        if row.register == "person_pair":
            foreign = [row.values[name] for name in ("person_id", "other_id")]
            if any(key in self._city.there["person"] and not self._is_own("person", key) for key in foreign):
                return "涉及其他单位的人员。请由市里认定是否同一人。"
            return None
        if row.values.get("person_id") in self._city.merged - self._accepted["person"]:
            return "这个人市里已与另一条记录合并为一人，市里的记录不变。请打电话与市里核对是否同一人。"
        if row.register in ANCHORS:
            column, parent = ANCHORS[row.register]
            if not self._is_own(parent, row.values[column]):
                if parent == "division":
                    return (
                        f"所在的村（社区）{row.values[column]} 不属于本单位。请核对后改到本单位的村（社区）。"
                    )
                return f"所属的{_REGISTERS[parent].title}没有报来或没有采用。请一并报送。"
        for column, parent in self._city.parents[row.register]:
            key = row.values[column]
            if key is None or key in self._accepted.get(parent, ()):
                continue
            gone = key in self._city.rows.get(parent, ()) and (parent, key) not in self._incoming
            if key not in self._city.there[parent] or (gone and parent in self._staged.rows):
                return f"引用的{_REGISTERS[parent].title}市里没有。请一并报送，或改用市里下发的。"
        return None

    def _why_not_division(self, row: StagedRow) -> str | None:
        inside = row.key in self._city.divisions
        fresh = row.key not in self._city.there["division"] and self._is_own("division", row.values["parent"])
        return None if inside or fresh else "这个区划不属于本单位。请核对区划代码和上级。"

    def _why_not_attachment(self, row: StagedRow) -> str | None:
        if row.values["owner"] not in OWN or not self._is_own(row.values["owner"], row.values["owner_id"]):
            return "附件所属的记录没有报来或没有采用。请一并报送。"
        if row.values["sha256"] not in self._staged.attached | self._city.contents:
            return "附件的内容不在报送包里。请检查附件后重新生成。"
        return None

    def _is_own(self, register: str, key: object) -> bool:
        """Whether a row is the unit's and will be there."""
        if key in self._accepted[register] or (register == "division" and key in self._city.divisions):
            return True
        is_old = key in self._city.rows.get(register, ())
        return is_old and (register not in self._staged.rows or (register, key) in self._incoming)

    # what becomes of it

    def _compared(self, row: StagedRow) -> PlannedRow:
        id = (row.register, row.key)
        old = self._city.rows.get(row.register, {}).get(row.key)
        marks: dict[str, Any] = {
            "extra": row.extra,
            "unknown": row.unknown,
            "alike": self._city.alike.get(row.key, ()) if row.register == "person" else (),
        }
        if old is None:
            return self._added(row, marks)
        if old == row.values:
            return PlannedRow(  # most are, and nobody asks what they are called
                register=row.register,
                key=row.key,
                what=row.key,
                outcome=Outcome.SAME,
                before=old,
                after=old,
                extra=row.extra,
                unknown=row.unknown,
            )
        names = _DIVISION if row.register == "division" else tuple(row.values)
        fields = tuple(
            PlannedField(
                name,
                _label(row.register, name),
                old[name],
                row.values[name],
                self._chosen(id, name, old, row.values),
            )
            for name in names
            if old[name] != row.values[name]
        )
        if not fields:
            return self._row(*id, Outcome.SAME, before=old, after=old, **marks | {"alike": ()})
        return self._row(
            *id,
            Outcome.CONFLICT if any(each.chosen for each in fields) else Outcome.CHANGED,
            fields=fields,
            before=old,
            after=old | {each.name: each.taken for each in fields},
            kept={each.name: each.new for each in fields if each.chosen is Side.CITY},
            **marks,
        )

    def _added(self, row: StagedRow, marks: Mapping[str, Any]) -> PlannedRow:
        id = (row.register, row.key)
        if id not in self._city.held:
            return self._row(*id, Outcome.NEW, after=row.values, **marks)
        was_merged = row.register == "person" and row.key in self._city.merged
        side = self._side(id, WHOLE, Side.CITY if was_merged else Side.REPORTED)  # the city removed it
        told = PlannedField(WHOLE, "整条记录", None, row.values, side)
        after = row.values if side is Side.REPORTED else None
        return self._row(*id, Outcome.CONFLICT, fields=(told,), after=after, **marks)

    def _chosen(self, id: Id, name: str, old: Row, new: Row) -> Side | None:
        """Whose value is taken where the city changed a field too; None: it did not.

        A choice of the city's value stands for as long as the township reports the same.
        """
        kept = self._city.held.get(id, HeldMark()).kept
        base = self._city.changed.get(id, old)
        if name not in kept and base is not None and base[name] == old[name]:
            return None
        before = Side.CITY if name in kept and kept[name] == new[name] else Side.REPORTED
        return self._side(id, name, before)

    def _side(self, id: Id, name: str, otherwise: Side) -> Side:
        register, key = id
        return self._choices.get((register, key, name)) or self._choices.get((register, "", name), otherwise)

    # what the package no longer has

    def _removals(self) -> dict[Id, PlannedRow]:
        """The unit's rows that it reports no more, with what hangs on them."""
        waiting = [
            (register, key)
            for register in self._staged.rows
            if register != "division"
            for key, row in self._city.rows.get(register, {}).items()
            if (register, key) not in self._incoming
            and (register != "attachment" or row["owner"] in self._staged.rows)
        ]
        removed: dict[Id, PlannedRow] = {}
        while waiting:
            id = waiting.pop()
            if id not in removed and id not in self._incoming:
                removed[id] = self._removal(id)
                waiting += [
                    (register, key) for register, key, own in self._city.dependents.get(id, ()) if own
                ]
        return removed

    def _removal(self, id: Id) -> PlannedRow:
        old = self._city.rows[id[0]][id[1]]
        mark = self._city.held.get(id, HeldMark())
        if id not in self._city.changed and WHOLE not in mark.kept:
            return self._row(*id, Outcome.REMOVED, before=old)
        side = self._side(id, WHOLE, Side.CITY if WHOLE in mark.kept else Side.REPORTED)
        told = PlannedField(WHOLE, "整条记录", old, None, side)
        stays = side is Side.CITY
        return self._row(
            *id,
            Outcome.CONFLICT,
            fields=(told,),
            before=old,
            after=old if stays else None,
            extra=mark.extra if stays else {},
            kept={WHOLE: None} if stays else {},
        )

    def _keep_what_is_needed(self, removed: dict[Id, PlannedRow], incoming: list[PlannedRow]) -> None:
        """Leave what others, or what stays, still refer to; it is said why."""
        pointed = {
            (parent, row.after[column])
            for row in incoming
            if row.after is not None and row.register in self._city.parents
            for column, parent in self._city.parents[row.register]
            if row.after[column] is not None
        }
        found = True
        while found:
            found = False
            for id, row in removed.items():
                if row.after is None and (id in pointed or self._is_needed(id, removed)):
                    self._refused.append(
                        Refused(*id, "没有删除：市里或其他单位的记录还在引用它。请联系市里先处理那些记录。")
                    )
                    (removed[id],) = self._as_it_is(*id)
                    found = True

    def _is_needed(self, id: Id, removed: Mapping[Id, PlannedRow]) -> bool:
        for register, key, _own in self._city.dependents.get(id, ()):
            if (register, key) in removed:
                if removed[register, key].after is not None:
                    return True
            elif key not in self._accepted[register]:
                return True
        return False

    # words and numbers

    def _row(self, register: str, key: str, outcome: Outcome, **others: Any) -> PlannedRow:
        what, where = self._names.of(register, key)
        return PlannedRow(register=register, key=key, what=what, where=where, outcome=outcome, **others)

    def _counts(self, rows: list[PlannedRow]) -> tuple[Count, ...]:
        counted: dict[str, dict[str, int]] = {
            register: dict.fromkeys(("added", "changed", "removed", "same", "refused"), 0) for register in OWN
        }
        for row in rows:
            counted[row.register][_change_of(row)] += 1
        for refused in self._refused:
            counted.setdefault(refused.register, {"refused": 0})
            counted[refused.register]["refused"] += 1
        return tuple(
            Count(register, **numbers) for register, numbers in counted.items() if any(numbers.values())
        )

    def _brakes(self, rows: list[PlannedRow]) -> tuple[str, ...]:
        removed = dict.fromkeys(OWN, 0)
        for row in rows:
            removed[row.register] += _change_of(row) == "removed"
        held = {register: len(rows) for register, rows in self._city.rows.items()}
        return tuple(name for name, number in removed.items() if number > BRAKE * held.get(name, 0))


def _not_yours(owner: str) -> str:
    return f"这条记录是{owner}的，不由本单位报送。请在本单位的台账里删除或重新录入。"


def _change_of(row: PlannedRow) -> str:
    """Which number of a count a row is."""
    if row.writes_nothing:
        return "same"
    if row.before is None:
        return "added"
    return "removed" if row.after is None else "changed"


def _label(register: str, name: str) -> str:
    return next((each.label for each in _REGISTERS[register].fields if each.name == name), name)
