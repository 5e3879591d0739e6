"""The command line for the simple registers and their ledgers."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.commands.running import Run
from tests.offices import TODAY, VILLAGE, copy_of_office, identity_number, member, opened, workbook

NUMBER = identity_number("19940203")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed office with one member, one reserve and one village's figures."""
    folder = tmp_path / "office"
    copy_of_office(folder)
    with opened(folder) as office:
        office.roster.add(VILLAGE, member(), TODAY)
        typed = {
            "village": "毕家塘村",
            "name": "高明",
            "aim": "书记",
            "entered": "2024.05",
            "id_number": NUMBER,
        }
        office.reserve.add(typed, TODAY)
        office.village_years.add({"village": "毕家塘村", "year": "2025", "income": "186000"}, TODAY)
    return folder


def test_lines_of_a_register_are_listed_for_machines_and_people(folder: Path, run: Run) -> None:
    status, out, _ = run("--data", folder, "rows", "reserve", "--format", "json")
    (line,) = json.loads(out)

    assert status == 0
    assert (line["name"], line["village"], line["division_code"]) == ("高明", "毕家塘村委会", VILLAGE)
    assert (line["aim"], line["entered"], line["state"]) == ("党组织书记", "2024-05", "在库")
    assert line["id_number"] == f"421099********{NUMBER[14:]}"
    assert {"id", "person_id"} <= line.keys()
    _, table, _ = run("--data", folder, "rows", "village_year")
    assert table.split() == [
        "村（社区）",
        "乡镇",
        "年度",
        "集体经济收入",
        "毕家塘村",
        "东升镇",
        "2025",
        "186000",
    ]


def test_whole_numbers_need_a_reason(folder: Path, run: Run) -> None:
    status, _, err = run("--data", folder, "rows", "reserve", "--full-ids")
    assert (status, "写明用途" in err) == (1, True)

    words = ("--data", folder, "rows", "reserve", "--full-ids", "--reason", "核对", "--format", "csv")
    assert NUMBER in run(*words).out


def test_a_workbook_is_checked_and_taken_in(folder: Path, tmp_path: Path, run: Run) -> None:
    headings = ("姓名", "村", "后备方向", "出生年月")
    path = workbook(tmp_path / "后备.xlsx", headings, [("马力", "毕家塘村", "委员", "1994.13")])

    _, dry, _ = run("--data", folder, "import", "reserve", path, "--dry-run")
    _, done, _ = run("--data", folder, "import", "reserve", path)

    assert "新增 1" in dry
    assert "出生年月" in dry
    assert "已导入" in done
    assert len(run("--data", folder, "rows", "reserve", "--format", "json").json) == 2
    assert "已撤销" in run("--data", folder, "undo").out


def test_a_file_without_a_table_is_told(folder: Path, tmp_path: Path, run: Run) -> None:
    path = workbook(tmp_path / "别的.xlsx", ("甲", "乙"), [("1", "2")])

    status, _, err = run("--data", folder, "import", "reserve", path)

    assert status == 1
    assert "“别的.xlsx”里没有找到村级后备干部台账" in err
    assert "要有“姓名”一列" in err


def test_a_file_without_a_table_holds_up_those_beside_it(folder: Path, tmp_path: Path, run: Run) -> None:
    headings = ("姓名", "村", "后备方向", "出生年月")
    good = workbook(tmp_path / "后备.xlsx", headings, [("马力", "毕家塘村", "委员", "1994.12")])
    other = workbook(tmp_path / "别的.xlsx", ("甲", "乙"), [("1", "2")])
    before = run("--data", folder, "rows", "reserve", "--format", "json").json

    status, _, err = run("--data", folder, "import", "reserve", good, other)

    assert (status, "什么都没有导入" in err) == (1, True)
    assert run("--data", folder, "rows", "reserve", "--format", "json").json == before


@pytest.mark.parametrize("name", ["reserve", "study", "changes"])
def test_each_ledger_is_written(folder: Path, tmp_path: Path, run: Run, name: str) -> None:
    path = tmp_path / "台账.pdf"

    status, _, _ = run("--data", folder, "ledger", name, "-o", path, "--since", "2021-01-01")

    assert status == 0
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert {"reserve": "后备干部" in text, "study": "双提升" in text, "changes": "新任" in text}[name]
    assert name in run("ledger", "--list").out
