"""What an invented office keeps beside its roster (演示数据): terms of committees, figures, reserves, studies, files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import Post
from desktop.models.registers.committee_term import CommitteeTerm
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.person_file import Recognition, Relative, Training
from desktop.models.registers.reserve import Appraisal, ReserveCadre
from desktop.models.registers.study import Study
from desktop.models.registers.term import TermOfOffice
from desktop.models.registers.village_year import VillageYear
from desktop.models.services.sample import invented_person

_WORK = ("种粮大户", "返乡创业", "村医", "合作社会计", "退役返乡", "大学毕业返乡", "网格员")
_MEASURES = ("跟班锻炼", "跟班、培训", "学历提升", "列席村“两委”会议")
_MENTORS = (("镇党委副书记", "周"), ("镇组织委员", "林"), ("镇人大主席", "何"), ("包村干部", "夏"))


@dataclass(frozen=True, slots=True)
class SampleRegisters:
    """Everything to insert, parents before children, and how many posts each village is allowed."""

    people: tuple[Person, ...]
    records: tuple[tuple[object, ...], ...]  # one register each
    approved_posts: Mapping[str, int]


def sample_registers(
    divisions: Iterable[Division],
    people: Sequence[Person],
    terms: Sequence[TermOfOffice],
    today: date,
    seed: int = 20261125,
) -> SampleRegisters:
    """The registers beside a sample roster; the same seed gives the same office."""
    chance = Random(seed)
    villages = [d for d in divisions if d.kind in (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)]
    reserves, candidates = _reserves(chance, villages, today)
    appraisals = tuple(
        Appraisal(
            id=new_id(), reserve_id=entry.id, year=str(today.year - 1), result=chance.choice(("优秀", "合格"))
        )
        for entry in reserves
        if entry.entered and entry.entered < f"{today.year - 1}-06"
    )
    records = (
        tuple(term for village in villages for term in _committee_terms(village)),
        tuple(figures for village in villages for figures in _figures(chance, village, today)),
        reserves,
        appraisals,
        tuple(_studies(chance, people, terms)),
        tuple(_trainings(chance, people)),
        tuple(_recognitions(chance, people, today)),
        tuple(_relatives(people, terms)),
    )
    serving = {
        v.code: len({t.person_id for t in terms if t.division_code == v.code and t.end is None})
        for v in villages
    }
    return SampleRegisters(candidates, records, {code: max(count, 5) for code, count in serving.items()})


def _committee_terms(village: Division) -> list[CommitteeTerm]:
    return [
        CommitteeTerm(
            id=new_id(), division_code=village.code, committee=body, number=number, start=start, due=due
        )
        for body, number, start, due in (
            ("1", "第十一届", "2021-11", "2026-11"),
            ("2", "第十二届", "2021-12", "2026-12"),
            ("3", "第五届", "2021-12", "2026-12"),
        )
    ]


def _figures(chance: Random, village: Division, today: date) -> list[VillageYear]:
    households, members = chance.randint(260, 900), chance.randint(28, 96)
    income = chance.choice((8, 11, 13, 15, 18, 22, 26, 31)) * 10_000 + chance.randint(0, 9_000)
    return [
        VillageYear(
            id=new_id(),
            division_code=village.code,
            year=str(year),
            income=round(income * (1 + 0.08 * (year - today.year + 1))),
            economy=chance.choice("1234"),
            village_and_cooperative="1" if chance.random() < 0.7 else "0",
            party_members=members,
            households=households,
        )
        for year in (today.year - 2, today.year - 1)
    ]


def _reserves(
    chance: Random, villages: Sequence[Division], today: date
) -> tuple[tuple[ReserveCadre, ...], tuple[Person, ...]]:
    entries: list[ReserveCadre] = []
    people: list[Person] = []
    for village in villages:
        for _ in range(chance.choice((1, 2, 2, 2))):
            number = 5_000_000 + len(people)
            person = invented_person(chance, number, today, (23, 38))
            people.append(replace(person, pay=None, pension=None, duties=None, source=None))
            post, surname = chance.choice(_MENTORS)
            entries.append(
                ReserveCadre(
                    id=new_id(),
                    person_id=person.id,
                    division_code=village.code,
                    aim=chance.choice("122"),
                    occupation=chance.choice(_WORK),
                    recommended=chance.choice(("党员推荐", "村民代表推荐", "组织推荐", "个人自荐")),
                    entered=chance.choice(("2023-03", "2024-04", "2025-03")),
                    mentor=f"{surname}{chance.choice('建国明志华')}",
                    mentor_post=post,
                    measures=chance.choice(_MEASURES),
                )
            )
    return tuple(entries), tuple(people)


def _studies(chance: Random, people: Sequence[Person], terms: Sequence[TermOfOffice]) -> Iterable[Study]:
    homes = {term.person_id: term.division_code for term in terms}
    young = [p for p in people if p.education in ("41", "61") and (p.birth or "") > "1981"]
    for person in young[:: max(1, len(young) // 12)]:
        done = chance.random() < 0.3
        yield Study(
            id=new_id(),
            person_id=person.id,
            division_code=homes[person.id],
            education_before=person.education,
            school=chance.choice(("湖北开放大学", "长江大学", "荆州职业技术学院")),
            major=chance.choice(("行政管理", "农业经济管理", "法律事务")),
            level="31",
            start="2023-09" if done else "2025-03",
            expected_end="2026-01" if done else "2027-07",
            fee=7500,
            township_share=2250,
            village_share=2250,
            own_share=3000,
            status="2" if done else "1",
            ended="2026-01" if done else None,
        )


def _trainings(chance: Random, people: Sequence[Person]) -> Iterable[Training]:
    for person in people[::4]:
        yield Training(
            id=new_id(),
            person_id=person.id,
            start=chance.choice(("2025-04", "2026-03")),
            days=chance.choice((2, 3, 5)),
            topic=chance.choice(("村（社区）“两委”干部培训班", "党务工作者示范培训班", "乡村振兴专题培训班")),
            organizer="市委组织部",
            result="合格",
        )


def _recognitions(chance: Random, people: Sequence[Person], today: date) -> Iterable[Recognition]:
    for person in people[::9]:
        yield Recognition(
            id=new_id(),
            person_id=person.id,
            kind="1",
            month=f"{today.year - 1}-{chance.choice((6, 7, 12)):02d}",
            title=chance.choice(("优秀共产党员", "先进工作者", "优秀党务工作者")),
            authority="镇党委",
        )
    member = next((p for p in people[5:] if p.political_status == "01"), None)
    if member is not None:
        yield Recognition(
            id=new_id(),
            person_id=member.id,
            kind="2",
            sanction="1",
            month=f"{today.year}-03",
            title="党内警告",
            authority="镇纪委",
            effect_end=f"{today.year + 1}-02",
        )


def _relatives(people: Sequence[Person], terms: Sequence[TermOfOffice]) -> Iterable[Relative]:
    """In one village a member of the 监委会 is the brother of a member of the 村委会, for the health check to find."""
    by_id = {person.id: person for person in people}
    watching = next((t for t in terms if t.post == Post.SUPERVISORY_HEAD and t.end is None), None)
    if watching is None:
        return
    other = next(
        (
            t
            for t in terms
            if t.division_code == watching.division_code
            and t.post == Post.COMMITTEE_MEMBER
            and t.person_id != watching.person_id
        ),
        None,
    )
    if other is not None:
        brother = by_id[other.person_id]
        yield Relative(
            id=new_id(),
            person_id=watching.person_id,
            relation="兄弟姐妹",
            name=brother.name,
            birth=brother.birth,
            employer="本村村委会",
            relative_id=brother.id,
        )
