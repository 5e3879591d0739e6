"""Exact days as offices write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.models.domain.days import read_day, read_past_day, show_day
from desktop.models.domain.reading import Cell, Scalar

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "written",
    [
        "2026.03.04",
        "2026.3.4",
        "2026-3-4",
        "2026/03/04",
        "2026年3月4日",
        "2026年3月4",
        "20260304",
        "３月４日",
        "3月4日",
        "3.4",
        " 2026. 3. 4 ",
        "2026-03-04 09:30:00",
        date(2026, 3, 4),
        datetime(2026, 3, 4, 9, 30),
        46085,
        46085.5,
    ],
)
def test_a_day_is_read_however_it_is_written(written: Scalar) -> None:
    assert read_day(Cell(written), TODAY).value == "2026-03-04"


@pytest.mark.parametrize("written", ["", "无", "—", None])
def test_an_empty_cell_says_nothing(written: Scalar) -> None:
    assert (read_day(Cell(written), TODAY).value, read_day(Cell(written), TODAY).problem) == (None, None)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2026.02.30", "没有这一天"),
        ("2026.13.01", "没有这一天"),
        ("2026.03", "看不出是哪一天"),
        ("月底", "看不出是哪一天"),
        ("1024.01.01", "年份不对"),
        (4608, "看不出是哪一天"),
    ],
)
def test_what_is_no_day_is_left_out_with_words(written: Scalar, told: str) -> None:
    reading = read_day(Cell(written), TODAY)

    assert reading.value is None
    assert told in (reading.problem or "")


def test_a_deadline_may_lie_ahead_what_was_done_may_not() -> None:
    assert read_day(Cell("2026.12.31"), TODAY).value == "2026-12-31"
    assert read_past_day(Cell("2026.11.24"), TODAY).value == "2026-11-24"
    assert read_past_day(Cell("2026.11.25"), TODAY).problem == "“2026.11.25”晚于今天（2026.11.24），请核对。"


def test_a_day_is_printed_with_points() -> None:
    assert show_day("2026-03-04") == "2026.03.04"
