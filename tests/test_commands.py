"""The command line, in this process and as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from desktop.commands import main
from tests.offices import (
    CITY,
    PASSWORD,
    SAMPLE_FILES,
    TOWNSHIP,
    copy_of_office,
    expected_of,
    identity_number,
    member,
    opened,
    workbook,
)

TODAY = "2026-11-24"
ROW_KEYS = (
    *("township", "village", "division_code", "name", "sex", "birth", "ethnic_group", "political_status"),
    *("party_joined", "education", "posts", "post_since", "id_number", "phone"),
)


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote for machines."""
        return json.loads(self.out)


Run = Callable[..., Ended]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process, with the password of the test offices."""
    monkeypatch.setenv("TOUYAN_PASSWORD", PASSWORD)

    def run_(*words: str | Path) -> Ended:
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return Ended(status, out, err)

    return run_


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An empty township office, closed."""
    copy_of_office(tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A township office with the sample's people, closed."""
    copy_of_office(tmp_path / "sample", filled=True)
    return tmp_path / "sample"


def program(*words: str | Path, password: str | None = PASSWORD) -> Ended:
    """Run a command in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "TOUYAN_PASSWORD"}
    if password is not None:
        environment["TOUYAN_PASSWORD"] = password
    ended = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        stdin=subprocess.DEVNULL,
        cwd=Path(__file__).parent.parent,
        start_new_session=True,  # no terminal to ask for a password
        timeout=60,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def by_place(problems: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Problems by row and field."""
    return sorted((problem["row"], problem["field"]) for problem in problems)


def agreed(read: list[dict[str, object]], wanted: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows that were read, with only the keys that are wanted of each."""
    assert len(read) == len(wanted)
    return [{key: row.get(key) for key in want} for row, want in zip(read, wanted, strict=True)]


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


def test_a_ledger_is_written_with_its_pages_said(run: Run, sample: Path, tmp_path: Path) -> None:
    ended = run("--data", sample, "ledger", "roster", "-o", tmp_path / "花名册.pdf", "--paper", "A4")

    pages = len(pypdfium2.PdfDocument((tmp_path / "花名册.pdf").read_bytes()))
    assert ended.status == 0
    assert f"（{pages} 页）" in ended.out


def test_the_ledgers_are_listed_without_an_office_or_password(run: Run, tmp_path: Path) -> None:
    assert run("--data", tmp_path, "ledger", "--list").out.startswith(
        "roster\t村（社区）“两委”班子成员花名册"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rows", "roster", "--unit", "421081999999"), "没有代码为 421081999999 的单位"),
        (("rows", "roster", "--unit", "' OR 1=1 --"), "没有代码为 ' OR 1=1 -- 的单位"),
        (("ledger", "roster", "-o", "{folder}/x.pdf", "--unit", "1"), "没有代码为 1 的单位"),
        (("ledger", "none", "-o", "{folder}/x.pdf"), "没有叫“none”的台账"),
        (("ledger", "roster", "-o", "{folder}/none/x.pdf"), "找不到文件夹"),
        (("ledger", "roster", "-o", "{folder}/office/keys.json/x.pdf"), "找不到文件夹"),
        (("ledger", "roster", "-o", "{folder}/x.pdf", "--full-ids"), "要写明用途"),
        (("ledger", "roster", "-o", "{folder}/x.pdf", "--full-ids", "--reason", " "), "要写明用途"),
        (("ledger", "roster"), "-o"),
        (("import", "roster", "{folder}/没有.xlsx"), "找不到文件“没有.xlsx”"),
        (("import", "roster", "{folder}"), "找不到文件"),
        (("rows", "roster", "--as-of", "2026-02-30"), "“2026-02-30”不是日期"),
        (("undo",), "没有可以撤销的改动"),
        (("history", "nobody"), "没有编号为 nobody 的人员"),
        (("restore", "{folder}/没有.tybak"), "没有找到备份"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_said(
    run: Run, office: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ended = run("--data", office, *(word.format(folder=tmp_path) for word in words))

    assert ended.status != 0
    assert said in ended.err
    assert ended.out == ""
    assert not (tmp_path / "x.pdf").exists()


def test_a_wrong_password_opens_nothing(run: Run, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUYAN_PASSWORD", "wrong horse 1")

    ended = run("--data", office, "rows", "roster")

    assert (ended.status, ended.out) == (1, "")
    assert "密码不对" in ended.err


def test_a_folder_without_an_office_is_said_before_a_password_is_asked(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TOUYAN_PASSWORD")

    ended = run("--data", tmp_path / "none", "rows", "roster")

    assert ended.status == 1
    assert "没有台账数据" in ended.err
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("unit", "level", "said"),
    [
        ("421081106208", "township", "不是区划表里的乡镇"),
        (TOWNSHIP, "city", "不是区划表里的市县"),
        ("1", "city", "不是区划表里的市县"),
    ],
)
def test_an_office_is_of_a_township_or_city_of_the_list(
    run: Run, tmp_path: Path, unit: str, level: str, said: str
) -> None:
    ended = run("init", tmp_path / "new", "--unit", unit, "--level", level)

    assert ended.status == 1
    assert said in ended.err
    assert not (tmp_path / "new").exists()


def test_init_makes_an_empty_office_and_shows_the_recovery_code_once(run: Run, tmp_path: Path) -> None:
    ended = run("init", tmp_path / "new", "--unit", CITY, "--level", "city")

    assert ended.status == 0
    assert "恢复码" in ended.out
    assert run("--data", tmp_path / "new", "rows", "roster", "--format", "json").json == []
    assert run("--data", tmp_path / "new", "undo").status == 1


def test_sample_fills_an_office_with_invented_people(run: Run, tmp_path: Path) -> None:
    ended = run("sample", tmp_path / "new")

    people = run(
        *("--data", tmp_path / "new", "rows", "roster", "--format", "json", "--full-ids", "--reason", "测试")
    ).json
    assert ended.status == 0
    assert "20 个村（社区）" in ended.out
    assert {row["id_number"][:6] for row in people if row["id_number"]} == {"421099"}


@pytest.mark.parametrize("command", [("sample",), ("init", "--unit", CITY, "--level", "city")])
def test_a_folder_that_holds_something_is_left_alone(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")

    ended = run(command[0], tmp_path / "mine", *command[1:])

    assert ended.status == 1
    assert "已有数据" in ended.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_weak_password_makes_no_office(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUYAN_PASSWORD", "12345678")

    ended = run("init", tmp_path / "new", "--unit", CITY, "--level", "city")

    assert ended.status == 1
    assert "太常见" in ended.err
    assert not (tmp_path / "new" / "store.db").exists()


def test_history_lists_changes_and_what_happened_to_a_person(run: Run, office: Path, tmp_path: Path) -> None:
    headings = ["村（社区）", "姓名", "职务", "任职时间", "身份证号"]
    number = identity_number("19800101")
    first = workbook(tmp_path / "1.xlsx", headings, [["毕家塘村", "张三", "村委会委员", "2021.12", number]])
    second = workbook(tmp_path / "2.xlsx", headings, [["毕家塘村", "张三", "村委会主任", "2024.03", number]])
    for file in (first, second):
        run("--data", office, "import", "roster", file, "--today", TODAY)
    person = run("--data", office, "rows", "roster", "--format", "json").json[0]

    every = run("--data", office, "history")
    of_person = run("--data", office, "history", person["person_id"])

    assert [line.split("\t")[2] for line in every.out.splitlines()] == [
        "导入名册：新增 0 人，修改 1 人",
        "导入名册：新增 1 人，修改 0 人",
        "建立数据",
    ]
    assert "毕家塘村 张三 离任时间：（空） → 2024.02" in of_person.out
    assert "毕家塘村 张三 任职：（空） → 村委会主任（2024.03—）" in of_person.out
    assert number not in of_person.out
    assert f"{number[:6]}********{number[-4:]}" in of_person.out


def test_a_backup_is_restored_and_the_present_state_kept_aside(run: Run, office: Path) -> None:
    run("--data", office, "import", "roster", SAMPLE_FILES[0], "--today", TODAY)
    kept = stored_rows(run, office)
    made = run("--data", office, "backup")
    run("--data", office, "undo")
    (backup,) = (path for path in (office / "backups").glob("*.tybak") if f"“{path}”" in made.out)

    ended = run("--data", office, "restore", backup)

    assert made.status == ended.status == 0
    assert "已备份到" in made.out
    assert stored_rows(run, office) == kept
    assert list((office / "backups").glob("before-restore*"))


def test_a_backup_that_could_not_be_made_is_no_success(run: Run, office: Path) -> None:
    (office / "backups").rmdir()
    (office / "backups").write_bytes(b"in the way")

    ended = run("--data", office, "backup")

    assert ended.status == 1
    assert "没有备份成" in ended.err


def test_the_program_keeps_words_and_data_apart(office: Path) -> None:
    ended = program("--data", office, "import", "roster", SAMPLE_FILES[0], "--json", "--today", TODAY)

    assert ended.status == 0
    assert agreed(ended.json["rows"], expected_of(SAMPLE_FILES[0])["rows"])
    assert "已备份到" in ended.err


def test_the_program_says_errors_without_a_trace(office: Path) -> None:
    wrong = program("--data", office, "rows", "roster", password="wrong horse 1")
    unknown = program("--data", office, "ledger", "none", "-o", "none.pdf")

    assert (wrong.status, wrong.out, unknown.status, unknown.out) == (1, "", 1, "")
    assert wrong.err.startswith("错误：密码不对")
    assert unknown.err.startswith("错误：没有叫“none”的台账")


def test_the_program_without_a_password_or_terminal_says_where_it_takes_one(office: Path) -> None:
    ended = program("--data", office, "rows", "roster", password=None)

    assert ended.status != 0
    assert ended.out == ""
    assert "TOUYAN_PASSWORD" in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_the_program_asks_for_the_password_at_a_terminal(office: Path) -> None:
    status, shown = at_a_terminal([*("--data", str(office)), "rows", "division"], answer=PASSWORD)

    assert status == 0
    assert "密码" in shown
    assert "毕家塘村" in shown
    assert PASSWORD not in shown


def test_a_command_does_not_wait_for_libraries_that_it_does_not_need() -> None:
    asked = ("PySide6", "reportlab", "pypdfium2", "xlsxwriter", "python_calamine", "xlrd")

    shown = subprocess.run(
        [sys.executable, "-c", "import sys, desktop.commands; print(*sys.modules)"],
        capture_output=True,
        encoding="utf-8",
        cwd=Path(__file__).parent.parent,
        check=True,
    )

    assert not {*asked} & {*shown.stdout.split()}


def test_no_command_takes_the_password_as_an_argument(run: Run) -> None:
    helps = [run(*words, "--help").out for words in ((), ("sample",), ("init",), ("import", "roster"))]

    assert not any("--password" in text for text in helps)


def at_a_terminal(words: list[str], answer: str) -> tuple[int, str]:
    """Run the program on a pseudo-terminal and answer its first question."""
    import pty

    environment = {name: value for name, value in os.environ.items() if name != "TOUYAN_PASSWORD"}
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(Path(__file__).parent.parent)
        os.execve(sys.executable, [sys.executable, "-m", "desktop", *words], environment)
    shown = b"".join(_answered(terminal, answer))
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def _answered(terminal: int, answer: str) -> Iterator[bytes]:
    asked = False
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # Linux's way of saying that the child has gone
            return
        if not data:
            return
        yield data
        if not asked and data.rstrip().endswith(b":"):
            os.write(terminal, answer.encode() + b"\n")
            asked = True


def stored_rows(run: Run, office: Path) -> list[dict[str, object]]:
    """All that the office has, numbers whole."""
    ended = run("--data", office, "rows", "roster", "--format", "json", "--full-ids", "--reason", "测试")
    rows: list[dict[str, object]] = ended.json
    return rows


def test_the_roster_as_it_was_recorded_knows_nothing_of_what_came_later(run: Run, office: Path) -> None:
    run("--data", office, "import", "roster", SAMPLE_FILES[0], "--today", TODAY)
    ask = ("--data", office, "rows", "roster", "--recorded", "--format", "json")

    now = json.loads(run(*ask, "--unit", "421081105000").out)
    before = json.loads(run(*ask, "--unit", "421081105000", "--as-of", "2026-01-31").out)

    assert (len(now), before) == (41, [])
