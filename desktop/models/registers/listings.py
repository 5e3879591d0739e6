"""The pages of the simple registers (后备、双提升、村级数据、届次 and what belongs to one person), declared once each."""

from __future__ import annotations

from dataclasses import replace

from desktop.models.domain.fields import Field, Register
from desktop.models.registers.committee_term import COMMITTEE_TERM, propose_due
from desktop.models.registers.four_ones_listings import FOUR_ONES
from desktop.models.registers.listing import Behind, Listing
from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import RECOGNITIONS, RELATIVE, TRAINING, propose_effect_end
from desktop.models.registers.reserve import APPRAISAL, RESERVE
from desktop.models.registers.roster import ROSTER
from desktop.models.registers.sector_listings import NEW_SECTOR
from desktop.models.registers.study import STUDY
from desktop.models.registers.village_year import VILLAGE_YEAR


def _of(register: Register, *names: str) -> tuple[Field, ...]:
    return tuple(register.field(name) for name in names) if names else register.fields


_TOWNSHIP = ROSTER.field("township")
_VILLAGE = replace(ROSTER.field("village"), editable=True)
_PLACE = (_TOWNSHIP, _VILLAGE)
_HOME = (_TOWNSHIP, ROSTER.field("village"))  # where the person is: nothing of the record
_POSTS = Field(name="posts", label="现任职务", headings=("职务",), width_mm=34, editable=False)
_NUMBERS = _of(PERSON, "id_number", "phone")

RESERVES = Listing(
    register=RESERVE,
    noun="后备干部",
    columns=(
        *_of(PERSON, "name"),
        *_PLACE,
        *_of(PERSON, "sex", "birth", "political_status", "education"),
        *_of(RESERVE, "occupation"),
        _POSTS,
        *_of(PERSON, "source"),
        *_of(RESERVE, "aim", "entered", "recommended", "mentor", "mentor_post", "measures"),
        Field(name="appraisal", label="年度评价", width_mm=20, editable=False),
        Field(name="state", label="在库状态", width_mm=16, editable=False),
        *_of(RESERVE, "left", "outcome", "left_reason"),
        *_NUMBERS,
        *_of(PERSON, "remarks"),
    ),
    chips={
        "all": "全部",
        "in": "在库",
        "left": "已出库",
        "secretaries": "培养书记",
        "under_35": "35 岁以下",
        "women": "女",
        "incomplete": "信息不全",
    },
    needed=("name",),
    essential=("sex", "birth", "political_status", "education", "aim", "entered", "mentor"),
    unique=("person_id", "division_code", "left"),
)
STUDIES = Listing(
    register=STUDY,
    noun="双提升",
    columns=(
        *_of(PERSON, "name"),
        *_PLACE,
        *_of(PERSON, "sex", "birth"),
        _POSTS,
        *_of(STUDY),
        *_NUMBERS,
    ),
    chips={"all": "全部", "studying": "在读", "graduated": "已毕业", "incomplete": "信息不全"},
    needed=("name", "school"),
    essential=("education_before", "major", "level", "start", "expected_end", "fee", "status"),
    unique=("person_id", "school", "level"),
)
VILLAGE_YEARS = Listing(
    register=VILLAGE_YEAR,
    noun="年度数据",
    columns=(_VILLAGE, _TOWNSHIP, *_of(VILLAGE_YEAR)),
    chips={"all": "全部", "below": "低于第一档", "second": "达到第二档", "incomplete": "没有填全"},
    needed=("village", "year"),
    essential=("income", "economy", "party_members"),
    unique=("division_code", "year"),
)
COMMITTEE_TERMS = Listing(
    register=COMMITTEE_TERM,
    noun="届次",
    columns=(_VILLAGE, _TOWNSHIP, *_of(COMMITTEE_TERM)),
    chips={"all": "全部", "due": "六个月内届满", "incomplete": "没有填全"},
    needed=("village", "committee"),
    essential=("number", "start", "due"),
    unique=("division_code", "committee", "start"),
    proposes=propose_due,
)
TRAININGS = Listing(
    register=TRAINING,
    noun="培训",
    columns=(*_of(PERSON, "name"), *_HOME, *_of(TRAINING), *_NUMBERS),
    needed=("name", "topic"),
    makes_people=False,
    unique=("person_id", "start", "topic"),
)
RECOGNITION_LIST = Listing(
    register=RECOGNITIONS,
    noun="奖惩",
    columns=(*_of(PERSON, "name"), *_HOME, *_of(RECOGNITIONS), *_NUMBERS),
    chips={"all": "全部", "in_effect": "影响期内"},
    needed=("name", "kind", "title"),
    makes_people=False,
    unique=("person_id", "kind", "month", "title"),
    proposes=propose_effect_end,
)
RELATIVES = Listing(
    register=RELATIVE,
    noun="家庭成员",
    columns=_of(RELATIVE),
    needed=("relation", "name"),
    unique=("person_id", "relation", "name"),
)
APPRAISALS = Listing(
    register=APPRAISAL,
    noun="年度评价",
    columns=_of(APPRAISAL),
    needed=("year", "result"),
    unique=("reserve_id", "year"),
    behind=(Behind(link="reserve_id", register=RESERVE, owns=True),),
)
LISTINGS = (
    *(RESERVES, STUDIES, VILLAGE_YEARS, COMMITTEE_TERMS),
    *(TRAININGS, RECOGNITION_LIST, RELATIVES, APPRAISALS),
    *FOUR_ONES,
    *NEW_SECTOR,
)
