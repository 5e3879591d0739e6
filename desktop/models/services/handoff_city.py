"""The city's side of the hand-off (接收报送): take a package in, show what it would do, merge it, see who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from desktop.models.collector import collector_paused
from desktop.models.database.attachments import AttachmentFiles
from desktop.models.database.history import History
from desktop.models.database.layout import ATTACHMENTS_NAME
from desktop.models.database.records import Records
from desktop.models.database.roster import last_seq
from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.handoff.chain import Link, place
from desktop.models.handoff.codes import Code, RefusedFileError, Standing
from desktop.models.handoff.envelope import header_said
from desktop.models.handoff.header import Header, Kind
from desktop.models.handoff.package import opened
from desktop.models.handoff.plan import Choices, MergePlan
from desktop.models.handoff.planning import plan_merge
from desktop.models.handoff.receipt import Count, RefusedRow, Result
from desktop.models.handoff.staging import Staged, stage
from desktop.models.handoff.verifying import Trust, Verdict, verify
from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.ledgers.merging import merging_ledger
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.handoff import TakenPackage
from desktop.models.services.backup import BackupResult, BackupService
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.services.handoff_content import SCHEMA
from desktop.models.services.handoff_keys import RETURNED
from desktop.models.services.handoff_merging import gather, write_plan
from desktop.models.services.handoff_outcomes import outcome_of, receipt_of, report_of, title_of
from desktop.models.services.settings import SettingsService

_ROUND = "handoff.round"  # setting: [first day that counts, deadline]
_FORKED = "handoff.forked"  # setting: units whose last package contradicted those before it


class UnconfirmedError(DesktopError):
    """A package that a person has to judge first; the verdict's words say what."""


class OutdatedMergeError(DesktopError):
    """The store changed between preview and merge."""

    def __init__(self) -> None:
        super().__init__("核对之后市库又有改动，没有合并。请重新核对后再合并。")


class BrakeError(DesktopError):
    """A merge would remove much of what is held; it is asked about again."""

    def __init__(self, plan: MergePlan) -> None:
        super().__init__(f"没有合并：{removal_words(plan)}请打电话向报送单位核实，属实再确认删除。")


def removal_words(plan: MergePlan) -> str:
    """How much of what a unit has a merge would remove, of the registers that brake it."""
    gone = Counter(row.register for row in plan.rows if row.after is None)
    told = "、".join(f"{title_of(register)} {gone[register]} 条" for register in plan.brakes)
    return f"会删除{told}，占已有的 20% 以上。"


class NotLastMergeError(DesktopError):
    """Only the last merge of a unit can be taken back."""

    def __init__(self) -> None:
        super().__init__("不能撤销：这个报送包已经撤销过，或该单位后来的报送包也已合并，请先撤销后来的。")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResult:
    """What a merge did; ``seq`` is its change set (None: the package was merged before), by which it is undone."""

    seq: int | None
    counts: tuple[Count, ...] = ()
    refused: tuple[RefusedRow, ...] = ()
    backup: BackupResult | None = None
    answered: int = 0  # remarks that the township has dealt with

    @property
    def result(self) -> Result:
        """What the receipt says of it."""
        return Result.PARTLY if self.refused else Result.TAKEN

    @property
    def words(self) -> str:
        """For the officer."""
        if self.seq is None:
            return Code.UNCHANGED.message
        added, changed, removed = (
            sum(getattr(count, name) for count in self.counts) for name in ("added", "changed", "removed")
        )
        refused = f"，退回 {len(self.refused)} 条" if self.refused else ""
        answered = f"；退回意见已办 {self.answered} 条" if self.answered else ""
        return f"已合并：新增 {added} 条，修改 {changed} 条，删除 {removed} 条{refused}{answered}。"


class _RehearsedError(Exception):
    """Merges were rehearsed: nothing of them is to stand."""


