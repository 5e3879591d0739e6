"""What merging a package would do to the city's records (合并预览), row by row, and what deciding it goes by."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.models.handoff.receipt import Count
from desktop.models.handoff.staging import Refused, Row, Staged

Id = tuple[str, str]  # register, key
WHOLE = ""  # the “field” of a conflict about a whole row: one side removed it


class Outcome(StrEnum):
    """What becomes of a row; values are what is shown."""

    NEW = "新增"
    CHANGED = "修改"
    REMOVED = "删除"
    CONFLICT = "冲突"
    SAME = "未变"


class Side(StrEnum):
    """Whose value is taken where both changed it."""

    REPORTED = "报来值"
    CITY = "市库现值"


# (register, key, field) → side; an empty key stands for all rows (同类全部采用)
Choices = Mapping[tuple[str, str, str], Side]


@dataclass(frozen=True, slots=True)
class PlannedField:
    """One field that differs; ``chosen`` None where it is no conflict and what is reported is taken."""

    name: str
    label: str
    old: Any  # 市库现值
    new: Any  # 报来值
    chosen: Side | None = None

    @property
    def taken(self) -> Any:
        """What will stand (采用)."""
        return self.old if self.chosen is Side.CITY else self.new


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody of another unit who may be the same person (疑似重复); never merged by the program."""

    person_id: str
    name: str
    unit: str  # name


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row of the package, or one that the package no longer has."""

    register: str
    key: str
    what: str  # what it is called
    where: str = ""  # village, and of people the posts
    outcome: Outcome
    fields: tuple[PlannedField, ...] = ()
    before: Row | None = None
    after: Row | None = None  # what will stand; None: nothing
    extra: Row = field(default_factory=dict)
    kept: Row = field(default_factory=dict)  # what was reported where the city's is kept
    unknown: tuple[str, ...] = ()  # 代码无效
    alike: tuple[Alike, ...] = ()

    @property
    def id(self) -> Id:
        """Register and key."""
        return self.register, self.key

    @property
    def writes_nothing(self) -> bool:
        """Whether the row stays as it is, there or not."""
        return self.before is self.after or self.before == self.after

    @property
    def values(self) -> Row:
        """The fields to write into a row that is there."""
        return {each.name: each.new for each in self.fields if each.name and each.chosen is not Side.CITY}


@dataclass(frozen=True, slots=True)
class HeldMark:
    """What is remembered beside a row that a package brought."""

    extra: Row = field(default_factory=dict)
    kept: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """What the city has of the unit, and of others as far as the package touches it."""

    rows: Mapping[str, Mapping[str, Row]]  # the unit's
    divisions: Set[str]  # the unit's
    changed: Mapping[Id, Row | None]  # rows that the city changed since: as the unit's last package left them
    held: Mapping[Id, HeldMark]
    others: Mapping[Id, str]  # rows under the package's keys that are not the unit's: whose they are
    # keys that the package's rows refer to and that are there, whose ever they are
    there: Mapping[str, Set[str]]
    parents: Mapping[str, tuple[tuple[str, str], ...]]  # register → its references: column, register
    # rows that refer to one: register, key, the unit's own
    dependents: Mapping[Id, tuple[tuple[str, str, bool], ...]]
    contents: Set[str]  # SHA-256 of attachments that are kept
    alike: Mapping[str, tuple[Alike, ...]]  # by the incoming person's key
    merged: Set[str]  # people whom the city has merged into others (合并为一人)
    seq: int  # last change set


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """Everything that merging will do, in the order of registers."""

    staged: Staged
    rows: tuple[PlannedRow, ...]
    refused: tuple[Refused, ...]
    called: Mapping[Id, tuple[str, str]]  # of refused rows: what each is called, and where it is
    counts: tuple[Count, ...]
    brakes: tuple[str, ...]  # registers of which more than BRAKE would be removed
    foreign: Mapping[Id, Row]  # rows of registers that only a newer program knows: kept whole
    held: Mapping[Id, HeldMark]
    seq: int

    def expected(self) -> dict[str, dict[str, Row]]:
        """The unit's rows after merging, with what newer programs said of them."""
        rows: dict[str, dict[str, Row]] = {register: {} for register in self.staged.rows}
        for row in self.rows:
            if row.after is not None:
                rows.setdefault(row.register, {})[row.key] = row.after | row.extra
        return rows
