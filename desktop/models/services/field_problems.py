"""Problems found at 实地指导 (问题清单): deadlines, closing (销号), what is overdue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop.models.database.store import Store
from desktop.models.domain.days import show_day
from desktop.models.domain.reading import Reading
from desktop.models.registers.activity import Activity, FieldProblem
from desktop.models.registers.four_ones_listings import FIELD_PROBLEMS
from desktop.models.registers.listing import Line
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.registers import RegisterService
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService


class FieldProblemService(RegisterService):
    """The register of field problems; a new one is added with its activity as ``owner_id``."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, FIELD_PROBLEMS)

    def rows(self, keys: Sequence[str], on: date) -> list[Line]:
        """See Lists."""
        return [
            replace(line, computed={"found": line.behind["activity_id"].start[:10]})
            for line in super().rows(keys, on)
        ]

    def problems(self, line: Line, today: date) -> dict[str, str]:
        """See RegisterLists; and what is overdue."""
        found = super().problems(line, today)
        problem: FieldProblem = line.record
        if problem.closed is None and problem.due is not None and problem.due < today.isoformat():
            found["due"] = f"整改期限 {show_day(problem.due)} 已过，还没有销号。"
        return found

    def doubts(self, line: Line) -> dict[str, str]:
        """See RegisterLists."""
        found = super().doubts(line)
        problem: FieldProblem = line.record
        if problem.closed is not None and problem.closing is None:
            found["closing"] = "已销号，还没有填整改情况。"
        return found

    def _read(self, key: str, field: str, text: str, today: date) -> Reading:
        reading = super()._read(key, field, text, today)
        if key and field in ("due", "closed") and isinstance(reading.value, str):
            problem: FieldProblem = self._record(key)
            (activity,) = self._records.select(Activity, id=problem.activity_id)
            if words := too_early(reading.value, activity.start):
                return Reading(problem=words)
        return reading


def too_early(day: object, start: str) -> str:
    """Words where a day of a problem lies before the activity at which it was found."""
    if isinstance(day, str) and day < start[:10]:
        return f"早于发现问题的日期 {show_day(start[:10])}，请核对。"
    return ""
