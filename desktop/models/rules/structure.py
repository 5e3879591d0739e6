"""Structure statistics of leading bodies (班子结构分析, T4): numbers that can each show whom they were counted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from desktop.models.domain.codes import SOURCE
from desktop.models.domain.posts import Post
from desktop.models.rules.facts import VillageFacts, age
from desktop.models.rules.marks import TENURES, UNKNOWN, Marks, marks_of
from desktop.models.rules.structure_columns import (
    COLUMN,
    COLUMNS,
    SOURCES,
    By,
    Count,
    Population,
    StructureColumn,
    Value,
)
from desktop.models.rules.village_figures import ratio

Key = tuple[str, str]  # person id, division code: a line of the roster

_FOR_SECRETARY = "1"  # AIM
_NOBODY: dict[str, Value] = {column.name: 0 for column in COLUMNS if column.count is Count.PEOPLE}
_SHARES = tuple(column for column in COLUMNS if column.count is Count.SHARE)


class Counted(NamedTuple):
    """Somebody counted in one village, with what for."""

    key: Key
    marks: Marks
    age: int | None = None


class Body(NamedTuple):
    """A village with those of it who are counted."""

    facts: VillageFacts
    people: Sequence[Counted]
    reserves: Sequence[Key]
    approved: int | None

    @property
    def vacancies(self) -> int:
        """Posts approved and not filled; never below nought."""
        return max(0, (self.approved or 0) - len(self.people))

    def is_in(self, count: Count) -> bool:
        """Whether the village is one of those that a column of villages counts."""
        match count:
            case Count.WITH_WOMEN:
                return any("women" in each.marks for each in self.people)
            case Count.APPROVED:
                return self.approved is not None
            case Count.VACANCIES:
                return self.vacancies > 0
            case _:
                return True


@dataclass(frozen=True, slots=True)
class Behind:
    """Whom a number was counted from: lines of people, or villages (codes)."""

    keys: tuple[Key, ...] = ()
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StructureRow:
    """One line of T4: a village, a township, or the total, which has no code.

    ``values`` by column; beside them by mark, how many of the people something is not known.
    """

    code: str
    name: str
    township: str
    values: Mapping[str, Value]
    bodies: Sequence[Body]

    def text(self, column: StructureColumn) -> str:
        """A cell as screens and paper show it."""
        return column.show(self.values[column.name])


@dataclass(frozen=True, slots=True)
class StructureTable:
    """T4 on a day."""

    on: date
    by: By
    population: Population
    rows: tuple[StructureRow, ...]
    total: StructureRow

    @property
    def columns(self) -> tuple[StructureColumn, ...]:
        """The columns, in the order of the form."""
        return COLUMNS

    def notes(self, *, sources: bool = True) -> tuple[str, ...]:
        """The definitions, and what could not be counted, to print underneath; ``sources``: where members come from too."""
        return (*_definitions(self), *((_source_note(),) if sources else ()), *_gaps(self))


def structure(
    villages: Iterable[VillageFacts],
    on: date,
    by: By = By.VILLAGE,
    population: Population = Population.ALL,
) -> StructureTable:
    """T4 over some villages, in their order."""
    bodies = tuple(_body(facts, on, population) for facts in villages)
    rows: list[StructureRow] = []
    if by is By.VILLAGE:
        for body in bodies:
            division = body.facts.division
            rows.append(_row(division.code, division.short_name, body.facts.township, (body,)))
    else:
        townships: dict[str, list[Body]] = {}
        for body in bodies:
            townships.setdefault(body.facts.division.parent or "", []).append(body)
        for code, within in townships.items():
            rows.append(_row(code, within[0].facts.township, within[0].facts.township, within))
    total = _row("", "合计", "", bodies)
    return StructureTable(on, by, population, tuple(rows), total)


def behind(row: StructureRow, column: str) -> Behind:
    """Whom a cell counts: of a share those who are the part, of the average age those whose age is known."""
    asked = COLUMN[column]
    if asked.count in (Count.TEAMS, Count.WITH_WOMEN, Count.APPROVED, Count.VACANCIES):
        villages = (body.facts.division.code for body in row.bodies if body.is_in(asked.count))
        return Behind(divisions=tuple(villages))
    mark = "age_known" if asked.count is Count.AVERAGE_AGE else asked.part or column
    if mark == "reserves":
        return Behind(keys=tuple(key for body in row.bodies for key in body.reserves))
    counted = {each.key[0] for each in _people(row.bodies) if mark in each.marks}
    lines = (each for body in row.bodies for each in body.people if mark in each.marks)
    return Behind(keys=tuple(each.key for each in lines if each.key[0] in counted))


def _body(facts: VillageFacts, on: date, population: Population) -> Body:
    code = facts.division.code
    members, reserves, approved = facts.two_committees, facts.reserves, facts.division.approved_posts
    if population is Population.SECRETARIES:
        members = tuple(member for member in members if Post.PARTY_SECRETARY in member.posts)
        reserves = tuple(reserve for reserve in reserves if reserve.aim == _FOR_SECRETARY)
        approved = 1
    people = [
        Counted((member.person.id, code), marks_of(member, facts, on), age(member.person.birth, on))
        for member in members
    ]
    return Body(facts, people, [(reserve.person.id, code) for reserve in reserves], approved)


def _row(code: str, name: str, township: str, bodies: Sequence[Body]) -> StructureRow:
    people = _people(bodies)
    counts = Counter(chain.from_iterable([each.marks for each in people]))
    values: dict[str, Value] = {**_NOBODY, **counts}
    ages = [each.age for each in people if each.age is not None]
    approved = [body.approved for body in bodies if body.approved is not None]
    values |= {
        "teams": len(bodies),
        "teams_with_women": sum([body.is_in(Count.WITH_WOMEN) for body in bodies]),
        "approved": sum(approved) if approved else None,
        "vacancies": sum([body.vacancies for body in bodies]) if approved else None,
        "average_age": ratio(sum(ages), len(ages), 1),
        "reserves": len({person_id for body in bodies for person_id, _ in body.reserves}),
    }
    wholes = {"people": counts["people"], "teams": len(bodies)}
    for share in _SHARES:
        values[share.name] = ratio(counts[share.part] * 100, wholes[share.whole], 1)
    return StructureRow(code, name, township, values, bodies)


def _people(bodies: Sequence[Body]) -> Sequence[Counted]:
    """Everybody once: somebody who serves in several villages is one."""
    if len(bodies) == 1:
        return bodies[0].people
    seen: dict[str, Counted] = {}
    for body in bodies:
        for each in body.people:
            person_id = each.key[0]
            seen[person_id] = _together(seen[person_id], each) if person_id in seen else each
    return list(seen.values())


def _together(one: Counted, other: Counted) -> Counted:
    """One person in two villages; whoever continues in one of them is not new."""
    both = {*one.marks, *other.marks}
    tenure = next(mark for mark in TENURES if mark in both)
    return one._replace(marks=(*both.difference(TENURES), tenure))


def _definitions(table: StructureTable) -> Iterator[str]:
    secretaries = table.population is Population.SECRETARIES
    yield (
        f"口径：{table.population.label}，以 {table.on:%Y.%m.%d} 在任为准；按人头去重，同一人在一行内只计一次，合计行也是"
        + ("。" if secretaries else "；只在村务监督委员会任职的不计入。")
    )
    yield (
        "一肩挑：同一人同时任党组织书记（非第一书记）与村（居）委会主任，率＝一肩挑数÷班子数；"
        "交叉任职：同时任党组织委员会成员与村（居）委会成员，率＝交叉任职数÷实配。"
    )
    yield "年龄按统计截止日周岁，35岁以下含35岁，60岁以上不含60岁；学历按最高学历，大专以上为研究生、本科、大专之和。"
    yield (
        "应配按每个班子书记 1 名；缺额为没有书记的班子数。"
        if secretaries
        else "应配职数为核定职数；缺额按班子计算后相加，不低于 0，未核定的班子不计缺额。"
    )
    yield (
        "连任：本届开始前已在本村“两委”任职；新任：本届开始时或届中进入本村“两委”。"
        "后备数：统计截止日在库" + ("、培养方向为书记的人数。" if secretaries else "的人数。")
    )


def _source_note() -> str:
    taken_in = (
        f"“{source.label}”含{'、'.join(SOURCE.label(code) for code in source.codes)}" for source in SOURCES
    )
    return f"来源按身份类别归并：{'；'.join(taken_in)}。"


def _gaps(table: StructureTable) -> Iterator[str]:
    unknown = [
        f"{words} {people} 人" for mark, words in UNKNOWN.items() if (people := table.total.values.get(mark))
    ]
    if unknown:
        yield f"未计入相应各栏的：{'，'.join(unknown)}。"
