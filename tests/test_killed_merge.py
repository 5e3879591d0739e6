"""A merge killed at any moment leaves the state before it or the state after it, and can be done again."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from desktop.models.database.layout import STORE_NAME
from desktop.models.database.store import open_store
from desktop.models.handoff.codes import Code
from desktop.office import Office
from faults.townships import make_row
from tests.handoffs import Sender, city_handoff, city_with, everything, trust_of
from tests.offices import TOWNSHIP, VILLAGE

ROOT = Path(__file__).parent.parent
PEOPLE, SCANS = 1_500, 20
RUNS = 40 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 5


def package(sender: Sender) -> Path:
    scans = [bytes([number]) * 20_000 for number in range(SCANS)]
    names = [hashlib.sha256(scan).hexdigest() for scan in scans]
    rows = {
        "person": [make_row("person", f"p{n}", name=f"甄虚构{n}", birth="1985-07") for n in range(PEOPLE)],
        "term": [
            make_row("term", f"t{n}", person_id=f"p{n}", division_code=VILLAGE, post="13")
            for n in range(PEOPLE)
        ],
        "attachment": [
            make_row(
                "attachment",
                f"a{n}",
                owner="person",
                owner_id=f"p{n}",
                purpose="document",
                name="扫描.pdf",
                sha256=name,
                size=20_000,
                added="2026-11-24 08:00:00",
            )
            for n, name in enumerate(names)
        ],
    }
    return sender.send(rows, dict(zip(names, scans, strict=True)))


@pytest.mark.timeout(180)
def test_a_merge_killed_at_any_moment_leaves_the_old_or_the_new_state(tmp_path: Path) -> None:
    with city_with(tmp_path) as city:
        sender, key = city.senders[TOWNSHIP], city.store.key
        path = package(sender)
        old = everything(city.store)
    arguments: list[str | Path] = [
        key.secret.hex(),
        sender.city.to_bytes().hex(),
        TOWNSHIP,
        sender.keys.to_bytes().hex(),
        path,
    ]
    trust = trust_of(sender.city, {TOWNSHIP: sender.keys.public})
    chance, found = Random(20261124), set()
    lasted = 0.5
    for run in range(RUNS):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.merging_child", tmp_path / "city", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        with child.stdout:
            while child.stdout.readline() != ("taking\n" if run % 4 == 3 else "merging\n"):
                assert child.poll() is None
            begun = time.monotonic()
            try:  # the first run is not killed: it tells how long a merge takes
                child.wait(60 if run == 0 else chance.uniform(0, lasted))
            except subprocess.TimeoutExpired:
                child.kill()
            child.wait()
        lasted = time.monotonic() - begun if run == 0 else lasted

        store = open_store(tmp_path / "city" / STORE_NAME, key)
        office = Office(tmp_path / "city", store)
        handoff = city_handoff(office, lambda: trust, backups=False)
        is_old = everything(store) == old
        found.add(is_old)
        assert handoff.verify(path).code is (Code.OK if is_old else Code.UNCHANGED)
        if is_old:
            plan = handoff.plan(handoff.take(path))
            handoff.merge(plan)
        stored = everything(store)
        assert [len(stored[name]) for name in ("person", "term", "attachment")] == [PEOPLE, PEOPLE, SCANS]
        assert office.attachments.check() == []
        handoff.undo(handoff.packages(TOWNSHIP)[-1].id)
        assert everything(store) == old
        office.release()

    assert False in found
