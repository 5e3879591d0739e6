"""What a person's page keeps beside the posts (一人一档): training, rewards and sanctions, family, attachments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.models.domain.codes import POLITICAL_STATUS
from desktop.models.domain.fields import AMOUNT, MONTH, NAME, Field, Register, coded
from desktop.models.domain.spans import months_later
from desktop.models.registers.kinds import ANY_MONTH, own_list

RECOGNITION = own_list("奖惩类别", {"1": "奖励", "2": "处分", "3": "组织处理"})
SANCTION = own_list(
    "处分种类",
    {"1": "警告", "2": "严重警告", "3": "撤销党内职务", "4": "留党察看", "5": "开除党籍", "9": "其他"},
    {"3": "撤销职务 撤职"},
)
PHOTO, DOCUMENT = "photo", "document"  # what an attachment is for; one photo a person
PURPOSE = own_list("用途", {PHOTO: "照片", DOCUMENT: "材料"})
# months that a sanction stays in effect (《中国共产党纪律处分条例》); proposed, the page lets the end be typed
EFFECT_MONTHS = {"1": 12, "2": 18, "3": 24, "4": 24, "5": 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """One training of one person."""

    id: str
    person_id: str
    start: str | None = None
    days: int | None = None
    topic: str
    organizer: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """One reward or sanction (奖惩); ``effect_end`` is the last month a sanction stays in effect (影响期)."""

    id: str
    person_id: str
    kind: str  # RECOGNITION
    sanction: str | None = None  # SANCTION
    month: str | None = None
    title: str
    authority: str | None = None
    effect_end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """One member of a person's family or close relative (家庭成员), for 回避."""

    id: str
    person_id: str
    relation: str  # 称谓
    name: str
    birth: str | None = None
    political_status: str | None = None
    employer: str | None = None  # 工作单位及职务
    relative_id: str | None = None  # the same person on the roster, where known


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file kept with a record: photo, scan, document. The bytes lie encrypted under their SHA-256."""

    id: str
    owner: str  # the register of the record it belongs to
    owner_id: str
    purpose: str  # PURPOSE
    name: str
    sha256: str
    size: int  # bytes
    taken: str | None = None  # when a picture was taken, YYYY-MM-DD
    added: str  # local, YYYY-MM-DD HH:MM:SS
    position: int | None = None  # order among those of one record
    caption: str | None = None
    look: str | None = None  # of a picture: hex digits that nearly the same picture has nearly the same


def propose_effect_end(values: Mapping[str, object]) -> dict[str, object]:
    """Until when a sanction stays in effect (影响期止), to be proposed."""
    month, months = values.get("month"), EFFECT_MONTHS.get(str(values.get("sanction")))
    return {"effect_end": months_later(month, months)} if isinstance(month, str) and months else {}


TRAINING = Register(
    name="training",
    title="培训",
    record=Training,
    fields=(
        Field(name="start", label="培训时间", kind=MONTH, headings=("时间",), width_mm=17),
        Field(name="days", label="天数", kind=AMOUNT, width_mm=10),
        Field(name="topic", label="培训内容", headings=("题目", "培训班次"), width_mm=40),
        Field(name="organizer", label="主办单位", width_mm=30),
        Field(name="result", label="结果", width_mm=16),
    ),
)
RECOGNITIONS = Register(
    name="recognition",
    title="奖惩",
    record=Recognition,
    fields=(
        Field(name="kind", label="类别", kind=RECOGNITION, width_mm=14),
        Field(name="sanction", label="处分种类", kind=SANCTION, width_mm=20),
        Field(name="month", label="时间", kind=MONTH, width_mm=17),
        Field(name="title", label="名称", headings=("奖惩名称",), width_mm=40),
        Field(name="authority", label="批准机关", width_mm=30),
        Field(name="effect_end", label="影响期止", kind=ANY_MONTH, width_mm=17),
    ),
)
RELATIVE = Register(
    name="relative",
    title="家庭成员及主要社会关系",
    record=Relative,
    fields=(
        Field(name="relation", label="称谓", width_mm=14),
        Field(name="name", label="姓名", kind=NAME, width_mm=18),
        Field(name="birth", label="出生年月", kind=MONTH, width_mm=17),
        Field(name="political_status", label="政治面貌", kind=coded(POLITICAL_STATUS), width_mm=18),
        Field(name="employer", label="工作单位及职务", width_mm=44),
    ),
)
ATTACHMENT = Register(
    name="attachment",
    title="附件",
    record=Attachment,
    fields=(
        Field(name="name", label="文件名", width_mm=40),
        Field(name="purpose", label="用途", kind=PURPOSE, width_mm=14),
        Field(name="taken", label="拍摄日期", width_mm=18),
        Field(name="added", label="添加时间", width_mm=26),
        Field(name="caption", label="说明", width_mm=30),
    ),
)
