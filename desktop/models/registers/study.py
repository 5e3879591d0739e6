"""Studying for a degree while in office (学历能力“双提升”): school, fee, who pays, how it goes."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.codes import EDUCATION, read_education
from desktop.models.domain.fields import AMOUNT, MONTH, Field, Register, coded
from desktop.models.registers.kinds import ANY_MONTH, own_list

STUDYING, GRADUATED = "1", "2"
STATUS = own_list("就读状态", {STUDYING: "在读", GRADUATED: "已毕业", "3": "退学", "4": "拟报名"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """One course of study of one person. Money in yuan."""

    id: str
    person_id: str
    division_code: str  # the village that pays its share
    education_before: str | None = None  # 原学历, as it was when the course began
    school: str
    major: str | None = None
    level: str | None = None  # an education (GB/T 4658) that it leads to
    start: str | None = None
    expected_end: str | None = None
    fee: int | None = None
    township_share: int | None = None
    village_share: int | None = None
    own_share: int | None = None
    status: str | None = None  # STATUS
    ended: str | None = None


STUDY = Register(
    name="study",
    title="学历能力“双提升”台账",
    record=Study,
    fields=(
        Field(
            name="education_before",
            label="原学历",
            kind=coded(EDUCATION, read_education),
            headings=("入学前学历", "现学历"),
            width_mm=14,
        ),
        Field(name="school", label="报读院校", headings=("就读院校", "学校", "院校"), width_mm=34),
        Field(name="major", label="专业", headings=("就读专业", "报读专业"), width_mm=24),
        Field(
            name="level",
            label="层次",
            kind=coded(EDUCATION, read_education),
            headings=("报读层次", "学历层次"),
            width_mm=14,
        ),
        Field(name="start", label="入学时间", kind=MONTH, headings=("入学", "入学年月"), width_mm=17),
        Field(name="expected_end", label="预计毕业", kind=ANY_MONTH, headings=("预计毕业时间",), width_mm=17),
        Field(name="fee", label="学费", kind=AMOUNT, headings=("学费元",), width_mm=14),
        Field(
            name="township_share",
            label="乡镇分担",
            kind=AMOUNT,
            headings=("分担乡镇", "乡镇负担"),
            width_mm=13,
        ),
        Field(name="village_share", label="村分担", kind=AMOUNT, headings=("分担村", "村负担"), width_mm=13),
        Field(
            name="own_share", label="个人分担", kind=AMOUNT, headings=("分担个人", "个人负担"), width_mm=13
        ),
        Field(name="status", label="状态", kind=STATUS, headings=("就读状态",), width_mm=14),
        Field(name="ended", label="毕业时间", kind=MONTH, width_mm=17, listed=False),
    ),
)
