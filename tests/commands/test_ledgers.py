"""The command ``ledger``."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from tests.commands.running import Run


def test_a_ledger_is_written_with_its_pages_said(run: Run, sample: Path, tmp_path: Path) -> None:
    ended = run("--data", sample, "ledger", "roster", "-o", tmp_path / "花名册.pdf", "--paper", "A4")

    pages = len(pypdfium2.PdfDocument((tmp_path / "花名册.pdf").read_bytes()))
    assert ended.status == 0
    assert f"（{pages} 页）" in ended.out


def test_the_ledgers_are_listed_without_an_office_or_password(run: Run, tmp_path: Path) -> None:
    assert run("--data", tmp_path, "ledger", "--list").out.startswith(
        "roster\t村（社区）“两委”班子成员花名册"
    )