class State(StrEnum):
    """How a township stands in the present round."""

    RECEIVED = "received"
    MISSING = "missing"
    LATE = "late"

    @property
    def label(self) -> str:
        """How it is shown."""
        return {"received": "已接收", "missing": "未收到", "late": "逾期未报"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLine:
    """One township on the board."""

    division: Division
    state: State
    last: TakenPackage | None
    lost: tuple[int, ...]  # numbers that never came
    in_conflict: bool  # its last package contradicted those before it, and nothing came since
    is_older: bool  # made by an older version of the program
    is_restored: bool  # its store was restored or set up again at least once since the first package


class CityHandoff:
    """Packages of townships, as the city's office takes them in."""

    def __init__(
        self,
        store: Store,
        folder: Path,
        divisions: DivisionsService,
        settings: SettingsService,
        backups: BackupService,
        trust: Callable[[], Trust],
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._files = AttachmentFiles(folder / ATTACHMENTS_NAME, store.key)
        self._divisions = divisions
        self._settings = settings
        self._backups = backups
        self._trust = trust

    def taken(self, kind: Kind, unit: str) -> list[Link]:
        """The packages that were merged from a unit and stand, for verifying the next one."""
        if kind is not Kind.PACKAGE:
            return []
        return [Link(each.epoch, each.number, each.id, each.previous) for each in self.packages(unit)]

    def packages(self, unit: str) -> list[TakenPackage]:
        """The packages merged from a unit, in their order."""
        found = self._records.select(TakenPackage, unit=unit)
        return sorted(found, key=lambda each: (each.epoch, each.number))

    def in_order(self, paths: Iterable[Path]) -> list[Path]:
        """Packages of a unit in the order of their numbers, so that none reads as a gap; what says none comes last.

        It goes by what files say, of which nothing is proven.
        """

        def said(path: Path) -> tuple[object, ...]:
            header = header_said(path)
            return (False, header.unit, header.epoch, header.seq) if header else (True,)

        return sorted(paths, key=said)

    def verify(self, path: Path, before: Iterable[Staged] = ()) -> Verdict:
        """Find out what a file is and whether to take it; a contradiction is remembered for the board.

        ``before``: packages that were taken in and wait to be merged first.
        """
        waiting = tuple(before)

        def taken(kind: Kind, unit: str) -> list[Link]:
            links = [
                _link(staged) for staged in waiting if kind is Kind.PACKAGE and staged.header.unit == unit
            ]
            return [*self.taken(kind, unit), *links]

        verdict = verify(path, self._trust(), taken)
        header, envelope = verdict.header, verdict.envelope
        if header is None or header.kind is not Kind.PACKAGE:
            return verdict
        if verdict.code is Code.FORK:
            forked = set(self._settings.get(_FORKED, []))
            self._settings.set(_FORKED, sorted(forked | {header.unit}))
        if envelope is None:
            return verdict
        if verdict.code is Code.UNCHANGED:
            return self._told_unchanged(verdict, envelope.hash)
        links = taken(header.kind, header.unit)
        if verdict.code is Code.GAP and self._follows_returned(header, envelope.hash, links):
            return replace(verdict, code=Code.OK, message=Code.OK.message, advice=Code.OK.advice)
        return verdict

    def _follows_returned(self, header: Header, package: str, taken: Sequence[Link]) -> bool:
        """Whether all that seems to be missing before a package was sent back unmerged."""
        returned = self._returned(header.unit)
        newest = max((link.seq for link in taken if link.epoch == header.epoch), default=0)
        numbers = {link.seq for link in returned if link.epoch == header.epoch}
        joined = place(header, package, [*taken, *returned]) is Code.OK
        return joined and numbers.issuperset(range(newest + 1, header.seq))

    def _told_unchanged(self, verdict: Verdict, package: str) -> Verdict:
        """The same verdict with the day of the merge, or that another copy of the package is waiting."""
        found = self._records.select(TakenPackage, id=package)
        if not found:
            return replace(verdict, message="与收到的另一个文件是同一个报送包", advice="合并那一个就行。")
        merged = History(self._store).change(found[0].merged)
        return replace(verdict, message=f"{verdict.message}（{merged.at:%Y.%m.%d} 合并过）")

    def _returned(self, unit: str) -> list[Link]:
        """The packages of a unit that were sent back unmerged (整包退回)."""
        return [Link(*link) for of, *link in self._settings.get(RETURNED, []) if of == unit]

    @collector_paused()
    def take(self, path: Path, *, confirmed: bool = False, before: Iterable[Staged] = ()) -> Staged:
        """Verify a package, open it and read it to the end; rows stay in memory, attachments go encrypted into their
        folder, where one that no record names does no harm. ``before`` as for :meth:`verify`.

        Raises:
            UnconfirmedError: a person has to read the verdict first and take it all the same (``confirmed``).
            RefusedFileError: it is not to be taken.
            UnreadableFileError: the disk does not give it.
        """
        verdict = self.verify(path, before)
        if verdict.envelope is None or verdict.standing is Standing.REFUSE:
            raise RefusedFileError(verdict.code, verdict.message, verdict.advice)
        if verdict.envelope.header.kind is not Kind.PACKAGE:
            what = f"这是{verdict.envelope.header.kind.label}，不是报送包"
            raise RefusedFileError(Code.WRONG_UNIT, what, "没有合并。请选乡镇交来的报送包。")
        if verdict.standing is Standing.ASK and not confirmed:
            raise UnconfirmedError(f"{verdict.message}。{verdict.advice}")
        with opened(verdict.envelope, self._trust().keys) as content:
            rows = list(content.rows())
            attached = [self._files.put(data) for _, data in content.attachments()]
        return stage(verdict.envelope.header, verdict.envelope.hash, rows, attached)

    @collector_paused()
    def plan(self, staged: Staged, choices: Choices | None = None) -> MergePlan:
        """What merging would do, row by row; nothing is written."""
        return plan_merge(staged, gather(self._store, self._divisions, self._files, staged), choices or {})

    def plan_row(self, row: Sequence[tuple[Staged, Choices]]) -> list[MergePlan]:
        """What merging a unit's packages one after the other would do: each beside what those before it leave.

        They are merged for it in a change set that is never kept, so all plans but the first are to be made again
        when their turn has come.
        """
        (staged, choices), *later = row
        plans = [self.plan(staged, choices)]
        if later:
            with suppress(_RehearsedError), self._store.change("预览") as seq:
                for staged, choices in later:
                    self._write(plans[-1], seq)
                    plans.append(self.plan(staged, choices))
                raise _RehearsedError
        return plans

    @collector_paused()
    def merge(
        self, plan: MergePlan, *, source: str = "", confirmed_removals: bool = False, backup: bool = True
    ) -> MergeResult:
        """Write a plan: a backup first, then one change set, which can be undone as a whole.

        ``backup``: false behind the first of several that are merged at once; a backup has all attachments whole.

        Raises:
            BrakeError: much would be removed, and nobody has confirmed it.
            OutdatedMergeError: something changed since the plan was made.
            RefusedFileError: another package of the unit was merged since, and this one no longer follows.
        """
        header, links = plan.staged.header, self.taken(Kind.PACKAGE, plan.staged.header.unit)
        code = place(header, plan.staged.hash, links)
        if code is Code.UNCHANGED:
            return MergeResult(seq=None)
        if code.standing is Standing.REFUSE:
            raise RefusedFileError(code)
        if plan.brakes and not confirmed_removals:
            raise BrakeError(plan)
        self._require_current(plan, last_seq(self._store))
        made = self._backups.backup_if_changed("合并前") if backup else None
        with self._store.change(self._why(header), source=source or None) as seq:
            self._require_current(plan, last_seq(self._store, before=seq))
            answered = self._write(plan, seq)
        self._settings.set(_FORKED, [unit for unit in self._settings.get(_FORKED, []) if unit != header.unit])
        refused = tuple(RefusedRow(each.register, each.key, each.reason) for each in plan.refused)
        return MergeResult(seq=seq, counts=plan.counts, refused=refused, backup=made, answered=answered)

    def _write(self, plan: MergePlan, seq: int) -> int:
        links = self.taken(Kind.PACKAGE, plan.staged.header.unit)
        previous = max(links, key=lambda link: (link.epoch, link.seq), default=None)
        return write_plan(self._store, plan, seq, outcome_of(plan), previous.hash if previous else None)

    def result(self, package: str) -> MergeResult:
        """What was told of a merged package, for its receipt.

        Raises:
            LookupError: it was not merged, or the merge was taken back.
        """
        taken = self._records.get(TakenPackage, package)
        counts, refused = receipt_of(taken)
        return MergeResult(seq=taken.merged, counts=counts, refused=refused)

    def undo(self, package: str) -> int:
        """Take a whole merge back, records and chain alike, and return the number of the change set that did.

        Raises:
            NotLastMergeError: a later package of the unit was merged, or this one is none that stands.
            UndoRefusedError: records have moved on since.
        """
        found = self._records.select(TakenPackage, id=package)
        if not found or found[0].followed_by is not None:
            raise NotLastMergeError
        return History(self._store).undo(found[0].merged)

    def board(self, today: date) -> list[BoardLine]:
        """Every township of the city and how it stands in the present round."""
        since, deadline = self.round or (None, None)
        forked = set(self._settings.get(_FORKED, []))
        return [
            self._line(division, since, deadline, today, in_conflict=division.code in forked)
            for division in self._divisions.under(self._settings.unit)
            if division.kind == DivisionKind.TOWNSHIP and division.active
        ]

    @property
    def round(self) -> tuple[date, date] | None:
        """The first day that counts in the present round, and its deadline; None: no round was asked for."""
        kept = self._settings.get(_ROUND)
        return (date.fromisoformat(kept[0]), date.fromisoformat(kept[1])) if kept else None

    def set_round(self, since: date, deadline: date) -> None:
        """Ask for packages that speak of ``since`` or later, by the deadline."""
        self._settings.set(_ROUND, [since.isoformat(), deadline.isoformat()])

    def write_report(self, packages: Iterable[str], path: Path, on: date, paper: Paper = Paper.A3) -> None:
        """Write the merge report (合并报告) of some merged packages as PDF."""
        # the paper parts are slow to import and the window must not wait for them
        from desktop.models.ledgers.page import draw

        with written_whole(path) as file:
            draw(self.report(packages, on, paper), file)

    def report(self, packages: Iterable[str], on: date, paper: Paper = Paper.A3) -> Ledger:
        """The merge report as a value, package by package.

        Raises:
            LookupError: one was not merged, or its merge was taken back.
        """
        signature = self._settings.signature or f"{self._divisions.get(self._settings.unit).name}委组织部"
        merged = [self._records.get(TakenPackage, package) for package in packages]
        reports = [report_of(taken, self._divisions.get(taken.unit).name) for taken in merged]
        return merging_ledger(reports, signature=signature, on=on, paper=paper)

    def _line(
        self, division: Division, since: date | None, deadline: date | None, today: date, *, in_conflict: bool
    ) -> BoardLine:
        packages = self.packages(division.code)
        last = packages[-1] if packages else None
        received = last is not None and (since is None or last.as_of >= since.isoformat())
        waiting = State.LATE if deadline is not None and today > deadline else State.MISSING
        numbers = {each.number for each in packages if last is not None and each.epoch == last.epoch}
        numbers |= {link.seq for link in self._returned(division.code) if last and link.epoch == last.epoch}
        highest = last.number if last else 0
        return BoardLine(
            division=division,
            state=State.RECEIVED if received else waiting,
            last=last,
            lost=tuple(number for number in range(1, highest) if number not in numbers),
            in_conflict=in_conflict,
            is_older=last is not None and last.schema < SCHEMA,
            is_restored=len({each.epoch for each in packages}) > 1,
        )

    def _why(self, header: Header) -> str:
        return f"合并报送包：{self._divisions.get(header.unit).name}第 {header.seq} 号"

    @staticmethod
    def _require_current(plan: MergePlan, seq: int) -> None:
        if seq != plan.seq:
            raise OutdatedMergeError


def _link(staged: Staged) -> Link:
    """A package's place in its unit's row."""
    header = staged.header
    return Link(header.epoch, header.seq, staged.hash, header.previous)
