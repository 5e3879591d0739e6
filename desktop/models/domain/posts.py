"""Posts (职务) in a village's party organisation and committees: the eight that are reported, and how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from desktop.models.domain.cleaning import compact, means_nothing


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


@dataclass(frozen=True, slots=True)
class PostsReading:
    """What a cell of posts says: posts in their order, a status (主持工作), the party form it betrays, problems."""

    posts: tuple[HeldPost, ...] = ()
    status: str | None = None
    party_form: PartyForm | None = None
    problem: str | None = None


_PARTY_PREFIXES = tuple(
    place + body
    for place in ("", "村", "社区", "居", "村级")
    for body in (
        "党支部",
        "支部",
        "党总支",
        "总支",
        "党总支部",
        "总支部",
        "党委",
        "党组织",
        "大党委",
        "党支部委员会",
        "党委会",
    )
)
_VILLAGE_PREFIXES = (
    *(
        "村委会",
        "村民委员会",
        "村委",
        "村民委",
        "村居委会",
        "村居民委员会",
        "居委会",
        "居民委员会",
        "居委",
        "居民委",
    ),
    *("社区居委会", "社区居民委员会", "社区委员会", "社区居委"),
)
_SUPERVISORY_PREFIXES = tuple(
    place + body
    for place in ("", "村", "居", "社区", "村务", "居务", "村居务")
    for body in ("监委会", "监督委员会", "监委", "监督", "监督委", "务监督委员会", "监会")
)
_DUTY_WORDS = (
    "组织",
    "宣传",
    "纪检",
    "统战",
    "青年",
    "妇女",
    "纪律检查",
    "群团",
    "群众",
    "武装",
    "生活",
    "保密",
    "学习",
    "文体",
)
_STATUSES = (
    "主持工作",
    "主持全面工作",
    "负责全面工作",
    "负责",
    "临时负责",
    "临时主持工作",
    "代理",
    "全面工作",
)
_BOTH_HEADS = ("一肩挑", "书记主任一肩挑", "书记、主任一肩挑")
_NOT_PARTY_SECRETARY = (
    "第一书记",
    "驻村第一书记",
    "驻村工作队长",
    "驻村工作队队长",
    "驻村工作队员",
    "工作队长",
    "工作队队长",
    "书记助理",
    "主任助理",
    "村主任助理",
)
_SUPPORTING = (
    *(
        "文书",
        "村文书",
        "会计",
        "村会计",
        "报账员",
        "出纳",
        "妇联主席",
        "村妇联主席",
        "妇联主任",
        "妇女主任",
        "妇代会主任",
        "妇联执委",
    ),
    *(
        "团支部书记",
        "团支书",
        "共青团书记",
        "团总支书记",
        "民兵连长",
        "民兵营长",
        "治保主任",
        "治保会主任",
        "调解主任",
        "治调主任",
    ),
    *(
        "调解员",
        "网格员",
        "网格长",
        "专职网格员",
        "合作社理事长",
        "村集体经济合作社理事长",
        "股份经济合作社理事长",
        "经济合作社理事长",
    ),
    *(
        "集体经济组织负责人",
        "合作社社长",
        "经合社社长",
        "合作社监事长",
        "监事长",
        "理事长",
        "民政专干",
        "人社专干",
        "综治专干",
        "党建专干",
    ),
    *(
        "计生专干",
        "扶贫专干",
        "乡村振兴专干",
        "专干",
        "村医",
        "信访员",
        "护林员",
        "工会主席",
        "关工委主任",
        "残协主席",
        "残协专干",
    ),
    *(
        "老年协会会长",
        "后备干部",
        "社区工作者",
        "社工",
        "公共服务站站长",
        "计生主任",
        "办公室主任",
        "村民小组长",
        "组长",
        "党小组长",
    ),
)


@lru_cache(maxsize=1)
def _wordings() -> dict[str, HeldPost | None]:
    """Every known wording without separators; None marks words that are no post by themselves."""
    table: dict[str, HeldPost | None] = {}

    def add(prefixes: tuple[str, ...], roles: dict[str, Post]) -> None:
        for prefix in prefixes:
            for role, post in roles.items():
                table[prefix + role] = HeldPost(post)

    party = {
        "书记": Post.PARTY_SECRETARY,
        "副书记": Post.PARTY_DEPUTY,
        "委员": Post.PARTY_MEMBER,
        "支委": Post.PARTY_MEMBER,
    }
    add(_PARTY_PREFIXES, party)
    add(("", "专职", "常务"), {"副书记": Post.PARTY_DEPUTY, "副支书": Post.PARTY_DEPUTY})
    add(
        ("", "村", "社区"),
        {"书记": Post.PARTY_SECRETARY, "支书": Post.PARTY_SECRETARY, "副书记": Post.PARTY_DEPUTY},
    )
    add(("", "村"), {"支委": Post.PARTY_MEMBER, "副支书": Post.PARTY_DEPUTY, "支部委员": Post.PARTY_MEMBER})
    heads = {"主任": Post.COMMITTEE_HEAD, "副主任": Post.COMMITTEE_DEPUTY}
    add(("", "村", "社区", *_VILLAGE_PREFIXES), heads)
    add(_VILLAGE_PREFIXES, {"委员": Post.COMMITTEE_MEMBER, "成员": Post.COMMITTEE_MEMBER})
    add(("村委", "居委", "村委会", "居委会"), {"": Post.COMMITTEE_MEMBER})
    add(("",), {"村长": Post.COMMITTEE_HEAD, "副村长": Post.COMMITTEE_DEPUTY})
    watch = {"主任": Post.SUPERVISORY_HEAD, "委员": Post.SUPERVISORY_MEMBER, "成员": Post.SUPERVISORY_MEMBER}
    add(_SUPERVISORY_PREFIXES, watch)
    add(("村务监督主任", "居务监督主任"), {"": Post.SUPERVISORY_HEAD})
    for word in _DUTY_WORDS:
        if word != "妇女":  # a bare 妇女委员 may sit on either committee
            table[f"{word}委员"] = HeldPost(Post.PARTY_MEMBER, f"{word}委员")
        for prefix in _PARTY_PREFIXES:
            table[f"{prefix}{word}委员"] = HeldPost(Post.PARTY_MEMBER, f"{word}委员")
        for prefix in _VILLAGE_PREFIXES:
            table[f"{prefix}{word}委员"] = HeldPost(Post.COMMITTEE_MEMBER, f"{word}委员")
    table |= {word: HeldPost(Post.SUPPORTING, word) for word in _SUPPORTING}
    table |= dict.fromkeys(
        (*_STATUSES, *_BOTH_HEADS, *_NOT_PARTY_SECRETARY, "一肩挑", "专职", "在任", "现任"), None
    )
    table |= dict.fromkeys(
        ("委员", "两委委员", "两委成员", "两委干部", "妇女委员", "村干部", "支村委员"), None
    )
    return table


_CONTEXT_WORDS = {
    Committee.PARTY: {"委员": Post.PARTY_MEMBER, "成员": Post.PARTY_MEMBER, "妇女委员": Post.PARTY_MEMBER},
    Committee.VILLAGERS: {
        "委员": Post.COMMITTEE_MEMBER,
        "成员": Post.COMMITTEE_MEMBER,
        "妇女委员": Post.COMMITTEE_MEMBER,
    },
    Committee.SUPERVISORY: {
        "主任": Post.SUPERVISORY_HEAD,
        "委员": Post.SUPERVISORY_MEMBER,
        "成员": Post.SUPERVISORY_MEMBER,
    },
}
_LISTED_DUTIES = re.compile(
    rf"((?:{'|'.join(sorted(_PARTY_PREFIXES, key=len, reverse=True))})?)"
    rf"((?:{'|'.join(_DUTY_WORDS)})(?:[、,和及/](?:{'|'.join(_DUTY_WORDS)}))+)(?:委员)"
)
_SEPARATORS = re.compile(r"[、,;/+()\[\]【】〔〕&|。·—-]|兼任|兼职|兼|(?<!调)和(?!谐)|及|以及|\n")
_ENDED = re.compile(r"^(?:原|曾任|前任)|已离任|已免|已辞|离任|卸任")
_PLANNED = re.compile(r"拟任|拟提|提名|候选")
_FORMS = (
    (PartyForm.GENERAL_BRANCH, ("党总支", "总支")),
    (PartyForm.COMMITTEE, ("党委",)),
    (PartyForm.BRANCH, ("支部", "支书", "支委")),
)


def party_form_in(text: str) -> PartyForm | None:
    """The form of the party body that a wording betrays: 党总支书记 → 党总支; 书记 tells nothing."""
    return next((form for form, words in _FORMS if any(word in text for word in words)), None)


def read_posts(text: str, column: Committee | None = None, village: str | None = None) -> PostsReading:
    """Read a cell of posts.

    Args:
        text: the cell; several posts joined in any of the ways offices join them.
        column: the body that the column's heading names; it decides what a bare 委员 is.
        village: the village's short name, which some offices write before each post.
    """
    if means_nothing(text):
        return PostsReading()
    plain = compact(text).replace("村(居)", "村居").replace("村(社区)", "村")
    if village:
        plain = re.sub(rf"{re.escape(village)}(?:村|社区)?(?=党|支|村|居|社区|书|主|副|监)", "", plain)
    if _PLANNED.search(plain):
        return PostsReading(problem=f"“{text.strip()}”是拟任职务，本软件不登记拟任人选，请填现任职务。")
    if _ENDED.search(plain):
        return PostsReading(problem=f"“{text.strip()}”是已经离任的职务，没有记为现任，请核对。")
    found, unknown, asked, status = _take_apart(plain, column)
    posts = tuple(sorted(dict.fromkeys(found), key=lambda held: held.post))
    problem = _problem(text.strip(), posts, unknown, asked, status)
    return PostsReading(posts, status, party_form_in(plain), problem)


def _take_apart(
    plain: str, column: Committee | None
) -> tuple[list[HeldPost], list[str], list[str], str | None]:
    found: list[HeldPost] = []
    unknown: list[str] = []
    asked: list[str] = []
    status: str | None = None

    def listed(match: re.Match[str]) -> str:
        found.append(HeldPost(Post.PARTY_MEMBER, match[2].replace(",", "、").replace("/", "、") + "委员"))
        return "、"

    plain = _LISTED_DUTIES.sub(listed, plain)
    for piece in _SEPARATORS.split(plain):
        for word in _segments(piece, column):
            held = _CONTEXT_WORDS.get(column, {}).get(word) if column else None
            if held is not None:
                found.append(HeldPost(held))
            elif (known := _wordings().get(word)) is not None:
                found.append(known)
            elif word in _STATUSES:
                status = "主持工作"
            elif word in _BOTH_HEADS:
                found += [HeldPost(Post.PARTY_SECRETARY), HeldPost(Post.COMMITTEE_HEAD)]
            elif word in ("专职", "在任", "现任"):
                continue
            elif word in _wordings():
                asked.append(word)
            else:
                unknown.append(word)
    return found, unknown, asked, status


def _segments(piece: str, column: Committee | None) -> list[str]:
    """Cut a piece without separators into known wordings, the longest first; a rest nobody knows is one word."""
    words = _wordings()
    if not piece or piece in words or piece in _CONTEXT_WORDS.get(column or Committee.NONE, {}):
        return [piece] if piece else []
    cut: list[str] = []
    rest = piece
    while rest:
        word = next((rest[:n] for n in range(len(rest), 1, -1) if rest[:n] in words), None)
        if word is None:
            return [piece]  # half-known is unknown: 经济委员会主任 is no 主任
        cut.append(word)
        rest = rest[len(word) :]
    return cut


def _problem(
    text: str, posts: tuple[HeldPost, ...], unknown: list[str], asked: list[str], status: str | None
) -> str | None:
    if asked:
        if asked[0] in _NOT_PARTY_SECRETARY:
            return f"“{asked[0]}”不是党组织书记，也不在村“两委”八种职务里，没有记为职务，请核对。"
        return f"“{asked[0]}”没有写明是党组织的还是村（居）委会的，请写全，如“党支部委员”“村委会委员”。"
    if unknown:
        return f"不认得职务“{unknown[0]}”，请改成规范写法，如“党支部委员”“村委会副主任”。"
    if not posts:
        return f"“{text}”里没有职务" + ("，只是工作状态" if status else "") + "，请填任什么职务。"
    return None


def print_posts(posts: list[HeldPost] | tuple[HeldPost, ...], form: PartyForm, *, community: bool) -> str:
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
