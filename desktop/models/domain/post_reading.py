"""Reading cells of posts (职务): which of the eight posts a text says, in any of the ways offices join them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.post_words import (
    DUTIES_IN_BRACKETS,
    DUTY,
    LISTED_DUTIES,
    PARTY_DUTIES,
    SEPARATORS,
    WORD,
)
from desktop.models.domain.posts import Committee, HeldPost, PartyForm, Post


@dataclass(frozen=True, slots=True)
class PostsReading:
    """What a cell of posts says: posts in their order, a status (主持工作), the party form it betrays, problems."""

    posts: tuple[HeldPost, ...] = ()
    status: str | None = None
    party_form: PartyForm | None = None
    problem: str | None = None


_POSTS = {
    (Committee.PARTY, "书记"): Post.PARTY_SECRETARY,
    (Committee.PARTY, "副书记"): Post.PARTY_DEPUTY,
    (Committee.PARTY, "委员"): Post.PARTY_MEMBER,
    (Committee.VILLAGERS, "主任"): Post.COMMITTEE_HEAD,
    (Committee.VILLAGERS, "副主任"): Post.COMMITTEE_DEPUTY,
    (Committee.VILLAGERS, "委员"): Post.COMMITTEE_MEMBER,
    (Committee.SUPERVISORY, "主任"): Post.SUPERVISORY_HEAD,
    (Committee.SUPERVISORY, "委员"): Post.SUPERVISORY_MEMBER,
}
_BARE = {"书记": Committee.PARTY, "副书记": Committee.PARTY} | dict.fromkeys(
    ("主任", "副主任"), Committee.VILLAGERS
)
_SHORT = {  # the first that is in the word
    "副支书": Post.PARTY_DEPUTY,
    "支书": Post.PARTY_SECRETARY,
    "支委": Post.PARTY_MEMBER,
    "村委": Post.COMMITTEE_MEMBER,
    "居委": Post.COMMITTEE_MEMBER,
    "副村长": Post.COMMITTEE_DEPUTY,
    "村长": Post.COMMITTEE_HEAD,
}
_BODIES = {
    "party": Committee.PARTY,
    "villagers": Committee.VILLAGERS,
    "supervisory": Committee.SUPERVISORY,
}
_BOTH_HEADS = (HeldPost(Post.PARTY_SECRETARY), HeldPost(Post.COMMITTEE_HEAD))
_QUOTES = re.compile("[“”\"‘’']")
_PLANNED = re.compile(r"拟任|拟提|拟推|提名|候选")
_ENDED = re.compile(r"^(?:原(?!种场)|曾任|前任)|离任|离职|卸任|免职|辞职|已免|已辞|退休")
_STILL = re.compile(r"^(?:原|曾任|前任).*?现(?:任|为)")
_FORMS = {
    "总支": PartyForm.GENERAL_BRANCH,
    "党委": PartyForm.COMMITTEE,
    "支部": PartyForm.BRANCH,
}


@dataclass(slots=True)
class _Found:
    """What the words of a cell say."""

    posts: list[HeldPost] = field(default_factory=list)
    form: PartyForm | None = None
    status: str | None = None
    outside: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """Whether something is left to ask."""
        return bool(self.outside or self.unclear or self.unknown or not self.posts)


def read_posts(text: str, column: Committee | None = None, village: str | None = None) -> PostsReading:
    """Read a cell of posts.

    Args:
        text: the cell; several posts joined in any of the ways offices join them.
        column: the body that the column's heading names; it decides what a bare 委员 is.
        village: the village's short name, which some offices write before each post.
    """
    if means_nothing(text):
        return PostsReading()
    plain = _without_village(compact(text), village)
    # 书记 主任; but 村委会 主任 is one post
    apart = _without_village("、".join(map(compact, text.split())), village)
    if _PLANNED.search(plain):
        return PostsReading(problem=f"“{text.strip()}”是拟任职务，本软件不登记拟任人选，请填现任职务。")
    plain, apart = _STILL.sub("", plain), _STILL.sub("", apart)
    if _ENDED.search(plain):
        return PostsReading(problem=f"“{text.strip()}”是已经离任的职务，没有记为现任，请核对。")
    found = _read_words(apart, column)
    if found.doubtful and plain != apart:
        found = min((found, _read_words(plain, column)), key=lambda each: each.doubtful)
    posts = one_a_post(found.posts)
    return PostsReading(posts, found.status, found.form, _problem(text.strip(), posts, found))


def _without_village(text: str, village: str | None) -> str:
    plain = _QUOTES.sub("", text).replace("(居)", "居").replace("(社区)", "社区")
    if village and village in plain:
        plain = re.sub(rf"(?:[^、,;/+()]{{0,9}}(?:镇|乡|街道|办|开发区))?{re.escape(village)}", "", plain)
    return plain


def _read_words(plain: str, column: Committee | None) -> _Found:
    plain = DUTIES_IN_BRACKETS.sub(r"\1委员", plain)
    plain = LISTED_DUTIES.sub(lambda match: "".join(DUTY.findall(match[0])), plain)
    found = _Found()
    for piece in filter(None, SEPARATORS.split(plain)):
        words = list(_words(piece))
        if sum(len(word[0]) for word in words) < len(piece):
            found.unknown.append(piece)  # half-known is unknown: 主任科员 is no 主任
            continue
        for word in words:
            _take(word, column, found)
    return found


def _words(piece: str) -> Iterator[re.Match[str]]:
    """The words at the beginning of a piece without separators, as far as they are known."""
    start = 0
    while (word := WORD.match(piece, start)) is not None:
        yield word
        start = word.end()


def _take(word: re.Match[str], column: Committee | None, found: _Found) -> None:
    match word.lastgroup:
        case "outside":
            found.outside.append(word[0])
        case "status":
            found.status = "主持工作"
        case "unclear":
            found.unclear.append(word[0])
        case "both":
            found.posts += _BOTH_HEADS
        case "society" | "supporting":
            found.posts.append(HeldPost(Post.SUPPORTING, word[word.lastgroup]))
        case "short":
            found.posts += [HeldPost(post) for short, post in _SHORT.items() if short in word["short"]][:1]
        case "role":
            _take_role(word, column, found)


def _take_role(word: re.Match[str], column: Committee | None, found: _Found) -> None:
    role = word["role"].replace("成员", "委员")
    duties = DUTY.findall(word["duties"] or "")
    named = next((body for name, body in _BODIES.items() if word[name]), None)
    post = next(
        (_POSTS[body, role] for body in _bodies(role, duties, named, column) if (body, role) in _POSTS), None
    )
    if post is None:
        (found.unclear if role == "委员" and named is None else found.unknown).append(word[0])
        return
    if word["party"]:
        found.form = next((form for part, form in _FORMS.items() if part in word["party"]), found.form)
    found.posts.append(HeldPost(post, "、".join(duties) + "委员" if duties else None))


def _bodies(
    role: str, duties: list[str], named: Committee | None, column: Committee | None
) -> Iterator[Committee]:
    """The bodies a role may belong to: the one its word names, else the column's, else the only one that has it."""
    if named is not None:
        yield named
    elif duties and PARTY_DUTIES.issuperset(duties):
        yield Committee.PARTY
    else:
        if column is not None:
            yield column
        if column is not Committee.SUPERVISORY and role in _BARE:
            yield _BARE[role]


