"""The command ``check``: the health check for people and for machines, and its ledgers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.running import Run
from tests.offices import copy_of_office


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office; checking it changes nothing."""
    made = tmp_path_factory.mktemp("checked") / "office"
    copy_of_office(made, filled=True)
    return made


def test_findings_are_told_with_their_source_and_counted(run: Run, folder: Path) -> None:
    status, out, _ = run("--data", folder, "check", "--as-of", "2026-11-24")
    lines = out.splitlines()
    assert status == 0
    assert any("居委会 4 人，少于 5 人。" in line and "第七条" in line for line in lines)
    assert lines[-1].startswith(f"共 {len(lines) - 1} 条")


def test_machines_get_the_same_findings(run: Run, folder: Path) -> None:
    _, out, _ = run("--data", folder, "check", "--json", "--as-of", "2026-11-24")
    report = json.loads(out)
    assert report["on"] == "2026-11-24"
    assert len(report["findings"]) == report["chips"]["all"] > 0
    assert set(report["findings"][0]) == {
        *("rule", "title", "level", "severity", "division_code", "township", "village", "people", "words"),
        *("about", "source", "advice"),
    }
    assert {finding["level"] for finding in report["findings"]} <= {"law", "party"}  # local rules are off


def test_one_village_alone(run: Run, folder: Path) -> None:
    _, out, _ = run("--data", folder, "check", "--json", "--unit", "421081106001", "--as-of", "2026-11-24")
    assert {finding["division_code"] for finding in json.loads(out)["findings"]} == {"421081106001"}


def test_an_unknown_unit_is_refused(run: Run, folder: Path) -> None:
    status, _, err = run("--data", folder, "check", "--unit", "99")
    assert status == 1
    assert "没有代码为 99 的单位" in err


@pytest.mark.parametrize("name", ["structure", "secretaries", "issues"])
def test_its_ledgers_are_written(run: Run, folder: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.pdf"
    status, out, _ = run("--data", folder, "ledger", name, "-o", str(path), "--as-of", "2026-11-24")
    assert status == 0
    assert "已保存" in out
    assert path.read_bytes().startswith(b"%PDF")
