"""The command ``rows``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.commands.running import TODAY, Run
from tests.offices import CITY, SAMPLE_FILES, member, opened, workbook


def test_numbers_are_masked_unless_a_reason_is_given(run: Run, sample: Path) -> None:
    masked = run("--data", sample, "rows", "roster", "--format", "json")
    refused = run("--data", sample, "rows", "roster", "--full-ids")
    whole = run("--data", sample, "rows", "roster", "--format", "json", "--full-ids", "--reason", "核对参保")

    assert all("*" in row["id_number"] for row in masked.json if row["id_number"])
    assert (refused.status, refused.out) == (1, "")
    assert "要写明用途" in refused.err
    assert all(len(row["id_number"]) == 18 for row in whole.json if row["id_number"])
    assert {row["phone"][3:7] for row in masked.json if row["phone"]} == {"****"}


@pytest.mark.parametrize("form", ["csv", "table"])
def test_no_format_shows_numbers_unasked(run: Run, sample: Path, form: str) -> None:
    whole = run("--data", sample, "rows", "roster", "--format", "json", "--full-ids", "--reason", "测试").json
    numbers = {row[key] for row in whole for key in ("id_number", "phone") if row[key]}

    shown = run("--data", sample, "rows", "roster", "--format", form).out

    assert all(row["name"] in shown for row in whole)
    assert not any(number in shown for number in numbers)


def test_rows_are_of_the_unit_and_day_asked_for(run: Run, sample: Path) -> None:
    village = run("--data", sample, "rows", "roster", "--format", "json", "--unit", "421081106208").json
    city = run("--data", sample, "rows", "roster", "--format", "json", "--unit", CITY).json
    every = run("--data", sample, "rows", "roster", "--format", "json").json
    then = run("--data", sample, "rows", "roster", "--format", "json", "--as-of", "2019-01-01").json

    assert {row["village"] for row in village} == {"毕家塘村委会"}
    assert city == every
    assert 0 < len(then) < len(every)


def test_a_csv_is_for_a_spreadsheet_and_runs_no_formula(run: Run, office: Path, tmp_path: Path) -> None:
    headings = ["村（社区）", "姓名", "职务", "备注"]
    file = workbook(tmp_path / "表.xlsx", headings, [["毕家塘村", "张三", "村委会委员", "=1+1"]])
    run("--data", office, "import", "roster", file, "--today", TODAY)

    text = run("--data", office, "rows", "roster", "--format", "csv").out

    assert text.startswith("\ufeff乡镇,区划代码,姓名,")
    assert ",'=1+1" in text


def test_what_was_typed_does_not_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        typed = member(name="张三", remarks="\x1b]0;标题\x07\x1b[2J一\n二", duties="\x9b31m")
        office.roster.add("421081106208", typed, date.fromisoformat(TODAY))

    shown = [run("--data", tmp_path / "office", *words).out for words in (("rows", "roster"), ("history",))]

    assert not {"\x1b", "\x07", "\x9b"} & set("".join(shown))
    assert [line for line in shown[0].splitlines() if "张三" in line and "一 二" in line]


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_divisions_are_listed_too(run: Run, office: Path, form: str) -> None:
    ended = run("--data", office, "rows", "division", "--format", form)

    assert ended.status == 0
    assert "毕家塘村委会" in ended.out
    assert "421081001001" not in ended.out
    assert ("党支部" in ended.out, "branch" in ended.out) == (form != "json", form == "json")


def test_the_roster_as_it_was_recorded_knows_nothing_of_what_came_later(run: Run, office: Path) -> None:
    run("--data", office, "import", "roster", SAMPLE_FILES[0], "--today", TODAY)
    ask = ("--data", office, "rows", "roster", "--recorded", "--format", "json")

    now = json.loads(run(*ask, "--unit", "421081105000").out)
    before = json.loads(run(*ask, "--unit", "421081105000", "--as-of", "2026-01-31").out)

    assert (len(now), before) == (41, [])
