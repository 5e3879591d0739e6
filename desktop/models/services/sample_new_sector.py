"""An invented new sector (演示数据：两新组织): units that do not exist, their party organisations, instructors, visits.

A city has the numbers of the source document: 13 party organisations, 8 areas, 311 instructors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import cycle, islice, product
from random import Random

from desktop.models.domain.credit_code import credit_check_character
from desktop.models.domain.ids import new_id
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.new_sector import (
    INDUSTRY,
    JOINT,
    REGIONAL,
    SINGLE,
    SOCIAL,
    Instructor,
    Organization,
    PartyBranch,
    Visit,
)
from desktop.models.services.sample import invented_person

AREAS = {  # 片区 → its industry, the 行业党委 it belongs to
    "工业园片区": ("机械制造", "园区企业党委"),
    "纺织服装片区": ("纺织服装", "园区企业党委"),
    "医药化工片区": ("医药化工", "园区企业党委"),
    "农产品加工片区": ("农产品加工", "工商联直属企业党委"),
    "商贸物流片区": ("商贸物流", "工商联直属企业党委"),
    "个体经营片区": ("餐饮零售", "个体协党委"),
    "物业服务片区": ("物业服务", "物业行业党工委"),
    "社会组织片区": ("社会服务", "社会组织党委"),
}
_FIRST, _SECOND = "岚棠禾澜屿芷桐砚霁舟荻楸", "汀沅璞衡蓁岑湄昀枫洺垚栎"
_KINDS = {
    "物业服务": "物业服务有限公司",
    "商贸物流": "商贸有限公司",
    "餐饮零售": "商行",
    "社会服务": "服务中心",
}
_BUSINESSES = {
    "机械制造": "农机配件加工、销售",
    "纺织服装": "棉纱、成衣生产",
    "医药化工": "中药饮片生产",
    "农产品加工": "大米、菜籽油加工",
    "商贸物流": "仓储、货运、批发",
    "餐饮零售": "餐饮、日用品零售",
    "物业服务": "住宅小区物业管理",
    "社会服务": "养老、助残、社区服务",
}
_IDENTITIES = ("市人大代表", "市政协委员", "市工商联执委")
_SENDERS = (
    "市委组织部",
    "市市场监管局",
    "市工商联",
    "市税务局",
    "市科经局",
    "市人社局",
    "镇党建办",
    "街道党工委",
)
_MATTERS = ("指导“三会一课”", "看望党员职工", "商量组建党组织", "核对党员名册", "了解生产经营困难")
_RESULTS = ("协调用工 3 人", "帮助办理组织关系转接 2 人", "协调解决党员活动室")
_REASONS = ("正式党员不足 3 人", "职工流动大", "刚成立，正在摸底")
# form, units covered, full members of each unit, brand; what each of a city's organisations is like
_BRANCHES = (
    *(
        (SINGLE, 1, 5, "红色车间"),
        (SINGLE, 1, 8, "匠心先锋"),
        (SINGLE, 1, 4, None),
        (SINGLE, 1, 12, "红链物流"),
    ),
    *((SINGLE, 1, 3, None), (SINGLE, 1, 6, "暖心物业")),
    *(
        (JOINT, 3, 1, None),
        (JOINT, 2, 2, None),
        (JOINT, 4, 1, "同心聚力"),
        (JOINT, 3, 1, None),
        (JOINT, 6, 1, None),
    ),
    *((INDUSTRY, 8, 1, "红色骑手"), (REGIONAL, 6, 1, "商圈红盟")),
)
_CITY = (len(_BRANCHES), 311, 340)  # party organisations, instructors, units
_TOWNSHIP = (3, 5, 9)
_IN_TOWNSHIP = (_BRANCHES[0], _BRANCHES[4], _BRANCHES[7])
_UNCOVERED = (0, 0, 1, 0, 2, 1, 0, 0, 1, 0)  # full members of units without a party organisation …
_EVERY = 34  # … and every so manieth has enough for one


@dataclass(frozen=True, slots=True)
class SampleNewSector:
    """Everything to insert, parents before children."""

    branches: tuple[PartyBranch, ...]
    instructors: tuple[Instructor, ...]
    organizations: tuple[Organization, ...]
    visits: tuple[Visit, ...]

    @property
    def records(self) -> tuple[tuple[object, ...], ...]:
        """One register each."""
        return self.branches, self.instructors, self.organizations, self.visits


def sample_new_sector(divisions: Sequence[Division], today: date, seed: int = 20261126) -> SampleNewSector:
    """The new sector of an office: a city's, or a township's handful; the same seed gives the same."""
    chance = Random(seed)
    whole = any(division.kind == DivisionKind.CITY for division in divisions)
    branch_count, instructor_count, unit_count = _CITY if whole else _TOWNSHIP
    numbers = iter(range(7_000_000, 8_000_000))
    places = _places(divisions)
    instructors = tuple(
        _instructor(chance, next(numbers), place, today) for place in islice(cycle(places), instructor_count)
    )
    names = iter(_names(unit_count))
    units: list[Organization] = []
    branches: list[PartyBranch] = []
    shapes = _BRANCHES if whole else _IN_TOWNSHIP
    for shape, area, place in zip(shapes, cycle(AREAS), cycle(places[:4]), strict=False):
        covered = [_unit(chance, next(names), next(numbers), area, place, today) for _ in range(shape[1])]
        branch = _branch(chance, next(numbers), shape, covered[0], today)
        branches.append(branch)
        units += [replace(each, full_members=shape[2], branch_id=branch.id) for each in covered]
        units[-len(covered)] = _with_members_to_be(units[-len(covered)], number=len(branches))
    for number, (name, area, place) in enumerate(zip(names, cycle(AREAS), cycle(places), strict=False)):
        unit = _unit(chance, name, next(numbers), area, place, today)
        members = 4 if number % _EVERY == _EVERY - 1 else _UNCOVERED[number % len(_UNCOVERED)]
        units.append(replace(unit, full_members=members, not_founded_reason=_reason(chance, members)))
    assert len(branches) == branch_count
    units = [
        replace(unit, instructor_id=each.id if each else None)
        for unit, each in zip(units, (*instructors, *[None] * (unit_count - instructor_count)), strict=True)
    ]
    instructors = tuple(
        replace(each, division_code=unit.division_code)
        for each, unit in zip(instructors, units, strict=False)
    )
    return SampleNewSector(tuple(branches), instructors, tuple(units), tuple(_visits(chance, units, today)))


def _reason(chance: Random, members: int) -> str:
    return _REASONS[0] if members < 3 else chance.choice(_REASONS[1:])


def _places(divisions: Sequence[Division]) -> list[str]:
    """Communities first, where most units are, then townships: codes."""
    kinds = (DivisionKind.COMMUNITY, DivisionKind.TOWNSHIP)
    return [division.code for kind in kinds for division in divisions if division.kind == kind]


def _names(count: int) -> list[str]:
    """So many names, no two alike, the second character changing fastest."""
    pairs = [first + second for second, first in product(_SECOND, _FIRST)]
    return [f"{pair}{mark}" for mark in ("", "新", "恒") for pair in pairs][:count]


def _unit(chance: Random, name: str, number: int, area: str, place: str, today: date) -> Organization:
    industry, committee = AREAS[area]
    head = invented_person(chance, number, today, (30, 60))
    social = industry == "社会服务"
    first_17 = f"{'52' if social else '91'}421099MA{number % 10_000_000:07d}"
    return Organization(
        id=new_id(),
        division_code=place,
        name=f"石首市{name}{_KINDS.get(industry, f'{industry}有限公司')}",
        credit_code=first_17 + credit_check_character(first_17),
        kind=SOCIAL if social else "3" if industry == "餐饮零售" and chance.random() < 0.3 else "1",
        above_scale="1" if not social and chance.random() < 0.25 else "0",
        industry=industry,
        area=area,
        industry_committee=committee,
        address=f"兴业路 {number % 900 + 1} 号",
        established=f"{today.year - chance.randint(2, 18)}-{chance.randint(1, 12):02d}",
        head=head.name,
        head_phone=head.phone,
        head_political_status=head.political_status,
        employees=chance.randint(6, 180),
        probationary_members=1 if chance.random() < 0.1 else 0,
        floating_members=chance.choice((0, 0, 0, 1, 2)),
        social_kind="2" if social else None,  # a 服务中心, code 52
        main_business=_BUSINESSES[industry],
        output=None if social else float(60 + number % 97 * 45),
        head_identity=_IDENTITIES[number % 3] if number % 20 == 0 else None,
    )


def _with_members_to_be(unit: Organization, number: int) -> Organization:
    """The first unit of a party organisation has people on the way into the party."""
    members = unit.full_members or 0
    social = unit.kind == SOCIAL
    return replace(
        unit,
        development_targets=number % 2,
        activists=1 + number % 3,
        applicants=2 + number % 4,
        full_time_members=members - members // 3 if social else None,
        part_time_members=members // 3 if social else None,
    )


def _branch(
    chance: Random, number: int, shape: tuple[str, int, int, str | None], first: Organization, today: date
) -> PartyBranch:
    form, _, _, brand = shape
    secretary = invented_person(chance, number, today, (32, 58), in_party=True)
    stem = first.name.removeprefix("石首市").removesuffix("有限公司")
    names = {
        SINGLE: f"{stem}党支部",
        JOINT: f"{stem}联合党支部",
        INDUSTRY: f"{first.industry}行业党支部",
        REGIONAL: f"{first.area}党支部",
    }
    year = today.year - chance.randint(1, 4)
    return PartyBranch(
        id=new_id(),
        division_code=first.division_code,
        name=names[form],
        form=form,
        founded=f"{year}-{chance.randint(1, 12):02d}",
        approval=f"石组批〔{year}〕{chance.randint(1, 60)} 号",
        secretary=secretary.name,
        secretary_phone=secretary.phone,
        brand=brand,
        superior=first.industry_committee,
    )


def _instructor(chance: Random, number: int, place: str, today: date) -> Instructor:
    person = invented_person(chance, number, today, (28, 58), in_party=True)
    engagement, unit = chance.choice("1222"), chance.choice(_SENDERS)
    return Instructor(
        id=new_id(),
        division_code=place,
        name=person.name,
        engagement=engagement,
        unit=unit,
        post=chance.choice(("科员", "副科长", "四级主任科员", "党建办干事")),
        phone=person.phone,
        level="市级" if unit.startswith("市") else "镇级",
        visits_planned=chance.choice((1, 1, 2)),
        start=f"{today.year - 1}-03",
    )


def _visits(chance: Random, units: Sequence[Organization], today: date) -> list[Visit]:
    """Some units were visited this year, some twice."""
    visited = [unit for unit in units if unit.instructor_id][::2]
    visits = []
    for number, unit in enumerate((*visited, *visited[::3])):
        month = chance.randint(1, today.month)
        day = date(today.year, month, chance.randint(1, min(28, today.day if month == today.month else 28)))
        assert unit.instructor_id is not None
        visits.append(
            Visit(
                id=new_id(),
                instructor_id=unit.instructor_id,
                organization_id=unit.id,
                day=day.isoformat(),
                matter=chance.choice(_MATTERS),
                result=_RESULTS[number // 6 % len(_RESULTS)] if number % 6 == 0 else None,
            )
        )
    return visits
