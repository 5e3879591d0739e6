"""Reserve cadres (后备干部): who is being prepared for which post, how they were found, how they left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.models.domain.fields import MONTH, PROSE, TEXT, Field, Register
from desktop.models.registers.kinds import YEAR, own_list

AIM = own_list(
    "后备方向",
    {"1": "党组织书记", "2": "村“两委”委员"},
    {"1": "书记 支书 村书记", "2": "委员 两委委员 两委 副书记 村（居）委会主任"},
)
OUTCOME = own_list("出库去向", {"1": "进班子", "2": "调整", "3": "其他"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveCadre:
    """One person in the reserve of one village for one time; ``left`` None while in it (在库)."""

    id: str
    person_id: str
    division_code: str
    aim: str | None = None  # AIM
    occupation: str | None = None  # 现从事工作
    recommended: str | None = None  # 推荐方式
    entered: str | None = None  # month
    mentor: str | None = None  # 培养联系人
    mentor_post: str | None = None
    measures: str | None = None  # 跟班、培训、学历提升
    left: str | None = None  # month
    outcome: str | None = None  # OUTCOME
    left_reason: str | None = None


def in_reserve(entry: ReserveCadre, day: date) -> bool:
    """Whether the person was in the reserve on ``day``; the month of entering counts, that of leaving does not."""
    text = day.isoformat()
    return (entry.entered is None or entry.entered <= text) and (entry.left is None or entry.left > text[:7])


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """A year's appraisal of a reserve cadre (年度评价)."""

    id: str
    reserve_id: str
    year: str  # YYYY
    result: str
    remarks: str | None = None


RESERVE = Register(
    name="reserve",
    title="村级后备干部台账",
    record=ReserveCadre,
    fields=(
        Field(
            name="aim", label="后备方向", kind=AIM, headings=("培养方向", "培养目标", "后备类别"), width_mm=26
        ),
        Field(
            name="occupation",
            label="现从事工作",
            headings=("现从事工作或现任职务", "现从事工作现任职务", "从业情况"),
            width_mm=26,
        ),
        Field(name="recommended", label="推荐方式", headings=("推荐渠道", "产生方式"), width_mm=18),
        Field(name="entered", label="入库时间", kind=MONTH, headings=("入库年月", "入库日期"), width_mm=17),
        Field(name="mentor", label="培养联系人", headings=("联系人", "帮带人", "培养人"), width_mm=18),
        Field(name="mentor_post", label="联系人职务", headings=("培养联系人职务",), width_mm=22),
        Field(name="measures", label="培养措施", kind=PROSE, headings=("培养方式",), width_mm=28),
        Field(name="left", label="出库时间", kind=MONTH, headings=("出库年月",), width_mm=17, listed=False),
        Field(name="outcome", label="出库去向", kind=OUTCOME, width_mm=14, listed=False),
        Field(name="left_reason", label="出库原因", kind=TEXT, width_mm=22, listed=False),
    ),
)
APPRAISAL = Register(
    name="appraisal",
    title="后备干部年度评价",
    record=Appraisal,
    fields=(
        Field(name="year", label="年度", kind=YEAR, headings=("年份",), width_mm=12),
        Field(name="result", label="评价结果", width_mm=18),
        Field(name="remarks", label="说明", kind=PROSE, width_mm=30),
    ),
)
