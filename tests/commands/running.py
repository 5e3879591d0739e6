"""Running commands: in this process with the ``run`` fixture, or as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.offices import PASSWORD

ROOT = Path(__file__).parents[2]
TODAY = "2026-11-24"


class Ended(NamedTuple):
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote for machines."""
        return json.loads(self.out)


Run = Callable[..., Ended]


def program(*words: str | Path, password: str | None = PASSWORD) -> Ended:
    """Run a command in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "TOUYAN_PASSWORD"}
    if password is not None:
        environment["TOUYAN_PASSWORD"] = password
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,  # no terminal to ask for a password
        timeout=60,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def stored_rows(run: Run, office: Path) -> list[dict[str, object]]:
    """All that the office has, numbers whole."""
    ended = run("--data", office, "rows", "roster", "--format", "json", "--full-ids", "--reason", "测试")
    rows: list[dict[str, object]] = ended.json
    return rows


def agreed(read: list[dict[str, object]], wanted: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows that were read, with only the keys that are wanted of each."""
    assert len(read) == len(wanted)
    return [{key: row.get(key) for key in want} for row, want in zip(read, wanted, strict=True)]
