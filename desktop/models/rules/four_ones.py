"""“四个一” completion (完成情况): what each secretary under management had of each kind in a period. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.domain.spans import over_from, starts_in
from desktop.models.registers.activity import HELD, PLANNED
from desktop.models.registers.division import Division
from desktop.models.registers.mentoring import ManagedSecretary, Mentoring
from desktop.models.registers.person import Person
from desktop.models.registers.schemes import SchemeItem

NOT_HELD = "未开展"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One activity, held or planned, as it counts for one secretary."""

    activity_id: str
    person_id: str
    division_code: str | None
    kind: str
    state: str
    day: str


class CellState(StrEnum):
    """How one kind of activity stands for one secretary."""

    DONE = "done"
    OPEN = "open"
    PLANNED = "planned"
    URGENT = "urgent"  # in the last days of the period: red
    OVERDUE = "overdue"  # the period is over: red
    RELEASED = "released"  # no longer under management: nothing more is wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One secretary and one kind: the activities, held and planned by day, and how that is said."""

    kind: str
    wanted: int
    held: tuple[Counted, ...]
    planned: tuple[Counted, ...]
    state: CellState
    words: str

    @property
    def done(self) -> int:
        """How many count: no more than are wanted."""
        return min(len(self.held), self.wanted)

    @property
    def is_red(self) -> bool:
        """Whether it is to be shown as a warning; the words say so too."""
        return self.state in (CellState.URGENT, CellState.OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A secretary's time under management, with what stands beside it on the matrix."""

    managed: ManagedSecretary
    person: Person
    division: Division
    township: str
    mentors: tuple[Mentoring, ...] = ()
    has_left: bool = False  # holds the post of secretary in this village no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One line of the matrix."""

    subject: Subject
    cells: tuple[Cell, ...]  # in the order of the kinds

    @property
    def is_complete(self) -> bool:
        """Whether nothing that is wanted is missing."""
        return all(cell.done == cell.wanted for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """The foot of the matrix for one township, or for all: counts by kind, in the order of the kinds."""

    name: str
    secretaries: int
    complete: int
    done: tuple[int, ...]
    wanted: tuple[int, ...]

    @property
    def rate(self) -> float | None:
        """完成率 in percent; None where nothing is wanted."""
        return 100 * sum(self.done) / sum(self.wanted) if sum(self.wanted) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The matrix of one period."""

    period: Period
    kinds: tuple[SchemeItem, ...]
    rows: tuple[MatrixRow, ...]
    townships: tuple[Completion, ...]
    total: Completion

    @property
    def definition(self) -> str:
        """What 完成率 means, to be printed at the foot."""
        times = "、".join(f"{kind.name} {times_of(kind)} 次" for kind in self.kinds)
        return (
            f"完成率 = 已开展次数 ÷ 应开展次数。应开展：{self.period.label}内在管的书记每人{times}；"
            "已开展：书记本人到场的活动，超出规定次数的不重复计，计划和取消的不计；"
            "期内已解除管理的，只计已开展的。"
        )


def times_of(kind: SchemeItem) -> int:
    """How often a kind is wanted in a period; once where the scheme does not say."""
    return kind.times or 1


def is_managed_in(managed: ManagedSecretary, period: Period) -> bool:
    """Whether somebody was under management at some time of a period."""
    first, last = (starts_in(day.isoformat()) for day in (period.start, period.end))
    began = managed.since is None or starts_in(managed.since) <= last
    return began and (managed.until is None or over_from(managed.until) > first)


def is_managed_on(managed: ManagedSecretary, day: date) -> bool:
    """Whether somebody is under management on a day; in the month of the release no longer."""
    month = starts_in(day.isoformat())
    began = managed.since is None or starts_in(managed.since) <= month
    return began and (managed.until is None or starts_in(managed.until) > month)


def is_mentoring_on(pair: Mentoring, day: date) -> bool:
    """Whether a pairing runs on a day; in the month of its end no longer."""
    month = starts_in(day.isoformat())
    began = pair.start is None or starts_in(pair.start) <= month
    return began and (pair.end is None or starts_in(pair.end) > month)


def make_matrix(
    period: Period,
    kinds: Sequence[SchemeItem],
    subjects: Iterable[Subject],
    counted: Iterable[Counted],
    today: date,
    remind_days: int,
) -> Matrix:
    """Put activities to the secretaries they count for; ``subjects`` in the order of the rows."""
    by_cell: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for each in counted:
        by_cell[each.person_id, each.kind].append(each)
    rows = []
    for subject in subjects:
        cells = (
            _cell(subject, kind, by_cell[subject.person.id, kind.code], period, today, remind_days)
            for kind in kinds
        )
        rows.append(MatrixRow(subject=subject, cells=tuple(cells)))
    by_township: dict[str, list[MatrixRow]] = defaultdict(list)
    for row in rows:
        by_township[row.subject.township].append(row)
    return Matrix(
        period=period,
        kinds=tuple(kinds),
        rows=tuple(rows),
        townships=tuple(_completion(name, some, len(kinds)) for name, some in by_township.items()),
        total=_completion("合计", rows, len(kinds)),
    )


def _cell(
    subject: Subject,
    kind: SchemeItem,
    counted: Sequence[Counted],
    period: Period,
    today: date,
    remind_days: int,
) -> Cell:
    here = [each for each in counted if each.division_code in (None, subject.division.code)]
    here.sort(key=lambda each: (each.day, each.activity_id))
    held = tuple(each for each in here if each.state == HELD)
    planned = tuple(each for each in here if each.state == PLANNED)
    until = subject.managed.until
    released = until is not None and starts_in(until) <= starts_in(min(period.end, today).isoformat())
    wanted = min(len(held), times_of(kind)) if released else times_of(kind)
    state = _state(len(held) - wanted, period, today, remind_days, planned=bool(planned), released=released)
    words = _words(held, planned, state, wanted, (period.end - today).days)
    return Cell(kind=kind.code, wanted=wanted, held=held, planned=planned, state=state, words=words)


def _state(
    over: int, period: Period, today: date, remind_days: int, *, planned: bool, released: bool
) -> CellState:
    if released:
        return CellState.RELEASED
    if over >= 0:
        return CellState.DONE
    if today > period.end:
        return CellState.OVERDUE
    if (period.end - today).days < remind_days:
        return CellState.URGENT
    return CellState.PLANNED if planned else CellState.OPEN


def _words(
    held: Sequence[Counted], planned: Sequence[Counted], state: CellState, wanted: int, days_left: int
) -> str:
    """The dates; what is missing; why that is red."""
    dates = "、".join(show_day(each.day) for each in held)
    if state is CellState.RELEASED:
        return dates or "已解除"
    if state is CellState.DONE:
        return dates
    parts = [dates, f"还差 {wanted - len(held)} 次" if held else ""]
    if planned:
        parts.append(f"计划 {'、'.join(show_day(each.day) for each in planned)}")
    elif not held:
        parts.append(NOT_HELD)
    if state is CellState.OVERDUE:
        parts.append("已逾期")
    elif state is CellState.URGENT:
        parts.append(f"还剩 {days_left} 天" if days_left else "今天截止")
    return "，".join(filter(None, parts))


def _completion(name: str, rows: Sequence[MatrixRow], kinds: int) -> Completion:
    columns = range(kinds)
    return Completion(
        name=name,
        secretaries=len(rows),
        complete=sum(row.is_complete for row in rows),
        done=tuple(sum(row.cells[column].done for row in rows) for column in columns),
        wanted=tuple(sum(row.cells[column].wanted for row in rows) for column in columns),
    )


def missing_by_kind(matrix: Matrix) -> Mapping[str, tuple[MatrixRow, ...]]:
    """The rows that lack something of a kind, by its code."""
    return {
        kind.code: tuple(row for row in matrix.rows if row.cells[place].done < row.cells[place].wanted)
        for place, kind in enumerate(matrix.kinds)
    }
