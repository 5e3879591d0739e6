"""What the home page says: four figures and what is to be done, gathered in a job as plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from desktop.models.domain.posts import Post
from desktop.models.registers.roster import ESSENTIAL, ROSTER, RosterQuery
from desktop.models.rules.health import Finding, HealthReport, subjects
from desktop.models.rules.rule import SEVERITIES, Severity
from desktop.models.rules.structure import StructureTable
from desktop.models.rules.structure_columns import COLUMN
from desktop.views.health.opening import opening_of
from desktop.views.home import handing, periodic
from desktop.views.home.values import TITLES, Figure, Overview, Task
from desktop.views.page import Request
from desktop.views.theme import Tone

if TYPE_CHECKING:
    from desktop.office import Office

_FIELDS_TOLD = 3  # of what is missing; the rest is one line
_LONGEST = 44  # characters of a finding that is told in its own words
_BACKUP_DAYS = 7  # an office that is open every week backs up at least so often
_RESERVE_RULES = frozenset(("R9", "R10"))
_WEIGHTS = (Tone.ERROR, Tone.WARN, Tone.PLAIN)
_SANCTIONS = "R16"
_TOPICS = ("人数", "组成", "设置")  # titles of rules that say what is looked at, not what is wrong
_NOBODY = "还没有录入"
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARN}


@dataclass(frozen=True, slots=True)
class Lack:
    """How many lines of the roster show ``value`` where there should be another."""

    field: str
    label: str
    value: str  # “” where the field is empty
    lines: int


def gather(office: Office, today: date) -> Overview:
    """Ask the services for everything that the page shows."""
    table = office.structure.table(today)
    report = office.health.check(today)
    lacking = _lacking(office, today)
    incomplete = office.roster.chips(RosterQuery(on=today))["incomplete"]
    short = [gap.short for gap in office.reserve.gaps(today) if gap.short]
    summary = office.roster.summary(today)
    fewest = office.reserve.fewest
    told = frozenset(found.rule.id for found in report.findings)
    tasks: list[Task] = []
    tasks += _findings(report, {each.rule.id: each.limits for each in office.health.rules()})
    tasks += periodic.orphaned(office, today)
    tasks += handing.remarks(office)
    if summary.people:
        tasks += _missing(lacking, incomplete)
        tasks += _reserve(short, fewest) if short and not told & _RESERVE_RULES else ()
        tasks += _backup(office, today)
    else:
        tasks.append(Task("还没有录入班子成员", "从 Excel 导入", Request(page="import")))
    work = periodic.periodic_work(office, today)
    usual = (
        _members(table, summary.people),
        _in_reserve(table, len(short), fewest),
        _secretaries(table, summary.secretaries),
        _incomplete(lacking, incomplete),
    )
    return Overview(
        figures=(*usual[: len(usual) - len(work.figures)], *work.figures),
        tasks=tuple(sorted(tasks, key=lambda task: _WEIGHTS.index(task.tone))),
        next_round=report.next_round,
        teams=_teams(office, today) if summary.people else "",
        deadline=work.deadline,
        handing=handing.handing(office, today),
    )


def _teams(office: Office, today: date) -> str:
    """六支队伍 as far as the office knows them."""
    teams = office.village_years.teams(today)
    without = "未填党员数" if teams.party_without_post is None else f"{teams.party_without_post} 人"
    if teams.party_without_post is not None and teams.villages_unknown:
        without += f"（{teams.villages_unknown} 个村未填党员数）"
    return (
        f"书记 {teams.secretaries} 人 · “两委”干部 {teams.members} 人 · 无职党员 {without} · "
        f"后备干部 {teams.reserves} 人 · 乡村人才、驻村工作队未登记"
    )


# figures


def _members(table: StructureTable, people: int) -> Figure:
    counted = int(table.total.values["people"] or 0)
    words = f"平均 {_shown(table, 'average_age')} 岁 · 大专以上 {_shown(table, 'college_share')}"
    others = f"另有只在监委会任职等不计入“两委”的 {people - counted} 人" if people > counted else ""
    return Figure(TITLES[0], f"{counted} 人", words if counted else _NOBODY, Request(page="roster"), others)


def _in_reserve(table: StructureTable, short: int, fewest: int) -> Figure:
    words = f"{short} 个村（社区）不足 {fewest} 名" if short else f"每村不少于 {fewest} 名"
    return Figure(TITLES[1], f"{_shown(table, 'reserves')} 人", words, Request(page="reserve"))


def _secretaries(table: StructureTable, secretaries: int) -> Figure:
    words = f"一肩挑 {_shown(table, 'both_heads')} 个，占 {_shown(table, 'both_heads_share')}"
    request = Request(page="roster", chip="secretaries")
    return Figure(TITLES[2], f"{secretaries} 人", words if secretaries else _NOBODY, request)


def _incomplete(lacking: list[Lack], incomplete: int) -> Figure:
    told = " · ".join(f"{lack.label} {lack.lines}" for lack in lacking[:2])
    request = Request(page="roster", chip="incomplete")
    return Figure(TITLES[3], f"{incomplete} 人", f"缺：{told}" if lacking else "没有缺项", request)


def _shown(table: StructureTable, column: str) -> str:
    return COLUMN[column].show(table.total.values[column])


# tasks


def _findings(report: HealthReport, limits: Mapping[str, Mapping[str, int]]) -> Iterator[Task]:
    """One line a rule and weight, the weightiest first; mere indicators are no tasks."""
    grouped: dict[tuple[Severity, str], list[Finding]] = {}
    for found in report.findings:
        if found.severity in _TONES:
            grouped.setdefault((found.severity, found.rule.id), []).append(found)
    for severity, rule in sorted(grouped, key=lambda key: SEVERITIES.index(key[0])):
        hits = grouped[severity, rule]
        words, opening = _sentence(hits, limits[rule]), opening_of(hits[0])
        link = f"打开{opening.title}" if opening else "查看"
        request = opening.request(hits, None) if opening else Request(page="structure", rule=rule)
        yield Task(words, link, request, _TONES[severity])


def _sentence(findings: list[Finding], limits: Mapping[str, int]) -> str:
    """A single finding in its own words, several as a number of villages, or of people under a sanction."""
    first = findings[0]
    own = f"{first.subject}：{first.words.rstrip('。')}"
    if len(findings) == 1 and len(own) <= _LONGEST:
        return own
    title = first.rule.title
    if first.rule.id == _SANCTIONS:
        return f"{len({each for found in findings for each in found.people})} 人{title}"
    if title.endswith("届满"):
        overdue = first.severity is Severity.ERROR
        title = title.replace("届满", "已经届满" if overdue else f" {limits['months']} 个月内届满")
    elif title.endswith(_TOPICS):
        title += "要核对"
    elif first.about:
        return f"{title}：{subjects(findings)}"
    return f"{subjects(findings)}{title}"


def _lacking(office: Office, today: date) -> list[Lack]:
    """What is missing in the roster's lines, the most first."""
    query = RosterQuery(on=today)
    wanted = [(name, "") for name in (*ESSENTIAL, "post_since")] + [("posts", Post.PENDING.label)]
    lacks = [
        Lack(name, ROSTER.field(name).label, value, dict(office.roster.facet(name, query)).get(value, 0))
        for name, value in wanted
    ]
    return sorted((lack for lack in lacks if lack.lines), key=lambda lack: -lack.lines)


