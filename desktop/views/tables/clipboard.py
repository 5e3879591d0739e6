"""Blocks of cells on the clipboard, as Excel and WPS put them there and take them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

Block = Sequence[Sequence[str]]
_AS_TEXT = "style='mso-number-format:\"\\@\"'"  # else Excel makes 4.21E+17 of an identity number
_BREAK = "<br style='mso-data-placement:same-cell'>"  # else Excel goes on in the next row


def to_mime(block: Block) -> QMimeData:
    """A block as tab-separated text, and as a table whose cells stay text."""
    data = QMimeData()
    data.setText(_to_text(block))
    rows = "".join(
        "<tr>" + "".join(f"<td {_AS_TEXT}>{_to_html(cell)}</td>" for cell in row) + "</tr>" for row in block
    )
    data.setHtml(f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>')
    return data


def from_mime(data: QMimeData | None) -> list[list[str]]:
    """The block on the clipboard; empty where there is no text, or nothing at all."""
    return from_text(data.text()) if data is not None and data.hasText() else []


def from_text(text: str) -> list[list[str]]:
    """Tab-separated text as rows of cells; a quoted cell may hold line breaks, the last line break counts not."""
    text = text.replace("\r\n", "\n").removesuffix("\n")
    if not text:
        return []
    return [row or [""] for row in csv.reader(io.StringIO(text), delimiter="\t")]


def _to_html(cell: str) -> str:
    return escape(cell).replace("\n", _BREAK)


def _to_text(block: Block) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerows(block)
    return target.getvalue()
