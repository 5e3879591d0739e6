"""Whatever is done to checklists: undoing all gives the start, redoing all the end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from random import Random
from typing import Any

import pytest

from desktop.models.database.records import Records
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import ASSESSMENT, ASSESSMENT_ITEM, GRADING
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.person_file import ATTACHMENT, PHOTO
from desktop.models.registers.schemes import CHECKLIST, SCHEME, SCHEME_ITEM
from desktop.models.services.checklists import CYCLE
from desktop.models.services.new_files import NewFile
from desktop.office import Office
from tests.models.services.checklists import CODES, LAST, NOW, two_branches
from tests.offices import TODAY

TOUCHED = (SCHEME, SCHEME_ITEM, ASSESSMENT, ASSESSMENT_ITEM, GRADING, ATTACHMENT)
PICTURE = NewFile(id="", name="门口.jpg", content=b"invented", purpose=PHOTO)


def content(office: Office) -> list[Any]:
    """Everything that is kept of checklists."""
    return [Records(office._store).select(register.record) for register in TOUCHED]


class Actor:
    """Does one thing after another, as chance says; some of it is refused, as in life."""

    def __init__(self, office: Office, seed: int) -> None:
        self.office, self.chance = office, Random(seed)
        self.branches = two_branches(office)

    def cells(self) -> list[CellKey]:
        """Some cells of one organisation in one period, N items too."""
        branch, period = self.chance.choice(self.branches), self.chance.choice((NOW, LAST))
        codes = self.chance.sample((*CODES, "N1", "N2"), self.chance.randint(1, 4))
        return [CellKey(branch, period, code) for code in codes]

    def act(self) -> None:
        """Do something."""
        office, chance, keys = self.office, self.chance, self.cells()
        branch, period, _ = keys[0].branch_id, keys[0].period, keys[0].code
        day = f"2026.{chance.randint(5, 11):02d}.{chance.randint(1, 23):02d}"
        typed = chance.choice(("due", "reason", "self_points", "closed", "city_points"))
        names = chance.sample(["红色车间", "夜校", "技能比武"], chance.randint(0, 3))
        latest = office.schemes.versions(CHECKLIST)[0]
        since = f"2026-09-{latest.scheme.version:02d}"
        actions: list[Callable[[], object]] = [
            lambda: office.checklists.set_status(keys, chance.choice(CYCLE), TODAY),
            lambda: office.checklists.cycle(keys[:1], TODAY),
            lambda: office.checklists.edit(keys[0], typed, chance.choice((day, "7", "")), TODAY),
            lambda: office.checklists.paste([(key, chance.choice("√×")) for key in keys], TODAY),
            lambda: office.checklists.close(keys[0], day, "改好了", TODAY, met=chance.random() < 0.5),
            lambda: office.checklists.start_period(NOW, TODAY, LAST),
            lambda: office.checklists.edit_assessment(branch, period, "remarks", day, TODAY),
            lambda: office.checklists.add_photos(
                keys[0], [replace(PICTURE, id=new_id())], office.attachments, TODAY
            ),
            lambda: office.gradings.decide(branch, period, chance.choice("ABC"), day, TODAY, reason="评定"),
            lambda: office.schemes.set_own_items(branch, names, TODAY),
            lambda: office.schemes.save(replace(latest.scheme, since=since), latest.common[1:]),
        ]
        with suppress(DesktopError):
            chance.choice(actions)()


@pytest.mark.parametrize("seed", range(3))
def test_every_sequence_can_be_undone_and_redone(office: Office, seed: int) -> None:
    actor = Actor(office, seed)
    before = content(office)
    for _ in range(30):
        actor.act()
    after = content(office)
    assert after != before
    assert office.checklists.matrix(NOW, TODAY).rows  # it can be shown, whatever was done

    undone = 0
    while office.history.next_undo() != "新增党组织":
        office.history.undo()
        undone += 1
    assert content(office) == before
    for _ in range(undone):
        office.history.redo()
    assert content(office) == after
    assert office.history.next_redo() is None
