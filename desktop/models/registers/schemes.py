"""Schemes (方案): versions of what is assessed each period — the items of “8+N”, the kinds of “四个一”."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import Field, Register
from desktop.models.domain.periods import PeriodKind
from desktop.models.registers.kinds import COUNT, DAY, POINTS, own_list
from desktop.models.registers.village_year import YES_NO

CHECKLIST, ACTIVITIES = "checklist", "activities"
PURPOSE = own_list("用途", {CHECKLIST: "8+N 标准化", ACTIVITIES: "四个一"})
PERIOD_KIND = own_list("周期", {kind.value: kind.label for kind in PeriodKind})
WITH_PROBLEMS, WITH_VISIT = "problems", "visit"  # 实地指导, 参观学习: what a kind of activity asks besides
FORM = own_list("另填内容", {WITH_PROBLEMS: "发现问题和整改", WITH_VISIT: "参观地、带队人"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One version of a scheme; records made under it keep naming it, whatever comes later.

    ``official`` None: a proposal of this program (建议方案), never to be shown as official.
    """

    id: str
    purpose: str  # CHECKLIST or ACTIVITIES
    version: int
    title: str
    period_kind: str  # PeriodKind
    since: str  # the day from which it holds
    official: str | None = None  # 依据文号
    grade_a: float | None = None  # least points for a class A to be suggested
    grade_b: float | None = None
    own_points: float | None = None  # of all N items of one organisation together, each an equal part


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeItem:
    """One item or kind; ``code`` is the same in every version, so that periods can be compared.

    ``branch_id`` names the one party organisation whose own N item it is; None: everybody's.
    """

    id: str
    scheme_id: str
    code: str
    position: int
    name: str
    says: str | None = None  # 标准说明: what counts
    points: float | None = None
    own: str | None = None  # YES_NO: N 自选动作
    times: int | None = None  # how often in a period, of a kind of activity
    form: str | None = None  # WITH_PROBLEMS, WITH_VISIT
    branch_id: str | None = None
    exempt: str | None = None  # the reason proposed where it is not applicable
    ended: str | None = None  # day from which no new assessment asks for it


SCHEME = Register(
    name="scheme",
    title="方案",
    record=Scheme,
    fields=(
        Field(name="purpose", label="用途", kind=PURPOSE, editable=False),
        Field(name="version", label="版本", kind=COUNT, editable=False),
        Field(name="title", label="名称", width_mm=40),
        Field(name="period_kind", label="周期", kind=PERIOD_KIND),
        Field(name="since", label="启用日期", kind=DAY),
        Field(name="official", label="依据文号", width_mm=30),
        Field(name="grade_a", label="A 类最低分", kind=POINTS),
        Field(name="grade_b", label="B 类最低分", kind=POINTS),
        Field(name="own_points", label="自选动作合计分", kind=POINTS),
    ),
)
SCHEME_ITEM = Register(
    name="scheme_item",
    title="方案项目",
    record=SchemeItem,
    fields=(
        Field(name="position", label="序号", kind=COUNT),
        Field(name="name", label="项目", width_mm=30),
        Field(name="says", label="标准说明", width_mm=60),
        Field(name="points", label="分值", kind=POINTS),
        Field(name="own", label="自选动作", kind=YES_NO),
        Field(name="times", label="每期次数", kind=COUNT),
        Field(name="form", label="另填内容", kind=FORM),
        Field(name="exempt", label="不适用时的理由", width_mm=40),
        Field(name="ended", label="停用日期", kind=DAY),
    ),
)
