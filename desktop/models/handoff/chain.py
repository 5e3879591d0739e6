"""Where a file stands in the row of files that a unit has sent before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.models.handoff.codes import Code
from desktop.models.handoff.header import Header, Kind


@dataclass(frozen=True, slots=True)
class Link:
    """A file that was taken: its place and its hash, and the hash of the one before it."""

    epoch: int
    seq: int
    hash: str
    previous: str = ""


def place(header: Header, file_hash: str, taken: Iterable[Link]) -> Code:
    """What a file is beside those of its kind that were taken from its sender before, in any order.

    Every package holds the unit's full state, so one that is newer than all may always be taken once a person
    has read what is unusual about it; one that contradicts those before it never. What comes down replaces
    all before it, with or without those between. A receipt stands for itself.
    """
    links = tuple(taken)
    if any(link.hash == file_hash for link in links):
        return Code.UNCHANGED
    if header.kind is Kind.RECEIPT:
        return Code.OK
    if any(_contradicts(header, file_hash, link) for link in links):
        return Code.FORK
    newest = max(((link.epoch, link.seq) for link in links), default=(header.epoch, 0))
    if (header.epoch, header.seq) < newest:
        return Code.ROLLBACK
    if header.epoch > newest[0]:
        return Code.RESTORED
    return Code.OK if header.seq == newest[1] + 1 or header.kind is Kind.DOWN else Code.GAP


def _contradicts(header: Header, file_hash: str, link: Link) -> bool:
    """Whether no one sender can have written both in one row: the same place, or neighbors that do not join."""
    if link.epoch != header.epoch:
        return False
    if link.seq == header.seq:
        return True
    if header.kind is Kind.DOWN:
        return False  # versions, not a row: none follows from the one before
    follows = link.seq == header.seq - 1 and header.previous != link.hash
    precedes = link.seq == header.seq + 1 and link.previous != file_hash
    return follows or precedes
