"""What cannot be done is said in Chinese, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.running import Run


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
        (("ledger", "none"), "没有叫“none”的台账"),
        (("history", "--limit", "0"), "'--limit' 写得不对：0 不在"),
        (("handoff", "plan", "{folder}/没有.tybs"), "找不到文件“没有.tybs”"),
        (("ledger", "roster", "-o", "{folder}/x.pdf", "--by", "village"), "--by 只用于 structure"),
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
    ("words", "said"),
    [
        (("row",), "没有“row”这个命令。 是不是要写 'rows'？"),
        (("import", "nothing"), "没有“nothing”这个命令。"),
        (("rows",), "缺少参数 'REGISTER'. 可以写：\n\troster,"),
        (("init", "new"), "缺少选项 '--unit'."),
        (("rows", "nothing"), "'REGISTER' 写得不对：没有“nothing”，可以写 'roster', 'division'"),
        (("rows", "roster", "--form", "csv"), "没有“--form”这个选项。 是不是要写 '--format'？"),
        (("rows", "roster", "--unit"), "选项“--unit”后面要写内容。"),
        (("rows", "roster", "--recorded=1"), "选项“--recorded”后面不写内容。"),
        (("rows", "roster", "division"), "多写了“division”。"),
        (("history", "--limit", "ten"), "'--limit' 写得不对：“ten”不是数字。"),
        (("ledger", "roster", "-o", "{folder}"), "是文件夹，请写文件名。"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else "",
)
def test_a_command_written_wrong_is_told_how_to_write_it(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ended = run(*(word.format(folder=tmp_path) for word in words))

    assert (ended.status, ended.out) == (2, "")
    assert f"错误：{said}" in ended.err.replace(f"'-o' / '--output' 写得不对：“{tmp_path}”", "")
    assert not re.search(r"Error|Usage:|Try |Missing|Invalid|No such|Got unexpected", ended.err)


@pytest.mark.parametrize("words", [(), ("rows",), ("import",), ("ledger",)], ids=" ".join)
def test_help_is_in_chinese_whatever_the_language_of_the_system(
    run: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LANGUAGE", "en_US")

    shown = run(*words, "--help").out

    assert shown.startswith("用法：")
    assert "显示本说明。" in shown
    assert not re.search(r"Usage|Options|Commands|Show|default:|required", shown)
