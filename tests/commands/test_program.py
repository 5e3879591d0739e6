"""Commands as a program of its own: streams, passwords, a terminal, how long it takes to start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.running import ROOT, TODAY, Run, agreed, program
from tests.offices import PASSWORD, SAMPLE_FILES, expected_of


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
        cwd=ROOT,
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
        os.chdir(ROOT)
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
