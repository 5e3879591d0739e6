"""A part of the bad packages of ``dev.py faults``: none is taken, each gets its name, none is opened early."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from desktop.models.handoff.codes import Code
from faults.packages import bad_packages
from faults.scene import Scene
from faults.trying import try_all

EVERY = 31  # shares no factor with the eight bits of a byte


def test_no_bad_package_is_taken_and_each_gets_its_name(tmp_path: Path) -> None:
    scene = Scene(1)

    tally = try_all(scene, tmp_path / "bad.tybs", islice(bad_packages(scene), 0, None, EVERY))

    assert tally.misnamed == []
    assert tally.taken == 0
    assert tally.opened_early == 0
    assert tally.good == -(-tally.tried // 1000)
    assert tally.tried > 1000
    found = {code for codes in tally.groups.values() for code in codes}
    assert found >= set(Code) - {Code.OK, Code.COMPARE, Code.TOO_LARGE, Code.NEWER_SCHEMA}


def test_there_are_at_most_eighteen_codes_and_each_says_what_to_do() -> None:
    assert len(Code) <= 18
    assert all(code.message and code.advice.endswith("。") for code in Code)
    assert len({code.message for code in Code}) == len(Code)
