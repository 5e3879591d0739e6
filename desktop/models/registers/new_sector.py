"""Party building in the new sector (两新): units, the party organisations that cover them, instructors, visits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.codes import POLITICAL_STATUS
from desktop.models.domain.fields import MONTH, NAME, PHONE, PROSE, TEXT, Field, Plain, Register, coded
from desktop.models.domain.reading import SILENT, Cell, Reading
from desktop.models.registers.kinds import COUNT, CREDIT_CODE, PAST_DAY, WAN_YUAN, own_list
from desktop.models.registers.village_year import YES_NO

ORGANIZATION_KIND = own_list(
    "单位类型",
    {"1": "非公企业", "2": "社会组织", "3": "新业态", "4": "新就业群体"},
    {
        "1": "非公 企业 非公有制企业 民营企业 私营企业 个体工商户",
        "2": "社团 民非 民办非企业单位 社会团体 基金会 社会服务机构",
        "3": "新经济组织 新业态企业",
        "4": "新就业群体组织",
    },
)
SOCIAL = "2"
SOCIAL_KIND = own_list(
    "社会组织种类",
    {"1": "社会团体", "2": "民办非企业单位", "3": "基金会"},
    {"1": "社团 社会团体法人", "2": "民非 社会服务机构 民办非企业单位（社会服务机构）"},
)
SINGLE, JOINT, INDUSTRY, REGIONAL = "1", "2", "3", "4"
BRANCH_FORM = own_list(
    "组建方式",
    {SINGLE: "单独组建", JOINT: "联合组建", INDUSTRY: "行业组建", REGIONAL: "区域组建"},
    {
        SINGLE: "单独 单独建 独立组建",
        JOINT: "联合 联合建 联建",
        INDUSTRY: "行业 行业建",
        REGIONAL: "区域 区域建",
    },
)
_MONTHLY = re.compile(r"(?:每月|月均)?(\d{1,2})次?(?:/|每)?月?")


def _read_monthly(cell: Cell, _today: date) -> Reading:
    if means_nothing(cell.text):
        return SILENT
    match = _MONTHLY.fullmatch(compact(cell.text))
    if match is None:
        return Reading(problem=f"“{cell.text}”看不出每月几次，请填每月的次数，如 1。")
    return Reading(int(match[1]))


_NONE_YET = frozenset(("未建", "未组建", "未成立", "暂未建立", "未建立", "无党组织", "尚未组建"))


def _read_branch_name(cell: Cell, today: date) -> Reading:
    return SILENT if compact(cell.text) in _NONE_YET else TEXT.read(cell, today)


BRANCH_NAME = Plain(_read_branch_name)  # offices write 未建 where there is none
ENGAGEMENT = own_list("专兼职", {"1": "专职", "2": "兼职"}, {"1": "专", "2": "兼"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyBranch:
    """A party organisation of the new sector (党组织): what 8+N checklists are about; it covers one unit or several."""

    id: str
    division_code: str  # township, village or community it belongs to
    name: str
    form: str | None = None  # BRANCH_FORM
    founded: str | None = None  # month
    approval: str | None = None  # 批准文号
    secretary: str | None = None
    secretary_phone: str | None = None
    committee_members: int | None = None  # 支委人数
    brand: str | None = None  # 党建品牌
    dissolved: str | None = None  # month
    remarks: str | None = None
    superior: str | None = None  # 隶属: the party committee it belongs to


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructor:
    """A party building instructor (党建指导员): once, however many units they look after."""

    id: str
    division_code: str
    name: str
    engagement: str | None = None  # ENGAGEMENT
    unit: str | None = None  # 派出单位
    post: str | None = None
    phone: str | None = None
    level: str | None = None  # 派驻等级
    visits_planned: int | None = None  # a month
    start: str | None = None  # month
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A unit of the new sector (两新组织); covered by ``branch_id``'s organisation, looked after by ``instructor_id``."""

    id: str
    division_code: str  # township, village or community where it lies
    name: str
    credit_code: str | None = None  # GB 32100-2015
    kind: str | None = None  # ORGANIZATION_KIND
    above_scale: str | None = None  # 规上, YES_NO
    industry: str | None = None
    area: str | None = None  # 片区
    industry_committee: str | None = None  # 所属行业党委
    address: str | None = None
    established: str | None = None  # month
    head: str | None = None
    head_phone: str | None = None
    head_political_status: str | None = None
    employees: int | None = None
    full_members: int | None = None
    probationary_members: int | None = None
    floating_members: int | None = None
    should_found: str | None = None  # 应建党组织, YES_NO
    branch_id: str | None = None
    instructor_id: str | None = None
    not_founded_reason: str | None = None
    closed: str | None = None  # 注销或停业, month
    remarks: str | None = None
    social_kind: str | None = None  # SOCIAL_KIND, of a social organization
    registration: str | None = None  # 登记证号 of before there were credit codes
    main_business: str | None = None
    output: float | None = None  # 年产值, 万元
    head_identity: str | None = None  # 负责人身份: 人大代表, 出资人 …
    full_time_members: int | None = None  # 专职党员
    part_time_members: int | None = None  # 兼职党员
    development_targets: int | None = None  # 发展对象
    activists: int | None = None  # 入党积极分子
    applicants: int | None = None  # 入党申请人


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of an instructor to a unit (走访)."""

    id: str
    instructor_id: str
    organization_id: str | None = None
    day: str
    matter: str | None = None
    result: str | None = None


PARTY_BRANCH = Register(
    name="party_branch",
    title="两新党组织台账",
    record=PartyBranch,
    fields=(
        Field(
            name="name",
            label="党组织名称",
            kind=BRANCH_NAME,
            headings=("党组织", "所在党组织", "支部名称"),
            width_mm=40,
        ),
        Field(
            name="form",
            label="组建方式",
            kind=BRANCH_FORM,
            headings=("建立方式", "组建形式", "建制", "党组织建制", "党组织组建方式"),
            width_mm=18,
        ),
        Field(
            name="founded",
            label="成立时间",
            kind=MONTH,
            headings=("党组织成立时间", "组建时间"),
            width_mm=17,
        ),
        Field(
            name="approval",
            label="批准文号",
            headings=("审批文号", "批复文号", "党组织审批文号"),
            width_mm=28,
        ),
        Field(
            name="secretary",
            label="书记",
            kind=NAME,
            headings=("党组织书记", "书记姓名", "支部书记"),
            width_mm=16,
        ),
        Field(
            name="superior",
            label="隶属党组织",
            headings=("隶属", "党组织隶属", "隶属关系", "上级党组织"),
            width_mm=30,
            listed=False,
        ),
        Field(name="secretary_phone", label="书记电话", kind=PHONE, headings=("书记联系电话",), width_mm=24),
        Field(
            name="committee_members",
            label="支委人数",
            kind=COUNT,
            headings=("支部委员人数",),
            width_mm=14,
            listed=False,
        ),
        Field(name="brand", label="党建品牌", headings=("品牌",), width_mm=24),
        Field(name="dissolved", label="撤销时间", kind=MONTH, width_mm=17, listed=False),
        Field(name="remarks", label="备注", kind=PROSE, headings=("说明",), width_mm=24, listed=False),
    ),
)
INSTRUCTOR = Register(
    name="instructor",
    title="党建指导员台账",
    record=Instructor,
    fields=(
        Field(name="name", label="姓名", kind=NAME, headings=("指导员", "指导员姓名"), width_mm=18),
        Field(name="engagement", label="专兼职", kind=ENGAGEMENT, headings=("专/兼职",), width_mm=12),
        Field(name="unit", label="派出单位", headings=("所属单位", "工作单位", "指导员单位"), width_mm=36),
        Field(name="post", label="职务", width_mm=22),
        Field(
            name="phone", label="联系电话", kind=PHONE, headings=("电话", "手机", "指导员手机"), width_mm=24
        ),
        Field(name="level", label="派驻等级", headings=("级别", "派驻级别"), width_mm=16),
        Field(
            name="visits_planned",
            label="每月走访次数",
            kind=Plain(_read_monthly, align="right"),
            headings=("走访频率", "走访次数"),
            width_mm=16,
        ),
        Field(name="start", label="派驻时间", kind=MONTH, width_mm=17),
        Field(name="end", label="结束时间", kind=MONTH, width_mm=17, listed=False),
    ),
)
ORGANIZATION = Register(
    name="organization",
    title="两新组织台账",
    record=Organization,
    fields=(
        Field(name="name", label="组织名称", headings=("单位名称", "企业名称", "社会组织名称"), width_mm=44),
        Field(
            name="credit_code",
            label="统一社会信用代码",
            kind=CREDIT_CODE,
            headings=("信用代码", "登记证号"),
            width_mm=36,
        ),
        Field(
            name="kind",
            label="类型",
            kind=ORGANIZATION_KIND,
            headings=("单位类型", "组织类型", "种类", "类别"),
            width_mm=18,
        ),
        Field(
            name="social_kind",
            label="社会组织种类",
            kind=SOCIAL_KIND,
            headings=("社会组织类型", "社会组织类别"),
            width_mm=24,
            listed=False,
        ),
        Field(name="registration", label="原登记证号", width_mm=30, listed=False),
        Field(name="above_scale", label="规上", kind=YES_NO, headings=("是否规上",), width_mm=10),
        Field(name="industry", label="行业", headings=("所属行业",), width_mm=20),
        Field(
            name="main_business",
            label="主营业务",
            headings=("经营范围", "业务范围"),
            width_mm=30,
            listed=False,
        ),
        Field(
            name="output",
            label="年产值（万元）",
            kind=WAN_YUAN,
            headings=("年产值万元", "上年产值", "产值"),
            width_mm=18,
            listed=False,
        ),
        Field(name="area", label="片区", headings=("所属片区", "行业片区"), width_mm=20),
        Field(
            name="industry_committee",
            label="所属行业党委",
            headings=("行业党委",),
            width_mm=30,
        ),
        Field(name="address", label="地址", headings=("经营地址", "办公地址"), width_mm=36),
        Field(
            name="established",
            label="创办时间",
            kind=MONTH,
            headings=("注册时间", "成立登记时间"),
            width_mm=17,
            listed=False,
        ),
        Field(
            name="head",
            label="负责人",
            kind=NAME,
            headings=("法定代表人", "法人代表", "负责人姓名", "负责人电话政治面貌", "负责人/电话"),
            width_mm=16,
        ),
        Field(
            name="head_phone",
            label="负责人电话",
            kind=PHONE,
            headings=("负责人手机", "联系电话", "电话"),
            width_mm=24,
        ),
        Field(
            name="head_political_status",
            label="负责人政治面貌",
            kind=coded(POLITICAL_STATUS),
            width_mm=18,
        ),
        Field(name="head_identity", label="负责人身份", width_mm=24, listed=False),
        Field(
            name="employees",
            label="从业人数",
            kind=COUNT,
            headings=("职工数", "从业人员数", "员工数"),
            width_mm=14,
        ),
        Field(
            name="full_members",
            label="正式党员",
            kind=COUNT,
            headings=("党员数", "党员人数", "正式党员数", "正式", "党员数正式", "党员人数正式"),
            width_mm=14,
        ),
        Field(
            name="probationary_members",
            label="预备党员",
            kind=COUNT,
            headings=("预备党员数", "预备", "党员数预备", "党员人数预备"),
            width_mm=14,
        ),
        Field(
            name="floating_members",
            label="流动党员",
            kind=COUNT,
            headings=("流动党员数", "流动", "党员数流动"),
            width_mm=14,
        ),
        Field(
            name="full_time_members",
            label="专职党员",
            kind=COUNT,
            headings=("专职党员数", "专兼职党员", "党员数专职"),
            width_mm=14,
            listed=False,
        ),
        Field(
            name="part_time_members",
            label="兼职党员",
            kind=COUNT,
            headings=("兼职党员数", "党员数兼职"),
            width_mm=14,
            listed=False,
        ),
        Field(
            name="development_targets",
            label="发展对象",
            kind=COUNT,
            headings=("发展对象数",),
            width_mm=14,
            listed=False,
        ),
        Field(
            name="activists",
            label="入党积极分子",
            kind=COUNT,
            headings=("积极分子", "积极分子数"),
            width_mm=14,
            listed=False,
        ),
        Field(
            name="applicants",
            label="入党申请人",
            kind=COUNT,
            headings=("申请人", "申请入党人", "申请人数", "入党申请人数"),
            width_mm=14,
            listed=False,
        ),
        Field(
            name="should_found",
            label="应建党组织",
            kind=YES_NO,
            headings=("是否应建", "应建"),
            width_mm=14,
        ),
        Field(name="not_founded_reason", label="未建原因", kind=PROSE, headings=("未组建原因",), width_mm=28),
        Field(
            name="closed",
            label="注销或停业时间",
            kind=MONTH,
            headings=("注销时间",),
            width_mm=17,
            listed=False,
        ),
        Field(name="remarks", label="备注", kind=PROSE, headings=("说明",), width_mm=24),
    ),
)
VISIT = Register(
    name="visit",
    title="指导员走访记录",
    record=Visit,
    fields=(
        Field(name="day", label="走访日期", kind=PAST_DAY, headings=("日期", "走访时间"), width_mm=20),
        Field(name="matter", label="走访内容", kind=PROSE, width_mm=50),
        Field(name="result", label="解决问题", kind=PROSE, headings=("结果",), width_mm=40),
    ),
)


def open_on(unit: Organization, day: date) -> bool:
    """Whether a unit was there on ``day``; in the month of its end it is there no longer."""
    return _lasts(unit.established, unit.closed, day)


def stands_on(branch: PartyBranch, day: date) -> bool:
    """Whether a party organisation stood on ``day``; in the month of its dissolution no longer."""
    return _lasts(branch.founded, branch.dissolved, day)


def serves_on(instructor: Instructor, day: date) -> bool:
    """Whether an instructor served on ``day``; in the month of leaving no longer."""
    return _lasts(instructor.start, instructor.end, day)


def _lasts(start: str | None, end: str | None, day: date) -> bool:
    text = day.isoformat()
    return (start is None or start <= text) and (end is None or end > text[:7])
