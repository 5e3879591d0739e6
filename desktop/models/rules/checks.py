"""The checks of the health check (体检): a village's facts and a rule's numbers give what is found.

What is not known is not judged: a check is silent where a missing figure could change its answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.codes import EDUCATION_BANDS, education_band
from desktop.models.domain.months import show_month
from desktop.models.domain.posts import Committee, PartyForm, Post
from desktop.models.registers.person_file import EFFECT_MONTHS, SANCTION, Recognition
from desktop.models.rules.facts import (
    BOTH_HEADS,
    COMMITTEE_POSTS,
    PARTY_POSTS,
    SUPERVISORY_POSTS,
    Member,
    Profile,
    VillageFacts,
    age,
    month_after,
    months_until,
    time_left,
)
from desktop.models.rules.kin import Kin, kin
from desktop.models.rules.rule import Severity

Limits = Mapping[str, int]

_TERM_MONTHS = 60  # five years since 2018
_PARTY_MEMBERS = frozenset(("01", "02"))
_BANDS = tuple(EDUCATION_BANDS)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a check found in a village; ``severity`` where it is not the rule's own."""

    words: str
    people: tuple[Profile, ...] = ()
    severity: Severity | None = None


Check = Callable[[VillageFacts, Limits, date], Iterable[Hit]]


