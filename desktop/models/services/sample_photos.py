"""Invented photos (演示数据): colored shapes under the word 示例, so that nobody takes one for a real place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING

from desktop.models.domain.ids import new_id
from desktop.models.registers.activity import ACTIVITY, HELD, Activity
from desktop.models.registers.checklist import ASSESSMENT_ITEM, MET, AssessmentItem
from desktop.models.registers.person_file import PHOTO
from desktop.models.services.looks import look_of
from desktop.models.services.new_files import NewFile

if TYPE_CHECKING:
    from PIL.Image import Image

_SIZE = 480, 360
_QUALITY = 80
_TWO = 2  # photos of a record
_CITY, _TOWNSHIP = (12, 8), (3, 3)  # activities and items that have some
# The strokes of 示 and 例 on squares of ten: the frozen program has no FreeType to draw letters with.
_SIGNS = (
    (((2, 1), (8, 1)), ((1, 4), (9, 4)), ((5, 4), (5, 9), (4, 8.4)), ((3, 5.5), (1, 8)), ((7, 5.5), (9, 8))),
    (
        *(((3, 0.5), (0.5, 4.5)), ((1.8, 3), (1.8, 9.5)), ((3.2, 1.5), (7, 1.5)), ((4.9, 1.5), (3.4, 5))),
        *(((4.4, 3.6), (6.7, 3.6), (3.6, 9)), ((4.4, 5.2), (5.4, 6.4)), ((7.8, 2), (7.8, 6.5))),
        ((9.4, 0.5), (9.4, 9.4), (8.4, 9)),
    ),
)


def sample_photos(
    items: Sequence[AssessmentItem], activities: Sequence[Activity], *, city: bool
) -> Iterator[tuple[str, str, list[NewFile]]]:
    """Photos to be kept: register, id of the record, two files each. The first activities held and the last items met."""
    of_activities, of_items = _CITY if city else _TOWNSHIP
    held = [each for each in activities if each.state == HELD][:of_activities]
    met = [each for each in items if each.status == MET][-of_items:]
    days = (
        *((ACTIVITY.name, each.id, each.start[:10]) for each in held),
        *((ASSESSMENT_ITEM.name, each.id, each.checked) for each in met),
    )
    for number, (owner, owner_id, day) in enumerate(days):
        yield owner, owner_id, [_photo(_TWO * number + place, day) for place in range(_TWO)]


def _photo(number: int, day: str | None) -> NewFile:
    image, file = _drawn(number), BytesIO()
    image.save(file, "JPEG", quality=_QUALITY)
    return NewFile(
        id=new_id(),
        name=f"示例{number + 1:02d}.jpg",
        content=file.getvalue(),
        purpose=PHOTO,
        taken=day,
        caption="示例图片（虚构）",
        look=look_of(image),
    )


def _drawn(seed: int) -> Image:
    """Soft clouds and some shapes in front of them, another picture for each seed."""
    from PIL import Image, ImageDraw

    chance = Random(seed)
    clouds = Image.frombytes("RGB", (6, 5), chance.randbytes(90))
    image = clouds.resize(_SIZE, Image.Resampling.BICUBIC)
    brush = ImageDraw.Draw(image)
    width, height = _SIZE
    for _ in range(8):
        left, top = chance.randrange(width), chance.randrange(height)
        place = (left, top, left + chance.randrange(20, width // 3), top + chance.randrange(20, height // 3))
        shape = brush.rectangle if chance.random() < 0.5 else brush.ellipse
        red, green, blue = chance.randbytes(3)
        shape(place, fill=(red, green, blue))
    side = height // 4
    brush.rectangle((0, height - side, 2 * side, height), fill="white")
    for sign, strokes in enumerate(_SIGNS):
        for stroke in strokes:
            points = [(side * (0.1 + sign + x * 0.08), height - side * (0.9 - y * 0.08)) for x, y in stroke]
            brush.line(points, fill="black", width=5)
    return image
