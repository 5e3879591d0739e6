"""What a checklist comes to: points of a hundred, the class suggested and why, deadlines; and what the health check finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from desktop.models.registers.checklist import MET, NOT_APPLICABLE, PARTLY, UNMET, AssessmentItem
from desktop.models.registers.checklist_rows import CellKey, ChecklistCell, Verdict
from desktop.models.registers.schemes import CHECKLIST
from desktop.models.rules.checklist import days_overdue, doubts, judge, worth
from desktop.models.services.schemes import proposal

SCHEME = proposal(CHECKLIST)


def record(**values: object) -> AssessmentItem:
    """An item of an assessment."""
    return AssessmentItem(id="1", assessment_id="1", item_id="1", **values)  # type: ignore[arg-type]  # columns


def judged(statuses: Sequence[str | None], own: int = 0) -> Verdict:
    """The verdict on an organisation with these states, ``own`` N items behind the eight."""
    names = [f"自选{number}" for number in range(1, own + 1)]
    more = [replace(SCHEME.common[0], code=f"N{n}", name=n, points=None, branch_id="b") for n in names]
    items = [*SCHEME.common, *more]
    most = worth(SCHEME.scheme, items)
    cells = [
        ChecklistCell(
            key=CellKey("b", "2026H2", item.code),
            item=item,
            worth=most[item.code],
            record=record(status=status),
        )
        for item, status in zip(items, statuses, strict=True)
    ]
    return judge(SCHEME.scheme, cells)


@pytest.mark.parametrize(
    ("statuses", "suggestion", "why"),
    [
        ([MET] * 8, "A", "折合 100 分，没有未达标项，建议 A 类。"),
        ([*[MET] * 6, PARTLY, PARTLY], "A", "折合 90 分，没有未达标项，建议 A 类。"),
        ([*[MET] * 5, *[PARTLY] * 3], "B", "折合 85 分，不到 A 类的 90 分，建议 B 类。"),
        ([*[MET] * 6, UNMET, UNMET], "B", "折合 75 分，不到 A 类的 90 分，建议 B 类。"),
        ([*[MET] * 5, PARTLY, UNMET, UNMET], "C", "折合 70 分，不到 B 类的 75 分，建议 C 类。"),
        ([*[MET] * 7, NOT_APPLICABLE], "A", "折合 100 分，没有未达标项，建议 A 类。"),
        ([*[MET] * 6, None, None], None, "还有 2 项未填（宣传阵地、支部牌匾），填完才有建议等级。"),
        ([None] * 8, None, "还没有填写，填完各项才有建议等级。"),
    ],
)
def test_the_score_suggests_a_class_and_says_why(
    statuses: list[str | None], suggestion: str | None, why: str
) -> None:
    verdict = judged(statuses)

    assert (verdict.suggestion, verdict.why) == (suggestion, why)


def test_one_item_not_met_keeps_from_class_a_whatever_the_points() -> None:
    verdict = judged([*[MET] * 8, *[MET] * 9, UNMET], own=10)

    assert (verdict.percent, verdict.suggestion) == (98, "B")
    assert verdict.why == "折合 98 分，但自选10未达标，不够 A 类，建议 B 类。"


@pytest.mark.parametrize(("own", "possible"), [(0, 80), (1, 100), (3, 100)])
def test_own_items_share_twenty_points_however_many_they_are(own: int, possible: float) -> None:
    verdict = judged([MET] * (8 + own), own=own)

    assert (verdict.possible, verdict.percent) == (possible, 100)


@pytest.mark.parametrize(
    ("item", "days"),
    [
        (record(status=UNMET, due="2026-11-20"), 4),
        (record(status=None, due="2026-11-20"), 4),
        (record(status=UNMET, due="2026-11-24"), 0),  # the day itself is in time
        (record(status=UNMET, due="2026-11-20", closed="2026-11-22"), 0),
        (record(status=MET, due="2026-11-20"), 0),
        (record(status=UNMET), 0),
    ],
)
def test_days_overdue_are_those_after_the_deadline(item: AssessmentItem, days: int) -> None:
    assert days_overdue(item, date(2026, 11, 24)) == days


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (record(status=MET), {}),
        (record(status=UNMET), {"reason": "未达标请写明原因。", "due": "未达标请填整改期限。"}),
        (record(status=MET, due="2026-11-20"), {"closed": "已达标，请填销号日期。"}),
        (record(status=MET, due="2026-11-20", closed="2026-11-22"), {"closing": "已销号，请写明整改情况。"}),
        (record(status=MET, self_points=10.5), {"self_points": "这一项最多 10 分，请核对。"}),
    ],
)
def test_what_is_missing_in_a_cell_is_said_with_what_to_do(
    item: AssessmentItem, words: dict[str, str]
) -> None:
    assert doubts(item, 10.0) == words
