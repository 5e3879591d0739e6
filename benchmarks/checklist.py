"""The “8+N” matrix of 200 organisations by 12 items with 2,000 photos, against reading and painting the same rows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.structure import CITY, PASSWORD, TODAY, _best
from benchmarks.turns import Pair, in_turn
from benchmarks.window import _screen
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

if TYPE_CHECKING:
    from desktop.views.checklist.page import ChecklistPage

BRANCHES, ITEMS, PHOTOS = 200, 12, 2_000
NOW, LAST = "2026H2", "2026H1"


def measure() -> Iterator[tuple[str, float, float, float]]:
    """Yield the matrix read, searched, shown, and a cell written, each beside what it cannot do without."""
    with TemporaryDirectory() as name, _screen() as screen:
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
        command = [sys.executable, "-m", "benchmarks.checklist", str(Path(name) / "office")]
        environment = {**os.environ, **screen}
        answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
        found: dict[str, Pair] = json.loads(answer.stdout.splitlines()[-1])
        for words, (ours, theirs) in found.items():
            yield words, ours, theirs, 2.0


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


# in a process of its own


def _measured(folder: Path) -> dict[str, Pair]:
    """The page that shows the matrix, beside Qt's table that shows the same cells from a list."""
    from PySide6.QtWidgets import QApplication

    from desktop.app import make_app, open_window
    from desktop.views.checklist.page import ChecklistPage

    office = Office.open(folder, PASSWORD)
    make_app()
    window = open_window(office)
    window.resize(1366, 768)
    window.show()
    page = window.show_page("checklist")
    assert isinstance(page, ChecklistPage)
    page.bar.periods.setCurrentIndex(page.bar.periods.findData(NOW))
    page.show_matrix()
    assert len(page.shown.rows) == BRANCHES
    shown = page.matrix.model.table

    def painted(*acts: Callable[[], object]) -> Callable[[], None]:
        def work() -> None:
            for act in acts:
                act()
            QApplication.processEvents()

        return work

    read, show_list = partial(_read, office), _plain(page)
    return {
        "cells painted, against painting the same cells from a list in Qt's own table": in_turn(
            painted(lambda: page.matrix.show_table(replace(shown))), painted(show_list)
        ),
        "page shown, against reading its rows as records and painting the same cells from a list": in_turn(
            painted(page.show_matrix), painted(read, show_list)
        ),
    }


def _plain(page: ChecklistPage) -> Callable[[], None]:
    """Qt's own table of the same words, icons and colors from a list, as large as the matrix; what shows them anew."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
    from PySide6.QtWidgets import QTableView

    from desktop.views import theme

    index_of = QModelIndex | QPersistentModelIndex
    root, roles = QModelIndex(), Qt.ItemDataRole
    faces = [[page.matrix.model.face(row, column) for column in range(ITEMS)] for row in range(BRANCHES)]
    cells = [
        [
            {
                roles.DisplayRole: face.text,
                roles.DecorationRole: theme.icon(face.icon, face.ink) if face.icon else None,
                roles.ForegroundRole: theme.brush(face.ink),
            }
            for face in filter(None, line)
        ]
        for line in faces
    ]

    class Listed(QAbstractTableModel):
        def rowCount(self, _parent: index_of = root) -> int:
            return len(cells)

        def columnCount(self, _parent: index_of = root) -> int:
            return ITEMS

        def data(self, index: index_of, role: int = roles.DisplayRole) -> object:
            return cells[index.row()][index.column()].get(roles(role))

    plain, model, view = QTableView(), Listed(), page.matrix.view
    plain.resize(view.size())
    plain.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
    plain.horizontalHeader().setDefaultSectionSize(view.columnWidth(0))
    plain.setModel(model)
    plain.show()

    def show() -> None:
        model.beginResetModel()
        model.endResetModel()
        plain.viewport().update()

    return show


if __name__ == "__main__":
    print(json.dumps(_measured(Path(sys.argv[1]))), flush=True)
    os._exit(0)  # taking the window apart is no part of it
