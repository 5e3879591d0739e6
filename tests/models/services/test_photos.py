"""Pictures as they are kept: upright, cut, shrunk, stripped of the place; and those that are not taken."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from io import BytesIO
from zlib import compress, crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from desktop.models.services.photos import LONGEST, PictureError, is_picture, prepare, shrink, turn
from tests.models.services.pictures import HEIC, corners, photo, png, quarters, seen

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


@pytest.mark.parametrize("taken", [None, "0000:00:00 00:00:00", "2026:13:01 00:00:00", "yesterday"])
def test_a_day_that_is_none_is_not_told(taken: str | None) -> None:
    assert prepare(photo(taken=taken), "照片.jpg").taken is None


def test_the_day_a_picture_was_changed_is_not_the_day_it_was_taken() -> None:
    exif, file = Image.Exif(), BytesIO()
    exif[0x0132] = "2026:05:01 09:30:00"
    quarters().save(file, "JPEG", exif=exif)

    assert prepare(file.getvalue(), "照片.jpg").taken is None


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG."""
    return len(content).to_bytes(4) + kind + content + crc32(kind + content).to_bytes(4)


def segment(marker: int, content: bytes) -> bytes:
    """A part of a JPEG beside the picture."""
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2) + content


def test_whatever_stands_beside_the_picture_is_left_behind() -> None:
    plain = photo()
    beside = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>secret</exif:GPSLatitude>")
        + segment(0xED, b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0\0\0\0\x0bsecret city")
        + segment(0xE1, b"Exif\0\0II*\0secret thumbnail" + quarters(32, 24).tobytes())
        + segment(0xE2, b"MPF\0secret")
    )
    content = plain[:2] + beside + plain[2:] + b"PK\x03\x04secret archive"

    picture = prepare(content, "照片.jpg")

    assert b"secret" not in picture.content
    assert b"PK\x03\x04" not in picture.content
    assert [word for word in (b"http", b"Photoshop", b"Exif", b"MPF") if word in picture.content] == []
    assert corners(seen(picture.content)) == UPRIGHT


def test_the_words_in_a_png_are_left_behind() -> None:
    plain = png()
    beside = chunk(b"tEXt", b"GPS\0secret place")

    picture = prepare(plain[:33] + beside + plain[33:], "照片.png")

    assert b"secret" not in picture.content


def test_a_heic_is_turned_told_its_day_and_stripped_as_others_are() -> None:
    content = HEIC.read_bytes()
    assert b"Invented Phone" in content

    picture = prepare(content, "IMG_0001.HEIC")

    assert (picture.size, picture.taken) == ((160, 120), "2026-05-01")
    assert corners(seen(picture.content)) == UPRIGHT
    assert seen(picture.content).format == "JPEG"
    assert b"Exif" not in picture.content
    assert b"Invented Phone" not in picture.content


def test_of_several_pictures_in_a_file_the_first_is_taken() -> None:
    moving, both = BytesIO(), BytesIO()
    others = [Image.new("RGB", (800, 600), "black")] * 2
    quarters().save(moving, "PNG", save_all=True, append_images=others)
    quarters().save(both, "MPO", save_all=True, append_images=others)

    for content in (moving.getvalue(), both.getvalue()):
        assert corners(seen(prepare(content, "照片").content)) == UPRIGHT


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


@pytest.mark.parametrize("beside", [b"", chunk(b"tRNS", b"\0\0")], ids=["plain", "clear"])
def test_a_grey_of_16_bits_keeps_its_shades(beside: bytes) -> None:
    rows = b"".join(b"\0" + bytes([shade, 0]) * 64 for shade in (40, 120, 200) for _ in range(16))
    header = chunk(b"IHDR", (64).to_bytes(4) + (48).to_bytes(4) + bytes([16, 0, 0, 0, 0]))
    content = b"\x89PNG\r\n\x1a\n" + header + beside + chunk(b"IDAT", compress(rows)) + chunk(b"IEND", b"")

    kept = seen(prepare(content, "扫描.png").content).convert("L")

    shades = [kept.tobytes()[64 * (8 + 16 * row)] for row in range(3)]
    assert [round(shade, -1) for shade in shades] == [40, 120, 200]


@pytest.mark.parametrize(
    "taken", ["9999:12:31 00:00:00", "1980:01:01 00:00:00", "2026:02:30 00:00:00", "２０２６:05:01"]
)
def test_the_day_of_a_clock_set_wrong_is_not_told(taken: str) -> None:
    assert prepare(photo(taken=taken), "照片.jpg").taken is None


