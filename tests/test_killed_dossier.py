"""A dossier whose process is killed while it writes leaves nothing under its name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.offices import PASSWORD, whole_office

ROOT = Path(__file__).parent.parent


def test_a_dossier_killed_while_it_is_written_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "备检包.pdf").write_bytes(b"old")
    with whole_office(tmp_path / "office"):
        pass
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "desktop", "--data", tmp_path / "office", "ledger"),
            *("--set", "拉练备检包", "-o", out / "备检包.pdf"),
        ],
        env=os.environ | {"TOUYAN_PASSWORD": PASSWORD},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    while process.poll() is None and not any(path.stat().st_size for path in out.glob("*.partial")):
        pass
    process.kill()

    assert process.wait() != 0
    assert (out / "备检包.pdf").read_bytes() == b"old"
