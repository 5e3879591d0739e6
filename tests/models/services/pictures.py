"""Pictures as phones and cameras make them, for tests."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from desktop.paths import RESOURCES

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (250, 250, 250)
# 160×120 of quarters(), held in portrait, from “Invented Phone” with place and day; made with pillow-heif
HEIC = RESOURCES / "self-check" / "turned.heic"
_GPS, _EXIF, _ORIENTATION, _TAKEN = 0x8825, 0x8769, 0x0112, 0x9003


def quarters(width: int = 800, height: int = 600) -> Image.Image:
    """Red at the left above, green at the right above, blue at the left below, white at the right below."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    image.paste(WHITE, (width // 2, height // 2, width, height))
    return image


def scene(seed: int, width: int = 400, height: int = 300) -> Image.Image:
    """Soft clouds and some things in front of them, as chance says: as different as photos are."""
    chance = Random(seed)
    clouds = Image.frombytes("RGB", (6, 5), chance.randbytes(90))
    image = clouds.resize((width, height), Image.Resampling.BICUBIC)
    brush = ImageDraw.Draw(image)
    for _ in range(8):
        x, y = chance.randrange(width), chance.randrange(height)
        across, down = chance.randrange(20, width // 3), chance.randrange(20, height // 3)
        color = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
        (brush.rectangle if chance.random() < 0.5 else brush.ellipse)(
            (x, y, x + across, y + down), fill=color
        )
    return image


def corners(image: Image.Image) -> list[str]:
    """The colors of the corners: left above, right above, left below, right below."""
    width, height = image.size
    names = dict(zip((RED, GREEN, BLUE, WHITE), ("red", "green", "blue", "white"), strict=True))
    found = []
    for x, y in ((4, 4), (width - 5, 4), (4, height - 5), (width - 5, height - 5)):
        pixel = image.convert("RGB").getpixel((x, y))
        assert isinstance(pixel, tuple)
        found.append(
            names[min(names, key=lambda color: sum(abs(a - b) for a, b in zip(color, pixel, strict=True)))]
        )
    return found


def photo(
    image: Image.Image | None = None, *, turn: int | None = None, taken: str | None = "2026:05:01 09:30:00"
) -> bytes:
    """A JPEG as a telephone makes it: with the place, the day, and how it was held."""
    exif = Image.Exif()
    exif[_GPS] = {1: "N", 2: (29.0, 43.0, 12.5), 3: "E", 4: (112.0, 24.0, 3.0)}
    if taken is not None:
        exif[_EXIF] = {_TAKEN: taken}
    if turn is not None:
        exif[_ORIENTATION] = turn
    file = BytesIO()
    (image or quarters()).save(file, "JPEG", exif=exif, comment=b"secret place", quality=92)
    return file.getvalue()


def png(image: Image.Image | None = None) -> bytes:
    """A PNG."""
    file = BytesIO()
    (image or quarters()).save(file, "PNG")
    return file.getvalue()


def seen(content: bytes) -> Image.Image:
    """The picture in some bytes."""
    image = Image.open(BytesIO(content))
    image.load()
    return image
