"""Terms of office (任职): one post held by one person in one village for one time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.domain.codes import APPOINTED_BY
from desktop.models.domain.fields import MONTH, TEXT, Field, Register, coded
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
