"""Reserve cadres: leaving the reserve, the post that ends it, the yearly appraisal, villages that lack some."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.models.registers.listing import Line
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.cell_edits import InvalidValueError
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, VILLAGE


def added(office: Office, name: str = "高明", **typed: str) -> str:
    values = {"village": "毕家塘村", "name": name, "birth": "1994.02", "aim": "委员", "entered": "2024.03"}
    return office.reserve.add(values | typed, TODAY)


def line(office: Office, key: str) -> Line:
    return office.reserve.rows([key], TODAY)[0]


def keys(office: Office, chip: str) -> list[str]:
    return office.reserve.keys(RosterQuery(on=TODAY, chip=chip))


def test_leaving_says_when_where_to_and_why_in_one_change_set(office: Office) -> None:
    key, other = added(office), added(office, "马力")

    office.reserve.leave([key, other], "2026.10", "调整", "外出务工", TODAY)

    record = line(office, key).record
    assert (record.left, record.outcome, record.left_reason) == ("2026-10", "2", "外出务工")
    assert line(office, key).computed["state"] == "已出库"
    assert office.history.recent(1)[0].why == "后备干部出库：高明、马力"
    assert keys(office, "in") == []
    office.history.undo()
    assert len(keys(office, "in")) == 2


def test_somebody_counts_as_in_reserve_from_the_month_of_entering_until_that_of_leaving(
    office: Office,
) -> None:
    key = added(office)
    office.reserve.leave([key], "2026.10", "其他", None, TODAY)

    def known(year: int, month: int) -> bool:
        day = TODAY.replace(year=year, month=month)
        return office.reserve.keys(RosterQuery(on=day, chip="in")) == [key]

    assert [known(2024, 2), known(2024, 3), known(2026, 9), known(2026, 10)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("month", "outcome", "field"),
    [
        ("2023.01", "其他", "left"),
        ("", "其他", "left"),
        ("2026.01", "", "outcome"),
        ("2026.13", "升官", "left"),
    ],
)
def test_leaving_that_cannot_be_is_refused(office: Office, month: str, outcome: str, field: str) -> None:
    key = added(office)

    with pytest.raises(InvalidValueError) as refused:
        office.reserve.leave([key], month, outcome, None, TODAY)

    assert field in refused.value.problems
    assert line(office, key).record.left is None


def test_a_post_in_the_village_taken_up_since_ends_the_reserve(office: Office) -> None:
    key = added(office)
    person_id = line(office, key).record.person_id

    office.roster.appoint(person_id, VILLAGE, "村委会委员", "2026.11", TODAY)

    (ended,) = office.reserve.after_appointment(person_id, TODAY)
    assert ended.key == key
    office.reserve.leave([ended.key], "2026.11", "进班子", None, TODAY)
    assert office.reserve.after_appointment(person_id, TODAY) == []


@pytest.mark.parametrize(
    ("village", "post", "start"),
    [
        (COMMUNITY, "居委会委员", "2026.11"),  # elsewhere
        (VILLAGE, "文书", "2026.11"),  # no post of the two committees
        (VILLAGE, "村委会副主任", "2021.12"),  # held when the person entered the reserve
    ],
)
def test_other_posts_end_nothing(office: Office, village: str, post: str, start: str) -> None:
    person_id = line(office, added(office)).record.person_id

    office.roster.appoint(person_id, village, post, start, TODAY)

    assert office.reserve.after_appointment(person_id, TODAY) == []


def test_the_same_person_is_not_twice_in_one_reserve_but_may_come_back(office: Office) -> None:
    key = added(office)
    with pytest.raises(InvalidValueError, match="已经有这一行"):
        added(office)

    office.reserve.leave([key], "2025.01", "其他", None, TODAY)

    assert added(office, entered="2026.01") != key


def test_a_year_is_appraised_once_and_can_be_written_anew(office: Office) -> None:
    key = added(office)

    office.reserve.appraise(key, "2025", "良好", None, TODAY)
    office.reserve.appraise(key, "2024年", "一般", "学习少", TODAY)
    office.reserve.appraise(key, "2025", "优秀", "驻村跟班", TODAY)

    appraisals = office.registers["appraisal"].of_owner(key, TODAY)
    assert [(a.record.year, a.record.result) for a in appraisals] == [("2025", "优秀"), ("2024", "一般")]
    assert line(office, key).computed["appraisal"] == "2025年：优秀"
    assert office.history.recent(1)[0].why == "记下 2025 年度评价：毕家塘村 高明"
    with pytest.raises(InvalidValueError, match="年度"):
        office.reserve.appraise(key, "去年", "优秀", None, TODAY)


def test_each_village_is_short_of_what_the_setting_says(office: Office) -> None:
    added(office)

    gaps = {gap.division.code: (gap.have, gap.short) for gap in office.reserve.gaps(TODAY)}
    assert len(gaps) == 20  # 17 villages and 3 communities; the living areas have no committees
    assert (gaps[VILLAGE], gaps[COMMUNITY]) == ((1, 1), (0, 2))

    office.reserve.fewest = 1
    assert office.reserve.gaps(TODAY, VILLAGE)[0].short == 0


def test_how_many_a_village_should_have_is_one_number_with_the_health_checks(office: Office) -> None:
    office.reserve.fewest = 3
    in_rule = {each.rule.id: each.limits for each in office.health.rules()}["R10"]["least"]
    office.health.set_rule("R10", limits={"least": 4})

    assert (in_rule, office.reserve.fewest) == (3, 4)


PARAGRAPHS = "一、结对帮带\n二、跟班学习：\n\n到镇便民服务中心跟班三个月"


def test_paragraphs_keep_their_lines_in_the_register_its_workbook_and_its_history(
    office: Office, tmp_path: Path
) -> None:
    key = added(office)
    office.reserve.set_cell(key, "measures", PARAGRAPHS.replace("\n", " \r\n") + "\n\n", TODAY)
    assert line(office, key).record.measures == PARAGRAPHS

    file = tmp_path / "后备.xlsx"
    fields = [field.name for field in office.reserve.fields]
    office.reserve.export(file, RosterQuery(on=TODAY), fields)

    cell = next(
        cell
        for row in load_workbook(file).worksheets[0].iter_rows()
        for cell in row
        if cell.value and "跟班学习" in str(cell.value)
    )
    assert (cell.value, cell.alignment.wrap_text) == (PARAGRAPHS, True)
    rows = office.register_imports.read("reserve", [file])
    assert office.register_imports.apply("reserve", rows, TODAY, file.name).seq is None
    office.reserve.set_cell(key, "measures", "一句话", TODAY)
    office.register_imports.apply("reserve", rows, TODAY, file.name)
    assert line(office, key).record.measures == PARAGRAPHS
    change = office.history.recent(1)[0]
    assert [each.new for each in office.history.details(change.seq)] == [PARAGRAPHS]
