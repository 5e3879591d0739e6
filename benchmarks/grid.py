"""The grid over 5,000 people and 100,000: shown, searched, sorted, pasted into, on another day, beside its yardsticks."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks import lists
from benchmarks.structure import CITY, PASSWORD, TODAY, _fill_others
from benchmarks.turns import ROUNDS, Pair, in_turn, seconds
from benchmarks.window import _screen, _touch

if TYPE_CHECKING:
    from benchmarks.__main__ import Measured
    from desktop.models.domain.fields import Field
    from desktop.models.domain.reading import Reading
    from desktop.models.registers.roster import RosterQuery
    from desktop.office import Office
    from desktop.views.register.page import RosterPage
    from desktop.views.tables.source import Key, Row, Source

SIZES = (5_000, 100_000)
TYPED = "zha"
_SIZE = (1366, 768)
_PASTED = ("native_place", "school_major", "duties", "pension", "remarks")
_PASTED_ROWS = 200  # times five columns: 1,000 cells
_THEN = date(2025, 3, 31)


def measure() -> Iterator[Measured]:
    """Yield each piece of work in stores of two sizes."""
    for people in SIZES:
        with TemporaryDirectory() as name, _screen() as screen:
            folder = Path(name) / "office"
            _make(folder, people)
            found = _child(folder, screen)
        for words, yardstick, at_most in _WORKS:
            ours, theirs = found[words]
            yield f"{words}, {people:,} people, against {yardstick}", ours, theirs, at_most
        for words, at_most in lists.WORKS.items():
            yield f"list, {words}, {people:,} people, against a Python list", *found[words], at_most


_WORKS = (
    ("page of everybody shown", "painting the same rows from a list", 2.0),
    ("page of everybody shown after an edit", "painting the same rows from a list", 2.0),
    ("page of a township shown", "painting the same rows from a list", 2.0),
    ("keystroke in the search box", "painting", 3.0),
    ("sort by strokes", "Python's sorted with ready keys", 2.0),
    ("paste of 1,000 cells", "sqlite-utils updating the same rows in one transaction", 5.0),
    ("a township as of a day", "reading today", 3.0),
    ("everybody as of a day", "reading today", 3.0),
)


def _make(folder: Path, people: int) -> None:
    from desktop.office import Office

    office, _ = Office.create(folder, unit_code=CITY, level="city", password=PASSWORD)
    office.fill_with_sample(TODAY)
    _fill_others(office, people)
    office.close(backup=False)


def _child(folder: Path, environment: Mapping[str, str]) -> dict[str, Pair]:
    command = [sys.executable, "-m", "benchmarks.grid", str(folder)]
    answer = subprocess.run(
        command,
        env={**os.environ, **environment},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    found: dict[str, Pair] = json.loads(answer.stdout.splitlines()[-1])
    return found


# in a process of its own


def _measured(folder: Path) -> dict[str, Pair]:
    from desktop.app import make_app, open_window
    from desktop.office import Office
    from desktop.views.register.page import RosterPage

    office = Office.open(folder, PASSWORD)
    app = make_app()
    window = open_window(office)
    window.resize(*_SIZE)
    window.show()
    page = window.show_page("roster")
    app.processEvents()
    assert isinstance(page, RosterPage)
    township = next(unit.division.code for unit in office.roster.units(TODAY) if unit.depth == 1)
    return {
        "page of everybody shown": _shown(page, None),
        "page of everybody shown after an edit": _shown(page, None, edited=True),
        "page of a township shown": _shown(page, township),
        "keystroke in the search box": _typed(page),
        "sort by strokes": _sorted(office),
        "paste of 1,000 cells": _pasted(office),
        "a township as of a day": _as_of(office, township),
        "everybody as of a day": _as_of(office, None),
        **lists.measured(office),
    }


def _painted(act: Callable[[], object]) -> Callable[[], object]:
    from PySide6.QtWidgets import QApplication

    def work() -> None:
        act()
        QApplication.processEvents()

    return work


@dataclass
class _Listed:
    """The lines of a page as a plain list holds them."""

    source: Source
    listed: Sequence[Key]
    known: dict[Key, Row]
    editable = False

    @property
    def fields(self) -> tuple[Field, ...]:
        return self.source.fields

    def keys(self) -> Sequence[Key]:
        self.listed = self.listed[:]  # another list, as a query gives
        return self.listed

    def rows(self, keys: Sequence[Key]) -> Mapping[Key, Row]:
        return {key: self.known[key] for key in keys}

    def text(self, row: Row, field: Field, *, whole: bool) -> str:
        return self.source.text(row, field, whole=whole)

    def doubts(self, row: Row) -> Mapping[str, str]:
        return self.source.doubts(row)

    def read(self, key: Key, field: Field, text: str) -> Reading:
        return self.source.read(key, field, text)

    def facet(self, field: Field) -> Sequence[tuple[str, int]]:
        return self.source.facet(field)


def _shown(page: RosterPage, unit: str | None, *, edited: bool = False) -> Pair:
    """Everything of a unit asked for and painted; the same lines from a list put into a grid and painted.

    ``edited``: a cell was written before.
    """
    from desktop.views.tables.grid import Grid
    from desktop.views.tables.model import RegisterModel

    page.source.change(unit=unit)
    page.requery(lines_too=True)
    rows = page.source.rows(page.model.keys[:200])
    model = RegisterModel(_Listed(page.source, page.model.keys, dict(rows)))
    grid = Grid(model)
    grid.resize(page.grid.size())
    grid.show()
    grid.activateWindow()

    def empty() -> None:
        for each in (page.model, model):
            each.beginResetModel()
            each._keys = ()
            each.endResetModel()
        if edited:
            lists.edit(page.office, "remarks", "改")

    ours, theirs = lambda: page.requery(lines_too=True), lambda: model.ask_again(lines_too=True)
    found = in_turn(_painted(ours), _painted(theirs), before=_painted(empty))
    grid.close()
    page.source.change(unit=None)
    page.requery(lines_too=True)
    return found


def _typed(page: RosterPage) -> Pair:
    from PySide6.QtTest import QTest

    keystrokes, paintings = [], []
    for _ in range(ROUNDS):
        _painted(page.search.clear)()
        for letter in TYPED:
            press = _painted(lambda letter=letter: QTest.keyClicks(page.search, letter))  # type: ignore[misc]  # a default binds the loop's letter
            keystrokes.append(seconds(press))
            paintings.append(seconds(_painted(lambda: _touch(page.grid))))
    page.search.clear()
    return statistics.median(keystrokes), statistics.median(paintings)


def _query() -> RosterQuery:
    from desktop.models.registers.roster import RosterQuery

    return RosterQuery(on=TODAY)


def _sorted(office: Office) -> Pair:
    from desktop.models.domain.strokes import surname_key

    query = replace(_query(), sort=("name:surname", False))
    keys = office.roster.keys(_query())
    names = dict(office._store.db.conn.execute("SELECT id, name FROM person").fetchall())
    ready = [(surname_key(names[key[0]]), key) for key in keys]
    return in_turn(lambda: office.roster.keys(query), lambda: sorted(ready, key=itemgetter(0)))


def _pasted(office: Office) -> Pair:
    from sqlite_utils import Database

    keys = office.roster.keys(replace(_query(), unit=CITY))[:_PASTED_ROWS]
    db = Database(office._store.db.conn)
    db.execute("CREATE TEMP TABLE plain (id TEXT PRIMARY KEY, " + ", ".join(_PASTED) + ")")
    db["plain"].insert_all([{"id": key[0]} for key in keys])  # type: ignore[union-attr]  # a table, no view
    number = 0

    def ours() -> None:
        nonlocal number
        number += 1
        cells = [(key, field, f"第{number}次") for key in keys for field in _PASTED]
        assert office.roster.set_cells(cells, TODAY, "粘贴").applied == len(cells)

    def theirs() -> None:
        with db.conn:
            for key in keys:
                db["plain"].update(key[0], dict.fromkeys(_PASTED, f"第{number}次"))  # type: ignore[union-attr]  # a table, no view

    return in_turn(ours, theirs)


def _as_of(office: Office, unit: str | None) -> Pair:
    def read(day: date) -> None:
        keys = office.roster.keys(replace(_query(), on=day, unit=unit))
        assert office.roster.rows(keys[:32], day)

    return in_turn(lambda: read(_THEN), lambda: read(TODAY))


if __name__ == "__main__":
    print(json.dumps(_measured(Path(sys.argv[1]))), flush=True)
    os._exit(0)  # taking the window apart is no part of it
