"""Some of the random schedules of ``python -m faults.schedules``: the city has the truth, or stops with words."""

from __future__ import annotations

from pathlib import Path

from desktop.models.handoff.codes import Code
from faults.schedules import try_schedules


def test_whatever_is_lost_doubled_late_or_restored_the_city_has_the_truth_or_says_why(tmp_path: Path) -> None:
    tally = try_schedules(range(2), tmp_path)

    assert tally.wrong == []
    assert tally.equal + tally.stopped == 2 * 15
    assert tally.codes[Code.OK] > 50
    assert {Code.GAP, Code.UNCHANGED, Code.ROLLBACK} <= tally.codes.keys()
