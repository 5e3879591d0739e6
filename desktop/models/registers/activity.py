"""“四个一” activities: what was held, who was there, which problems were found on the spot."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import NAME, PROSE, Field, Plain, Register
from desktop.models.domain.moments import read_moment, show_moment
from desktop.models.registers.kinds import COUNT, DAY, PAST_DAY, own_list
from desktop.models.registers.village_year import YES_NO

PLANNED, HELD, CANCELLED = "0", "1", "2"
STATE = own_list(
    "状态",
    {PLANNED: "计划", HELD: "已开展", CANCELLED: "已取消"},
    {PLANNED: "未开展 待开展", HELD: "完成 已完成", CANCELLED: "取消"},
)
SECRETARY, PARTICIPANT = "1", "2"  # whom an activity counts for; who else was there
ROLE = own_list("身份", {SECRETARY: "提级书记", PARTICIPANT: "参加人"})
MOMENT = Plain(read_moment, show_moment)  # a day, with a time where one is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity; ``kind`` is the ``code`` of a kind in the scheme. Times are ``YYYY-MM-DD`` or ``YYYY-MM-DD HH:MM``."""

    id: str
    division_code: str  # where it belongs: the village of its secretary, or the township
    kind: str
    state: str = HELD  # STATE
    theme: str | None = None
    start: str
    end: str | None = None
    place: str | None = None
    host: str | None = None
    speaker: str | None = None  # 主讲人或导师
    expected: int | None = None  # 应到; None: as many as are listed
    content: str | None = None
    effect: str | None = None
    next_steps: str | None = None
    visited: str | None = None  # 参观地
    led_by: str | None = None
    entered_by: str | None = None
    checked_by: str | None = None
    checked: str | None = None  # day


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Somebody an activity was for or who was there; name and post stay as they were on the day.

    ``person_id`` may name somebody who is no longer kept.
    """

    id: str
    activity_id: str
    role: str  # ROLE
    person_id: str | None = None
    division_code: str | None = None
    name: str
    post: str | None = None
    present: str = "1"  # YES_NO


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """A problem found at 实地指导, with its deadline and closing (销号)."""

    id: str
    activity_id: str
    division_code: str
    problem: str
    measure: str | None = None  # 整改措施
    responsible: str | None = None
    due: str | None = None  # day
    closed: str | None = None  # day
    closing: str | None = None


ACTIVITY = Register(
    name="activity",
    title="“四个一”活动记录",
    record=Activity,
    fields=(
        Field(name="kind", label="类型", headings=("活动类型", "活动类别", "活动形式"), width_mm=18),
        Field(name="state", label="状态", kind=STATE, width_mm=12),
        Field(name="theme", label="主题", headings=("活动主题",), width_mm=44),
        Field(
            name="start",
            label="开始时间",
            kind=MOMENT,
            headings=("时间", "活动时间", "日期", "活动日期", "开展时间"),
            width_mm=30,
        ),
        Field(name="end", label="结束时间", kind=MOMENT, width_mm=30),
        Field(name="place", label="地点", headings=("活动地点",), width_mm=30),
        Field(name="host", label="主持人", kind=NAME, headings=("主持",), width_mm=16),
        Field(name="speaker", label="主讲人或导师", headings=("主讲人", "导师", "主讲"), width_mm=20),
        Field(name="expected", label="应到", kind=COUNT, headings=("应到人数",), width_mm=10),
        Field(name="content", label="内容纪要", kind=PROSE, headings=("内容", "活动内容"), width_mm=60),
        Field(name="effect", label="成效", kind=PROSE, headings=("活动成效",), width_mm=40),
        Field(name="next_steps", label="下步措施", kind=PROSE, width_mm=40),
        Field(name="visited", label="参观地", width_mm=26),
        Field(name="led_by", label="带队人", kind=NAME, headings=("带队",), width_mm=16),
        Field(name="entered_by", label="填报人", kind=NAME, width_mm=16),
        Field(name="checked_by", label="审核人", kind=NAME, width_mm=16),
        Field(name="checked", label="审核日期", kind=PAST_DAY, width_mm=20),
    ),
)
ATTENDANCE = Register(
    name="attendance",
    title="活动参加人",
    record=Attendance,
    fields=(
        Field(name="role", label="身份", kind=ROLE, width_mm=14),
        Field(name="name", label="姓名", kind=NAME, width_mm=18),
        Field(name="post", label="职务", width_mm=30),
        Field(name="present", label="到场", kind=YES_NO, width_mm=10),
    ),
)
FIELD_PROBLEM = Register(
    name="field_problem",
    title="实地指导问题清单",
    record=FieldProblem,
    fields=(
        Field(name="problem", label="发现问题", kind=PROSE, headings=("问题",), width_mm=50),
        Field(name="measure", label="整改措施", kind=PROSE, width_mm=40),
        Field(name="responsible", label="责任人", width_mm=18),
        Field(name="due", label="整改期限", kind=DAY, width_mm=20),
        Field(name="closed", label="销号日期", kind=PAST_DAY, width_mm=20),
        Field(name="closing", label="整改情况", kind=PROSE, width_mm=40),
    ),
)
