"""Several ledgers as one PDF for an inspection (备检包), and the sets of ledgers that an office ticks at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.ledgers.ledger import Paper
from desktop.models.ledgers.usual import MARKING, as_of
from desktop.models.services.choices import LEDGER_SETS, Choices
from desktop.models.services.disclosures import require_reason
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.services.ledgers import LedgerRequest, LedgersService, MissingName

if TYPE_CHECKING:
    from desktop.models.ledgers.dossier import Dossier

STANDING = "拉练备检包"  # the set that is there from the start
OnStep = Callable[[int, int, str], None]  # ledgers done, ledgers in all, words on what is going on
_UNITS_ON_COVER = 6


def _untold(_done: int, _of: int, _words: str) -> None:
    """Nobody wants to know how far it is."""


class LedgerSetError(DesktopError):
    """A set of ledgers cannot be kept, or is not there."""


class NothingTickedError(DesktopError):
    """A dossier of no ledger was asked for."""

    def __init__(self) -> None:
        super().__init__("还没有勾选台账。请先勾选要放进备检包的台账，或选一套存好的。")


class UndrawnLedgerError(DesktopError):
    """One of the ledgers cannot be drawn."""

    def __init__(self, title: str, why: DesktopError) -> None:
        super().__init__(f"没有生成备检包：“{title}”有问题。{why}也可以先不勾选它。")


@dataclass(frozen=True, slots=True)
class LedgerSet:
    """Ledgers under a name, in the order in which they are listed."""

    name: str
    ledgers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRequest:
    """Which ledgers of which units, on which day, on which paper; the fields that a LedgerRequest has mean the same."""

    title: str  # on the cover
    ledgers: tuple[str, ...]
    on: date
    units: tuple[str, ...] = ()  # codes; none: the whole office
    paper: str = Paper.A3
    full_ids: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDossier:
    """What was written, with what should be known of it."""

    pages: int
    ledgers: int  # that have pages; of each unit
    # those that stand in the contents as 无记录, with their unit where there are several
    empty: tuple[str, ...]
    missing: tuple[MissingName, ...]
    left_out: int  # people who do not stand on the roster


class DossiersService:
    """Makes dossiers and keeps the sets."""

    def __init__(self, store: Store, divisions: DivisionsService, ledgers: LedgersService) -> None:
        self._divisions = divisions
        self._ledgers = ledgers
        self._choices = Choices(store)

    def sets(self) -> list[LedgerSet]:
        """The set for an inspection, which takes in whatever ledger there is for it, then the office's own."""
        offered = self._ledgers.offered()
        standing = {STANDING: [kind.name for kind in offered if kind.shown_to_inspectors]}
        return [
            LedgerSet(name, tuple(kind.name for kind in offered if kind.name in names))
            for name, names in (standing | self._own()).items()
        ]

    def set_named(self, name: str) -> LedgerSet:
        """The set of a name.

        Raises:
            LedgerSetError: there is none; the words say which there are.
        """
        sets = {each.name: each for each in self.sets()}
        if name not in sets:
            raise LedgerSetError(f"没有叫“{name}”的一套台账。有：{'、'.join(sets)}。")
        return sets[name]

    def save(self, name: str, ledgers: Sequence[str]) -> None:
        """Keep ledgers under a name; a set of that name is replaced.

        Raises:
            LedgerSetError: there is no name.
            NothingTickedError: there are no ledgers.
        """
        if not name.strip():
            raise LedgerSetError("请给这一套台账起个名称。")
        if not ledgers:
            raise NothingTickedError
        kept = self._own() | {name.strip(): list(ledgers)}
        self._choices.set({LEDGER_SETS: kept}, f"保存一套台账“{name.strip()}”（{len(ledgers)} 张）")

    def remove(self, name: str) -> None:
        """Forget a set of the office's own; the one that is there from the start is as it was then."""
        kept = {each: ledgers for each, ledgers in self._own().items() if each != name}
        self._choices.set({LEDGER_SETS: kept}, f"删除一套台账“{name}”")

    def own_names(self) -> tuple[str, ...]:
        """The names of the sets that the office made."""
        return tuple(self._own())

    def file_name(self, request: DossierRequest) -> str:
        """A good name for the file."""
        return f"{self._place(request)}{request.title}（{request.on:%Y.%m.%d}）.pdf"

    def write(self, request: DossierRequest, path: Path, on_step: OnStep = _untold) -> WrittenDossier:
        """Write the PDF beside its name, read it back and let it take its name.

        What ``on_step`` raises ends it, with nothing left. Who asked for unmasked numbers, and why, goes on record
        before the file has its name.

        Raises:
            NothingTickedError, ReasonNeededError, UndrawnLedgerError, UnsoundDossierError, UnwritableFileError.
        """
        from desktop.models.ledgers.dossier import Dossier  # the paper parts are slow to import
        from desktop.models.ledgers.dossier_front import Cover

        if not request.ledgers:
            raise NothingTickedError
        if request.full_ids:
            require_reason(request.reason)
        cover = Cover(
            place=self._place(request),
            title=request.title,
            texts=(*self._of_units(request), as_of(request.on)),
            signature=f"填报单位（盖章）：{self._ledgers.signature}",
            marking=MARKING,
        )
        with written_whole(path) as file:
            made = _Making(self._ledgers, Dossier(file, cover), request, on_step)
            made.add_all([self._divisions.get(unit).short_name for unit in request.units])
            pages = made.close(path.name)
        return WrittenDossier(
            pages=pages,
            ledgers=made.drawn,
            empty=tuple(made.empty),
            missing=tuple(dict.fromkeys(made.missing)),
            left_out=made.left_out,
        )

    def _own(self) -> dict[str, list[str]]:
        return dict(self._choices.get(LEDGER_SETS))

    def _place(self, request: DossierRequest) -> str:
        return self._ledgers.place(request.units[0] if len(request.units) == 1 else None)

    def _of_units(self, request: DossierRequest) -> Iterator[str]:
        """范围：毕家塘村、焦山河社区; where it is one unit the title says it."""
        if len(request.units) > 1:
            names = [self._divisions.get(unit).short_name for unit in request.units]
            more = f"等 {len(names)} 个单位" if len(names) > _UNITS_ON_COVER else ""
            yield f"范围：{'、'.join(names[:_UNITS_ON_COVER])}{more}"


