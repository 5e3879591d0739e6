"""The commands ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

from tests.commands.running import TODAY, Run, stored_rows
from tests.offices import SAMPLE_FILES


def test_a_backup_is_restored_and_the_present_state_kept_aside(run: Run, office: Path) -> None:
    run("--data", office, "import", "roster", SAMPLE_FILES[0], "--today", TODAY)
    kept = stored_rows(run, office)
    made = run("--data", office, "backup")
    run("--data", office, "undo")
    (backup,) = (path for path in (office / "backups").glob("*.tybak") if f"“{path}”" in made.out)

    ended = run("--data", office, "restore", backup)

    assert made.status == ended.status == 0
    assert "已备份到" in made.out
    assert stored_rows(run, office) == kept
    assert list((office / "backups").glob("before-restore*"))


def test_a_backup_that_could_not_be_made_is_no_success(run: Run, office: Path) -> None:
    (office / "backups").rmdir()
    (office / "backups").write_bytes(b"in the way")

    ended = run("--data", office, "backup")

    assert ended.status == 1
    assert "没有备份成" in ended.err
