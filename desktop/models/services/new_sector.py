"""The new sector (两新): its registers with what is special about them, coverage, what the health check knows of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.codes import POLITICAL_STATUS, read_code
from desktop.models.domain.reading import Cell
from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import Assessment, Grading
from desktop.models.registers.listing import Behind
from desktop.models.registers.new_sector import (
    ORGANIZATION_KIND,
    PARTY_BRANCH,
    SOCIAL,
    SOCIAL_KIND,
    Instructor,
    Organization,
    PartyBranch,
    Visit,
    open_on,
    serves_on,
    stands_on,
)
from desktop.models.registers.person import Person
from desktop.models.registers.schemes import SchemeItem
from desktop.models.registers.sector_listings import (
    BRANCH_COLUMNS,
    INSTRUCTORS,
    ORGANIZATIONS,
    PARTY_BRANCHES,
    VISITS,
)
from desktop.models.registers.village_year import YES, YES_NO
from desktop.models.rules.coverage import Base, By, CoverageTable, coverage
from desktop.models.rules.health import Facts
from desktop.models.rules.new_sector import FOUNDING, BranchFacts, UnitFacts
from desktop.models.services.choices import COVERAGE_BASE, Choices, rule_limit
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.person_entry import Typed, as_cell
from desktop.models.services.register_entry import LineRead
from desktop.models.services.registers import RegisterService
from desktop.models.services.roster import RosterService
from desktop.models.services.settings import SettingsService

# 党员数（正式/预备）: 5/1
_MEMBERS = re.compile(r"(\d+)人?\s*[/／、+(（]\s*(?:预备|兼职)?\s*(\d+)人?\s*[)）]?")
_NAME_AND_UNIT = re.compile(r"(.+?)\s*[(（](.+)[)）]")  # 党建指导员（派出单位）
_PARTS = re.compile(r"[\s/／、，,;；]+")  # 负责人/电话/政治面貌
_PHONE = re.compile(r"[\d\-]{7,}")
_OLD_CERTIFICATE = re.compile(r".*[字第].*号")  # 鄂荆社证字第 12 号


class HeldRecordError(DesktopError):
    """What has a history cannot be removed as if it had been entered by mistake."""

    def __init__(self, name: str, held: str, instead: str) -> None:
        super().__init__(f"“{name}”{held}，不能按录错删除。{instead}")


class _NamedInTownship(RegisterService):
    """A register whose records go by their name in a township."""

    def twins(self, record: Mapping[str, object], key: str = "") -> list[Any]:
        """See RegisterEntry: the same name in one township is the same record."""
        place = record.get("division_code")
        named = [each for each in self.records(name=record.get("name")) if each.id != key]
        if place is None:
            return named
        around = {division.code for division in self._divisions.around(str(place))}
        return [each for each in named if each.division_code in around]

    def _let_go(self, record_type: type[object], link: str, ids: Iterable[str]) -> None:
        """Clear the reference of records that stay."""
        ids = list(ids)
        found: list[Any] = self._records.select(record_type, **{link: ids}) if ids else []
        self._records.update_many(record_type, {each.id: {link: None} for each in found})

    def _hold(self, records: Sequence[Any], held: type[object], link: str, words: str, instead: str) -> None:
        """Refuse where one of some records has others that tell its history; ``words`` has a place for their number."""
        for record in records:
            if number := len(self._records.select(held, **{link: record.id})):
                raise HeldRecordError(record.name, words.format(number), instead)


class OrganizationService(_NamedInTownship):
    """The register of units."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, ORGANIZATIONS)
        self._choices = Choices(store)

    def _chip_values(self) -> Mapping[str, object]:
        return {"founding": founding_members(self._choices)}

    def twins(self, record: Mapping[str, object], key: str = "") -> list[Any]:
        """See RegisterEntry: the same credit code, else the same name in one township."""
        code = record.get("credit_code")
        same = [each for each in self.records(credit_code=code) if each.id != key] if code else []
        return same or super().twins(record, key)

    def read_line(self, values: Typed, today: date, *, division_code: str | None = None) -> LineRead:
        """See RegisterEntry; cells that say several things (5/1, 张三（市税务局）) are taken apart first."""
        apart = _taken_apart(values)
        said = {column for column, cell in apart.items() if as_cell(cell).text.strip()}
        name = as_cell(apart.get("name", "")).text.strip()
        has_one = YES_NO.read(as_cell(apart.get("has_branch", "")), today).value == YES
        if name and has_one and not said & (set(BRANCH_COLUMNS) - {"superior"}):
            apart = {**apart, "branch": Cell(_branch_of(name))}
        return super().read_line(apart, today, division_code=division_code)

    def named_behind(
        self, behind: Behind, said: Mapping[str, object], record: Mapping[str, object]
    ) -> Mapping[str, object]:
        """See RegisterEntry; a party organisation of which only the form or secretary is said goes by the unit's name."""
        if said.keys() - {"superior"} and "name" not in said and behind.register is PARTY_BRANCH:
            return {"name": _branch_of(record["name"]), **said}
        return super().named_behind(behind, said, record)

    def remark(self, read: LineRead, known: Person | None, today: date) -> str:
        """See RegisterEntry."""
        said, called = read.behind.get("branch_id", {}), _branch_of(read.record.get("name"))
        if said.keys() == {"superior"}:
            covered = any(each.branch_id for each in self.twins(read.record))
            return "" if covered else "没有党组织可以隶属，“隶属党组织”没有记下，请补党组织名称。"
        if said and "name" not in said and read.record.get("name"):
            return f"没有写党组织名称，新记的党组织叫“{called}”，请核对。"
        if said == {"name": called}:
            return f"党组织“{called}”只知道有，请补组建方式、成立时间和书记。"
        return super().remark(read, known, today)

    def _remove(self, records: Sequence[Organization]) -> None:
        self._hold(
            records,
            Visit,
            "organization_id",
            "有 {} 次走访记录",
            "已经注销或停业的，请填“注销或停业时间”。",
        )
        super()._remove(records)


