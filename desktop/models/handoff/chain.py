"""Where a file stands in the row of files that a unit has sent before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.models.handoff.codes import Code
from desktop.models.handoff.header import Header


@dataclass(frozen=True, slots=True)
class Link:
    """A file that was taken: its place and its hash, and the hash of the one before it."""

    epoch: int
    seq: int
    hash: str
    previous: str = ""


def place(header: Header, file_hash: str, taken: Iterable[Link]) -> Code:
    """What a package is beside those taken from its unit before, in any order.

    Every package holds the unit's full state, so one that is newer than all may always be taken once a person
    has read what is unusual about it; one that contradicts those before it never.
    """
    links = tuple(taken)
    if any(link.hash == file_hash for link in links):
        return Code.UNCHANGED
    own = (header.epoch, header.seq)
    if any(_contradicts(header, file_hash, link) for link in links):
        return Code.FORK
    newest = max(links, key=lambda link: (link.epoch, link.seq), default=None)
    if newest is None:
        return Code.OK if header.seq <= 1 else Code.GAP
    if own < (newest.epoch, newest.seq):
        return Code.ROLLBACK
    if header.epoch > newest.epoch:
        return Code.RESTORED
    return Code.OK if header.seq == newest.seq + 1 else Code.GAP


def _contradicts(header: Header, file_hash: str, link: Link) -> bool:
    """Whether no one sender can have written both in one row: the same place, or neighbors that do not join."""
    if link.epoch != header.epoch:
        return False
    joins = {
        header.seq: False,
        header.seq - 1: header.previous == link.hash,
        header.seq + 1: link.previous == file_hash,
    }
    return not joins.get(link.seq, True)
