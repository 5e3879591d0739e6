"""A function asked in a process of its own: what it breaks is only that process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

import pytest

from desktop.models.confined.process import ConfinedProcess
from desktop.models.confined.serving import place_of


def behave(how: str) -> tuple[str, int]:
    """Do what a file may make a parser do; answer how, and in which process."""
    if how == "abort":
        os.abort()
    elif how == "for ever":
        while True:
            pass
    elif how == "memory":
        try:
            bytearray(1 << 30)
        except MemoryError:
            return "no room", os.getpid()
    return how, os.getpid()


@pytest.fixture
def process() -> Iterator[ConfinedProcess[[str], tuple[str, int]]]:
    with ConfinedProcess(behave, memory_bytes=256 << 20, seconds=1) as confined:
        yield confined


def test_one_process_answers_one_question_after_another(
    process: ConfinedProcess[[str], tuple[str, int]],
) -> None:
    answers = [process.ask(how) for how in ("a", "b", "c\udcff")]

    assert [how for how, _ in answers] == ["a", "b", "c\udcff"]
    assert len({number for _, number in answers}) == 1
    assert answers[0][1] != os.getpid()


@pytest.mark.parametrize(("how", "error"), [("abort", EOFError), ("for ever", TimeoutError)])
def test_a_process_that_dies_or_comes_to_no_end_is_followed_by_another(
    process: ConfinedProcess[[str], tuple[str, int]], how: str, error: type[Exception]
) -> None:
    _, before = process.ask("a")

    with pytest.raises(error):
        process.ask(how)

    assert process.ask("b")[1] not in (before, os.getpid())


@pytest.mark.skipif(sys.platform == "win32", reason="a job object ends the process")
def test_memory_is_limited(process: ConfinedProcess[[str], tuple[str, int]]) -> None:
    assert process.ask("memory")[0] == "no room"


def test_the_place_of_an_error_is_told_without_its_words() -> None:
    with pytest.raises(ValueError, match="secret") as caught:
        int("secret")

    assert place_of(caught.value).startswith("ValueError in test_process.py, line ")
