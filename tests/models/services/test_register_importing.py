"""Taking in workbooks of the simple registers: what offices send, and our own exports again."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from desktop.models.registers.listing import Line
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.register_importing import RegisterImportResult, RegisterPlan
from desktop.models.workbooks.plan import Outcome
from desktop.office import Office
from tests.offices import TODAY, VILLAGE, identity_number, member, workbook

ALL = RosterQuery(on=TODAY)
RESERVE_HEADINGS = (
    "序号",
    "村（社区）",
    "姓名",
    "性别",
    "出生年月",
    "学历",
    "后备方向",
    "入库时间",
    "培养联系人",
    "身份证号",
)


def reserve_file(tmp_path: Path, *rows: tuple[object, ...]) -> Path:
    return workbook(tmp_path / "后备.xlsx", RESERVE_HEADINGS, rows, title="东升镇村级后备干部台账")


ROWS: tuple[tuple[object, ...], ...] = (
    (
        1,
        "毕家塘村",
        "高明",
        "男",
        "1994.02",
        "大专",
        "书记",
        "2024.05",
        "王建军",
        identity_number("19940203"),
    ),
    (2, "焦山河居委会", "李 红", "女", "1995.03", "本科", "委员", 2025.01, "", ""),
)


def plan(office: Office, register: str, path: Path) -> RegisterPlan:
    return office.register_imports.plan(register, office.register_imports.read(register, [path]), TODAY)


def apply(office: Office, register: str, path: Path) -> RegisterImportResult:
    rows = office.register_imports.read(register, [path])
    return office.register_imports.apply(register, rows, TODAY, path.name)


def names(office: Office) -> list[str]:
    lines = office.reserve.rows(office.reserve.keys(ALL), TODAY)
    return [line.person.name for line in lines if line.person]


def test_a_workbook_of_reserves_is_taken_in_with_its_people_in_one_change_set(
    office: Office, tmp_path: Path
) -> None:
    path = reserve_file(tmp_path, *ROWS)

    assert plan(office, "reserve", path).counts == {Outcome.NEW: 2}
    assert names(office) == []
    result = apply(office, "reserve", path)

    assert names(office) == ["李红", "高明"]
    line = office.reserve.rows(office.reserve.keys(ALL), TODAY)[1]
    assert (line.record.aim, line.record.entered, line.record.mentor) == ("1", "2024-05", "王建军")
    assert office.history.recent(1)[0].why == "导入村级后备干部台账：2 行"
    assert office.history.recent(1)[0].source == "后备.xlsx"
    assert result.backup is not None
    office.history.undo(result.seq)
    assert names(office) == []


def test_taking_the_same_file_in_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = reserve_file(tmp_path, *ROWS)
    apply(office, "reserve", path)

    again = apply(office, "reserve", path)

    assert (again.seq, again.backup) == (None, None)
    assert again.plan.counts == {Outcome.SAME: 2}


def test_somebody_who_serves_is_used_and_a_match_by_name_alone_is_told(
    office: Office, tmp_path: Path
) -> None:
    person, _ = office.roster.add(VILLAGE, member(name="高明", id_number="", birth=""), TODAY)

    result = apply(office, "reserve", reserve_file(tmp_path, ROWS[0]))

    assert office.reserve.records()[0].person_id == person
    assert "同村同名" in result.plan.lines[0].remark
    assert office.people.get(person).birth == "1994-02"


def test_changed_cells_are_shown_before_and_after(office: Office, tmp_path: Path) -> None:
    apply(office, "reserve", reserve_file(tmp_path, *ROWS))
    changed = (
        1,
        "毕家塘村",
        "高明",
        "男",
        "1994.02",
        "本科",
        "委员",
        "2024.05",
        "李建军",
        identity_number("19940203"),
    )

    result = apply(office, "reserve", reserve_file(tmp_path, changed))

    told = {(change.label, change.old, change.new) for change in result.plan.lines[0].changes}
    assert told == {
        ("学历", "大专", "本科"),
        ("后备方向", "党组织书记", "村“两委”委员"),
        ("培养联系人", "王建军", "李建军"),
    }
    assert result.plan.counts == {Outcome.CHANGED: 1}


def test_doubtful_cells_are_left_out_and_lines_without_what_is_needed_refused(
    office: Office, tmp_path: Path
) -> None:
    path = reserve_file(
        tmp_path,
        (1, "毕家塘村", "高明", "男", "1994.13", "大专", "镇长", "2024.05", "王建军", ""),
        (2, "没有这个村", "马力", "男", "1990.01", "大专", "委员", "2024.05", "", ""),
    )

    result = apply(office, "reserve", path)

    good, refused = result.plan.lines
    assert (good.outcome, sorted(good.problems)) == (Outcome.NEW, ["aim", "birth"])
    assert (refused.outcome, sorted(refused.problems)) == (Outcome.REFUSED, ["village"])
    assert names(office) == ["高明"]


def test_a_number_that_lost_its_zero_is_not_guessed(office: Office, tmp_path: Path) -> None:
    path = reserve_file(tmp_path, (1, "毕家塘村", "高明", "男", "1994.02", "大专", "委员", 2024.1, "", ""))

    (line,) = plan(office, "reserve", path).lines

    assert "1 月还是 10 月" in line.problems["entered"]


def test_our_own_export_masked_or_not_says_nothing_new_and_edits_in_it_are_taken(
    office: Office, tmp_path: Path
) -> None:
    apply(office, "reserve", reserve_file(tmp_path, *ROWS))
    fields = [field.name for field in office.reserve.fields]
    path = tmp_path / "导出.xlsx"
    office.reserve.export(path, ALL, fields)
    assert apply(office, "reserve", path).plan.counts == {Outcome.SAME: 2}

    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    column = [cell.value for cell in sheet[1]].index("姓名") + 1
    sheet.cell(3, column).value = "高铭"
    book.save(path)
    result = apply(office, "reserve", path)

    assert result.plan.counts == {Outcome.SAME: 1, Outcome.CHANGED: 1}
    assert names(office) == ["李红", "高铭"]


def test_studies_go_with_who_is_known(office: Office, tmp_path: Path) -> None:
    person, _ = office.roster.add(VILLAGE, member(), TODAY)
    headings = (
        "姓名",
        "村",
        "职务",
        "原学历",
        "报读院校",
        "专业",
        "层次",
        "入学",
        "学费",
        "状态",
        "身份证号",
    )
    row = (
        "张建国",
        "毕家塘",
        "书记",
        "高中",
        "长江大学",
        "农学",
        "本科",
        "2025.09",
        7500,
        "在读",
        identity_number(),
    )
    path = workbook(tmp_path / "双提升.xlsx", headings, [row])

    apply(office, "study", path)

    (study,) = office.study.records()
    assert (study.person_id, study.education_before, study.fee, study.own_share) == (person, "61", 7500, 3000)
    assert apply(office, "study", path).seq is None


def test_figures_of_villages_are_found_without_a_column_of_names(office: Office, tmp_path: Path) -> None:
    headings = ("序号", "村（社区）", "年度", "村集体经济收入（元）", "经济类型", "党员数")
    rows = (
        (1, "毕家塘村", 2025, 186000, "产业带动型", 46),
        (2, "焦山河社区", 2025, "九万", "", 60),
        ("合计", None, None, 186000, None, 106),
    )
    path = workbook(tmp_path / "收入.xlsx", headings, rows)

    result = apply(office, "village_year", path)

    assert [(r.income, r.party_members) for r in office.village_years.records()] == [(186000, 46), (None, 60)]
    assert [list(line.problems) for line in result.plan.lines] == [[], ["income"]]
    assert apply(office, "village_year", path).seq is None


@pytest.mark.parametrize(("name", "outcome"), [("张建国", Outcome.NEW), ("无名氏", Outcome.REFUSED)])
def test_trainings_are_only_of_people_who_are_known(
    office: Office, tmp_path: Path, name: str, outcome: Outcome
) -> None:
    office.roster.add(VILLAGE, member(), TODAY)
    path = workbook(
        tmp_path / "培训.xlsx",
        ("姓名", "村", "培训时间", "培训内容"),
        [(name, "毕家塘村", "2026.05", "轮训")],
    )

    assert [line.outcome for line in apply(office, "training", path).plan.lines] == [outcome]


def doubtful_file(tmp_path: Path) -> Path:
    return reserve_file(
        tmp_path,
        (1, "毕家塘村", "高明", "男", "1994.13", "大专", "委员", "2024.05", "王建军", ""),
        (2, "没有这个村", "马力", "男", "1990.01", "大专", "委员", "2024.05", "", ""),
        (3, "焦山河居委会", "李红", "女", "1995.03", "本科", "委员", "2025.01", "", ""),
    )


def test_a_corrected_cell_is_read_anew(office: Office, tmp_path: Path) -> None:
    first, second, third = office.register_imports.read("reserve", [doubtful_file(tmp_path)])

    rows = [first.corrected("birth", "1994.12"), second.corrected("village", "毕家塘村"), third]
    result = office.register_imports.apply("reserve", rows, TODAY, "后备.xlsx")

    assert [(line.outcome, dict(line.problems)) for line in result.plan.lines] == [(Outcome.NEW, {})] * 3
    births = {line.person.name: line.person.birth for line in all_reserves(office) if line.person}
    assert births == {"高明": "1994-12", "马力": "1990-01", "李红": "1995-03"}


def test_lines_that_were_not_taken_whole_come_back_with_their_reasons_and_read_as_before(
    office: Office, tmp_path: Path
) -> None:
    before = plan(office, "reserve", doubtful_file(tmp_path))

    count = office.register_imports.save_refused("reserve", before, tmp_path / "未导入.xlsx")

    sheet = openpyxl.load_workbook(tmp_path / "未导入.xlsx").active
    assert sheet is not None
    headings, *lines = sheet.iter_rows(values_only=True)
    assert (count, headings) == (2, (*RESERVE_HEADINGS, "原因", "原表位置"))
    assert [line[1:5] for line in lines] == [
        ("毕家塘村", "高明", "男", "1994.13"),
        ("没有这个村", "马力", "男", "1990.01"),
    ]
    assert [bool(line[10]) for line in lines] == [True, True]
    assert lines[0][11] == "后备.xlsx 花名册 第 3 行"
    again = plan(office, "reserve", tmp_path / "未导入.xlsx")
    assert [line.problems for line in again.lines] == [
        line.problems for line in before.lines if line.problems
    ]


def test_a_correction_in_a_column_that_the_file_has_not_comes_back_too(
    office: Office, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "后备.xlsx", ("姓名", "性别", "出生年月"), [("高明", "男", "1994.13")])
    (row,) = office.register_imports.read("reserve", [path])
    assert sorted(plan(office, "reserve", path).lines[0].problems) == ["birth", "village"]

    corrected = office.register_imports.plan("reserve", [row.corrected("village", "毕家塘村")], TODAY)
    office.register_imports.save_refused("reserve", corrected, tmp_path / "未导入.xlsx")

    (again,) = plan(office, "reserve", tmp_path / "未导入.xlsx").lines
    assert list(again.problems) == ["birth"]
    assert again.row.text("village") == "毕家塘村"


def all_reserves(office: Office) -> list[Line]:
    return office.reserve.rows(office.reserve.keys(ALL), TODAY)
