"""Resident identity numbers: GB 11643-1999, and what Excel makes of them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.identity import (
    birth_month,
    check_character,
    mask_identity,
    read_identity,
    sex_code,
)
from desktop.models.domain.reading import SILENT, Cell, Scalar

TODAY = date(2026, 11, 24)
NUMBER = "42109919890219667X"


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_samples_of_the_standard_pass(number: str) -> None:
    assert read_identity(Cell(number), TODAY).value == number


@pytest.mark.parametrize(
    "value",
    [
        *(NUMBER, NUMBER.lower(), "42109919890219667Ｘ", "４２１０９９１９８９０２１９６６７Ｘ", f" {NUMBER} ", f"\t{NUMBER}"),
        *(f"'{NUMBER}", f"‘{NUMBER}", f"`{NUMBER}", "421099 19890219 667X", "421099　19890219　667X", f"\ufeff{NUMBER}"),
        *(f"{NUMBER}\n", f"\u200b{NUMBER}", f'="{NUMBER}"', "421099-19890219-667X", f"\xa0{NUMBER}"),
    ],
)  # fmt: skip
def test_each_spelling_is_the_number(value: Scalar) -> None:
    reading = read_identity(Cell(value), TODAY)

    assert (reading.value, reading.problem) == (NUMBER, None)


@pytest.mark.parametrize("value", ["421099850101437", 421099850101437.0])
def test_fifteen_digits_are_widened(value: Scalar) -> None:
    assert read_identity(Cell(value), TODAY).value == "42109919850101437X"


def test_residents_of_hong_kong_macao_and_taiwan_have_numbers_of_the_same_form() -> None:
    for area in ("810000", "820000", "830000", "999999"):
        first_17 = f"{area}19900101123"
        number = first_17 + check_character(first_17)
        assert read_identity(Cell(number), TODAY).value == number


@pytest.mark.parametrize(
    "value", [4.21099198902197e17, 4.21e17, "4.21E+17", "4.21099198902197E+17", "4.21e17"]
)
def test_digits_that_excel_lost_are_told_and_never_repaired(value: Scalar) -> None:
    reading = read_identity(Cell(value), TODAY)

    assert reading.value is None
    assert "后面的位数已丢失" in str(reading.problem)


@pytest.mark.parametrize(
    "value",
    [
        *(NUMBER[:17], NUMBER + "1", NUMBER[:10], 12345.0, "421099", NUMBER[:17] + "1", NUMBER[:17] + "O"),
        *("421099198913196671", "421099203302196670", "421099179902196677", "421099********667X", "见附件", "#N/A", True),
        f"{NUMBER}、{NUMBER}",
    ],
)  # fmt: skip
def test_a_number_that_is_not_right_is_a_problem_and_left_out(value: Scalar) -> None:
    reading = read_identity(Cell(value), TODAY)

    assert reading.value is None
    assert reading.problem


@pytest.mark.parametrize("value", [None, "", " ", "无", "—"])
def test_nothing_is_silent(value: Scalar) -> None:
    assert read_identity(Cell(value), TODAY) == SILENT


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_wrong_digit_is_noticed(place: int, more: int) -> None:
    wrong = NUMBER[:place] + str((int(NUMBER[place]) + more) % 10) + NUMBER[place + 1 :]

    assert read_identity(Cell(wrong), TODAY).value is None


@pytest.mark.parametrize(
    "text", ["", "4210991989021966", "42109919890219667X", "４２１０９９１９８９０２１９６６７"]
)
def test_a_check_character_needs_seventeen_digits(text: str) -> None:
    with pytest.raises(ValueError, match="not 17 digits"):
        check_character(text)


def test_a_number_tells_month_of_birth_and_sex() -> None:
    assert (birth_month(NUMBER), sex_code(NUMBER), sex_code("42109919850101438X")) == ("1989-02", "1", "2")


def test_a_masked_number_shows_area_and_last_four() -> None:
    assert mask_identity("421081199001011234") == "421081********1234"
    assert mask_identity("1234") == "****"
