"""Telephone numbers as they stand in workbooks."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.domain.phones import mask_phone, read_phone
from desktop.models.domain.reading import SILENT, Cell, Scalar

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "value",
    [
        *("13800001234", 13800001234.0, 13800001234, "13800001234.0", "138 0000 1234", "138-0000-1234", "138　0000　1234"),
        *("１３８００００１２３４", "+8613800001234", "+86 138 0000 1234", "8613800001234", "008613800001234", "'13800001234"),
        *('="13800001234"', " 13800001234\n", "\u200b13800001234"),
    ],
)  # fmt: skip
def test_each_spelling_is_the_number(value: Scalar) -> None:
    reading = read_phone(Cell(value), TODAY)

    assert (reading.value, reading.problem) == ("13800001234", None)


@pytest.mark.parametrize(
    "text", ["0716-7212345", "07167212345", "(0716)7212345", "（0716）7212345", "0716—7212345"]
)
def test_a_landline_is_a_number_too(text: str) -> None:
    assert read_phone(Cell(text), TODAY).value == "07167212345"


@pytest.mark.parametrize("joint", ["、", "/", " ", "\n", "，", ";", "；"])
def test_of_several_numbers_the_first_is_kept_and_pointed_out(joint: str) -> None:
    reading = read_phone(Cell(joint.join(("13800001234", "13900001234"))), TODAY)

    assert reading.value == "13800001234"
    assert reading.problem


@pytest.mark.parametrize(
    "value",
    [
        "1380000123",
        "138000012345",
        "661234",
        "1.38E+10",
        "138****1234",
        "张三13800001234",
        "23800001234",
        12.5,
        True,
    ],
)
def test_what_is_no_number_is_a_problem_and_left_out(value: Scalar) -> None:
    reading = read_phone(Cell(value), TODAY)

    assert reading.value is None
    assert reading.problem


@pytest.mark.parametrize("value", [None, "", "无", "—"])
def test_nothing_is_silent(value: Scalar) -> None:
    assert read_phone(Cell(value), TODAY) == SILENT


def test_a_masked_number_keeps_its_ends() -> None:
    assert mask_phone("13800005678") == "138****5678"
    assert mask_phone("07167212345") == "071****2345"
    assert mask_phone("7212345") == "***2345"
