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


def cut(image: Image.Image) -> Image.Image:
    width, height = image.size
    return image.crop((width // 50, height // 50, width - width // 50, height - height // 50))


WAYS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "encoded again": encoded,
    "half as large": lambda image: image.resize((image.width // 2, image.height // 2)),
    "sent by telephone": lambda image: encoded(image.resize((image.width * 2 // 3, image.height * 2 // 3))),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.8),
    "cut by two of a hundred": cut,
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


def test_a_look_is_32_hex_digits() -> None:
    assert len(look(scene(1))) == 32
    assert int(look(scene(1)), 16) < 1 << 128
