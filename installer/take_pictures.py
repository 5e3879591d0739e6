"""Write docs/pictures: the real window of an invented office, as README shows it."""

from __future__ import annotations

import os
import secrets
import tempfile
from datetime import date
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # the same picture on every machine

from desktop.app import grab_pages, make_app, open_window, settle
from desktop.models.services.sample import SAMPLE_TOWNSHIP
from desktop.office import Office
from desktop.views.page import Request

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
WORKBOOKS = [
    ROOT / "tests" / "data" / "samples" / name for name in ("06-问题数据.xlsx", "07-数字月份与小计.xlsx")
]
SHOWN = ("home", "roster", "structure", "checklist", "four_ones", "ledgers")


def main() -> None:
    """One picture a page that README shows, and the import page while it asks."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        office, _ = Office.create(
            Path(place) / "office",
            unit_code=SAMPLE_TOWNSHIP,
            level="township",
            password=secrets.token_urlsafe(12),
        )
        office.fill_with_sample(date.today())
        for picture in grab_pages(office, Path(place)):
            if picture.stem in SHOWN:
                picture.replace(PICTURES / picture.name)
        app = make_app()
        window = open_window(office)
        window.show()
        window.open(Request(page="import", files=tuple(WORKBOOKS)))
        settle(app)
        window.grab().save(str(PICTURES / "import.png"))
        window.hide()
        office.close(backup=False)


if __name__ == "__main__":
    main()
