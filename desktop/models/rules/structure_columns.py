"""The columns of T4 (班子结构分析统计表) in the order of the form, and who is counted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from desktop.paths import resource

Value = int | Decimal | None


class Population(StrEnum):
    """Who is counted."""

    ALL = "all"
    SECRETARIES = "secretaries"

    @property
    def label(self) -> str:
        """What the page and the paper call them."""
        return {"all": "全体“两委”成员", "secretaries": "党组织书记"}[self.value]


class By(StrEnum):
    """What a row stands for."""

    VILLAGE = "village"
    TOWNSHIP = "township"


class Count(StrEnum):
    """How a column is counted."""

    PEOPLE = "people"  # each once in a row
    TEAMS = "teams"  # villages
    WITH_WOMEN = "with_women"  # villages with a woman
    APPROVED = "approved"  # posts approved for the row's villages
    VACANCIES = "vacancies"
    SHARE = "share"
    AVERAGE_AGE = "average_age"


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureColumn:
    """A column of T4; ``part`` and ``whole`` name the columns that a share divides."""

    name: str
    label: str
    parent: str = ""
    count: Count = Count.PEOPLE
    part: str = ""
    whole: str = ""

    def show(self, value: Value) -> str:
        """The number as screens and paper have it; empty where there is none."""
        if value is None:
            return ""
        return f"{value}".removesuffix(".0") + "%" if self.count is Count.SHARE else f"{value}"


@dataclass(frozen=True, slots=True)
class SourceClass:
    """One of the eight classes of where members come from (来源), with the codes of 身份类别 that it takes in."""

    name: str
    label: str
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resource("rules/structure.json").read_text(encoding="utf-8"))
    return data


def preset_benchmarks() -> tuple[str, ...]:
    """Lines of other figures that may be printed below T4, to compare with."""
    return tuple(_data()["benchmarks"])


SOURCES = tuple(SourceClass(each["name"], each["label"], tuple(each["codes"])) for each in _data()["sources"])
AGES = ((35, "age_35"), (45, "age_45"), (55, "age_55"), (60, "age_60"))  # up to so many years
OLDER = "age_older"
EDUCATIONS = ("postgraduate", "bachelor", "college", "high_school", "middle_school")  # as EDUCATION_BANDS
COLLEGE_UP = "college_up"  # in no column of its own: the part of a share


def _column(name: str, label: str, parent: str = "", count: Count = Count.PEOPLE) -> StructureColumn:
    return StructureColumn(name=name, label=label, parent=parent, count=count)


def _share(name: str, label: str, parent: str, part: str, whole: str) -> StructureColumn:
    return StructureColumn(name=name, label=label, parent=parent, count=Count.SHARE, part=part, whole=whole)


COLUMNS = (
    _column("teams", "班子数", count=Count.TEAMS),
    _column("approved", "应配职数", count=Count.APPROVED),
    _column("people", "实配"),
    _column("vacancies", "缺额", count=Count.VACANCIES),
    _column("party", "党组织委员数"),
    _column("committee", "村（居）委会成员数"),
    _column("crossed", "数", "交叉任职"),
    _share("crossed_share", "率", "交叉任职", "crossed", "people"),
    _column("both_heads", "数", "一肩挑"),
    _share("both_heads_share", "率", "一肩挑", "both_heads", "teams"),
    _column("women", "人数", "女性"),
    _column("teams_with_women", "有女性的班子数", "女性", Count.WITH_WOMEN),
    _column("minority", "少数民族"),
    _column("age_35", "35岁以下", "年龄"),
    _column("age_45", "36–45", "年龄"),
    _column("age_55", "46–55", "年龄"),
    _column("age_60", "56–60", "年龄"),
    _column(OLDER, "60岁以上", "年龄"),
    _column("average_age", "平均年龄", "年龄", Count.AVERAGE_AGE),
    *(
        _column(name, label, "学历")
        for name, label in zip(EDUCATIONS, ("研究生", "本科", "大专", "高中中专", "初中及以下"), strict=True)
    ),
    _share("college_share", "大专以上占比", "学历", COLLEGE_UP, "people"),
    *(_column(source.name, source.label, "来源") for source in SOURCES),
    _column("new", "新任"),
    _column("continuing", "连任"),
    _column("delegates", "两代表一委员"),
    _column("reserves", "后备数"),
)
COLUMN = {column.name: column for column in COLUMNS}
