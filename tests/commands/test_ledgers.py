"""The command ``ledger``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.commands.running import TODAY, Run
from tests.offices import VILLAGE, member, opened


def test_a_ledger_is_written_with_its_pages_said(run: Run, sample: Path, tmp_path: Path) -> None:
    ended = run("--data", sample, "ledger", "roster", "-o", tmp_path / "花名册.pdf", "--paper", "A4")

    pages = len(pypdfium2.PdfDocument((tmp_path / "花名册.pdf").read_bytes()))
    assert ended.status == 0
    assert f"（{pages} 页）" in ended.out


def test_the_ledgers_are_listed_without_an_office_or_password(run: Run, tmp_path: Path) -> None:
    assert run("--data", tmp_path, "ledger", "--list").out.startswith(
        "roster\t村（社区）“两委”班子成员花名册"
    )


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path.read_bytes()) as document:
        return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize(("by", "first"), [("village", "毕家塘村"), ("township", "东升镇")])
def test_statistics_have_a_row_a_village_or_a_township(
    run: Run, sample: Path, tmp_path: Path, by: str, first: str
) -> None:
    ended = run("--data", sample, "ledger", "structure", "--by", by, "-o", tmp_path / "结构.pdf")

    text = text_of(tmp_path / "结构.pdf")
    assert ended.status == 0
    assert first in text
    assert ("毕家塘村" in text) == (by == "village")


def test_a_character_without_a_shape_is_told_with_village_and_name_on_any_ledger(
    run: Run, tmp_path: Path
) -> None:
    with opened(tmp_path / "office") as office:
        office.roster.add(
            VILLAGE, member(name="张\U000323af", post_since="2026.03"), date.fromisoformat(TODAY)
        )
    ask = ("--data", tmp_path / "office", "ledger")

    changes = run(*ask, "changes", "-o", tmp_path / "变动.pdf", "--as-of", TODAY)
    roster = run(*ask, "roster", "-o", tmp_path / "花名册.pdf", "--as-of", TODAY)

    for ended in (changes, roster):
        assert "提醒：毕家塘村 张\U000323af 的“\U000323af”没有字形，打印为〓。" in ended.err