class _Making:
    """One dossier on its way to paper, and what is learnt meanwhile."""

    def __init__(
        self, ledgers: LedgersService, dossier: Dossier, request: DossierRequest, on_step: OnStep
    ) -> None:
        self._ledgers = ledgers
        self._dossier = dossier
        self._request = request
        self._on_step = on_step
        self._titles = {kind.name: kind.title for kind in ledgers.offered() if kind.name in request.ledgers}
        self._done = 0
        self._disclosed: list[tuple[LedgerRequest, int]] = []
        self.drawn = self.left_out = 0
        self.empty: list[str] = []
        self.missing: list[MissingName] = []

    def add_all(self, units: Sequence[str]) -> None:
        """Draw every ledger of every unit; ``units`` are their names, which are told where there are several."""
        several = len(units) > 1
        for code, name in zip(self._request.units or (None,), units or ("",), strict=True):
            if several:
                self._dossier.begin(name)
            for ledger, title in self._titles.items():
                self._add(ledger, title, code, name if several else "")

    def close(self, file_name: str) -> int:
        """Finish the file and put on record whose numbers stand in it whole; return its pages."""
        self._on_step(self._done, self._all, "正在编页码、写目录，并读回核对…")
        pages = self._dossier.close()
        for request, people in self._disclosed:
            self._ledgers.record(request, people, file_name)
        return pages

    @property
    def _all(self) -> int:
        return len(self._titles) * max(1, len(self._request.units))

    def _add(self, ledger: str, title: str, unit: str | None, of: str) -> None:
        from desktop.models.ledgers.frame import TooTallError

        asked = self._request
        request = LedgerRequest(
            ledger, asked.on, unit, asked.paper, full_ids=asked.full_ids, reason=asked.reason
        )
        words = f"{of} {title}".strip()
        on_part = partial(self._tell, words)
        on_part(0, 1)
        made = self._ledgers.made(request)
        self.left_out += made.left_out
        if made.is_empty:
            self._dossier.add_empty(title)
            self.empty.append(words)
        else:
            try:
                self.missing += made.told(self._dossier.add(title, made.work, on_part))
            except TooTallError as error:
                raise UndrawnLedgerError(words, error) from error
            self._disclosed.append((request, made.disclosed))
            self.drawn += 1
        self._done += 1

    def _tell(self, words: str, part: int, parts: int) -> None:
        of = f"（{part + 1} / {parts}）" if parts > 1 else ""
        self._on_step(self._done, self._all, f"{words}{of}")
