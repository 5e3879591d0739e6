"""Photos of a cell of “8+N” in the window: the first begin the assessment, and one Ctrl+Z takes both back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.models.registers.checklist import MET
from desktop.office import Office
from desktop.views.checklist.page import ChecklistPage
from tests.models.services.checklists import two_branches
from tests.models.services.pictures import photo, scene
from tests.views.windows import shown_window


def test_dropping_the_first_photos_is_one_action_undone_by_one(
    filled_office: Office, qtbot: QtBot, tmp_path: Path, settle: Callable[[], None]
) -> None:
    branch, _ = two_branches(filled_office)
    good, bad = tmp_path / "门口.jpg", tmp_path / "坏的.jpg"
    good.write_bytes(photo(scene(1)))
    bad.write_bytes(b"no picture")
    with shown_window(filled_office, qtbot, "checklist") as window:
        page = window.page
        assert isinstance(page, ChecklistPage)
        row = [each.branch.id for each in page.shown.rows].index(branch)
        page.open_place(row, 0)
        strip, period = page.cell_panel.strip, page.bar.period
        before = filled_office.history.recent(1)

        page.cell_panel.take([good, bad])
        settle()

        assert strip.list.count() == 1
        assert strip.words.text().startswith("“坏的.jpg”")
        assert strip.words.visibleRegion().boundingRect() == strip.words.rect()  # not below the fold
        assert filled_office.history.recent(2)[1:] == before
        filled_office.history.undo()
        page.refresh()
        assert strip.list.count() == 0
        assert filled_office.checklists.row(branch, period, page.today).assessment is None


def test_a_cell_that_is_filled_while_its_first_photo_is_read_shows_both(
    filled_office: Office, qtbot: QtBot, tmp_path: Path, settle: Callable[[], None]
) -> None:
    branch, _ = two_branches(filled_office)
    good = tmp_path / "门口.jpg"
    good.write_bytes(photo(scene(1)))
    with shown_window(filled_office, qtbot, "checklist") as window:
        page = window.page
        assert isinstance(page, ChecklistPage)
        page.open_place([each.branch.id for each in page.shown.rows].index(branch), 0)
        key = page.cell_panel.key
        assert key is not None

        page.cell_panel.take([good])
        filled_office.checklists.set_status([key], MET, page.today)
        page.refresh()
        settle()

        cell = filled_office.checklists.card(key, page.today).cell
        assert (cell.status, cell.photos) == (MET, 1)
        assert page.cell_panel.strip.list.count() == 1
