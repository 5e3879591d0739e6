"""A city, its townships and what they have handed over so far; the ground that bad packages are tried on."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from desktop.models.handoff.chain import Link
from desktop.models.handoff.envelope import Sink
from desktop.models.handoff.header import Attached, Header, Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.package import Attachment, pack
from desktop.models.handoff.trust import KeyStatus, Root, Unit, write_enrolment, write_root
from desktop.models.handoff.verifying import Trust

CITY, TOWN, OTHER_TOWN, LOST_TOWN = "421081", "421081001", "421081100", "421081101"
NEWEST = 4  # packages that the city has taken from the township
SCHEMA = 4
MADE = "2026-11-24T06:00:00Z"
_PICTURE = 70_000  # bytes: so that there are two frames
_FOOTER, _SIGNATURE = 32, 64


@dataclass(frozen=True)
class Made:
    """A package as bytes, and its place in the row."""

    data: bytes
    header: Header

    @property
    def hash(self) -> str:
        """Its name."""
        return self.data[-_FOOTER:].hex()

    @property
    def link(self) -> Link:
        """What the city remembers when it has taken it."""
        return Link(self.header.epoch, self.header.seq, self.hash, self.header.previous)


class Scene:
    """One township has handed over four packages; ``good`` is its fifth, which is what everything bad is made of."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.city, self.town, self.other, self.lost, self.stranger = (self._keys() for _ in range(5))
        self.former, self.revoked = self._keys(), self._keys()  # of the township
        self.root = self._root()
        self.trust = Trust(unit=CITY, keys=(self.city,), root=self.root, schema=SCHEMA)
        self.history: list[Made] = []
        for seq in range(1, NEWEST + 1):
            self.history.append(self.package(seq=seq, previous=self.history[-1].hash if self.history else ""))
        self.good = self.package()
        self.root_file = self._written(lambda stream: write_root(stream, self.root, self.city, MADE, SCHEMA))
        town = Unit(TOWN, "绣林街道", self.town.public)
        self.enrolment_file = self._written(
            lambda stream: write_enrolment(stream, town, self.town, MADE, SCHEMA)
        )

    def taken(self, kind: Kind, unit: str) -> Iterable[Link]:
        """What the city has taken."""
        return [made.link for made in self.history] if (kind, unit) == (Kind.PACKAGE, TOWN) else []

    def package(self, keys: UnitKeys | None = None, **changes: Any) -> Made:
        """A package that the format allows; by default the township's next one."""
        keys = keys or self.town
        picture = self.random.randbytes(_PICTURE)
        attachment = Attachment(hashlib.sha256(picture).hexdigest(), len(picture))
        rows = [{"id": f"p-{number}", "name": "甄虚构"} for number in range(30)]
        header = Header(
            kind=Kind.PACKAGE,
            unit=TOWN,
            signer=keys.public.signing,
            recipient=CITY,
            recipient_key=self.city.public.sealing,
            epoch=2,
            seq=NEWEST + 1,
            previous=self.history[-1].hash if self.history else "",
            root=self.root.version,
            schema=SCHEMA,
            code_lists={"gb4658": "2006"},
            as_of="2026-11-24",
            made=MADE,
            registers=(("person", len(rows)),),
            attachments=Attached(1, len(picture)),
        )
        header = replace(header, **changes)
        if not header.kind.is_sealed:
            header = replace(header, recipient="", recipient_key="")
        stream = io.BytesIO()
        pack(stream, header, keys, {"person": rows}, [attachment], lambda sha256: picture)
        return Made(stream.getvalue(), header)

    def _written(self, write: Callable[[Sink], str]) -> bytes:
        stream = io.BytesIO()
        write(stream)
        return stream.getvalue()

    def _keys(self) -> UnitKeys:
        return UnitKeys.from_bytes(self.random.randbytes(64))

    def _root(self) -> Root:
        root = Root(1, Unit(CITY, "石首市委组织部", self.city.public))
        for keys in (self.former, self.revoked, self.town):
            root = root.with_townships(Unit(TOWN, "绣林街道", keys.public))
        root = root.with_townships(
            Unit(OTHER_TOWN, "新厂镇", self.other.public), Unit(LOST_TOWN, "横沟市镇", self.lost.public)
        )
        root = root.with_status(self.revoked.public, KeyStatus.REVOKED)
        return root.with_status(self.lost.public, KeyStatus.LOST)


def closed(data: bytes) -> bytes:
    """Bytes whose plain footer is right again: what somebody without any key can do."""
    body = data[:-_FOOTER]
    return body + hashlib.sha256(body).digest()


def signed(data: bytes, keys: UnitKeys) -> bytes:
    """Bytes signed and closed again: what the owner of a key can do."""
    body = data[: -_SIGNATURE - _FOOTER]
    return closed(body + keys.sign("file", hashlib.sha256(body).digest()) + bytes(_FOOTER))


def flipped(data: bytes, bit: int) -> bytes:
    """Bytes with one bit the other way."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def parts(data: bytes) -> Iterator[bytes]:
    """Front, header, sealed key, each frame, signature, footer: together they are the file."""
    front = 16 + int.from_bytes(data[12:16])
    yield data[:16]
    yield data[16:front]
    place, end = front, len(data) - _SIGNATURE - _FOOTER
    while place < end:
        length = 4 + (int.from_bytes(data[place : place + 4]) & 0x7FFFFFFF)
        yield data[place : place + length]
        place += length
    yield data[end:-_FOOTER]
    yield data[-_FOOTER:]
