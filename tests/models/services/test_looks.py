"""The same picture is found again when it was shrunk, cut or made brighter; another one is not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageEnhance

from desktop.models.services.looks import look_of, near
from tests.models.services.pictures import quarters, scene


def encoded(image: Image.Image) -> Image.Image:
    file = BytesIO()
    image.save(file, "JPEG", quality=45)
    return Image.open(file)


def cut(left: int, top: int, right: int, bottom: int) -> Callable[[Image.Image], Image.Image]:
    """What takes so many hundredths off the sides of a picture."""

    def taken_off(image: Image.Image) -> Image.Image:
        width, height = image.size
        box = (left * width, top * height, (100 - right) * width, (100 - bottom) * height)
        return image.crop((box[0] // 100, box[1] // 100, box[2] // 100, box[3] // 100))

    return taken_off


def stamped(x: int, y: int) -> Callable[[Image.Image], Image.Image]:
    """What puts a white stamp into a corner of a picture: its left and upper edge in hundredths."""

    def with_stamp(image: Image.Image) -> Image.Image:
        image, width, height = image.copy(), image.width, image.height
        left, top = x * width // 100, y * height // 100
        image.paste((255, 255, 255), (left, top, left + width // 4, top + height // 5))
        return image

    return with_stamp


WAYS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "encoded again": encoded,
    "half as large": lambda image: image.resize((image.width // 2, image.height // 2)),
    "sent by telephone": lambda image: encoded(image.resize((image.width * 2 // 3, image.height * 2 // 3))),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.8),
    "cut by two of a hundred": cut(2, 2, 2, 2),
    "cut by five of a hundred": cut(5, 5, 5, 5),
    "cut at the left": cut(5, 0, 0, 0),
    "cut at the right": cut(0, 0, 5, 0),
    "cut above": cut(0, 5, 0, 0),
    "cut below": cut(0, 0, 0, 5),
    "stamped above at the left": stamped(0, 0),
    "stamped below at the right": stamped(75, 80),
    "grey": lambda image: image.convert("L"),
}


def look(image: Image.Image) -> str:
    found = look_of(image)
    assert found is not None
    return found


@pytest.mark.parametrize("way", WAYS)
def test_a_picture_is_found_again_when_it_was(way: str) -> None:
    pictures = [scene(seed) for seed in range(20)]
    known = [(str(number), look(picture)) for number, picture in enumerate(pictures)]

    found = [near(look(WAYS[way](picture)), known) for picture in pictures]

    assert found == [[str(number)] for number in range(20)]


def test_other_pictures_are_not_near() -> None:
    looks = [look(scene(seed)) for seed in range(100)]

    assert [pair for pair in combinations(looks, 2) if near(pair[0], [("other", pair[1])])] == []


def test_a_blank_picture_looks_like_nothing() -> None:
    assert look_of(Image.new("RGB", (300, 200), "white")) is None
    assert look_of(quarters()) is not None


def test_what_was_cut_away_may_be_of_either_picture() -> None:
    whole, part = scene(1), cut(5, 5, 5, 5)(scene(1))

    assert near(look(whole), [("part", look(part))]) == ["part"]
    assert near(look(part), [("whole", look(whole))]) == ["whole"]


def test_a_look_is_192_hex_digits() -> None:
    assert len(look(scene(1))) == 192
    assert int(look(scene(1)), 16) < 1 << 768


def test_looks_of_an_earlier_version_still_tell_what_is_hardly_changed() -> None:
    before = [(str(seed), look(scene(seed))[:16] + "0123456789abcdef") for seed in range(20)]

    assert [near(look(encoded(scene(seed))), before) for seed in range(20)] == [[str(n)] for n in range(20)]
    assert near(before[0][1], [("now", look(scene(0))), ("other", look(scene(1)))]) == ["now"]
