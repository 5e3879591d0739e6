"""What “8+N” checklists come to: points, the class to suggest, deadlines. Pure; 建议方案, nothing official."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desktop.models.registers.checklist import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNMET,
    AssessmentItem,
)
from desktop.models.registers.checklist_rows import ChecklistCell, Verdict
from desktop.models.registers.kinds import show_points
from desktop.models.registers.schemes import Scheme, SchemeItem

PARTIES = ("city_points", "township_points", "self_points")  # whose points go before whose
_SHARE = {MET: 1.0, PARTLY: 0.6, UNMET: 0.0, None: 0.0}  # of an item's points, where nobody gave any


def worth(scheme: Scheme, items: Sequence[SchemeItem]) -> dict[str, float]:
    """The most points of each item of one organisation by code; its own N items share ``own_points`` equally."""
    shared = [item for item in items if item.points is None]
    share = (scheme.own_points or 0.0) / len(shared) if shared else 0.0
    return {item.code: share if item.points is None else item.points for item in items}


def points_of(cell: ChecklistCell) -> float:
    """The points of a cell: the city's, else the township's, else its own; where nobody gave any, by the status."""
    given = (getattr(cell.record, party) for party in PARTIES) if cell.record else ()
    first = next((points for points in given if points is not None), None)
    return first if first is not None else cell.worth * _SHARE[cell.status]


def judge(scheme: Scheme, cells: Iterable[ChecklistCell]) -> Verdict:
    """Count the items of one organisation in one period."""
    counted = [cell for cell in cells if cell.status != NOT_APPLICABLE]
    filled = [cell for cell in counted if cell.status is not None]
    points, possible = sum(map(points_of, counted)), sum(cell.worth for cell in counted)
    percent = round(100 * points / possible, 1) if filled and possible else None
    suggestion, why = suggest(scheme, counted, percent)
    return Verdict(
        met=sum(cell.status == MET for cell in counted),
        applicable=len(counted),
        filled=len(filled),
        points=round(points, 1),
        possible=round(possible, 1),
        percent=percent,
        parties=_by_party(counted),
        suggestion=suggestion,
        why=why,
    )


def _by_party(cells: Sequence[ChecklistCell]) -> dict[str, float]:
    given = {
        party: [
            points for cell in cells if cell.record and (points := getattr(cell.record, party)) is not None
        ]
        for party in PARTIES
    }
    return {party: round(sum(points), 1) for party, points in given.items() if points}


def suggest(scheme: Scheme, cells: Sequence[ChecklistCell], percent: float | None) -> tuple[str | None, str]:
    """The class that the scheme suggests, None where it cannot, and why in words."""
    missing = [cell.item.name for cell in cells if cell.status is None]
    if percent is None or scheme.grade_a is None or scheme.grade_b is None:
        return None, "还没有填写，填完各项才有建议等级。" if percent is None else "方案没有定等级分数线。"
    if missing:
        return None, f"还有 {len(missing)} 项未填（{'、'.join(missing)}），填完才有建议等级。"
    unmet = [cell.item.name for cell in cells if cell.status == UNMET]
    score = f"折合 {show_points(str(percent))} 分"
    if percent >= scheme.grade_a and not unmet:
        return "A", f"{score}，没有未达标项，建议 A 类。"
    if percent >= scheme.grade_a:
        return "B", f"{score}，但{'、'.join(unmet)}未达标，不够 A 类，建议 B 类。"
    if percent >= scheme.grade_b:
        return "B", f"{score}，不到 A 类的 {show_points(str(scheme.grade_a))} 分，建议 B 类。"
    return "C", f"{score}，不到 B 类的 {show_points(str(scheme.grade_b))} 分，建议 C 类。"


def is_open(record: AssessmentItem) -> bool:
    """Whether something is still to be put right (待整改)."""
    return bool(record.due) and not record.closed and record.status not in (MET, NOT_APPLICABLE)


def days_overdue(record: AssessmentItem, on: date) -> int:
    """For how many days the deadline has passed; the day itself is in time."""
    if not is_open(record) or record.due is None:
        return 0
    return max(0, (on - date.fromisoformat(record.due)).days)


def progress(record: AssessmentItem, on: date) -> str:
    """How putting it right stands on a day: 已销号, 已达标，待销号, 逾期 3 天, 整改中."""
    if record.closed:
        return "已销号"
    if not is_open(record):
        return "已达标，待销号"
    late = days_overdue(record, on)
    return f"逾期 {late} 天" if late else "整改中"


def doubts(record: AssessmentItem, most: float) -> Mapping[str, str]:
    """What is missing or does not agree in a cell: field → words that say what to do."""
    found: dict[str, str] = {}
    if record.status == UNMET and not record.reason:
        found["reason"] = "未达标请写明原因。"
    if record.status == UNMET and not record.due:
        found["due"] = "未达标请填整改期限。"
    if record.status == NOT_APPLICABLE and not record.reason:
        found["reason"] = "不适用请写明理由。"
    if record.status == MET and record.due and not record.closed:
        found["closed"] = "已达标，请填销号日期。"
    if record.closed and not record.closing:
        found["closing"] = "已销号，请写明整改情况。"
    for party in PARTIES:
        points = getattr(record, party)
        if points is not None and points > most:
            found[party] = f"这一项最多 {show_points(str(round(most, 1)))} 分，请核对。"
    return found
