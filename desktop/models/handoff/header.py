"""A file's header: who hands what to whom; readable by anybody, so nothing of any person is in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from desktop.models.handoff.canonical import NotCanonicalError, canonical, read_canonical
from desktop.models.handoff.codes import Code, RefusedFileError

NOTICE = "本软件不得存储、处理、传输国家秘密"
LARGEST_HEADER = 64 << 10  # bytes
MOST_ROWS = 5_000_000  # of all registers together
MOST_ATTACHMENTS = 200_000
LARGEST_CONTENT = (4 << 30) - 1  # bytes, of the attachments together and of the file: what FAT32 can hold
LARGEST_OPEN = 64 << 20  # bytes of a file that is not sealed: it is read in memory, as a whole


class Kind(StrEnum):
    """What a file is for. Values are written into files: never reuse one."""

    PACKAGE = "package"  # 报送包
    RECEIPT = "receipt"  # 回执
    DOWN = "down"  # 下发包
    ENROLMENT = "enrol"  # 登记文件
    ROOT = "root"  # 信任文件

    @property
    def is_sealed(self) -> bool:
        """Whether only the recipient can read it; the others hold nothing of any person."""
        return self in (Kind.PACKAGE, Kind.RECEIPT)

    @property
    def label(self) -> str:
        """How it is called."""
        return _LABELS[self]


_LABELS = {
    Kind.PACKAGE: "报送包",
    Kind.RECEIPT: "回执",
    Kind.DOWN: "下发包",
    Kind.ENROLMENT: "登记文件",
    Kind.ROOT: "信任文件",
}


@dataclass(frozen=True, slots=True)
class Attached:
    """How many attachments follow the rows, and their bytes together."""

    count: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is said in the clear and signed. ``(epoch, seq)`` grows with each file of a unit and kind."""

    kind: Kind
    unit: str  # division code of the sender
    signer: str  # the sender's signing key
    recipient: str = ""  # division code; empty for what anybody may read
    recipient_key: str = ""  # the recipient's sealing key
    epoch: int = 1  # a higher one begins when the unit's store was restored or made again
    seq: int
    previous: str = ""  # hash of the package before it; empty for a unit's first one and in other kinds
    root: int = 0  # version of the root file that the sender holds; 0: none
    schema: int  # number of the newest migration of the sender's store
    code_lists: Mapping[str, str] = field(default_factory=dict)  # name → version
    as_of: str  # YYYY-MM-DD: the day the content speaks of
    made: str  # YYYY-MM-DDTHH:MM:SSZ
    registers: tuple[tuple[str, int], ...] = ()  # name and number of rows, in the order of the content
    attachments: Attached = Attached()
    notice: str = NOTICE

    def to_bytes(self) -> bytes:
        """The header's one spelling."""
        return canonical(asdict(self))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read a header that says everything it must, and nothing else.

        Raises:
            NotCanonicalError: it does not.
            RefusedFileError: it announces more than we take.
        """
        given = read_canonical(data)
        if not isinstance(given, dict) or given.keys() != {each.name for each in fields(cls)}:
            raise NotCanonicalError("other fields")
        if wrong := [name for name, is_right in _SHAPES.items() if not is_right(given[name])]:
            raise NotCanonicalError(f"wrong: {', '.join(wrong)}")
        given["kind"] = Kind(given["kind"])
        given["registers"] = tuple((name, count) for name, count in given["registers"])
        given["attachments"] = Attached(**given["attachments"])
        header = cls(**given)
        if header.kind.is_sealed != bool(header.recipient) or header.kind.is_sealed != bool(
            header.recipient_key
        ):
            raise NotCanonicalError("sealed to nobody, or open to one")
        if (
            sum(count for _, count in header.registers) > MOST_ROWS
            or header.attachments.count > MOST_ATTACHMENTS
            or header.attachments.bytes > LARGEST_CONTENT
        ):
            raise RefusedFileError(Code.TOO_LARGE)
        return header


def _text(pattern: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value, re.ASCII) is not None


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value < 2**53


def _is_number(value: Any) -> bool:
    return _is_count(value) and value > 0


def _is_day(value: Any) -> bool:
    return _parses(date.fromisoformat, r"\d{4}-\d\d-\d\d", value)


def _is_moment(value: Any) -> bool:
    return _parses(datetime.fromisoformat, r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)


def _parses(read: Callable[[str], object], pattern: str, value: Any) -> bool:
    try:
        return _text(pattern)(value) and bool(read(value))
    except ValueError:
        return False


def _are_registers(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(pair, list) and len(pair) == 2 for pair in value)
        and all(_is_name(name) and _is_count(count) for name, count in value)
        and len({name for name, _ in value}) == len(value)
    )


def _are_versions(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(version, str) for version in value.values())


def _is_attached(value: Any) -> bool:
    return (
        isinstance(value, dict) and value.keys() == {"count", "bytes"} and all(map(_is_count, value.values()))
    )


_is_name = _text(r"[a-z][a-z0-9_]{0,39}")
_is_key = _text(r"[0-9a-f]{64}")
_is_code = _text(r"\d{6,12}")
_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "kind": lambda value: value in tuple(Kind),
    "unit": _is_code,
    "signer": _is_key,
    "recipient": lambda value: value == "" or _is_code(value),
    "recipient_key": lambda value: value == "" or _is_key(value),
    "epoch": _is_number,
    "seq": _is_number,
    "previous": lambda value: value == "" or _is_key(value),
    "root": _is_count,
    "schema": _is_count,
    "code_lists": _are_versions,
    "as_of": _is_day,
    "made": _is_moment,
    "registers": _are_registers,
    "attachments": _is_attached,
    "notice": lambda value: value == NOTICE,
}
