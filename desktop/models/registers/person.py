"""People (人员): who they are, apart from the posts they hold."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.codes import (
    EDUCATION,
    ETHNIC_GROUP,
    POLITICAL_STATUS,
    SEX,
    SOURCE,
    read_education,
    read_political_status,
)
from desktop.models.domain.fields import (
    AMOUNT,
    IDENTITY,
    MONTH,
    NAME,
    PHONE,
    PROSE,
    Field,
    Register,
    coded,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person; None where nothing is known. Codes are those of resources/codes, months ``YYYY-MM``."""

    id: str
    name: str
    sex: str | None = None
    birth: str | None = None
    ethnic_group: str | None = None
    native_place: str | None = None  # 籍贯
    political_status: str | None = None
    party_stage: str | None = None  # 入党积极分子、发展对象
    party_joined: str | None = None
    education: str | None = None  # the highest
    education_full_time: str | None = None  # 全日制
    education_in_service: str | None = None  # 在职
    school_major: str | None = None
    cadre_since: str | None = None  # 任村干部起始时间
    source: str | None = None  # 身份类别
    delegate: str | None = None  # 两代表一委员
    duties: str | None = None  # 分管工作
    pay: int | None = None  # yuan a year
    pension: str | None = None  # 养老保险
    id_number: str | None = None
    phone: str | None = None
    remarks: str | None = None


_EDUCATION = coded(EDUCATION, read_education)
PERSON = Register(
    name="person",
    title="人员",
    record=Person,
    fields=(
        Field(
            name="name",
            label="姓名",
            kind=NAME,
            headings=("名字", "成员姓名", "干部姓名"),
            width_mm=16,
            a4_width_mm=19,
        ),
        Field(name="sex", label="性别", kind=coded(SEX, align="center"), width_mm=9, a4_width_mm=11),
        Field(
            name="ethnic_group",
            label="民族",
            kind=coded(ETHNIC_GROUP),
            headings=("族别",),
            width_mm=14,
            a4_width_mm=16,
        ),
        Field(
            name="birth",
            label="出生年月",
            kind=MONTH,
            width_mm=18,
            a4_width_mm=19,
            headings=("出生日期", "出生时间", "出生年月日", "生日", "出生", "出生年月岁"),
        ),
        Field(name="native_place", label="籍贯", width_mm=18, listed=False),
        Field(
            name="political_status",
            label="政治面貌",
            kind=coded(POLITICAL_STATUS, read_political_status),
            width_mm=17,
            a4_width_mm=21,
            headings=("面貌", "是否党员", "党派", "政治身份", "是否中共党员"),
        ),
        Field(
            name="party_joined",
            label="入党时间",
            kind=MONTH,
            width_mm=17.5,
            a4_width_mm=19,
            headings=("入党年月", "入党日期", "加入党组织时间", "入党"),
        ),
        Field(
            name="education",
            label="学历",
            kind=_EDUCATION,
            width_mm=12,
            a4_width_mm=14,
            headings=("文化程度", "最高学历", "学历层次", "教育程度", "学历情况", "文化"),
        ),
        Field(
            name="education_full_time",
            label="全日制学历",
            kind=_EDUCATION,
            width_mm=13,
            listed=False,
            headings=("第一学历", "学历全日制", "全日制", "全日制教育", "学历全日制教育", "全日制教育学历"),
        ),
        Field(
            name="education_in_service",
            label="在职学历",
            kind=_EDUCATION,
            width_mm=11,
            listed=False,
            headings=("学历在职", "在职", "在职教育", "学历在职教育", "在职教育学历", "第二学历", "后续学历"),
        ),
        Field(
            name="school_major",
            label="毕业院校及专业",
            width_mm=26,
            listed=False,
            headings=(
                "毕业院校",
                "毕业学校",
                "院校及专业",
                "毕业院校系及专业",
                "学校及专业",
                "毕业学校及专业",
            ),
        ),
        Field(
            name="cadre_since",
            label="任村干部起始时间",
            kind=MONTH,
            width_mm=17.5,
            listed=False,
            headings=("任村干部时间", "任村干部年月", "开始任村干部时间", "首次任村干部时间"),
        ),
        Field(
            name="source",
            label="身份类别",
            kind=coded(SOURCE),
            width_mm=20,
            listed=False,
            headings=("来源", "身份来源", "人员来源", "身份类别来源", "人员类别", "干部来源"),
        ),
        Field(
            name="delegate",
            label="两代表一委员",
            width_mm=13,
            listed=False,
            headings=("是否两代表一委员", "两代表一委员情况"),
        ),
        Field(
            name="duties", label="分管工作", headings=("分工", "工作分工", "分管"), width_mm=22, listed=False
        ),
        Field(
            name="pay",
            label="年报酬",
            kind=AMOUNT,
            width_mm=16,
            listed=False,
            headings=("年薪", "报酬", "年报酬元", "年收入", "年工资"),
        ),
        Field(
            name="pension",
            label="养老保险",
            width_mm=15,
            listed=False,
            headings=("养老保险参保", "参保情况", "养老保险参保情况", "社保"),
        ),
        Field(
            name="id_number",
            label="身份证号",
            kind=IDENTITY,
            width_mm=41.5,
            a4_width_mm=39,
            headings=(
                "身份证",
                "身份证号码",
                "公民身份号码",
                "公民身份证号",
                "公民身份证号码",
                "证件号码",
                "居民身份证号",
                "居民身份证号码",
            ),
        ),
        Field(
            name="phone",
            label="联系电话",
            kind=PHONE,
            width_mm=26.5,
            a4_width_mm=25,
            headings=("联系方式", "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话手机"),
        ),
        Field(name="party_stage", label="发展阶段", width_mm=16, listed=False),
        Field(
            name="remarks", label="备注", kind=PROSE, headings=("说明", "备注说明"), width_mm=13, listed=False
        ),
    ),
)
