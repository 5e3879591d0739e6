"""Figures of villages by year: a year's lines, thresholds of income, 六支队伍."""

from __future__ import annotations

import pytest

from desktop.models.registers.roster import RosterQuery
from desktop.models.services.cell_edits import InvalidValueError
from desktop.office import Office
from tests.models.services.printed import cells, made, total
from tests.offices import COMMUNITY, TODAY, VILLAGE, member


def test_a_year_begins_with_a_line_for_every_village_in_one_change_set(office: Office) -> None:
    assert office.village_years.start_year("2026", TODAY) == 20
    assert office.village_years.start_year("2026年", TODAY) == 0

    lines = office.village_years.rows(office.village_years.keys(RosterQuery(on=TODAY)), TODAY)
    assert len({line.record.division_code for line in lines}) == 20
    assert office.history.recent(1)[0].why == "建立 2026 年度数据：20 个村（社区）"
    assert office.village_years.years() == ["2026"]
    with pytest.raises(InvalidValueError):
        office.village_years.start_year("上年", TODAY)


def test_shares_count_villages_with_and_without_a_figure(office: Office) -> None:
    office.village_years.start_year("2026", TODAY)
    keys = office.village_years.keys(RosterQuery(on=TODAY))
    lines = [line for line in office.village_years.rows(keys, TODAY) if line.division is not None]
    villages = [line.key for line in lines if line.division and line.division.kind == "village"]
    incomes = ["99999", "100000", "199999", *["200000"] * 6]
    edits = [(key, "income", income) for key, income in zip(villages, incomes, strict=False)]
    office.village_years.set_cells([*edits, (villages[0], "economy", "产业带动型")], TODAY, "填收入")
    office.village_years.set_cell(villages[1], "village_and_cooperative", "是", TODAY)

    figures = office.village_years.figures("2026")

    assert (figures.villages, figures.filled) == (17, 9)
    ten, twenty = figures.shares
    assert (ten.reached, ten.short, ten.unknown, ten.share) == (8, 1, 8, "47.1%")
    assert (twenty.reached, twenty.short) == (6, 3)  # 50% of 17 takes 9
    assert figures.income == 99999 + 100000 + 199999 + 6 * 200000
    assert figures.together == 1
    chips = office.village_years.chips(RosterQuery(on=TODAY))
    assert (chips["below"], chips["second"]) == (1, 6)


def test_thresholds_are_a_setting(office: Office) -> None:
    office.village_years.add({"village": "毕家塘村", "year": "2026", "income": "150000"}, TODAY)
    assert [share.reached for share in office.village_years.figures("2026").shares] == [1, 0]

    office.village_years.thresholds = (150_000, 50_000)

    assert office.village_years.thresholds == (50_000, 150_000)
    assert [share.reached for share in office.village_years.figures("2026").shares] == [1, 1]
    with pytest.raises(InvalidValueError):
        office.village_years.thresholds = (0, 10)


def test_the_teams_are_counted_from_what_is_kept(office: Office) -> None:
    office.roster.add(VILLAGE, member(), TODAY)  # secretary and head, in the party
    office.roster.add(
        VILLAGE, member(name="李秀英", posts="村委会委员", political_status="群众", id_number=""), TODAY
    )
    office.roster.add(VILLAGE, member(name="王会计", posts="文书", id_number=""), TODAY)
    office.roster.add(COMMUNITY, member(name="赵主任", posts="居委会主任", id_number=""), TODAY)
    office.reserve.add({"village": "毕家塘村", "name": "高明"}, TODAY)
    office.village_years.add({"village": "毕家塘村", "year": "2024", "party_members": "40"}, TODAY)
    office.village_years.add({"village": "毕家塘村", "year": "2025", "party_members": "46"}, TODAY)
    office.village_years.add({"village": "毕家塘村", "year": "2026", "income": "1"}, TODAY)

    teams = office.village_years.teams(TODAY)

    assert (teams.secretaries, teams.members, teams.reserves) == (1, 3, 1)
    # 46 less the secretary and the clerk
    assert (teams.party_without_post, teams.villages_unknown) == (44, 19)
    assert office.village_years.teams(TODAY, COMMUNITY).party_without_post is None


def test_the_ledger_has_the_last_year_with_incomes_and_who_reaches_which(office: Office) -> None:
    office.village_years.start_year("2025", TODAY)
    keys = office.village_years.keys(RosterQuery(on=TODAY))
    villages = [
        line.key
        for line in office.village_years.rows(keys, TODAY)
        if line.division and line.division.kind == "village"
    ]
    office.village_years.set_cells(
        [(villages[0], "income", "99999"), (villages[1], "income", "200000")], TODAY, "填收入"
    )
    office.village_years.start_year("2026", TODAY)  # nothing is known of it yet

    ledger = made(office, "village-years")

    rows = cells(ledger)
    assert len(rows) == 20
    assert {row["年度"] for row in rows} == {"2025"}
    assert [row["集体经济收入（元）"] for row in rows if "集体经济收入（元）" in row] == ["99999", "200000"]
    assert total(ledger)[1] == (
        "20 个村（社区），集体经济收入 299999 元；达到 10 万元的村 1 个（5.9%），达到 20 万元的村 1 个（5.9%）"
    )
    assert "村级集体经济一览表" in ledger.title


def test_the_ledger_of_a_unit_without_figures_is_empty(office: Office) -> None:
    assert made(office, "village-years").rows == ()
