"""What happened to posts this year in an invented office (演示数据): somebody left, came, or changed the post."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import Post
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.sample import invented_person

_EVERY = 4  # villages: one in four has a change
_BEGAN = "2021-12"  # the present term of office
_BY_ELECTION, _APPOINTED = "01", "02"  # 选举, 任命
_FIRST_NUMBER = 7_000_000  # of the people who have left


@dataclass(slots=True)
class SampleMoves:
    """People who left, terms that ended, and terms of those who serve that began this year."""

    people: list[Person] = field(default_factory=list)
    terms: list[TermOfOffice] = field(default_factory=list)
    changed: dict[str, TermOfOffice] = field(default_factory=dict)  # by id


def sample_moves(
    divisions: Sequence[Division], terms: Sequence[TermOfOffice], today: date, seed: int = 20261126
) -> SampleMoves:
    """Changes of the year of ``today``; who serves today stays the same people in the same posts."""
    maker = _Maker(terms, today, Random(seed))
    villages = [d for d in divisions if d.kind in (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)]
    stories: tuple[Callable[[Division, Division], None], ...] = (
        maker.replaced,
        maker.resigned,
        maker.promoted,
        maker.came_over,
    )
    for number, place in enumerate(range(1, len(villages), _EVERY)):
        stories[number % len(stories)](villages[place], villages[place - 1])
    return maker.moves


class _Maker:
    def __init__(self, terms: Sequence[TermOfOffice], today: date, chance: Random) -> None:
        self.moves = SampleMoves()
        self._terms, self._today, self._chance = terms, today, chance

    def replaced(self, village: Division, _other: Division) -> None:
        """Somebody reached the age, and one who serves was elected for the rest of the term."""
        self._former(village, self._month(2), "年龄到限")
        self._began(village, Post.COMMITTEE_MEMBER, self._month(3), _BY_ELECTION)

    def resigned(self, village: Division, _other: Division) -> None:
        """Somebody left for work elsewhere."""
        self._former(village, self._month(5), "辞职")

    def promoted(self, village: Division, _other: Division) -> None:
        """A member became deputy head."""
        for term in self._began(village, Post.COMMITTEE_DEPUTY, self._month(6), _BY_ELECTION):
            self._earlier(term, term.division_code, Post.COMMITTEE_MEMBER, "调整分工")

    def came_over(self, village: Division, other: Division) -> None:
        """The secretary of one village was a deputy secretary in the next."""
        for term in self._began(village, Post.PARTY_SECRETARY, self._month(8), _APPOINTED):
            self._earlier(term, other.code, Post.PARTY_DEPUTY, "调离")

    def _month(self, month: int) -> str:
        """A month of this year that is over, else the last one."""
        first = self._today.replace(day=1)
        return f"{min(first.replace(month=month), first - timedelta(days=1)):%Y-%m}"

    def _former(self, village: Division, end: str, reason: str) -> None:
        number = _FIRST_NUMBER + len(self.moves.people)
        person = invented_person(self._chance, number, self._today, (56, 63), in_party=True)
        self.moves.people.append(person)
        self.moves.terms.append(
            TermOfOffice(
                id=new_id(),
                person_id=person.id,
                division_code=village.code,
                post=Post.COMMITTEE_MEMBER,
                start=_BEGAN,
                end=end,
                how="01",
                end_reason=reason,
                end_approval=_approval(end),
            )
        )

    def _began(self, village: Division, post: Post, start: str, how: str) -> list[TermOfOffice]:
        """One of those who hold a post took it, and all other posts of the village, up this year; what it was before."""
        holder = next(
            term.person_id
            for term in reversed(self._terms)
            if (term.division_code, term.post) == (village.code, post) and term.end is None
        )
        held = [t for t in self._terms if t.person_id == holder and t.end is None]
        self.moves.changed |= {term.id: self._anew(term, start, how) for term in held}
        return [self._anew(held[0], start, how)]

    @staticmethod
    def _anew(term: TermOfOffice, start: str, how: str) -> TermOfOffice:
        return replace(term, start=start, how=how, approval=_approval(start), filed=start)

    def _earlier(self, term: TermOfOffice, village: str, post: Post, reason: str) -> None:
        """What somebody held until the month before a term began."""
        assert term.start is not None
        year, month = map(int, term.start.split("-"))
        end = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02d}"
        self.moves.terms.append(
            replace(
                term,
                id=new_id(),
                division_code=village,
                post=post,
                title=None,
                start=_BEGAN,
                end=end,
                how="01",
                end_reason=reason,
                approval=None,
                end_approval=term.approval,
                filed=None,
            )
        )


def _approval(month: str) -> str:
    return f"镇党委〔{month[:4]}〕{int(month[5:])}号"
