"""Offices with everything of the sample, not its roster alone: made once a run, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.models.database.connection import StoreKey
from desktop.models.database.keys import read_key_file, unlock
from desktop.models.database.layout import KEY_FILE_NAME, STORE_NAME
from desktop.models.database.store import open_store
from desktop.office import Office
from tests.offices import CITY, PASSWORD, TODAY, TOWNSHIP

_made = TemporaryDirectory(prefix="touyan-whole-")


@contextmanager
def whole_office(folder: Path, unit: str = TOWNSHIP) -> Iterator[Office]:
    """The office of a township, or of the city, open, with the sample's records in every register."""
    template, key = _template(unit)
    if not folder.exists():
        shutil.copytree(template, folder)
    office = Office(folder, open_store(folder / STORE_NAME, key))
    try:
        yield office
    finally:
        office.release()


@cache
def _template(unit: str) -> tuple[Path, StoreKey]:
    folder = Path(_made.name) / unit
    level = "city" if unit == CITY else "township"
    office, _ = Office.create(folder, unit_code=unit, level=level, password=PASSWORD)
    office.fill_with_sample(TODAY)
    office.close(backup=False)
    return folder, unlock(read_key_file(folder / KEY_FILE_NAME), PASSWORD)
