"""Packages on their way into the city's store: each with its verdict, its plan, what was chosen, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.errors import DesktopError
from desktop.models.handoff.codes import Code, Standing
from desktop.models.handoff.header import Kind
from desktop.models.handoff.plan import MergePlan, Outcome, Side
from desktop.models.handoff.staging import Staged
from desktop.models.handoff.verifying import Verdict
from desktop.models.services.handoff_city import MergeResult

if TYPE_CHECKING:
    from desktop.office import Office

Choices = dict[tuple[str, str, str], Side]


@dataclass(slots=True, kw_only=True)
class Incoming:
    """One file; ``plan`` is there once it was taken in, ``result`` once it was merged."""

    path: Path
    verdict: Verdict
    unit: str = ""  # name
    staged: Staged | None = None
    plan: MergePlan | None = None
    after: int | None = None  # number of the package that is merged before it and not merged yet
    choices: Choices = field(default_factory=dict)
    result: MergeResult | None = None
    problem: str = ""
    check_code: str = ""  # of its receipt, once that was written

    @property
    def is_ready(self) -> bool:
        """Whether it can be merged."""
        return self.plan is not None and self.result is None

    @property
    def asks(self) -> bool:
        """Whether a person has to judge it first."""
        return self.plan is None and self.verdict.standing is Standing.ASK and self.is_package

    @property
    def can_be_returned(self) -> bool:
        """Whether it may be sent back as it is: nothing of it was merged, and its signature holds."""
        is_known = self.verdict.envelope is not None and self.verdict.code is not Code.UNCHANGED
        return self.is_package and is_known and self.result is None

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands among others: unit, epoch, number."""
        header = self.verdict.header
        return (header.unit, header.epoch, header.seq) if header else ("", 0, 0)

    @property
    def name(self) -> str:
        """Unit and number, for a line that tells what became of it."""
        return f"{self.unit}第 {self.place[2]} 号"

    @property
    def is_package(self) -> bool:
        """Whether it is a township's package."""
        return self.verdict.header is not None and self.verdict.header.kind is Kind.PACKAGE

    @property
    def words(self) -> str:
        """How it stands, for its line."""
        if self.problem:
            return self.problem
        if self.result is not None:
            return self.result.words + (f"回执校验码 {self.check_code}。" if self.check_code else "")
        if self.plan is None:
            return f"{self.verdict.message}。{self.verdict.advice}"
        told = "，".join(f"{name} {count}" for name, count in outcomes(self.plan).items() if count)
        behind = f"，接在第 {self.after} 号后面合并" if self.after else ""
        return f"核对无误{behind}。{told or '没有改动'}"


def outcomes(plan: MergePlan) -> Mapping[str, int]:
    """How many rows of a plan have what outcome."""
    found = [row.outcome for row in plan.rows]
    wanted = (Outcome.NEW, Outcome.CHANGED, Outcome.REMOVED, Outcome.CONFLICT)
    return {outcome.value: found.count(outcome) for outcome in wanted}


def read(
    office: Office,
    paths: Iterable[Path],
    waiting: Iterable[Incoming] = (),
    confirmed: Set[Path] = frozenset(),
) -> list[Incoming]:
    """Verify files in the order of their numbers; take in and plan the packages that are to be taken.

    A township's packages are each planned on what those before leave, among them the ``waiting``, ready before.
    """
    row = list(waiting)
    found = []
    for path in office.handoff.city.in_order(paths):
        each = _read(
            office, path, [known.staged for known in row if known.staged], confirmed=path in confirmed
        )
        found.append(each)
        if each.staged is not None:
            row.append(each)
    for unit in dict.fromkeys(each.place[0] for each in found if each.staged):
        behind = [each for each in row if each.place[0] == unit]
        for each, plan in plans(office, behind):
            each.plan = plan
        for before, each in pairwise(behind):
            each.after = before.place[2]
    return found


def plans(office: Office, row: Sequence[Incoming]) -> list[tuple[Incoming, MergePlan]]:
    """Plans of one township's packages, to be merged one after the other, with what was chosen in each."""
    chosen = [(each.staged, dict(each.choices)) for each in row if each.staged is not None]
    return list(zip(row, office.handoff.city.plan_row(chosen), strict=True))


def _read(office: Office, path: Path, before: Sequence[Staged], *, confirmed: bool) -> Incoming:
    try:
        return _taken(office, path, before, confirmed=confirmed)
    except DesktopError as error:  # of this file; the others go on
        return Incoming(path=path, verdict=Verdict(Code.DAMAGED, "", ""), problem=str(error))


def _taken(office: Office, path: Path, before: Sequence[Staged], *, confirmed: bool) -> Incoming:
    city = office.handoff.city
    verdict = city.verify(path, before)
    unit = office.divisions.all().get(verdict.header.unit) if verdict.header else None
    found = Incoming(path=path, verdict=verdict, unit=unit.name if unit else "")
    if not found.is_package:
        if verdict.header is not None and verdict.envelope is not None:
            found.problem = f"这是{verdict.header.kind.label}，不是报送包。登记文件请到“登记与下发”里接收。"
        return found
    if verdict.standing is Standing.TAKE or (verdict.standing is Standing.ASK and confirmed):
        found.staged = city.take(path, confirmed=confirmed, before=before)
    return found


def merge(office: Office, waiting: Iterable[Incoming]) -> list[tuple[Incoming, MergeResult]]:
    """Merge packages one after the other behind one backup, each planned anew on what the one before it left.

    Removals past the brake have been asked about for those whose shown plan had them, and for no others.
    """
    done: list[tuple[Incoming, MergeResult]] = []
    for each in waiting:
        assert each.staged is not None
        assert each.plan is not None
        plan = office.handoff.city.plan(each.staged, each.choices)
        asked = set(plan.brakes) <= set(each.plan.brakes)
        is_first = all(result.seq is None for _, result in done)
        each.result = office.handoff.city.merge(
            plan, source=each.path.name, confirmed_removals=asked, backup=is_first
        )
        done.append((each, each.result))
    return done
