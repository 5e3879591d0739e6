"""What rules know of a village (事实): who serves on the day, who is in reserve, which terms run, what is on file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from desktop.models.domain.months import age_on
from desktop.models.domain.posts import Committee, Post
from desktop.models.registers.division import Division
from desktop.models.registers.person_file import Recognition, Relative

PARTY_POSTS = frozenset(post for post in Post if post.committee is Committee.PARTY)
COMMITTEE_POSTS = frozenset(post for post in Post if post.committee is Committee.VILLAGERS)
SUPERVISORY_POSTS = frozenset(post for post in Post if post.committee is Committee.SUPERVISORY)
TWO_COMMITTEES = PARTY_POSTS | COMMITTEE_POSTS
BOTH_HEADS = frozenset((Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD))

# Tuples, for an office has thousands of them: rows of the store become these as they are.


class Profile(NamedTuple):
    """What statistics need to know of a person; codes and months as in ``Person``."""

    id: str
    name: str
    sex: str | None = None
    birth: str | None = None
    ethnic_group: str | None = None
    political_status: str | None = None
    education: str | None = None
    source: str | None = None
    delegate: str | None = None


class Member(NamedTuple):
    """Somebody who serves in a village on the day.

    ``posts`` are held on the day; ``begun`` are the posts of every term begun by then, past ones too, with its start.
    """

    person: Profile
    posts: frozenset[str]
    begun: Sequence[tuple[str, str | None]] = ()

    def sits_in(self, posts: frozenset[Post]) -> bool:
        """Whether one of ``posts`` is held."""
        return not posts.isdisjoint(self.posts)


class Reserve(NamedTuple):
    """Somebody in a village's reserve on the day; ``aim`` is a code of AIM."""

    person: Profile
    aim: str | None = None


class RunningTerm(NamedTuple):
    """A committee's term that runs on the day, or ran last; months as in ``CommitteeTerm``."""

    number: str | None = None
    start: str | None = None
    due: str | None = None


class Sanction(NamedTuple):
    """A sanction of somebody who serves or is in reserve."""

    person: Profile
    record: Recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageFacts:
    """One village or community on a day; ``terms`` is that of each body (BODY)."""

    division: Division
    township: str = ""  # name
    members: tuple[Member, ...] = ()
    reserves: tuple[Reserve, ...] = ()
    terms: Mapping[str, RunningTerm] = field(default_factory=dict)
    party_members: int | None = None  # of the last year known
    sanctions: tuple[Sanction, ...] = ()
    relatives: Mapping[str, tuple[Relative, ...]] = field(default_factory=dict)  # by person id
    unfiled: frozenset[str] = frozenset()  # ids of secretaries without 备案时间
    about: None = None  # findings are about the village itself

    @property
    def kind(self) -> str:
        """What ``Rule.kinds`` calls it."""
        return self.division.kind

    def holding(self, posts: frozenset[Post]) -> tuple[Member, ...]:
        """The members who hold one of ``posts``."""
        return tuple([member for member in self.members if not posts.isdisjoint(member.posts)])

    @property
    def two_committees(self) -> tuple[Member, ...]:
        """村“两委”: those who sit only on the 监委会 are none of them."""
        return self.holding(TWO_COMMITTEES)

    def since(self, member: Member) -> str | None:
        """When somebody first began to serve on the two committees; None where no start is known."""
        return min((start for post, start in member.begun if start and post in TWO_COMMITTEES), default=None)

    def continues(self, member: Member) -> bool | None:
        """Whether somebody served on one of the village's two committees before its present term (连任).

        None where no post in a committee whose term is known has a known start. A bare year that is the
        year in which the term began counts as begun with it.
        """
        known = False
        for post, start in member.begun:
            began = self.terms[post[0]].start if post in TWO_COMMITTEES and post[0] in self.terms else None
            if start is not None and began is not None:
                if before(start, began):
                    return True
                known = True
        return False if known else None


def before(month: str, other: str) -> bool:
    """Whether a partial date lies before another as far as both are known."""
    return month[: len(other)] < other[: len(month)]


def months_until(month: str, day: date) -> int:
    """How many months from ``day``'s to ``month``, negative when it is over; a bare year ends in December."""
    year, number = int(month[:4]), int(month[5:7] or 12)
    return (year - day.year) * 12 + number - day.month


def time_left(month: str, day: date) -> str:
    """In words, how long it is to a month that is not over."""
    left = months_until(month, day)
    return f"还有 {left} 个月" if left else "就在本月"


def month_after(month: str, months: int) -> str:
    """The month ``months`` later; a bare year moves by whole years."""
    if len(month) < 7:
        return f"{int(month[:4]) + months // 12:04d}"
    number = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


@lru_cache(maxsize=4096)  # members share their months of birth
def age(birth: str | None, day: date) -> int | None:
    """Age in full years; None where the month of birth is not known."""
    return None if birth is None else age_on(birth, day)
