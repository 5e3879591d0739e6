"""Figures of villages by year (村级年度数据): a year's lines, income thresholds, 六支队伍."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.database.store import Store
from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import ON_COMMITTEES, Post
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.village_years import VILLAGE_YEARS_TITLE, village_years_ledger
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.listings import VILLAGE_YEARS
from desktop.models.registers.roster import RosterQuery
from desktop.models.registers.village_year import YES, VillageYear
from desktop.models.rules.village_figures import IncomeShare, income_share
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.choices import INCOMES, Choices
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest
from desktop.models.services.registers import RegisterService
from desktop.models.services.reserve import ReserveService
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService

_IN_PARTY = ("01", "02")  # 中共党员, 预备党员


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year's figures of the villages (村委会) of a unit."""

    year: str
    villages: int
    filled: int  # with an income
    income: int  # yuan, of those that have one
    shares: tuple[IncomeShare, ...]  # one a threshold, from the lowest
    together: int  # 村社合一


@dataclass(frozen=True, slots=True)
class Teams:
    """Of the 六支队伍 those that records tell of, in a unit on a day; None where they do not."""

    secretaries: int  # 村党组织书记
    members: int  # 村“两委”干部, counted once
    party_without_post: int | None  # 无职党员, of the villages whose party members are known
    villages_unknown: int  # whose party members are not
    reserves: int


class VillageYearService(RegisterService):
    """The register of figures, and what is computed from it."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        settings: SettingsService,
        roster: RosterService,
        reserve: ReserveService,
    ) -> None:
        super().__init__(store, divisions, settings, roster, VILLAGE_YEARS)
        self._reserve = reserve
        self._choices = Choices(store)

    @property
    def thresholds(self) -> tuple[int, ...]:
        """Incomes in yuan that villages are measured by, from the lowest."""
        return tuple(sorted(int(each) for each in self._choices.get(INCOMES)))

    @thresholds.setter
    def thresholds(self, yuan: Sequence[int]) -> None:
        if len(yuan) != 2 or min(yuan) <= 0:
            raise InvalidValueError(
                {"income": "收入门槛应为两个大于零的数（元），如 100000、200000。"}, VILLAGE_YEARS.shown
            )
        first, second = sorted(yuan)
        self._choices.set({INCOMES: [first, second]}, f"集体经济收入门槛改为 {first} 元、{second} 元")

    def _chip_values(self) -> Mapping[str, object]:
        first, second = self.thresholds
        return {"first": first, "second": second}

    def years(self) -> list[str]:
        """The years that there are lines of, the latest first."""
        return sorted({record.year for record in self.records()}, reverse=True)

    def ledgers(self) -> dict[str, Builder]:
        """How the ledger of a year's figures is made."""
        return {"village-years": self._ledger}

    def _ledger(self, request: LedgerRequest, frame: Frame) -> Ledger:
        """The last year by the day that an income is known of: that of a year just begun is not."""
        lines = self.rows(self.keys(RosterQuery(on=request.on, unit=request.unit)), request.on)
        known = [line.record for line in lines if line.record.year <= str(request.on.year)]
        with_income = [record.year for record in known if record.income is not None]
        year = max(with_income or [record.year for record in known], default=str(request.on.year))
        return village_years_ledger(
            [line for line in lines if line.record.year == year],
            self.figures(year, request.unit).shares,
            frame.around(VILLAGE_YEARS_TITLE),
            on=request.on,
        )

    def start_year(self, year: str, today: date, unit: str | None = None) -> int:
        """Give every village and community of a unit a line of a year as typed, to be filled; return how many are new.

        Raises:
            InvalidValueError: that is no year.
        """
        reading = self.read_cell("", "year", year, today)
        if reading.problem is not None:
            raise InvalidValueError({"year": reading.problem}, VILLAGE_YEARS.shown)
        wanted = str(reading.value)
        there = {record.division_code for record in self.records(year=wanted)}
        fresh = [
            VillageYear(id=new_id(), division_code=division.code, year=wanted)
            for division in self._units(unit, DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
            if division.code not in there
        ]
        with self._store.change(f"建立 {wanted} 年度数据：{len(fresh)} 个村（社区）"):
            self._records.insert_many(fresh)
        return len(fresh)

    def figures(self, year: str, unit: str | None = None) -> YearFigures:
        """What a year's lines of the villages come to; a village without a line counts as one without an income."""
        villages = self._units(unit, DivisionKind.VILLAGE)
        lines = {
            r.division_code: r for r in self.records(year=year, division_code=[v.code for v in villages])
        }
        incomes = [lines[v.code].income if v.code in lines else None for v in villages]
        return YearFigures(
            year=year,
            villages=len(villages),
            filled=len(villages) - incomes.count(None),
            income=sum(filter(None, incomes)),
            shares=tuple(income_share(incomes, threshold) for threshold in self.thresholds),
            together=sum(r.village_and_cooperative == YES for r in lines.values()),
        )

    def teams(self, on: date, unit: str | None = None) -> Teams:
        """六支队伍 of a unit on a day."""
        rows = self._roster.rows(self._roster.keys(RosterQuery(on=on, unit=unit)), on)
        reserves = self._reserve.keys(RosterQuery(on=on, unit=unit, chip="in"))
        villages = self._units(unit, DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
        party = self._party_members([village.code for village in villages], str(on.year))
        serving = {
            (row.division.code, row.person.id)
            for row in rows
            if row.division.code in party and row.person.political_status in _IN_PARTY
        }
        return Teams(
            secretaries=len({r.person.id for r in rows if Post.PARTY_SECRETARY in {t.post for t in r.terms}}),
            members=len({r.person.id for r in rows if any(t.post in ON_COMMITTEES for t in r.terms)}),
            party_without_post=max(0, sum(party.values()) - len(serving)) if party else None,
            villages_unknown=len(villages) - len(party),
            reserves=len(reserves),
        )

    def _party_members(self, codes: Sequence[str], year: str) -> dict[str, int]:
        """The party members of each village in the last year up to ``year`` that tells."""
        lines = sorted(self.records(division_code=list(codes)), key=lambda record: record.year)
        return {
            r.division_code: r.party_members for r in lines if r.party_members is not None and r.year <= year
        }

    def _units(self, unit: str | None, *kinds: DivisionKind) -> list[Division]:
        below = self._divisions.under(unit or self._settings.unit)
        return [division for division in below if division.kind in kinds and division.active]