def _missing(lacking: list[Lack], incomplete: int) -> Iterator[Task]:
    for lack in lacking[:_FIELDS_TOLD]:
        words = f"{lack.lines} 人{lack.label}{'待核' if lack.value else '没有填'}"
        request = Request(page="roster", filters=((lack.field, frozenset((lack.value,))),))
        yield Task(words, "筛出来补", request)
    if others := lacking[_FIELDS_TOLD:]:
        words = f"还有 {len(others)} 项没有填全，信息不全的一共 {incomplete} 人"
        yield Task(words, "筛出来补", Request(page="roster", chip="incomplete"))


def _reserve(short: list[int], fewest: int) -> Iterator[Task]:
    words = f"{len(short)} 个村（社区）后备干部不足 {fewest} 名，一共还缺 {sum(short)} 名"
    yield Task(words, "去登记", Request(page="reserve"))


def _backup(office: Office, today: date) -> Iterator[Task]:
    last = next((backup.made_at for backup in office.backups.all() if backup.ok), None)
    settings = Request(page="settings")
    if last is None:
        yield Task("还没有备份过", "去备份", settings, Tone.WARN)
    elif (days := (today - last.date()).days) >= _BACKUP_DAYS:
        yield Task(f"上次备份是 {last:%Y.%m.%d}，已经过了 {days} 天", "去备份", settings, Tone.WARN)
    if office.settings.backup_folder is None:
        yield Task("备份只存在这台电脑上，硬盘坏了会一起丢失", "换到别的盘", settings, Tone.WARN)
