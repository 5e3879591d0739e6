"""The printed recovery code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.database.recovery_code import (
    MistypedRecoveryCodeError,
    new_recovery_code,
    read_recovery_code,
)

CODE = "RQBF-RH6H-DBMM-MH3C-S8KH-YNRK-LSR2"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def test_a_code_is_seven_groups_of_four_without_lookalikes() -> None:
    for _ in range(50):
        assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{6}}[{ALPHABET}]{{4}}", new_recovery_code())


def test_codes_do_not_repeat() -> None:
    assert len({new_recovery_code() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", "  "), CODE.replace("-", "—"), f" {CODE}\n",
     "".join(chr(ord(c) + 0xFEE0) if c != "-" else "－" for c in CODE)],
)  # fmt: skip
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_recovery_code(typed) == CODE.replace("-", "")


@given(place=st.integers(0, 27), character=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_a_slip(place: int, character: str) -> None:
    code = CODE.replace("-", "")
    typed = code[:place] + character + code[place + 1 :]
    if typed != code:
        with pytest.raises(MistypedRecoveryCodeError, match="输错或颠倒"):
            read_recovery_code(typed)


@given(place=st.integers(0, 26))
def test_two_neighbors_swapped_are_a_slip(place: int) -> None:
    code = CODE.replace("-", "")
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed != code:
        with pytest.raises(MistypedRecoveryCodeError, match="输错或颠倒"):
            read_recovery_code(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (CODE[:-1], "应有 28 个字符，输入了 27 个"),
        (CODE + "A", "输入了 29 个"),
        ("", "输入了 0 个"),
        ("0" + CODE[1:], "没有“0”"),
    ],
)
def test_what_is_wrong_is_said(typed: str, words: str) -> None:
    with pytest.raises(MistypedRecoveryCodeError, match=words):
        read_recovery_code(typed)
