"""The health check of a real office: what it gathers, and which rules are on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.models.database.records import Records
from desktop.models.domain.posts import Committee
from desktop.models.registers.committee_term import CommitteeTerm
from desktop.models.registers.person import Person
from desktop.models.registers.person_file import Recognition, Relative
from desktop.models.registers.reserve import ReserveCadre
from desktop.models.registers.village_year import VillageYear
from desktop.models.rules.rule import Level
from desktop.models.services.health import BasisNeededError, InvalidThresholdError, UnknownRuleError
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, TOWNSHIP, VILLAGE, identity_number, member, opened

BASIS = "石组发〔2026〕3 号"


def told(office: Office, rule: str, on: date = TODAY, unit: str | None = None) -> list[str]:
    return [found.words for found in office.health.check(on, unit).findings if found.rule.id == rule]


def write(office: Office, *records: object) -> None:
    with office._store.change("试验"):
        for record in records:
            Records(office._store).insert_many([record])


def setting(office: Office, rule_id: str) -> tuple[bool, dict[str, int], str]:
    found = next(each for each in office.health.rules() if each.rule.id == rule_id)
    return found.on, dict(found.limits), found.basis


def test_law_and_party_regulation_are_on_and_local_rules_are_off(office: Office) -> None:
    assert {each.rule.id for each in office.health.rules() if not each.on} == {
        each.rule.id for each in office.health.rules() if each.rule.level is Level.LOCAL
    }
    assert any(each.on for each in office.health.rules())


def test_a_local_rule_is_not_turned_on_without_its_document(office: Office) -> None:
    with pytest.raises(BasisNeededError, match="依据文件"):
        office.health.set_rule("R10", on=True)
    with pytest.raises(BasisNeededError):
        office.health.set_rule("R10", on=True, basis="   ")
    assert setting(office, "R10") == (False, {"least": 2}, "")


def test_a_local_rule_that_is_on_does_not_lose_its_document(office: Office) -> None:
    office.health.set_rule("R10", on=True, basis=BASIS)
    with pytest.raises(BasisNeededError):
        office.health.set_rule("R10", basis="")
    assert setting(office, "R10") == (True, {"least": 2}, BASIS)


def test_what_was_set_is_there_when_the_office_is_opened_again(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    with opened(folder) as office:
        office.health.set_rule("R10", on=True, limits={"least": 3}, basis=BASIS)
        office.health.set_rule("R8-3", on=False)
    with opened(folder) as office:
        assert setting(office, "R10") == (True, {"least": 3}, BASIS)
        assert setting(office, "R8-3")[0] is False


def test_numbers_that_make_no_sense_are_refused(office: Office) -> None:
    with pytest.raises(InvalidThresholdError, match="每村不少于"):
        office.health.set_rule("R10", limits={"least": -1})
    with pytest.raises(InvalidThresholdError):
        office.health.set_rule("R10", limits={"most": 3})
    with pytest.raises(InvalidThresholdError, match="最低学历"):
        office.health.set_rule("R11-3", limits={"lowest": 9})
    with pytest.raises(UnknownRuleError):
        office.health.set_rule("R14", on=True)


def test_a_changed_number_decides(office: Office) -> None:
    office.roster.add(VILLAGE, member(), TODAY)
    assert told(office, "R6-1") == ["村委会 1 人，少于 3 人。"]
    office.health.set_rule("R6-1", limits={"least": 1})
    assert told(office, "R6-1") == []


def test_a_rule_that_is_off_finds_nothing(office: Office) -> None:
    office.roster.add(VILLAGE, member(), TODAY)
    office.health.set_rule("R6-1", on=False)
    assert told(office, "R6-1") == []


def test_the_basis_of_a_local_rule_stands_with_its_findings(office: Office) -> None:
    office.health.set_rule("R9", on=True, basis=BASIS)
    findings = office.health.check(TODAY, VILLAGE).findings
    assert [(found.rule.id, found.source) for found in findings] == [("R9", BASIS)]


def test_an_empty_office_has_no_findings_of_law(office: Office) -> None:
    assert office.health.check(TODAY).findings == ()


def test_findings_of_one_village_or_township(office: Office) -> None:
    office.roster.add(VILLAGE, member(), TODAY)
    office.roster.add("421081105200", member(id_number=identity_number(order=7)), TODAY)  # 调关镇
    assert [len(told(office, "R6-1", unit=unit)) for unit in (None, TOWNSHIP, VILLAGE, COMMUNITY)] == [
        2, 1, 1, 0,
    ]  # fmt: skip


def test_party_members_are_those_of_the_last_year_known(office: Office) -> None:
    write(
        office,
        VillageYear(id="1", division_code=VILLAGE, year="2024", party_members=2),
        VillageYear(id="2", division_code=VILLAGE, year="2025", income=120_000),
        VillageYear(id="3", division_code=VILLAGE, year="2027", party_members=60),
    )
    assert told(office, "R1") == ["登记党员 2 人，单独成立党支部应有 3 人以上。"]
    assert told(office, "R3") == []


def test_the_term_that_runs_is_the_one_that_began_last(office: Office) -> None:
    body = str(Committee.PARTY)
    write(
        office,
        CommitteeTerm(
            id="1", division_code=VILLAGE, committee=body, number="第十一届", start="2018-11", due="2021-11"
        ),
        CommitteeTerm(
            id="2", division_code=VILLAGE, committee=body, number="第十二届", start="2021-11", due="2026-11"
        ),
        CommitteeTerm(
            id="3", division_code=VILLAGE, committee=body, number="第十三届", start="2026-12", due="2031-12"
        ),
    )
    assert told(office, "R5") == ["党组织本届（第十二届） 2026.11 届满，就在本月，请抓紧准备。"]
    assert told(office, "R5", date(2026, 12, 1)) == []
    assert told(office, "R5", date(2021, 10, 1)) == [
        "党组织本届（第十一届） 2021.11 届满，还有 1 个月，请抓紧准备。"
    ]


def test_relatives_are_found_through_the_family_on_file(office: Office) -> None:
    office.health.set_rule("R12", on=True, basis=BASIS)
    father, _ = office.roster.add(VILLAGE, member(name="李军"), TODAY)
    son, _ = office.roster.add(
        VILLAGE, member(name="李明", posts="村委会委员", id_number=identity_number(order=2)), TODAY
    )
    write(office, Relative(id="1", person_id=son, relation="父亲", name="李军", relative_id=father))
    assert told(office, "R12") == ["班子成员间有近亲属：李明与李军（父亲）。"]


def test_a_supervisor_of_relatives_is_found(office: Office) -> None:
    office.roster.add(VILLAGE, member(name="李军"), TODAY)
    wife, _ = office.roster.add(
        VILLAGE, member(name="王芳", posts="监委会委员", id_number=identity_number(order=2)), TODAY
    )
    write(office, Relative(id="1", person_id=wife, relation="丈夫", name="李军"))
    assert told(office, "R8-2") == ["监委会成员与村委会成员是近亲属：王芳与李军（丈夫，同名待核）。"]


def test_sanctions_of_those_who_serve_or_are_in_reserve(office: Office) -> None:
    person, _ = office.roster.add(VILLAGE, member(name="赵强"), TODAY)
    write(
        office,
        Recognition(
            id="1",
            person_id=person,
            kind="2",
            sanction="1",
            month="2026-01",
            title="党内警告",
            effect_end="2027-01",
        ),
        Recognition(
            id="2", person_id=person, kind="1", month="2026-02", title="优秀党员", effect_end="2029-01"
        ),
        ReserveCadre(id="3", person_id=person, division_code=COMMUNITY),
    )
    assert told(office, "R16") == ["赵强受警告，影响期至 2027.01。"] * 2  # once in each place
    assert told(office, "R16", date(2027, 2, 1)) == []


def test_reserves_in_the_pool_are_counted(office: Office) -> None:
    office.health.set_rule("R10", on=True, basis=BASIS)
    person, _ = office.roster.add(COMMUNITY, member(name="钱伟"), TODAY)
    write(
        office,
        ReserveCadre(id="1", person_id=person, division_code=VILLAGE, entered="2025-01"),
    )
    assert told(office, "R10", unit=VILLAGE) == ["在库后备干部 1 名，不足 2 名，缺 1 名。"]


def test_all_rules_at_once_on_the_sample_office(sample: Office) -> None:
    for each in sample.health.rules():
        sample.health.set_rule(each.rule.id, on=True, basis=BASIS)

    report = sample.health.check(TODAY)

    assert {line.rule.id for line in report.lines()} >= {"R7-1", "R9", "R10", "R11-3"}
    names = {person.id: person.name for person in Records(sample._store).select(Person)}
    assert all(names[person_id] == name for found in report.findings for person_id, name in found.people)
