"""Ledgers of an office as tests look at them: as values, and the text and pictures of their pages."""

from __future__ import annotations

import pypdfium2
import pypdfium2.raw as pdfium_c

from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.ledgers.sheet import Sheets
from desktop.models.services.ledgers import LedgerRequest
from desktop.office import Office
from tests.offices import TODAY


def made(office: Office, name: str, paper: Paper = Paper.A3, **asked: object) -> Ledger:
    """A ledger of today as a value."""
    ledger = _made(office, name, paper, **asked)
    assert isinstance(ledger, Ledger)
    return ledger


def sheets(office: Office, name: str, **asked: object) -> Sheets:
    """Forms of today as a value."""
    work = _made(office, name, Paper.A4, **asked)
    assert isinstance(work, Sheets)
    return work


def _made(office: Office, name: str, paper: Paper, **asked: object) -> Ledger | Sheets:
    request = LedgerRequest(name, TODAY, paper=paper, **asked)  # type: ignore[arg-type]  # fields by name
    return office.ledgers.made(request).work


def cells(ledger: Ledger) -> list[dict[str, str]]:
    """The rows by heading, without line breaks; empty cells left out."""
    headings = [(column.parent + column.label).replace("\n", "") for column in ledger.columns]
    return [
        {head: text.replace("\n", "/") for head, text in zip(headings, row.cells, strict=True) if text}
        for row in ledger.rows
    ]


def total(ledger: Ledger) -> list[str]:
    """The texts of the only row of totals."""
    (spans,) = ledger.totals
    return [span.text for span in spans]


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, without white space."""
    with pypdfium2.PdfDocument(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def pictures_of(pdf: bytes) -> list[list[tuple[int, int]]]:
    """The sizes in pixels of the pictures on each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            [each.get_px_size() for each in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])]
            for page in document
        ]
