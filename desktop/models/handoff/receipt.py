"""Receipts (回执): what became of a package, signed by the city and sealed to the township."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from desktop.models.handoff.canonical import canonical
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.envelope import Envelope, Sink
from desktop.models.handoff.header import Header
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.package import pack_rows, read_rows
from desktop.models.handoff.rows import read_row


class Result(StrEnum):
    """What became of a package. Values are written into files: never reuse one."""

    TAKEN = "taken"
    PARTLY = "partly"  # taken, but for the rows that are listed
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """How it is shown."""
        return {"taken": "已接收", "partly": "已接收，部分退回", "refused": "未接收"}[self.value]


@dataclass(frozen=True, slots=True)
class Count:
    """What the package changed in one register, in rows."""

    register: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    same: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that the city did not take, and why, in words for the officer."""

    register: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """退回意见: what the city asks to be put right in a record; ``field`` is empty for the whole of it."""

    register: str
    id: str
    field: str
    text: str
    made: str  # UTC


@dataclass(frozen=True, slots=True)
class Version:
    """Which version of a code list or scheme the city works with now."""

    name: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the city says of one package."""

    package: str  # its hash
    result: Result
    counts: tuple[Count, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    remarks: tuple[Remark, ...] = ()
    code_lists: tuple[Version, ...] = ()
    schemes: tuple[Version, ...] = ()

    @property
    def check_code(self) -> str:
        """Six digits in threes to read over the telephone; any other receipt has others, but for chance."""
        digest = hashlib.sha256(canonical(asdict(self))).digest()
        digits = f"{int.from_bytes(digest) % 10**6:06}"
        return f"{digits[:3]} {digits[3:]}"


def write_receipt(stream: Sink, header: Header, receipt: Receipt, city: UnitKeys) -> str:
    """Write a receipt's file under a header of its kind, and return the file's hash."""
    lists: dict[str, list[dict[str, Any]]] = asdict(receipt)
    single = {"package": lists.pop("package"), "result": lists.pop("result")}
    return pack_rows(stream, header, city, {"receipt": [single], **lists})


def read_receipt(envelope: Envelope, own: tuple[UnitKeys, ...]) -> Receipt:
    """The receipt of a file that was verified.

    Raises:
        RefusedFileError: it is none.
    """
    rows = read_rows(envelope, own)
    single = rows.pop("receipt", [])
    if len(single) != 1:
        raise RefusedFileError(Code.FORGED)
    return read_row(Receipt, {**single[0], **rows})
