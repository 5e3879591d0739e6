"""The report of the health check, and the rules as data."""

from __future__ import annotations

import pytest

from desktop.models.domain.posts import Post
from desktop.models.registers.division import DivisionKind
from desktop.models.rules.health import CHECKS, AppliedRule, check, next_round
from desktop.models.rules.rule import Level, Rule, Severity, known_rules
from tests.models.rules.villages import HEAD, ON, PARTY, VILLAGERS, member, members, term, village


def applied(*ids: str, basis: str = "") -> list[AppliedRule]:
    return [
        AppliedRule(rule=rule, limits=rule.limits, basis=basis) for rule in known_rules() if rule.id in ids
    ]


SMALL = village(
    member(*HEAD, name="张三", sex="1", birth="1960-01"),
    member(Post.COMMITTEE_MEMBER, name="李四", sex="1", birth="1962-01"),
    code="421081106201",
    name="石桥村委会",
)
TOWN = village(*members(HEAD), kind="community", code="421081106001", name="焦山河居委会")


def test_a_finding_says_where_whom_what_and_why() -> None:
    report = check([SMALL], applied("R11-1", basis="石组发〔2026〕3 号"), ON)

    (finding,) = report.findings
    assert finding.division.short_name == "石桥村"
    assert finding.township == "东升镇"
    assert finding.words == "超过 60 岁：张三 66 岁、李四 64 岁。"
    assert finding.names == "张三、李四"
    assert finding.source == "石组发〔2026〕3 号"
    assert finding.severity is Severity.WARNING


def test_findings_come_village_by_village() -> None:
    report = check([TOWN, SMALL], applied("R6-1", "R6-2", "R7-1"), ON)
    assert [(found.division.code, found.rule.id) for found in report.findings] == [
        ("421081106001", "R7-1"),
        ("421081106201", "R6-1"),
        ("421081106201", "R6-2"),
    ]


def test_chips_and_lines_count_the_same_findings() -> None:
    report = check([TOWN, SMALL], applied("R6-1", "R6-2", "R7-1", "R11-1"), ON)

    assert report.chips() == {"all": 4, "error": 2, "warning": 2, "info": 0}
    assert [line.words for line in report.lines()] == [
        "村委会人数：1 个村（社区），2 人",
        "村委会没有妇女成员：1 个村（社区）",
        "居委会人数：1 个村（社区），1 人",
        "超过年龄上限：1 个村（社区），2 人",
    ]


def test_nothing_found_is_an_empty_report() -> None:
    report = check([village()], applied(*CHECKS), ON)
    assert [finding.rule.id for finding in report.findings] == ["R9", "R10"]
    assert check([], applied(*CHECKS), ON).findings == ()


def test_the_next_round_is_told_from_what_is_written_down() -> None:
    terms = (term(PARTY, due="2026-11"), term(VILLAGERS, due="2026-12"))
    late = (term(PARTY, due="2026-10"),)
    assert next_round([village(terms=terms), village(terms=late)], ON) == (
        "已登记 3 个班子的届满时间，最近的 1 个在 2026.11（就在本月），已届满 1 个。"
    )
    assert "2025 年下半年至 2026 年" in next_round([village()], ON)


def test_every_rule_has_a_check_and_every_check_a_rule() -> None:
    assert [rule.id for rule in known_rules()] == list(CHECKS)
    assert {rule.id.split("-")[0] for rule in known_rules() if rule.id.startswith("R")} == {
        f"R{number}" for number in (*range(1, 14), 16)
    }


@pytest.mark.parametrize("rule", known_rules(), ids=lambda rule: rule.id)
def test_a_rule_says_what_to_do_and_names_its_source(rule: Rule) -> None:
    assert rule.title
    assert rule.says.endswith("。")
    assert rule.advice.endswith("。")
    assert "《" in rule.source or rule.level in (Level.LOCAL, Level.PROGRAM)
    villages = {DivisionKind.VILLAGE, DivisionKind.COMMUNITY}
    assert rule.kinds <= villages or (rule.counted != "个村（社区）" and not rule.kinds & villages)
    assert all(threshold.accepts(threshold.value) for threshold in rule.thresholds)
    assert len(rule.limits) == len(rule.thresholds)


def test_articles_of_the_amended_laws_ask_to_be_verified() -> None:
    laws = [rule for rule in known_rules() if rule.level is Level.LAW]
    assert len(laws) == 7
    assert all("2026 年修订后请核对" in rule.article for rule in laws)
