"""Reading a big roster into rows and problems, against calamine alone on the same file."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from python_calamine import CalamineWorkbook

from benchmarks.builders import big_roster_workbook
from desktop.models.domain.division_names import DivisionNames
from desktop.models.services.divisions import preloaded
from desktop.models.workbooks.reading import WorkbookReader
from desktop.models.workbooks.roster_reader import RosterReader
from desktop.paths import resource

ROWS = 10_000
ROUNDS = 5
TODAY = date(2026, 11, 24)


def villages() -> list[dict[str, str]]:
    """The villages and communities of the county."""
    items: list[dict[str, str]] = json.loads(resource("divisions", "villages.json").read_text("utf-8"))[
        "items"
    ]
    return [item for item in items if item["kind"] in ("村委会", "居委会")]


def calamine_alone(path: Path) -> None:
    """Read every cell and make nothing of it."""
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def best(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The best time of each work, taken in turns: the machine is shared."""
    seconds = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            gc.collect()
            begun = time.perf_counter()
            work()
            seconds[number] = min(seconds[number], time.perf_counter() - begun)
    return seconds


def measure() -> list[tuple[str, float, float, float]]:
    """Return work, our seconds, the yardstick's seconds, and the ratio it may be at most."""
    names = DivisionNames(division.named for division in preloaded())
    with TemporaryDirectory() as folder, WorkbookReader() as workbooks:
        path, small = Path(folder) / "big.xlsx", Path(folder) / "small.xlsx"
        big_roster_workbook(path, villages(), rows=ROWS)
        big_roster_workbook(small, villages(), rows=1)
        workbooks.read(small)  # starts the reading process, which is counted apart

        def read() -> None:
            reading = RosterReader(names, TODAY).read(path.name, workbooks.read(path).sheets)
            assert len(reading.rows) == ROWS

        ours, theirs = best(ROUNDS, read, lambda: calamine_alone(path))
    return [(f"{ROWS:,} rows of 14 columns into rows and problems, against calamine alone", ours, theirs, 6)]
