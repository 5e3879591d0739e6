"""Terms of office: who serves when, and what a change of posts does to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from desktop.models.domain.posts import HeldPost, Post
from desktop.models.registers.term import TermOfOffice, TermSteps, revise_terms, serving_on
from tests.builders import term

SECRETARY, MEMBER, HEAD = (
    HeldPost(post) for post in (Post.PARTY_SECRETARY, Post.PARTY_MEMBER, Post.COMMITTEE_HEAD)
)


def revise(here: Sequence[TermOfOffice], *wanted: HeldPost, **about: object) -> TermSteps:
    """Revise the terms of one person in one village."""
    return revise_terms(here, "p-1", "421081104200", wanted, **about)  # type: ignore[arg-type]  # its keywords


def held(post: Post, start: str | None = "2018-01", **changes: object) -> TermOfOffice:
    """A term of that person."""
    return term("p-1", "421081104200", post, start=start, **changes)


@pytest.mark.parametrize(
    ("start", "end", "serves"),
    [
        (None, None, True),
        ("2021-11", None, True),
        ("2021-12", None, False),
        ("2021", None, True),
        ("2021-11-15", None, True),
        ("2021-11-16", None, False),
        ("2018-01", "2021-11", True),
        ("2018-01", "2021-10", False),
        ("2018-01", "2021-11-15", True),
        ("2018-01", "2021-11-14", False),
        ("2018-01", "2021", True),
    ],
)
def test_months_of_start_and_end_count_as_served(start: str | None, end: str | None, serves: bool) -> None:
    assert serving_on(held(Post.PARTY_MEMBER, start, end=end), date(2021, 11, 15)) == serves


def test_somebody_new_without_a_post_keeps_the_place() -> None:
    (pending,) = revise([], since="2021-11").insert

    assert (pending.post, pending.start) == (Post.PENDING, "2021-11")


def test_a_post_that_waited_to_be_checked_becomes_the_post() -> None:
    pending = held(Post.PENDING, None)

    steps = revise([pending], SECRETARY, since="2021-11", status="主持工作")

    assert steps.update == {
        pending.id: {"post": "11", "title": None, "start": "2021-11", "status": "主持工作"}
    }
    assert not steps.insert
    assert not steps.delete


def test_nothing_wanted_changes_no_post() -> None:
    assert not revise([held(Post.PARTY_MEMBER)])


def test_posts_without_a_month_are_corrected() -> None:
    member = held(Post.PARTY_MEMBER)

    assert revise([member], SECRETARY).update == {member.id: {"post": "11", "title": None}}


def test_a_later_month_ends_the_old_post_the_month_before() -> None:
    member = held(Post.PARTY_MEMBER)

    steps = revise([member], SECRETARY, since="2022-01")

    assert steps.update == {member.id: {"end": "2021-12"}}
    assert [(t.post, t.start) for t in steps.insert] == [("11", "2022-01")]


def test_a_bare_year_ends_the_old_post_the_year_before() -> None:
    member = held(Post.PARTY_MEMBER)

    assert revise([member], SECRETARY, since="2022").update == {member.id: {"end": "2021"}}


def test_a_post_without_a_start_cannot_have_ended_earlier() -> None:
    member = held(Post.PARTY_MEMBER, None)

    assert revise([member], SECRETARY, since="2022-01").update[member.id]["post"] == "11"


def test_a_dropped_post_without_a_later_month_was_an_error() -> None:
    secretary, head = held(Post.PARTY_SECRETARY), held(Post.COMMITTEE_HEAD)

    assert revise([secretary, head], SECRETARY, since="2018-01").delete == (head.id,)


def test_posts_to_keep_are_neither_ended_nor_removed() -> None:
    secretary, head = held(Post.PARTY_SECRETARY), held(Post.COMMITTEE_HEAD)

    assert not revise([secretary, head], SECRETARY, keeping=[HEAD])


def test_another_month_of_the_same_posts_corrects_those_that_began_together() -> None:
    secretary, head, member = (
        held(Post.PARTY_SECRETARY),
        held(Post.COMMITTEE_HEAD),
        held(Post.PARTY_MEMBER, "2011-01"),
    )

    steps = revise([secretary, head, member], SECRETARY, HEAD, MEMBER, since="2019-05")

    assert steps.update == {secretary.id: {"start": "2019-05"}, head.id: {"start": "2019-05"}}


def test_a_title_and_a_status_are_told_anew() -> None:
    member = held(Post.PARTY_MEMBER, title="组织委员")

    steps = revise([member], HeldPost(Post.PARTY_MEMBER, "宣传委员"), status="主持工作")

    assert steps.update == {member.id: {"title": "宣传委员", "status": "主持工作"}}


def test_supporting_posts_differ_by_title() -> None:
    clerk = held(Post.SUPPORTING, title="文书")

    steps = revise([clerk], HeldPost(Post.SUPPORTING, "文书"), HeldPost(Post.SUPPORTING, "妇联主席"))

    assert [t.title for t in steps.insert] == ["妇联主席"]
    assert not steps.update


def test_a_status_is_not_that_of_a_supporting_post() -> None:
    steps = revise([], SECRETARY, HeldPost(Post.SUPPORTING, "文书"), status="主持工作")

    assert [t.status for t in steps.insert] == ["主持工作", None]
