"""A disk that takes no more: words, no half files, and the records as they were."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.builders import big_roster_workbook
from benchmarks.reading import villages
from desktop.models.registers.roster import RosterQuery
from tests.offices import PASSWORD, TODAY, copy_of_office, opened, whole_office

if sys.platform == "win32":
    pytest.skip("limits of processes are POSIX", allow_module_level=True)

import resource

ROOT = Path(__file__).parent.parent
SMALL, MIDDLE = (
    40_000,
    1_200_000,
)  # bytes: less than a ledger; more than a backup and less than an import writes


def limited(limit: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file longer than ``limit``, as on a disk that is nearly full."""
    return subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        env=os.environ | {"TOUYAN_PASSWORD": PASSWORD, "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=limit_to(limit),
        timeout=60,
        check=False,
    )


def limit_to(limit: int) -> Callable[[], None]:
    """Something to do in a child before it begins."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def test_a_ledger_that_does_not_fit_leaves_no_half_file(tmp_path: Path) -> None:
    copy_of_office(tmp_path / "office", filled=True)
    (tmp_path / "花名册.pdf").write_bytes(b"old")

    ended = limited(SMALL, "--data", tmp_path / "office", "ledger", "roster", "-o", tmp_path / "花名册.pdf")

    assert ended.returncode == 1
    assert "“花名册.pdf”没有保存：磁盘已满" in ended.stderr
    assert ended.stdout == ""
    assert (tmp_path / "花名册.pdf").read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"office", "花名册.pdf"}


def test_a_dossier_that_does_not_fit_leaves_no_half_file(tmp_path: Path) -> None:
    with whole_office(tmp_path / "office"):
        pass
    out = tmp_path / "备检包.pdf"

    ended = limited(SMALL, "--data", tmp_path / "office", "ledger", "--set", "拉练备检包", "-o", out)

    assert ended.returncode == 1
    assert "“备检包.pdf”没有保存：磁盘已满" in ended.stderr
    assert ended.stdout == ""
    assert {path.name for path in tmp_path.iterdir()} == {"office"}


def test_an_import_that_does_not_fit_changes_nothing(tmp_path: Path) -> None:
    copy_of_office(tmp_path / "office")
    big_roster_workbook(tmp_path / "花名册.xlsx", villages(), rows=2_000)

    ended = limited(MIDDLE, "--data", tmp_path / "office", "import", "roster", tmp_path / "花名册.xlsx")

    assert ended.returncode == 1
    assert "磁盘空间不足" in ended.stderr
    assert "已导入" not in ended.stdout
    with opened(tmp_path / "office") as office:
        assert office.roster.keys(RosterQuery(on=TODAY)) == []
        assert len(office.history.recent()) == 1
