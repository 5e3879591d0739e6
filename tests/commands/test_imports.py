"""The command ``import roster``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.commands.running import TODAY, Run, agreed, stored_rows
from tests.offices import CITY, SAMPLE_FILES, copy_of_office, expected_of, workbook

ROW_KEYS = (
    *("township", "village", "division_code", "name", "sex", "birth", "ethnic_group", "political_status"),
    *("party_joined", "education", "posts", "post_since", "id_number", "phone"),
)


def by_place(problems: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Problems by row and field."""
    return sorted((problem["row"], problem["field"]) for problem in problems)


@pytest.mark.parametrize("level", ["township", "city"])
@pytest.mark.parametrize("file", SAMPLE_FILES, ids=lambda path: path.name)
def test_a_sample_workbook_reads_as_expected_in_any_office(
    run: Run, tmp_path: Path, file: Path, level: str
) -> None:
    copy_of_office(tmp_path / "office", level=level)
    expected = expected_of(file)

    ended = run(
        "--data", tmp_path / "office", "import", "roster", file, "--dry-run", "--json", "--today", TODAY
    )

    assert ended.status == 0
    assert agreed(ended.json["rows"], expected["rows"]) == expected["rows"]
    assert by_place(ended.json["problems"]) == by_place(expected["problems"])


def test_a_sample_reads_as_expected_in_an_office_of_another_township(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "office", "--unit", "421081001000", "--level", "township")
    expected = expected_of(SAMPLE_FILES[5])

    ended = run(
        *("--data", tmp_path / "office", "import", "roster", SAMPLE_FILES[5]),
        *("--dry-run", "--json", "--today", TODAY),
    )

    assert agreed(ended.json["rows"], expected["rows"]) == expected["rows"]


def test_the_json_of_an_import_has_the_promised_keys_in_their_order(run: Run, office: Path) -> None:
    ended = run(
        "--data", office, "import", "roster", SAMPLE_FILES[5], "--dry-run", "--json", "--today", TODAY
    )

    assert list(ended.json) == ["rows", "problems"]
    assert {tuple(row) for row in ended.json["rows"]} == {ROW_KEYS}
    assert {tuple(problem)[:6] for problem in ended.json["problems"]} == {
        ("file", "sheet", "row", "field", "value", "message")
    }


def test_all_samples_at_once_are_read_in_the_order_given(run: Run, office: Path) -> None:
    files = [path for path in SAMPLE_FILES if path.suffix != ".xls"]
    expected = [row for file in files for row in expected_of(file)["rows"]]

    ended = run("--data", office, "import", "roster", *files, "--dry-run", "--json", "--today", TODAY)

    assert agreed(ended.json["rows"], expected) == expected


@pytest.mark.parametrize("file", SAMPLE_FILES, ids=lambda path: path.name)
def test_none_of_the_listed_problems_is_stored(run: Run, office: Path, file: Path) -> None:
    expected = expected_of(file)

    imported = run("--data", office, "import", "roster", file, "--json", "--today", TODAY)
    stored = {(row["name"], row["division_code"]): row for row in stored_rows(run, office)}

    applied = [row for row in expected["rows"] if row["name"] and row["division_code"]]
    assert imported.status == 0
    assert len(stored) == len(applied)
    for row in applied:
        found = stored[row["name"], row["division_code"]]
        assert {key: found[key] for key in row} == row


def test_a_second_import_changes_nothing_and_undo_takes_the_first_back_whole(run: Run, office: Path) -> None:
    arguments = ("--data", office, "import", "roster", *SAMPLE_FILES, "--today", TODAY)
    run(*arguments)
    stored = stored_rows(run, office)

    second = run(*arguments)

    assert second.status == 0
    assert "没有需要写入的改动" in second.out
    assert stored_rows(run, office) == stored
    assert run("--data", office, "undo").out.startswith("已撤销：导入名册")
    assert stored_rows(run, office) == []
    assert run("--data", office, "rows", "division", "--format", "json", "--unit", CITY).json


def test_an_import_tells_what_it_does_and_backs_up_first(run: Run, office: Path) -> None:
    ended = run("--data", office, "import", "roster", SAMPLE_FILES[5], "--today", TODAY)

    assert "新增" in ended.out
    assert "问题　06-问题数据.xlsx" in ended.out
    assert "第 2 行 提醒：南尖上村不属于东升镇，照样导入，请核对。" in ended.out
    assert "已导入（变更" in ended.out
    assert "已备份到" in ended.err
    assert list((office / "backups").glob("*.tybak"))


def test_a_second_import_makes_one_backup_since_the_last_one_has_the_state_before_it(
    run: Run, office: Path
) -> None:
    run("--data", office, "import", "roster", SAMPLE_FILES[0], "--today", TODAY)
    before = set((office / "backups").iterdir())

    ended = run("--data", office, "import", "roster", SAMPLE_FILES[5], "--today", TODAY)

    (made,) = set((office / "backups").iterdir()) - before
    assert f"已备份到“{made}”" in ended.err
    assert ended.err.count("已备份到") == 1
    stored = stored_rows(run, office)
    run("--data", office, "undo")
    run("--data", office, "restore", made)
    assert stored_rows(run, office) == stored


def test_a_dry_run_writes_nothing(run: Run, office: Path) -> None:
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}

    run("--data", office, "import", "roster", SAMPLE_FILES[0], "--dry-run", "--today", TODAY)

    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file()} == before


def test_one_unreadable_file_of_several_stops_the_import(run: Run, office: Path, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 not a workbook")

    ended = run("--data", office, "import", "roster", SAMPLE_FILES[0], tmp_path / "坏.xlsx", "--today", TODAY)

    assert ended.status == 1
    assert "“坏.xlsx”" in ended.err
    assert stored_rows(run, office) == []


def test_a_file_without_a_roster_is_an_error_and_said_for_machines_too(
    run: Run, office: Path, tmp_path: Path
) -> None:
    file = workbook(tmp_path / "通讯录.xlsx", ["单位", "电话"], [["东升镇", "0716-7000000"]])

    ended = run("--data", office, "import", "roster", SAMPLE_FILES[0], file, "--json", "--today", TODAY)

    assert ended.status == 1
    assert "“通讯录.xlsx”里没有找到花名册" in ended.err
    assert ended.json["problems"]
    assert stored_rows(run, office) == []
