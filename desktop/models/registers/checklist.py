"""“8+N” checklists: a party organisation assessed item by item in a period, and the class a person decided on."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import NAME, PROSE, Field, Register
from desktop.models.registers.kinds import DAY, PAST_DAY, POINTS, own_list

MET, PARTLY, UNMET, NOT_APPLICABLE = "1", "2", "3", "9"  # None: 未填
STATUS = own_list(
    "状态",
    {MET: "达标", PARTLY: "基本达标", UNMET: "未达标", NOT_APPLICABLE: "不适用"},
    {MET: "√ 有 是", UNMET: "× 无 否 缺", NOT_APPLICABLE: "免"},
)
GRADES = ("A", "B", "C")
GRADE = own_list(
    "等级",
    {"A": "A 类示范引领", "B": "B 类规范提升", "C": "C 类达标升级"},
    {"A": "A A类", "B": "B B类", "C": "C C类"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One party organisation in one period, under the scheme that held when it was begun."""

    id: str
    branch_id: str
    scheme_id: str
    period: str  # Period
    checked_by: str | None = None
    checked: str | None = None  # day
    remarks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentItem:
    """One item of an assessment; its photos are attachments of it. Points as the scheme's."""

    id: str
    assessment_id: str
    item_id: str
    status: str | None = None  # STATUS; None: 未填
    self_points: float | None = None
    township_points: float | None = None
    city_points: float | None = None
    reason: str | None = None  # 扣分原因, or why not applicable
    due: str | None = None  # 整改期限, day
    closed: str | None = None  # 销号, day
    closing: str | None = None  # what was done
    checked_by: str | None = None
    checked: str | None = None  # day


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """A person's decision on a party organisation's class (定级); the score only suggested one."""

    id: str
    branch_id: str
    period: str
    grade: str  # GRADES
    decided: str  # day
    reason: str | None = None
    approved_by: str | None = None  # 审批人或机关


ASSESSMENT = Register(
    name="assessment",
    title="8+N 评定",
    record=Assessment,
    fields=(
        Field(name="period", label="期次", editable=False),
        Field(name="checked_by", label="检查人", kind=NAME, width_mm=16),
        Field(name="checked", label="检查日期", kind=PAST_DAY, width_mm=20),
        Field(name="remarks", label="说明", kind=PROSE, width_mm=30),
    ),
)
ASSESSMENT_ITEM = Register(
    name="assessment_item",
    title="8+N 评定项目",
    record=AssessmentItem,
    fields=(
        Field(name="status", label="状态", kind=STATUS, width_mm=14),
        Field(name="self_points", label="自评分", kind=POINTS, width_mm=12),
        Field(name="township_points", label="镇评分", kind=POINTS, width_mm=12),
        Field(name="city_points", label="市评分", kind=POINTS, width_mm=12),
        Field(name="reason", label="扣分原因", kind=PROSE, width_mm=36),
        Field(name="due", label="整改期限", kind=DAY, width_mm=20),
        Field(name="closed", label="销号日期", kind=PAST_DAY, width_mm=20),
        Field(name="closing", label="整改情况", kind=PROSE, width_mm=36),
        Field(name="checked_by", label="检查人", kind=NAME, width_mm=16),
        Field(name="checked", label="检查日期", kind=PAST_DAY, width_mm=20),
    ),
)
GRADING = Register(
    name="grading",
    title="两新党组织升降级台账",
    record=Grading,
    fields=(
        Field(name="period", label="期次", editable=False),
        Field(name="grade", label="等级", kind=GRADE, width_mm=20),
        Field(name="decided", label="审批日期", kind=PAST_DAY, width_mm=20),
        Field(name="reason", label="原因", kind=PROSE, width_mm=40),
        Field(name="approved_by", label="审批", width_mm=24),
    ),
)
