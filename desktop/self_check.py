"""The program tries itself (自检): store, workbook, paper, photos, hand-off, window — in a folder that is gone afterwards."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.office import Office


def self_check() -> int:
    """Go the whole road with invented people and return 0; anything that fails raises."""
    if sys.platform != "win32":  # there is always a screen there, and Qt's own of no screen finds no fonts
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported
    from desktop.models.services.sample import SAMPLE_TOWNSHIP
    from desktop.paths import RESOURCES

    print(f"resources: {len(list(RESOURCES.iterdir()))} parts")
    with (
        tempfile.TemporaryDirectory(prefix="touyan-self-check-") as place,
        _office(Path(place) / "office", SAMPLE_TOWNSHIP, "township") as office,
        _office(Path(place) / "city", f"{SAMPLE_TOWNSHIP[:6]}000000", "city") as city,
    ):
        _import(office, Path(place) / "花名册.xlsx")
        _print(office)
        _print_photos(office, RESOURCES / "self-check" / "turned.heic")
        _hand_over(office, city, Path(place))
        _show(office)
        _show(city)
    print("self-check passed")
    return 0


@contextmanager
def _office(folder: Path, unit: str, level: str) -> Iterator[Office]:
    """A new office, open."""
    from desktop.office import Office

    office, _ = Office.create(folder, unit_code=unit, level=level, password=secrets.token_urlsafe(12))
    try:
        yield office
    finally:
        office.close()


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


def _print_photos(office: Office, telephone: Path) -> None:
    """Keep a photo as a telephone makes it (HEIC) with an activity, and draw its sheet."""
    import pypdfium2

    from desktop.models.registers.activity import ACTIVITY, HELD
    from desktop.models.registers.person_file import PHOTO
    from desktop.models.registers.roster import RosterQuery
    from desktop.models.services.ledgers import LedgerRequest

    today = date.today()
    keys = office.activities.keys(RosterQuery(on=today))
    held = next(line.key for line in office.activities.rows(keys, today) if line.record.state == HELD)
    (added,) = office.attachments.add(ACTIVITY.name, held, [telephone], PHOTO)
    if added.attachment.taken is None:
        raise AssertionError("the photo does not tell its day")
    kept = len(office.attachments.of(ACTIVITY.name, held, PHOTO))
    prepared = office.ledgers.preview(LedgerRequest("activity", today, of=(held,)))
    document = pypdfium2.PdfDocument(prepared.pdf)
    drawn = sum(len(list(page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) for page in document)
    document.close()
    if drawn != kept:
        raise AssertionError(f"{kept} photos kept, {drawn} drawn")
    print(f"photos: one decoded from HEIC, {drawn} drawn on a sheet")


def _hand_over(town: Office, city: Office, folder: Path) -> None:
    """Have two offices know one another by files, write a package and have the city judge it."""
    from desktop.models.handoff.codes import Standing

    now = datetime.now().astimezone()
    me, head = town.handoff.keys.make(), city.handoff.keys.make()
    enrolment = town.handoff.trust.write_enrolment(folder, now)
    units = [unit for _, unit in city.handoff.trust.read_enrolments([enrolment]) if unit]
    city.handoff.trust.take_enrolments(units, [me.fingerprint], now)
    root = town.handoff.verify(city.handoff.trust.write_root(folder, now))
    town.handoff.trust.take_root(root, head.fingerprint)
    sent = town.handoff.sending.write(folder, now=now)
    verdict = city.handoff.verify(folder / sent.file)
    if verdict.standing is not Standing.TAKE:
        raise AssertionError(f"the package is not taken: {verdict.code.name}")
    print(f"hand-off: a package of {sum(sent.registers.values())} records written and verified")


def _show(office: Office) -> None:
    """Open the main window and take a picture of each page that such an office has."""
    from desktop.app import grab_pages

    pictures = grab_pages(office, office.folder)
    if not pictures or any(picture.stat().st_size < 5000 for picture in pictures):
        raise AssertionError("the window did not show")
    print(f"window of a {office.level}: {len(pictures)} pages grabbed")
