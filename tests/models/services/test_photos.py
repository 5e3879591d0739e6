"""Pictures as they are kept: upright, cut, shrunk, stripped of the place; and those that are not taken."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.models.services.photos import LONGEST, PictureError, is_picture, prepare, shrink
from tests.models.services.pictures import corners, photo, png, quarters, seen

UPRIGHT = ["red", "green", "blue", "white"]
# how the corners lie in a file whose EXIF says that the picture was held so (EXIF 2.32, 0x0112)
METHODS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("turn", METHODS)
def test_a_picture_is_turned_upright_by_its_exif(turn: int) -> None:
    method = METHODS[turn]
    held = quarters() if method is None else quarters().transpose(method)

    picture = prepare(photo(held, turn=turn), "照片.jpg")

    assert picture.size == (800, 600)
    assert corners(seen(picture.content)) == UPRIGHT


def test_neither_place_nor_day_nor_comment_is_left_in_the_file_and_the_day_is_told() -> None:
    content = photo()
    assert b"secret place" in content

    picture = prepare(content, "照片.jpg")

    kept = seen(picture.content)
    assert picture.taken == "2026-05-01"
    assert not kept.getexif()
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progression"}
    assert b"secret place" not in picture.content
    assert b"Exif" not in picture.content


@pytest.mark.parametrize("taken", [None, "0000:00:00 00:00:00", "yesterday"])
def test_a_day_that_is_none_is_not_told(taken: str | None) -> None:
    assert prepare(photo(taken=taken), "照片.jpg").taken is None


def test_a_large_picture_is_shrunk_to_1600_pixels() -> None:
    picture = prepare(photo(quarters(4000, 3000)), "照片.jpg")

    assert picture.size == (LONGEST, 1200)
    assert seen(picture.content).size == picture.size


def test_a_small_picture_stays_as_large_as_it_is() -> None:
    assert prepare(png(quarters(120, 90)), "照片.png").size == (120, 90)


@pytest.mark.parametrize("size", [(800, 600), (600, 800), (600, 1800), (300, 400)])
def test_a_persons_photo_is_cut_three_to_four_around_the_middle(size: tuple[int, int]) -> None:
    picture = prepare(photo(quarters(*size)), "证件照.jpg", portrait=True)

    width, height = picture.size
    assert abs(width * 4 - height * 3) <= 4
    assert corners(seen(picture.content)) == UPRIGHT  # the middle of the four is the middle still


def test_a_box_is_cut_out_of_the_upright_picture() -> None:
    held = quarters(1200, 1600).transpose(Image.Transpose.ROTATE_90)

    picture = prepare(photo(held, turn=6), "证件照.jpg", portrait=True, box=(0.5, 0.0, 1.0, 0.5))

    assert picture.size == (600, 800)
    assert set(corners(seen(picture.content))) == {"green"}


def test_what_was_transparent_is_white_and_other_colors_become_three() -> None:
    clear = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    grey = Image.new("L", (60, 60), 128)
    cmyk = BytesIO()
    Image.new("CMYK", (60, 60), (0, 0, 0, 0)).save(cmyk, "JPEG")

    assert set(corners(seen(prepare(png(clear), "a.png").content))) == {"white"}
    assert seen(prepare(png(grey), "a.png").content).mode == "RGB"
    assert set(corners(seen(prepare(cmyk.getvalue(), "a.jpg").content))) == {"white"}


def test_a_thumbnail_fits_and_is_small() -> None:
    small = shrink(prepare(photo(quarters(3000, 4000)), "照片.jpg").content, 96)

    assert seen(small).size == (72, 96)
    assert len(small) < 6000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x00\x00\x00\x18ftypheic" + bytes(64), "图片|损坏"),
        (b"%PDF-1.7", "不是 JPG、PNG 或 HEIC"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "图片|损坏"),
        (b"GIF89a" + bytes(64), "不是 JPG、PNG 或 HEIC"),
        (photo()[: len(photo()) // 2], "损坏或不完整"),
        (b"", "不是 JPG、PNG 或 HEIC"),
    ],
)
def test_what_is_no_whole_jpeg_or_png_is_told_in_words(content: bytes, words: str) -> None:
    with pytest.raises(PictureError, match=words):
        prepare(content, "照片.jpg")


def test_a_bomb_of_pixels_is_not_opened() -> None:
    bomb = png(Image.new("1", (20_000, 20_000)))
    assert len(bomb) < 100_000

    with pytest.raises(PictureError, match="20000×20000"):
        prepare(bomb, "照片.png")


@given(
    flips=st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 255)), min_size=1, max_size=8),
    turned=st.booleans(),
)
def test_a_broken_file_is_a_picture_or_a_problem(flips: list[tuple[int, int]], turned: bool) -> None:
    content = bytearray(photo(quarters(64, 48), turn=6) if turned else png(quarters(64, 48)))
    for place, bits in flips:
        content[place % len(content)] ^= bits

    with suppress(PictureError):
        assert seen(prepare(bytes(content), "照片.jpg", portrait=turned).content).mode == "RGB"


def test_pictures_are_known_by_their_beginning() -> None:
    assert is_picture(photo())
    assert is_picture(png())
    assert not is_picture(b"%PDF-1.7")
