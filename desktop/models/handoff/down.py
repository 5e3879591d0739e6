"""What travels down (下发包): code lists, divisions, schemes and thresholds, signed by the city and versioned."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.envelope import Envelope, Sink
from desktop.models.handoff.header import Header
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.package import pack_rows, read_rows
from desktop.models.handoff.rows import read_row


class Topic(StrEnum):
    """What an item is about. Values are written into files: never reuse one."""

    CODE_LIST = "code_list"
    DIVISIONS = "divisions"
    SCHEME = "scheme"
    THRESHOLDS = "thresholds"

    @property
    def label(self) -> str:
        """How it is shown."""
        return {"code_list": "代码表", "divisions": "区划", "scheme": "方案", "thresholds": "规则阈值"}[
            self.value
        ]


@dataclass(frozen=True, slots=True)
class Item:
    """One list or scheme, whole; ``content`` is JSON of a shape that its topic knows."""

    topic: Topic
    name: str
    version: str
    content: Any


@dataclass(frozen=True, slots=True)
class Down:
    """All that the city sends down; the newest version holds everything, so that none need be kept."""

    version: int
    items: tuple[Item, ...]


def write_down(stream: Sink, header: Header, down: Down, city: UnitKeys) -> str:
    """Write the file under a header of its kind, and return the file's hash.

    Raises:
        ValueError: the header's number is not the version.
    """
    if header.seq != down.version:
        raise ValueError("the header has another version")
    return pack_rows(stream, header, city, {"item": [asdict(each) for each in down.items]})


def read_down(envelope: Envelope) -> Down:
    """What a file that was verified sends down.

    Raises:
        RefusedFileError: it is not of this shape.
    """
    rows = read_rows(envelope)
    if rows.keys() != {"item"}:
        raise RefusedFileError(Code.FORGED)
    return Down(envelope.header.seq, tuple(read_row(Item, row) for row in rows["item"]))