def one_a_post(held: Iterable[HeldPost]) -> tuple[HeldPost, ...]:
    """The posts in their order, each once: 支委 and 组织委员 of one person are one post with a title."""
    titles: dict[Post, dict[str, None]] = {}
    for each in held:
        titles.setdefault(each.post, {}).update({each.title: None} if each.title else {})
    posts = []
    for post in sorted(titles):
        words = list(titles[post])
        if post is Post.SUPPORTING:
            posts += [HeldPost(post, word) for word in words]
        else:
            duties = [word.removesuffix("委员") for word in words]
            posts.append(HeldPost(post, "、".join(duties) + "委员" if duties else None))
    return tuple(posts)


def _problem(text: str, posts: tuple[HeldPost, ...], found: _Found) -> str | None:
    if found.unclear:
        word = found.unclear[0]
        return f"“{word}”没有写明是党组织的还是村（居）委会的，请写全，如“党支部委员”“村委会委员”。"
    if found.outside:
        return f"“{found.outside[0]}”不在村“两委”和监委会的八种职务里，没有记为职务，请核对。"
    if found.unknown:
        return f"不认得职务“{found.unknown[0]}”，请改成规范写法，如“党支部委员”“村委会副主任”。"
    if not posts:
        return f"“{text}”里没有职务" + ("，只是工作状态" if found.status else "") + "，请填任什么职务。"
    return None
