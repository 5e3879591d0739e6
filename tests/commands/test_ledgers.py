"""The command ``ledger``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from tests.commands.running import TODAY, Run
from tests.offices import COMMUNITY, VILLAGE, member, opened, whole_office


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


def test_the_roster_is_printed_as_it_was_recorded_and_no_other_ledger(
    run: Run, sample: Path, tmp_path: Path
) -> None:
    ask = ("--data", sample, "ledger")
    roster = run(*ask, "roster", "-o", tmp_path / "花名册.pdf", "--recorded", "--as-of", "2025-03-31")
    changes = run(*ask, "changes", "-o", tmp_path / "变动.pdf", "--recorded")

    assert roster.status == 0
    assert "按2025年3月31日当时的记录" in "".join(text_of(tmp_path / "花名册.pdf").split())
    assert changes.status == 2
    assert "--recorded 只用于 roster" in changes.err


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """The sample's township with everything in it; its data folder."""
    folder = tmp_path / "whole"
    with whole_office(folder):
        return folder


def test_one_sheet_is_written_by_a_part_of_its_name_and_a_period(
    run: Run, whole: Path, tmp_path: Path
) -> None:
    ask = ("--data", whole, "ledger", "checklist", "--as-of", TODAY, "-o", tmp_path / "清单.pdf")

    one = run(*ask, "--of", "岚汀机械")
    last = run(*ask, "--period", "2026h1")
    two = run("--data", whole, "ledger", "activity", "--as-of", TODAY, "-o", tmp_path / "纪实.pdf",
              "--of", "工作交流 滑家垱", "--of", "2026.03.10")  # fmt: skip

    assert (one.status, "（1 页）" in one.out) == (0, True)
    assert (last.status, "2026年上半年" in text_of(tmp_path / "清单.pdf")) == (0, True)
    assert (two.status, "（2 页）" in two.out) == (0, True)


def test_instructors_and_the_visits_of_a_year_are_written_by_name(
    run: Run, whole: Path, tmp_path: Path
) -> None:
    ask = ("--data", whole, "ledger")
    people = run(*ask, "instructors", "-o", tmp_path / "指导员.pdf", "--as-of", TODAY, "--paper", "A4")
    visits = run(*ask, "visits", "-o", tmp_path / "走访.pdf", "--as-of", TODAY, "--period", "2025")

    assert (people.status, visits.status) == (0, 0)
    assert "石首市东升镇党建指导员台账" in text_of(tmp_path / "指导员.pdf")
    assert "统计时间：2025年1月1日至2025年12月31日" in text_of(tmp_path / "走访.pdf")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("checklist", "--of", "没有的"), "--of “没有的”对不上，或对上了几份。可以选：岚汀机械制造党支部、"),
        (("activity", "--of", "工作交流"), "可以选：2026.03.06 工作交流 滑家垱社区"),
        (("rectification", "--of", "岚汀"), "--of 只用于 checklist、activity。"),
        (("organizations", "--period", "2026"), "--period 只用于 visits、checklist-overview、checklist、four-ones、activity。"),
        (("checklist", "--period", "下半年"), "“下半年”不是期次，请写成 2026（全年）、2026H2（下半年）"),
        (("structure", "--by", "area"), "--by area 只用于 coverage。"),
        (("activity", "--period", "2025"), "所选的单位和期次里没有可以打印的表单。"),
    ],
)  # fmt: skip
def test_what_a_ledger_does_not_have_is_said_with_what_there_is(
    run: Run, whole: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ended = run("--data", whole, "ledger", *words, "--as-of", TODAY, "-o", tmp_path / "x.pdf")

    assert ended.status != 0
    assert said in ended.err
    assert not (tmp_path / "x.pdf").exists()


def test_every_ledger_is_listed_with_its_group(run: Run, tmp_path: Path) -> None:
    lines = [line.split("\t") for line in run("--data", tmp_path, "ledger", "--list").out.splitlines()]

    assert [name for name, _, group in lines if group == "8+N"] == [
        *("organizations", "survey", "coverage", "instructors", "visits"),
        *("checklist-overview", "checklist", "class-moves", "rectification"),
    ]
    assert [name for name, _, group in lines if group == "四个一"] == [
        *("four-ones", "activity", "managed-secretaries", "mentoring", "field-problems"),
    ]


def test_a_set_is_written_as_one_file_with_what_is_empty_said(run: Run, whole: Path, tmp_path: Path) -> None:
    ask = ("--data", whole, "ledger", "--set", "拉练备检包", "--as-of", TODAY, "-o", tmp_path / "备检包.pdf")

    ended = run(*ask, "--unit", VILLAGE, "--unit", COMMUNITY, "--paper", "A4")

    text = text_of(tmp_path / "备检包.pdf")
    pages = len(pypdfium2.PdfDocument((tmp_path / "备检包.pdf").read_bytes()))
    assert ended.status == 0
    assert f"张台账，{pages} 页）" in ended.out
    assert "提醒：毕家塘村 两新组织台账 没有记录，目录里写“无记录”。" in ended.err
    assert "范围：毕家塘村、焦山河社区" in text
    assert f"共 {pages} 页" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--set", "周检"), "没有叫“周检”的一套台账。有：拉练备检包。"),
        (("--set", "拉练备检包", "roster"), "--set 是一整套台账，不能再写 台账名称。"),
        (("--set", "拉练备检包", "--period", "2026", "--recorded"), "不能再写 --period、--recorded。"),
        (("--set", "拉练备检包", "--unit", "421081999999"), "421081999999"),
        (("--set", "拉练备检包", "--full-ids"), "显示完整的身份证号和电话要写明用途"),
        (("roster", "--unit", VILLAGE, "--unit", COMMUNITY), "几个单位合在一个文件里请用 --set。"),
    ],
)
def test_what_cannot_be_asked_of_a_set_is_said(
    run: Run, sample: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ended = run("--data", sample, "ledger", *words, "-o", tmp_path / "备检包.pdf")

    assert ended.status != 0
    assert said in ended.err
    assert not (tmp_path / "备检包.pdf").exists()
