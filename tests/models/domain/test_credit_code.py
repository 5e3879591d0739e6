"""Unified social credit codes: what is read, what is refused and with which words. All codes are invented."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.credit_code import credit_check_character, read_credit_code
from desktop.models.domain.reading import Cell, Scalar

TODAY = date(2026, 11, 24)
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
FIRST_17 = st.builds(
    lambda head, area, rest: head + area + rest,
    st.text(_LETTERS, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(_LETTERS, min_size=9, max_size=9),
)
FIRST = "91421099MA0000001"
CODE = FIRST + credit_check_character(FIRST)


def told(value: Scalar) -> str:
    reading = read_credit_code(Cell(value), TODAY)
    assert reading.value is None
    return reading.problem or ""


def test_the_check_character_follows_the_standards_weights() -> None:
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)  # printed in GB 32100-2015
    total = sum(_LETTERS.index(letter) * weight for letter, weight in zip(FIRST, weights, strict=True))

    assert credit_check_character(FIRST) == _LETTERS[(31 - total % 31) % 31]


@given(FIRST_17)
def test_a_whole_code_is_read_as_it_is_and_one_wrong_character_is_seen(first_17: str) -> None:
    code = first_17 + credit_check_character(first_17)
    wrong = code[:16] + _LETTERS[(_LETTERS.index(code[16]) + 1) % 31] + code[17]

    assert read_credit_code(Cell(code), TODAY).value == code
    assert "校验位不对" in told(wrong)


@given(FIRST_17, st.integers(0, 15))
def test_two_neighbors_exchanged_are_seen(first_17: str, place: int) -> None:
    code = first_17 + credit_check_character(first_17)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    if swapped != code:
        assert read_credit_code(Cell(swapped), TODAY).value is None


@pytest.mark.parametrize(
    "written",
    [
        CODE.lower(),
        f" {CODE} ",
        f"{CODE[:2]} {CODE[2:8]} {CODE[8:]}",
        f"'{CODE}",
        "".join(chr(ord(letter) + 0xFEE0) for letter in CODE),  # full width
    ],
)
def test_small_letters_blanks_and_full_width_are_no_matter(written: str) -> None:
    assert read_credit_code(Cell(written), TODAY).value == CODE


@pytest.mark.parametrize("number", [9.14210991234567e17, 914210990000000001, "9.14E+17", "9.14211E17"])
def test_a_number_has_lost_its_last_digits_and_is_not_guessed(number: Scalar) -> None:
    assert "改为“文本”" in told(number)


def test_words_say_what_is_wrong_and_what_to_do() -> None:
    assert told(CODE[:-1]) == "统一社会信用代码应为 18 位，这里是 17 位，请对照证照核对。"
    assert "不用字母 I、O、S、V、Z" in told(CODE[:16] + "O" + CODE[17])
    assert told("") == told("无") == ""


@pytest.mark.parametrize("wrong", ["", "9142109", "91421099MA000000I", "91421099ma0000001"])
def test_a_check_character_is_made_of_17_characters_of_the_alphabet_only(wrong: str) -> None:
    with pytest.raises(ValueError, match="17 characters"):
        credit_check_character(wrong)
