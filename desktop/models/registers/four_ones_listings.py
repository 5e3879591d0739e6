"""The pages of “四个一” (提级管理、结对、活动、问题), declared once each."""

from __future__ import annotations

from dataclasses import replace

from desktop.models.domain.fields import Field, Register
from desktop.models.registers.activity import ACTIVITY, FIELD_PROBLEM
from desktop.models.registers.kinds import DAY
from desktop.models.registers.listing import Behind, Listing
from desktop.models.registers.mentoring import MANAGED_SECRETARY, MENTORING
from desktop.models.registers.person import PERSON
from desktop.models.registers.roster import ROSTER


def _of(register: Register, *names: str) -> tuple[Field, ...]:
    return tuple(register.field(name) for name in names) if names else register.fields


_TOWNSHIP = ROSTER.field("township")
_VILLAGE = replace(ROSTER.field("village"), editable=True)
_PLACE = (_TOWNSHIP, _VILLAGE)
_SECRETARY = replace(PERSON.field("name"), headings=("书记姓名", "书记", "提级书记", "党组织书记"))
_POSTS = Field(name="posts", label="现任职务", headings=("职务",), width_mm=34, editable=False)
_MENTORS = Field(name="mentors", label="结对导师", width_mm=24, editable=False)

MANAGED_SECRETARIES = Listing(
    register=MANAGED_SECRETARY,
    noun="提级对象",
    columns=(
        _SECRETARY,
        *_PLACE,
        *_of(PERSON, "sex", "birth"),
        _POSTS,
        *_of(MANAGED_SECRETARY, "kind", "since", "grounds", "goals"),
        _MENTORS,
        *_of(MANAGED_SECRETARY, "until", "until_reason", "conclusion"),
        *_of(PERSON, "phone"),
    ),
    chips={
        "all": "全部",
        "managed": "在管",
        "positive": "正面",
        "negative": "负面",
        "released": "已解除",
        "left_post": "已离任",
        "unmentored": "没有导师",
        "incomplete": "信息不全",
    },
    needed=("name", "kind"),
    essential=("since", "grounds", "goals"),
    unique=("person_id", "division_code", "since"),
    makes_people=False,
)
MENTORINGS = Listing(
    register=MENTORING,
    noun="结对",
    columns=(_SECRETARY, *_PLACE, _POSTS, *_of(MENTORING)),
    chips={
        "all": "全部",
        "running": "结对中",
        "ended": "已结束",
        "orphaned": "书记已不在管",
        "incomplete": "信息不全",
    },
    needed=("name", "mentor"),
    essential=("mentor_unit", "mentor_post", "mentor_kind", "start"),
    unique=("person_id", "division_code", "mentor", "start"),
    makes_people=False,
)
ACTIVITIES = Listing(
    register=ACTIVITY,
    noun="活动",
    columns=(
        *_of(ACTIVITY, "kind", "theme", "start"),
        *_PLACE,
        Field(name="secretaries", label="提级书记", headings=("书记", "书记姓名"), width_mm=24),
        *_of(ACTIVITY, "state", "end", "place", "host", "speaker"),
        Field(
            name="participants", label="参加人", headings=("参加人员", "参与人员", "参会人员"), width_mm=40
        ),
        *_of(ACTIVITY, "expected"),
        Field(name="present", label="实到", headings=("实到人数",), width_mm=10, editable=False),
        *_of(ACTIVITY, "content", "effect", "next_steps", "visited", "led_by"),
        Field(name="photos", label="照片", width_mm=10, editable=False),
        *_of(ACTIVITY, "entered_by", "checked_by", "checked"),
    ),
    chips={
        "all": "全部",
        "held": "已开展",
        "planned": "计划中",
        "no_photos": "没有照片",
        "unchecked": "没有审核",
        "open_problems": "有问题没销号",
        "incomplete": "信息不全",
    },
    needed=("kind", "start"),
    essential=("theme", "place", "host", "content", "entered_by"),
    unique=("division_code", "kind", "start"),
    in_township=True,
)
FIELD_PROBLEMS = Listing(
    register=FIELD_PROBLEM,
    noun="问题",
    columns=(
        FIELD_PROBLEM.field("problem"),
        _TOWNSHIP,
        ROSTER.field("village"),
        Field(name="found", label="发现日期", kind=DAY, width_mm=20, editable=False),
        *_of(FIELD_PROBLEM, "measure", "responsible", "due", "closed", "closing"),
    ),
    chips={
        "all": "全部",
        "open": "未销号",
        "overdue": "已超期",
        "closed": "已销号",
        "incomplete": "信息不全",
    },
    needed=("problem",),
    essential=("measure", "responsible", "due"),
    behind=(Behind(link="activity_id", register=ACTIVITY, owns=True),),
)
FOUR_ONES = (MANAGED_SECRETARIES, MENTORINGS, ACTIVITIES, FIELD_PROBLEMS)
