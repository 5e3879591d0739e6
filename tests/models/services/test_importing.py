"""Importing: read, plan, apply, undo; export and import again; the refused rows as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.models.domain.posts import PartyForm, Post
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow, value_of
from desktop.models.services.disclosures import ReasonNeededError
from desktop.models.services.importing import ImportResult, OutdatedPlanError
from desktop.models.workbooks.plan import ImportPlan, Outcome
from desktop.models.workbooks.reading import read_sheets
from desktop.models.workbooks.refusals import MissingFileError
from desktop.models.workbooks.roster_reader import ImportReading, Problem, posts_of
from desktop.office import Office
from tests.offices import (
    COMMUNITY,
    SAMPLE_FILES,
    SAMPLES,
    TODAY,
    TOWNSHIP,
    VILLAGE,
    expected_of,
    identity_number,
    workbook,
)

HEADINGS = ("村（社区）", "姓名", "职务", "任职时间", "出生年月", "身份证号", "备注")
ZHANG = ("毕家塘村", "张三", "村委会委员", "2021.12", "1985.07", identity_number())
QUERY = RosterQuery(on=TODAY)


def planned(office: Office, *files: Path) -> ImportPlan:
    """The plan of some files."""
    return office.imports.plan(office.imports.read(files, TODAY), TODAY)


def imported(office: Office, *files: Path) -> ImportResult:
    """What importing some files did."""
    return office.imports.apply(planned(office, *files), "、".join(file.name for file in files))


def table(folder: Path, *rows: Sequence[str], name: str = "表.xlsx", title: str | None = None) -> Path:
    """A workbook of HEADINGS."""
    return workbook(folder / name, HEADINGS, rows, title=title)


def all_rows(office: Office) -> list[RosterRow]:
    """Every line of today."""
    return office.roster.rows(office.roster.keys(QUERY), TODAY)


@pytest.mark.parametrize("file", SAMPLE_FILES, ids=lambda path: path.name)
def test_a_second_import_of_a_file_changes_nothing(office: Office, file: Path) -> None:
    first = imported(office, file)
    stored = all_rows(office)

    plan = planned(office, file)
    second = office.imports.apply(plan, file.name)

    applied = sum(bool(row["name"] and row["division_code"]) for row in expected_of(file)["rows"])
    assert first.added == applied == plan.counts[Outcome.SAME]
    assert (second.seq, second.backup, second.added, second.changed) == (None, None, 0, 0)
    assert second.refused == first.refused
    assert plan.missing == ()
    assert all_rows(office) == stored


def test_undo_takes_an_import_back_whole_and_redo_repeats_it(office: Office) -> None:
    before = office.divisions.all()
    result = imported(office, *SAMPLE_FILES)
    stored, learnt = all_rows(office), office.divisions.all()

    office.history.undo(result.seq)
    undone = all_rows(office), office.divisions.all()
    office.history.redo()

    assert undone == ([], before)
    assert (all_rows(office), office.divisions.all()) == (stored, learnt)


def test_several_files_are_one_change_set_and_one_backup(office: Office) -> None:
    result = imported(office, *SAMPLE_FILES)

    assert office.history.recent(1)[0].seq == result.seq
    assert len(office.history.recent()) == 2
    assert result.backup is not None
    assert [info.reason for info in office.backups.all()] == ["导入前"]


def test_nothing_is_backed_up_again_where_the_last_backup_has_the_state_before_the_import(
    office: Office,
) -> None:
    imported(office, SAMPLE_FILES[0])
    office.backups.backup_now("手动")

    with_backup = imported(office, SAMPLE_FILES[5])
    office.backups.backup_now("手动")
    for backup in office.backups.all():
        backup.path.unlink()
    with_none_there = imported(office, SAMPLE_FILES[1])

    assert with_backup.seq is not None
    assert with_backup.backup is None
    assert with_none_there.backup is not None
    assert [info.reason for info in office.backups.all()] == ["导入前"]


def test_the_plan_shows_old_and_new(office: Office, tmp_path: Path) -> None:
    imported(office, table(tmp_path, ZHANG))
    changed = (*ZHANG[:2], "村委会主任", "2024.03", "1985.08", ZHANG[5], "优秀")

    plan = planned(office, table(tmp_path, changed))

    assert plan.rows[0].outcome is Outcome.CHANGED
    assert {(change.label, change.old, change.new) for change in plan.rows[0].changes} == {
        ("出生年月", "1985.07", "1985.08"),
        ("备注", "", "优秀"),
        ("职务", "村委会委员", "村委会主任"),
        ("任现职时间", "2021.12", "2024.03"),
    }
    assert [problem.kept for problem in plan.rows[0].imported.problems] == [
        True
    ]  # another month than the number's


def test_a_changed_post_with_a_later_month_ends_the_old_one(office: Office, tmp_path: Path) -> None:
    imported(office, table(tmp_path, ZHANG))

    imported(office, table(tmp_path, (*ZHANG[:2], "村委会主任", "2024.03", *ZHANG[4:])))

    lines = office.roster.terms(all_rows(office)[0].person.id)
    assert [(found.wording, found.term.start, found.term.end) for found in lines] == [
        ("村委会主任", "2024-03", None),
        ("村委会委员", "2021-12", "2024-02"),
    ]


@pytest.mark.parametrize("since", ["2021.12", "2020.01", ""])
def test_a_changed_post_without_a_later_month_is_a_correction(
    office: Office, tmp_path: Path, since: str
) -> None:
    imported(office, table(tmp_path, ZHANG))

    imported(office, table(tmp_path, (*ZHANG[:2], "村委会主任", since, *ZHANG[4:])))

    row = all_rows(office)[0]
    assert [(term.post, term.end) for term in row.terms] == [(Post.COMMITTEE_HEAD, None)]
    assert row.post_since == (since.replace(".", "-") or "2021-12")
    assert len(office.roster.terms(row.person.id)) == 1


def test_an_empty_cell_erases_nothing_and_people_not_in_the_file_are_listed_and_left(
    office: Office, tmp_path: Path
) -> None:
    li = ("毕家塘村", "李四", "村委会委员", "2021.12", "1990.01", identity_number("19900101"))
    wang = ("焦山河社区", "王五", "居委会委员", "2021.12", "1991.01", identity_number("19910101"))
    imported(office, table(tmp_path, (*ZHANG, "优秀"), li, wang))
    stored = all_rows(office)

    plan = planned(office, table(tmp_path, (*ZHANG[:2], "", "", "", ZHANG[5], "")))
    result = office.imports.apply(plan, "表.xlsx")

    assert plan.counts == {Outcome.SAME: 1}
    assert [row.person.name for row in plan.missing] == ["李四"]
    assert result.seq is None
    assert all_rows(office) == stored


def test_people_are_matched_by_number_then_by_name_and_birth_in_the_village(
    office: Office, tmp_path: Path
) -> None:
    imported(office, table(tmp_path, ZHANG, ("毕家塘村", "李四", "村委会委员", "", "1990.01", "")))
    before = {row.person.name: row.person.id for row in all_rows(office)}
    by_number = ("毕家塘村", "张三丰", "", "", "", ZHANG[5])
    by_birth = ("毕家塘村", "李四", "", "", "1990.01", identity_number("19900101"))
    another = ("毕家塘村", "李四", "村委会主任", "", "1991.01", "")
    elsewhere = ("焦山河社区", "李四", "居委会主任", "", "1990.01", "")

    plan = planned(office, table(tmp_path, by_number, by_birth, another, elsewhere))

    assert [row.outcome for row in plan.rows] == [*[Outcome.CHANGED] * 2, *[Outcome.NEW] * 2]
    assert [row.person.id if row.person else "" for row in plan.rows[:2]] == [before["张三"], before["李四"]]
    assert [bool(row.remarks) for row in plan.rows] == [True, False, True, False]


def test_one_person_listed_in_two_villages_is_one(office: Office, tmp_path: Path) -> None:
    other = ("焦山河社区", "张三", "居务监督委员会委员", "2022.01", "", ZHANG[5])

    result = imported(office, table(tmp_path, ZHANG, other))

    rows = all_rows(office)
    assert {row.person.id for row in rows} == {rows[0].person.id}
    assert [row.division.code for row in rows] == [COMMUNITY, VILLAGE]
    assert (result.added, result.changed) == (1, 1)
    assert imported(office, table(tmp_path, ZHANG, other)).seq is None


def test_somebody_who_left_comes_back_under_the_same_record(office: Office, tmp_path: Path) -> None:
    imported(office, table(tmp_path, ZHANG))
    row = all_rows(office)[0]
    office.roster.end_terms([row.terms[0].id], TODAY.replace(day=1), "")

    imported(office, table(tmp_path, (*ZHANG[:2], "村委会主任", "2026.11", *ZHANG[4:])))

    assert [found.person.id for found in all_rows(office)] == [row.person.id]
    assert len(office.roster.terms(row.person.id)) == 2


def test_a_row_whose_post_nobody_can_read_keeps_its_place_until_it_is_known(
    office: Office, tmp_path: Path
) -> None:
    imported(office, table(tmp_path, (*ZHANG[:2], "村嘉宾", *ZHANG[3:])))
    pending = all_rows(office)[0]

    imported(office, table(tmp_path, ZHANG))

    assert (pending.posts_text, [term.post for term in pending.terms]) == ("", [Post.PENDING])
    assert [term.post for term in all_rows(office)[0].terms] == [Post.COMMITTEE_MEMBER]
    assert len(office.roster.terms(pending.person.id)) == 1


def test_the_form_of_a_party_body_is_learnt_and_printed(office: Office, tmp_path: Path) -> None:
    imported(office, table(tmp_path, (*ZHANG[:2], "党总支书记、村主任", *ZHANG[3:])))

    assert office.divisions.get(VILLAGE).party_form == PartyForm.GENERAL_BRANCH
    assert all_rows(office)[0].posts_text == "党总支书记、村委会主任"


def test_the_same_name_in_two_townships_needs_the_township(office: Office, tmp_path: Path) -> None:
    twin = Division(
        code="421081001777",
        name="毕家塘村委会",
        kind=DivisionKind.VILLAGE,
        parent="421081001000",
        position=99,
    )
    office.divisions.add(twin)
    rows = [["", "毕家塘村", "张三", "支书"], ["绣林办", "毕家塘村", "李四", "支书"]]
    file = workbook(
        tmp_path / "表.xlsx", ["乡镇", "村", "姓名", "职务"], [*rows, ["东升镇", "毕家塘", "王五", "支书"]]
    )

    reading = office.imports.read([file], TODAY)

    assert [row.values.get("division_code") for row in reading.rows] == [None, twin.code, VILLAGE]
    assert [(problem.row, problem.field) for problem in reading.problems] == [(2, "village")]


def test_an_alias_makes_a_local_name_known(office: Office, tmp_path: Path) -> None:
    file = table(tmp_path, ("老毕家", *ZHANG[1:]))
    unknown = planned(office, file)

    office.divisions.update(VILLAGE, aliases="老毕家")

    assert unknown.counts == {Outcome.REFUSED: 1}
    assert planned(office, file).counts == {Outcome.NEW: 1}


def test_a_doubtful_cell_is_corrected_in_place(office: Office, tmp_path: Path) -> None:
    file = table(tmp_path, ("毕家堂村", "张三", "村嘉宾", "2021.13", "1985.07", identity_number()))
    reading = office.imports.read([file], TODAY)

    for field, text in (("village", "毕家塘村"), ("posts", "村委会委员"), ("post_since", "2021.12")):
        reading = office.imports.correct(reading, 0, field, text, TODAY)
    plan = office.imports.plan(reading, TODAY)
    office.imports.apply(plan, file.name)

    assert reading.problems == ()
    assert (all_rows(office)[0].posts_text, all_rows(office)[0].post_since) == ("村委会委员", "2021-12")


def test_a_correction_may_be_as_doubtful_as_what_it_corrects(office: Office, tmp_path: Path) -> None:
    reading = office.imports.read([table(tmp_path, ("毕家塘村", "张三", "支书", "2021.13", "", ""))], TODAY)

    corrected = office.imports.correct(reading, 0, "post_since", "2021.14", TODAY)

    assert [(problem.field, problem.value) for problem in corrected.problems] == [("post_since", "2021.14")]
    assert reading.problems != corrected.problems


def test_a_corrected_mapping_is_remembered_by_heading(office: Office, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "表.xlsx",
        ["村", "姓名", "职务", "尊姓", "家乡"],
        [["毕家塘村", "张三", "支书", "x", "湖北石首"]],
    )
    reading = office.imports.read([file], TODAY)
    column = {found.heading: found.id for found in reading.tables[0].columns}
    mapping = {column["家乡"]: "native_place", column["尊姓"]: None}

    corrected = office.imports.read([file], TODAY, mapping)
    later = office.imports.read([table_like(tmp_path, "家乡")], TODAY)

    assert "native_place" not in reading.rows[0].values
    assert corrected.rows[0].values["native_place"] == "湖北石首"
    assert later.rows[0].values["native_place"] == "湖北松滋"


def table_like(folder: Path, heading: str) -> Path:
    """Another village's workbook that uses the same heading."""
    rows = [["春风港村", "李四", "支书", "湖北松滋"]]
    return workbook(folder / "另一张.xlsx", ["村", "姓名", "职务", heading], rows)


