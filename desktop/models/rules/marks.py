"""What somebody is counted for in T4: the names of columns (and of what is not known), one decision a property."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from desktop.models.domain.cleaning import means_nothing
from desktop.models.domain.codes import education_band
from desktop.models.rules.facts import BOTH_HEADS, COMMITTEE_POSTS, PARTY_POSTS, Member, VillageFacts, age
from desktop.models.rules.structure_columns import AGES, COLLEGE_UP, EDUCATIONS, OLDER, SOURCES

Marks = tuple[str, ...]

UNKNOWN = {  # mark → what is not known of the person
    "age_unknown": "出生年月不全",
    "education_unknown": "学历未填",
    "source_unknown": "身份类别未填",
    "tenure_unknown": "届次或任职时间未登记",
}
_HAN = frozenset(("01", None))
_WOMEN, _MINORITY, _DELEGATE = ("women",), ("minority",), ("delegates",)
TENURES = ("continuing", "new", "tenure_unknown")  # what is said of somebody first where villages differ
_TENURE = {True: ("continuing",), False: ("new",), None: ("tenure_unknown",)}
_SOURCE_MARK = {code: (source.name,) for source in SOURCES for code in source.codes}
_WITH_COLLEGE = EDUCATIONS.index("college")


def marks_of(member: Member, village: VillageFacts, on: date) -> Marks:
    """What a member of a village is counted for on a day."""
    person = member.person
    return (
        *_by_posts(member.posts),
        *_by_age(person.birth, on),
        *_by_education(person.education),
        *_SOURCE_MARK.get(person.source or "", ("source_unknown",)),
        *(_WOMEN if person.sex == "2" else ()),
        *(() if person.ethnic_group in _HAN else _MINORITY),
        *(_DELEGATE if person.delegate and _is_delegate(person.delegate) else ()),
        *_TENURE[village.continues(member)],
    )


@lru_cache(maxsize=1024)
def _by_posts(posts: frozenset[str]) -> Marks:
    in_party, in_committee = not PARTY_POSTS.isdisjoint(posts), not COMMITTEE_POSTS.isdisjoint(posts)
    marks = ("people", "party" if in_party else "", "committee" if in_committee else "")
    crossed = "crossed" if in_party and in_committee else ""
    return tuple(filter(None, (*marks, crossed, "both_heads" if posts >= BOTH_HEADS else "")))


@lru_cache(maxsize=4096)
def _by_age(birth: str | None, on: date) -> Marks:
    years = age(birth, on)
    if years is None:
        return ("age_unknown",)
    return ("age_known", next((mark for most, mark in AGES if years <= most), OLDER))


@lru_cache(maxsize=128)
def _by_education(education: str | None) -> Marks:
    band = None if education is None else education_band(education)
    if band is None:
        return ("education_unknown",)
    return (EDUCATIONS[band], COLLEGE_UP) if band <= _WITH_COLLEGE else (EDUCATIONS[band],)


@lru_cache(maxsize=256)
def _is_delegate(text: str) -> bool:
    return not means_nothing(text) and text != "否"
