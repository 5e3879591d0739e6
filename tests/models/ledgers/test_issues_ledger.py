"""The content of 问题清单: a line a finding, villages merged, what it rests on, what to do."""

from __future__ import annotations

from io import BytesIO

from desktop.models.domain.posts import Post
from desktop.models.ledgers.issues import issues_ledger
from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.ledgers.page import draw
from desktop.models.rules.facts import VillageFacts
from desktop.models.rules.health import AppliedRule, check
from desktop.models.rules.rule import known_rules
from tests.models.rules.villages import HEAD, ON, member, village

SHIQIAO = village(
    member(*HEAD, name="张三", sex="1", birth="1960-01"),
    member(Post.COMMITTEE_MEMBER, name="李四", sex="1"),
    name="石桥村委会",
)


def ledger(*villages: VillageFacts, basis: str = "", paper: Paper = Paper.A3) -> Ledger:
    rules = [
        AppliedRule(rule=rule, limits=rule.limits, basis=basis if rule.id == "R11-1" else "")
        for rule in known_rules()
        if rule.id in ("R6-2", "R11-1")
    ]
    report = check(villages, rules, ON)
    return issues_ledger(report, place="石首市东升镇", signature="东升镇党委", paper=paper)


def test_the_columns_are_those_asked_for() -> None:
    labels = [column.label for column in ledger().columns]
    assert labels == ["序号", "村（社区）、单位", "问题", "涉及人员", "依据", "级别", "建议"]


def test_each_finding_is_a_line() -> None:
    made = ledger(SHIQIAO, basis="石组发〔2026〕3 号")
    assert made.title == "石首市东升镇基层党组织问题清单"
    assert made.rows[0].cells[:6] == (
        "1",
        "石桥村",
        "村委会 2 人中没有妇女成员。",
        "",
        "《中华人民共和国村民委员会组织法》第六条（2018 年文本条次，2026 年修订后请核对）",
        "法律\n（须纠正）",
    )
    assert made.rows[1].cells == (
        "2",
        "石桥村",
        "超过 60 岁：张三 66 岁。",
        "张三",
        "石组发〔2026〕3 号",
        "本地规定\n（提醒）",
        "列入换届调整考虑，提前培养接替人选的后备力量。",
    )


def test_the_total_counts_by_weight() -> None:
    ((_, words),) = ledger(SHIQIAO).totals
    assert words.text == "1 个村（社区）、单位，2 条；其中须纠正 1 条，提醒 1 条，参考 0 条"


def test_nothing_found_is_said() -> None:
    made = ledger()
    ((_, words),) = made.totals
    assert words.text == "没有发现问题"
    assert made.notes[0].startswith("换届：")
    assert draw(made, BytesIO()).pages == 1


def test_it_is_drawn_on_both_papers() -> None:
    for paper in Paper:
        assert draw(ledger(SHIQIAO, paper=paper), BytesIO()).pages == 1
