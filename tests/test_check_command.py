"""The command ``check``: the health check for people and for machines, and its ledgers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.commands import main
from tests.offices import PASSWORD, copy_of_office

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office; checking it changes nothing."""
    made = tmp_path_factory.mktemp("checked") / "office"
    copy_of_office(made, filled=True)
    return made


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("TOUYAN_PASSWORD", PASSWORD)

    def run_(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(["--data", str(folder), *words])
        out, err = capsys.readouterr()
        return status, out, err

    return run_


def test_findings_are_told_with_their_source_and_counted(run: Run) -> None:
    status, out, _ = run("check", "--as-of", "2026-11-24")
    lines = out.splitlines()
    assert status == 0
    assert any("居委会 4 人，少于 5 人。" in line and "第七条" in line for line in lines)
    assert lines[-1].startswith(f"共 {len(lines) - 1} 条")


def test_machines_get_the_same_findings(run: Run) -> None:
    _, out, _ = run("check", "--json", "--as-of", "2026-11-24")
    report = json.loads(out)
    assert report["on"] == "2026-11-24"
    assert len(report["findings"]) == report["chips"]["all"] > 0
    assert set(report["findings"][0]) == {
        *("rule", "title", "level", "severity", "division_code", "township", "village", "people", "words"),
        *("source", "advice"),
    }
    assert {finding["level"] for finding in report["findings"]} <= {"law", "party"}  # local rules are off


def test_one_village_alone(run: Run) -> None:
    _, out, _ = run("check", "--json", "--unit", "421081106001", "--as-of", "2026-11-24")
    assert {finding["division_code"] for finding in json.loads(out)["findings"]} == {"421081106001"}


def test_an_unknown_unit_is_refused(run: Run) -> None:
    status, _, err = run("check", "--unit", "99")
    assert status == 1
    assert "没有代码为 99 的单位" in err


@pytest.mark.parametrize("name", ["structure", "secretaries", "issues"])
def test_its_ledgers_are_written(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.pdf"
    status, out, _ = run("ledger", name, "-o", str(path), "--as-of", "2026-11-24")
    assert status == 0
    assert "已保存" in out
    assert path.read_bytes().startswith(b"%PDF")
