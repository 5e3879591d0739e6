"""An invented office (演示数据): people who do not exist, with identity numbers of an area code nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

from desktop.models.domain.identity import check_character
from desktop.models.domain.ids import new_id
from desktop.models.domain.posts import PartyForm, Post
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice

SAMPLE_TOWNSHIP = "421081106000"  # 东升镇: 17 villages and 3 communities
_AREA = "421099"  # never assigned
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇解区"
)
_GIVEN_MEN = "伟强军勇杰涛明超刚平辉健文斌国建华志海波新东光胜德兴春旺武立永红小晓林成龙松柏清泉"
_GIVEN_WOMEN = "芳娜敏静丽艳秀英华玉兰梅霞燕桂红珍琴莉萍雪慧小晓春秋月云莲香凤洁"
_RARE = "堃喆犇镕祎垚骉昇玥珺璟翀彧旻赟頔禛䶮𣲗𨱏𫖯𬱖𬭎𬍛"
_DUTIES = (
    "全面工作",
    "党建、组织",
    "综治、调解",
    "妇联、计生",
    "财务、文书",
    "农业、水利",
    "民政、社保",
    "环境、宅改",
)
_SCHOOLS = (
    "荆州职业技术学院 农学",
    "湖北开放大学 行政管理",
    "长江大学 农业经济",
    "石首市职教中心 会计",
    "华中农业大学 园艺",
)
_UNFILED = 5  # villages: one in five has not been told when its cadres were filed


def sample_people(
    divisions: Iterable[Division], today: date, seed: int = 20261124
) -> tuple[list[Person], list[TermOfOffice]]:
    """People and terms for every village and community among ``divisions``; the same seed gives the same people."""
    chance = Random(seed)
    people: list[Person] = []
    terms: list[TermOfOffice] = []
    numbers = iter(range(1, 10_000_000))
    for division in divisions:
        if division.kind not in (DivisionKind.VILLAGE, DivisionKind.COMMUNITY):
            continue
        for post_group in _committee(chance):
            person = _person(chance, next(numbers), post_group, today)
            people.append(person)
            terms += _terms(chance, person, division, post_group)
    return people, terms


def sample_party_forms(divisions: Iterable[Division], seed: int = 20261124) -> dict[str, PartyForm]:
    """Every seventh body is a general branch, a few communities have a committee."""
    chance = Random(seed)
    forms = {}
    for division in divisions:
        draw = chance.random()
        if division.kind == DivisionKind.COMMUNITY and draw < 0.2:
            forms[division.code] = PartyForm.COMMITTEE
        elif draw < 0.15 and division.kind in (DivisionKind.VILLAGE, DivisionKind.COMMUNITY):
            forms[division.code] = PartyForm.GENERAL_BRANCH
    return forms


def _committee(chance: Random) -> list[tuple[tuple[Post, str | None], ...]]:
    """The posts of each member of a village's bodies."""
    together: tuple[tuple[Post, str | None], ...] = (
        (Post.PARTY_SECRETARY, None),
        (Post.COMMITTEE_HEAD, None),
    )
    members: list[tuple[tuple[Post, str | None], ...]] = []
    if chance.random() < 0.9:
        members.append(together)
    else:
        members += [together[:1], together[1:]]
    members.append(((Post.PARTY_DEPUTY, None), (Post.COMMITTEE_MEMBER, None))[: chance.choice((1, 2))])
    members.append(((Post.PARTY_MEMBER, "组织委员"), (Post.COMMITTEE_DEPUTY, None)))
    members.append(((Post.PARTY_MEMBER, "纪检委员"), (Post.SUPERVISORY_HEAD, None)))
    members.append(((Post.COMMITTEE_MEMBER, None), (Post.SUPPORTING, "妇联主席")))
    if chance.random() < 0.6:
        members.append(((Post.COMMITTEE_MEMBER, None), (Post.SUPPORTING, "文书")))
    if chance.random() < 0.3:
        members.append(((Post.SUPERVISORY_MEMBER, None),))
    return members


