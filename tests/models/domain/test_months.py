"""Months as offices write them, and what cannot be one."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.months import age_on, read_month, show_month
from desktop.models.domain.reading import SILENT, Cell, Scalar

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "value",
    [
        *("1985.07", "1985.7", "1985-07", "1985/7", "1985年7月", "198507", "19850712", "1985年7月12日"),
        *("1985年07月", "1985-7-12", "1985/07/12", "1985.07.12", "1985.7.", "1985年7", "1985年7月份", "1985. 7", " 1985.07 "),
        *("１９８５．０７", "１９８５年７月", "1985．07", "1985。07", "1985，07", "1985－07", "1985—07", "1985·07", "1985\n.07"),
        *("1985/7/12 0:00:00", "1985-07-12 00:00:00", "1985-07-12T00:00:00", "1985.07.00", "'1985.07", '="1985.07"'),
        *("1985.07(39岁)", "1985.07（39岁）", "1985.07\n（39周岁）", "1985年7月生", "31240", "\ufeff1985.07"),
        *(1985.07, 1985.7, 198507.0, 19850712.0, 31240.0, 31240.5),
        *(date(1985, 7, 12), datetime(1985, 7, 12, 8, 30)),
    ],
)  # fmt: skip
def test_each_spelling_is_the_month(value: Scalar) -> None:
    reading = read_month(Cell(value), TODAY)

    assert (reading.value, reading.problem) == ("1985-07", None)


@pytest.mark.parametrize(
    "text", ["2021.11至今", "2021年11月至今", "2021.11-", "2021.11—今", "2021年11月起", "2021年11月任"]
)
def test_words_around_the_month_a_post_began_are_left_out(text: str) -> None:
    assert read_month(Cell(text), TODAY).value == "2021-11"


@pytest.mark.parametrize("value", [None, "", "  ", "无", "—", "/", "　"])
def test_nothing_is_silent(value: Scalar) -> None:
    assert read_month(Cell(value), TODAY) == SILENT


@pytest.mark.parametrize(
    "value",
    [
        *("1899.13", "1985.13", "1985.00", "1985年13月", "198513", 1985.13, 1985.5501),
        *("1899.12", "1899-01", "18991231", date(1899, 12, 31)),
        *("2033.05", "2026.12", "2026.11.25", "2027", date(2026, 11, 25), 203305.0),
        *("1985.02.30", "19850230", "1985.2.29"),
        *("85.07", "85年7月", "至今", "不详", "1985.070", "7/12/1985", "Jul-85", "1985.07-1990.05", "出生于1985年", "#N/A", True),
        *("1899年", "1985.7.1.2", "一九八五年七月"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_month_is_a_problem_and_left_out(value: Scalar) -> None:
    reading = read_month(Cell(value), TODAY)

    assert reading.value is None
    assert reading.problem


def test_the_month_of_today_lies_not_ahead() -> None:
    assert read_month(Cell("2026.11"), TODAY).value == "2026-11"


def test_a_bare_year_is_kept_and_pointed_out() -> None:
    for value in ("1985", "1985年", 1985.0):
        reading = read_month(Cell(value), TODAY)
        assert (reading.value, bool(reading.problem)) == ("1985", True)


def test_a_number_that_lost_its_zero_is_settled_by_its_format() -> None:
    assert read_month(Cell(1985.1, "1985.10"), TODAY).value == "1985-10"


@pytest.mark.parametrize("shown", [None, "1985.1", "1985.100"])
def test_a_number_that_lost_its_zero_is_never_guessed(shown: str | None) -> None:
    reading = read_month(Cell(1985.1, shown), TODAY)

    assert reading.value is None
    assert reading.choices == ("1985-01", "1985-10")
    assert reading.problem


def test_text_has_lost_no_zero() -> None:
    assert read_month(Cell("1985.1"), TODAY).value == "1985-01"


@pytest.mark.parametrize("value", ["19857", 19857.0])
def test_five_digits_that_may_be_a_year_and_a_month_are_asked_about(value: Scalar) -> None:
    reading = read_month(Cell(value), TODAY)

    assert reading.value is None
    assert reading.choices == ("1954-05", "1985-07")


@given(st.dates(date(1900, 1, 1), TODAY))
def test_every_day_reads_as_its_month(day: date) -> None:
    month = f"{day:%Y-%m}"
    number = float(f"{day.year}.{day.month:02d}")
    spellings: list[Scalar] = [
        day,
        f"{day:%Y.%m}",
        f"{day.year}.{day.month}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day:%Y%m}",
    ]

    readings = [read_month(Cell(value), TODAY) for value in spellings]
    readings.append(read_month(Cell(number, f"{number:.2f}"), TODAY))

    assert {(reading.value, reading.problem) for reading in readings} == {(month, None)}


def test_a_month_is_shown_with_a_dot() -> None:
    assert [show_month(value) for value in ("1985-07", "1985", "1985-07-12")] == [
        "1985.07",
        "1985",
        "1985.07",
    ]


@pytest.mark.parametrize(
    ("month", "age"),
    [("1985-11", 41), ("1985-12", 40), ("1985-11-25", 40), ("1985-11-24", 41), ("1985", None)],
)
def test_age_is_in_full_years(month: str, age: int | None) -> None:
    assert age_on(month, TODAY) == age
