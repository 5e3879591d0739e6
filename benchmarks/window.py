"""The window: how soon it shows the sample township, and how soon a keystroke in the search box shows what it found."""

from __future__ import annotations

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.__main__ import Measured
    from desktop.views.tables.grid import Grid

PASSWORD = "only for measuring 1"
PEOPLE = 5_000
STARTS = 9  # processes of each kind, by turns; the middle one counts
TYPED = "zha"
ROUNDS = 7
_SIZE = (1366, 768)
# PySide6 makes its classes when they are first used; “from imports done” asks that they are made with the imports.
_ALL_IMPORTED = {"PYSIDE6_OPTION_LAZY": "0"}


def measure() -> Iterator[Measured]:
    """Yield the first window against an empty one, the whole start, and a keystroke against painting alone."""
    with tempfile.TemporaryDirectory() as folder, _screen() as screen:
        sample, city = Path(folder) / "sample", Path(folder) / "city"
        _make_sample(sample)
        pairs = [
            [_child(what, sample, screen | _ALL_IMPORTED) for what in ("first", "empty")]
            for _ in range(STARTS)
        ]
        first, empty = (
            statistics.median(times["window"] for times in kind) for kind in zip(*pairs, strict=True)
        )
        yield "first window of the sample township, an empty PySide6 window", first, empty, 2
        waited = statistics.median(_child("unlocked", sample, screen)["window"] for _ in range(STARTS))
        yield (
            "the same as one waits for it once the password was right, an empty window",
            waited,
            empty,
            math.inf,
        )
        pairs = [[_child(what, sample, screen) for what in ("first", "empty")] for _ in range(STARTS)]
        whole, bare = (
            statistics.median(times["process"] for times in kind) for kind in zip(*pairs, strict=True)
        )
        yield (
            "the whole start from a cold process, password too, one with an empty window",
            whole,
            bare,
            math.inf,
        )
        _make_city(city)
        typed = _child("type", city, screen)
        words = f"keystroke to painted result, {PEOPLE} people, painting the same rows"
        yield words, typed["keystroke"], typed["painting"], 3


@contextmanager
def _screen() -> Iterator[dict[str, str]]:
    """What the environment needs for a window: a screen of its own where there is none, else none at all."""
    if sys.platform == "win32" or os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        yield {}
    elif server := shutil.which("Xvfb"):
        command = [server, "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as screen:
            assert screen.stdout is not None  # a pipe
            yield {"DISPLAY": f":{screen.stdout.readline().strip()}", "QT_QPA_PLATFORM": "xcb"}
            screen.terminate()
    else:
        yield {"QT_QPA_PLATFORM": "offscreen"}


def _child(what: str, folder: Path, environment: Mapping[str, str]) -> dict[str, float]:
    """Seconds measured by a fresh process, and how long it lived."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.window", what, str(folder)]
    answer = subprocess.run(
        command,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    lived = time.perf_counter() - started
    return {"process": lived, **json.loads(answer.stdout.splitlines()[-1])}


def _make_sample(folder: Path) -> None:
    from desktop.models.services.sample import SAMPLE_TOWNSHIP
    from desktop.office import Office

    office, _ = Office.create(folder, unit_code=SAMPLE_TOWNSHIP, level="township", password=PASSWORD)
    office.fill_with_sample(date.today())
    office.close(backup=False)


def _make_city(folder: Path) -> None:
    from benchmarks.builders import big_roster_workbook
    from desktop.office import Office, unit_choices
    from desktop.paths import resource

    villages = json.loads(resource("divisions/villages.json").read_text(encoding="utf-8"))["items"]
    book, today = folder.with_suffix(".xlsx"), date.today()
    big_roster_workbook(book, [v for v in villages if v["kind"] in ("村委会", "居委会")], rows=PEOPLE)
    office, _ = Office.create(folder, unit_code=unit_choices()[0].code, level="city", password=PASSWORD)
    office.imports.apply(office.imports.plan(office.imports.read([book], today), today), book.name)
    office.close(backup=False)


# in a process of its own


def _empty(_folder: Path) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QMainWindow

    started = time.perf_counter()
    app = QApplication([])
    window = QMainWindow()
    window.resize(*_SIZE)
    window.show()
    app.processEvents()
    return {"window": time.perf_counter() - started}


def _first(folder: Path) -> dict[str, float]:
    from desktop.app import look_ahead, make_app, open_window
    from desktop.office import Office

    look_ahead()
    office = Office.open(folder, PASSWORD)
    started = time.perf_counter()
    app = make_app()
    window = open_window(office)
    window.resize(*_SIZE)
    window.show()
    app.processEvents()
    return {"window": time.perf_counter() - started}


def _unlocked(folder: Path) -> dict[str, float]:
    """The unlock dialog is on the screen until its office is open, as in every start."""
    from desktop.app import look_ahead, make_app, open_window
    from desktop.office import Office
    from desktop.views.start.unlock import Unlock

    app = make_app()
    dialog = Unlock(folder)
    dialog.show()
    app.processEvents()
    look_ahead()
    office = Office.open(folder, PASSWORD)
    started = time.perf_counter()
    dialog.hide()
    window = open_window(office)
    window.resize(*_SIZE)
    window.show()
    app.processEvents()
    return {"window": time.perf_counter() - started}


def _type(folder: Path) -> dict[str, float]:
    from PySide6.QtTest import QTest

    from desktop.app import make_app, open_window
    from desktop.office import Office
    from desktop.views.register.page import RosterPage

    office = Office.open(folder, PASSWORD)
    app = make_app()
    window = open_window(office)
    window.resize(*_SIZE)
    window.show()
    app.processEvents()
    page = window.show_page("roster")
    app.processEvents()
    assert isinstance(page, RosterPage)
    keystrokes, paintings = [], []
    for _ in range(ROUNDS):
        page.search.clear()
        app.processEvents()
        for letter in TYPED:
            keystrokes.append(_seconds(lambda letter=letter: QTest.keyClicks(page.search, letter)))  # type: ignore[misc]  # a default binds the loop's letter
            paintings.append(_seconds(lambda: _touch(page.grid)))
    assert 0 < len(page.model.keys) < PEOPLE
    return {"keystroke": statistics.median(keystrokes), "painting": statistics.median(paintings)}


def _touch(grid: Grid) -> None:
    for view in (grid, grid.frozen, grid.horizontalHeader(), grid.verticalHeader()):
        view.viewport().update()


def _seconds(act: Callable[[], object]) -> float:
    from PySide6.QtWidgets import QApplication

    started = time.perf_counter()
    act()
    QApplication.processEvents()  # paints
    return time.perf_counter() - started


if __name__ == "__main__":
    print(
        json.dumps(
            {"empty": _empty, "first": _first, "unlocked": _unlocked, "type": _type}[sys.argv[1]](
                Path(sys.argv[2])
            )
        ),
        flush=True,
    )
    os._exit(0)  # taking the window apart is no part of it
