"""The pages of the new sector (两新组织、党组织、指导员、走访), declared once each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desktop.models.domain.fields import Field, Register
from desktop.models.registers.kinds import COUNT
from desktop.models.registers.listing import Behind, Listing, Values
from desktop.models.registers.new_sector import INSTRUCTOR, ORGANIZATION, PARTY_BRANCH, SOCIAL, VISIT
from desktop.models.registers.roster import ROSTER
from desktop.models.registers.village_year import YES_NO

_TOWNSHIP = ROSTER.field("township")
PLACE = (  # where a line lies: a village, or a township itself
    _TOWNSHIP,
    Field(
        name="village",
        label="所在社区或乡镇",
        headings=("村（社区）", "村", "社区", "所在社区", "所属社区", "所在村", "行政村", "村社区", "所在地"),
        width_mm=24,
    ),
)
_GRADE = Field(name="grade", label="8+N 等级及日期", width_mm=22, editable=False)
_VISITS = Field(name="visits", label="本年走访次数", kind=COUNT, width_mm=14, editable=False)
_HAS_BRANCH = Field(
    name="has_branch",
    label="是否建党组织",
    kind=YES_NO,
    headings=("是否已建党组织", "是否建立党组织", "党组织组建情况"),
    width_mm=12,
    editable=False,
    listed=False,
)
_UNITS = Field(name="units", label="单位数", kind=COUNT, width_mm=12, editable=False)


def _of(register: Register, *names: str) -> tuple[Field, ...]:
    return tuple(register.field(name) for name in names) if names else register.fields


def _columns(behind: Behind, headings: Mapping[str, Iterable[str]]) -> tuple[Field, ...]:
    """The columns of a record behind, as fields of the line: label first of ``headings``, then what else it goes by."""
    return tuple(
        replace(
            behind.register.field(field),
            name=column,
            label=next(iter(headings.get(column, ())), behind.register.field(field).label),
            headings=(*tuple(headings.get(column, ()))[1:], *behind.register.field(field).headings),
        )
        for column, field in behind.columns.items()
    )


_BRANCH = Behind(
    link="branch_id",
    register=PARTY_BRANCH,
    noun="党组织",
    columns={"branch": "name"}
    | {name: name for name in ("form", "founded", "approval", "superior")}
    | {name: name for name in ("secretary", "secretary_phone", "brand")},
    named="branch",
    makes=True,
    ended="dissolved",
)
BRANCH_COLUMNS = tuple(_BRANCH.columns)
_INSTRUCTOR = Behind(
    link="instructor_id",
    register=INSTRUCTOR,
    noun="指导员",
    columns={"instructor": "name", "instructor_unit": "unit", "instructor_phone": "phone"},
    named="instructor",
    makes=True,
    ended="end",
    apart="phone",
)
_VISITOR = replace(
    _INSTRUCTOR, owns=True, makes=False, columns={"instructor": "name", "instructor_unit": "unit"}
)
_VISITED = Behind(
    link="organization_id",
    register=ORGANIZATION,
    noun="单位",
    columns={"organization": "name"},
    named="organization",
    ended="closed",
)
_HEADINGS = {
    "branch": ("党组织名称",),
    "founded": ("成立时间", "党组织成立时间", "组建时间"),
    "secretary": ("书记", "党组织书记", "支部书记", "书记姓名", "党组织书记姓名"),
    "secretary_phone": ("书记电话", "党组织电话", "书记手机", "书记联系电话"),
    "instructor": ("党建指导员", "指导员", "指导员姓名", "党建指导员姓名", "工作覆盖指导员"),
    "instructor_unit": ("派出单位", "指导员派出单位", "指导员单位"),
    "instructor_phone": ("指导员电话", "指导员手机", "党建指导员电话", "工作覆盖手机"),
}


def _proposed(unit: Values) -> Values:
    return {"kind": SOCIAL} if unit.get("social_kind") else {}


ORGANIZATIONS = Listing(
    register=ORGANIZATION,
    noun="单位",
    columns=(
        *_of(ORGANIZATION, "name", "credit_code", "registration"),
        *PLACE,
        *_of(ORGANIZATION, "kind", "social_kind", "industry", "main_business", "output", "area"),
        *_of(ORGANIZATION, "industry_committee", "address"),
        *_of(ORGANIZATION, "head", "head_phone", "head_political_status", "head_identity", "employees"),
        *_of(ORGANIZATION, "full_members", "probationary_members", "floating_members"),
        *_of(ORGANIZATION, "full_time_members", "part_time_members"),
        *_of(ORGANIZATION, "development_targets", "activists", "applicants"),
        _HAS_BRANCH,
        *_columns(_BRANCH, _HEADINGS),
        *_columns(_INSTRUCTOR, _HEADINGS),
        _VISITS,
        _GRADE,
        *_of(
            ORGANIZATION,
            "should_found",
            "not_founded_reason",
            "above_scale",
            "established",
            "closed",
            "remarks",
        ),
    ),
    chips={
        "all": "全部",
        "open": "在册",
        "covered": "已建党组织",
        "missing": "应建未建",
        "joint": "联合组建",
        "no_instructor": "无指导员",
        "incomplete": "信息不全",
        "closed": "已注销",
    },
    needed=("name",),
    essential=("credit_code", "kind", "area", "head", "head_phone", "employees", "full_members"),
    unique=("name", "credit_code", "division_code"),
    behind=(_BRANCH, _INSTRUCTOR),
    in_township=True,
    proposes=_proposed,
)
PARTY_BRANCHES = Listing(
    register=PARTY_BRANCH,
    noun="党组织",
    columns=(
        PARTY_BRANCH.field("name"),
        *PLACE,
        *_of(PARTY_BRANCH, "form", "founded", "approval", "superior"),
        *_of(PARTY_BRANCH, "secretary", "secretary_phone", "committee_members"),
        _UNITS,
        Field(name="members", label="正式党员", kind=COUNT, width_mm=14, editable=False),
        _GRADE,
        *_of(PARTY_BRANCH, "brand", "dissolved", "remarks"),
    ),
    chips={
        "all": "全部",
        "standing": "在册",
        "single": "单独组建",
        "joint": "联合组建",
        "empty": "没有单位",
        "incomplete": "信息不全",
        "dissolved": "已撤销",
    },
    needed=("name",),
    essential=("form", "founded", "secretary", "secretary_phone"),
    unique=("name", "division_code"),
    in_township=True,
)
INSTRUCTORS = Listing(
    register=INSTRUCTOR,
    noun="指导员",
    columns=(
        INSTRUCTOR.field("name"),
        *PLACE,
        *_of(INSTRUCTOR, "engagement", "unit", "post", "phone", "level", "visits_planned"),
        _UNITS,
        _VISITS,
        *_of(INSTRUCTOR, "start", "end"),
    ),
    chips={
        "all": "全部",
        "serving": "在任",
        "idle": "没有单位",
        "unvisited": "本年没有走访",
        "incomplete": "信息不全",
        "left": "已结束",
    },
    needed=("name",),
    essential=("unit", "phone", "engagement"),
    unique=("name", "division_code"),
    in_township=True,
)
VISITS = Listing(
    register=VISIT,
    noun="走访",
    columns=(
        VISIT.field("day"),
        *_columns(_VISITOR, _HEADINGS),
        *_columns(_VISITED, {"organization": ("走访单位", "指导企业", "单位名称", "企业名称", "组织名称")}),
        *PLACE,
        *_of(VISIT, "matter", "result"),
    ),
    chips={"all": "全部", "year": "本年", "no_unit": "没填单位"},
    needed=("day", "instructor"),
    essential=("organization", "matter"),
    unique=("instructor_id", "organization_id", "day"),
    behind=(_VISITOR, _VISITED),
    in_township=True,
)
NEW_SECTOR = (ORGANIZATIONS, PARTY_BRANCHES, INSTRUCTORS, VISITS)
