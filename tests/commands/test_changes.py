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
