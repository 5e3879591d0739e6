"""Rows of an opened package as records of ours (暂存): hostile until read, with what we do not know kept apart."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_type_hints

from desktop.models.domain.fields import MONTH, TEXT, Coded, Kind, Register
from desktop.models.domain.posts import PartyForm, Post
from desktop.models.handoff.header import Header
from desktop.models.registers.activity import MOMENT
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.checklist import GRADES
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.handoff import OWN
from desktop.models.registers.kinds import ANY_MONTH, DAY, PAST_DAY, YEAR

Row = dict[str, Any]  # column → value

ANSWER = (
    "answer"  # beside a unit's registers: which remarks (退回意见) it has dealt with; ``id`` and ``answered``
)

# Columns that a migration added to registers there were before: an older program knows nothing of them. (Registers
# that a migration brought are simply not in an older program's packages, and what is not there is not touched.)
ADDED: Mapping[int, Mapping[str, Row]] = {
    3: {"attachment": {"position": None, "caption": None, "look": None}},
    8: {"term": {"approval": None, "end_approval": None, "filed": None}},
    9: {
        "organization": {
            "social_kind": None,
            "registration": None,
            "main_business": None,
            "output": None,
            "head_identity": None,
            "full_time_members": None,
            "part_time_members": None,
            "development_targets": None,
            "activists": None,
            "applicants": None,
        },
        "party_branch": {"superior": None},
    },
}
# What the program cannot do without knowing: an unknown value is kept beside the row, and this one stands for it.
_STAND_IN: Mapping[tuple[str, str], tuple[Container[str], str | None]] = {
    ("term", "post"): (frozenset(Post), Post.PENDING),
    ("division", "kind"): (frozenset(DivisionKind), DivisionKind.VILLAGE),
    ("division", "party_form"): (frozenset(PartyForm), PartyForm.BRANCH),
}
_MONTH, _DAY = r"\d{4}(-\d\d(-\d\d)?)?", r"\d{4}-\d\d-\d\d"
_FORMS: tuple[tuple[Kind, str], ...] = (  # what the program reckons with has to be spelt as it spells it
    *((kind, _MONTH) for kind in (MONTH, ANY_MONTH)),
    *((kind, _DAY) for kind in (DAY, PAST_DAY)),
    (MOMENT, rf"{_DAY}( \d\d:\d\d)?"),
    (YEAR, r"\d{4}"),
)
_SPELLINGS: Mapping[tuple[str, str], str] = {
    ("assessment", "period"): r"\d{4}(H[12]|Q[1-4])?",
    ("grading", "period"): r"\d{4}(H[12]|Q[1-4])?",
    ("grading", "grade"): "|".join(GRADES),
    ("attachment", "sha256"): r"[0-9a-f]{64}",
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_REGISTERS = {register.name: register for register in REGISTERS}
_LONGEST_KEY = 100
_INTEGERS = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRow:
    """A row as it can be kept. ``extra``: columns and values that only a newer program knows, verbatim."""

    register: str
    key: str
    values: Row
    extra: Row = field(default_factory=dict)
    unknown: tuple[str, ...] = ()  # fields whose code is not in our lists (代码无效)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken, and why, in words for the officer."""

    register: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """What a package says, read and not yet believed to be the unit's. Nothing of it is written anywhere."""

    header: Header
    hash: str
    rows: Mapping[str, Mapping[str, StagedRow]]  # of registers that we know, in the order of OWN
    foreign: Mapping[str, Mapping[str, Row]]  # of registers that only a newer program knows
    refused: tuple[Refused, ...]
    attached: frozenset[str]  # SHA-256 of the contents that came along
    answers: Mapping[str, str] = field(default_factory=dict)  # remark → when it was dealt with, UTC


class _UnfitError(ValueError):
    """A row cannot be kept; the words say why."""


