"""Secretaries under raised management (提级管理) and their mentors (挂钩结对)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import MONTH, NAME, PHONE, PROSE, Field, Register
from desktop.models.registers.kinds import own_list

POSITIVE, NEGATIVE = "1", "2"
LIST_KIND = own_list(
    "清单类型", {POSITIVE: "正面", NEGATIVE: "负面"}, {POSITIVE: "正面清单", NEGATIVE: "负面清单"}
)
CONCLUSION = own_list("结论", {"1": "巩固", "2": "转化", "3": "调整"})
MENTOR_KIND = own_list(
    "导师身份",
    {"1": "市直部门", "2": "镇领导", "3": "先进村书记"},
    {"1": "市直单位 部门", "2": "乡镇领导 镇班子成员", "3": "先进村"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedSecretary:
    """One secretary's time under raised management; ``until`` None while in it. The plan (双提方案) is an attachment."""

    id: str
    person_id: str
    division_code: str
    kind: str  # LIST_KIND
    since: str | None = None  # month
    grounds: str | None = None  # 事由
    goals: str | None = None
    until: str | None = None  # month
    until_reason: str | None = None
    conclusion: str | None = None  # CONCLUSION


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentoring:
    """One mentor of one secretary (结对); the agreement is an attachment."""

    id: str
    person_id: str
    division_code: str
    mentor: str
    mentor_unit: str | None = None
    mentor_post: str | None = None
    mentor_kind: str | None = None  # MENTOR_KIND
    mentor_phone: str | None = None
    start: str | None = None  # month
    end: str | None = None


MANAGED_SECRETARY = Register(
    name="managed_secretary",
    title="村（社区）党组织书记提级管理台账",
    record=ManagedSecretary,
    fields=(
        Field(name="kind", label="清单类型", kind=LIST_KIND, headings=("类型", "正面/负面"), width_mm=14),
        Field(name="since", label="纳入时间", kind=MONTH, headings=("纳入年月",), width_mm=17),
        Field(name="grounds", label="纳入事由", kind=PROSE, headings=("事由",), width_mm=36),
        Field(name="goals", label="目标", kind=PROSE, headings=("提升目标",), width_mm=36),
        Field(name="until", label="解除时间", kind=MONTH, width_mm=17),
        Field(name="until_reason", label="解除原因", width_mm=28),
        Field(name="conclusion", label="结论", kind=CONCLUSION, width_mm=12),
    ),
)
MENTORING = Register(
    name="mentoring",
    title="挂钩结对台账",
    record=Mentoring,
    fields=(
        Field(
            name="mentor", label="导师", kind=NAME, headings=("导师姓名", "结对领导", "指导人"), width_mm=18
        ),
        Field(name="mentor_unit", label="导师单位", headings=("单位",), width_mm=32),
        Field(name="mentor_post", label="导师职务", headings=("单位职务",), width_mm=24),
        Field(name="mentor_kind", label="导师身份", kind=MENTOR_KIND, width_mm=18),
        Field(name="mentor_phone", label="导师电话", kind=PHONE, width_mm=24),
        Field(name="start", label="结对时间", kind=MONTH, headings=("开始时间",), width_mm=17),
        Field(name="end", label="结束时间", kind=MONTH, headings=("解除结对时间",), width_mm=17),
    ),
)
