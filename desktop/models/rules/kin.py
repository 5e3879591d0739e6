"""Close relatives (近亲属) who serve together, found through what is on file of their families (家庭成员)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.models.registers.person_file import Relative
from desktop.models.rules.facts import Member, Profile, VillageFacts


@dataclass(frozen=True, slots=True)
class Kin:
    """Two who serve together, one on the other's list of relatives; ``sure`` unless only the name agrees."""

    one: Profile
    other: Profile
    relation: str  # what ``other`` is to ``one``
    sure: bool

    @property
    def words(self) -> str:
        """The pair as a sentence says it: 张三与李四（妻子）."""
        return f"{self.one.name}与{self.other.name}（{self.relation}{'' if self.sure else '，同名待核'}）"


def kin(village: VillageFacts, ones: Sequence[Member], others: Sequence[Member]) -> Iterator[Kin]:
    """The pairs of relatives between two groups of a village's members, each pair once."""
    seen: set[frozenset[str]] = set()
    for one, other in _either_way(ones, others):
        pair = frozenset((one.id, other.id))
        if len(pair) == 1 or pair in seen:
            continue
        for relative in village.relatives.get(one.id, ()):
            if (sure := _is(relative, other)) is not None:
                seen.add(pair)
                yield Kin(one, other, relative.relation, sure)
                break


def _either_way(ones: Sequence[Member], others: Sequence[Member]) -> Iterator[tuple[Profile, Profile]]:
    for one in ones:
        for other in others:
            yield one.person, other.person
            yield other.person, one.person


def _is(relative: Relative, person: Profile) -> bool | None:
    """Whether a relative is this person: surely, by name only (False), or not (None)."""
    if relative.relative_id is not None:
        return True if relative.relative_id == person.id else None
    if relative.name != person.name:
        return None
    if relative.birth is None or person.birth is None:
        return False
    length = min(len(relative.birth), len(person.birth))
    return True if relative.birth[:length] == person.birth[:length] else None
