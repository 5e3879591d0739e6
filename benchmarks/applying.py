"""Writing a big import with its history and search keys, against sqlite-utils' insert_all of the same rows."""

from __future__ import annotations

import gc
import math
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_bytes
from tempfile import TemporaryDirectory
from typing import TypeVar, cast

from benchmarks.builders import HEADINGS, big_roster_workbook
from benchmarks.reading import ROWS, TODAY, villages
from desktop.models.database.connection import StoreKey, connect
from desktop.models.database.keys import read_key_file, unlock
from desktop.models.database.layout import KEY_FILE_NAME, STORE_NAME
from desktop.models.database.store import open_store
from desktop.models.services.backup import BackupService
from desktop.models.services.divisions import preloaded
from desktop.models.services.importing import ImportService
from desktop.models.workbooks.reading import read_sheets
from desktop.models.workbooks.roster_reader import ImportReading
from desktop.office import Office

ROUNDS = 10
PASSWORD = "only for measuring 1"
T = TypeVar("T")


class NoBackup:
    """Stands in for the backups, which are not measured here."""

    def backup_if_changed(self, _reason: str) -> None:
        """Make none."""


def measure() -> Iterator[tuple[str, float, float, float]]:
    """Yield planning, and writing against inserting the same cells into a plain table, both with the same pragmas."""
    planning = writing = plain = math.inf
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "big.xlsx"
        big_roster_workbook(path, villages(), rows=ROWS)
        rows = plain_rows(path)
        key = make_office(folder / "template")
        with copy_of_office(folder, "first", key) as office:
            reading = office.imports.read([path], TODAY)
        for number in range(ROUNDS):  # taken in turns: the machine is shared
            with copy_of_office(folder, str(number), key) as office:
                seconds = apply(office, reading)
                planning, writing = min(planning, seconds[0]), min(writing, seconds[1])
            plain = min(plain, insert_all(folder / f"plain-{number}.db", rows))
    yield f"planning {ROWS:,} new rows, against the same insert", planning, plain, math.inf
    yield (
        f"writing them with history and search keys, against insert_all of {ROWS:,} plain rows",
        writing,
        plain,
        4,
    )


def make_office(folder: Path) -> StoreKey:
    """Make an empty office of the county and return its key."""
    city = preloaded()[0].code
    Office.create(folder, unit_code=city, level="city", password=PASSWORD)[0].release()
    return unlock(read_key_file(folder / KEY_FILE_NAME), PASSWORD)


@contextmanager
def copy_of_office(folder: Path, name: str, key: StoreKey) -> Iterator[Office]:
    """A fresh copy of the empty office."""
    copy = folder / name
    shutil.copytree(folder / "template", copy)
    office = Office(copy, open_store(copy / STORE_NAME, key))
    try:
        yield office
    finally:
        office.release()


def apply(office: Office, reading: ImportReading) -> tuple[float, float]:
    """How long planning and applying take."""
    store, backups = office._store, cast(BackupService, NoBackup())
    imports = ImportService(store, office.divisions, office.roster, office.settings, backups)
    planned, plan = timed(lambda: imports.plan(reading, TODAY))
    written, result = timed(lambda: imports.apply(plan, "big.xlsx"))
    assert result.added + result.changed == ROWS
    return planned, written


def plain_rows(path: Path) -> list[dict[str, object]]:
    """The workbook's rows as they are, by heading."""
    heading, *rows = read_sheets(path)[0].rows
    assert tuple(heading) == HEADINGS
    return [dict(zip(HEADINGS, row, strict=True)) for row in rows]


def insert_all(path: Path, rows: list[dict[str, object]]) -> float:
    """How long inserting rows into a plain table takes, in one durable transaction."""
    db = connect(path, StoreKey(token_bytes(48)))
    table = db.table("plain").create(dict.fromkeys(HEADINGS, str))

    def insert() -> None:
        with db.atomic():
            table.insert_all(rows)

    seconds, _ = timed(insert)
    db.close()
    return seconds


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds and result of some work."""
    gc.collect()
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result