@pytest.mark.parametrize(
    "beside",
    [
        b"".join(segment(0xE2, b"ICC_PROFILE\0" + bytes([n, 150]) + bytes(65_000)) for n in range(1, 151)),
        b"".join(segment(0xE1, b"Exif\0\0" + bytes(range(256)) * 250) for _ in range(150)),
        segment(0xFE, bytes(65_000)) * 150,
        segment(0xE2, b"MPF\0II*\0" + bytes(range(256))),
    ],
    ids=["profile", "exif", "comment", "several pictures"],
)
def test_blocks_beside_the_picture_that_are_giant_or_nonsense_do_not_matter(beside: bytes) -> None:
    plain = photo()

    assert corners(seen(prepare(plain[:2] + beside + plain[2:], "照片.jpg").content)) == UPRIGHT


@pytest.mark.parametrize("kind", [b"zTXta\0\0", b"iCCPicc\0\0", b"iTXta\0\1\0\0\0"])
def test_words_in_a_png_that_unpack_to_a_bomb_are_refused(kind: bytes) -> None:
    bomb, plain = compress(bytes(64 << 20)), png()

    with pytest.raises(PictureError, match=r"照片\.png"):
        prepare(plain[:33] + chunk(kind[:4], kind[4:] + bomb) + plain[33:], "照片.png")


def test_pictures_with_a_palette_that_is_partly_clear_are_on_white() -> None:
    file = BytesIO()
    quarters().quantize(4).save(file, "PNG", transparency=bytes([0, 0, 0, 0]))

    assert set(corners(seen(prepare(file.getvalue(), "a.png").content))) == {"white"}


def test_what_is_kept_is_read_as_jpeg_alone() -> None:
    for content in (HEIC.read_bytes(), png()):
        with pytest.raises(PictureError):
            shrink(content, 96)
        with pytest.raises(PictureError):
            turn(content, "照片.jpg", 1)


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
        (HEIC.read_bytes()[:600], "损坏"),
        (b"RIFF\x00\x00\x00\x00WEBP" + bytes(64), "不是 JPG、PNG 或 HEIC"),
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


def test_a_heic_of_too_many_pixels_is_not_opened() -> None:
    content = HEIC.read_bytes()
    at = content.index(b"ispe") + 8
    bomb = content[:at] + (20_000).to_bytes(4) * 2 + content[at + 8 :]

    with pytest.raises(PictureError, match="20000×20000"):
        prepare(bomb, "照片.heic")


def test_too_little_memory_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_image: ImageFile.ImageFile) -> None:
        raise MemoryError

    monkeypatch.setattr(ImageFile.ImageFile, "load", no_room)

    with pytest.raises(PictureError, match=r"“照片\.jpg”要占的内存太多"):
        prepare(photo(), "照片.jpg")


@given(
    flips=st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 255)), min_size=1, max_size=8),
    kind=st.sampled_from(("jpeg", "png", "heic")),
)
def test_a_broken_file_is_a_picture_or_a_problem(flips: list[tuple[int, int]], kind: str) -> None:
    whole = {"jpeg": photo(quarters(64, 48), turn=6), "png": png(quarters(64, 48)), "heic": HEIC.read_bytes()}
    content = bytearray(whole[kind])
    for place, bits in flips:
        content[place % len(content)] ^= bits

    with suppress(PictureError):
        assert seen(prepare(bytes(content), "照片.jpg", portrait=kind == "jpeg").content).mode == "RGB"


def test_pictures_are_known_by_their_beginning() -> None:
    assert is_picture(photo())
    assert is_picture(png())
    assert is_picture(HEIC.read_bytes())
    assert not is_picture(b"%PDF-1.7")


def test_a_photo_is_turned_by_hand_before_its_box_is_cut() -> None:
    lying = quarters(1600, 1200).transpose(Image.Transpose.ROTATE_90)  # it needs a quarter clockwise

    whole = prepare(photo(lying), "证件照.jpg", quarter_turns=1)
    cut = prepare(photo(lying), "证件照.jpg", portrait=True, box=(0.5, 0.0, 1.0, 0.5), quarter_turns=-3)

    assert corners(seen(whole.content)) == UPRIGHT
    assert set(corners(seen(cut.content))) == {"green"}


def test_pictures_cost_the_start_nothing() -> None:
    command = "import sys, desktop.office; print({'PIL', 'pi_heif'} & set(sys.modules))"

    answer = subprocess.run([sys.executable, "-c", command], capture_output=True, check=True, text=True)

    assert answer.stdout.strip() == "set()"
