"""Pictures as they are kept (照片): turned upright, at most 1600 pixels, nothing in them that says where they were taken."""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from desktop.models.errors import DesktopError
from desktop.models.services.looks import look_of

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 1600  # pixels of a side
RATIO = 3 / 4  # width to height of a person's photo
MOST_PIXELS = 120_000_000  # of what is opened: more is no photo of a telephone
_QUALITY = 88
_SMALL_QUALITY = 82
_WHITE = (255, 255, 255)
_UPPER_BYTE = [value >> 8 for value in range(1 << 16)]  # of a grey of 16 bits
_ORIENTATION, _EXIF, _TAKEN = 0x0112, 0x8769, 0x9003  # EXIF 2.32
_CLOCKWISE = (1, 6, 3, 8)  # what EXIF calls a picture that has to be turned by so many quarters
_FIRST_CAMERAS = date(1991, 1, 1)
_DAY = re.compile(r"(\d{4})[:\-](\d{2})[:\-](\d{2})")
# ISO/IEC 23008-12, as telephones write it
_HEIC = re.compile(rb"^....ftyp(he[iv][cxms]|mif1|msf1)", re.DOTALL)
_FORMATS = ("JPEG", "PNG")
_KEPT = ("JPEG",)  # what we make: no other reader sees what lies in the store, or came with a package
# what Pillow and libheif raise
_BROKEN = (OSError, ValueError, SyntaxError, LookupError, TypeError, RuntimeError, EOFError, struct.error)
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")

Pixels = tuple[int, int, bytes]  # width, height, four bytes each: red, green, blue and one unused
Box = tuple[float, float, float, float]  # left, top, right, bottom as parts of the upright picture, 0 to 1


class PictureError(DesktopError):
    """A picture that is not taken; the words say what to do."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be kept: JPEG bytes, its size in pixels, the day it was taken (``YYYY-MM-DD``) if it tells.

    ``look``: what nearly the same pictures have nearly the same (``looks.look_of``).
    """

    content: bytes
    size: tuple[int, int]
    taken: str | None
    look: str | None


def is_picture(content: bytes) -> bool:
    """Whether bytes begin as a JPEG, PNG or HEIC does, whatever the file is called."""
    return content.startswith(_BEGINNINGS) or bool(_HEIC.match(content))


def prepare(
    content: bytes, name: str, *, portrait: bool = False, box: Box | None = None, quarter_turns: int = 0
) -> Picture:
    """Make a picture of JPEG, PNG or HEIC bytes: upright, cut to ``box``, shrunk, encoded anew without anything beside.

    ``portrait``: cut 3:4 around the middle (of the box). ``quarter_turns``: clockwise, of what its EXIF calls upright,
    before anything is cut. Of several pictures in a file the first is taken.

    Bytes from outside come here through ``PhotoReader``, in a process of its own.

    Raises:
        PictureError: no JPEG, PNG or HEIC, broken, too many pixels, or too little memory.
    """
    image = _opened(content, name, _heic() if _HEIC.match(content) else _FORMATS)
    taken, turn = _told(image)
    whole = box is None and not portrait
    if whole:
        image.draft("RGB", (LONGEST, LONGEST))  # a JPEG is read at half or a quarter of its size
    upright = _turned(_decoded(image, name, turn, shrunk=whole), _CLOCKWISE[quarter_turns % 4])
    if box is not None:
        upright = upright.crop(_pixels(box, upright.size))
    if portrait:
        upright = upright.crop(_middle(upright.size))
    upright.thumbnail((LONGEST, LONGEST))
    return Picture(_encoded(upright, _QUALITY), upright.size, taken, look_of(upright))


def turn(content: bytes, name: str, quarter_turns: int) -> bytes:
    """A kept picture turned clockwise by quarters.

    Raises:
        PictureError: it is none of ours.
    """
    image = _decoded(_opened(content, name, _KEPT), name, _CLOCKWISE[quarter_turns % 4])
    return _encoded(image, _QUALITY)


def shrink(content: bytes, longest: int) -> bytes:
    """A small JPEG of a kept picture, at most ``longest`` pixels wide and high.

    Raises:
        PictureError: it is none of ours.
    """
    image = _opened(content, "", _KEPT)
    part = min(1.0, longest / max(image.size))
    image.draft("RGB", (int(image.width * part), int(image.height * part)))  # no larger than the sides need
    small = _decoded(image, "", None)
    small.thumbnail((longest, longest))
    return _encoded(small, _SMALL_QUALITY)