class PartyBranchService(_NamedInTownship):
    """The register of party organisations."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, PARTY_BRANCHES)

    def _remove(self, records: Sequence[PartyBranch]) -> None:
        """Its units stay and are without one; what was assessed is not taken out."""
        instead = "已经撤销的，请填“撤销时间”。"
        self._hold(records, Assessment, "branch_id", "有 {} 期“8+N”考评", instead)
        self._hold(records, Grading, "branch_id", "有 {} 次定级", instead)
        self._hold(records, SchemeItem, "branch_id", "有 {} 个自选动作", instead)
        self._let_go(Organization, "branch_id", (record.id for record in records))
        super()._remove(records)


class InstructorService(_NamedInTownship):
    """The register of instructors."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, INSTRUCTORS)

    def twins(self, record: Mapping[str, object], key: str = "") -> list[Any]:
        """See RegisterEntry; another telephone is another person of that name."""
        phone = record.get("phone")
        return [
            each for each in super().twins(record, key) if None in (phone, each.phone) or each.phone == phone
        ]

    def _remove(self, records: Sequence[Instructor]) -> None:
        """Their units stay and are without one; who visited is not taken out."""
        self._hold(records, Visit, "instructor_id", "有 {} 次走访记录", "不再担任指导员的，请填“结束时间”。")
        self._let_go(Organization, "instructor_id", (record.id for record in records))
        super()._remove(records)


class VisitService(RegisterService):
    """The register of visits."""

    def __init__(
        self, store: Store, divisions: DivisionsService, settings: SettingsService, roster: RosterService
    ) -> None:
        super().__init__(store, divisions, settings, roster, VISITS)


class NewSectorService:
    """What is counted and checked in the new sector as a whole."""

    def __init__(self, store: Store, divisions: DivisionsService) -> None:
        self._records = Records(store)
        self._choices = Choices(store)
        self._divisions = divisions

    def facts(self, on: date, unit: str | None = None) -> list[Facts]:
        """What the health check knows of party organisations that stand on a day, then of units that are open."""
        places = self._places(unit)
        units = self.units(on, unit)
        branches = [
            each
            for each in self._records.select(PartyBranch)
            if each.division_code in places and stands_on(each, on)
        ]
        covered: dict[str, list[Organization]] = {}
        for organization in self._records.select(Organization, branch_id=[each.id for each in branches]):
            if open_on(organization, on) and organization.branch_id:
                covered.setdefault(organization.branch_id, []).append(organization)
        found = [
            BranchFacts(
                division=self._divisions.get(branch.division_code),
                township=self._township(branch.division_code),
                branch=branch,
                units=tuple(covered.get(branch.id, ())),
            )
            for branch in sorted(branches, key=lambda each: (places[each.division_code], each.name))
        ]
        return [*found, *units]

    def units(self, on: date, unit: str | None = None) -> list[UnitFacts]:
        """The units open on a day in a township or village, in the local order; ``unit`` None: everywhere."""
        places, founding = self._places(unit), self.founding
        standing = {each.id for each in self._records.select(PartyBranch) if stands_on(each, on)}
        serving = {each.id for each in self._records.select(Instructor) if serves_on(each, on)}
        open_units = [
            each
            for each in self._records.select(Organization)
            if each.division_code in places and open_on(each, on)
        ]
        return [
            UnitFacts(
                division=self._divisions.get(each.division_code),
                township=self._township(each.division_code),
                unit=each,
                covered=each.branch_id in standing,
                instructed=each.instructor_id in serving,
                founding=founding,
            )
            for each in sorted(open_units, key=lambda each: (places[each.division_code], each.name))
        ]

    @property
    def base(self) -> Base:
        """Which units rates are reckoned of (法人户 or 规上)."""
        return Base(self._choices.get(COVERAGE_BASE))

    @base.setter
    def base(self, base: Base) -> None:
        self._choices.set({COVERAGE_BASE: str(base)}, f"覆盖率统计范围改为{base.label}")

    @property
    def founding(self) -> int:
        """Full members from which a unit should have a party organisation: the number of rule R1-5, on or not."""
        return founding_members(self._choices)

    def coverage(self, on: date, by: By = By.TOWNSHIP, unit: str | None = None) -> CoverageTable:
        """党组织覆盖率 and 工作覆盖率 on a day in a township or village; ``unit`` None: in the whole office."""
        places = self._places(unit)
        instructors = self._records.select(Instructor)
        serving = sum(each.division_code in places and serves_on(each, on) for each in instructors)
        return coverage(self.units(on, unit), by, self.base, self.founding, serving)

    def _places(self, unit: str | None) -> dict[str, int]:
        """The divisions asked for with their place in the local order."""
        asked = self._divisions.under(unit) if unit else self._divisions.all().values()
        return {division.code: number for number, division in enumerate(asked)}

    def _township(self, code: str) -> str:
        return self._divisions.township_of(self._divisions.get(code)).name


