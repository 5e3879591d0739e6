"""What an office has chosen can be taken back, and the history tells it in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.office import Office

BASIS = "石组发〔2026〕1 号"


def set_rule(office: Office) -> None:
    office.health.set_rule("R10", on=True, limits={"least": 3}, basis=BASIS)


def set_fewest(office: Office) -> None:
    office.reserve.fewest = 4


def set_proportion(office: Office) -> None:
    office.study.proportion = (1, 1, 1)


def set_incomes(office: Office) -> None:
    office.village_years.thresholds = (200_000, 50_000)


def set_benchmarks(office: Office) -> None:
    office.structure.set_benchmarks(["本市 2021 年：一肩挑 96%。"])


def chosen(office: Office) -> tuple[object, ...]:
    """Everything that an office can choose, as its users see it."""
    return (
        office.health.rules(),
        office.reserve.fewest,
        office.study.proportion,
        office.village_years.thresholds,
        office.structure.benchmarks,
    )


@pytest.mark.parametrize(
    ("choose", "why", "told"),
    [
        (
            set_rule,
            "启用体检规则：后备干部少于规定",
            {
                ("体检规则“后备干部少于规定”", "状态", "停用", "启用"),
                ("体检规则“后备干部少于规定”", "依据文号", "", BASIS),
                ("体检规则“后备干部少于规定”", "每村不少于", "2 名", "3 名"),
            },
        ),
        (
            set_fewest,
            "每村后备干部不少于 4 名",
            {("体检规则“后备干部少于规定”", "每村不少于", "2 名", "4 名")},
        ),
        (
            set_proportion,
            "学费分担比例改为 1:1:1",
            {("双提升", "学费分担（乡镇:村:个人）", "3:3:4", "1:1:1")},
        ),
        (
            set_incomes,
            "集体经济收入门槛改为 50000 元、200000 元",
            {("村级年度数据", "集体经济收入门槛（元）", "100000、200000", "50000、200000")},
        ),
        (
            set_benchmarks,
            "修改结构分析统计表下的对照数字",
            {("结构分析统计表", "表下的对照数字", "", "本市 2021 年：一肩挑 96%。")},
        ),
    ],
)
def test_a_choice_is_taken_back_repeated_and_told(
    office: Office, choose: Callable[[Office], None], why: str, told: set[tuple[str, ...]]
) -> None:
    before = chosen(office)

    choose(office)
    after = chosen(office)

    line = office.history.recent(1)[0]
    details = office.history.details(line.seq)
    assert line.why == why
    assert {(d.who, d.field, d.old, d.new) for d in details} == told
    assert after != before
    office.history.undo()
    assert chosen(office) == before
    office.history.redo()
    assert chosen(office) == after


def test_switching_a_rule_off_and_on_is_two_changes(office: Office) -> None:
    office.health.set_rule("R6-1", on=False)
    office.health.set_rule("R6-1", on=True)

    assert [line.why for line in office.history.recent(2)] == [
        "启用体检规则：村委会人数",
        "停用体检规则：村委会人数",
    ]
    office.history.undo()
    assert not next(each for each in office.health.rules() if each.rule.id == "R6-1").on


@pytest.mark.parametrize("choose", [set_rule, set_proportion, set_incomes, set_benchmarks, set_fewest])
def test_choosing_what_is_chosen_already_is_no_change(
    office: Office, choose: Callable[[Office], None]
) -> None:
    choose(office)
    seq = office.history.recent(1)[0].seq

    choose(office)

    assert office.history.recent(1)[0].seq == seq


def test_choosing_what_stands_anyway_is_no_change(office: Office) -> None:
    office.study.proportion = (3, 3, 4)
    office.health.set_rule("R6-1", on=True, limits={"least": 3})

    assert [line.why for line in office.history.recent()] == ["建立数据"]
