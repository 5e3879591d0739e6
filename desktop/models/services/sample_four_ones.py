"""An invented “四个一” (演示数据): secretaries under management, mentors, activities of the year, problems found.

A city has the numbers of the source document: 81 secretaries, 324 activities — four each, one of each kind. How
many are held, planned and cancelled follows from the number of a secretary, so that it can be counted by hand
(docs/four-ones.md): of nine in a row all have the exchange; the ninth's guidance is planned; the eighth's study was
cancelled; the visits of the first three are planned. Every ninth study is joint with the next secretary.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import HeldPost, PartyForm, Post, post_wording
from desktop.models.registers.activity import (
    CANCELLED,
    HELD,
    PLANNED,
    SECRETARY,
    Activity,
    Attendance,
    FieldProblem,
)
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.mentoring import NEGATIVE, POSITIVE, ManagedSecretary, Mentoring
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice

# codes of the scheme that comes with the program
EXCHANGE, GUIDANCE, STUDY, VISIT = KINDS = ("1", "2", "3", "4")
_SHARE = (81, 192)  # secretaries under management of all secretaries of the city
_CYCLE = 9
_THEMES = {
    EXCHANGE: "谈班子建设思路和难题",
    GUIDANCE: "看村级阵地和集体经济项目",
    STUDY: "党的建设和乡村治理专题学习",
    VISIT: "学习先进村产业发展经验",
}
_DAYS = {EXCHANGE: 0.2, GUIDANCE: 0.45, STUDY: 0.6, VISIT: 0.8}  # of the year so far
_MENTORS = (
    ("1", "市委组织部", "副部长", "程"),
    ("2", "镇党委", "党委书记", "卢"),
    ("1", "市农业农村局", "副局长", "邱"),
    ("3", "先进村", "党总支书记", "秦"),
    ("2", "镇党委", "组织委员", "龚"),
)
_GIVEN = ("建平", "爱民", "云山", "国梁", "春林", "文彬", "立新")
_PROBLEMS = ("“三会一课”记录不全", "集体经济项目没有台账", "党务公开栏更新不及时")
_HOSTS = ("龚立新", "周文彬")
_CHECKER, _CLERK = "龚立新", "严晓梅"


@dataclass(slots=True)
class SampleFourOnes:
    """Records to insert, parents before children."""

    managed: list[ManagedSecretary] = field(default_factory=list)
    mentorings: list[Mentoring] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    attendances: list[Attendance] = field(default_factory=list)
    problems: list[FieldProblem] = field(default_factory=list)

    @property
    def records(self) -> tuple[Sequence[object], ...]:
        """One register each."""
        return (self.managed, self.mentorings, self.activities, self.attendances, self.problems)


def sample_four_ones(
    divisions: Sequence[Division], people: Sequence[Person], terms: Sequence[TermOfOffice], today: date
) -> SampleFourOnes:
    """“四个一” of the year of ``today``: an even pick of the villages that have a secretary, in the local order."""
    made = SampleFourOnes()
    by_id = {person.id: person for person in people}
    serving = {t.division_code: t for t in terms if t.post == Post.PARTY_SECRETARY and t.end is None}
    bodies = [
        division
        for division in divisions
        if division.kind in (DivisionKind.VILLAGE, DivisionKind.COMMUNITY) and division.code in serving
    ]
    wanted = round(len(bodies) * _SHARE[0] / _SHARE[1])
    all_year = [body for body in bodies if (serving[body.code].start or "") < f"{today.year}"] or bodies
    picked = [all_year[number * len(all_year) // wanted] for number in range(wanted)]
    chosen = [(division, by_id[serving[division.code].person_id]) for division in picked]
    for number, (division, person) in enumerate(chosen):
        _manage(made, number, division, person, today)
        for kind in KINDS:
            _hold(made, number, kind, division, person, today)
    _make_joint(made, chosen)
    return made


def _manage(made: SampleFourOnes, number: int, division: Division, person: Person, today: date) -> None:
    negative = number % 3 == 2
    made.managed.append(
        ManagedSecretary(
            id=new_id(),
            person_id=person.id,
            division_code=division.code,
            kind=NEGATIVE if negative else POSITIVE,
            since=f"{today.year}-01",
            grounds="班子战斗力不强" if negative else "治村有方，带动作用明显",
            goals="一年内转化提升" if negative else "培养成示范带头人",
        )
    )
    for mentor in (number, number + 1) if number % _CYCLE == 0 else (number,):
        kind, unit, post, surname = _MENTORS[mentor % len(_MENTORS)]
        over = number % 27 == 4 and today.month > 1  # nobody has taken this pairing up since
        made.mentorings.append(
            Mentoring(
                id=new_id(),
                person_id=person.id,
                division_code=division.code,
                mentor=surname + _GIVEN[mentor % len(_GIVEN)],
                mentor_unit=unit,
                mentor_post=post,
                mentor_kind=kind,
                start=f"{today.year}-01",
                end=f"{today.year}-{today.month - 1:02d}" if over else None,
            )
        )


def _state(number: int, kind: str) -> str:
    place = number % _CYCLE
    if (kind == GUIDANCE and place == 8) or (kind == VISIT and place < 3):
        return PLANNED
    return CANCELLED if kind == STUDY and place == 7 else HELD


def _hold(
    made: SampleFourOnes, number: int, kind: str, division: Division, person: Person, today: date
) -> None:
    state, opening = _state(number, kind), date(today.year, 1, 1)
    past = opening + timedelta(days=int((today - opening).days * (_DAYS[kind] + number % _CYCLE / 100)))
    ahead = min(today + timedelta(days=7 + number % _CYCLE), date(today.year, 12, 31))
    day = _at_work(ahead, today) if state == PLANNED else _at_work(past, opening)
    mentor = _MENTORS[number % len(_MENTORS)][3] + _GIVEN[number % len(_GIVEN)]
    held = state == HELD
    checked = held and (kind, number % _CYCLE) != (EXCHANGE, 3)
    activity = Activity(
        id=new_id(),
        division_code=division.code,
        kind=kind,
        state=state,
        theme=_THEMES[kind],
        start=f"{day.isoformat()} {'09:00' if kind in (STUDY, VISIT) else '14:30'}",
        place="市委党校"
        if kind == STUDY
        else "示范村"
        if kind == VISIT
        else f"{division.short_name}党群服务中心",
        host=_HOSTS[number % len(_HOSTS)],
        speaker=mentor,
        content=f"{_THEMES[kind]}，{mentor}现场讲解，逐项提出意见。" if held else None,
        effect="理清了思路，列出了下步要办的事。" if held else None,
        visited="调关镇示范村" if kind == VISIT else None,
        led_by=mentor if kind == VISIT else None,
        entered_by=_CLERK if held else None,
        checked_by=_CHECKER if checked else None,
        checked=day.isoformat() if checked else None,
    )
    made.activities.append(activity)
    made.attendances.append(_attended(activity, division, person))
    if kind == GUIDANCE and held and number % 3 == 1:
        made.problems.append(_problem(number, activity, division, day, today))


def _at_work(day: date, earliest: date) -> date:
    """The Friday before a weekend, unless that would be too early."""
    return max(day - timedelta(days=max(0, day.weekday() - 4)), earliest)


def _attended(activity: Activity, division: Division, person: Person) -> Attendance:
    form = PartyForm(division.party_form)
    return Attendance(
        id=new_id(),
        activity_id=activity.id,
        role=SECRETARY,
        person_id=person.id,
        division_code=division.code,
        name=person.name,
        post=post_wording(HeldPost(Post.PARTY_SECRETARY), form, community=division.is_community),
    )


def _problem(number: int, activity: Activity, division: Division, found: date, today: date) -> FieldProblem:
    """Of nine in a row the second is closed, the fifth's deadline lies ahead, the eighth's has gone by."""
    place = number % _CYCLE
    closed = place == 1
    due = (
        today + timedelta(days=20)
        if place == 4
        else min(found + timedelta(days=30), today - timedelta(days=1))
    )
    return FieldProblem(
        id=new_id(),
        activity_id=activity.id,
        division_code=division.code,
        problem=_PROBLEMS[number // _CYCLE % len(_PROBLEMS)],
        measure="明确专人补齐，镇里复查",
        responsible="村党组织书记",
        due=due.isoformat(),
        closed=min(due, today).isoformat() if closed else None,
        closing="已补齐，镇里复查通过" if closed else None,
    )


def _make_joint(made: SampleFourOnes, chosen: Sequence[tuple[Division, Person]]) -> None:
    """Every ninth study, from the first, is the next secretary's too: several secretaries in one activity."""
    studies = [activity for activity in made.activities if activity.kind == STUDY]
    for number in range(0, len(chosen) - 1, _CYCLE):
        made.attendances.append(_attended(studies[number], *chosen[number + 1]))