def founding_members(choices: Choices) -> int:
    """Full members from which a unit should have a party organisation, as this office has it."""
    return int(choices.get(rule_limit(*FOUNDING)))


def _branch_of(name: object) -> str:
    """What a unit's own party organisation is called where nobody says."""
    return f"{name}党支部"


def _taken_apart(values: Typed) -> Typed:
    """Cells that say several things at once, each to its own column unless that is filled."""
    apart: dict[str, Any] = dict(values)
    for column, split in _SPLITS.items():
        text = as_cell(values.get(column, "")).text.strip()
        for target, part in split(text).items():
            if target == column or not as_cell(apart.get(target, "")).text.strip():
                apart[target] = Cell(part)
    for column, (target, belongs) in _ELSEWHERE.items():
        cell = as_cell(apart.get(column, ""))
        text, there = cell.text.strip(), as_cell(apart.get(target, "")).text.strip()
        if text and belongs(text) and there in ("", text):
            apart[target], apart[column] = cell, Cell("")
    return apart


def _split_pair(first: str, second: str) -> Callable[[str], dict[str, str]]:
    def split(text: str) -> dict[str, str]:
        match = _MEMBERS.fullmatch(text)
        return {first: match[1], second: match[2]} if match else {}

    return split


def _split_kind(text: str) -> dict[str, str]:
    """社团, 民非, 基金会: kinds of social organizations."""
    if read_code(SOCIAL_KIND.codes, Cell(text)).value is None:
        return {}
    return {"kind": ORGANIZATION_KIND.show(SOCIAL), "social_kind": text}


def _split_instructor(text: str) -> dict[str, str]:
    match = _NAME_AND_UNIT.fullmatch(text)
    return {"instructor": match[1], "instructor_unit": match[2]} if match else {}


def _split_contact(name: str, phone: str, other: str | None = None) -> Callable[[str], dict[str, str]]:
    def split(text: str) -> dict[str, str]:
        parts = _PARTS.split(text)
        phones = [part for part in parts if _PHONE.fullmatch(part)]
        rest = [part for part in parts if part not in phones]
        if not phones or not rest:  # a name alone may have blanks in it
            return {}
        found = {name: rest[0], phone: phones[0]}
        return found | ({other: rest[1]} if other and len(rest) > 1 else {})

    return split


_HEAD = _split_contact("head", "head_phone", "head_political_status")
_SECRETARY = _split_contact("secretary", "secretary_phone")
_SPLITS: Mapping[str, Callable[[str], dict[str, str]]] = {
    "kind": _split_kind,
    "full_members": _split_pair("full_members", "probationary_members"),
    "full_time_members": _split_pair("full_time_members", "part_time_members"),
    "head": _HEAD,
    "head_phone": _HEAD,  # 负责人/电话 is read as 负责人电话
    "secretary": _SECRETARY,
    "secretary_phone": _SECRETARY,
    "instructor": _split_instructor,
}
# what a form writes in one column and belongs to another: it goes there unless something else stands there
_ELSEWHERE: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "credit_code": ("registration", lambda text: _OLD_CERTIFICATE.fullmatch(text) is not None),
    "head_identity": (
        "head_political_status",
        lambda text: read_code(POLITICAL_STATUS, Cell(text)).value is not None,
    ),
}
