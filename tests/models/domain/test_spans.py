"""Reckoning with partial dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.spans import last_before, months_later, over_from, starts_in


@pytest.mark.parametrize(
    ("month", "months", "later"),
    [
        ("2026-02", 12, "2027-02"),
        ("2026-11", 2, "2027-01"),
        ("2026-01", -1, "2025-12"),
        ("2026-02-15", 18, "2027-08"),
        ("2026", 60, "2031"),
        ("2026", 18, "2027"),
    ],
)
def test_months_later(month: str, months: int, later: str) -> None:
    assert months_later(month, months) == later


@pytest.mark.parametrize(
    ("start", "before"),
    [("2026-01", "2025-12"), ("2026-03-01", "2026-02-28"), ("2024-03-01", "2024-02-29"), ("2026", "2025")],
)
def test_the_last_before_is_as_exact_as_what_it_is_before(start: str, before: str) -> None:
    assert last_before(start) == before


@pytest.mark.parametrize(
    ("end", "month"),
    [
        ("2026-06", "2026-07"),
        ("2026-06-30", "2026-07"),
        ("2026-06-29", "2026-06"),
        ("2025", "2026-01"),
        ("2025-12", "2026-01"),
    ],
)
def test_what_ended_is_over_from_the_month_after_a_whole_one(end: str, month: str) -> None:
    assert over_from(end) == starts_in(month)


@given(st.dates().filter(lambda day: day.year > 1))
def test_a_post_begun_the_day_after_another_ended_begins_when_that_is_over(day: object) -> None:
    assert over_from(last_before(str(day))) == starts_in(str(day))
