"""Secretaries under raised management (提级管理) and their mentors (挂钩结对): who may be entered, who has left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from desktop.models.database.activities import secretaries_on
from desktop.models.database.store import Store
from desktop.models.domain.months import show_month
from desktop.models.registers.four_ones_listings import MANAGED_SECRETARIES, MENTORINGS
from desktop.models.registers.listing import Line
from desktop.models.registers.mentoring import ManagedSecretary, Mentoring
from desktop.models.registers.person import Person
from desktop.models.rules.four_ones import is_managed_on, is_mentoring_on
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.person_entry import Typed
from desktop.models.services.register_entry import LineRead, Prepared
from desktop.models.services.registers import RegisterService
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService

_LEFT = "left_post"  # beside the columns: whether the person holds the post no longer
_STANDING = "standing"  # of a pairing that runs: why it should not, in words


class ManagedSecretaryService(RegisterService):
    """The register of 提级对象."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, MANAGED_SECRETARIES)

    def on(self, day: date, divisions: Iterable[str] | None = None) -> list[ManagedSecretary]:
        """Who is under management on a day, of some villages or of all."""
        where = {} if divisions is None else {"division_code": list(divisions)}
        found: list[ManagedSecretary] = self.records(**where)
        return [each for each in found if is_managed_on(each, day)]

    def prepare(
        self,
        values: Typed,
        today: date,
        *,
        owner_id: str | None = None,
        division_code: str | None = None,
    ) -> Prepared:
        """See RegisterEntry; refused too is who is no secretary of the village, or is under management there already."""
        prepared = super().prepare(values, today, owner_id=owner_id, division_code=division_code)
        assert prepared.known is not None  # nobody is made by this register
        place = str(prepared.values["division_code"])
        village = self.place_name(place)
        if (prepared.known.id, place) not in secretaries_on(self._store, today):
            words = f"{prepared.known.name}现在不是{village}的党组织书记。请先在名册里登记任职，或核对姓名和村（社区）。"
            raise InvalidValueError({"name": words}, self.listing.shown)
        if any(each.person_id == prepared.known.id for each in self.on(today, [place])):
            words = f"{prepared.known.name}已经在提级管理中，请改那一行；先解除，再重新纳入。"
            raise InvalidValueError({"name": words}, self.listing.shown)
        return prepared

    def remark(self, read: LineRead, known: Person | None, today: date) -> str:
        """See RegisterEntry."""
        if (
            known is None
            or read.place is None
            or (known.id, read.place) in secretaries_on(self._store, today)
        ):
            return ""
        return f"{known.name}现在不是{self.place_name(read.place)}的党组织书记，请核对。"

    def rows(self, keys: Sequence[str], on: date) -> list[Line]:
        """See Lists."""
        lines = super().rows(keys, on)
        if not lines:
            return lines
        serving = secretaries_on(self._store, on)
        pairs = self._records.select(Mentoring, person_id={line.record.person_id for line in lines})
        running = [pair for pair in pairs if is_mentoring_on(pair, on)]
        return [self._with_mentors(line, running, serving, on) for line in lines]

    def _with_mentors(
        self, line: Line, pairs: Iterable[Mentoring], serving: frozenset[tuple[str, str]], on: date
    ) -> Line:
        managed: ManagedSecretary = line.record
        whose = (managed.person_id, managed.division_code)
        mentors = "、".join(pair.mentor for pair in pairs if (pair.person_id, pair.division_code) == whose)
        left = "1" if is_managed_on(managed, on) and whose not in serving else ""
        return replace(line, computed={**line.computed, "mentors": mentors, _LEFT: left})

    def doubts(self, line: Line) -> dict[str, str]:
        """See RegisterLists; and who has left the post."""
        found = super().doubts(line)
        managed: ManagedSecretary = line.record
        if line.computed.get(_LEFT):
            found["posts"] = "已不是这个村（社区）的党组织书记。请填解除时间、原因和结论，或核对任职。"
        if managed.until is not None and managed.conclusion is None:
            found["conclusion"] = "已经解除，还没有填结论（巩固、转化、调整）。"
        if managed.until is not None and managed.since is not None and managed.until < managed.since:
            found["until"] = "解除时间早于纳入时间，请核对。"
        return found


class MentoringService(RegisterService):
    """The register of 挂钩结对."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, MENTORINGS)

    def rows(self, keys: Sequence[str], on: date) -> list[Line]:
        """See Lists."""
        lines = super().rows(keys, on)
        ids = {line.record.person_id for line in lines}
        managed = self._records.select(ManagedSecretary, person_id=ids) if ids else []
        return [_with_standing(line, managed, on) for line in lines]

    def doubts(self, line: Line) -> dict[str, str]:
        """See RegisterLists; and pairings of somebody who is not under management."""
        found = super().doubts(line)
        pair: Mentoring = line.record
        if standing := line.computed.get(_STANDING):
            found["end"] = str(standing)
        if pair.end is not None and pair.start is not None and pair.end < pair.start:
            found["end"] = "结束时间早于结对时间，请核对。"
        return found


def _with_standing(line: Line, managed: Iterable[ManagedSecretary], on: date) -> Line:
    pair: Mentoring = line.record
    whose = (pair.person_id, pair.division_code)
    theirs = [each for each in managed if (each.person_id, each.division_code) == whose]
    words = ""
    if is_mentoring_on(pair, on) and not any(is_managed_on(each, on) for each in theirs):
        until = max((each.until for each in theirs if each.until), default=None)
        why = f"书记已于 {show_month(until)} 解除提级管理" if until else "书记不在提级管理名单里"
        words = f"{why}，请填结对的结束时间，或核对名单。"
    return replace(line, computed={**line.computed, _STANDING: words})
