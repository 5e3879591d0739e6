"""Every rule of the health check: a village that trips it and one that does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.models.domain.posts import Post
from desktop.models.rules.checks import CHECKS
from desktop.models.rules.rule import Severity
from tests.models.rules.villages import (
    HEAD,
    PARTY,
    SUPERVISORY,
    VILLAGERS,
    found,
    member,
    members,
    person,
    relative,
    sanction,
    term,
    village,
    words,
)

P, C, S = (Post.PARTY_MEMBER,), (Post.COMMITTEE_MEMBER,), (Post.SUPERVISORY_MEMBER,)


def test_r1_a_branch_of_its_own_needs_three_party_members() -> None:
    assert words("R1", village(party_members=2)) == ["登记党员 2 人，单独成立党支部应有 3 人以上。"]
    assert words("R1", village(party_members=3)) == []


def test_r1_and_r2_are_silent_where_nobody_wrote_down_the_party_members() -> None:
    assert words("R1", village()) == []
    assert words("R2", village(*members(HEAD, P, P, P, P, P, P, P))) == []


def test_r1_is_about_branches() -> None:
    assert words("R1", village(party_members=2, party_form="general_branch")) == []


def test_r2_a_branch_of_seven_has_a_committee_of_three_to_seven() -> None:
    assert words("R2", village(*members(HEAD, P), party_members=7)) == [
        "登记党员 7 人，支部委员会 2 人，少于 3 人。"
    ]
    assert words("R2", village(*members(HEAD, *[P] * 7), party_members=40)) == [
        "登记党员 40 人，支部委员会 8 人，超过 7 人。"
    ]
    assert words("R2", village(*members(HEAD, P, P), party_members=7)) == []
    assert words("R2", village(*members(HEAD, *[P] * 6), party_members=40)) == []


def test_r2_a_smaller_branch_has_a_secretary_and_a_deputy() -> None:
    assert words("R2", village(*members(HEAD, P, P), party_members=6)) == [
        "登记党员 6 人，不足 7 人，只设书记和副书记，现有党组织成员 3 人。"
    ]
    assert words("R2", village(*members(HEAD, (Post.PARTY_DEPUTY,)), party_members=6)) == []


def test_r2_is_silent_where_no_party_post_is_written_down() -> None:
    assert words("R2", village(*members(C, C, C), party_members=40)) == []


def test_r3_more_than_fifty_members_may_have_a_general_branch() -> None:
    assert words("R3", village(party_members=51)) == [
        "登记党员 51 人，超过 50 人，可以设党总支，现为党支部。"
    ]
    assert words("R3", village(party_members=50)) == []
    assert words("R3", village(party_members=100)) == []  # R4 speaks


def test_r3_a_general_branch_has_a_committee_of_five_to_nine() -> None:
    four, five = members(HEAD, P, P, P), members(HEAD, P, P, P, P)
    assert words("R3", village(*four, party_form="general_branch")) == ["党总支委员会 4 人，少于 5 人。"]
    assert words("R3", village(*five, party_form="general_branch")) == []
    assert words("R3", village(party_form="general_branch")) == []


def test_r4_a_hundred_members_may_have_a_party_committee() -> None:
    assert words("R4", village(party_members=100, party_form="general_branch")) == [
        "登记党员 100 人，经县级党委批准可以设党委，现为党总支。"
    ]
    assert words("R4", village(party_members=99)) == []


def test_r4_a_party_committee_has_five_to_nine() -> None:
    assert words("R4", village(*members(HEAD, *[P] * 9), party_form="committee")) == [
        "党委 10 人，超过 9 人。"
    ]
    assert words("R4", village(*members(HEAD, *[P] * 8), party_form="committee", party_members=150)) == []


@pytest.mark.parametrize(
    ("rule", "committee", "kind", "body"),
    [
        ("R5", PARTY, "village", "党组织"),
        ("R5", PARTY, "community", "党组织"),
        ("R6-3", VILLAGERS, "village", "村委会"),
        ("R7-2", VILLAGERS, "community", "居委会"),
    ],
)
def test_r5_r6_r7_a_term_runs_out(rule: str, committee: str, kind: str, body: str) -> None:
    def told(due: str) -> list[str]:
        return words(rule, village(kind=kind, terms=(term(committee, due=due),)))

    assert told("2027-06") == []  # seven months
    assert told("2027-05") == [f"{body}本届 2027.05 届满，还有 6 个月。"]
    assert told("2027-03") == [f"{body}本届 2027.03 届满，还有 4 个月。"]
    assert told("2027-02") == [f"{body}本届 2027.02 届满，还有 3 个月，请抓紧准备。"]
    assert told("2026-11") == [f"{body}本届 2026.11 届满，就在本月，请抓紧准备。"]
    assert told("2026-10") == [f"{body}本届已于 2026.10 届满，超期 1 个月。"]


def test_a_term_that_is_over_weighs_more() -> None:
    over = village(terms=(term(PARTY, due="2026-10"),))
    coming = village(terms=(term(PARTY, due="2026-12"),))
    assert [hit.severity for hit in found("R5", over)] == [Severity.ERROR]
    assert [hit.severity for hit in found("R5", coming)] == [None]


def test_a_term_without_an_end_lasts_five_years() -> None:
    assert words("R6-3", village(terms=(term(VILLAGERS, start="2021-12"),))) == [
        "村委会本届 2026.12 届满，还有 1 个月，请抓紧准备。"
    ]
    assert words("R6-3", village(terms=(term(VILLAGERS, start=None),))) == []


def test_the_months_of_warning_can_be_changed() -> None:
    assert words("R5", village(terms=(term(PARTY, due="2027-08"),)), months=9) == [
        "党组织本届 2027.08 届满，还有 9 个月。"
    ]


def test_terms_of_other_bodies_are_no_matter_of_r5() -> None:
    terms = (term(VILLAGERS, due="2026-12"), term(SUPERVISORY, due="2026-12"))
    assert words("R5", village(terms=terms)) == []


def test_r6_a_village_committee_has_three_to_seven() -> None:
    assert words("R6-1", village(*members(HEAD, C))) == ["村委会 2 人，少于 3 人。"]
    assert words("R6-1", village(*members(HEAD, *[C] * 7))) == ["村委会 8 人，超过 7 人。"]
    assert words("R6-1", village(*members(HEAD, C, C))) == []
    assert words("R6-1", village(*members(HEAD, *[C] * 6))) == []


def test_r6_says_nothing_of_a_village_that_nobody_entered_yet() -> None:
    assert words("R6-1", village()) == []
    assert words("R6-1", village(*members(S))) == []


def test_r6_there_should_be_a_woman_on_the_committee() -> None:
    men = (member(*HEAD, sex="1"), member(*C, sex="1"), member(*C, sex="1"))
    assert words("R6-2", village(*men)) == ["村委会 3 人中没有妇女成员。"]
    assert words("R6-2", village(*men, member(*C, sex="2"))) == []


def test_r6_a_woman_who_sits_only_in_the_party_branch_does_not_count() -> None:
    assert words("R6-2", village(member(*HEAD, sex="1"), member(*P, sex="2"))) != []


def test_r6_does_not_judge_where_a_sex_is_not_known() -> None:
    assert words("R6-2", village(member(*HEAD, sex="1"), member(*C))) == []


def test_r7_a_residents_committee_has_five_to_nine() -> None:
    assert words("R7-1", village(*members(HEAD, C, C, C), kind="community")) == ["居委会 4 人，少于 5 人。"]
    assert words("R7-1", village(*members(HEAD, *[C] * 9), kind="community")) == ["居委会 10 人，超过 9 人。"]
    assert words("R7-1", village(*members(HEAD, *[C] * 4), kind="community")) == []


def test_r8_nobody_supervises_the_committee_he_sits_on() -> None:
    both = member(Post.COMMITTEE_MEMBER, Post.SUPERVISORY_MEMBER, name="李军")
    (hit,) = found("R8-1", village(*members(HEAD), both))
    assert hit.words == "村务监督委员会成员同时是村委会成员。"
    assert [each.name for each in hit.people] == ["李军"]
    assert words("R8-1", village(*members(HEAD, (Post.PARTY_MEMBER, Post.SUPERVISORY_HEAD)))) == []


def test_r8_nobody_supervises_relatives() -> None:
    wife, husband = member(*S, name="王芳"), member(*C, name="李军")
    known = relative(wife.person, "丈夫", "李军", relative_id=husband.person.id)
    (hit,) = found("R8-2", village(wife, husband, relatives=(known,)))
    assert hit.words == "监委会成员与村委会成员是近亲属：王芳与李军（丈夫）。"
    assert hit.severity is None  # the rule's own: an error
    assert words("R8-2", village(wife, husband)) == []


def test_r8_a_relative_who_only_has_the_same_name_is_a_doubt() -> None:
    daughter, head = member(*S, name="李娜"), member(*HEAD, name="李军", birth="1970-03")
    by_name = relative(daughter.person, "父亲", "李军")
    (hit,) = found("R8-2", village(daughter, head, relatives=(by_name,)))
    assert hit.words == "监委会成员与村委会成员是近亲属：李娜与李军（父亲，同名待核）。"
    assert hit.severity is Severity.WARNING
    another = relative(daughter.person, "父亲", "李军", birth="1955-01")
    assert words("R8-2", village(daughter, head, relatives=(another,))) == []


def test_r8_two_heads_are_an_indicator() -> None:
    apart = members((Post.PARTY_SECRETARY,), (Post.COMMITTEE_HEAD,))
    assert words("R8-3", village(*apart)) == ["党组织书记与村委会主任由两人分别担任。"]
    assert words("R8-3", village(*members(HEAD))) == []
    assert words("R8-3", village(*members((Post.PARTY_SECRETARY,)))) == []  # no head known


def test_r8_nobody_who_crosses_is_an_indicator() -> None:
    assert words("R8-4", village(*members(P, C))) == ["党组织委员会成员与村委会成员没有交叉任职。"]
    assert words("R8-4", village(*members(HEAD, P, C))) == []
    assert words("R8-4", village(*members(P))) == []


def test_r8_the_head_of_supervision_is_as_a_rule_in_the_party() -> None:
    outside = member(Post.SUPERVISORY_HEAD, name="周平", political_status="13")
    (hit,) = found("R8-5", village(outside))
    assert [each.name for each in hit.people] == ["周平"]
    assert words("R8-5", village(member(Post.SUPERVISORY_HEAD, political_status="02"))) == []
    assert words("R8-5", village(member(Post.SUPERVISORY_HEAD))) == []


def test_r9_a_village_without_any_reserve() -> None:
    assert words("R9", village()) == ["没有在库的后备干部。"]
    assert words("R9", village(reserves=(person(),))) == []


def test_r9_a_secretary_without_a_day_of_filing() -> None:
    head = member(*HEAD, name="陈贵")
    assert words("R9-2", replace(village(head), unfiled=frozenset((head.person.id,)))) == [
        "党组织书记没有备案时间：陈贵。"
    ]
    assert words("R9-2", village(head)) == []


def test_r10_fewer_reserves_than_set() -> None:
    (hit,) = found("R10", village(reserves=(person("钱伟"),)))
    assert hit.words == "在库后备干部 1 名，不足 2 名，缺 1 名。"
    assert [each.name for each in hit.people] == ["钱伟"]
    assert words("R10", village(reserves=(person(), person()))) == []
    assert words("R10", village(reserves=(person(), person())), least=3) != []


def test_r11_over_age_by_full_years_on_the_day() -> None:
    old = member(*HEAD, name="陈贵", birth="1965-11")  # 61 since November
    assert words("R11-1", village(old)) == ["超过 60 岁：陈贵 61 岁。"]
    assert words("R11-1", village(old), on=date(2026, 10, 31)) == []
    assert words("R11-1", village(member(*HEAD))) == []  # birth not known
    assert words("R11-1", village(member(*S, birth="1950-01"))) == []  # not on the two committees


def test_r11_too_old_when_new() -> None:
    terms = (term(PARTY, start="2021-12"),)
    new = member(*HEAD, since="2021-12", name="陈贵", birth="1965-11")
    assert words("R11-2", village(new, terms=terms)) == ["新任时超过 55 岁：陈贵 任职时 56 岁。"]
    before = member(*HEAD, since="2016-11", birth="1965-11")
    assert words("R11-2", village(before, terms=terms)) == []
    assert words("R11-2", village(new)) == []  # which term is running is not known
    assert words("R11-2", village(new, terms=terms), most=56) == []


def test_r11_education_below_what_is_asked_for() -> None:
    there = (member(*HEAD, education="31"), member(*C, name="孙平", education="61"), member(*P))
    (hit,) = found("R11-3", village(*there))
    assert hit.words == "1 人学历低于大专。"
    assert [each.name for each in hit.people] == ["孙平"]
    assert words("R11-3", village(*there), lowest=3) == []


def test_r11_nobody_young() -> None:
    old = member(*HEAD, birth="1980-01")
    assert words("R11-4", village(old)) == ["班子 1 人中没有 35 岁以下的成员，应不少于 1 名。"]
    assert words("R11-4", village(old, member(*C, birth="1991-01"))) == []  # 35 counts
    assert words("R11-4", village(old, member(*C, birth="1991"))) == []  # may be young
    assert words("R11-4", village()) == []


def test_r12_relatives_on_the_two_committees_once_a_pair() -> None:
    father, son = member(*HEAD, name="李军"), member(*C, name="李明")
    each_other = (
        relative(father.person, "儿子", "李明", relative_id=son.person.id),
        relative(son.person, "父亲", "李军", relative_id=father.person.id),
    )
    (hit,) = found("R12", village(father, son, relatives=each_other))
    assert hit.words == "班子成员间有近亲属：李军与李明（儿子）。"
    assert {each.name for each in hit.people} == {"李军", "李明"}
    assert words("R12", village(father, member(*S, name="李明"), relatives=each_other)) == []


def test_r13_more_than_approved() -> None:
    three = members(HEAD, P, C)
    (hit,) = found("R13-1", village(*three, *members(S), approved_posts=2))
    assert hit.words == "核定职数 2，实有 3 人，超 1 人。"
    assert words("R13-1", village(*three, approved_posts=3)) == []
    assert words("R13-1", village(*three)) == []


def test_r13_vacancies() -> None:
    assert words("R13-2", village(*members(HEAD, P, C), approved_posts=5)) == [
        "核定职数 5，实有 3 人，空缺 2 名。"
    ]
    assert words("R13-2", village(*members(HEAD, P, C), approved_posts=3)) == []
    assert words("R13-2", village(*members(HEAD, P, C), approved_posts=5), least=3) == []


def test_r16_a_sanction_still_in_effect() -> None:
    who = person("赵强")
    written = sanction(sanction="2", month="2025-05", effect_end="2026-11")
    (hit,) = found("R16", village(sanctions=((who, written),)))
    assert hit.words == "赵强受严重警告，影响期至 2026.11。"
    assert hit.people == (who,)
    assert words("R16", village(sanctions=((who, written),)), on=date(2026, 12, 1)) == []


def test_r16_reckons_an_end_that_nobody_wrote_down() -> None:
    who = person("赵强")
    warned = sanction(sanction="1", month="2025-12")
    assert words("R16", village(sanctions=((who, warned),))) == [
        "赵强受警告，影响期至 2026.12（按处分种类推算）。"
    ]
    assert words("R16", village(sanctions=((who, sanction(sanction="1", month="2025-10")),))) == []
    assert words("R16", village(sanctions=((who, sanction(sanction="9", month="2026-10")),))) == []


def test_a_village_in_order_trips_nothing() -> None:
    ages = ("1970-05", "1985-02", "1993-09", "1978-01")
    there = [
        member(
            *posts, since="2021-12", sex=sex, birth=birth, education="31", political_status="01", name=name
        )
        for posts, sex, birth, name in zip(
            (
                HEAD,
                (Post.PARTY_DEPUTY, Post.COMMITTEE_DEPUTY),
                (*P, *C),
                (Post.PARTY_MEMBER, Post.SUPERVISORY_HEAD),
            ),
            "1121",
            ages,
            ("张三", "李四", "王五", "赵六"),
            strict=True,
        )
    ]
    good = village(
        *there,
        party_members=30,
        approved_posts=4,
        reserves=(person(), person()),
        terms=(term(PARTY, due="2028-12"), term(VILLAGERS, due="2028-12")),
    )
    told = {rule: words(rule, good) for rule in CHECKS if not rule.startswith("R7")}
    assert {rule: said for rule, said in told.items() if said} == {}
