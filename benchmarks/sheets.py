"""One “8+N” checklist as PDF, 12 items and 24 photos, against ReportLab's canvas placing the same pictures."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.photos import _photo
from benchmarks.structure import CITY, PASSWORD, TODAY
from benchmarks.turns import in_turn
from desktop.models.domain.ids import new_id
from desktop.models.registers.checklist import MET
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.person_file import PHOTO
from desktop.models.services.ledgers import LedgerRequest
from desktop.models.services.paper_photos import _LONGEST
from desktop.models.services.photos import shrink
from desktop.office import Office

if TYPE_CHECKING:
    from benchmarks.__main__ import Measured

ITEMS, EACH = 12, 2  # photos of each item
PERIOD = "2026H2"
_PAGE, _PICTURE = (595.0, 842.0), (250.0, 187.5)  # points; four on a page


def measure() -> Iterator[Measured]:
    """Yield the sheet; the canvas gets the pictures from the store, then as small as ours, and lays nothing out."""
    with TemporaryDirectory() as name:
        office, _ = Office.create(Path(name) / "office", unit_code=CITY, level="city", password=PASSWORD)
        keys = fill(office)
        request = LedgerRequest("checklist", TODAY, period=PERIOD)
        prepared = office.ledgers.preview(request)
        kept = [office.attachments.content(key) for key in keys]
        small = [shrink(content, _LONGEST) for content in kept]
        plain = canvas(kept)
        sizes = f"{len(prepared.pdf) / 1e6:.1f} MB for {len(plain) / 1e6:.1f} MB"
        words = (
            f"checklist of {ITEMS} items with {len(keys)} photos ({sizes}), ReportLab's canvas placing them"
        )
        ours, theirs = in_turn(partial(office.ledgers.preview, request), partial(canvas, kept))
        yield words, ours, theirs, 1.5
        words = "the same, ReportLab's canvas placing pictures that were made as small as ours beforehand"
        ours, theirs = in_turn(partial(office.ledgers.preview, request), partial(canvas, small))
        yield words, ours, theirs, 1.5
        office.close(backup=False)


def fill(office: Office) -> list[str]:
    """Give an office one party organisation with twelve items and their photos; return the photos' keys."""
    from desktop.models.database.records import Records
    from desktop.models.services.new_files import Loose, make_ready

    branch = PartyBranch(id=new_id(), division_code=office.unit.code, name="禾汀联合党支部")
    with office._store.change("测速"):
        Records(office._store).insert_many([branch])
    office.schemes.set_own_items(branch.id, ["红色车间", "导师带徒", "技能比武", "惠民服务日"], TODAY)
    cells = office.checklists.row(branch.id, PERIOD, TODAY).items
    assert len(cells) == ITEMS
    office.checklists.set_status([cell.key for cell in cells], MET, TODAY)
    keys = []
    for number, cell in enumerate(cells):
        photos = (_photo(number * EACH + each) for each in range(EACH))
        files = [make_ready(Loose(f"{number}-{each}.jpg", photo), PHOTO) for each, photo in enumerate(photos)]
        added = office.checklists.add_photos(cell.key, files, office.attachments, TODAY)
        keys += [each.attachment.id for each in added]
    return keys


def canvas(pictures: list[bytes]) -> bytes:
    """Place pictures as anybody would: each drawn, a caption below it."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    drawn = Canvas(file, pagesize=_PAGE)
    for number, content in enumerate(pictures):
        x, y = 40 + number % 2 * 265, 500 - number % 4 // 2 * 300
        drawn.drawImage(ImageReader(BytesIO(content)), x, y, *_PICTURE)
        drawn.drawString(x, y - 14, f"{number // EACH + 1} 2026.11.24")
        if number % 4 == 3:
            drawn.showPage()
    drawn.save()
    return file.getvalue()
