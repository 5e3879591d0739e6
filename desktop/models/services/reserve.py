"""Reserve cadres (后备干部): leaving the reserve, the yearly appraisal, how many each village is short of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.database.roster import terms_of
from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import ON_COMMITTEES
from desktop.models.domain.reading import Cell
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.reserve import reserve_ledger
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import APPRAISALS, RESERVES
from desktop.models.registers.reserve import Appraisal, ReserveCadre
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.term import serving_on
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.choices import Choices, rule_limit
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest
from desktop.models.services.register_entry import VanishedLineError
from desktop.models.services.registers import RegisterService
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService

_FEWEST = rule_limit("R10", "least")
_BODIES = (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)


@dataclass(frozen=True, slots=True)
class ReserveGap:
    """How many a village has in reserve, and how many it lacks."""

    division: Division
    have: int
    short: int


class ReserveService(RegisterService):
    """The reserve register, and what is special about it."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, RESERVES)
        self._choices = Choices(store)

    @property
    def fewest(self) -> int:
        """每村不少于 n 名: the number of the health check's rule R10, whether that is on or not."""
        return int(self._choices.get(_FEWEST))

    @fewest.setter
    def fewest(self, number: int) -> None:
        self._choices.set({_FEWEST: number}, f"每村后备干部不少于 {number} 名")

    def leave(self, keys: Sequence[str], month: str, outcome: str, reason: str | None, today: date) -> None:
        """Let people leave the reserve (出库): when, where to (进班子、调整、其他), why; as typed.

        Raises:
            InvalidValueError: the month or the outcome cannot be read, or lies before the entry.
            VanishedLineError: a line is gone.
        """
        entries: list[ReserveCadre] = self.records(id=keys)
        if len(entries) < len(set(keys)):
            raise VanishedLineError
        typed = {"left": month, "outcome": outcome, "left_reason": reason or ""}
        readings = {n: self.listing.shown.field(n).kind.read(Cell(text), today) for n, text in typed.items()}
        problems = {n: r.problem for n, r in readings.items() if r.problem is not None and r.value is None}
        left = readings["left"].value
        for name in ("left", "outcome"):
            if readings[name].value is None and name not in problems:
                problems[name] = f"请填写{self.listing.shown.field(name).label}。"
        if any(isinstance(left, str) and e.entered and left < e.entered[: len(left)] for e in entries):
            problems["left"] = "出库时间早于入库时间，请核对。"
        if problems:
            raise InvalidValueError(problems, self.listing.shown)
        values = {name: reading.value for name, reading in readings.items()}
        who = "、".join(self._name_of({"person_id": entry.person_id}) or "" for entry in entries)
        with self._store.change(f"后备干部出库：{who}"):
            self._records.update_many(ReserveCadre, {entry.id: values for entry in entries})

    def after_appointment(self, person_id: str, on: date) -> list[Line]:
        """The entries of somebody's reserve that a post taken up in the same village ends, to be confirmed.

        Then ``leave(keys, month, "进班子", …)``; a post held before the person entered the reserve ends nothing.
        """
        posts = [t for t in terms_of(self._store, person_id) if t.post in ON_COMMITTEES and serving_on(t, on)]
        ended = [
            entry.id
            for entry in self.records(person_id=person_id, left=None)
            if any(
                term.division_code == entry.division_code
                and (term.start is None or entry.entered is None or term.start[:7] >= entry.entered)
                for term in posts
            )
        ]
        return self.rows(ended, on)

    def appraise(self, key: str, year: str, result: str, remarks: str | None, today: date) -> None:
        """Write a year's appraisal of an entry, or write it anew.

        Raises:
            InvalidValueError: the year or the result cannot be read.
            VanishedLineError: the entry is gone.
        """
        fields = APPRAISALS.shown
        readings = {"year": fields.field("year").kind.read(Cell(year), today)}
        readings["result"] = fields.field("result").kind.read(Cell(result), today)
        problems = {
            name: reading.problem or f"{fields.field(name).label}不能空着，请填写。"
            for name, reading in readings.items()
            if reading.value is None
        }
        if problems:
            raise InvalidValueError(problems, fields)
        line = self._one(key, today)
        values = {name: str(reading.value) for name, reading in readings.items()}
        known = self._records.select(Appraisal, reserve_id=key, year=values["year"])
        told = {"result": values["result"], "remarks": (remarks or "").strip() or None}
        with self._store.change(f"记下 {values['year']} 年度评价：{self._who(line.record)}"):
            if known:
                self._records.update(Appraisal, known[0].id, **told)
            else:
                fresh = Appraisal(id=new_id(), reserve_id=key, year=values["year"], **told)  # type: ignore[arg-type]  # read by the fields' kinds
                self._records.insert_many([fresh])

    def gaps(self, on: date, unit: str | None = None) -> list[ReserveGap]:
        """Every village and community with how many it has in reserve on a day, in the local order."""
        inside = self._selection(RosterQuery(on=on, unit=unit, chip="in"))
        have = Counter({str(code): number for code, number in self._lines().facet("village", inside)})
        units = self._divisions.under(unit or self._settings.unit)
        return [
            ReserveGap(division, have[division.code], max(0, self.fewest - have[division.code]))
            for division in units
            if division.kind in _BODIES and division.active
        ]

    def ledgers(self) -> dict[str, Builder]:
        """How the ledger of the reserve is made."""
        return {"reserve": self._ledger}

    def _ledger(self, request: LedgerRequest, frame: Frame) -> Ledger:
        lines = self.rows(self.keys(RosterQuery(on=request.on, unit=request.unit)), request.on)
        return reserve_ledger(
            lines,
            place=frame.place,
            signature=frame.signature,
            on=request.on,
            paper=frame.paper,
            gap=self._gap(request),
        )

    def _gap(self, request: LedgerRequest) -> str:
        gaps = [gap.short for gap in self.gaps(request.on, request.unit) if gap.short]
        if not gaps:
            return ""
        return f"每村（社区）不少于 {self.fewest} 名：{len(gaps)} 个村（社区）不足，共缺 {sum(gaps)} 名。"
