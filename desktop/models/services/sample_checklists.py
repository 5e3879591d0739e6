"""Invented “8+N” checklists (演示数据): the present and the last period, classes and how they moved, deadlines.

A city has the classes of the source document: A 5, B 4, C 4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.models.domain.ids import new_id
from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import (
    MET,
    NOT_APPLICABLE,
    PARTLY,
    UNMET,
    Assessment,
    AssessmentItem,
    Grading,
)
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.schemes import CHECKLIST, SchemeItem
from desktop.models.rules.checklist import worth
from desktop.models.services.schemes import SchemeVersion, proposal

# class in the last period and now, what is not met now: item → status and days until its deadline (past: overdue)
_Shape = tuple[str, str, Mapping[str, tuple[str | None, int | None]]]
_SHAPES: tuple[_Shape, ...] = (
    ("A", "A", {}),
    ("B", "B", {"4": (UNMET, 21), "7": (PARTLY, None)}),
    ("B", "C", {"1": (UNMET, -9), "4": (UNMET, 36), "6": (PARTLY, None)}),
    ("A", "A", {"7": (PARTLY, None)}),
    ("B", "A", {}),
    ("A", "A", {"6": (PARTLY, None)}),
    ("A", "A", {"8": (NOT_APPLICABLE, None)}),
    ("C", "B", {"6": (UNMET, -23), "5": (PARTLY, None)}),
    ("B", "B", {"7": (UNMET, 15), "8": (NOT_APPLICABLE, None)}),
    ("A", "B", {"5": (UNMET, 40)}),
    ("C", "C", {"1": (UNMET, -4), "4": (UNMET, -4), "7": (UNMET, 55)}),
    ("C", "C", {"4": (UNMET, 12), "6": (UNMET, 12)}),
    ("C", "C", {"2": (UNMET, 30), "5": (UNMET, 30), "8": (NOT_APPLICABLE, None)}),
)
_LAST_TIME: Mapping[str, Mapping[str, tuple[str | None, int | None]]] = {
    "A": {},
    "B": {"5": (UNMET, None)},
    "C": {"1": (UNMET, None), "5": (UNMET, None), "7": (PARTLY, None)},
}
_NOT_BEGUN, _UNDECIDED = 11, 12  # no assessment yet in the present period; assessed in part, and no decision
_OWN = {0: ("红色车间", "导师带徒"), 3: ("技能比武",), 7: ("惠民服务日", "党员代办"), 10: ("红色驿站",)}
_REASONS = {
    "1": "活动场所被占用，没有固定地方",
    "2": "入党誓词版面破损",
    "4": "电视损坏，放不出学习资料",
    "5": "二季度会议记录不全",
    "6": "没有设党员示范岗",
    "7": "宣传栏半年没有更新",
}
_MOVES = {
    ("B", "A"): "阵地改造完成，各项达标",
    ("C", "B"): "补齐活动阵地，台账规范",
    ("B", "C"): "搬迁后活动阵地没有落实",
    ("A", "B"): "工作台账断档",
}
_CHECKED_BY, _APPROVED_BY = "夏明", "两新工委会议"


@dataclass(frozen=True, slots=True)
class SampleChecklists:
    """Everything to insert, parents before children."""

    own_items: tuple[SchemeItem, ...]
    assessments: tuple[Assessment, ...]
    items: tuple[AssessmentItem, ...]
    gradings: tuple[Grading, ...]

    @property
    def records(self) -> tuple[tuple[object, ...], ...]:
        """One register each."""
        return self.own_items, self.assessments, self.items, self.gradings


def sample_checklists(branches: Sequence[PartyBranch], today: date) -> SampleChecklists:
    """The checklists of an office's party organisations: thirteen of a city, the first few of a township."""
    version = proposal(CHECKLIST)
    now = version.period(today)
    own_items, assessments, items, gradings = [], [], [], []
    for number, (branch, shape) in enumerate(zip(branches, _SHAPES, strict=False)):
        own = _own_items(branch, version, _OWN.get(number, ()))
        own_items += own
        for period, wanted in ((now.after(-1), _last_time(shape)), (now, shape[2])):
            if period == now and number == _NOT_BEGUN:
                continue
            assessment = Assessment(
                id=new_id(), branch_id=branch.id, scheme_id=version.scheme.id, period=str(period)
            )
            asked = (*version.common, *own)
            if period == now and number == _UNDECIDED:
                wanted = {**wanted, "1": (None, None), "2": (None, None)}
            assessments.append(assessment)
            items += _items(assessment, version, asked, wanted, period, today)
        gradings += _gradings(branch, shape, now, today, undecided=number >= _NOT_BEGUN)
    return SampleChecklists(tuple(own_items), tuple(assessments), tuple(items), tuple(gradings))


def _last_time(shape: _Shape) -> Mapping[str, tuple[str | None, int | None]]:
    """What was not met in the last period: what made it that class, put right since."""
    return _LAST_TIME[shape[0]]


def _own_items(branch: PartyBranch, version: SchemeVersion, names: Sequence[str]) -> list[SchemeItem]:
    return [
        SchemeItem(
            id=new_id(),
            scheme_id=version.scheme.id,
            code=f"N{position}",
            position=position,
            name=name,
            own="1",
            branch_id=branch.id,
        )
        for position, name in enumerate(names, start=1)
    ]


def _items(
    assessment: Assessment,
    version: SchemeVersion,
    asked: Sequence[SchemeItem],
    wanted: Mapping[str, tuple[str | None, int | None]],
    period: Period,
    today: date,
) -> list[AssessmentItem]:
    past = period.end < today
    checked = (period.end - timedelta(days=20)) if past else max(period.start, today - timedelta(days=30))
    most = worth(version.scheme, asked)
    made = []
    for item in asked:
        status, days = wanted.get(item.code, (MET, None))
        reason = item.exempt if status == NOT_APPLICABLE else _REASONS.get(item.code)
        points = {MET: most[item.code], PARTLY: most[item.code] * 0.6, UNMET: 0.0}.get(status or "")
        put_right = past and status == UNMET
        due = today + timedelta(days=days) if days is not None else None
        due = period.end - timedelta(days=5) if put_right else due
        made.append(
            AssessmentItem(
                id=new_id(),
                assessment_id=assessment.id,
                item_id=item.id,
                status=status,
                self_points=most[item.code] if points is not None else None,
                township_points=points,
                reason=reason if status not in (MET, None) else None,
                due=due.isoformat() if due else None,
                closed=(period.end - timedelta(days=8)).isoformat() if put_right else None,
                closing="已整改，现场复查通过" if put_right else None,
                checked_by=_CHECKED_BY if status else None,
                checked=checked.isoformat() if status else None,
            )
        )
    return made


def _gradings(
    branch: PartyBranch, shape: _Shape, now: Period, today: date, *, undecided: bool
) -> list[Grading]:
    before, after, _ = shape
    last = now.after(-1)
    decisions: list[tuple[Period, str, date, str | None]] = [
        (last, before, last.end - timedelta(days=10), None)
    ]
    if not undecided:
        day = max(now.start, today - timedelta(days=20))
        decisions.append((now, after, day, _MOVES.get((before, after))))
    return [
        Grading(
            id=new_id(),
            branch_id=branch.id,
            period=str(period),
            grade=grade,
            decided=day.isoformat(),
            reason=reason,
            approved_by=_APPROVED_BY,
        )
        for period, grade, day, reason in decisions
    ]
