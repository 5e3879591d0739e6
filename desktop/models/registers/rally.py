"""The city's rally of grassroots Party building (基层党建拉练): rounds, what is scored, a score a township and item."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import Field, Register
from desktop.models.registers.kinds import COUNT, DAY, POINTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Rally:
    """One round; townships speak by their place in it, ``first`` at the top and ``last`` at the bottom of the list."""

    id: str
    name: str
    day: str
    first: int = 2  # 典型发言
    last: int = 2  # 表态发言


@dataclass(frozen=True, slots=True, kw_only=True)
class RallyItem:
    """What townships get points for in one round; ``points`` is the most that can be had."""

    id: str
    rally_id: str
    position: int
    name: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RallyScore:
    """The points of one township in one item; ``id`` is ``item/division``, so there is one at most."""

    id: str
    item_id: str
    division_code: str
    points: float | None = None  # None: taken out again


RALLY = Register(
    name="rally",
    title="基层党建拉练",
    record=Rally,
    fields=(
        Field(name="name", label="名称", headings=("拉练名称",), width_mm=60),
        Field(name="day", label="日期", kind=DAY, headings=("拉练日期",), width_mm=20),
        Field(name="first", label="典型发言取前几名", kind=COUNT),
        Field(name="last", label="表态发言取后几名", kind=COUNT),
    ),
)
RALLY_ITEM = Register(
    name="rally_item",
    title="拉练评分项目",
    record=RallyItem,
    fields=(
        Field(name="name", label="项目", width_mm=30),
        Field(name="points", label="满分", kind=POINTS),
        Field(name="position", label="顺序", kind=COUNT),
    ),
)
RALLY_SCORE = Register(
    name="rally_score",
    title="拉练得分",
    record=RallyScore,
    fields=(Field(name="points", label="得分", kind=POINTS),),
)
