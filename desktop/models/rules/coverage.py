"""How far party building reaches the new sector (两个覆盖): rates with their denominators, and what they mean in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.models.registers.new_sector import ORGANIZATION_KIND
from desktop.models.registers.village_year import YES
from desktop.models.rules.new_sector import UnitFacts
from desktop.models.rules.village_figures import percent

# printed with every table of rates, because offices argue about them
SHOULD_WORDS = (
    "应建单位：登记为应建党组织的；没有登记是否应建的，正式党员 {} 人以上的；已由党组织覆盖的也计入。"
)
PARTY_WORDS = "党组织覆盖率 = 已由党组织（含联合、行业、区域党组织）覆盖的单位 ÷ 应建单位。"
WORK_WORDS = "工作覆盖率 = 已由党组织覆盖或派有党建指导员的单位 ÷ 统计范围内全部单位。"
INSTRUCTOR_WORDS = "指导多个单位的党建指导员，各行都计，合计只计一人。"
UNKNOWN = "（没有填）"  # the label of units whose mark nobody entered


class Base(StrEnum):
    """Which units are counted. Values are stored: never reuse one."""

    ALL = "all"
    ABOVE_SCALE = "above_scale"

    @property
    def label(self) -> str:
        """The words of the setting and on paper."""
        return {"all": "全部法人户", "above_scale": "规上单位"}[self.value]


class By(StrEnum):
    """What the lines of a table of rates are."""

    TOWNSHIP = "township"
    VILLAGE = "village"
    KIND = "kind"
    COMMITTEE = "industry_committee"
    AREA = "area"

    @property
    def label(self) -> str:
        """The heading of the first column."""
        words = {"township": "乡镇", "village": "社区或乡镇", "kind": "类型"}
        return (words | {"industry_committee": "所属行业党委", "area": "片区"})[self.value]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The numbers of some units: how many there are, should have a party organisation, have one, are reached at all.

    ``instructors`` are people in post who look after ``instructed`` of the units, whether or not these have a party
    organisation too.
    """

    label: str
    units: int
    should: int
    covered: int
    reached: int  # by a party organisation or an instructor
    instructors: int
    instructed: int

    @property
    def party_rate(self) -> str:
        """党组织覆盖率, printed; empty where no unit should have one."""
        return percent(self.covered, self.should)

    @property
    def work_rate(self) -> str:
        """工作覆盖率, printed; empty where there is no unit."""
        return percent(self.reached, self.units)


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Rates line by line with their total.

    ``founding`` full members are what a unit should have a party organisation from; ``left_out`` units are not known
    to belong to the base or not; ``serving`` instructors are in post, with units or without.
    """

    base: Base
    by: By
    rows: tuple[Coverage, ...]
    total: Coverage
    founding: int
    left_out: int
    serving: int

    def notes(self) -> tuple[str, ...]:
        """What the numbers mean and rest on, to be printed below them."""
        total = self.total
        unknown = f"，另有 {self.left_out} 个没有填是否规上，未计入" if self.left_out else ""
        return (
            f"统计范围：{self.base.label} {total.units} 个{unknown}；已注销或停业的不计。",
            f"{PARTY_WORDS}本表 {total.covered} ÷ {total.should}{_result(total.party_rate)}"
            + SHOULD_WORDS.format(self.founding),
            f"{WORK_WORDS}本表 {total.reached} ÷ {total.units}{_result(total.work_rate)}",
            self._instructor_words(),
        )

    def _instructor_words(self) -> str:
        total = self.total
        alone = total.reached - total.covered
        rate = percent(total.instructed, total.units)
        return (
            f"党建指导员在任 {self.serving} 人，其中 {total.instructors} 人指导本表单位 {total.instructed} 个"
            + (f"，占 {total.units} 个单位的 {rate}" if rate else "")
            + f"（{total.instructed - alone} 个已由党组织覆盖，{alone} 个只派指导员）。{INSTRUCTOR_WORDS}"
        )


def coverage(units: Sequence[UnitFacts], by: By, base: Base, founding: int, serving: int) -> CoverageTable:
    """The rates of some units that are open, by one of their marks, in the order in which the marks first come."""
    unknown = sum(each.unit.above_scale is None for each in units) if base is Base.ABOVE_SCALE else 0
    counted = [each for each in units if base is Base.ALL or each.unit.above_scale == YES]
    groups: dict[str, list[UnitFacts]] = {}
    for each in counted:
        groups.setdefault(_mark(each, by), []).append(each)
    last = groups.pop(UNKNOWN, [])  # stands at the end
    rows = [_count(label, group) for label, group in groups.items()]
    rows += [_count(UNKNOWN, last)] if last else []
    return CoverageTable(base, by, tuple(rows), _count("合计", counted), founding, unknown, serving)


def _mark(facts: UnitFacts, by: By) -> str:
    unit = facts.unit
    mark = {
        By.TOWNSHIP: facts.township,
        By.VILLAGE: facts.division.short_name,
        By.KIND: ORGANIZATION_KIND.show(unit.kind),
        By.COMMITTEE: unit.industry_committee,
        By.AREA: unit.area,
    }[by]
    return mark or UNKNOWN


def _count(label: str, units: Iterable[UnitFacts]) -> Coverage:
    units = list(units)
    return Coverage(
        label,
        units=len(units),
        should=sum(each.should_have_one for each in units),
        covered=sum(each.covered for each in units),
        reached=sum(each.covered or each.instructed for each in units),
        instructors=len({each.unit.instructor_id for each in units if each.instructed}),
        instructed=sum(each.instructed for each in units),
    )


def _result(rate: str) -> str:
    return f" = {rate}。" if rate else "，没有可以相除的单位。"