def pixels(small: bytes) -> Pixels:
    """A small picture decoded: Qt's own reader takes three times as long, and the window's thread."""
    from PIL import Image

    image = Image.open(BytesIO(small), formats=_FORMATS).convert("RGBX")
    return (*image.size, image.tobytes())


@contextmanager
def _reading(name: str, words: str) -> Iterator[None]:
    """Say in words what a file that Pillow cannot make sense of is; the oddities it passes over are not told."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except MemoryError as error:
        raise PictureError(f"“{name}”要占的内存太多，没有打开。请先把它缩小再添加。") from error
    except _BROKEN as error:
        raise PictureError(f"“{name}”{words}") from error


def _opened(content: bytes, name: str, formats: tuple[str, ...]) -> Image:
    from PIL import Image  # only who shows pictures waits for it

    Image.MAX_IMAGE_PIXELS = None  # it would only warn; the limit is ours, below
    with _reading(name, "不是 JPG、PNG 或 HEIC 图片，或者已损坏，请另存为 JPG 再添加，或换一张。"):
        image = Image.open(BytesIO(content), formats=formats)
    if image.width * image.height > MOST_PIXELS:
        words = f"有 {image.width}×{image.height} 像素，太大了，没有打开。请先缩小再添加。"
        raise PictureError(f"“{name}”{words}")
    return image


@cache
def _heic() -> tuple[str, ...]:
    """Let Pillow read HEIC; what is beside the picture in the file (thumbnails, depth) is not looked at."""
    from pi_heif import register_heif_opener

    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return ("HEIF",)


def _decoded(image: Image, name: str, turn: object, *, shrunk: bool = False) -> Image:
    """The picture upright, in three colors; what was transparent is white. ``shrunk``: the size does not matter after."""
    from PIL import Image

    with _reading(name, "已损坏或不完整，请重新拷贝，或换一张。"):
        image.load()
        clear = "A" in image.getbands() or "transparency" in image.info
        plain: Image.Image = image
        if image.mode.startswith("I"):
            plain, clear = image.convert("I").point(_UPPER_BYTE, "L"), False
        if clear or plain.mode not in ("L", "RGB"):
            plain = plain.convert("RGBA" if clear else "RGB")
        if shrunk:
            plain.thumbnail((LONGEST, LONGEST))  # before there are more copies of many pixels
        if clear:
            white = Image.new("RGBA", plain.size, (*_WHITE, 255))
            white.alpha_composite(plain)
            plain = white
        plain = plain.convert("RGB")
    return _turned(plain, turn)


def _turned(image: Image, turn: object) -> Image:
    """A picture that lies as its EXIF calls ``turn``, upright."""
    from PIL import Image

    method = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(turn if isinstance(turn, int) else 0)
    return image if method is None else image.transpose(method)


def _told(image: Image) -> tuple[str | None, object]:
    """When the picture was taken and how it lies, as far as its EXIF can be read."""
    try:
        with _reading("", ""):
            exif = image.getexif()
            taken = exif.get_ifd(_EXIF).get(_TAKEN)
            turn = exif.get(_ORIENTATION)
    except PictureError:
        return None, None
    return _day(taken), turn


def _day(text: object) -> str | None:
    """``2026:05:01 09:30:00`` → ``2026-05-01``; None of what is no day, and of a clock set wrong: 1980, next year."""
    match = _DAY.match(text) if isinstance(text, str) else None
    try:
        day = date(*map(int, match.groups())) if match else date.min
    except ValueError:
        return None
    return day.isoformat() if _FIRST_CAMERAS <= day <= date.today() else None


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = (min(max(part, 0.0), 1.0) for part in box)
    width, height = size
    x, y = min(int(left * width), width - 1), min(int(top * height), height - 1)
    return (x, y, max(x + 1, round(right * width)), max(y + 1, round(bottom * height)))


def _middle(size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The largest 3:4 in the middle."""
    width, height = size
    across, down = max(1, min(width, round(height * RATIO))), max(1, min(height, round(width / RATIO)))
    left, top = (width - across) // 2, (height - down) // 2
    return (left, top, left + across, top + down)


def _encoded(image: Image, quality: int) -> bytes:
    from PIL import Image

    bare = Image.new("RGB", image.size)  # the one that was read remembers comments and more
    bare.paste(image)
    file = BytesIO()
    bare.save(file, "JPEG", quality=quality)
    return file.getvalue()
