"""An import killed at any moment leaves the state before it or the state after it, and the office opens again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import psutil  # type: ignore[import-untyped]  # it ships no types
import pytest

from benchmarks.builders import big_roster_workbook
from benchmarks.reading import villages
from desktop.models.registers.roster import RosterQuery
from desktop.office import Office
from tests.offices import PASSWORD, TODAY, copy_of_office, opened

ROOT = Path(__file__).parent.parent
ROWS = 1_000
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
RUNS = 40 if DEEP else 4


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that takes a while to import."""
    path = tmp_path_factory.mktemp("import") / "花名册.xlsx"
    big_roster_workbook(path, villages(), rows=ROWS)
    return path


def importing(folder: Path, file: Path) -> subprocess.Popen[bytes]:
    """An import that has begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "desktop", "--data", folder, "import", "roster", file],
        env=os.environ | {"TOUYAN_PASSWORD": PASSWORD},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def has_backup(folder: Path) -> bool:
    """Whether the backup before the import is there, after which the records are written."""
    return any((folder / "backups").glob("*.tybak"))


def has_ended(process: subprocess.Popen[bytes], within: float) -> bool:
    """Whether a process ends within some seconds."""
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def watched(process: subprocess.Popen[bytes], folder: Path) -> tuple[float, float]:
    """When, since now, the records began to be written, and when the import ended."""
    begun, written = time.monotonic(), 0.0
    while not has_ended(process, 0.002):
        if not written and has_backup(folder):
            written = time.monotonic() - begun
    return written, time.monotonic() - begun


def kill_at(process: subprocess.Popen[bytes], folder: Path, moment: float, *, after_backup: bool) -> None:
    """Kill a process some seconds after its start, or after its backup; its own children end by themselves."""
    while after_backup and not has_backup(folder) and not has_ended(process, 0.002):
        pass
    children = [] if has_ended(process, moment) else psutil.Process(process.pid).children()
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []


def state(office: Office) -> tuple[int, list[str]]:
    """How many people there are, and what the history says."""
    return len(office.roster.keys(RosterQuery(on=TODAY))), [line.why for line in office.history.recent()]


@pytest.mark.timeout(300)
def test_an_import_killed_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path, file: Path) -> None:
    copy_of_office(tmp_path / "whole")
    written, ended = watched(importing(tmp_path / "whole", file), tmp_path / "whole")
    with opened(tmp_path / "whole") as office:
        new = state(office)
    assert new[0] == ROWS
    old = (0, ["建立数据"])

    chance = Random(20261124)
    found = []
    for run in range(RUNS):
        folder = tmp_path / f"run-{run}"
        copy_of_office(folder)
        after_backup = run % 4 > 0
        moment = chance.uniform(0, ended - written if after_backup else written)
        kill_at(importing(folder, file), folder, moment, after_backup=after_backup)
        with opened(folder) as office:
            found.append(state(office))
            office.history.undo()
            assert state(office)[0] == 0
            assert office.backups.backup_now("手动").in_place

    assert set(map(str, found)) <= {str(old), str(new)}
