"""A package of 3,000 people and 300 photos onto a disk, against squeezing, sealing, writing and syncing its bytes."""

from __future__ import annotations

import hashlib
import math
import os
import zlib
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from benchmarks.builders import HEADINGS
from benchmarks.turns import in_turn
from desktop.models.handoff.canonical import canonical
from desktop.models.handoff.codes import Code
from desktop.models.handoff.header import Attached, Header, Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.package import Attachment, opened, pack
from desktop.models.handoff.trust import Root, Unit
from desktop.models.handoff.verifying import Trust, check_own, verify
from desktop.models.handoff.writing import file_name, write_whole_to

PEOPLE, PHOTOS, PHOTO = 3000, 300, 60_000


def measure() -> Iterator[tuple[str, float, float, float]]:
    """Yield writing with reading back twice and verifying; the second yardstick leaves photos as they are."""
    with TemporaryDirectory() as name:
        sent = Sent(Path(name))
        work, squeezing = in_turn(sent.write_and_verify, partial(sent.only_bytes, squeeze_photos=True))
        reading, plain = in_turn(sent.read, partial(sent.only_bytes, squeeze_photos=False))
    what = f"packing {PEOPLE:,} people and {PHOTOS} photos, reading back twice, verifying"
    yield f"{what}, against all bytes squeezed, sealed, synced", work, squeezing, 2
    yield f"{what}, against photos not squeezed", work, plain, math.inf
    yield "opening the package and reading all of it, against the first", reading, squeezing, math.inf


class Sent:
    """A township's package, and what it is made of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._town, city = UnitKeys.generate(), UnitKeys.generate()
        chance = Random(1)
        self._rows = [self._person(number) for number in range(PEOPLE)]
        photos = [chance.randbytes(PHOTO) for _ in range(PHOTOS)]
        self._photos = {hashlib.sha256(photo).hexdigest(): photo for photo in photos}
        self._attachments = [Attachment(sha256, len(photo)) for sha256, photo in self._photos.items()]
        unit = Unit("421081001", "绣林街道", self._town.public)
        root = Root(1, Unit("421081", "石首市委组织部", city.public)).with_townships(unit)
        self._trust = Trust(unit="421081", keys=(city,), root=root, schema=4)
        self._header = Header(
            kind=Kind.PACKAGE,
            unit=unit.code,
            signer=unit.keys.signing,
            recipient="421081",
            recipient_key=city.public.sealing,
            seq=1,
            schema=4,
            as_of="2026-11-24",
            made="2026-11-24T06:00:00Z",
            registers=(("person", PEOPLE),),
            attachments=Attached(PHOTOS, PHOTO * PHOTOS),
        )
        self._path = folder / "none"

    def write_and_verify(self) -> None:
        """As a township does, then as the city does."""
        self._path.unlink(missing_ok=True)
        self._path, _ = write_whole_to(
            self._folder,
            file_name(Kind.PACKAGE, "绣林街道", 1, date(2026, 11, 24)),
            lambda sink: pack(
                sink,
                self._header,
                self._town,
                {"person": self._rows},
                self._attachments,
                self._photos.__getitem__,
            ),
            lambda path, file_hash: check_own(path, self._town, file_hash),
        )
        if verify(self._path, self._trust).code is not Code.OK:
            raise ValueError("the package is not as it should be")

    def read(self) -> None:
        """Open what was written last."""
        envelope = verify(self._path, self._trust).envelope
        if envelope is None:
            raise ValueError("the package is not as it should be")
        with opened(envelope, self._trust.keys) as content:
            found = sum(1 for _ in content.rows()), sum(1 for _ in content.attachments())
        if found != (PEOPLE, PHOTOS):
            raise ValueError("something is missing")

    def only_bytes(self, *, squeeze_photos: bool) -> None:
        """The same bytes, with nothing around them."""
        rows = b"".join(canonical(row) + b"\n" for row in self._rows)
        photos = b"".join(self._photos.values())
        squeezed = zlib.compress(rows + photos) if squeeze_photos else zlib.compress(rows) + photos
        sealed = ChaCha20Poly1305(bytes(32)).encrypt(bytes(12), squeezed, None)
        with (self._folder / "plain").open("wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())

    @staticmethod
    def _person(number: int) -> dict[str, str]:
        return {heading: f"{heading}{number * 7919 % 9973}" for heading in HEADINGS}
