"""Pages of a PDF as pictures, for the preview and for printers."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as pixels: BGRx, 4 bytes a pixel, ``stride`` bytes a line, from the top."""

    width: int
    height: int
    stride: int
    data: bytes


def render(pdf: bytes, page: int, scale: float) -> Raster:
    """Draw one page (from 0); ``scale`` 1 is 72 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[page].render(scale=scale, prefer_bgrx=True)
        return Raster(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        document.close()
