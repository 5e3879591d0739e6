"""What the new sector's registers export is everything, for an office that has nothing yet."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.sector_listings import NEW_SECTOR
from desktop.models.workbooks.plan import Outcome
from desktop.office import Office
from tests.offices import CITY, TODAY, TOWNSHIP, opened, whole_office

ALL = RosterQuery(on=TODAY)
ORDER = ("party_branch", "instructor", "organization", "visit")  # what others name, first
DECIDED = "grade"  # a decision on a class is a record of its own, with its reason: no table gives it


@pytest.mark.parametrize(("unit", "level"), [(CITY, "city"), (TOWNSHIP, "township")])
def test_every_line_that_an_office_exports_is_taken_in_by_another_as_it_was(
    unit: str, level: str, tmp_path: Path
) -> None:
    with whole_office(tmp_path / "full", unit) as full, opened(tmp_path / "fresh", level=level) as fresh:
        for register in ORDER:
            path = exported(full, register, tmp_path / f"{register}.xlsx")
            rows = fresh.register_imports.read(register, [path])
            result = fresh.register_imports.apply(register, rows, TODAY, path.name)
            assert result.plan.counts == {Outcome.NEW: len(rows)}, register
            again = full.register_imports.plan(register, rows, TODAY)
            assert again.counts == {Outcome.SAME: len(rows)}, register
            assert again.unread(full.registers[register].listing) == "", register

        assert {each.name for each in NEW_SECTOR} == set(ORDER)
        for register in ORDER:
            assert told(fresh, register) == told(full, register) != Counter(), register


def exported(office: Office, register: str, path: Path) -> Path:
    service = office.registers[register]
    service.export(path, ALL, [field.name for field in service.fields], full_ids=True, reason="核对")
    return path


def told(office: Office, register: str) -> Counter[tuple[str, ...]]:
    """Every line as shown, whole, those that are alike counted."""
    service = office.registers[register]
    names = [field.name for field in service.fields if field.name != DECIDED]
    lines = service.rows(service.keys(ALL), TODAY)
    return Counter(tuple(service.text(line, name, whole=True) for name in names) for line in lines)
