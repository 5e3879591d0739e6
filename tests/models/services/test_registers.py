"""The simple registers: one mechanism lists, finds, edits, adds and removes the lines of any of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

from desktop.models.registers.listings import LISTINGS
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.register_entry import VanishedLineError
from desktop.models.services.registers import RegisterService
from desktop.office import Office
from tests.offices import COMMUNITY, TODAY, TOWNSHIP, VILLAGE, identity_number, member

ALL = RosterQuery(on=TODAY)
TYPED = {
    "reserve": {
        "name": "单小伟",
        "sex": "男",
        "birth": "1996.03",
        "political_status": "预备党员",
        "education": "本科",
        "aim": "书记",
        "entered": "2025.06",
        "mentor": "王书记",
        "occupation": "合作社会计",
        "phone": "19900000077",
    },
    "study": {
        "name": "单小伟",
        "birth": "1996.03",
        "school": "长江大学",
        "major": "农学",
        "level": "本科",
        "start": "2025.09",
        "expected_end": "2028.07",
        "fee": "7500",
        "status": "在读",
    },
    "village_year": {"year": "2025", "income": "186000", "economy": "产业带动型", "party_members": "46"},
    "committee_term": {"committee": "党组织", "number": "第十二届", "start": "2021.11"},
    "training": {"name": "单小伟", "start": "2026.05", "days": "3", "topic": "村干部轮训"},
    "recognition": {
        "name": "单小伟",
        "kind": "处分",
        "sanction": "警告",
        "month": "2026.02",
        "title": "党内警告",
    },
}


def added(office: Office, register: str, **typed: str) -> str:
    """A line of a register, in the village unless told otherwise."""
    return office.registers[register].add({"village": "毕家塘村", **TYPED[register], **typed}, TODAY)


def texts(service: RegisterService, key: str) -> dict[str, str]:
    """Every cell of a line as shown, by label; empty ones left out."""
    line = service.rows([key], TODAY)[0]
    shown = {field.label: service.text(line, field.name, whole=True) for field in service.fields}
    return {label: text for label, text in shown.items() if text}


def whys(office: Office) -> list[str]:
    return [change.why for change in office.history.recent()][:-1]


def in_village(office: Office) -> str:
    """Somebody who serves in the village; a person-only register finds its place by that."""
    return office.roster.add(VILLAGE, member(name="单小伟", birth="1996.03", posts="村委会委员"), TODAY)[0]


@pytest.mark.parametrize("register", TYPED)
def test_a_line_is_added_shown_undone_and_removed(office: Office, register: str) -> None:
    service = office.registers[register]
    if register in ("training", "recognition"):
        in_village(office)
    before = len(whys(office))

    key = added(office, register)

    shown = texts(service, key)
    assert shown["村（社区）"] == "毕家塘村"
    assert shown["乡镇"] == "东升镇"
    assert len(whys(office)) == before + 1
    assert service.keys(ALL) == [key]
    assert office.history.undo() is not None
    assert service.keys(ALL) == []
    office.history.redo()
    assert texts(service, key) == shown
    assert service.remove([key]) == 1
    assert service.keys(ALL) == []


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda listing: listing.name)
def test_every_column_can_be_sorted_filtered_and_counted(office: Office, listing: object) -> None:
    in_village(office)
    for register in TYPED:
        added(office, register)
    service = office.registers[listing.name]  # type: ignore[attr-defined]  # a Listing, named by pytest
    keys = service.keys(ALL)

    for field in service.fields:
        facet = service.facet(field.name, ALL)
        assert sum(number for _, number in facet) == len(keys)
        for descending in (False, True):
            query = RosterQuery(on=TODAY, sort=(field.name, descending))
            assert sorted(service.keys(query)) == sorted(keys)
        for text, number in facet:
            query = RosterQuery(on=TODAY, filters=((field.name, frozenset({text})),))
            assert len(service.keys(query)) == number
    for chip, number in service.chips(ALL).items():
        assert len(service.keys(RosterQuery(on=TODAY, chip=chip))) == number


def test_somebody_already_known_by_number_is_used(office: Office) -> None:
    person_id, _ = office.roster.add(VILLAGE, member(), TODAY)

    key = added(office, "reserve", name="张建国", birth="", id_number=identity_number(), sex="男")

    assert office.registers["reserve"].records(id=key)[0].person_id == person_id


def test_somebody_already_known_by_name_and_birth_is_used_and_only_gaps_are_filled(office: Office) -> None:
    typed = member(name="单小伟", birth="1996.03", phone="19911112222", education="", id_number="")
    person_id, _ = office.roster.add(VILLAGE, typed, TODAY)

    key = added(office, "reserve")

    line = office.registers["reserve"].rows([key], TODAY)[0]
    assert line.person is not None
    assert line.person.id == person_id
    assert (line.person.phone, line.person.education) == ("19911112222", "21")


def test_a_namesake_born_otherwise_is_somebody_new(office: Office) -> None:
    person_id, _ = office.roster.add(VILLAGE, member(name="单小伟", birth="1996.04"), TODAY)

    key = added(office, "reserve")

    assert office.registers["reserve"].records(id=key)[0].person_id != person_id


def test_a_namesake_with_another_number_is_somebody_new(office: Office) -> None:
    typed = member(name="单小伟", birth="1996.03", id_number=identity_number("19960301"))
    person_id, _ = office.roster.add(VILLAGE, typed, TODAY)

    key = added(office, "reserve", id_number=identity_number("19960302"))

    assert office.registers["reserve"].records(id=key)[0].person_id != person_id


def test_all_faults_of_a_new_line_are_told_at_once(office: Office) -> None:
    with pytest.raises(InvalidValueError) as refused:
        office.reserve.add({"village": "没有村", "birth": "1985.13", "aim": "镇长"}, TODAY)

    assert set(refused.value.problems) == {"name", "village", "birth", "aim"}
    assert whys(office) == []


def test_a_line_that_is_there_already_is_refused_with_its_name(office: Office) -> None:
    added(office, "village_year")

    with pytest.raises(InvalidValueError, match="毕家塘村 2025 年"):
        added(office, "village_year", income="1")


def test_a_cell_that_would_make_two_lines_one_is_refused(office: Office) -> None:
    added(office, "village_year")
    other = added(office, "village_year", year="2024")

    with pytest.raises(InvalidValueError, match="重复"):
        office.village_years.set_cell(other, "year", "2025", TODAY)


def test_cells_of_the_record_and_of_the_person_are_edited_in_place(office: Office) -> None:
    key = added(office, "reserve")

    office.reserve.set_cell(key, "aim", "委员", TODAY)
    office.reserve.set_cell(key, "phone", "19933334444", TODAY)
    office.reserve.set_cell(key, "village", "焦山河社区", TODAY)

    shown = texts(office.reserve, key)
    assert (shown["后备方向"], shown["联系电话"], shown["村（社区）"]) == (
        "村“两委”委员",
        "19933334444",
        "焦山河社区",
    )
    assert whys(office)[:3] == [
        "修改村（社区）：毕家塘村 单小伟",
        "修改联系电话：毕家塘村 单小伟",
        "修改后备方向：毕家塘村 单小伟",
    ]


def test_what_cannot_be_kept_is_refused_and_nothing_is_written(office: Office) -> None:
    key = added(office, "study")
    before = whys(office)

    for field, text in (
        ("school", ""),
        ("level", "在读"),
        ("posts", "书记"),
        ("village", "别处"),
        ("name", ""),
    ):
        with pytest.raises(InvalidValueError):
            office.study.set_cell(key, field, text, TODAY)

    assert whys(office) == before


def test_a_paste_applies_what_is_good_and_lists_the_rest_in_one_change_set(office: Office) -> None:
    key = added(office, "reserve")
    before = len(whys(office))

    edits = [(key, "mentor", "李书记"), (key, "birth", "不详"), ("gone", "mentor", "李书记")]
    outcome = office.reserve.set_cells(edits, TODAY, "粘贴 3 格")

    assert outcome.applied == 1
    assert [(problem.key, problem.field) for problem in outcome.problems] == [
        (key, "birth"),
        ("gone", "mentor"),
    ]
    assert whys(office)[0] == "粘贴 3 格"
    assert len(whys(office)) == before + 1


def test_rows_pasted_below_the_last_are_added_in_one_change_set(office: Office) -> None:
    rows = [{"village": "毕家塘村", "name": name, "aim": "委员"} for name in ("赵一", "钱二")]

    without_name = {"village": "毕家塘村", "aim": "委员"}
    outcome = office.reserve.paste([], [*rows, without_name], TODAY, "粘贴 3 行")

    assert len(outcome.added) == 2
    assert [(problem.key, problem.field) for problem in outcome.problems] == [(2, "name")]
    assert whys(office) == ["粘贴 3 行"]


def test_a_vanished_line_is_told(office: Office) -> None:
    key = added(office, "reserve")
    office.history.undo()

    with pytest.raises(VanishedLineError):
        office.reserve.set_cell(key, "aim", "委员", TODAY)


def test_people_are_found_by_pinyin_village_and_words_of_the_record(office: Office) -> None:
    key = added(office, "reserve")
    added(office, "reserve", name="高明", birth="1990.01", village="焦山河社区", occupation="", phone="")

    for typed in ("sxw", "shanxiaow", "单小", "0077", "毕家塘", "合作社"):
        assert office.reserve.keys(RosterQuery(on=TODAY, search=typed)) == [key]


def test_villages_are_found_by_pinyin_where_no_person_is(office: Office) -> None:
    key = added(office, "village_year")
    added(office, "village_year", village="焦山河社区")

    for typed in ("bjt", "毕家塘", "bijia"):
        assert office.village_years.keys(RosterQuery(on=TODAY, search=typed)) == [key]


def test_a_unit_shows_its_lines_alone(office: Office) -> None:
    key = added(office, "reserve")
    added(office, "reserve", name="高明", birth="1990.01", village="焦山河社区")

    assert office.reserve.keys(RosterQuery(on=TODAY, unit=VILLAGE)) == [key]
    assert len(office.reserve.keys(RosterQuery(on=TODAY, unit=TOWNSHIP))) == 2
    assert len(office.reserve.keys(RosterQuery(on=TODAY, unit=COMMUNITY))) == 1


def test_what_belongs_to_a_person_alone_is_listed_by_owner(office: Office) -> None:
    person = in_village(office)
    relatives = office.registers["relative"]

    key = relatives.add({"relation": "妻子", "name": "李秀英", "birth": "1997.01"}, TODAY, owner_id=person)
    added(office, "training")

    assert [line.key for line in relatives.of_owner(person, TODAY)] == [key]
    assert [line.record.topic for line in office.registers["training"].of_owner(person, TODAY)] == [
        "村干部轮训"
    ]
    assert whys(office)[1] == "新增家庭成员：单小伟"


def test_an_end_of_effect_and_a_due_date_are_proposed_and_follow_until_typed_otherwise(
    office: Office,
) -> None:
    in_village(office)
    recognitions, terms = office.registers["recognition"], office.registers["committee_term"]
    sanction, term = added(office, "recognition"), added(office, "committee_term")
    assert texts(recognitions, sanction)["影响期止"] == "2027.02"
    assert texts(terms, term)["届满时间"] == "2026.11"

    recognitions.set_cell(sanction, "sanction", "严重警告", TODAY)
    assert texts(recognitions, sanction)["影响期止"] == "2027.08"
    recognitions.set_cell(sanction, "effect_end", "2027.12", TODAY)
    recognitions.set_cell(sanction, "month", "2026.03", TODAY)
    assert texts(recognitions, sanction)["影响期止"] == "2027.12"

    assert recognitions.keys(RosterQuery(on=TODAY, chip="in_effect")) == [sanction]
    assert terms.keys(RosterQuery(on=TODAY, chip="due")) == [term]


def test_removing_a_line_takes_a_person_whom_nothing_else_knows(office: Office) -> None:
    key = added(office, "reserve")
    person_id = office.reserve.records(id=key)[0].person_id
    in_village_key = in_village(office)
    other = office.reserve.add({"village": "毕家塘村"}, TODAY, owner_id=in_village_key)

    office.reserve.remove([key, other])

    assert office.history.of_person(person_id)[0].why == "删除录错的后备干部 2 行"
    assert office.roster.terms(in_village_key) != []
    office.history.undo()
    assert set(office.reserve.keys(ALL)) == {key, other}


def test_a_line_of_the_roster_removed_leaves_a_person_in_reserve(office: Office) -> None:
    person = in_village(office)
    key = office.reserve.add({"village": "毕家塘村"}, TODAY, owner_id=person)

    office.roster.remove([(person, VILLAGE)])

    assert office.reserve.rows([key], TODAY)[0].person is not None


def test_an_export_has_hidden_ids_and_masked_numbers(office: Office, tmp_path: Path) -> None:
    key = added(office, "reserve", id_number=identity_number("19960301"))
    fields = ["name", "village", "id_number", "aim"]

    assert office.reserve.export(tmp_path / "后备.xlsx", ALL, fields) == 1

    sheet = openpyxl.load_workbook(tmp_path / "后备.xlsx").active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["系统编号", "姓名", "村（社区）", "身份证号", "后备方向"],
        [
            key,
            "单小伟",
            "毕家塘村",
            f"421099********{identity_number('19960301')[14:]}",
            "党组织书记",
        ],
    ]
    assert sheet.column_dimensions["A"].hidden


def test_the_history_tells_a_line_in_words(office: Office) -> None:
    key = added(office, "reserve")
    entered = office.history.details(office.history.recent(1)[0].seq)
    office.reserve.set_cell(key, "village", "焦山河社区", TODAY)
    moved = office.history.details(office.history.recent(1)[0].seq)

    assert ("毕家塘村 单小伟", "后备方向", "", "党组织书记") in [
        (c.who, c.field, c.old, c.new) for c in entered
    ]
    assert [(c.who, c.field, c.old, c.new) for c in moved] == [
        ("焦山河社区 单小伟", "村（社区）", "毕家塘村", "焦山河社区")
    ]


@pytest.mark.parametrize(
    "text", ["", "毕家塘村", "2026.13", "2026年", "1", "12345678901234567890", "是", "\u200b", "A" * 300]
)
def test_whatever_is_typed_into_any_cell_is_kept_or_refused_in_words(office: Office, text: str) -> None:
    in_village(office)
    lines = {register: added(office, register) for register in TYPED}

    for register, key in lines.items():
        service = office.registers[register]
        for field in service.fields:
            with suppress(InvalidValueError):
                service.set_cell(key, field.name, text, TODAY)
            service.problems(service.rows([key], TODAY)[0], TODAY)
