"""The roster: what its lines say, and which fields of one person do not agree."""

from __future__ import annotations

import pytest

from desktop.models.domain.posts import Post
from desktop.models.registers.roster import ROSTER, RosterRow, contradictions, value_of
from tests.builders import code_of, divisions, identity, person, term

MAN = identity("1985-07", sex="男")


def line(*posts: Post, village: str = "石华堰村委会", **changes: object) -> RosterRow:
    """A line of a person with some posts."""
    someone = person(**changes)
    code = code_of(village)
    terms = tuple(term(someone.id, code, post, start="2021-11") for post in posts)
    return RosterRow(person=someone, division=divisions()[code], township="桃花山镇", terms=terms)


@pytest.mark.parametrize(
    ("posts", "both_heads", "crossed"),
    [
        ((Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD), "是", "是"),
        ((Post.PARTY_MEMBER, Post.COMMITTEE_MEMBER), "否", "是"),
        ((Post.PARTY_SECRETARY,), "否", "否"),
        ((Post.PARTY_MEMBER, Post.SUPERVISORY_HEAD), "否", "否"),
        ((), "否", "否"),
    ],
)
def test_holding_posts_of_both_is_computed(posts: tuple[Post, ...], both_heads: str, crossed: str) -> None:
    row = line(*posts)

    assert (value_of(row, "both_heads"), value_of(row, "cross")) == (both_heads, crossed)


def test_every_field_has_a_value_to_show() -> None:
    row = line(Post.PARTY_SECRETARY, village="桥南居委会", birth="1985-07", pay=36000)

    shown = {field.name: field.kind.show(value_of(row, field.name)) for field in ROSTER.fields}

    assert shown["posts"] == "党支部书记"
    assert shown["village"] == "桥南社区"
    assert (shown["birth"], shown["pay"], shown["post_since"], shown["phone"]) == (
        "1985.07",
        "36000",
        "2021.11",
        "",
    )


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"id_number": MAN, "sex": "1", "birth": "1985-07"}, []),
        ({"id_number": MAN, "sex": "2"}, [("sex", True)]),
        ({"id_number": MAN, "birth": "1985-08"}, [("birth", False)]),
        ({"id_number": MAN, "birth": "1985"}, []),
        ({"id_number": MAN, "birth": "1984"}, [("birth", False)]),
        ({"sex": "2", "birth": "1985-08"}, []),
        ({"birth": "1985-07", "party_joined": "1985-06"}, [("party_joined", False)]),
        ({"birth": "1985-07", "party_joined": "1985"}, []),
        ({"birth": "1985-07", "post_since": "1980-01"}, [("post_since", False)]),
        ({"birth": "1985-07", "cadre_since": "1980-01"}, [("cadre_since", False)]),
        ({"cadre_since": "2012-01", "post_since": "2011-12"}, [("post_since", False)]),
        (
            {
                "birth": "1985-07",
                "cadre_since": "2008-01",
                "post_since": "2021-11",
                "party_joined": "2007-07",
            },
            [],
        ),
        ({}, []),
    ],
)
def test_a_sex_that_contradicts_is_left_out_and_months_are_pointed_out(
    values: dict[str, object], found: list[tuple[str, bool]]
) -> None:
    assert [(each.field, each.drop) for each in contradictions(values)] == found


def test_no_two_fields_of_the_roster_share_a_heading() -> None:
    words = [word for field in ROSTER.fields for word in {field.label, *field.headings}]

    assert len(words) == len(set(words))
