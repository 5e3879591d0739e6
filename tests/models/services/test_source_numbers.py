"""The source document's numbers (13 organisations, A 5 B 4 C 4, 8 areas, 311 instructors) on every ledger of the sector.

What each ledger should say is reckoned here from the bare records, by none of the program's rules, and looked for in
the text of the PDF that was written: of the city, of one of its townships, and of a township's own office.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from desktop.models.database.records import Records
from desktop.models.registers.checklist import Assessment, AssessmentItem, Grading
from desktop.models.registers.new_sector import Instructor, Organization, PartyBranch, Visit
from desktop.models.registers.schemes import SchemeItem
from desktop.models.services.ledgers import LedgerRequest
from desktop.office import Office
from tests.models.services.checklists import LAST, NOW
from tests.models.services.printed import pages_of
from tests.offices import CITY, TODAY, TOWNSHIP, whole_office

STREET = "421081001000"  # 绣林街道, where the city's party organisations are
DAY = TODAY.isoformat()
STATUSES = {"1": "达标", "2": "基本达标", "3": "未达标", "9": "不适用", None: "未填"}
CLASSES = {"A": "A类示范引领", "B": "B类规范提升", "C": "C类达标升级"}
PERIODS = {NOW: "2026年下半年", LAST: "2026年上半年"}
FORMS = {"1": "单独组建", "2": "联合组建", "3": "行业组建", "4": "区域组建"}
KINDS = {"1": "非公企业", "2": "社会组织", "3": "新业态"}


@dataclass(frozen=True)
class Kept:
    """The records of a unit as they lie in the store, and what they come to."""

    office: Office
    scope: str | None  # asked of the ledgers

    def of(self, record: type[Any]) -> list[Any]:
        found: list[Any] = Records(self.office._store).select(record)
        return found

    def here(self, record: type[Any]) -> list[Any]:
        prefix = self.unit[: 6 if self.unit == CITY else 9]
        return [each for each in self.of(record) if each.division_code.startswith(prefix)]

    @property
    def unit(self) -> str:
        return self.scope or self.office.settings.unit

    @cached_property
    def branches(self) -> list[PartyBranch]:
        return [each for each in self.here(PartyBranch) if each.dissolved is None]

    @cached_property
    def units(self) -> list[Organization]:
        return [each for each in self.here(Organization) if each.closed is None]

    @cached_property
    def instructors(self) -> list[Instructor]:
        return [each for each in self.here(Instructor) if each.end is None]

    @cached_property
    def visits(self) -> list[Visit]:
        ids = {each.id for each in self.instructors}
        return [each for each in self.of(Visit) if each.instructor_id in ids and "2026" <= each.day <= DAY]

    @cached_property
    def gradings(self) -> dict[str, list[Grading]]:
        """Decisions by organisation, the first one first."""
        found: dict[str, list[Grading]] = {each.id: [] for each in self.branches}
        for each in sorted(self.of(Grading), key=lambda each: (each.decided, each.id)):
            if each.branch_id in found:
                found[each.branch_id].append(each)
        return found

    @cached_property
    def classes(self) -> Counter[str]:
        return Counter(each[-1].grade for each in self.gradings.values() if each)

    @cached_property
    def carried(self) -> Counter[str]:
        """Classes decided in a period before the present one."""
        return Counter(each[-1].grade for each in self.gradings.values() if each and each[-1].period != NOW)

    @cached_property
    def deadlines(self) -> list[tuple[PartyBranch, AssessmentItem, SchemeItem]]:
        branches = {each.id: each for each in self.branches}
        assessed = {each.id: branches.get(each.branch_id) for each in self.of(Assessment)}
        items = {each.id: each for each in self.of(SchemeItem)}
        return [
            (branch, each, items[each.item_id])
            for each in self.of(AssessmentItem)
            if each.due and (branch := assessed[each.assessment_id]) is not None
        ]

    def statuses(self, branch: PartyBranch) -> dict[str, str | None]:
        """The present status of each item of an organisation, by code: the eight, then its own."""
        scheme = next(each.scheme_id for each in self.of(Assessment) if each.period == NOW)
        items = [
            each
            for each in self.of(SchemeItem)
            if each.scheme_id == scheme and each.branch_id in (None, branch.id)
        ]
        codes = {each.id: each.code for each in items}
        mine = {each.id for each in self.of(Assessment) if (each.branch_id, each.period) == (branch.id, NOW)}
        said = {
            codes[each.item_id]: each.status for each in self.of(AssessmentItem) if each.assessment_id in mine
        }
        return {code: said.get(code) for code in sorted(codes.values())}

    def text(self, name: str, tmp_path: Path, **asked: Any) -> str:
        """Everything that stands on a ledger that was written."""
        path = tmp_path / f"{name}.pdf"
        self.office.ledgers.write(LedgerRequest(name, TODAY, unit=self.scope, **asked), path)
        return "".join(pages_of(path.read_bytes()))


@pytest.fixture(scope="module", params=[(CITY, None), (CITY, STREET), (TOWNSHIP, None)], ids=str)
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    unit, scope = request.param
    with whole_office(tmp_path_factory.mktemp("office") / "office", unit) as office:
        yield Kept(office, scope)


def test_the_citys_records_are_the_source_documents_numbers(tmp_path: Path) -> None:
    with whole_office(tmp_path / "office", CITY) as office:
        kept = Kept(office, None)

        assert (len(kept.branches), len(kept.instructors)) == (13, 311)
        assert kept.classes == {"A": 5, "B": 4, "C": 4}
        assert len({each.area for each in kept.units}) == 8
        assert len({each.instructor_id for each in kept.units if each.instructor_id}) == 311


def test_units_and_what_covers_them(kept: Kept, tmp_path: Path) -> None:
    text = kept.text("organizations", tmp_path)

    units, classes = kept.units, kept.classes
    branches = {each.id for each in kept.branches}
    covered = sum(each.branch_id in branches for each in units)
    instructors = {each.instructor_id for each in units} & {each.id for each in kept.instructors}
    assert f"合计{len(units)}个单位（" in text
    assert f"，已由{len(branches)}个党组织覆盖{covered}个；" in text
    assert f"8+N等级：A类{classes['A']}个，B类{classes['B']}个，C类{classes['C']}个；" in text
    assert f"党建指导员{len(instructors)}人；" in text
    for words, name in (("从业人员", "employees"), ("正式党员", "full_members")):
        assert f"{words}{sum(getattr(each, name) for each in units)}人" in text
    for unit in units:
        assert (
            f"{unit.name}{unit.credit_code}{KINDS[unit.kind or '']}{unit.area}{unit.industry_committee}"
            in text
        )
    for branch in kept.branches:
        last = kept.gradings[branch.id][-1]
        assert f"{last.grade}类{shown(last.decided)}" in text
        shared = sum(each.branch_id == branch.id for each in units)
        assert text.count(f"{branch.name}{FORMS[branch.form or '']}") == shared


def test_a_survey_counts_the_same_units_and_who_covers_none(kept: Kept, tmp_path: Path) -> None:
    text = kept.text("survey", tmp_path)

    units, branches = kept.units, {each.branch_id for each in kept.units} - {None}
    covered = sum(each.branch_id is not None for each in units)
    left = [each for each in units if each.branch_id is None and each.instructor_id is None]
    output = sum(each.output or 0 for each in units)
    assert f"合计{len(units)}个单位（" in text
    assert (
        f"，已由{len(branches)}个党组织覆盖{covered}个；没有覆盖{len(left)}个；年产值{output:.0f}万元；"
        in text
    )
    for words, name in (("发展对象", "development_targets"), ("积极分子", "activists")):
        assert f"{words}{sum(getattr(each, name) or 0 for each in units)}人" in text
    assert text.count("√") == len(left)


@pytest.mark.parametrize("by", [None, "area"])
def test_both_rates_and_the_instructors_behind_them(kept: Kept, tmp_path: Path, by: str | None) -> None:
    text = kept.text("coverage", tmp_path, by=by)

    assert f"合计{numbers(kept, kept.units)}" in text
    groups = {each.area for each in kept.units}
    for area in groups:
        assert f"{area}{numbers(kept, [each for each in kept.units if each.area == area])}" in text
    serving, whole = {each.id for each in kept.instructors}, len(kept.units)
    instructed = [each for each in kept.units if each.instructor_id in serving]
    covered = sum(each.branch_id is not None for each in instructed)
    looking = len({each.instructor_id for each in instructed})
    assert (
        f"党建指导员在任{len(serving)}人，其中{looking}人指导本表单位{len(instructed)}个，"
        f"占{whole}个单位的{rate(len(instructed), whole)}"
        f"（{covered}个已由党组织覆盖，{len(instructed) - covered}个只派指导员）" in text
    )


def test_the_overview_tells_each_item_the_classes_and_those_of_the_period_before(
    kept: Kept, tmp_path: Path
) -> None:
    text = kept.text("checklist-overview", tmp_path)

    classes, carried = kept.classes, kept.carried
    told = "，".join(f"{grade}{classes[grade]}" for grade in "ABC" if classes[grade])
    before = "、".join(f"{grade}类{carried[grade]}个" for grade in "ABC" if carried[grade])
    assert f"合计{len(kept.branches)}个党组织" in text
    assert told + (f"（其中{before}为上期定级）" if before else "") in text
    assert text.count("（上期）") == sum(carried.values())
    feet = ""
    for code in "12345678":
        count = Counter(kept.statuses(branch)[code] for branch in kept.branches)
        unmet, unfilled = f"缺{count['3']}" * bool(count["3"]), f"未填{count[None]}" * bool(count[None])
        feet += unmet + unfilled or "齐"
    assert f"{len(kept.branches)}个党组织{feet}" in text
    for branch in kept.branches:
        said, last = kept.statuses(branch), kept.gradings[branch.id][-1]
        met, asked = sum(each == "1" for each in said.values()), sum(each != "9" for each in said.values())
        done = f"{met}/{asked}" if any(said.values()) else "未评定"
        row = text.split(f"{branch.name}达标" if said["1"] == "1" else branch.name, 1)[1]
        row = row[: row.index(shown(last.decided))]
        assert re.sub("逾期\\d+天", "", row).count("未达标") == sum(each == "3" for each in said.values())
        assert done in row
        assert row.endswith(last.grade)


def test_each_organisation_has_its_sheet_with_its_class(kept: Kept, tmp_path: Path) -> None:
    text = kept.text("checklist", tmp_path)

    assert text.count("检查人（签字）：") == len(kept.branches)
    for grade, words in CLASSES.items():
        assert text.count(f"等级{words}（") == kept.classes[grade]
    assert text.count("审批），本期未定") == sum(kept.carried.values())
    for branch in kept.branches:
        units = sum(each.branch_id == branch.id for each in kept.units)
        sheet = text.split(f"党组织{branch.name}所在地", 1)[1].split("检查人（签字）：", 1)[0]
        assert f"覆盖单位（{units}个）" in sheet
        said = kept.statuses(branch).values()
        assert f"达标项数{sum(s == '1' for s in said)}/{sum(s != '9' for s in said)}" in sheet


def test_the_moves_are_the_decisions_that_changed_a_class(kept: Kept, tmp_path: Path) -> None:
    text = kept.text("class-moves", tmp_path)

    kinds: Counter[str] = Counter()
    for branch in kept.branches:
        before = None
        for each in kept.gradings[branch.id]:
            if each.grade != before:
                move = "首次定级" if before is None else "升级" if each.grade < before else "降级"
                old = CLASSES[before] if before else ""
                kinds[move] += 1
                row = (
                    f"{branch.name}{PERIODS[each.period]}{old}{CLASSES[each.grade]}{move}{each.reason or ''}"
                )
                assert row in text
            before = each.grade
    total = re.search(r"合计(\d+)条：([^主]*)", text)
    assert total is not None
    assert int(total[1]) == kinds.total() == text.count("两新工委会议")
    assert sorted(total[2].split("，")) == sorted(f"{move}{count}" for move, count in kinds.items())


def test_every_deadline_stands_with_how_late_it_is(kept: Kept, tmp_path: Path) -> None:
    text = kept.text("rectification", tmp_path)

    late = []
    still = closed = 0
    for branch, record, item in kept.deadlines:
        is_open = record.closed is None and record.status not in ("1", "9")
        days = (TODAY - date.fromisoformat(record.due or "")).days if is_open else 0
        still, closed = still + (is_open and days <= 0), closed + (record.closed is not None)
        late += [days] if days > 0 else []
        progress = f"逾期{days}天" if days > 0 else "整改中" if is_open else "已销号"
        assert f"{item.name}{STATUSES[record.status]}{record.reason}{shown(record.due)}{progress}" in text
        assert branch.name in text
    assert (
        f"合计{len(kept.deadlines)}项：整改中{still}项，逾期{len(late)}项（最长{max(late)}天），"
        f"已达标待销号0项，已销号{closed}项" in text
    )


def test_every_instructor_stands_with_units_and_visits(kept: Kept, tmp_path: Path) -> None:
    text = kept.text("instructors", tmp_path)

    people, visits = kept.instructors, Counter(each.instructor_id for each in kept.visits)
    units = {each.instructor_id: each.name for each in kept.of(Organization) if each.closed is None}
    kinds = Counter(each.engagement for each in people)
    assert (
        f"合计在任{len(people)}人（专职{kinds['1']}人，兼职{kinds['2']}人），"
        f"指导单位{sum(each.id in units for each in people)}个，没有指导单位的0人；"
        f"本年走访{visits.total()}次，走访过的{len(visits)}人" in text
    )
    for each in people:
        kind, phone = {"1": "专职", "2": "兼职"}[each.engagement or ""], each.phone or ""
        row = f"{each.name}{kind}{phone[:3]}****{phone[-4:]}{each.unit}{each.post}"
        assert row in text
        assert f"{units[each.id]}{each.visits_planned}{visits[each.id]}" in text
        assert phone not in text


def test_every_visit_of_the_year_stands(kept: Kept, tmp_path: Path) -> None:
    text, before = kept.text("visits", tmp_path), kept.text("visits", tmp_path, period="2025")

    people = {each.id: each for each in kept.of(Instructor)}
    units = {each.id: each.name for each in kept.of(Organization)}
    solved = sum(each.result is not None for each in kept.visits)
    assert (
        f"合计走访{len(kept.visits)}次：指导员{len({each.instructor_id for each in kept.visits})}人，"
        f"单位{len({each.organization_id for each in kept.visits})}个；写明解决问题的{solved}次" in text
    )
    for each in kept.visits:
        who = people[each.instructor_id]
        row = f"{shown(each.day)}{who.name}{who.unit}{units[each.organization_id or '']}{each.matter}"
        assert row in text
    assert "合计走访0次" in before


def shown(day: str | None) -> str:
    return (day or "").replace("-", ".")


def rate(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}".removesuffix(".0") + "%" if whole else ""


def numbers(kept: Kept, units: Sequence[Organization]) -> str:
    """A line of the table of rates."""
    covered = sum(each.branch_id is not None for each in units)
    should = sum(each.branch_id is not None or (each.full_members or 0) >= 3 for each in units)
    instructed = [each for each in units if each.instructor_id]
    reached = sum(each.branch_id is not None or each.instructor_id is not None for each in units)
    told = (
        *(len(units), should, covered, should - covered, rate(covered, should)),
        *(reached - covered, reached, len(units) - reached, rate(reached, len(units))),
        *(len({each.instructor_id for each in instructed}), len(instructed)),
    )
    return "".join(map(str, told))
