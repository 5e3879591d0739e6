"""The “8+N” matrix of 200 organisations by 12 items with 2,000 photos, against reading the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.structure import CITY, PASSWORD, TODAY, _best
from desktop.models.database.records import Records
from desktop.models.domain.ids import new_id
from desktop.models.registers.checklist import (
    ASSESSMENT_ITEM,
    MET,
    PARTLY,
    UNMET,
    Assessment,
    AssessmentItem,
    Grading,
)
from desktop.models.registers.checklist_rows import CellKey, MatrixQuery
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.person_file import PHOTO, Attachment
from desktop.models.registers.schemes import CHECKLIST, SchemeItem
from desktop.office import Office

BRANCHES, ITEMS, PHOTOS = 200, 12, 2_000
NOW, LAST = "2026H2", "2026H1"


def measure() -> Iterator[tuple[str, float, float, float]]:
    """Yield the matrix read, searched, and a cell written, each beside what it cannot do without."""
    with TemporaryDirectory() as name:
        office, _ = Office.create(Path(name) / "office", unit_code=CITY, level="city", password=PASSWORD)
        branches = fill(office)
        matrix = office.checklists.matrix(NOW, TODAY)
        assert (len(matrix.rows), len(matrix.columns)) == (BRANCHES, ITEMS)
        assert sum(cell.photos for row in matrix.rows for cell in row.items) == PHOTOS
        size = f"{BRANCHES} x {ITEMS}, {PHOTOS:,} photos"
        shown = partial(office.checklists.matrix, NOW, TODAY)
        read = partial(_read, office)
        ours, theirs = _best(shown, read)
        yield f"matrix of {size}, against reading its rows as records", ours, theirs, 2.0
        query = MatrixQuery(search="danwei", statuses=(UNMET,))
        ours, theirs = _best(partial(office.checklists.matrix, NOW, TODAY, query), read)
        yield "the same searched and filtered, against reading its rows as records", ours, theirs, 2.0
        key = CellKey(branches[100].id, NOW, "3")
        ours, theirs = _best(partial(office.checklists.cycle, [key], TODAY), partial(_edit, office))
        yield "Space on one cell of it, against renaming a division", ours, theirs, 5.0
        office.close(backup=False)


def fill(office: Office) -> list[PartyBranch]:
    """Give an office organisations, two periods of assessments, classes and photos; what the photos hold is not there."""
    records = Records(office._store)
    version = office.schemes.current(CHECKLIST, TODAY)
    homes = [d.code for d in office.divisions.under(CITY) if d.kind == DivisionKind.VILLAGE]
    branches = [
        PartyBranch(id=new_id(), division_code=homes[n % len(homes)], name=f"第{n}单位党支部")
        for n in range(BRANCHES)
    ]
    common = len(version.common)
    own = [
        replace(
            version.common[0],
            id=new_id(),
            code=f"N{n}",
            position=n,
            name=f"自选{n}",
            points=None,
            own="1",
            branch_id=branch.id,
        )
        for branch in branches
        for n in range(1, ITEMS - common + 1)
    ]
    with office._store.change("试验"):
        records.insert_many(branches)
        records.insert_many(own)
        for period in (LAST, NOW):
            _assess(records, branches, (*version.common, *own), period, version.scheme.id)
    return branches


def _assess(
    records: Records,
    branches: Sequence[PartyBranch],
    items: Sequence[SchemeItem],
    period: str,
    scheme_id: str,
) -> None:
    assessments = [
        Assessment(id=new_id(), branch_id=b.id, scheme_id=scheme_id, period=period) for b in branches
    ]
    records.insert_many(assessments)
    entries = []
    for number, assessment in enumerate(assessments):
        mine = [item for item in items if item.branch_id in (None, assessment.branch_id)]
        for place, item in enumerate(mine):
            status = (MET, MET, MET, PARTLY, UNMET)[(number + place) % 5]
            late = status == UNMET and place % 2
            entries.append(
                AssessmentItem(
                    id=new_id(),
                    assessment_id=assessment.id,
                    item_id=item.id,
                    status=status,
                    reason="没有更新" if status == UNMET else None,
                    due="2026-11-20" if late else None,
                    checked_by="夏明",
                    checked="2026-11-01",
                )
            )
    records.insert_many(entries)
    records.insert_many(
        Grading(
            id=new_id(), branch_id=b.id, period=period, grade="ABC"[n % 3], decided=f"2026-0{6 + n % 3}-20"
        )
        for n, b in enumerate(branches)
    )
    records.insert_many(
        Attachment(
            id=new_id(),
            owner=ASSESSMENT_ITEM.name,
            owner_id=entries[n % len(entries)].id,
            purpose=PHOTO,
            name=f"{n}.jpg",
            sha256=f"{n:064x}",
            size=200_000,
            added="2026-11-01 09:00:00",
        )
        for n in range(PHOTOS)
    )


def _read(office: Office) -> None:
    """Read what the matrix shows as records, and nothing more."""
    records = Records(office._store)
    branches = [branch.id for branch in records.select(PartyBranch)]
    assessments = records.select(Assessment, period=NOW, branch_id=branches)
    items = records.select(AssessmentItem, assessment_id=[each.id for each in assessments])
    records.select(Attachment, owner_id=[item.id for item in items])
    records.select(Grading, branch_id=branches)


def _edit(office: Office) -> None:
    code = office.unit.code
    office.divisions.update(code, aliases="" if office.divisions.get(code).aliases else "石首")
