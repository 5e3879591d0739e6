"""A village's figures of a year (村级年度数据): collective income, kind of economy, members, households."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import AMOUNT, Field, Register
from desktop.models.registers.kinds import YEAR, own_list

ECONOMY = own_list("经济类型", {"1": "资源发展型", "2": "产业带动型", "3": "合作发展型", "4": "资产运营型"})
YES = "1"
YES_NO = own_list("是否", {YES: "是", "0": "否"}, {YES: "√ 有", "0": "× 无"})


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageYear:
    """One village in one year. Income in yuan."""

    id: str
    division_code: str
    year: str  # YYYY
    income: int | None = None  # 村集体经济收入
    economy: str | None = None  # ECONOMY
    village_and_cooperative: str | None = None  # 村社合一: 合作社负责人由书记担任, YES_NO
    party_members: int | None = None
    households: int | None = None


VILLAGE_YEAR = Register(
    name="village_year",
    title="村级年度数据",
    record=VillageYear,
    fields=(
        Field(name="year", label="年度", kind=YEAR, headings=("年份",), width_mm=12),
        Field(
            name="income",
            label="集体经济收入",
            kind=AMOUNT,
            headings=("村集体经济收入", "集体收入"),
            width_mm=22,
        ),
        Field(name="economy", label="经济类型", kind=ECONOMY, width_mm=22),
        Field(name="village_and_cooperative", label="村社合一", kind=YES_NO, width_mm=14),
        Field(name="party_members", label="党员数", kind=AMOUNT, width_mm=12),
        Field(name="households", label="户数", kind=AMOUNT, headings=("总户数",), width_mm=12),
    ),
)
