"""Photos: a page of small ones, the first time and later; the same picture among 20,000; the quick check."""

from __future__ import annotations

import math
import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.structure import CITY, PASSWORD
from benchmarks.turns import in_turn

if TYPE_CHECKING:
    from benchmarks.__main__ import Measured
    from desktop.models.services.attachments import AttachmentsService
    from desktop.models.services.new_files import NewFile
    from desktop.office import Office

PAGE = 60
PAGES = 5  # that are looked at one after another
PICTURES = 20_000
LONGEST = 195  # pixels: a place of the strip at 10 points on a screen of 150 %
OWNER = ("study", "measured")


def measure() -> Iterator[Measured]:
    """Yield each piece of work in one store."""
    from desktop.models.database.attachments import looks
    from desktop.office import Office

    with TemporaryDirectory() as name:
        folder = Path(name) / "office"
        office, _ = Office.create(folder, unit_code=CITY, level="city", password=PASSWORD)
        files = _files()
        keys = [each.attachment.id for each in office.attachments.keep(*OWNER, files)]
        whole = [each.content for each in files]
        words = f"page of {PAGE} small photos made for the first time, Pillow decoding the pictures"
        ours, theirs = in_turn(
            lambda: _fresh(office).thumbnails(keys, LONGEST),
            lambda: [_decoded(content) for content in whole],
            before=lambda: shutil.rmtree(folder / "temporary" / "thumbnails", ignore_errors=True),
        )
        yield words, ours, theirs, 2
        small = list(_fresh(office).thumbnails(keys, LONGEST).values())
        words = f"{PAGES} pages of {PAGE} small photos as the window asks for it later, Pillow decoding them"
        ours, theirs = in_turn(
            lambda: [_seen(_fresh(office).thumbnails(keys, LONGEST).values()) for _ in range(PAGES)],
            lambda: [_decoded(content) for content in small * PAGES],
        )
        yield words, ours, theirs, 2
        _fill(office, PICTURES)
        words = f"where a photo is used already among {PICTURES:,}, reading their looks from the store"
        ours, theirs = in_turn(lambda: office.attachments.twins(files[0]), lambda: looks(office._store))
        yield words, ours, theirs, math.inf
        office.close(backup=False)


def _files() -> list[NewFile]:
    from desktop.models.registers.person_file import PHOTO
    from desktop.models.services.new_files import Loose, make_ready

    return [make_ready(Loose(f"{seed}.jpg", _photo(seed)), PHOTO) for seed in range(PAGE)]


def _photo(seed: int) -> bytes:
    """A JPEG of 1600 pixels with soft colors and grain: some 400 KB, as telephones' photos are when shrunk."""
    from PIL import Image

    chance = random.Random(seed)
    soft = Image.frombytes("RGB", (12, 9), chance.randbytes(12 * 9 * 3)).resize(
        (1600, 1200), Image.Resampling.BICUBIC
    )
    grain = Image.frombytes("L", (400, 300), chance.randbytes(400 * 300)).resize((1600, 1200)).convert("RGB")
    file = BytesIO()
    Image.blend(soft, grain, 0.15).save(file, "JPEG", quality=92)
    return file.getvalue()


def _fresh(office: Office) -> AttachmentsService:
    """The service as it is when nothing is remembered."""
    from desktop.models.services.attachments import AttachmentsService

    return AttachmentsService(office._store, office.folder)


def _fill(office: Office, count: int) -> None:
    """Records of other photos; twins are found without their files."""
    from desktop.models.database.records import Records

    one, chance = office.attachments.of(*OWNER)[0], random.Random(1)
    others = [
        replace(one, id=f"other-{n}", sha256=f"{n:064x}", look=f"{chance.getrandbits(128):032x}")
        for n in range(count)
    ]
    with office._store.change("测速"):
        Records(office._store).insert_many(others)


def _decoded(content: bytes) -> object:
    from PIL import Image

    image = Image.open(BytesIO(content))
    image.load()
    return image


def _seen(small: Iterable[bytes]) -> list[object]:
    """As the strip draws them."""
    from PySide6.QtGui import QImage

    from desktop.models.services.photos import pixels

    found: list[object] = []
    for content in small:
        width, height, drawn = pixels(content)
        found.append(QImage(drawn, width, height, QImage.Format.Format_RGBX8888))
    return found
