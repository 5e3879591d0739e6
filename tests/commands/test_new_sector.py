"""The commands ``import organization`` and ``check``: units from a workbook, and what the health check says of them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.running import Run
from tests.offices import workbook


def test_units_are_taken_in_and_the_check_names_the_party_organisation(
    run: Run, office: Path, tmp_path: Path
) -> None:
    headings = ("单位名称", "党员数", "党组织名称", "组建方式", "书记姓名")
    rows = [("禾汀纺织有限公司", 2, "禾汀党支部", "单独", "李芳"), ("岚湄商行", 4, None, None, None)]
    path = workbook(tmp_path / "两新.xlsx", headings, rows)

    status, out, _ = run("--data", office, "import", "organization", path)
    _, again, _ = run("--data", office, "import", "organization", path)
    _, told, _ = run("--data", office, "check")
    _, for_machines, _ = run("--data", office, "check", "--json")

    assert (status, out.splitlines()[0]) == (0, "新增 2　修改 0　未变 0　不导入 0")
    assert again.splitlines()[0] == "新增 0　修改 0　未变 2　不导入 0"
    assert "[须纠正] 东升镇 禾汀党支部：单独组建，正式党员合计 2 人，不足 3 人。" in told
    assert "[提醒] 东升镇 岚湄商行：正式党员 4 人，还没有党组织。" in told
    found = [each for each in json.loads(for_machines)["findings"] if each["rule"].startswith("R1-")]
    assert [each["about"]["register"] for each in found] == ["party_branch", "organization"]
    assert [each["about"]["name"] for each in found] == ["禾汀党支部", "岚湄商行"]
