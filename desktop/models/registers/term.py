"""Terms of office (任职): one post held by one person in one village for one time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from desktop.models.domain.codes import APPOINTED_BY
from desktop.models.domain.fields import MONTH, TEXT, Field, Register, coded
from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import HeldPost, Post


@dataclass(frozen=True, slots=True, kw_only=True)
class TermOfOffice:
    """One post held by one person; sitting on both committees (交叉任职) is two records, one ``person_id``."""

    id: str
    person_id: str
    division_code: str  # 12 digits
    post: str  # a Post
    title: str | None = None  # 组织委员, 文书: what the post is called here
    start: str | None = None  # a partial date: offices know the month
    end: str | None = None  # the last day or month served; None while serving
    how: str | None = None  # 任免方式, a code
    end_reason: str | None = None
    status: str | None = None  # 主持工作

    @property
    def held(self) -> HeldPost:
        """The post apart from who holds it."""
        return HeldPost(Post(self.post), self.title)


def serving_on(term: TermOfOffice, day: date) -> bool:
    """Whether the post was held on ``day``; the months of start and end count as served."""
    text = day.isoformat()
    started = term.start is None or term.start <= text[: len(term.start)]
    return started and (term.end is None or term.end >= text[: len(term.end)])


@dataclass(frozen=True, slots=True)
class TermSteps:
    """What happens to terms of office: rows to insert, to change (id → fields), to remove."""

    insert: tuple[TermOfOffice, ...] = ()
    update: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    delete: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.insert or self.update or self.delete)


def revise_terms(
    here: Sequence[TermOfOffice],
    person_id: str,
    division_code: str,
    wanted: Sequence[HeldPost],
    *,
    since: str | None = None,
    status: str | None = None,
) -> TermSteps:
    """What changes when a person's posts in one village become ``wanted``; none wanted: they stay as they are.

    A changed post with a later month ends the old one in the month before and starts the new; else it is a
    correction. Somebody new to the village without a known post keeps the place (职务待核).
    """

    def term(held: HeldPost) -> TermOfOffice:
        told = status if held.post < Post.SUPPORTING else None
        return TermOfOffice(
            id=new_id(),
            person_id=person_id,
            division_code=division_code,
            post=held.post,
            title=held.title,
            start=since,
            status=told,
        )

    if not here:
        return TermSteps(tuple(term(held) for held in wanted or (HeldPost(Post.PENDING),)))
    gone = [t for t in here if t.held not in wanted] if wanted else []
    kept = [t for t in here if t not in gone]
    added = [held for held in wanted if held not in {t.held for t in kept}]
    if gone and added and since and all(t.start and since > t.start and t.post != Post.PENDING for t in gone):
        ended = {t.id: {"end": _month_before(since)} for t in gone}
        return TermSteps(tuple(term(held) for held in added), ended)
    update: dict[str, dict[str, object]] = {}
    if since and not added and since not in {t.start for t in kept}:
        first = next((t.start for t in here if t.start), None)
        update |= {t.id: {"start": since} for t in kept if t.start in (None, first)}
    for old, held in zip(gone, added, strict=False):
        update[old.id] = {"post": str(held.post), "title": held.title} | ({"start": since} if since else {})
    inserted = tuple(term(held) for held in added[len(gone) :])
    return TermSteps(inserted, update, tuple(t.id for t in gone[len(added) :]))


def _month_before(month: str) -> str:
    if len(month) < 7:
        return str(int(month[:4]) - 1)
    year, number = int(month[:4]), int(month[5:7])
    return f"{year - (number == 1):04d}-{(number - 2) % 12 + 1:02d}"


TERM = Register(
    name="term",
    title="任职",
    record=TermOfOffice,
    fields=(
        Field(name="post", label="职务", width_mm=34),
        Field(name="title", label="职务名称", width_mm=24),
        Field(name="start", label="任职时间", kind=MONTH),
        Field(name="end", label="离任时间", kind=MONTH),
        Field(name="how", label="任免方式", kind=coded(APPOINTED_BY)),
        Field(name="end_reason", label="离任原因", kind=TEXT),
        Field(name="status", label="状态", kind=TEXT),
    ),
)
