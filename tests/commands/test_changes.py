"""The commands ``history`` and ``undo``."""

from __future__ import annotations

from pathlib import Path

from tests.commands.running import TODAY, Run
from tests.offices import identity_number, workbook


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


def test_history_tells_who_had_whole_numbers_listed_and_why(run: Run, office: Path, tmp_path: Path) -> None:
    headings = ["村（社区）", "姓名", "职务", "身份证号"]
    people = [["毕家塘村", "张三", "村委会委员", identity_number("19800101")]]
    file = workbook(tmp_path / "1.xlsx", headings, people)
    run("--data", office, "import", "roster", file, "--today", TODAY)
    rows = ("--data", office, "rows", "roster", "--as-of", TODAY)
    nobody = run("--data", office, "history", "--disclosures")

    run(*rows)  # masked: nothing to tell
    run(*rows, "--full-ids", "--reason", "上级检查")
    run("--data", office, "rows", "reserve", "--full-ids", "--reason", "与公安户籍核对")
    every = run("--data", office, "history", "--disclosures")
    latest = run("--data", office, "history", "--disclosures", "--limit", "1")

    assert nobody.out == "还没有用过完整的号码。\n"
    assert [line.split("\t")[1:] for line in every.out.splitlines()] == [
        ["命令行 rows reserve", "与公安户籍核对", "0 人"],
        ["命令行 rows roster", "上级检查", "1 人"],
    ]
    assert latest.out == every.out.splitlines(keepends=True)[0]


def test_whole_numbers_are_not_told_by_person(run: Run, office: Path) -> None:
    ended = run("--data", office, "history", "--disclosures", "p1")

    assert ended.status == 2
    assert "只能给一个" in ended.err
