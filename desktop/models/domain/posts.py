"""Posts (职务) in a village's party organisation and committees: the eight that are reported, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Committee(StrEnum):
    """Which body a post belongs to (党组织、村（居）委会、村务监督委员会)."""

    PARTY = "1"
    VILLAGERS = "2"
    SUPERVISORY = "3"
    NONE = "9"  # 配套职务


class Post(StrEnum):
    """The eight reported posts (domain list of this program) and what stands beside them.

    Values are stored and sort in the order of posts (职务序): never reuse one.
    """

    PARTY_SECRETARY = "11"
    PARTY_DEPUTY = "12"
    PARTY_MEMBER = "13"
    COMMITTEE_HEAD = "21"
    COMMITTEE_DEPUTY = "22"
    COMMITTEE_MEMBER = "23"
    SUPERVISORY_HEAD = "31"
    SUPERVISORY_MEMBER = "32"
    SUPPORTING = "90"  # 配套职务: 文书、妇联主席 …; the title says which
    PENDING = "99"  # 职务待核: the person serves in the village, as what was doubtful

    @property
    def committee(self) -> Committee:
        """The body of this post."""
        return Committee(self.value[0])

    @property
    def label(self) -> str:
        """The name that is reported (上报职务)."""
        return POST_LABELS[self]


POST_LABELS = {
    Post.PARTY_SECRETARY: "党组织书记",
    Post.PARTY_DEPUTY: "党组织副书记",
    Post.PARTY_MEMBER: "党组织委员",
    Post.COMMITTEE_HEAD: "村（居）委会主任",
    Post.COMMITTEE_DEPUTY: "村（居）委会副主任",
    Post.COMMITTEE_MEMBER: "村（居）委会委员",
    Post.SUPERVISORY_HEAD: "村务监督委员会主任",
    Post.SUPERVISORY_MEMBER: "村务监督委员会委员",
    Post.SUPPORTING: "配套职务",
    Post.PENDING: "职务待核",
}
REPORTED = tuple(post for post in Post if post < Post.SUPPORTING)
ON_COMMITTEES = tuple(post for post in Post if post < Post.SUPERVISORY_HEAD)  # 村“两委”


class PartyForm(StrEnum):
    """The form of a village's party body; it decides the printed wording of posts."""

    BRANCH = "branch"
    GENERAL_BRANCH = "general_branch"
    COMMITTEE = "committee"

    @property
    def label(self) -> str:
        """党支部、党总支 or 党委."""
        return {"branch": "党支部", "general_branch": "党总支", "committee": "党委"}[self.value]


@dataclass(frozen=True, slots=True)
class HeldPost:
    """One post as read from a cell: the code, and a title of its own (组织委员, 文书) where there is one."""

    post: Post
    title: str | None = None

    @property
    def kind(self) -> tuple[Post, str | None]:
        """What makes it another post: one of the eight is held once, whatever its title; 配套职务 differ by title."""
        return (self.post, self.title if self.post is Post.SUPPORTING else None)


def print_posts(posts: Iterable[HeldPost], form: PartyForm, *, community: bool) -> str:
    """The printed cell of posts: party posts first, in the local wording, joined by “、”.

    ``community``: a 社区 has a 居委会, a village a 村委会.
    """
    ordered = sorted(posts, key=lambda held: held.post)
    return "、".join(filter(None, (post_wording(held, form, community=community) for held in ordered)))


def post_wording(held: HeldPost, form: PartyForm, *, community: bool) -> str:
    """One post in the local wording: 党总支书记、居委会主任、党支部组织委员."""
    if held.post is Post.PENDING:
        return ""
    if held.post is Post.SUPPORTING:
        return held.title or held.post.label
    body = {
        Committee.PARTY: form.label,
        Committee.VILLAGERS: "居委会" if community else "村委会",
        Committee.SUPERVISORY: "居务监督委员会" if community else "村务监督委员会",
    }[held.post.committee]
    return body + (held.title or _ROLES[held.post])


_ROLES = {
    Post.PARTY_SECRETARY: "书记",
    Post.PARTY_DEPUTY: "副书记",
    Post.PARTY_MEMBER: "委员",
    Post.COMMITTEE_HEAD: "主任",
    Post.COMMITTEE_DEPUTY: "副主任",
    Post.COMMITTEE_MEMBER: "委员",
    Post.SUPERVISORY_HEAD: "主任",
    Post.SUPERVISORY_MEMBER: "委员",
}
