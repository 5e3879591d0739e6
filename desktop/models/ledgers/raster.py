"""A PDF read back: its pages as pictures, for the preview and for printers, and whether a file is whole."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import BinaryIO

import pypdfium2

_ONE_AT_A_TIME = Lock()  # PDFium is not made for threads: the window draws while a job reads a file back


@dataclass(frozen=True, slots=True)
class Raster:
    """A page as pixels: BGRx, 4 bytes a pixel, ``stride`` bytes a line, from the top."""

    width: int
    height: int
    stride: int
    data: bytes


def render(pdf: bytes, page: int, scale: float) -> Raster:
    """Draw one page (from 0); ``scale`` 1 is 72 dots an inch."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            bitmap = document[page].render(scale=scale, prefer_bgrx=True)
            return Raster(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            document.close()


def reads_back(file: BinaryIO, pages: int) -> bool:
    """Whether a file is a PDF of so many pages, the last of them with something on it."""
    with _ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(file) as document:
                return len(document) == pages and document[pages - 1].get_textpage().count_chars() > 0
        except pypdfium2.PdfiumError:
            return False