def _branch_too_small(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    members = village.party_members
    if village.division.party_form == PartyForm.BRANCH and members is not None and members < limits["least"]:
        yield Hit(f"登记党员 {members} 人，单独成立党支部应有 {limits['least']} 人以上。")


def _branch_committee(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    members, sitting = village.party_members, village.holding(PARTY_POSTS)
    if village.division.party_form != PartyForm.BRANCH or members is None or not sitting:
        return
    if members < limits["members"]:
        if len(sitting) > 2:  # a secretary, and a deputy where needed
            words = f"登记党员 {members} 人，不足 {limits['members']} 人，只设书记和副书记，现有党组织成员"
            yield Hit(f"{words} {len(sitting)} 人。", _people(sitting))
    else:
        yield from _size(sitting, limits, f"登记党员 {members} 人，支部委员会")


def _general_branch(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    members, form = village.party_members, village.division.party_form
    sitting = village.holding(PARTY_POSTS)
    if form == PartyForm.GENERAL_BRANCH:
        yield from _size(sitting, limits, "党总支委员会") if sitting else ()
    elif form == PartyForm.BRANCH and members is not None and limits["above"] < members < limits["below"]:
        yield Hit(f"登记党员 {members} 人，超过 {limits['above']} 人，可以设党总支，现为党支部。")


def _party_committee(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    members, form = village.party_members, village.division.party_form
    sitting = village.holding(PARTY_POSTS)
    if form == PartyForm.COMMITTEE:
        yield from _size(sitting, limits, "党委") if sitting else ()
    elif members is not None and members >= limits["members"]:
        yield Hit(f"登记党员 {members} 人，经县级党委批准可以设党委，现为{PartyForm(form).label}。")


def _committee_size(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    if village.two_committees:  # else nobody is written down yet
        body = _body_of(Committee.VILLAGERS, village)
        yield from _size(village.holding(COMMITTEE_POSTS), limits, body)


def _size(sitting: Sequence[Member], limits: Limits, body: str) -> Iterator[Hit]:
    if len(sitting) < limits["least"]:
        yield Hit(f"{body} {len(sitting)} 人，少于 {limits['least']} 人。", _people(sitting))
    elif len(sitting) > limits["most"]:
        yield Hit(f"{body} {len(sitting)} 人，超过 {limits['most']} 人。", _people(sitting))


def _women(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    sexes = [member.person.sex for member in village.holding(COMMITTEE_POSTS)]
    women, unknown = sexes.count("2"), sexes.count(None)
    if sexes and women + unknown < limits["least"]:
        yield Hit(f"村委会 {len(sexes)} 人中{f'只有 {women} 名' if women else '没有'}妇女成员。")


def _term_ends(committee: Committee) -> Check:
    def check(village: VillageFacts, limits: Limits, on: date) -> Iterator[Hit]:
        term = village.terms.get(committee)
        due = None if term is None else term.due or (term.start and month_after(term.start, _TERM_MONTHS))
        if term is None or due is None:
            return
        number = f"（{term.number}）" if term.number else ""
        which = f"{_body_of(committee, village)}本届{number}"
        left = months_until(due, on)
        if left < 0:
            yield Hit(f"{which}已于 {show_month(due)} 届满，超期 {-left} 个月。", severity=Severity.ERROR)
        elif left <= limits["months"]:
            hurry = "，请抓紧准备" if left <= limits["urgent"] else ""
            yield Hit(f"{which} {show_month(due)} 届满，{time_left(due, on)}{hurry}。")

    return check


def _body_of(committee: Committee, village: VillageFacts) -> str:
    if committee is Committee.PARTY:
        return "党组织"
    return "居委会" if village.division.is_community else "村委会"


def _supervises_itself(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    both = tuple(m for m in village.holding(SUPERVISORY_POSTS) if m.sits_in(COMMITTEE_POSTS))
    if both:
        yield Hit("村务监督委员会成员同时是村委会成员。", _people(both))


def _supervises_relatives(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    pairs = list(kin(village, village.holding(SUPERVISORY_POSTS), village.holding(COMMITTEE_POSTS)))
    yield from _related(pairs, "监委会成员与村委会成员是近亲属")


def _relatives(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    yield from _related(
        list(kin(village, village.two_committees, village.two_committees)), "班子成员间有近亲属"
    )


def _related(pairs: Sequence[Kin], what: str) -> Iterator[Hit]:
    if pairs:
        people = {person.id: person for pair in pairs for person in (pair.one, pair.other)}
        severity = None if any(pair.sure for pair in pairs) else Severity.WARNING
        words = "、".join(pair.words for pair in pairs)
        yield Hit(f"{what}：{words}。", tuple(people.values()), severity)


def _two_heads(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    heads = [member for member in village.members if not BOTH_HEADS.isdisjoint(member.posts)]
    held = {post for member in heads for post in member.posts}
    if held >= BOTH_HEADS and not any(member.posts >= BOTH_HEADS for member in heads):
        yield Hit("党组织书记与村委会主任由两人分别担任。", _people(heads))


def _nobody_crosses(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    party, committee = village.holding(PARTY_POSTS), village.holding(COMMITTEE_POSTS)
    if party and committee and not any(member.sits_in(COMMITTEE_POSTS) for member in party):
        yield Hit("党组织委员会成员与村委会成员没有交叉任职。")


def _supervisor_outside(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    heads = village.holding(frozenset((Post.SUPERVISORY_HEAD,)))
    outside = [m for m in heads if m.person.political_status not in (None, *_PARTY_MEMBERS)]
    if outside:
        yield Hit("村务监督委员会主任一般由党员担任，现任不是党员。", _people(outside))


def _no_reserve(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    if not village.reserves:
        yield Hit("没有在库的后备干部。")


def _unfiled_secretary(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    unfiled = [member.person for member in village.members if member.person.id in village.unfiled]
    if unfiled:
        names = "、".join(person.name for person in unfiled)
        yield Hit(f"党组织书记没有备案时间：{names}。", tuple(unfiled))


def _few_reserves(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    least, there = limits["least"], len(village.reserves)
    if there < least:
        people = tuple(reserve.person for reserve in village.reserves)
        yield Hit(f"在库后备干部 {there} 名，不足 {least} 名，缺 {least - there} 名。", people)


def _over_age(village: VillageFacts, limits: Limits, on: date) -> Iterator[Hit]:
    old = [m for m in village.two_committees if (age(m.person.birth, on) or 0) > limits["most"]]
    if old:
        told = "、".join(f"{m.person.name} {age(m.person.birth, on)} 岁" for m in old)
        yield Hit(f"超过 {limits['most']} 岁：{told}。", _people(old))


def _too_old_when_new(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    found = [
        (member, years)
        for member in village.two_committees
        if village.continues(member) is False
        and (start := village.since(member)) is not None
        and (years := _age_in(member.person, start)) is not None
        and years > limits["most"]
    ]
    if found:
        told = "、".join(f"{member.person.name} 任职时 {years} 岁" for member, years in found)
        yield Hit(f"新任时超过 {limits['most']} 岁：{told}。", _people(member for member, _ in found))


def _age_in(person: Profile, month: str) -> int | None:
    """Age in a month; None for a bare year."""
    return age(person.birth, date(int(month[:4]), int(month[5:7]), 1)) if len(month) >= 7 else None


def _education(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    low = [m for m in village.two_committees if (_band(m.person.education) or 0) > limits["lowest"]]
    if low:
        yield Hit(f"{len(low)} 人学历低于{_BANDS[limits['lowest']]}。", _people(low))


def _band(education: str | None) -> int | None:
    return None if education is None else education_band(education)


def _nobody_young(village: VillageFacts, limits: Limits, on: date) -> Iterator[Hit]:
    ages = [age(member.person.birth, on) for member in village.two_committees]
    young = sum(years is None or years <= limits["age"] for years in ages)  # the unknown may be
    if ages and young < limits["least"]:
        told = f"只有 {young} 名" if young else "没有"
        yield Hit(
            f"班子 {len(ages)} 人中{told} {limits['age']} 岁以下的成员，应不少于 {limits['least']} 名。"
        )


def _over_approved(village: VillageFacts, _limits: Limits, _on: date) -> Iterator[Hit]:
    approved, there = village.division.approved_posts, village.two_committees
    if approved is not None and len(there) > approved:
        words = f"核定职数 {approved}，实有 {len(there)} 人，超 {len(there) - approved} 人。"
        yield Hit(words, _people(there))


def _vacancies(village: VillageFacts, limits: Limits, _on: date) -> Iterator[Hit]:
    approved, there = village.division.approved_posts, len(village.two_committees)
    if approved is not None and approved - there >= limits["least"]:
        yield Hit(f"核定职数 {approved}，实有 {there} 人，空缺 {approved - there} 名。")


def _sanctions(village: VillageFacts, _limits: Limits, on: date) -> Iterator[Hit]:
    for sanction in village.sanctions:
        end = effect_end(sanction.record)
        if end is not None and months_until(end, on) >= 0:
            name = SANCTION.show(sanction.record.sanction) or sanction.record.title
            reckoned = "" if sanction.record.effect_end else "（按处分种类推算）"
            words = f"{sanction.person.name}受{name}，影响期至 {show_month(end)}{reckoned}。"
            yield Hit(words, (sanction.person,))


def effect_end(record: Recognition) -> str | None:
    """The last month a sanction stays in effect: as written, else reckoned from its kind; None where neither is known."""
    months = EFFECT_MONTHS.get(record.sanction or "")
    if record.effect_end or record.month is None or months is None:
        return record.effect_end
    return month_after(record.month, months)


def _people(members: Iterable[Member]) -> tuple[Profile, ...]:
    return tuple(member.person for member in members)


CHECKS: Mapping[str, Check] = {
    "R1": _branch_too_small,
    "R2": _branch_committee,
    "R3": _general_branch,
    "R4": _party_committee,
    "R5": _term_ends(Committee.PARTY),
    "R6-1": _committee_size,
    "R6-2": _women,
    "R6-3": _term_ends(Committee.VILLAGERS),
    "R7-1": _committee_size,
    "R7-2": _term_ends(Committee.VILLAGERS),
    "R8-1": _supervises_itself,
    "R8-2": _supervises_relatives,
    "R8-3": _two_heads,
    "R8-4": _nobody_crosses,
    "R8-5": _supervisor_outside,
    "R9": _no_reserve,
    "R9-2": _unfiled_secretary,
    "R10": _few_reserves,
    "R11-1": _over_age,
    "R11-2": _too_old_when_new,
    "R11-3": _education,
    "R11-4": _nobody_young,
    "R12": _relatives,
    "R13-1": _over_approved,
    "R13-2": _vacancies,
    "R16": _sanctions,
}
