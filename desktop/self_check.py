"""The program tries itself (自检): a store, a workbook, a ledger, the window — in a folder that is gone afterwards."""

from __future__ import annotations

import os
import secrets
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.office import Office


def self_check() -> int:
    """Go the whole road with invented people and return 0; anything that fails raises."""
    os.environ["QT_QPA_PLATFORM"] = (
        "offscreen"  # before Qt is imported: it must pass where there is no screen
    )
    from desktop.models.services.sample import SAMPLE_TOWNSHIP
    from desktop.office import Office
    from desktop.paths import RESOURCES

    print(f"resources: {len(list(RESOURCES.iterdir()))} parts")
    with tempfile.TemporaryDirectory(prefix="touyan-self-check-") as place:
        folder = Path(place) / "office"
        office, _ = Office.create(
            folder, unit_code=SAMPLE_TOWNSHIP, level="township", password=secrets.token_urlsafe(12)
        )
        try:
            _import(office, Path(place) / "花名册.xlsx")
            _print(office)
            _show(office)
        finally:
            office.close()
    print("self-check passed")
    return 0


def _import(office: Office, workbook: Path) -> None:
    """Fill the office, write its roster to a workbook, take out the people and import them again."""
    from desktop.models.registers.roster import RosterQuery

    day = date.today()
    office.fill_with_sample(date.today())
    query = RosterQuery(on=day)
    keys = office.roster.keys(query)
    columns = ("name", "township", "village", "posts", "post_since", "sex", "birth", "id_number", "phone")
    office.roster.export(workbook, query, columns, full_ids=True, reason="自检")
    office.roster.remove(keys)
    plan = office.imports.plan(office.imports.read([workbook], day), day)
    result = office.imports.apply(plan, workbook.name)
    taken = result.added + result.changed  # whom other registers know had stayed without a post
    if taken != len(keys) or len(office.roster.keys(query)) != len(keys):
        raise AssertionError(f"exported {len(keys)}, imported {taken}")
    print(f"workbook: {taken} rows written, read and imported")


def _print(office: Office) -> None:
    """Draw the roster's ledger and read it back."""
    import pypdfium2

    from desktop.models.services.ledgers import LedgerRequest

    prepared = office.ledgers.preview(LedgerRequest("roster", date.today()))
    document = pypdfium2.PdfDocument(prepared.pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    if office.unit.name not in text or prepared.pages < 2:
        raise AssertionError("the ledger does not read back")
    print(f"ledger: {prepared.pages} pages drawn and read back")


def _show(office: Office) -> None:
    """Open the main window and take a picture of it."""
    from desktop.app import grab_pages

    pictures = grab_pages(office, office.folder)
    if not pictures or any(picture.stat().st_size < 5000 for picture in pictures):
        raise AssertionError("the window did not show")
    print(f"window: {len(pictures)} pages grabbed")