def _person(chance: Random, number: int, posts: tuple[tuple[Post, str | None], ...], today: date) -> Person:
    leads_women = any(title == "妇联主席" for _, title in posts)
    in_party = any(post < Post.COMMITTEE_HEAD for post, _ in posts)
    person = invented_person(chance, number, today, (28, 61), woman=leads_women, in_party=in_party)
    return _with_a_gap(chance, person)


def invented_person(
    chance: Random,
    number: int,
    today: date,
    ages: tuple[int, int],
    *,
    woman: bool = False,
    in_party: bool = False,
) -> Person:
    """Somebody who does not exist, of an age between ``ages``; each ``number`` has an identity number of its own.

    ``woman`` and ``in_party`` make sure; else chance decides.
    """
    woman = woman or chance.random() < 0.2
    year, month = today.year - chance.randint(*ages), chance.randint(1, 12)
    first_17 = (
        f"{_AREA}{year}{month:02d}{chance.randint(1, 28):02d}{number % 500 * 2 + (0 if woman else 1):03d}"
    )
    in_party = in_party or chance.random() < 0.5
    school = chance.random()
    education = "21" if school < 0.2 else "31" if school < 0.55 else chance.choice(("41", "61", "61", "71"))
    return Person(
        id=new_id(),
        name=_name(chance, woman=woman),
        sex="2" if woman else "1",
        birth=f"{year}-{month:02d}",
        ethnic_group="15" if chance.random() < 0.05 else "01",
        native_place="湖北石首",
        political_status="01" if in_party else "13",
        party_joined=f"{year + chance.randint(20, 24)}-{chance.randint(1, 12):02d}" if in_party else None,
        education=education,
        education_full_time=education if school < 0.1 else None,
        education_in_service=None,
        school_major=chance.choice(_SCHOOLS) if education in ("21", "31") else None,
        source=chance.choice(("01", "02", "04", "05", "07", "07")),
        duties=chance.choice(_DUTIES),
        pay=chance.choice((26400, 31200, 38600, 45000)),
        pension="已参保",
        id_number=first_17 + check_character(first_17),
        phone=f"199{number:08d}",
    )


def _with_a_gap(chance: Random, person: Person) -> Person:
    """One in twenty-five misses something, as in every office."""
    if chance.random() < 0.04:
        gap = chance.choice(("id_number", "phone", "education"))
        return replace(person, **{gap: None})  # type: ignore[arg-type]  # each of them may be None
    return person


def _name(chance: Random, *, woman: bool) -> str:
    letters = _GIVEN_WOMEN if woman else _GIVEN_MEN
    given = "".join(chance.sample(letters, chance.choice((1, 2, 2, 2))))
    if chance.random() < 0.06:
        given = given[:-1] + chance.choice(_RARE)
    return chance.choice(_SURNAMES) + given


def _terms(
    chance: Random, person: Person, division: Division, posts: tuple[tuple[Post, str | None], ...]
) -> Iterator[TermOfOffice]:
    start = chance.choice(("2021-11", "2021-12", "2021-12", "2021-12", "2023-06", "2018-11"))
    for post, title in posts:
        yield TermOfOffice(
            id=new_id(),
            person_id=person.id,
            division_code=division.code,
            post=post,
            title=title,
            start=start,
            how="01",
            approval=f"镇党委〔{start[:4]}〕{int(start[5:])}号",
            filed=start if int(division.code) % _UNFILED else None,
        )
    if chance.random() < 0.25 and posts[0][0] < Post.PARTY_MEMBER and start > "2021":
        yield TermOfOffice(
            id=new_id(),
            person_id=person.id,
            division_code=division.code,
            post=Post.COMMITTEE_MEMBER,
            start="2018-11",
            end="2021-10",
            how="01",
            end_reason="届满换届",
        )
