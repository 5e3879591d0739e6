"""Ledgers of an office (台账): what there is, preview, files; unmasked ones only with a reason, on record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.ledgers.changes import CHANGES_TITLE
from desktop.models.ledgers.issues import ISSUES_TITLE
from desktop.models.ledgers.ledger import Ledger, Paper, placed_title
from desktop.models.ledgers.roster import on_ledger, roster_ledger
from desktop.models.ledgers.sheet import Sheets
from desktop.models.ledgers.structure import structure_title
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.reserve import RESERVE
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow
from desktop.models.registers.study import STUDY
from desktop.models.rules.structure_columns import Population
from desktop.models.services.disclosures import disclose, require_reason
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.services.roster_lists import RosterLists
from desktop.models.services.settings import SettingsService

if TYPE_CHECKING:
    from desktop.models.ledgers.missing import Missing
    from desktop.models.ledgers.raster import Raster

OnPage = Callable[[int, int], None]


class UnknownLedgerError(DesktopError):
    """There is no ledger of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有叫“{name}”的台账，请用 ledger --list 查看有哪些。")


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """A ledger that can be printed."""

    name: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class LedgerRequest:
    """Which ledger of whom, on which day, on which paper."""

    name: str
    on: date
    unit: str | None = None  # a township's or village's code; None for the whole office
    paper: str = Paper.A3
    full_ids: bool = False
    reason: str | None = None
    since: date | None = None  # the first day of a ledger of changes; None: the first of the year
    by: str | None = None  # a row of statistics is a “village” or “township”; None: what the unit suggests
    period: str | None = None  # of what is assessed period by period; None: the one that ``on`` lies in
    of: tuple[str, ...] = ()  # records that sheets are wanted of, by id; none: all of the unit


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around any ledger: the place its title begins with, the unit that reports, the paper."""

    place: str
    signature: str
    paper: Paper


Builder = Callable[[LedgerRequest, Frame], Ledger | Sheets]  # makes what has no numbers of people


@dataclass(frozen=True, slots=True)
class MissingName:
    """Somebody in whose line no shipped font has some characters; outside the lines ``name`` is the text they stand in."""

    village: str
    name: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreparedLedger:
    """A ledger as PDF, with what should be known before it is printed."""

    pdf: bytes
    pages: int
    missing: tuple[MissingName, ...]
    left_out: int  # people of the scope who do not stand on it (监委会, 职务待核)


_KINDS = (
    LedgerKind("roster", ROSTER.title, "名册类"),
    LedgerKind("changes", CHANGES_TITLE, "名册类"),
    LedgerKind("reserve", RESERVE.title, "后备"),
    LedgerKind("study", STUDY.title, "后备"),
    LedgerKind("structure", structure_title(Population.ALL), "统计"),
    LedgerKind("secretaries", structure_title(Population.SECRETARIES), "统计"),
    LedgerKind("issues", ISSUES_TITLE, "统计"),
)


_VILLAGE, _NAME, _PADDING = (
    "村（社区）",
    "姓名",
    "\u3000",
)  # columns of ledgers; what a short name is widened by


class LedgersService:
    """Builds ledgers from the office's records."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        roster: RosterLists,
        settings: SettingsService,
        builders: Mapping[str, Builder],
    ) -> None:
        self._store = store
        self._divisions = divisions
        self._roster = roster
        self._settings = settings
        self._builders = builders  # of the ledgers other than the roster, by name

    @staticmethod
    def kinds() -> tuple[LedgerKind, ...]:
        """The ledgers there are."""
        return _KINDS

    def preview(self, request: LedgerRequest, on_page: OnPage | None = None) -> PreparedLedger:
        """The ledger as it would be written; nothing is recorded.

        Raises:
            ReasonNeededError: unmasked numbers without a reason.
        """
        # the paper parts are slow to import and the window must not wait for them
        from desktop.models.ledgers.missing import missing_in
        from desktop.models.ledgers.page import draw

        if request.full_ids:
            require_reason(request.reason)
        rows, left_out = self._rows(request)
        ledger = self._ledger(request, rows)
        file = BytesIO()
        drawn = draw(ledger, file, on_page=on_page)
        return PreparedLedger(
            file.getvalue(), drawn.pages, _by_name(missing_in(ledger), ledger, rows), left_out
        )

    def write(self, request: LedgerRequest, path: Path, on_page: OnPage | None = None) -> PreparedLedger:
        """Write the ledger as PDF; who asked for unmasked numbers, and why, goes on record first."""
        prepared = self.preview(request, on_page)
        self.record(request, path.name)
        with written_whole(path) as file:
            file.write(prepared.pdf)
        return prepared

    def record(self, request: LedgerRequest, where: str) -> None:
        """Put the unmasking of a ledger that leaves the program (file, printer) on record."""
        if request.full_ids and request.name not in self._builders:
            people = len({row.person.id for row in self._rows(request)[0]})
            disclose(self._store, f"{self.title(request)}（{where}）", request.reason, people)

    def title(self, request: LedgerRequest) -> str:
        """The ledger's title with its place, also a good file name."""
        kind = next((kind for kind in _KINDS if kind.name == request.name), None)
        if kind is None:
            raise UnknownLedgerError(request.name)
        return placed_title(self._place(request.unit), kind.title)

    def _rows(self, request: LedgerRequest) -> tuple[list[RosterRow], int]:
        """The lines that stand on a ledger, and how many of its scope do not."""
        self.title(request)  # refuses an unknown one
        if request.name in self._builders:
            return [], 0
        query = RosterQuery(on=request.on, unit=request.unit)
        rows = self._roster.rows(self._roster.keys(query), request.on)
        printed = [row for row in rows if on_ledger(row)]
        return printed, len(rows) - len(printed)

    def _ledger(self, request: LedgerRequest, rows: list[RosterRow]) -> Ledger | Sheets:
        signature = self._settings.signature or self._signature()
        frame = Frame(self._place(request.unit), signature, Paper(request.paper))
        if request.name in self._builders:
            return self._builders[request.name](request, frame)
        return roster_ledger(
            rows,
            place=frame.place,
            signature=frame.signature,
            on=request.on,
            paper=frame.paper,
            full_ids=request.full_ids,
        )

    def _place(self, unit: str | None) -> str:
        """石首市东升镇, or 石首市东升镇毕家塘村."""
        place = ""
        code: str | None = unit or self._settings.unit
        while code is not None and code in self._divisions.all():
            division = self._divisions.get(code)
            place = division.short_name + place
            code = division.parent
        return place

    def _signature(self) -> str:
        division = self._divisions.get(self._settings.unit)
        if division.kind == DivisionKind.CITY:
            return f"{division.name}委组织部"
        body = "党工委" if division.name.endswith(("街道", "开发区")) else "党委"
        return f"{division.name}{body}"

    @staticmethod
    def render(pdf: bytes, page: int, scale: float) -> Raster:
        """A page as pixels (``raster.Raster``), for views."""
        from desktop.models.ledgers.raster import render

        return render(pdf, page, scale)


def _by_name(
    missing: Iterable[Missing], ledger: Ledger | Sheets, rows: Sequence[RosterRow]
) -> tuple[MissingName, ...]:
    """What is missing, once a person or text; of other ledgers than the roster, village and name as they print them."""
    found: dict[tuple[str, str, object], dict[str, None]] = {}
    for each in missing:
        who: tuple[str, str, object] = ("", each.text, None)
        if each.row is not None and rows:
            row = rows[each.row]
            who = (row.division.short_name, row.person.name, row.key)
        elif each.row is not None and isinstance(ledger, Ledger):
            cells = zip(ledger.columns, ledger.rows[each.row].cells, strict=True)
            told = {column.label.replace("\n", ""): text for column, text in cells}
            name = told.get(_NAME, "").replace(_PADDING, "")
            who = (told.get(_VILLAGE, ""), name or each.text, each.row)
        found.setdefault(who, {})[each.character] = None
    return tuple(MissingName(village, name, tuple(some)) for (village, name, _), some in found.items())
