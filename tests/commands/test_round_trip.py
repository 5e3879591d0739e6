"""What an office writes out is everything of its people, for an office that has nothing yet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop.models.registers.roster import RosterQuery
from desktop.models.services.lists import Lists
from desktop.models.workbooks.plan import Outcome
from desktop.office import Office
from tests.commands.running import Run
from tests.offices import CITY, TODAY, opened, whole_office

ALL = RosterQuery(on=TODAY)
REGISTERS = (
    *("reserve", "study", "village_year", "committee_term", "training", "recognition"),
    *("mentoring", "managed_secretary", "activity"),
)
BESIDE = {"appraisal", "photos"}  # columns of other records, which no table gives


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_every_cell_of_a_citys_people_is_taken_in_by_another_office_as_it_was(
    form: str, run: Run, tmp_path: Path
) -> None:
    with whole_office(tmp_path / "full", CITY) as full:
        written = told(full)
        if form == "xlsx":
            export(full, tmp_path)
    if form == "csv":
        list_all(tmp_path / "full", run, tmp_path)

    with whole_office(tmp_path / "full", CITY) as full:
        reading = full.imports.read([tmp_path / f"roster.{form}"], TODAY)
        rows = {name: full.register_imports.read(name, [tmp_path / f"{name}.{form}"]) for name in REGISTERS}
        plan = full.imports.plan(reading, TODAY)
        assert reading.problems == ()
        assert plan.counts == {Outcome.SAME: written["roster"].total()}
        assert not plan.writes
        for name in REGISTERS:
            again = full.register_imports.plan(name, rows[name], TODAY)
            assert again.counts == {Outcome.SAME: written[name].total()}, name
            assert form == "csv" or not any(line.problems or line.remark for line in again.lines), name

    with opened(tmp_path / "fresh", level="city") as fresh:
        fresh.imports.apply(fresh.imports.plan(reading, TODAY), "花名册")
        for name in REGISTERS:
            fresh.register_imports.apply(name, rows[name], TODAY, name)

        assert told(fresh) == written
        assert all(written.values())


def export(office: Office, folder: Path) -> None:
    """What 导出 of the window writes, with every column."""
    for name in ("roster", *REGISTERS):
        lists = lists_of(office, name)
        columns = [field.name for field in lists.columns.fields]
        lists.export(folder / f"{name}.xlsx", ALL, columns, full_ids=True, reason="核对")


def list_all(office: Path, run: Run, folder: Path) -> None:
    """What the command ``rows`` writes."""
    whole = ("--full-ids", "--reason", "核对", "--as-of", TODAY.isoformat())
    for name in ("roster", *REGISTERS):
        ended = run("--data", office, "rows", name, "--format", "csv", *whole)
        (folder / f"{name}.csv").write_text(ended.out, "utf-8")


def lists_of(office: Office, name: str) -> Lists:  # type: ignore[type-arg]  # of whichever lines
    return office.roster if name == "roster" else office.registers[name]


def told(office: Office) -> dict[str, Counter[tuple[str, ...]]]:
    """By register every line as shown, whole; those that are alike counted."""
    found = {}
    for name in ("roster", *REGISTERS):
        lists = lists_of(office, name)
        columns = [field.name for field in lists.columns.fields if field.name not in BESIDE]
        lines = lists.rows(lists.keys(ALL), TODAY)
        found[name] = Counter(
            tuple(lists.text(line, column, whole=True) for column in columns) for line in lines
        )
    return found
