"""The content of the lists of “四个一”: 提级管理台账, 挂钩结对台账, 实地指导问题清单."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.listed import ListedForm, Shape
from desktop.models.ledgers.usual import Around, as_of
from desktop.models.registers.activity import FieldProblem
from desktop.models.registers.four_ones_listings import FIELD_PROBLEMS, MANAGED_SECRETARIES, MENTORINGS
from desktop.models.registers.listing import Line
from desktop.models.registers.mentoring import MENTOR_KIND, NEGATIVE, POSITIVE
from desktop.models.rules.four_ones import is_managed_on, is_mentoring_on

_PLACE = {"township": Shape(20, "乡镇"), "village": Shape(22, "村\n（社区）")}
_MANAGED = ListedForm(
    listing=MANAGED_SECRETARIES,
    shapes={
        **_PLACE,
        "name": Shape(18),
        "sex": Shape(10, a4=False),
        "birth": Shape(18, "出生\n年月", a4=False),
        "posts": Shape(44, left=True, a4=False),
        "kind": Shape(13, "清单\n类型"),
        "since": Shape(18, "纳入\n时间"),
        "grounds": Shape(38, left=True),
        "goals": Shape(34, "提升目标", left=True),
        "mentors": Shape(24),
        "until": Shape(18, "解除\n时间"),
        "until_reason": Shape(22, left=True),
        "conclusion": Shape(13),
        "phone": Shape(25, "联系电话"),
    },
)
_PAIRS = ListedForm(
    listing=MENTORINGS,
    shapes={
        **_PLACE,
        "name": Shape(18, "姓名", "书记"),
        "posts": Shape(38, "现任职务", "书记", left=True, a4=False),
        "mentor": Shape(18, "姓名", "导师"),
        "mentor_unit": Shape(36, "单位", "导师", left=True),
        "mentor_post": Shape(28, "职务", "导师"),
        "mentor_kind": Shape(22, "身份", "导师"),
        "mentor_phone": Shape(26, "电话", "导师"),
        "start": Shape(18, "结对\n时间"),
        "end": Shape(18, "结束\n时间"),
    },
)
_PROBLEMS = ListedForm(
    listing=FIELD_PROBLEMS,
    shapes={
        **_PLACE,
        "found": Shape(20),
        "problem": Shape(52, left=True),
        "measure": Shape(44, left=True),
        "responsible": Shape(22),
        "due": Shape(20, "整改\n期限"),
        "state": Shape(20, "整改进展"),
        "closing": Shape(42, left=True),
        "closed": Shape(20, "销号\n日期"),
    },
)


def managed_secretaries_ledger(lines: Sequence[Line], around: Around, *, on: date, full_ids: bool) -> Ledger:
    """The ledger of who is or was under raised management, in the order of places."""
    now = [line for line in lines if is_managed_on(line.record, on)]
    kinds = {kind: sum(line.record.kind == kind for line in now) for kind in (POSITIVE, NEGATIVE)}
    total = (
        f"在管 {len(now)} 人，其中正面清单 {kinds[POSITIVE]} 人、负面清单 {kinds[NEGATIVE]} 人；"
        f"有导师的 {sum(bool(line.computed['mentors']) for line in now)} 人；"
        f"已解除 {len(lines) - len(now)} 人次"
    )
    phones = {line.record.person_id for line in lines if line.person and line.person.phone}
    return _MANAGED.ledger(
        lines, total, around, time=as_of(on), unit="人", full=full_ids, disclosed=len(phones)
    )


def mentoring_ledger(lines: Sequence[Line], around: Around, *, on: date, full_ids: bool) -> Ledger:
    """The ledger of pairings, in the order of places."""
    running = [line.record for line in lines if is_mentoring_on(line.record, on)]
    secretaries = {pair.person_id for pair in running}
    mentors = {(pair.mentor, pair.mentor_unit) for pair in running}
    kinds = "，".join(
        f"{label} {sum(pair.mentor_kind == kind for pair in running)} 对"
        for kind, label in MENTOR_KIND.codes.labels.items()
    )
    total = (
        f"结对中 {len(running)} 对：书记 {len(secretaries)} 人，导师 {len(mentors)} 人（{kinds}）；"
        f"已结束 {len(lines) - len(running)} 对"
    )
    phones = {(line.record.mentor, line.record.mentor_phone) for line in lines if line.record.mentor_phone}
    return _PAIRS.ledger(
        lines, total, around, time=as_of(on), unit="人、对", full=full_ids, disclosed=len(phones)
    )


def field_problems_ledger(lines: Sequence[Line], around: Around, *, on: date) -> Ledger:
    """The list of problems found at 实地指导, with how they stand on the day."""
    days = [_overdue(line.record, on) for line in lines]
    closed = sum(_is_closed(line.record, on) for line in lines)
    late = sum(number > 0 for number in days)
    longest = f"（最长 {max(days)} 天）" if late else ""
    total = (
        f"{len(lines)} 个问题：已销号 {closed} 个，整改中 {len(lines) - closed - late} 个，逾期 {late} 个{longest}"
        if lines
        else "没有发现问题"
    )
    worded = [{"state": _state(line.record, number, on)} for line, number in zip(lines, days, strict=True)]
    return _PROBLEMS.ledger(lines, total, around, time=as_of(on), unit="个", worded=worded)


def _is_closed(problem: FieldProblem, on: date) -> bool:
    return problem.closed is not None and problem.closed <= on.isoformat()


def _overdue(problem: FieldProblem, on: date) -> int:
    """Days since the deadline of what is open on a day."""
    if problem.due is None or _is_closed(problem, on):
        return 0
    return max(0, (on - date.fromisoformat(problem.due)).days)


def _state(problem: FieldProblem, overdue: int, on: date) -> str:
    if _is_closed(problem, on):
        return "已销号"
    return f"逾期 {overdue} 天" if overdue else "整改中"
