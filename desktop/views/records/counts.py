"""How many lines of a register each division of the tree has."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.models.registers.division import DivisionKind
from desktop.models.registers.roster import RosterQuery

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService
    from desktop.models.services.roster import RosterService
    from desktop.models.services.roster_lists import UnitCount


def unit_counts(roster: RosterService, service: RegisterService, query: RosterQuery) -> tuple[UnitCount, ...]:
    """The tree of the roster with the lines of ``query`` in each division and below, whatever its unit."""
    units = roster.units(query.on)
    counts: dict[str, int] = {}
    for unit in units:
        if unit.division.kind == DivisionKind.TOWNSHIP:  # names of villages are told apart within one only
            code = unit.division.code
            named = dict(service.facet("village", replace(query, unit=code)))
            counts[code] = sum(named.values())
            below = (each.division for each in units if each.division.parent == code)
            counts |= {division.code: named.get(division.short_name, 0) for division in below}
    if units and units[0].division.kind == DivisionKind.CITY:
        counts[units[0].division.code] = sum(
            counts[each.division.code] for each in units if each.division.kind == DivisionKind.TOWNSHIP
        )
    return tuple(replace(unit, people=counts.get(unit.division.code, 0)) for unit in units)
