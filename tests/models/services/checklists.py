"""Party organisations for tests of “8+N” checklists."""

from __future__ import annotations

from desktop.models.database.records import Records
from desktop.models.domain.ids import new_id
from desktop.models.registers.checklist_rows import CellKey, MatrixRow
from desktop.models.registers.new_sector import PartyBranch
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE

NOW, LAST = "2026H2", "2026H1"
CODES = ("1", "2", "3", "4", "5", "6", "7", "8")


def two_branches(office: Office) -> tuple[str, str]:
    """One in a village, one in a community, which stands first; their ids."""
    made = [
        PartyBranch(id=new_id(), division_code=VILLAGE, name="鑫源公司党支部"),
        PartyBranch(id=new_id(), division_code=COMMUNITY, name="商圈联合党支部"),
    ]
    with office._store.change("新增党组织"):
        Records(office._store).insert_many(made)
    return made[0].id, made[1].id


def all_cells(branch_id: str, period: str = NOW) -> list[CellKey]:
    """The eight."""
    return [CellKey(branch_id, period, code) for code in CODES]


def row_of(office: Office, branch_id: str, period: str = NOW) -> MatrixRow:
    """One organisation today."""
    return office.checklists.row(branch_id, period, TODAY)


def statuses(office: Office, branch_id: str, period: str = NOW) -> list[str | None]:
    """Of its items, in order."""
    return [cell.status for cell in row_of(office, branch_id, period).items]
