"""What happened to somebody's posts (任职变动): taken up, taken up again, changed, given up — told from the terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.models.domain.codes import APPOINTED_BY
from desktop.models.domain.posts import Post
from desktop.models.domain.spans import over_from, starts_in
from desktop.models.registers.term import TermOfOffice


class ChangeType(StrEnum):
    """变动类型."""

    NEW = "新任"
    AGAIN = "连任"
    MOVED = "调整"
    LEFT = "离任"
    CORRECTED = "更正"


@dataclass(frozen=True, slots=True)
class TermChange:
    """One change: the posts held in the villages it touches before and after, as partial a date as is known."""

    day: str
    before: tuple[TermOfOffice, ...]
    after: tuple[TermOfOffice, ...]
    kind: ChangeType
    reason: str

    @property
    def approval(self) -> str:
        """By what the new posts were approved, else the end of the old ones (批准机关及文号)."""
        begun = [term.approval for term in self.begun if term.approval]
        ended = [term.end_approval for term in self.before if term not in self.after and term.end_approval]
        return "、".join(dict.fromkeys(begun or ended))

    @property
    def filed(self) -> str | None:
        """When the new posts were put on file (备案时间): a partial date."""
        return max((term.filed for term in self.begun if term.filed), default=None)

    @property
    def begun(self) -> tuple[TermOfOffice, ...]:
        """What was not held before."""
        return tuple(term for term in self.after if term not in self.before)

    def within(self, start: date, end: date) -> bool:
        """Whether it happened between two days, both included, as far as its date is known."""
        length = len(self.day)
        return start.isoformat()[:length] <= self.day <= end.isoformat()[:length]

    @property
    def division_code(self) -> str:
        """Where it is told: the village of the new post, else that of the old one."""
        return (self.begun or self.after or self.before)[0].division_code


@dataclass(slots=True)
class _Moment:
    """Terms that begin together, and those that end for it."""

    month: int
    starts: list[TermOfOffice] = field(default_factory=list)
    ends: list[TermOfOffice] = field(default_factory=list)


def changes_of(terms: Sequence[TermOfOffice]) -> list[TermChange]:
    """The changes in one person's terms, in the order of time.

    An end and a start at most a month apart are one change: offices write the month in which a post ended, or the
    one before it, or that of the election. A term whose start is not known tells nothing of when it began.
    """
    known = [term for term in terms if term.post != Post.PENDING]
    return [_change(moment, known) for moment in _moments(known)]


def _moments(terms: Iterable[TermOfOffice]) -> list[_Moment]:
    starting: dict[int, _Moment] = {}
    ending: dict[int, _Moment] = {}
    terms = list(terms)
    for term in terms:
        if term.start is not None:
            month = starts_in(term.start)
            starting.setdefault(month, _Moment(month)).starts.append(term)
    for term in terms:
        if term.end is None:
            continue
        over = over_from(term.end)
        near = [moment for month in (over, over - 1, over + 1) if (moment := starting.get(month)) is not None]
        nearest = next((moment for moment in near if term not in moment.starts), None)
        (nearest or ending.setdefault(over, _Moment(over))).ends.append(term)
    return sorted([*starting.values(), *ending.values()], key=lambda moment: moment.month)


def _change(moment: _Moment, terms: Sequence[TermOfOffice]) -> TermChange:
    touched = {term.division_code for term in (*moment.starts, *moment.ends)}
    before = tuple(
        term
        for term in terms
        if term.division_code in touched
        and (term in moment.ends or (term not in moment.starts and _held_through(term, moment.month)))
    )
    after = (*(term for term in before if term not in moment.ends), *moment.starts)
    dates = [term.start for term in moment.starts] or [term.end for term in moment.ends]
    return TermChange(
        day=min(filter(None, dates)),
        before=_in_order(before),
        after=_in_order(after),
        kind=_kind(before, after),
        reason=_reason(moment),
    )


def _held_through(term: TermOfOffice, month: int) -> bool:
    began = term.start is None or starts_in(term.start) < month
    return began and (term.end is None or over_from(term.end) > month)


def _kind(before: Iterable[TermOfOffice], after: Iterable[TermOfOffice]) -> ChangeType:
    old, new = ({(term.division_code, term.held) for term in some} for some in (before, after))
    if not old:
        return ChangeType.NEW
    if not new:
        return ChangeType.LEFT
    return ChangeType.AGAIN if old == new else ChangeType.MOVED


def _reason(moment: _Moment) -> str:
    """Why the old posts ended, else how the new ones were come by."""
    why = [term.end_reason for term in moment.ends if term.end_reason]
    how = [APPOINTED_BY.show(term.how) for term in moment.starts if term.how]
    return "、".join(dict.fromkeys(why or how))


def _in_order(terms: Iterable[TermOfOffice]) -> tuple[TermOfOffice, ...]:
    return tuple(sorted(terms, key=lambda term: (term.division_code, term.post)))