def test_a_plan_made_before_another_change_is_refused(office: Office, tmp_path: Path) -> None:
    plan = planned(office, table(tmp_path, ZHANG))
    office.divisions.update(VILLAGE, aliases="老毕家")

    with pytest.raises(OutdatedPlanError):
        office.imports.apply(plan, "表.xlsx")

    assert all_rows(office) == []
    assert office.backups.all() == []


def test_a_change_made_while_the_import_backs_up_is_not_overrun(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(office, table(tmp_path, ZHANG))
    worker = office.worker()
    backup_now = worker.backups.backup_now

    def busy(reason: str) -> object:
        office.divisions.update(VILLAGE, aliases="老毕家")
        return backup_now(reason)

    monkeypatch.setattr(worker.backups, "backup_now", busy)
    try:
        with pytest.raises(OutdatedPlanError):
            worker.imports.apply(plan, "表.xlsx")
    finally:
        worker.release()

    assert all_rows(office) == []
    assert office.divisions.get(VILLAGE).aliases == "老毕家"


def test_files_are_told_as_they_are_read_and_the_reading_can_be_stopped(
    office: Office, tmp_path: Path
) -> None:
    files = [table(tmp_path, ZHANG, name=f"{number}.xlsx") for number in range(3)]
    told: list[tuple[int, int]] = []

    def stop(number: int, of: int) -> None:
        told.append((number, of))
        if number == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        office.imports.read(files, TODAY, on_file=stop)

    assert told == [(0, 3), (1, 3)]


def test_a_file_that_is_not_there_is_said_and_nothing_read(office: Office, tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match=r"没有\.xlsx"):
        office.imports.read([SAMPLE_FILES[0], tmp_path / "没有.xlsx"], TODAY)


FIELDS = tuple(field.name for field in ROSTER.fields)


@pytest.mark.parametrize("full", [False, True])
def test_an_export_taken_in_again_changes_nothing(sample: Office, tmp_path: Path, full: bool) -> None:
    stored = all_rows(sample)
    path = tmp_path / "导出.xlsx"

    written = sample.roster.export(path, QUERY, FIELDS, full_ids=full, reason="核对" if full else None)
    plan = planned(sample, path)

    assert written == len(stored)
    assert plan.counts == {Outcome.SAME: len(stored)}
    assert not plan.writes
    assert all_rows(sample) == stored


def test_an_export_is_masked_and_has_a_hidden_row_id(sample: Office, tmp_path: Path) -> None:
    sample.roster.export(tmp_path / "导出.xlsx", QUERY, ("name", "village", "posts", "id_number", "phone"))

    cells = [cell for row in read_sheets(tmp_path / "导出.xlsx")[0].rows for cell in row]
    numbers = {n for row in all_rows(sample) for n in (row.person.id_number, row.person.phone) if n}
    assert not numbers & set(cells)
    assert all(row.person.id in cells for row in all_rows(sample))


def test_an_export_is_of_the_lines_and_columns_shown(sample: Office, tmp_path: Path) -> None:
    query = replace(QUERY, chip="women", sort=("birth", True))

    sample.roster.export(tmp_path / "导出.xlsx", query, ("name", "birth"))

    heading, *lines = read_sheets(tmp_path / "导出.xlsx")[0].rows
    rows = sample.roster.rows(sample.roster.keys(query), TODAY)
    assert [str(cell) for cell in heading[1:]] == ["姓名", "出生年月"]
    assert [line[1] for line in lines] == [row.person.name for row in rows]


def test_whole_numbers_are_exported_for_a_reason_only_which_is_on_record(
    sample: Office, tmp_path: Path
) -> None:
    with pytest.raises(ReasonNeededError):
        sample.roster.export(tmp_path / "导出.xlsx", QUERY, ("name", "id_number"), full_ids=True, reason=" ")
    missing = (tmp_path / "导出.xlsx").exists()

    count = sample.roster.export(
        tmp_path / "导出.xlsx", QUERY, ("name", "id_number"), full_ids=True, reason="社保核对"
    )

    records = sample.history.disclosures()
    assert not missing
    assert [(found.what, found.reason, found.people) for found in records] == [
        ("导出花名册 导出.xlsx", "社保核对", count)
    ]


def test_an_edited_export_is_matched_by_row_id_whatever_was_changed(sample: Office, tmp_path: Path) -> None:
    row = all_rows(sample)[0]
    sample.roster.export(tmp_path / "导出.xlsx", QUERY, ("name", "village", "birth"))
    heading, first, *_ = read_sheets(tmp_path / "导出.xlsx")[0].rows
    edited = [str(first[0]), "改了名", str(first[2]), "1960.01"]

    plan = planned(sample, workbook(tmp_path / "改过.xlsx", [str(cell) for cell in heading], [edited]))

    assert plan.rows[0].person is not None
    assert plan.rows[0].person.id == row.person.id
    assert {change.field for change in plan.rows[0].changes} == {"name", "birth"}


def test_names_and_cells_of_any_content_come_back_as_they_went(office: Office, tmp_path: Path) -> None:
    remarks = (
        "=1+1",
        "<b>粗</b>",
        "<img src='file:///etc/passwd'>",
        "a" * 10_000,
        "http://example.com",
        "+86",
    )
    for number, text in enumerate(remarks):
        typed = {"name": f"甲{'乙丙丁戊己庚'[number]}", "posts": "村委会委员", "remarks": text}
        office.roster.add(VILLAGE, typed, TODAY)
    office.roster.add(VILLAGE, {"name": "张\U0002c029屾", "posts": "支书"}, TODAY)

    office.roster.export(tmp_path / "导出.xlsx", QUERY, FIELDS)
    plan = planned(office, tmp_path / "导出.xlsx")

    assert plan.counts == {Outcome.SAME: 7}
    assert {value_of(row, "remarks") for row in all_rows(office)} == {*remarks, None}


def test_refused_rows_come_back_with_their_reasons_and_read_as_before(office: Office, tmp_path: Path) -> None:
    file = SAMPLE_FILES[5]
    plan = planned(office, file)
    doubtful = [row for row in plan.rows if any(not problem.kept for problem in row.imported.problems)]

    count = office.imports.save_refused(plan, tmp_path / "未导入.xlsx")
    again = office.imports.read([tmp_path / "未导入.xlsx"], TODAY)

    assert count == len(doubtful) == len(again.rows)
    for row, reread in zip(doubtful, again.rows, strict=True):
        assert told(reread.problems) == told(row.imported.problems)
        assert reread.values == row.imported.values
    sheet = read_sheets(tmp_path / "未导入.xlsx")[0]
    assert [str(cell) for cell in sheet.rows[0][-2:]] == ["原因", "原表位置"]
    assert all(line[-2] and file.name in str(line[-1]) for line in sheet.rows[1:])


def told(problems: Sequence[Problem]) -> list[tuple[str, str]]:
    """Field and words of problems."""
    return sorted((problem.field, problem.message) for problem in problems)


def test_a_refused_row_keeps_the_village_that_only_the_title_told(office: Office, tmp_path: Path) -> None:
    file = workbook(
        tmp_path / "表.xlsx",
        ["姓名", "职务", "身份证号"],
        [["张三", "支书", "42109919850712"], ["李四", "村委会委员", ""]],
        title="东升镇毕家塘村村干部一览表",
    )

    office.imports.save_refused(planned(office, file), tmp_path / "未导入.xlsx")
    again = office.imports.read([tmp_path / "未导入.xlsx"], TODAY)

    assert [(row.values["name"], row.values["division_code"]) for row in again.rows] == [("张三", VILLAGE)]
    assert again.rows[0].values["township_code"] == TOWNSHIP


def test_a_refused_row_keeps_columns_of_one_field_apart(office: Office, tmp_path: Path) -> None:
    rows = [["毕家塘村", "张三", "书记", "主任", "123"]]
    file = workbook(tmp_path / "表.xlsx", ["村", "姓名", "党组织职务", "村委会职务", "电话"], rows)

    office.imports.save_refused(planned(office, file), tmp_path / "未导入.xlsx")
    again = office.imports.read([tmp_path / "未导入.xlsx"], TODAY)

    assert [held.post for held in posts_of(again.rows[0])] == [Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD]
    assert read_sheets(tmp_path / "未导入.xlsx")[0].rows[1][1:6] == (
        "毕家塘村",
        "张三",
        "书记",
        "主任",
        "123",
    )


def test_rows_refused_twice_have_one_column_of_reasons(office: Office, tmp_path: Path) -> None:
    office.imports.save_refused(planned(office, SAMPLE_FILES[5]), tmp_path / "1.xlsx")

    office.imports.save_refused(planned(office, tmp_path / "1.xlsx"), tmp_path / "2.xlsx")

    heading = [str(cell) for cell in read_sheets(tmp_path / "2.xlsx")[0].rows[0]]
    assert (heading.count("原因"), heading.count("原表位置")) == (1, 1)


def test_a_corrected_cell_is_saved_as_corrected(office: Office, tmp_path: Path) -> None:
    reading: ImportReading = office.imports.read(
        [table(tmp_path, ("毕家塘村", "张三", "村嘉宾", "2021.13"))], TODAY
    )
    corrected = office.imports.correct(reading, 0, "posts", "支书", TODAY)

    office.imports.save_refused(office.imports.plan(corrected, TODAY), tmp_path / "未导入.xlsx")

    row = read_sheets(tmp_path / "未导入.xlsx")[0].rows[1]
    assert row[1:5] == ("毕家塘村", "张三", "支书", "2021.13")


HOSTILE = (
    *(
        "=HYPERLINK(1)",
        "<b>&lt;</b>",
        "<img src='file:///etc/passwd'>",
        "' OR 1=1 --",
        "x" * 32_000,
        "%s{0}\\",
    ),
    *("@SUM(1)", "\u202e反写", "书记" * 5_000, "-1", "1e308", "#N/A", "２０２６年１３月", "党支部（" * 2_000),
)


def test_a_workbook_of_hostile_cells_is_read_and_harms_nothing(office: Office, tmp_path: Path) -> None:
    headings = [field.label for field in ROSTER.fields]
    rows = [[text] * len(headings) for text in HOSTILE]
    rows += [
        ["张三" if label == "姓名" else "毕家塘村" if label == "村（社区）" else text for label in headings]
        for text in HOSTILE
    ]
    file = workbook(tmp_path / "表.xlsx", headings, rows)

    plan = planned(office, file)
    office.imports.apply(plan, file.name)
    office.imports.save_refused(plan, tmp_path / "未导入.xlsx")
    office.roster.export(tmp_path / "导出.xlsx", QUERY, FIELDS)

    stored = all_rows(office)
    assert len(plan.rows) >= len(HOSTILE)
    assert {row.person.name for row in stored} == {"张三"}
    assert {row.division.code for row in stored} == {VILLAGE}
    for row in stored:
        person = row.person
        assert (person.sex, person.birth, person.id_number, person.phone) == (None, None, None, None)
    assert planned(office, tmp_path / "导出.xlsx").writes is False
    assert read_sheets(tmp_path / "未导入.xlsx")


def test_rows_of_another_units_village_are_taken_and_said_to_be(office: Office) -> None:
    path = SAMPLES / "06-问题数据.xlsx"  # 南口镇; the office is 东升镇

    plan = office.imports.plan(office.imports.read([path], TODAY), TODAY)

    named = [row for row in plan.rows if row.imported.applicable]
    assert named
    assert all(f"{row.village}不属于东升镇，照样导入，请核对。" in row.remarks for row in named)
    assert plan.foreign == sum(row.imported.values.get("division_code") is not None for row in plan.rows)