def stage(header: Header, file_hash: str, rows: Iterable[tuple[str, Row]], attached: Iterable[str]) -> Staged:
    """Read the rows of a package; what is not fit is refused one by one. ``attached`` is asked for after the rows."""
    names = [name for name, _ in header.registers]
    known: dict[str, dict[str, StagedRow]] = {name: {} for name in OWN if name in names}
    foreign: dict[str, dict[str, Row]] = {}
    refused = []
    for register, row in rows:
        key = row.get("code" if register == "division" else "id")
        try:
            if not isinstance(key, str) or not 0 < len(key) <= _LONGEST_KEY or not _is_text(key):
                key = str(key)[:_LONGEST_KEY].encode(errors="replace").decode()
                raise _UnfitError("没有编号或编号不对")
            if key in known.get(register, ()) or key in foreign.get(register, ()):
                raise _UnfitError("编号重复")
            if register in known:
                known[register][key] = read_row(_REGISTERS[register], key, row, header.schema)
            elif register in _REGISTERS:
                raise _UnfitError("这种记录由市里下发，不由乡镇报送")
            elif register == ANSWER and not _MOMENT.fullmatch(str(row.get("answered"))):
                raise _UnfitError("办结时间不对")
            else:
                foreign.setdefault(register, {})[key] = row
        except _UnfitError as error:
            refused.append(Refused(register, str(key), f"{error}。请升级软件后重新生成，或联系市里。"))
    answers = foreign.pop(ANSWER, {})
    return Staged(
        header=header,
        hash=file_hash,
        rows=known,
        foreign=foreign,
        refused=tuple(refused),
        attached=frozenset(attached),
        answers={key: str(row["answered"]) for key, row in answers.items()},
    )


def read_row(register: Register, key: str, row: Row, schema: int) -> StagedRow:
    """A row of a register, from a program whose newest migration is number ``schema``.

    Raises:
        _UnfitError: a column is missing or its value is none that can be kept.
    """
    columns = _columns(register.name)
    added = _added_since(register.name, schema)
    given = added | row if added else row
    extra = {} if given.keys() == columns.keys() else {n: v for n, v in given.items() if n not in columns}
    values: Row = {}
    unknown = []
    for name, column in columns.items():
        if name not in given:
            raise _UnfitError(f"缺少“{column.label}”")
        value = given[name]
        if value is None and column.is_optional:  # most are, and nothing more is asked of them
            values[name] = None
            continue
        if column.codes is not None and type(value) is str and value in column.codes:  # and so fit
            values[name] = value
            continue
        value = column.fit(value)
        if column.codes is not None and value not in column.codes:
            unknown.append(name)
            if column.stand_in is not None:
                extra[name], value = value, column.stand_in
        values[name] = value
    return StagedRow(register=register.name, key=key, values=values, extra=extra, unknown=tuple(unknown))


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column takes."""

    label: str
    kinds: frozenset[type]
    is_optional: bool
    spelling: re.Pattern[str] | None
    codes: Container[str] | None  # the list its values are of
    stand_in: str | None

    def fit(self, value: Any) -> Any:
        """The value as it can be kept.

        Raises:
            _UnfitError: it cannot.
        """
        kind = type(value)
        fits = kind in self.kinds
        if kind is str:
            fits = (
                fits and _is_text(value) and (self.spelling is None or bool(self.spelling.fullmatch(value)))
            )
        elif kind is int and not fits and float in self.kinds:
            return float(value)
        elif kind is int:
            fits = fits and value in _INTEGERS
        if not fits:
            raise _UnfitError(f"“{self.label}”的内容不合格式")
        return value


@cache
def _columns(name: str) -> dict[str, _Column]:
    """The columns of a register."""
    register = _REGISTERS[name]
    hints = get_type_hints(register.record)
    declared = {each.name: each for each in register.fields}
    found = {}
    for column in (each.name for each in fields(register.record)):
        kind = declared[column].kind if column in declared else TEXT
        codes, stand_in = _STAND_IN.get(
            (name, column), (kind.codes.labels if isinstance(kind, Coded) else None, None)
        )
        spelling = _SPELLINGS.get((name, column)) or next((s for of, s in _FORMS if of is kind), None)
        found[column] = _Column(
            declared[column].label if column in declared else column,
            (kinds := _types(hints[column])) - {NoneType},
            NoneType in kinds,
            re.compile(spelling, re.ASCII) if spelling else None,
            codes,
            stand_in,
        )
    return found


@cache
def _added_since(register: str, schema: int) -> Row:
    """The columns that a register has got since, with what they are in rows from before."""
    found: Row = {}
    for number, registers in ADDED.items():
        if number > schema:
            found |= registers.get(register, {})
    return found


def _types(hint: Any) -> frozenset[type]:
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return frozenset(str if issubclass(option, StrEnum) else option for option in options)


def _is_text(text: str) -> bool:
    """Whether a text is one that the store keeps: no NUL, no half of a character."""
    if text.isascii():
        return "\0" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
