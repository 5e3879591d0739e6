"""Terms of office (任职): one post held by one person in one village for one time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    approval: str | None = None  # 批准机关及文号, by which the post was taken up
    end_approval: str | None = None  # by which it was given up
    filed: str | None = None  # 备案时间: a partial date

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
    keeping: Collection[HeldPost] = (),
) -> TermSteps:
    """What changes when a person's posts in one village become ``wanted``; none wanted: they stay as they are.

    A changed post with a later month ends the old one in the month before and starts the new; else it is a
    correction. Somebody new to the village without a known post keeps the place (职务待核). ``keeping`` are posts
    that nobody asked to end.
    """
    if not here:
        posts = wanted or (HeldPost(Post.PENDING),)
        return TermSteps(tuple(_term(person_id, division_code, held, since, status) for held in posts))
    asked = {held.kind: held for held in wanted}
    stays = {held.kind for held in keeping}
    held_here = {term.held.kind for term in here}
    gone = [t for t in here if wanted and t.held.kind not in asked and t.held.kind not in stays]
    kept = [t for t in here if not wanted or t.held.kind in asked]
    added = [held for kind, held in asked.items() if kind not in held_here]
    update: dict[str, dict[str, object]] = {t.id: _corrected(t, asked.get(t.held.kind), status) for t in kept}
    if since and not added and since not in {t.start for t in kept}:
        first = next((t.start for t in kept if t.start), None)
        for t in kept:
            if t.start in (None, first):
                update[t.id]["start"] = since
    if since and all(t.start and since > t.start and t.post != Post.PENDING for t in gone):
        update |= {t.id: {"end": _month_before(since)} for t in gone}
        gone = []
    for old, held in zip(gone, added, strict=False):
        new = _term(person_id, division_code, held, since, status)
        told = {name: getattr(new, name) for name in ("start", "status") if getattr(new, name) is not None}
        update[old.id] = {"post": new.post, "title": new.title, **told}
    inserted = (_term(person_id, division_code, held, since, status) for held in added[len(gone) :])
    changed = {term_id: changes for term_id, changes in update.items() if changes}
    return TermSteps(tuple(inserted), changed, tuple(t.id for t in gone[len(added) :]))


def _term(
    person_id: str, division_code: str, held: HeldPost, since: str | None, status: str | None
) -> TermOfOffice:
    return TermOfOffice(
        id=new_id(),
        person_id=person_id,
        division_code=division_code,
        post=held.post,
        title=held.title,
        start=since,
        status=status if held.post < Post.SUPPORTING else None,
    )


def _corrected(term: TermOfOffice, asked: HeldPost | None, status: str | None) -> dict[str, object]:
    """What is told anew of a post that stays: its title, the status of its holder."""
    changes: dict[str, object] = {}
    if asked is not None and asked.title != term.title:
        changes["title"] = asked.title
    if status is not None and term.status != status and term.post < Post.SUPPORTING:
        changes["status"] = status
    return changes


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
        Field(name="approval", label="批准机关及文号", kind=TEXT),
        Field(name="end_approval", label="离任批准文号", kind=TEXT),
        Field(name="filed", label="备案时间", kind=MONTH),
    ),
)
