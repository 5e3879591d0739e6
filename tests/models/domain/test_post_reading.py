"""Posts as written and as reported: the tables of domain.md 1.6, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.post_reading import read_posts
from desktop.models.domain.posts import (
    REPORTED,
    Committee,
    HeldPost,
    PartyForm,
    Post,
    post_wording,
    print_posts,
)

_WRITTEN = {
    Post.PARTY_SECRETARY: (
        "书记 支书 村支书 支部书记 党支部书记 村党支部书记 总支书记 党总支书记 党委书记 社区书记 社区党委书记 党组织书记 "
        "党支书 村书记 党总支部书记 村党总支书记 社区大党委书记 党支部委员会书记 专职书记 村（社区）党支部书记"
    ),
    Post.PARTY_DEPUTY: (
        "副书记 副支书 支部副书记 党支部副书记 党总支副书记 党委副书记 专职副书记 村党支部副书记 党支部专职副书记 村副书记"
    ),
    Post.PARTY_MEMBER: (
        "支委 支部委员 党支部委员 总支委员 党委委员 组织委员 宣传委员 纪检委员 统战委员 青年委员 "
        "党支部组织、宣传委员 党支部成员 支委会委员 支委委员 村支委 村纪检委员 党支部纪检委员 党支部委员（组织） "
        "党支部委员（宣传委员） 组织宣传委员 党支部妇女委员"
    ),
    Post.COMMITTEE_HEAD: (
        "主任 村主任 村委主任 村委会主任 村民委员会主任 居委会主任 居委主任 社区主任 村长 "
        "村（居）委会主任 社区居委会主任 居民委员会主任 社区居民委员会主任"
    ),
    Post.COMMITTEE_DEPUTY: "副主任 村副主任 村委会副主任 居委会副主任 村委副主任 社区副主任 副村长 常务副主任 村民委员会副主任",
    Post.COMMITTEE_MEMBER: (
        "村委 村委委员 村委会委员 村委会成员 居委 居委委员 居委会委员 村民委员会委员 居民委员会成员 社区居委会委员 "
        "村委会妇女委员 村委会委员（妇女） 村委会治保委员"
    ),
    Post.SUPERVISORY_HEAD: (
        "监委会主任 村监委会主任 监督委员会主任 村务监督主任 居务监督委员会主任 村务监督委员会主任 监委主任 社区监委会主任"
    ),
    Post.SUPERVISORY_MEMBER: (
        "监委会委员 监委委员 监督委员 村务监督委员 村务监督委员会委员 监委会成员 居务监督委员会委员 村监督委员会成员"
    ),
}
_WORDINGS = [(text, post) for post, texts in _WRITTEN.items() for text in texts.split()]


def held(text: str, column: Committee | None = None) -> list[Post]:
    """The posts a text says, without a doubt."""
    reading = read_posts(text, column)
    assert reading.problem is None
    return [each.post for each in reading.posts]


@pytest.mark.parametrize(("text", "post"), _WORDINGS)
def test_each_wording_is_one_of_the_eight(text: str, post: Post) -> None:
    assert held(text) == [post]


@pytest.mark.parametrize(
    "text",
    [
        *("书记、主任", "书记兼主任", "书记/主任", "书记 主任", "书记主任", "书记（主任）", "书记、主任一肩挑", "支书兼村主任"),
        *("党支部书记、村委会主任", "书记，主任", "书记,主任", "书记；主任", "书记;主任", "书记／主任", "书记+主任", "书记＋主任"),
        *("书记和主任", "书记及主任", "书记以及主任", "书记\n主任", "书记　主任", "书记(主任)", "书记兼任主任", "一肩挑", "书记（一肩挑）"),
        *("书记、主任“一肩挑”", "党支部书记（兼村委会主任）", "支部书记村主任", "书记、村主任", "党支部书记兼村民委员会主任"),
        *("1.党支部书记 2.村委会主任", "1、书记；2、主任", "村党支部书记、村委会主任（一肩挑）", "主任、书记", "书记.主任", "书记—主任"),
        *("党支部书记、村委会主任、", "【书记】主任", "现任党支部书记、村委会主任", "书记,兼主任"),
    ],
)  # fmt: skip
def test_both_heads_are_two_posts_however_they_are_joined(text: str) -> None:
    assert held(text) == [Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD]


@given(st.lists(st.sampled_from(_WORDINGS), min_size=1, max_size=4), st.sampled_from("、，/兼；+ \n"))
def test_any_wordings_joined_anyhow_are_their_posts_in_order(
    words: list[tuple[str, Post]], joint: str
) -> None:
    assert held(joint.join(text for text, _ in words)) == sorted({post for _, post in words})


@pytest.mark.parametrize("text", ["支委", "委员", "成员", "妇女委员", "组织委员", "党支部委员"])
def test_a_bare_member_is_decided_by_the_column_of_the_party(text: str) -> None:
    assert held(text, Committee.PARTY) == [Post.PARTY_MEMBER]


@pytest.mark.parametrize("text", ["村委", "委员", "成员", "妇女委员", "治保委员", "村委会委员"])
def test_a_bare_member_is_decided_by_the_column_of_the_committee(text: str) -> None:
    assert held(text, Committee.VILLAGERS) == [Post.COMMITTEE_MEMBER]


@pytest.mark.parametrize(
    ("text", "post"), [("主任", Post.SUPERVISORY_HEAD), ("委员", Post.SUPERVISORY_MEMBER)]
)
def test_bare_posts_in_the_column_of_the_supervisory_committee_are_its_own(text: str, post: Post) -> None:
    assert held(text, Committee.SUPERVISORY) == [post]


def test_a_deputy_of_the_supervisory_committee_is_no_deputy_of_the_villagers_committee() -> None:
    assert read_posts("副主任", Committee.SUPERVISORY).posts == ()
    assert read_posts("监委会副主任").posts == ()


@pytest.mark.parametrize(
    "text",
    [
        *("委员", "两委委员", "妇女委员", "两委成员", "村两委委员", "支村两委委员", "村“两委”成员", "两委干部", "村干部", "调解委员"),
        *("第一书记", "驻村第一书记", "党支部第一书记", "驻村工作队长", "驻村工作队队长", "书记助理", "村主任助理", "党支部书记助理"),
        *("主持工作", "负责全面工作", "临时负责", "主持村委会全面工作", "在任", "专职"),
        *("拟任村主任", "党支部书记候选人", "原村主任", "已离任", "党支部书记（已免职）", "2021年离任", "退休"),
        *("片长", "经济委员会主任", "主任科员", "代理主任", "村委会书记", "党支部主任", "后备干部", "√", "大学生村官", "#N/A", "经济"),
    ],
)  # fmt: skip
def test_what_is_no_post_of_the_eight_is_a_problem(text: str) -> None:
    reading = read_posts(text)

    assert reading.problem is not None
    assert reading.posts == ()


@pytest.mark.parametrize(
    "text",
    [
        *("文书", "会计", "报账员", "妇联主席", "团支部书记", "团支书", "民兵连长", "治保主任", "调解主任", "治保会主任", "妇代会主任"),
        *("网格员", "网格长", "专职网格员", "合作社理事长", "村集体经济合作社理事长", "合作社监事长", "经合社社长", "妇女主任"),
        *("民政专干", "人社专干", "综治专干", "党建专干", "村医", "村文书", "村委会会计", "共青团支部书记", "村综治专干", "治调主任"),
    ],
)  # fmt: skip
def test_supporting_posts_are_kept_beside_the_eight_without_a_problem(text: str) -> None:
    assert held(text) == [Post.SUPPORTING]


@pytest.mark.parametrize("text", ["", " ", "无", "—", "/", "　"])
def test_an_empty_cell_says_nothing(text: str) -> None:
    assert read_posts(text) == read_posts("")


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("村委会委员、文书", [Post.COMMITTEE_MEMBER, Post.SUPPORTING]),
        ("治保主任、村委会副主任", [Post.COMMITTEE_DEPUTY, Post.SUPPORTING]),
        ("支委村委", [Post.PARTY_MEMBER, Post.COMMITTEE_MEMBER]),
        ("纪检委员兼监委会主任", [Post.PARTY_MEMBER, Post.SUPERVISORY_HEAD]),
        ("副书记（主持工作）", [Post.PARTY_DEPUTY]),
        ("党支部副书记、主持党支部工作", [Post.PARTY_DEPUTY]),
        ("原村主任、现任支部书记", [Post.PARTY_SECRETARY]),
        ("村委会委员会计", [Post.COMMITTEE_MEMBER, Post.SUPPORTING]),
    ],
)
def test_words_beside_each_other_are_told_apart(text: str, posts: list[Post]) -> None:
    assert held(text) == posts


@pytest.mark.parametrize("text", ["村委会委员、片长", "支委、两委委员", "村委、第一书记"])
def test_what_is_known_of_a_cell_is_kept_and_the_rest_is_pointed_out(text: str) -> None:
    reading = read_posts(text)

    assert len(reading.posts) == 1
    assert reading.problem is not None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("党支部组织、宣传委员", "组织、宣传委员"),
        ("党支部委员（组织、宣传）", "组织、宣传委员"),
        ("支委、纪检委员", "纪检委员"),
        ("党支部组织委员、宣传委员", "组织、宣传委员"),
        ("党支部委员", None),
    ],
)
def test_the_duties_of_a_member_are_the_title_of_one_post(text: str, title: str | None) -> None:
    assert read_posts(text).posts == (HeldPost(Post.PARTY_MEMBER, title),)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "石华堰村党支部书记",
            "石华堰村书记",
            "石华堰党支部书记",
            "桃花山镇石华堰村党支部书记",
            "石首市桃花山镇石华堰村支书",
        ),
        *("石华堰村支部书记", "石华堰村村支书", "石华堰村党组织书记"),
    ],
)
def test_the_village_may_stand_before_its_posts(text: str) -> None:
    assert [each.post for each in read_posts(text, village="石华堰").posts] == [Post.PARTY_SECRETARY]


@pytest.mark.parametrize(
    "text", ["石华堰村委会主任", "石华堰村村委会主任", "石华堰村民委员会主任", "石华堰村主任"]
)
def test_the_village_may_lend_its_last_character_to_the_committee(text: str) -> None:
    assert [each.post for each in read_posts(text, village="石华堰").posts] == [Post.COMMITTEE_HEAD]


def test_another_village_before_a_post_is_not_taken_off() -> None:
    assert read_posts("小石桥村党支部书记", village="石华堰").problem is not None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("党支部书记", PartyForm.BRANCH),
        ("党总支书记", PartyForm.GENERAL_BRANCH),
        ("总支委员", PartyForm.GENERAL_BRANCH),
        ("社区党委书记", PartyForm.COMMITTEE),
        ("书记", None),
        ("支书", None),  # said of every form
        ("村委会委员、团支部书记", None),  # another body's
    ],
)
def test_a_wording_tells_the_form_of_the_party_body(text: str, form: PartyForm | None) -> None:
    assert read_posts(text).party_form == form


@pytest.mark.parametrize("community", [False, True])
@pytest.mark.parametrize("form", list(PartyForm))
@pytest.mark.parametrize(
    "each",
    [
        *(HeldPost(post) for post in REPORTED),
        *(HeldPost(Post.PARTY_MEMBER, title) for title in ("组织委员", "组织、宣传委员", "妇女委员")),
        HeldPost(Post.COMMITTEE_MEMBER, "妇女委员"),
        *(HeldPost(Post.SUPPORTING, title) for title in ("文书", "妇联主席", "村集体经济合作社理事长")),
    ],
)
def test_a_printed_post_is_read_as_what_it_was(each: HeldPost, form: PartyForm, community: bool) -> None:
    assert read_posts(post_wording(each, form, community=community)).posts == (each,)


def test_posts_are_printed_party_posts_first_in_the_local_wording() -> None:
    posts = [HeldPost(Post.SUPPORTING, "文书"), HeldPost(Post.COMMITTEE_HEAD), HeldPost(Post.PARTY_SECRETARY)]

    assert print_posts(posts, PartyForm.BRANCH, community=False) == "党支部书记、村委会主任、文书"
    assert print_posts(posts, PartyForm.COMMITTEE, community=True) == "党委书记、居委会主任、文书"
    assert print_posts([HeldPost(Post.PENDING)], PartyForm.BRANCH, community=False) == ""
