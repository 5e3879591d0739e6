"""The invented new sector has the source document's numbers, and can be nobody's."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from desktop.models.domain.credit_code import read_credit_code
from desktop.models.domain.reading import Cell
from desktop.models.registers.new_sector import JOINT, Organization
from desktop.models.services.divisions import preloaded
from desktop.models.services.sample_new_sector import AREAS, sample_new_sector
from tests.offices import CITY, TODAY, TOWNSHIP

_CITY = [d for d in preloaded() if CITY[:6] == d.code[:6]]


def anonymous(units: tuple[Organization, ...]) -> list[Organization]:
    """Units without the ids that are made anew each time."""
    return [replace(unit, id="", branch_id=None, instructor_id=None) for unit in units]


def test_a_city_has_the_numbers_of_the_source_document() -> None:
    sample = sample_new_sector(_CITY, TODAY)

    assert (len(sample.branches), len(sample.instructors), len(AREAS)) == (13, 311, 8)
    assert {unit.area for unit in sample.organizations} == set(AREAS)
    assert {unit.instructor_id for unit in sample.organizations} - {None} == {
        i.id for i in sample.instructors
    }
    covered = Counter(unit.branch_id for unit in sample.organizations if unit.branch_id)
    joint = [covered[branch.id] for branch in sample.branches if branch.form == JOINT]
    assert covered.keys() == {branch.id for branch in sample.branches}
    assert all(number > 1 for number in joint)


def test_a_township_has_a_handful() -> None:
    sample = sample_new_sector([d for d in preloaded() if d.code[:9] == TOWNSHIP[:9]], TODAY)

    assert (len(sample.branches), len(sample.instructors), len(sample.organizations)) == (3, 5, 9)


def test_the_same_seed_gives_the_same_units_and_none_can_exist() -> None:
    one, two = sample_new_sector(_CITY, TODAY), sample_new_sector(_CITY, TODAY)
    units = one.organizations

    assert anonymous(units) == anonymous(two.organizations)
    assert len({unit.name for unit in units}) == len({unit.credit_code for unit in units}) == len(units)
    assert {str(unit.credit_code)[2:8] for unit in units} == {"421099"}  # an area nobody has
    assert all(read_credit_code(Cell(unit.credit_code), TODAY).value == unit.credit_code for unit in units)
    assert all(visit.day <= TODAY.isoformat() for visit in one.visits)
