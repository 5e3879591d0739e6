"""Classes A, B, C: suggested by points, decided by a person, every move kept."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.registers.checklist import MET, PARTLY, UNMET
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.services.cell_edits import InvalidValueError
from desktop.office import Office
from tests.models.services.checklists import LAST, NOW, all_cells, row_of, two_branches
from tests.offices import COMMUNITY, TODAY


def test_a_decision_needs_a_class_and_a_day(office: Office) -> None:
    branch, _ = two_branches(office)

    with pytest.raises(InvalidValueError) as refused:
        office.gradings.decide(branch, NOW, "", "", TODAY)
    assert refused.value.problems == {"grade": "请选择 A、B、C 类。", "decided": "请填写审批日期。"}
    with pytest.raises(InvalidValueError, match="晚于今天"):
        office.gradings.decide(branch, NOW, "A类", "2026.12.01", TODAY)
    assert office.gradings.of(branch) == []


def test_a_change_of_class_needs_a_reason_and_is_kept_as_a_move(office: Office) -> None:
    branch, _ = two_branches(office)
    office.gradings.decide(branch, LAST, "B", "2026.06.20", TODAY)
    with pytest.raises(InvalidValueError) as refused:
        office.gradings.decide(branch, NOW, "A", "2026.11.20", TODAY)
    assert refused.value.problems == {"reason": "由 B 类改为 A 类，请写明原因。"}

    office.gradings.decide(
        branch, NOW, "A", "2026.11.20", TODAY, reason="阵地改造完成", approved_by="两新工委会议"
    )

    assert office.history.recent(1)[0].why == "定级：鑫源公司党支部 2026年下半年 A 类（原 B 类）"
    assert [grading.grade for grading in office.gradings.of(branch)] == ["A", "B"]
    moves = office.gradings.moves(date(2026, 1, 1), TODAY)
    assert [(m.kind, m.before and m.before.grade, m.after.grade, m.after.reason) for m in moves] == [
        ("首次定级", None, "B", None),
        ("升级", "B", "A", "阵地改造完成"),
    ]
    assert [m.kind for m in office.gradings.moves(date(2026, 7, 1), TODAY)] == ["升级"]
    assert office.gradings.moves(date(2026, 1, 1), TODAY, COMMUNITY) == []
    office.history.undo()
    assert row_of(office, branch).grade == "B"


def test_a_decision_against_the_suggestion_needs_a_reason(office: Office) -> None:
    branch, _ = two_branches(office)
    office.checklists.set_status(all_cells(branch), MET, TODAY)

    with pytest.raises(InvalidValueError) as refused:
        office.gradings.decide(branch, NOW, "B", "2026.11.20", TODAY)
    assert refused.value.problems == {"reason": "与建议的 A 类不同，请写明原因。"}
    office.gradings.decide(branch, NOW, "B", "2026.11.20", TODAY, reason="信访问题没有办结")

    row = row_of(office, branch)
    assert (row.verdict.suggestion, row.grade, row.decided) == ("A", "B", True)


def test_a_class_lasts_until_the_next_decision_and_a_past_period_shows_its_own(office: Office) -> None:
    branch, other = two_branches(office)
    office.gradings.decide(branch, LAST, "C", "2026.07.05", TODAY)  # decided after the period's end

    office.checklists.set_status([CellKey(branch, NOW, "1")], MET, TODAY)
    assert (row_of(office, branch).grade, row_of(office, branch).decided) == ("C", False)

    office.gradings.decide(branch, NOW, "B", "2026.11.20", TODAY, reason="整改到位")
    assert row_of(office, branch).decided
    assert [row_of(office, branch, period).grade for period in (LAST, NOW, "2025H2")] == ["C", "B", ""]
    assert office.checklists.matrix(NOW, TODAY).grades == {"A": 0, "B": 1, "C": 0, "": 1}
    assert office.checklists.matrix(NOW, date(2026, 11, 19)).grades["C"] == 1  # a day before it was decided
    assert row_of(office, other).grade == ""


def test_a_decision_entered_by_mistake_can_be_taken_out(office: Office) -> None:
    branch, _ = two_branches(office)
    mistaken = office.gradings.decide(branch, NOW, "C", "2026.11.20", TODAY)

    office.gradings.remove(mistaken)

    assert row_of(office, branch).grade == ""
    assert office.history.recent(1)[0].why == "删除定级：鑫源公司党支部 2026年下半年 C 类"


def test_points_go_before_states_and_the_citys_before_the_townships(office: Office) -> None:
    branch, _ = two_branches(office)
    office.checklists.set_status(all_cells(branch), MET, TODAY)
    office.checklists.set_status([CellKey(branch, NOW, "2")], PARTLY, TODAY)
    office.checklists.set_status([CellKey(branch, NOW, "3")], UNMET, TODAY)
    assert row_of(office, branch).verdict.points == 66  # six tens, six, nought

    office.checklists.edit(CellKey(branch, NOW, "1"), "self_points", "10", TODAY)
    office.checklists.edit(CellKey(branch, NOW, "1"), "township_points", "8", TODAY)
    office.checklists.edit(CellKey(branch, NOW, "1"), "city_points", "7", TODAY)

    verdict = row_of(office, branch).verdict
    assert (verdict.points, verdict.possible, verdict.percent) == (63, 80, 78.8)
    assert verdict.parties == {"self_points": 10, "township_points": 8, "city_points": 7}
    assert (verdict.suggestion, verdict.completion) == ("B", "6/8")
