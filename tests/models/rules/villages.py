"""Villages as rules see them, built by hand: a test states only what matters."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from desktop.models.domain.posts import Post
from desktop.models.registers.division import Division
from desktop.models.registers.person_file import Recognition, Relative
from desktop.models.rules.checks import CHECKS, Hit
from desktop.models.rules.facts import Member, Profile, Reserve, RunningTerm, Sanction, VillageFacts
from desktop.models.rules.rule import known_rules

ON = date(2026, 11, 24)
PARTY, VILLAGERS, SUPERVISORY = "1", "2", "3"
HEAD = (Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD)

_numbers = count(1)


def person(name: str = "张建国", **others: Any) -> Profile:
    return Profile(id=f"p-{next(_numbers)}", name=name)._replace(**others)


def member(*posts: Post, since: str | None = None, **others: Any) -> Member:
    """Somebody who holds ``posts`` since then; ``others`` are of the person."""
    begun = tuple((str(post), since) for post in posts)
    return Member(person(**others), frozenset(posts), begun)


def members(*groups: tuple[Post, ...]) -> tuple[Member, ...]:
    """Nobody in particular for each group of posts."""
    return tuple(member(*posts, name=f"甲{number}") for number, posts in enumerate(groups))


def village(
    *there: Member,
    kind: str = "village",
    party_form: str = "branch",
    approved_posts: int | None = None,
    party_members: int | None = None,
    reserves: tuple[Profile, ...] = (),
    terms: tuple[tuple[str, RunningTerm], ...] = (),
    sanctions: tuple[tuple[Profile, Recognition], ...] = (),
    relatives: tuple[Relative, ...] = (),
    code: str = "421081106200",
    name: str = "毕家塘村",
    parent: str = "421081106000",
    township: str = "东升镇",
) -> VillageFacts:
    division = Division(
        code=code,
        name=name,
        kind=kind,
        parent=parent,
        position=1,
        approved_posts=approved_posts,
        party_form=party_form,
    )
    listed: dict[str, tuple[Relative, ...]] = {}
    for relative in relatives:
        listed[relative.person_id] = (*listed.get(relative.person_id, ()), relative)
    return VillageFacts(
        division=division,
        township=township,
        members=there,
        reserves=tuple(Reserve(each) for each in reserves),
        terms=dict(terms),
        party_members=party_members,
        sanctions=tuple(Sanction(who, record) for who, record in sanctions),
        relatives=listed,
    )


def term(committee: str, *, start: str | None = "2021-12", due: str | None = None) -> tuple[str, RunningTerm]:
    return committee, RunningTerm(start=start, due=due)


def relative(of: Profile, relation: str, name: str, **others: str | None) -> Relative:
    return Relative(id="r", person_id=of.id, relation=relation, name=name, **others)


def sanction(**fields: str) -> Recognition:
    return Recognition(**({"id": "s", "person_id": "", "kind": "2", "title": "党纪处分"} | fields))


def found(rule_id: str, facts: VillageFacts, on: date = ON, **limits: int) -> list[Hit]:
    """What one rule finds in a village of a kind it is for, with its own numbers or others."""
    rule = next(rule for rule in known_rules() if rule.id == rule_id)
    assert facts.division.kind in rule.kinds
    return list(CHECKS[rule_id](facts, rule.limits | limits, on))


def words(rule_id: str, facts: VillageFacts, on: date = ON, **limits: int) -> list[str]:
    """The words of that."""
    return [hit.words for hit in found(rule_id, facts, on, **limits)]
