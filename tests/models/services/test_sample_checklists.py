"""The invented checklists of an office: the classes of the source document, moves, and what is late."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from desktop.models.registers.checklist import AssessmentItem
from desktop.models.services.divisions import preloaded
from desktop.models.services.sample_checklists import sample_checklists
from desktop.models.services.sample_new_sector import sample_new_sector
from desktop.office import Office
from tests.models.services.checklists import LAST, NOW
from tests.offices import TODAY


@pytest.mark.parametrize("period", [LAST, NOW])
def test_thirteen_organisations_are_five_four_and_four(city: Office, period: str) -> None:
    matrix = city.checklists.matrix(period, TODAY)

    assert len(matrix.rows) == 13
    assert matrix.grades == {"A": 5, "B": 4, "C": 4, "": 0}


def test_classes_moved_each_with_a_reason_and_agree_with_what_was_found(city: Office) -> None:
    moves = city.gradings.moves(date(2026, 7, 1), TODAY)

    assert Counter(move.kind for move in moves) == {"升级": 2, "降级": 2}
    assert all(move.after.reason and move.after.approved_by for move in moves)
    rows = city.checklists.rows(NOW, TODAY)
    assert all(row.verdict.suggestion == row.grade for row in rows if row.decided)
    assert not [cell.doubts for row in rows for cell in row.items if cell.doubts]


def test_there_is_something_to_do(city: Office) -> None:
    late = city.rectifications.overdue(TODAY)
    assert Counter(line.overdue for line in late) == {23: 1, 9: 1, 4: 2}
    assert len(city.rectifications.all(TODAY, open_only=True)) > len(late)


def test_the_health_check_tells_it_by_organisation(city: Office) -> None:
    found = [f for f in city.health.check(TODAY).findings if f.rule.id.startswith("8N")]

    assert Counter(finding.rule.id for finding in found) == {"8N-1": 3, "8N-2": 1, "8N-3": 1}
    late = [finding.words for finding in found if finding.rule.id == "8N-1"]
    assert "活动阵地逾期 4 天、电教设施逾期 4 天，没有销号。" in late
    assert {finding.about.register for finding in found if finding.about} == {"party_branch"}
    assert [f.words for f in found if f.rule.id == "8N-2"] == ["2026年下半年还没有评定，离期末还有 37 天。"]
    lines = {line.rule.id: line.words for line in city.health.check(TODAY).lines()}
    assert lines["8N-1"] == "8+N 整改逾期：3 个党组织"
    early = [f.rule.id for f in city.health.check(date(2026, 8, 1)).findings]
    assert "8N-2" not in early


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 7, 2), date(2026, 12, 31)])
def test_nothing_is_checked_or_decided_ahead_of_today(today: date) -> None:
    made = sample_checklists(sample_new_sector(preloaded(), today).branches, today)

    days = [item.checked for item in made.items] + [item.closed for item in made.items]
    days += [grading.decided for grading in made.gradings]
    assert max(filter(None, days)) <= today.isoformat()
    assert all(isinstance(item, AssessmentItem) for item in made.items)
