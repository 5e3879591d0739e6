"""Records behind the lines of a register (所属党组织、指导员): read from a line, found by name, made, written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop.models.domain.ids import new_id
from desktop.models.domain.reading import Cell
from desktop.models.registers.listing import Behind
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.register_lists import RegisterLists


class RecordsBehind(RegisterLists):
    """What ``listing.behind`` declares, as lines are entered; ``said`` is by the field of the record behind."""

    def read_behind(
        self,
        behind: Behind,
        typed: Mapping[str, Cell],
        record: dict[str, object],
        place: str | None,
        today: date,
        problems: dict[str, str],
    ) -> dict[str, object]:
        """What a line says of a record behind it; one that is known already is linked in ``record``."""
        said: dict[str, object] = {}
        for column, name in behind.columns.items():
            reading = self.listing.shown.field(column).kind.read(typed.get(column, Cell(None)), today)
            if reading.value is not None:
                said[name] = reading.value
            elif reading.problem is not None:
                problems[column] = reading.problem
        if behind.columns.get(behind.named) not in said or (behind.makes and place is None):
            return said
        try:
            known = self.find_behind(behind, said, place)
        except InvalidValueError as error:
            problems |= error.problems
            return {}
        if known is not None:
            record[behind.link] = known.id
        return said

    def find_behind(self, behind: Behind, said: Mapping[str, object], place: str | None) -> Any | None:
        """The record that a line means, by its name in the township of ``place``; None for one that is to be made.

        What is only linked, never made, may also lie elsewhere, and so may what is told apart by its telephone.

        Raises:
            InvalidValueError: it is not known and cannot be made here, or may be one of several.
        """
        named = behind.columns[behind.named]
        found: list[Any] = self._records.select(behind.register.record, **{named: said.get(named)})
        apart = said.get(behind.apart)
        if apart is not None:
            found = [each for each in found if getattr(each, behind.apart) in (None, apart)]
        if place is not None:
            around = {division.code for division in self._divisions.around(place)}
            near = [each for each in found if each.division_code in around]
            if near or (behind.makes and apart is None):
                found = near
            elif behind.makes:
                found = [each for each in found if getattr(each, behind.apart) is not None]
        if behind.ended:
            found = [each for each in found if getattr(each, behind.ended) is None] or found
        for name in said.keys() - {named}:  # whatever else is said may tell namesakes apart
            if len(found) > 1:
                found = [each for each in found if getattr(each, name) == said[name]] or found
        if len(found) > 1:
            told = f"{behind.noun}“{said.get(named)}”有 {len(found)} 个，请到{behind.noun}台账里核对。"
            raise InvalidValueError({behind.named: told}, self.listing.shown)
        if not found and not behind.makes:
            told = f"没有找到{behind.noun}“{said.get(named)}”，请核对，或先到{behind.noun}台账里登记。"
            raise InvalidValueError({behind.named: told}, self.listing.shown)
        return found[0] if found else None

    def named_behind(
        self, behind: Behind, said: Mapping[str, object], _record: Mapping[str, object]
    ) -> Mapping[str, object]:
        """What is said of a record that is to be linked; nothing where its name is not said."""
        return said if behind.columns.get(behind.named) in said else {}

    def enter_behind(
        self, behind: Behind, said: Mapping[str, object], place: str | None, current: Any = None
    ) -> str:
        """Write what is said of a record behind a line within the open change set; return its id.

        Of ``current``, which the line has already, everything said is written; of another that is known, only what
        it has not. One that is not known is made in ``place``.
        """
        named = behind.columns[behind.named]
        if current is not None and said.get(named, getattr(current, named)) == getattr(current, named):
            self._records.update(behind.register.record, current.id, **said)
            return str(current.id)
        known = self.find_behind(behind, said, place)
        if known is not None:
            fresh = {name: value for name, value in said.items() if getattr(known, name) is None}
            self._records.update(behind.register.record, known.id, **fresh)
            return str(known.id)
        made = behind.register.record(id=new_id(), division_code=place, **said)
        self._records.insert_many([made])
        return str(made.id)
